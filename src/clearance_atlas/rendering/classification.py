"""Class breaks: one readable set for each measure and kind of period, over the whole archive.

Quantiles of the pooled rates, as ``mapclassify.Pooled`` takes them (Rey and Anselin, PySAL mapclassify, pooling), so
that a colour means the same in every week. They are computed by NumPy, because importing mapclassify alone takes as
long as the whole build; the tests hold the two side by side. The breaks are then rounded to 1, 1.5, 2, 3, 5 or 7 times
a power of ten: a legend is read, not computed with.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np

from clearance_atlas.rendering.content import chooser_kind, drawn_codes, is_drawn, rate, shown_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd

    from clearance_atlas.model import Measure, Observation, PeriodKind

CLASS_COUNT = 5
READABLE = (1.0, 1.5, 2.0, 3.0, 5.0, 7.0, 10.0)


def pooled_quantiles(rates: Sequence[float], *, count: int = CLASS_COUNT) -> list[float]:
    """Return the upper bounds of all classes but the last: quantiles of the pooled positive rates.

    >>> pooled_quantiles([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
    [3.0, 5.0, 7.0, 9.0]
    """
    positive = [value for value in rates if value > 0]
    if not positive:
        return []
    return [float(value) for value in np.quantile(positive, [step / count for step in range(1, count)])]


def readable(value: float) -> float:
    """Return the nearest of 1, 1.5, 2, 3, 5, 7 times a power of ten, by ratio.

    >>> [readable(value) for value in (0.0871, 0.42, 3.9, 128, 1699)]
    [0.1, 0.5, 5.0, 150.0, 1500.0]
    """
    exponent = math.floor(math.log10(value))
    near = min(READABLE, key=lambda step: (abs(math.log(value / 10.0**exponent / step)), step))
    return float(f"{near}e{exponent}")


def readable_breaks(rates: Sequence[float]) -> tuple[float, ...]:
    """Return the inner class breaks of some rates, rounded, rising, each with a rate on both sides.

    Fewer than five classes come out where the rates do not carry five; none where there is no positive rate.
    A rate equal to a break belongs to the class above it.

    >>> readable_breaks([0.0, 0.0])
    ()
    >>> readable_breaks([0.02, 0.05, 0.11, 0.35, 0.4, 1.3, 900])
    (0.07, 0.3, 1.0)
    """
    positive = sorted(value for value in rates if value > 0)
    breaks = sorted({readable(value) for value in pooled_quantiles(positive)})
    kept: list[float] = []
    for position, value in enumerate(breaks):
        below = kept[-1] if kept else 0.0
        above = breaks[position + 1] if position + 1 < len(breaks) else math.inf
        if any(below <= item < value for item in positive) and any(value <= item < above for item in positive):
            kept.append(value)
    return tuple(kept)


def class_of(value: float, *, breaks: Sequence[float]) -> int:
    """Return the class of a positive rate, 0 being the lowest.

    >>> [class_of(value, breaks=(0.5, 1.0)) for value in (0.1, 0.5, 0.7, 3.0)]
    [0, 1, 1, 2]
    """
    return sum(value >= bound for bound in breaks)


def observation_rate(
    observation: Observation, *, districts: gpd.GeoDataFrame | None, stable_units: Sequence[Sequence[str]] = (),
) -> float | None:
    """Return the rate that shades an observation, over the official area of its place or of its whole group.

    ``None`` where a value, a polygon or an official area is missing.
    """
    areas = {} if districts is None else districts["area_km2"].to_dict()
    return _rate(observation, areas=areas, stable_units=stable_units)


def pooled_breaks(
    observations: Iterable[Observation], *, districts: Mapping[str, gpd.GeoDataFrame],
    stable_units: Sequence[Sequence[str]] = (),
) -> dict[tuple[Measure, PeriodKind], tuple[float, ...]]:
    """Return the class breaks for each measure and chooser kind, pooled over every period of the archive.

    District figures and joint totals are pooled together, each as its own rate.
    """
    areas = {version: frame["area_km2"].to_dict() for version, frame in districts.items()}
    rates: dict[tuple[Measure, PeriodKind], list[float]] = defaultdict(list)
    for observation in observations:
        if is_drawn(observation):
            known = areas.get(observation.boundary_version, {})
            value = _rate(observation, areas=known, stable_units=stable_units)
            if value is not None:
                rates[observation.measure, chooser_kind(observation.period.kind)].append(value)
    return {key: readable_breaks(values) for key, values in rates.items()}


def _rate(
    observation: Observation, *, areas: Mapping[str, float], stable_units: Sequence[Sequence[str]],
) -> float | None:
    value = shown_value(observation)
    codes = drawn_codes(observation.place_codes, polygons=areas, stable_units=stable_units)
    if value is None or codes is None:
        return None
    area = sum(areas[code] for code in codes)
    return rate(value, measure=observation.measure, area_km2=area) if area > 0 else None
