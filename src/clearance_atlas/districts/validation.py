"""The one check of a district frame, which reports every fault at once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely

from clearance_atlas.errors import BoundaryError

CRS = "EPSG:4326"
COLUMNS = ("name_en", "name_az", "name_ru", "area_km2", "approximate", "geometry")
_POLYGONAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_LIMITS = ((-180.0, 180.0), (-90.0, 90.0))


def validate_districts(districts: gpd.GeoDataFrame, *, where: str = "districts") -> None:
    """Check a district frame.

    Parameters
    ----------
    districts
        Frame to check: indexed by ``code`` without duplicates, columns ``name_en``, ``name_az``, ``name_ru``,
        ``area_km2`` (official, km2, may be missing), ``approximate`` (bool) and ``geometry`` (valid polygons or
        multipolygons in EPSG:4326).
    where
        File or argument that the frame came from, for the message.

    Raises
    ------
    BoundaryError
        With every fault in one line.
    """
    faults = district_faults(districts)
    if faults:
        raise BoundaryError(where, " | ".join(faults), mend="correct the boundary file")


def district_faults(districts: gpd.GeoDataFrame) -> list[str]:
    """Return every fault of a district frame; empty when sound."""
    missing = [column for column in COLUMNS if column not in districts.columns]
    faults = [f"columns missing: {', '.join(missing)}"] if missing else []
    if districts.index.name != "code":
        faults.append(f"index is {districts.index.name!r}, not 'code'")
    duplicates = districts.index[districts.index.duplicated()].unique()
    if len(duplicates):
        faults.append(f"duplicate codes: {_some(duplicates)}")
    if "geometry" not in missing:
        faults += _geometry_faults(districts)
    return faults


def _geometry_faults(districts: gpd.GeoDataFrame) -> list[str]:
    shapes, codes = np.asarray(districts.geometry), districts.index
    faults = [] if districts.crs == CRS else [f"CRS is {districts.crs}, not {CRS}"]
    absent = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    polygonal = absent | np.isin(shapely.get_type_id(shapes), _POLYGONAL)
    for wrong, what in (
        (absent, "no geometry"),
        (~polygonal, "not polygons"),
        (~absent & ~shapely.is_valid(shapes), "invalid polygons"),
        (~absent & _outside(shapes), "coordinates that are no degrees"),
    ):
        if wrong.any():
            faults.append(f"{what}: {_some(codes[wrong])}")
    return faults


def _outside(shapes: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    west, south, east, north = shapely.bounds(shapes).T
    (low_x, high_x), (low_y, high_y) = _LIMITS
    result: np.ndarray[Any, Any] = (west < low_x) | (east > high_x) | (south < low_y) | (north > high_y)
    return result


def _some(codes: Iterable[str], *, limit: int = 5) -> str:
    """Name the first few, and say how many there are."""
    names = [str(code) for code in codes]
    more = f" and {len(names) - limit} more" if len(names) > limit else ""
    return ", ".join(names[:limit]) + more
