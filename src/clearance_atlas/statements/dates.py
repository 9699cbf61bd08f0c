"""Dates and ranges of dates: runs of days, months and years with the words between them."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.statements.beginnings import begins_after
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.mentions import Day, Mention, dates_something, day_of, month_of, ordinal_in, year_of
from clearance_atlas.statements.nouns import is_plural, is_suffix

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_MEASURED = frozenset({"ap", "at", "mine", "uxo", "ordnance", "submunition", "ha", "km2", "m2", "percent", "x:1000",
                       "x:1000000", "g:and_half", "g:classifier", "g:short_ap", "g:short_at"})
_DAY_MONTH = re.compile(r"(\d{1,2})\.(\d{2})")
_RUN_ON = re.compile(r"([1-9]\d?),\d{3}")
_ENDINGS = frozenset({"t:filler", "t:to", "t:as_of", "t:year_word", "t:month_word"})
_WEEK = 7
_IN_A_ROW = 2  # days after the first, in a list of days
_LONGEST_DATE = 10
_COUNTED_WITHIN = 5
_REACH = 14
_LONGEST_ASIDE = 40
_CLAUSE = 7
_TO_LAST_DAY = 8
_LED = 3
_YEAR_END = 6  # a case ending, "of the year", "till its end"


class Run:
    """A run of days, months and years with the words between them."""

    def __init__(self, tokens: Sequence[Token], at: int, *, last: int, text: str, between: bool) -> None:
        self.tokens, self.at, self.last, self.text, self.between = tokens, at, last, text, between
        self.sides = [Day()]
        self.end = at - 1
        self.trailing = ""

    def read(self) -> None:
        """Take tokens as long as they belong to the dates."""
        while self.at < self.last and self._take(self.tokens[self.at]):
            self.at += 1

    def _take(self, token: Token) -> bool:  # noqa: C901, PLR0911, PLR0912  what a run of dates may hold, one case a line
        side = self.sides[-1]
        if self._begins_end(token, side):
            self.sides.append(Day())
            side = self.sides[-1]
        if token.text == "," and side.year and not side.month and self._has_year_of_its_own():
            return False
        if self._is_passed_over(token, side):
            return True
        new = self._item(token, side)
        if new is not None:
            self.sides[-1], self.end, self.trailing = new, self.at, ""
            return True
        if self._is_suffix(token) or self._lists_months(token) or self._leads_to(token) or self._lists_days(token):
            return True
        if self._is_to(token):
            until = token.has("t:as_of") and not self._adds_side()
            self.trailing = "until" if until else "to" if token.text.endswith(forms("ablative")) else ""
            if side == Day() or len(self.sides) > 1 or not self._adds_side() or self._leads_to_count(token):
                return False
            self.sides.append(Day())
            return True
        if token.has("t:early") and token.text.endswith(forms("ablative")) and len(self.sides) == 1 \
                and side.day is None and self._adds_side() and self._ends_there():
            self.sides[-1] = replace(side, month=side.month or 1)
            self.sides.append(Day())  # "from the beginning of June to 3 July"
            return True
        if token.has("t:year_word") and token.text.endswith(forms("ablative")) and len(self.sides) == 1 \
                and (side.year or (side.day and side.month)) and self._adds_side() \
                and any(after.kind == "d" or month_of(after) for after in self.tokens[self.at + 1:self.at + 5]):
            self.sides.append(Day())  # "10 noyabr 2020-ci ildən 30 aprel 2022-ci ilədək", "3 may tarixindən 9 may"
            return True
        if token.has("t:since") and (self.sides[1:] == [Day()] or (
                len(self.sides) == 1 and self._ends_with_day(self.at))):
            return True  # "17-dən başlayaraq 22-nə kimi", "15 apreldən başlayaraq 30 aprelə kimi"
        if (token.has("t:since") and not token.has("t:filler", "t:count_from")) or (
                token.has("t:year_word", "t:month_word") and token.text.endswith(forms("ablative"))):
            self.trailing = "since"
        elif token.has("t:year_word", "t:month_word") and token.text.endswith(forms("terminative")):
            self.trailing = "until"
        if len(self.sides) > 1 and side == Day() and token.has("t:early", "t:late"):
            return True
        return token.has("t:filler", "t:month_word", "t:year_word") or token.text in {",", "'"} or (
            token.text == "." and side.month is not None)

    def _has_year_of_its_own(self) -> bool:
        """Say whether a full date follows a year and a comma: "in the report for 2021, since 10 November 2020"."""
        ahead = self.tokens[self.at + 1:min(self.last, self.at + _YEAR_END)]
        month = next((k for k, token in enumerate(ahead) if month_of(token)), len(ahead))
        return any(day_of(token) for token in ahead) and any(year_of(token) for token in ahead[month + 1:])

    def _is_passed_over(self, token: Token, side: Day) -> bool:
        """Pass over a month said twice ("July 24 July") and over a bracket between the two dates."""
        if side.day and side.month and month_of(token) == side.month and self.end == self.at - 1:
            self.end = self.at
            return True
        if token.text in {"(", "["} and len(self.sides) == 1 and (over := self._aside()):
            self.at = over
            return True
        return False

    def _aside(self) -> int:
        """Return where a bracket between two dates ends: "from 10 November 2020 (the truce) to 14 April"."""
        for ahead in range(self.at + 1, min(self.last - 1, self.at + _LONGEST_ASIDE)):
            if self.tokens[ahead].text in {")", "]"}:
                return ahead if self.tokens[ahead + 1].has("t:to") else 0
        return 0

    def _begins_end(self, token: Token, side: Day) -> bool:
        """Say whether the second date follows a month in the ablative: ``5 avqustdan 11 avqustadək``."""
        before = self.tokens[self.at - 1] if self.at else token
        if before.has("t:since") and self.at > 1:
            before = self.tokens[self.at - 2]
        if len(self.sides) > 1 or month_of(before) is None or not before.text.endswith(forms("ablative")):
            return False
        if year_of(token) and side.year:  # "2020-ci ilin noyabrından 2024-cü ilin martınadək"
            return any(month_of(after) for after in self.tokens[self.at + 1:self.at + 6])
        return side.day is not None and day_of(token) is not None \
            and any(month_of(after) for after in self.tokens[self.at + 1:self.at + 3])

    def _lists_months(self, token: Token) -> bool:
        """Take the next month of a list into the run: ``January, February and March``, ``yanvar, fevral aylarında``."""
        side, months = self.sides[-1], []
        if side.month is None or side.day is not None or not (token.text == "," or token.has("t:and")):
            return False
        closed = False
        for after in self.tokens[self.at:min(self.last, self.at + _REACH)]:
            if month := month_of(after):
                months.append(month)
            elif after.text != "," and not after.has("t:and"):
                closed = closed or after.has("t:month_word")
                break
            closed = closed or after.has("t:and")
        if not closed or not months or months != list(range(side.month + 1, side.month + 1 + len(months))):
            return False
        self.sides[1:] = [Day(side.year if len(self.sides) > 1 else None)]
        return True

    def _lists_days(self, token: Token) -> bool:
        """Take a list of days into the run: ``11, 12 and 13 May``, ``mayın 11, 12 və 15-də``."""
        side, days, at = self.sides[-1], 0, self.at
        if len(self.sides) > 1 or side.day is None or token.text != ",":
            return False
        reached, in_a_row = side.day, True
        while at + 1 < self.last and (self.tokens[at].text == "," or self.tokens[at].has("t:and")) \
                and (day := day_of(self.tokens[at + 1]) or 0) > reached:
            in_a_row, reached = in_a_row and day == reached + 1, day
            closed, days, at = self.tokens[at].has("t:and"), days + 1, at + 2
        named = side.month is not None or (at < self.last and self._leads_to_month(at - 1))
        if days < _IN_A_ROW or not closed or not named or (side.month and self._is_counted(at - 1)) or (
                side.month and not in_a_row and not self._counts_nothing(at - 1)):
            return False
        self.sides.append(Day(day=reached))
        self.at = self.end = at - 1
        return True

    def _is_suffix(self, token: Token) -> bool:
        """Say whether a hyphen joins a case ending to a number: ``10-dan``, ``2024-cü``."""
        ahead = self.at + 1
        return token.text in "-'" and ahead < self.last and self.tokens[ahead].start == token.end \
            and self.tokens[ahead].kind == "w" and not self.tokens[ahead].tags.isdisjoint(_ENDINGS) \
            and month_of(self.tokens[ahead]) is None

    def _is_to(self, token: Token) -> bool:
        return token.has("t:to") or token.text in {"-", "–"} or (
            token.has("t:and") and (self.between or self._next_day() or self._next_month()))

    def _leads_to_count(self, token: Token) -> bool:
        """Say whether a dash after a full date leads to a count: ``on March 9 2021 - 6 requests``."""
        side, ahead = self.sides[-1], self.at + 1
        if token.text not in {"-", "–"} or side.day is None or side.month is None or side.year is None \
                or year_of(self.tokens[self.end]) is None or ahead >= self.last or day_of(self.tokens[ahead]) is None:
            return False
        return not any(month_of(after) or after.kind == "d" for after in self.tokens[ahead + 1:self.last][:_LED])

    def _next_month(self) -> bool:
        """Say whether the month after the one before stands here: ``January and February``."""
        side, ahead = self.sides[-1], self.at + 1
        return len(self.sides) == 1 and side.month is not None and side.day is None and ahead < self.last \
            and month_of(self.tokens[ahead]) == side.month + 1

    def _next_day(self) -> bool:
        """Say whether a later day of the month stands here: ``May 30 and 31``, ``3 and 5 May``."""
        side, ahead = self.sides[-1], self.at + 1
        if len(self.sides) > 1 or side.day is None or ahead + 1 >= self.last:
            return False
        again = side.month is not None and month_of(self.tokens[ahead]) == side.month  # "May 3 and May 5"
        ahead += again
        day = day_of(self.tokens[ahead])
        if day is None or side.day is None or day <= side.day:
            return False
        if side.month is None:
            return self._leads_to_month(ahead)
        return (day == side.day + 1 and not again and not self._is_counted(ahead)) or self._counts_nothing(ahead)

    def _leads_to_month(self, day: int) -> bool:
        """Say whether a month follows a day: "11 and 14 October", "the 11th and 14th of October"."""
        after = day + 1
        while after < self.last and (self.tokens[after].text == "-" or self.tokens[after].has("t:filler")
                                     or is_suffix(self.tokens, after)) and month_of(self.tokens[after]) is None:
            after += 1
        return after < self.last and month_of(self.tokens[after]) is not None

    def _counts_nothing(self, at: int) -> bool:
        """Say whether a number is sure to be a day: no noun that it may count follows it."""
        if self.tokens[at].kind == "o" or (at + 2 < self.last and is_suffix(self.tokens, at + 2)):
            return True  # "the 14th", "14-də"
        for place in range(at + 1, min(self.last, at + _COUNTED_WITHIN)):
            token = self.tokens[place]
            if token.kind != "w" or token.value is not None:
                return not self.tokens[place - 1].has("t:filler")  # "on 3 October, and 7 on 5 October"
            if token.has(*_MEASURED) or is_plural(token) or any(
                    tag.startswith(("item:", "p:", "x!")) for tag in token.tags):
                return False
        return True

    def _adds_side(self) -> bool:
        """Say whether a second date follows the word for "to"."""
        for ahead in range(self.at + 1, min(self.last, self.at + 5)):
            token = self.tokens[ahead]
            if self._item(token, Day(), at=ahead) is not None:
                return True
            if not (token.has("t:filler", "t:month_word", "t:to", "t:early", "t:late") or token.text in "-',"
                    or (token.has("t:since") and self._ends_with_day(ahead))):
                return False
        return False

    def _leads_to(self, token: Token) -> bool:
        """Say whether "and" stands before the word for "to": ``с 15 апреля и по 30 апреля``."""
        ahead = self.at + 1
        return token.has("t:and") and len(self.sides) == 1 and self.sides[0].month is not None and ahead < self.last \
            and self.tokens[ahead].has("t:to") and self._adds_side()

    def _ends_with_day(self, since: int) -> bool:
        """Say whether "beginning" leads to the last day: ``17-dən başlayaraq 22-nə kimi``."""
        if since + 1 >= self.last or day_of(self.tokens[since + 1]) is None:
            return False
        for token in self.tokens[since + 2:min(self.last, since + _TO_LAST_DAY)]:
            if token.has("t:to", "t:as_of") or token.text.endswith(forms("terminative")):
                return True
            if not (token.has("t:filler", "t:month_word", "t:year_word") or token.text in "-'"
                    or month_of(token) or year_of(token)):
                return False
        return False

    def _ends_there(self) -> bool:
        """Say whether a date, and no count, follows "from the beginning of": ``ilin əvvəlindən 24 nəfər``."""
        ahead = self.tokens[self.at + 1:min(self.last, self.at + _YEAR_END)]
        if any(month_of(token) or token.kind == "d" for token in ahead):
            return True
        number = next((k for k, token in enumerate(ahead) if token.kind == "n"), len(ahead))
        return any(token.text in "-'" or token.has("t:to") for token in ahead[number + 1:number + 2])

    def _item(self, token: Token, side: Day, *, at: int | None = None) -> Day | None:
        at = self.at if at is None else at
        if token.kind == "d":
            return _numeric(token.text) if side == Day() else None
        if (year := year_of(token)) and side.year is None and (
                side.month or not self._is_counted(at) or (at and self.tokens[at - 1].has("t:filler", "t:since"))):
            return replace(side, year=year)
        if (month := month_of(token)) and side.month is None and self._is_month(token, at, side) \
                and not (side.day is not None and self.tokens[at - 1].text == ","):  # "3, mayın 2-də 5 mina"
            return replace(side, month=month)
        if (day := day_of(token)) and side.day is None and not self._is_counted(at):
            return replace(side, day=day)
        if token.kind == "n" and side == Day() and (match := _DAY_MONTH.fullmatch(token.text)) and self._to_date(at):
            return Day(None, int(match[2]), int(match[1]))
        return None

    def _to_date(self, at: int) -> bool:
        return any(token.kind == "d" for token in self.tokens[at + 1:min(self.last, at + 4)])

    def _is_counted(self, at: int) -> bool:
        """Say whether the number counts something: ``May 12 mines``, ``in May, 3 aerial bombs``."""
        if at and month_of(self.tokens[at - 1]) and self.tokens[at - 1].text.endswith(forms("locative")):
            return True
        if at + 1 >= self.last or self.tokens[at + 1].has("t:filler"):
            return False
        after = self.tokens[at + 1]
        apart = at > 0 and (self.tokens[at - 1].text == "," or self.tokens[at - 1].has("t:month_word"))
        return after.has(*_MEASURED) or (bool(after.tags) and _is_thing(after.tags, apart=apart))

    def _is_month(self, token: Token, at: int, side: Day) -> bool:
        """Say whether "may" and "march" are months here: capitals, or a number beside them."""
        if token.text not in forms("month_or_verb") or self.text[token.start].isupper():
            return True
        return side.day is not None or (at + 1 < self.last and (
            day_of(self.tokens[at + 1]) is not None or self.tokens[at + 1].has("t:month_word")
            or year_of(self.tokens[at + 1]) is not None))


@lru_cache(maxsize=1 << 12)
def _is_thing(tags: frozenset[str], *, apart: bool) -> bool:
    """Say whether a noun of people, munitions or, after a comma, of any counted things has these tags."""
    return any(tag.startswith(("item:", "p:", "x!") if apart else "item:") for tag in tags) and not any(
        tag.startswith(("t:", "month:", "o:")) for tag in tags)


def _numeric(text: str) -> Day | None:
    pieces = [int(piece) for piece in re.findall(r"\d+", text)]
    if len(pieces) == 3 and pieces[1] > 12 >= pieces[0]:  # noqa: PLR2004  10/14/2024: the month first
        return Day(pieces[2], pieces[0], pieces[1])
    year, month, day = pieces if len(text.partition("-")[0]) == 4 else pieces[::-1]  # noqa: PLR2004  ISO begins with the year
    return Day(year, month, day)


def _is_stamp(tokens: Sequence[Token], run: Run, *, last: int) -> bool:
    """Say whether the time of day stands right after a day: when a page was put out, not when work was done."""
    return run.end + 1 < last and tokens[run.end + 1].kind == "t" and tokens[run.end].kind == "d"


def read_dates(  # noqa: PLR0911  what a date may turn out to be, one case a line
    tokens: Sequence[Token], at: int, *, first: int, last: int, text: str,
) -> Mention | None:
    """Read the date, or the range of dates, that begins with a token."""
    token = tokens[at]
    if (token.kind not in "ndo" or len(token.text) > _LONGEST_DATE) and month_of(token) is None \
            and not (token.tags and ordinal_in(token.tags)):
        return None
    if token.has("t:date_end") and at > first and month_of(tokens[at - 1]):
        return None  # "6 ile 12 Mayıs aralığında": no December
    if token.kind == "n" and not any(
            dates_something(other) for other in tokens[at:min(last, at + _REACH)]):
        return None
    before = tokens[max(first, at - 3):at]
    between = any(mark.has("t:between") for mark in before) or any(
        mark.has("t:date_end") for mark in tokens[at:min(last, at + _REACH)])
    run = Run(tokens, at, last=last, text=text, between=between)
    run.read()
    begin, end = run.sides[0], run.sides[1] if len(run.sides) > 1 else Day()
    if begin == Day() or (begin.month is None and begin.year is None and end.month is None
                          and not (begin.day and end.day and before and before[-1].has("t:month_word"))):
        return None
    if end == Day() and _is_stamp(tokens, run, last=last):
        return None
    if end == Day():
        return _single(begin, run, tokens, at, first=first)
    if begin.day and end.month and not end.day and (day := _run_into_number(tokens, run.end + 1, last=last)):
        return Mention("range", at, run.end, begin, replace(end, day=day), part=("run on", 0))
    counts = any(token.has("t:since") and not token.has("t:filler") for token in before[-2:]) or any(
        token.has("t:since") for token in tokens[run.end + 1:min(last, run.end + 2)])
    weekly = any(token.has("t:week_of") for token in before[-2:])
    return Mention("range", at, run.end, begin, end, part=("since" if counts else "week" if weekly else "", 0))


def _run_into_number(tokens: Sequence[Token], at: int, *, last: int) -> int:
    """Return the day that print ran together with a count, or 0: "from November 22 to December 2,537 mines"."""
    match = _RUN_ON.fullmatch(tokens[at].text) if at + 1 < last and tokens[at].kind == "n" else None
    return int(match[1]) if match and int(match[1]) <= 31 and tokens[at + 1].has(*_MEASURED) else 0  # noqa: PLR2004


def read_days_only(tokens: Sequence[Token], at: int, before: Mention, *, last: int, text: str) -> Mention | None:
    """Read days that take their month from the words before: "the first week of April, from the 3rd to the 9th"."""
    if day_of(tokens[at]) is None or tokens[at].kind == "n" or before.begin.month is None \
            or before.form not in {"month", "part"} or any(t.kind == "n" for t in tokens[before.last + 1:at]):
        return None
    run = Run(tokens, at, last=last, text=text, between=any(t.has("t:between") for t in tokens[max(0, at - 2):at]))
    run.read()
    if len(run.sides) < 2 or any(side.day is None or side.month for side in run.sides):  # noqa: PLR2004  both ends
        return None
    month = replace(before.begin, day=None)
    return Mention("range", before.first, run.end, replace(month, day=run.sides[0].day),
                   replace(month, day=run.sides[1].day))


def _single(  # noqa: C901, PLR0911, PLR0912  the words before and after a date, one case a line
    begin: Day, run: Run, tokens: Sequence[Token], at: int, *, first: int,
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
        elif token.has("t:since", "t:from", "t:count_from") and not prefix.endswith("since"):
            prefix, start = f"{prefix} since", back
            break
        elif token.has("t:autumn") and begin.month is None:
            prefix = f"{prefix} autumn"
        elif token.has("t:as_of"):
            if prefix == "early" and begin.day is None:
                begin = replace(begin, day=1)  # "by the beginning of August"
            prefix, start = "until", back
            break
        elif not (token.has("t:filler") or token.text == ","):
            prefix = _since_event(tokens, back, first=first, yearly=begin.month is None) or prefix
            break
    form = "day" if begin.day else "month" if begin.month else "year"
    after = tokens[run.end + 1:run.end + 4]
    ending = after[1:] if after and after[0].text in "-'" else after[:1]
    if any(token.has("t:as_of_after") for token in ending) or (
            month_of(tokens[run.end]) and tokens[run.end].text.endswith(forms("terminative"))):
        return Mention("until", start, run.end, begin)
    if begin.month and tokens[run.end].kind == "w" and month_of(tokens[run.end]) \
            and tokens[run.end].text.endswith(forms("ablative")):
        return Mention("since", start, run.end, begin)
    suffix_since = run.trailing in {"to", "since"} or any(
        mark.has("t:since") and not mark.has("t:filler", "t:to", "t:count_from")
        for mark in after[:2] if run.tokens is tokens)
    if form == "year" and ("early" in prefix or any(mark.has("t:early") for mark in after)):
        return Mention("year_start", start, run.end, begin)
    if form == "month" and (begun := begins_after(tokens, run.end)):
        return Mention("since", start, begun, begin)
    if form == "year" and _to_its_end(tokens, run.end):
        return Mention("until", start, run.end, begin)
    if "since" in prefix or (suffix_since and run.trailing):
        if "autumn" in prefix or (form == "year" and any(
                token.has("t:autumn") for token in tokens[run.end + 1:run.end + _YEAR_END])):
            return Mention("since", start, run.end, begin, part=("autumn", 0))
        return Mention("since", start, run.end, begin, part=("event", 0) if "event" in prefix or (
            form == "year" and after and (after[0].has("c:event") or _names_event(tokens, run.end))) else ("", 0))
    if _counts_from_event(tokens, run.end):
        return Mention("since", start, run.end, begin, part=("event", 0))
    if run.trailing == "until" or prefix == "until":
        return Mention("until", start, run.end, begin)
    return Mention(form, start if prefix in {"early", "late"} else at, run.end, begin)


def _to_its_end(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a count goes up to the end of a year: ``2024-cü ilin sonunadək``."""
    for token in tokens[at + 1:at + _YEAR_END]:
        if token.has("t:year_end"):
            return True
        if not (token.has("t:filler", "t:year_word") or token.text in "-'"):
            return False
    return False


def _names_event(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the clause after a year says what ended in it: "since 2020, when the war was over"."""
    clause = tokens[at + 2:at + 2 + _CLAUSE]
    return at + 1 < len(tokens) and tokens[at + 1].text == "," and any(token.has("c:event") for token in clause) \
        and not any(token.kind == "n" or token.text in ";:" for token in clause[:2])


def _counts_from_event(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an event follows its year and opens a count: ``2020-ci il müharibəsinin bitdiyi gündən bəri``."""
    for ahead in range(at + 1, min(len(tokens), at + 1 + _CLAUSE)):
        if tokens[ahead].kind in "nd" or tokens[ahead].text in ";:,":
            return False
        if tokens[ahead].has("t:since") and not tokens[ahead].has("t:filler"):
            return any(token.has("c:event") for token in tokens[at + 1:ahead])
    return False


def _since_event(tokens: Sequence[Token], at: int, *, first: int, yearly: bool) -> str:
    """Tell whether an event's date begins a count: "since the war ended in November 2020"."""
    regained = yearly and at > first and tokens[at].has("c:event") and not tokens[at - 1].tags
    event = False
    for back in range(at, max(first, at - 10) - 1, -1):
        token = tokens[back]
        if token.kind != "w":
            return ""
        event = event or token.has("c:event")
        if token.has("t:from") and event and tokens[at].has("t:to"):
            return "until"  # "from the end of the war to 31 July"
        if token.has("t:from") and back > first and tokens[back - 1].has("c:event"):
            return ""  # "liberated from occupation in 2020"
        if token.has("t:from") and not token.has("t:since") and regained:
            return ""  # "the yield from the lands won back in 2020"
        ended = token.has("t:after") and (event or token.has("c:cumulative"))  # "after the war had ended on 10 May"
        if ended or (token.has("t:since", "t:from", "t:count_from") and not token.has("t:filler")):
            return "event since" if event or ended else "since" if token.has("t:since", "t:count_from") else ""
    return ""
