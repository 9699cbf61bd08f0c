"""Drawing one map onto a page: land, classes, hatches, outlines, names, scale bar.

Shapes are drawn as whole collections of prepared paths; nothing is looked up or projected while drawing.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely
from matplotlib.collections import PathCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from clearance_atlas.rendering.labelling import visual_centre
from clearance_atlas.rendering.mapshapes import Extent, MapShapes, to_path
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.typeset import Sheet, Style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.rendering.mapview import MapView, Shown
    from clearance_atlas.rendering.wording import Words

MARGIN = 0.06
CLOSEST_KM = 130.0
"""No map shows less than this from west to east: a district alone must still be recognised by its neighbours."""
SMALLEST_MM = 2.4
"""A district smaller than a dot of this width gets the dot: a city is never invisible."""
DARK_FROM = 2
"""Classes from this one on are dark: what lies on them is light."""
ESTIMATE_DASH = (0, (3, 2))
ESTIMATE_SHARE = 0.55
"""How much of the colour of a blank district is mixed into that of an estimate: it is paler than what was published."""
HATCH_MM, HATCH_POINTS, HATCH_SHARE = 1.1, 0.45, 0.28
"""Distance of hatch lines across, their width, and how much of the ink is mixed into the colour below."""
SCALE_TEXT = Style(6.0, LIGHT.ink)


@dataclass(frozen=True, slots=True)
class MapFrame:
    """Part of the plane that a map shows, in kilometres, and its size on paper in millimetres."""

    extent: Extent
    width_mm: float
    height_mm: float

    @property
    def km_per_mm(self) -> float:
        """Kilometres in one millimetre of paper."""
        return (self.extent[2] - self.extent[0]) / self.width_mm


def map_frame(extent: Extent, *, width_mm: float, height_mm: float) -> MapFrame:
    """Return the frame of a size on paper that shows an extent with a margin, in its middle."""
    west, south, east, north = extent
    scale = max((east - west) / width_mm, (north - south) / height_mm, CLOSEST_KM / width_mm) * (1 + 2 * MARGIN)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2
    half_x, half_y = scale * width_mm / 2, scale * height_mm / 2
    return MapFrame((middle_x - half_x, middle_y - half_y, middle_x + half_x, middle_y + half_y), width_mm, height_mm)


class MapPane:
    """A rectangle of a page with its top left corner at ``left``, ``top`` (mm), in which kilometres are drawn."""

    def __init__(self, sheet: Sheet, frame: MapFrame, *, left: float, top: float) -> None:
        self.sheet, self.frame, self.left, self.top = sheet, frame, left, top
        mm = 1 / frame.km_per_mm
        west, _, _, north = frame.extent
        self.transform = Affine2D().translate(-west, -north).scale(mm, -mm).translate(left, top) + sheet.millimetres
        self.window = Rectangle((left, top), frame.width_mm, frame.height_mm, transform=sheet.millimetres)

    def add(self, paths: Sequence[Path], *, linestyle: Any = "solid", **look: Any) -> None:  # noqa: ANN401 - looks
        """Draw paths in kilometres, clipped to the pane; ``look`` as for matplotlib's collections."""
        if paths:
            drawn = PathCollection(paths, linestyles=[linestyle], capstyle="butt", joinstyle="round", **look)
            drawn.set_transform(self.transform)
            self.sheet.figure.add_artist(drawn)
            drawn.set_clip_path(self.window)

    def hatch(self, region: Path, *, colour: str) -> None:
        """Draw diagonal lines over a region in kilometres.

        They are drawn as lines: the hatch patterns of PDF and SVG show seams in print and leave out transparency.
        """
        points = np.asarray(region.vertices, dtype=float)
        low, high = points.min(axis=0), points.max(axis=0)
        frame = self.frame.extent
        box = (max(low[0], frame[0]), max(low[1], frame[1]), min(high[0], frame[2]), min(high[1], frame[3]))
        lines = diagonals(box, step=HATCH_MM * self.frame.km_per_mm)
        if lines:
            whole = Path.make_compound_path(*map(Path, lines))
            drawn = PathCollection([whole], facecolors="none", edgecolors=colour, linewidths=HATCH_POINTS, zorder=3.1)
            drawn.set_transform(self.transform)
            self.sheet.figure.add_artist(drawn)
            drawn.set_clip_path(region, transform=self.transform)

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where on the page, in millimetres from the top left, a point of the map lies."""
        west, _, _, north = self.frame.extent
        return (self.left + (x - west) / self.frame.km_per_mm, self.top + (north - y) / self.frame.km_per_mm)


def fill_colour(shown: Shown) -> str:
    """Return the colour of a figure: its class, or that of a published zero; an estimate is paler."""
    colour = LIGHT.zero if shown.class_index is None else LIGHT.classes[min(shown.class_index, len(LIGHT.classes) - 1)]
    return blend(colour, LIGHT.blank, share=ESTIMATE_SHARE) if shown.is_estimate else colour


def blend(colour: str, ink: str, *, share: float = HATCH_SHARE) -> str:
    """Return a colour with a share of ink mixed in, opaque: not every format keeps transparency.

    >>> blend("#000000", "#ffffff", share=0.5)
    '#808080'
    """
    pairs = [(int(colour[place:place + 2], 16), int(ink[place:place + 2], 16)) for place in (1, 3, 5)]
    return "#" + "".join(f"{round(below + (above - below) * share):02x}" for below, above in pairs)


def diagonals(box: Extent, *, step: float) -> list[list[tuple[float, float]]]:
    """Return lines rising to the right through a box, ``step`` apart along its sides, clipped to it.

    They are counted from the origin of the plane, so that neighbouring boxes share their lines.
    """
    west, south, east, north = box
    lines, first = [], math.ceil((south - east) / step)
    for number in range(first, math.floor((north - west) / step) + 1):
        shift = number * step  # the line y = x + shift
        start, end = max(west, south - shift), min(east, north - shift)
        if start < end:
            lines.append([(start, start + shift), (end, end + shift)])
    return lines


def is_dark(shown: Shown | None) -> bool:
    """Tell whether what lies on a figure's colour must be light."""
    return (shown is not None and shown.class_index is not None and shown.class_index >= DARK_FROM
            and not shown.is_estimate)


def draw_land(pane: MapPane, shapes: MapShapes) -> None:
    """Draw neighbours, sea and districts without figures."""
    frame = pane.frame
    pane.sheet.rectangle(pane.left, pane.top, frame.width_mm, frame.height_mm, facecolor=LIGHT.neighbour, zorder=0.5)
    for kind, colour in (("country", LIGHT.neighbour), ("sea", LIGHT.sea)):
        paths = shapes.context_paths(kind, within=frame.extent)
        pane.add(paths, facecolors=colour, edgecolors=LIGHT.rule, linewidths=0.5, zorder=1)
    pane.add([shapes.path(code) for code in shapes.polygons], facecolors=LIGHT.blank, edgecolors=LIGHT.border,
             linewidths=0.5, zorder=2)
    pane.add([shapes.country_path], facecolors="none", edgecolors=LIGHT.quiet, linewidths=0.6, zorder=2.5)
    pane.sheet.rectangle(pane.left, pane.top, frame.width_mm, frame.height_mm, facecolor="none",
                         edgecolor=LIGHT.rule, linewidth=0.6, zorder=7)


def draw_groups(pane: MapPane, view: MapView, shapes: MapShapes) -> None:
    """Draw each group as one region: its own class, a light hatch, one outline, quiet inner borders."""
    for shown in view.groups:
        region, dark = shapes.path(*shown.codes), is_dark(shown)
        pane.add([region], facecolors=fill_colour(shown), linewidths=0, zorder=3)
        pane.hatch(region, colour=blend(fill_colour(shown), "#ffffff" if dark else LIGHT.outline))
        pane.add([shapes.path(code) for code in shown.codes], facecolors="none",
                 edgecolors="#ffffffc0" if dark else LIGHT.quiet, linewidths=0.4, linestyle=(0, (1, 2)), zorder=3.2)
        pane.add([region], facecolors="none", edgecolors=LIGHT.outline, linewidths=1.2, zorder=3.5)


def draw_districts(pane: MapPane, view: MapView, shapes: MapShapes) -> None:
    """Draw districts with a figure of their own, one collection a colour; dots where a district would vanish.

    Estimates have a dashed edge.
    """
    coloured: dict[str, list[Path]] = defaultdict(list)
    edges: dict[bool, list[Path]] = defaultdict(list)
    smallest = SMALLEST_MM * pane.frame.km_per_mm
    for shown in view.districts:
        polygon, path = shapes.polygons[shown.codes[0]], shapes.path(shown.codes[0])
        if polygon.area < math.pi / 4 * smallest**2:
            path = to_path(shapely.orient_polygons(shapely.Point(visual_centre(polygon)).buffer(smallest / 2)))
        coloured[fill_colour(shown)].append(path)
        edges[shown.is_estimate].append(path)
    for colour, paths in sorted(coloured.items()):
        pane.add(paths, facecolors=colour, edgecolors=LIGHT.border, linewidths=0.6, zorder=3.6)
    pane.add(edges[False], facecolors="none", edgecolors=LIGHT.outline, linewidths=0.5, zorder=3.7)
    pane.add(edges[True], facecolors="none", edgecolors=LIGHT.outline, linewidths=0.7, linestyle=ESTIMATE_DASH,
             zorder=3.7)


def draw_approximate(pane: MapPane, view: MapView, shapes: MapShapes) -> None:
    """Draw approximate borders dashed, where the map concerns the districts."""
    if shapes.has_approximate and set(view.concerned) & set(shapes.polygons):
        pane.add([shapes.approximate], facecolors="none", edgecolors=LIGHT.border, linewidths=1.4, zorder=3.8)
        pane.add([shapes.approximate], facecolors="none", edgecolors=LIGHT.outline, linewidths=0.8,
                 linestyle=(0, (4, 2.5)), zorder=3.9)


def draw_scale_bar(sheet: Sheet, frame: MapFrame, *, left: float, top: float, language: Words) -> None:
    """Draw a north arrow and a scale bar of a round length, 7 mm high, from the corner ``left``, ``top`` (mm)."""
    length = round_length(30 * frame.km_per_mm)
    base, stem = top + 6.0, left + 1.2
    sheet.stroke([(stem, base), (stem, top + 0.4)], color=LIGHT.ink, linewidth=0.8, zorder=7)
    sheet.stroke([(stem - 0.9, top + 2.0), (stem, top + 0.3), (stem + 0.9, top + 2.0)], color=LIGHT.ink,
                 linewidth=0.8, solid_joinstyle="miter", zorder=7)
    sheet.line(stem + 1.6, base - 3.6, language["north"], style=SCALE_TEXT)
    start = left + 8.0
    end = start + length / frame.km_per_mm
    sheet.stroke([(start, base - 1.2), (start, base), (end, base), (end, base - 1.2)], color=LIGHT.ink, linewidth=0.8,
                 solid_joinstyle="miter", zorder=7)
    sheet.line(start, base - 4.4, f"{language.number(length)} {language['unit.km']}", style=SCALE_TEXT)


def round_length(longest: float) -> float:
    """Return the largest of 1, 2 or 5 times a power of ten that is not longer.

    >>> round_length(73.0), round_length(19.9), round_length(250)
    (50.0, 10.0, 200.0)
    """
    power = 10.0 ** math.floor(math.log10(longest))
    return max(step * power for step in (1.0, 2.0, 5.0) if step * power <= longest)


def draw_locator(sheet: Sheet, shapes: MapShapes, extent: Extent, *, box: tuple[float, float, float, float]) -> None:
    """Draw the whole country small into a box (left, top, width, height in mm), with ``extent`` framed."""
    frame = map_frame(shapes.extent(()), width_mm=box[2], height_mm=box[3])
    pane = MapPane(sheet, frame, left=box[0], top=box[1])
    pane.add([shapes.small_country], facecolors=LIGHT.blank, edgecolors=LIGHT.quiet, linewidths=0.4, zorder=1)
    pane.add([to_path(shapely.box(*extent))], facecolors="none", edgecolors=LIGHT.outline, linewidths=0.9, zorder=2)
