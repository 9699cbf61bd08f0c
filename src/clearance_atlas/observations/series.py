"""Checks along a series: a value far from its neighbours, a stock that falls."""

from __future__ import annotations

import math
from bisect import bisect_right
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

NEIGHBOURS_EACH_SIDE = 5
FEWEST_NEIGHBOURS = 5
MAD_TO_SIGMA = 1.4826  # for a normal distribution (Rousseeuw and Croux 1993)
CUT_OFF = 3.5  # modified z-score (Iglewicz and Hoaglin 1993)
LEAST_SPREAD = 0.4  # in natural logarithms: weeks differ by a half without anything being wrong


def neighbours(values: Sequence[Decimal | None], place: int) -> list[float]:
    """Return the known, positive values around one place of a series."""
    before = [float(value) for value in values[max(0, place - 2 * NEIGHBOURS_EACH_SIDE):place] if value]
    after = [float(value) for value in values[place + 1:place + 1 + 2 * NEIGHBOURS_EACH_SIDE] if value]
    return before[-NEIGHBOURS_EACH_SIDE:] + after[:NEIGHBOURS_EACH_SIDE]


def is_far_off(value: Decimal, *, among: Sequence[float]) -> bool:
    """Tell whether a value lies far from its neighbours, on a log scale by median and MAD.

    A published zero is never far off: nothing done is no slip of the pen.

    Examples
    --------
    >>> from decimal import Decimal
    >>> weeks = [344.0, 413.0, 357.0, 586.0, 562.0, 482.0]
    >>> is_far_off(Decimal("3544"), among=weeks), is_far_off(Decimal("697"), among=weeks)
    (True, False)
    """
    if value <= 0 or len(among) < FEWEST_NEIGHBOURS:
        return False
    logs = [math.log(one) for one in among]
    centre = median(logs)
    spread = max(MAD_TO_SIGMA * median(abs(one - centre) for one in logs), LEAST_SPREAD)
    return abs(math.log(value) - centre) > CUT_OFF * spread


def falls(values: Sequence[Decimal]) -> list[int]:
    """Return the places that keep a series from never falling: those outside its longest rising run.

    Examples
    --------
    >>> from decimal import Decimal
    >>> falls([Decimal(one) for one in (10, 20, 500, 30, 40)])
    [2]
    """
    tails: list[Decimal] = []
    ends: list[int] = []
    previous: list[int | None] = []
    for place, value in enumerate(values):
        length = bisect_right(tails, value)
        previous.append(ends[length - 1] if length else None)
        tails[length:length + 1] = [value]
        ends[length:length + 1] = [place]
    kept = set()
    place_of: int | None = ends[-1] if ends else None
    while place_of is not None:
        kept.add(place_of)
        place_of = previous[place_of]
    return [place for place in range(len(values)) if place not in kept]
