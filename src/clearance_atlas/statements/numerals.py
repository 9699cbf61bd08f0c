"""Numbers of several tokens: words ("twenty-five"), multipliers ("11 min 9"), a blank after a comma ("453, 90 ha")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.quantities import parse_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.quantities import Convention
    from clearance_atlas.statements.tokens import Token

_AREA = ("ha", "km2", "m2")
_COUNTED = (*_AREA, "ap", "at", "mine", "uxo", "ordnance", "submunition")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_REST = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?")
_HUNDRED, _THOUSAND = 100, 1000
_FACTORS = {"x:10": Decimal(10), "x:100": Decimal(100), "x:1000": Decimal(1000), "x:1000000": Decimal(1000000)}
_HALF = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a run of tokens: its digits (or value in words) and what multiplies it."""

    first: int
    last: int
    raw: str
    value: Decimal | None = None
    factor: Decimal = Decimal(1)
    addend: Decimal = Decimal(0)

    def amount(self, *, is_count: bool, written: Convention) -> Decimal | None:
        """Return the number meant; a count has no thousandths, an area may."""
        if self.value is not None:
            return (self.value * self.factor + self.addend).normalize() + 0
        base = parse_number(self.raw, is_count=is_count and self.factor == 1, written=written)
        return None if base is None else (base * self.factor + self.addend).normalize() + 0


def numerals(tokens: Sequence[Token]) -> list[Numeral]:
    """Return the numbers among the tokens of a sentence, in order, from left to right."""
    found: list[Numeral] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind != "n" and token.value is None and not token.has("x:1000", "g:one_half"):
            at += 1
            continue
        numeral = _thousand_and(tokens, at) or _a_thousand(tokens, at) or _digits(tokens, at) or _in_words(tokens, at)
        if numeral is None:
            at += 1
            continue
        found.append(_multiplied(tokens, numeral))
        at = found[-1].last + 1
    return found


def _thousand_and(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read the word for thousand without a number before it: Turkish ``bin 861`` is 1861."""
    if not tokens[at].tags or "x:1000" not in tokens[at].tags or at + 1 >= len(tokens):
        return None
    rest = tokens[at + 1]
    if rest.kind != "n" or not rest.text.isdecimal() or len(rest.text) > 3:  # noqa: PLR2004  below a thousand
        return None
    return Numeral(at, at + 1, rest.text, Decimal(_THOUSAND) + Decimal(rest.text))


def _a_thousand(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read a lone thousand that a hedge goes with: ``более тысячи``, ``mindən çox``, ``bini aşkın``."""
    token = tokens[at]
    if not token.tags or "x:1000" not in token.tags or token.kind != "w":
        return None
    beside = tokens[at + 1:at + 2] if token.text in forms("of_thousand") else \
        tokens[at - 1:at] if at and token.text in forms("a_thousand") else ()
    hedged = any(other.has("q:over", "q:about", "q:under") for other in beside)
    return Numeral(at, at, "", Decimal(_THOUSAND)) if hedged else None


def _digits(tokens: Sequence[Token], at: int) -> Numeral | None:
    token = tokens[at]
    if token.kind != "n":
        return None
    if at + 3 < len(tokens) and tokens[at + 1].text == "," and token.text.isdecimal() and tokens[at + 2].kind == "n" \
            and tokens[at + 1].start == token.end and len(tokens[at + 2].text) <= 2 \
            and tokens[at + 2].text.isdecimal() \
            and tokens[at + 3].has(*_AREA):  # noqa: PLR2004  decimals printed after a blank
        return Numeral(at, at + 2, f"{token.text},{tokens[at + 2].text}")
    if _is_group_after_blank(tokens, at):
        return Numeral(at, at + 2, f"{token.text},{tokens[at + 2].text}")
    return Numeral(at, at, token.text)


def _is_group_after_blank(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a blank has slipped in after a comma of thousands: ``513, 207 mines`` beside ``86,305,411 m²``."""
    if at + 3 >= len(tokens) or tokens[at + 1].text != "," or tokens[at + 1].start != tokens[at].end:
        return False
    rest = tokens[at + 2]
    joined = rest.kind == "n" and len(rest.text) == 3 and rest.text.isdecimal() \
        and tokens[at].text.isdecimal() and len(tokens[at].text) <= 3 and tokens[at].text[0] != "0"  # noqa: PLR2004  groups of three digits
    if joined and at and tokens[at - 1].has("t:to") and _names_people(tokens[at + 3]):
        return True  # "spoke to 80, 641 civilians"
    return joined and tokens[at + 3].has(*_COUNTED) and any(
        token.kind == "n" and _GROUPED.fullmatch(token.text) for token in tokens)


def _names_people(token: Token) -> bool:
    return any(tag.startswith(("p:", "x!")) for tag in token.tags)


def _in_words(tokens: Sequence[Token], at: int) -> Numeral | None:
    """Read a run of number words: units, tens and hundreds."""
    if tokens[at].has("g:one_half"):
        return Numeral(at, at, "", 1 + _HALF)
    if tokens[at].kind != "w" or tokens[at].value is None:
        return None
    total = current = Decimal(0)
    last = at
    place = at
    while place < len(tokens):
        token = tokens[place]
        joins = token.text == "-" or (token.has("g:and") and current >= _HUNDRED)
        if joins and place + 1 < len(tokens) and tokens[place + 1].value is not None and tokens[place + 1].kind == "w":
            place += 1
            continue
        if token.kind != "w" or token.value is None:
            break
        value = token.value
        if value == _HUNDRED and 0 < current < _HUNDRED:
            current *= value
        elif current and (value >= 10 or current % 10 or current < 20) and current % _HUNDRED and value != _HUNDRED:  # noqa: PLR2004  "two three" are two numbers
            break
        else:
            current += value
        last = place
        place += 1
    return Numeral(at, last, "", total + current)


def _thousands_after(tokens: Sequence[Token], at: int) -> tuple[int, Decimal] | None:
    """Read the thousands and the rest after a million: ``1 млн 240 тыс.``, ``535 milyon 431 min 256``."""
    if at + 2 >= len(tokens) or tokens[at + 1].kind != "n" or not tokens[at + 1].text.isdecimal() \
            or "x:1000" not in tokens[at + 2].tags:
        return None
    last, addend = at + 2, Decimal(tokens[at + 1].text) * _THOUSAND
    if last + 1 < len(tokens) and tokens[last + 1].text == "." and tokens[last + 1].start == tokens[last].end:
        last += 1
    rest = tokens[last + 1] if last + 1 < len(tokens) else None
    if rest is not None and rest.kind == "n" and _REST.fullmatch(rest.text):
        return last + 1, addend + Decimal(rest.text.replace(",", "."))
    return last, addend


def _and_half(numeral: Numeral) -> Numeral:
    """Add the half said after a number: ``две с половиной тысячи``, ``2 buçuk bin``."""
    whole = numeral.value if numeral.value is not None else \
        Decimal(numeral.raw) if numeral.raw.isdecimal() else None
    return numeral if whole is None else replace(numeral, last=numeral.last + 1, value=whole + _HALF)


def _multiplied(tokens: Sequence[Token], numeral: Numeral) -> Numeral:
    after = numeral.last + 1
    if after < len(tokens) and tokens[after].has("g:and_half"):
        numeral, after = _and_half(numeral), after + 1
    if after < len(tokens) and tokens[after].text == "-" and after + 1 < len(tokens):
        after += 1
    if after >= len(tokens):
        return numeral
    factor = next((_FACTORS[tag] for tag in sorted(tokens[after].tags) if tag in _FACTORS), None)
    if factor is None:
        return numeral
    last, addend = after, Decimal(0)
    if after + 2 < len(tokens) and tokens[after + 1].text == "." and tokens[after + 1].start == tokens[after].end:
        last = after = after + 1  # "29,3 тыс. га"
    follower = tokens[after + 1] if after + 1 < len(tokens) else None
    if factor > _THOUSAND and (thousands := _thousands_after(tokens, after)):
        last, addend = thousands
    elif factor == _THOUSAND and follower is not None and follower.kind == "n" and numeral.raw.isdecimal() \
            and _REST.fullmatch(follower.text):
        last, addend = after + 1, Decimal(follower.text.replace(",", "."))
    elif factor == _THOUSAND and follower is not None and follower.kind == "w" and follower.value is not None \
            and numeral.value is not None:
        rest = _in_words(tokens, after + 1)
        if rest is not None and rest.value is not None and rest.value < _THOUSAND:
            last, addend = rest.last, rest.value
    return Numeral(numeral.first, last, numeral.raw, numeral.value, factor, addend)
