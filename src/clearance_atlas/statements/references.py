"""Times told by reference: "in that period", "the same week", "the day before"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Period, PeriodKind, YearSource
from clearance_atlas.statements.accidents import counts_only_people
from clearance_atlas.statements.announcements import announcement
from clearance_atlas.statements.clock import JUST_SAID, SHORT_KINDS, SPEECH_REACH, is_speech_day
from clearance_atlas.statements.cumulative import to_date
from clearance_atlas.statements.days import Reading
from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence

_LOOK_BACK = 4
_KINDS_NAMED = {PeriodKind.MONTH: "that_month", PeriodKind.WEEK: "that_week"}


def by_reference(  # noqa: C901, PLR0911  what "that period" may point to, the nearest first
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
    if current is not None and (just_spanned(draft, clock, current) if form == "reference" else
                                _names_no_week(draft, current, reading)):
        return current
    for sentence in reversed(clock.sentences[:draft.sentence.number]):
        near = form == "reference" and not sentence.figures and draft.sentence.number - sentence.number <= JUST_SAID
        found = announcement(sentence, clock, counts=near)
        if found is not None and (form == "reference" or found.kind == PeriodKind.WEEK):
            return found
    span = clock.main_span(weekly=True) or (clock.main_span(weekly=False) if form == "reference" else None)
    counted = current is not None and current.kind == PeriodKind.CUMULATIVE and form == "reference"
    if span is not None and not (counted and span not in clock.named_until(draft.sentence.number)):
        return span  # "to date 90 ha. In the course of the work ..." before a look back at some month: still to date
    if form == "week" and reading is not None:
        draft.own_time = True
        return reading.period
    return current


def _of_its_kind(draft: Draft, clock: Clock, current: Period, named: Sequence[str]) -> Period | None:
    """Return the month last named for "that month" where the text's own period is a week, and the other way round."""
    asked = next((kind for kind, entry in _KINDS_NAMED.items() if any(
        stem in text.split() or text.endswith(stem) for text in named for stem in forms(entry))), None)
    if asked is None or current.kind not in _KINDS_NAMED or current.kind == asked:
        return None
    for sentence in reversed(clock.sentences[max(0, draft.sentence.number - _LOOK_BACK):draft.sentence.number]):
        for timed in reversed(sentence.times):
            reading = clock.reading(sentence, timed)
            if reading is not None and reading.period.kind == asked and not reading.suspect:
                return reading.period
    return None


def of_count_before(draft: Draft, clock: Clock) -> Period | None:
    """Return the time that victims were counted from just before: "since the war 90 died. In that time 700 ha ..."."""
    before = clock.sentences[draft.sentence.number - 1] if draft.sentence.number else None
    if before is None or "t:that_period" not in draft.sentence.tags or before.paragraph != draft.sentence.paragraph \
            or not before.figures or not counts_only_people(before) or len(before.times) != 1:
        return None
    reading, form = clock.reading(before, before.times[0]), before.times[0].mention.form
    if reading is None or form not in {"cumulative", "since"}:
        return None
    return to_date(draft, clock, reading.period, form)


def goes_on_counting(draft: Draft, clock: Clock, current: Period) -> bool:
    """Say whether "in that time" is the count to date of the sentence just before it."""
    before = clock.sentences[draft.sentence.number - 1] if draft.sentence.number else None
    return before is not None and current.kind == PeriodKind.CUMULATIVE and "t:that_period" in draft.sentence.tags \
        and before.paragraph == draft.sentence.paragraph and bool(before.figures) and bool(before.times) \
        and all(timed.mention.form in {"since", "cumulative"} for timed in before.times)


def just_spanned(draft: Draft, clock: Clock, current: Period) -> bool:
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
