"""Shapes of districts and of groups of them: dissolving, points for labels, areas on the ellipsoid."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from itertools import combinations

import geopandas as gpd
import shapely
from pyproj import Geod
from shapely import affinity
from shapely.geometry import MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from clearance_atlas.errors import UnknownNameError

WGS84 = Geod(ellps="WGS84")
SEAM_DEGREES = 0.001  # about 100 m: borders digitised twice rarely lie farther apart
SLIVER_KM2 = 0.5  # smaller holes in a group are seams between its members, not land of somebody else


def dissolve(
    districts: gpd.GeoDataFrame, codes: Iterable[str], *, stable_units: Iterable[Collection[str]] = (),
) -> BaseGeometry:
    """Return the region of several districts as one polygon or multipolygon without inner borders.

    Members that share their borders exactly are merged as a coverage. Otherwise gaps up to about 100 m between two
    members are closed and holes below 0.5 km2 filled, so that no seam shows; a hole that is another district stays.

    Parameters
    ----------
    districts
        District frame in EPSG:4326, indexed by code.
    codes
        Members of the group; an order or a repetition does not matter.
    stable_units
        The profile's sets of districts with an unchanging outer border. A member without a polygon is no fault where
        the rest of its set is in the group and in the frame: in a set of before the change their polygons contain it.

    Raises
    ------
    UnknownNameError
        If a code is not in the frame, or none is given.
    """
    members = sorted(set(codes))
    unknown = [code for code in members if code not in districts.index]
    covered = _covered(unknown, members=members, stable_units=stable_units)
    members = [code for code in members if code not in covered]
    unknown = [code for code in unknown if code not in covered]
    if unknown or not members:
        raise UnknownNameError(", ".join(unknown) or "no codes", "no district polygon", mend="use codes of the frame")
    shapes: list[BaseGeometry] = list(districts.geometry.loc[members])
    if len(shapes) == 1:
        return shapes[0]
    if shapely.coverage_is_valid(shapes, gap_width=SEAM_DEGREES):
        return shapely.normalize(shapely.coverage_union_all(shapes))
    return shapely.normalize(_without_slivers(_without_seams(shapes)))


def label_point(geometry: BaseGeometry) -> Point:
    """Return a point well inside a region in EPSG:4326: the middle of its largest inscribed circle.

    Of several parts the largest is taken. Degrees of longitude are shortened to those of latitude first, so that the
    circle is one on the ground. The point is within about a hundredth of the region's size of the exact one.
    """
    part = max(shapely.get_parts(geometry), key=geodesic_area_km2)
    latitude = (part.bounds[1] + part.bounds[3]) / 2
    shrink = math.cos(math.radians(latitude))
    scaled = affinity.scale(part, xfact=shrink, yfact=1.0, origin=(0, 0))
    tolerance = math.sqrt(scaled.area) / 100
    centre = shapely.get_point(shapely.maximum_inscribed_circle(scaled, tolerance=tolerance), 0)
    return Point(centre.x / shrink, centre.y)


def geodesic_area_km2(geometry: BaseGeometry) -> float:
    """Return the area of a polygon or multipolygon in EPSG:4326 on the WGS 84 ellipsoid, in km2 (Karney 2013)."""
    area, _ = WGS84.geometry_area_perimeter(shapely.orient_polygons(geometry))
    return abs(area) / 1e6


def _covered(
    unknown: Collection[str], *, members: Collection[str], stable_units: Iterable[Collection[str]],
) -> frozenset[str]:
    """Return the members without a polygon that lie within the polygons of other members."""
    drawn = set(members) - set(unknown)
    return frozenset(code for unit in stable_units for code in unknown if code in unit and set(unit) - {code} <= drawn)


def _without_seams(shapes: list[BaseGeometry]) -> BaseGeometry:
    """Return the union with the narrow gaps between members closed, and its outer border as it was."""
    half = SEAM_DEGREES / 2
    union = shapely.union_all(shapes)
    closed = union.buffer(half, join_style="mitre").buffer(-half, join_style="mitre")
    grown = [shape.buffer(half, join_style="mitre") for shape in shapes]
    between = shapely.union_all([a.intersection(b) for a, b in combinations(grown, 2) if a.intersects(b)])
    return shapely.union_all([union, closed.intersection(between)])


def _without_slivers(geometry: BaseGeometry) -> BaseGeometry:
    parts = [
        Polygon(part.exterior, [ring for ring in part.interiors if geodesic_area_km2(Polygon(ring)) >= SLIVER_KM2])
        for part in shapely.get_parts(geometry) if part.geom_type == "Polygon"
    ]
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)
