"""Class breaks: readable, shared by a whole archive, sensible for odd data."""

from __future__ import annotations

import math

import mapclassify
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_sample import THIRTEEN, sample_content
from clearance_atlas.model import Measure, PeriodKind
from clearance_atlas.rendering.classification import (
    class_of,
    observation_rate,
    pooled_breaks,
    pooled_quantiles,
    readable_breaks,
)
from clearance_atlas.rendering.content import drawn_codes

WEEKS = [[0.4, 1.2, 3.0, 7.7, 0.9], [0.2, 5.1, 12.0, 0.6, 2.2], [1.1, 4.4, 0.3, 9.9, 2.0]]


def test_pooled_breaks_are_those_of_mapclassify() -> None:
    pooled = mapclassify.Pooled(np.array(WEEKS).T, classifier="Quantiles", k=5)
    expected = pooled.global_classifier.bins[:-1]
    assert pooled_quantiles([rate for week in WEEKS for rate in week]) == pytest.approx(expected)


@pytest.mark.parametrize(("rates", "count"), [
    ([], 0), ([0.0, 0.0, 0.0], 0), ([2.2], 0), ([2.2, 2.2, 2.2], 0), ([1.0, 9.0], 1),
])
def test_few_rates_make_few_classes(rates: list[float], count: int) -> None:
    assert len(readable_breaks(rates)) == count


def test_one_enormous_outlier_does_not_flatten_the_others() -> None:
    breaks = readable_breaks([0.1, 0.2, 0.4, 0.8, 1.5, 3.0, 453_900.0])
    assert len({class_of(rate, breaks=breaks) for rate in (0.1, 0.4, 0.8, 3.0)}) >= 3


@settings(deadline=None)
@given(st.lists(st.floats(min_value=1e-4, max_value=1e6), min_size=1, max_size=60))
def test_breaks_rise_are_round_and_leave_no_class_empty(rates: list[float]) -> None:
    breaks = readable_breaks(rates)
    assert list(breaks) == sorted(set(breaks))
    assert all(round(bound / 10 ** math.floor(math.log10(bound) + 1e-9), 6) in {1.0, 1.5, 2.0, 3.0, 5.0, 7.0}
               for bound in breaks)
    assert {class_of(rate, breaks=breaks) for rate in rates} == set(range(len(breaks) + 1))


def test_a_joint_total_is_rated_over_the_area_of_its_whole_group() -> None:
    content = sample_content()
    week = next(one for one in content.observations if one.period_id == "week-2024-07-01")
    districts = content.districts["from-2023-12-05"]
    area = districts.loc[list(THIRTEEN), "area_km2"].sum()
    assert observation_rate(week, districts=districts) == pytest.approx(1039.5 / area)


def test_before_the_change_aghdara_lies_in_its_parents() -> None:
    content = sample_content()
    old = content.districts["until-2023-12-04"]
    units = content.profile.stable_units
    four = ("AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA")
    assert drawn_codes(four, polygons=old.index, stable_units=units) == ("AZ-AGM", "AZ-KAL", "AZ-TAR")
    assert drawn_codes(("AZ-AGM", "X-AZ-AGHDARA"), polygons=old.index, stable_units=units) is None


def test_one_set_of_breaks_for_a_measure_and_kind_of_period() -> None:
    content = sample_content()
    breaks = pooled_breaks(content.observations, districts=content.districts, stable_units=content.profile.stable_units)
    # In 2023, rising: 0.19 0.79 1.01 2.02 2.10 3.01 4.33 5.03 6.92 8.74 13.35; of eleven rates the fifths are the
    # third, fifth, seventh and ninth: 1.01, 2.10, 4.33, 6.92
    assert breaks[Measure.AREA_CLEARED, PeriodKind.YEAR] == (1.0, 2.0, 5.0, 7.0)
    assert (Measure.KILLED, PeriodKind.WEEK) not in breaks
