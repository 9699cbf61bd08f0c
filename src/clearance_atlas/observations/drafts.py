"""What is known of one observation before its value is decided: statements, period, operator scope, places."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, PeriodKind, PlaceScope
from clearance_atlas.observations.agreement import Figure, Slot, distinct_values, figure, is_specific
from clearance_atlas.observations.bulletins import NATIONAL, Bulletin, Places, is_monday_week, place_set
from clearance_atlas.observations.conflicts import candidates, closing_values, group_rows
from clearance_atlas.observations.periods import is_dated, parse_day, period_id
from clearance_atlas.observations.scopes import Scopes, scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from clearance_atlas.model import Period, Statement

FRIDAY = 5


@dataclass(slots=True)
class Draft:
    """One observation in the making; ``closing`` are the values with which a published sum closes."""

    name: str
    slot: Slot
    period: Period
    operator: str | None
    places: Places
    statements: list[Statement] = field(default_factory=list)
    closing: frozenset[Decimal] = frozenset()
    notes: list[str] = field(default_factory=list)
    misdated: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What the copies of one bulletin have in common."""

    period: Period
    operator: str | None
    places: Places
    notes: tuple[str, ...]
    suffix: str


def drafts_of(group: Sequence[Bulletin], *, scopes: Scopes, slots: Mapping[str, Slot]) -> list[Draft]:
    """Turn the copies of one bulletin into one draft a measure and place."""
    shared = _shared(group)
    values: dict[Slot, set[Figure]] = defaultdict(set)
    drafts: dict[tuple[Slot, str | None, Places], Draft] = {}
    for bulletin in group:
        misdated = (bulletin.period.start, bulletin.period.end) != (shared.period.start, shared.period.end)
        for key, figures in bulletin.values.items():
            values[key] |= figures
        for one in bulletin.totals:
            draft = _draft(drafts, slots[one.statement_id], shared=shared, operator=shared.operator,
                           places=shared.places)
            draft.statements.append(one)
            draft.misdated += [one.statement_id] * misdated
        for one in bulletin.parts:
            own = scope(one.operator, period=shared.period, breakdown=one.breakdown, scopes=scopes)
            draft = _draft(drafts, slots[one.statement_id], shared=shared, places=place_set(one),
                           operator=own if one.breakdown == "operator" else shared.operator)
            draft.statements.append(one)
    rows = group_rows((one for bulletin in group for one in bulletin.parts), slots=slots)
    for draft in drafts.values():
        if draft.places == shared.places and draft.slot.whole:
            draft.closing = closing_values(draft.slot, values=values, rows=rows)
            draft.notes += shared.notes
    return [part for draft in _same_rows(list(drafts.values())) for part in _split_lists(draft)]


def _split_lists(draft: Draft) -> list[Draft]:
    """Take apart what one document lists side by side: plans, parts of a find, things without a measure of their own.

    Two totals of one thing contradict each other; two plans, or two parts, are two.
    """
    if draft.slot.part == "total" and draft.slot.measure is not Measure.OTHER:
        return [draft]
    told: dict[str, set[Figure]] = defaultdict(set)
    for one in draft.statements:
        told[one.document_id].add(figure(one))
    if max(len(distinct_values(values)) for values in told.values()) == 1:
        return [draft]
    return [
        replace(draft, name=f"{draft.name}/{found.value.amount.normalize():f}", statements=list(found.statements),
                notes=[*draft.notes, "one of several figures listed side by side"])
        for found in candidates(draft.statements) if found.statements
    ]


def _same_rows(drafts: list[Draft]) -> list[Draft]:
    """Bring rows of one split together that documents head differently ("housing", "residential infrastructure").

    Evidence is the figure: a particular value that two documents give in the same split, each once.
    """
    kept: list[Draft] = []
    rows: dict[tuple[Slot, str | None, Places], list[Draft]] = defaultdict(list)
    for one in sorted(drafts, key=lambda draft: (not draft.slot.category, draft.name)):
        alike = rows[one.slot._replace(category=""), one.operator, one.places] if one.slot.breakdown else []
        first = next((row for row in alike if _same_row(row, one)), None)
        if first is None:
            kept.append(one)
            alike.append(one)
        else:
            first.statements += one.statements
            first.notes.append(f"headed {one.slot.category or 'nothing'} in "
                               f"{', '.join(sorted({statement.document_id for statement in one.statements}))}")
    return kept


def _same_row(one: Draft, other: Draft) -> bool:
    if {statement.document_id for statement in one.statements} & {
            statement.document_id for statement in other.statements}:
        return False
    values = {figure(statement) for statement in one.statements}
    return any(value in values and is_specific(value) for value in map(figure, other.statements))


def _draft(
    drafts: dict[tuple[Slot, str | None, Places], Draft], key: Slot, *, shared: _Shared, operator: str | None,
    places: Places,
) -> Draft:
    found = drafts.get((key, operator, places))
    if found is None:
        name = _name(key, period=shared.period, operator=operator, places=places) + shared.suffix
        found = drafts[key, operator, places] = Draft(name, key, shared.period, operator, places)
    return found


def merge(drafts: Iterable[Draft]) -> list[Draft]:
    """Bring drafts of one name together: there is one value for each measure, period, scope and place."""
    merged: dict[str, Draft] = {}
    for draft in drafts:
        first = merged.setdefault(draft.name, draft)
        if first is not draft and _counted_apart(first, draft):
            draft.name += f"/since-{draft.period.start or 'unknown'}"
            first = merged.setdefault(draft.name, draft)
        if first is not draft:
            first.statements += draft.statements
            first.closing |= draft.closing
            first.misdated += draft.misdated
            first.notes += [note for note in draft.notes if note not in first.notes]
    return list(merged.values())


def _counted_apart(one: Draft, other: Draft) -> bool:
    """Tell whether one document itself counts up to a day twice: since a day it names, and in all."""
    if one.period.kind is not PeriodKind.CUMULATIVE or one.period.start == other.period.start:
        return False
    documents = {statement.document_id for draft in (one, other) for statement in draft.statements}
    values = [{figure(statement) for statement in draft.statements} for draft in (one, other)]
    return len(documents) == 1 and values[0].isdisjoint(values[1])


def _shared(group: Sequence[Bulletin]) -> _Shared:
    period, period_notes = _period(group)
    operator, operator_notes = _operator(group)
    places, place_notes = _places(group)
    suffix = "" if is_dated(period) else f"~{min(one.document_id for one in group)}"
    return _Shared(period, operator, places, (*period_notes, *operator_notes, *place_notes), suffix)


def _period(group: Sequence[Bulletin]) -> tuple[Period, list[str]]:
    votes: dict[Period, list[str]] = defaultdict(list)
    for one in group:
        votes[one.period].append(one.document_id)
    days: dict[tuple[str | None, str | None], int] = Counter()
    for period, by in votes.items():
        days[period.start, period.end] += len(by)
    chosen = max(votes, key=lambda one: (days[one.start, one.end], is_monday_week(one), -_weekday_doubt(one),
                                         len(votes[one]), one.end or "", one.start or "", one.kind or "",
                                         one.year_source or ""))
    return chosen, [
        f"{', '.join(by)}: the same figures for {one.start} to {one.end}" for one, by in votes.items()
        if (one.start, one.end) != (chosen.start, chosen.end)
    ]


def _weekday_doubt(period: Period) -> int:
    """Return 1 for a week that ends on another day than Saturday or Sunday."""
    return 0 if period.kind != "week" or _ends_a_week(period) else 1


def _ends_a_week(period: Period) -> bool:
    end = parse_day(period.end)
    return end is not None and end.isoweekday() > FRIDAY


def _operator(group: Sequence[Bulletin]) -> tuple[str | None, list[str]]:
    """Return the scope that most copies give; where one family's label only ever says more, keep that label."""
    votes = Counter(one.scope for one in group if one.scope is not None)
    if not votes:
        return None, []
    chosen = max(votes, key=lambda name: (votes[name], name))
    stated = {statement.operator for one in group for statement in (*one.totals, *one.parts)
              if statement.breakdown is None and statement.operator is not None}
    nameless = sorted(one.document_id for one in group if one.scope is None)
    notes = [f"operator completed for {', '.join(nameless)}"] if nameless else []
    others = sorted(stated - {chosen})
    if others:
        notes.append(f"published under {', '.join(others)}; read as {chosen}")
    return chosen, notes


def _places(group: Sequence[Bulletin]) -> tuple[Places, list[str]]:
    """Return the list of places of the joint totals, and in what the copies differ about it."""
    votes: dict[Places, list[str]] = defaultdict(list)
    for one in group:
        if one.places or one.national:
            votes[one.places].append(one.document_id)
    if not votes:
        return NATIONAL, []
    chosen, notes = _chosen_list(votes)
    nameless = sorted({one.document_id for one in group if not one.places and not one.national})
    if nameless and chosen:
        notes.append(f"districts completed for {', '.join(nameless)} from {', '.join(sorted(votes[chosen]))}")
    return chosen, notes


def _chosen_list(votes: Mapping[Places, Sequence[str]]) -> tuple[Places, list[str]]:
    if NATIONAL in votes and len(votes) > 1:
        split = ", ".join(sorted(votes[NATIONAL]))
        return NATIONAL, [f"kept as a national total: {split} splits it by district"]
    most = max(len(by) for by in votes.values())
    leading = [places for places, by in votes.items() if len(by) == most]
    chosen = max(leading, key=lambda places: (len(places), sorted(places)))
    told = [f"{', '.join(sorted(by))} names {len(places)} districts, not {len(chosen)}"
            for places, by in votes.items() if places != chosen]
    if len(leading) > 1 and not all(places <= chosen for places in leading):
        return NATIONAL, ["the copies name different districts; none chosen", *told]
    return chosen, told


def _name(key: Slot, *, period: Period, operator: str | None, places: Places) -> str:
    """Return a readable, stable name for one observation."""
    where = "national"
    if len(places) == 1:
        where = next(iter(places))
    elif places:
        where = f"{len(places)}-districts-{hashlib.sha256('|'.join(sorted(places)).encode()).hexdigest()[:8]}"
    more = (key.unit if key.item else "", "" if key.part == "total" else key.part, key.breakdown, key.category,
            key.item)
    parts = (period_id(period), key.measure, operator or "operator-not-named", where, *(one for one in more if one))
    return "/".join(re.sub(r"[\s/]+", "-", part) for part in parts)


def place_scope(places: Places) -> PlaceScope:
    """Return whether a set of places is one district, several jointly, or none named."""
    if not places:
        return PlaceScope.NATIONAL
    return PlaceScope.DISTRICT if len(places) == 1 else PlaceScope.GROUP

