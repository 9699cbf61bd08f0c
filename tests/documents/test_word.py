"""Word files give paragraphs and tables in order; bombs and other files are refused."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import docx
import pytest

from clearance_atlas.documents import read_documents
from clearance_atlas.documents.word import LARGEST_CONTENT, read_word
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path

WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def make_word() -> bytes:
    document = docx.Document()
    document.core_properties.created = datetime(2024, 7, 9, tzinfo=UTC)
    document.core_properties.title = "A week of work"
    document.add_paragraph("The agency found 28 mines.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip([c for row in table.rows for c in row.cells], ["District", "ha", "Aghdam", "12.5"],
                          strict=True):
        cell.text = text
    document.add_paragraph("The work goes on.")
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_paragraphs_and_tables_in_order() -> None:
    extracted = read_word(make_word(), where="a.docx")
    assert [line for line in extracted.text.splitlines() if line] == [
        "The agency found 28 mines.", "| District | ha |", "| Aghdam | 12.5 |", "The work goes on.",
    ]
    assert (extracted.published, extracted.title) == (date(2024, 7, 9), "A week of work")


def test_a_word_file_becomes_a_document(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(make_word())
    (document,) = read_documents([tmp_path]).documents
    assert document.published_source == "metadata"
    assert document.cleaned.text.startswith("The agency found 28 mines.")


def test_merged_cells_are_read_once() -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Aghdam"
    table.cell(0, 2).text = "5"
    buffer = io.BytesIO()
    document.save(buffer)
    assert "| Aghdam | 5 |" in read_word(buffer.getvalue(), where="a.docx").text


def test_inserted_words_count_and_deleted_ones_do_not() -> None:
    changed = (f'<w:p xmlns:w="{WORDS}"><w:r><w:t xml:space="preserve">They found </w:t></w:r>'
               '<w:del><w:r><w:delText>99</w:delText></w:r></w:del><w:ins><w:r><w:t>17</w:t></w:r></w:ins>'
               '<w:r><w:t xml:space="preserve"> mines.</w:t></w:r></w:p>')
    document = docx.Document()
    document.element.body.insert(0, docx.oxml.parse_xml(changed))
    buffer = io.BytesIO()
    document.save(buffer)
    assert "They found 17 mines." in read_word(buffer.getvalue(), where="a.docx").text


def bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (LARGEST_CONTENT + 1))
    return buffer.getvalue()


@pytest.mark.parametrize(("data", "said"), [
    (bomb(), "unpacks to more"),
    (b"no zip", "not a Word file"),
    (make_word()[:400], "not a Word file"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old or locked"),
])
def test_other_files_are_refused_with_a_mend(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        read_word(data, where="a.docx")
    assert caught.value.mend
    assert "\n" not in str(caught.value)


def test_an_archive_of_something_else_is_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("notes.txt", "five mines")
    with pytest.raises(DocumentError, match="not a Word file"):
        read_word(buffer.getvalue(), where="a.docx")
