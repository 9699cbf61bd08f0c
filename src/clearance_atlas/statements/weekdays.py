"""Days named by their weekday: "on Saturday", ``şənbə günü``, ``в минувшую субботу``, ``cumartesi sabahı``.

A weekday is the last such day on or before the day of publication; one beside a date only repeats it.
"""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.statements.mentions import Mention, day_of, month_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from clearance_atlas.statements.tokens import Token

WEEKDAY = "weekday"
"""Form of a weekday until dates are joined, and the part by which the day that it becomes is known."""
WEEKDAY_GONE = "weekday gone"  # "last Friday": not today
WEEKDAYS = frozenset({WEEKDAY, WEEKDAY_GONE})
_BESIDE = 2
_AHEAD = 5
_WEEK = 7


def read_weekday(tokens: Sequence[Token], at: int, *, first: int, last: int, found: Sequence[Mention]
                 ) -> Mention | None:
    """Read a weekday that stands as one day: after "on" or "last", before "morning", or opening a sentence."""
    number = weekday_in(tokens[at].tags) if tokens[at].tags else None
    if number is None or (found and at - found[-1].last <= _BESIDE and found[-1].begin.day):
        return None
    end = at
    while end + 1 < last and tokens[end + 1].has("t:weekday_tail"):
        end += 1
    lead = tokens[at - 1] if at > first else None
    if lead is not None and lead.has("g:each", "t:since", "t:as_of", "t:to") and not lead.has("t:weekday_lead"):
        return None
    opens = at == first and at + 1 < last and tokens[at + 1].kind == "w" and not tokens[at + 1].has("t:to", "g:and")
    owns = end + 2 < last and tokens[end + 1].text in "'’" and tokens[end + 2].text == "s"
    told = end > at or opens or owns or (lead is not None and lead.has("t:weekday_lead", "t:past"))
    if not told or _goes_on(tokens, end, last=last):
        return None
    gone = lead is not None and lead.has("t:past")
    return Mention(WEEKDAY, at, end, part=(WEEKDAY_GONE if gone else WEEKDAY, number))


def _goes_on(tokens: Sequence[Token], at: int, *, last: int) -> bool:
    """Say whether a date, another weekday or "of every month" follows: then the weekday alone is no day."""
    for ahead in range(at + 1, min(last, at + _AHEAD)):
        token = tokens[ahead]
        if token.kind == "d" or month_of(token) or weekday_in(token.tags) or token.has("t:month_word", "g:each"):
            return True
        if not (token.text in ",(-–—" or token.has("t:filler", "g:and", "t:to", "g:article") or day_of(token)):
            return False
    return False


@lru_cache(maxsize=1 << 12)
def weekday_in(tags: frozenset[str]) -> int | None:
    """Return the weekday among the tags of a word, 1 for Monday to 7."""
    return next((int(tag[8:]) for tag in sorted(tags) if tag.startswith("weekday:")), None)


def last_weekday(number: int, published: date, *, gone: bool) -> date:
    """Return the last day of a weekday on or before a day, or before it where the weekday is ``gone``.

    >>> from datetime import date
    >>> last_weekday(6, date(2021, 7, 4), gone=False).isoformat()
    '2021-07-03'
    >>> last_weekday(7, date(2021, 7, 4), gone=True).isoformat()
    '2021-06-27'
    """
    back = (published.isoweekday() - number) % _WEEK
    return published - timedelta(days=back or (_WEEK if gone else 0))
