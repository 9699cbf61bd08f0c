"""Estimates of how a joint total falls on its districts: only where someone asks, never by default.

With the same districts named week after week the split cannot be found from the bulletins themselves. Two methods:

``areal``
    by the official area of each district (areal weighting; Goodchild and Lam 1980, *Geo-Processing* 1:297-312);
``anchored``
    by the shares of the yearly table by district nearest in time, of the same boundary version.

Each estimate carries the method of bounds (Duncan and Davis 1953, *American Sociological Review* 18:665-666): no
district can have more than the joint total or, within the year of a table, more than the table gives it, and none
less than what the others cannot take. How wrong a method is, `backtest` measures on a published table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from clearance_atlas.errors import InputError, UnknownNameError
from clearance_atlas.model import Basis, Breakdown, Measure, Observation, PeriodKind, PlaceScope, Qualifier
from clearance_atlas.observations.periods import contains, parse_day
from clearance_atlas.observations.reconciliation import is_total
from clearance_atlas.places import official_area

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from clearance_atlas.config import BoundaryVersion
    from clearance_atlas.places import Place

SIGNIFICANT = Decimal("0.1")  # hectares are published to a tenth


class Method(StrEnum):
    """How a joint total is spread over its districts."""

    AREAL = "areal"
    ANCHORED = "anchored"


@dataclass(frozen=True, slots=True)
class Estimate:
    """An estimated observation of one district, and the bounds that hold whatever the split."""

    observation: Observation
    low: Decimal
    high: Decimal
    method: Method


@dataclass(frozen=True, slots=True)
class Table:
    """A published table by district: values by code, for one year and boundary version."""

    period_id: str
    measure: Measure
    boundary_version: str
    rows: Mapping[str, Decimal]
    observation: Observation


def method_named(name: str) -> Method:
    """Return the method of a name.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    try:
        return Method(name)
    except ValueError as error:
        raise UnknownNameError(name, "no such method of estimation", mend=f"methods: {', '.join(Method)}") from error


def official_areas(
    places: Iterable[Place], *, boundaries: Iterable[BoundaryVersion]
) -> dict[str, dict[str, Decimal]]:
    """Return the official areas of districts, in square kilometres, for each boundary version."""
    known = list(places)
    found: dict[str, dict[str, Decimal]] = {}
    for version in boundaries:
        areas = {one.code: official_area(one, on=version.valid_to) for one in known}
        found[version.version] = {code: Decimal(str(area)) for code, area in areas.items() if area is not None}
    return found


def tables_by_district(observations: Iterable[Observation]) -> tuple[Table, ...]:
    """Return the yearly tables by district among observations, by year."""
    rows: dict[tuple[str, Measure], dict[str, Observation]] = {}
    for one in observations:
        named = one.breakdown is Breakdown.DISTRICT and len(one.place_codes) == 1 and one.value is not None
        if named and one.period.kind is PeriodKind.YEAR:
            rows.setdefault((one.period_id, one.measure), {})[one.place_codes[0]] = one
    return tuple(
        Table(period, measure, next(iter(found.values())).boundary_version,
              {code: one.value or Decimal(0) for code, one in sorted(found.items())}, next(iter(found.values())))
        for (period, measure), found in sorted(rows.items())
    )


def spread(total: Decimal, *, codes: Iterable[str], weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Spread a total over districts in proportion to weights; the parts sum to the total.

    Raises
    ------
    InputError
        If a district has no weight, or all weights are zero.
    """
    wanted = sorted(codes)
    missing = [code for code in wanted if code not in weights]
    whole = sum((weights[code] for code in wanted if code in weights), Decimal(0))
    if missing or whole <= 0:
        raise InputError(", ".join(missing or wanted), "has no weight to share a total by",
                         mend="give the district's area, or choose another method")
    return {code: total * weights[code] / whole for code in wanted}


def bounds(total: Decimal, *, ceilings: Mapping[str, Decimal | None]) -> dict[str, tuple[Decimal, Decimal]]:
    """Return the least and most that each district can have of a joint total.

    ``ceilings`` gives the most known from elsewhere for each district, ``None`` where nothing is known.

    >>> bounds(Decimal(100), ceilings={"a": Decimal(30), "b": Decimal(90)})["b"]
    (Decimal('70'), Decimal('90'))
    """
    tops = {code: total if top is None else min(total, top) for code, top in ceilings.items()}
    everything = sum(tops.values(), Decimal(0))
    return {code: (max(Decimal(0), total - (everything - top)), top) for code, top in tops.items()}


def estimate(
    observations: Iterable[Observation], *, method: Method, areas: Mapping[str, Mapping[str, Decimal]]
) -> tuple[Estimate, ...]:
    """Estimate the districts of every joint total of area cleared.

    Parameters
    ----------
    observations
        All observations; only published joint totals are spread.
    method
        How.
    areas
        For each boundary version, the official area of each district, in square kilometres.

    Returns
    -------
    tuple of Estimate
        With ``anchored``, nothing for totals whose boundary version has no yearly table, or whose districts the
        table does not name. Estimates have ``basis`` ``estimated`` and support no other figure.
    """
    known = list(observations)
    tables = [one for one in tables_by_district(known) if one.measure is Measure.AREA_CLEARED]
    found: list[Estimate] = []
    for one in known:
        joint = one.place_scope is PlaceScope.GROUP and one.basis is Basis.PUBLISHED and is_total(one)
        if not joint or one.measure is not Measure.AREA_CLEARED or one.breakdown is not None:
            continue
        table = _nearest(tables, one)
        weights = areas.get(one.boundary_version, {}) if method is Method.AREAL else table.rows if table else {}
        if one.value is not None and set(one.place_codes) <= set(weights) and len(one.place_codes) == len(one.places):
            found += _estimates(one, method=method, weights=weights, tables=tables)
    return tuple(found)


def _nearest(tables: Iterable[Table], one: Observation) -> Table | None:
    end = parse_day(one.period.end)
    fitting = [table for table in tables if table.boundary_version == one.boundary_version]
    if end is None or not fitting:
        return None
    return min(fitting, key=lambda table: (abs(((parse_day(table.observation.period.end) or end) - end).days),
                                           table.period_id))


def _estimates(
    one: Observation, *, method: Method, weights: Mapping[str, Decimal], tables: Iterable[Table]
) -> list[Estimate]:
    total = one.value or Decimal(0)
    within = [table for table in tables if table.boundary_version == one.boundary_version
              and contains(table.observation.period, one.period)]
    ceilings = {code: min((table.rows[code] for table in within if code in table.rows), default=None)
                for code in one.place_codes}
    limits = bounds(total, ceilings=ceilings)
    names = dict(zip(one.place_codes, one.places, strict=True))
    return [
        Estimate(_estimated(one, code=code, name=names[code], value=value, method=method), *limits[code], method)
        for code, value in spread(total, codes=one.place_codes, weights=weights).items()
    ]


def _estimated(one: Observation, *, code: str, name: str, value: Decimal, method: Method) -> Observation:
    rounded = value.quantize(SIGNIFICANT)
    return replace(
        one, observation_id=f"estimate-{method}/{one.observation_id}/{code}", value=rounded, area_ha=rounded,
        qualifier=Qualifier.ABOUT, place_scope=PlaceScope.DISTRICT, places=(name,), place_codes=(code,),
        basis=Basis.ESTIMATED, supporting=one.supporting, differing=(), conflict_id=None,
        notes=(f"ESTIMATE ({method}): a share of {one.value:,} ha reported jointly for {len(one.places)} districts",),
    )


def backtest(truth: Mapping[str, Decimal], *, weights: Mapping[str, Decimal]) -> Decimal:
    """Return the share of a total that a method puts into the wrong district, measured on a published table.

    Half the sum of absolute differences over the total, over the districts that both know: 0 is perfect.

    Examples
    --------
    >>> backtest({"a": Decimal(60), "b": Decimal(40)}, weights={"a": Decimal(1), "b": Decimal(1)})
    Decimal('0.1')
    """
    codes = sorted(set(truth) & set(weights))
    total = sum((truth[code] for code in codes), Decimal(0))
    guessed = spread(total, codes=codes, weights=weights)
    return sum((abs(guessed[code] - truth[code]) for code in codes), Decimal(0)) / (2 * total)


def measured_errors(
    observations: Iterable[Observation], *, method: Method, areas: Mapping[str, Mapping[str, Decimal]],
    stable_units: Iterable[frozenset[str]] = (),
) -> dict[str, Decimal]:
    """Return the backtest error of a method on each yearly table of area cleared, by the table's period.

    Parameters
    ----------
    observations
        All observations; their tables by district are the truth.
    method
        ``areal`` is tested with the areas of the table's own boundary version, ``anchored`` with the shares of the
        nearest other table.
    areas
        For each boundary version, the official area of each district, in square kilometres.
    stable_units
        Sets of districts that compare across boundary versions only together.
    """
    tables = [one for one in tables_by_district(observations) if one.measure is Measure.AREA_CLEARED]
    units = list(stable_units)
    errors = {}
    for table in tables:
        if method is Method.AREAL:
            weights = areas.get(table.boundary_version, {})
            if set(table.rows) <= set(weights):
                errors[table.period_id] = backtest(table.rows, weights=weights)
            continue
        others = [one for one in tables if one is not table]
        if others:
            other = min(others, key=lambda one: (abs(int(one.period_id[5:]) - int(table.period_id[5:])),
                                                 one.period_id))
            errors[table.period_id] = backtest(_on_units(table.rows, units), weights=_on_units(other.rows, units))
    return errors


def _on_units(rows: Mapping[str, Decimal], units: Iterable[frozenset[str]]) -> dict[str, Decimal]:
    found = dict(rows)
    for unit in units:
        inside = [code for code in sorted(unit) if code in found]
        if inside:
            found["+".join(sorted(unit))] = sum((found.pop(code) for code in inside), Decimal(0))
    return found
