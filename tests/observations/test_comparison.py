"""One year beside another: only what compares is compared."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clearance_atlas.config import load_profile, resource
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Basis
from clearance_atlas.observations.comparison import BORDER_CHANGED, YearPair, compare_years
from clearance_atlas.pipeline import read_and_reconcile
from clearance_atlas.places import load_gazetteer


@pytest.fixture(scope="module")
def pairs() -> dict[str, YearPair]:
    tables = resource("bulletins") / "tables"
    result = read_and_reconcile([tables / "year-2023-districts.csv", tables / "year-2025-districts.csv"])
    found = compare_years(result.observations, first=2023, second=2025, profile=result.profile,
                          gazetteer=result.gazetteer)
    assert {one.operator for one in found} == {"all operators"}
    return {one.name: one for one in found}


def test_districts_with_the_same_borders_are_compared(pairs: dict[str, YearPair]) -> None:
    jabrayil = pairs["Jabrayil"]
    assert jabrayil.first == Decimal("14016.7")
    assert jabrayil.second is not None
    assert jabrayil.difference == jabrayil.second - Decimal("14016.7")
    assert jabrayil.note == ""


def test_a_district_whose_border_changed_is_not_compared_by_its_name(pairs: dict[str, YearPair]) -> None:
    assert (pairs["Tartar"].first, pairs["Tartar"].second) == (Decimal("1286.9"), Decimal("12.8"))
    for name in ("Tartar", "Kalbajar", "Aghdam", "Aghdara"):
        assert pairs[name].difference is None
        assert pairs[name].note == BORDER_CHANGED


def test_the_unit_whose_outer_border_stayed_is_compared(pairs: dict[str, YearPair]) -> None:
    unit = pairs["Aghdam + Aghdara + Kalbajar + Tartar"]
    # Cabinet of Ministers, 2023: 7,956.1 + 6,400.2 + 1,286.9; Aghdara was no district yet.
    assert unit.first == Decimal("15643.2")
    assert unit.basis is Basis.DERIVED
    assert unit.second == sum((pairs[name].second or Decimal() for name in ("Aghdam", "Aghdara", "Kalbajar", "Tartar")),
                              Decimal())
    assert unit.difference == (unit.second or Decimal()) - Decimal("15643.2")


def test_a_district_without_a_figure_in_one_year_is_no_zero(pairs: dict[str, YearPair]) -> None:
    alone = [one for one in pairs.values() if one.first is None and one.note != BORDER_CHANGED]
    assert alone
    assert all(one.difference is None and one.note == "no figure published for 2023" for one in alone)


def test_years_without_a_district_table_give_nothing() -> None:
    profile = load_profile()
    assert compare_years((), first=1999, second=2000, profile=profile,
                         gazetteer=load_gazetteer(profile.gazetteer)) == ()


def test_a_measure_mistyped_gets_the_nearest() -> None:
    profile = load_profile()
    with pytest.raises(UnknownNameError, match="did you mean uxo"):
        compare_years((), first=2023, second=2025, profile=profile, gazetteer=load_gazetteer(profile.gazetteer),
                      measure="uxos")
