"""The document pass over time: which period a figure has when its own sentence does not say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Period, PeriodKind, YearSource
from clearance_atlas.statements.accidents import MOST_IN_ACCIDENT, accident_of, casualty_period, undated_accident
from clearance_atlas.statements.announcements import announcement
from clearance_atlas.statements.clock import JUST_SAID, as_date, is_event_day, is_speech_day
from clearance_atlas.statements.cumulative import is_beyond, is_too_much, iso_day
from clearance_atlas.statements.days import OPEN
from clearance_atlas.statements.drafts import MOST_COMPARED, STILL_THERE
from clearance_atlas.statements.expressions import expressed
from clearance_atlas.statements.nouns import CASUALTY
from clearance_atlas.statements.pending import settle_pending

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence

_MAPS_REACH = 3


@dataclass(slots=True)
class _Course:
    """How far the walk over the figures has come, and the periods that those below may go on with."""

    current: Period | None = None
    announced: Sentence | None = None  # the sentence without figures that named the current period
    casualty: tuple[int, Period] | None = None
    told: tuple[int, Period] | None = None  # the span that a sentence about mines and their victims names
    pending: list[Draft] = field(default_factory=list)
    opened: bool = False  # a headline and the count that the text opens with are one
    last_sentence: int = -1
    last_paragraph: int = -1
    before: Sentence | None = None
    compared: set[int] = field(default_factory=set)
    returning: tuple[int, Period] | None = None  # after a look back, the next paragraph goes on with the news
    held: tuple[int, Period] | None = None  # the same for people: the paragraph of the look back, the time before it


def set_periods(drafts: Sequence[Draft], clock: Clock) -> None:
    """Give every draft its period."""
    course = _Course()
    for draft in drafts:
        _pass_announcements(course, draft, clock)
        _come_back(course, draft)
        period = _own_period(course, draft, clock)
        if period is None and course.current is not None and (
                twin := _said_below(draft, drafts) or _parts_below(draft, clock)):
            draft.below = twin
            continue
        if period is None:
            period = _period_of_another(course, draft, drafts, clock)
        if period is None:
            course.pending.append(draft)
        else:
            draft.period = period
            _go_on(course, draft)
    _with_their_parts(drafts)
    for draft in drafts:
        draft.period = draft.below.period if draft.below else draft.period
    settle_pending(course.pending, drafts, clock, opened=course.opened)


def _pass_announcements(course: _Course, draft: Draft, clock: Clock) -> None:
    """Take the periods that sentences without figures announce, up to that of a draft."""
    number = draft.sentence.number
    for sentence in clock.sentences[course.last_sentence + 1:number]:
        if sentence.figures or not (span := announcement(sentence, clock, counts=course.current is None)):
            continue
        if course.current is None and span.kind == PeriodKind.CUMULATIVE:
            course.opened = bool(course.pending)
        course.current, course.announced = span, sentence
        if any(token.tags & CASUALTY or token.has("mine") for token in sentence.tokens) \
                or span.kind == PeriodKind.CUMULATIVE:
            course.told = (sentence.number, span)
    course.last_sentence = number


def _come_back(course: _Course, draft: Draft) -> None:
    """End a look back where a paragraph, or the comparison within a sentence, ends."""
    number, paragraph = draft.sentence.number, draft.sentence.paragraph
    if course.returning and number > course.returning[0] and (
            paragraph != course.last_paragraph or course.returning[0] in course.compared):
        course.current, course.returning = course.returning[1], None
    if course.held and paragraph != course.held[0]:
        course.casualty, course.held = (number - 1, course.held[1]), None
    course.last_paragraph = paragraph


def _said_below(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the figure of the text below that a heading between paragraphs says beforehand."""
    number = draft.sentence.number
    if draft.sentence.tokens[-1].kind == "p" or draft.whole is not None:
        return None
    return next((other for other in drafts[:MOST_COMPARED] if 0 < other.sentence.number - number <= JUST_SAID
                 and other.sentence.paragraph > draft.sentence.paragraph and other.value == draft.value
                 and other.measure == draft.measure), None)


def _parts_below(draft: Draft, clock: Clock) -> Draft | None:
    """Return the first of the classes that make up a total, where the next sentence tells them with days of theirs."""
    part = draft.part
    if part is None or part.sentence.number != draft.sentence.number + 1:
        return None
    return part if any(timed.mention.form in {"day", "range"} and clock.reading(part.sentence, timed)
                       and not is_speech_day(part.sentence, timed) for timed in part.sentence.times) else None


def _own_period(course: _Course, draft: Draft, clock: Clock) -> Period | None:
    """Return the period that the draft's own sentence gives it, with the first day that was announced for it."""
    again = any(timed.mention.form == "before" for timed in draft.sentence.times)
    returning, current = course.returning, course.current
    both = again and returning is not None and returning[0] == draft.sentence.number  # two of "a week earlier"
    known = returning[1] if both and returning else current
    period = expressed(draft, clock, course.casualty[1] if course.casualty and draft.is_casualty else known)
    if period is not None and course.announced is not None and _goes_on(draft, period, current, clock):
        draft.announced = course.announced
        return replace(period, start=current.start if current else None)
    return period


def _period_of_another(course: _Course, draft: Draft, drafts: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the period of what a draft goes on with; none where it may be told only below."""
    if draft.whole is not None:
        return draft.whole.period or Period()
    if draft.is_casualty:
        return _period_of_people(course, draft, drafts, clock) or Period()
    if draft.measure == Measure.MINES_MAPPED or Flag.PLANNED in draft.flags or draft.is_state \
            or draft.item in STILL_THERE:
        return (_day_of_maps(draft, clock) if draft.measure == Measure.MINES_MAPPED else None) or Period()
    if _is_somewhere_else(course, draft):
        return Period(None, None, PeriodKind.CUSTOM)
    draft.announced = course.announced
    if course.current is not None and (is_beyond(draft, course.before, drafts, clock) or (
            is_too_much(draft, course.current) and "total" in draft.sentence.cues and not draft.sentence.times)):
        spoken = clock.spoken(draft.sentence.number, near=False)
        return Period(None, iso_day(spoken or clock.anchor.reference), PeriodKind.CUMULATIVE,
                      YearSource.PUBLICATION if clock.anchor.reference else None)
    return course.current


def _is_somewhere_else(course: _Course, draft: Draft) -> bool:
    """Say whether a count begun at one place cannot take in finds of other places, told in another paragraph."""
    begun, own = course.announced, draft.sentence
    if begun is None or course.current is None or course.current.kind != PeriodKind.CUMULATIVE \
            or own.paragraph == begun.paragraph:
        return False
    here, there = {place.code for place in begun.places}, {place.code for place in own.places}
    return len(here) == 1 and bool(there) and here.isdisjoint(there)


def _period_of_people(course: _Course, draft: Draft, drafts: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the time of people killed or injured: that of an accident, of the span just named, of others before."""
    number, casualty, told = draft.sentence.number, course.casualty, course.told
    accident = accident_of(draft, clock)
    if accident is not None:
        draft.incident, period = accident
        return period
    if told and 0 < number - told[0] <= JUST_SAID:
        return casualty[1] if casualty and casualty[0] >= told[0] else told[1]
    if (scene := undated_accident(draft, drafts, clock)) is not None:
        draft.incident = scene
        return Period()
    return casualty_period(draft, clock, casualty)


def _go_on(course: _Course, draft: Draft) -> None:
    """Remember a draft's period for the figures below it."""
    if draft.item == "incidents" and draft.own_time:
        course.casualty = (draft.sentence.number, draft.period)  # "20 explosions in 2021. Fifteen people died."
    if draft.is_casualty:
        _remember_people(course, draft)
        if not draft.own_time:
            return
    if Flag.ORDERED in draft.flags and course.current is None and draft.period.kind == PeriodKind.YEAR \
            and draft.mention is not None and draft.mention.form in {"year", "last_year"}:
        course.current = draft.period  # "in 2023 they ordered 500 ha. Of these 90 have been cleared": of that year
    if draft.measure == Measure.MINES_MAPPED or draft.flags & {Flag.PLANNED, Flag.ORDERED} \
            or draft.rule == "list/dated-parts" or draft.is_state or draft.period == Period() \
            or (draft.is_casualty and course.current is not None):
        return
    _look_back(course, draft)
    course.announced = None if draft.period != course.current and draft.announced is None else course.announced
    course.current, course.before = draft.period, draft.sentence


def _remember_people(course: _Course, draft: Draft) -> None:
    """Remember the time of people for those below, but no look back at the year before."""
    number, casualty = draft.sentence.number, course.casualty
    if casualty and number - casualty[0] <= 1 and _is_year_before(draft.period, casualty[1]):
        course.held = draft.sentence.paragraph, casualty[1]
    if not (casualty and casualty[0] == number and _is_before(draft.period, casualty[1])):
        course.casualty = (number, draft.period)


def _look_back(course: _Course, draft: Draft) -> None:
    """Notice where a text turns to an earlier time, and where it has come back to the news."""
    if course.current is not None and _is_before(draft.period, course.current) and not course.returning:
        course.returning = (draft.sentence.number, course.current)
        if course.before is draft.sentence:
            course.compared.add(draft.sentence.number)  # a look back within the sentence ends with it
    elif course.returning and not _is_before(draft.period, course.returning[1]):
        course.returning = None


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


def _is_before(one: Period, other: Period) -> bool:
    """Say whether a period ends before another begins."""
    end, start = as_date(one.end), as_date(other.start)
    return end is not None and start is not None and end < start


def _is_year_before(one: Period, other: Period) -> bool:
    """Say whether a whole year is the one before a count of this year: "37 so far this year. In all of 2019 ..."."""
    open_year = other.kind == PeriodKind.CUSTOM and (other.start or "") == f"{OPEN}-01-01"
    return one.kind == PeriodKind.YEAR and (open_year or _is_before(one, other))


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
