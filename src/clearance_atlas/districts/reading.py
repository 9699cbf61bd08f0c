"""Boundary files of any kind, brought to valid polygons in EPSG:4326."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from clearance_atlas.districts.validation import CRS
from clearance_atlas.errors import BoundaryError
from clearance_atlas.model import Problem

Report = Callable[[Problem], object]
_PARQUET = frozenset({".parquet", ".geoparquet", ".pq"})


def read_boundary_file(path: Path, *, report: Report) -> gpd.GeoDataFrame:
    """Read polygons with their columns from a GeoPackage, Shapefile, GeoJSON, GeoParquet or other GDAL vector file.

    Returns
    -------
    geopandas.GeoDataFrame
        The file's columns, valid polygons in EPSG:4326, rows numbered as in the file (from 1).

    Raises
    ------
    BoundaryError
        If the file is missing, unreadable, empty, without a CRS, or holds no polygons or coordinates that are no
        degrees after reprojection.
    """
    frame = _read(path, report=report)
    if not isinstance(frame, gpd.GeoDataFrame):
        raise BoundaryError(str(path), "holds a table without polygons", mend="give a file with one polygon a district")
    if frame.empty:
        raise BoundaryError(str(path), "holds no features", mend="give a file with one polygon a district")
    # older GDAL gives a GeoPackage's "undefined" a name instead of none
    if frame.crs is None or frame.crs.name.startswith("Undefined"):
        raise BoundaryError(str(path), "states no CRS", mend="add it (a Shapefile's .prj file), or save as GeoPackage")
    frame = frame.set_axis(range(1, len(frame) + 1)).to_crs(CRS)
    frame = frame.set_geometry(frame.geometry.force_2d())
    if frame.geometry.name != "geometry":
        frame = frame.drop(columns="geometry", errors="ignore").rename_geometry("geometry")
    _check_polygons(frame, path=path)
    return _repaired(frame, path=path, report=report)


def _read(path: Path, *, report: Report) -> gpd.GeoDataFrame | pd.DataFrame:
    if not path.exists():
        raise BoundaryError(str(path), "no such file", mend="check the path")
    try:
        if path.suffix.lower() in _PARQUET:
            return gpd.read_parquet(path)
        return gpd.read_file(path, layer=_layer(path, report=report))
    # the readers raise what their libraries raise: pyogrio, pyarrow, OS and value errors
    except Exception as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
        raise BoundaryError(str(path), f"cannot be read: {reason}",
                            mend="give a GeoPackage, Shapefile, GeoJSON or GeoParquet file") from error


def _layer(path: Path, *, report: Report) -> str:
    """Return the first layer with polygons, and say so where there are several layers."""
    import pyogrio  # noqa: PLC0415  # only own files need GDAL, and it is slow to load

    layers = pyogrio.list_layers(path)
    polygonal = [str(name) for name, kind in layers if kind and "Polygon" in kind] or [str(layers[0][0])]
    if len(layers) > 1:
        report(Problem(str(path), f"has {len(layers)} layers; {polygonal[0]} is used",
                       "save the layer wanted as a file of its own if this is not it", needs_person=False))
    return polygonal[0]


def _check_polygons(frame: gpd.GeoDataFrame, *, path: Path) -> None:
    shapes = frame.geometry
    faults = []
    absent = shapes.isna() | shapes.is_empty
    wrong = ~absent & ~shapes.geom_type.isin(["Polygon", "MultiPolygon"])
    bounds = shapes.bounds
    outside = (bounds.minx < -180) | (bounds.maxx > 180) | (bounds.miny < -90) | (bounds.maxy > 90)  # noqa: PLR2004  # degrees
    infinite = ~absent & ~bounds.abs().max(axis=1).lt(float("inf"))
    for rows, what in ((absent, "without geometry"), (wrong, "that are no polygons"),
                       (outside | infinite, "whose coordinates do not fit the CRS stated")):
        if rows.any():
            faults.append(f"{int(rows.sum())} features {what} (first: feature {rows.idxmax()})")
    if faults:
        raise BoundaryError(str(path), " | ".join(faults), mend="correct these features or the CRS")


def _repaired(frame: gpd.GeoDataFrame, *, path: Path, report: Report) -> gpd.GeoDataFrame:
    invalid = ~frame.geometry.is_valid
    if not invalid.any():
        return frame
    reasons = frame.geometry[invalid].is_valid_reason()
    repaired = shapely.make_valid(frame.geometry.values, method="structure", keep_collapsed=False)
    frame = frame.set_geometry(gpd.GeoSeries([_polygonal(shape) for shape in repaired], frame.index, crs=CRS))
    first = str(reasons.iloc[0]).split("[", maxsplit=1)[0]
    report(Problem(str(path), f"{int(invalid.sum())} invalid polygons repaired (first: feature {invalid.idxmax()}, "
                              f"{first})", "look at them, and repair the file", needs_person=False))
    return frame


def _polygonal(shape: shapely.Geometry) -> shapely.Geometry:
    """Return the polygons of a repaired geometry; lines and points that repairing leaves over are no land."""
    parts = [part for piece in shapely.get_parts(shape) for part in shapely.get_parts(piece)
             if part.geom_type == "Polygon"]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
