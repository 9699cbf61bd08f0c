"""The address of a page in a real browser: a link opens the very view that it was copied from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from atlas_sample import sample_content
from opened_page import write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
WEEK, YEAR = "#week-2024-07-01/area_cleared", "#year-2023/area_cleared"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(sample_content(), tmp_path_factory.mktemp("address") / "out")


def opened(open_page: OpenPage, path: Path, fragment: str, **options: object) -> Page:
    page: Page = open_page(path, fragment=fragment, **options).page
    page.wait_for_selector("html.ready")
    return page


def address(page: Page) -> str:
    return str(page.evaluate("location.hash"))


def test_a_link_opens_language_district_and_table_as_they_were(open_page: OpenPage, built: Path) -> None:
    first = opened(open_page, built / "atlas.html", YEAR)
    first.select_option("#language", "ru")
    first.locator('#map-pane path[aria-label^="Джебраи"]').first.dispatch_event("click")
    first.wait_for_function("() => location.hash.includes('place=')")
    assert address(first) == f"{YEAR}?lang=ru&place=AZ-CAB"
    first.click("#table-toggle")
    assert address(first) == f"{YEAR}?lang=ru&place=AZ-CAB&table"
    second = opened(open_page, built / "atlas.html", address(first))
    assert second.get_attribute("html", "lang") == "ru"
    assert second.is_visible("#table table")
    assert not second.is_visible("#map-pane")
    assert second.text_content("#panel h2") == first.text_content("#panel h2")
    second.click("#table-toggle")
    second.wait_for_function("() => document.querySelectorAll('#map-pane .label').length > 5")
    assert address(second) == f"{YEAR}?lang=ru&place=AZ-CAB"


def test_a_joint_region_is_in_the_address_too(open_page: OpenPage, built: Path) -> None:
    first = opened(open_page, built / "atlas.html", WEEK)
    first.locator("#map-pane .label.group").click()
    first.wait_for_function("() => location.hash.includes('group=')")
    second = opened(open_page, built / "atlas.html", address(first))
    assert second.text_content("#panel h2") == "One joint total for 13 districts"


def test_short_links_stay_short_and_what_is_unknown_is_passed_over(open_page: OpenPage, built: Path) -> None:
    assert address(opened(open_page, built / "atlas.html", WEEK)) == WEEK
    page = opened(open_page, built / "atlas.html", f"{WEEK}?lang=xx&place=nowhere&group=&zoom=9&table=1")
    assert address(page) == f"{WEEK}?table"
    assert page.get_attribute("html", "lang") == "en"


def test_an_address_followed_in_the_open_page_is_obeyed_whole(open_page: OpenPage, built: Path) -> None:
    page = opened(open_page, built / "atlas.html", f"{YEAR}?lang=az&place=AZ-CAB&table")
    page.evaluate("(view) => { location.hash = view; }", WEEK)
    page.wait_for_function("() => document.documentElement.lang === 'en'")
    assert page.is_visible("#map-pane")
    assert not page.is_visible("#table")
    assert page.text_content("#title").startswith("1,039.5 ha")
    assert not page.is_visible("#panel-close")


def test_the_links_to_the_whole_atlas_and_to_embed_carry_the_view(open_page: OpenPage, built: Path) -> None:
    page = opened(open_page, built / "atlas.html", f"{WEEK}?lang=ru")
    assert page.get_attribute(".actions a", "href") == f"embed.html{WEEK}?lang=ru"
    part = opened(open_page, built / "maps" / "week-2024-07-01.html", "#week-2024-07-01/uxo?lang=ru")
    assert part.get_attribute(".actions a", "href") == "../atlas.html#week-2024-07-01/uxo?lang=ru"
