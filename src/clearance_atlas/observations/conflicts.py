"""Values that disagree about one thing, and the rules that may choose among them. Never an average.

In this order: parts that sum, majority of independent outlets, primary publisher, later revision. Where none applies
the value is *not chosen*: it stays blank on the map until a person settles it with a correction.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING

from clearance_atlas.model import ConflictingValue, Flag, Measure, Role
from clearance_atlas.observations.agreement import Figure, Slot, agree, distinct_values, figure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from clearance_atlas.model import Document, Statement

NEWS_FIRST = "news over background"
PARTS = "parts that sum"
MAJORITY = "majority"
PRIMARY = "primary publisher"
REVISION = "later revision"
NOT_CHOSEN = "not chosen"
MOST_COMBINATIONS = 10_000  # among more values than that a sum closes by chance
IDENTITIES = (
    (Measure.MINES_TOTAL, (Measure.AP_MINES, Measure.AT_MINES)),
    (Measure.ORDNANCE_TOTAL, (Measure.AP_MINES, Measure.AT_MINES, Measure.UXO)),
    (Measure.ORDNANCE_TOTAL, (Measure.MINES_TOTAL, Measure.UXO)),
    (Measure.CASUALTIES, (Measure.KILLED, Measure.INJURED)),
)


@dataclass(frozen=True, slots=True)
class Outlets:
    """Who published each document, and when; syndicated copies count for the outlet that they come from."""

    publishers: Mapping[str, str]
    published: Mapping[str, date]
    primary: frozenset[str]

    def publisher(self, statement: Statement) -> str:
        """Return the outlet of a statement, or its document where no outlet is known."""
        return self.publishers.get(statement.document_id, statement.document_id)

    def origin(self, statement: Statement) -> str:
        """Return the outlet that a copy comes from: ``menafn/Trend`` is Trend's."""
        return self.publisher(statement).rpartition("/")[2].partition("(")[0].strip().casefold()

    def seen(self, statements: Iterable[Statement]) -> tuple[date | None, date | None]:
        """Return the first and last publication date of statements."""
        found = [self.published[one.document_id] for one in statements if one.document_id in self.published]
        return (min(found), max(found)) if found else (None, None)

    def is_primary(self, statement: Statement) -> bool:
        """Tell whether the agency itself, or a report quoted as its own, gives the figure."""
        name = self.publisher(statement).casefold()
        return any(one in name for one in self.primary)


def outlets_of(documents: Iterable[Document], *, primary: Iterable[str]) -> Outlets:
    """Look up publishers and publication dates of documents."""
    known = list(documents)
    return Outlets(
        publishers={one.document_id: one.publisher for one in known if one.publisher},
        published={one.document_id: one.published for one in known if one.published},
        primary=frozenset(name.casefold() for name in primary),
    )


@dataclass(frozen=True, slots=True)
class Candidate:
    """One value among those given, with the statements that carry it, rounded copies included."""

    value: Figure
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """What came of the candidates: the one chosen, if any, and the rule."""

    chosen: Candidate | None
    rule: str


def candidates(statements: Sequence[Statement]) -> tuple[Candidate, ...]:
    """Group statements by value; a rounded figure joins the value it rounds, if that is only one."""
    values = distinct_values(figure(one) for one in statements)
    members: dict[Figure, list[Statement]] = {value: [] for value in values}
    for one in statements:
        stated = figure(one)
        fitting = [stated] if stated in members else [value for value in values if agree(stated, value)]
        if len(fitting) == 1:
            members[fitting[0]].append(one)
    return tuple(Candidate(value, tuple(found)) for value, found in members.items())


def choose(
    found: Sequence[Candidate], *, outlets: Outlets, closing: frozenset[Decimal] = frozenset()
) -> Choice:
    """Choose among values by the first rule that leaves exactly one.

    Parameters
    ----------
    found
        At least two values that disagree.
    outlets
        Who published the statements.
    closing
        The values with which a published sum closes.
    """
    news = [one for one in found if any(statement.role is Role.NEWS for statement in one.statements)]
    if len(news) == 1:
        return Choice(news[0], NEWS_FIRST)
    running = news or list(found)
    summing = [one for one in running if one.value.amount in closing]
    if len(summing) == 1:
        return Choice(summing[0], PARTS)
    votes = _votes(running, outlets=outlets)
    total = sum(len(one) for one in votes)
    for one, by in zip(running, votes, strict=True):
        if len(by) > 1 and 2 * len(by) > total:
            return Choice(one, MAJORITY)
    own = [one for one in running if any(outlets.is_primary(statement) for statement in one.statements)]
    if len(own) == 1:
        return Choice(own[0], PRIMARY)
    revised = _revision(running, outlets=outlets)
    return Choice(revised, REVISION) if revised else Choice(None, NOT_CHOSEN)


def _votes(found: Sequence[Candidate], *, outlets: Outlets) -> list[set[str]]:
    """Return the independent outlets behind each value; an outlet that changed its figure votes for the last."""
    last: dict[str, date] = {}
    for one in found:
        for statement in one.statements:
            when = outlets.published.get(statement.document_id)
            origin = outlets.origin(statement)
            if when is not None and (origin not in last or when > last[origin]):
                last[origin] = when
    return [
        {outlets.origin(statement) for statement in one.statements
         if outlets.published.get(statement.document_id) in {None, last.get(outlets.origin(statement))}}
        for one in found
    ]


def _revision(found: Sequence[Candidate], *, outlets: Outlets) -> Candidate | None:
    """Return the value that an outlet printed after all other values, having printed one of those before."""
    dated = [(outlets.seen(one.statements)[0], one) for one in found]
    latest = max((first for first, _ in dated if first is not None), default=None)
    last = [one for first, one in dated if first is not None and first == latest]
    if latest is None or len(last) != 1:
        return None
    others = [statement for other in found if other is not last[0] for statement in other.statements]
    before = outlets.seen(others)[1]
    same = {outlets.origin(s) for s in last[0].statements} & {outlets.origin(s) for s in others}
    return last[0] if before is not None and latest > before and same else None


def closing_values(
    key: Slot, *, values: Mapping[Slot, set[Figure]], rows: Mapping[Slot, Sequence[Decimal]]
) -> frozenset[Decimal]:
    """Return the values of one measure with which a sum published in the same bulletin closes.

    Parameters
    ----------
    key
        The measure in question.
    values
        All totals of the bulletin, conflicting ones included.
    rows
        For a measure, the sums of its published splits (by district, operator, land use).
    """
    closing: set[Decimal] = set(rows.get(key, ())) & {one.amount for one in values.get(key, ())}
    for whole, parts in IDENTITIES:
        members = (whole, *parts)
        if key.measure not in members or not key.whole:
            continue
        columns = [_amounts(values, key, measure) for measure in members]
        if all(columns) and math.prod(map(len, columns)) <= MOST_COMBINATIONS:
            closing |= {row[members.index(key.measure)] for row in product(*columns) if row[0] == sum(row[1:])}
    return frozenset(closing)


def _amounts(values: Mapping[Slot, set[Figure]], key: Slot, measure: Measure) -> list[Decimal]:
    return sorted({one.amount for one in values.get(key._replace(measure=measure), ())})


def conflicting_values(found: Sequence[Candidate], *, key: Slot, outlets: Outlets) -> tuple[ConflictingValue, ...]:
    """Return the record of each value: who gave it, and when it was first and last seen."""
    records = []
    for one in sorted(found, key=lambda candidate: candidate.value.amount):
        first, last = outlets.seen(one.statements)
        records.append(ConflictingValue(
            value=one.value.amount, unit=key.unit,
            statement_ids=tuple(statement.statement_id for statement in one.statements),
            publishers=tuple(sorted({outlets.publisher(statement) for statement in one.statements})),
            first_seen=first, last_seen=last,
        ))
    return tuple(records)


def group_rows(statements: Iterable[Statement], *, slots: Mapping[str, Slot]) -> dict[Slot, list[Decimal]]:
    """Sum the published splits of a bulletin: for each measure, one sum a dimension and document."""
    sums: dict[tuple[str, Slot], list[Figure]] = defaultdict(list)
    for one in statements:
        key = slots[one.statement_id]
        if key.breakdown and key.part == "total" and Flag.RESTATES not in one.flags:
            sums[one.document_id + key.breakdown, key].append(figure(one))
    totals: dict[tuple[str, Slot], Decimal] = defaultdict(Decimal)
    for (where, key), figures in sums.items():
        totals[where, key._replace(breakdown="", category="")] += sum(one.amount for one in figures)
    found: dict[Slot, list[Decimal]] = defaultdict(list)
    for (_, key), total in totals.items():
        found[key].append(total)
    return found
