"""Where a text speaks of time: dates, ranges of every form, words for weeks, months, years and "to date".

A mention is what the words say, year or no year; :mod:`clearance_atlas.statements.days` makes days of it once the
document is known.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.statements.beginnings import after_outset, begins_after, of_calendar, read_beginning
from clearance_atlas.statements.dates import read_dates, read_days_only
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.mentions import Day, Mention, dates_something, day_of, month_in, month_of, year_of
from clearance_atlas.statements.spans import PARTS, read_part, read_stretch
from clearance_atlas.statements.weekdays import WEEKDAY, read_weekday, weekday_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_RELATIVE = ("year_start", "last_year", "this_year", "next_year", "last_month", "this_month", "week", "yesterday",
             "today")
_SPEAKS_OF_TIME = frozenset({*(f"t:{form}" for form in _RELATIVE), "t:undated", "t:undated_day", "c:cumulative",
                             "t:week_before", "t:month_before", "t:year_before",
                             "c:report_reference", "t:past_day"})
# Spans of the calendar: "since the start of the quarter" counts from no event.
_COUNTED_FROM = frozenset({*(f"t:{form}" for form in _RELATIVE), "t:month_word", "t:quarter", "t:half",
                            "c:report_reference"})
_BEFORE = ("week", "month", "year")
_OPENS_TIME = _SPEAKS_OF_TIME | PARTS | {"t:first", "t:tail", "t:count_from", "t:since", "t:from", "t:past", "t:begun",
                                        "t:begins"}
_SHIFTED = frozenset({"day", "month", "until", "range", "part", "since"})
_SHIFTS = {"this_year": 0, "last_year": -1}
_TO_THE_WAR = 7
_HOURS_OF_DAY = "24"
_EVENT_WORDS = 12
_DECEMBER = 12
_FIRST_PARTS = {"quarter": 3, "half": 6}  # last month of the first of them


def find_mentions(tokens: Sequence[Token], *, first: int, last: int, text: str) -> list[Mention]:
    """Return the expressions of time among the tokens ``first`` to ``last`` (not included), in order."""
    found: list[Mention] = []
    dated: bool | None = None  # whether a whole date, a month or a year stands among the tokens
    at = first
    while at < last:
        token = tokens[at]
        if token.kind == "n" and dated is None:
            dated = any(dates_something(other) for other in tokens[first:last])
        if token.kind == "p" or (token.kind == "n" and not dated) or (
                token.kind == "w" and not (token.tags and _may_tell_time(token.tags))):
            at += 1
            continue
        mention = (_past_days(tokens, at, last=last) or read_stretch(tokens, at, last=last)
                   or read_part(tokens, at, first=first, last=last)
                   or read_dates(tokens, at, first=first, last=last, text=text) or _words(tokens, at)
                   or _since_war(tokens, at, last=last) or _since_then(tokens, at, last=last)
                   or read_beginning(tokens, at, first=first, last=last)
                   or _event_before(tokens, at, first=first, found=found)
                   or read_weekday(tokens, at, first=first, last=last, found=found)
                   or (found and read_days_only(tokens, at, found[-1], last=last, text=text)) or None)
        if mention and mention.form == "month" and _tells_week(tokens, mention.first):
            at = mention.last + 1
            continue
        if mention:
            while found and found[-1].first >= mention.first:
                found.pop()  # "of December" is part of "the first ten days of December"
            found.append(mention)
        at = mention.last + 1 if mention else at + 1
    joined = _joined([_in_brackets(mention, tokens, last=last) for mention in found], tokens)
    return [replace(mention, form="day") if mention.form == WEEKDAY else mention for mention in joined]


def _tells_week(tokens: Sequence[Token], month: int) -> bool:
    """Say whether a month only tells which week is meant: "the last full week of December" is not December."""
    back = month - 1
    while back >= 0 and tokens[back].has("t:filler", "t:from") and not tokens[back].has("t:week_of"):
        back -= 1
    return back >= 0 and tokens[back].has("t:week_of")


def _in_brackets(mention: Mention, tokens: Sequence[Token], *, last: int) -> Mention:
    """Take the days that stand in brackets after their month: "September (1 to 7)"."""
    at = mention.last + 1
    if mention.form != "month" or at + 4 >= last or tokens[at].text != "(" or tokens[at + 4].text != ")":
        return mention
    begin, end = day_of(tokens[at + 1]), day_of(tokens[at + 3])
    if begin is None or end is None or not (tokens[at + 2].has("t:to") or tokens[at + 2].text in "-–"):
        return mention
    return Mention("range", mention.first, at + 4, replace(mention.begin, day=begin), replace(mention.begin, day=end))


@lru_cache(maxsize=1 << 12)
def _may_tell_time(tags: frozenset[str]) -> bool:
    """Say whether an expression of time may begin with a word of these tags."""
    return month_in(tags) is not None or not tags.isdisjoint(_OPENS_TIME) or any(
        tag.startswith(("ord:", "weekday:")) for tag in tags)


def _words(  # noqa: PLR0911  one kind of words a line
    tokens: Sequence[Token], at: int,
) -> Mention | None:
    token = tokens[at]
    if token.kind != "w" or token.tags.isdisjoint(_SPEAKS_OF_TIME):
        return None
    if token.has("t:past_day"):
        return Mention("recent", at, at, part=("day", 1))
    for form in _RELATIVE:
        if f"t:{form}" in token.tags:
            return Mention("month_start" if form == "this_month" and (
                _counts_from(tokens, at) or begins_after(tokens, at)) else form, at, at)
    if token.has("t:undated", "t:undated_day"):
        return Mention("undated", at, at, part=("day", 0) if "t:undated_day" in token.tags else ("", 0))
    for kind in _BEFORE:
        if f"t:{kind}_before" in token.tags:
            return Mention("before", at, at, part=(kind, 0))
    if "c:cumulative" in token.tags:
        return Mention("cumulative", at, at)
    if "c:report_reference" in token.tags:
        return Mention("reference", at, at, part=("day", 0) if token.text.endswith(forms("that_day")) else ("", 0))
    return None


def _counts_from(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a month is one from whose first day on is counted: "since the beginning of this month"."""
    back = at - 1
    while back > 0 and tokens[back].has("t:filler") and not tokens[back].has("t:early"):
        back -= 1
    return back > 0 and tokens[back].has("t:early") and tokens[back - 1].has("t:since", "t:from", "t:count_from")


def _past_days(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read so many days up to now: "in the last ten days", in Russian also "ten last days"."""
    if at + 2 < last and tokens[at].has("t:past", "t:tail") and tokens[at + 1].text == _HOURS_OF_DAY \
            and tokens[at + 2].has("t:hour_word"):
        return Mention("undated", at, at + 2, part=("day", 0))
    if not tokens[at].has("t:past") or at + 1 >= last:
        return None
    first = at - 1 if tokens[at + 1].has("t:day_word") else at
    number = tokens[at - 1] if first < at else tokens[at + 1]
    end = at + 1 if first < at else at + 2
    count = int(number.value or day_of(number) or 0)
    if first == at and end < last and count > 1 and tokens[end].has("t:n_months") and not tokens[end].has("t:filler"):
        return Mention("undated", first, end)
    if first < 0 or end >= last or count < 2 or not tokens[end].has("t:day_word"):  # noqa: PLR2004  one day has its own words
        return None
    if end + 1 < last and (tokens[end + 1].has("t:filler", "t:month_word") or month_of(tokens[end + 1])) and any(
            month_of(token) for token in tokens[end + 1:min(last, end + 4)]):
        return None  # "the last ten days of May"
    return Mention("recent", first, end, part=("days", count))


def _since_war(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read a count from a war that is only named: "after the 44-day Patriotic War"."""
    if not tokens[at].has("t:since"):
        return None
    for place in range(at + 1, min(last, at + _TO_THE_WAR)):
        token = tokens[place]
        if token.has("c:event") and token.text.startswith(forms("war_or_truce")):
            return Mention("cumulative", at, place)
        if token.kind not in "wn" and token.text != "-":
            return None
    return None


def _since_then(tokens: Sequence[Token], at: int, *, last: int) -> Mention | None:
    """Read a count from something that has no date here: "since the guns went silent", "from the start of the war"."""
    outset = after_outset(tokens, at, last=last)
    if outset is None and not tokens[at].has("t:count_from"):
        return None
    begin = outset or at + 1
    if begin + 1 < last and tokens[begin].text == "," and tokens[begin + 1].text in forms("when"):
        begin += 1  # "from the moment when work began", Russian with a comma
    if begin >= last or (tokens[begin].kind != "w" and not (
            outset and (tokens[at].has("t:since") or tokens[at + 1].text in forms("very")))):
        return None
    if outset and tokens[begin].has("t:week_of", "t:month_word", "t:this_year", "t:year_word"):
        return of_calendar(tokens, at, begin)
    for token in tokens[begin:min(last, begin + 6)]:
        if token.kind in "do" or year_of(token) or month_of(token) or not token.tags.isdisjoint(_COUNTED_FROM):
            return None
        if token.kind == "p":
            break
    first = tokens[begin]
    cleared = first.has("c:cleared") and not first.text.endswith(forms("verbal_noun")) \
        and tokens[at + 1].text not in forms("very")
    return None if weekday_in(first.tags) or first.has("t:tail") or cleared else Mention("cumulative", at, at)


def _event_before(tokens: Sequence[Token], at: int, *, first: int, found: Sequence[Mention]) -> Mention | None:
    """Read a count from an event that stands before its "since": ``silahlar susandan bəri``, ``ateşkesten beri``."""
    if not tokens[at].has("t:since") or tokens[at].has("t:filler", "t:count_from") or at - 1 < first \
            or (found and found[-1].last >= at - 2) or not tokens[at - 1].text.endswith(forms("ablative")):
        return None
    told = any(token.has("t:event_form", "c:event") for token in tokens[max(first, at - 2):at])
    return Mention("cumulative", at, at) if told else None


def _names_event(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Say whether the words name a war or its end: "November 2020, when the war ended, to date"."""
    return any(token.has("c:event") or (token.has("c:cumulative") and any(
        stem in token.text for stem in forms("war_or_truce"))) for token in tokens[first + 1:last + 1])


def _spans_event(begin: Mention, end: Mention, tokens: Sequence[Token]) -> bool:
    """Say whether words on an event part the ends of a span: "from 5 May 2020, when the war ended, to 3 June"."""
    words = tokens[begin.last + 1:end.first]
    dated = bool(begin.begin.month and end.begin.month and end.begin.day)
    return begin.form == "since" and end.form in {"until", "day"} and dated and len(words) <= _EVENT_WORDS \
        and not any(token.kind in "nd" for token in words) \
        and any(token.has("c:event", "g:contrast") for token in words) and (
            tokens[end.first].has("t:as_of", "t:to") or any(token.has("t:to") for token in words[-2:]))


def _goes_on(year: Mention, part: Mention, tokens: Sequence[Token]) -> bool:
    """Say whether a part of the next year goes on with a year: "2021 and the first quarter of 2022"."""
    between = tokens[year.last + 1:part.first]
    if year.form != "year" or part.form != "part" or not year.begin.year:
        return False
    return part.begin.year == year.begin.year + 1 and part.part[1] == 1 and part.part[0] in _FIRST_PARTS \
        and any(token.has("t:and", "g:and") for token in between) \
        and all(token.has("t:and", "g:and", "t:filler", "t:year_word") for token in between)


def _span(begin: Mention, end: Mention, tokens: Sequence[Token]) -> Mention | None:
    """Return the span that two expressions make of which each is a date for itself."""
    if _spans_event(begin, end, tokens):
        counts = "since" if begin.begin.year and end.begin.year else ""
        return Mention("range", begin.first, end.last, begin.begin, end.begin, part=(counts, 0))
    if _goes_on(begin, end, tokens):
        last = replace(end.begin, month=_FIRST_PARTS[end.part[0]])
        return Mention("range", begin.first, end.last, begin.begin, last)
    return None


def _names_war(words: Sequence[Token]) -> bool:
    """Say whether a war or its end is what a count begins with: "since the war ended in 2020"."""
    return any(token.has("c:event") or (token.has("c:cumulative") and any(
        stem in token.text for stem in forms("war_or_truce"))) for token in words)


def _ends_event(words: Sequence[Token]) -> bool:
    """Say whether words lead from "since" to the day of an event: "since the war ended on"."""
    return words[0].text.startswith(forms("since")) and all(token.kind == "w" for token in words) and any(
        token.has("c:event") or any(form in token.text for form in forms("war")) for token in words)


def _ends_war(words: Sequence[Token]) -> bool:
    """Say whether words lead from a war to the day of its end: "after the war had ended on"."""
    return len(words) <= _TO_THE_WAR and words[0].has("t:after") and all(token.kind == "w" for token in words)


def _joined(  # noqa: C901, PLR0912  one pair of expressions a line
    found: list[Mention], tokens: Sequence[Token],
) -> list[Mention]:
    """Join "since 10 November 2020" with the "to date" right after it, and "by 18 August" with "this year"."""
    joined: list[Mention] = []
    for k, mention in enumerate(found):
        before = joined[-1] if joined else None
        near = before is not None and mention.first - before.last <= 3 \
            and not any(token.text in ".;:" for token in tokens[before.last + 1:mention.first])  # noqa: PLR2004  words apart
        if before and near and before.form in {"since", "year_start"} and mention.form == "cumulative":
            joined[-1] = replace(before, last=mention.last)
        elif before and before.form == "this_year" and mention.form == "cumulative" \
                and not any(token.kind in "np" for token in tokens[before.last + 1:mention.first]) \
                and not _names_event(tokens, before.last, mention.last):
            joined[-1] = replace(before, form="year_start")  # "this year the agency has so far found"
        elif before and before.form == "cumulative" and mention.form == "since" and mention.part[0] == "event" \
                and _ends_war(tokens[before.last:mention.first]):
            joined[-1] = replace(mention, first=before.first)
        elif before and near and before.form == "year_start" and (mention.form in {"until", "day"} or (
                mention.form == "month" and tokens[mention.first - 1].has("t:to"))) \
                and mention.begin.month and not mention.begin.year:
            year = before.begin.year
            end = replace(mention.begin, year=year)
            joined[-1] = Mention("range", before.first, mention.last, Day(year, 1, 1), end)
        elif before and before.form == "week" and mention.form == "month" and mention.first - before.last == 2 \
                and tokens[before.last + 1].text == "(":  # noqa: PLR2004  a bracket whose days were left out
            joined[-1] = replace(before, last=mention.last)
        elif before and near and (year := _year_ending(before, mention, tokens)):
            joined[-1] = Mention("month", before.first, mention.last, Day(year, _DECEMBER))
        elif before and (span := _span(before, mention, tokens)):
            joined[-1] = span
        elif before and near and before.form == "year" and mention.form == "year_start" and not mention.begin.year:
            joined[-1] = replace(mention, first=before.first, begin=before.begin)
        elif before and near and before.form in {"day", "month", "year"} and before.begin.year \
                and mention.form == "cumulative" and _names_event(tokens, before.last, mention.last):
            joined[-1] = replace(before, form="since", last=mention.last, part=("event", 0))
        elif before and near and before.form == "cumulative" and mention.form in {"day", "month", "year"} \
                and (mention.first - before.last <= 2 or _ends_event(tokens[before.last:mention.first])):  # noqa: PLR2004  "since its foundation in 1998"
            event = _names_war(tokens[before.first:mention.first])
            joined[-1] = replace(mention, form="since", first=before.first, part=("event", 0) if event else ("", 0))
        elif before and near and before.form == "cumulative" and mention.form == "range" \
                and all(token.kind == "w" for token in tokens[before.last + 1:mention.first]) \
                and any(stem in tokens[before.last].text for stem in forms("war_or_truce")):
            joined[-1] = replace(before, last=mention.last)  # "since the war of 27 September to 10 November"
        elif before and near and before.form in _SHIFTED and mention.form in _SHIFTS and not before.begin.year \
                and not _leads(mention, found[k + 1:k + 2]):
            joined[-1] = replace(before, last=mention.last, shift=_SHIFTS[mention.form])
        elif before and near and before.form == "range" and mention.form in _SHIFTS and before.begin.year \
                and before.end.month and not before.end.year:
            end = replace(before.end, shift=_SHIFTS[mention.form])  # "from 10 November 2020 to 24 September this year"
            joined[-1] = replace(before, last=mention.last, end=end)
        elif before and near and before.form in _SHIFTS and mention.form in _SHIFTED and not mention.begin.year:
            joined[-1] = replace(mention, first=before.first, shift=_SHIFTS[before.form])
        else:
            joined.append(mention)
    return _spanned(joined, tokens)


def _year_ending(before: Mention, mention: Mention, tokens: Sequence[Token]) -> int | None:
    """Return the year whose last month is told: ``в последний месяц 2025 года``, ``2025-ci ilin son ayında``."""
    if {before.form, mention.form} != {"last_month", "year"}:
        return None
    year, month = (before, mention) if before.form == "year" else (mention, before)
    ends = tokens[month.first].text.startswith(forms("last_month")) and year.begin.year is not None and all(
        token.has("t:filler", "t:year_word") or token.text in "-'" for token in tokens[before.last + 1:mention.first])
    return year.begin.year if ends else None


def _leads(mention: Mention, following: Sequence[Mention]) -> bool:
    """Say whether a word for a year belongs to the date right after it: "noyabrından bu ilin martınadək"."""
    return any(other.first == mention.last + 1 and other.form in _SHIFTED and not other.begin.year
               for other in following)


def _spanned(found: list[Mention], tokens: Sequence[Token]) -> list[Mention]:
    """Make one range of a beginning and an end that stand together, each in its own case: "iyundan noyabra qədər"."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if before and before.form == "since" and not before.part[0] and mention.form == "until" \
                and before.begin.month and (mention.begin.month or mention.begin.year) \
                and mention.first - before.last <= 3 \
                and not tokens[before.first].has("t:since") \
                and all(is_case_ending(token) for token in tokens[before.last + 1:mention.first]):  # noqa: PLR2004  a hyphen, an ending
            begin, end = replace(before.begin, shift=before.shift), replace(mention.begin, shift=mention.shift)
            if end.month is None:  # "till the end of 2024"
                end = replace(end, month=12, day=31 if begin.day else None)
            joined[-1] = Mention("range", before.first, mention.last, begin, end)
        else:
            joined.append(mention)
    return joined


def is_case_ending(token: Token) -> bool:
    """Say whether a token is a hyphen or the ending after it: ``10-dan``."""
    return token.text in "-'" or token.has("t:to", "t:as_of", "t:filler", "t:month_word")
