"""Full dates that stand alone on a line, in English, Azerbaijani, Russian and Turkish (month names from CLDR)."""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from babel.dates import get_day_names, get_month_names

from clearance_atlas.documents.cleaning import fold

_LANGUAGES = ("en", "az", "ru", "tr")
_CUT = 3
_TIME = r"(?:,? *(?:at|-|–|\||/|\[)? *\d{1,2}:\d\d(?::\d\d)?(?: *\(?(?:UTC|GMT|MSK|AZT)?[^)\n]{0,12}\)?)?)?"
_ZONE = r"(?: ?\((?:utc|gmt|msk|azt)[^)\n]{0,12}\))?"
_LEAD = r"[^\w\n]*(?:published|posted|updated|date|dateline|tarix|дата|опубликовано|yayınlanma|yayin)?(?: on)?[^\w\n]*"
_WEEKDAY = r"(?:(?P<weekday>[^\W\d_]{2,12}(?: [^\W\d_]{2,12})?),? )?"
_AGENCY = r"(?:(?:aa|iha|dha|anka|apa|report|trend) ?(?=\d))?"
_DAY_AFTER = r"(?:,? (?P<day_after>[^\W\d_]{4,12}))?"
_YEAR = r"(?P<year>20\d\d)(?:-?c[iıuü] il| года?| г\.?)?"
_NAMED = re.compile(
    rf"{_LEAD}{_AGENCY}(?:\d{{1,2}}:\d\d,? *)?{_WEEKDAY}"
    rf"(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?P<month>[^\W\d_]{{3,12}})\.? ?,? {_YEAR}"
    rf"|(?P<month_first>[^\W\d_]{{3,12}})\.? (?P<day_second>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<year_last>20\d\d))"
    rf"{_DAY_AFTER}{_TIME}{_ZONE}[^\w\n]*"
)
_SECTION = re.compile(r"^(?:[^\W\d_]+,? ){1,3}(?=\d)(?=.*\d:\d\d)")  # a rubric, a date, its time
# What a page's foot prints before its date: rubrics, how often it was read.
_LABEL = re.compile(r"^(?:.{0,80}[ |•])?(?:tarix|tarih|дата|date) ?: ?(?=\w)")
_DIGITS = re.compile(
    rf"{_LEAD}(?:\d{{1,2}}:\d\d,? *)?"
    rf"(?:(?P<year>20\d\d)-(?P<month>\d\d)-(?P<day>\d\d)(?:t\S{{5,20}})?"
    rf"|(?P<day_first>\d{{1,2}})(?P<mark>[./-])(?P<month_second>\d{{1,2}})(?P=mark)(?P<year_last>20\d\d))"
    rf"{_DAY_AFTER}{_TIME}[^\w\n]*"
)
# What pages print after a date: how often it was read, and what a reader may do with the page.
_FURNITURE = re.compile(
    r"(?:[ |•]*\b(?:oxun(?:ub|du|ma)(?: say[ıi])?|bax[ıi]ş(?: say[ıi])?|bax[ıi]l[ıi]b|[çc]ap(?: et)?"
    r"|views?|reads?|print|share|email|просмотр(?:ы|ов)|прочитано|распечатать|печать|поделиться"
    r"|okunma|görüntülenme|güncelleme|yazd[ıi]r|payla[şs])[ :]*\d*)+$"
)
# A second date in the same line: when the page was last changed, not when it was put out.
_CHANGED = re.compile(r"(?<=\d)[ |•/–-]*(?:son |last )?(?:güncellen?me|güncellendi|updated?|modified"
                      r"|yenilən(?:ib|di|mə)|обновлено|изменено)\b.*$")
_CLIPPING = re.compile(
    r".{1,80}?[-–] ?(?P<year>20\d\d)\.? ?[-–] ?(?P<day>\d{1,2}) (?P<month>[^\W\d_]{3,12})\.? ?[-–] ?[sсc]\. ?\d.{0,12}"
)


@cache
def _months() -> dict[str, int]:
    names: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context=context, locale=language).items():
                    names.setdefault(fold(name).rstrip("."), number)
    return names | _cut_short(names)


def _cut_short(names: dict[str, int]) -> dict[str, int]:
    """Return the first three letters of months, as pages print them, where no two months share them."""
    short: dict[str, set[int]] = {}
    for name, number in names.items():
        short.setdefault(name[:_CUT], set()).add(number)
    return {name: min(numbers) for name, numbers in short.items() if len(name) == _CUT and len(numbers) == 1}


@cache
def _weekdays() -> frozenset[str]:
    return frozenset(
        fold(name).rstrip(".") for language in _LANGUAGES for width in ("wide", "abbreviated")
        for name in get_day_names(width, locale=language).values()
    )


def date_of_line(line: str) -> date | None:
    """Return the date of a line that holds a full date, perhaps a time, and no other words.

    Days come before months in ``08.07.2024``, as everywhere in the region.

    >>> date_of_line("  • 27 oktyabr, 2025")
    datetime.date(2025, 10, 27)
    >>> date_of_line("8 July 2024 17:42 (UTC+04:00)")
    datetime.date(2024, 7, 8)
    >>> date_of_line("Society News 8 July 2024 17:42")
    datetime.date(2024, 7, 8)
    >>> date_of_line("8 July 2024   Views: 553   print")
    datetime.date(2024, 7, 8)
    >>> date_of_line("09:3008/07/2024, Pazartesi") == date_of_line("AA08 Temmuz 2024 Pazartesi 09:30")
    True
    >>> date_of_line("Dünya 08.07.2024 - 17:42 Güncelleme: 09.07.2024 - 10:00")
    datetime.date(2024, 7, 8)
    >>> date_of_line("Новый день.-2024.- 8 июля.- С.3.")
    datetime.date(2024, 7, 8)
    >>> date_of_line("All news, 7:47, 8 Jul 2024 (UTC+3 MSK)") == date_of_line("News   Read: 374   Date: 08 July 2024")
    True
    >>> date_of_line("On 8 July 2024 the agency reported") is None
    True
    """
    text = _FURNITURE.sub("", _CHANGED.sub("", fold(" ".join(line.split()))))
    match = _NAMED.fullmatch(text)
    if match is None or (match["weekday"] and match["weekday"] not in _weekdays()):
        text = _LABEL.sub("", _SECTION.sub("", text, count=1), count=1)
        match = _NAMED.fullmatch(text)
    if match:
        if any(name and name not in _weekdays() for name in (match["weekday"], match["day_after"])):
            return None
        month = _months().get(match["month"] or match["month_first"])
        return _date(match["year"] or match["year_last"], month, match["day"] or match["day_second"])
    clipping = _CLIPPING.fullmatch(text)
    if clipping:
        return _date(clipping["year"], _months().get(clipping["month"]), clipping["day"])
    match = _DIGITS.fullmatch(text)
    if match is None or (match["day_after"] and match["day_after"] not in _weekdays()):
        return None
    return _date(match["year"] or match["year_last"], int(match["month"] or match["month_second"]),
                 match["day"] or match["day_first"])


def _date(year: str, month: int | None, day: str) -> date | None:
    try:
        return date(int(year), month, int(day)) if month else None
    except ValueError:
        return None
