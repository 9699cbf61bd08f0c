"""Expressions of time as records, and the words that are years, months and days."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from clearance_atlas.statements.tokens import Token

_YEARS = range(1985, 2040)


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as far as it is printed; ``shift`` as in a mention, where the two ends of a range differ."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    shift: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """An expression of time: tokens ``first`` to ``last`` (both included) of its text.

    ``form``: ``range``, ``day``, ``month``, ``year``, ``part`` (quarter, half, months, week of a month), ``since``,
    ``until``, ``year_start``, ``cumulative``, ``reference`` ("in this period"), or one of the relative words.
    ``shift`` counts years from that of publication: 0 for "of this year", -1 for "of last year".
    """

    form: str
    first: int
    last: int
    begin: Day = field(default_factory=Day)
    end: Day = field(default_factory=Day)
    part: tuple[str, int] = ("", 0)
    shift: int | None = None


def dates_something(token: Token) -> bool:
    """Say whether a token is a whole date, a month or a year."""
    if token.kind == "n":
        return year_of(token) is not None
    return token.kind == "d" or (bool(token.tags) and month_in(token.tags) is not None)


def year_of(token: Token) -> int | None:
    """Return the year that a token prints, if it can be one of mine action."""
    return int(token.text) if token.kind == "n" and len(token.text) == 4 and token.text.isdecimal() \
        and int(token.text) in _YEARS else None  # noqa: PLR2004  a year has four digits


def month_of(token: Token) -> int | None:
    """Return the month that a token names, 1 to 12."""
    return month_in(token.tags) if token.tags else None


@lru_cache(maxsize=1 << 12)
def month_in(tags: frozenset[str]) -> int | None:
    """Return the month among the tags of a word."""
    return next((int(tag[6:]) for tag in sorted(tags) if tag.startswith("month:")), None)


def day_of(token: Token) -> int | None:
    """Return the day of a month that a token prints or spells."""
    if token.kind == "o" and token.text[0].isdigit():
        return int(token.text[:-2])
    if token.tags and (ordinal := ordinal_in(token.tags)):
        return ordinal
    if token.kind == "n" and len(token.text) <= 2 and token.text.isdecimal() and 1 <= int(token.text) <= 31:  # noqa: PLR2004  days of a month
        return int(token.text)
    return None


@lru_cache(maxsize=1 << 12)
def ordinal_in(tags: frozenset[str]) -> int | None:
    """Return the ordinal among the tags of a word."""
    return next((int(tag[4:]) for tag in sorted(tags) if tag.startswith("ord:")), None)
