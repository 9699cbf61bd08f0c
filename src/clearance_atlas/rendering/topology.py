"""District shapes as shared arcs on a grid of 0.001 degree (about 85 by 111 metres), small enough for every page.

A border between two districts is stored once (the idea of TopoJSON, Bostock 2012). It follows that the outline of a
group is made of the arcs that exactly one member owns: no inner border can survive by rounding.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

import shapely

from clearance_atlas.rendering.encoding import encode_numbers

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

GRID = 1000
"""Grid steps in one degree."""

Point = tuple[int, int]
Ring = list[Point]
Rings = list[list[int]]


@dataclass(slots=True)
class Topology:
    """Arcs, and for each shape its rings as arc numbers; a negative number ``~n`` runs arc ``n`` backwards."""

    arcs: list[tuple[Point, ...]] = field(default_factory=list)
    shapes: dict[Hashable, Rings] = field(default_factory=dict)

    def encoded_arcs(self) -> str:
        """Return all arcs as text: for each its length, first point, and steps, in grid units."""
        numbers: list[int] = []
        for arc in self.arcs:
            numbers += (len(arc), *arc[0])
            for (west, south), (east, north) in pairwise(arc):
                numbers += (east - west, north - south)
        return encode_numbers(numbers)

    def ring_points(self, ring: Sequence[int]) -> Ring:
        """Return the points of a ring, closed."""
        points: Ring = []
        for number in ring:
            arc = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            points.extend(arc[1:] if points else arc)
        return points

    def merge(self, keys: Iterable[Hashable]) -> Rings:
        """Return the outline of several shapes dissolved into one: the arcs that exactly one of them owns."""
        owned: dict[int, list[int]] = defaultdict(list)
        for number in chain.from_iterable(chain.from_iterable(self.shapes[key] for key in keys)):
            owned[number if number >= 0 else ~number].append(number)
        free = {numbers[0] for numbers in owned.values() if len(numbers) == 1}
        return self._stitch(sorted(free))

    def shared(self, first: Hashable, second: Hashable) -> list[int]:
        """Return the arcs that two shapes share."""
        one, two = (
            {number if number >= 0 else ~number for ring in self.shapes[key] for number in ring}
            for key in (first, second)
        )
        return sorted(one & two)

    def _stitch(self, numbers: list[int]) -> Rings:
        starts: dict[Point, list[int]] = defaultdict(list)
        for number in numbers:
            starts[self._end(number, first=True)].append(number)
        rings: Rings = []
        left = set(numbers)
        for number in numbers:
            if number not in left:
                continue
            ring, step = [number], number
            left.discard(number)
            while (following := next((n for n in starts[self._end(step, first=False)] if n in left), None)) is not None:
                ring.append(following)
                left.discard(following)
                step = following
                if self._end(step, first=False) == self._end(ring[0], first=True):
                    break
            rings.append(ring)
        return rings

    def _end(self, number: int, *, first: bool) -> Point:
        arc = self.arcs[number if number >= 0 else ~number]
        return arc[0] if first == (number >= 0) else arc[-1]


def build_topology(geometries: Mapping[Hashable, Any]) -> Topology:
    """Return the shared arcs of polygons in degrees.

    Parameters
    ----------
    geometries
        Polygons or multipolygons by key, EPSG:4326. Borders that meet must have the same vertices to be shared;
        others are simply stored twice.
    """
    rings = {key: _grid_rings(geometry) for key, geometry in geometries.items()}
    neighbours: dict[Point, set[Point]] = defaultdict(set)
    for ring in chain.from_iterable(rings.values()):
        for start, end in pairwise(ring):
            neighbours[start].add(end)
            neighbours[end].add(start)
    junctions = {point for point, others in neighbours.items() if len(others) != 2}  # noqa: PLR2004 - a line has two
    topology = Topology()
    known: dict[tuple[Point, ...], int] = {}
    for key, shape in rings.items():
        topology.shapes[key] = [_cut(ring, junctions=junctions, known=known, arcs=topology.arcs) for ring in shape]
    return topology


def _grid_rings(geometry: Any) -> list[Ring]:  # noqa: ANN401 - shapely publishes no types
    """Return closed rings on the grid, exteriors turning one way and holes the other, without repeated points."""
    found: list[Ring] = []
    for polygon in shapely.get_parts(shapely.orient_polygons(geometry)):
        for ring in (polygon.exterior, *polygon.interiors):
            points = [(round(x * GRID), round(y * GRID)) for x, y in shapely.get_coordinates(ring).tolist()]
            kept = [point for last, point in zip([None, *points], points, strict=False) if point != last]
            if len(set(kept)) > 2:  # noqa: PLR2004 - fewer points enclose nothing
                found.append(kept)
    return found


def _cut(ring: Ring, *, junctions: set[Point], known: dict[tuple[Point, ...], int], arcs: list[Any]) -> list[int]:
    body = ring[:-1]
    cuts = [position for position, point in enumerate(body) if point in junctions]
    start = cuts[0] if cuts else body.index(min(body))
    turned = body[start:] + body[: start + 1]
    numbers, piece = [], [turned[0]]
    for position, point in enumerate(turned[1:], 1):
        piece.append(point)
        if point in junctions or position == len(turned) - 1:
            numbers.append(_number(tuple(piece), known=known, arcs=arcs))
            piece = [point]
    return numbers


def _number(arc: tuple[Point, ...], *, known: dict[tuple[Point, ...], int], arcs: list[Any]) -> int:
    if arc in known:
        return known[arc]
    if arc[::-1] in known:
        return ~known[arc[::-1]]
    known[arc] = len(arcs)
    arcs.append(arc)
    return known[arc]
