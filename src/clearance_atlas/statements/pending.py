"""Figures told before any time: which of the periods told below them is theirs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Period, PeriodKind
from clearance_atlas.statements.clock import SHORT_KINDS, is_event_day
from clearance_atlas.statements.cumulative import (
    already,
    counts_more,
    is_outdone,
    is_too_much,
    iso_day,
    perfect_until,
    runs_to_date,
    to_date,
)
from clearance_atlas.statements.drafts import MOST_COMPARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft

_SAME_NEWS = 1  # sentences: a count since the war far below is no period of the news above it
_ROUNDING = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class _Later:
    """The times told below figures that have none: of the next news, of the next figure, a year, a state, of all."""

    following: Period | None
    longer: Draft | None
    named: Period | None
    state: Period | None = None
    stated: Period | None = None


def settle_pending(pending: Sequence[Draft], drafts: Sequence[Draft], clock: Clock, *, opened: bool) -> None:
    """Give figures told before any time that of what follows; ``opened`` says that a count opens the text with them."""
    times = _later_times(pending, drafts, clock)
    for draft in pending:
        if times.following and is_too_much(draft, times.following) and not _said_again(draft, drafts[:MOST_COMPARED]):
            count = Period(None, iso_day(clock.anchor.reference), PeriodKind.CUMULATIVE)
            times = replace(times, following=to_date(draft, clock, count, "cumulative"))  # the next go on with it
        _settle(draft, drafts[:MOST_COMPARED], times, clock, opened=opened)
    for draft in pending:
        if draft.period.kind is None and draft.part is not None:
            draft.period = draft.part.period


def _later_times(pending: Sequence[Draft], drafts: Sequence[Draft], clock: Clock) -> _Later:
    """Return the times told below the figures that have none."""
    dated = [d for d in drafts if d.period.kind and not d.is_casualty and d.measure != Measure.MINES_MAPPED]
    following = next((d.period for d in dated if d.period.kind in SHORT_KINDS), None) or clock.main_span(weekly=False)
    if following is not None and following.kind == PeriodKind.DAY and dated and dated[0].period != following:
        following = None  # the day of one find, told after a count of all: not that of the news above
    longer = next((d for d in dated if not d.flags & {Flag.PLANNED}), None)
    if following is not None and longer is not None and _opens(longer.period, following):
        following = None
    named = clock.year_named()
    if following is not None or longer is not None:
        return _Later(following, longer, named)
    return _Later(None, None, named, already(pending, clock) if named is None else None, _stated_after(pending, clock))


def _settle(draft: Draft, drafts: Sequence[Draft], times: _Later, clock: Clock, *, opened: bool) -> None:
    """Give a figure told before any time one from below it, if that may be its own."""
    later = _later_period(draft, times, clock)
    if opened and times.longer is not None and times.longer.period.kind == PeriodKind.CUMULATIVE:
        later = times.longer.period
    twin = _said_again(draft, drafts)
    if twin is not None:
        later = twin.period
    elif runs_to_date(draft, drafts, later):
        published = Period(None, iso_day(clock.anchor.published), PeriodKind.CUMULATIVE)
        later = to_date(draft, clock, published, "cumulative")
    if later is not None and later.kind == PeriodKind.CUMULATIVE and twin is None and is_outdone(draft, later, drafts):
        later = None
    draft.period = later or perfect_until(draft, clock) or Period()
    if later is None and draft.period == Period() and "background" in draft.sentence.cues:
        draft.period = Period(None, None, PeriodKind.CUMULATIVE)  # a state reported earlier, its day unknown


def _later_period(draft: Draft, times: _Later, clock: Clock) -> Period | None:
    """Return the time below that a figure goes with, the surest first."""
    longer = times.longer
    near = longer and (longer.sentence.number - draft.sentence.number <= _SAME_NEWS
                       or longer.period.end == iso_day(clock.anchor.published)) and not (
        longer.period.kind == PeriodKind.CUMULATIVE and counts_more(longer, draft))
    return times.stated or times.following or (longer.period if longer and near else None) or times.named or (
        (perfect_until(draft, clock) or times.state) if draft.mention is None else None)  # not "in the said period"


def _stated_after(pending: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the time that the next sentence says all figures are of: "These figures run from November 2020 on"."""
    number = pending[-1].sentence.number + 1 if pending else len(clock.sentences)
    if number >= len(clock.sentences):
        return None
    sentence = clock.sentences[number]
    readings = [clock.reading(sentence, timed) for timed in sentence.times
                if timed.mention.form in {"since", "cumulative", "year_start"} and not is_event_day(sentence, timed)]
    periods = [reading.period for reading in readings if reading]
    told = "these_figures" in sentence.cues or "g:sum" in sentence.tags  # "The count begins on 10 November 2020"
    return periods[0] if periods and not sentence.figures and told else None


def _said_again(draft: Draft, drafts: Sequence[Draft]) -> Draft | None:
    """Return the later figure with a period that a headline's figure rounds or repeats."""
    value = draft.area_ha or draft.value
    for other in drafts:
        exact = other.area_ha or other.value
        alike = other.measure == draft.measure or (  # a headline's "mines" are mines and munitions
            draft.measure == Measure.MINES_TOTAL and other.measure == Measure.ORDNANCE_TOTAL and exact == value)
        if alike and other.sentence.number > draft.sentence.number and other.period.kind \
                and value and abs(exact - value) < value * _ROUNDING and not other.flags & {Flag.PLANNED, Flag.SUBSET}:
            return other
    return None


def _opens(count: Period, month: Period) -> bool:
    """Say whether a month is only the one in which a count begins, named once more as that of an event."""
    return count.kind == PeriodKind.CUMULATIVE and month.kind == PeriodKind.MONTH and bool(count.start) \
        and bool(month.start) and str(count.start)[:7] == str(month.start)[:7]
