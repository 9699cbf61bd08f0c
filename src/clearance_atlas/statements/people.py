"""People who may be counted: a number of them, the group that they belong to, and what is no number of people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.statements.figures import is_identifier
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import CASUALTY, is_one_in_words, names_victims
from clearance_atlas.statements.numerals import Numeral

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_GROUPS = ("civilians", "military", "children", "women", "deminers", "journalists")
_NOT_PEOPLE = ("ap", "at", "mine", "uxo", "ordnance", "submunition", "ha", "km2", "m2", "percent", "currency")
_YEAR_DIGITS = 4


@dataclass(slots=True)
class PeopleSentence:
    """A sentence with its numbers by first token, their last tokens, and its brackets."""

    tokens: Sequence[Token]
    pairs: dict[int, int]
    starts: dict[int, Numeral]
    ends: frozenset[int]
    inside: dict[int, int]


def counts_things(  # noqa: PLR0911  one kind of thing a line
    sentence: PeopleSentence, number: Numeral,
) -> bool:
    """Say whether the words beside it make it a number of something else: other things, or somebody's age."""
    if is_identifier(sentence.tokens, number) or _is_somebody(sentence.tokens, number):
        return True
    before = sentence.tokens[number.first - 1] if number.first else None
    if before is not None and number.first > 1 and number.raw and sentence.tokens[number.first - 2].has("g:person") \
            and (before.text == "," or before.has("g:copula")):
        return True  # "a man of 41", "his son, 12,"
    if names_victims(sentence.tokens, number):
        return False
    for token in sentence.tokens[number.last + 1:number.last + 3]:
        if token.kind == "p" and token.text not in '-"':
            return False
        if token.has("t:year_word") and len(number.raw) == _YEAR_DIGITS:
            return True  # "born in 1978"
        if token.has(*_NOT_PEOPLE) or (token.has("x!nouns") and not is_people(token)) \
                or any(tag.startswith("item:") for tag in token.tags):
            return True
        if token.tags & CASUALTY or is_people(token):
            return False
    return False


def _is_somebody(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" is no count but anybody: "one reads there that ..."."""
    return is_one_in_words(number) and not any(
        token.tags & CASUALTY or is_people(token) or token.has("g:person", "c:of_them", "g:and", "g:or")
        for token in tokens[number.last + 1:number.last + 4])


def is_whole(sentence: PeopleSentence, at: int) -> bool:
    """Say whether a number only tells what another is part of: ``17 of the 65``."""
    tokens = sentence.tokens
    return at > 2 and tokens[at - 1].text in forms("those") and tokens[at - 2].text in forms("of") \
        and at - 3 in sentence.ends  # noqa: PLR2004  a number and two words


def is_people(token: Token) -> bool:
    """Say whether a word is one for people."""
    return any(tag.startswith("p:") for tag in token.tags)


def group_of(sentence: PeopleSentence, number: Numeral) -> str | None:
    """Return the group of people that a number counts, by the noun after it or before it."""
    for at in range(number.last + 1, min(len(sentence.tokens), number.last + 4)):
        token = sentence.tokens[at]
        if at in sentence.starts or (token.kind == "p" and token.text not in '-"'):
            break
        for group in _GROUPS:
            if token.has(f"p:{group}"):
                return group
    at = number.first - 1
    after = number.last + 1
    listed = number.first in sentence.inside and after < len(sentence.tokens) and sentence.tokens[after].text in ",;)"
    if at > 0 and (sentence.tokens[at].text in "-–:" or listed):  # "(civilians 50, soldiers 15)"
        at -= sentence.tokens[at].text in "-–:"
        for group in _GROUPS:
            if sentence.tokens[at].has(f"p:{group}"):
                return group
    return None
