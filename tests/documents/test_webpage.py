"""A page gives the text that its reader saw, and no date that it does not state."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.documents import read_documents
from clearance_atlas.documents.webpage import read_webpage
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = """<!DOCTYPE html><html lang="en"><head><title>A week of work | Example</title>{head}</head><body>
<nav><a href="/">Home</a> <a href="/more">More</a></nav>
<article><h1>A week of work</h1>
<p>The agency went over 1,<b>039</b>.5 hectares in the week and found 28 anti-personnel mines there.</p>
<p>{body}</p>
<p>The work goes on in the districts, a spokesman of the agency told reporters in the capital on Monday.</p>
</article><footer>All rights reserved</footer></body></html>"""


def text_of(body: str, head: str = "") -> str:
    return read_webpage(PAGE.format(head=head, body=body).encode(), where="a.html").text


@pytest.mark.parametrize(("body", "read"), [
    ("They found 1<sup>2</sup> shells in that place, and no more than that.", "1² shells"),
    ("In all 5 km<sup>2</sup> of land are safe, the agency said.", "5 km² of land"),
    ("It said &lt;script&gt;alert(1)&lt;/script&gt; in the text of the report.", "<script>alert(1)</script>"),
    ('See <a href="javascript:alert(1)">17 anti-tank</a> mines that were found there.', "17 anti-tank mines"),
    ("A number 2<span>3</span>4 that is cut in <em>three</em> by its markup.", "234 that is cut in three"),
    ("An ampersand &amp; a nought &#48; and &#x35; mines were found there.", "& a nought 0 and 5 mines"),
])
def test_markup_within_text(body: str, read: str) -> None:
    text = text_of(body)
    assert read in text
    assert "1,039.5 hectares" in text


@pytest.mark.parametrize("hidden", [
    '<span style="display: none">99 mines</span>', "<span hidden>99 mines</span>", "<!-- 99 mines -->",
    '<span style="VISIBILITY:hidden">99 mines</span>', "<script>var x = '99 mines';</script>",
    '<span aria-hidden="true">99 mines</span>', '<span style="font-size:0px">99 mines</span>',
])
def test_what_no_reader_sees_is_not_read(hidden: str) -> None:
    text = text_of(f"Seven mines were found near the road {hidden} and were taken away by the sappers.")
    assert "99 mines" not in text
    assert "taken away by the sappers" in text


def test_heading_and_paragraphs_stay_apart(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(PAGE.format(head="", body="They found 17<br>anti-tank mines."), "utf-8")
    lines = read_documents([tmp_path]).documents[0].cleaned.text.split("\n\n")
    assert lines[0] == "A week of work"
    assert "They found 17 anti-tank mines." in lines


def test_tables_keep_their_rows() -> None:
    table = ("<table><tr><th>District</th><th>ha</th></tr><tr><td>Aghdam</td><td>12.5</td></tr>"
             "<tr><td>Fuzuli</td><td>7</td></tr></table>")
    lines = [line.strip() for line in text_of(f"The areas are these.</p>{table}<p>More will follow.").splitlines()]
    assert "| Aghdam | 12.5 |" in lines
    assert "| Fuzuli | 7 |" in lines


@pytest.mark.parametrize(("head", "day"), [
    ('<meta property="article:published_time" content="2024-07-08T17:42:00+04:00">', date(2024, 7, 8)),
    ('<meta name="DC.date.issued" content="2024-07-08">', date(2024, 7, 8)),
    ('<script type="application/ld+json">{"@graph": [{"datePublished": "2024-07-08"}]}</script>', date(2024, 7, 8)),
    ('<script type="application/ld+json">{broken</script>', None),
    ('<meta property="article:published_time" content="yesterday">', None),
    ('<meta property="article:modified_time" content="2024-07-08">', None),
    ("", None),
])
def test_only_a_stated_date_is_taken(head: str, day: date | None) -> None:
    page = PAGE.format(head=head, body="Work began on 12 March 2021 and will end on 2022-01-01, it is said.")
    assert read_webpage(page.encode(), where="a.html").published == day


def test_a_page_becomes_a_document(tmp_path: Path) -> None:
    head = ('<meta property="og:site_name" content="Example News"><meta itemprop="datePublished" content="2024-07-08">'
            '<link rel="canonical" href="https://example.org/a">')
    (tmp_path / "a.html").write_text(PAGE.format(head=head, body="Five mines were found near a village."), "utf-8")
    (document,) = read_documents([tmp_path]).documents
    assert (document.published, document.published_source) == (date(2024, 7, 8), "metadata")
    assert (document.publisher, document.url) == ("Example News", "https://example.org/a")
    assert document.language == "en"
    assert "1,039.5 hectares" in document.cleaned.text
    assert "Home" not in document.text


def test_date_line_of_a_page_without_metadata(tmp_path: Path) -> None:
    page = PAGE.format(head="", body="Five mines were found.").replace("<h1>", "<p>8 July 2024, 17:42</p><h1>")
    (tmp_path / "a.html").write_text(page, "utf-8")
    (document,) = read_documents([tmp_path]).documents
    assert (document.published, document.published_source) == (date(2024, 7, 8), "byline")


@pytest.mark.parametrize("encoding", ["windows-1251", "koi8-r", "utf-8", "utf-16"])
def test_encodings_of_pages(encoding: str) -> None:
    body = "За неделю сапёры нашли 12 мин и очистили 34 га земли в районах страны."
    page = PAGE.format(head=f'<meta charset="{encoding}">', body=body)
    assert body in read_webpage(page.encode(encoding), where="a.html").text


@pytest.mark.parametrize("opening", ["<div>", "<b>", "<span>", "<table><tr><td>", "<ul><li>", "<div hidden></div><i>"])
def test_nesting_of_any_depth(opening: str) -> None:
    page = f"<html><body>{opening * 200_000}<p>The agency found 5 mines, 1,<b>039</b>.5 ha, 1<sup>2</sup>.</p>"
    extracted = read_webpage(page.encode(), where="a.html")
    assert "The agency found 5 mines, 1,039.5 ha, 1²." in extracted.text
    assert extracted.problems


@pytest.mark.parametrize("unit", ["<", "<a ", "<!--", "&", "</a ", "<!", "<p>", "<script>", "<sup>1", "<?xml "])
def test_hostile_pages_come_to_an_end(unit: str) -> None:
    data = (unit * (400_000 // len(unit))).encode()
    try:
        extracted = read_webpage(data, where="a.html")
    except DocumentError as error:
        assert error.mend  # noqa: PT017  both ends are right, a hang is not
    else:
        assert extracted.text


def test_a_page_without_text_is_refused() -> None:
    with pytest.raises(DocumentError, match="no text"):
        read_webpage(b"<html><body><script>load()</script></body></html>", where="a.html")
