"""Word files: paragraphs and tables in the order of the document, by python-docx."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

import docx
from docx.table import Table
from lxml import etree

from clearance_atlas.documents.extracted import Extracted
from clearance_atlas.errors import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

LARGEST_CONTENT = 64 * 1024 * 1024
"""Bytes that the parts of one file may take when unpacked."""

_MOST_PARTS = 5000
_DEEPEST_TABLE = 5
# Text as shown: inserted words count, deleted ones (w:delText) do not; text boxes come twice, the fallback is skipped.
_RUNS = etree.XPath(
    ".//*[self::w:t or self::w:tab or self::w:br or self::w:cr or self::w:noBreakHyphen]"
    "[not(ancestor::mc:Fallback) and not(ancestor::w:rPr) and not(ancestor::w:pPr)]",
    namespaces={"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006"},
)
_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, zipfile.BadZipFile, RuntimeError,
           NotImplementedError, etree.XMLSyntaxError)


def read_word(data: bytes, *, where: str) -> Extracted:
    """Return the text of a Word file; rows of a table are lines ``| cell | cell |``.

    Raises
    ------
    DocumentError
        If the file is no Word file, locked, damaged, or unpacks to more than ``LARGEST_CONTENT``.
    """
    _check_archive(data, where=where)
    try:
        document = docx.Document(io.BytesIO(data))
        text = "\n".join(_lines(document, level=0))
        published, title = _metadata(document)
    except _BROKEN as error:
        raise DocumentError(where, f"not a Word file that can be read: {str(error)[:120] or type(error).__name__}",
                            mend="save it again as .docx") from error
    return Extracted(text=text, title=title, published=published, is_file_date=True)


def _check_archive(data: bytes, *, where: str) -> None:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise DocumentError(where, "an old or locked Word file", mend="save it as .docx without a password")
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DocumentError(where, f"not a Word file: {error}", mend="save it again as .docx") from error
    if sum(part.file_size for part in parts) > LARGEST_CONTENT or len(parts) > _MOST_PARTS:
        raise DocumentError(where, f"unpacks to more than {LARGEST_CONTENT // 2**20} MiB",
                            mend="remove its pictures, or give the text only")


def _lines(container: Any, *, level: int) -> Iterator[str]:  # noqa: ANN401  python-docx publishes no common type
    for block in container.iter_inner_content():
        if isinstance(block, Table):
            yield ""
            yield from _rows(block, level=level)
            yield ""
        else:
            yield _text(block._p)  # noqa: SLF001  Paragraph.text leaves out inserted runs and text boxes
            yield ""


def _rows(table: Table, *, level: int) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        last = None
        for cell in row.cells:
            if cell._tc is last:  # noqa: SLF001  merged cells are the same element, told no other way
                continue
            last = cell._tc  # noqa: SLF001  as above
            inner = _lines(cell, level=level + 1) if level < _DEEPEST_TABLE else iter(())
            cells.append(" ".join(" ".join(inner).split()))
        yield f"| {' | '.join(cells)} |"


def _text(paragraph: Any) -> str:  # noqa: ANN401  an lxml element
    runs: Any = _RUNS(paragraph)
    return "".join(_SIGNS.get(etree.QName(run).localname) or run.text or "" for run in runs)


def _metadata(document: Any) -> tuple[date | None, str | None]:  # noqa: ANN401  as above
    properties = document.core_properties
    created = properties.created
    return created.date() if created else None, (properties.title or "").strip() or None
