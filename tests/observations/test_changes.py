"""What changed between two builds, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.observations import change_lines, compare

if TYPE_CHECKING:
    from conftest import Newsroom

WEEK = {"start": "2023-05-22", "end": "2023-05-28"}
FIVE = ("AZ-AGM", "AZ-FUZ", "AZ-KAL", "AZ-LAC", "AZ-ZAN")


def test_the_same_input_changes_nothing(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    before, after = newsroom.reconcile().observations, newsroom.reconcile().observations
    assert change_lines(compare(before, after)) == ("nothing changed",)


def test_mondays_bulletin_is_a_new_period(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    before = newsroom.reconcile().observations
    newsroom.report("Trend", published="2023-06-05", start="2023-05-29", end="2023-06-04", area_cleared=540)
    changes = compare(before, newsroom.reconcile().observations)
    assert changes.new_periods == ("week-2023-05-29",)
    assert [str(one.value) for one in changes.new] == ["540"]
    assert change_lines(changes) == ("new period week-2023-05-29",)
    assert compare(newsroom.reconcile().observations, before).lost_periods == ("week-2023-05-29",)


def test_a_changed_value_shows_both_numbers_and_its_cause(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    before = newsroom.reconcile().observations
    newsroom.report("APA", published="2023-05-29", **WEEK, area_cleared=613)
    [line] = change_lines(compare(before, newsroom.reconcile().observations))
    assert "631 ha -> not chosen (" in line
    assert "new figure in 2023-05-29-apa#1" in line


def test_a_total_whose_districts_become_known_is_changed_not_lost(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631, uxo=70)
    before = newsroom.reconcile().observations
    newsroom.report("APA", published="2023-05-29", **WEEK, places=FIVE, area_cleared=631, uxo=70)
    changes = compare(before, newsroom.reconcile().observations)
    assert (len(changes.changed), changes.new, changes.lost) == (2, (), ())
    assert any("631 ha -> 631 ha, 5 districts" in line for line in change_lines(changes))


def test_a_new_figure_in_a_known_period_is_named(newsroom: Newsroom) -> None:
    newsroom.report("Trend", published="2023-05-29", **WEEK, area_cleared=631)
    before = newsroom.reconcile().observations
    newsroom.report("Trend", published="2023-05-29", **WEEK, uxo=70)
    after = newsroom.reconcile().observations
    assert change_lines(compare(before, after)) == ("new week-2023-05-22/uxo/ANAMA/national: 70 items",)
    assert change_lines(compare(after, before)) == ("lost week-2023-05-22/uxo/ANAMA/national: 70 items",)


def test_a_conflict_that_comes_or_goes_is_named_though_the_value_stays(newsroom: Newsroom) -> None:
    for name in ("Trend", "APA"):
        newsroom.report(name, published="2023-05-29", **WEEK, area_cleared=631)
    before = newsroom.reconcile().observations
    newsroom.report("Turan", published="2023-05-29", **WEEK, area_cleared=613)
    after = newsroom.reconcile().observations
    [line] = change_lines(compare(before, after))
    assert line.startswith("new conflict week-2023-05-22/area_cleared/ANAMA/national: 631 ha stays")
    assert "new figure in 2023-05-29-turan#1" in line
    [line] = change_lines(compare(after, before))
    assert line.startswith("conflict settled week-2023-05-22/area_cleared/ANAMA/national: 631 ha")
