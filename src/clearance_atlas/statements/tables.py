"""Statements from tables of figures: one a row, or one a cell where each measure has its own column.

A cell that cannot be used costs its row, never the table: a figure without a sure period or measure must not be drawn.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from clearance_atlas.documents import parse_table, source_of
from clearance_atlas.documents.columns import usual_unit
from clearance_atlas.model import Breakdown, Evidence, Flag, Measure, PlaceScope, Problem, Qualifier, Role, Statement
from clearance_atlas.statements.cells import CellError, parse_number, parse_period, split_list
from clearance_atlas.units import Unit, to_hectares

if TYPE_CHECKING:
    from collections.abc import Iterator

    from clearance_atlas.config import Profile
    from clearance_atlas.documents import Row
    from clearance_atlas.model import Document, Period
    from clearance_atlas.places import Gazetteer

RULE = "table"
_MEASURE_COLUMNS = "measure and value, or one a measure such as area_cleared_ha, ap_mines"
_Choice = TypeVar("_Choice", bound=StrEnum)


class _Figure(NamedTuple):
    """A column with a figure, what it counts, and in what unit where the table says so."""

    column: str
    measure: Measure
    unit: Unit | None


class _Places(NamedTuple):
    scope: PlaceScope
    names: tuple[str, ...]
    codes: tuple[str, ...]
    as_published: tuple[str, ...]
    unmatched: tuple[str, ...]


def read_table(
    document: Document, *, profile: Profile | None = None, gazetteer: Gazetteer | None = None,
) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Read the statements of a CSV or JSON Lines table.

    Parameters
    ----------
    document
        A table; of its rows only those are read that name the document's own publisher, address and day.
    profile
        Where given, spellings of its operators become their codes.
    gazetteer
        Where given, names and codes become places; without it they stay as published.

    Returns
    -------
    tuple
        Statements in the order of rows and columns, their evidence the row's own text and their figure the number's
        span; and one problem for each row or cell that could not be used, with file, line and column.
    """
    table = parse_table(document.text, media_type=document.media_type)
    rows = [row for row in table.rows if source_of(row) == _source(document)] or list(table.rows)
    first = bool(rows) and rows[0] is table.rows[0]
    problems = [Problem(f"{document.path}:{fault.number}", fault.what, fault.mend) for fault in table.faults if first]
    if not any(":" in column for column in table.columns) and not {"measure", "value"} <= set(table.columns):
        return (), (Problem(document.path, "no columns of figures", f"name columns {_MEASURE_COLUMNS}"),)
    if table.unknown and first:
        problems.append(Problem(document.path, f"columns not used: {', '.join(table.unknown[:10])}",
                                needs_person=False))
    reader = _Reader(document, profile, gazetteer)
    statements: list[Statement] = []
    for row in rows:
        _read_row(row, reader, statements=statements, problems=problems)
    return tuple(statements), tuple(problems)


class _Reader(NamedTuple):
    """What is the same for every row of a table."""

    document: Document
    profile: Profile | None
    gazetteer: Gazetteer | None


def _source(document: Document) -> tuple[object, ...]:
    return document.publisher, document.url, document.published


def _read_row(row: Row, reader: _Reader, *, statements: list[Statement], problems: list[Problem]) -> None:
    basis = row.text("basis")
    if basis not in ("", "published"):
        problems.append(Problem(f"{reader.document.path}:{row.number}", f"a figure marked {basis} was passed over",
                                "only published figures are read", needs_person=False))
        return
    try:
        period, places = parse_period(row), _places(row, reader.gazetteer)
        problems += [_unmatched(name, row, reader) for name in places.unmatched]
        for column, measure, unit in _figures(row):
            number = len(statements) + 1
            figure = _Figure(column, measure, unit)
            statements.append(_statement(row, reader, figure, period=period, places=places, number=number))
    except CellError as error:
        header = error.column.replace(":", "_").rstrip("_")  # as a person writes it: area_cleared_ha
        problems.append(Problem(f"{reader.document.path}:{row.number}:{header}", error.what, error.mend))


def _figures(row: Row) -> Iterator[_Figure]:
    """Yield the columns of a row that hold figures, with their measure and unit."""
    if row.text("measure") or row.text("value"):
        unit = row.text("unit")
        yield _Figure("value", _choice(Measure, row, "measure"), _choice(Unit, row, "unit") if unit else None)
    for column, cell in row.cells.items():
        name, mark, unit = column.partition(":")
        if mark and cell.text.strip():
            yield _Figure(column, Measure(name), Unit(unit) if unit else None)


def _statement(
    row: Row, reader: _Reader, figure: _Figure, *, period: Period, places: _Places, number: int,
) -> Statement:
    column, measure, stated_unit = figure
    cell = row.cells.get(column)
    if cell is None or not cell.text.strip():
        raise CellError(column, "no figure", mend="write the number, or leave the row out")
    value, unit_in_cell, qualifier = parse_number(cell.text, column=column)
    unit = unit_in_cell or stated_unit or usual_unit(measure)
    if unit is None:
        raise CellError("unit", f"no unit for {measure.value}", mend=f"write one of {', '.join(Unit)}")
    if unit in (Unit.ITEMS, Unit.PEOPLE) and value != value.to_integral_value():
        raise CellError(column, f"{cell.text.strip()} {unit.value} is no whole number", mend="write whole digits")
    inner = cell.start + len(cell.text) - len(cell.text.lstrip())
    flags = [_flag(name) for name in split_list(row.text("flags"))]
    if places.unmatched:
        flags.append(Flag.UNMATCHED_PLACE)
    stated = _choice(Qualifier, row, "qualifier") if row.text("qualifier") else qualifier
    document = reader.document
    return Statement(
        document_id=document.document_id, statement_id=f"{document.document_id}#{number}", measure=measure, value=value,
        unit=unit, area_ha=to_hectares(value, unit=unit), qualifier=stated, period=period,
        evidence=Evidence(document.text[row.start:row.end], row.start, row.end, inner, inner + len(cell.text.strip())),
        operator=_operator(row.text("operator"), reader.profile), place_scope=places.scope, places=places.names,
        place_codes=places.codes, places_as_published=places.as_published,
        role=_choice(Role, row, "role") if row.text("role") else Role.NEWS, flags=tuple(dict.fromkeys(flags)),
        breakdown=_choice(Breakdown, row, "breakdown") if row.text("breakdown") else None,
        category=row.text("category") or None, item=row.text("item") or None, rule=RULE,
    )


def _choice(kind: type[_Choice], row: Row, column: str) -> _Choice:
    """Return the member of an enumeration that a cell names."""
    text = row.text(column).lower()
    try:
        return kind(text)
    except ValueError:
        raise CellError(column, f"{text or 'empty cell'!r} is not known",
                        mend=f"write one of {', '.join(member.value for member in kind)}") from None


def _flag(name: str) -> Flag:
    try:
        return Flag(name)
    except ValueError:
        raise CellError("flags", f"{name!r} is not known", mend=f"write any of {', '.join(Flag)}") from None


def _operator(text: str, profile: Profile | None) -> str | None:
    """Return the profile's code for an operator, or the words as they stand."""
    wanted = text.casefold()
    for operator in profile.operators if profile else ():
        if wanted in {name.casefold() for name in (operator.code, *operator.aliases, *operator.names.values())}:
            return operator.code
    return text or None


def _places(row: Row, gazetteer: Gazetteer | None) -> _Places:
    """Return the places of a row: one is a district, several in one cell are a joint group, none is national."""
    codes = split_list(row.text("place_code") or row.text("joint_code"))
    names = split_list(row.text("place") or row.text("joint_place"))
    count = max(len(codes), len(names))
    scope = (PlaceScope.NATIONAL, PlaceScope.DISTRICT)[count] if count <= 1 else PlaceScope.GROUP
    if gazetteer is None:
        return _Places(scope, names, codes, names or codes, ())
    found, unmatched = [], []
    for text in codes or names:
        place = gazetteer.by_code.get(text.upper()) if codes else gazetteer.resolve(text)
        if place is None:
            unmatched.append(text)
        else:
            found.append(gazetteer.place(place.counted_as) if place.counted_as else place)
    unique = {place.code: place.name_en for place in found}
    if unmatched:
        # A group of which one member is not known is not known: without codes nothing can be drawn or merged.
        return _Places(scope, (*unique.values(), *unmatched), (), names or codes, tuple(unmatched))
    return _Places(scope, tuple(unique.values()), tuple(unique), names or tuple(place.name_en for place in found),
                   tuple(unmatched))


def _unmatched(name: str, row: Row, reader: _Reader) -> Problem:
    near = reader.gazetteer.suggest(name) if reader.gazetteer else ()
    column = "place_code" if row.text("place_code") or row.text("joint_code") else "place"
    return Problem(f"{reader.document.path}:{row.number}:{column}", f"no place {name!r} in the gazetteer",
                   f"did you mean {' or '.join(near)}?" if near else "add it to the gazetteer")
