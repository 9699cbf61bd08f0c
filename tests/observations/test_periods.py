"""Names, order and days of reporting periods."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Period, PeriodKind
from clearance_atlas.observations import (
    boundary_version,
    contains,
    days,
    is_dated,
    is_open,
    overlaps,
    parse_period_id,
    period_id,
    sort_key,
)
from clearance_atlas.observations.periods import regular

if TYPE_CHECKING:
    from clearance_atlas.config import Profile

DAYS = st.dates(date(1990, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(("start", "end", "kind", "name"), [
    ("2024-07-01", "2024-07-07", "week", "week-2024-07-01"),
    ("2022-02-01", "2022-02-16", "week", "week-2022-02-01"),
    ("2024-07-01", "2024-07-01", "day", "day-2024-07-01"),
    ("2024-08-01", "2024-08-31", "month", "month-2024-08"),
    ("2023-01-01", "2023-01-30", "month", "month-2023-01"),
    ("2024-01-01", "2024-03-31", "quarter", "quarter-2024-q1"),
    ("2024-10-01", "2024-12-31", "quarter", "quarter-2024-q4"),
    ("2024-07-01", "2024-12-31", "half", "half-2024-h2"),
    ("2025-01-01", "2025-12-31", "year", "year-2025"),
    ("2022-02-01", "2022-02-14", "custom", "span-2022-02-01_2022-02-14"),
    ("2020-11-10", "2025-07-31", "cumulative", "to-2025-07-31"),
    (None, "2025-07-31", "cumulative", "to-2025-07-31"),
    ("XXXX-06-03", "XXXX-06-09", "week", "week-XXXX-06-03"),
    (None, None, "week", "undated"),
    (None, None, None, "undated"),
])
def test_a_period_is_named(start: str | None, end: str | None, kind: str | None, name: str) -> None:
    assert period_id(Period(start, end, PeriodKind(kind) if kind else None)) == name


@given(start=DAYS, length=st.integers(0, 800), kind=st.sampled_from(PeriodKind))
def test_a_name_is_a_safe_file_name(start: date, length: int, kind: PeriodKind) -> None:
    name = period_id(Period(start.isoformat(), (start + timedelta(days=length)).isoformat(), kind))
    assert re.fullmatch(r"[a-z]+-[0-9a-z_-]+", name)


@given(start=DAYS, kind=st.sampled_from(("day", "week", "month", "quarter", "half", "year")))
def test_a_name_leads_back_to_its_period(start: date, kind: str) -> None:
    name = period_id(Period(start.isoformat(), start.isoformat(), PeriodKind(kind)))
    period = parse_period_id(name)
    assert period_id(period) == name
    assert period.start is not None
    assert period.start <= start.isoformat() <= (period.end or "")
    assert regular(Period(period.start, period.end, PeriodKind.CUSTOM)).kind == kind or kind == "week"


@pytest.mark.parametrize("name", ["", "week", "week-2024-13-01", "month-2024-13", "quarter-2024-q5", "year-2024-x",
                                  "half-2024-h0", "../week-2024-07-01", "span-2024-07-01", "year-99999"])
def test_a_name_of_nothing_is_one_line(name: str) -> None:
    with pytest.raises(UnknownNameError, match="not the name of a period"):
        parse_period_id(name)


def test_six_and_sixteen_day_weeks_keep_their_own_days() -> None:
    assert days(Period("2022-02-14", "2022-02-19", PeriodKind.WEEK)) == 6
    assert days(Period("2025-11-01", "2025-11-16", PeriodKind.WEEK)) == 16
    assert days(Period(None, "2025-07-31", PeriodKind.CUMULATIVE)) is None


def test_open_and_dated_periods_are_told_apart() -> None:
    assert is_open(Period("XXXX-06-03", "XXXX-06-09"))
    assert not is_dated(Period("XXXX-06-03", "XXXX-06-09", PeriodKind.WEEK))
    assert is_dated(Period(None, "2025-07-31", PeriodKind.CUMULATIVE))
    assert not is_dated(Period(None, "2025-07-31", PeriodKind.WEEK))


@given(a=DAYS, b=DAYS, c=DAYS, d=DAYS)
def test_containing_is_overlapping(a: date, b: date, c: date, d: date) -> None:
    one = Period(min(a, b).isoformat(), max(a, b).isoformat(), PeriodKind.CUSTOM)
    other = Period(min(c, d).isoformat(), max(c, d).isoformat(), PeriodKind.CUSTOM)
    assert overlaps(one, other) == overlaps(other, one)
    if contains(one, other):
        assert overlaps(one, other)
        assert (days(one) or 0) >= (days(other) or 0)


def test_periods_sort_by_their_end_short_before_long_undated_last() -> None:
    year, month, week = (parse_period_id(name) for name in ("year-2024", "month-2024-12", "week-2024-12-23"))
    lost = Period("XXXX-06-03", "XXXX-06-09", PeriodKind.WEEK)
    assert sorted([lost, year, month, week], key=sort_key) == [week, month, year, lost]


@pytest.mark.parametrize(("name", "version"), [
    ("day-2023-12-04", "until-2023-12-04"), ("day-2023-12-05", "from-2023-12-05"),
    ("week-2023-12-04", "from-2023-12-05"), ("month-2023-12", "from-2023-12-05"),
    ("year-2023", "until-2023-12-04"), ("year-2024", "from-2023-12-05"), ("to-2023-12-31", "from-2023-12-05"),
])
def test_a_period_knows_its_district_set(profile: Profile, name: str, version: str) -> None:
    assert boundary_version(parse_period_id(name), boundaries=profile.boundaries) == version


def test_an_open_year_has_no_district_set(profile: Profile) -> None:
    assert boundary_version(Period("XXXX-06-03", "XXXX-06-09"), boundaries=profile.boundaries) == ""
