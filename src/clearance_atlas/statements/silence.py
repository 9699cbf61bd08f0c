"""Sentences that gave no figure: which of them a person should see, and which count nothing that is a figure here.

A number is explained when its words show that it counts something else: money, percent, staff and animals, places,
companies, years and other stretches of time, ages, telephone numbers. A sentence with any other number stays listed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from clearance_atlas.statements.nouns import AREA_UNITS, ORDNANCE
from clearance_atlas.statements.numerals import Numeral, numerals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.config import Profile
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_ELSE = ("g:village", "g:neighbour", "o:companies", "t:month_word", "t:year_word", "t:week", "t:n_months", "t:quarter",
         "t:half", "t:day_word", "t:decade")
_ENDS = ("t:filler", "t:to", "t:from", "t:since", "g:and", "g:or")
_MEASURED = frozenset({*ORDNANCE, *AREA_UNITS})
_REACH = 4
_JOINED = 2
_YEAR = re.compile(r"(?:19|20)\d\d")
_AGE = re.compile(r"\d{1,2}")


def contacts(profile: Profile | None) -> frozenset[str]:
    """Return the telephone numbers to which the profile's safety line points."""
    lines = profile.safety_contact.values() if profile else ()
    return frozenset(number for line in lines for number in re.findall(r"\d+", line))


def is_silent(sentence: Sentence, *, numbers: frozenset[str]) -> bool:
    """Say whether a sentence has a number that nothing explains; ``numbers`` are telephone numbers."""
    tokens = sentence.tokens
    explained: Numeral | None = None
    for number in numerals(tokens):
        if not (_is_joined(tokens, explained, number) or _is_explained(tokens, number, numbers=numbers)):
            return True
        explained = number
    return False


def _is_joined(tokens: Sequence[Token], before: Numeral | None, number: Numeral) -> bool:
    """Say whether a number only goes on with an explained one: "aged 24 and 31"."""
    return before is not None and number.first - before.last <= _JOINED and all(
        token.text == "," or token.has("g:and", "g:or") for token in tokens[before.last + 1:number.first])


def _is_explained(tokens: Sequence[Token], number: Numeral, *, numbers: frozenset[str]) -> bool:
    if not number.raw and number.value == 1 and number.factor == 1:
        return True  # an article, not a count
    if number.raw in numbers:
        return True
    before = tokens[number.first - 1] if number.first else None
    if before is not None and before.has("currency", "x!nouns"):
        return True
    after = tokens[number.last + 1:number.last + 1 + _REACH]
    if _YEAR.fullmatch(number.raw) and not (after and after[0].tags & _MEASURED):
        return True
    return _is_age(tokens, number) or _counts_else(after)


def _is_age(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a number between commas after a person is an age: "a shepherd, 23, was hurt"."""
    around = tokens[max(0, number.first - 2):number.first], tokens[number.last + 1:number.last + 2]
    return bool(_AGE.fullmatch(number.raw)) and len(around[0]) == _JOINED and around[0][1].text == "," \
        and bool(around[1]) and around[1][0].text == "," and any(tag.startswith("p:") for tag in around[0][0].tags)


def _counts_else(after: Sequence[Token]) -> bool:
    """Say whether the words after a number count something that is no figure of mine action."""
    for at, token in enumerate(after):
        if token.has("x!nouns", "percent", "currency") or (at < _JOINED and token.has(*_ELSE)):
            return True
        if token.kind in "nDL" or token.has(*_ENDS) or (token.kind == "p" and token.text not in "-'\""):
            return False
        if token.tags & _MEASURED and not any(other.has("x!nouns", "g:compound") for other in after[at + 1:at + 2]):
            return False
    return False
