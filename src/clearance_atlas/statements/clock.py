"""The days of a document's expressions of time, and the days on which its sources spoke."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from clearance_atlas.model import Period, PeriodKind, YearSource
from clearance_atlas.statements.days import Anchor, Reading, resolve
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import CASUALTY
from clearance_atlas.statements.occupation import is_time_of_holding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.sentence import Sentence, Timed
    from clearance_atlas.statements.tokens import Token

BOUNDED = frozenset({"range", "month", "part"})
SHORT_KINDS = frozenset({PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.CUSTOM, PeriodKind.QUARTER,
                          PeriodKind.HALF})
JUST_SAID = 2
"""Sentences within which what was said last still holds."""
SPEECH_REACH = 2
_RELEASE_DAYS = 4
_SPEECH_WORDS = 13
_CLOSE_DAYS = 12
_LONG_RANGE = 60
_MADE_REACH = 6
_REPORT_OF_YEAR = 8  # words between a report and its year
_OF_EVENTS = frozenset({"day", "month", "year", "range"})
_VENUE_BEFORE, _VENUE_AFTER = 3, 4
_COUNTED_SINCE = frozenset({"since", "cumulative", "year_start"})
_REPORT_REACH = 5
_TOLD = 6  # words between a day and the verb of telling after it


class Clock:
    """The document's expressions of time in order, resolved, with the days on which sources spoke."""

    def __init__(self, sentences: Sequence[Sentence], anchor: Anchor) -> None:
        self.anchor = anchor
        self.sentences = sentences
        self.readings: dict[tuple[int, int], Reading | None] = {}
        self.first_figure = min((s.number for s in sentences if s.figures), default=0)
        self.speech: list[tuple[int, date]] = []
        for sentence in sentences:
            for timed in sentence.times:
                reading = self._kinded(resolve(timed.mention, anchor=anchor))
                self.readings[sentence.number, timed.start] = reading
                if timed.mention.form == "day" and reading and reading.period.start:
                    day = as_date(reading.period.start)
                    if day is not None and (is_speech_day(sentence, timed) or self._is_release(sentence, day)):
                        self.speech.append((sentence.number, day))
            self._end_with_reports(sentence)
        self._close_years()

    def reported_to(self, sentence: Sentence) -> date | None:
        """Return the last day of the year whose report a sentence names, where it counts from a day of it or before.

        "The report for 2021 counts 9,000 shells since November 2020": up to the end of 2021, whenever that is printed.
        """
        for timed in sentence.times:
            reading = self.readings.get((sentence.number, timed.start))
            end = as_date(reading.period.end) if reading and tells_report(sentence, timed) else None
            if end is not None and (self.anchor.published is None or end <= self.anchor.published):
                return end
        return None

    def _end_with_reports(self, sentence: Sentence) -> None:
        """Let a count of a year's report end with that year."""
        end = self.reported_to(sentence) if "g:report" in sentence.tags else None
        for timed in sentence.times if end else ():
            reading = self.readings[sentence.number, timed.start]
            if end and reading and timed.mention.form == "since" and (reading.period.start or "Z") <= end.isoformat():
                self.readings[sentence.number, timed.start] = replace(
                    reading, period=replace(reading.period, end=end.isoformat()))

    def _close_years(self) -> None:
        """Give a month or span whose year is open the year that the text prints with the same days, if it is one."""
        printed: dict[tuple[str, str, PeriodKind | None], set[Period]] = {}
        for reading in self.readings.values():
            period = reading.period if reading else None
            if period and period.start and period.end and not period.start.startswith("X") \
                    and period.kind in SHORT_KINDS:
                printed.setdefault((period.start[4:], period.end[4:], period.kind), set()).add(period)
        self._correct_years()
        for key, reading in self.readings.items():
            if reading and (start := reading.period.start) and (end := reading.period.end) and start.startswith("X"):
                known = printed.get((start[4:], end[4:], reading.period.kind), set())
                if len({period.start for period in known}) == 1:
                    self.readings[key] = replace(reading, period=next(iter(known)))

    def _correct_years(self) -> None:
        """Take the year that the text prints for the same days where the date of the page is older than they are."""
        later = {}
        for reading in self.readings.values():
            start = as_date(reading.period.start) if reading else None
            if reading and start and self.anchor.published and start > self.anchor.published \
                    and reading.period.year_source == YearSource.TEXT and reading.period.kind in SHORT_KINDS:
                later[f"{start:-%m-%d}", (reading.period.end or "")[4:]] = reading.period
        for key, reading in self.readings.items():
            period = reading.period if reading else None
            if reading and period and period.start and period.end and period.year_source == YearSource.PUBLICATION \
                    and (known := later.get((period.start[4:], period.end[4:]))):
                self.readings[key] = replace(reading, period=known)

    def _is_release(self, sentence: Sentence, day: date) -> bool:
        """Say whether a day shortly before publication stands in a sentence without figures: the news of that day."""
        published = self.anchor.published
        return not sentence.figures and published is not None and 0 <= (published - day).days <= _RELEASE_DAYS \
            and len(sentence.times) == 1 and not any(token.tags & CASUALTY for token in sentence.tokens)

    def _kinded(self, reading: Reading | None) -> Reading | None:
        """Call a long span that begins with the end of the war cumulative."""
        if reading is None or reading.period.kind != PeriodKind.CUSTOM or self.anchor.war_end is None:
            return reading
        start, end = as_date(reading.period.start), as_date(reading.period.end)
        war_end = self.anchor.war_end
        if start is not None and end is not None and start in {war_end, war_end.replace(day=1)} \
                and (end - start).days > _LONG_RANGE:
            return replace(reading, period=replace(reading.period, kind=PeriodKind.CUMULATIVE))
        return reading

    def reading(self, sentence: Sentence, timed: Timed) -> Reading | None:
        """Return the days of an expression of time."""
        return self.readings[sentence.number, timed.start]

    def spoken(self, number: int, *, near: bool) -> date | None:
        """Return the day on which a sentence's source spoke.

        That is a day named beside a verb of reporting, in the sentence or shortly before; one near the day of
        publication holds for the text that follows it.
        """
        published = self.anchor.published
        for said, day in reversed(self.speech):
            if said > number:
                continue
            if number - said <= (SPEECH_REACH if near or published is None else 0):
                return day
            if published is not None and 0 <= (published - day).days <= _CLOSE_DAYS:
                return day
        if published is None and number <= 1 and self.speech and self.speech[0][0] - number <= SPEECH_REACH:
            return self.speech[0][1]  # a headline tells what the text then says who said, and when
        return None

    def year_named(self) -> Period | None:
        """Return the first year that a sentence without figures names, as a heading or a note to a table does."""
        for sentence in self.sentences:
            for timed in sentence.times:
                reading = self.reading(sentence, timed)
                if not sentence.figures and timed.mention.form in {"year", "range"} and reading is not None \
                        and reading.period.kind == PeriodKind.YEAR and not is_event_day(sentence, timed):
                    return reading.period
        return None

    def _is_turning_point(self, sentence: Sentence, period: Period) -> bool:
        """Say whether a month is that of the armistice, told as an event: "the work began in November 2020"."""
        day = self.anchor.war_end.isoformat() if self.anchor.war_end else None
        return day is not None and period.kind == PeriodKind.MONTH and (period.start or "") <= day <= (
            period.end or "") and not sentence.figures and "event" in sentence.cues

    def named_until(self, number: int) -> set[Period]:
        """Return the periods that the sentences up to and with one name."""
        readings = (self.reading(sentence, timed) for sentence in self.sentences[:number + 1]
                    for timed in sentence.times)
        return {reading.period for reading in readings if reading}

    def main_span(self, *, weekly: bool, monthly: bool = False) -> Period | None:
        """Return the first span of days named in the document, if there is one of the length asked for."""
        for sentence in self.sentences:
            for timed in sentence.times:
                reading = self.reading(sentence, timed)
                years = timed.mention.form == "range" and timed.mention.begin.month is timed.mention.end.month is None
                if timed.mention.form not in BOUNDED or reading is None or reading.suspect or years \
                        or self._is_turning_point(sentence, reading.period):
                    continue
                kind = reading.period.kind
                if monthly and "background" in sentence.cues and sentence.figures:
                    continue  # "to recall, in June it had been 512"
                if (weekly and kind == PeriodKind.WEEK) or (monthly and kind == PeriodKind.MONTH) \
                        or (not weekly and not monthly and kind in SHORT_KINDS):
                    return reading.period
        return None


def as_date(text: str | None) -> date | None:
    """Return a day written in full as a date; a day whose year is open is none."""
    return date.fromisoformat(text) if text and not text.startswith("X") else None


def is_speech_day(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a day is the one on which somebody spoke: a verb of reporting stands beside it."""
    at = _place_of_day(sentence, timed)
    if at is None or _is_day_of_meeting(sentence, at) or _heads_count(sentence, at):
        return at is not None
    window = ([*range(at - 1, max(-1, at - _SPEECH_WORDS), -1)],
              [*range(at + 1, min(len(sentence.tokens), at + _SPEECH_WORDS))])
    numbers = {figure.at for figure in sentence.figures}
    if any(number < at for number in numbers):
        if _closes_speech(sentence, at, max(numbers)):
            return True
        # After the figures only "reported on 14 February" tells when somebody spoke, or a clause of its own on it.
        window = window[0] if _opens_speech(sentence, at, max(n for n in numbers if n < at)) else window[0][:6], []
    if sentence.tokens[at - 1].text == "," and sentence.tokens[at + 1:at + 2] and sentence.tokens[at + 1].text != "," \
            and any(token.tags & CASUALTY for token in sentence.tokens[at + 1:at + _SPEECH_WORDS]):
        window = [], window[1]  # "as the prosecutors said, on 6 October a car hit a mine": the day of the accident
    for side in window:
        for place in side:
            token = sentence.tokens[place]
            if place in numbers or token.text == ";":
                break
            if token.has("c:reporting"):
                return True
    return False


def _place_of_day(sentence: Sentence, timed: Timed) -> int | None:
    """Return the token of a day on which somebody may have spoken, ``None`` for other times."""
    if timed.mention.form != "day":
        return None
    at = next((k for k, token in enumerate(sentence.tokens) if token.kind == "D" and token.start == timed.start), None)
    return None if at is None or _is_reported_on(sentence, at) else at


def _is_reported_on(sentence: Sentence, at: int) -> bool:
    """Say whether a day is the one that a report is on: "the report for January 6 says", ``6 yanvar üçün hesabat``."""
    tokens, mark = sentence.tokens, forms("report_for")
    led = at > 1 and tokens[at - 1].text in mark and any(
        token.has("g:report") for token in tokens[max(0, at - _REPORT_REACH):at - 1])
    after = tokens[at + 1:at + 1 + _REPORT_REACH]
    return led or (any(token.text in mark for token in after[:-1]) and any(
        token.has("g:report") for token in after[1:]))


def _is_day_of_meeting(sentence: Sentence, at: int) -> bool:
    """Say whether a day is that of a meeting at which figures were told: "at a forum on Friday", ``cuma günkü``."""
    beside = sentence.tokens[max(0, at - _VENUE_BEFORE):at], sentence.tokens[at + 1:at + 1 + _VENUE_AFTER]
    if any(figure.at < at for figure in sentence.figures):
        return False  # "12 mines were found on Friday beside the road to the forum"
    return any(token.has("g:venue") and all(other.kind == "w" for other in side)
               for side in beside for token in side)


def _heads_count(sentence: Sentence, at: int) -> bool:
    """Say whether a colon after a day opens a count: "The office gave the toll on December 9: since the war ..."."""
    ahead = sentence.tokens[at + 1:at + 1 + _TOLD]
    mark = next((token for token in ahead if token.kind in "nDp" and token.text not in "-'\u2019"), None)
    if mark is None or mark.text != ":" or (sentence.figures and sentence.figures[0].at < at):
        return False
    colon = mark.start
    return bool(sentence.figures) and any(timed.start > colon and timed.mention.form in _COUNTED_SINCE
                                          for timed in sentence.times)


def _closes_speech(sentence: Sentence, at: int, figure: int) -> bool:
    """Say whether a clause after the last figure ends in a verb of telling, and in none of work: ``12 iyunda deyib``.

    Azerbaijani and Turkish put the verb last: "..., the chairman on 12 June to reporters said".
    """
    tokens = sentence.tokens
    if at < figure or not any(token.kind == "p" and token.text in ',-–—"”»' for token in tokens[figure + 1:at]):
        return False
    rest = tokens[at + 1:at + 1 + _TOLD]
    told = next((place for place, token in enumerate(rest) if token.has("c:reporting")), None)
    return told is not None and not any(token.has("c:cleared", "c:found") or token.text in ",;" or token.tags & CASUALTY
                                        for token in rest[:told])


def _opens_speech(sentence: Sentence, at: int, figure: int) -> bool:
    """Say whether a clause after the figures begins with who spoke: "5 ha were cleared, said its head on 30 May"."""
    comma = next((place for place in range(at - 1, figure, -1) if sentence.tokens[place].text == ","), None)
    return comma is not None and sentence.tokens[comma + 1].has("c:reporting")


def is_event_day(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a date is that of a war or an agreement, not of the work: "liberated in November 2020"."""
    held = "g:under_others" in sentence.tags
    if timed.mention.form not in _OF_EVENTS and not held:
        return False
    at = next((k for k, token in enumerate(sentence.tokens) if token.kind == "D" and token.start == timed.start), None)
    if at is not None and held and is_time_of_holding(sentence, timed, at):
        return True
    if at is None or timed.mention.form not in _OF_EVENTS:
        return False
    if timed.mention.form == "range" or (timed.mention.form == "year" and (
            _is_year_of_make(sentence, at) or _is_year_of_war(sentence, at))):
        return timed.mention.form == "year" or _explains_event(sentence, at, timed)
    return _follows_event(sentence.tokens, at)


def _follows_event(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word for a war or an agreement stands before a date: "the war of autumn 2020"."""
    for place in range(at - 1, max(-1, at - 7), -1):
        token = tokens[place]
        if token.kind == "n" or (token.kind == "p" and token.text in ";:("):
            return False
        if token.has("c:event") or (token.has("c:cumulative") and place < at - 1):
            return True
    return False


def tells_report(sentence: Sentence, timed: Timed) -> bool:
    """Say whether a year is that of a report: "the report for 2021", "last year's report"."""
    if timed.mention.form not in {"year", "last_year"} or "g:report" not in sentence.tags:
        return False
    tokens = sentence.tokens
    at = next((k for k, token in enumerate(tokens) if timed.start <= token.start < timed.end), 0)
    beside = tokens[max(0, at - _REPORT_OF_YEAR):at + _REPORT_OF_YEAR]
    return any(token.has("g:report") for token in beside)


def _explains_event(sentence: Sentence, at: int, timed: Timed) -> bool:
    """Say whether dates only tell in brackets when a war was: "the war (27 September - 9 November 2020)"."""
    tokens, begin, end = sentence.tokens, timed.mention.begin, timed.mention.end
    counts = at > 1 and tokens[at - 2].has("c:cumulative") and (begin.year or end.year) != end.year
    return at > 1 and tokens[at - 1].text == "(" and tokens[at - 2].has("c:event", "c:cumulative") \
        and not counts  # "the time after the war (10 November 2020 - 31 August 2024)"


def _is_year_of_war(sentence: Sentence, at: int) -> bool:
    """Say whether a year only tells which war is meant: "after the 2020 war"."""
    return any(token.has("c:event") and token.text.startswith(forms("war")) for token in sentence.tokens[at + 1:at + 2])


def _is_year_of_make(sentence: Sentence, at: int) -> bool:
    """Say whether a year is the one in which the mines were made: "produced in Armenia in 2021"."""
    around = sentence.tokens[max(0, at - _MADE_REACH):at], sentence.tokens[at + 1:at + 3]
    for side in (reversed(around[0]), around[1]):
        for token in side:
            if token.kind == "n" or token.text in {";", ","}:
                break
            if token.has("c:made"):
                return True
    return False
