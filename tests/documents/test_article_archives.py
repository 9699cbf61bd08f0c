"""Archives of whole articles: one row, one document, its positions those of the article's own text."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.documents import read_documents
from clearance_atlas.statements import extract_statements

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = [
    {"url": "https://example.org/1", "publisher": "Daily", "published": "2024-07-08", "language": "en",
     "text": 'Week in brief\n\nThe "sappers", as ever,\tfound 28 anti-tank mines from 1 to 7 July.'},
    {"url": "https://example.org/2", "publisher": "Daily", "published": "2023-03-13", "language": "az",
     "text": "Martın 6-dan 11-dək 37 tank əleyhinə mina aşkarlanıb."},
]


def _csv() -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(ARTICLES[0]))
    writer.writeheader()
    writer.writerows(ARTICLES)
    return out.getvalue()


@pytest.mark.parametrize("name", ["press.csv", "press.jsonl"])
def test_each_row_is_a_document_with_its_own_text(tmp_path: Path, name: str) -> None:
    text = _csv() if name.endswith("csv") else "".join(json.dumps(article) + "\n" for article in ARTICLES)
    (tmp_path / name).write_bytes(text.encode())
    reading = read_documents([tmp_path])
    assert not reading.problems
    assert [document.text for document in reading.documents] == [article["text"] for article in ARTICLES]
    assert [document.published for document in reading.documents] == [date(2024, 7, 8), date(2023, 3, 13)]
    assert [document.language for document in reading.documents] == ["en", "az"]
    assert [document.url for document in reading.documents] == [article["url"] for article in ARTICLES]
    assert len({document.document_id for document in reading.documents}) == 2
    found = extract_statements(reading.documents).statements
    assert [(int(one.value), one.period.start, one.period.end) for one in found] == [
        (28, "2024-07-01", "2024-07-07"), (37, "2023-03-06", "2023-03-11")]
    for one, document in zip(found, reading.documents, strict=True):
        assert document.text[one.evidence.start:one.evidence.end] == one.evidence.text
        assert document.text[one.evidence.figure_start:one.evidence.figure_end] == str(one.value)


def test_a_row_without_text_is_passed_over_and_a_broken_one_named(tmp_path: Path) -> None:
    lines = [json.dumps(ARTICLES[0]), json.dumps({"url": "https://example.org/3", "text": " "}), "{broken"]
    (tmp_path / "press.jsonl").write_text("\n".join(lines), "utf-8")
    reading = read_documents([tmp_path / "press.jsonl"])
    assert [document.document_id for document in reading.documents] == ["press-1"]
    assert [problem.what.startswith("line 3") for problem in reading.problems] == [True]


def test_a_table_of_figures_with_remarks_stays_a_table(tmp_path: Path) -> None:
    (tmp_path / "figures.csv").write_text("period_start,period_end,district,at_mines,text\n"
                                          "2024-07-01,2024-07-07,Tartar,28,as printed\n", "utf-8")
    document, = read_documents([tmp_path]).documents
    assert document.media_type == "text/csv"
