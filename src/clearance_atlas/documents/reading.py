"""Reading bulletins from files and folders: one record a file, one problem line for each that could not be read."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clearance_atlas.documents.cleaning import clean, uncleaned
from clearance_atlas.documents.decoding import decode
from clearance_atlas.documents.headers import byline_date, markdown_title, read_heading
from clearance_atlas.documents.language import detect_language
from clearance_atlas.documents.tabular import Source, holds_articles, parse_table, source_of
from clearance_atlas.errors import DocumentError
from clearance_atlas.model import Document, DocumentKind, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from clearance_atlas.documents.extracted import Extracted
    from clearance_atlas.documents.tabular import Table

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes; no bulletin is near it, and a larger file is more likely a mistake."""

MEDIA_TYPES = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv",
    ".jsonl": "application/x-ndjson",
    ".eml": "message/rfc822",
}
_TABLES = (".csv", ".jsonl")
_KINDS = " ".join(MEDIA_TYPES)
_NO_NAME = re.compile(r"[\W_]+")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Reading:
    """The documents that were read, in the order of their paths, and what went wrong with the others."""

    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]


def read_documents(paths: Iterable[str | Path]) -> Reading:
    """Read bulletins from files and folders.

    Parameters
    ----------
    paths
        Files of the kinds in ``MEDIA_TYPES``, or folders, which are searched at any depth; hidden files and files of
        other kinds in them are passed over. A file that is met twice is read once.

    Returns
    -------
    Reading
        Documents sorted by path within each argument, each with an identifier of its own: the stem of its path, with
        the name of its folder in front where two stems are equal. A file that cannot be read is a problem, never an
        exception.
    """
    problems: list[Problem] = []
    documents: list[Document] = []
    for path in _files(paths, problems=problems):
        try:
            found, remarks = _read_file(path)
        except DocumentError as error:
            problems.append(Problem(error.where, error.what, error.mend))
            continue
        documents += found
        problems += remarks
    return Reading(documents=_with_unique_ids(documents), problems=tuple(problems))


def _read_file(path: Path) -> tuple[list[Document], tuple[Problem, ...]]:
    """Read one file: one document, or one for each source that a table names.

    Raises
    ------
    DocumentError
        If the file cannot be opened, is too large or empty, or holds no text of the kind that its name promises.
    """
    where, suffix = path.as_posix(), path.suffix.lower()
    if not path.exists():
        raise DocumentError(where, "no such file or folder", mend="check the path")
    if suffix not in MEDIA_TYPES:
        raise DocumentError(where, "not a kind of file that is read here", mend=f"give one of {_KINDS}")
    data = _bytes(path, where=where)
    if suffix in _TABLES:
        return _read_table(data, path)
    document, remarks = _READERS.get(suffix, _read_text)(data, path)
    if not document.cleaned.text.strip():
        raise DocumentError(where, "no text in the file", mend="check that it was saved whole")
    return [document], remarks


def _bytes(path: Path, *, where: str) -> bytes:
    try:
        if not path.is_file():
            raise DocumentError(where, "no such file", mend="check the path")
        if path.stat().st_size > LARGEST_FILE:
            raise DocumentError(where, f"larger than {LARGEST_FILE // 2**20} MiB", mend="split it")
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(where, f"cannot be opened: {error.strerror}", mend="check who may read it") from error
    if not data.strip():
        raise DocumentError(where, "the file is empty", mend="save the bulletin again")
    return data


def _read_text(data: bytes, path: Path) -> tuple[Document, tuple[Problem, ...]]:
    where = path.as_posix()
    decoded = decode(data, where=where)
    heading = read_heading(decoded.text, where=where)
    fields = heading.fields
    cleaned = clean(decoded.text, start=heading.body)
    title = fields.get("title")
    if title is None and path.suffix.lower() == ".md":
        title = markdown_title(decoded.text, start=heading.body)
    document = Document(
        document_id=path.stem, text=decoded.text, cleaned=cleaned, path=where, sha256=hashlib.sha256(data).hexdigest(),
        kind=heading.kind, url=fields.get("url"), publisher=fields.get("publisher"), title=title,
        published=heading.published, published_source=heading.published_source,
        language=fields.get("language") or detect_language(cleaned.text), source_language=fields.get("source_language"),
        media_type=MEDIA_TYPES[path.suffix.lower()],
    )
    remark = (Problem(where, decoded.remark, needs_person=decoded.needs_person),) if decoded.remark else ()
    return document if "published" in fields else _with_byline(document), remark + heading.problems


def _read_table(data: bytes, path: Path) -> tuple[list[Document], tuple[Problem, ...]]:
    where, media_type = path.as_posix(), MEDIA_TYPES[path.suffix.lower()]
    decoded = decode(data, where=where)
    table = parse_table(decoded.text, media_type=media_type)
    if holds_articles(table):
        remarks = (Problem(where, decoded.remark, needs_person=decoded.needs_person),) if decoded.remark else ()
        return _articles(table, path), remarks + tuple(
            Problem(where, f"line {fault.number}: {fault.what}", fault.mend) for fault in table.faults)
    sources = list(dict.fromkeys(map(source_of, table.rows))) or [Source(None, None, None)]
    whole = Document(
        document_id=path.stem, text=decoded.text, cleaned=uncleaned(decoded.text), path=where,
        sha256=hashlib.sha256(data).hexdigest(), media_type=media_type,
    )
    names = _source_ids(path.stem, sources)
    documents = [
        replace(
            whole, document_id=name,
            # A row is never the words of the outlet that it names.
            kind=DocumentKind.ABSTRACT if source.publisher or source.url else DocumentKind.REPORT,
            url=source.url, publisher=source.publisher, published=source.published,
            published_source="metadata" if source.published else None,
        ) for name, source in zip(names, sources, strict=True)
    ]
    return documents, (Problem(where, decoded.remark, needs_person=decoded.needs_person),) if decoded.remark else ()


def _articles(table: Table, path: Path) -> list[Document]:
    """Return a document for each row of an archive of articles; its text is the article's own, not the file's."""
    documents = []
    for row in table.rows:
        text = row.cells["text"].text if "text" in row.cells else ""
        if not text.strip():
            continue
        cleaned, source = clean(text), source_of(row)
        document = Document(
            document_id=f"{path.stem}-{row.number}", text=text, cleaned=cleaned, path=path.as_posix(),
            sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(), url=source.url,
            publisher=source.publisher, title=row.text("title") or None, published=source.published,
            published_source="metadata" if source.published else None,
            language=row.text("language") or detect_language(cleaned.text),
        )
        documents.append(_with_byline(document))
    return documents


def _source_ids(stem: str, sources: list[Source]) -> list[str]:
    """Return a name for each source of a table, the file's own where there is but one."""
    if len(sources) == 1:
        return [stem]
    met: Counter[str] = Counter()
    names = []
    for source in sources:
        outlet = _NO_NAME.sub("-", (source.publisher or "no-publisher").lower())[:_LONGEST_NAME].strip("-")
        name = f"{stem}-{source.published or 'undated'}-{outlet}"
        met[name] += 1
        names.append(name if met[name] == 1 else f"{name}-{met[name]}")
    return names


def _from_extracted(data: bytes, path: Path, extracted: Extracted) -> tuple[Document, tuple[Problem, ...]]:
    cleaned = clean(extracted.text)
    document = Document(
        document_id=path.stem, text=extracted.text, cleaned=cleaned, path=path.as_posix(),
        sha256=hashlib.sha256(data).hexdigest(), url=extracted.url, publisher=extracted.publisher,
        title=extracted.title, published=extracted.published,
        published_source="metadata" if extracted.published else None,
        language=detect_language(cleaned.text) or extracted.language, media_type=MEDIA_TYPES[path.suffix.lower()],
    )
    return _with_byline(document, overrule=extracted.is_file_date), extracted.problems


def _with_byline(document: Document, *, overrule: bool = False) -> Document:
    """Take the publication date from a line that is a date, where nothing better said it."""
    if document.published is not None and not overrule:
        return document
    published = byline_date(document.cleaned.text)
    return replace(document, published=published, published_source="byline") if published else document


def _read_html(data: bytes, path: Path) -> tuple[Document, tuple[Problem, ...]]:
    from clearance_atlas.documents.webpage import read_webpage  # noqa: PLC0415  heavy, only where there are pages

    return _from_extracted(data, path, read_webpage(data, where=path.as_posix()))


def _read_pdf(data: bytes, path: Path) -> tuple[Document, tuple[Problem, ...]]:
    from clearance_atlas.documents.pdf import read_pdf  # noqa: PLC0415  heavy, only where there are PDFs

    return _from_extracted(data, path, read_pdf(data, where=path.as_posix()))


def _read_docx(data: bytes, path: Path) -> tuple[Document, tuple[Problem, ...]]:
    from clearance_atlas.documents.word import read_word  # noqa: PLC0415  heavy, only where there are Word files

    return _from_extracted(data, path, read_word(data, where=path.as_posix()))


def _read_eml(data: bytes, path: Path) -> tuple[Document, tuple[Problem, ...]]:
    from clearance_atlas.documents.mail import read_mail  # noqa: PLC0415  heavy, only where there are messages

    return _from_extracted(data, path, read_mail(data, where=path.as_posix()))


_READERS: dict[str, Callable[[bytes, Path], tuple[Document, tuple[Problem, ...]]]] = {
    ".html": _read_html, ".htm": _read_html, ".pdf": _read_pdf, ".docx": _read_docx, ".eml": _read_eml,
}


def _files(paths: Iterable[str | Path], *, problems: list[Problem]) -> Iterator[Path]:
    seen: set[str] = set()
    for given in map(Path, paths):
        found = _in_folder(given, problems=problems) if given.is_dir() else [given]
        for path in found:
            real = os.path.realpath(path)
            if real not in seen:
                seen.add(real)
                yield path


def _in_folder(folder: Path, *, problems: list[Problem]) -> list[Path]:
    found: list[Path] = []

    def unreadable(error: OSError) -> None:
        problems.append(Problem(str(error.filename), f"cannot be opened: {error.strerror}", "check who may read it"))

    for parent, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(parent, name) for name in names
                  if not name.startswith(".") and Path(name).suffix.lower() in MEDIA_TYPES
                  and Path(name).stem.lower() != "readme"]  # a folder's README is about the bulletins, not one
    if not found:
        problems.append(Problem(folder.as_posix(), "no bulletins in this folder", f"it needs files of {_KINDS}"))
    return sorted(found)


def _with_unique_ids(documents: list[Document]) -> tuple[Document, ...]:
    """Make identifiers unique: by the folder's name, then by the kind of file, then by a number."""
    for widen in (_with_folder, _with_suffix):
        counts = Counter(document.document_id for document in documents)
        documents = [
            replace(document, document_id=widen(document)) if counts[document.document_id] > 1 else document
            for document in documents
        ]
    used: set[str] = set()
    unique = []
    for document in documents:
        name, number = document.document_id, 2
        while name in used:
            name, number = f"{document.document_id}-{number}", number + 1
        used.add(name)
        unique.append(replace(document, document_id=name))
    return tuple(unique)


def _with_folder(document: Document) -> str:
    folder = Path(document.path).parent.name
    return f"{folder}-{document.document_id}" if folder else document.document_id


def _with_suffix(document: Document) -> str:
    return f"{document.document_id}-{Path(document.path).suffix.lower()[1:]}"
