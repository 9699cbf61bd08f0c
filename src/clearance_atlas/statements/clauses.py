"""Cues of a figure's own clause: the words that say what became of it, and those that belong to its neighbours."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import EXCLUDED
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.figures import Figure
    from clearance_atlas.statements.tokens import Token

_STATUS = frozenset({"surveyed", "planned", "ordered", "unfinished", "contaminated", "cleared", "mapped", "planted",
                     "cancelled", "in_use", "stocked"})
_FATES = ("surveyed", "ordered", "unfinished", "contaminated", "cleared", "planned", "cancelled", "in_use")
_FATED = _STATUS | {"extent", "ceded"}
_OF_MINES = frozenset({"mapped", "planted", "stocked"})  # "30 hectares lie in Barda": no ground is laid
_CLAUSE = 24
BRACKET = 5  # words from an area to itself in brackets
_VERB = 6  # words between a verb and its number
_USE = 4  # words between a use of land and what says that the land is for it
_APPOSED = 5  # a number, its multiplier, two words for its unit, a comma
AREAS = frozenset({Unit.HECTARE, Unit.SQUARE_KILOMETRE, Unit.SQUARE_METRE})


def cues_near(draft: Draft) -> set[str]:
    """Return the cues of the figure's own clause; where it has none on what became of the area, those before it."""
    tokens, at = draft.sentence.tokens, draft.at
    if draft.sentence.cues.isdisjoint(_FATED):
        return set()
    if "planned" in draft.sentence.cues and "g:aside" in draft.sentence.tags:
        tokens = _without_asides(tokens, at)
    others = [figure.at for figure in draft.sentence.figures if figure.at != at
              and not repeats_in_brackets(draft, figure)]
    first, last = clause_around(tokens, at)
    last = _next_count(tokens, at, last=last) if draft.unit in AREAS else last
    before_next = min((other for other in others if other > at), default=last)
    after_last = _own_begin(tokens, at, max((other for other in others if other < at), default=first - 1), before_next)
    own = cues_in(tokens[max(first, after_last + 1):min(last, before_next)])
    if own & (_FATED - _OF_MINES if draft.unit in AREAS else _FATED):
        begin = max(first, after_last + 1)
        return own - _farther(tokens[begin:min(last, before_next)], at - begin, cut=before_next < last)
    found = own | cues_in(tokens[first:min(last, before_next)]) | (
        cues_in(tokens[first:last]) & {"mapped", "planted", "cleared"})
    return found if found & _FATED or not first else found | _of_long_list(tokens, first)


def _without_asides(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return the tokens with the clauses on who acts as plain words: "the army, which means to buy dogs, has ..."."""
    plain = list(tokens)
    opening = None
    for place, token in enumerate(tokens):
        if token.text == "," and opening is None and place + 1 < len(tokens) and tokens[place + 1].has("g:aside"):
            opening = place
        elif token.text == "," and opening is not None:
            if not opening < at < place:
                plain[opening + 1:place] = [replace(one, tags=frozenset()) for one in tokens[opening + 1:place]]
            opening = None
    return tuple(plain)


def _next_count(tokens: Sequence[Token], at: int, *, last: int) -> int:
    """Return where a verb after a comma begins with a count of something else: "checked 5 ha, rid 12 km of mines"."""
    for comma in range(at + 1, last):
        if tokens[comma].text != "," or not cues_in(tokens[max(0, at - _VERB):comma]) & _FATED:
            continue
        verb = comma + 1 + (tokens[comma + 1].has("g:and") if comma + 1 < last else 0)
        ahead = tokens[verb + 1:verb + _VERB]
        if verb < last and _cues_of(tokens[verb].tags) & _FATED and any(
                one.kind == "n" and other.tags & EXCLUDED for one, other in pairwise(ahead)):
            return comma
    return last


def _of_long_list(tokens: Sequence[Token], first: int) -> set[str]:
    """Return the fate that opens a list longer than a clause: the last one told before it in its sentence."""
    for place in range(first, -1, -1):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            return set()
        if fate := _cues_of(tokens[place].tags) & _FATED:
            return set(fate)
    return set()


def _own_begin(tokens: Sequence[Token], at: int, before: int, following: int) -> int:
    """Return where the words of a figure begin: past a comma that closes the clause of the figure before it."""
    comma = next((place for place in range(at - 1, before, -1) if tokens[place].text == ","), None)
    fates = set(_FATES)
    if comma == at - 1 and any(token.text == "," for token in tokens[at + 2:at + _APPOSED]):
        return before  # "wants the minefields, 70 hectares, cleared": one clause
    if comma is None or not (cues_in(tokens[before + 1:comma]) & fates and cues_in(tokens[at:following]) & fates):
        return before
    return comma


def repeats_in_brackets(draft: Draft, figure: Figure) -> bool:
    """Say whether a figure is the draft's area once more, in another unit: "9,000 m2 (0.9 ha) were checked"."""
    tokens = draft.sentence.tokens
    return draft.unit in AREAS and figure.unit in AREAS and figure.unit != draft.unit \
        and draft.at < figure.at <= draft.at + BRACKET and tokens[figure.at - 1].text == "("


def _farther(tokens: Sequence[Token], at: int, *, cut: bool) -> set[str]:
    """Return "cleared" where another fate stands nearer to the number, or the other fates where it does not.

    "Checked and cleared" is cleared; "the deminers checked 5 hectares" is not.
    """
    distance: dict[str, int] = {}
    for place, token in enumerate(tokens):
        for cue in _FATES:
            if f"c:{cue}" in token.tags:
                distance[cue] = min(distance.get(cue, len(tokens)), abs(place - at))
    others = {cue: far for cue, far in distance.items() if cue != "cleared"}
    if any(token.has("c:unfinished") and place and tokens[place - 1].has("c:cleared")
           for place, token in enumerate(tokens[:at])):
        others.pop("unfinished", None)  # "cleared the last 12 hectares"
    if _is_share(tokens, at) or ("contaminated" in others and _only_were_mined(tokens)):
        others.pop("contaminated", None)
    if "ordered" in others and _only_was_ordered(tokens):
        others.pop("ordered")
    if not others or "cleared" not in distance:
        return set()
    end = len(tokens) - 2 if cut else len(tokens)  # "checked 18 hectares and lifted 33 mines": a verb of its own
    parted = _parted(tokens, at)
    surveyed = next((place for place, token in enumerate(tokens) if token.has("c:surveyed")), 0)
    joined = any((token.has("g:and") and place >= max(parted, surveyed) and any(
        after.has("c:cleared") for after in tokens[place + 1:place + 4] if place < at or place + 1 < end)
        and not (place > at and tokens[place + 1:] and tokens[place + 1].kind == "n"))  # "18 checked, and 5 cleared"
                 or (token.has("c:surveyed") and (
                     token.text.endswith(forms("converb")) or _then_cleared(tokens, place)))  # "inspected and then"
                 for place, token in enumerate(tokens))
    if "planned" in others and _of_next_clause(tokens, at):
        del others["planned"]
        return {"planned"} if not others or distance["cleared"] < min(others.values()) else {"planned", "cleared"}
    if joined or distance["cleared"] < min(others.values()):
        return set() if "planned" in others else set(others)
    return {"cleared"}


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number is what was cleared of polluted ground: ``çirklənmiş sahənin 40 hektarı təmizlənib``."""
    return at > 1 and tokens[at - 2].has("c:contaminated") and tokens[at - 1].text.endswith(forms("partitive")) and any(
        token.has("c:cleared") for token in tokens[at + 1:])


def _only_were_mined(tokens: Sequence[Token]) -> bool:
    """Say whether words for pollution only tell which ground was cleared: "40 hectares of mined land were cleared"."""
    told = [at for at, token in enumerate(tokens) if token.has("c:contaminated")]
    return all(tokens[at].text.startswith(forms("polluted")) or tokens[at].text.endswith(forms("participle"))
               for at in told) and not any(at and tokens[at - 1].text.endswith(forms("be")) for at in told)


def _only_was_ordered(tokens: Sequence[Token]) -> bool:
    """Say whether orders only tell which ground was cleared: "of the ordered land 40 hectares have been cleared"."""
    told = [at for at, token in enumerate(tokens) if token.has("c:ordered")]
    return all(at and tokens[at - 1].text.endswith(forms("the")) and " " not in tokens[at].text for at in told) and any(
        token.has("c:cleared") for token in tokens[told[-1]:])


def _then_cleared(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb of survey stands right before one of clearing: ``yoxlanılıb təmizlənib``."""
    return tokens[at].text.endswith(forms("perfect")) and any(token.has("c:cleared") for token in tokens[at + 1:at + 2])


def _parted(tokens: Sequence[Token], at: int) -> int:
    """Return where a verb of survey begins a clause of its own: "lifted and destroyed, and had inspected 5 ha"."""
    return next((place for place in range(at - 1, 0, -1) if tokens[place].has("g:and")
                 and tokens[place - 1].text == "," and any(token.has("c:surveyed") for token in tokens[place + 1:at])),
                0)


def _of_next_clause(tokens: Sequence[Token], at: int) -> bool:
    """Say whether only the clause after a figure speaks of plans: "cleared 35 ha, and by autumn they plan ..."."""
    plans = [place for place, token in enumerate(tokens) if token.has("c:planned")]
    if not plans or plans[0] <= at:
        return False
    comma = next((place for place in range(plans[0], at, -1) if tokens[place].text in {",", ";"}), None)
    return comma is not None and any(token.has("c:cleared") for token in tokens[:comma])


def clause_around(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the bounds of the clause around a token: a semicolon, a full stop, or the reach of a clause."""
    first, last = max(0, at - _CLAUSE), min(len(tokens), at + _CLAUSE)
    for place in range(at, first - 1, -1):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            first = place
            break
    for place in range(at, last):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            last = place
            break
    return first, last


def cues_in(tokens: Sequence[Token]) -> set[str]:
    """Return the cues of some words, without those that a negation takes back."""
    found = set().union(*(_cues_of(token.tags) for token in tokens if token.tags))
    if "planned" in found and all(at and tokens[at - 1].has("g:not") for at, token in enumerate(tokens)
                                  if token.has("c:planned")):
        found.discard("planned")  # "will no longer harm anybody"
    if "mapped" in found and all(at and tokens[at - 1].has("g:not", "g:each") for at, token in enumerate(tokens)
                                 if token.has("c:mapped")):
        found.discard("mapped")  # "were on no map"
    if any(token.has("g:intended") and not _is_for_use(tokens, at) for at, token in enumerate(tokens)):
        found.add("planned")
    return found


def _is_for_use(tokens: Sequence[Token], at: int) -> bool:
    """Say whether land is only meant for farming or building, which plans no clearance: "earmarked for farming"."""
    return any(tag.startswith("use:") for token in tokens[max(0, at - _USE):at + _USE + 1] for tag in token.tags)


@lru_cache(maxsize=1 << 12)
def _cues_of(tags: frozenset[str]) -> frozenset[str]:
    return frozenset(tag[2:] for tag in tags if tag.startswith("c:"))
