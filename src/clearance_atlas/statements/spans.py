"""Parts of months and years: quarters, halves, so many months, the first ten days, the last week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.mentions import Day, Mention, day_of, month_of, year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

PARTS = frozenset({"t:quarter", "t:half", "t:n_months", "t:week_of", "t:decade", "t:day_word"})
_ORDINALS = {"t:first": 1, "t:second": 2, "t:third": 3, "t:fourth": 4}
_NEAR = 4
_TEN = 10
_MONTHS = 12  # a whole year is no part of one
_WEEK = 7


def read_part(  # noqa: PLR0911  one kind of part a line
    tokens: Sequence[Token], at: int, *, first: int, last: int,
) -> Mention | None:
    """Read "first half of 2024", "II quarter", "first six months of 2023", "the first week of August"."""
    token = tokens[at]
    if token.tags.isdisjoint(PARTS):
        return None
    kinds = ("quarter", "half", "n_months", "week_of", "decade", "day_word")
    kind = next((kind for kind in kinds if f"t:{kind}" in token.tags), None)
    if kind is None:
        return None
    rank, start = _rank(tokens, at, first=first, kind=kind)
    if not rank and token.text.startswith(forms("half_year")) and kind == "half":
        year, month, start, end = _year_near(tokens, at, at, first=first, last=last)
        return None if month or year else Mention("part", at, at, part=(kind, 0))
    if not rank:
        return None
    year, month, start, end = _year_near(tokens, at, start, first=first, last=last)
    if kind == "week_of":
        return Mention("part", start, end, Day(year, month), part=(kind, rank)) if month else None
    if kind == "half" and month is not None:
        begin, last_day = (1, 15) if rank == 1 else (16, None)
        return Mention("range", start, end, Day(year, month, begin), Day(year, month, last_day))
    if kind == "decade":
        span = (10 * rank - 9, 10 * rank if rank < 3 else None)  # noqa: PLR2004  three of them in a month
        return Mention("range", start, end, Day(year, month, span[0]), Day(year, month, span[1])) if month else None
    if kind == "day_word":
        return Mention("range", start, end, Day(year, month, 1), Day(year, month, rank)) if month else None
    named = month is not None or any(month_of(other) for other in tokens[start:at])
    if kind == "n_months" and (named or (year is None and not tokens[start].has("t:first")
                                                     and not _of_the_year(tokens, start, at, last=last))):
        return None
    return Mention("part", start, end, Day(year), part=(kind, rank))


def read_stretch(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read "the first ten days of May", "the last week of May"."""
    token = tokens[at]
    if token.has("t:month_tail"):
        return _month_tail(tokens, at)
    tail = token.has("t:tail") or (token.has("t:week") and token.text.startswith(forms("the_last")))
    if not (tail or token.has("t:first")) or at + 2 >= last:
        return None
    whole = token.has("t:week") or tokens[at + 1].text.endswith(forms("seven_days"))
    count, place = (_WEEK, at + (1 if token.has("t:week") else 2)) if whole else (0, at + 1)
    if not count:
        count = int(tokens[place].value or 0) or day_of(tokens[place]) or 0
        if count:
            place += 1
        word = tokens[place].text if place < last else ""
        weekly = _WEEK if not count and word.startswith(forms("week")) else 0
        count = count if count and word.startswith(forms("day")) else weekly
        place += 0 if tokens[place - 1].has("t:week_of") else 1
    for ahead in range(place, min(last, place + 4)):
        if (month := month_of(tokens[ahead])) and count:
            year = next((year_of(other) for other in tokens[ahead + 1:min(last, ahead + 3)] if year_of(other)), None)
            end = ahead if year is None else next(k for k in range(ahead + 1, last) if year_of(tokens[k]))
            return Mention("part", at, end, Day(year, month), part=("tail" if tail else "head", count))
        if not tokens[ahead].has("t:filler", "t:week_of"):
            return None
    return None


def _month_tail(tokens: Sequence[Token], at: int) -> Mention | None:
    """Read "the last week" after its month: ``aprelin son həftəsi``."""
    for back in range(at - 1, max(-1, at - _NEAR), -1):
        if month := month_of(tokens[back]):
            year, _, start, _ = _year_near(tokens, back, back, first=0, last=at)
            return Mention("part", start, at, Day(year, month), part=("tail", _WEEK))
        if not tokens[back].has("t:filler", "t:month_word"):
            return None
    return None


def _of_the_year(tokens: Sequence[Token], start: int, at: int, *, last: int) -> bool:
    """Say whether months are counted from the beginning of the year: "nine months of the year"."""
    beside = [*tokens[max(0, start - 1):start], *tokens[at + 1:min(last, at + 3)]]
    if any(token.has("t:year_word", "t:this_year") for token in beside):
        return True
    opens = tokens[start - 1].text if start else ""
    counted = tokens[start].value or tokens[start].text
    gone_by = opens.startswith(forms("last") + forms("gone"))
    return str(counted) in {"6", "9"} and not gone_by  # half a year, three quarters


def _rank(tokens: Sequence[Token], at: int, *, first: int, kind: str) -> tuple[int, int]:
    for back in range(at - 1, max(first, at - 4) - 1, -1):
        token = tokens[back]
        if kind == "n_months":
            count = _in_words(tokens, back) if token.value else (
                int(token.text) if token.kind == "n" and token.text.isdecimal() else 0)
            if count > 1:
                start = back - 1 if token.value and count != token.value else back
                start -= start > first and tokens[start - 1].has("t:first")
                return count if count < _MONTHS else 0, start
        elif kind == "day_word":
            value = token.value or (int(token.text) if token.kind == "n" and token.text.isdecimal() else 0)
            beside = [place for place in (back - 1, back + 1) if first <= place < at and tokens[place].has("t:first")]
            if value and beside:
                return int(value) if value <= 31 else 0, min(back, *beside)  # noqa: PLR2004  days of a month
        elif rank := next((rank for tag, rank in _ORDINALS.items() if tag in token.tags), 0):
            return rank, back
        elif kind == "decade" and token.text.startswith(forms("last_ten")):
            return 3, back  # "the last ten days of November"
        elif kind in {"quarter", "half"} and token.text in {"1", "2", "3", "4"}:
            return int(token.text), back
    return 0, at


def _in_words(tokens: Sequence[Token], at: int) -> int:
    """Return a number in words that ends with a token: ``on bir``."""
    value = int(tokens[at].value or 0)
    tens = int(tokens[at - 1].value or 0) if at and tokens[at - 1].kind == "w" else 0
    return tens + value if tens and tens % _TEN == 0 and value < _TEN else value


def _year_near(tokens: Sequence[Token], at: int, start: int, *, first: int, last: int
               ) -> tuple[int | None, int | None, int, int]:
    year = month = None
    end = at
    for ahead in range(at + 1, min(last, at + _NEAR)):
        if (value := year_of(tokens[ahead])) and year is None:
            year, end = value, ahead
        elif (value := month_of(tokens[ahead])) and month is None:
            month, end = value, ahead
        elif tokens[ahead].kind in "pn" and tokens[ahead].text not in "-,":
            break
    for back in range(start - 1, max(first, start - _NEAR - 1) - 1, -1):
        if tokens[back].has("t:this_year", "t:last_year"):
            break  # "in the first half of 2019, this year's first half"
        if (value := year_of(tokens[back])) and year is None:
            year, start = value, back
        elif (value := month_of(tokens[back])) and month is None:
            month, start = value, back
    return year, month, start, end
