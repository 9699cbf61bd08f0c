"""From what the words say to days: years filled in, ranges checked, kinds told by their days.

A year that neither the text nor its date gives stays open (``XXXX-06-03``, ISO 8601-2).
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from clearance_atlas.model import Period, PeriodKind, YearSource
from clearance_atlas.statements.weekdays import WEEKDAY_GONE, WEEKDAYS, last_weekday

if TYPE_CHECKING:
    from clearance_atlas.statements.mentions import Day, Mention

OPEN = "XXXX"
_WEEK_DAYS = range(5, 9)
_MONTH_DAYS = range(27, 32)
_REPORTED_WITHIN = timedelta(days=100)


_NEARLY, _HALF = 7, 6
_FRESH = timedelta(days=14)
_YEAR = timedelta(days=365)
_AUTUMN = 9  # its first month


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of a document's own day.

    ``published`` is the day of publication; ``earliest`` and ``latest`` bound it where it is not known; ``source``
    says how sure the years are that follow from it; ``war_end`` is the start of "to date" in the profile.
    ``past_dates`` are the full dates of sentences that plan nothing. ``strict`` bounds come from other documents: a
    year follows from them only where it is the same on both days.
    """

    published: date | None = None
    earliest: date | None = None
    latest: date | None = None
    source: YearSource | None = None
    war_end: date | None = None
    full_dates: tuple[date, ...] = ()
    past_dates: tuple[date, ...] = ()
    strict: bool = False

    @property
    def reference(self) -> date | None:
        """The day that "to date" and "this year" refer to: of publication, or the last of the month of a date line."""
        if self.published is None and self.latest is not None and self.earliest == self.latest.replace(day=1) \
                and self.source == YearSource.PUBLICATION:
            return self.latest
        return self.published


@dataclass(frozen=True, slots=True)
class Reading:
    """A mention as days, and whether the printed range cannot be."""

    period: Period
    suspect: bool = False


def resolve(  # noqa: C901, PLR0911  one form of expression a line
    mention: Mention, *, anchor: Anchor,
) -> Reading | None:
    """Return the days of a mention, or ``None`` where it refers to another one of the text."""
    form = mention.form
    if mention.shift is not None and anchor.reference is not None:
        year = anchor.reference.year + mention.shift
        begin = replace(mention.begin, year=mention.begin.year or (None if form == "range" else year))
        end = replace(mention.end, year=mention.end.year or (year if form == "range" else None))
        mention = replace(mention, begin=begin, end=end, shift=None)
        reading = resolve(mention, anchor=anchor)
        return replace(reading, period=replace(reading.period, year_source=YearSource.PUBLICATION)) if reading else None
    if mention.end.shift is not None or mention.begin.shift is not None:
        return _shifted_range(mention, anchor=anchor)
    if form == "range":
        reading = _range(mention.begin, mention.end, anchor=anchor)
        if reading and mention.part[0] == "week" and reading.period.kind == PeriodKind.CUSTOM:
            return replace(reading, period=replace(reading.period, kind=PeriodKind.WEEK))
        counts = mention.part[0] == "since" and reading and not _is_new_year(mention)
        return replace(reading, period=replace(reading.period, kind=PeriodKind.CUMULATIVE)) if reading and counts \
            else reading
    if form == "recent":
        return _recent(mention, anchor=anchor)
    if form == "undated":
        return Reading(Period(None, None, PeriodKind.DAY if mention.part[0] == "day" else PeriodKind.CUSTOM, None))
    if mention.part[0] in WEEKDAYS:
        return _weekday(mention, anchor=anchor)
    if form in {"day", "month", "year"}:
        return _single(mention.begin, anchor=anchor)
    if form == "part":
        return _part(mention, anchor=anchor)
    if form == "since":
        return _since(mention, anchor=anchor)
    if form == "until":
        last, source = _last_day(mention.begin, anchor=anchor)
        return Reading(Period(None, last, PeriodKind.CUMULATIVE, source))
    if form == "cumulative":
        return Reading(Period(_iso(anchor.war_end), _iso(anchor.reference), PeriodKind.CUMULATIVE,
                              anchor.source if anchor.reference else None))
    return _relative(form, mention, anchor=anchor)


def _shifted_range(mention: Mention, *, anchor: Anchor) -> Reading | None:
    """Read a range whose ends name their own years: "from November of last year to March of this year"."""
    ends = []
    for day in (mention.begin, mention.end):
        told = anchor.reference.year + day.shift if anchor.reference and day.shift is not None else None
        ends.append(replace(day, year=day.year or told, shift=None))
    begin, end = ends
    if end.year or not begin.year or mention.end.shift is None:
        return _range(begin, end, anchor=anchor)
    start, finish = _range(begin, begin, anchor=anchor), _open(end, end)
    last = finish.period.end  # "this year" in a text without a date: its year stays open
    first = start.period.start if start else None
    since_war = anchor.war_end is not None and first in {_iso(anchor.war_end), _iso(anchor.war_end.replace(day=1))}
    kind = PeriodKind.CUMULATIVE if since_war else PeriodKind.CUSTOM
    return Reading(Period(first, last, kind, None))


def _is_new_year(mention: Mention) -> bool:
    """Say whether a count begins with the year in which it ends: "since 1 January and up to 28 September"."""
    begin, end = mention.begin, mention.end
    return begin.month == 1 and (begin.day or 1) == 1 and (begin.year is None or begin.year == end.year)


def _relative(  # noqa: PLR0911  one form of expression a line
    form: str, mention: Mention, *, anchor: Anchor,
) -> Reading | None:
    day = anchor.published if form in {"week", "yesterday", "today"} else anchor.reference
    source = YearSource.PUBLICATION if anchor.source != YearSource.INFERRED else YearSource.INFERRED
    if form == "year_start":
        year = mention.begin.year or (day.year if day else None)
        source = YearSource.TEXT if mention.begin.year else source
        start = f"{year}-01-01" if year else f"{OPEN}-01-01"
        return Reading(Period(start, _iso(day), PeriodKind.CUSTOM, source if year else None))
    kinds = {"last_year": PeriodKind.YEAR, "this_year": PeriodKind.YEAR, "next_year": PeriodKind.YEAR,
             "last_month": PeriodKind.MONTH, "this_month": PeriodKind.MONTH,
             "month_start": PeriodKind.CUSTOM, "today": PeriodKind.DAY,
             "yesterday": PeriodKind.DAY,
             "week": PeriodKind.WEEK}
    if form not in kinds:
        return None
    if day is None:
        return Reading(Period(None, None, kinds[form], None))
    if form in {"last_year", "this_year", "next_year"}:
        year = day.year + {"last_year": -1, "this_year": 0, "next_year": 1}[form]
        return Reading(Period(f"{year}-01-01", f"{year}-12-31", PeriodKind.YEAR, source))
    if form == "month_start":
        return Reading(Period(day.replace(day=1).isoformat(), _iso(day), PeriodKind.CUSTOM, source))
    if form in {"last_month", "this_month"}:
        first = day.replace(day=1)
        first = (first - timedelta(days=1)).replace(day=1) if form == "last_month" else first
        return Reading(Period(first.isoformat(), _month_end(first).isoformat(), PeriodKind.MONTH, source))
    if form in {"yesterday", "today"}:
        before = (day - timedelta(days=form == "yesterday")).isoformat()
        return Reading(Period(before, before, PeriodKind.DAY, source))
    if form == "week":
        monday = day - timedelta(days=day.weekday() + 7)
        return Reading(Period(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), PeriodKind.WEEK, source))
    return None


def _recent(mention: Mention, *, anchor: Anchor) -> Reading:
    """Return so many days up to the day of publication, or the day and night before it."""
    unit, count = mention.part
    kind = PeriodKind.DAY if unit == "day" else PeriodKind.CUSTOM
    if anchor.published is None:
        return Reading(Period(None, None, kind, None))
    start = anchor.published - timedelta(days=count if unit == "day" else count - 1)
    return Reading(Period(_iso(start), _iso(anchor.published), kind, YearSource.PUBLICATION))


def _weekday(mention: Mention, *, anchor: Anchor) -> Reading:
    """Return the day of a weekday, which only a text with a date tells."""
    if anchor.published is None:
        return Reading(Period(None, None, PeriodKind.DAY, None))
    kind, number = mention.part
    day = last_weekday(number, anchor.published, gone=kind == WEEKDAY_GONE).isoformat()
    return Reading(Period(day, day, PeriodKind.DAY, YearSource.PUBLICATION))


def _part(mention: Mention, *, anchor: Anchor) -> Reading | None:
    kind, rank = mention.part
    if kind in {"head", "tail", "ending", "starting"}:
        return _counted_days(mention, anchor=anchor)
    year, source = mention.begin.year, YearSource.TEXT
    if not rank and anchor.published is None:
        return None
    if not rank and anchor.published is not None:  # "for the half-year": the last one that is over, or nearly so
        rank = 1 if (anchor.published + timedelta(days=_NEARLY)).month > _HALF else 2
    if kind == "week_of" and mention.begin.month:
        begin = replace(mention.begin, day=1 + 7 * (rank - 1))
        return _range(begin, replace(begin, day=min(7 * rank, 31)), anchor=anchor) if rank <= 4 else None  # noqa: PLR2004  weeks of a month
    if year is None:
        if anchor.published is None:
            first_month, last_month = _months_of(kind, rank)
            return Reading(Period(f"{OPEN}-{first_month:02}-01", f"{OPEN}-{last_month:02}-"
                                  f"{calendar.monthrange(2023, last_month)[1]}", _part_kind(kind), None))
        source = YearSource.PUBLICATION
        year = anchor.published.year
        _, last_month = _months_of(kind, rank)
        if date(year, last_month, 1) > anchor.published:
            year -= 1
    first_month, last_month = _months_of(kind, rank)
    start, end = date(year, first_month, 1), _month_end(date(year, last_month, 1))
    return Reading(Period(start.isoformat(), end.isoformat(), _part_kind(kind), source))


def _counted_days(mention: Mention, *, anchor: Anchor) -> Reading | None:
    """Return so many days at the head or tail of a month, or up to or from a day: "the week ending 8 September"."""
    kind, count = mention.part
    single = _single(mention.begin, anchor=anchor)
    if single is None or single.suspect or not single.period.start or single.period.start.startswith("X"):
        return single
    first, last = date.fromisoformat(single.period.start), date.fromisoformat(single.period.end or "")
    span = timedelta(days=min(count, 31) - 1)
    start, end = (last - span, last) if kind in {"tail", "ending"} else (first, first + span)
    return Reading(_period(start, end, single.period.year_source or YearSource.TEXT))


def _months_of(kind: str, rank: int) -> tuple[int, int]:
    if kind == "quarter":
        return 3 * rank - 2, 3 * rank
    if kind == "half":
        return (1, 6) if rank == 1 else (7, 12)
    return 1, min(rank, 12)


def _part_kind(kind: str) -> PeriodKind:
    return {"quarter": PeriodKind.QUARTER, "half": PeriodKind.HALF}.get(kind, PeriodKind.CUSTOM)


def _since(mention: Mention, *, anchor: Anchor) -> Reading:
    begin = mention.begin
    if mention.part[0] == "autumn" and not _is_war_end(begin, anchor, event=True):
        begin = replace(begin, month=_AUTUMN)
    elif _is_war_end(begin, anchor, event=mention.part[0] in {"event", "autumn"}):
        return Reading(Period(_iso(anchor.war_end), _iso(anchor.reference), PeriodKind.CUMULATIVE, YearSource.TEXT))
    single = _single(begin, anchor=anchor)
    start = single.period.start if single else None
    source = single.period.year_source if single else None
    at_new_year = begin.month == 1 and (begin.day or 1) == 1
    kind = PeriodKind.CUSTOM if at_new_year else PeriodKind.CUMULATIVE
    return Reading(Period(start, _iso(anchor.reference), kind, source))


def _is_war_end(begin: Day, anchor: Anchor, *, event: bool) -> bool:
    """Say whether "since the war ended in autumn 2020", "since November 2020" mean the day that the profile knows.

    Without a year it is meant by "since the cease-fire in November" in the twelve months after it, or without a date.
    """
    end, day = anchor.war_end, anchor.published
    if end is not None and event and begin.year is None and (begin.month, begin.day) == (end.month, end.day):
        return True  # "since the deal of 10 November was signed"
    if end is None or begin.day is not None:
        return False
    if begin.year is None:
        return event and begin.month == end.month and (day is None or timedelta(0) <= day - end < _YEAR)
    return begin.year == end.year and (begin.month == end.month or (event and begin.month is None))


def _last_day(begin: Day, *, anchor: Anchor) -> tuple[str | None, YearSource | None]:
    single = _single(begin, anchor=anchor)
    return (single.period.end, single.period.year_source) if single else (None, None)


def _single(begin: Day, *, anchor: Anchor) -> Reading | None:
    if begin.month is None:
        if begin.year is None:
            return None
        return Reading(Period(f"{begin.year}-01-01", f"{begin.year}-12-31", PeriodKind.YEAR, YearSource.TEXT))
    last = replace(begin, day=begin.day or 0)
    return _range(replace(begin, day=begin.day or 1), last, anchor=anchor)


def _range(  # noqa: C901  each way in which print leaves out half a date
    begin: Day, end: Day, *, anchor: Anchor,
) -> Reading | None:
    begin, end = _filled(begin, end)
    if begin.month is not None and end.month is None and end.year is not None:
        end = replace(end, month=12)  # "up to the end of 2020"
    if begin.month is None and begin.year is not None and end.month is not None and end.year is not None:
        begin = replace(begin, month=1)  # "since 2020 and up to 1 February 2024"
    if begin.day and end.day and begin.month is end.month is None and anchor.published is not None:
        day = anchor.published  # "from the 1st to the 7th of the month"
        day = day if day.day >= end.day else day.replace(day=1) - timedelta(days=1)
        begin, end = replace(begin, month=day.month, year=day.year), replace(end, month=day.month, year=day.year)
    if begin.month is None or end.month is None:
        if begin.year and end.year and begin.month is None and end.month is None:
            return Reading(_period(date(begin.year, 1, 1), date(end.year, 12, 31), YearSource.TEXT))
        return None
    source = YearSource.TEXT
    if begin.year is None and end.year is None:
        year, source_found = _year_of(end, begin, anchor=anchor)
        if year is None:
            return _open(begin, end)
        source = source_found or YearSource.PUBLICATION
        end = replace(end, year=year)
    # Within one month the first day cannot be the later one, whatever the year: such a range is misprinted.
    later = begin.month > (end.month or begin.month)
    if begin.year is None and end.year is not None:
        begin = replace(begin, year=end.year - later)
    elif end.year is None and begin.year is not None:
        fresh = _just_before(end, anchor.published) if anchor.published else None
        end = replace(end, year=max(begin.year + later, fresh or 0))
    start_day, end_day = _as_date(begin, last=False), _as_date(end, last=True)
    if start_day is None or end_day is None:
        return Reading(Period(_iso(start_day), _iso(end_day), PeriodKind.CUSTOM, source), suspect=True)
    if start_day > end_day:
        open_start = f"{OPEN}-{start_day:%m-%d}"
        return Reading(Period(open_start, end_day.isoformat(), PeriodKind.CUSTOM, source), suspect=True)
    return Reading(_period(start_day, end_day, source))


def _just_before(end: Day, published: date) -> int | None:
    """Return the year of publication for a day of the weeks before it: "from 10 November 2020 to 9 July"."""
    day = _as_date(replace(end, year=published.year), last=True)
    return published.year if day is not None and timedelta(0) <= published - day <= _FRESH else None


def _filled(begin: Day, end: Day) -> tuple[Day, Day]:
    """Fill a month said once: "1 to 7 July", "February 3 to 9"."""
    if begin.month is None and end.month is not None and begin.day is not None:
        begin = replace(begin, month=end.month)
    if end.month is None and begin.month is not None and end.day is not None:
        end = replace(end, month=begin.month)
        if end.year is None and begin.year is not None:
            end = replace(end, year=begin.year)
    return begin, end


def _year_of(end: Day, begin: Day, *, anchor: Anchor) -> tuple[int | None, YearSource | None]:
    """Return the year of a range without one: the latest that had begun by the day of publication."""
    month, day = end.month or 12, end.day or 1
    if anchor.published is not None:
        first = (begin.month or month, begin.day or 1)
        wraps = first[0] > month
        probe = _safe(anchor.published.year, begin.month or month, begin.day or 1)
        year = anchor.published.year if probe <= anchor.published + timedelta(days=1) else anchor.published.year - 1
        return year + wraps if not (wraps and probe > anchor.published) else year + 1, anchor.source
    if anchor.earliest and anchor.latest and anchor.strict:
        told = _year_between(end, begin, anchor.earliest, anchor.latest)
        if told is not None:
            return told, YearSource.INFERRED
    elif anchor.earliest and anchor.latest:
        years = [year for year in range(anchor.earliest.year - 1, anchor.latest.year + 1)
                 if _safe(year, month, day) <= anchor.latest]
        fits = [year for year in years if _safe(year, month, day) > anchor.latest - timedelta(days=366)]
        same = {year for year in fits if anchor.earliest.year == anchor.latest.year}
        if len(same) == 1:
            return same.pop(), YearSource.INFERRED
    day = end.day or calendar.monthrange(2023, month)[1]  # a month is near its report by its last day
    near = {known.year for known in anchor.full_dates if abs((known - _safe(known.year, month, day)).days) <= 21}  # noqa: PLR2004  three weeks
    return (near.pop(), YearSource.INFERRED) if len(near) == 1 else (None, None)


def _year_between(end: Day, begin: Day, earliest: date, latest: date) -> int | None:
    """Return the year of a span in a text published between two days, ``None`` where more than one may be.

    A bulletin appears within a hundred days of what it reports; where no year fits that, the span is an older one, and
    its year is told only if it is the same for the first and the last day.
    """
    month, day = end.month or 12, end.day or calendar.monthrange(2023, end.month or 12)[1]
    fits = [year for year in range(earliest.year - 1, latest.year + 1)
            if earliest - _REPORTED_WITHIN <= _safe(year, month, day) <= latest]
    if fits:
        return fits[0] if len(fits) == 1 else None
    years = {_year_of(end, begin, anchor=Anchor(bound))[0] for bound in (earliest, latest)}
    return years.pop() if len(years) == 1 else None


def _safe(year: int, month: int, day: int) -> date:
    return date(year, month, min(day or 1, calendar.monthrange(year, month)[1]))


def _open(begin: Day, end: Day) -> Reading:
    last = end.day or calendar.monthrange(2023, end.month or 1)[1]
    start = f"{OPEN}-{begin.month:02}-{begin.day or 1:02}"
    finish = f"{OPEN}-{end.month:02}-{last:02}"
    wraps = (begin.month or 0) > (end.month or 0)
    try:
        kind = kind_of_span(date(2023, begin.month or 1, begin.day or 1), date(2023 + wraps, end.month or 1, last))
    except ValueError:
        return Reading(Period(None, None, PeriodKind.CUSTOM, None), suspect=True)
    reversed_days = begin.month == end.month and (begin.day or 1) > last
    return Reading(Period(start, finish, kind, None), suspect=reversed_days)


def _as_date(day: Day, *, last: bool) -> date | None:
    if day.year is None or day.month is None or not 1 <= day.month <= 12:  # noqa: PLR2004  months of a year
        return None
    length = calendar.monthrange(day.year, day.month)[1]
    number = day.day or (length if last else 1)
    return date(day.year, day.month, number) if number <= length else None


def _period(start: date, end: date, source: YearSource) -> Period:
    return Period(start.isoformat(), end.isoformat(), kind_of_span(start, end), source)


def kind_of_span(start: date, end: date) -> PeriodKind:
    """Return the kind of a reporting period by its days.

    >>> kind_of_span(date(2022, 7, 18), date(2022, 7, 24)).value
    'week'
    >>> kind_of_span(date(2023, 1, 1), date(2023, 1, 30)).value
    'month'
    """
    whole_months = start.day == 1 and end == _month_end(end)
    if whole_months and start.year == end.year:
        lengths = ((12, PeriodKind.YEAR), (6, PeriodKind.HALF), (3, PeriodKind.QUARTER), (1, PeriodKind.MONTH))
        for length, kind in lengths:
            if end.month - start.month + 1 == length and (start.month - 1) % length == 0:
                return kind
    if start.day == 1 and (start.year, start.month) == (end.year, end.month) and (end - start).days + 1 in _MONTH_DAYS:
        return PeriodKind.MONTH
    return _kind_of((end - start).days + 1)


def _kind_of(days: int) -> PeriodKind:
    if days == 1:
        return PeriodKind.DAY
    if days in _WEEK_DAYS:
        return PeriodKind.WEEK
    return PeriodKind.CUSTOM


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
