"""Names on a map that do not collide: each takes the best free place, those that matter most first.

Greedy placement over candidate points (Christensen, Marks and Shieber, 1995): inside the own polygon and near its
visual centre is best; a name that finds no free place is left out, unless it must be there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from shapely.geometry.base import BaseGeometry

    Numbers = NDArray[np.float64]

Box = tuple[float, float, float, float]
GRID = 9
OUTSIDE, OVERLAP = 60.0, 10_000.0


@dataclass(frozen=True, slots=True)
class Name:
    """A text of ``width`` by ``height`` for a polygon, in the units of the map; ``needed`` names are never dropped."""

    key: str
    polygon: BaseGeometry
    width: float
    height: float
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """Centre of a name, the visual centre of its polygon, and the part of the name that lies outside it (0 to 1)."""

    key: str
    x: float
    y: float
    anchor_x: float
    anchor_y: float
    outside: float


def place_names(names: Sequence[Name], *, frame: Box, taken: Sequence[Box] = ()) -> list[Placed]:
    """Return places for names in the order given; ``taken`` boxes (west, south, east, north) stay free.

    Names whose visual centre is outside the ``frame`` are left out.
    """
    visible_parts = {name.key: shapely.clip_by_rect(name.polygon, *frame) for name in names}
    shown = [name for name in names if visible_parts[name.key].area > 0.2 * name.polygon.area]
    # Names must not hide places that are smaller than their own name.
    small = [name for name in shown if name.needed and name.width * name.height > visible_parts[name.key].area]
    boxes = [*taken, *(_core(visible_parts[name.key], name=name) for name in small)]
    placed = []
    for name in shown:
        visible = visible_parts[name.key]
        found = _best(name, visible=visible, frame=frame, boxes=np.array(boxes).reshape(-1, 4))
        if found is not None:
            placed.append(found)
            boxes.append(_box(found.x, found.y, name))
    return placed


def visual_centre(polygon: BaseGeometry) -> tuple[float, float]:
    """Return the centre of the largest circle inside a polygon."""
    circle = shapely.maximum_inscribed_circle(polygon, tolerance=max(polygon.area ** 0.5 / 50, 1e-9))
    x, y = shapely.get_coordinates(circle)[0]
    return float(x), float(y)


def _best(name: Name, *, visible: BaseGeometry, frame: Box, boxes: Numbers) -> Placed | None:
    anchor_x, anchor_y = visual_centre(visible)
    xs, ys = _candidates(visible, name=name, anchor=(anchor_x, anchor_y))
    west, south = xs - name.width / 2, ys - name.height / 2
    east, north = xs + name.width / 2, ys + name.height / 2
    area = name.width * name.height
    outside = 1 - shapely.area(shapely.intersection(shapely.box(west, south, east, north), visible)) / area
    beyond = (west < frame[0]) | (south < frame[1]) | (east > frame[2]) | (north > frame[3])
    overlap = _overlap(west, south, east, north, boxes=boxes) / area
    distance = np.hypot(xs - anchor_x, ys - anchor_y) / name.height
    cost = OUTSIDE * outside + OVERLAP * (overlap + beyond) + distance
    best = int(np.argmin(cost))
    if not name.needed and (overlap[best] > 0 or beyond[best] or outside[best] > 0.35):  # noqa: PLR2004 - a third may hang out
        return None
    return Placed(name.key, float(xs[best]), float(ys[best]), anchor_x, anchor_y, float(outside[best]))


def _candidates(polygon: BaseGeometry, *, name: Name, anchor: tuple[float, float]) -> tuple[Numbers, Numbers]:
    """Return the visual centre, a grid over the polygon, and places around it one and two names away."""
    west, south, east, north = polygon.bounds
    grid_x, grid_y = np.meshgrid(np.linspace(west, east, GRID), np.linspace(south, north, GRID))
    steps = np.array([-2.0, -1.2, -0.6, 0.0, 0.6, 1.2, 2.0])
    ring_x, ring_y = np.meshgrid(anchor[0] + steps * 0.75 * name.width, anchor[1] + steps * 1.1 * name.height)
    return (np.concatenate([[anchor[0]], grid_x.ravel(), ring_x.ravel()]),
            np.concatenate([[anchor[1]], grid_y.ravel(), ring_y.ravel()]))


def _overlap(west: Numbers, south: Numbers, east: Numbers, north: Numbers, *, boxes: Numbers) -> Numbers:
    """Return the area that each candidate box shares with boxes already set."""
    if not len(boxes):
        return np.zeros(len(west))
    width = np.minimum(east[:, None], boxes[:, 2]) - np.maximum(west[:, None], boxes[:, 0])
    height = np.minimum(north[:, None], boxes[:, 3]) - np.maximum(south[:, None], boxes[:, 1])
    shared: Numbers = (np.clip(width, 0, None) * np.clip(height, 0, None)).sum(axis=1)
    return shared


def _core(polygon: BaseGeometry, *, name: Name) -> Box:
    """Return a box as wide as a line of text around the visual centre of a polygon."""
    x, y = visual_centre(polygon)
    half = name.height / 3
    return (x - half, y - half, x + half, y + half)


def _box(x: float, y: float, name: Name) -> Box:
    return (x - name.width / 2, y - name.height / 2, x + name.width / 2, y + name.height / 2)
