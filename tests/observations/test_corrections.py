"""Corrections: what a person has settled stays settled, and says so when it no longer fits."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.config import load_profile
from clearance_atlas.errors import CorrectionError
from clearance_atlas.model import Evidence, Measure, Statement
from clearance_atlas.observations import Correction, correction_locator, correction_stub, lay_over, load_corrections
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Newsroom

WEEK = {"start": "2023-08-14", "end": "2023-08-20"}
TYPO = """
[[correction]]
document = "2023-08-22-azernews"
measure = "area_cleared"
figure = "453,900"
expect = 453900
value = 453.9
reason = "The point slipped: two other outlets print 453.9."
source = "https://example.org/bulletin"
"""


@pytest.fixture
def corrections(tmp_path: Path) -> Callable[[str], tuple[Correction, ...]]:
    def load(text: str, *, shipped: bool = False) -> tuple[Correction, ...]:
        path = tmp_path / "corrections.toml"
        path.write_text(text, "utf-8")
        return load_corrections(path, shipped=shipped)

    return load


def three_copies(newsroom: Newsroom, *, typo: float = 453900) -> None:
    for day, outlet, area in (("21", "Trend", 453.9), ("21", "Report.az", 453.9), ("22", "Azernews", typo)):
        newsroom.report(outlet, published=f"2023-08-{day}", **WEEK, area_cleared=area, ap_mines=234, at_mines=103)


def test_the_story_of_one_bulletin(newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]) -> None:
    three_copies(newsroom)
    result = newsroom.reconcile()
    area = [one for one in result.observations if one.measure == "area_cleared"]
    assert [(one.value, len(one.supporting), len(one.differing)) for one in area] == [(Decimal("453.9"), 2, 1)]
    assert [(one.rule, one.chosen) for one in result.conflicts] == [("majority", Decimal("453.9"))]
    flagged = [one.statement_id for one in result.statements if one.flags]
    assert flagged == ["2023-08-22-azernews#1"]

    settled = newsroom.reconcile(corrections(TYPO))
    area = [one for one in settled.observations if one.measure == "area_cleared"]
    assert [(one.value, len(one.supporting)) for one in area] == [(Decimal("453.9"), 3)]
    assert not settled.conflicts
    assert not any(one.flags for one in settled.statements)
    assert any("corrected from 453,900 to 453.9" in note for note in area[0].notes)

    newsroom.report("AZERTAC", published="2023-08-23", **WEEK, area_cleared=453.9, ap_mines=234, at_mines=103)
    again = newsroom.reconcile(corrections(TYPO))
    area = [one for one in again.observations if one.measure == "area_cleared"]
    assert [(one.value, len(one.supporting)) for one in area] == [(Decimal("453.9"), 4)]
    assert not again.conflicts


def test_the_story_ends_when_the_corrected_text_changes(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]], tmp_path: Path
) -> None:
    three_copies(newsroom, typo=454.9)
    with pytest.raises(CorrectionError) as stopped:
        newsroom.reconcile(corrections(TYPO))
    message = str(stopped.value)
    assert message.startswith(f"{tmp_path / 'corrections.toml'}:2: ")
    assert "matches no figure" in message
    assert "\n" not in message


def test_a_guard_that_no_longer_holds_stops_and_names_its_line(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    three_copies(newsroom)
    with pytest.raises(CorrectionError, match=r"corrections\.toml:2: expects 45390, .* now says 453900"):
        newsroom.reconcile(corrections(TYPO.replace("expect = 453900", "expect = 45390")))


def test_a_dropped_figure_stands_in_no_observation(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    three_copies(newsroom)
    result = newsroom.reconcile(corrections(TYPO.replace("value = 453.9", 'action = "drop"')))
    assert not result.conflicts
    area = next(one for one in result.observations if one.measure == "area_cleared")
    assert len(area.supporting) == 2
    assert "2023-08-22-azernews#1" not in {one.statement_id for one in result.statements}


def test_an_accepted_figure_loses_its_doubt(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    newsroom.report("Trend", published="2022-09-27", start="2022-09-19", end="2022-09-24", area_cleared=457,
                    ordnance_total=457)
    accept = """
[[correction]]
document = "2022-09-27-trend"
measure = "area_cleared"
figure = "457"
expect = 457
action = "accept"
reason = "Asked: the two numbers are equal by chance."
source = "letter"
"""
    assert newsroom.only("area_cleared").flags == ("suspect_value",)
    result = newsroom.reconcile(corrections(accept))
    assert not any(one.flags for one in result.observations)


def test_a_period_and_places_can_be_corrected(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    newsroom.report("Report.az", kind="week", area_cleared=1333.8)
    text = """
[[correction]]
document = "undated-report.az"
measure = "area_cleared"
figure = "1,333.8"
expect = 1333.8
period = { start = "2025-10-13", end = "2025-10-19", kind = "week" }
places = ["Aghdam", "Lachin"]
place_codes = ["AZ-AGM", "AZ-LAC"]
reason = "The agency's own page gives the days."
source = "https://example.org"
"""
    assert not newsroom.reconcile().observations
    [found] = newsroom.reconcile(corrections(text)).observations
    assert (found.period_id, found.place_codes, found.value) == (
        "week-2025-10-13", ("AZ-AGM", "AZ-LAC"), Decimal("1333.8"))


def test_the_same_figure_printed_twice_is_corrected_twice(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    newsroom.report("Azernews", published="2023-08-22", **WEEK, area_cleared=[453900, 453900])
    result = newsroom.reconcile(corrections(TYPO))
    assert [one.value for one in result.statements] == [Decimal("453.9")] * 2


def test_a_figure_of_several_meanings_asks_for_its_words(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    newsroom.report("Azernews", published="2023-08-22", **WEEK, area_cleared=453900)
    newsroom.report("Azernews", published="2023-08-22", start="2023-08-07", end="2023-08-13", area_cleared=453900)
    with pytest.raises(CorrectionError, match="fits 2 different figures"):
        newsroom.reconcile(corrections(TYPO))
    one = TYPO.replace("expect", 'words = "2023-08-14 to 2023-08-20"\nexpect')
    assert sorted(one.value for one in newsroom.reconcile(corrections(one)).statements) == [
        Decimal("453.9"), Decimal(453900)]


def test_two_corrections_for_one_statement_are_refused(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    three_copies(newsroom)
    with pytest.raises(CorrectionError, match=r"toml:\d+: a second correction for 2023-08-22-azernews#1"):
        newsroom.reconcile(corrections(TYPO + TYPO))


def test_a_users_file_is_laid_over_the_shipped_one(
    newsroom: Newsroom, corrections: Callable[..., tuple[Correction, ...]]
) -> None:
    three_copies(newsroom)
    shipped = corrections(TYPO, shipped=True)
    own = corrections(TYPO.replace("value = 453.9", "value = 454.0"))
    area = [one for one in newsroom.reconcile(lay_over(shipped, own)).statements if one.value == Decimal("454.0")]
    assert [one.document_id for one in area] == ["2023-08-22-azernews"]


def test_shipped_corrections_rest_while_their_document_is_not_read(
    newsroom: Newsroom, corrections: Callable[..., tuple[Correction, ...]]
) -> None:
    newsroom.report("Trend", published="2023-08-21", **WEEK, area_cleared=453.9)
    assert newsroom.reconcile(corrections(TYPO, shipped=True)).observations
    with pytest.raises(CorrectionError, match="matches no figure"):
        newsroom.reconcile(corrections(TYPO))


def test_the_shipped_corrections_can_be_read() -> None:
    profile = load_profile()
    assert profile.corrections is not None
    assert all(one.reason and one.source for one in load_corrections(profile.corrections, shipped=True))


@pytest.mark.parametrize(("text", "where", "what"), [
    ('[[correction]]\ndocument = "a\n', ":2:14", "not TOML"),
    ("[[correction]]\nvalue == 1\n", ":2:8", "not TOML"),
    (TYPO.replace('document = "2023-08-22-azernews"\n', ""), ":2", "no document"),
    (TYPO.replace('reason = "The point slipped: two other outlets print 453.9."', 'reason = ""'), ":2", "no reason"),
    (TYPO.replace("value = 453.9\n", ""), ":2", "changes nothing"),
    (TYPO.replace('figure = "453,900"\n', ""), ":2", "names no figure"),
    (TYPO.replace("value", "valeu"), ":2", "unknown field valeu"),
    (TYPO.replace("value = 453.9", 'action = "forget"'), ":2", "unknown action 'forget'"),
    (TYPO.replace("453.9\n", '"some"\n'), ":2", "wrong form"),
    (TYPO.replace("value = 453.9", "value = nan"), ":2", "wrong form"),
    (TYPO.replace("value = 453.9", 'places = ["Aghdam"]'), ":2", "wrong form"),
    (TYPO.replace("value = 453.9", 'period = { start = "2023-02-01", end = "2023-01-01", kind = "week" }'), ":2",
     "ends before it starts"),
    ("\n\n# two\n" + TYPO + TYPO.replace("area_cleared", "hectares"), ":14", "wrong form"),
    ("value = 1\n", "", "something else"),
])
def test_a_malformed_file_is_named_with_its_line(
    corrections: Callable[[str], tuple[Correction, ...]], tmp_path: Path, text: str, where: str, what: str
) -> None:
    with pytest.raises(CorrectionError, match=what) as stopped:
        corrections(text)
    assert str(stopped.value).startswith(f"{tmp_path / 'corrections.toml'}{where}: ")


def test_a_file_that_is_not_utf_8_or_not_there_is_one_line(tmp_path: Path) -> None:
    path = tmp_path / "c.toml"
    with pytest.raises(CorrectionError, match="cannot be read"):
        load_corrections(path)
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorrectionError, match="cannot be read"):
        load_corrections(path)


def test_a_stub_completed_by_hand_settles_its_statement(
    newsroom: Newsroom, corrections: Callable[[str], tuple[Correction, ...]]
) -> None:
    three_copies(newsroom)
    wrong = next(one for one in newsroom.statements if one.value == 453900)
    stub = correction_stub(wrong)
    with pytest.raises(CorrectionError, match="no reason, source"):
        corrections(stub)
    done = stub.replace("value = 453900", "value = 453.9").replace('""', '"seen"')
    assert not newsroom.reconcile(corrections(done)).conflicts


@settings(deadline=None)
@given(text=st.text(min_size=1, max_size=60), value=st.decimals(allow_nan=False, allow_infinity=False, places=3))
def test_a_locator_is_always_readable_toml(text: str, value: Decimal) -> None:
    statement = Statement(text, f"{text}#1", Measure.UXO, value, Unit.ITEMS, Evidence(text, 0, len(text), 0, len(text)))
    read = tomllib.loads(correction_locator(statement), parse_float=Decimal)["correction"][0]
    assert Decimal(read["expect"]) == value
    assert read["document"] == text.encode("utf-8", "replace").decode()
