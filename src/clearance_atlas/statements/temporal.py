"""Where a text speaks of time: dates, ranges of every form, words for weeks, months, years and "to date".

A mention is what the words say, year or no year; :mod:`clearance_atlas.statements.days` makes days of it once the
document is known.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_YEARS = range(1985, 2040)
_MEASURED = frozenset({"ap", "at", "mine", "uxo", "ordnance", "submunition", "ha", "km2", "m2", "percent", "x:1000",
                       "x:1000000", "g:classifier"})
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{2})")
_RELATIVE = ("year_start", "last_year", "this_year", "next_year", "last_month", "this_month", "week", "yesterday",
             "today")
_ENDINGS = frozenset({"t:filler", "t:to", "t:as_of", "t:year_word", "t:month_word"})
_SPEAKS_OF_TIME = frozenset({*(f"t:{form}" for form in _RELATIVE), "t:undated", "t:undated_day", "c:cumulative",
                             "t:week_before", "t:month_before", "t:year_before",
                             "c:report_reference"})
_BEFORE = ("week", "month", "year")
_PARTS = frozenset({"t:quarter", "t:half", "t:n_months", "t:week_of", "t:decade", "t:day_word"})
_OPENS_TIME = _SPEAKS_OF_TIME | _PARTS | {"t:first", "t:tail", "t:count_from"}
_ORDINALS = {"t:first": 1, "t:second": 2, "t:third": 3, "t:fourth": 4}
_NEAR = 4
_WEEK = 7
_LONGEST_DATE = 10
_REACH = 14
_SHIFTED = frozenset({"day", "month", "until", "range", "part", "since"})
_SHIFTS = {"this_year": 0, "last_year": -1}
_WAR = ("savas", "muharib", "войн", "war", "перемир", "ateskes")
_HALF_YEAR = ("полугод", "yarimil", "yariyil")
_TAILS = ("son", "last", "past", "послед", "прош", "минув", "oten", "kecen", "gecen")
_ABLATIVE = ("dan", "den", "tan", "ten")


@dataclass(frozen=True, slots=True)
class Day:
    """A day, month or year as far as it is printed."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


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


def find_mentions(tokens: Sequence[Token], *, first: int, last: int, text: str) -> list[Mention]:
    """Return the expressions of time among the tokens ``first`` to ``last`` (not included), in order."""
    found: list[Mention] = []
    dated = any(_dates_something(token) for token in tokens[first:last])
    at = first
    while at < last:
        token = tokens[at]
        if token.kind == "p" or (token.kind == "n" and not dated) or (
                token.kind == "w" and not (token.tags and _may_tell_time(token.tags))):
            at += 1
            continue
        mention = (_stretch(tokens, at, last=last) or _part(tokens, at, first=first, last=last)
                   or _dates(tokens, at, first=first, last=last, text=text) or _words(tokens, at)
                   or _since_then(tokens, at, last=last)
                   or (found and _days_only(tokens, at, found[-1], last=last, text=text)) or None)
        if mention:
            while found and found[-1].first >= mention.first:
                found.pop()  # "of December" is part of "the first ten days of December"
            found.append(mention)
        at = mention.last + 1 if mention else at + 1
    return _joined([_in_brackets(mention, tokens, last=last) for mention in found], tokens)


def _in_brackets(mention: Mention, tokens: Sequence[Token], *, last: int) -> Mention:
    """Take the days that stand in brackets after their month: "September (1 to 7)"."""
    at = mention.last + 1
    if mention.form != "month" or at + 4 >= last or tokens[at].text != "(" or tokens[at + 4].text != ")":
        return mention
    begin, end = _day(tokens[at + 1]), _day(tokens[at + 3])
    if begin is None or end is None or not (tokens[at + 2].has("t:to") or tokens[at + 2].text in "-–"):
        return mention
    return Mention("range", mention.first, at + 4, replace(mention.begin, day=begin), replace(mention.begin, day=end))


def _dates_something(token: Token) -> bool:
    """Say whether a token is a whole date, a month or a year."""
    if token.kind == "n":
        return _year(token) is not None
    return token.kind == "d" or (bool(token.tags) and _month_of(token.tags) is not None)


@lru_cache(maxsize=1 << 12)
def _may_tell_time(tags: frozenset[str]) -> bool:
    """Say whether an expression of time may begin with a word of these tags."""
    return _month_of(tags) is not None or not tags.isdisjoint(_OPENS_TIME) or any(
        tag.startswith("ord:") for tag in tags)


def _words(  # noqa: PLR0911  one kind of words a line
    tokens: Sequence[Token], at: int,
) -> Mention | None:
    token = tokens[at]
    if token.kind != "w" or token.tags.isdisjoint(_SPEAKS_OF_TIME):
        return None
    for form in _RELATIVE:
        if f"t:{form}" in token.tags:
            return Mention(form, at, at)
    if token.has("t:undated", "t:undated_day"):
        return Mention("undated", at, at, part=("day", 0) if "t:undated_day" in token.tags else ("", 0))
    for kind in _BEFORE:
        if f"t:{kind}_before" in token.tags:
            return Mention("before", at, at, part=(kind, 0))
    if "c:cumulative" in token.tags:
        return Mention("cumulative", at, at)
    if "c:report_reference" in token.tags:
        return Mention("reference", at, at, part=("day", 0) if token.text.endswith(" day") else ("", 0))
    return None


def _since_then(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read a count from something that has no date here: "since the guns went silent", "since it was set up"."""
    if not tokens[at].has("t:count_from") or at + 1 >= last or tokens[at + 1].kind != "w":
        return None
    for token in tokens[at + 1:min(last, at + 7)]:
        if token.kind in "do" or _year(token) or _month(token) or token.has(*(f"t:{form}" for form in _RELATIVE)):
            return None
        if token.kind == "p":
            break
    first = tokens[at + 1]
    weekday = first.has("t:filler") and first.text.endswith("day")
    return None if weekday or first.has("t:tail", "c:cleared") else Mention("cumulative", at, at)


def _part(  # noqa: PLR0911  one kind of part a line
    tokens: Sequence[Token], at: int, *, first: int, last: int,
) -> Mention | None:
    """Read "first half of 2024", "II quarter", "first six months of 2023", "the first week of August"."""
    token = tokens[at]
    if token.tags.isdisjoint(_PARTS):
        return None
    kinds = ("quarter", "half", "n_months", "week_of", "decade", "day_word")
    kind = next((kind for kind in kinds if f"t:{kind}" in token.tags), None)
    if kind is None:
        return None
    rank, start = _rank(tokens, at, first=first, kind=kind)
    if not rank and token.text.startswith(_HALF_YEAR) and kind == "half":
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
    named = month is not None or any(_month(other) for other in tokens[start:at])
    if kind == "n_months" and (named or (year is None and not tokens[start].has("t:first")
                                                     and not _of_the_year(tokens, start, at, last=last))):
        return None
    return Mention("part", start, end, Day(year), part=(kind, rank))


def _stretch(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read "the first ten days of May", "the last week of May"."""
    token = tokens[at]
    tail = token.has("t:tail") or (token.has("t:week") and token.text.startswith("last"))
    if not (tail or token.has("t:first")) or at + 2 >= last:
        return None
    whole = token.has("t:week") or tokens[at + 1].text.endswith("seven days")
    count, place = (_WEEK, at + (1 if token.has("t:week") else 2)) if whole else (0, at + 1)
    if not count:
        count = int(tokens[place].value or 0) or _day(tokens[place]) or 0
        if count:
            place += 1
        word = tokens[place].text if place < last else ""
        count = count if count and word.startswith("day") else _WEEK if not count and word.startswith("week") else 0
        place += 0 if tokens[place - 1].has("t:week_of") else 1
    for ahead in range(place, min(last, place + 4)):
        if (month := _month(tokens[ahead])) and count:
            year = next((_year(other) for other in tokens[ahead + 1:min(last, ahead + 3)] if _year(other)), None)
            end = ahead if year is None else next(k for k in range(ahead + 1, last) if _year(tokens[k]))
            return Mention("part", at, end, Day(year, month), part=("tail" if tail else "head", count))
        if not tokens[ahead].has("t:filler", "t:week_of"):
            return None
    return None


def _of_the_year(tokens: Sequence[Token], start: int, at: int, *, last: int) -> bool:
    """Say whether months are counted from the beginning of the year: "nine months of the year"."""
    beside = [*tokens[max(0, start - 1):start], *tokens[at + 1:min(last, at + 3)]]
    if any(token.has("t:year_word", "t:this_year") for token in beside):
        return True
    opens = tokens[start - 1].text if start else ""
    counted = tokens[start].value or tokens[start].text
    return str(counted) in {"6", "9"} and not opens.startswith(_TAILS)  # half a year, three quarters


def _rank(tokens: Sequence[Token], at: int, *, first: int, kind: str) -> tuple[int, int]:
    for back in range(at - 1, max(first, at - 4) - 1, -1):
        token = tokens[back]
        if kind == "n_months":
            value = token.value or (int(token.text) if token.kind == "n" and token.text.isdecimal() else 0)
            if 1 < value < 12:  # noqa: PLR2004  months of a year, short of the year itself
                start = back - 1 if back > first and tokens[back - 1].has("t:first") else back
                return int(value), start
        elif kind == "day_word":
            value = token.value or (int(token.text) if token.kind == "n" and token.text.isdecimal() else 0)
            beside = [place for place in (back - 1, back + 1) if first <= place < at and tokens[place].has("t:first")]
            if value and beside:
                return int(value) if value <= 31 else 0, min(back, *beside)  # noqa: PLR2004  days of a month
        elif rank := next((rank for tag, rank in _ORDINALS.items() if tag in token.tags), 0):
            return rank, back
        elif kind in {"quarter", "half"} and token.text in {"1", "2", "3", "4"}:
            return int(token.text), back
    return 0, at


def _year_near(tokens: Sequence[Token], at: int, start: int, *, first: int, last: int
               ) -> tuple[int | None, int | None, int, int]:
    year = month = None
    end = at
    for ahead in range(at + 1, min(last, at + _NEAR)):
        if (value := _year(tokens[ahead])) and year is None:
            year, end = value, ahead
        elif (value := _month(tokens[ahead])) and month is None:
            month, end = value, ahead
        elif tokens[ahead].kind in "pn" and tokens[ahead].text not in "-,":
            break
    for back in range(start - 1, max(first, start - _NEAR - 1) - 1, -1):
        if (value := _year(tokens[back])) and year is None:
            year, start = value, back
        elif (value := _month(tokens[back])) and month is None:
            month, start = value, back
    return year, month, start, end


def _year(token: Token) -> int | None:
    return int(token.text) if token.kind == "n" and len(token.text) == 4 and token.text.isdecimal() \
        and int(token.text) in _YEARS else None  # noqa: PLR2004  a year has four digits


def _month(token: Token) -> int | None:
    return _month_of(token.tags) if token.tags else None


@lru_cache(maxsize=1 << 12)
def _month_of(tags: frozenset[str]) -> int | None:
    return next((int(tag[6:]) for tag in sorted(tags) if tag.startswith("month:")), None)


def _day(token: Token) -> int | None:
    if token.kind == "o" and token.text[0].isdigit():
        return int(token.text[:-2])
    if token.tags and (ordinal := _ordinal_of(token.tags)):
        return ordinal
    if token.kind == "n" and len(token.text) <= 2 and token.text.isdecimal() and 1 <= int(token.text) <= 31:  # noqa: PLR2004  days of a month
        return int(token.text)
    return None


@lru_cache(maxsize=1 << 12)
def _ordinal_of(tags: frozenset[str]) -> int | None:
    return next((int(tag[4:]) for tag in sorted(tags) if tag.startswith("ord:")), None)


class _Run:
    """A run of days, months and years with the words between them."""

    def __init__(self, tokens: Sequence[Token], at: int, *, last: int, text: str, between: bool) -> None:
        self.tokens, self.at, self.last, self.text, self.between = tokens, at, last, text, between
        self.sides = [Day()]
        self.end = at - 1
        self.trailing = ""

    def read(self) -> None:
        while self.at < self.last and self._take(self.tokens[self.at]):
            self.at += 1

    def _take(self, token: Token) -> bool:  # noqa: PLR0911  what a run of dates may hold, one case a line
        side = self.sides[-1]
        if self._begins_end(token, side):
            self.sides.append(Day())
            side = self.sides[-1]
        new = self._item(token, side)
        if new is not None:
            self.sides[-1], self.end, self.trailing = new, self.at, ""
            return True
        if self._is_suffix(token):
            return True
        if self._is_to(token):
            until = token.has("t:as_of") and not self._adds_side()
            self.trailing = "until" if until else "to" if token.text.endswith(_ABLATIVE) else ""
            if side == Day() or len(self.sides) > 1 or not self._adds_side():
                return False
            self.sides.append(Day())
            return True
        if token.has("t:early") and token.text.endswith(_ABLATIVE) and len(self.sides) == 1 and side.day is None \
                and self._adds_side():
            self.sides[-1] = replace(side, month=side.month or 1)
            self.sides.append(Day())  # "from the beginning of June to 3 July"
            return True
        if token.has("t:year_word") and token.text.endswith(_ABLATIVE) and len(self.sides) == 1 and side.year \
                and self._adds_side() and any(_month(after) for after in self.tokens[self.at + 1:self.at + 5]):
            self.sides.append(Day())  # "10 noyabr 2020-ci ildən 30 aprel 2022-ci ilədək"
            return True
        if (token.has("t:since", "t:from") and not token.has("t:filler")) or (
                token.has("t:year_word", "t:month_word") and token.text.endswith(_ABLATIVE)):
            self.trailing = "since"
        if len(self.sides) > 1 and side == Day() and token.has("t:early", "t:late"):
            return True
        return token.has("t:filler", "t:month_word", "t:year_word") or token.text in {",", "'"} or (
            token.text == "." and side.month is not None)

    def _begins_end(self, token: Token, side: Day) -> bool:
        """Say whether the second date follows a month in the ablative: ``5 avqustdan 11 avqustadək``."""
        before = self.tokens[self.at - 1] if self.at else token
        return len(self.sides) == 1 and side.day is not None and side.month is not None and _day(token) is not None \
            and _month(before) is not None and before.text.endswith(_ABLATIVE) \
            and any(_month(after) for after in self.tokens[self.at + 1:self.at + 3])

    def _is_suffix(self, token: Token) -> bool:
        """Say whether a hyphen joins a case ending to a number: ``10-dan``, ``2024-cü``."""
        ahead = self.at + 1
        return token.text in "-'" and ahead < self.last and self.tokens[ahead].start == token.end \
            and self.tokens[ahead].kind == "w" and not self.tokens[ahead].tags.isdisjoint(_ENDINGS) \
            and _month(self.tokens[ahead]) is None

    def _is_to(self, token: Token) -> bool:
        return token.has("t:to") or token.text in {"-", "–"} or (
            token.has("t:and") and (self.between or self._next_day() or self._next_month()))

    def _next_month(self) -> bool:
        """Say whether the month after the one before stands here: ``January and February``."""
        side, ahead = self.sides[-1], self.at + 1
        return len(self.sides) == 1 and side.month is not None and side.day is None and ahead < self.last \
            and _month(self.tokens[ahead]) == side.month + 1

    def _next_day(self) -> bool:
        """Say whether the day after the one before stands here: ``May 30 and 31``."""
        side, ahead = self.sides[-1], self.at + 1
        return len(self.sides) == 1 and side.month is not None and side.day is not None and ahead < self.last \
            and _day(self.tokens[ahead]) == side.day + 1 and not self._is_counted(ahead)

    def _adds_side(self) -> bool:
        """Say whether a second date follows the word for "to"."""
        for ahead in range(self.at + 1, min(self.last, self.at + 5)):
            token = self.tokens[ahead]
            if self._item(token, Day(), at=ahead) is not None:
                return True
            if not (token.has("t:filler", "t:month_word", "t:to", "t:early", "t:late") or token.text in "-',"):
                return False
        return False

    def _item(self, token: Token, side: Day, *, at: int | None = None) -> Day | None:
        at = self.at if at is None else at
        if token.kind == "d":
            return _numeric(token.text) if side == Day() else None
        if (year := _year(token)) and side.year is None and (
                side.month or not self._is_counted(at) or (at and self.tokens[at - 1].has("t:filler", "t:since"))):
            return replace(side, year=year)
        if (month := _month(token)) and side.month is None and self._is_month(token, at, side):
            return replace(side, month=month)
        if (day := _day(token)) and side.day is None and not self._is_counted(at):
            return replace(side, day=day)
        if token.kind == "n" and side == Day() and (match := _DAY_MONTH.fullmatch(token.text)) and self._to_date(at):
            return Day(None, int(match[2]), int(match[1]))
        return None

    def _to_date(self, at: int) -> bool:
        return any(token.kind == "d" for token in self.tokens[at + 1:min(self.last, at + 4)])

    def _is_counted(self, at: int) -> bool:
        """Say whether the number counts something: ``May 12 mines``, ``in May, 3 aerial bombs``."""
        if at + 1 >= self.last or self.tokens[at + 1].has("t:filler"):
            return False
        after = self.tokens[at + 1]
        apart = self.tokens[at - 1].text == "," if at else False
        return after.has(*_MEASURED) or (bool(after.tags) and _is_thing(after.tags, apart=apart))

    def _is_month(self, token: Token, at: int, side: Day) -> bool:
        """Say whether "may" and "march" are months here: capitals, or a number beside them."""
        if token.text not in {"may", "march"} or self.text[token.start].isupper():
            return True
        return side.day is not None or (at + 1 < self.last and (
            _day(self.tokens[at + 1]) is not None or self.tokens[at + 1].has("t:month_word")
            or _year(self.tokens[at + 1]) is not None))


@lru_cache(maxsize=1 << 12)
def _is_thing(tags: frozenset[str], *, apart: bool) -> bool:
    """Say whether a noun of people, munitions or, after a comma, of any counted things has these tags."""
    return any(tag.startswith(("item:", "x!") if apart else "item:") for tag in tags) and not any(
        tag.startswith(("t:", "month:", "o:")) for tag in tags)


def _numeric(text: str) -> Day | None:
    pieces = [int(piece) for piece in re.findall(r"\d+", text)]
    year, month, day = pieces if len(text.partition("-")[0]) == 4 else pieces[::-1]  # noqa: PLR2004  ISO begins with the year
    return Day(year, month, day)


def _dates(tokens: Sequence[Token], at: int, *, first: int, last: int, text: str) -> Mention | None:
    token = tokens[at]
    if (token.kind not in "ndo" or len(token.text) > _LONGEST_DATE) and _month(token) is None \
            and not (token.tags and _ordinal_of(token.tags)):
        return None
    if token.kind == "n" and not any(
            _dates_something(other) for other in tokens[at:min(last, at + _REACH)]):
        return None
    before = tokens[max(first, at - 3):at]
    between = any(mark.has("t:between") for mark in before) or any(
        mark.has("t:date_end") for mark in tokens[at:min(last, at + 9)])
    run = _Run(tokens, at, last=last, text=text, between=between)
    run.read()
    begin, end = run.sides[0], run.sides[1] if len(run.sides) > 1 else Day()
    if begin == Day() or (begin.month is None and begin.year is None and end.month is None
                          and not (begin.day and end.day and before and before[-1].has("t:month_word"))):
        return None
    if end == Day():
        return _single(begin, run, tokens, at, first=first)
    counts = any(token.has("t:since") and not token.has("t:filler") for token in before[-2:]) or any(
        token.has("t:since") for token in tokens[run.end + 1:min(last, run.end + 2)])
    weekly = any(token.has("t:week_of") for token in before[-2:])
    return Mention("range", at, run.end, begin, end, part=("since" if counts else "week" if weekly else "", 0))


def _days_only(tokens: Sequence[Token], at: int, before: Mention, *, last: int, text: str) -> Mention | None:
    """Read days that take their month from the words before: "the first week of April, from the 3rd to the 9th"."""
    if _day(tokens[at]) is None or tokens[at].kind == "n" or before.begin.month is None \
            or before.form not in {"month", "part"} or any(t.kind == "n" for t in tokens[before.last + 1:at]):
        return None
    run = _Run(tokens, at, last=last, text=text, between=any(t.has("t:between") for t in tokens[max(0, at - 2):at]))
    run.read()
    if len(run.sides) < 2 or any(side.day is None or side.month for side in run.sides):  # noqa: PLR2004  both ends
        return None
    month = replace(before.begin, day=None)
    return Mention("range", before.first, run.end, replace(month, day=run.sides[0].day),
                   replace(month, day=run.sides[1].day))


def _single(  # noqa: C901, PLR0911  the words before and after a date, one case a line
    begin: Day, run: _Run, tokens: Sequence[Token], at: int, *, first: int,
) -> Mention | None:
    if begin.month is None and begin.day is not None:
        return None
    start, prefix = at, ""
    for back in range(at - 1, max(first, at - 4) - 1, -1):
        token = tokens[back]
        if begin.day and token.has("t:week_ending", "t:week_of") and run.trailing != "until":
            count = next((int(t.text) if t.kind == "n" and t.text.isdecimal() else int(t.value or 0)
                          for t in tokens[max(first, back - 1):back] if t.kind == "n" or t.value), 0) or _WEEK
            return Mention("part", back, run.end, begin,
                           part=("ending" if token.has("t:week_ending") else "starting", count))
        if token.has("t:early", "t:late"):
            prefix, start = "early" if token.has("t:early") else "late", back
        elif token.has("t:since", "t:from") and not prefix.endswith("since"):
            prefix, start = f"{prefix} since", back
            break
        elif token.has("t:as_of"):
            prefix, start = "until", back
            break
        elif not (token.has("t:filler") or token.text == ","):
            prefix = _since_event(tokens, back, first=first) or prefix
            break
    form = "day" if begin.day else "month" if begin.month else "year"
    after = tokens[run.end + 1:run.end + 4]
    ending = after[1:] if after and after[0].text in "-'" else after[:1]
    if any(token.has("t:as_of_after") for token in ending):
        return Mention("until", start, run.end, begin)
    if form == "month" and tokens[run.end].kind == "w" and tokens[run.end].text.endswith(_ABLATIVE):
        return Mention("since", start, run.end, begin)
    suffix_since = run.trailing in {"to", "since"} or any(mark.has("t:since") and not mark.has("t:filler", "t:to")
                                                         for mark in after[:2] if run.tokens is tokens)
    if form == "year" and ("early" in prefix or any(mark.has("t:early") for mark in after)):
        return Mention("year_start", start, run.end, begin)
    if "since" in prefix or (suffix_since and run.trailing):
        return Mention("since", start, run.end, begin, part=("event", 0) if "event" in prefix or (
            form == "year" and after and after[0].has("c:event")) else ("", 0))
    if run.trailing == "until" or prefix == "until":
        return Mention("until", start, run.end, begin)
    return Mention(form, start if prefix in {"early", "late"} else at, run.end, begin)


def _since_event(tokens: Sequence[Token], at: int, *, first: int) -> str:
    """Tell whether an event's date begins a count: "since the war ended in November 2020"."""
    event = False
    for back in range(at, max(first, at - 6) - 1, -1):
        token = tokens[back]
        if token.kind != "w":
            return ""
        event = event or token.has("c:event")
        if token.has("t:since", "t:from") and not token.has("t:filler"):
            return "event since" if event else "since" if token.has("t:since") else ""
    return ""


def _names_event(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether the words name a war or its end: "November 2020, when the war ended, to date"."""
    return any(token.has("c:event") or (token.has("c:cumulative") and any(stem in token.text for stem in _WAR))
               for token in tokens[first + 1:last + 1])


def _ends_event(words: Sequence[Token]) -> bool:
    """Say whether words lead from "since" to the day of an event: "since the war ended on"."""
    return words[0].text.startswith("since") and all(token.kind == "w" for token in words) and any(
        token.has("c:event") or "war" in token.text for token in words)


def _joined(found: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Join "since 10 November 2020" with the "to date" right after it, and "by 18 August" with "this year"."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        near = before is not None and mention.first - before.last <= 3 \
            and not any(token.text in ".;:" for token in tokens[before.last + 1:mention.first])  # noqa: PLR2004  words apart
        if before and near and before.form in {"since", "year_start"} and mention.form == "cumulative":
            joined[-1] = replace(before, last=mention.last)
        elif before and near and before.form == "year_start" and mention.form in {"until", "day"} \
                and mention.begin.month and not mention.begin.year:
            year = before.begin.year
            end = replace(mention.begin, year=year)
            joined[-1] = Mention("range", before.first, mention.last, Day(year, 1, 1), end)
        elif before and near and before.form == "year" and mention.form == "year_start" and not mention.begin.year:
            joined[-1] = replace(mention, first=before.first, begin=before.begin)
        elif before and near and before.form in {"day", "month", "year"} and before.begin.year \
                and mention.form == "cumulative" and _names_event(tokens, before.last, mention.last):
            joined[-1] = replace(before, form="since", last=mention.last, part=("event", 0))
        elif before and near and before.form == "cumulative" and mention.form in {"day", "month", "year"} \
                and (mention.first - before.last <= 2 or _ends_event(tokens[before.last:mention.first])):  # noqa: PLR2004  "since its foundation in 1998"
            joined[-1] = replace(mention, form="since", first=before.first)
        elif before and near and before.form in _SHIFTED and mention.form in _SHIFTS and not before.begin.year:
            joined[-1] = replace(before, last=mention.last, shift=_SHIFTS[mention.form])
        elif before and near and before.form in _SHIFTS and mention.form in _SHIFTED and not mention.begin.year:
            joined[-1] = replace(mention, first=before.first, shift=_SHIFTS[before.form])
        else:
            joined.append(mention)
    return joined
