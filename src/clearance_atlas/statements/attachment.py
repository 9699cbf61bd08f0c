"""Which of the times that a sentence names is that of a figure in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure
from clearance_atlas.statements.clock import is_event_day, is_speech_day, tells_report
from clearance_atlas.statements.keys import align
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.weekdays import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence, Timed

_BESIDE = 5
_COMPARED = frozenset({"g:than", "g:versus"})


def nearest_time(draft: Draft, clock: Clock) -> Timed | None:
    """Return the expression of time that goes with a figure of a sentence.

    Where figures and dates take turns each figure has its own; else the date covers all figures of the sentence.
    """
    sentence = draft.sentence
    usable = [timed for timed in sentence.times if not is_speech_day(sentence, timed)
              and not is_event_day(sentence, timed) and not _is_aside(draft, timed) and fits(draft, timed, clock)]
    usable = [timed for timed in usable if not _tells_of_report(timed, usable, sentence)]
    usable = [timed for timed in usable if not _is_label(timed, sentence)] or usable
    if any(timed.mention.form == "since" for timed in usable):
        usable = [timed for timed in usable if not tells_report(sentence, timed)]
    if not usable:
        days = [timed for timed in sentence.times if is_speech_day(sentence, timed)]
        if draft.measure == Measure.MINES_MAPPED and days:
            return days[-1]
        return None
    if "t:then_on" in sentence.tags and (then := [timed for timed in usable if _points_back(timed, draft)]):
        return then[-1]
    dated = [timed for timed in usable if timed.mention.form not in {"reference", "week", "cumulative"}]
    strong = [timed for timed in usable if timed in dated or (
        timed.mention.form == "cumulative" and _stands_apart(timed, dated, sentence))] or usable
    counts = [timed.start for timed in usable if timed.mention.form == "cumulative"]
    weeks = [timed for timed in usable if timed.mention.form == "week" or (
        timed.mention.form == "reference" and all(timed.start < start for start in counts))]
    if weeks and not dated and all(_stands_apart(timed, weeks, sentence) for timed in strong if timed not in weeks):
        strong = usable  # "140,000 hectares to date, last week alone 1,020"
    named = [timed for timed in usable if timed.mention.form == "reference"]
    if named and not dated and len(sentence.figures) > 1 and all(
            timed.start > named[-1].start and _stands_apart(timed, named, sentence)
            for timed in strong if timed not in named):
        strong = usable  # "over the month 820 shells, which lifts the tally to date to 4,100"
    strong = _total_of_year(draft, dated) or strong
    chars = {sentence.char(figure.at) for figure in sentence.figures}
    if draft.is_casualty and _told_of_others(draft, strong):
        return None
    if len(strong) == 1:
        return strong[0]
    strong = _own_side(draft, strong) or _own_clause(draft, strong) or strong
    keys = [timed.start for timed in strong]
    pairs = align(sorted(chars), keys, in_order=False)
    mates = pairs.get(sentence.char(draft.at), [])
    chosen = [timed for timed in strong if timed.start in mates] or strong
    return min(chosen, key=lambda timed: abs(timed.start - sentence.char(draft.at)))


def _tells_of_report(timed: Timed, usable: Sequence[Timed], sentence: Sentence) -> bool:
    """Say whether a weekday is that of a report on another time: "on Monday the agency gave its weekly figures"."""
    others = [other for other in usable if other.mention.part[0] not in WEEKDAYS and other.mention.form != "before"]
    return timed.mention.part[0] in WEEKDAYS and bool(others) and not _stands_apart(timed, others, sentence)


def _is_label(timed: Timed, sentence: Sentence) -> bool:
    """Say whether "the month before" only opens, up to a colon, what then has days of its own."""
    if timed.mention.form != "before":
        return False
    colon = next((token.start for token in sentence.tokens if token.text == ":" and token.start > timed.start), None)
    return colon is not None and not any(sentence.char(figure.at) < colon for figure in sentence.figures) and any(
        other.start > colon and other.mention.form in {"range", "month"} for other in sentence.times)


def _is_aside(draft: Draft, timed: Timed) -> bool:
    """Say whether a time stands in a clause of its own: "on 4 June a mine in Barda, left in May, killed 2"."""
    sentence = draft.sentence
    if "g:clause" not in sentence.tags or len(sentence.times) == 1:
        return False
    tokens = sentence.tokens
    opens = max((at for at, token in enumerate(tokens[1:], 1) if token.has("g:clause")
                 and tokens[at - 1].text == "," and token.start < timed.start), default=0)
    closes = next((at for at in range(opens, len(tokens)) if tokens[at].text == "," and tokens[at].start > timed.start),
                  0)
    if not opens or not closes or any(opens < figure.at < closes for figure in sentence.figures):
        return False
    return any(other.mention.form in {"day", "range"} and not tokens[opens].start < other.start < tokens[closes].start
               for other in sentence.times)


def _total_of_year(draft: Draft, dated: Sequence[Timed]) -> list[Timed]:
    """Return "the year's" right before a total, past another figure's date: "..., which lifts the year's to 90"."""
    sentence, at = draft.sentence, draft.sentence.char(draft.at)
    return [timed for timed in sentence.times if timed.mention.form == "reference" and dated
            and max(other.start for other in dated) < timed.start < at and any(
                token.start == timed.start and any(form in token.text for form in forms("years"))
                for token in sentence.tokens)
            and not any(timed.start < sentence.char(figure.at) < at for figure in sentence.figures)][-1:]


def _points_back(timed: Timed, draft: Draft) -> bool:
    """Say whether an expression before a figure is "since then"."""
    return timed.mention.form == "cumulative" and timed.start < draft.sentence.char(draft.at) and any(
        token.start == timed.start and token.has("t:then_on") for token in draft.sentence.tokens)


def _own_side(draft: Draft, strong: Sequence[Timed]) -> list[Timed]:
    """Keep the dates on the figure's side of "against": "last year 5 died, against 15 in 2022"."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    marks = [token.start for token in sentence.tokens if token.has("g:than") and token.has("c:background")]
    mark = marks[0] if len(marks) == 1 else None
    if mark is None or len({timed.start < mark for timed in strong}) == 1:
        return []
    return [timed for timed in strong if (timed.start < mark) == (char < mark)]


def _own_clause(draft: Draft, strong: Sequence[Timed]) -> list[Timed]:
    """Keep the dates that no semicolon parts from the figure."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    marks = [token.start for token in sentence.tokens if token.text == ";"]
    return [timed for timed in strong if not any(
        min(timed.start, char) < mark < max(timed.start, char) for mark in marks)]


def _told_of_others(draft: Draft, strong: Sequence[Timed]) -> bool:
    """Say whether all dates belong to what the figure is compared with: "27 were hurt, where last year had 51"."""
    sentence, char = draft.sentence, draft.sentence.char(draft.at)
    mark = next((token.start for at, token in enumerate(sentence.tokens) if token.has("g:contrast")
                 and at and sentence.tokens[at - 1].text == ","), None)
    return mark is not None and char < mark and all(timed.start > mark for timed in strong) and any(
        sentence.char(figure.at) > mark for figure in sentence.figures)


def _stands_apart(timed: Timed, dated: Sequence[Timed], sentence: Sentence) -> bool:
    """Say whether a "to date" has figures between it and every date: then it covers figures of its own."""
    chars = [sentence.char(figure.at) for figure in sentence.figures]
    return all(any(min(timed.start, other.start) < char < max(timed.start, other.start) for char in chars)
               for other in dated)


def fits(draft: Draft, timed: Timed, clock: Clock) -> bool:
    """Say whether a time can be that of a figure: of next year only a plan, of "today" only what was done."""
    form = timed.mention.form
    if form == "today" and _is_done_today(draft.sentence, timed):
        return True
    if form in {"today", "next_year"}:
        return bool(draft.flags & {Flag.PLANNED}) and form == "next_year"
    if form == "this_year" and timed.mention.begin.year is None and any(
            other.mention.form in {"range", "since", "cumulative", "year_start"} for other in draft.sentence.times):
        return False
    reading = clock.reading(draft.sentence, timed)
    if _is_yardstick(draft.sentence, timed):
        return False
    war_end = clock.anchor.war_end
    if form == "day" and reading is not None and war_end is not None and reading.period.start == war_end.isoformat():
        return False  # the day of the armistice is nobody's day of work
    return reading is not None or form in {"reference", "week", "before"}


def _is_done_today(sentence: Sentence, timed: Timed) -> bool:
    """Say whether "today" closes a clause on what was done, and so is a day: "5 hectares were cleared today, and"."""
    tokens = sentence.tokens
    at = next((k for k, token in enumerate(tokens) if token.start == timed.start and token.has("t:today")), 0)
    closed = at + 1 >= len(tokens) or tokens[at + 1].text in ",.;" or tokens[at + 1].has("g:and")
    begin = max((k for k in range(at) if tokens[k].text == ";"), default=0)
    clause = tokens[begin:at]
    return closed and any(token.has("c:cleared") for token in clause) and any(
        begin <= figure.at < at for figure in sentence.figures) and not any(
        token.has("g:present", "c:cumulative", "c:total", "g:region") for token in clause)


def _is_yardstick(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a date only measures another: "612 more than in June", no figure of June beside it."""
    if sentence.tags.isdisjoint(_COMPARED):
        return False
    tokens = sentence.tokens
    at = next((k for k, token in enumerate(tokens) if token.kind == "D" and token.start == timed.start), None)
    if at is None:
        return False
    back, ahead = at - 1, at + 1
    while back > 0 and tokens[back].has("t:filler") and not tokens[back].has(*_COMPARED):
        back -= 1
    while ahead + 1 < len(tokens) and tokens[ahead].has("t:filler", "t:and", "t:same_period"):
        ahead += 1
    if ahead < len(tokens) and tokens[ahead].has("g:versus"):
        return True  # "martla müqayisədə"
    return tokens[back].has(*_COMPARED) and not any(0 < figure.at - at < _BESIDE for figure in sentence.figures)
