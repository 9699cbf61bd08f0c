"""The names on a map: districts with figures and their values, groups, the rest, and neighbours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.rendering.labelling import Name, Placed, place_names
from clearance_atlas.rendering.languages import territory_names
from clearance_atlas.rendering.mapdrawing import MapPane, is_dark
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.typeset import MM_PER_POINT, Slant, Style, text_width
from clearance_atlas.rendering.wording import place_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shapely.geometry.base import BaseGeometry

    from clearance_atlas.rendering.content import AtlasContent
    from clearance_atlas.rendering.mapshapes import MapShapes
    from clearance_atlas.rendering.mapview import MapView, Shown
    from clearance_atlas.rendering.wording import Words

NAME, QUIET, LAND, GROUP = 6.2, 5.2, 6.2, 7.2
LEADING = 1.2
STEP_MM = 1.5
"""Widths are rounded up to this, so that another period's figure does not move the names."""
HANGING = 0.12
"""From this part outside its polygon on, a name gets paper behind it."""

Lines = tuple[tuple[str, float, str], ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A name that a map would like to show: lines of text, size and weight, and the figure that it lies on."""

    key: str
    polygon: BaseGeometry
    lines: Lines
    shown: Shown | None = None
    needed: bool = False
    slant: Slant = "normal"


def draw_names(pane: MapPane, view: MapView, shapes: MapShapes, *, content: AtlasContent, language: Words) -> None:
    """Set the names of a map so that none lies on another, those with figures first."""
    wanted = {one.key: one for one in _wanted(view, shapes, pane, content=content, language=language)}
    mm = pane.frame.km_per_mm
    names = [_name(one, km_per_mm=mm) for one in wanted.values()]
    key = (pane.frame, tuple((name.key, name.width, name.height, name.needed) for name in names))
    if key not in shapes.placed:
        west, south, east, north = pane.frame.extent
        shapes.placed[key] = place_names(names, frame=(west + mm, south + mm, east - mm, north - mm))
    for place in shapes.placed[key]:
        _set(pane, place, wanted[place.key])


def _wanted(view: MapView, shapes: MapShapes, pane: MapPane, *, content: AtlasContent,
            language: Words) -> Iterator[Wanted]:
    own = {shown.codes[0]: shown for shown in view.districts}
    member = {code: shown for shown in view.groups for code in shown.codes}
    # Large districts first: a small one's name has to stand beside it anyway.
    for code, shown in sorted(own.items(), key=lambda item: (-shapes.polygons[item[0]].area, item[0])):
        lines: Lines = ((place_name(code, content=content, language=language), NAME, "normal"),
                 (language.quantity(shown.observation), NAME, "bold"))
        yield Wanted(code, shapes.polygons[code], lines, shown=shown, needed=True)
    for number, shown in enumerate(view.groups):
        figure = language.figure(shown.observation)
        note = language.plural("group_label", len(shown.codes)).split("\n")
        lines = ((figure, GROUP, "bold"), *((text, NAME, "normal") for text in note))
        yield Wanted(f"group {number}", shapes.polygon(shown.codes), lines, shown=shown, needed=True)
    rest = sorted(set(shapes.polygons) - set(own), key=lambda code: (code not in member, -shapes.polygons[code].area))
    for code in rest:
        concerned = code in member or code in view.named
        text = place_name(code, content=content, language=language)
        yield Wanted(code, shapes.polygons[code], ((text, NAME if concerned else QUIET, "normal"),),
                     shown=member.get(code), needed=concerned)
    for code, polygon in shapes.neighbours(pane.frame.extent).items():
        if code != content.profile.country_code:
            lines = ((territory_names(code)[language.language], LAND, "normal"),)
            yield Wanted(f"land {code}", polygon, lines, slant="italic")


def _name(one: Wanted, *, km_per_mm: float) -> Name:
    width = max(text_width(text, size=size, weight=weight) for text, size, weight in one.lines) + 0.8
    height = sum(size for _, size, _ in one.lines) * LEADING * MM_PER_POINT
    return Name(one.key, one.polygon, math.ceil(width / STEP_MM) * STEP_MM * km_per_mm, height * km_per_mm,
                needed=one.needed)


def _set(pane: MapPane, place: Placed, one: Wanted) -> None:
    sheet = pane.sheet
    left, middle = pane.place(place.x, place.y)
    height = sum(size for _, size, _ in one.lines) * LEADING * MM_PER_POINT
    hanging = place.outside > HANGING and one.shown is not None
    if hanging:
        width = max(text_width(text, size=size, weight=weight) for text, size, weight in one.lines) + 0.6
        sheet.rectangle(left - width / 2, middle - height / 2, width, height, facecolor=LIGHT.paper, alpha=0.8,
                        linewidth=0, zorder=6)
    if place.outside > 0.6 and one.needed:  # noqa: PLR2004 - most of the name: a line leads to its place
        sheet.stroke([pane.place(place.anchor_x, place.anchor_y), (left, middle)], color=LIGHT.ink, linewidth=0.5,
                     zorder=5)
    colour = LIGHT.ink if one.shown is not None else LIGHT.quiet
    colour = LIGHT.paper if is_dark(one.shown) and not hanging else colour
    top = middle - height / 2
    for text, size, weight in one.lines:
        sheet.line(left, top, text, style=Style(size, colour, weight=weight, slant=one.slant), align="center")
        top += size * LEADING * MM_PER_POINT

