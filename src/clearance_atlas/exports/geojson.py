"""Figures with their shapes as GeoJSON (RFC 7946): longitude first, right-hand rule, no ``crs`` member."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from clearance_atlas.exports.tables import missing

if TYPE_CHECKING:
    import geopandas as gpd

DIGITS = 7  # a centimetre; RFC 7946, section 11.2, advises no more


def to_geojson(*frames: gpd.GeoDataFrame, title: str = "", digits: int = DIGITS) -> bytes:
    """Return frames as one FeatureCollection, rows in their order, one feature a line.

    Parameters
    ----------
    frames
        In EPSG:4326, or any CRS that can be brought to it. Rows without a shape get ``"geometry": null``.
    title
        Written as a foreign member (RFC 7946, section 6.1).
    digits
        Decimals of the coordinates, at most 7.

    Raises
    ------
    ValueError
        If ``digits`` is more than 7.
    """
    if digits > DIGITS:
        raise ValueError(f"digits: {digits} is finer than a centimetre; use at most {DIGITS}")
    features = [line for frame in frames for line in _features(frame, digits=digits)]
    head = {"type": "FeatureCollection", **({"title": title} if title else {}), "bbox": _bbox(frames, digits=digits)}
    text = _json({name: value for name, value in head.items() if value})
    return (text[:-1] + ', "features": [\n' + ",\n".join(features) + "\n]}\n").encode("utf-8", "replace")


def _features(frame: gpd.GeoDataFrame, *, digits: int) -> list[str]:
    import shapely  # noqa: PLC0415 - tables without shapes need not load it

    shapes = _lon_lat(frame).geometry.to_numpy()
    written: dict[bytes | None, str] = {}  # figures of one district or group share its shape
    texts = []
    for shape, key in zip(shapes, shapely.to_wkb(shapes), strict=True):
        if key not in written:
            written[key] = _json(_geometry(shape, digits=digits))
        texts.append(written[key])
    rows = frame.drop(columns=frame.geometry.name).to_dict("records")
    return [f'{{"type": "Feature", "geometry": {text}, "properties": '
            + _json({str(name): _plain(value) for name, value in row.items()}) + "}"
            for text, row in zip(texts, rows, strict=True)]


def _geometry(shape: Any, *, digits: int) -> dict[str, Any] | None:  # noqa: ANN401 - shapely publishes no types here
    import shapely  # noqa: PLC0415 - tables without shapes need not load it

    if shape is None or shape.is_empty:
        return None
    mapped = shapely.geometry.mapping(shapely.orient_polygons(shape, exterior_cw=False))
    return {"type": mapped["type"], "coordinates": _rounded(mapped["coordinates"], digits=digits)}


def _rounded(coordinates: Any, *, digits: int) -> Any:  # noqa: ANN401 - nested to any depth
    if isinstance(coordinates, (int, float)):
        return round(float(coordinates), digits)
    return [_rounded(part, digits=digits) for part in coordinates]


def _bbox(frames: tuple[gpd.GeoDataFrame, ...], *, digits: int) -> list[float] | None:
    bounds = [_lon_lat(frame).total_bounds for frame in frames if len(frame) and frame.geometry.notna().any()]
    if not bounds:
        return None
    west, south = (min(float(box[side]) for box in bounds) for side in (0, 1))
    east, north = (max(float(box[side]) for box in bounds) for side in (2, 3))
    return [round(side, digits) for side in (west, south, east, north)]


def _lon_lat(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return frame if frame.crs is None or frame.crs.to_epsg() == 4326 else frame.to_crs(4326)  # noqa: PLR2004 - WGS 84


def _plain(value: Any) -> Any:  # noqa: ANN401 - whatever a frame holds
    if missing(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _json(record: dict[str, Any] | None) -> str:
    return json.dumps(record, ensure_ascii=False, allow_nan=False)
