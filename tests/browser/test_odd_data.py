"""Pages of data that few atlases have: odd figures, overlapping totals, gaps, hostile words; each drawn sensibly."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from atlas_sample import THIRTEEN, changed, one_of, sample_content, to_date
from clearance_atlas.model import Evidence, Flag, Measure, Observation, PlaceScope
from opened_page import classes, write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
WEEK, YEAR = "#week-2024-07-01/area_cleared", "#year-2023/area_cleared"
HOSTILE = "{{ 7*7 }}{% raise %}</script><img src=x onerror=document.title='broken'>\u202eDLOG"


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


def test_the_map_stands_still_while_the_periods_run_by(open_page: OpenPage, tmp_path: Path) -> None:
    values = {"2023-06-30": "100", "2023-12-31": "123456789012345.5", "2024-03-31": "1",
              "2024-06-30": "2"}
    rows = [to_date(value, start="2020-11-10", end=end) for end, value in values.items()]
    page = open_page(write_pages(changed(*rows), tmp_path / "play") / "atlas.html", fragment="#to-2023-06-30",
                     width=360, height=740).page
    page.wait_for_selector("html.ready")
    top = "document.querySelector('#map-pane').getBoundingClientRect().top + scrollY"
    before = page.evaluate(top)
    page.click("#play")
    page.wait_for_function("() => location.hash.includes('2023-12-31')")
    tallest = page.evaluate(top)
    assert tallest > before, "the longer title takes another line"
    page.wait_for_function("() => location.hash.includes('2024-03-31')")
    assert page.evaluate(top) == tallest
    page.wait_for_selector("#play[aria-pressed=false]")
    assert page.evaluate(top) == before
