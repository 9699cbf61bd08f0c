"""Counts from the beginning of the work itself: "since the work began", ``işə başlanandan``, ``с самого начала``."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.mentions import Mention, month_of, year_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_NOUN_REACH = 2


def read_beginning(tokens: Sequence[Token], at: int, *, first: int, last: int) -> Mention | None:
    """Read a count from when work began, told before a word for since or in a case of its own.

    Azerbaijani and Turkish put the work before its beginning: ``təmizləmə işlərinin başlandığı gündən``, ``işin
    başından beri``. Without the work it may be a season or a month that began.
    """
    token = tokens[at]
    end = at
    if token.has("t:begins"):
        end = at + 1
        if end >= last or not tokens[end].has("t:moment"):
            return None
    elif not token.has("t:begun"):
        return None
    if at > first and tokens[at - 1].has("t:month_word") and not (at - 1 > first and (
            month_of(tokens[at - 2]) or tokens[at - 2].value or tokens[at - 2].kind in "nD")):
        return Mention("month_start", at - 1, end)
    since = end + 1 < last and tokens[end + 1].has("t:since")
    opens = at == first or (tokens[at - 1].kind == "p" and tokens[at - 1].text not in "-'\u2019")
    if (opens and since) or any(_is_work(other.text) for other in tokens[max(first, at - _NOUN_REACH):at]):
        return Mention("cumulative", at, end + since)
    return None


def begins_after(tokens: Sequence[Token], at: int) -> int | None:
    """Return the word after a month that counts from its beginning: ``martın əvvəlindən``, ``Mart ayının başından``."""
    for place in range(at + 1, min(len(tokens), at + 1 + _NOUN_REACH)):
        if tokens[place].has("t:begun"):
            return place
        if not tokens[place].has("t:month_word"):
            return None
    return None


@lru_cache(maxsize=1 << 12)
def _is_work(words: str) -> bool:
    """Say whether a term ends in a word for the work or those who do it: ``minatəmizləmə əməliyyatları``."""
    return words.rpartition(" ")[2].startswith(forms("work"))


def after_outset(tokens: Sequence[Token], at: int, *, last: int) -> int | None:
    """Return where the words after "from the very start" begin, ``None`` where no start is told: ``с первых шагов``."""
    lead, begin = tokens[at], at + 1
    reckons = lead.has("t:since") and lead.text.rpartition(" ")[2] in forms("reckoned_from")
    if not (reckons or lead.has("t:from")) or begin >= last:
        return None
    very = tokens[begin].text in forms("very")
    begin += very
    if begin >= last:
        return None
    if tokens[begin].has("t:early"):
        return begin + 1
    if begin + 1 >= last or not tokens[begin].has("t:first"):
        return None
    step = tokens[begin + 1]
    return begin + 2 if step.text.startswith(forms("first_step")) or (reckons and step.has("t:day_word")) else None


def of_calendar(tokens: Sequence[Token], at: int, begin: int) -> Mention | None:
    """Read the beginning of this month or year: ``с начала месяца``, ``с самого начала года``."""
    if any(month_of(token) or year_of(token) for token in tokens[begin + 1:begin + 3]):
        return None
    if tokens[begin].has("t:month_word"):
        return Mention("month_start", at, begin)
    return Mention("year_start", at, begin) if tokens[begin].has("t:this_year", "t:year_word") else None
