"""Counts to date: on which day they begin and end, and which figures without a time of their own are some."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Period, PeriodKind, YearSource
from clearance_atlas.statements.clock import as_date, is_event_day, is_speech_day
from clearance_atlas.statements.days import OPEN
from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_ALREADY = 8
_REACHES = 7
_NO_SINGLE_MONTH = 10_000  # hectares: of no named district, in a text that names no time, so many are years of work
_BEYOND = 2
_FAR_BEYOND = 10
_JUST_TOLD = 2  # sentences from a figure to the time that it is told before
_WHOLES = frozenset({Measure.MINES_TOTAL, Measure.ORDNANCE_TOTAL})
_COUNTED_ITEMS = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.UXO, *_WHOLES})
_THEN_REACH = 2
_RECENT_DAYS = 31
_SOME_YEAR = "2000"  # a leap year, for the length of spans whose year is open
_MOST_AREA, _MOST_ITEMS = 10_000, 15_000  # of a month: more hectares, or mines and munitions, than any month has given


def names_war(token: Token) -> bool:
    """Say whether a term has a war by its name, "since the ... war": only then is the first day of the count sure."""
    return any(name in token.text for name in forms("war_name"))


@cache
def _war_with_epithet() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(forms('war_epithet'))})\w* (?:{'|'.join(forms('war'))})")


def counts_more(longer: Draft, draft: Draft) -> bool:
    """Say whether a count from some day on has another number for the same thing: the news is only a part of it."""
    return longer.measure == draft.measure and (longer.area_ha or longer.value) != (draft.area_ha or draft.value) \
        and not longer.flags & {Flag.SUBSET, Flag.RESTATES}


def perfect_until(draft: Draft, clock: Clock) -> Period | None:
    """Return the time up to a report that has something done by its day: "have been cleared, they said on 19 May"."""
    said = next((day for number, day in clock.speech if number == draft.sentence.number), None)
    if said is None or draft.area_ha is None or "g:perfect" not in draft.sentence.tags:
        return None
    return Period(None, said.isoformat(), PeriodKind.CUMULATIVE, YearSource.PUBLICATION)


def is_outdone(draft: Draft, later: Period, drafts: Sequence[Draft]) -> bool:
    """Say whether a count that began long ago has a far larger total of the same than a figure, no count of it."""
    kin = {draft.measure, *(_WHOLES if draft.measure in _COUNTED_ITEMS else ())}
    total = next((other for other in drafts if other.period is later and other.measure in kin), None)
    return total is not None and draft.sentence.number < total.sentence.number \
        and (draft.area_ha or draft.value) * _FAR_BEYOND < (total.area_ha or total.value)


def runs_to_date(draft: Draft, drafts: Sequence[Draft], later: Period | None) -> bool:
    """Say whether a figure is a total so far: "has passed 150,000 hectares", no figure of its size in the period."""
    tokens = draft.sentence.tokens
    if not any(token.has("g:reaches") for token in tokens[max(0, draft.at - _REACHES):draft.at + _REACHES]):
        return False
    same = [other for other in drafts
            if other is not draft and other.measure == draft.measure and other.period == later]
    return later is None or ((bool(same) or draft.area_ha is not None) and all(
        (other.area_ha or other.value) * 2 < (draft.area_ha or draft.value) for other in same))


def is_beyond(draft: Draft, before: Sentence | None, drafts: Sequence[Draft], clock: Clock) -> bool:
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
    same = [other for other in drafts if other.measure == draft.measure and other is not draft
            and other.sentence.number < draft.sentence.number and (other.period == period or (
                other.period.kind is None and 0 <= before.number - other.sentence.number <= _JUST_TOLD))]
    if len(same) != 1 or draft.unit != same[0].unit or draft.flags or same[0].flags:
        return False
    # A figure told before the time, or after it, is not as surely of it as one beside it.
    return draft.value > (_BEYOND if same[0].own_time else _FAR_BEYOND) * same[0].value


def is_too_much(draft: Draft, period: Period) -> bool:
    """Say whether a figure without a time of its own is more than anybody clears in the days told further on."""
    start, end = (as_date(day and day.replace(OPEN, _SOME_YEAR)) for day in (period.start, period.end))
    short = period.kind in {PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH} or (
        start is not None and end is not None and (end - start).days <= _RECENT_DAYS)
    most = _MOST_AREA if draft.area_ha is not None else _MOST_ITEMS
    counted = draft.area_ha is not None or draft.measure in _COUNTED_ITEMS
    return short and counted and (draft.area_ha or draft.value) > most


def already(pending: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the state to date that "already" tells of, where a text names no time for its figures."""
    day = iso_day(clock.anchor.reference)
    if any(_is_whole_work(draft, clock) for draft in pending):
        return Period(None, day, PeriodKind.CUMULATIVE, YearSource.PUBLICATION if day else None)
    for draft in pending:
        tokens = draft.sentence.tokens
        if "already" in draft.sentence.cues and any(
                token.has("c:already") and not tokens[at - 1].text.endswith(forms("ablative"))  # "100 hektardan artıq"
                for at, token in enumerate(tokens) if at and abs(at - draft.at) <= _ALREADY):
            return Period(None, iso_day(clock.anchor.reference), PeriodKind.CUMULATIVE,
                          YearSource.PUBLICATION if clock.anchor.reference else None)
    return None


def _places_only_part(draft: Draft) -> bool:
    """Say whether all places of a sentence are those of a part: "in all 21,000 ha, of which 4,000 ha in Barda"."""
    tokens, part = draft.sentence.tokens, next(
        (figure.at for figure in draft.sentence.figures if figure.at > draft.at and figure.unit == draft.unit), 0)
    opens = next((at for at, token in enumerate(tokens[:part]) if at > draft.at and token.has(
        "c:of_them", "c:including", "g:its_part")), None)
    return opens is not None and all(at > opens for at, token in enumerate(tokens) if token.kind == "L")


def _is_whole_work(draft: Draft, clock: Clock) -> bool:
    """Say whether a figure is the total of a whole region: "in all 21,000 ha of the regained lands were cleared".

    A total of named places is one where the perfect tense has it done by now: "they have been made safe".
    """
    tokens = draft.sentence.tokens
    if draft.measure == Measure.AREA_CLEARED and not draft.sentence.times and not draft.flags - {Flag.SUBSET} \
            and not draft.sentence.places and (draft.area_ha or 0) >= _NO_SINGLE_MONTH \
            and not any(sentence.places for sentence in clock.sentences[:draft.sentence.number]):
        return True
    if draft.measure != Measure.AREA_CLEARED or draft.sentence.times or draft.flags \
            or not any(token.has("c:total") for token in tokens[max(0, draft.at - _REACHES):draft.at + _REACHES]):
        return False
    if draft.sentence.places and not _places_only_part(draft):
        return "g:perfect" in draft.sentence.tags
    return "g:region" in draft.sentence.tags or any(  # "what was done in the regained lands? ... In all 21,000 ha ..."
        "g:region" in sentence.tags and not sentence.places for sentence in clock.sentences[:draft.sentence.number])


def state_to_date(draft: Draft, clock: Clock) -> Period | None:
    """Read a share of a district as a state to date: "about 25 percent of the district, over 16,000 hectares"."""
    shares = "percent" in draft.sentence.tags
    if draft.area_ha is None or not shares or not draft.sentence.places:
        return None
    return to_date(draft, clock, Period(None, iso_day(clock.anchor.reference), PeriodKind.CUMULATIVE), "cumulative")


def iso_day(day: date | None) -> str | None:
    """Return a day as ISO 8601 text, ``None`` for none."""
    return day.isoformat() if day else None


def to_date(draft: Draft, clock: Clock, period: Period, form: str) -> Period:
    """Return the first and last day of a count to date: up to the day of speech, from the end of the war if told."""
    spoken = clock.spoken(draft.sentence.number, near=draft.is_casualty)
    if form == "since" and "g:report" in draft.sentence.tags and (last := clock.reported_to(draft.sentence)):
        spoken = last
    end = spoken.isoformat() if spoken else period.end
    for timed in draft.sentence.times:  # "as of June 1, since the war"
        bound = clock.reading(draft.sentence, timed) if timed.mention.form == "until" else None
        end = bound.period.end if bound and bound.period.end and not bound.suspect else end
    start = period.start
    if form == "cumulative" and "t:then_on" in draft.sentence.tags and (then := _then(draft, clock)):
        return Period(then, end, PeriodKind.CUMULATIVE, period.year_source)
    if form == "cumulative":
        # Victims counted from the war on are another series than all victims there ever were.
        start = iso_day(clock.anchor.war_end) if draft.is_casualty and _from_war(draft) else None
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
    end = iso_day(clock.anchor.war_end)
    return end if end and period.start and period.end and period.start <= end <= period.end else period.start


def _from_war(draft: Draft) -> bool:
    """Say whether the sentence counts from a war on: "since the Second Karabakh War"."""
    if any(token.has("c:cumulative") and names_war(token) for token in draft.sentence.tokens):
        return True
    return draft.mention is not None and draft.mention.form == "cumulative" and bool(
        _war_with_epithet().search(" ".join(token.text for token in draft.sentence.tokens)))


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
