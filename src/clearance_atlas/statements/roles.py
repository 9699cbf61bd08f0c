"""News or background: a bulletin's own figures, or older ones that it repeats.

Position, wording, period and repetition across documents each speak; none of them alone is enough for figures of the
document's own period.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, PeriodKind, Role
from clearance_atlas.statements.drafts import STILL_THERE
from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Period
    from clearance_atlas.statements.days import Anchor
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.tokens import Token

_STALE = timedelta(days=30)
_FRESH = timedelta(days=10)
_DAY = timedelta(days=1)
_REPORTED_WITHIN = timedelta(days=100)
_LATE = 0.5
_MOST_COMPARED = 60
_OF_AN_ACCIDENT = frozenset({None, PeriodKind.DAY})


def set_roles(drafts: Sequence[Draft], *, anchor: Anchor, paragraphs: int, repeated: frozenset[int]) -> None:
    """Tell news from background.

    Parameters
    ----------
    drafts
        The figures of one document, in order.
    anchor
        What is known of its day.
    paragraphs
        How many paragraphs it has.
    repeated
        Paragraphs that a document of another time repeats.
    """
    own = [draft for draft in drafts if not draft.flags & {Flag.PLANNED, Flag.ORDERED}
           and draft.measure != Measure.MINES_MAPPED and not draft.is_state]
    clearance = [draft for draft in own if not draft.is_casualty and draft.sentence.paragraph not in repeated
                 and not _says_older(draft) and draft.item not in STILL_THERE]
    main = _main(clearance or [draft for draft in own if draft.is_casualty], anchor=anchor)
    for draft in drafts:
        older = (draft.item in STILL_THERE and bool(clearance)) or _illustrates(draft, own) or _is_outdated(
            draft, clearance) or (_says_older(draft) and not _is_of(draft, main) and not _closes_after(draft, main))
        if draft.sentence.paragraph in repeated or older or _is_older(draft, main, anchor=anchor):
            draft.role = Role.BACKGROUND
    if drafts and Flag.PLANNED in drafts[0].flags:
        _set_last_year_behind(drafts)
    news = [draft for draft in clearance if draft.role == Role.NEWS]
    last_news = max((draft.sentence.number for draft in news), default=-1)
    leads = min((draft.sentence.paragraph for draft in own), default=0) <= max(1, paragraphs * _LATE)
    mapped = next((draft for draft in drafts if draft.measure == Measure.MINES_MAPPED
                   and draft.sentence.paragraph <= max(1, paragraphs * _LATE)), None)
    for draft in drafts:
        if draft.is_casualty and (not _casualties_are_news(draft, own, news, last_news, leads=leads)
                                  or (bool(news) and _is_of_all_times(draft, anchor))
                                  or _is_old_count(draft, own[0], anchor)):
            draft.role = Role.BACKGROUND
        if draft.measure == Measure.MINES_MAPPED and (news or not (
                _is_fresh(draft.period, anchor) or (draft is mapped and anchor.published is None))):
            draft.role = Role.BACKGROUND


def _set_last_year_behind(drafts: Sequence[Draft]) -> None:
    """Take last year's results for background where the news is this year's plan."""
    told: set[Period] = set()
    for draft in drafts:
        if "t:last_year" in draft.sentence.tags and Flag.PLANNED not in draft.flags:
            told.add(draft.period)
        if draft.period in told and draft.period.kind == PeriodKind.YEAR and Flag.PLANNED not in draft.flags:
            draft.role = Role.BACKGROUND


def _main(own: Sequence[Draft], *, anchor: Anchor) -> Draft | None:
    """Return the figure whose period the report is about: the first, or the first fresh one after stale ones."""
    if not own:
        return None
    if anchor.published is None:
        return own[0]
    fresh = [draft for draft in own if (end := _day(draft.period.end)) is not None
             and end >= anchor.published - _REPORTED_WITHIN]
    if own[0].period.kind is None and fresh and fresh[0].period.kind == PeriodKind.CUMULATIVE:
        return own[0]  # news of a day without its date, before a count of years
    return fresh[0] if fresh else own[0]


def _is_of(draft: Draft, main: Draft | None) -> bool:
    """Say whether a figure has the days of the report: "the previous week's yield" is that of the week."""
    return main is not None and draft.period.start is not None and draft.period == main.period


def _illustrates(draft: Draft, own: Sequence[Draft]) -> bool:
    """Say whether a month's or year's yield only comes along with news of victims to date, told first."""
    lead = own[0] if own else draft
    return lead.is_casualty and lead.period.kind == PeriodKind.CUMULATIVE and not draft.is_casualty \
        and draft.period.kind in {PeriodKind.MONTH, PeriodKind.YEAR} and draft.sentence is not lead.sentence \
        and not draft.places  # a report on that month names its districts


def _is_outdated(draft: Draft, clearance: Sequence[Draft]) -> bool:
    """Say whether the same text brings a count up to a later day: "up to 17 January 986 ha; up to 14 January 690"."""
    end = _day(draft.period.end)
    if draft.period.kind != PeriodKind.CUMULATIVE or end is None or draft.is_casualty or draft.places:
        return False
    return any(other.measure == draft.measure and other.period.kind == PeriodKind.CUMULATIVE and not other.places
               and (last := _day(other.period.end)) is not None and last > end and other.operator == draft.operator
               and other.sentence.number == draft.sentence.number - 1 for other in clearance[:_MOST_COMPARED])


def _closes_after(draft: Draft, main: Draft | None) -> bool:
    """Say whether a count up to a named day takes in the report's own: "by 2 December it had been 13,177 ha in all"."""
    end, last = _day(draft.period.end), _day(main.period.end) if main else None
    cue = next((token.start for token in draft.sentence.tokens if token.has("c:background")), 0)
    return draft.mention is not None and draft.mention.form == "until" and not draft.is_casualty \
        and end is not None and last is not None and end >= last and bool(draft.sentence.times) \
        and cue > draft.sentence.times[0].start


def _says_older(draft: Draft) -> bool:
    """Say whether words like "previously" or "for comparison" open the sentence or stand before the figure."""
    if "background" not in draft.sentence.cues:
        return False
    tokens = draft.sentence.tokens
    at = next((k for k, token in enumerate(tokens) if token.has("c:background") and _compares(tokens, k)), None)
    if at is None or at > draft.at or tokens[at].text.endswith(forms("converb")):
        return at is not None and at > draft.at and tokens[at].text.endswith(forms("converb"))
    if at == 0 and tokens[at].has("g:than"):  # "Against 62 last year, this year saw 36"
        return not any(token.text == "," for token in tokens[:draft.at])
    return not (at > 2 and tokens[at].has("q:over"))  # noqa: PLR2004


def _compares(tokens: Sequence[Token], at: int) -> bool:
    """Say whether "against" sets a number or a time against another, and is no aggression against a country."""
    return not tokens[at].has("g:than") or any(
        token.kind in "nD" or token.value is not None or any(tag.startswith("t:") for tag in token.tags)
        for token in tokens[at + 1:at + 6])


def _is_older(  # noqa: PLR0911  what the report is about, one case a line
    draft: Draft, main: Draft | None, *, anchor: Anchor,
) -> bool:
    """Say whether a figure's period ended well before the report's own."""
    if main is None or draft is main or draft.period == main.period:
        return False
    end = _day(draft.period.end)
    start = _day(main.period.start)
    if end is None or _leads_up(draft.period, main.period):
        return end is not None
    if main.period.kind is None and draft.period.kind == PeriodKind.CUMULATIVE:
        return anchor.published is not None and end < anchor.published - _FRESH  # an old count beside news of a day
    if main.period.kind == PeriodKind.CUMULATIVE or start is None:
        in_series = draft.is_casualty or draft.rule == "list/by-date"
        if in_series and start is not None and (draft.period.start or "") >= start.isoformat():
            return False  # the series that a total is made of
        reference = anchor.published or _day(main.period.end)
        return reference is not None and end < reference - _STALE and draft.period.kind != PeriodKind.CUMULATIVE
    if _is_report_before(draft.period, main.period):
        return False
    closed = draft.period.kind == PeriodKind.CUMULATIVE and not draft.is_casualty
    return end < (start - _STALE if closed else start)  # a count of all, closed at the end of the month before


def _is_report_before(older: Period, main: Period) -> bool:
    """Say whether two reports of days stand in one text, the second of the days that end where the first begin."""
    end, start = _day(older.end), _day(main.start)
    alike = older.kind == PeriodKind.CUSTOM and main.kind in {PeriodKind.CUSTOM, PeriodKind.DAY}
    return alike and older.start is not None and end is not None and start is not None and end + _DAY == start


def _leads_up(older: Period, main: Period) -> bool:
    """Say whether one count ends in the month in which the other begins: "from 1998 to November 2020"."""
    if not older.kind == main.kind == PeriodKind.CUMULATIVE:
        return False
    begin, end, start = _day(older.start), _day(older.end), _day(main.start)
    return begin is not None and end is not None and start is not None and begin < start \
        and (end.year, end.month) <= (start.year, start.month)


def _casualties_are_news(draft: Draft, own: Sequence[Draft], news: Sequence[Draft], last_news: int, *, leads: bool
                         ) -> bool:
    running = draft.period.kind == PeriodKind.CUMULATIVE
    known = draft.period.end is not None
    if news and running and known and (draft.period.start is None or news[0].period.start == draft.period.start) \
            and (news[0].period.end, news[0].period.kind) == (draft.period.end, draft.period.kind):
        # The news of a district, and the victims of the whole country since the war.
        return bool(draft.places) or not (news[0].places and draft.own_time)
    first = own[0] if own else draft
    if running and first.is_casualty and first is not draft and not news and (
            first.period.kind in _OF_AN_ACCIDENT or _is_longer(draft, first)):
        return False
    if news and running and news[0].period.kind not in {None, PeriodKind.CUMULATIVE} \
            and news[0].sentence.number < draft.sentence.number and news[0].period.end != draft.period.end:
        return False
    if news:
        return draft.sentence.number < last_news or (known and _days_of(draft) == _days_of(news[0]))
    return leads


def _is_longer(count: Draft, first: Draft) -> bool:
    """Say whether a count to date reaches farther back than the first: "382 since 2020 ... 3,400 since 1991"."""
    begin, start = _day(count.period.start), _day(first.period.start)
    return first.period.kind == PeriodKind.CUMULATIVE and start is not None and begin is not None and begin < start


def _is_of_all_times(draft: Draft, anchor: Anchor) -> bool:
    """Say whether people are counted from years before the war's end: "3,400 victims since 1991"."""
    start = _day(draft.period.start)
    return start is not None and anchor.war_end is not None and start.year < anchor.war_end.year - 1 \
        and draft.period.kind == PeriodKind.CUMULATIVE


def _is_old_count(draft: Draft, first: Draft, anchor: Anchor) -> bool:
    """Say whether a count of victims ended weeks before the report: "from the war to 22 December", in late January.

    What opens the text is its news all the same, and so is a series that begins on one day.
    """
    end = _day(draft.period.end)
    of_series = first is not draft and first.is_casualty and first.period.start == draft.period.start \
        and first.period != draft.period
    return draft.period.kind == PeriodKind.CUMULATIVE and end is not None and anchor.published is not None \
        and end < anchor.published - _STALE and draft.sentence.paragraph > 1 and not of_series


def _days_of(draft: Draft) -> tuple[str | None, str | None, PeriodKind | None]:
    """Return a figure's days, from wherever its year is known."""
    return draft.period.start, draft.period.end, draft.period.kind


def _is_fresh(period: Period, anchor: Anchor) -> bool:
    end = _day(period.end)
    return end is not None and anchor.published is not None and anchor.published - end <= _FRESH


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text and not text.startswith("X") else None
