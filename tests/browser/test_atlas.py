"""The atlas page in a real browser, with the network blocked: what is drawn is what the records say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from atlas_sample import TABLE_2023, THIRTEEN, changed, one_of, sample_content
from opened_page import classes, write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
OpenView = Callable[..., Page]
WEEK, YEAR, MONTH = "#week-2024-07-01/area_cleared", "#year-2023/area_cleared", "#month-2024-08/area_cleared"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(sample_content(), tmp_path_factory.mktemp("atlas") / "out")


@pytest.fixture
def opened(open_page: OpenPage, built: Path) -> Iterator[OpenView]:
    """Open the atlas at a view; at the end nothing was requested and nothing complained."""
    pages = []

    def open_it(fragment: str = "", *, page: str = "atlas.html", **options: object) -> Page:
        one = open_page(built / page, fragment=fragment, **options)
        one.page.wait_for_selector("html.ready")
        pages.append(one)
        return one.page

    yield open_it
    for one in pages:
        assert one.requests == []
        assert one.errors == []


def click_district(page: Page, name: str) -> None:
    """Choose a district by the name that it says."""
    page.locator(f'#map-pane path.district[aria-label^="{name}:"]').dispatch_event("click")
    page.wait_for_function("name => document.querySelector('#panel-body h2').textContent.startsWith(name)", arg=name)


def test_a_joint_total_is_one_hatched_region_and_colours_no_member(opened: OpenView) -> None:
    page = opened(WEEK)
    assert page.locator("#map-pane .fills path.joint").count() == 1
    assert page.locator("#map-pane .fills path.hatch").get_attribute("fill").startswith("url(#map-hatch-")
    assert page.locator("#map-pane .outlines path.group-outline").count() == 1
    assert page.locator("#map-pane .label.group").text_content().startswith("1,039.5 ha")
    for code in THIRTEEN:
        drawn = classes(page, code)
        assert "joint" in drawn
        assert not {"c0", "c1", "c2", "c3", "c4", "zero"} & set(drawn)
    assert "blank" in classes(page, "AZ-BAL")


def test_a_members_panel_says_that_it_has_no_figure_of_its_own(opened: OpenView) -> None:
    page = opened(WEEK)
    click_district(page, "Lachin")
    panel = page.inner_text("#panel-body")
    assert "Named in this report; no district figure published." in panel
    assert "belongs to 13 districts together" in panel
    assert page.locator("#panel-body .big").count() == 0


def test_published_districts_carry_the_class_of_their_own_rate(opened: OpenView) -> None:
    page = opened(YEAR)
    assert page.locator("#map-pane .joint").count() == 0
    frame = sample_content().districts["until-2023-12-04"]
    breaks = page.evaluate("JSON.parse(document.getElementById('atlas-shared').textContent)"
                           ".breaks['area_cleared/year']")
    for code, value in TABLE_2023.items():
        rate = float(value) / frame.loc[code, "area_km2"]
        assert f"c{sum(rate >= bound for bound in breaks)}" in classes(page, code), code
    assert "blank" in classes(page, "AZ-XA")


def test_a_published_zero_is_not_blank_and_not_the_lowest_class(opened: OpenView) -> None:
    page = opened(MONTH)
    assert "zero" in classes(page, "AZ-LAC")
    assert "blank" in classes(page, "AZ-AGM")
    assert page.locator("#legend li").count() >= 4
    assert "published zero" in page.inner_text("#legend")


def test_an_estimate_looks_and_is_called_different(opened: OpenView) -> None:
    page = opened(MONTH)
    assert "estimated" in classes(page, "AZ-FUZ")
    assert page.inner_text("#title").startswith("ESTIMATE")
    assert "ESTIMATE" in page.inner_text("#legend")


def test_the_panel_quotes_the_exact_span_and_calls_an_abstract_ours(opened: OpenView) -> None:
    page = opened(WEEK)
    statement = next(one for one in sample_content().statements if one.document_id == "week")
    assert page.text_content("#panel-body .sentence") == statement.evidence.text
    quote = statement.evidence
    assert page.text_content("#panel-body mark") == quote.text[quote.figure_start:quote.figure_end]
    assert page.text_content("#panel-body figcaption strong") == "Our abstract of @Test Gazette"
    assert page.get_attribute("#panel-body .source a", "href") == "https://example.org/week"


def test_titles_of_page_and_script_agree_in_every_period(open_page: OpenPage, built: Path) -> None:
    for path in sorted((built / "maps").iterdir()):
        one = open_page(path, java_script_enabled=False)
        still = one.page.text_content("#title")
        alive = open_page(path)
        alive.page.wait_for_selector("html.ready")
        assert alive.page.text_content("#title") == still


def test_the_timeline_is_worked_by_keyboard(opened: OpenView) -> None:
    page = opened("#week-2024-07-01/area_cleared")
    page.select_option("#kind", "month")
    page.wait_for_function("() => location.hash.startsWith('#month-2024-08')")
    page.select_option("#kind", "year")
    page.focus("#slider")
    page.keyboard.press("Home")
    assert "2023" in page.get_attribute("#slider", "aria-valuetext")
    assert "53,081.8 ha" in page.get_attribute("#slider", "aria-valuetext")


def test_a_link_opens_the_view_that_it_names(opened: OpenView) -> None:
    page = opened("#week-2024-07-01/uxo")
    assert page.text_content("#title") == ("51 items of unexploded ordnance reported found, 1–7 July 2024, jointly in "
                                           "13 districts")
    assert page.input_value("#measure") == "uxo"
    assert page.input_value("#kind") == "week"


def test_casualties_are_never_shaded(opened: OpenView) -> None:
    page = opened("#week-2024-07-01/killed")
    assert page.locator("#map-pane .district:not(.blank)").count() == 0
    assert "not shaded by district" in page.inner_text("#legend")
    assert page.text_content("#title").startswith("3 people reported killed, 1–7 July 2024")


def test_scopes_are_chosen_and_never_added(opened: OpenView) -> None:
    page = opened("#month-2024-08/area_cleared/MoD")
    assert page.text_content("#title") == "Over 374 ha reported as cleared, August 2024, no figure by district"
    assert page.locator("#scope option").count() == 2


@pytest.mark.parametrize(("language", "title"), [
    ("az", "1.039,5 ha ərazinin təmizləndiyi bildirilib, 1–7 iyul 2024, 13 rayon üzrə birgə"),
    ("ru", "1 039,5 га, по сообщениям, очищено, 1–7 июля 2024, совместно для 13 районов"),
])
def test_the_page_changes_its_language_whole(opened: OpenView, language: str, title: str) -> None:
    page = opened(WEEK)
    page.select_option("#language", language)
    page.wait_for_selector(".stale", state="detached")
    assert page.text_content("#title").replace("\N{NO-BREAK SPACE}", " ") == title
    assert page.get_attribute("html", "lang") == language
    assert "Not a safety map" not in page.inner_text("#safety")
    assert {"az": "Laçın", "ru": "Лачин"}[language] in page.locator(".labels").text_content()


def test_the_table_holds_every_figure_of_the_view_and_sorts(opened: OpenView) -> None:
    page = opened(YEAR)
    page.click("#table-toggle")
    rows = page.locator("#table tbody tr")
    assert rows.count() == len(TABLE_2023) + 2
    page.locator("#table thead button").nth(2).click()
    page.locator("#table thead button").nth(2).click()
    page.locator("#table thead button").nth(2).click()
    figures = page.locator("#table tbody td:nth-child(3)").all_text_contents()
    values = [float(text.replace(",", "").removesuffix(" ha")) for text in figures]
    assert values in (sorted(values), sorted(values, reverse=True))


def test_the_remainder_of_a_district_table_is_called_other_districts(opened: OpenView) -> None:
    page = opened(YEAR)
    page.click("#table-toggle")
    row = page.locator("#table tbody tr", has=page.locator("th", has_text="other districts"))
    assert row.count() == 1
    assert row.locator("td").nth(0).text_content() == "part by district"
    assert "national figure (part" not in page.locator("#table").text_content()


def test_a_screen_reader_gets_the_view_in_words(opened: OpenView) -> None:
    page = opened(YEAR)
    summary = page.text_content("#summary")
    assert "Jabrayil 14,016.7 ha" in summary
    assert "Class breaks" in summary


@pytest.mark.parametrize("view", [WEEK, YEAR, MONTH])
@pytest.mark.parametrize("table", [False, True])
def test_axe_finds_nothing_serious(opened: OpenView, view: str, table: bool) -> None:  # noqa: FBT001 - a case of a test
    page = opened(view)
    if table:
        page.click("#table-toggle")
    found = Axe().run(page)["violations"]
    assert [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found
            if one["impact"] in {"serious", "critical"}] == []


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_the_page_fits_its_window_and_towns_stay_visible(opened: OpenView, width: int, height: int) -> None:
    page = opened(WEEK, width=width, height=height)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    box = page.locator("#safety").bounding_box()
    assert box["y"] + box["height"] <= height + 1
    least = page.evaluate("""() => ["Khankendi", "Shusha"].map((name) => {
        const path = document.querySelector(`#map-pane path[aria-label^="${name}:"]`), place = path.dataset.place;
        return Math.max(...[...document.querySelectorAll(`#map-pane [data-place="${place}"]`)]
            .map((one) => one.getBoundingClientRect().width));
    })""")
    assert min(least) >= 10


def test_names_on_the_map_do_not_collide(opened: OpenView) -> None:
    page = opened(YEAR)
    boxes = page.evaluate("[...document.querySelectorAll('#map-pane .label')].map((one) => one.getBBox())"
                          ".map((box) => [box.x, box.y, box.x + box.width, box.y + box.height])")
    assert len(boxes) > 20
    hits = [(a, b) for i, a in enumerate(boxes) for b in boxes[i + 1:]
            if min(a[2], b[2]) - max(a[0], b[0]) > 4 and min(a[3], b[3]) - max(a[1], b[1]) > 4]
    assert hits == []


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (360, 740)])
def test_a_figure_stands_on_its_own_district_and_never_on_anothers(opened: OpenView, width: int, height: int) -> None:
    page = opened(YEAR, width=width, height=height)
    page.wait_for_function("() => document.querySelectorAll('#map-pane .label.name').length > 5")
    wrong = page.evaluate("""() => {
        const towns = new Set([...document.querySelectorAll("#map-pane circle")].map((one) => one.dataset.place));
        const shapes = [...document.querySelectorAll("#map-pane path.district[aria-label]")];
        const own = (name) => shapes.find((one) => one.getAttribute("aria-label").startsWith(`${name}:`));
        const holds = (shape, box) => shape.isPointInFill(new DOMPoint(box.x + box.width / 2, box.y + box.height / 2)
            .matrixTransform(shape.getScreenCTM().inverse()));
        return [...document.querySelectorAll("#map-pane .label.name, #map-pane .label.quiet")].flatMap((label) => {
            if (label.matches(".led")) return [];
            const box = label.getBoundingClientRect(), name = label.querySelector("text").textContent;
            const shape = own(name);
            if (!shape || towns.has(shape.dataset.place)) return [];
            const under = shapes.filter((one) => holds(one, box)).map((one) => one.getAttribute("aria-label"));
            return holds(shape, box) || (label.classList.contains("quiet") && !under.some((one) => /\\d/.test(one)))
                ? [] : [[name, under]];
        });
    }""")
    assert wrong == []


LED = """() => {
    const named = (name) => [...document.querySelectorAll("#map-pane path.district[aria-label]")]
        .find((one) => one.getAttribute("aria-label").startsWith(`${name}:`));
    return [...document.querySelectorAll("#map-pane .label.led")].map((label) => {
        const name = label.querySelector("text").textContent, line = label.querySelector("path.leader");
        const start = line.getPointAtLength(0).matrixTransform(line.getScreenCTM()), own = named(name);
        return [name, own.isPointInFill(start.matrixTransform(own.getScreenCTM().inverse())),
            Boolean(label.querySelector("rect.plate"))];
    });
}"""


@pytest.mark.parametrize("width", [1440, 1024, 360])
def test_a_name_beside_its_land_has_a_plate_and_a_line_to_it(
    open_page: OpenPage, tmp_path: Path, width: int,
) -> None:
    rows = [one_of(value, codes=(code,)) for code, value in (
        ("AZ-XA", "360.8"), ("AZ-XCI", "4995.7"), ("AZ-XVD", "8203.6"), ("AZ-AGM", "7672.1"), ("AZ-SUS", "856.3"))]
    page = open_page(write_pages(changed(*rows), tmp_path / "led") / "atlas.html", width=width).page
    page.wait_for_selector("#map-pane .label.led")
    led = page.evaluate(LED)
    assert "Khankendi" in {name for name, _, _ in led}
    assert all(own and plate for _, own, plate in led)


def test_light_letters_stand_wholly_on_dark_land(opened: OpenView) -> None:
    page = opened(YEAR)
    page.wait_for_selector("#map-pane .label.name")
    off = page.evaluate("""() => {
        const dark = [...document.querySelectorAll("#map-pane .own path")].filter((one) => one.matches(".c3,.c4"));
        return [...document.querySelectorAll("#map-pane .label.deep")].flatMap((label) => {
            const box = label.getBoundingClientRect(), y = box.y + box.height / 2;
            return [box.x + 3, box.right - 3].filter((x) => !dark.some((shape) => shape.isPointInFill(
                new DOMPoint(x, y).matrixTransform(shape.getScreenCTM().inverse())))).map(() => label.textContent);
        });
    }""")
    assert off == []


def test_nothing_stands_on_the_map_but_its_drawing(built: Path) -> None:
    page = (built / "atlas.html").read_text("utf-8")
    inside = re.search(r'<div[^>]* id="map_atlas"[^>]*>(.*?)</div>', page, re.DOTALL)
    assert inside is not None
    assert re.fullmatch(r"\s*<svg.*</svg>\s*", inside[1], re.DOTALL)


@pytest.mark.parametrize("landscape", [False, True])
def test_print_is_one_sheet_with_everything_on_it(opened: OpenView, landscape: bool) -> None:  # noqa: FBT001 - a case of a test
    page = opened(YEAR)
    sheet = PdfReader(io.BytesIO(page.pdf(format="A4", landscape=landscape, print_background=False)))
    assert len(sheet.pages) == 1
    text = " ".join(sheet.pages[0].extract_text().split())
    for part in ("53,081.8 ha reported as cleared", "Not a safety map.", "no opinion of its makers", "Natural Earth",
                 "EPSG:3857", "published zero", "Jabrayil", "14,016.7 ha", "km", "Our abstract of"):
        assert part in text, part
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    whole = page.evaluate("""() => {
        const box = document.querySelector("#print-inset svg").viewBox.baseVal, paths = document
            .querySelectorAll("#print-inset path.district");
        return paths.length > 70 && [...paths].every((path) => {
            const own = path.getBBox();
            return own.x >= box.x && own.y >= box.y && own.x + own.width <= box.x + box.width &&
                own.y + own.height <= box.y + box.height;
        });
    }""")
    assert whole


def test_the_page_works_in_a_sandboxed_frame_and_tells_its_height(
    open_page: OpenPage, built: Path, tmp_path: Path,
) -> None:
    page = (built / "maps" / "week-2024-07-01.html").read_text("utf-8")
    host = tmp_path / "host.html"
    host.write_text(
        "<!DOCTYPE html><script>"
        "addEventListener('message', (event) => { window.told = event.data; });</script>"
        "<iframe sandbox='allow-scripts' width=700 height=500></iframe>", "utf-8",
    )
    one = open_page(host)
    one.page.evaluate("(page) => { document.querySelector('iframe').srcdoc = page; }", page)
    frame = one.page.frame_locator("iframe")
    frame.locator("html.ready").wait_for()
    assert frame.locator("#map-pane .label.group").text_content().startswith("1,039.5 ha")
    one.page.wait_for_function("() => window.told && window.told.clearanceAtlas === 'height'")
    assert one.page.evaluate("window.told.height") > 200
    assert one.requests == []
    assert one.errors == []


def test_the_embedded_form_has_less_around_the_map(opened: OpenView) -> None:
    page = opened("?embed", page="maps/week-2024-07-01.html", width=700, height=600)
    assert not page.is_visible("footer")
    assert page.is_visible("#safety")
    assert page.is_visible("#legend")


def test_the_embed_page_writes_code_for_every_page(open_page: OpenPage, built: Path) -> None:
    one = open_page(built / "embed.html")
    code = one.page.text_content("#frame")
    assert 'sandbox="allow-scripts' in code
    assert 'loading="lazy"' in code
    assert one.page.locator("#page option").count() == 4
    assert one.errors == []


@pytest.mark.parametrize("options", [
    {"color_scheme": "dark"}, {"forced_colors": "active"}, {"reduced_motion": "reduce"},
])
def test_other_looks_draw_the_same_map(opened: OpenView, options: dict) -> None:
    page = opened(WEEK, **options)
    assert page.locator("#map-pane .fills path.joint").count() == 1
    fills = page.evaluate("['.fills path.joint', '.district.blank'].map((one) =>"
                          "getComputedStyle(document.querySelector('#map-pane ' + one)).fill)")
    assert fills[0] != fills[1]


def test_twice_as_large_letters_leave_the_page_usable(opened: OpenView) -> None:
    page = opened(WEEK)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    assert page.is_visible("#map-pane .label.group")


def test_a_table_by_place_begins_with_the_country_and_ends_with_what_is_left(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "atlas.html", fragment="#year-2023/area_cleared?table").page
    page.wait_for_selector("html.ready")
    for _ in range(2):
        places = page.locator("#table tbody th").all_inner_texts()
        assert len(places) > 5
        assert (places[0], places[-1]) == ("Azerbaijan", "other districts")
        page.click("#table thead th:first-child button")


def test_the_panel_says_what_the_districts_leave_of_the_total(opened: OpenView) -> None:
    # 53,081.8 less the sum of the eleven published figures, worked out by hand
    said = opened(YEAR).inner_text("#panel-body .rest")
    assert "11 districts together: 52,864.2 ha" in said
    assert "217.6 ha" in said


def test_a_phone_shows_the_sentence_of_the_whole_period_below_the_map(opened: OpenView) -> None:
    page = opened(WEEK, width=360, height=740)
    assert page.is_visible("#panel-body .sentence mark")
    assert page.locator("#panel-body").bounding_box()["y"] > page.locator("#map-pane").bounding_box()["y"] + 300
    joint = page.locator("#map-pane .label.group")
    assert joint.get_attribute("aria-label") == "1,039.5 ha jointly, 13\N{NO-BREAK SPACE}districts"
    joint.dispatch_event("click")
    assert page.locator("#map-pane .focus path.selected").count() == 1
