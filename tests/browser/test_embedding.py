"""Maps on other people's pages, on paper and on a phone, in a real browser."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from atlas_sample import sample_content
from opened_page import write_pages

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]
WEEK, YEAR = "#week-2024-07-01/area_cleared", "#year-2023/area_cleared"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(sample_content(), tmp_path_factory.mktemp("embedding") / "out")


def opened(open_page: OpenPage, path: Path, fragment: str, **options: object) -> Page:
    page: Page = open_page(path, fragment=fragment, **options).page
    page.wait_for_selector("html.ready")
    return page


def test_the_snippet_is_that_of_the_view_it_was_asked_from(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "embed.html", fragment="#week-2024-07-01/uxo?lang=ru&place=AZ-CAB").page
    code = page.text_content("#frame")
    assert 'maps/week-2024-07-01.html?embed#week-2024-07-01/uxo?lang=ru&#38;place=AZ-CAB"' in code
    assert 'title="Неразорвавшиеся боеприпасы, 1–7 июля 2024"' in code
    assert 'sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"' in code
    page.select_option("#measure", "area_cleared")
    page.select_option("#language", "en")
    assert 'maps/week-2024-07-01.html?embed#week-2024-07-01/area_cleared"' in page.text_content("#frame")
    page.select_option("#page", "")
    page.select_option("#language", "az")
    assert 'atlas.html?embed#?lang=az"' in page.text_content("#frame")
    assert opened(open_page, built / "atlas.html", "?embed#?lang=az").get_attribute("html", "lang") == "az"


def test_a_picture_is_offered_only_where_there_is_one(open_page: OpenPage, built: Path, tmp_path: Path) -> None:
    page = open_page(built / "embed.html", fragment=WEEK).page
    assert not page.is_visible("#picture")
    assert "clearance-atlas build --figures" in page.inner_text("#without-picture")
    drawn = replace(sample_content(), pictures={"figures/week-2024-07-01-area_cleared.png"})
    page = open_page(write_pages(drawn, tmp_path / "drawn") / "embed.html", fragment=WEEK).page
    assert 'src="https://example.org/atlas/figures/week-2024-07-01-area_cleared.png"' in page.text_content("#picture")
    assert not page.is_visible("#without-picture")
    page.select_option("#measure", "uxo")
    assert not page.is_visible("#picture")


@pytest.mark.parametrize("width", [320, 500, 700])
def test_an_embedded_map_names_its_atlas_and_leads_there(open_page: OpenPage, built: Path, width: int) -> None:
    page = opened(open_page, built / "maps" / "week-2024-07-01.html", f"?embed{WEEK}?lang=ru", width=width, height=900)
    assert page.inner_text("#credit").startswith("Clearance Atlas · Данные по ")
    link = page.locator("#credit a")
    assert link.get_attribute("href") == f"../atlas.html{WEEK}?lang=ru"
    assert link.get_attribute("target") == "_blank"
    assert page.is_visible("#safety")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_frame_of_a_map_can_shrink_as_well_as_grow(open_page: OpenPage, built: Path) -> None:
    (built / "host.html").write_text(
        "<!DOCTYPE html><script>addEventListener('message', (event) => { window.told = event.data; });</script>"
        f"<iframe src='maps/week-2024-07-01.html?embed{WEEK}' width=700 height=1400></iframe>", "utf-8")
    page = open_page(built / "host.html").page
    page.frame_locator("iframe").locator("html.ready").wait_for()
    page.wait_for_function("() => window.told && window.told.clearanceAtlas === 'height'")
    assert 400 < page.evaluate("window.told.height") < 900


def test_a_narrow_frame_shows_the_title_whole(open_page: OpenPage, tmp_path: Path) -> None:
    content = sample_content()
    rows = tuple(replace(one, value=Decimal(83059)) if one.measure == "uxo" else one for one in content.observations)
    folder = write_pages(replace(content, observations=rows), tmp_path / "narrow")
    page = opened(open_page, folder / "maps" / "week-2024-07-01.html", "?embed#week-2024-07-01/uxo?lang=ru", width=320)
    assert page.text_content("#title").endswith("совместно для 13 районов")
    assert page.evaluate("""() => {
        const range = document.createRange(), title = document.querySelector("#title");
        range.selectNodeContents(title);
        return range.getBoundingClientRect().bottom <= title.getBoundingClientRect().bottom + 1;
    }""")


def test_the_embed_page_fits_a_phone(open_page: OpenPage, built: Path) -> None:
    page = open_page(built / "embed.html", fragment=WEEK, width=360, height=740).page
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def printed(page: Page, **options: object) -> str:
    sheet = PdfReader(io.BytesIO(page.pdf(format="A4", **options)))
    assert len(sheet.pages) == 1
    return "".join(sheet.pages[0].extract_text().split())


@pytest.mark.parametrize("landscape", [False, True])
def test_paper_says_where_it_comes_from(open_page: OpenPage, built: Path, landscape: bool) -> None:  # noqa: FBT001 - a case of a test
    page = opened(open_page, built / "atlas.html", f"{YEAR}?lang=ru")
    address = page.evaluate("document.querySelector('#panel .source a').href")
    text = printed(page, landscape=landscape)
    assert address in text
    assert "atlas.html#year-2023/area_cleared?lang=ru" in text
    assert "file:" not in text
    assert str(built).strip("/").split("/")[0] + "/" not in text


def test_a_long_quotation_on_paper_keeps_its_figure(open_page: OpenPage, tmp_path: Path) -> None:
    content = sample_content()
    before = "Many other words stand before the figure in this report. " * 40
    more = len(before)
    statements = tuple(replace(one, evidence=replace(
        one.evidence, text=before + one.evidence.text, end=one.evidence.end + more,
        figure_start=one.evidence.figure_start + more, figure_end=one.evidence.figure_end + more,
    )) for one in content.statements)
    folder = write_pages(replace(content, statements=statements), tmp_path / "long")
    page = opened(open_page, folder / "atlas.html", WEEK)
    whole = page.text_content("#panel .sentence")
    page.emulate_media(media="print")
    shown = page.evaluate("""() => {
        const box = document.querySelector("#panel .quote blockquote").getBoundingClientRect();
        return document.querySelector("#panel mark").getBoundingClientRect().bottom <= box.bottom;
    }""")
    assert whole.startswith(before)
    assert shown


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_table_on_a_phone_keeps_names_and_figures_in_view(open_page: OpenPage, built: Path, language: str) -> None:
    page = opened(open_page, built / "atlas.html", f"{YEAR}?lang={language}&table", width=360, height=740)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    wide = page.evaluate("""() => [...document.querySelectorAll("#table :is(th, td, caption)")]
        .filter((one) => one.getBoundingClientRect().right > 349).map((one) => one.textContent)""")
    assert wide == []
    assert page.locator("#table [role=row] [role=rowheader]").count() > 10


def test_rows_of_the_table_choose_what_they_name(open_page: OpenPage, built: Path) -> None:
    page = opened(open_page, built / "atlas.html", f"{YEAR}?table", width=360, height=740)
    row = page.locator("#table tbody button", has_text="Jabrayil")
    row.click()
    page.wait_for_function("() => document.querySelector('#panel.open h2')?.textContent === 'Jabrayil'")
    assert row.get_attribute("aria-pressed") == "true"
    page.focus("#panel-close")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.textContent === 'Jabrayil'")
    assert not page.is_visible("#panel-close")


def test_sort_buttons_say_their_state(open_page: OpenPage, built: Path) -> None:
    page = opened(open_page, built / "atlas.html", f"{YEAR}?table")
    button = page.locator("#table thead button").nth(2)
    assert button.get_attribute("aria-label") == "Figure: sort by it"
    button.click()
    assert button.get_attribute("aria-label") == "Figure: sorted downwards"
    button.click()
    assert button.get_attribute("aria-label") == "Figure: sorted upwards"


@pytest.mark.parametrize("leave", ["Escape", "close"])
def test_who_leaves_the_panel_is_back_at_the_district(open_page: OpenPage, built: Path, leave: str) -> None:
    page = opened(open_page, built / "atlas.html", YEAR, width=360, height=740)
    page.locator('#map-pane path[aria-label^="Jabrayil"]').focus()
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'panel-close'")
    if leave == "close":
        page.keyboard.press("Enter")
    else:
        page.keyboard.press("Escape")
    page.wait_for_function("() => (document.activeElement.getAttribute('aria-label') || '').startsWith('Jabrayil')")
    assert not page.is_visible("#panel-close")


def test_a_tap_on_a_district_moves_neither_page_nor_focus_to_the_sheet(open_page: OpenPage, built: Path) -> None:
    page = opened(open_page, built / "atlas.html", YEAR, width=360, height=740, has_touch=True, is_mobile=True)
    page.evaluate("window.scrollTo(0, 40)")
    page.locator('#map-pane path[aria-label^="Jabrayil"]').tap()
    page.wait_for_selector("#panel.open")
    assert page.evaluate("window.scrollY") == 40
    assert not page.evaluate("document.querySelector('#panel').contains(document.activeElement)")
    assert page.text_content("#summary").startswith("Jabrayil: 14,016.7 ha")
