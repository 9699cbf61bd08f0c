"""Figures published elsewhere that must add up: district tables, splits, yearly totals, stocks.

Cabinet of Ministers reports for 2023 and 2025; State Statistics Committee for the stocks at the end of 2024.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Measure
from clearance_atlas.observations import (
    Method,
    estimate,
    is_total,
    measured_errors,
    method_named,
    official_areas,
    stock_balance,
    year_report,
)
from clearance_atlas.observations.totals import running_totals
from clearance_atlas.places import load_gazetteer

if TYPE_CHECKING:
    from clearance_atlas.observations import Reconciliation
    from conftest import Newsroom

ALL = "all operators"
DISTRICTS_2023 = {
    "AZ-AGM": "7956.1", "AZ-CAB": "14016.7", "AZ-FUZ": "6025.1", "AZ-KAL": "6400.2", "AZ-ZAN": "3570.8",
    "AZ-LAC": "1454.2", "AZ-XVD": "4400.4", "AZ-TAR": "1286.9", "AZ-XCI": "174.5", "AZ-QBI": "6993.9",
    "AZ-SUS": "585.4",
}
DISTRICTS_2025 = {
    "AZ-CAB": "9110.4", "AZ-LAC": "8718.6", "AZ-FUZ": "8526.2", "AZ-XVD": "8203.6", "X-AZ-AGHDARA": "7893.3",
    "AZ-AGM": "7672.1", "AZ-XCI": "4995.7", "AZ-ZAN": "4063.4", "AZ-QBI": "3514.8", "AZ-KAL": "3008.2",
    "AZ-SUS": "856.3", "AZ-XA": "360.8", "AZ-TAR": "12.8",
}
OPERATORS_2023 = {"ANAMA": "32823.9", "MoD": "6938.7", "MES": "669.7", "SBS": "841.9", "local companies": "11807.6"}
LAND_USE_2023 = {"agriculture": "29005.6", "transport": "814.8", "residential": "11720.5", "energy": "1470.9",
                 "other": "10070.0"}


def table(newsroom: Newsroom, year: int, rows: dict[str, str], *, other: str, total: str) -> None:
    days = {"start": f"{year}-01-01", "end": f"{year}-12-31", "kind": "year", "operator": ALL}
    for code, value in rows.items():
        newsroom.report("Trend", published=f"{year + 1}-03-05", **days, places=[code], breakdown="district",
                        area_cleared=value)
    newsroom.report("Trend", published=f"{year + 1}-03-05", **days, breakdown="district", category="other districts",
                    area_cleared=other)
    newsroom.report("Trend", published=f"{year + 1}-03-05", **days, area_cleared=total)


def whole_2023(newsroom: Newsroom) -> Reconciliation:
    table(newsroom, 2023, DISTRICTS_2023, other="217.6", total="53081.8")
    days = {"published": "2024-03-05", "start": "2023-01-01", "end": "2023-12-31", "kind": "year"}
    for operator, value in OPERATORS_2023.items():
        newsroom.report("Trend", **days, operator=operator, breakdown="operator", area_cleared=value)
    for use, value in LAND_USE_2023.items():
        newsroom.report("Trend", **days, operator=ALL, breakdown="land_use", category=use, area_cleared=value)
    return newsroom.reconcile()


def test_2023_closes_by_district_operator_and_land_use(newsroom: Newsroom) -> None:
    result = whole_2023(newsroom)
    sums: dict[str, Decimal] = {}
    for one in result.observations:
        sums[str(one.breakdown)] = sums.get(str(one.breakdown), Decimal(0)) + (one.value or 0)
    assert sums == dict.fromkeys(("district", "operator", "land_use", "None"), Decimal("53081.8"))
    assert not result.conflicts
    assert not any("sum_mismatch" in one.flags for one in result.observations)
    report = year_report(result.observations, year=2023, profile=newsroom.profile)
    assert [(one.operator, one.published) for one in report.scopes] == [(ALL, Decimal("53081.8"))]
    assert {one.operator for one in result.observations if one.breakdown == "operator"} == set(OPERATORS_2023)


def test_rows_headed_differently_by_two_documents_are_one_row(newsroom: Newsroom) -> None:
    whole_2023(newsroom)
    newsroom.report("Report.az", published="2024-03-06", start="2023-01-01", end="2023-12-31", kind="year",
                    operator=ALL, breakdown="land_use", category="housing", area_cleared=LAND_USE_2023["residential"])
    rows = [one for one in newsroom.reconcile().observations if one.breakdown == "land_use"]
    assert len(rows) == 5
    assert sorted(len(one.supporting) for one in rows) == [1, 1, 1, 1, 2]
    assert not any("sum_mismatch" in one.flags for one in newsroom.reconcile().observations)


def test_2023_draws_its_districts_on_the_districts_of_most_of_the_year(newsroom: Newsroom) -> None:
    drawn = [one for one in whole_2023(newsroom).observations if is_total(one) and one.place_codes]
    assert {one.place_codes[0]: str(one.value) for one in drawn} == DISTRICTS_2023
    assert {one.boundary_version for one in drawn} == {"until-2023-12-04"}


def test_2025_closes_by_district(newsroom: Newsroom) -> None:
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69205.7")
    result = newsroom.reconcile()
    rows = [one for one in result.observations if one.breakdown == "district"]
    assert sum(one.value or 0 for one in rows) == Decimal("69205.7")
    assert {one.boundary_version for one in rows} == {"from-2023-12-05"}
    assert not any("sum_mismatch" in one.flags for one in result.observations)


def test_a_table_that_exceeds_its_total_is_flagged(newsroom: Newsroom) -> None:
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69105.7")
    total = next(one for one in newsroom.reconcile().observations if one.breakdown is None)
    assert total.flags == ("sum_mismatch",)


def test_a_joint_total_of_the_same_year_stays_national_beside_the_table(newsroom: Newsroom) -> None:
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69205.7")
    newsroom.report("Azernews", published="2026-01-05", start="2025-01-01", end="2025-12-31", kind="year",
                    operator="ANAMA+partners", places=sorted(DISTRICTS_2025), area_cleared="69205.7")
    totals = [one for one in newsroom.reconcile().observations if one.breakdown is None]
    assert [(one.place_scope, one.operator, len(one.supporting)) for one in totals] == [("national", ALL, 2)]


def test_mines_found_in_five_years_sum_to_the_stock(newsroom: Newsroom) -> None:
    years = {"2021": 19561, "2022": 12913, "2023": 8529, "2024": 6658}
    newsroom.report("Statistics", name="t", start="2020-11-10", end="2020-12-31", kind="custom", operator=ALL,
                    mines_total=8799)
    for year, mines in years.items():
        newsroom.report("Statistics", name="t", start=f"{year}-01-01", end=f"{year}-12-31", kind="year", operator=ALL,
                        mines_total=mines)
    newsroom.report("Statistics", name="t", start="2020-11-10", end="2024-12-31", kind="cumulative", operator=ALL,
                    ap_mines=35338, at_mines=21122)
    balance = stock_balance(newsroom.reconcile().observations, measures=(Measure.AP_MINES, Measure.AT_MINES),
                            operator=ALL, end="2024-12-31")
    assert balance is not None
    assert (balance.total, balance.stock, balance.gap, len(balance.flows)) == (56460, 56460, 0, 5)


def test_yearly_totals_of_anama_since_2022_are_of_all_operators(newsroom: Newsroom) -> None:
    figures = {"2022": (41915.77, 8780, 4133, 14950), "2024": (62023.9, 4286, 2372, 59163),
               "2025": (69205.7, 4963, 1861, 52392)}
    for year, (area, ap, at, uxo) in figures.items():
        newsroom.report("ANAMA", published=f"{int(year) + 1}-01-05", start=f"{year}-01-01", end=f"{year}-12-31",
                        kind="year", area_cleared=area, ap_mines=ap, at_mines=at, uxo=uxo)
        newsroom.report("Report.az", published=f"{int(year) + 1}-03-05", start=f"{year}-01-01", end=f"{year}-12-31",
                        kind="year", operator=ALL, area_cleared=area)
    observations = newsroom.reconcile().observations
    assert {one.operator for one in observations} == {ALL}
    assert len(observations) == 12
    mines_2022 = sum(one.value or 0 for one in observations if one.period_id == "year-2022" and "mines" in one.measure)
    assert mines_2022 == 12913


def test_the_ministrys_year_is_a_part_of_all_and_never_added(newsroom: Newsroom) -> None:
    days = {"start": "2022-01-01", "end": "2022-12-31", "kind": "year"}
    newsroom.report("Minval", published="2023-01-05", **days, operator="ANAMA", area_cleared=41915.77)
    newsroom.report("Trend", published="2023-01-02", **days, operator="MoD", area_cleared=15620)
    newsroom.report("Report.az", published="2022-06-01", start="2022-05-01", end="2022-05-31", kind="month",
                    operator="MoD", area_cleared=2300)
    result = newsroom.reconcile()
    assert not result.conflicts
    assert {(one.operator, str(one.value)) for one in result.observations if one.period_id == "year-2022"} == {
        (ALL, "41915.77"), ("MoD", "15620")}
    report = year_report(result.observations, year=2022, profile=newsroom.profile)
    assert [(one.operator, one.bulletins_total, one.gap) for one in report.scopes] == [
        ("MoD", Decimal(2300), Decimal(13320)), (ALL, Decimal(0), None)]
    assert report.scopes[1].published == Decimal("41915.77")
    assert all(len({one.operator for one in found}) == 1 for found in running_totals(result.observations).values())


def areas(newsroom: Newsroom) -> dict[str, dict[str, Decimal]]:
    return official_areas(load_gazetteer(newsroom.profile.gazetteer), boundaries=newsroom.profile.boundaries)


def test_an_unknown_method_is_one_line() -> None:
    with pytest.raises(UnknownNameError, match="methods: areal, anchored"):
        method_named("guess")


def test_areal_weighting_misplaces_a_third_of_2023_and_a_sixth_of_2025(newsroom: Newsroom) -> None:
    table(newsroom, 2023, DISTRICTS_2023, other="217.6", total="53081.8")
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69205.7")
    observations = newsroom.reconcile().observations
    errors = measured_errors(observations, method=Method.AREAL, areas=areas(newsroom))
    assert errors["year-2023"] == pytest.approx(Decimal("0.355"), abs=Decimal("0.02"))
    assert errors["year-2025"] == pytest.approx(Decimal("0.155"), abs=Decimal("0.02"))


def test_anchored_estimates_stay_within_their_bounds_and_sum_to_the_joint_total(newsroom: Newsroom) -> None:
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69205.7")
    newsroom.report("Trend", published="2025-09-08", start="2025-09-01", end="2025-09-07",
                    places=sorted(DISTRICTS_2025), area_cleared="1304.6")
    observations = newsroom.reconcile().observations
    assert not any(one.basis == "estimated" for one in observations)
    found = estimate(observations, method=Method.ANCHORED, areas={})
    assert len(found) == 13
    assert abs(sum(one.observation.value or 0 for one in found) - Decimal("1304.6")) < Decimal("0.7")
    assert all(one.low <= (one.observation.value or 0) <= one.high for one in found)
    tartar = next(one for one in found if one.observation.place_codes == ("AZ-TAR",))
    assert tartar.high == Decimal("12.8")
    assert {one.observation.basis for one in found} == {"estimated"}


def test_anchored_on_the_other_table_misplaces_three_tenths_on_units_that_compare(newsroom: Newsroom) -> None:
    table(newsroom, 2023, DISTRICTS_2023, other="217.6", total="53081.8")
    table(newsroom, 2025, DISTRICTS_2025, other="2269.5", total="69205.7")
    unit = frozenset({"AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA"})
    errors = measured_errors(newsroom.reconcile().observations, method=Method.ANCHORED, areas={}, stable_units=[unit])
    merged_2023 = {code: Decimal(value) for code, value in DISTRICTS_2023.items() if code not in unit}
    merged_2025 = {code: Decimal(value) for code, value in DISTRICTS_2025.items() if code in merged_2023}
    merged_2023["unit"] = sum((Decimal(DISTRICTS_2023[code]) for code in unit if code in DISTRICTS_2023), Decimal(0))
    merged_2025["unit"] = sum((Decimal(DISTRICTS_2025[code]) for code in unit), Decimal(0))
    whole_2023, whole_2025 = sum(merged_2023.values()), sum(merged_2025.values())
    moved = sum(abs(merged_2023[code] / whole_2023 - merged_2025[code] / whole_2025) for code in merged_2023) / 2
    assert errors["year-2023"] == pytest.approx(moved)
    assert errors["year-2025"] == pytest.approx(moved)
    assert Decimal("0.2") < moved < Decimal("0.4")
