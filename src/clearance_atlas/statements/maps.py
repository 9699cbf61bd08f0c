"""Maps of minefields: the district and the day of a hand-over that the sentence before the number of mines tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.keys import align
from clearance_atlas.statements.splits import distinct

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Period
    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.splits import Places

_REACH = 2  # sentences from a hand-over to the mines on the maps
_DAYS = 2
_BELOW = 6  # sentences from the mines to where they were laid


def places_of_maps(draft: Draft, clock: Clock, *, text: str) -> Places:
    """Return the places of the maps that changed hands just before: "maps of Barda were given. They show 90 mines"."""
    told = _handed_before(draft, clock)
    if draft.sentence.places or not told or len(draft.sentence.figures) > 1:
        return []
    return distinct([(place.code, place.name, text[place.start:place.end]) for place in told[0].places])


def set_days_of_maps(drafts: Sequence[Draft], clock: Clock) -> None:
    """Give the mines of each district the day of its maps: "maps of Barda on 2 May, of Tovuz on 3 June. ..."."""
    for draft in drafts:
        codes = {code for code, _, _ in draft.places}
        if draft.own_time or not codes:
            continue
        for told in _handed_before(draft, clock):
            days = _days_by_place(told, clock)
            named = {days[code] for code in codes if code in days}
            if len(days) > 1 and len(named) == 1 and codes <= days.keys():
                draft.period = named.pop()
                break


def _handed_before(draft: Draft, clock: Clock) -> list[Sentence]:
    """Return the sentences just before that tell of maps of named places handed over, the nearest first."""
    number = draft.sentence.number
    return [sentence for sentence in reversed(clock.sentences[max(0, number - _REACH):number])
            if "mapped" in sentence.cues and sentence.places and not sentence.figures and "partial" not in sentence.cues
            and ("handed" in sentence.cues or any(timed.mention.form == "day" for timed in sentence.times))]


def _days_by_place(sentence: Sentence, clock: Clock) -> dict[str | None, Period]:
    """Return the day that goes with each place of a sentence, where several days take turns with its places."""
    readings = {timed.start: clock.reading(sentence, timed) for timed in sentence.times if timed.mention.form == "day"}
    days = {at: reading.period for at, token in enumerate(sentence.tokens)
            if token.kind == "D" and (reading := readings.get(token.start)) is not None}
    keys = [at for at, token in enumerate(sentence.tokens) if token.kind == "L"]
    if len(days) < _DAYS:
        return {}
    pairs = align(keys, sorted(days), in_order=False)
    return {sentence.places[sentence.tokens[key].ref].code: days[mates[0]] for key, mates in pairs.items()
            if len(mates) == 1}


def where_laid(draft: Draft, clock: Clock, *, text: str) -> Places:
    """Return where the mines of maps lie, told in the next sentence: "All of them had been laid in Barda".

    Or told further below, in a sentence about the maps that has no date and number of its own.
    """
    number = draft.sentence.number + 1
    told = next((sentence for sentence in clock.sentences[number:number + _BELOW] if "mapped" in sentence.cues
                 and sentence.places and not sentence.figures and not sentence.times
                 and "partial" not in sentence.cues), None)
    if told is not None and not draft.sentence.places:
        return distinct([(place.code, place.name, text[place.start:place.end]) for place in told.places])
    after = clock.sentences[number] if number < len(clock.sentences) else None
    if after is None or draft.sentence.places or after.figures or after.paragraph != draft.sentence.paragraph \
            or "planted" not in after.cues or "partial" in after.cues:
        return []
    return distinct([(place.code, place.name, text[place.start:place.end]) for place in after.places])
