"""Sentences without figures that say of which time the figures after them are."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Period, PeriodKind
from clearance_atlas.statements.clock import BOUNDED, SHORT_KINDS, is_event_day
from clearance_atlas.statements.cumulative import names_war

if TYPE_CHECKING:
    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.sentence import Sentence, Timed



# What a sentence without figures says of those after it.
_TELLING = BOUNDED | {"last_month", "last_year", "undated", "recent"}
_DECEMBER = 12
_YEAR_NEARLY_OVER = 24


def announcement(sentence: Sentence, clock: Clock, *, counts: bool = False) -> Period | None:
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
            return (timed.mention.form == "year" and running_year(reading.period, clock)) or reading.period
    return None


def _sums_up(sentence: Sentence, timed: Timed, clock: Clock) -> bool:
    """Say whether a lead puts all of it to date: "the army told what it has done so far", no other time said."""
    return timed.mention.form == "cumulative" and sentence.number < clock.first_figure and bool(sentence.operators) \
        and "reporting" in sentence.cues and clock.main_span(weekly=False) is None and not any(
            other.times for other in clock.sentences if other.figures)


def _day_of_calls(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a day is the one whose calls sent the teams out: "on 8 January 9 requests came in from Barda"."""
    return "called" in sentence.cues and sum(other.mention.form == "day" for other in sentence.times) == 1 \
        and not is_event_day(sentence, timed) \
        and not any(other.mention.form in {"range", "since"} for other in sentence.times)


def _counts_from_war(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a count goes from a war on: "what was done since the 44-day war of 27 September to 10 November?"."""
    return timed.mention.form == "cumulative" and any(
        timed.start <= token.start < timed.end and (token.has("c:event") or names_war(token))
        for token in sentence.tokens)


def running_year(year: Period, clock: Clock) -> Period | None:
    """Return the part of a year that is over on the day of publication: "in 2025", printed in June of it."""
    published = clock.anchor.published
    if published is None or year.end != f"{published.year}-12-31" or (
            published.month == _DECEMBER and published.day > _YEAR_NEARLY_OVER):
        return None
    return Period(year.start, published.isoformat(), PeriodKind.CUSTOM, year.year_source)
