"""When people came to harm: the accident that a count of victims tells of, or the time before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Period, PeriodKind, YearSource
from clearance_atlas.statements.clock import JUST_SAID, SPEECH_REACH, as_date, is_event_day, is_speech_day
from clearance_atlas.statements.drafts import MOST_COMPARED
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence

MOST_IN_ACCIDENT = 20
_FEW_DAYS = 10


def accident_of(draft: Draft, clock: Clock) -> tuple[Sentence, Period] | None:
    """Return the accident that a number of people belongs to, and its day: told in the sentence before or after."""
    own = draft.sentence
    dated = any(not is_event_day(own, timed) for timed in own.times)
    if dated or draft.value > MOST_IN_ACCIDENT or "cumulative" in own.cues:
        return None
    beside = [*reversed(clock.sentences[max(0, own.number - SPEECH_REACH):own.number]),
              *clock.sentences[own.number + 1:own.number + 2]]
    for other in beside:
        told = other.number < own.number or own.number <= 1  # a headline tells it before the text does
        happened = any(token.has("item:incidents") or (token.has("ap", "at", "mine", "c:victim") and told)
                       for token in other.tokens) or (_tells_accident(own) and counts_only_people(other))
        if abs(other.paragraph - own.paragraph) > (other.number > own.number) or not happened:
            continue
        for timed in other.times:
            reading = clock.reading(other, timed)
            just = timed.mention.form in {"today", "yesterday"} and "reporting" not in other.cues
            if (timed.mention.form == "day" or just) and reading is not None and not is_speech_day(other, timed) \
                    and not is_event_day(other, timed):
                return _scene(own, other, clock), reading.period
    return None


def undated_accident(draft: Draft, drafts: Sequence[Draft], clock: Clock) -> Sentence | None:
    """Return the scene of the one accident that a text is about, its day unsaid: "A lorry hit a mine: 2 dead"."""
    own = draft.sentence
    people = [other for other in drafts[:MOST_COMPARED] if other.is_casualty]
    counted = len(drafts) > MOST_COMPARED or any(
        other.value > MOST_IN_ACCIDENT or other.sentence.times or other.sentence.cues & {"cumulative", "total"}
        for other in people)
    leads = own.number <= 1 and own.places and not own.times and own.cues.isdisjoint({"cumulative", "total"}) \
        and draft.value <= MOST_IN_ACCIDENT  # a headline of an accident, counts of the years below it
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


def counts_only_people(sentence: Sentence) -> bool:
    """Say whether all figures of a sentence are of people."""
    return all(figure.unit == Unit.PEOPLE for figure in sentence.figures)


def _scene(own: Sentence, other: Sentence, clock: Clock) -> Sentence:
    """Return the sentence that says where an accident was: that of the number, of the day, or one just before."""
    if own.places or other.places:
        return own if own.places else other
    before = clock.sentences[max(0, own.number - JUST_SAID - 1):own.number]
    return next((sentence for sentence in reversed(before) if sentence.places and _tells_accident(sentence)), other)


def _exceeds(draft: Draft, period: Period) -> bool:
    """Say whether more people are counted than a few days' accidents harm: "with them, the mines have claimed 262"."""
    start, end = as_date(period.start), as_date(period.end)
    return draft.value > MOST_IN_ACCIDENT and start is not None and end is not None and (end - start).days <= _FEW_DAYS


def casualty_period(draft: Draft, clock: Clock, before: tuple[int, Period] | None) -> Period:
    """People counted without a period: the one of the paragraph's count so far, else up to the day of speaking."""
    if before is not None and draft.sentence.number - before[0] <= JUST_SAID and not _exceeds(draft, before[1]):
        return before[1]
    spoken = clock.spoken(draft.sentence.number, near=True)
    end = spoken or clock.anchor.reference
    source = YearSource.PUBLICATION if end else None
    return Period(None, end.isoformat() if end else None, PeriodKind.CUMULATIVE, source)
