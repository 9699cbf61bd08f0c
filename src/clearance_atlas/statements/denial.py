"""Mines that are told to be gone: words for dangerous ground that a negation or a removal turns round.

"Hectares on which no mines remain" are cleared, as are those by which "the list of mined land" has grown shorter;
each of their words alone would say the contrary.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearance_atlas.statements.nouns import AREA_UNITS, ORDNANCE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_DANGER = frozenset({"c:unfinished", "c:contaminated"})
_DENYING = frozenset({"g:none", "g:shrinks", "g:ceases"})
_NEGATED = 8  # words from a negation to the verb: "neither mines nor unexploded ordnance of any kind remain"
_NOUN = 4  # words from a negation to what is not there
_BESIDE = 3  # words from a list to what it lists
_TOLD = 14  # words from dangerous ground to what became of it


def without_denied(tokens: list[Token], *, tags: frozenset[str]) -> tuple[list[Token], frozenset[str]]:
    """Return the tokens, and all their tags, with denied words for danger read as words for cleared ground."""
    if tags.isdisjoint(_DANGER) or tags.isdisjoint(_DENYING):
        return tokens, tags
    told = [replace(token, tags=(token.tags - _DANGER) | {"c:cleared"})
            if token.has(*_DANGER) and (_is_negated(tokens, at) or _is_taken_off(tokens, at)) else token
            for at, token in enumerate(tokens)]
    return told, frozenset().union(*(token.tags for token in told))


def _is_negated(tokens: Sequence[Token], at: int) -> bool:
    """Say whether it is mines that do not remain: "no mines remain", ``не осталось ни мин``."""
    if not tokens[at].has("c:unfinished"):
        return False
    if at > 1 and tokens[at - 1].has("g:none") and _names_mines(tokens[max(0, at - _BESIDE):at - 1]):
        return True  # ``мин не осталось``
    for place in range(at - 1, max(-1, at - _NEGATED - 1), -1):
        if tokens[place].kind == "n" or tokens[place].text in {";", "."}:
            break
        if tokens[place].has("g:none") and _names_mines(tokens[place + 1:place + 1 + _NOUN]):
            return True
    return any(token.has("g:none") and _names_mines(tokens[place + 1:place + 1 + _NOUN])
               for place, token in enumerate(tokens[at + 1:at + 3], at + 1))


def _names_mines(tokens: Sequence[Token]) -> bool:
    for token in tokens:
        if token.kind == "n" or token.tags & AREA_UNITS.keys():
            return False
        if token.tags & ORDNANCE or token.has("g:peril"):
            return True
    return False


def _is_taken_off(tokens: Sequence[Token], at: int) -> bool:
    """Say whether ground leaves a list of dangerous ground, or a step makes such ground less."""
    if not tokens[at].has("c:contaminated"):
        return False
    first, last = _bounds(tokens, at)
    if any(tokens[place].has("g:ceases") for place in range(first, last)):
        return True  # "30 hectares have ceased to be mined land"
    shrinking = [place for place in range(first, last) if tokens[place].has("g:shrinks")]
    if not shrinking:
        return False
    beside = tokens[max(0, at - _BESIDE):at + _BESIDE + 1]
    return any(token.has("g:listed") for token in beside) or any(_is_step(tokens, place) for place in shrinking)


def _bounds(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the bounds of the words around a place: a semicolon, a full stop, or a reach."""
    first, last = max(0, at - _TOLD), min(len(tokens), at + _TOLD)
    first = next((place + 1 for place in range(at - 1, first - 1, -1) if tokens[place].text in {";", "."}), first)
    last = next((place for place in range(at + 1, last) if tokens[place].text in {";", "."}), last)
    return first, last


def _is_step(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb has a number as its step: "shrank by 40 hectares", ``40 hektar azalıb``."""
    if at and tokens[at - 1].tags & AREA_UNITS.keys():
        return True
    ahead = tokens[at + 1:at + _BESIDE + 1]
    return any(token.has("g:step") and any(
        number.kind == "n" for number in tokens[place + 1:place + 3]) for place, token in enumerate(ahead, at + 1))
