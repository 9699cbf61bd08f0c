"""When a document was published: by its header, else within bounds from its own words and from other documents.

A bound is only taken where the evidence closes; a year that stays open is never guessed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from clearance_atlas.model import YearSource
from clearance_atlas.statements.days import Anchor

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.config import Profile
    from clearance_atlas.model import Document
    from clearance_atlas.statements.mentions import Day
    from clearance_atlas.statements.sentence import Sentence

_WAR_END = "war-end"


def war_end(profile: Profile | None) -> date | None:
    """Return the day from which a profile's "to date" figures count, if it names one."""
    events = profile.events if profile else ()
    return next((event.date for event in events if event.event_id.startswith(_WAR_END)), None)


def anchor_of(document: Document, sentences: Sequence[Sentence], *, late_last_year: bool, profile: Profile | None
              ) -> Anchor:
    """Return what one document tells about its own day.

    ``late_last_year`` says that the text puts the end of the war late in the year before it.
    """
    end = war_end(profile)
    full = tuple(sorted({day for sentence in sentences for day in _full_dates(sentence)}))
    past = tuple(sorted({day for sentence in sentences if "planned" not in sentence.cues
                         for day in _full_dates(sentence)}))
    anchor = Anchor(document.published, source=YearSource.PUBLICATION, war_end=end, full_dates=full, past_dates=past)
    if document.published is not None:
        return anchor
    month = _partial_date(document.text)
    if month is not None:
        return replace(anchor, earliest=month, latest=_month_end(month), source=YearSource.PUBLICATION)
    if late_last_year and end is not None:
        return replace(anchor, earliest=date(end.year + 1, 1, 1), latest=date(end.year + 1, 12, 31),
                       source=YearSource.INFERRED)
    return anchor


def _full_dates(sentence: Sentence) -> Iterable[date]:
    for timed in sentence.times:
        for day in _filled(timed.mention.begin, timed.mention.end):
            found = _as_date(day)
            if found is not None:
                yield found


def _filled(begin: Day, end: Day) -> tuple[Day, Day]:
    """Fill what a range within one month prints once: "April 8 to 14, 2024"."""
    if not (begin.day and end.day) or (begin.month and end.month and begin.month != end.month):
        return begin, end
    month, year = begin.month or end.month, begin.year or end.year
    return replace(begin, month=month, year=year), replace(end, month=month, year=year)


def _as_date(day: Day) -> date | None:
    if day.year is None or day.month is None or day.day is None:
        return None
    try:
        return date(day.year, day.month, day.day)
    except ValueError:
        return None


def _partial_date(text: str) -> date | None:
    """Return the first day of the month that a newspaper's date line gives without a day: ``date 2020-02``."""
    words = text[:40].split()
    if len(words) > 1 and words[0] == "date" and len(words[1]) == 7 and words[1][4] == "-":  # noqa: PLR2004  YYYY-MM
        try:
            return date.fromisoformat(f"{words[1]}-01")
        except ValueError:
            return None
    return None


def _month_end(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)
