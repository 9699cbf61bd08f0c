"""PDF files: their text, page after page, by pypdf and within limits."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING

import pypdf
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError

from clearance_atlas.documents.extracted import Extracted
from clearance_atlas.errors import DocumentError
from clearance_atlas.model import Problem

if TYPE_CHECKING:
    from datetime import date

MOST_PAGES = 300
"""Pages read of one file; a bulletin has one or two, a yearly report a hundred."""

LARGEST_CONTENT = 8 * 1024 * 1024
"""Bytes of drawing instructions in one file, unpacked; more is drawing, or a bomb."""

# What a damaged file can make the parser raise: the structure is whatever the file says it is.
_BROKEN = (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError, AssertionError, OverflowError,
           RecursionError, NotImplementedError, UnicodeError, EOFError, MemoryError, ZeroDivisionError)


def read_pdf(data: bytes, *, where: str) -> Extracted:
    """Return the text of a PDF, one empty line between its pages.

    Raises
    ------
    DocumentError
        If the file is damaged, encrypted, without text (a scan) or larger inside than any report.
    """
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # its warnings are about drawing, ours say what was lost
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted:
            _unlock(reader, where=where)
        texts, problems = _pages(reader, where=where)
        published, title = _metadata(reader)
    except (DependencyError, FileNotDecryptedError) as error:
        raise DocumentError(where, "the PDF is encrypted", mend="save an unlocked copy") from error
    except DocumentError:
        raise
    except _BROKEN as error:
        raise DocumentError(where, f"not a PDF that can be read: {_short(error)}", mend="print it again") from error
    if not any(text.strip() for text in texts):
        raise DocumentError(where, "no text in the PDF: its pages are images", mend="give a copy with recognised text")
    return Extracted(text="\n\n".join(texts), title=title, published=published, problems=tuple(problems),
                     is_file_date=True)


def _unlock(reader: pypdf.PdfReader, *, where: str) -> None:
    """Open a file whose user password is empty, as many published ones are."""
    if not reader.decrypt(""):
        raise DocumentError(where, "the PDF is locked with a password", mend="save an unlocked copy")


def _pages(reader: pypdf.PdfReader, *, where: str) -> tuple[list[str], list[Problem]]:
    texts: list[str] = []
    problems: list[Problem] = []
    left = LARGEST_CONTENT
    count = len(reader.pages)
    for number in range(1, min(count, MOST_PAGES) + 1):
        try:
            page = reader.pages[number - 1]
            left -= _content_size(page)
            if left < 0:
                problems.append(Problem(where, f"page {number} and later not read: over {LARGEST_CONTENT // 2**20} MiB "
                                               "of drawing", "give the pages with the figures only"))
                break
            texts.append(page.extract_text())
        except _BROKEN as error:
            problems.append(Problem(where, f"page {number} not read: {_short(error)}", "save or print it again"))
    if count > MOST_PAGES:
        problems.append(Problem(where, f"only {MOST_PAGES} of {count} pages read", "give the pages with figures only"))
    if problems and not any(text.strip() for text in texts):
        raise DocumentError(problems[0].where, problems[0].what, mend=problems[0].mend)
    return texts, problems


def _content_size(page: pypdf.PageObject) -> int:
    """Return the unpacked size of a page's drawing instructions, without reading them."""
    contents = page.get("/Contents")
    if contents is None:
        return 0
    whole = contents.get_object()
    streams = whole if isinstance(whole, list) else [whole]
    return sum(len(stream.get_object().get_data()) for stream in streams)


def _metadata(reader: pypdf.PdfReader) -> tuple[date | None, str | None]:
    """Return the day the file was made and its title; damaged metadata count as none."""
    try:
        about = reader.metadata
        created = about.creation_date if about else None
        title = about.title if about else None
    except _BROKEN:
        return None, None
    return created.date() if created else None, str(title).strip() or None if title else None


def _short(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
