"""An approximate Aghdara district, cut out of its three parents. No open source has its border.

The lines were drawn between the villages that Law 1043-VIQ of 5 December 2023 moves and those that it leaves, and are
slid east or west until the areas cut off equal the published ones. They are no legal boundary.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely
from pyproj import Geod
from shapely.affinity import translate
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

if TYPE_CHECKING:
    from collections.abc import Mapping

CODE = "X-AZ-AGHDARA"
GRID = 1e-5
WGS84 = Geod(ellps="WGS84")
FAR_WEST, FAR_EAST = 40.0, 54.0


Shapes = dict[str, BaseGeometry]


@dataclass(frozen=True, slots=True)
class Cut:
    """A line from north to south through a parent (degrees), the side that leaves, and the published area in km2."""

    line: tuple[tuple[float, float], ...]
    west_leaves: bool
    area_km2: float


CUTS = {
    "AZ-TAR": Cut(
        ((46.78, 40.62), (46.795, 40.42), (46.855, 40.375), (46.90, 40.335), (46.905, 40.29), (46.945, 40.268),
         (46.992, 40.262), (47.005, 40.24), (47.005, 39.70)),
        west_leaves=True, area_km2=851.25,
    ),
    "AZ-KAL": Cut(
        ((46.375, 40.45), (46.375, 40.178), (46.30, 40.165), (46.285, 40.13), (46.29, 40.10), (46.345, 40.062),
         (46.415, 40.058), (46.425, 40.02), (46.44, 39.98), (46.45, 39.80)),
        west_leaves=False, area_km2=735.84,
    ),
    "AZ-AGM": Cut(
        ((46.80, 40.40), (46.79, 40.095), (46.765, 40.085), (46.762, 40.04), (46.74, 39.70)),
        west_leaves=True, area_km2=73.74,
    ),
}  # fmt: skip
TOUCHED = frozenset({CODE, *CUTS})


def split(districts: Mapping[str, BaseGeometry]) -> tuple[Shapes, Shapes, dict[str, float]]:
    """Return the districts with Aghdara, the new lines by parent, and by how many degrees each line was slid."""
    shapes = dict(districts.items())
    parts, lines, slides = [], {}, {}
    for code, cut in CUTS.items():
        slide = _slide(shapes[code], cut=cut)
        mask = _mask(cut, slide=slide)
        part = shapely.intersection(shapes[code], mask, grid_size=GRID)
        rest = shapely.difference(shapes[code], mask, grid_size=GRID)
        parts.append(part)
        lines[code] = shapely.line_merge(shapely.intersection(part.boundary, rest.boundary))
        shapes[code], slides[code] = rest, slide
    shapes[CODE] = shapely.union_all(parts, grid_size=GRID)
    return _noded(shapes, lines=lines), lines, slides


def geodesic_km2(shape: BaseGeometry) -> float:
    """Return the area of a polygon on the WGS 84 ellipsoid in km2."""
    return abs(WGS84.geometry_area_perimeter(shapely.orient_polygons(shape))[0]) / 1e6


def _slide(parent: BaseGeometry, *, cut: Cut) -> float:
    """Return the eastward shift in degrees at which the published area is cut off, by bisection."""
    low, high = -0.3, 0.3
    for _ in range(50):
        middle = (low + high) / 2
        too_small = geodesic_km2(parent.intersection(_mask(cut, slide=middle))) < cut.area_km2
        if too_small == cut.west_leaves:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _mask(cut: Cut, *, slide: float) -> Polygon:
    line = translate(LineString(cut.line), slide, 0).coords
    far = FAR_WEST if cut.west_leaves else FAR_EAST
    return Polygon([*line, (far, line[-1][1]), (far, line[0][1])])


def _noded(shapes: Shapes, *, lines: Shapes) -> Shapes:
    """Give neighbours the end points of the new lines as vertices, so that borders stay shared to the last digit."""
    ends = shapely.union_all([line.boundary for line in lines.values()])
    return {code: shapely.snap(shape, ends, 2 * GRID) for code, shape in shapes.items()}
