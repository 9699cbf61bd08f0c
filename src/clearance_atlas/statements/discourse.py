"""The document pass over time: which period a figure has when its own sentence does not say."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Period, PeriodKind, YearSource
from clearance_atlas.statements.accidents import MOST_IN_ACCIDENT, accident_of, casualty_period, undated_accident
from clearance_atlas.statements.announcements import announcement, running_year
from clearance_atlas.statements.attachment import fits, nearest_time
from clearance_atlas.statements.clock import (
    JUST_SAID,
    SHORT_KINDS,
    as_date,
    is_event_day,
    is_speech_day,
)
from clearance_atlas.statements.cumulative import (
    already,
    counts_more,
    is_beyond,
    is_outdone,
    iso_day,
    perfect_until,
    runs_to_date,
    state_to_date,
    to_date,
)
from clearance_atlas.statements.days import OPEN
from clearance_atlas.statements.drafts import MOST_COMPARED
from clearance_atlas.statements.nouns import CASUALTY
from clearance_atlas.statements.references import by_reference, goes_on_counting, just_spanned, of_count_before

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence, Timed

_SAME_NEWS = 1  # sentences: a count since the war far below is no period of the news above it
_WEEK = 7
_ROUNDING = Decimal("0.1")
_MAPS_REACH = 3


def set_periods(  # noqa: C901, PLR0912, PLR0915  one walk over the figures, one case a line
    drafts: Sequence[Draft], clock: Clock,
) -> None:
    """Give every draft its period."""
    current: Period | None = None
    announced: Sentence | None = None  # the sentence without figures that named the current period
    casualty: tuple[int, Period] | None = None
    told: tuple[int, Period] | None = None  # the span that a sentence about mines and their victims names
    pending: list[Draft] = []
    opened = False
    last_sentence = last_paragraph = -1
    before: Sentence | None = None
    compared: set[int] = set()
    held: tuple[int, Period] | None = None  # the same for people: the paragraph of the look back, the time before it
    returning: tuple[int, Period] | None = None  # after a look back, the next paragraph goes on with the news
    for draft in drafts:
        number = draft.sentence.number
        for sentence in clock.sentences[last_sentence + 1:number]:
            if not sentence.figures and (span := announcement(sentence, clock, counts=current is None)):
                if current is None and span.kind == PeriodKind.CUMULATIVE:
                    opened = bool(pending)  # a headline and the count that the text opens with are one
                current, announced = span, sentence
                if any(token.tags & CASUALTY or token.has("mine") for token in sentence.tokens) \
                        or span.kind == PeriodKind.CUMULATIVE:
                    told = (sentence.number, span)
        last_sentence = number
        if returning and number > returning[0] and (
                draft.sentence.paragraph != last_paragraph or returning[0] in compared):
            current, returning = returning[1], None
        if held and draft.sentence.paragraph != held[0]:
            casualty, held = (number - 1, held[1]), None
        last_paragraph = draft.sentence.paragraph
        again = any(timed.mention.form == "before" for timed in draft.sentence.times)
        known = returning[1] if again and returning and returning[0] == number else current  # both "a week earlier"
        period = _own(draft, clock, casualty[1] if casualty and draft.is_casualty else known)
        if period is not None and announced is not None and _goes_on(draft, period, current, clock):
            period, draft.announced = replace(period, start=current.start if current else None), announced
        if period is None and draft.whole is not None:
            period = draft.whole.period
        elif period is None and draft.is_casualty:
            accident = accident_of(draft, clock)
            if accident is not None:
                draft.incident, period = accident
            elif told and 0 < number - told[0] <= JUST_SAID:
                period = casualty[1] if casualty and casualty[0] >= told[0] else told[1]
            elif (scene := undated_accident(draft, drafts, clock)) is not None:
                draft.incident, period = scene, Period()
            else:
                period = casualty_period(draft, clock, casualty)
        elif period is None and (draft.measure == Measure.MINES_MAPPED or Flag.PLANNED in draft.flags
                                 or draft.is_state):
            period = (draft.measure == Measure.MINES_MAPPED and _day_of_maps(draft, clock)) or Period()
        elif period is None:
            period, draft.announced = current, announced
            if period is not None and is_beyond(draft, before, drafts, clock):
                period = Period(None, iso_day(clock.spoken(number, near=False) or clock.anchor.reference),
                                PeriodKind.CUMULATIVE, YearSource.PUBLICATION if clock.anchor.reference else None)
            if period is None:
                pending.append(draft)
                continue
        draft.period = period or Period()
        if draft.item == "incidents" and draft.own_time:
            casualty = (number, draft.period)  # "20 explosions in 2021. Fifteen people died."
        if draft.is_casualty:
            if casualty and number - casualty[0] <= 1 and _is_year_before(draft.period, casualty[1]):
                held = draft.sentence.paragraph, casualty[1]
            if not (casualty and casualty[0] == number and _is_before(draft.period, casualty[1])):
                casualty = (number, draft.period)
            if not draft.own_time:
                continue
        if draft.measure != Measure.MINES_MAPPED and not draft.flags & {Flag.PLANNED, Flag.ORDERED} \
                and draft.rule != "list/dated-parts" and not draft.is_state \
                and (not draft.is_casualty or current is None):
            if current is not None and _is_before(draft.period, current) and not returning:
                returning = (draft.sentence.number, current)
                if before is draft.sentence:
                    compared.add(draft.sentence.number)  # a look back within the sentence ends with it
            elif returning and not _is_before(draft.period, returning[1]):
                returning = None
            announced = None if draft.period != current and draft.announced is None else announced
            current, before = draft.period, draft.sentence
    _with_their_parts(drafts)
    dated = [d for d in drafts if d.period.kind and not d.is_casualty and d.measure != Measure.MINES_MAPPED]
    following = next((d.period for d in dated if d.period.kind in SHORT_KINDS), None) or clock.main_span(weekly=False)
    if following is not None and following.kind == PeriodKind.DAY and dated and dated[0].period != following:
        following = None  # the day of one find, told after a count of all: not that of the news above
    longer = next((d for d in drafts if d.period.kind and not d.is_casualty
                   and d.measure != Measure.MINES_MAPPED and not d.flags & {Flag.PLANNED}), None)
    if following is not None and longer is not None and _opens(longer.period, following):
        following = None
    named = clock.year_named()
    state = already(pending, clock) if following is None and longer is None and named is None else None
    stated = _stated_after(pending, clock) if following is None and longer is None else None
    for draft in pending:
        near = longer and (longer.sentence.number - draft.sentence.number <= _SAME_NEWS
                           or longer.period.end == iso_day(clock.anchor.published)) and not (
            longer.period.kind == PeriodKind.CUMULATIVE and counts_more(longer, draft))
        later = following or (longer.period if longer and near else None) or named or (
            (perfect_until(draft, clock) or state) if draft.mention is None else None)  # not "in the said period"
        later = stated or later
        if opened and longer is not None and longer.period.kind == PeriodKind.CUMULATIVE:
            later = longer.period
        twin = _said_again(draft, drafts[:MOST_COMPARED])
        if twin is not None:
            later = twin.period
        elif runs_to_date(draft, drafts[:MOST_COMPARED], later):
            published = Period(None, iso_day(clock.anchor.published), PeriodKind.CUMULATIVE)
            later = to_date(draft, clock, published, "cumulative")
        if later is not None and later.kind == PeriodKind.CUMULATIVE and twin is None \
                and is_outdone(draft, later, drafts[:MOST_COMPARED]):
            later = None
        draft.period = later or Period()
        if later is None and (said := perfect_until(draft, clock)):
            draft.period = said
        elif later is None and "background" in draft.sentence.cues:
            draft.period = Period(None, None, PeriodKind.CUMULATIVE)  # a state reported earlier, its day unknown
    for draft in pending:
        if draft.period.kind is None and draft.part is not None:
            draft.period = draft.part.period


def _stated_after(pending: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the time that the next sentence says all figures are of: "These figures run from November 2020 on"."""
    number = pending[-1].sentence.number + 1 if pending else len(clock.sentences)
    if number >= len(clock.sentences):
        return None
    sentence = clock.sentences[number]
    readings = [clock.reading(sentence, timed) for timed in sentence.times
                if timed.mention.form in {"since", "cumulative", "year_start"} and not is_event_day(sentence, timed)]
    periods = [reading.period for reading in readings if reading]
    return periods[0] if periods and not sentence.figures and "these_figures" in sentence.cues else None


def _said_again(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the later figure with a period that a headline's figure rounds or repeats."""
    value = draft.area_ha or draft.value
    for other in drafts:
        exact = other.area_ha or other.value
        if other.measure == draft.measure and other.sentence.number > draft.sentence.number and other.period.kind \
                and value and abs(exact - value) < value * _ROUNDING and not other.flags & {Flag.PLANNED, Flag.SUBSET}:
            return other
    return None


def _with_their_parts(drafts: Sequence[Draft]) -> None:
    """Give a total of victims without a time of its own that of the killed and injured beside it who make it up."""
    people = [draft for draft in drafts if draft.is_casualty][:MOST_IN_ACCIDENT]
    for total in people:
        if total.measure != Measure.CASUALTIES or total.own_time or total.incident is not None:
            continue
        near = [draft for draft in people if abs(draft.sentence.number - total.sentence.number) <= JUST_SAID]
        killed = next((draft for draft in near if draft.measure == Measure.KILLED), None)
        injured = next((draft for draft in near if draft.measure == Measure.INJURED), None)
        if killed and injured and killed.own_time and total.value == killed.value + injured.value:
            total.period = killed.period


def _goes_on(draft: Draft, period: Period, current: Period | None, clock: Clock) -> bool:
    """Say whether "to this day" ends a count whose first day was announced: "at work in Gazakh since April ..."."""
    war_end = iso_day(clock.anchor.war_end)
    return draft.mention is not None and draft.mention.form == "cumulative" and not draft.is_casualty \
        and current is not None and current.kind == PeriodKind.CUMULATIVE and period.start in {None, war_end} \
        and current.start not in {None, war_end} and "g:region" not in draft.sentence.tags


def _opens(count: Period, month: Period) -> bool:
    """Say whether a month is only the one in which a count begins, named once more as that of an event."""
    return count.kind == PeriodKind.CUMULATIVE and month.kind == PeriodKind.MONTH and bool(count.start) \
        and bool(month.start) and str(count.start)[:7] == str(month.start)[:7]


def _is_before(one: Period, other: Period) -> bool:
    """Say whether a period ends before another begins."""
    end, start = as_date(one.end), as_date(other.start)
    return end is not None and start is not None and end < start


def _is_year_before(one: Period, other: Period) -> bool:
    """Say whether a whole year is the one before a count of this year: "37 so far this year. In all of 2019 ..."."""
    open_year = other.kind == PeriodKind.CUSTOM and (other.start or "") == f"{OPEN}-01-01"
    return one.kind == PeriodKind.YEAR and (open_year or _is_before(one, other))


def _own(  # noqa: C901, PLR0911, PLR0912  one form of expression a line
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


def _day_of_maps(draft: Draft, clock: Clock) -> Period | None:
    """Return the day on which maps changed hands, told in a sentence about them before, or reported just after."""
    number = draft.sentence.number
    for other in (*reversed(clock.sentences[max(0, number - _MAPS_REACH):number]),
                  *clock.sentences[number + 1:number + 1 + JUST_SAID]):
        days = [(timed, reading) for timed in other.times if timed.mention.form == "day"
                and (reading := clock.reading(other, timed)) is not None and not is_event_day(other, timed)]
        told = "mapped" in other.cues if other.number < number else any(is_speech_day(other, t) for t, _ in days)
        if len(days) == 1 and told and not other.figures:
            return days[0][1].period
    return None


