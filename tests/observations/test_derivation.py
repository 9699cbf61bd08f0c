"""Derived figures: only on request, of one scope, with both sources."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.errors import InputError
from clearance_atlas.observations import difference_of_stocks, remainder

if TYPE_CHECKING:
    from clearance_atlas.model import Observation
    from conftest import Newsroom


def observed(newsroom: Newsroom) -> dict[str, Observation]:
    return {f"{one.period_id}/{one.operator}": one for one in newsroom.reconcile().observations}


def test_two_stocks_give_a_flow_that_says_it_is_derived(newsroom: Newsroom) -> None:
    for day, area in (("2022-02-14", 13868), ("2022-03-10", 14448)):
        newsroom.report("MoD", published=day, end=day, kind="cumulative", operator="MoD", area_cleared=area)
    known = observed(newsroom)
    found = difference_of_stocks(known["to-2022-02-14/MoD"], known["to-2022-03-10/MoD"])
    assert (found.value, found.basis, found.period_id) == (580, "derived", "span-2022-02-15_2022-03-10")
    assert found.supporting == ("2022-03-10-mod#1", "2022-02-14-mod#1")
    assert found.notes == ("derived: 14,448 (to-2022-03-10) less 13,868 (to-2022-02-14)",)


def test_stock_and_flow_of_a_year_give_the_next_stock(newsroom: Newsroom) -> None:
    newsroom.report("Statistics", end="2024-12-31", kind="cumulative", operator="all operators",
                    area_cleared="179791.9")
    newsroom.report("Cabinet", end="2025-12-31", kind="cumulative", operator="all operators", area_cleared="248997.6")
    known = observed(newsroom)
    found = difference_of_stocks(known["to-2024-12-31/all operators"], known["to-2025-12-31/all operators"])
    assert (found.period_id, found.value) == ("year-2025", Decimal("69205.7"))


def test_the_rest_of_a_quarter(newsroom: Newsroom) -> None:
    newsroom.report("Trend", start="2023-01-01", end="2023-03-31", kind="quarter", area_cleared=7944)
    newsroom.report("Trend", start="2023-01-01", end="2023-01-31", kind="month", area_cleared=1504.56)
    newsroom.report("Trend", start="2023-03-01", end="2023-03-31", kind="month", area_cleared=5983.6)
    known = observed(newsroom)
    found = remainder(known["quarter-2023-q1/ANAMA"], [known["month-2023-01/ANAMA"], known["month-2023-03/ANAMA"]])
    assert (found.period_id, found.value, found.basis) == ("month-2023-02", Decimal("455.84"), "derived")


def test_nothing_is_derived_across_scopes_or_from_derived_figures(newsroom: Newsroom) -> None:
    newsroom.report("Trend", start="2023-01-01", end="2023-03-31", kind="quarter", area_cleared=7944)
    newsroom.report("Trend", start="2023-01-01", end="2023-01-31", kind="month", operator="MoD", area_cleared=500)
    newsroom.report("Trend", start="2023-02-01", end="2023-02-28", kind="month", area_cleared=900)
    newsroom.report("Trend", start="2023-02-01", end="2023-02-14", kind="custom", area_cleared=400)
    known = observed(newsroom)
    quarter, february = known["quarter-2023-q1/ANAMA"], known["month-2023-02/ANAMA"]
    with pytest.raises(InputError, match="across scopes"):
        remainder(quarter, [known["month-2023-01/MoD"]])
    with pytest.raises(InputError, match="beside the others"):
        remainder(quarter, [february, known["span-2023-02-01_2023-02-14/ANAMA"]])
    with pytest.raises(InputError, match="negative"):
        remainder(february, [known["span-2023-02-01_2023-02-14/ANAMA"], _later(newsroom)])
    rest = remainder(quarter, [february])
    assert rest.period_id == "quarter-2023-q1"
    with pytest.raises(InputError, match="no published value"):
        remainder(rest, [february])
    with pytest.raises(InputError, match="not two states"):
        difference_of_stocks(february, quarter)


def _later(newsroom: Newsroom) -> Observation:
    newsroom.report("Trend", start="2023-02-15", end="2023-02-28", kind="custom", area_cleared=600)
    return observed(newsroom)["span-2023-02-15_2023-02-28/ANAMA"]
