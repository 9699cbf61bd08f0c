"""Places told by reference: "there", "the same seven districts", ``həmin rayonlarda``, ``в районах, названных выше``.

A stated number is a check: seven districts are only a list of seven.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.splits import distinct
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.splits import Places
    from clearance_atlas.statements.tokens import Token

_LOOK_BACK = 4
_THERE = 6  # sentences: "there" goes on with the place that a conversation is about
_TO_LIST = 10
_MOST_COUNTED = 7
_JOINT = 2
_SOME = 3  # "in three districts" may be those listed, "in two" is too few to tell
_BEFORE, _AFTER = 5, 3


@dataclass(frozen=True, slots=True)
class Pointer:
    """Words for districts told before: how many these are, 0 where none is said; whether they say "the same"."""

    count: int
    again: bool


def referred_places(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the places that a sentence points back to, none if their number differs, ``None`` for no pointer."""
    pointer = _districts(draft.sentence)
    if pointer is not None:
        found = _last_list(draft, clock, pointer, text=text)
        return found if found or (pointer.again and pointer.count) else None
    return _there(draft, clock, text=text) or None


def _districts(sentence: Sentence) -> Pointer | None:
    """Return the first words for several districts that are not named with them."""
    if "g:neighbour" not in sentence.tags:
        return None
    for at, token in enumerate(sentence.tokens):
        if not token.has("g:neighbour"):
            continue
        count, again = _determined(sentence.tokens, at)
        again = again or any(after.text in forms("named_before") for after in sentence.tokens[at + 1:at + 1 + _AFTER])
        if (again and (count >= _JOINT or (not count and token.text.startswith(forms("districts"))))) or count >= _SOME:
            return Pointer(count, again)
    return None


def _determined(tokens: Sequence[Token], noun: int) -> tuple[int, bool]:
    """Return the number before a noun, and whether "the same", "these" or "both" stand before it."""
    count, again = 0, False
    for token in reversed(tokens[max(0, noun - _BEFORE):noun]):
        number = int(token.value) if token.value else int(token.text) if token.kind == "n" and token.text.isdecimal() \
            else 0
        if token.text in forms("again") or token.text in forms("named_before") or token.has("c:of_them"):
            again = True
        elif number and not count:
            count = number
        elif not (token.has("t:filler", "g:article") or token.text in "-–" or token.text in forms("all_of")):
            break
    return count, again


def _last_list(draft: Draft, clock: Clock, pointer: Pointer, *, text: str) -> Places:
    """Return the last list of districts before a sentence, which must have as many as the pointer says."""
    found: Places = []
    reach = _TO_LIST if pointer.count >= _SOME else _LOOK_BACK
    for sentence in reversed(clock.sentences[max(0, draft.sentence.number - reach):draft.sentence.number]):
        here = distinct([(p.code, p.name, text[p.start:p.end]) for p in sentence.places])
        if len(here) >= _JOINT and pointer.count in {0, len(here)}:
            return [] if "partial" in sentence.cues else here
        if not here and not pointer.count and "g:region" in sentence.tags:
            return []  # "Karabakh and its neighbour are mined. In these regions ..."
        found = distinct([*here, *found])
        if len(found) >= (pointer.count or _JOINT) and draft.sentence.number - sentence.number <= _LOOK_BACK:
            return found if not pointer.count or len(found) == pointer.count else []
    return []


def _there(draft: Draft, clock: Clock, *, text: str) -> Places:
    """Return the places that "there" or "that district" points back to."""
    if "same_places" not in draft.sentence.cues:
        return []
    tokens = draft.sentence.tokens
    pointer = next((token for at, token in enumerate(tokens) if token.has("c:same_places") and not (
        at + 1 < len(tokens) and " " not in token.text and tokens[at + 1].has("g:copula")
        and not tokens[at + 1].has("t:to", "t:filler"))), None)
    if pointer is None or _points_within(draft.sentence, pointer.start) or any(
            token.has("g:region") and token.start < pointer.start for token in tokens):
        return []  # "the lands around it were regained; since then mines have killed 30 there"
    count = next((number for number in range(2, _MOST_COUNTED + 1)
                  if not set(pointer.text.split()).isdisjoint(forms(str(number)))), 0)
    found: Places = []
    reach = _LOOK_BACK if " " in pointer.text else _THERE
    for sentence in reversed(clock.sentences[max(0, draft.sentence.number - reach):draft.sentence.number]):
        here = distinct([(p.code, p.name, text[p.start:p.end]) for p in sentence.places])
        found = distinct([*here, *found])
        if not found and "g:region" in sentence.tags:
            return []  # "in Barda they found 3. In Karabakh they found 9 ... There they have found 70"
        if found and pointer.text.endswith(forms("one_place")):
            return found if len(here) == 1 else []
        if found and (len(found) >= count if count else len(found) > 1 or " " not in pointer.text):
            return found if not count or len(found) == count else []
    return [] if count else found


def _points_within(sentence: Sentence, pointer: int) -> bool:
    """Say whether "there" is the ground just counted: "they cleared 26 hectares and found 7 mines there"."""
    chars = [(sentence.char(figure.at), figure.unit) for figure in sentence.figures]
    return any(char < pointer and unit != Unit.ITEMS for char, unit in chars) and chars[-1][0] > pointer


def the_district(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the only place named so far for "in the district", which opens the sentence or that of its period."""
    for sentence in (draft.sentence, draft.announced):
        if sentence is None or sentence.places or "g:the_district" not in sentence.tags \
                or not any(token.has("g:the_district") for token in sentence.tokens[:max(1, draft.at)]) \
                or (sentence is draft.announced and not sentence.tokens[0].has("g:the_district")):
            continue
        named = [place for other in clock.sentences[max(0, sentence.number - _THERE):sentence.number]
                 for place in other.places]
        found = distinct([(place.code, place.name, text[place.start:place.end]) for place in named])
        return found if len(found) == 1 else None
    return None
