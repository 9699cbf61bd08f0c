"""The atlas page in a real browser, with the network blocked: what is drawn is what the records say."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Page
from pypdf import PdfReader

from atlas_sample import TABLE_2023, THIRTEEN, sample_content
from clearance_atlas.model import Evidence, Flag, Measure, Observation, Period, PeriodKind, PlaceScope
from clearance_atlas.rendering.content import AtlasContent
from opened_page import write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
OpenView = Callable[..., Page]
WEEK, YEAR, MONTH = "#week-2024-07-01/area_cleared", "#year-2023/area_cleared", "#month-2024-08/area_cleared"
HOSTILE = "{{ 7*7 }}{% raise %}</script><img src=x onerror=document.title='broken'>\u202eDLOG"


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


def classes(page: Page, code: str) -> list[str]:
    """Return the classes with which a district is drawn."""
    place = page.evaluate("""(code) => JSON.parse(document.getElementById("atlas-shared").textContent)
        .places.findIndex((one) => one[0] === code)""", code)
    return page.get_attribute(f'#map-pane path.district[data-place="{place}"]', "class").split()


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


def test_one_district_does_not_fill_the_map_under_a_national_headline(open_page: OpenPage, tmp_path: Path) -> None:
    one, whole = one_of("4.4", codes=("AZ-QAZ",)), replace(one_of("5098", codes=()), place_scope=PlaceScope.NATIONAL)
    widths = []
    for name, rows in (("alone", (one,)), ("national", (one, whole))):
        page = open_page(write_pages(changed(*rows), tmp_path / name) / "atlas.html").page
        page.wait_for_selector("html.ready")
        widths.append(page.locator("#map-pane path.district.published").bounding_box()["width"])
        still = open_page(tmp_path / name / "atlas.html", java_script_enabled=False).page
        width = still.locator("#map-pane path.district.published").bounding_box()["width"]
        assert width == pytest.approx(widths[-1], rel=0.1)
    assert widths[1] < widths[0] / 3


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


def changed(*observations: Observation) -> AtlasContent:
    """Return the sample with other observations."""
    return replace(sample_content(), observations=observations, statements=())


def one_of(value: str | None, *, codes: tuple[str, ...], measure: Measure = Measure.AREA_CLEARED) -> Observation:
    """Return a week's observation with another value and place."""
    base = next(one for one in sample_content().observations if one.measure is measure)
    number = None if value is None else Decimal(value)
    return replace(base, observation_id="/".join((measure, *codes)), value=number, area_ha=number, supporting=(),
                   place_codes=codes, place_scope=PlaceScope.GROUP if len(codes) > 1 else PlaceScope.DISTRICT)


@pytest.mark.parametrize(("rows", "shown"), [
    ([one_of("12", codes=("AZ-LAC",))], ["c2"]),
    ([one_of("0", codes=("AZ-LAC",)), one_of("0", codes=("AZ-FUZ",))], ["zero", "zero"]),
    ([one_of("1", codes=("AZ-LAC",)), one_of("2", codes=("AZ-FUZ",)), one_of("3", codes=("AZ-AGM",)),
      one_of("453900", codes=("AZ-TAR",))], ["c4"]),
    ([one_of(None, codes=("AZ-LAC",))], ["undecided"]),
])
def test_odd_data_is_drawn_sensibly(
    open_page: OpenPage, tmp_path: Path, rows: list[Observation], shown: list[str],
) -> None:
    one = open_page(write_pages(changed(*rows), tmp_path / "odd") / "atlas.html")
    one.page.wait_for_selector("html.ready")
    for name in shown:
        assert one.page.locator(f"#map-pane path.district.{name}").count() == shown.count(name)
    assert one.errors == []


PALETTE = """() => {
    const root = getComputedStyle(document.documentElement), probe = document.createElement("i");
    document.body.append(probe);
    const colours = ["blank", "zero", "c0", "c1", "c2", "c3", "c4"].map((name) => {
        probe.style.color = root.getPropertyValue(`--${name}`);
        return getComputedStyle(probe).color;
    });
    probe.remove();
    return [...document.querySelectorAll("#map-pane path.district, #map-pane path.joint, #map-pane circle:not(.hatch)")]
        .map((one) => getComputedStyle(one).fill).filter((fill) => !colours.includes(fill));
}"""


@pytest.mark.parametrize("value", ["0", "12", None])
def test_every_surface_has_a_colour_of_the_palette(open_page: OpenPage, tmp_path: Path, value: str | None) -> None:
    rows = [one_of(value, codes=("AZ-FUZ", "AZ-XA", "AZ-LAC")), one_of(value, codes=("AZ-QAZ",))]
    page = open_page(write_pages(changed(*rows), tmp_path / "palette") / "atlas.html").page
    page.wait_for_selector("html.ready")
    assert page.locator("#map-pane .fills path.joint").count() == 1
    assert page.evaluate(PALETTE) == []


def test_a_headline_that_looks_wrong_says_so_in_title_and_citation(open_page: OpenPage, tmp_path: Path) -> None:
    doubtful = replace(sample_content(), observations=tuple(
        replace(one, flags=(Flag.SUSPECT_VALUE,)) for one in sample_content().observations))
    one = open_page(write_pages(doubtful, tmp_path / "doubt") / "atlas.html", fragment=WEEK)
    one.page.wait_for_selector("html.ready")
    assert one.page.inner_text("#title").startswith("DOUBTFUL: 1,039.5 ha")
    still = open_page(tmp_path / "doubt/maps/week-2024-07-01.html").page
    assert still.title().startswith("DOUBTFUL: 1,039.5 ha")


def test_an_operator_who_reports_nothing_there_is_not_in_the_address(open_page: OpenPage, tmp_path: Path) -> None:
    first = one_of("12", codes=("AZ-LAC",))
    days = replace(first.period, start="2024-07-08", end="2024-07-14")
    later = replace(first, period=days, period_id="week-2024-07-08")
    rows = [replace(one, operator=code, observation_id=f"{one.period_id}/{code}") for one, codes in
            ((first, ("ANAMA", "MoD")), (later, ("ANAMA",))) for code in codes]
    view = "#week-2024-07-01/area_cleared/MoD"
    page = open_page(write_pages(changed(*rows), tmp_path / "scopes") / "atlas.html", fragment=view).page
    page.wait_for_selector("html.ready")
    assert page.evaluate("location.hash") == view
    page.click("#next")
    page.wait_for_function("() => location.hash.includes('2024-07-08')")
    assert page.evaluate("location.hash") == "#week-2024-07-08/area_cleared"


def test_a_report_that_lists_districts_for_a_total_of_the_country_is_explained(
        open_page: OpenPage, tmp_path: Path) -> None:
    content = sample_content()
    lists = tuple(replace(one, place_codes=THIRTEEN) if one.statement_id.startswith("year") and not one.place_codes
                  else one for one in content.statements)
    build = write_pages(replace(content, statements=lists), tmp_path / "lists") / "atlas.html"
    page = open_page(build, fragment="#year-2023/area_cleared").page
    page.wait_for_selector("html.ready")
    assert "The report names 13 districts for this total" in page.inner_text("#panel")
    page.click("#map_atlas [data-place]:not(.blank)", force=True)
    page.wait_for_selector("#panel-close:not([hidden])")
    assert "for this total" not in page.inner_text("#panel")


def test_a_table_by_place_begins_with_the_country_and_ends_with_what_is_left(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "atlas.html", fragment="#year-2023/area_cleared?table").page
    page.wait_for_selector("html.ready")
    for _ in range(2):
        places = page.locator("#table tbody th").all_inner_texts()
        assert len(places) > 5
        assert (places[0], places[-1]) == ("Azerbaijan", "other districts")
        page.click("#table thead th:first-child button")


def to_date(value: str, *, start: str, end: str) -> Observation:
    """Return a national total from a first day to a last."""
    whole = one_of(value, codes=("AZ-LAC",))
    return replace(whole, observation_id=f"{start}/{end}", period_id=f"to-{end}", place_codes=(), places=(),
                   place_scope=PlaceScope.NATIONAL, period=Period(start, end, PeriodKind.CUMULATIVE))


def test_totals_from_different_days_are_no_bars_of_one_row(open_page: OpenPage, tmp_path: Path) -> None:
    rows = [to_date("100", start="2020-11-10", end="2023-06-30"), to_date("150", start="2020-11-10", end="2023-12-31"),
            to_date("900", start="2010-01-01", end="2024-03-31")]
    page = open_page(write_pages(changed(*rows), tmp_path / "since") / "atlas.html").page
    page.wait_for_selector("html.ready")
    shapes = {name: page.eval_on_selector_all(f"#bars svg:first-child path.{name}",
                                              "all => all.map((one) => one.getAttribute('d').split('M').length - 1)")
              for name in ("bar", "aside")}
    assert shapes == {"bar": [2], "aside": [1]}
    note = page.inner_text("#timeline-note")
    assert "since 10 November 2020" in note
    assert "figures counted otherwise" in note
    assert "highest bar 150" in note


def test_the_panel_says_what_the_districts_leave_of_the_total(opened: OpenView) -> None:
    # 53,081.8 less the sum of the eleven published figures, worked out by hand
    said = opened(YEAR).inner_text("#panel-body .rest")
    assert "11 districts together: 52,864.2 ha" in said
    assert "217.6 ha" in said


def test_steps_pass_over_periods_without_the_measure(open_page: OpenPage, tmp_path: Path) -> None:
    first, finds = one_of("12", codes=("AZ-LAC",)), one_of("3", codes=("AZ-LAC",), measure=Measure.UXO)
    rows = [replace(one, observation_id=f"{one.measure}/{day}", period_id=f"week-2024-07-{day:02d}",
                    period=replace(one.period, start=f"2024-07-{day:02d}", end=f"2024-07-{day + 6:02d}"))
            for one, day in ((first, 1), (finds, 8), (first, 15))]
    page = open_page(write_pages(changed(*rows), tmp_path / "steps") / "atlas.html",
                     fragment="#week-2024-07-01/area_cleared").page
    page.wait_for_selector("html.ready")
    page.click("#next")
    page.wait_for_function("() => location.hash === '#week-2024-07-15/area_cleared'")
    assert page.is_disabled("#next")


def test_people_are_a_number_on_an_outline_and_the_legend_says_so(open_page: OpenPage, tmp_path: Path) -> None:
    row = one_of("3", codes=("AZ-KAL",), measure=Measure.KILLED)
    page = open_page(write_pages(changed(row), tmp_path / "people") / "atlas.html").page
    page.wait_for_selector("html.ready")
    page.wait_for_selector("#map-pane .label.name")
    assert "Kalbajar3" in page.text_content("#map-pane .labels")
    assert "unrated" in classes(page, "AZ-KAL")
    assert "not shaded" in page.inner_text("#legend")
    assert page.locator("#legend .ramp").count() == 0


def test_people_have_no_rate_over_land(open_page: OpenPage, tmp_path: Path) -> None:
    row = one_of("3", codes=("AZ-KAL",), measure=Measure.KILLED)
    page = open_page(write_pages(changed(row), tmp_path / "people") / "atlas.html").page
    page.wait_for_selector("html.ready")
    assert page.inner_text("#panel-body .big") == "3"
    assert page.locator("#panel-body .rate").count() == 0


def test_a_phone_shows_the_sentence_of_the_whole_period_below_the_map(opened: OpenView) -> None:
    page = opened(WEEK, width=360, height=740)
    assert page.is_visible("#panel-body .sentence mark")
    assert page.locator("#panel-body").bounding_box()["y"] > page.locator("#map-pane").bounding_box()["y"] + 300
    joint = page.locator("#map-pane .label.group")
    assert joint.get_attribute("aria-label") == "1,039.5 ha jointly, 13\N{NO-BREAK SPACE}districts"
    joint.dispatch_event("click")
    assert page.locator("#map-pane .focus path.selected").count() == 1


def test_two_overlapping_totals_share_no_surface(open_page: OpenPage, tmp_path: Path) -> None:
    rows = (one_of("100", codes=("AZ-FUZ", "AZ-LAC", "AZ-QBI")), one_of("60", codes=("AZ-FUZ", "AZ-LAC")))
    page = open_page(write_pages(changed(*rows), tmp_path / "two") / "atlas.html").page
    page.wait_for_selector("html.ready")
    assert page.locator("#map-pane .fills path.joint").count() == 1
    page.click("#table-toggle")
    assert page.locator("#table tbody tr").count() == 2
    assert page.locator("#table tbody tr.undrawn").count() == 1


@pytest.mark.parametrize(("language", "said"), [
    ("en", "1 figure cannot be drawn (no boundary in this period for Aghdara); it stands in the table"),
    ("az", "(bu dövr üçün sərhədi olmayan: Ağdərə)"), ("ru", "(в этом периоде нет границы: Агдере)"),
])
@pytest.mark.parametrize("codes", [("X-AZ-AGHDARA",), ("AZ-FUZ", "X-AZ-AGHDARA")])
def test_a_figure_without_a_boundary_is_said_to_be_on_no_map(
    open_page: OpenPage, tmp_path: Path, language: str, said: str, codes: tuple[str, ...],
) -> None:
    rows = [replace(one, boundary_version="until-2023-12-04") for one in
            (one_of("900", codes=()), one_of("60", codes=codes), one_of("5", codes=("AZ-LAC",)))]
    content = replace(changed(*rows), language=language)
    one = open_page(write_pages(content, tmp_path / "undrawable") / "atlas.html")
    page = one.page
    page.wait_for_selector("html.ready")
    assert said in page.inner_text("#subtitle")
    assert said in page.inner_text("#panel-body .undrawable")
    assert said in page.text_content("#summary")
    still = open_page(tmp_path / "undrawable/atlas.html", java_script_enabled=False).page
    assert page.text_content("#title") == still.text_content("#title")
    assert page.locator("#map-pane .fills path.joint").count() == 0
    assert one.errors == []


def test_hostile_text_is_shown_as_text(open_page: OpenPage, tmp_path: Path) -> None:
    content = sample_content()
    names = {"AZ-LAC": HOSTILE, "AZ-FUZ": "x" * 10_000}
    frames = {version: frame.assign(name_en=[names.get(code, name) for code, name in frame["name_en"].items()])
              for version, frame in content.districts.items()}
    documents = tuple(replace(one, publisher=HOSTILE, url="javascript:alert(1)") for one in content.documents)
    statements = tuple(replace(one, evidence=replace(one.evidence, text=HOSTILE + "y" * 10_000))
                       for one in content.statements)
    hostile = replace(content, districts=frames, documents=documents, statements=statements, cutoff=date(2024, 9, 2))
    one = open_page(write_pages(hostile, tmp_path / "hostile") / "atlas.html", fragment=WEEK)
    page = one.page
    page.wait_for_selector("html.ready")
    assert page.text_content("#panel-body figcaption strong") == f"Our abstract of {HOSTILE}"
    assert page.text_content("#panel-body .sentence").startswith(HOSTILE)
    assert page.locator("#panel-body .source a").count() == 0
    assert page.title().startswith("1,039.5 ha")
    assert page.locator("img").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 1440
    page.locator("#map-pane path.district.joint").nth(2).dispatch_event("click")
    assert one.errors == []
    assert one.requests == []


def test_street_tiles_are_the_only_thing_a_page_ever_asks_for(open_page: OpenPage, tmp_path: Path) -> None:
    folder = write_pages(replace(sample_content(), basemap=True), tmp_path / "tiled")
    one = open_page(folder / "atlas.html", fragment=WEEK)
    one.page.wait_for_selector("html.ready")
    one.page.wait_for_timeout(300)
    assert one.requests
    assert all(address.startswith("https://tile.openstreetmap.org/") for address in one.requests)
    assert not [text for text in one.errors if "Content Security Policy" in text]
    assert "OpenStreetMap" in one.page.inner_text("#tiles")
    fills = "path => getComputedStyle(path).fill"
    assert one.page.eval_on_selector("#map-pane path.district.blank", fills) == "none"
    assert one.page.eval_on_selector("#map-pane path.joint", fills) != "none"


def test_the_row_of_a_table_is_shown_under_the_names_of_its_columns(open_page: OpenPage, tmp_path: Path) -> None:
    content = sample_content()
    row = "area_cleared,14016.7,ha,AZ-CAB,Test Gazette,https://example.org/2023"
    text = f"measure,value,unit,place_code,publisher,url\n{row}\n"
    at = text.index(row)
    figure = text.index("14016.7")
    documents = tuple(replace(one, text=text, media_type="text/csv", path="bulletins/table-2023.csv")
                      if one.document_id == "year" else one for one in content.documents)
    statements = tuple(replace(one, evidence=Evidence(row, at, at + len(row), figure, figure + 7))
                       if one.document_id == "year" and one.place_codes == ("AZ-CAB",) else one
                       for one in content.statements)
    folder = write_pages(replace(content, documents=documents, statements=statements), tmp_path / "rows")
    one = open_page(folder / "atlas.html", fragment=YEAR)
    page = one.page
    page.wait_for_selector("html.ready")
    number = next(key for key, place in enumerate(page.evaluate("JSON.parse(document.getElementById('atlas-shared')"
                                                                ".textContent).places")) if place[0] == "AZ-CAB")
    page.locator(f"#map-pane path[data-place='{number}']").first.dispatch_event("click")
    page.wait_for_selector(".stale", state="detached")
    shown = page.text_content("#panel-body .sentence.row")
    assert shown == "measure: area_cleared; value: 14016.7; unit: ha; place_code: AZ-CAB"
    assert page.text_content("#panel-body .sentence.row mark") == "14016.7"
    assert page.text_content("#panel-body .source .file") == "Document table-2023.csv"
    assert one.errors == []
