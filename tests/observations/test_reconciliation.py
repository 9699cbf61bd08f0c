"""One value for each measure, period, operator scope and place, and what is said when there is none."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.observations import is_total

if TYPE_CHECKING:
    from conftest import Newsroom

WEEK = {"start": "2023-05-22", "end": "2023-05-28"}
FIVE = ("AZ-AGM", "AZ-FUZ", "AZ-KAL", "AZ-LAC", "AZ-ZAN")


def test_a_copy_that_names_the_districts_completes_one_that_does_not(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631, ap_mines=40, uxo=210)
    newsroom.report("APA", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631, ap_mines=40, uxo=210)
    area = newsroom.only("area_cleared")
    assert (area.place_scope, area.place_codes, len(area.supporting)) == ("group", FIVE, 2)
    assert "districts completed for 2023-05-29-trend from 2023-05-29-apa" in area.notes


def test_a_total_that_takes_its_list_from_a_figure_beside_it_names_the_districts(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631, ap_mines=40, name="whole")
    newsroom.report("APA", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631)
    mines = newsroom.only("ap_mines")
    assert mines.place_codes == FIVE
    assert not set(mines.places) & set(FIVE)


def test_a_national_total_and_another_joint_total_are_not_one(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631, ap_mines=40)
    newsroom.report("APA", published="2023-05-29", **WEEK, places=FIVE, area_cleared=212, ap_mines=12)
    assert not newsroom.reconcile().conflicts
    assert len(newsroom.reconcile().observations) == 4


def test_a_copy_without_operator_is_completed_by_the_only_one_that_fits(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, operator="MoD", area_cleared=631, ap_mines=40)
    newsroom.report("APA", published="2023-05-29", **WEEK, operator=None, area_cleared=631, ap_mines=40)
    area = newsroom.only("area_cleared")
    assert (area.operator, len(area.supporting)) == ("MoD", 2)
    assert "operator completed for 2023-05-29-apa" in area.notes


def test_a_copy_without_operator_that_fits_two_stays_apart(newsroom: Newsroom) -> None:
    for outlet, operator in (("Trend", "MoD"), ("APA", "ANAMA"), ("Turan", None)):
        newsroom.report(outlet, published="2023-05-29", **WEEK, operator=operator, area_cleared=631, ap_mines=40)
    found = {one.operator for one in newsroom.reconcile().observations}
    assert found == {"MoD", "ANAMA", None}


def test_two_agencies_are_never_joined_even_with_equal_figures(newsroom: Newsroom) -> None:
    for operator in ("ANAMA", "MoD"):
        newsroom.report("Trend", published="2023-05-29", **WEEK, operator=operator, area_cleared=631, ap_mines=40)
    assert len(newsroom.reconcile().observations) == 4


def test_a_state_to_date_and_a_flow_are_never_mixed(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    newsroom.report("Trend", published="2023-05-29", end="2023-05-28", kind="cumulative", area_cleared=631)
    found = {one.period_id: one.value for one in newsroom.reconcile().observations}
    assert found == {"week-2023-05-22": 631, "to-2023-05-28": 631}


@pytest.mark.parametrize("flag", ["planned", "ordered", "surveyed", "subset"])
def test_what_is_no_cleared_total_is_kept_apart_and_not_drawn(newsroom: Newsroom, flag: str) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631)
    newsroom.report("Trend", published="2023-05-29", **WEEK, places=FIVE, area_cleared=9000, flags=[flag])
    result = newsroom.reconcile()
    assert not result.conflicts
    assert {str(one.value): is_total(one) for one in result.observations} == {"631": True, "9000": False}


def test_a_district_named_for_itself_is_its_own_observation(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2026-01-07", start="2025-12-01", end="2025-12-31", kind="month", name="t",
                    area_cleared=5098.7, ordnance_total=4169)
    newsroom.report("Trend", published="2026-01-07", start="2025-12-01", end="2025-12-31", kind="month", name="t",
                    places=["AZ-AGM"], area_cleared=4.4, ordnance_total=5)
    area = {one.place_scope: str(one.value) for one in newsroom.reconcile().observations
            if one.measure == "area_cleared"}
    assert area == {"national": "5098.7", "district": "4.4"}


def test_square_metres_and_hectares_are_one_area(newsroom: Newsroom) -> None:
    newsroom.report("Report.az", published="2021-11-08", start="2021-11-01", end="2021-11-06",
                    area_cleared=["1395186 m2", "139.5"])
    area = newsroom.only("area_cleared")
    assert (area.area_ha, area.unit, len(area.supporting)) == (Decimal("139.5186"), "ha", 2)


def test_syndicated_copies_count_for_the_outlet_they_come_from(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    newsroom.report("menafn/Trend", published="2023-05-29", **WEEK, area_cleared=631)
    newsroom.report("APA", published="2023-05-29", **WEEK, area_cleared=613)
    assert newsroom.reconcile().conflicts[0].rule == "not chosen"


def test_the_agency_itself_outweighs_one_outlet(newsroom: Newsroom) -> None:
    newsroom.report("ANAMA", published="2023-05-29", **WEEK, area_cleared=631)
    newsroom.report("APA", published="2023-05-29", **WEEK, area_cleared=613)
    [conflict] = newsroom.reconcile().conflicts
    assert (conflict.rule, conflict.chosen) == ("primary publisher", 631)


def test_an_outlet_that_corrects_itself_last_is_a_revision_with_both_dates(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=613)
    newsroom.report("APA", published="2023-05-30", **WEEK, area_cleared=613)
    newsroom.report("Trend", published="2023-06-02", **WEEK, area_cleared=631)
    [conflict] = newsroom.reconcile().conflicts
    assert (conflict.rule, conflict.chosen) == ("later revision", 631)
    assert [(str(one.value), str(one.first_seen), str(one.last_seen)) for one in conflict.values] == [
        ("613", "2023-05-29", "2023-05-30"), ("631", "2023-06-02", "2023-06-02")]


def test_no_value_is_ever_an_average(newsroom: Newsroom) -> None:
    for outlet, area in (("Trend", 600), ("APA", 700), ("Turan", 800)):
        newsroom.report(outlet, published="2023-05-29", **WEEK, area_cleared=area)
    area_cleared = newsroom.only("area_cleared")
    assert (area_cleared.value, area_cleared.supporting, len(area_cleared.differing)) == (None, (), 3)


def test_lists_that_differ_by_one_district_are_one_list_and_the_copies_decide(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631, ap_mines=40)
    newsroom.report("APA", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631, ap_mines=40)
    newsroom.report("Turan", published="2023-05-29", **WEEK, places=FIVE[:-1], area_cleared=631, ap_mines=40)
    area = newsroom.only("area_cleared")
    assert (area.place_codes, len(area.supporting)) == (FIVE, 3)
    assert any("2023-05-29-turan" in note for note in area.notes)


def test_lists_that_contradict_each_other_leave_the_total_without_districts(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631, ap_mines=40)
    newsroom.report("APA", published="2023-05-29", **WEEK, places=(*FIVE[:-1], "AZ-SUS"), area_cleared=631,
                    ap_mines=40)
    area = newsroom.only("area_cleared")
    assert (area.value, area.place_scope) == (631, "national")
    assert any("none chosen" in note for note in area.notes)


def test_an_older_figure_known_only_as_background_says_so(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-09-19", **WEEK, area_cleared=631, role="background")
    area = newsroom.only("area_cleared")
    assert area.value == 631
    assert "known only as an older figure that later texts repeat" in area.notes


def test_an_open_year_is_never_joined_to_a_dated_period(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2022-06-06", start="2022-05-30", end="2022-06-04", area_cleared=357, uxo=206)
    newsroom.report("APA", start="XXXX-05-30", end="XXXX-06-04", area_cleared=357, uxo=206)
    newsroom.report("Turan", start="XXXX-05-30", end="XXXX-06-04", area_cleared=500, uxo=70)
    found = {(one.period_id, str(one.value), one.boundary_version != "") for one in newsroom.reconcile().observations
             if one.measure == "area_cleared"}
    assert found == {("week-2022-05-30", "357", True), ("week-XXXX-05-30", "357", False),
                     ("week-XXXX-05-30", "500", False)}


@pytest.mark.parametrize(("start", "end", "what"), [
    ("2022-12-15", "2022-02-04", "ends before it starts"), (None, None, "period of the figures is unknown")])
def test_figures_of_no_usable_period_are_named_and_stop_nothing(
    newsroom: Newsroom, start: str | None, end: str | None, what: str
) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    newsroom.report("APA", published="2023-09-20", start=start, end=end, kind="custom", killed=1, injured=6)
    result = newsroom.reconcile()
    assert [str(one.value) for one in result.observations] == ["631"]
    assert len(result.statements) == 3
    [problem] = [one for one in result.problems if one.where == "2023-09-20-apa"]
    assert what in problem.what
    assert problem.needs_person


def test_a_stock_that_falls_is_flagged_and_the_others_are_not(newsroom: Newsroom) -> None:
    for day, area in (("2021-12-02", 13177), ("2021-12-10", 13273), ("2022-02-14", 1386.8), ("2022-03-10", 14448),
                      ("2022-04-14", 15026)):
        newsroom.report("MoD", published=day, end=day, kind="cumulative", operator="MoD", area_cleared=area)
    result = newsroom.reconcile()
    assert [one.period_id for one in result.observations if one.flags] == ["to-2022-02-14"]
    assert any("only grows" in one.what for one in result.problems)


def test_a_total_that_its_parts_do_not_reach_is_flagged(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, ap_mines=45, at_mines=6, uxo=611, ordnance_total=665)
    assert newsroom.only("ordnance_total").flags == ("sum_mismatch",)
    assert not newsroom.only("uxo").flags


def test_a_rounded_total_over_exact_parts_is_fine(newsroom: Newsroom) -> None:
    newsroom.report("MoD", published="2022-02-14", end="2022-02-14", kind="cumulative", operator="MoD",
                    ap_mines=6092, at_mines=2159, uxo=9012, ordnance_total="over 17000")
    assert not newsroom.only("ordnance_total").flags


def test_a_published_zero_is_a_value(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, places=["AZ-SUS"], area_cleared=0)
    area = newsroom.only("area_cleared")
    assert area.value == 0
    assert is_total(area)


def test_one_bulletin_in_three_languages_is_one_observation(newsroom: Newsroom) -> None:
    week = {"start": "2024-07-01", "end": "2024-07-07", "places": FIVE, "area_cleared": 1039.5, "ap_mines": 93}
    newsroom.report("Azernews", published="2024-07-08", **week, operator="ANAMA")
    newsroom.report("Report.az", published="2024-07-08", **week, operator="ANAMA+partners")
    newsroom.report("Vestnik Kavkaza", published="2024-07-08", **week, operator="all operators")
    area = newsroom.only("area_cleared")
    assert (area.operator, len(area.supporting), area.boundary_version) == ("all operators", 3, "from-2023-12-05")


def test_nothing_in_nothing_out(newsroom: Newsroom) -> None:
    result = newsroom.reconcile()
    assert (result.statements, result.observations, result.conflicts, result.problems) == ((), (), (), ())


def test_plans_and_parts_listed_side_by_side_are_no_contradiction(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, ap_mines=631)
    newsroom.report("Trend", published="2023-05-29", **WEEK, ap_mines=[259, 108], flags=["subset"])
    newsroom.report("Trend", published="2023-05-29", **WEEK, other=[76, 1826])
    result = newsroom.reconcile()
    assert not result.conflicts
    assert sorted(str(one.value) for one in result.observations) == ["108", "1826", "259", "631", "76"]
    assert len({one.observation_id for one in result.observations}) == 5
