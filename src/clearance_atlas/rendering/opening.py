"""The view at which a page opens, as a still picture in its markup: there before any script, and without one.

What is drawn follows ``scripts/view.js`` and ``scripts/map.js`` rule by rule: a district is coloured only by a figure
of its own, a joint total is one surface, and everything else stays blank. The script takes the picture over as it
stands, so that nothing moves when it wakes up; a browser test compares the two for every page.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearance_atlas.model import Basis
from clearance_atlas.rendering.blocks import headline
from clearance_atlas.rendering.content import (
    AREA_MEASURES,
    UNSHADED_MEASURES,
    chooser_kind,
    is_placed,
    shown_value,
)
from clearance_atlas.rendering.outlines import Box, Outlines, inner_arcs, joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Observation
    from clearance_atlas.rendering.blocks import Block, View
    from clearance_atlas.rendering.payload import Tables

SUREST = (Basis.PUBLISHED, Basis.DERIVED, Basis.ESTIMATED)
LEAST = 900.0
"""Map units that a view shows at least, so that one small district is seen in its surroundings."""
ROOM = (950.0, 520.0)
"""Pixels of the map in a window of usual size, for hatch and discs until the page knows its own."""
SMALL = 13.0
"""Pixels below which a town is drawn as a disc of this size."""
FEW = 3
"""Districts from which on a view shows no more than these, whatever its headline is of."""
LIGHT_HATCH = frozenset({"c2", "c3", "c4"})


@dataclass(slots=True)
class Scene:
    """What one view draws: figures of single places and, apart from them, of groups, in the numbers of the page."""

    version: str
    breaks: Sequence[float]
    own: dict[str, Observation] = field(default_factory=dict)
    groups: list[Observation] = field(default_factory=list)
    head: Observation | None = None

    @property
    def taken(self) -> set[str]:
        """Places that a joint total covers."""
        return {code for one in self.groups for code in one.place_codes}


@dataclass(slots=True)
class Still:
    """Draws the opening view of each page of an atlas; what the pages share is made once."""

    tables: Tables
    outlines: Outlines = field(init=False)
    _areas: dict[tuple[str, tuple[str, ...]], float] = field(default_factory=dict)
    _places: dict[str, list[tuple[str, str, int]]] = field(default_factory=dict)
    _borders: dict[str, str] = field(default_factory=dict)
    _ground: str = ""

    def __post_init__(self) -> None:
        """Take the outlines from the shapes of the tables."""
        self.outlines = Outlines(self.tables.shapes)

    def scene(self, blocks: Sequence[Block], view: View) -> Scene | None:
        """Return what a view draws, or ``None`` where its period has no boundaries."""
        first = next(block for block in blocks if block.period_id == view.period_id).rows[0]
        if first.boundary_version not in self.tables.versions:
            return None
        rows = next(block for block in blocks if (block.period_id, block.measure) == view).rows
        key = (view.measure, chooser_kind(first.period.kind))
        scene = Scene(first.boundary_version, self.tables.breaks.get(key, ()))
        main = headline(rows)
        scene.head = rows[main] if main >= 0 else None
        drawable = [one for one in rows if is_placed(one) and self._has_shape(one, version=scene.version)]
        drawable.sort(key=lambda one: SUREST.index(one.basis))
        for one in drawable:
            if len(one.place_codes) == 1:
                scene.own.setdefault(one.place_codes[0], one)
        joint = [one for one in drawable if len(one.place_codes) > 1]
        for one in sorted(joint, key=lambda one: (SUREST.index(one.basis), -len(one.place_codes))):
            own = sum(code in scene.own for code in one.place_codes)
            if not scene.taken.intersection(one.place_codes) and 2 * own < len(one.place_codes):
                scene.groups.append(one)
        return scene

    def _has_shape(self, one: Observation, *, version: str) -> bool:
        codes, shapes = one.place_codes, self.tables.shapes
        return ((version, codes[0]) in shapes.districts if len(codes) == 1
                else (version, tuple(sorted(codes))) in shapes.groups)

    def shade(self, one: Observation, scene: Scene) -> str:
        """Return the class of a figure's surface: ``c0`` to ``c4``, ``zero``, or ``unrated`` without an area."""
        value = shown_value(one)
        if value == 0:
            return "zero"
        area = self._official_area(one.place_codes, scene.version)
        if value is None or area <= 0 or one.measure in UNSHADED_MEASURES:
            return "unrated"
        rate = float(value) / area * (1 if one.measure in AREA_MEASURES else 100)
        return f"c{spread(sum(rate >= bound for bound in scene.breaks), len(scene.breaks) + 1)}"

    def _official_area(self, codes: tuple[str, ...], version: str) -> float:
        """Return the square kilometres of places together; zero where that of one is not known."""
        key = version, codes
        if key not in self._areas:
            sizes = self.tables.content.districts[version]["area_km2"]
            known = [float(sizes[code]) for code in sorted(codes, key=self.tables.places.__getitem__)
                     if (version, code) in self.tables.shapes.districts]
            # the page carries three decimals
            self._areas[key] = 0.0 if any(math.isnan(size) for size in known) else sum(
                round(size, 3) for size in known)
        return self._areas[key]

    def markup(self, scene: Scene) -> str:
        """Return the picture as an ``svg`` element."""
        box = self.concern_box(scene)
        width, height = box[2] - box[0], box[3] - box[1]
        scale = min((ROOM[0] - 56) / width, (ROOM[1] - 32) / height)
        layers = {"districts": "", "fills": "", "own": "", "borders": self._lines(scene.version), "outlines": "",
                  "symbols": self._symbols(scene, scale=scale), "focus": ""}
        layers["districts"], layers["own"] = self._districts(scene)
        for one in scene.groups:
            fills, lines = self._group(one, scene)
            layers["fills"] += fills
            layers["outlines"] += lines
        undecided = [code for code, one in scene.own.items() if shown_value(one) is None]
        layers["outlines"] += "".join(
            f'<path d="{self._district(code, scene.version)}" class="undecided-line"/>' for code in undecided)
        return (
            f'<svg class="drawing first" aria-hidden="true" data-version="{self.tables.versions[scene.version]}" '
            f'viewBox="{" ".join(f"{edge:.1f}" for edge in (box[0], box[1], width, height))}">'
            f"{hatch_patterns('map', scale=scale)}{self._land()}"
            + "".join(f'<g class="{name}">{inner}</g>' for name, inner in layers.items()) + "</svg>"
        )

    def concern_box(self, scene: Scene) -> Box:
        """Return the box that holds what the view is about: the districts concerned, or else the country.

        One or two districts do not fill it where the headline is of more than these.
        """
        districts = self.tables.shapes.districts
        concerned = [code for code in (*scene.taken, *scene.own) if (scene.version, code) in districts]
        head = scene.head
        beyond = head is not None and not (head.place_codes and set(head.place_codes) <= set(concerned))
        wide = len(set(concerned)) < FEW and (beyond or not concerned)
        numbers = ([districts[scene.version, code] for code in concerned] if not wide else
                   [number for (version, _), number in districts.items() if version == scene.version])
        west, north, east, south = joined(self.outlines.box(number) for number in numbers)
        pad_x = max((east - west) * 0.06, (LEAST - (east - west)) / 2)
        pad_y = max((south - north) * 0.06, (LEAST - (south - north)) / 2)
        return west - pad_x, north - pad_y, east + pad_x, south + pad_y

    def _district(self, code: str, version: str) -> str:
        return self.outlines.shape(self.tables.shapes.districts[version, code])

    def look(self, one: Observation | None, scene: Scene) -> str:
        """Return the classes of a district outside joint totals: its state and, with a figure, shade and basis."""
        if one is None:
            return "district blank"
        value = shown_value(one)
        state = "undecided" if value is None else "published" if value else "zero"
        return f"district {state} {self.shade(one, scene)} {one.basis}"

    def _districts(self, scene: Scene) -> tuple[str, str]:
        without: list[str] = []
        own: list[str] = []
        taken = scene.taken
        for code, path, number in self._district_paths(scene.version):
            one = scene.own.get(code)
            look = "district joint" if one is None and code in taken else self.look(one, scene)
            (own if one else without).append(f'<path d="{path}" class="{look}" data-place="{number}"/>')
        return "".join(without), "".join(own)

    def _district_paths(self, version: str) -> list[tuple[str, str, int]]:
        """Return code, path and number of every district of a boundary version, in the order of their numbers."""
        if version not in self._places:
            numbers = self.tables.places
            codes = sorted(self.tables.content.districts[version].index, key=numbers.__getitem__)
            self._places[version] = [(code, self._district(code, version), numbers[code]) for code in codes]
        return self._places[version]

    def _group(self, one: Observation, scene: Scene) -> tuple[str, str]:
        shapes, tables = self.tables.shapes, self.tables
        codes, version = tuple(sorted(one.place_codes)), scene.version
        path = self.outlines.shape(shapes.groups[version, codes])
        shade = self.shade(one, scene) if shown_value(one) is not None else "undecided"
        members = [shapes.shape_list[shapes.districts[version, code]]
                   for code in sorted(codes, key=tables.places.__getitem__) if (version, code) in shapes.districts]
        approximate = set(shapes.approximate[version])
        inner = self.outlines.lines(arc for arc in inner_arcs(members) if arc not in approximate)
        fills = (f'<path d="{path}" class="joint {shade} {one.basis}" data-set="{tables.place_set(one)}"/>'
                 f'<path d="{path}" class="hatch" fill="{hatch_for("map", shade)}"/>')
        lines = f'<path d="{inner}" class="inner"/>' if inner else ""
        return fills, lines + f'<path d="{path}" class="group-outline"/>'

    def _symbols(self, scene: Scene, *, scale: float) -> str:
        """Return discs for towns; one whose polygon is large enough has no radius until the page knows its scale."""
        shapes, tables, found = self.tables.shapes, self.tables, []
        for code in shapes.towns:
            if (scene.version, code) not in shapes.districts:
                continue
            west, north, east, south = self.outlines.box(shapes.districts[scene.version, code])
            extent = max(east - west, south - north)
            place = (f'<circle cx="{(west + east) / 2:g}" cy="{(north + south) / 2:g}" '
                     f'r="{SMALL / 2 / scale if extent * scale < SMALL else 0:.2f}" '
                     f'data-place="{tables.places[code]}" data-extent="{extent:g}"')
            joint = next((one for one in scene.groups if code in one.place_codes and code not in scene.own), None)
            if joint is None:
                found.append(f'{place} class="{self.look(scene.own.get(code), scene)}"/>')
                continue
            shade = self.shade(joint, scene)
            found.append(f'{place} class="joint {shade}"/>{place} class="hatch" fill="{hatch_for("map", shade)}"/>')
        return "".join(found)

    def _lines(self, version: str) -> str:
        if version not in self._borders:
            shapes, approximate = self.tables.shapes, self.tables.shapes.approximate[version]
            self._borders[version] = f'<path d="{self.outlines.lines(shapes.outlines[version])}" class="country"/>' + (
                f'<path d="{self.outlines.lines(approximate)}" class="approximate"/>' if approximate else "")
        return self._borders[version]

    def _land(self) -> str:
        if not self._ground:
            west, north, east, south = self.outlines.frame
            land = "".join(f'<path d="{self.outlines.shape(number)}" class="land"/>'
                           for number in self.tables.shapes.context)
            self._ground = (f'<rect x="{west:g}" y="{north:.1f}" width="{east - west:g}" '
                            f'height="{south - north:.1f}" class="sea"/><g class="context">{land}</g>')
        return self._ground


def spread(step: int, count: int) -> int:
    """Return the colour of a class; fewer than five are spread over the scale, so that dark always means much.

    >>> [spread(step, 3) for step in range(3)], spread(0, 1)
    ([0, 2, 4], 2)
    """
    return 2 if count == 1 else int(step * 4 / (count - 1) + 0.5)


def hatch_for(prefix: str, shade: str) -> str:
    """Return the hatch that shows on a shade."""
    return f"url(#{prefix}-hatch-{'light' if shade in LIGHT_HATCH else 'dark'})"


def hatch_patterns(prefix: str, *, scale: float = 1.0) -> str:
    """Return the two hatch patterns; ``scale`` is pixels for one map unit."""
    return "<defs>" + "".join(
        f'<pattern id="{prefix}-hatch-{tone}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({1 / scale:.4g}) rotate(45)"><line x1="0" y1="0" x2="0" y2="6" '
        f'class="hatch-{tone}"/></pattern>' for tone in ("light", "dark")) + "</defs>"
