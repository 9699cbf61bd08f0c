"""Checks with known answers: what is printed together must add up, what follows must fit.

Each finding is one line and, where a figure is to be doubted, a flag on it; no check changes a value.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, Observation, PeriodKind, Problem, Qualifier
from clearance_atlas.observations.agreement import Figure, agree, is_specific
from clearance_atlas.observations.conflicts import IDENTITIES
from clearance_atlas.observations.periods import contains, days, is_dated, parse_day, sort_key
from clearance_atlas.observations.series import falls, is_far_off, neighbours
from clearance_atlas.observations.totals import excesses, running_totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearance_atlas.model import Conflict
    from clearance_atlas.observations.scopes import Scopes

SHORT_WEEK_DAYS = 5
WEEKLY_WITHIN = timedelta(days=35)
ROUNDING_SLACK = Decimal("0.1")  # tables are printed to a tenth of a hectare
ITEMS = (Measure.AP_MINES, Measure.AT_MINES, Measure.UXO)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found about one observation; ``statements`` are those in doubt, by default its supporters."""

    observation_id: str
    message: str
    flag: Flag | None
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """Observations with the flags that the checks put on them; flags for statements; one line a finding."""

    observations: tuple[Observation, ...]
    doubted: Mapping[str, frozenset[Flag]]
    problems: tuple[Problem, ...]


def check_observations(
    observations: Sequence[Observation], *, conflicts: Sequence[Conflict], scopes: Scopes,
    accepted: frozenset[str] = frozenset(),
) -> Checked:
    """Check observations against each other.

    Parameters
    ----------
    observations
        All observations, in order.
    conflicts
        Their conflicts: each value that was printed is checked, chosen or not.
    scopes
        Whose totals include whose.
    accepted
        Statements that a person has looked at; no flag is put on them again.
    """
    findings = [
        *sums(observations), *tables(observations), *far_off(observations, conflicts=conflicts),
        *falling_stocks(observations), *area_is_a_count(observations), *short_weeks(observations),
        *parts_exceeding(observations, scopes=scopes), *swapped(observations, conflicts=conflicts),
    ]
    supporters = {one.observation_id: one.supporting for one in observations}
    kept = [one for one in findings
            if not set(one.statements or supporters[one.observation_id]) & accepted or one.flag is None]
    flags: dict[str, set[Flag]] = defaultdict(set)
    doubted: dict[str, set[Flag]] = defaultdict(set)
    for one in kept:
        if one.flag is None:
            continue
        for name in one.statements or supporters[one.observation_id]:
            doubted[name].add(one.flag)
        if not one.statements:
            flags[one.observation_id].add(one.flag)
    return Checked(
        observations=tuple(_flagged(one, flags.get(one.observation_id, set())) for one in observations),
        doubted={name: frozenset(found) for name, found in doubted.items()},
        problems=tuple(Problem(one.observation_id, one.message, needs_person=False) for one in kept),
    )


def _flagged(one: Observation, new: set[Flag]) -> Observation:
    return replace(one, flags=tuple(sorted({*one.flags, *new}))) if new - set(one.flags) else one


def _plain(one: Observation) -> bool:
    return one.value is not None and one.breakdown is None and not one.category and not one.item and not {
        Flag.PLANNED, Flag.ORDERED, Flag.SURVEYED, Flag.SUBSET} & set(one.flags)


def _beside(observations: Iterable[Observation]) -> dict[tuple[object, ...], dict[Measure, Observation]]:
    """Bring together the measures that were reported for the same period, scope and places."""
    found: dict[tuple[object, ...], dict[Measure, Observation]] = defaultdict(dict)
    for one in observations:
        if _plain(one):
            found[one.period_id, one.operator, one.places, not is_dated(one.period) and one.observation_id][
                one.measure] = one
    return found


def sums(observations: Sequence[Observation]) -> list[Finding]:
    """Find totals that differ from the parts printed with them (AP + AT = mines; mines + UXO = all items)."""
    found = []
    for together in _beside(observations).values():
        for whole, parts in IDENTITIES:
            if whole not in together or any(part not in together for part in parts):
                continue
            total = together[whole]
            added = sum((together[part].value or Decimal(0) for part in parts), Decimal(0))
            hedged = [together[part].qualifier for part in parts if together[part].qualifier != "exact"]
            stated = Figure(total.value or Decimal(0), total.qualifier)
            if not hedged and not agree(stated, Figure(added, Qualifier.EXACT)):
                names = " + ".join(f"{together[part].value:,}" for part in parts)
                found.append(Finding(total.observation_id, f"the parts {names} = {added:,} differ from the total "
                                     f"{total.value:,}", Flag.SUM_MISMATCH))
    return found


def tables(observations: Sequence[Observation]) -> list[Finding]:
    """Compare each published split (by district, operator, land use) with the total of its period."""
    rows: dict[tuple[str, Measure, Breakdown, str | None], list[Observation]] = defaultdict(list)
    totals: dict[tuple[str, Measure, str | None], list[Observation]] = defaultdict(list)
    for one in observations:
        if one.breakdown is not None and one.value is not None and one.breakdown != Breakdown.SUBGROUP:
            scope = None if one.breakdown == Breakdown.OPERATOR else one.operator
            rows[one.period_id, one.measure, one.breakdown, scope].append(one)
        elif _plain(one) and len(one.places) != 1:
            totals[one.period_id, one.measure, one.operator].append(one)
    found = []
    for (period, measure, breakdown, scope), members in rows.items():
        wholes = [one for (where, what, by), ones in totals.items() for one in ones
                  if where == period and what is measure and (by == scope or breakdown == Breakdown.OPERATOR)]
        if wholes and len(members) > 1:
            whole = max(wholes, key=lambda one: one.value or Decimal(0))
            found += _table_finding(whole, members, breakdown=breakdown)
    return found


def _table_finding(whole: Observation, rows: Sequence[Observation], *, breakdown: Breakdown) -> list[Finding]:
    added = sum((one.value or Decimal(0) for one in rows), Decimal(0))
    total = whole.value or Decimal(0)
    if abs(added - total) <= ROUNDING_SLACK or agree(Figure(total, whole.qualifier), Figure(added, Qualifier.EXACT)):
        return []
    name = breakdown.value.replace("_", " ")
    more = added > total + ROUNDING_SLACK
    return [Finding(whole.observation_id, f"the {len(rows)} rows by {name} add up to {added:,}, the total is "
                    f"{total:,}", Flag.SUM_MISMATCH if more else None)]


def far_off(observations: Sequence[Observation], *, conflicts: Sequence[Conflict]) -> list[Finding]:
    """Find areas far from their neighbours in the same series of weeks or months, by median and MAD."""
    by_observation = {one.observation_id: one for one in conflicts}
    series: dict[tuple[str | None, PeriodKind | None], list[Observation]] = defaultdict(list)
    for one in observations:
        whole = one.measure is Measure.AREA_CLEARED and one.breakdown is None and not one.category
        regular = one.period.kind in {PeriodKind.WEEK, PeriodKind.MONTH} and len(one.places) != 1
        if whole and regular and not one.item and is_dated(one.period) and not {Flag.SUBSET, Flag.PLANNED} & {
                *one.flags}:
            series[one.operator, one.period.kind].append(one)
    found = []
    for members in series.values():
        members.sort(key=lambda one: sort_key(one.period))
        values = [one.value for one in members]
        for place, one in enumerate(members):
            found += _far_off(one, among=neighbours(values, place), conflict=by_observation.get(one.observation_id))
    return found


def _far_off(one: Observation, *, among: Sequence[float], conflict: Conflict | None) -> list[Finding]:
    around = f"{min(among):,.0f} to {max(among):,.0f}" if among else ""
    found = []
    if one.value is not None and is_far_off(one.value, among=among):
        found.append(Finding(one.observation_id, f"{one.value:,} ha lies far from its neighbours ({around} ha)",
                             Flag.SUSPECT_VALUE))
    return found + [
        Finding(one.observation_id, f"the value {value.value:,} ha lies far from its neighbours ({around} ha)",
                Flag.SUSPECT_VALUE, value.statement_ids)
        for value in (conflict.values if conflict is not None else ())
        if value.value != one.value and is_far_off(value.value, among=among)
    ]


def falling_stocks(observations: Sequence[Observation]) -> list[Finding]:
    """Find states "to date" that break a series which can only grow."""
    series: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        stock = one.period.kind is PeriodKind.CUMULATIVE and is_dated(one.period) and _plain(one)
        if stock and one.qualifier is Qualifier.EXACT and one.measure is not Measure.OTHER:
            series[one.measure, one.operator, one.places, one.period.start].append(one)
    found = []
    for members in series.values():
        members.sort(key=lambda one: one.period.end or "")
        for place in falls([one.value or Decimal(0) for one in members]):
            one = members[place]
            beside = members[place - 1] if place else members[place + 1]
            found.append(Finding(one.observation_id, f"{one.value:,} to {one.period.end} breaks a series that only "
                                 f"grows: {beside.value:,} to {beside.period.end}", Flag.SUSPECT_VALUE))
    return found


def area_is_a_count(observations: Sequence[Observation]) -> list[Finding]:
    """Find areas that equal the number of items printed beside them: one figure copied into two places."""
    found = []
    for together in _beside(observations).values():
        area = together.get(Measure.AREA_CLEARED)
        if area is None or area.value is None or not is_specific(Figure(area.value, area.qualifier)):
            continue
        counts = [one.value for measure in (Measure.ORDNANCE_TOTAL, Measure.MINES_TOTAL)
                  if (one := together.get(measure)) is not None]
        if all(measure in together for measure in ITEMS):
            counts.append(sum((together[measure].value or Decimal(0) for measure in ITEMS), Decimal(0)))
        if area.value in counts:
            found.append(Finding(area.observation_id, f"the area, {area.value:,} ha, equals the number of items "
                                 "reported with it", Flag.SUSPECT_VALUE))
    return found


def short_weeks(observations: Sequence[Observation]) -> list[Finding]:
    """Find spans of a few days at a week's end, in a weekly series that has no figure for that week."""
    found = []
    for members in running_totals(observations).values():
        weeks = [one for one in members if one.period.kind is PeriodKind.WEEK]
        for one in members:
            end, length = parse_day(one.period.end), days(one.period) or 0
            short = one.period.kind is PeriodKind.CUSTOM and 1 < length <= SHORT_WEEK_DAYS
            if end is None or not short or end.isoweekday() != 7:  # noqa: PLR2004 -- Sunday
                continue
            monday = end - timedelta(days=6)
            near = any(abs((parse_day(week.period.end) or end) - end) <= WEEKLY_WITHIN for week in weeks)
            if near and not any(contains(week.period, one.period) for week in weeks):
                found.append(Finding(one.observation_id, f"probably the week from {monday}: the bulletins around it "
                                     "are weekly", Flag.SUSPECT_PERIOD))
    return found


def parts_exceeding(observations: Sequence[Observation], *, scopes: Scopes) -> list[Finding]:
    """Find months, quarters and years whose own weeks or months add up to more than they do."""
    return [
        Finding(whole.observation_id, f"its parts add up to {cover.total:,}, more than the {whole.value:,} published "
                f"({', '.join(part.period_id for part in cover.parts)})", Flag.SUM_MISMATCH)
        for whole, cover in excesses(observations, scopes=scopes)
    ]


def swapped(observations: Sequence[Observation], *, conflicts: Sequence[Conflict]) -> list[Finding]:
    """Find bulletins in whose copies the AP and AT mines have changed places; which copy is right stays open."""
    values = {one.observation_id: {value.value for value in one.values} for one in conflicts}
    pairs: dict[tuple[object, ...], dict[Measure, Observation]] = defaultdict(dict)
    for one in observations:
        if one.observation_id in values and one.breakdown is None and one.measure in {Measure.AP_MINES,
                                                                                      Measure.AT_MINES}:
            pairs[one.period_id, one.operator, one.places][one.measure] = one
    return [
        Finding(pair[Measure.AP_MINES].observation_id, "AP and AT mines change places between the copies ("
                + " and ".join(f"{value:,}" for value in sorted(values[pair[Measure.AP_MINES].observation_id])) + ")",
                None)
        for pair in pairs.values()
        if len(pair) == 2  # noqa: PLR2004 -- AP and AT
        and values[pair[Measure.AP_MINES].observation_id] == values[pair[Measure.AT_MINES].observation_id]
    ]
