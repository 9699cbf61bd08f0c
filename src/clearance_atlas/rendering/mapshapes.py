"""District shapes ready for matplotlib: projected once, simplified below what print can show, kept as paths.

The projection is Lambert's azimuthal equal-area, centred on the country to the degree: a choropleth compares areas.
Coordinates are kilometres from that centre.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pyproj
import shapely
from matplotlib.path import Path

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd
    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    from clearance_atlas.rendering.labelling import Placed

SIMPLIFICATION_KM = 0.15
"""Bends smaller than this go: a tenth of a millimetre at 1 : 1,500,000."""

Extent = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Projection:
    """Equal-area projection centred on whole degrees."""

    latitude: int
    longitude: int
    transformer: pyproj.Transformer = field(repr=False, compare=False)

    def __call__(self, shapes: Any) -> Any:  # noqa: ANN401 - shapely publishes no array types
        """Return shapes in EPSG:4326 as shapes in kilometres."""
        return shapely.transform(shapes, self._project)

    def _project(self, coordinates: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = self.transformer.transform(coordinates[:, 0], coordinates[:, 1])
        return np.column_stack([east, north])


def projection_for(districts: gpd.GeoDataFrame) -> Projection:
    """Return the projection of a set of districts, centred on the middle of their extent."""
    west, south, east, north = districts.total_bounds
    latitude, longitude = round((south + north) / 2), round((west + east) / 2)
    crs = f"+proj=laea +lat_0={latitude} +lon_0={longitude} +datum=WGS84 +units=km"
    return Projection(latitude, longitude, pyproj.Transformer.from_crs("EPSG:4326", crs, always_xy=True))


@dataclass
class MapShapes:
    """The shapes of one boundary version, by code, and what lies around them.

    Attributes
    ----------
    polygons
        Projected polygons by code, in kilometres.
    approximate
        Lines of borders that are drawn approximately.
    context
        Neighbouring land and water: kind (``country`` or ``sea``), ISO code, polygon.
    """

    projection: Projection
    polygons: dict[str, BaseGeometry]
    approximate: Path
    context: tuple[tuple[str, str, BaseGeometry], ...]
    placed: dict[Any, list[Placed]] = field(default_factory=dict, repr=False)
    _groups: dict[tuple[str, ...], BaseGeometry] = field(default_factory=dict, repr=False)
    _paths: dict[tuple[str, ...], Path] = field(default_factory=dict, repr=False)
    _around: dict[Any, list[Path]] = field(default_factory=dict, repr=False)
    _neighbours: dict[Extent, dict[str, BaseGeometry]] = field(default_factory=dict, repr=False)

    def polygon(self, codes: Iterable[str]) -> BaseGeometry:
        """Return the polygon of a district, or of several dissolved into one."""
        key = tuple(sorted(codes))
        if len(key) == 1:
            return self.polygons[key[0]]
        if key not in self._groups:
            self._groups[key] = shapely.orient_polygons(shapely.union_all([self.polygons[code] for code in key]))
        return self._groups[key]

    def path(self, *codes: str) -> Path:
        """Return the path of a district, or of several dissolved into one."""
        key = tuple(sorted(codes))
        if key not in self._paths:
            self._paths[key] = to_path(self.polygon(key))
        return self._paths[key]

    def context_paths(self, kind: str, *, within: Extent) -> list[Path]:
        """Return the paths of the land (``country``) or water (``sea``) around, as far as an extent shows them."""
        key = (kind, within)
        if key not in self._around:
            box = shapely.box(*within).buffer((within[2] - within[0]) / 10)
            self._around[key] = [to_path(shape.intersection(box)) for what, _, shape in self.context
                                 if what == kind and shape.intersects(box)]
        return self._around[key]

    def neighbours(self, within: Extent) -> dict[str, BaseGeometry]:
        """Return the visible part of each neighbouring country by its ISO code."""
        if within not in self._neighbours:
            parts = {code: shapely.clip_by_rect(shape, *within).difference(self.country)
                     for kind, code, shape in self.context if kind == "country" and code}
            self._neighbours[within] = {code: part for code, part in parts.items() if not part.is_empty}
        return self._neighbours[within]

    @property
    def has_approximate(self) -> bool:
        """Whether any border is drawn approximately."""
        return np.asarray(self.approximate.vertices).size > 0

    @cached_property
    def country(self) -> BaseGeometry:
        """All districts together."""
        return shapely.orient_polygons(shapely.union_all(list(self.polygons.values())))

    @cached_property
    def country_path(self) -> Path:
        """The outline of all districts together."""
        return to_path(self.country)

    @cached_property
    def small_country(self) -> Path:
        """The outline of all districts together, for a map of a few centimetres."""
        return to_path(shapely.simplify(self.country, 2.0))

    def extent(self, codes: Iterable[str]) -> Extent:
        """Return west, south, east and north of some districts in kilometres; of all without any."""
        known = [self.polygons[code] for code in codes if code in self.polygons]
        box = shapely.total_bounds(known or list(self.polygons.values()))
        return (float(box[0]), float(box[1]), float(box[2]), float(box[3]))


def map_shapes(districts: gpd.GeoDataFrame, *, context: gpd.GeoDataFrame | None = None) -> MapShapes:
    """Prepare the shapes of one boundary version.

    Parameters
    ----------
    districts
        Indexed by code, with ``approximate`` and ``geometry``; EPSG:4326.
    context
        Land and water around, with columns ``kind`` and ``code``; EPSG:4326.
    """
    projection = projection_for(districts)
    frame = districts.sort_index()
    shapes = projection(frame.geometry.to_numpy())
    if shapely.coverage_is_valid(shapes):
        shapes = shapely.coverage_simplify(shapes, SIMPLIFICATION_KM)
    polygons = dict(zip(frame.index.astype(str), shapely.orient_polygons(shapes), strict=True))
    flags = frame["approximate"].astype(bool) if "approximate" in frame else None
    uncertain = [] if flags is None else [polygons[str(code)] for code in frame.index[flags]]
    lines = to_path(_shared_borders(uncertain))
    return MapShapes(projection, polygons, lines, _context(context, projection=projection))


def to_path(shape: BaseGeometry) -> Path:
    """Return a polygon, with its holes and parts, as one compound path; lines as open sub-paths."""
    vertices: list[NDArray[np.float64]] = []
    codes: list[NDArray[np.uint8]] = []
    for ring in _rings(shape):
        points = shapely.get_coordinates(ring)
        kinds = np.full(len(points), Path.LINETO, dtype=np.uint8)
        kinds[0] = Path.MOVETO
        if ring.geom_type == "LinearRing":
            kinds[-1] = Path.CLOSEPOLY
        vertices.append(points)
        codes.append(kinds)
    if not vertices:
        return Path(np.empty((0, 2)))
    return Path(np.concatenate(vertices), np.concatenate(codes))


def _rings(shape: BaseGeometry | None) -> list[BaseGeometry]:
    if shape is None or shape.is_empty:
        return []
    if isinstance(shape, shapely.Polygon):
        return [shape.exterior, *shape.interiors]
    if hasattr(shape, "geoms"):
        return [ring for part in shape.geoms for ring in _rings(part)]
    return [shape] if shape.geom_type in {"LineString", "LinearRing"} else []


def _shared_borders(polygons: list[BaseGeometry]) -> BaseGeometry:
    """Return the borders that uncertain districts share with each other: those alone were drawn approximately."""
    lines = [shapely.intersection(one.boundary, other.boundary)
             for position, one in enumerate(polygons) for other in polygons[position + 1:]]
    return shapely.line_merge(shapely.union_all([line for line in lines if line.length > 0]))


def _context(context: gpd.GeoDataFrame | None, *, projection: Projection) -> tuple[tuple[str, str, BaseGeometry], ...]:
    if context is None:
        return ()
    shapes = shapely.orient_polygons(projection(context.geometry.to_numpy()))
    return tuple((str(kind), str(code), shape) for kind, code, shape in
                 zip(context["kind"], context["code"], shapes, strict=True))

