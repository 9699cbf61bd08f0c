"""Rows and cells of CSV and JSON Lines tables, each with its place in the text.

The standard library's readers say what a cell holds, not where it stands; a statement needs both.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clearance_atlas.documents.columns import column_of_hashtag, column_of_name, is_hashtag
from clearance_atlas.documents.headers import iso_date
from clearance_atlas.model import PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

_QUOTED = re.compile(r'[ \t]*"([^"]*(?:""[^"]*)*)"[ \t]*')
_LINE_END = re.compile(r"\r\n|\r|\n")
_DELIMITERS = ",;\t|"
_SPACE = re.compile(r"[ \t\r]*")
_HEAD_ROWS = 3
_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)


class Cell(NamedTuple):
    """The text of a cell, without its quotes, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number (lines of a file begin at 1), its span and its cells by our column name."""

    number: int
    start: int
    end: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """Return the text of a cell without white space around it; empty where the row has none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell else ""


class Fault(NamedTuple):
    """What is wrong with a row, and how to mend it."""

    number: int
    what: str
    mend: str


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a table, the columns it has by our names, headers that say nothing here, and faults."""

    rows: tuple[Row, ...]
    columns: tuple[str, ...]
    unknown: tuple[str, ...]
    faults: tuple[Fault, ...]


class Source(NamedTuple):
    """Where the figures of a row were published."""

    publisher: str | None
    url: str | None
    published: date | None


@lru_cache(maxsize=4)  # a table of many sources is read once for each of its documents
def parse_table(text: str, *, media_type: str) -> Table:
    """Return the rows of a CSV or JSON Lines table.

    The columns of a CSV are named by its first row, or by a row of HXL hashtags below it. Rows that cannot be parsed
    are faults.
    """
    return _with_kinds(_json_lines(text) if media_type == "application/x-ndjson" else _csv(text))


def _with_kinds(table: Table) -> Table:
    """Take a column ``kind`` for that of periods where all its cells are kinds of period, else for one of no use."""
    if "kind" not in table.columns:
        return table
    cells = {row.text("kind").lower() for row in table.rows} - {""}
    if not cells or not cells <= set(PeriodKind) or "period_kind" in table.columns:
        return replace(table, columns=tuple(name for name in table.columns if name != "kind"),
                       unknown=(*table.unknown, "kind"))
    named = {"kind": "period_kind"}
    rows = (replace(row, cells={named.get(name, name): cell for name, cell in row.cells.items()}) for row in table.rows)
    return replace(table, rows=tuple(rows), columns=tuple(named.get(name, name) for name in table.columns))


def source_of(row: Row) -> Source:
    """Return the publisher, address and day of publication that a row names."""
    return Source(row.text("publisher") or None, row.text("url") or None, iso_date(row.text("published")))


def holds_articles(table: Table) -> bool:
    """Say whether the rows of a table are articles, with a column of texts and none of figures."""
    return "text" in table.columns and not any(column == "value" or ":" in column for column in table.columns)


def _csv(text: str) -> Table:
    faults: list[Fault] = []
    records = list(_records(text, delimiter=_delimiter(text), faults=faults))
    head, body, names = _head(records)
    columns: list[str | None] = []
    unknown = []
    for position, name in enumerate(names):
        column = column_of_hashtag(name) if is_hashtag(name) else column_of_name(name)
        if column is None and name.strip() and not is_hashtag(name):
            unknown.append(name.strip())
        columns.append(None if column in columns[:position] else column)
    rows = []
    for number, start, end, cells in records[body:]:
        if len(cells) > len(columns) or len(cells) < min(len(columns), 2):
            faults.append(Fault(number, f"{len(cells)} cells under {len(columns)} column names",
                                "quote cells that hold the delimiter"))
            continue
        named = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
        rows.append(Row(number, start, end, named))
    found = tuple(column for column in columns if column) if head else ()
    return Table(tuple(rows), found, tuple(unknown), tuple(faults))


def _head(records: list[tuple[int, int, int, list[Cell]]]) -> tuple[bool, int, list[str]]:
    """Return whether there is a head, how many rows it takes, and the names of the columns in it."""
    for index, (_, _, _, cells) in enumerate(records[:_HEAD_ROWS]):
        filled = [cell for cell in cells if cell.text.strip()]
        if filled and sum(is_hashtag(cell.text) for cell in filled) * 2 > len(filled):
            return True, index + 1, [cell.text for cell in cells]
    return (True, 1, [cell.text for cell in records[0][3]]) if records else (False, 0, [])


def _delimiter(text: str) -> str:
    line = _LINE_END.split(text.lstrip("\ufeff\r\n"), maxsplit=1)[0]
    return max(_DELIMITERS, key=lambda sign: (line.count(sign), -_DELIMITERS.index(sign)))


def _records(text: str, *, delimiter: str, faults: list[Fault]) -> Iterator[tuple[int, int, int, list[Cell]]]:
    """Yield the number of the first line, the span and the cells of each row that is not empty."""
    bare = re.compile(rf"[^{re.escape(delimiter)}\r\n]*")
    position, line = (1 if text.startswith("\ufeff") else 0), 1
    while position < len(text):
        start, first, cells = position, line, []
        while True:
            quoted = _QUOTED.match(text, position)
            match = quoted or bare.match(text, position)
            if match is None or (quoted is None and text[position:position + 1] == '"'):
                faults.append(Fault(first, "a quotation mark that is not closed; the rest was not read", "close it"))
                return
            cells.append(_cell(match, quoted=quoted is not None))
            position = match.end()
            line += len(_LINE_END.findall(match[0])) if quoted else 0
            if text[position:position + 1] != delimiter:
                break
            position += 1
        if any(cell.text.strip() for cell in cells):
            yield first, start, position, cells
        ending = _LINE_END.match(text, position)
        if ending is None and position < len(text):
            faults.append(Fault(first, "text after a closing quotation mark; the rest was not read",
                                "double the quotation marks inside the cell"))
            return
        position, line = (ending.end(), line + 1) if ending else (len(text), line)


def _cell(match: re.Match[str], *, quoted: bool) -> Cell:
    if quoted:
        return Cell(match[1].replace('""', '"'), match.start(1), match.end(1))
    return Cell(match[0], match.start(), match.end())


def _json_lines(text: str) -> Table:
    rows: list[Row] = []
    faults: list[Fault] = []
    columns: dict[str, None] = {}
    unknown: dict[str, None] = {}
    start = 1 if text.startswith("\ufeff") else 0
    for number, line in enumerate(text[start:].split("\n"), start=1):
        end = start + len(line.rstrip("\r"))
        if line.strip():
            try:
                members = dict(_members(line.rstrip("\r")))
            except (ValueError, RecursionError, IndexError) as error:
                faults.append(Fault(number, f"no JSON object: {str(error)[:60]}", "write one object a line"))
            else:
                named = {}
                for name, cell in members.items():
                    column = column_of_name(name)
                    (unknown if column is None else columns)[column or name] = None
                    if column and column not in named:
                        named[column] = Cell(cell.text, start + cell.start, start + cell.end)
                rows.append(Row(number, start + len(line) - len(line.lstrip()), end, named))
        start += len(line) + 1
    return Table(tuple(rows), tuple(columns), tuple(unknown), tuple(faults))


def _members(line: str, *, prefix: str = "", start: int = 0) -> Iterator[tuple[str, Cell]]:
    """Yield the members of a JSON object with the span of each value; those of inner objects as ``outer.inner``."""
    position = _skip(line, start)
    if line[position] != "{":
        raise ValueError("does not begin with {")
    position = _skip(line, position + 1)
    while line[position] != "}":
        if line[position] != '"':
            raise ValueError("a member without a name")
        name, position = _DECODER.raw_decode(line, position)
        position = _skip(line, position)
        if line[position] != ":":
            raise ValueError(f"no colon after {name!r}")
        begin = _skip(line, position + 1)
        value, position = _DECODER.raw_decode(line, begin)
        if isinstance(value, dict) and not prefix:
            yield from _members(line, prefix=f"{name}.", start=begin)
        elif not isinstance(value, dict):
            quotes = int(isinstance(value, str) and line[begin] == '"')
            yield prefix + name, Cell(_as_text(value), begin + quotes, position - quotes)
        position = _skip(line, position)
        if line[position] == ",":
            position = _skip(line, position + 1)
        elif line[position] != "}":
            raise ValueError(f"no comma after {name!r}")
    if not prefix and line[position + 1:].strip():
        raise ValueError("more than one object")


def _skip(line: str, position: int) -> int:
    match = _SPACE.match(line, position)
    return match.end() if match else position


def _as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, list):
        return ";".join(_as_text(entry) for entry in value)
    return str(value)
