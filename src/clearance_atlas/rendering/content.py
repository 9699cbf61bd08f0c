"""What an atlas is made of: the records and frames that every page draws from, and which of them may be drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, Period, PeriodKind, PlaceScope
from clearance_atlas.observations.periods import is_dated, is_reversed

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date
    from decimal import Decimal
    from pathlib import Path

    import geopandas as gpd

    from clearance_atlas.config import Profile
    from clearance_atlas.model import Conflict, Document, Observation, Statement
    from clearance_atlas.places import Gazetteer

#: Measures that a page offers, in the order of its chooser. ``other`` mixes items of many kinds: only in the exports.
PAGE_MEASURES = (
    Measure.AREA_CLEARED, Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL, Measure.UXO,
    Measure.ORDNANCE_TOTAL, Measure.SUBMUNITIONS, Measure.AREA_SURVEYED, Measure.MINES_MAPPED,
    Measure.CASUALTIES, Measure.KILLED, Measure.INJURED,
)
#: Measures of land, shaded as hectares per 100 hectares of district.
AREA_MEASURES = frozenset({Measure.AREA_CLEARED, Measure.AREA_SURVEYED})
#: People are never shaded by district.
UNSHADED_MEASURES = frozenset({Measure.CASUALTIES, Measure.KILLED, Measure.INJURED})
#: Figures with one of these flags are no result, or only a part of one: they stand in the table, not on the map.
UNDRAWN_FLAGS = frozenset({Flag.PLANNED, Flag.ORDERED, Flag.SUBSET})
#: Kinds of period in the order of the chooser; days and other spans share one entry.
PERIOD_KINDS = (
    PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.HALF, PeriodKind.YEAR, PeriodKind.CUMULATIVE,
    PeriodKind.CUSTOM,
)


@dataclass(frozen=True, slots=True)
class AtlasContent:
    """Everything that goes into the pages of one atlas.

    Attributes
    ----------
    documents, statements, observations, conflicts
        The records of the earlier stages.
    districts
        One frame a boundary version, in the order of the profile, as :func:`clearance_atlas.districts.load_districts`
        returns it: indexed by code, columns ``name_en name_az name_ru area_km2 approximate geometry``, EPSG:4326.
    cutoff
        Data cut-off: the latest publication date among the documents. Given, never read from a clock.
    created
        Day on which the atlas was made, where its maker gives one; never read from a clock either.
    basemap
        Whether street tiles of OpenStreetMap lie behind the map; only then does a page load anything.
    context
        Quiet land around the country (EPSG:4326), or ``None``.
    language
        Language in which a page opens: ``en``, ``az`` or ``ru``.
    boundary_credit
        Producer and licence of the boundaries, in one line.
    pictures
        Where the pictures lie that were made with the pages, such as ``figures/year-2025-uxo.png``.
    leaflet_dir
        Folder with ``leaflet.js`` and ``leaflet.css`` to use in place of the installed XStatic-Leaflet.
    """

    documents: Sequence[Document]
    statements: Sequence[Statement]
    observations: Sequence[Observation]
    conflicts: Sequence[Conflict]
    gazetteer: Gazetteer
    districts: Mapping[str, gpd.GeoDataFrame]
    profile: Profile
    cutoff: date | None = None
    context: gpd.GeoDataFrame | None = None
    language: str = "en"
    boundary_credit: str = ""
    leaflet_dir: Path | None = None
    publisher: str = "Clearance Atlas"
    version: str = ""
    downloads: Mapping[str, str] = field(default_factory=dict)
    created: date | None = None
    basemap: bool = False
    pictures: Collection[str] = ()


def chooser_kind(kind: PeriodKind | None) -> PeriodKind:
    """Return the entry of the period chooser under which a kind of period is found."""
    return kind if kind in PERIOD_KINDS and kind is not None else PeriodKind.CUSTOM


def shown_value(observation: Observation) -> Decimal | None:
    """Return the figure in the unit of the page: hectares for land, else as published."""
    return observation.area_ha if observation.area_ha is not None else observation.value


def is_drawn(observation: Observation) -> bool:
    """Tell whether an observation may colour the map: it is placed, and counts no people."""
    return observation.measure not in UNSHADED_MEASURES and is_placed(observation)


def is_placed(observation: Observation) -> bool:
    """Tell whether an observation may stand on the map, people as a number on the outline of their district.

    Parts of a total (by operator, land use or subgroup), plans and orders may not, nor a figure whose days are not
    known or cannot be; a district of a district table may.
    """
    return (
        observation.place_scope is not PlaceScope.NATIONAL
        and bool(observation.place_codes)
        and observation.breakdown in {None, Breakdown.DISTRICT}
        and not UNDRAWN_FLAGS.intersection(observation.flags)
        and not observation.category
        and not observation.item
        and _can_be(observation.period.start, observation.period.end, observation.period.kind)
    )


@lru_cache(maxsize=1 << 12)
def _can_be(start: str | None, end: str | None, kind: PeriodKind | None) -> bool:
    period = Period(start, end, kind)
    return is_dated(period) and not is_reversed(period)


def drawn_codes(
    codes: Sequence[str], *, polygons: Collection[str], stable_units: Sequence[Sequence[str]],
) -> tuple[str, ...] | None:
    """Return the codes whose polygons together are the named places, or ``None`` where one has no polygon.

    A district that did not exist in a boundary version is covered where the rest of its stable unit is named too: the
    polygons of Aghdam, Kalbajar and Tartar of before December 2023 contain Aghdara.

    >>> units = [("AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA")]
    >>> old = {"AZ-AGM", "AZ-KAL", "AZ-TAR", "AZ-FUZ"}
    >>> drawn_codes(["AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA"], polygons=old, stable_units=units)
    ('AZ-AGM', 'AZ-KAL', 'AZ-TAR')
    >>> drawn_codes(["AZ-FUZ", "X-AZ-AGHDARA"], polygons=old, stable_units=units) is None
    True
    """
    found = {code for code in codes if code in polygons}
    for code in set(codes) - found:
        if not any(code in unit and set(unit) - {code} <= found for unit in stable_units):
            return None
    return tuple(sorted(found)) or None


def rate(value: Decimal | float, *, measure: Measure, area_km2: float) -> float:
    """Return the shade of a figure: hectares per 100 hectares, or items per 100 square kilometres.

    One square kilometre is 100 hectares, so that hectares per 100 hectares are hectares per square kilometre.

    >>> from decimal import Decimal
    >>> rate(Decimal("7956.1"), measure=Measure.AREA_CLEARED, area_km2=1150)
    6.918347826086957
    >>> rate(Decimal(23), measure=Measure.UXO, area_km2=1150)
    2.0
    """
    return float(value) / area_km2 * (1.0 if measure in AREA_MEASURES else 100.0)
