"""PDFs give their text, or one line that says why not."""

from __future__ import annotations

import io
import zlib
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pypdf
import pytest
from pypdf.generic import DictionaryObject, NameObject, StreamObject

from clearance_atlas.documents import read_documents
from clearance_atlas.documents.pdf import LARGEST_CONTENT, read_pdf
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from pathlib import Path


def make_pdf(*pages: list[str], locked: bool = False, packed: bytes = b"") -> bytes:
    writer = pypdf.PdfWriter()
    font = DictionaryObject({NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
                             NameObject("/BaseFont"): NameObject("/Helvetica")})
    for lines in pages:
        page = writer.add_blank_page(width=600, height=800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        drawn = "".join(f"1 0 0 1 50 {750 - 14 * k} Tm ({line}) Tj\n" for k, line in enumerate(lines))
        stream = StreamObject()
        stream.set_data(f"BT /F1 12 Tf\n{drawn}ET".encode() if lines else b"")
        if packed:
            stream._data = packed  # noqa: SLF001  a bomb is not made through the front door
            stream[NameObject("/Filter")] = NameObject("/FlateDecode")
        page[NameObject("/Contents")] = writer._add_object(stream)  # noqa: SLF001  as above
    writer.add_metadata({"/Title": "A week of work", "/CreationDate": "D:20240709120000Z"})
    if locked:
        writer.encrypt("opens it", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_text_of_all_pages_and_metadata() -> None:
    extracted = read_pdf(make_pdf(["The agency cleared 1,039.5 hectares", "of land in the week."], ["Page two."]),
                         where="a.pdf")
    assert " ".join(extracted.text.split()) == "The agency cleared 1,039.5 hectares of land in the week. Page two."
    assert extracted.published == date(2024, 7, 9)
    assert extracted.title == "A week of work"


def test_date_line_goes_before_the_day_the_file_was_made(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(make_pdf(["8 July 2024", "The agency found 28 mines in the week."]))
    (tmp_path / "b.pdf").write_bytes(make_pdf(["The agency found 28 mines in the week."]))
    first, second = read_documents([tmp_path]).documents
    assert (first.published, first.published_source) == (date(2024, 7, 8), "byline")
    assert (second.published, second.published_source) == (date(2024, 7, 9), "metadata")


@pytest.mark.parametrize(("data", "said"), [
    (make_pdf(["Five mines."], locked=True), "locked"),
    (make_pdf([]), "images"),
    (b"%PDF-1.7\nnothing of the kind", "not a PDF"),
    (make_pdf(["Five mines."])[:200], "not a PDF"),
    (b"PK\x03\x04", "not a PDF"),
])
def test_pdfs_without_text_are_refused_with_a_mend(data: bytes, said: str) -> None:
    with pytest.raises(DocumentError, match=said) as caught:
        read_pdf(data, where="a.pdf")
    assert caught.value.mend
    assert "\n" not in str(caught.value)


def test_bombs_do_not_go_off() -> None:
    inside = b"BT (5 mines) Tj ET\n" * (2 * LARGEST_CONTENT // 19)
    packed = zlib.compress(inside, 9)
    assert len(packed) < LARGEST_CONTENT // 100
    with pytest.raises(DocumentError, match="MiB of drawing"):
        read_pdf(make_pdf(["x"], packed=packed), where="a.pdf")


def test_one_bad_page_costs_only_itself() -> None:
    data = make_pdf(["First page with 5 mines."], ["Second page with 6 mines."])
    reader = pypdf.PdfReader(io.BytesIO(data))
    writer = pypdf.PdfWriter(clone_from=reader)
    writer.pages[0][NameObject("/Contents")] = NameObject("/NoStream")
    buffer = io.BytesIO()
    writer.write(buffer)
    extracted = read_pdf(buffer.getvalue(), where="a.pdf")
    assert "Second page with 6 mines." in extracted.text


def test_creation_date_has_a_day_of_its_own_time_zone() -> None:
    assert datetime(2024, 7, 9, 12, tzinfo=UTC).date() == read_pdf(make_pdf(["Five mines."]), where="a").published
