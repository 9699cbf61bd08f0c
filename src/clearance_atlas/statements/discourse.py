"""The document pass: which period, places and operator a figure has when its own sentence does not say.

Every rule keeps figures of one period and report together: a list of districts covers the figures of its own period,
and nothing else.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Period, PeriodKind, YearSource
from clearance_atlas.statements.clock import BOUNDED, SHORT_KINDS, SPEECH_REACH, as_date, is_event_day, is_speech_day
from clearance_atlas.statements.dates import ABLATIVE
from clearance_atlas.statements.days import OPEN, Reading
from clearance_atlas.statements.keys import align
from clearance_atlas.statements.nouns import CASUALTY
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence, Timed

_JUST_SAID = 2
_SAME_NEWS = 1  # sentences: a count since the war far below is no period of the news above it
# What a sentence without figures says of those after it.
_TELLING = BOUNDED | {"last_month", "last_year", "undated", "recent"}
_WEEK = 7
_BESIDE = 5
_COMPARED = frozenset({"g:than", "g:versus"})
_ALREADY = 8
_REACHES = 7
_MOST_COMPARED = 60
_ROUNDING = Decimal("0.1")
_BEYOND = 2
_FAR_BEYOND = 10
_WHOLES = frozenset({Measure.MINES_TOTAL, Measure.ORDNANCE_TOTAL})
_COUNTED_ITEMS = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.UXO, *_WHOLES})
_THEN_REACH = 2
_MOST_IN_ACCIDENT = 20
_MAPS_REACH = 3
_DECEMBER, _YEAR_NEARLY_OVER = 12, 24
_LOOK_BACK = 4
_KINDS_NAMED = {PeriodKind.MONTH: ("month", "месяц"), PeriodKind.WEEK: ("week", "неделю")}
# A war by its name, in the folded terms for "since the ... war": only then is the first day of the count sure.
_WAR = re.compile(r"(?:karabakh|garabagh|second|44 day) war|(?:карабахской|дневной|отечественной) войны"
                  r"|(?:veten|gunluk) muharibe")
_NAMED_WAR = re.compile(r"(?:карабахск|отечественн|дневн)\w* войн")


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
            if not sentence.figures and (span := _announced(sentence, clock, counts=current is None)):
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
            accident = _incident(draft, clock)
            if accident is not None:
                draft.incident, period = accident
            elif told and 0 < number - told[0] <= _JUST_SAID:
                period = casualty[1] if casualty and casualty[0] >= told[0] else told[1]
            elif (scene := _undated_accident(draft, drafts, clock)) is not None:
                draft.incident, period = scene, Period()
            else:
                period = _casualty_period(draft, clock, casualty)
        elif period is None and (draft.measure == Measure.MINES_MAPPED or Flag.PLANNED in draft.flags
                                 or draft.is_state):
            period = (draft.measure == Measure.MINES_MAPPED and _day_of_maps(draft, clock)) or Period()
        elif period is None:
            period, draft.announced = current, announced
            if period is not None and _is_beyond(draft, before, drafts, clock):
                period = Period(None, _iso(clock.spoken(number, near=False) or clock.anchor.reference),
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
    state = _already(pending, clock) if following is None and longer is None and named is None else None
    stated = _stated_after(pending, clock) if following is None and longer is None else None
    for draft in pending:
        near = longer and (longer.sentence.number - draft.sentence.number <= _SAME_NEWS
                           or longer.period.end == _iso(clock.anchor.published)) and not (
            longer.period.kind == PeriodKind.CUMULATIVE and _counts_more(longer, draft))
        later = following or (longer.period if longer and near else None) or named or (
            (_perfect_until(draft, clock) or state) if draft.mention is None else None)  # not "in the said period"
        later = stated or later
        if opened and longer is not None and longer.period.kind == PeriodKind.CUMULATIVE:
            later = longer.period
        twin = _said_again(draft, drafts[:_MOST_COMPARED])
        if twin is not None:
            later = twin.period
        elif _runs_to_date(draft, drafts[:_MOST_COMPARED], later):
            to_date = Period(None, _iso(clock.anchor.published), PeriodKind.CUMULATIVE)
            later = _to_date(draft, clock, to_date, "cumulative")
        if later is not None and later.kind == PeriodKind.CUMULATIVE and twin is None \
                and _is_outdone(draft, later, drafts[:_MOST_COMPARED]):
            later = None
        draft.period = later or Period()
        if later is None and (said := _perfect_until(draft, clock)):
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


def _counts_more(longer: Draft, draft: Draft) -> bool:
    """Say whether a count from some day on has another number for the same thing: the news is only a part of it."""
    return longer.measure == draft.measure and (longer.area_ha or longer.value) != (draft.area_ha or draft.value) \
        and not longer.flags & {Flag.SUBSET, Flag.RESTATES}


def _perfect_until(draft: Draft, clock: Clock) -> Period | None:
    """Return the time up to a report that has something done by its day: "have been cleared, they said on 19 May"."""
    said = next((day for number, day in clock.speech if number == draft.sentence.number), None)
    if said is None or draft.area_ha is None or "g:perfect" not in draft.sentence.tags:
        return None
    return Period(None, said.isoformat(), PeriodKind.CUMULATIVE, YearSource.PUBLICATION)


def _is_outdone(draft: Draft, later: Period, drafts: Sequence[Draft]) -> bool:
    """Say whether a count that began long ago has a far larger total of the same than a figure, no count of it."""
    kin = {draft.measure, *(_WHOLES if draft.measure in _COUNTED_ITEMS else ())}
    total = next((other for other in drafts if other.period is later and other.measure in kin), None)
    return total is not None and draft.sentence.number < total.sentence.number \
        and (draft.area_ha or draft.value) * _FAR_BEYOND < (total.area_ha or total.value)


def _said_again(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the later figure with a period that a headline's figure rounds or repeats."""
    value = draft.area_ha or draft.value
    for other in drafts:
        exact = other.area_ha or other.value
        if other.measure == draft.measure and other.sentence.number > draft.sentence.number and other.period.kind \
                and value and abs(exact - value) < value * _ROUNDING and not other.flags & {Flag.PLANNED, Flag.SUBSET}:
            return other
    return None


def _runs_to_date(draft: Draft, drafts: Sequence[Draft], later: Period | None) -> bool:
    """Say whether a figure is a total so far: "has passed 150,000 hectares", no figure of its size in the period."""
    tokens = draft.sentence.tokens
    if not any(token.has("g:reaches") for token in tokens[max(0, draft.at - _REACHES):draft.at + _REACHES]):
        return False
    same = [other for other in drafts
            if other is not draft and other.measure == draft.measure and other.period == later]
    return later is None or ((bool(same) or draft.area_ha is not None) and all(
        (other.area_ha or other.value) * 2 < (draft.area_ha or draft.value) for other in same))


def _is_beyond(draft: Draft, before: Sentence | None, drafts: Sequence[Draft], clock: Clock) -> bool:
    """Say whether a total without a time of its own cannot be of the period just told, and so counts to date.

    It is another operator's total in a paragraph of its own, or more than twice the one figure given for the period.
    """
    if before is None or before is draft.sentence or draft.sentence.times \
            or not any(token.has("c:total") for token in draft.sentence.tokens[:draft.at]):
        return False
    period = next(other.period for other in drafts if other.sentence is before)
    if period.kind == PeriodKind.CUMULATIVE:
        return False
    own = {mention.code for mention in draft.sentence.operators}
    others = next(({mention.code for mention in sentence.operators}
                   for sentence in reversed(clock.sentences[:before.number + 1]) if sentence.operators), set())
    if own and others and own.isdisjoint(others) and before.paragraph != draft.sentence.paragraph:
        return True
    same = [other for other in drafts if other.measure == draft.measure and other.at != draft.at
            and other.sentence.number < draft.sentence.number and other.period == period]
    return len(same) == 1 and same[0].own_time and draft.value > _BEYOND * same[0].value and draft.unit == same[0].unit


def _already(pending: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the state to date that "already" tells of, where a text names no time for its figures."""
    day = _iso(clock.anchor.reference)
    if any(_is_whole_work(draft) for draft in pending):
        return Period(None, day, PeriodKind.CUMULATIVE, YearSource.PUBLICATION if day else None)
    for draft in pending:
        tokens = draft.sentence.tokens
        if "already" in draft.sentence.cues and any(
                token.has("c:already") and not tokens[at - 1].text.endswith(ABLATIVE)  # "100 hektardan artıq": over
                for at, token in enumerate(tokens) if at and abs(at - draft.at) <= _ALREADY):
            return Period(None, _iso(clock.anchor.reference), PeriodKind.CUMULATIVE,
                          YearSource.PUBLICATION if clock.anchor.reference else None)
    return None


def _is_whole_work(draft: Draft) -> bool:
    """Say whether a figure is the total of a whole region: "in all 21,000 ha of the regained lands were cleared".

    A total of named places is one where the perfect tense has it done by now: "they have been made safe".
    """
    tokens = draft.sentence.tokens
    if draft.measure != Measure.AREA_CLEARED or draft.sentence.times or draft.flags \
            or not any(token.has("c:total") for token in tokens[max(0, draft.at - _REACHES):draft.at + _REACHES]):
        return False
    return "g:region" in draft.sentence.tags if not draft.sentence.places else "g:perfect" in draft.sentence.tags


def _with_their_parts(drafts: Sequence[Draft]) -> None:
    """Give a total of victims without a time of its own that of the killed and injured beside it who make it up."""
    people = [draft for draft in drafts if draft.is_casualty][:_MOST_IN_ACCIDENT]
    for total in people:
        if total.measure != Measure.CASUALTIES or total.own_time or total.incident is not None:
            continue
        near = [draft for draft in people if abs(draft.sentence.number - total.sentence.number) <= _JUST_SAID]
        killed = next((draft for draft in near if draft.measure == Measure.KILLED), None)
        injured = next((draft for draft in near if draft.measure == Measure.INJURED), None)
        if killed and injured and killed.own_time and total.value == killed.value + injured.value:
            total.period = killed.period


def _goes_on(draft: Draft, period: Period, current: Period | None, clock: Clock) -> bool:
    """Say whether "to this day" ends a count whose first day was announced: "at work in Gazakh since April ..."."""
    war_end = _iso(clock.anchor.war_end)
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


def _announced(sentence: Sentence, clock: Clock, *, counts: bool = False) -> Period | None:
    """Return the span that a sentence without figures announces: "a weekly report (01.07 - 07.07) is out".

    ``counts`` lets it be a count from some day on also after the first figure of the text.
    """
    spans = any(timed.mention.form == "range" and timed.mention.begin.day for timed in sentence.times)
    for timed in sorted(sentence.times, key=lambda timed: (timed.mention.form == "year", -timed.start)):
        if spans and timed.mention.form in {"last_month", "last_year"}:
            continue  # "from 27 September to the end of 2020, says the report for the past year"
        reading = clock.reading(sentence, timed)
        heading = (timed.mention.form in {"year", "since"} or _counts_from_war(sentence, timed)) \
            and not is_event_day(sentence, timed) and (
                sentence.number < clock.first_figure or (counts and timed.mention.form == "since"))
        if timed.mention.form == "range" and timed.mention.begin.month is None and timed.mention.end.month is None:
            continue  # "2006-2025" at the foot of a page
        if timed.mention.form == "day" and counts and _day_of_calls(sentence, timed) and reading:
            return reading.period
        kinds = {*SHORT_KINDS, PeriodKind.YEAR, PeriodKind.CUMULATIVE}
        if timed.mention.form == "cumulative" and sentence.tokens[-1].text in "?:" and reading:
            return replace(reading.period, start=None)  # "And what has been found to date?"
        if reading and _sums_up(sentence, timed, clock):
            return replace(reading.period, start=None)
        if (timed.mention.form in _TELLING or heading) and reading and reading.period.kind in kinds \
                and not {"mapped", "handed"} <= sentence.cues:
            return (timed.mention.form == "year" and _running_year(reading.period, clock)) or reading.period
    return None


def _sums_up(sentence: Sentence, timed: Timed, clock: Clock) -> bool:
    """Say whether a lead puts all of it to date: "the army told what it has done so far", no other time said."""
    return timed.mention.form == "cumulative" and sentence.number < clock.first_figure and bool(sentence.operators) \
        and "reporting" in sentence.cues and clock.main_span(weekly=False) is None and not any(
            other.times for other in clock.sentences if other.figures)


def _day_of_calls(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a day is the one whose calls sent the teams out: "on 8 January 9 requests came in from Barda"."""
    return "called" in sentence.cues and sum(other.mention.form == "day" for other in sentence.times) == 1 \
        and not is_event_day(sentence, timed)


def _counts_from_war(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a count goes from a war on: "what was done since the 44-day war of 27 September to 10 November?"."""
    return timed.mention.form == "cumulative" and any(
        timed.start <= token.start < timed.end and (token.has("c:event") or _WAR.search(token.text))
        for token in sentence.tokens)


def _own(  # noqa: C901, PLR0911, PLR0912  one form of expression a line
    draft: Draft, clock: Clock, current: Period | None,
) -> Period | None:
    """Return the period that the draft's sentence gives it."""
    if _dates_only_its_part(draft, clock):
        return _to_date(draft, clock, Period(None, _iso(clock.anchor.published), PeriodKind.CUMULATIVE), "cumulative")
    timed = _nearest(draft, clock)
    if timed is None:
        return _state(draft, clock)
    draft.mention = timed.mention
    form = timed.mention.form
    reading = clock.reading(draft.sentence, timed)
    if form in {"reference", "week"}:
        counted = _of_count_before(draft, clock) if form == "reference" else None
        if counted is None and current is not None and _goes_on_counting(draft, clock, current):
            return current
        return counted or _by_reference(draft, clock, current, reading, form)
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
            and (so_far := _running_year(reading.period, clock)):
        return so_far
    if reading.suspect:
        draft.flags.add(Flag.SUSPECT_PERIOD)
    if timed.mention.part[0] == "run on" and 0 < draft.figure_start - timed.end <= _JUST_SAID:
        draft.flags.add(Flag.SUSPECT_VALUE)  # its first digits are the day before it
    period = reading.period
    if draft.rule == "list/dated-parts" and form == "until" and timed.mention.begin.month is None:
        return replace(period, start=f"{timed.mention.begin.year}-01-01", kind=PeriodKind.YEAR)  # "to 2023 fall 200"
    if form == "until" and "t:recent" in draft.sentence.tags:
        return replace(period, kind=PeriodKind.CUSTOM)
    if form == "cumulative" and (so_far := _year_so_far(draft, clock, timed)) is not None:
        return so_far
    if form == "cumulative" and current is not None and _just_spanned(draft, clock, current):
        return current  # "from May 2021 to June 2023 ... Over those years 90 mines"
    if form in {"cumulative", "since", "year_start"}:
        return _to_date(draft, clock, period, form)
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
    times = [timed for timed in sentence.times if _fits(draft, timed, clock)]
    return bool(times) and all(timed.start > sentence.char(part.at) and timed.mention.form in {"year", "this_year"}
                               for timed in times)


def _running_year(year: Period, clock: Clock) -> Period | None:
    """Return the part of a year that is over on the day of publication: "in 2025", printed in June of it."""
    published = clock.anchor.published
    if published is None or year.end != f"{published.year}-12-31" or (
            published.month == _DECEMBER and published.day > _YEAR_NEARLY_OVER):
        return None
    return Period(year.start, published.isoformat(), PeriodKind.CUSTOM, year.year_source)


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


def _state(draft: Draft, clock: Clock) -> Period | None:
    """Read a share of a district as a state to date: "about 25 percent of the district, over 16,000 hectares"."""
    shares = "percent" in draft.sentence.tags
    if draft.area_ha is None or not shares or not draft.sentence.places:
        return None
    return _to_date(draft, clock, Period(None, _iso(clock.anchor.reference), PeriodKind.CUMULATIVE), "cumulative")


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _to_date(draft: Draft, clock: Clock, period: Period, form: str) -> Period:
    spoken = clock.spoken(draft.sentence.number, near=draft.is_casualty)
    end = spoken.isoformat() if spoken else period.end
    for timed in draft.sentence.times:  # "as of June 1, since the war"
        bound = clock.reading(draft.sentence, timed) if timed.mention.form == "until" else None
        end = bound.period.end if bound and bound.period.end and not bound.suspect else end
    start = period.start
    if form == "cumulative" and "t:then_on" in draft.sentence.tags and (then := _then(draft, clock)):
        return Period(then, end, PeriodKind.CUMULATIVE, period.year_source)
    if form == "cumulative":
        # Victims counted from the war on are another series than all victims there ever were.
        start = _iso(clock.anchor.war_end) if draft.is_casualty and _from_war(draft) else None
    elif form == "year_start" and start and start.startswith("X") and spoken:
        start = f"{spoken.year}{start[4:]}"  # "since the beginning of this year", said on 30 May 2024
    elif form == "year_start" and start and start.startswith("X") and (year := _reported_year(clock)):
        start = f"{year}{start[4:]}"
    elif start and start.startswith("X") and (known := _known_start(clock, start)):
        start = known
    if form == "since" and clock.anchor.war_end and start and start.endswith("-01"):
        start = _known_start(clock, start) or start
    source = period.year_source or (YearSource.PUBLICATION if end else None)
    return Period(start, end, period.kind, source)


def _reported_year(clock: Clock) -> int | None:
    """Return the year of the week or month that a text without a date reports on, in which it counts too."""
    span = clock.main_span(weekly=True) or clock.main_span(weekly=False, monthly=True)
    end = as_date(span.end) if span else None
    return end.year if end and end.month > 1 else None


def _then(draft: Draft, clock: Clock) -> str | None:
    """Return the day that "since then" points back to: the one last named before it, that of an event too."""
    own = draft.sentence
    mark = next((token.start for token in own.tokens if token.has("t:then_on")), own.start)
    for sentence in reversed(clock.sentences[max(0, own.number - _THEN_REACH):own.number + 1]):
        for timed in reversed(sentence.times):
            reading = clock.reading(sentence, timed)
            if timed.mention.form in {"day", "month", "year", "since"} and reading is not None and not reading.suspect \
                    and (sentence is not own or timed.start < mark) and not is_speech_day(sentence, timed):
                draft.announced = sentence
                return _war_end_in(reading.period, clock) if is_event_day(sentence, timed) else reading.period.start
    return None


def _war_end_in(period: Period, clock: Clock) -> str | None:
    """Return the day on which the war ended where it lies in the month or year of an event, else their first day."""
    end = _iso(clock.anchor.war_end)
    return end if end and period.start and period.end and period.start <= end <= period.end else period.start


def _from_war(draft: Draft) -> bool:
    """Say whether the sentence counts from a war on: "since the Second Karabakh War"."""
    if any(token.has("c:cumulative") and _WAR.search(token.text) for token in draft.sentence.tokens):
        return True
    return draft.mention is not None and draft.mention.form == "cumulative" and bool(
        _NAMED_WAR.search(" ".join(token.text for token in draft.sentence.tokens)))


def _known_start(clock: Clock, start: str) -> str | None:
    """Return the full day that a bare month refers back to: "since late September" after "since 27 September 2020"."""
    for sentence in clock.sentences:
        for timed in sentence.times:
            begin = timed.mention.begin
            dated = timed.mention.form in {"since", "range"} and begin.year and begin.day
            if dated and begin.month == int(start[5:7]) and start[:4] in {str(begin.year), OPEN}:
                reading = clock.reading(sentence, timed)
                return reading.period.start if reading else None
    return None


def _by_reference(  # noqa: C901, PLR0911  what "that period" may point to, the nearest first
    draft: Draft, clock: Clock, current: Period | None, reading: Reading | None, form: str,
) -> Period | None:
    """Resolve "in this period", "that week", "weekly"."""
    same = "t:same_period" in draft.sentence.tags
    if draft.mention is not None and draft.mention.part[0] == "day" and form == "reference":
        return _day_before(draft.sentence, clock)
    named = [token.text for token in draft.sentence.tokens if token.has("c:report_reference")]
    yearly = current is not None and current.kind == PeriodKind.YEAR and any(
        "year" in text or "months" in text for text in named)
    published = clock.anchor.published
    if current is not None and not yearly and published and any("year's" in text for text in named):
        return Period(f"{published.year}-01-01", published.isoformat(), PeriodKind.CUSTOM, YearSource.PUBLICATION)
    if current is not None and form == "reference" and (other := _of_its_kind(draft, clock, current, named)):
        return other
    if current is not None and form == "reference" and (current.kind in SHORT_KINDS or same or yearly):
        return current
    if current is not None and form == "reference" and current.kind == PeriodKind.CUMULATIVE and current.start \
            and clock.main_span(weekly=False) is None \
            and any(timed.mention.form == "since" for sentence in clock.sentences[max(0, draft.sentence.number - 1):
                    draft.sentence.number] for timed in sentence.times):
        return current  # "since 23 November ... in that time"
    if current is not None and (_just_spanned(draft, clock, current) if form == "reference" else
                                _names_no_week(draft, current, reading)):
        return current
    for sentence in reversed(clock.sentences[:draft.sentence.number]):
        near = form == "reference" and not sentence.figures and draft.sentence.number - sentence.number <= _JUST_SAID
        found = _announced(sentence, clock, counts=near)
        if found is not None and (form == "reference" or found.kind == PeriodKind.WEEK):
            return found
    span = clock.main_span(weekly=True) or (clock.main_span(weekly=False) if form == "reference" else None)
    if span is not None:
        return span
    if form == "week" and reading is not None:
        draft.own_time = True
        return reading.period
    return current


def _of_its_kind(draft: Draft, clock: Clock, current: Period, named: Sequence[str]) -> Period | None:
    """Return the month last named for "that month" where the text's own period is a week, and the other way round."""
    asked = next((kind for kind, stems in _KINDS_NAMED.items() if any(
        stem in text.split() or text.endswith(stem) for text in named for stem in stems)), None)
    if asked is None or current.kind not in _KINDS_NAMED or current.kind == asked:
        return None
    for sentence in reversed(clock.sentences[max(0, draft.sentence.number - _LOOK_BACK):draft.sentence.number]):
        for timed in reversed(sentence.times):
            reading = clock.reading(sentence, timed)
            if reading is not None and reading.period.kind == asked and not reading.suspect:
                return reading.period
    return None


def _of_count_before(draft: Draft, clock: Clock) -> Period | None:
    """Return the time that victims were counted from just before: "since the war 90 died. In that time 700 ha ..."."""
    before = clock.sentences[draft.sentence.number - 1] if draft.sentence.number else None
    if before is None or "t:that_period" not in draft.sentence.tags or before.paragraph != draft.sentence.paragraph \
            or not before.figures or not _counts_only_people(before) or len(before.times) != 1:
        return None
    reading, form = clock.reading(before, before.times[0]), before.times[0].mention.form
    if reading is None or form not in {"cumulative", "since"}:
        return None
    return _to_date(draft, clock, reading.period, form)


def _goes_on_counting(draft: Draft, clock: Clock, current: Period) -> bool:
    """Say whether "in that time" is the count to date of the sentence just before it."""
    before = clock.sentences[draft.sentence.number - 1] if draft.sentence.number else None
    return before is not None and current.kind == PeriodKind.CUMULATIVE and "t:that_period" in draft.sentence.tags \
        and before.paragraph == draft.sentence.paragraph and bool(before.figures) and bool(before.times) \
        and all(timed.mention.form in {"since", "cumulative"} for timed in before.times)


def _just_spanned(draft: Draft, clock: Clock, current: Period) -> bool:
    """Say whether the sentence before gives the current period by first and last day: what "that time" points to."""
    if "t:that_period" not in draft.sentence.tags:
        return False
    for sentence in clock.sentences[max(0, draft.sentence.number - 1):draft.sentence.number]:
        for timed in sentence.times:
            reading = clock.reading(sentence, timed)
            if timed.mention.form == "range" and reading is not None and reading.period == current:
                return True
    return False


def _names_no_week(draft: Draft, current: Period, reading: Reading | None) -> bool:
    """Say whether "during the week" has no days of its own in a report of given days: it means those."""
    return "c:report_reference" in draft.sentence.tags and current.kind in SHORT_KINDS and current.start is not None \
        and (reading is None or reading.period.start is None)


def _day_before(sentence: Sentence, clock: Clock) -> Period | None:
    """Return the day last named before "that day"."""
    for other in reversed(clock.sentences[max(0, sentence.number - SPEECH_REACH):sentence.number + 1]):
        for timed in reversed(other.times):
            reading = clock.reading(other, timed)
            if timed.mention.form == "day" and reading is not None and not is_speech_day(other, timed):
                return reading.period
    return None


def _incident(draft: Draft, clock: Clock) -> tuple[Sentence, Period] | None:
    """Return the accident that a number of people belongs to, and its day: told in the sentence before or after."""
    own = draft.sentence
    dated = any(not is_event_day(own, timed) for timed in own.times)
    if dated or draft.value > _MOST_IN_ACCIDENT or "cumulative" in own.cues:
        return None
    beside = [*reversed(clock.sentences[max(0, own.number - SPEECH_REACH):own.number]),
              *clock.sentences[own.number + 1:own.number + 2]]
    for other in beside:
        told = other.number < own.number or own.number <= 1  # a headline tells it before the text does
        happened = any(token.has("item:incidents") or (token.has("ap", "at", "mine", "c:victim") and told)
                       for token in other.tokens) or (_tells_accident(own) and _counts_only_people(other))
        if abs(other.paragraph - own.paragraph) > (other.number > own.number) or not happened:
            continue
        for timed in other.times:
            reading = clock.reading(other, timed)
            just = timed.mention.form in {"today", "yesterday"} and "reporting" not in other.cues
            if (timed.mention.form == "day" or just) and reading is not None and not is_speech_day(other, timed) \
                    and not is_event_day(other, timed):
                return _scene(own, other, clock), reading.period
    return None


def _undated_accident(draft: Draft, drafts: Sequence[Draft], clock: Clock) -> Sentence | None:
    """Return the scene of the one accident that a text is about, its day unsaid: "A lorry hit a mine: 2 dead"."""
    own = draft.sentence
    people = [other for other in drafts[:_MOST_COMPARED] if other.is_casualty]
    counted = len(drafts) > _MOST_COMPARED or any(
        other.value > _MOST_IN_ACCIDENT or other.sentence.times or other.sentence.cues & {"cumulative", "total"}
        for other in people)
    leads = own.number <= 1 and own.places and not own.times and own.cues.isdisjoint({"cumulative", "total"}) \
        and draft.value <= _MOST_IN_ACCIDENT  # a headline of an accident, counts of the years below it
    if (counted and not leads) or not any(
            token.has("ap", "at", "mine", "item:incidents", "c:victim") for token in own.tokens):
        return None
    told = [sentence for sentence in clock.sentences if sentence.places and not sentence.figures
            and any(token.has("item:incidents") for token in sentence.tokens)]
    return own if own.places or not told else told[0]


def _tells_accident(sentence: Sentence) -> bool:
    """Say whether a sentence tells of one blast: "a mine has torn into a party of villagers"."""
    tokens = sentence.tokens
    return any(token.has("item:incidents") or (token.has("ap", "at", "mine") and tokens[at - 1].has("g:article"))
               for at, token in enumerate(tokens) if at)


def _counts_only_people(sentence: Sentence) -> bool:
    return all(figure.unit == Unit.PEOPLE for figure in sentence.figures)


def _scene(own: Sentence, other: Sentence, clock: Clock) -> Sentence:
    """Return the sentence that says where an accident was: that of the number, of the day, or one just before."""
    if own.places or other.places:
        return own if own.places else other
    before = clock.sentences[max(0, own.number - _JUST_SAID - 1):own.number]
    return next((sentence for sentence in reversed(before) if sentence.places and _tells_accident(sentence)), other)


def _day_of_maps(draft: Draft, clock: Clock) -> Period | None:
    """Return the day on which maps changed hands, told in a sentence about them before, or reported just after."""
    number = draft.sentence.number
    for other in (*reversed(clock.sentences[max(0, number - _MAPS_REACH):number]),
                  *clock.sentences[number + 1:number + 1 + _JUST_SAID]):
        days = [(timed, reading) for timed in other.times if timed.mention.form == "day"
                and (reading := clock.reading(other, timed)) is not None and not is_event_day(other, timed)]
        told = "mapped" in other.cues if other.number < number else any(is_speech_day(other, t) for t, _ in days)
        if len(days) == 1 and told and not other.figures:
            return days[0][1].period
    return None


def _nearest(draft: Draft, clock: Clock) -> Timed | None:
    """Return the expression of time that goes with a figure of a sentence.

    Where figures and dates take turns each figure has its own; else the date covers all figures of the sentence.
    """
    sentence = draft.sentence
    usable = [timed for timed in sentence.times if not is_speech_day(sentence, timed)
              and not is_event_day(sentence, timed) and not _is_aside(draft, timed) and _fits(draft, timed, clock)]
    if not usable:
        days = [timed for timed in sentence.times if is_speech_day(sentence, timed)]
        if draft.measure == Measure.MINES_MAPPED and days:
            return days[-1]
        return None
    if "t:then_on" in sentence.tags and (then := [timed for timed in usable if _points_back(timed, draft)]):
        return then[-1]
    dated = [timed for timed in usable if timed.mention.form not in {"reference", "week", "cumulative"}]
    strong = [timed for timed in usable if timed in dated or (
        timed.mention.form == "cumulative" and _stands_apart(timed, dated, sentence))] or usable
    counts = [timed.start for timed in usable if timed.mention.form == "cumulative"]
    weeks = [timed for timed in usable if timed.mention.form == "week" or (
        timed.mention.form == "reference" and all(timed.start < start for start in counts))]
    if weeks and not dated and all(_stands_apart(timed, weeks, sentence) for timed in strong if timed not in weeks):
        strong = usable  # "140,000 hectares to date, last week alone 1,020"
    named = [timed for timed in usable if timed.mention.form == "reference"]
    if named and not dated and len(sentence.figures) > 1 and all(
            timed.start > named[-1].start and _stands_apart(timed, named, sentence)
            for timed in strong if timed not in named):
        strong = usable  # "over the month 820 shells, which lifts the tally to date to 4,100"
    strong = _total_of_year(draft, dated) or strong
    chars = {sentence.char(figure.at) for figure in sentence.figures}
    if draft.is_casualty and _told_of_others(draft, strong):
        return None
    if len(strong) == 1:
        return strong[0]
    strong = _own_side(draft, strong) or _own_clause(draft, strong) or strong
    keys = [timed.start for timed in strong]
    pairs = align(sorted(chars), keys, in_order=False)
    mates = pairs.get(sentence.char(draft.at), [])
    chosen = [timed for timed in strong if timed.start in mates] or strong
    return min(chosen, key=lambda timed: abs(timed.start - sentence.char(draft.at)))


def _is_aside(draft: Draft, timed: Timed) -> bool:
    """Say whether a time stands in a clause of its own: "on 4 June a mine in Barda, left in May, killed 2"."""
    sentence = draft.sentence
    if "g:clause" not in sentence.tags or len(sentence.times) == 1:
        return False
    tokens = sentence.tokens
    opens = max((at for at, token in enumerate(tokens[1:], 1) if token.has("g:clause")
                 and tokens[at - 1].text == "," and token.start < timed.start), default=0)
    closes = next((at for at in range(opens, len(tokens)) if tokens[at].text == "," and tokens[at].start > timed.start),
                  0)
    if not opens or not closes or any(opens < figure.at < closes for figure in sentence.figures):
        return False
    return any(other.mention.form in {"day", "range"} and not tokens[opens].start < other.start < tokens[closes].start
               for other in sentence.times)


def _total_of_year(draft: Draft, dated: Sequence[Timed]) -> list[Timed]:
    """Return "the year's" right before a total, past another figure's date: "..., which lifts the year's to 90"."""
    sentence, at = draft.sentence, draft.sentence.char(draft.at)
    return [timed for timed in sentence.times if timed.mention.form == "reference" and dated
            and max(other.start for other in dated) < timed.start < at and any(
                token.start == timed.start and "year's" in token.text for token in sentence.tokens)
            and not any(timed.start < sentence.char(figure.at) < at for figure in sentence.figures)][-1:]


def _points_back(timed: Timed, draft: Draft) -> bool:
    """Say whether an expression before a figure is "since then"."""
    return timed.mention.form == "cumulative" and timed.start < draft.sentence.char(draft.at) and any(
        token.start == timed.start and token.has("t:then_on") for token in draft.sentence.tokens)


def _own_side(draft: Draft, strong: Sequence[Timed]) -> list[Timed]:
    """Keep the dates on the figure's side of "against": "last year 5 died, against 15 in 2022"."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    marks = [token.start for token in sentence.tokens if token.has("g:than") and token.has("c:background")]
    mark = marks[0] if len(marks) == 1 else None
    if mark is None or len({timed.start < mark for timed in strong}) == 1:
        return []
    return [timed for timed in strong if (timed.start < mark) == (char < mark)]


def _own_clause(draft: Draft, strong: Sequence[Timed]) -> list[Timed]:
    """Keep the dates that no semicolon parts from the figure."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    marks = [token.start for token in sentence.tokens if token.text == ";"]
    return [timed for timed in strong if not any(
        min(timed.start, char) < mark < max(timed.start, char) for mark in marks)]


def _told_of_others(draft: Draft, strong: Sequence[Timed]) -> bool:
    """Say whether all dates belong to what the figure is compared with: "27 were hurt, where last year had 51"."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    mark = next((token.start for at, token in enumerate(sentence.tokens) if token.has("g:contrast")
                 and at and sentence.tokens[at - 1].text == ","), None)
    return mark is not None and char < mark and all(timed.start > mark for timed in strong) and any(
        sentence.char(figure.at) > mark for figure in sentence.figures)


def _stands_apart(timed: Timed, dated: Sequence[Timed], sentence: Sentence) -> bool:
    """Say whether a "to date" has figures between it and every date: then it covers figures of its own."""
    chars = [sentence.char(figure.at) for figure in sentence.figures]
    return all(any(min(timed.start, other.start) < char < max(timed.start, other.start) for char in chars)
               for other in dated)


def _fits(draft: Draft, timed: Timed, clock: Clock) -> bool:
    form = timed.mention.form
    if form == "today" and _is_done_today(draft.sentence, timed):
        return True
    if form in {"today", "next_year"}:
        return bool(draft.flags & {Flag.PLANNED}) and form == "next_year"
    if form == "this_year" and timed.mention.begin.year is None and any(
            other.mention.form in {"range", "since", "cumulative", "year_start"} for other in draft.sentence.times):
        return False
    reading = clock.reading(draft.sentence, timed)
    if _is_yardstick(draft.sentence, timed):
        return False
    war_end = clock.anchor.war_end
    if form == "day" and reading is not None and war_end is not None and reading.period.start == war_end.isoformat():
        return False  # the day of the armistice is nobody's day of work
    return reading is not None or form in {"reference", "week", "before"}


def _is_done_today(sentence: Sentence, timed: Timed) -> bool:
    """Say whether "today" closes a clause on what was done, and so is a day: "5 hectares were cleared today, and"."""
    tokens = sentence.tokens
    at = next((k for k, token in enumerate(tokens) if token.start == timed.start and token.has("t:today")), 0)
    closed = at + 1 >= len(tokens) or tokens[at + 1].text in ",.;" or tokens[at + 1].has("g:and")
    begin = max((k for k in range(at) if tokens[k].text == ";"), default=0)
    clause = tokens[begin:at]
    return closed and any(token.has("c:cleared") for token in clause) and any(
        begin <= figure.at < at for figure in sentence.figures) and not any(
        token.has("g:present", "c:cumulative", "c:total", "g:region") for token in clause)


def _is_yardstick(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a date only measures another: "612 more than in June", no figure of June beside it."""
    if sentence.tags.isdisjoint(_COMPARED):
        return False
    tokens = sentence.tokens
    at = next((k for k, token in enumerate(tokens) if token.kind == "D" and token.start == timed.start), None)
    if at is None:
        return False
    back, ahead = at - 1, at + 1
    while back > 0 and tokens[back].has("t:filler") and not tokens[back].has(*_COMPARED):
        back -= 1
    while ahead + 1 < len(tokens) and tokens[ahead].has("t:filler", "t:and", "t:same_period"):
        ahead += 1
    if ahead < len(tokens) and tokens[ahead].has("g:versus"):
        return True  # "martla müqayisədə"
    return tokens[back].has(*_COMPARED) and not any(0 < figure.at - at < _BESIDE for figure in sentence.figures)


def _casualty_period(draft: Draft, clock: Clock, before: tuple[int, Period] | None) -> Period:
    """People counted without a period: the one of the paragraph's count so far, else up to the day of speaking."""
    if before is not None and draft.sentence.number - before[0] <= _JUST_SAID:
        return before[1]
    spoken = clock.spoken(draft.sentence.number, near=True)
    end = spoken or clock.anchor.reference
    source = YearSource.PUBLICATION if end else None
    return Period(None, end.isoformat() if end else None, PeriodKind.CUMULATIVE, source)
