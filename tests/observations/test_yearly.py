"""A year against its published total."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.observations import year_report, year_report_lines

if TYPE_CHECKING:
    from conftest import Newsroom


def test_a_year_says_its_sum_its_total_its_gap_and_its_missing_weeks(newsroom: Newsroom) -> None:
    for number, (start, end, area) in enumerate([
        ("2025-01-06", "2025-01-12", 1043), ("2025-01-13", "2025-01-19", 900), ("2025-02-03", "2025-02-09", 787),
    ]):
        newsroom.report("Trend", name=f"w{number}", start=start, end=end, area_cleared=area)
    newsroom.report("Trend", name="m", start="2025-02-01", end="2025-02-28", kind="month", area_cleared=2862.5)
    newsroom.report("Trend", name="y", start="2025-01-01", end="2025-12-31", kind="year", area_cleared=69205.7)
    report = year_report(newsroom.reconcile().observations, year=2025, profile=newsroom.profile)
    [scope] = report.scopes
    assert scope.operator == "all operators"
    assert (scope.weeks, scope.weeks_total, scope.months, scope.months_total) == (
        3, Decimal(2730), 1, Decimal("2862.5"))
    assert (scope.bulletins_total, scope.covered_days) == (Decimal("4805.5"), 42)
    assert (scope.published, scope.gap) == (Decimal("69205.7"), Decimal("64400.2"))
    assert scope.missing_weeks[0] == (date(2025, 1, 20), date(2025, 1, 26))
    assert len(scope.missing_weeks) == 49
    assert "2025-02" not in scope.missing_months
    text = "\n".join(year_report_lines(report))
    assert "gap 64,400.2" in text
    assert "2025-01-20 to 2025-02-02, 2025-02-10 to 2026-01-04" in text


def test_a_six_day_week_is_not_missing(newsroom: Newsroom) -> None:
    newsroom.report("Trend", start="2022-02-14", end="2022-02-19", area_cleared=115.8)
    [scope] = year_report(newsroom.reconcile().observations, year=2022, profile=newsroom.profile).scopes
    assert (date(2022, 2, 14), date(2022, 2, 20)) not in scope.missing_weeks
    assert scope.gap is None


def test_other_measures_and_empty_years(newsroom: Newsroom) -> None:
    newsroom.report("Trend", start="2022-02-14", end="2022-02-19", uxo=233)
    observations = newsroom.reconcile().observations
    report = year_report(observations, year=2022, profile=newsroom.profile, measure=Measure.UXO)
    assert (report.unit, report.scopes[0].weeks_total) == ("items", 233)
    empty = year_report(observations, year=1999, profile=newsroom.profile)
    assert year_report_lines(empty) == ("area_cleared 1999, ha: no bulletin and no published total",)
