"""Single cells of a table: numbers, days, periods and lists. What is not plain is refused, with its mend."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.documents import clean
from clearance_atlas.model import Period, PeriodKind, Qualifier, YearSource
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from clearance_atlas.documents import Row

_HEDGES = {">": Qualifier.OVER, "<": Qualifier.UNDER, "~": Qualifier.ABOUT, "≈": Qualifier.ABOUT}
_UNITS = {"ha": Unit.HECTARE, "km2": Unit.SQUARE_KILOMETRE, "km²": Unit.SQUARE_KILOMETRE, "m2": Unit.SQUARE_METRE,
          "m²": Unit.SQUARE_METRE, "%": Unit.PERCENT}
_CELL = re.compile(r"(?P<hedge>[><~≈]?) ?(?P<number>\d[\d ,.']*) ?(?P<unit>ha|km2|km²|m2|m²|%)?", re.IGNORECASE)
_PLAIN = re.compile(r"\d+(?:\.\d+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+|\d{1,3}(?:[ ']\d{3})+(?:\.\d+)?")
_DECIMAL_COMMA = re.compile(r"\d{1,3}(?:[ .]\d{3})+,\d+|\d+,(?:\d{1,2}|\d{4,})")
_LONGEST_NUMBER = 24
_DAY = re.compile(r"(?P<year>\d{4}|XXXX)(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?(?:T.*)?")
_LEAP_YEAR = 2024
_WEEK_DAYS = (6, 7)
_QUARTER, _HALF, _MONTHS = 3, 6, 12
# The beginnings of our names for periods, where they are not the kind itself.
_KIND_OF_ID = {"span": PeriodKind.CUSTOM, "to": PeriodKind.CUMULATIVE}


class CellError(ValueError):
    """A cell that cannot be used: its column, what is wrong, and how to mend it."""

    def __init__(self, column: str, what: str, *, mend: str) -> None:
        self.column = column
        self.what = what
        self.mend = mend
        super().__init__(f"{column}: {what}; {mend}")


def parse_number(text: str, *, column: str) -> tuple[Decimal, Unit | None, Qualifier]:
    """Return the number of a cell, the unit written beside it if any, and how it is hedged.

    >>> parse_number("> 1 039,5 ha", column="value")
    (Decimal('1039.5'), <Unit.HECTARE: 'ha'>, <Qualifier.OVER: 'over'>)

    Raises
    ------
    CellError
        If the cell holds something else, or a number that can be read in two ways (``1,039``).
    """
    plain = clean(text[:_LONGEST_NUMBER * 2]).text.strip()
    match = _CELL.fullmatch(plain)
    if match is None or len(plain) > _LONGEST_NUMBER:
        shown = text.strip()[:_LONGEST_NUMBER]
        what = "begins like a formula and counts as text" if shown[:1] in "=+-@" and shown else "is no number"
        raise CellError(column, f"{shown!r} {what}", mend="write digits with a decimal point, 1039.5")
    digits = _digits(match["number"].strip(), column=column)
    unit = _UNITS.get((match["unit"] or "").lower())
    return Decimal(digits), unit, _HEDGES.get(match["hedge"], Qualifier.EXACT)


def _digits(number: str, *, column: str) -> str:
    if _PLAIN.fullmatch(number):
        return number
    if _GROUPED.fullmatch(number):
        return re.sub("[, ']", "", number)
    if _DECIMAL_COMMA.fullmatch(number):
        return re.sub("[ .]", "", number).replace(",", ".")
    what = "can be read in two ways" if number.count(",") == 1 else "is no number"
    raise CellError(column, f"{number!r} {what}", mend="write it without separators of thousands, with a decimal point")


def split_list(text: str) -> tuple[str, ...]:
    """Return the parts of a cell that lists several things between semicolons or bars.

    >>> split_list("Aghdam; Fuzuli|Lachin")
    ('Aghdam', 'Fuzuli', 'Lachin')
    """
    return tuple(part.strip() for part in re.split("[;|]", text) if part.strip())


def parse_period(row: Row) -> Period:
    """Return the period of a row from its columns of days, its year and its kind.

    Days are ISO 8601; ``2024-07`` and ``2024`` stand for their first or last day, ``XXXX-06-03`` leaves the year open.
    A missing kind follows from the days: a day, six or seven days, whole months, quarters, halves and years, or custom.
    Beside an end alone it is cumulative.

    Raises
    ------
    CellError
        If a day is not in the calendar, the period ends before it starts, or its kind is not known.
    """
    start = _day(row.text("period_start") or row.text("year"), last=False, column="period_start")
    end = _day(row.text("period_end") or (row.text("year") if not row.text("period_start") else ""), last=True,
               column="period_end")
    if start and end and start > end and start[0] != "X" and end[0] != "X":
        raise CellError("period_end", f"the period ends on {end}, before it starts", mend="exchange the days")
    kind = _kind(row) or _kind_of_days(start, end)
    dated = start or end
    source = _year_source(row, dated=dated)
    return Period(start=start, end=end, kind=kind, year_source=source)


def _year_source(row: Row, *, dated: str | None) -> YearSource | None:
    stated = row.text("year_source").lower()
    if stated and stated not in list(YearSource):
        raise CellError("year_source", f"{stated!r} is not known", mend=f"write one of {', '.join(YearSource)}")
    if stated:
        return YearSource(stated)
    return YearSource.TEXT if dated and not dated.startswith("X") else None


def _kind(row: Row) -> PeriodKind | None:
    text = row.text("period_kind").lower()
    if text:
        if text not in list(PeriodKind):
            raise CellError("period_kind", f"{text!r} is not known", mend=f"write one of {', '.join(PeriodKind)}")
        return PeriodKind(text)
    named = row.text("period_id").partition("-")[0]
    return PeriodKind(named) if named in list(PeriodKind) else _KIND_OF_ID.get(named)


def _day(text: str, *, last: bool, column: str) -> str | None:
    if not text:
        return None
    match = _DAY.fullmatch(text)
    if match is None or (match["year"] == "XXXX" and not match["day"]):
        raise CellError(column, f"{text[:30]!r} is no day", mend="write it as 2024-07-08")
    year = _LEAP_YEAR if match["year"] == "XXXX" else int(match["year"])
    try:
        month = int(match["month"] or (12 if last else 1))
        days = calendar.monthrange(year, month)[1]
        day = date(year, month, int(match["day"] or (days if last else 1)))
    except (ValueError, calendar.IllegalMonthError):
        raise CellError(column, f"{text[:30]!r} is not in the calendar", mend="write it as 2024-07-08") from None
    return f"{match['year']}-{day:%m-%d}"


def _kind_of_days(start: str | None, end: str | None) -> PeriodKind | None:
    if end is None or end[0] == "X" or (start and start[0] == "X"):
        return None
    if start is None:
        return PeriodKind.CUMULATIVE
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    days = (last - first).days + 1
    if days == 1:
        return PeriodKind.DAY
    if days in _WEEK_DAYS:
        return PeriodKind.WEEK
    months = (last.year - first.year) * _MONTHS + last.month - first.month + 1
    whole = first.day == 1 and (last + timedelta(days=1)).day == 1 and (first.month - 1) % months == 0
    kinds = {1: PeriodKind.MONTH, _QUARTER: PeriodKind.QUARTER, _HALF: PeriodKind.HALF, _MONTHS: PeriodKind.YEAR}
    return kinds.get(months, PeriodKind.CUSTOM) if whole else PeriodKind.CUSTOM
