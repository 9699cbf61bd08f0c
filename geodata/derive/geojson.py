"""Write and read features as GeoJSON (RFC 7946): EPSG:4326, right-handed rings, fixed decimals, one feature a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def write_features(path: Path, features: Iterable[tuple[dict[str, Any], BaseGeometry]], *, decimals: int = 5) -> None:
    """Write (properties, geometry) pairs in the order given."""
    lines = [
        json.dumps(
            {"type": "Feature", "properties": properties, "geometry": _geometry(shape, decimals=decimals)},
            ensure_ascii=False,
            separators=(",", ":"),
        )
        for properties, shape in features
    ]
    path.write_text('{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n", "utf-8")


def read_features(path: Path) -> dict[str, BaseGeometry]:
    """Return the geometries of a written file by code."""
    features = json.loads(path.read_text("utf-8"))["features"]
    return {str(feature["properties"]["code"]): shapely.geometry.shape(feature["geometry"]) for feature in features}


def _geometry(shape: BaseGeometry, *, decimals: int) -> dict[str, Any]:
    oriented = shapely.orient_polygons(shapely.normalize(shape), exterior_cw=False)
    geometry = mapping(oriented)
    return {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"], decimals=decimals)}


def _rounded(coordinates: float | tuple[Any, ...], *, decimals: int) -> float | list[Any]:
    if isinstance(coordinates, float):
        return round(coordinates, decimals)
    return [_rounded(part, decimals=decimals) for part in coordinates]
