"""Expressions of time: the period that the one nearest to a figure gives it, where the document pass has come."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Period, PeriodKind, YearSource
from clearance_atlas.statements.announcements import running_year
from clearance_atlas.statements.attachment import fits, nearest_time
from clearance_atlas.statements.clock import JUST_SAID, as_date
from clearance_atlas.statements.cumulative import iso_day, state_to_date, to_date
from clearance_atlas.statements.references import by_reference, goes_on_counting, just_spanned, of_count_before

if TYPE_CHECKING:
    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Timed

_WEEK = 7


def expressed(  # noqa: C901, PLR0911, PLR0912  one form of expression a line
    draft: Draft, clock: Clock, current: Period | None,
) -> Period | None:
    """Return the period that the draft's sentence gives it."""
    if _dates_only_its_part(draft, clock):
        return to_date(draft, clock, Period(None, iso_day(clock.anchor.published), PeriodKind.CUMULATIVE), "cumulative")
    timed = nearest_time(draft, clock)
    if timed is None:
        return state_to_date(draft, clock)
    draft.mention = timed.mention
    form = timed.mention.form
    reading = clock.reading(draft.sentence, timed)
    if form in {"reference", "week"}:
        counted = of_count_before(draft, clock) if form == "reference" else None
        if counted is None and current is not None and goes_on_counting(draft, clock, current):
            return current
        return counted or by_reference(draft, clock, current, reading, form)
    if form == "before":
        return _shifted(current, timed.mention.part[0])
    if form in {"last_month", "this_month"} and (span := clock.main_span(weekly=False, monthly=True)) \
            and (as_date(span.start) or reading is None or reading.period.start is None):
        return span
    if form in {"year", "last_year"} and current is not None and reading is not None \
            and "t:same_period" in draft.sentence.tags:
        known = reading.period.start or not as_date(current.start)
        return _same_part(current, reading.period) if known else _shifted(current, "year")
    if form == "last_year" and reading and reading.period.start is None and current and current.kind == PeriodKind.YEAR:
        return current  # without a date line, the year that the text has named
    if form == "this_year" and not draft.flags & {Flag.PLANNED, Flag.ORDERED} and reading and clock.anchor.reference:
        return Period(reading.period.start, clock.anchor.reference.isoformat(), PeriodKind.CUSTOM,
                      reading.period.year_source)
    if reading is None:
        return None
    draft.own_time = True
    if form == "year" and not draft.flags & {Flag.PLANNED, Flag.ORDERED} \
            and (so_far := running_year(reading.period, clock)):
        return so_far
    if reading.suspect:
        draft.flags.add(Flag.SUSPECT_PERIOD)
    if timed.mention.part[0] == "run on" and 0 < draft.figure_start - timed.end <= JUST_SAID:
        draft.flags.add(Flag.SUSPECT_VALUE)  # its first digits are the day before it
    period = reading.period
    if draft.rule == "list/dated-parts" and form == "until" and timed.mention.begin.month is None:
        return replace(period, start=f"{timed.mention.begin.year}-01-01", kind=PeriodKind.YEAR)  # "to 2023 fall 200"
    if form == "until" and "t:recent" in draft.sentence.tags:
        return replace(period, kind=PeriodKind.CUSTOM)
    if form == "cumulative" and (so_far := _year_so_far(draft, clock, timed)) is not None:
        return so_far
    if form == "cumulative" and current is not None and just_spanned(draft, clock, current):
        return current  # "from May 2021 to June 2023 ... Over those years 90 mines"
    if form in {"cumulative", "since", "year_start"}:
        return to_date(draft, clock, period, form)
    return period


def _year_so_far(draft: Draft, clock: Clock, so_far: Timed) -> Period | None:
    """Return this year up to now where "so far" closes what the year gave: "This year has seen 67 victims so far"."""
    sentence, day = draft.sentence, clock.anchor.reference
    year = next((timed for timed in sentence.times if timed.mention.form == "this_year"), None)
    if year is None or day is None or "event" in sentence.cues:
        return None
    low, high = sorted((year.start, so_far.start))
    between = [figure for figure in sentence.figures if low < sentence.char(figure.at) < high]
    closes = any(token.start == so_far.end and token.kind == "p" for token in sentence.tokens)
    parted = any(low < token.start < high and token.text == ";" for token in sentence.tokens)
    if parted or not (len(sentence.figures) == 1 or (len(between) == 1 and year.start < so_far.start and closes)):
        return None
    return Period(f"{day.year}-01-01", day.isoformat(), PeriodKind.CUSTOM, YearSource.PUBLICATION)


def _dates_only_its_part(draft: Draft, clock: Clock) -> bool:
    """Say whether the year stands with a part of a total: "180,000 ha were cleared, 62,000 of these in 2024"."""
    sentence = draft.sentence
    part = next((figure for figure in sentence.figures if figure.at > draft.at), None)
    if part is None or part.unit != draft.unit or draft.is_casualty or not any(
            token.has("c:of_them") for token in sentence.tokens[part.at:part.last + 3]):
        return False
    times = [timed for timed in sentence.times if fits(draft, timed, clock)]
    return bool(times) and all(timed.start > sentence.char(part.at) and timed.mention.form in {"year", "this_year"}
                               for timed in times)


def _shifted(current: Period | None, by: str) -> Period | None:
    """Return the period a week, month or year before the current one: "a week earlier it was 1,388"."""
    start, end = (as_date(current.start), as_date(current.end)) if current else (None, None)
    if current is None or start is None or end is None:
        return Period()
    if by == "week":
        if (end - start).days >= _WEEK:
            return Period()
        start, end = start - timedelta(days=_WEEK), end - timedelta(days=_WEEK)
    elif by == "month":
        if current.kind != PeriodKind.MONTH:
            return Period()
        end = start - timedelta(days=1)
        start = end.replace(day=1)
    else:
        last = min(end.day, calendar.monthrange(end.year - 1, end.month)[1])
        start = start.replace(year=start.year - 1, day=min(start.day, 28))
        end = end.replace(year=end.year - 1, day=last)
    return replace(current, start=start.isoformat(), end=end.isoformat())


def _same_part(current: Period, year: Period) -> Period:
    """Return the current period in another year: "in the same period of 2023"."""
    if not (current.start and current.end and year.start):
        return year
    return Period(year.start[:4] + current.start[4:], year.start[:4] + current.end[4:], current.kind, year.year_source)
