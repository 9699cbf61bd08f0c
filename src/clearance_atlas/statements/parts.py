"""Parts by place of a total told before, in places that no gazetteer holds: read only where they add up to it.

"Of 30 victims ... Most were in Northvale (14), then Eastmoor (10), with 3 each Ford and Mill." The numbers have no noun
and the names no list, so the sum alone tells what is counted; without it nothing is read.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.numerals import Numeral, numerals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_FEWEST = 3
_LOOK_BACK = 12
_LONGEST_NAME = 4
_FAR_NAME = 5
_NOT_NAMES = ("x!", "month:", "t:", "o:", "num:")

Part = tuple[Numeral, tuple[int, int]]


def read_parts(sentence: Sentence, before: Sequence[Draft], *, text: str) -> list[Draft]:
    """Return the parts that a sentence without figures gives of a total told shortly before it."""
    if sentence.figures or not any(token.text == "(" or token.has("g:apiece") for token in sentence.tokens):
        return []
    parts = list(_parts(sentence.tokens, text=text))
    values = [Decimal(number.raw) for number, _ in parts]
    whole = next((draft for draft in reversed(before[-_LOOK_BACK:]) if draft.value == sum(values)), None)
    if len(parts) < _FEWEST or whole is None:
        return []
    return [_draft(sentence, number, name, whole, text=text) for number, name in parts]


def _draft(sentence: Sentence, number: Numeral, name: tuple[int, int], whole: Draft, *, text: str) -> Draft:
    first, last = sentence.tokens[number.first], sentence.tokens[number.last]
    printed = text[sentence.tokens[name[0]].start:sentence.tokens[name[1]].end]
    return Draft(sentence, number.first, first.start, last.end, whole.measure, Decimal(number.raw), whole.unit,
                 "list/parts-of-total", item=whole.item, breakdown=Breakdown.DISTRICT, flags=set(whole.flags),
                 places=[(None, printed, printed)], own_places=True, whole=whole)


def _parts(tokens: Sequence[Token], *, text: str) -> Iterator[Part]:
    """Yield each number with the name that it belongs to: ``Northvale (14)``, ``3 each Ford and Mill``."""
    for number in numerals(tokens):
        at = number.last + 1
        if not number.raw.isdecimal() or at >= len(tokens):
            continue
        if tokens[number.first - 1].text == "(" and tokens[at].text == ")" and number.first:
            name = _name_before(tokens, number.first - 1, text=text)
            if name is not None:
                yield number, name
        elif tokens[at].has("g:apiece"):
            for name in _names_after(tokens, at + 1, text=text):
                yield number, name


def _name_before(tokens: Sequence[Token], end: int, *, text: str) -> tuple[int, int] | None:
    """Return the name nearest before a bracket, past at most a few words: "in Northvale most often (14)"."""
    for last in range(end - 1, max(-1, end - _FAR_NAME), -1):
        if tokens[last].kind not in "wL":
            return None
        if _is_name(tokens[last], text=text):
            first = last
            while first and last - first < _LONGEST_NAME - 1 and _is_name(tokens[first - 1], text=text):
                first -= 1
            return first, last
    return None


def _names_after(tokens: Sequence[Token], at: int, *, text: str) -> Iterator[tuple[int, int]]:
    """Yield the names of a run joined by commas and "and", up to the next number."""
    while at < len(tokens):
        if _is_name(tokens[at], text=text):
            last = at
            while last + 1 < len(tokens) and _is_name(tokens[last + 1], text=text):
                last += 1
            yield at, last
            at = last + 1
        elif tokens[at].text == "," or tokens[at].has("g:and", "t:filler"):
            at += 1
        else:
            return


def _is_name(token: Token, *, text: str) -> bool:
    return token.kind == "L" or (token.kind == "w" and text[token.start].isupper() and not any(
        tag.startswith(_NOT_NAMES) for tag in token.tags))
