"""Dating across documents: between which days a document without a date was published, and why.

Three kinds of evidence. An event of the profile that a text names lies before it. A running total that still grows lies
between the smaller and the larger totals of the same operator and scope in dated documents. A figure that a dated
document carried before cannot be of a later day. Answers are intervals with their evidence; where they do not close on
one year, the year stays open.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import permutations
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, PeriodKind, Qualifier, Role, YearSource
from clearance_atlas.places import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from clearance_atlas.config import Event
    from clearance_atlas.model import Document, Statement
    from clearance_atlas.statements.days import Anchor

_OPEN = "XXXX"
_FEWEST_SHARED = 3
_MOST_CARRIERS = 50
_MOSTLY = 0.8
_OLDER = timedelta(days=100)
_NO_SERIES = frozenset({Flag.RESTATES, Flag.SUBSET, Flag.PLANNED, Flag.ORDERED, Flag.SURVEYED, Flag.SUSPECT_VALUE,
                        Flag.SUSPECT_PERIOD})


@dataclass(frozen=True, slots=True)
class Interval:
    """The days between which a document without a date was published, ``None`` where open, and the evidence."""

    document_id: str
    earliest: date | None = None
    latest: date | None = None
    evidence: tuple[str, ...] = ()

    def narrowed(self, *, earliest: date | None = None, latest: date | None = None, why: str) -> Interval:
        """Return the interval with a further bound, unchanged where the bound tells nothing new or contradicts.

        >>> Interval("d", date(2021, 1, 1)).narrowed(latest=date(2020, 5, 1), why="a larger total").latest is None
        True
        """
        first = max(filter(None, (self.earliest, earliest)), default=None)
        last = min(filter(None, (self.latest, latest)), default=None)
        if (first, last) == (self.earliest, self.latest) or (first and last and first > last):
            return self
        return replace(self, earliest=first, latest=last, evidence=(*self.evidence, why))


@dataclass(frozen=True, slots=True)
class Point:
    """A running total on the day on which a dated document gave it."""

    day: date
    value: Decimal
    document_id: str
    qualifier: Qualifier


def intervals(documents: Sequence[Document], said: Mapping[str, Sequence[Statement]], *, anchors: Mapping[str, Anchor],
              events: Sequence[Event]) -> dict[str, Interval]:
    """Return, for each document without a date of its own, between which days it was published.

    Parameters
    ----------
    documents
        All documents of the run.
    said
        The statements of each document, as far as it could be read alone.
    anchors
        What each document tells about its own day.
    events
        The dated events of the profile.
    """
    war_end = next((anchor.war_end for anchor in anchors.values()), None)
    series = _series(documents, said, war_end=war_end)
    found = {}
    for document in documents:
        if document.published is not None:
            continue
        anchor = anchors[document.document_id]
        interval = Interval(document.document_id, anchor.earliest, anchor.latest)
        for day, why in _named_before(document, said.get(document.document_id, ()), anchor=anchor, events=events):
            interval = interval.narrowed(earliest=day, why=why)
        for statement in said.get(document.document_id, ()):
            interval = _between_totals(interval, statement, series, war_end=war_end)
        found[document.document_id] = interval
    return found


def _named_before(document: Document, statements: Sequence[Statement], *, anchor: Anchor, events: Sequence[Event]
                  ) -> Iterable[tuple[date, str]]:
    """Yield the days that a text looks back on: events that it names, hand-overs that it counts, past full dates."""
    text = f" {fold(document.cleaned.text)} "
    mapped = {statement.value for statement in statements if statement.measure == Measure.MINES_MAPPED}
    for event in events:
        alias = next((alias for alias in event.aliases if fold(alias) in text), None)
        if alias is not None:
            yield event.date, f"names {alias!r}, which ended on {event.date}"
        if any(f"{value:,}" in event.description for value in mapped):
            yield event.date, f"tells of: {event.description}, on {event.date}"
    if anchor.past_dates:
        yield max(anchor.past_dates), f"looks back on {max(anchor.past_dates)}"


def _series(documents: Sequence[Document], said: Mapping[str, Sequence[Statement]], *, war_end: date | None
            ) -> dict[object, list[Point]]:
    """Return the dated running totals by operator and scope, in the order of their days, those that fall left out."""
    points: defaultdict[object, list[Point]] = defaultdict(list)
    for document in documents:
        for statement in said.get(document.document_id, ()):
            end = statement.period.end
            if _runs(statement) and end is not None and not end.startswith(_OPEN):
                day = min(date.fromisoformat(end), document.published or date.max)
                points[_scope(statement, war_end)].append(Point(day, statement.area_ha or statement.value,
                                                       document.document_id, statement.qualifier))
    return {scope: _rising(sorted(found, key=lambda point: (point.day, point.value)))
            for scope, found in points.items()}


def _rising(points: Sequence[Point]) -> list[Point]:
    """Return the longest part of a series that never falls: a total below an earlier one is of another scope.

    Empty where that leaves out more than one in five.
    """
    values: list[Decimal] = []  # least last value of a rising part, by its length
    last: list[int] = []
    before: list[int] = []
    for at, point in enumerate(points):
        length = bisect_right(values, point.value)
        before.append(last[length - 1] if length else -1)
        values[length:length + 1] = [point.value]
        last[length:length + 1] = [at]
    kept: list[Point] = []
    at = last[-1] if last else -1
    while at >= 0:
        kept.append(points[at])
        at = before[at]
    return kept[::-1] if len(kept) >= _MOSTLY * len(points) else []


def _runs(statement: Statement) -> bool:
    """Say whether a statement is a running total that nothing casts doubt on."""
    return statement.period.kind == PeriodKind.CUMULATIVE and statement.qualifier != Qualifier.ABOUT \
        and statement.measure != Measure.OTHER and statement.role == Role.NEWS and statement.breakdown is None \
        and _NO_SERIES.isdisjoint(statement.flags)


def _scope(statement: Statement, war_end: date | None) -> tuple[object, ...]:
    start = statement.period.start
    since = start if start is not None and (war_end is None or start > war_end.isoformat()) else None
    return statement.measure, statement.operator, statement.places, statement.category, statement.area_ha is None, since


def _between_totals(interval: Interval, statement: Statement, series: Mapping[object, Sequence[Point]], *,
                    war_end: date | None) -> Interval:
    """Bound a document by the totals below and above one that it gives "to date"."""
    if not _runs(statement) or statement.period.end is not None or statement.operator is None:
        return interval
    value = statement.area_ha or statement.value
    points = series.get(_scope(statement, war_end), ())
    below = [point for point in points if point.value < value and point.qualifier != Qualifier.OVER]
    above = [point for point in points if point.value > value and point.qualifier != Qualifier.UNDER]
    if below and statement.qualifier != Qualifier.UNDER:
        point = below[-1]
        interval = interval.narrowed(earliest=point.day, why=f"its total {value} is above the {point.value} of "
                                                             f"{point.document_id} ({point.day})")
    if above and statement.qualifier != Qualifier.OVER:
        point = above[0]
        interval = interval.narrowed(latest=point.day, why=f"its total {value} is below the {point.value} of "
                                                           f"{point.document_id} ({point.day})")
    return interval


def first_seen(documents: Sequence[Document], said: Mapping[str, Sequence[Statement]]) -> dict[str, list[Statement]]:
    """Return the statements with years told by the first dated document that carries the same figures.

    A figure is the same where measure, value, month and days agree and the documents have at least three such figures
    in common, or one in the same words. It takes that document's year where its own is open, or where its own, filled
    in from its later publication, would put it after the day on which it was first printed.
    """
    published = {document.document_id: document.published for document in documents}
    holders: defaultdict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for document in documents:
        for statement in said.get(document.document_id, ()):
            if (key := _figure(statement)) is not None:
                holders[key].append(statement)
    shared: defaultdict[tuple[str, str], int] = defaultdict(int)
    for held in holders.values():
        names = sorted({statement.document_id for statement in held})[:_MOST_CARRIERS]
        for pair in permutations(names, 2):
            shared[pair] += 1
    return {name: [_dated_by_first(statement, holders, shared, published) for statement in statements]
            for name, statements in said.items()}


def _figure(statement: Statement) -> tuple[object, ...] | None:
    start, end = statement.period.start, statement.period.end
    if start is None or end is None or statement.period.kind in {PeriodKind.YEAR, PeriodKind.CUMULATIVE}:
        return None
    return statement.measure, statement.area_ha or statement.value, start[4:], end[4:]


def _dated_by_first(statement: Statement, holders: Mapping[tuple[object, ...], Sequence[Statement]],
                    shared: Mapping[tuple[str, str], int], published: Mapping[str, date | None]) -> Statement:
    key = _figure(statement)
    if key is None or statement.period.year_source == YearSource.TEXT or statement.flags.count(Flag.SUSPECT_PERIOD):
        return statement
    own = published[statement.document_id]
    others = [(day, other) for other in holders[key]
              if (day := published[other.document_id]) is not None and other.document_id != statement.document_id
              and not (other.period.start or _OPEN).startswith(_OPEN)
              and (shared[statement.document_id, other.document_id] >= _FEWEST_SHARED
                   or _words(other) == _words(statement))]
    if not others:
        return statement
    day, first = min(others, key=lambda entry: (entry[0], entry[1].statement_id))
    start = statement.period.start or _OPEN
    is_open = start.startswith(_OPEN)
    if not is_open and (start <= day.isoformat() or (own is not None and own <= day)):
        return statement
    flags = {*statement.flags, Flag.YEAR_INFERRED}
    ended = date.fromisoformat(first.period.end or "")
    stale = own is not None and ended < own - _OLDER
    return replace(statement, period=replace(first.period, year_source=YearSource.INFERRED),
                   flags=tuple(flag for flag in Flag if flag in flags),
                   role=Role.BACKGROUND if stale else statement.role)


def _words(statement: Statement) -> tuple[str, ...]:
    return tuple(fold(statement.evidence.text).split())
