"""Rows of a boundary file to codes of the gazetteer: by code, or by name through its spellings."""

from __future__ import annotations

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from shapely.geometry.base import BaseGeometry

from clearance_atlas.districts.geometry import geodesic_area_km2
from clearance_atlas.districts.reading import Report
from clearance_atlas.errors import BoundaryError
from clearance_atlas.model import Problem
from clearance_atlas.places import Gazetteer

_FAR_DEGREES = 0.2  # about 20 km: generalised sets differ by a few kilometres, mislabelled ones by far more

_OVERLAP_KM2 = 1.0  # two digitisations of one border differ by less


def match_codes(
    frame: gpd.GeoDataFrame, *, gazetteer: Gazetteer, code_column: str | None, where: str, report: Report,
) -> pd.DataFrame:
    """Return ``code`` of every row, missing where its value is no known code or spelling, and that value as ``key``.

    Without ``code_column`` the column is taken in which most districts are recognised, and reported.

    Raises
    ------
    BoundaryError
        If the column does not exist (the message names those there are), or no column holds known codes or names.
    """
    columns = [str(column) for column in frame.columns if column != "geometry"]
    if code_column is not None and code_column not in columns:
        raise BoundaryError(where, f"has no column {code_column!r}", mend=f"there are: {', '.join(columns) or 'none'}")
    candidates = [code_column] if code_column is not None else columns
    matched = {column: _codes(frame[column], gazetteer=gazetteer) for column in candidates}
    best = max(matched, key=lambda column: matched[column].nunique(), default=None)
    if best is None or not matched[best].nunique():
        raise BoundaryError(where, f"no codes or district names in {', '.join(candidates) or 'any column'}",
                            mend="name the column that holds them")
    if code_column is None:
        report(Problem(where, f"joined by the column {best}", "name another one if this is wrong", needs_person=False))
    _report_unknown(frame[best], matched[best], gazetteer=gazetteer, where=where, report=report)
    return pd.DataFrame({"code": matched[best], "key": frame[best].astype(str)})


def merge_parts(
    frame: gpd.GeoDataFrame, *, reference: gpd.GeoSeries | None, where: str, report: Report,
) -> gpd.GeoDataFrame:
    """Return one row a code: rows of one code are merged where they are parts of one unit.

    They are where they do not overlap and each lies in the unit's place by ``reference`` (polygons by code), or where
    the file gives them different keys that the gazetteer counts together (a city and its district).

    Raises
    ------
    BoundaryError
        For codes whose rows are not parts of one unit.
    """
    counts = frame["code"].value_counts().sort_index()
    repeated = [str(code) for code in counts.index[counts > 1]]
    groups = {code: frame[frame["code"] == code] for code in repeated}
    refused = [code for code, rows in groups.items() if not _are_parts(rows, code=code, reference=reference)]
    if refused:
        raise BoundaryError(where, f"duplicate codes: {', '.join(refused)}", mend="keep one polygon a district")
    if repeated:
        report(Problem(where, f"parts of one district merged: {', '.join(repeated)}", needs_person=False))
    return frame.dissolve("code", aggfunc="first") if repeated else frame.set_index("code")


def report_misplaced(districts: gpd.GeoDataFrame, *, reference: gpd.GeoSeries, where: str, report: Report) -> None:
    """Report districts that lie far from where they are; refuse a file in which most of them do.

    Raises
    ------
    BoundaryError
        If more than half of the districts are out of place: axes swapped, or another country's file.
    """
    common = districts.index.intersection(reference.index)
    if common.empty:
        return
    apart = shapely.distance(districts.geometry.loc[common].values, reference.loc[common].values)
    misplaced = [str(code) for code in common[apart > _FAR_DEGREES]]
    if 2 * len(misplaced) > len(common):
        raise BoundaryError(where, f"{len(misplaced)} of {len(common)} districts lie outside of their places",
                            mend="check the CRS and the order of the axes")
    for code in misplaced:
        report(Problem(where, f"{code} lies far from where {districts.loc[code, 'name_en']} is",
                       "check whether the file labels another district with this code or name"))


def report_overlaps(districts: gpd.GeoDataFrame, *, where: str, report: Report) -> None:
    """Report pairs of districts that both claim more than a square kilometre, the largest first."""
    shapes = np.asarray(districts.geometry)
    first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b]
    claims = [(geodesic_area_km2(_land(shapely.intersection(shapes[a], shapes[b]))), a, b) for a, b in pairs]
    large = sorted((claim for claim in claims if claim[0] > _OVERLAP_KM2), reverse=True)
    if large:
        worst, a, b = large[0]
        report(Problem(where, f"{len(large)} pairs of districts overlap, most of all {districts.index[a]} and "
                              f"{districts.index[b]} ({worst:.1f} km2)", "look at their borders", needs_person=False))


def _land(geometry: BaseGeometry) -> BaseGeometry:
    """Return the polygons of an intersection, which may hold lines and points too."""
    return shapely.MultiPolygon([part for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"])


def _codes(values: pd.Series, *, gazetteer: Gazetteer) -> pd.Series:
    known = {value: _code(str(value), gazetteer=gazetteer) for value in values.dropna().unique()}
    return values.map(known).astype("object")


def _code(value: str, *, gazetteer: Gazetteer) -> str | None:
    key = value.strip()
    place = gazetteer.place(key) if key in gazetteer else gazetteer.resolve(key)
    if place is None or place.kind not in {"district", "city"}:
        return None
    return place.counted_as or place.code


def _report_unknown(
    values: pd.Series, codes: pd.Series, *, gazetteer: Gazetteer, where: str, report: Report,
) -> None:
    for value in sorted({str(value) for value in values[codes.isna()]}):
        near = gazetteer.suggest(value, limit=1)
        mend = f"did you mean {near[0]}?" if near else "nothing, if it is outside of the country"
        report(Problem(where, f"{value!r} is no code or name of a district and is left out", mend))


def _are_parts(rows: gpd.GeoDataFrame, *, code: str, reference: gpd.GeoSeries | None) -> bool:
    shapes: Sequence[shapely.Geometry] = list(rows.geometry)
    overlap = sum(shapely.area(shapes)) - shapely.union_all(shapes).area
    if overlap > 0.01 * min(shapely.area(shapes)):
        return False
    if reference is None or code not in reference.index:
        return bool(rows["key"].is_unique)
    return all(shapely.distance(shape, reference.loc[code]) == 0 and _mostly_there(shape, code, reference)
               for shape in shapes)


def _mostly_there(shape: shapely.Geometry, code: str, reference: gpd.GeoSeries) -> bool:
    """Tell whether no other district of the reference set holds more of a part than its own does."""
    shared = shapely.area(shapely.intersection(reference.values, shape))
    own = shared[reference.index.get_loc(code)]
    return bool(own >= shared.max())
