"""Dating of documents without a date by what the other documents of a run tell."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.config import load_profile
from clearance_atlas.documents import clean
from clearance_atlas.model import Document, Flag, Measure, YearSource
from clearance_atlas.statements import extract_statements
from clearance_atlas.statements.chronology import Interval
from clearance_atlas.statements.extraction import Extraction

PROFILE = load_profile()
LOWER = "The Defence Ministry said on 2 February 2024 that its sappers have cleared 36,000 hectares to date."
UPPER = "The Defence Ministry said on 18 May 2024 that its sappers have cleared 37,583 hectares to date."
UNDATED = ("Sappers of the Defence Ministry found 41 anti-tank mines from 19 to 25 February.\n\n"
           "To date the Defence Ministry has cleared 36,260 hectares.")


def _document(document_id: str, text: str, published: date | None = None) -> Document:
    return Document(document_id, text, clean(text), f"{document_id}.txt", "0" * 64, published=published, language="en",
                    published_source="header" if published else None)


def _read(*documents: Document) -> Extraction:
    return extract_statements(documents, profile=PROFILE)


def _weekly(extraction: Extraction, document_id: str) -> tuple[str | None, str | None]:
    found = next(one for one in extraction.statements
                 if one.document_id == document_id and one.measure == Measure.AT_MINES)
    return found.period.start, found.period.end


def test_a_running_total_between_two_dated_ones_tells_the_year() -> None:
    extraction = _read(_document("a", LOWER, date(2024, 2, 2)), _document("u", UNDATED),
                       _document("b", UPPER, date(2024, 5, 18)))
    assert _weekly(extraction, "u") == ("2024-02-19", "2024-02-25")
    interval, = extraction.intervals
    assert (interval.earliest, interval.latest) == (date(2024, 2, 2), date(2024, 5, 18))
    assert len(interval.evidence) == 2
    weekly = next(one for one in extraction.statements if one.measure == Measure.AT_MINES)
    assert Flag.YEAR_INFERRED in weekly.flags
    assert weekly.period.year_source == YearSource.INFERRED


def test_one_bound_alone_leaves_the_year_open() -> None:
    extraction = _read(_document("a", LOWER, date(2024, 2, 2)), _document("u", UNDATED))
    assert _weekly(extraction, "u") == ("XXXX-02-19", "XXXX-02-25")
    assert extraction.intervals[0].latest is None


def test_bounds_that_hold_the_week_twice_leave_the_year_open() -> None:
    early = LOWER.replace("2 February 2024", "2 January 2023")
    extraction = _read(_document("a", early, date(2023, 1, 2)), _document("u", UNDATED),
                       _document("b", UPPER, date(2024, 5, 18)))
    assert _weekly(extraction, "u") == ("XXXX-02-19", "XXXX-02-25")


def test_the_total_of_another_operator_tells_nothing() -> None:
    agency = [_document(name, text.replace("The Defence Ministry", "ANAMA"), day)
              for name, text, day in (("a", LOWER, date(2024, 2, 2)), ("b", UPPER, date(2024, 5, 18)))]
    extraction = _read(*agency, _document("u", UNDATED))
    assert _weekly(extraction, "u") == ("XXXX-02-19", "XXXX-02-25")


def test_a_total_over_a_round_number_is_no_lower_bound() -> None:
    rounded = LOWER.replace("cleared 36,000", "cleared more than 36,000")
    extraction = _read(_document("a", rounded, date(2024, 2, 2)), _document("u", UNDATED),
                       _document("b", UPPER, date(2024, 5, 18)))
    assert _weekly(extraction, "u") == ("XXXX-02-19", "XXXX-02-25")


def test_a_fact_printed_before_is_not_of_the_later_year() -> None:
    fact = "On 3 June mines of an old field were blown up: 57 anti-tank mines in Tartar."
    first = _document("first", f"Work went on.\n\n{fact}", date(2022, 2, 14))
    later = _document("later", f"From 4 to 10 July 2022 ANAMA found 9 anti-personnel mines.\n\n{fact}",
                      date(2022, 7, 11))
    alone, together = _read(later), _read(first, later)
    assert _weekly(alone, "later") == ("2022-06-03", "2022-06-03")
    assert _weekly(together, "later") == ("2021-06-03", "2021-06-03")
    told = next(one for one in together.statements if one.document_id == "later" and one.measure == Measure.AT_MINES)
    assert Flag.YEAR_INFERRED in told.flags


def test_an_undated_bulletin_takes_the_year_of_the_dated_one_with_the_same_figures() -> None:
    dated = "From 8 to 14 September ANAMA found 118 anti-personnel mines, 11 anti-tank mines and cleared 1,333.8 ha."
    undated = "ANAMA: 1333.8 hectares were cleared from September 8 to 14; 118 anti-personnel and 11 anti-tank mines."
    extraction = _read(_document("dated", dated, date(2025, 9, 15)), _document("u", undated))
    assert _weekly(extraction, "u") == ("2025-09-08", "2025-09-14")


def test_one_small_figure_in_common_is_no_evidence() -> None:
    dated = "From 8 to 14 September ANAMA found 5 anti-tank mines in Aghdam."
    undated = "ANAMA found 5 anti-tank mines from September 8 to 14."
    extraction = _read(_document("dated", dated, date(2025, 9, 15)), _document("u", undated))
    assert _weekly(extraction, "u") == ("XXXX-09-08", "XXXX-09-14")


def test_an_event_named_bounds_an_undated_text_from_below() -> None:
    text = "After the 44-day war, 12 anti-tank mines were found from May 3 to 9."
    extraction = _read(_document("u", text), _document("x", "ANAMA found 3 mines.", date(2024, 1, 1)))
    assert extraction.intervals[0].earliest == date(2020, 11, 10)
    assert _weekly(extraction, "u") == ("XXXX-05-03", "XXXX-05-09")


DAYS = st.dates(date(2020, 1, 1), date(2026, 1, 1))


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), DAYS), max_size=8))
def test_an_interval_only_narrows_and_never_closes_over_itself(bounds: list[tuple[bool, date]]) -> None:
    interval = Interval("d")
    for below, day in bounds:
        narrower = interval.narrowed(earliest=day if below else None, latest=None if below else day, why="a total")
        assert narrower.earliest is None or interval.earliest is None or narrower.earliest >= interval.earliest
        assert narrower.latest is None or interval.latest is None or narrower.latest <= interval.latest
        assert narrower.earliest is None or narrower.latest is None or narrower.earliest <= narrower.latest
        assert len(narrower.evidence) - len(interval.evidence) == (narrower != interval)
        interval = narrower
