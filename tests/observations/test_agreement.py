"""When two printed figures are one figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance_atlas.model import Qualifier
from clearance_atlas.observations.agreement import Figure, agree, distinct_values, is_slip
from clearance_atlas.observations.series import falls, is_far_off

EXACT = Qualifier.EXACT
FIGURES = st.builds(Figure, st.decimals(0, 10**6, places=2), st.sampled_from(Qualifier))


def figure(text: str) -> Figure:
    *hedge, number = text.split()
    return Figure(Decimal(number), Qualifier(hedge[0]) if hedge else EXACT)


@pytest.mark.parametrize(("one", "other"), [
    ("41915", "41915.77"), ("about 42000", "41915.77"), ("6687", "6687.4"), ("over 487", "487.7"),
    ("over 1600", "1644.6"), ("under 1500", "1432.8"), ("69200", "69205.7"), ("986", "985.5411"), ("over 500", "508"),
    ("0.1", "0.0955"), ("5", "5"),
])
def test_roundings_agree(one: str, other: str) -> None:
    assert agree(figure(one), figure(other))
    assert agree(figure(other), figure(one))


@pytest.mark.parametrize(("one", "other"), [
    ("453900", "453.9"), ("5.246", "5246"), ("1067", "1087"), ("53", "11"), ("1358.7", "1258.7"), ("12", "18"),
    ("over 374", "506.4"), ("over 500", "492.06"), ("under 500", "508"), ("40000", "41915.77"), ("450", "453.9"),
    ("0", "0.3"), ("800", "806"), ("972", "1020"),
])
def test_other_figures_do_not(one: str, other: str) -> None:
    assert not agree(figure(one), figure(other))


@given(values=st.lists(FIGURES, max_size=8))
def test_every_figure_is_explained_by_a_value_that_is_kept(values: list[Figure]) -> None:
    kept = distinct_values(values)
    assert set(kept) <= set(values)
    assert all(any(agree(one, value) for value in kept) for one in values)
    assert kept == distinct_values(reversed(values))


@given(tenths=st.integers(1001, 10**6).filter(lambda number: number % 10), shift=st.integers(1, 4))
def test_a_misplaced_point_is_a_slip_and_no_rounding(tenths: int, shift: int) -> None:
    value = Decimal(tenths) / 10
    other = value.scaleb(shift)
    assert is_slip(value, other)
    assert not agree(Figure(value, EXACT), Figure(other, EXACT))


@given(values=st.lists(st.decimals(0, 1000, places=1), max_size=30))
def test_what_is_left_after_falls_only_grows(values: list[Decimal]) -> None:
    out = set(falls(values))
    left = [value for place, value in enumerate(values) if place not in out]
    assert left == sorted(left)
    assert (len(out) == 0) == (values == sorted(values))


@pytest.mark.parametrize(("value", "far"), [("2575", True), ("453900", True), ("453.9", False), ("0", False),
                                            ("900", False), ("40", True)])
def test_a_value_is_far_off_among_weeks_of_300_to_600(value: str, far: bool) -> None:  # noqa: FBT001 -- the answer
    weeks = [326.0, 527.6, 354.0, 510.2, 487.7, 325.6, 616.3, 542.0]
    assert is_far_off(Decimal(value), among=weeks) is far


def test_few_neighbours_prove_nothing() -> None:
    assert not is_far_off(Decimal(453900), among=[300.0, 500.0])
