"""Outlines of an atlas as SVG path data in map units: Web Mercator in thousandths of a degree, y downwards.

``scripts/decode.js`` makes the same text from the same arcs; a browser test holds the two together.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.rendering.shapes import AtlasShapes
    from clearance_atlas.rendering.topology import Point, Rings

Box = tuple[float, float, float, float]


def mercator(lat: float) -> float:
    """Return the y of a latitude in degrees.

    >>> round(mercator(40.0)), round(mercator(0.0)) == 0
    (-43712, True)
    """
    return -180000 / math.pi * math.log(math.tan(math.pi / 4 + lat * math.pi / 360))


def map_point(point: Point) -> Point:
    """Return a grid point (thousandths of a degree) in whole map units, which are as fine as the grid."""
    return point[0], math.floor(mercator(point[1] / 1000) + 0.5)


@dataclass(slots=True)
class Outlines:
    """Paths and boxes of the shapes of an atlas, each made once."""

    shapes: AtlasShapes
    arcs: list[list[Point]] = field(init=False)
    _steps: dict[int, str] = field(default_factory=dict)
    _paths: dict[int, str] = field(default_factory=dict)
    _boxes: dict[int, Box] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Turn the arcs into map units."""
        self.arcs = [[map_point(point) for point in arc] for arc in self.shapes.topology.arcs]

    @property
    def frame(self) -> Box:
        """The box of everything that can be drawn."""
        west, south, east, north = self.shapes.frame
        return west * 1000, mercator(north), east * 1000, mercator(south)

    def shape(self, number: int) -> str:
        """Return the path data of a shape: its rings, closed."""
        if number not in self._paths:
            self._paths[number] = "".join(self._line(ring) + "z" for ring in self.shapes.shape_list[number])
        return self._paths[number]

    def lines(self, numbers: Iterable[int]) -> str:
        """Return the path data of some arcs, each a line of its own."""
        return "".join(self._line([number]) for number in numbers)

    def box(self, number: int) -> Box:
        """Return the bounding box of a shape."""
        if number not in self._boxes:
            points = [point for ring in self.shapes.shape_list[number] for arc in ring
                      for point in self.arcs[arc if arc >= 0 else ~arc]]
            across, down = [x for x, _ in points], [y for _, y in points]
            self._boxes[number] = (min(across), min(down), max(across), max(down))
        return self._boxes[number]

    def _line(self, ring: Sequence[int]) -> str:
        first = ring[0]
        x, y = self.arcs[first][0] if first >= 0 else self.arcs[~first][-1]
        return f"M{x} {y}l" + "".join(self._arc(number) for number in ring)

    def _arc(self, number: int) -> str:
        if number not in self._steps:
            points = self.arcs[number] if number >= 0 else self.arcs[~number][::-1]
            steps = [(x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points)]
            self._steps[number] = "".join(
                f"{'' if across < 0 else ' '}{across}{'' if down < 0 else ' '}{down}" for across, down in steps)
        return self._steps[number]


def joined(boxes: Iterable[Box]) -> Box:
    """Return the box around some boxes.

    >>> joined([(0, 0, 2, 1), (1, -3, 4, 0)])
    (0, -3, 4, 1)
    """
    west, north, east, south = zip(*boxes, strict=True)
    return min(west), min(north), max(east), max(south)


def inner_arcs(rings_of_members: Iterable[Rings]) -> list[int]:
    """Return the arcs that two members share, in the order in which they are met the second time."""
    seen: set[int] = set()
    twice: dict[int, None] = {}
    for number in (arc for rings in rings_of_members for ring in rings for arc in ring):
        arc = number if number >= 0 else ~number
        if arc in seen:
            twice[arc] = None
        seen.add(arc)
    return list(twice)
