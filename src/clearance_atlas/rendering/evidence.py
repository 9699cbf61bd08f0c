"""The sentences, rows and documents that a page quotes, each kept once and known by its number."""

from __future__ import annotations

from functools import lru_cache
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from clearance_atlas.documents import parse_table
from clearance_atlas.model import DocumentKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clearance_atlas.documents import Row
    from clearance_atlas.model import Document, Observation, Statement

TABLES = frozenset({"text/csv", "application/x-ndjson"})
"""Media types whose evidence is a row and no sentence."""
SOURCE_COLUMNS = frozenset({"publisher", "url", "published"})
"""Columns of a row that a page says in its own words beside the row."""


class Evidence:
    """The statements, sentences and documents that one page quotes, each kept once."""

    def __init__(self, documents: Iterable[Document], *, statements: Mapping[str, Statement],
                 scopes: Mapping[str, int]) -> None:
        self.by_id = {document.document_id: document for document in documents}
        self.by_statement = statements
        self.scopes = scopes
        self.statements: list[list[Any]] = []
        self.sentences: list[list[Any]] = []
        self.documents: list[list[Any]] = []
        self._statements: dict[str, int] = {}
        self._sentences: dict[tuple[str, int, int], int] = {}
        self._documents: dict[str, int] = {}

    def quotes(self, one: Observation) -> dict[str, list[int]]:
        """Return the numbers of the statements that support an observation (``s``) and that differ (``d``)."""
        supporting = self.numbers(sorted(one.supporting, key=lambda each: self.reluctance(each, one)))
        return {key: numbers for key, numbers in (("s", supporting), ("d", self.numbers(one.differing))) if numbers}

    def numbers(self, statement_ids: Iterable[str]) -> list[int]:
        """Return the page's numbers of some statements; one that no document of the atlas has is left out."""
        return [self._statement(self.by_statement[statement_id]) for statement_id in statement_ids
                if statement_id in self.by_statement]

    def reluctance(self, statement_id: str, one: Observation) -> tuple[bool, bool, bool]:
        """Rank a statement for quoting: first the very figure, then a named outlet, then a sentence before a row."""
        statement = self.by_statement.get(statement_id)
        document = self.by_id.get(statement.document_id) if statement else None
        return (statement is None or statement.value != one.value, document is None or not document.publisher,
                document is None or document.media_type in TABLES)

    def _statement(self, one: Statement) -> int:
        if one.statement_id not in self._statements:
            quote = one.evidence
            start, end = quote.figure_start - quote.start, quote.figure_end - quote.start
            row = [self._sentence(one), _utf16(quote.text[:start]), _utf16(quote.text[:end]), float(one.value),
                   one.unit, list(one.flags), one.role]
            row += [self.scopes.get(one.operator) if one.operator is not None else None, len(one.place_codes)]
            self._statements[one.statement_id] = len(self.statements)
            self.statements.append(row)
        return self._statements[one.statement_id]

    def _sentence(self, one: Statement) -> int:
        key = (one.document_id, one.evidence.start, one.evidence.end)
        if key not in self._sentences:
            self._sentences[key] = len(self.sentences)
            document, cells = self.by_id.get(one.document_id), []
            if document is not None and document.media_type in TABLES:
                cells = row_cells(document, start=one.evidence.start, end=one.evidence.end)
            sentence = [self._document(one.document_id), one.evidence.text]
            self.sentences.append([*sentence, cells] if cells else sentence)
        return self._sentences[key]

    def _document(self, document_id: str) -> int:
        if document_id not in self._documents:
            self._documents[document_id] = len(self.documents)
            self.documents.append(_document_row(document_id, self.by_id.get(document_id)))
        return self._documents[document_id]


def row_cells(document: Document, *, start: int, end: int) -> list[tuple[str, int, int]]:
    """Return the filled cells of a row: column name, first and last offset in the row as a browser counts."""
    row = _rows(document.text, document.media_type).get((start, end))
    if row is None:
        return []
    return [
        (column, _utf16(document.text[start:cell.start]), _utf16(document.text[start:cell.end]))
        for column, cell in row.cells.items() if cell.text.strip() and column not in SOURCE_COLUMNS
    ]


@lru_cache(maxsize=64)  # every page that quotes a table asks for its rows
def _rows(text: str, media_type: str) -> dict[tuple[int, int], Row]:
    return {(row.start, row.end): row for row in parse_table(text, media_type=media_type).rows}


def _document_row(document_id: str, document: Document | None) -> list[Any]:
    if document is None:
        return [None, None, None, DocumentKind.REPORT, None, document_id, None, 0]
    table = document.media_type in TABLES
    return [
        document.publisher, document.published.isoformat() if document.published else None, document.url,
        document.kind, document.title, PurePath(document.path).name if table else document_id, document.language,
        int(table),
    ]


def _utf16(text: str) -> int:
    """Return the length of a text as a browser counts it, in UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2
