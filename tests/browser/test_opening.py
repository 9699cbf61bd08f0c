"""The map that stands in the markup: true before the script wakes up, without any script, and taken over unmoved."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page

from atlas_sample import TABLE_2023, THIRTEEN, sample_content
from clearance_atlas.rendering.encoding import unpack
from opened_page import write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
PAGES = ("atlas.html", "maps/week-2024-07-01.html", "maps/month-2024-08.html", "maps/year-2023.html")
ASLEEP = "window.DecompressionStream = class { readable = new ReadableStream(); writable = new WritableStream(); };"
DRAWN = """() => Object.fromEntries([...document.querySelectorAll("#map_atlas svg.drawing > g")].map((layer) =>
    [layer.getAttribute("class"), [...layer.children].filter((one) => one.getAttribute("r") !== "0").map((one) =>
        ["class", "d", "fill", "data-place", "data-set"].map((name) => one.getAttribute(name)))]))"""
BOXES = """() => [...document.querySelectorAll("#map_atlas svg.drawing path.district, #map_atlas svg.drawing circle")]
    .filter((one) => one.getAttribute("r") !== "0").map((one) => one.getBoundingClientRect())
    .map((box) => [box.x, box.y, box.width, box.height])"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("opening")
    for language in ("en", "ru"):
        write_pages(sample_content(language), folder / language)
    return folder


def asleep(context: BrowserContext) -> None:
    """Let the script of the page never wake up."""
    context.add_init_script(ASLEEP)


def looks(page: Page) -> dict[str, list[str]]:
    """Return the classes of each district of the map by its code."""
    places = json.loads(unpack(page.locator("#atlas-shared").text_content()))["places"]
    paths = page.evaluate("""() => [...document.querySelectorAll("#map_atlas path.district")]
        .map((path) => [Number(path.dataset.place), [...path.classList]])""")
    return {places[number][0]: classes for number, classes in paths}


@pytest.mark.parametrize("path", PAGES)
def test_the_script_takes_the_map_over_as_it_stands(open_page: OpenPage, built: Path, path: str) -> None:
    still = open_page(built / "en" / path, prepare=asleep).page
    alive = open_page(built / "en" / path).page
    alive.wait_for_selector("html.ready")
    assert still.evaluate(DRAWN) == alive.evaluate(DRAWN)
    assert still.locator("html.ready").count() == 0


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_no_district_moves_when_the_page_wakes_up(open_page: OpenPage, built: Path, width: int, height: int) -> None:
    still = open_page(built / "en" / PAGES[1], prepare=asleep, width=width, height=height).page
    alive = open_page(built / "en" / PAGES[1], width=width, height=height).page
    alive.wait_for_selector("html.ready")
    still.wait_for_function(
        "() => document.querySelector('#map-hatch-dark').getAttribute('patternTransform').length > 30")
    before, after = still.evaluate(BOXES), alive.evaluate(BOXES)
    assert len(before) == len(after) > 70
    assert max(abs(one - other) for box, twin in zip(before, after, strict=True)
               for one, other in zip(box, twin, strict=True)) < 1.5


PLACES = """() => ["#title", "#map-pane"].map((name) => document.querySelector(name))
    .map((one) => one.getBoundingClientRect()).map((box) => [box.x, box.y, box.width, box.height])"""


@pytest.mark.parametrize(("width", "height"), [(360, 740), (1440, 900)])
def test_the_page_keeps_the_room_of_what_wakes_up_later(
        open_page: OpenPage, built: Path, width: int, height: int) -> None:
    still = open_page(built / "en/atlas.html", prepare=asleep, width=width, height=height).page
    alive = open_page(built / "en/atlas.html", width=width, height=height).page
    alive.wait_for_selector("html.ready")
    assert still.evaluate(PLACES) == alive.evaluate(PLACES), "title and map stand where they stood"
    assert not still.locator("#measure").is_visible(), "a chooser that cannot be used is not shown"
    assert alive.locator("#measure").is_visible()


def test_without_a_script_the_four_states_stand_on_the_page(open_page: OpenPage, built: Path) -> None:
    one = open_page(built / "en" / PAGES[1], java_script_enabled=False)
    page = one.page
    assert page.locator("#map_atlas .fills path.joint").count() == 1
    assert page.locator("#map_atlas .outlines path.group-outline").count() == 1
    assert page.locator("#map_atlas .districts path.joint").count() == len(THIRTEEN)
    assert page.locator("#map_atlas .own path").count() == 0
    for text in ("1,039.5 ha reported as cleared", "joint total of several districts", "published zero",
                 "no figure in these reports", "Not a safety map.", "Natural Earth"):
        assert page.get_by_text(text).first.is_visible(), text
    for dead in ("#measure", "#table-toggle", "#language", "#refit"):
        assert not page.is_visible(dead), dead
    box = page.locator("#map_atlas .fills path.joint").bounding_box()
    assert box["width"] > 200
    assert one.requests == []


def test_the_still_map_colours_exactly_what_the_records_say(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "en" / "maps/year-2023.html", prepare=asleep).page
    shown = looks(page)
    assert {code for code, names in shown.items() if "published" in names} == set(TABLE_2023)
    assert all(names == ["district", "blank"] for code, names in shown.items() if code not in TABLE_2023)
    month = looks(open_page(built / "en" / "maps/month-2024-08.html", prepare=asleep).page)
    assert month["AZ-LAC"] == ["district", "zero", "published"]
    assert "estimated" in month["AZ-FUZ"]
    assert "derived" in month["AZ-ZAN"]
    assert month["AZ-AGM"] == ["district", "blank"]


@pytest.mark.parametrize("fragment", ["#week-2024-07-01/uxo", "#year-2023", "#month-2024-08/area_cleared/MoD"])
def test_a_link_to_another_view_never_shows_the_opening_one(open_page: OpenPage, built: Path, fragment: str) -> None:
    page = open_page(built / "en" / "atlas.html", fragment=fragment, prepare=asleep).page
    opening = page.text_content("#title")
    assert "August 2024" in opening
    assert not page.is_visible("#title")
    assert not page.locator("#map_atlas path.district").first.is_visible()
    assert page.title() == "Clearance Atlas"
    alive = open_page(built / "en" / "atlas.html", fragment=fragment).page
    alive.wait_for_selector("html.ready")
    assert alive.is_visible("#title")
    assert alive.text_content("#title") != opening
    assert alive.locator("#map_atlas path.district").first.is_visible()


@pytest.mark.parametrize(("fragment", "fault"), [
    ("", "delete window.DecompressionStream"), ("#year-2023", "delete window.DecompressionStream"),
    ("", "delete Element.prototype.toggleAttribute"),
])
def test_an_old_browser_keeps_the_map_and_says_what_is_missing(open_page: OpenPage, built: Path, fragment: str,
                                                               fault: str) -> None:
    page = open_page(built / "en" / "atlas.html", fragment=fragment,
                     prepare=lambda context: context.add_init_script(fault)).page
    page.wait_for_selector("#old-browser", state="visible")
    assert "Firefox 113" in page.inner_text("#old-browser")
    assert "August 2024" in page.inner_text("#title")
    assert page.locator("#map_atlas path.district").first.is_visible()
    assert page.is_visible("#safety")
    modern = open_page(built / "en" / "atlas.html", fragment=fragment).page
    modern.wait_for_selector("html.ready")
    assert not modern.is_visible("#old-browser")


@pytest.mark.parametrize("fragment", ["", "#month-2024-08", "#month-2024-08/area_cleared"])
def test_a_link_to_the_opening_view_shows_it_at_once(open_page: OpenPage, built: Path, fragment: str) -> None:
    page = open_page(built / "en" / "atlas.html", fragment=fragment, prepare=asleep).page
    assert page.is_visible("#title")
    assert page.locator("#map_atlas path.district").first.is_visible()


@pytest.mark.parametrize("fragment", ["#no-such-period/uxo", "#%"])
def test_a_link_to_nothing_opens_the_page_as_it_is(open_page: OpenPage, built: Path, fragment: str) -> None:
    one = open_page(built / "en" / "atlas.html", fragment=fragment)
    one.page.wait_for_selector("html.ready")
    assert one.page.is_visible("#title")
    assert "August 2024" in one.page.text_content("#title")
    assert one.page.title().endswith(" Clearance Atlas")
    assert one.errors == []


def test_legend_and_title_speak_the_language_of_the_page_without_a_script(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "ru" / PAGES[1], java_script_enabled=False).page
    still = page.inner_text("#legend")
    alive = open_page(built / "ru" / PAGES[1]).page
    alive.wait_for_selector("html.ready")
    assert still.split() == alive.inner_text("#legend").split()
    assert page.text_content("#title") == alive.text_content("#title")
