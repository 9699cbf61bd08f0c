"""Tables inside a text: rows of cells between bars, as Markdown writes them and as HTML tables are extracted.

A heading tells what each column counts; a row gives its place. A row of totals covers the places of the rows above it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Measure
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.figures import measure_of
from clearance_atlas.statements.nouns import AREA_UNITS, CASUALTY, ORDNANCE
from clearance_atlas.statements.numerals import numerals
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.quantities import Convention
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_BAR = "|"
_FEWEST_CELLS = 2
_PEOPLE = {"c:killed": Measure.KILLED, "c:injured": Measure.INJURED, "c:victim": Measure.CASUALTIES}


@dataclass(frozen=True, slots=True)
class Column:
    """What a column counts."""

    measure: Measure
    unit: Unit


@dataclass(slots=True)
class Grid:
    """The table being read: its columns, and the places of its rows so far."""

    columns: list[Column | None] = field(default_factory=list)
    places: dict[str, tuple[str | None, str, str]] = field(default_factory=dict)


def is_row(tokens: Sequence[Token]) -> bool:
    """Say whether a line is a row of a table: cells between bars."""
    return sum(token.text == _BAR for token in tokens) >= _FEWEST_CELLS


def read_row(sentence: Sentence, grid: Grid | None, *, text: str, written: Convention) -> tuple[Grid, list[Draft]]:
    """Return the table with this row taken in, and the row's figures."""
    cells = _cells(sentence.tokens)
    columns = [_column(cell) for cell in cells]
    has_numbers = any(token.kind == "n" for token in sentence.tokens)
    if grid is None or (any(columns) and not has_numbers):
        return Grid(columns), []
    if all(token.kind == "p" for token in sentence.tokens):
        return grid, []
    places = [(place.code, place.name, text[place.start:place.end]) for place in sentence.places]
    is_total = not places and any(token.has("c:total") for token in sentence.tokens)
    drafts = []
    for cell, column in zip(cells, grid.columns, strict=False):
        draft = _figure(sentence, cell, column, written=written) if column else None
        if draft is not None:
            draft.places = list(grid.places.values()) if is_total else places
            draft.own_places = True
            draft.breakdown = Breakdown.DISTRICT if places else None
            drafts.append(draft)
    if drafts and not is_total:
        grid.places |= {name: (code, name, printed) for code, name, printed in places}
    return grid, drafts


def _cells(tokens: Sequence[Token]) -> list[list[tuple[int, Token]]]:
    cells: list[list[tuple[int, Token]]] = [[]]
    for at, token in enumerate(tokens):
        if token.text == _BAR:
            cells.append([])
        else:
            cells[-1].append((at, token))
    if not cells[0]:
        cells = cells[1:]
    return cells


def _column(cell: Sequence[tuple[int, Token]]) -> Column | None:
    tags: set[str] = set()
    for _, token in cell:
        tags |= token.tags
    unit = next((AREA_UNITS[tag] for tag in ("ha", "km2", "m2") if tag in tags), None)
    if unit is not None:
        surveyed = "c:surveyed" in tags and "c:cleared" not in tags
        return Column(Measure.AREA_SURVEYED if surveyed else Measure.AREA_CLEARED, unit)
    if tags & ORDNANCE:
        return Column(measure_of(tags & ORDNANCE), Unit.ITEMS)
    people = sorted(tags & CASUALTY)
    return Column(_PEOPLE[people[0]], Unit.PEOPLE) if people else None


def _figure(sentence: Sentence, cell: Sequence[tuple[int, Token]], column: Column, *, written: Convention
            ) -> Draft | None:
    tokens = [token for _, token in cell]
    found = numerals(tokens)
    if len(found) != 1 or not found[0].raw:
        return None
    value = found[0].amount(is_count=column.unit not in AREA_UNITS.values(), written=written)
    if value is None:
        return None
    first, last = tokens[found[0].first], tokens[found[0].last]
    return Draft(sentence, cell[found[0].first][0], first.start, last.end, column.measure, value, column.unit, "grid")


def without_figures(sentence: Sentence) -> Sentence:
    """Return a row without what the grammar of sentences would make of it."""
    return replace(sentence, figures=())
