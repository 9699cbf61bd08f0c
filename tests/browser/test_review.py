"""The review page in a real browser: figures marked in their text, decisions become lines that the next build reads."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe

from clearance_atlas.building import review_content
from clearance_atlas.observations.corrections import load_corrections
from clearance_atlas.pipeline import Reconciled, read_and_reconcile
from clearance_atlas.rendering.review import ReviewContent, render_review, text_segments

pytestmark = pytest.mark.browser

BULLETINS = {
    "first": ("First Wire", "In the week of 1 to 7 July 2024 ANAMA found 28 anti-personnel mines and 107 anti-tank "
              "mines in Aghdam and Fuzuli. The teams cleared 1,039.5 hectares there."),
    "second": ("Second Wire", "In the week of 1 to 7 July 2024 ANAMA found 28 anti-personnel mines and 170 anti-tank "
               "mines in Aghdam and Fuzuli. The teams cleared 1,039.5 hectares there."),
    "hostile": ("<img src=x onerror=alert(1)>", "In the week of 8 to 14 July 2024 ANAMA cleared 12 hectares in Lachin. "
                "{{ 7*7 }} {% raise %} </script><script>document.title='broken'</script> \u202eDLOG\u202c"),
}


@pytest.fixture(scope="module")
def reconciled(tmp_path_factory: pytest.TempPathFactory) -> Reconciled:
    folder = tmp_path_factory.mktemp("bulletins")
    for name, (publisher, text) in BULLETINS.items():
        head = f"url: https://example.org/{name}\npublisher: {publisher}\npublished: 2024-07-15\nlanguage: en"
        (folder / f"{name}.txt").write_text(f"---\n{head}\n---\n\n{text}\n", "utf-8")
    return read_and_reconcile([folder])


@pytest.fixture(scope="module")
def content(reconciled: Reconciled) -> ReviewContent:
    return review_content(reconciled)


@pytest.fixture
def page_file(content: ReviewContent, tmp_path: Path) -> Path:
    path = tmp_path / "review.html"
    path.write_text(render_review(content), "utf-8")
    return path


def test_segments_join_to_the_text_and_mark_the_figures(reconciled: Reconciled) -> None:
    for document in reconciled.documents:
        statements = [one for one in reconciled.statements if one.document_id == document.document_id]
        segments = text_segments(document.text, statements=statements, unread=())
        assert "".join(one.text for one in segments) == document.text
        marked = {name: one.text for one in segments for name in one.statement_ids}
        assert marked == {one.statement_id: document.text[one.evidence.figure_start:one.evidence.figure_end]
                          for one in statements}


def test_the_page_is_whole_quiet_and_accessible(open_page, page_file: Path) -> None:
    opened = open_page(page_file)
    assert opened.requests == []
    assert opened.errors == []
    report = Axe().run(opened.page)
    assert [one["id"] for one in report["violations"] if one["impact"] in {"serious", "critical"}] == []


def test_bulletin_text_is_shown_and_never_run(open_page, page_file: Path) -> None:
    page = open_page(page_file).page
    assert page.title() == "Review: statements in their texts"
    text = page.locator(".document", has_text="hostile").first.inner_text()
    assert "{{ 7*7 }}" in text
    assert "</script><script>document.title='broken'</script>" in text
    assert page.locator("img").count() == 0


def test_documents_in_a_conflict_come_first_and_can_be_filtered(open_page, page_file: Path) -> None:
    page = open_page(page_file).page
    doubts = [int(one) for one in page.locator(".document").evaluate_all("all => all.map(one => one.dataset.doubt)")]
    assert doubts == sorted(doubts, reverse=True)
    page.get_by_label("in conflicts").check()
    assert page.locator(".document:visible h3").all_inner_texts() == ["first", "second"]
    assert page.locator("#shown").inner_text() == "2 of 3 documents shown"


def test_next_and_previous_document_by_key(open_page, page_file: Path) -> None:
    page = open_page(page_file).page
    names = page.locator(".document h3").all_inner_texts()
    focused = "document.activeElement.querySelector('h3')?.textContent"
    page.keyboard.press("j")
    assert page.evaluate(focused) == names[0]
    page.keyboard.press("j")
    assert page.evaluate(focused) == names[1]
    page.keyboard.press("k")
    assert page.evaluate(focused) == names[0]


def test_a_correction_made_on_the_page_is_read_by_the_next_build(open_page, page_file: Path, tmp_path: Path) -> None:
    page = open_page(page_file).page
    row = page.locator(".document", has=page.locator("h3", has_text="second")).locator("tr", has_text="at mines")
    row.get_by_role("button", name="Correct").click()
    page.get_by_label("New value").fill("one hundred")
    page.get_by_label("Reason").fill('digits "swapped"')
    page.get_by_label("Who published").fill("https://example.org/first")
    page.get_by_role("button", name="Add correction").click()
    assert "Write the value with digits" in page.locator("#correction-error").inner_text()
    page.get_by_label("New value").fill("107")
    page.get_by_role("button", name="Add correction").click()
    other = page.locator(".document", has=page.locator("h3", has_text="first")).locator("tr", has_text="at mines")
    other.get_by_role("button", name="Accept").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    file = tmp_path / "corrections.toml"
    download.value.save_as(file)
    first, second = load_corrections(file)
    assert (first.document, first.expect, first.value, first.reason) == (
        "second", Decimal(170), Decimal(107), 'digits "swapped"')
    assert (second.document, second.action) == ("first", "accept")


def test_a_served_page_may_only_talk_to_its_own_server(content: ReviewContent) -> None:
    assert "connect-src" not in render_review(content)
    assert "connect-src &#39;self&#39;" in render_review(content, served=True)


def test_the_same_records_give_the_same_page(content: ReviewContent) -> None:
    assert render_review(content) == render_review(replace(content))
