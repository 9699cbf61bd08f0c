"""Observations survive the way to JSON lines and back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from clearance_atlas.errors import InputError
from clearance_atlas.model import (
    Basis,
    Flag,
    Measure,
    Observation,
    Period,
    PeriodKind,
    PlaceScope,
    Qualifier,
    YearSource,
)
from clearance_atlas.observations.records import observation_lines, read_observations
from clearance_atlas.units import Unit

FULL = Observation(
    observation_id="week-2024-07-01/area_cleared", period_id="week-2024-07-01", measure=Measure.AREA_CLEARED,
    value=Decimal("1039.50"), unit=Unit.HECTARE,
    period=Period("2024-07-01", "2024-07-07", PeriodKind.WEEK, YearSource.TEXT), area_ha=Decimal("1039.50"),
    qualifier=Qualifier.OVER, operator="ANAMA", place_scope=PlaceScope.GROUP, places=("Ağdam", "Füzuli"),
    place_codes=("AZ-AGM", "AZ-FUZ"), boundary_version="from-2023-12-05", basis=Basis.PUBLISHED, supporting=("a#1",),
    differing=("b#1",), conflict_id="c1", flags=(Flag.SUSPECT_VALUE,), first_seen=date(2024, 7, 8),
    last_seen=date(2024, 7, 9), notes=("“quoted”",))
BARE = Observation("o", "to-date", Measure.KILLED, None, Unit.PEOPLE, Period())


def test_round_trip_loses_nothing_not_even_a_trailing_zero() -> None:
    text = observation_lines([FULL, BARE])
    assert read_observations(text, where="x") == (FULL, BARE)
    assert '"1039.50"' in text


@pytest.mark.parametrize("line", ["{", "[]", "{}", '{"observation_id": 3}'])
def test_what_is_no_observation_is_named(line: str) -> None:
    with pytest.raises(InputError, match="is not a list of observations"):
        read_observations(line, where="observations.jsonl")
