"""District polygons: the shipped sets with their days in force, or a file of the user's own."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import geopandas as gpd
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from clearance_atlas.config import BoundaryVersion, Profile
from clearance_atlas.districts.matching import match_codes, merge_parts, report_misplaced, report_overlaps
from clearance_atlas.districts.reading import Report, read_boundary_file
from clearance_atlas.districts.validation import CRS, validate_districts
from clearance_atlas.errors import BoundaryError, UnknownNameError
from clearance_atlas.model import Problem
from clearance_atlas.places import Gazetteer, load_gazetteer, official_area

_TRUE = frozenset({True, "true", "True", "1", "yes"})  # as formats without a type for truth write it


def load_districts(
    profile: Profile, *, version: str | None = None, on: date | None = None, boundaries: Path | None = None,
    code_column: str | None = None, gazetteer: Gazetteer | None = None, report: Report = lambda _: None,
) -> gpd.GeoDataFrame:
    """Load the districts of one boundary version.

    Parameters
    ----------
    profile
        Country profile.
    version
        Name of a boundary version of the profile.
    on
        Day whose borders are wanted, instead of ``version``; with neither, the latest version.
    boundaries
        File of the user's own to take the polygons from: GeoPackage, Shapefile, GeoJSON or GeoParquet in any CRS.
    code_column
        Column of that file with codes or names of districts; without it the column is found.
    gazetteer
        The profile's gazetteer, if it is loaded already.
    report
        Called with a :class:`clearance_atlas.model.Problem` for everything said about the user's file.

    Returns
    -------
    geopandas.GeoDataFrame
        Indexed by ``code`` in sorted order, EPSG:4326, with columns ``name_en``, ``name_az``, ``name_ru``,
        ``area_km2`` (official, in this version), ``approximate`` and ``geometry``. A file of the user's own may show
        borders of another day than the one wanted (no Aghdara, or Aghdara too early): then the districts concerned are
        marked approximate and have the official area of the land that is drawn.

    Raises
    ------
    UnknownNameError
        If the profile has no such version, or none for the day.
    BoundaryError
        If the file cannot be joined: the message names every fault.
    """
    places = gazetteer if gazetteer is not None else load_gazetteer(profile.gazetteer)
    if boundaries is not None:
        return _own_districts(boundaries, profile=profile, gazetteer=places, code_column=code_column,
                              day=_day(profile, version=version, on=on), report=report)
    wanted = boundary_version(profile, version=version, on=on)
    shapes, approximate = _shipped(wanted.path)
    days = dict.fromkeys(shapes, wanted.valid_to)
    districts = _frame(shapes, approximate=approximate, gazetteer=places, days=days, where=str(wanted.path))
    validate_districts(districts, where=str(wanted.path))
    return districts


def boundary_version(profile: Profile, *, version: str | None = None, on: date | None = None) -> BoundaryVersion:
    """Return the boundary version of a name or day; with neither, the latest.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    found = [entry for entry in profile.boundaries if version in {None, entry.version} and _in_force(entry, on)]
    if not found:
        known = ", ".join(entry.version for entry in profile.boundaries)
        raise UnknownNameError(version or str(on or profile.profile_id), "no such boundary version",
                               mend=f"there are: {known}" if known else "give a boundary file")
    return max(found, key=lambda entry: entry.valid_from or date.min)


def stable_unit(profile: Profile, code: str) -> tuple[str, ...]:
    """Return the districts that only compare together across boundary versions, or the district alone.

    Aghdara was cut out of Aghdam, Kalbajar and Tartar: the four together have kept their outer border.
    """
    return next((unit for unit in profile.stable_units if code in unit), (code,))


def load_lines(path: Path) -> gpd.GeoDataFrame:
    """Load a line or context layer that ships with the package: its properties and geometry in EPSG:4326."""
    features = _features(path)
    return gpd.GeoDataFrame(
        [feature["properties"] for feature in features],
        geometry=[shape(feature["geometry"]) for feature in features], crs=CRS,
    )


def _in_force(entry: BoundaryVersion, day: date | None) -> bool:
    return day is None or (entry.valid_from or date.min) <= day <= (entry.valid_to or date.max)


def _day(profile: Profile, *, version: str | None, on: date | None) -> date | None:
    """Return the day whose official areas are wanted: the last one of a version, ``None`` for today's borders."""
    if on is not None or version is None:
        return on
    return boundary_version(profile, version=version).valid_to


def _features(path: Path) -> list[dict[str, dict[str, Any]]]:
    try:
        features: list[dict[str, dict[str, Any]]] = json.loads(path.read_text("utf-8"))["features"]
    except (OSError, ValueError, KeyError) as error:
        raise BoundaryError(str(path), f"cannot be read: {error}", mend="install the package again") from error
    return features


def _shipped(path: Path) -> tuple[dict[str, BaseGeometry], frozenset[str]]:
    """Read a shipped set without GDAL, which takes longer to load than the polygons."""
    features = _features(path)
    shapes = {str(feature["properties"]["code"]): shape(feature["geometry"]) for feature in features}
    approximate = frozenset(str(each["properties"]["code"]) for each in features if each["properties"]["approximate"])
    return shapes, approximate


def _own_districts(
    path: Path, *, profile: Profile, gazetteer: Gazetteer, code_column: str | None, day: date | None, report: Report,
) -> gpd.GeoDataFrame:
    where = str(path)
    frame = read_boundary_file(path, report=report)
    matched = match_codes(frame, gazetteer=gazetteer, code_column=code_column, where=where, report=report)
    reference = _reference(profile, day=day)
    rows = gpd.GeoDataFrame({**matched, "approximate": _approximate(frame)}, geometry=frame.geometry, crs=CRS)
    merged = merge_parts(rows[rows["code"].notna()], reference=reference, where=where, report=report)
    _report_missing(merged.index, gazetteer=gazetteer, day=day, where=where, report=report)
    days = _days_drawn(merged.index, profile=profile, gazetteer=gazetteer, day=day)
    approximate = {*merged.index[merged["approximate"]], *(code for code, drawn in days.items() if drawn != day)}
    shapes = dict(merged.geometry.items())
    districts = _frame(shapes, approximate=frozenset(approximate), gazetteer=gazetteer, days=days, where=where)
    if reference is not None:
        report_misplaced(districts, reference=reference, where=where, report=report)
    report_overlaps(districts, where=where, report=report)
    validate_districts(districts, where=where)
    return districts


def _reference(profile: Profile, *, day: date | None) -> gpd.GeoSeries | None:
    """Return the shipped polygons of the day, if the profile has any: they know where a district is."""
    if not profile.boundaries:
        return None
    shapes, _ = _shipped(boundary_version(profile, on=day).path)
    return gpd.GeoSeries(shapes, crs=CRS)


def _approximate(frame: gpd.GeoDataFrame) -> list[bool]:
    column = next((name for name in ("approximate", "approx") if name in frame.columns), None)
    return [False] * len(frame) if column is None else [value in _TRUE for value in frame[column]]


def _report_missing(
    codes: Iterable[str], *, gazetteer: Gazetteer, day: date | None, where: str, report: Report,
) -> None:
    expected = {place.code: place.name_en for place in gazetteer.districts(on=day)}
    missing = sorted(set(expected) - set(codes))
    if 2 * len(missing) >= len(expected):
        raise BoundaryError(where, f"{len(missing)} of {len(expected)} districts are missing",
                            mend="give a file of the whole country, or another code column")
    if missing:
        names = ", ".join(expected[code] for code in missing)
        report(Problem(where, f"has no polygon for {names}", "figures for it alone cannot be drawn with this file"))
    for code in sorted(set(codes) - set(expected)):
        report(Problem(where, f"holds {gazetteer.place(code).name_en}, which did not exist on {day}",
                       "give a file of that time for maps of earlier periods", needs_person=False))


def _days_drawn(
    codes: Collection[str], *, profile: Profile, gazetteer: Gazetteer, day: date | None,
) -> dict[str, date | None]:
    """Return the day whose borders each polygon of a file shows, as far as the units in the file tell.

    A file without Aghdara has its parents with their borders of before, a file with it those of after. The official
    area must be that of the land drawn, or a group's rate would be one of less land than it colours.
    """
    days: dict[str, date | None] = dict.fromkeys(codes, day)
    for unit in profile.stable_units:
        for since in (gazetteer.place(code).valid_from for code in unit if gazetteer.place(code).valid_from):
            new = {code for code in unit if gazetteer.place(code).valid_from == since}
            shown = _shown(day, since=since, divided=new <= set(codes))
            days.update({code: shown for code in unit if code in days})
    return days


def _shown(day: date | None, *, since: date | None, divided: bool) -> date | None:
    """Return the day wanted, or the nearest one on the side of a change that the polygons are of."""
    if since is None or (day is None and divided):
        return day
    wanted = day or date.max
    return max(wanted, since) if divided else min(wanted, since - timedelta(days=1))


def _frame(
    shapes: Mapping[str, BaseGeometry], *, approximate: frozenset[str], gazetteer: Gazetteer,
    days: Mapping[str, date | None], where: str,
) -> gpd.GeoDataFrame:
    unknown = sorted(code for code in shapes if code not in gazetteer)
    if unknown:
        raise BoundaryError(where, f"codes that the gazetteer does not have: {', '.join(unknown)}",
                            mend="add them to the gazetteer")
    codes = sorted(shapes)
    places = [gazetteer.place(code) for code in codes]
    columns = {
        **{f"name_{each}": [gazetteer.name_in(code, each) for code in codes] for each in ("en", "az", "ru")},
        "area_km2": [official_area(place, on=days[place.code]) for place in places],
        "approximate": [code in approximate for code in codes],
    }
    frame = gpd.GeoDataFrame(columns, index=codes, geometry=[shapes[code] for code in codes], crs=CRS)
    frame["area_km2"] = frame["area_km2"].astype("float64")
    return frame.rename_axis("code")
