"""What outlets really printed, differing from each other; each figure is theirs, the wording ours."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.observations import year_report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Conflict
    from conftest import Newsroom

NINE = ("AZ-TAR", "AZ-KAL", "AZ-AGM", "AZ-XVD", "AZ-LAC", "AZ-FUZ", "AZ-QBI", "AZ-CAB", "AZ-ZAN")
TEN = (*NINE, "AZ-SUS")
THIRTEEN = (*TEN, "X-AZ-AGHDARA", "AZ-XCI", "AZ-XA")
WEEKS_2023 = [("2023-05-22", 631), ("2023-06-12", 487), ("2023-06-26", 156), ("2023-07-03", 544), ("2023-07-17", 399),
              ("2023-07-24", 598), ("2023-08-21", 528.1), ("2023-09-18", 510), ("2023-10-02", 684),
              ("2023-10-09", 542)]


def values_of(conflict: Conflict) -> dict[str, tuple[str, ...]]:
    return {str(one.value): one.publishers for one in conflict.values}


def neighbours(newsroom: Newsroom, weeks: Sequence[tuple[str, float]] = WEEKS_2023) -> None:
    for start, area in weeks:
        end = date.fromisoformat(start) + timedelta(days=6)
        newsroom.report("Trend", published=(end + timedelta(days=1)).isoformat(), start=start, end=end.isoformat(),
                        area_cleared=area, name=f"neighbour-{start}")


def test_a_misplaced_point_in_august_2023_is_a_conflict_with_one_value_flagged(newsroom: Newsroom) -> None:
    week = {"start": "2023-08-14", "end": "2023-08-20", "places": NINE}
    newsroom.report("Iki sahil", published="2023-08-21", **week, area_cleared=453.9, ap_mines=234, at_mines=103, uxo=53)
    newsroom.report("Azernews", published="2023-08-22", **week, area_cleared=453900, ap_mines=234, at_mines=103, uxo=53)
    neighbours(newsroom)
    result = newsroom.reconcile()
    [conflict] = result.conflicts
    assert values_of(conflict) == {"453.9": ("Iki sahil",), "453900": ("Azernews",)}
    assert (conflict.rule, conflict.chosen) == ("not chosen", None)
    flagged = [one.statement_id for one in result.statements if "suspect_value" in one.flags]
    assert flagged == ["2023-08-22-azernews#1"]
    agreed = {one.measure.value: one.value for one in result.observations if one.period_id == "week-2023-08-14"}
    assert agreed == {"area_cleared": None, "ap_mines": 234, "at_mines": 103, "uxo": 53}


def test_both_values_of_september_2023_lie_far_from_their_neighbours(newsroom: Newsroom) -> None:
    week = {"start": "2023-09-04", "end": "2023-09-10", "places": NINE, "ap_mines": 31, "at_mines": 12, "uxo": 214}
    newsroom.report("Trend", published="2023-09-11", **week, area_cleared=5.246)
    newsroom.report("Azernews", published="2023-09-12", **week, area_cleared=5246)
    neighbours(newsroom)
    result = newsroom.reconcile()
    [conflict] = result.conflicts
    assert values_of(conflict) == {"5.246": ("Trend",), "5246": ("Azernews",)}
    assert conflict.chosen is None
    doubted = {one.value for one in result.statements if "suspect_value" in one.flags}
    assert doubted == {Decimal("5.246"), Decimal(5246)}


def test_august_2023_mines_the_other_way_round_in_two_outlets_each(newsroom: Newsroom) -> None:
    month = {"start": "2023-08-01", "end": "2023-08-31", "kind": "month", "uxo": 1121, "area_cleared": 5264.14}
    newsroom.report("News.Az", published="2023-09-01", **month, ap_mines=972, at_mines=1020)
    newsroom.report("MTM", published="2023-09-01", **month, ap_mines=972, at_mines=1020)
    newsroom.report("Trend", published="2023-09-01", **month, ap_mines=1020, at_mines=972)
    newsroom.report("Azernews", published="2023-09-02", **month, ap_mines=1020, at_mines=972)
    result = newsroom.reconcile()
    assert {one.rule for one in result.conflicts} == {"not chosen"}
    found = {one.observation_id.split("/")[1]: values_of(one) for one in result.conflicts}
    assert found["ap_mines"] == {"972": ("MTM", "News.Az"), "1020": ("Azernews", "Trend")}
    assert found["at_mines"] == {"972": ("Azernews", "Trend"), "1020": ("MTM", "News.Az")}
    assert newsroom.only("uxo").value == 1121


def test_older_figures_repeated_later_do_not_override_the_news_of_august_2023(newsroom: Newsroom) -> None:
    month = {"start": "2023-08-01", "end": "2023-08-31", "kind": "month", "uxo": 1121}
    newsroom.report("News.Az", published="2023-09-01", **month, ap_mines=972, at_mines=1020)
    newsroom.report("Trend", published="2023-09-18", **month, ap_mines=1020, at_mines=972, role="background")
    newsroom.report("Azernews", published="2023-09-19", **month, ap_mines=1020, at_mines=972, role="background")
    mines = newsroom.only("ap_mines")
    assert mines.value == 972
    assert len(mines.differing) == 2
    assert {one.rule for one in newsroom.reconcile().conflicts} == {"news over background"}


def test_december_2023_has_53_and_11_swapped(newsroom: Newsroom) -> None:
    week = {"start": "2023-12-18", "end": "2023-12-24"}
    newsroom.report("Trend", published="2023-12-25", **week, area_cleared=487.7, ap_mines=53, at_mines=11, uxo=307)
    newsroom.report("News.Az", **week, places=TEN, area_cleared="over 487", ap_mines=11, at_mines=53, uxo=307,
                    mines_total=64)
    result = newsroom.reconcile()
    assert sorted(one.observation_id.split("/")[1] for one in result.conflicts) == ["ap_mines", "at_mines"]
    assert all(one.chosen is None and {str(value.value) for value in one.values} == {"11", "53"}
               for one in result.conflicts)
    assert any("AP and AT mines change places between the copies (11 and 53)" in one.what for one in result.problems)
    area = newsroom.only("area_cleared")
    assert (area.value, area.qualifier, len(area.supporting), len(area.place_codes)) == (
        Decimal("487.7"), "exact", 2, 10)


def test_april_2024_has_1_and_5_swapped(newsroom: Newsroom) -> None:
    week = {"start": "2024-04-08", "end": "2024-04-14", "places": THIRTEEN, "area_cleared": 1021, "uxo": 308}
    newsroom.report("Trend", published="2024-04-15", **week, ap_mines=1, at_mines=5)
    newsroom.report("Azernews", published="2024-04-15", **week, ap_mines=5, at_mines=1)
    result = newsroom.reconcile()
    assert len(result.conflicts) == 2
    assert {one.rule for one in result.conflicts} == {"not chosen"}


def test_october_2023_one_outlet_contradicts_itself_and_another_decides(newsroom: Newsroom) -> None:
    week = {"start": "2023-10-23", "end": "2023-10-29", "area_cleared": 616.3, "at_mines": 56, "uxo": 2427}
    newsroom.report("News.Az", published="2023-10-30", **week, places=TEN, ap_mines=25)
    newsroom.report("Azernews", published="2023-10-30", **week, places=TEN[:-1], ap_mines=[25, 56])
    [conflict] = newsroom.reconcile().conflicts
    assert values_of(conflict) == {"25": ("Azernews", "News.Az"), "56": ("Azernews",)}
    assert (conflict.rule, conflict.chosen) == ("majority", 25)


def test_june_2025_differs_by_one_digit(newsroom: Newsroom) -> None:
    week = {"start": "2025-06-10", "end": "2025-06-16", "ap_mines": 131, "at_mines": 29, "uxo": 528}
    newsroom.report("AZERTAC", published="2025-06-17", **week, places=THIRTEEN, area_cleared=1358.7)
    newsroom.report("Report.az", published="2025-06-17", **week, operator="ANAMA+partners", area_cleared=1258.7)
    [conflict] = newsroom.reconcile().conflicts
    assert values_of(conflict) == {"1258.7": ("Report.az",), "1358.7": ("AZERTAC",)}
    assert conflict.chosen is None
    assert len(newsroom.only("uxo").supporting) == 2


def test_june_2021_is_decided_by_the_sum_that_closes(newsroom: Newsroom) -> None:
    span = {"start": "2021-06-01", "end": "2021-07-03", "kind": "custom", "at_mines": 316, "uxo": 461}
    newsroom.report("Abzas", published="2021-07-05", **span, ap_mines=1067, mines_total=1383)
    newsroom.report("Bakinskiy rabochiy", published="2021-07-06", **span, ap_mines=1087)
    [conflict] = newsroom.reconcile().conflicts
    assert (conflict.rule, conflict.chosen) == ("parts that sum", 1067)
    assert newsroom.only("ap_mines").value == 1067


def test_june_2021_stays_open_without_a_sum(newsroom: Newsroom) -> None:
    span = {"start": "2021-06-01", "end": "2021-07-03", "kind": "custom", "at_mines": 316, "uxo": 461}
    newsroom.report("Abzas", published="2021-07-05", **span, ap_mines=1067)
    newsroom.report("Bakinskiy rabochiy", published="2021-07-06", **span, ap_mines=1087)
    assert newsroom.reconcile().conflicts[0].rule == "not chosen"


def test_june_2023_one_text_with_18_and_12(newsroom: Newsroom) -> None:
    newsroom.report("TurkicWorld", published="2023-06-19", start="2023-06-12", end="2023-06-17", ap_mines=[18, 12],
                    at_mines=72, uxo=241)
    result = newsroom.reconcile()
    assert values_of(result.conflicts[0]) == {"12": ("TurkicWorld",), "18": ("TurkicWorld",)}
    assert newsroom.only("ap_mines").value is None
    assert any("2023-06-19-turkicworld contradicts itself: 12" in one.what for one in result.problems)


def test_2022_as_a_whole_is_rounded_three_ways_and_no_conflict(newsroom: Newsroom) -> None:
    year = {"start": "2022-01-01", "end": "2022-12-31", "kind": "year"}
    newsroom.report("Minval", published="2023-01-05", **year, area_cleared=41915.77)
    newsroom.report("Trend", published="2023-03-06", **year, area_cleared=41915)
    newsroom.report("Azernews", published="2023-04-04", **year, area_cleared="about 42000")
    assert not newsroom.reconcile().conflicts
    area = newsroom.only("area_cleared")
    assert (area.value, area.qualifier, len(area.supporting)) == (Decimal("41915.77"), "exact", 3)
    assert area.operator == "all operators"


def test_october_2023_is_rounded_and_no_conflict(newsroom: Newsroom) -> None:
    month = {"start": "2023-10-01", "end": "2023-10-31", "kind": "month"}
    newsroom.report("News.Az", published="2023-11-01", **month, area_cleared=6687.4)
    newsroom.report("Kapaz TV", published="2023-11-01", **month, area_cleared=6687)
    assert not newsroom.reconcile().conflicts
    assert newsroom.only("area_cleared").value == Decimal("6687.4")


def test_first_quarter_of_2023_leaves_less_for_february_than_two_of_its_weeks(newsroom: Newsroom) -> None:
    newsroom.report("Today.az", published="2023-04-19", start="2023-01-01", end="2023-03-31", kind="quarter",
                    area_cleared=7944)
    newsroom.report("News.Az", published="2023-02-01", start="2023-01-01", end="2023-01-31", kind="month",
                    area_cleared=1504.56)
    newsroom.report("Azernews", published="2023-04-03", start="2023-03-01", end="2023-03-31", kind="month",
                    area_cleared=5983.6)
    newsroom.report("APA", published="2023-02-13", start="2023-02-06", end="2023-02-11", area_cleared=250)
    newsroom.report("Azernews", published="2023-02-27", start="2023-02-20", end="2023-02-25", area_cleared=384)
    result = newsroom.reconcile()
    quarter = next(one for one in result.observations if one.period_id == "quarter-2023-q1")
    assert "sum_mismatch" in quarter.flags
    assert any("8,122.16" in one.what and "7,944" in one.what for one in result.problems)


WEEKS_2022 = [("2022-05-02", 344), ("2022-05-16", 413), ("2022-05-30", 357), ("2022-06-27", 480), ("2022-07-04", 586),
              ("2022-08-01", 697)]


def test_june_2022_has_3544_hectares_in_one_week(newsroom: Newsroom) -> None:
    neighbours(newsroom, WEEKS_2022)
    newsroom.report("Silkway", start="2022-06-06", end="2022-06-11", area_cleared=3544, ap_mines=96, at_mines=11,
                    uxo=685)
    result = newsroom.reconcile()
    week = {one.measure.value: one for one in result.observations if one.period_id == "week-2022-06-06"}
    assert week["area_cleared"].value == 3544
    assert week["area_cleared"].flags == ("suspect_value",)
    assert not week["uxo"].flags


def test_may_2024_has_8803_hectares_in_one_week(newsroom: Newsroom) -> None:
    neighbours(newsroom, [("2024-04-08", 1021), ("2024-04-15", 1186), ("2024-04-22", 1377), ("2024-04-29", 1290),
                          ("2024-05-13", 1510), ("2024-05-20", 1105)])
    newsroom.report("Trend", published="2024-05-13", start="2024-05-06", end="2024-05-12", area_cleared=8803)
    week = newsroom.only("area_cleared", "week-2024-05-06")
    assert (week.value, week.flags) == (Decimal(8803), ("suspect_value",))


def test_september_2022_has_as_many_hectares_as_items(newsroom: Newsroom) -> None:
    newsroom.report("Azernews", published="2022-09-27", start="2022-09-19", end="2022-09-24", area_cleared=457,
                    ap_mines=46, at_mines=144, uxo=267, ordnance_total=457)
    assert newsroom.only("area_cleared").flags == ("suspect_value",)


def test_from_august_2022_months_exceed_their_weeks_and_the_year_report_says_by_how_much(newsroom: Newsroom) -> None:
    newsroom.report("Unikal", start="2022-08-01", end="2022-08-31", kind="month", area_cleared=5523.74)
    for start, end, area in (("2022-08-01", "2022-08-06", 697), ("2022-08-15", "2022-08-20", 562),
                             ("2022-08-22", "2022-08-27", 731)):
        newsroom.report("Azernews", start=start, end=end, area_cleared=area, name=start)
    result = newsroom.reconcile()
    assert not result.conflicts
    [scope] = year_report(result.observations, year=2022, profile=newsroom.profile).scopes
    assert (scope.weeks_total, scope.months_total) == (Decimal(1990), Decimal("5523.74"))
    assert not any("sum_mismatch" in one.flags for one in result.observations)


def test_two_agencies_for_the_same_fortnight_are_two_observations(newsroom: Newsroom) -> None:
    fortnight = {"start": "2022-04-01", "end": "2022-04-14", "kind": "custom"}
    newsroom.report("Trend", **fortnight, operator="ANAMA", area_cleared=506.4, name="joint")
    newsroom.report("Trend", **fortnight, operator="MoD", places=NINE, area_cleared=492.06, name="joint")
    newsroom.report("Report.az", **fortnight, operator="MoD", places=NINE, area_cleared=492.06)
    result = newsroom.reconcile()
    assert not result.conflicts
    assert {(one.operator, str(one.value), len(one.supporting)) for one in result.observations} == {
        ("ANAMA", "506.4", 1), ("MoD", "492.06", 2)}


def test_a_week_of_six_days_and_one_of_seven_are_one_week_when_the_figures_are_the_same(newsroom: Newsroom) -> None:
    figures = {"area_cleared": 115.8, "ap_mines": 27, "at_mines": 15, "uxo": 233}
    newsroom.report("Femida", published="2022-02-21", start="2022-02-14", end="2022-02-19", **figures)
    newsroom.report("Azernews", published="2022-02-22", start="2022-02-14", end="2022-02-20", **figures)
    newsroom.report("Trend", published="2022-02-21", start="2022-02-14", end="2022-02-19", **figures)
    area = newsroom.only("area_cleared")
    assert (area.period_id, area.period.end, len(area.supporting)) == ("week-2022-02-14", "2022-02-19", 3)
    assert any("2022-02-20" in note for note in area.notes)


def test_13_to_16_march_2025_is_probably_the_week_from_the_tenth(newsroom: Newsroom) -> None:
    neighbours(newsroom, [("2025-02-24", 900), ("2025-03-03", 1365.3), ("2025-03-17", 1100)])
    newsroom.report("Fiji Times", published="2025-03-17", start="2025-03-13", end="2025-03-16", kind="custom",
                    area_cleared=1651, ap_mines=155, at_mines=49, uxo=606)
    result = newsroom.reconcile()
    short = next(one for one in result.observations if one.measure == "area_cleared" and one.value == 1651)
    assert short.flags == ("suspect_period",)
    assert (short.period.start, short.period.end) == ("2025-03-13", "2025-03-16")
    assert any("week from 2025-03-10" in one.what for one in result.problems)
