"""When two printed figures are the same figure: equal, one rounded from the other, or one a slip of the other.

Rounding is not disagreement: an outlet that prints 41,915 and one that prints "about 42,000" both carry 41,915.77.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from clearance_atlas.model import Flag, Measure, Qualifier, Statement
from clearance_atlas.units import Unit, to_hectares

if TYPE_CHECKING:
    from collections.abc import Iterable

ABOUT_TOLERANCE = Decimal("0.05")  # "about 50" may stand for 47.5 to 52.5
BOUND_TOLERANCE = Decimal("0.10")  # "over 500" is the same figure as 508, not as 900
ROUND_NUMBER_TOLERANCE = Decimal("0.01")  # an unhedged 69,200 may stand for 69,205.7,
LEAST_ROUND_NUMBER = 1000  # an unhedged 800 for 806 mines is another figure
SPECIFIC_DIGITS = 3  # a shared 53 proves little, a shared 1,039 much
TYPO_DIGITS = 4  # shorter numbers differ by one digit too often by chance
SWAPPED_DIGITS = 2
_PARTS = (Flag.PLANNED, Flag.ORDERED, Flag.SURVEYED, Flag.SUBSET)


class Slot(NamedTuple):
    """What a figure counts, as far as figures of two bulletins must agree to be compared at all.

    ``part`` is ``total``, or why the figure is no total: ``planned``, ``ordered``, ``surveyed`` or ``subset``.
    """

    measure: Measure
    unit: Unit
    part: str
    breakdown: str
    category: str
    item: str

    @property
    def whole(self) -> bool:
        """Whether the figure is a total and not a part, plan or order."""
        return self.part == "total" and not self.breakdown


class Figure(NamedTuple):
    """A number with its hedge; areas in hectares, else in the unit stated."""

    amount: Decimal
    qualifier: Qualifier


def amount(statement: Statement) -> Decimal:
    """Return the value of a statement: areas in hectares, everything else as stated."""
    if statement.area_ha is not None:
        return statement.area_ha
    hectares = to_hectares(statement.value, unit=statement.unit)
    return statement.value if hectares is None else hectares


def figure(statement: Statement) -> Figure:
    """Return a statement's number and its hedge."""
    return Figure(amount(statement), statement.qualifier)


def slot(statement: Statement) -> Slot:
    """Return what a statement counts."""
    part = next((flag.value for flag in _PARTS if flag in statement.flags), "total")
    unit = statement.unit if to_hectares(Decimal(1), unit=statement.unit) is None else Unit.HECTARE
    return Slot(statement.measure, unit, part, statement.breakdown or "", statement.category or "",
                statement.item or "")


@lru_cache(maxsize=65536)
def digits(value: Decimal) -> tuple[str, int]:
    """Return the significant digits of a number and the exponent of the last one.

    >>> digits(Decimal("453900")), digits(Decimal("453.9"))
    (('4539', 2), ('4539', -1))
    """
    try:
        sign_digits = value.normalize().as_tuple()
    except InvalidOperation:
        sign_digits = value.as_tuple()
    exponent = sign_digits.exponent if isinstance(sign_digits.exponent, int) else 0
    return "".join(map(str, sign_digits.digits)), exponent


def is_rounding(coarse: Figure, fine: Figure) -> bool:
    """Tell whether ``coarse`` is a way to print ``fine`` with fewer digits or with a hedge.

    Examples
    --------
    >>> exact, about = Qualifier.EXACT, Qualifier.ABOUT
    >>> is_rounding(Figure(Decimal("41915"), exact), Figure(Decimal("41915.77"), exact))
    True
    >>> is_rounding(Figure(Decimal("42000"), about), Figure(Decimal("41915.77"), exact))
    True
    >>> is_rounding(Figure(Decimal("453900"), exact), Figure(Decimal("453.9"), exact))
    False
    >>> is_rounding(Figure(Decimal("1067"), exact), Figure(Decimal("1087"), exact))
    False
    """
    if coarse.qualifier is not Qualifier.EXACT and _within_hedge(coarse, fine.amount):
        return True
    step, fine_step = digits(coarse.amount)[1], digits(fine.amount)[1]
    if coarse.amount == 0 or step <= fine_step:
        return False
    if step == 1:
        step = 0  # a single trailing nought is a digit like any other
        if fine_step >= 0:
            return False
    near = abs(coarse.amount - fine.amount) <= ROUND_NUMBER_TOLERANCE * fine.amount
    if step > 1 and not (near and coarse.amount >= LEAST_ROUND_NUMBER):
        return False
    return _rounds(fine.amount, step=step, to=coarse.amount)


def _rounds(value: Decimal, *, step: int, to: Decimal) -> bool:
    quantum = Decimal(1).scaleb(step)
    units = value / quantum
    return any(units.to_integral_value(mode) * quantum == to for mode in (ROUND_HALF_UP, ROUND_DOWN))


def _within_hedge(coarse: Figure, value: Decimal) -> bool:
    gap, limit = value - coarse.amount, BOUND_TOLERANCE * value
    if coarse.qualifier is Qualifier.OVER:
        return 0 <= gap <= limit
    if coarse.qualifier is Qualifier.UNDER:
        return 0 <= -gap <= limit
    return abs(gap) <= ABOUT_TOLERANCE * value


def agree(one: Figure, other: Figure) -> bool:
    """Tell whether two figures can be one figure: equal, or one a rounding of the other."""
    return one.amount == other.amount or is_rounding(one, other) or is_rounding(other, one)


def is_specific(value: Figure) -> bool:
    """Tell whether a number is particular enough that sharing it is evidence of sharing a source."""
    return len(digits(value.amount)[0]) >= SPECIFIC_DIGITS and value.qualifier is Qualifier.EXACT


def is_slip(one: Decimal, other: Decimal) -> bool:
    """Tell whether a number looks like another with a misplaced point, one wrong digit or two swapped.

    >>> is_slip(Decimal("453900"), Decimal("453.9")), is_slip(Decimal("1358.7"), Decimal("1258.7"))
    (True, True)
    >>> is_slip(Decimal("506.4"), Decimal("492.06"))
    False
    """
    (a, step_a), (b, step_b) = digits(one), digits(other)
    if one == other or len(a) != len(b):
        return False
    if a == b:
        return len(a) >= SPECIFIC_DIGITS
    if len(a) < TYPO_DIGITS:
        return False
    wrong = [place for place, (left, right) in enumerate(zip(a, b, strict=True)) if left != right]
    if step_a != step_b:
        return False
    if len(wrong) == SWAPPED_DIGITS:
        return [a[place] for place in wrong] == [b[place] for place in reversed(wrong)]
    return len(wrong) == 1


def distinct_values(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    """Return the figures that no other one explains by rounding, finest first.

    Examples
    --------
    >>> exact = Qualifier.EXACT
    >>> found = distinct_values(Figure(Decimal(v), exact) for v in ("6687", "6687.4", "6687", "7000"))
    >>> [str(value.amount) for value in found]
    ['6687.4', '7000']
    """
    ordered = sorted(set(figures), key=lambda one: (one.qualifier is not Qualifier.EXACT, digits(one.amount)[1],
                                                    one.amount, one.qualifier))
    kept: list[Figure] = []
    amounts: list[Decimal] = []  # of those kept, in order, so that only near ones need comparing
    by_amount: dict[Decimal, list[Figure]] = {}
    for candidate in ordered:
        low, high = _reach(candidate)
        near = amounts[bisect_left(amounts, low):bisect_right(amounts, high)]
        if not any(agree(candidate, fine) for amount in near for fine in by_amount[amount]):
            kept.append(candidate)
            if candidate.amount not in by_amount:
                insort(amounts, candidate.amount)
            by_amount.setdefault(candidate.amount, []).append(candidate)
    return tuple(kept)


def _reach(candidate: Figure) -> tuple[Decimal, Decimal]:
    """Return the range outside which no rounding, or no hedge of the candidate, reaches.

    Exact figures are ruled on first, so that an exact one meets exact ones only.
    """
    share = ROUND_NUMBER_TOLERANCE if candidate.qualifier is Qualifier.EXACT else 2 * BOUND_TOLERANCE
    slack = max(candidate.amount * 2 * share, Decimal(1))
    return candidate.amount - slack, candidate.amount + slack
