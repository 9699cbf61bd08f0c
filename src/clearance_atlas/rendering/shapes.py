"""The shapes of an atlas: districts of every boundary version, dissolved groups, quiet context, label anchors."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import shapely

from clearance_atlas.districts import dissolve
from clearance_atlas.rendering.content import drawn_codes
from clearance_atlas.rendering.labelling import visual_centre
from clearance_atlas.rendering.topology import GRID, Rings, Topology, build_topology

if TYPE_CHECKING:
    from collections.abc import Iterable

    import geopandas as gpd

    from clearance_atlas.rendering.content import AtlasContent

TOWN_KM2 = 400.0
"""A district smaller than this is drawn as a symbol of constant size where it would vanish."""
MARGIN = 1.2
"""Degrees of context around the country."""

GroupKey = tuple[str, tuple[str, ...]]
Anchor = tuple[int, int]


@dataclass(slots=True)
class AtlasShapes:
    """One topology for all pages, and the numbers of its shapes. Anchors are in thousandths of a degree."""

    topology: Topology
    frame: tuple[float, float, float, float]
    shape_list: list[Rings] = field(default_factory=list)
    districts: dict[tuple[str, str], int] = field(default_factory=dict)
    labels: dict[tuple[str, str], Anchor] = field(default_factory=dict)
    groups: dict[GroupKey, int] = field(default_factory=dict)
    group_anchors: dict[GroupKey, Anchor] = field(default_factory=dict)
    outlines: dict[str, list[int]] = field(default_factory=dict)
    approximate: dict[str, list[int]] = field(default_factory=dict)
    context: list[int] = field(default_factory=list)
    neighbours: dict[str, Anchor] = field(default_factory=dict)
    towns: list[str] = field(default_factory=list)


def build_shapes(content: AtlasContent, groups: Iterable[GroupKey]) -> AtlasShapes:
    """Return the shapes of an atlas; each distinct group is dissolved once for each boundary version that it meets."""
    frame = _frame(content)
    context = _clipped_context(content, frame=frame)
    geometries: dict[Any, Any] = {
        ("district", version, code): geometry
        for version, districts in content.districts.items() for code, geometry in districts.geometry.items()
    }
    geometries.update({("context", code): geometry for code, geometry in context.items()})
    clean = {version: bool(shapely.coverage_is_valid(frame_.geometry.to_numpy()))
             for version, frame_ in content.districts.items()}
    wanted = _members(content, groups)
    geometries.update({("group", *key): _dissolved(content.districts[key[0]], members)
                       for key, members in wanted.items() if not clean[key[0]]})
    shapes = AtlasShapes(build_topology(geometries), frame)
    _add_districts(shapes, content)
    for key, members in wanted.items():
        _add_group(shapes, key, members=members, clean=clean[key[0]])
    for code, geometry in context.items():
        shapes.context.append(_add(shapes, shapes.topology.shapes["context", code]))
        if code and code != content.profile.country_code and geometry.area > 1.0:
            shapes.neighbours[code] = _anchor(geometry)
    return shapes


def _members(content: AtlasContent, groups: Iterable[GroupKey]) -> dict[GroupKey, tuple[str, ...]]:
    """Return the polygons that make each group, leaving out groups with a place that has none."""
    found = {
        (version, codes): drawn_codes(codes, polygons=content.districts[version].index,
                                      stable_units=content.profile.stable_units)
        for version, codes in sorted(groups) if version in content.districts
    }
    return {key: members for key, members in found.items() if members}


def _frame(content: AtlasContent) -> tuple[float, float, float, float]:
    bounds = [frame.total_bounds for frame in content.districts.values()]
    if not bounds:
        return (44.0, 38.0, 51.0, 42.0)
    west, south, east, north = (round(float(edge(box[side] for box in bounds)), 2)
                                for side, edge in enumerate((min, min, max, max)))
    wide = 2 * MARGIN
    return (round(west - wide, 2), round(south - MARGIN, 2), round(east + wide, 2), round(north + MARGIN, 2))


def _clipped_context(content: AtlasContent, *, frame: tuple[float, float, float, float]) -> dict[str, Any]:
    if content.context is None:
        return {}
    land = content.context[content.context["kind"] == "country"]
    clipped = {str(code): shapely.clip_by_rect(_without_holes(geometry), *frame)
               for code, geometry in zip(land["code"], land.geometry, strict=True)}
    return {code: geometry for code, geometry in clipped.items() if not geometry.is_empty and geometry.area > 0}


def _without_holes(geometry: Any) -> Any:  # noqa: ANN401 - shapely publishes no types
    """Return land without its exclaves cut out, so that no gap in a generalised coverage shows as water."""
    return shapely.union_all([shapely.polygons(part.exterior) for part in shapely.get_parts(geometry)])


def _dissolved(districts: gpd.GeoDataFrame, codes: tuple[str, ...]) -> Any:  # noqa: ANN401 - shapely publishes no types
    return dissolve(districts, list(codes))


def _add(shapes: AtlasShapes, rings: Rings) -> int:
    shapes.shape_list.append(rings)
    return len(shapes.shape_list) - 1


def _add_districts(shapes: AtlasShapes, content: AtlasContent) -> None:
    towns: set[str] = set()
    for version, districts in content.districts.items():
        owners: Counter[int] = Counter()
        for code, geometry in districts.geometry.items():
            rings = shapes.topology.shapes["district", version, code]
            shapes.districts[version, code] = _add(shapes, rings)
            shapes.labels[version, code] = _anchor(geometry)
            owners.update(number if number >= 0 else ~number for ring in rings for number in ring)
        shapes.outlines[version] = sorted(number for number, count in owners.items() if count == 1)
        shapes.approximate[version] = _approximate(shapes.topology, districts, version=version, content=content)
        towns.update(districts.index[districts["area_km2"] < TOWN_KM2])
    shapes.towns.extend(sorted(towns))


def _approximate(topology: Topology, districts: gpd.GeoDataFrame, *, version: str, content: AtlasContent) -> list[int]:
    """Return the arcs of an approximate line: between two approximate districts, one of which a law made."""
    codes = list(districts.index[districts["approximate"].astype(bool)])
    made = {code for code in codes if code in content.gazetteer and content.gazetteer.place(code).valid_from}
    pairs = [pair for pair in combinations(codes, 2) if made.intersection(pair)]
    return sorted({number for one, two in pairs
                   for number in topology.shared(("district", version, one), ("district", version, two))})


def _add_group(shapes: AtlasShapes, key: GroupKey, *, members: tuple[str, ...], clean: bool) -> None:
    version, topology = key[0], shapes.topology
    own = [("district", version, code) for code in members]
    rings = topology.merge(own) if clean else topology.shapes["group", *key]
    shapes.groups[key] = _add(shapes, rings)
    lines = [shapely.linestrings(topology.ring_points(ring)) for ring in rings]
    # rounding to the grid can make a line touch or cross itself; build_area wants it cut there
    area = shapely.build_area(shapely.node(shapely.multilinestrings(lines)))
    shapes.group_anchors[key] = _anchor(area, grid=1)


def _anchor(geometry: Any, *, grid: int = GRID) -> Anchor:  # noqa: ANN401 - shapely publishes no types
    """Return where a name sits: the visual centre of the largest piece."""
    x, y = visual_centre(max(shapely.get_parts(geometry), key=lambda piece: piece.area))
    return round(x * grid), round(y * grid)
