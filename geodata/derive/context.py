"""Quiet context around Azerbaijan: the neighbouring countries and the Caspian Sea, clipped to a box."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geopandas as gpd
import shapely
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from pathlib import Path

BOX = (42.0, 37.0, 53.5, 43.5)  # west, south, east, north: wide enough for a landscape sheet
TOLERANCE = 0.02  # degrees, about two kilometres: context is drawn under the districts, without detail
SMALLEST = 0.003  # square degrees, about 30 km2: islands below are left out
# ISO 3166-1 numeric to alpha-2 codes of the countries that the box meets
COUNTRIES = {
    "051": "AM", "031": "AZ", "268": "GE", "364": "IR", "368": "IQ", "398": "KZ", "643": "RU", "760": "SY",
    "792": "TR", "795": "TM",
}  # fmt: skip


def features(topology: Path, *, districts: gpd.GeoSeries) -> list[tuple[dict[str, str], BaseGeometry]]:
    """Return the countries (kind ``country``) and the sea (kind ``sea``), to be drawn below the districts.

    Azerbaijan is among them, so that no seam shows between districts and neighbours of a coarser border.
    """
    frame = gpd.read_file(topology, layer="countries")[["id", "name", "geometry"]]
    box = shapely.box(*BOX)
    frame = frame[frame.intersects(box)]
    frame["geometry"] = [_polygons(shape.intersection(box)) for shape in frame.geometry.make_valid()]
    frame["geometry"] = shapely.coverage_simplify(frame.geometry.values, TOLERANCE)
    own = shapely.union_all(districts.values)
    countries = [
        ({"kind": "country", "code": COUNTRIES[row.id], "name_en": row.name}, _polygons(row.geometry))
        for row in frame.sort_values("id").itertuples()
    ]
    land = shapely.union_all([*frame.geometry, own.buffer(0.01)])
    sea = max(shapely.get_parts(box.difference(land)), key=_eastward)
    return [*countries, ({"kind": "sea", "code": "", "name_en": "Caspian Sea"}, sea)]


def _eastward(shape: BaseGeometry) -> float:
    """Rank the Caspian above the Black Sea: its middle lies farther east."""
    return float(shape.centroid.x) if shape.area > 1 else 0.0


def _polygons(shape: BaseGeometry) -> BaseGeometry:
    parts = [part for part in shapely.get_parts(shape) if part.geom_type == "Polygon" and part.area > SMALLEST]
    return shapely.MultiPolygon(parts) if len(parts) > 1 else parts[0]
