"""Numbers as print writes them, to exact decimals.

The same three digits after a point are thousands in one outlet and thousandths in the next. A number that can be read
one way only is read so and tells how its document writes; only the others need that, or their language's habit.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

# "1 395 186", "41 915,77" | "1,039.5", "2.790,9", "5,264,14" | "1039.5" | "28"
NUMBER = r"\d{1,3}(?:[ ]\d{3})+(?:[.,]\d{1,4})?(?!\d)|\d{1,3}(?:[.,']\d{3})+(?:[.,]\d+)?(?!\d)|\d+[.,]\d+|\d+"
_LONGEST = 24
_GROUP = 3
_MARKS = re.compile(r"[ .,']")


@dataclass(frozen=True, slots=True)
class Convention:
    """How one document writes numbers: the marks that it uses for sure, and its language's mark for thousands."""

    decimal: str | None = None
    thousands: str | None = None
    habit: str = ","


def convention(numbers: Iterable[str], *, habit: str) -> Convention:
    """Return how a document writes numbers, told by those that can be read in one way only.

    >>> convention(["8.086", "2.790,9"], habit=",")
    Convention(decimal=',', thousands='.', habit=',')
    """
    decimal: Counter[str] = Counter()
    thousands: Counter[str] = Counter()
    for raw in numbers:
        marks = _MARKS.findall(raw)
        if not marks or len(raw) > _LONGEST:
            continue
        digits = _MARKS.split(raw)
        if len(digits[-1]) != _GROUP or (len(set(marks)) > 1 and marks[-1] not in marks[:-1]):
            decimal[marks[-1]] += 1
            thousands.update(set(marks[:-1]) - {" "})
        elif len(marks) > 1:
            thousands[marks[0]] += 1
    return Convention(_commonest(decimal), _commonest(thousands), habit)


def _commonest(counts: Counter[str]) -> str | None:
    return min(counts, key=lambda mark: (-counts[mark], mark)) if counts else None


def parse_number(raw: str, *, is_count: bool = True, written: Convention | None = None) -> Decimal | None:
    """Return the value of a printed number, or ``None`` where it is none that a bulletin would print.

    Counts have no thousandths, so ``8.086`` items are 8086; an area may have them.

    >>> [str(parse_number(raw)) for raw in ("1039.5", "1,039.5", "1 039,5", "1.039,5", "5,264,14", "1454, 2", "8.086")]
    ['1039.5', '1039.5', '1039.5', '1039.5', '5264.14', '1454.2', '8086']
    >>> parse_number("5.246", is_count=False)
    Decimal('5.246')
    >>> parse_number("1.307", is_count=False, written=Convention(decimal=",", thousands=".", habit=","))
    Decimal('1307')
    >>> parse_number("684,000", is_count=False, written=Convention(decimal=",", thousands=None, habit=","))
    Decimal('684000')
    >>> parse_number("0.125", is_count=False)
    Decimal('0.125')
    >>> parse_number("9" * 5000) is None, parse_number("12-13") is None
    (True, True)
    """
    if len(raw) > _LONGEST or not raw or not re.fullmatch(r"\d[\d ,.']*", raw):
        return None
    pieces = re.findall(r"\d+", raw)
    marks = [mark.strip() or " " for mark in re.findall(r"\D+", raw)]
    if not marks:
        return Decimal(pieces[0])
    if _ends_in_decimals(pieces, marks, is_count=is_count, written=written or Convention()):
        return Decimal(f"{''.join(pieces[:-1])}.{pieces[-1]}")
    return Decimal("".join(pieces))


def _ends_in_decimals(pieces: list[str], marks: list[str], *, is_count: bool, written: Convention) -> bool:
    """Say whether the last mark is the decimal mark."""
    if len(pieces[-1]) != _GROUP or len(pieces[0]) > _GROUP or pieces[0] == "0":
        return True
    if len(marks) > 1:
        return marks[-1] not in marks[:-1]
    mark = marks[0]
    if mark in " '" or is_count or mark == written.thousands or pieces[-1].endswith("00"):
        return False  # nobody prints noughts behind a decimal mark
    if written.decimal is not None:
        return mark == written.decimal
    return mark != written.habit
