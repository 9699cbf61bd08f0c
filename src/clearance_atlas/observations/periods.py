"""Reporting periods: their names, order, days and the district set in force at their end.

A name is stable, readable and safe as a file name: ``week-2024-07-01``, ``month-2024-08``, ``quarter-2024-q1``,
``half-2024-h1``, ``year-2025``, ``span-2022-02-01_2022-02-14``, ``day-2024-07-01``, ``to-2025-07-31`` for a state
"to date". A week is named by its first day, however many days the agency counts to it.
"""

from __future__ import annotations

import calendar
import difflib
import re
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Period, PeriodKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from clearance_atlas.config import BoundaryVersion

UNDATED = "undated"
OPEN_YEAR = "XXXX"  # ISO 8601-2: a year that is not known
MONTHS_PER_QUARTER = 3
MONTHS_PER_HALF = 6
WEEK_DAYS = (6, 7)  # agencies count Monday to Saturday, or to Sunday
_ID = re.compile(r"(?P<kind>day|week|month|quarter|half|year|span|to)-(?P<rest>.+)")


@lru_cache(maxsize=65536)
def parse_day(text: str | None) -> date | None:
    """Return the day of an ISO date, or ``None`` where the year or the day is open.

    >>> parse_day("2024-07-01")
    datetime.date(2024, 7, 1)
    >>> parse_day("XXXX-06-03") is None
    True
    """
    if text is None or text.startswith(OPEN_YEAR):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def is_open(period: Period) -> bool:
    """Tell whether the year of a period is unknown; such a period is never placed among dated ones."""
    return any(day is not None and day.startswith(OPEN_YEAR) for day in (period.start, period.end))


def is_dated(period: Period) -> bool:
    """Tell whether a period has the days that its kind needs: the end for a state, both ends for a flow."""
    if period.kind is PeriodKind.CUMULATIVE:
        return parse_day(period.end) is not None
    return parse_day(period.start) is not None and parse_day(period.end) is not None


def is_reversed(period: Period) -> bool:
    """Tell whether a period ends before it starts.

    >>> is_reversed(Period("2022-12-15", "2022-02-04"))
    True
    """
    start, end = parse_day(period.start), parse_day(period.end)
    return start is not None and end is not None and end < start


def days(period: Period) -> int | None:
    """Return how many days a flow covers, both ends included; ``None`` for a state or an open period.

    >>> days(Period("2022-02-14", "2022-02-19", PeriodKind.WEEK))
    6
    """
    start, end = parse_day(period.start), parse_day(period.end)
    if period.kind is PeriodKind.CUMULATIVE or start is None or end is None or end < start:
        return None
    return (end - start).days + 1


def overlaps(one: Period, other: Period) -> bool:
    """Tell whether two dated flows share a day."""
    a, b, c, d = (parse_day(day) for day in (one.start, one.end, other.start, other.end))
    return a is not None and b is not None and c is not None and d is not None and a <= d and c <= b


def contains(whole: Period, part: Period) -> bool:
    """Tell whether every day of ``part`` lies in ``whole``; both are dated flows."""
    a, b, c, d = (parse_day(day) for day in (whole.start, whole.end, part.start, part.end))
    return a is not None and b is not None and c is not None and d is not None and a <= c and d <= b


def regular(period: Period) -> Period:
    """Name the kind of a custom span whose days are exactly a calendar month, quarter, half, year or a week.

    >>> regular(Period("2024-07-01", "2024-07-07", PeriodKind.CUSTOM)).kind.value
    'week'
    >>> regular(Period("2022-02-01", "2022-02-14", PeriodKind.CUSTOM)).kind.value
    'custom'
    """
    if period.kind not in {None, PeriodKind.CUSTOM}:
        return period
    start, end = parse_day(period.start), parse_day(period.end)
    if start is None or end is None or end < start:
        return period
    kind = _kind_of_days(start, end)
    return period if kind is period.kind else replace(period, kind=kind)


def _kind_of_days(start: date, end: date) -> PeriodKind:
    if start == end:
        return PeriodKind.DAY
    if start.weekday() == 0 and (end - start).days + 1 in WEEK_DAYS:
        return PeriodKind.WEEK
    whole = start.day == 1 and end.day == calendar.monthrange(end.year, end.month)[1] and start.year == end.year
    first, months = start.month - 1, end.month - start.month + 1
    if whole:
        for length, kind in ((12, PeriodKind.YEAR), (MONTHS_PER_HALF, PeriodKind.HALF),
                             (MONTHS_PER_QUARTER, PeriodKind.QUARTER), (1, PeriodKind.MONTH)):
            if months == length and first % length == 0:
                return kind
    return PeriodKind.CUSTOM


@lru_cache(maxsize=65536)
def period_id(period: Period) -> str:
    """Return the stable name of a period.

    Examples
    --------
    >>> period_id(Period("2024-07-01", "2024-07-07", PeriodKind.WEEK))
    'week-2024-07-01'
    >>> period_id(Period(None, "2025-07-31", PeriodKind.CUMULATIVE))
    'to-2025-07-31'
    >>> period_id(Period("XXXX-06-03", "XXXX-06-09", PeriodKind.WEEK))
    'week-XXXX-06-03'
    >>> period_id(Period("2024-01-01", "2024-03-31", PeriodKind.QUARTER))
    'quarter-2024-q1'
    """
    start, end, kind = period.start, period.end, period.kind
    if end is None and (start is None or kind is PeriodKind.CUMULATIVE):
        return UNDATED
    if kind is PeriodKind.CUMULATIVE:
        return f"to-{end}"
    if start is None or kind is None or kind is PeriodKind.CUSTOM:
        return f"span-{start or 'unknown'}_{end or 'unknown'}"
    year, month = start[:4], start[5:7]
    part = {
        PeriodKind.YEAR: year,
        PeriodKind.MONTH: f"{year}-{month}",
        PeriodKind.QUARTER: f"{year}-q{(int(month) - 1) // MONTHS_PER_QUARTER + 1}",
        PeriodKind.HALF: f"{year}-h{(int(month) - 1) // MONTHS_PER_HALF + 1}",
    }
    return f"{kind}-{part.get(kind, start)}"


def parse_period_id(name: str) -> Period:
    """Return the period that a name stands for; a week gets seven days.

    >>> parse_period_id("month-2024-02")
    Period(start='2024-02-01', end='2024-02-29', kind=<PeriodKind.MONTH: 'month'>, year_source=None)

    Raises
    ------
    UnknownNameError
        If the text is not the name of a period.
    """
    match = _ID.fullmatch(name)
    try:
        if match is not None:
            return _from_parts(match["kind"], match["rest"])
    except (ValueError, OverflowError):
        pass  # said below, for every form at once
    raise UnknownNameError(name, "not the name of a period",
                           mend="write e.g. week-2024-07-01, month-2024-08, year-2025 or to-2025-07-31")


def _from_parts(kind: str, rest: str) -> Period:
    if kind == "to":
        return Period(None, date.fromisoformat(rest).isoformat(), PeriodKind.CUMULATIVE)
    if kind == "span":
        first, _, last = rest.partition("_")
        return Period(date.fromisoformat(first).isoformat(), date.fromisoformat(last).isoformat(), PeriodKind.CUSTOM)
    if kind in {"day", "week"}:
        start = date.fromisoformat(rest)
        end = start + timedelta(days=6 if kind == "week" else 0)
        return Period(start.isoformat(), end.isoformat(), PeriodKind(kind))
    year, _, part = rest.partition("-")
    length = {"month": 1, "quarter": MONTHS_PER_QUARTER, "half": MONTHS_PER_HALF}.get(kind, 12)
    number = int(part.lstrip("qh")) if kind != "year" else 1
    if kind == "year" and part:
        raise ValueError(rest)
    start = date(int(year), (number - 1) * length + 1, 1)
    month: int = start.month + length - 1
    end = date(start.year, month, calendar.monthrange(start.year, month)[1])
    return Period(start.isoformat(), end.isoformat(), PeriodKind(kind))


def nearest_period(name: str, *, known: Iterable[str]) -> str | None:
    """Return the known period that a mistyped or missing one most likely means, ``None`` if there is none.

    Of the same kind the one whose first day is nearest, else the one spelt most alike.

    >>> nearest_period("week-2024-07-02", known=["week-2024-07-29", "week-2024-07-01", "month-2024-07"])
    'week-2024-07-01'
    >>> nearest_period("moth-2024-07", known=["week-2024-07-29", "month-2024-07"])
    'month-2024-07'
    """
    names = sorted(known)
    kind = name.partition("-")[0]
    try:
        wanted = _first_day(name)
        alike = [one for one in names if one.partition("-")[0] == kind]
        return min(alike, key=lambda one: abs((_first_day(one) - wanted).days))
    except (ValueError, UnknownNameError):
        # Not a name of a period, or none of its kind: letters decide.
        return next(iter(difflib.get_close_matches(name, names, n=1, cutoff=0.0)), None)


def _first_day(name: str) -> date:
    period = parse_period_id(name)
    day = parse_day(period.start or period.end)
    if day is None:
        raise UnknownNameError(name, "not the name of a period")
    return day


_KIND_ORDER = {kind: place for place, kind in enumerate(
    (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.CUSTOM, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF,
     PeriodKind.YEAR, PeriodKind.CUMULATIVE))}


def sort_key(period: Period) -> tuple[bool, str, int, str]:
    """Return a key that orders periods by their end, shorter kinds first; undated and open ones last."""
    kind = _KIND_ORDER.get(period.kind or PeriodKind.CUSTOM, len(_KIND_ORDER))
    return (not is_dated(period), period.end or "", kind, period.start or "")


def boundary_version(period: Period, *, boundaries: Iterable[BoundaryVersion]) -> str:
    """Return the name of the district set in force at the end of a period, or ``""`` for an open one.

    A flow that a change cuts in two uses the set of most of its days: the table of a year in whose last month a
    district was made still counts by the districts of the other eleven.
    """
    start, end = parse_day(period.start), parse_day(period.end)
    if end is None:
        return ""
    if start is None or start > end or period.kind is PeriodKind.CUMULATIVE:
        start = end
    in_force = [
        ((min(end, one.valid_to or end) - max(start, one.valid_from or start)).days, one.valid_to or date.max,
         one.version)
        for one in boundaries
        if (one.valid_from or date.min) <= end and start <= (one.valid_to or date.max)
    ]
    return max(in_force)[2] if in_force else ""
