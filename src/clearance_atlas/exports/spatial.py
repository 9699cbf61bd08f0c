"""Figures with the shape they belong to: a district's own polygon, or the dissolved polygon of a group."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from clearance_atlas.exports.frames import LIST_SEPARATOR, PUBLISHED_ONLY, observation_frame
from clearance_atlas.model import Measure
from clearance_atlas.rendering.content import rate

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas as gpd
    import pandas as pd

    from clearance_atlas.model import Basis, Document, Observation, Statement


def district_frame(observations: Iterable[Observation], districts: Mapping[str, gpd.GeoDataFrame], *,
                   statements: Iterable[Statement] = (), documents: Iterable[Document] = (),
                   basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> gpd.GeoDataFrame:
    """Return the figures published for one district each, with the district's polygon and rate.

    Parameters
    ----------
    observations, statements, documents, basis
        As for :func:`clearance_atlas.exports.frames.observation_frame`.
    districts
        District frames by boundary version, each indexed by code, in EPSG:4326.

    Returns
    -------
    geopandas.GeoDataFrame
        The columns of :func:`~clearance_atlas.exports.frames.observation_frame`, then ``area_km2`` (km², official,
        summed over the places), ``rate`` (hectares per 100 hectares of land, or items per 100 km²), ``approximate``
        (whether a border of it is drawn approximately) and ``geometry``; EPSG:4326. Joint and national figures are not
        in it. A place without a polygon has ``geometry`` ``None``.
    """
    frame = observation_frame(observations, statements, documents, basis=basis)
    return with_shapes(frame[frame["place_scope"] == "district"], districts)


def group_frame(observations: Iterable[Observation], districts: Mapping[str, gpd.GeoDataFrame], *,
                statements: Iterable[Statement] = (), documents: Iterable[Document] = (),
                basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> gpd.GeoDataFrame:
    """Return the figures published jointly for several districts, each with one dissolved polygon.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns as for :func:`district_frame`. One row a joint figure; no row speaks of a member alone.
    """
    frame = observation_frame(observations, statements, documents, basis=basis)
    return with_shapes(frame[frame["place_scope"] == "group"], districts)


def with_shapes(frame: pd.DataFrame, districts: Mapping[str, gpd.GeoDataFrame]) -> gpd.GeoDataFrame:
    """Add area, rate, approximateness and shape to the rows of an observation frame."""
    import geopandas as gpd  # noqa: PLC0415 - half a second that tables without shapes need not pay

    frame = frame.reset_index(drop=True)
    keys = list(zip(frame["boundary_version"].fillna(""), frame["place_codes"].fillna(""), strict=True))
    places = {key: _place(key[1], district_set(districts, version=key[0])) for key in dict.fromkeys(keys)}
    frame["area_km2"] = [places[key]["area_km2"] for key in keys]
    columns = ("value", "measure", "area_ha", "area_km2", "drawn")
    frame["rate"] = [shade(**dict(zip(columns, cells, strict=True)))
                     for cells in zip(*(frame[name] for name in columns), strict=True)]
    frame["approximate"] = [places[key]["approximate"] for key in keys]
    frame = frame.astype({"area_km2": "float64", "rate": "float64", "approximate": "bool"})
    return gpd.GeoDataFrame(frame, geometry=[places[key]["geometry"] for key in keys], crs="EPSG:4326")


def shade(*, value: float, measure: str, area_ha: float, area_km2: float | None, drawn: bool) -> float | None:
    """Return the rate that shades a figure (:func:`clearance_atlas.rendering.content.rate`), or ``None``.

    >>> shade(value=14016.7, measure="area_cleared", area_ha=14016.7, area_km2=1050.0, drawn=True)
    13.349238095238096
    >>> shade(value=2100, measure="uxo", area_ha=math.nan, area_km2=1050.0, drawn=True)
    200.0
    >>> shade(value=3, measure="killed", area_ha=math.nan, area_km2=1050.0, drawn=False) is None
    True
    """
    if not drawn or not area_km2 or math.isnan(value) or math.isnan(area_km2):
        return None
    return rate(value if math.isnan(area_ha) else area_ha, measure=Measure(measure), area_km2=area_km2)


def district_set(districts: Mapping[str, gpd.GeoDataFrame], *, version: str) -> gpd.GeoDataFrame | None:
    """Return the districts of a boundary version; with one set alone (a boundary file of the user's), that one."""
    if len(districts) == 1:
        return next(iter(districts.values()))
    return districts.get(version)


def _place(codes: str, frame: gpd.GeoDataFrame | None) -> dict[str, Any]:
    """Return area, approximateness and shape of the places named by ``codes``, empty if any of them has no polygon."""
    members = codes.split(LIST_SEPARATOR) if codes else []
    if frame is None or not members or not set(members) <= set(frame.index):
        return {"area_km2": None, "approximate": False, "geometry": None}
    rows = frame.loc[sorted(members)]
    shape = rows.geometry.iloc[0] if len(rows) == 1 else rows.geometry.union_all()
    return {"area_km2": float(rows["area_km2"].sum()), "approximate": bool(rows["approximate"].any()),
            "geometry": shape}
