"""Wholes against their parts: weeks in a month, months in a year, flows between two stocks.

Parts are of one scope each: what two operators report is never added here. A part that is missing leaves a gap,
which is no fault; parts that exceed their whole are.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, Observation, Period, PeriodKind, Qualifier
from clearance_atlas.observations.periods import contains, days, parse_day
from clearance_atlas.observations.scopes import includes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.observations.scopes import Scopes

WHOLES = (PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR)
EXCESS = Decimal("1.01")  # parts printed with rounding may exceed their whole by so much


@dataclass(frozen=True, slots=True)
class Cover:
    """Disjoint parts of one whole: their observations, their sum, and the days that they cover."""

    parts: tuple[Observation, ...]
    total: Decimal
    covered_days: int


def running_totals(observations: Iterable[Observation]) -> dict[tuple[Measure, str | None], list[Observation]]:
    """Sort the dated flows that are totals of all districts, or of a joint list, by measure and operator scope."""
    series: dict[tuple[Measure, str | None], list[Observation]] = defaultdict(list)
    for one in observations:
        joint = len(one.places) != 1
        if joint and one.value is not None and days(one.period) is not None and _is_plain(one):
            series[one.measure, one.operator].append(one)
    for found in series.values():
        found.sort(key=lambda one: (one.period.end or "", one.period.start or "", one.observation_id))
    return series


def _is_plain(one: Observation) -> bool:
    return one.breakdown is None and not one.category and not one.item and not {
        "planned", "ordered", "surveyed", "subset"} & set(one.flags)


def best_cover(parts: Sequence[Observation], *, whole: Observation) -> Cover:
    """Return the disjoint parts within a whole that cover most days, and among those the largest sum.

    Parts are sorted by their last day, as `running_totals` gives them.

    Weighted interval scheduling (Kleinberg and Tardos 2006, section 6.1).
    """
    first = bisect_left(parts, whole.period.start or "", key=lambda one: one.period.end or "")
    last = bisect_right(parts, whole.period.end or "", key=lambda one: one.period.end or "")
    inside = [one for one in parts[first:last] if one.value is not None and one.observation_id != whole.observation_id
              and contains(whole.period, one.period) and days(one.period) != days(whole.period)
              and _lies_in(one, whole)]
    ends = [one.period.end or "" for one in inside]
    best: list[tuple[int, Decimal, tuple[int, ...]]] = [(0, Decimal(0), ())]
    for place, one in enumerate(inside):
        start = parse_day(one.period.start)
        before = best[bisect_right(ends, (start - timedelta(days=1)).isoformat(), 0, place) if start else 0]
        taken = (before[0] + (days(one.period) or 0), before[1] + (one.value or Decimal(0)), (*before[2], place))
        best.append(max(best[-1], taken, key=lambda found: (found[0], found[1])))
    covered, total, chosen = best[-1]
    return Cover(tuple(inside[place] for place in chosen), total, covered)


def excesses(observations: Iterable[Observation], *, scopes: Scopes) -> list[tuple[Observation, Cover]]:
    """Return the months, quarters, halves and years whose own parts add up to more than they do."""
    series = running_totals(one for one in observations if one.qualifier in {Qualifier.EXACT, Qualifier.OVER})
    found = []
    for (measure, operator), members in series.items():
        wholes = [one for one in members if one.period.kind in WHOLES]
        for whole in wholes:
            for (part_measure, part_operator), parts in series.items():
                related = part_operator == operator or includes(operator, part_operator, period=whole.period,
                                                                scopes=scopes)
                if part_measure is not measure or not related:
                    continue
                cover = best_cover(parts, whole=whole)
                if whole.value is not None and cover.total > whole.value * EXCESS:
                    found.append((whole, cover))
    return found


def _lies_in(part: Observation, whole: Observation) -> bool:
    """Tell whether a part's places are among the whole's; a national part is no part of a list of districts."""
    return not whole.places or (bool(part.places) and set(part.places) <= set(whole.places))


@dataclass(frozen=True, slots=True)
class Balance:
    """Flows added up against a stock: the sum, the stock, their difference, and the flows used."""

    flows: tuple[Observation, ...]
    total: Decimal
    stock: Decimal

    @property
    def gap(self) -> Decimal:
        """The part of the stock that no published flow accounts for; negative when flows exceed it."""
        return self.stock - self.total


def stock_balance(
    observations: Iterable[Observation], *, measures: Sequence[Measure], operator: str | None, end: str
) -> Balance | None:
    """Compare the flows of one scope up to a day with the stock published for that day.

    Parameters
    ----------
    observations
        All observations.
    measures
        The stock is the sum of these (AP and AT mines); flows of the first measure that has any are used, a flow
        of ``mines_total`` standing for both.
    operator
        The one scope whose figures are compared.
    end
        The day of the stock, ISO.

    Returns
    -------
    Balance or None
        Nothing where a stock is missing.
    """
    known = list(observations)
    stocks = {one.measure: one.value for one in known
              if one.period.kind is PeriodKind.CUMULATIVE and one.period.end == end and one.operator == operator
              and one.place_scope == "national" and _is_plain(one) and one.value is not None}
    if any(measure not in stocks for measure in measures):
        return None
    flows = running_totals(known)
    wanted = [Measure.MINES_TOTAL] if set(measures) == {Measure.AP_MINES, Measure.AT_MINES} else list(measures)
    whole = Observation("", "", wanted[0], None, known[0].unit, Period("0001-01-01", end, PeriodKind.CUSTOM))
    covers = [best_cover(flows.get((measure, operator), []), whole=whole) for measure in wanted]
    return Balance(tuple(one for cover in covers for one in cover.parts),
                   sum((cover.total for cover in covers), Decimal(0)),
                   sum((stocks[measure] or Decimal(0) for measure in measures), Decimal(0)))
