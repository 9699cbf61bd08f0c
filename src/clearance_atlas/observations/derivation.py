"""Derived figures, only on request: the difference of two stocks, the remainder of a year.

A derived figure is marked ``derived`` and names both of its sources; it is of one scope, and never replaces a
published one.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.errors import InputError
from clearance_atlas.model import Basis, Measure, Observation, Period, PeriodKind, PlaceScope, Qualifier
from clearance_atlas.observations.periods import contains, overlaps, parse_day, period_id, regular
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal


def difference_of_stocks(earlier: Observation, later: Observation) -> Observation:
    """Return what was added between two states "to date" of one scope.

    Raises
    ------
    InputError
        If the two are not states of one measure, scope and place, lack a value, or fall.
    """
    _same_series(earlier, later)
    first, last = parse_day(earlier.period.end), parse_day(later.period.end)
    stocks = earlier.period.kind is PeriodKind.CUMULATIVE and later.period.kind is PeriodKind.CUMULATIVE
    same_start = earlier.period.start == later.period.start
    if not stocks or not same_start or first is None or last is None or first >= last:
        raise InputError(later.observation_id, "not two states of one series, the earlier first",
                         mend="give two figures to date that count from the same day")
    period = Period((first + timedelta(days=1)).isoformat(), last.isoformat(), PeriodKind.CUSTOM)
    return _derived(later, value=_value(later) - _value(earlier), period=regular(period), sources=[later, earlier])


def differences(observations: Iterable[Observation]) -> tuple[Observation, ...]:
    """Return what was added between each two neighbouring states of every series "to date".

    Only published totals without a doubt are taken; a series that falls gives nothing where it falls.
    """
    series: dict[tuple[object, ...], list[Observation]] = defaultdict(list)
    for one in observations:
        whole = one.measure is not Measure.OTHER and (one.breakdown or one.category or one.item) is None
        published = one.basis is Basis.PUBLISHED and one.value is not None and not one.flags
        if one.period.kind is PeriodKind.CUMULATIVE and whole and published:
            series[one.measure, one.unit, one.operator, one.places, one.period.start].append(one)
    found: dict[str, Observation] = {}
    for states in series.values():
        ordered = sorted(states, key=lambda one: one.period.end or "")
        for earlier, later in pairwise(ordered):
            if earlier.period.end != later.period.end and (later.value or 0) >= (earlier.value or 0):
                derived = difference_of_stocks(earlier, later)
                found.setdefault(derived.observation_id, derived)
    return tuple(found.values())


def remainder(whole: Observation, parts: Sequence[Observation]) -> Observation:
    """Return what is left of a flow when disjoint parts of it are taken away (a year less eleven months).

    The remainder's period is the rest of the days where they are one run, else the whole's.

    Raises
    ------
    InputError
        If a part is of another scope or outside the whole, if two parts overlap, or if they exceed the whole.
    """
    value = _value(whole)
    for place, part in enumerate(parts):
        _same_series(whole, part)
        if not contains(whole.period, part.period) or any(overlaps(part.period, one.period) for one in parts[:place]):
            raise InputError(part.observation_id, "not a part of the whole beside the others",
                             mend="give parts that lie in the whole and share no day")
        value -= _value(part)
    period = _rest(whole.period, [part.period for part in parts])
    return _derived(whole, value=value, period=period, sources=[whole, *parts])


def _rest(whole: Period, parts: Sequence[Period]) -> Period:
    start, end = parse_day(whole.start), parse_day(whole.end)
    taken = sorted((parse_day(one.start), parse_day(one.end)) for one in parts)
    for first, last in taken:
        if first is not None and last is not None and start == first:
            start = last + timedelta(days=1)
    for first, last in reversed(taken):
        if first is not None and last is not None and end == last:
            end = first - timedelta(days=1)
    one_run = start is not None and end is not None and start <= end and not any(
        first is not None and start <= first <= end for first, _ in taken)
    if not one_run or start is None or end is None:
        return whole
    return regular(Period(start.isoformat(), end.isoformat(), PeriodKind.CUSTOM))


def _value(one: Observation) -> Decimal:
    if one.value is None or one.basis is not Basis.PUBLISHED:
        raise InputError(one.observation_id, "has no published value", mend="derive from published figures only")
    return one.value


def _same_series(one: Observation, other: Observation) -> None:
    alike = (one.measure, one.unit, one.operator, one.places, one.breakdown, one.category, one.item)
    if alike != (other.measure, other.unit, other.operator, other.places, other.breakdown, other.category,
                 other.item):
        raise InputError(other.observation_id, f"not of one measure, scope and place with {one.observation_id}",
                         mend="nothing is derived across scopes")


def _derived(like: Observation, *, value: Decimal, period: Period, sources: Sequence[Observation]) -> Observation:
    if value < 0:
        raise InputError(like.observation_id, f"the difference is negative ({value:,})",
                         mend="the published figures contradict each other: see the checks")
    name = period_id(period)
    exact = all(one.qualifier is Qualifier.EXACT for one in sources)
    return replace(
        like, observation_id=f"derived/{name}/{like.observation_id.partition('/')[2]}", period_id=name, value=value,
        area_ha=value if like.unit is Unit.HECTARE else None, period=period, basis=Basis.DERIVED,
        place_scope=like.place_scope if like.places else PlaceScope.NATIONAL,
        qualifier=Qualifier.EXACT if exact else Qualifier.ABOUT,
        supporting=tuple(statement for one in sources for statement in one.supporting), differing=(),
        conflict_id=None, flags=(),
        notes=(f"derived: {sources[0].value:,} ({sources[0].period_id}) less "
               + ", ".join(f"{one.value:,} ({one.period_id})" for one in sources[1:]),),
    )
