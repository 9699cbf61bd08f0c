"""Setting text on a matplotlib page: measured widths, wrapped blocks, positions in millimetres from the top left."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import category

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import PathCollection
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.path import Path
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.figure import Figure

FAMILY = "DejaVu Sans"
"""Comes with matplotlib, so that every machine sets the same page; it has all letters of the three languages."""

MM_PER_POINT = 25.4 / 72
Slant = Literal["normal", "italic"]
LEADING = 1.28


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight and colour of a text."""

    size: float
    colour: str
    weight: str = "normal"
    slant: Slant = "normal"

    @property
    def line(self) -> float:
        """Height of a line in millimetres."""
        return self.size * LEADING * MM_PER_POINT


@lru_cache(maxsize=64)
def font(size: float, *, weight: str = "normal", slant: Slant = "normal") -> FontProperties:
    """Return the font of a size in points, weight and slant."""
    return FontProperties(family=FAMILY, size=size, weight=weight, style=slant)


@lru_cache(maxsize=4096)
def printable(text: str) -> str:
    r"""Return a text without control and format characters: a bidi override must not turn a page around.

    >>> printable("Lachin\x0b\u202e")
    'Lachin'
    """
    return "".join(sign for sign in text if not category(sign).startswith("C"))


@lru_cache(maxsize=4096)
def text_width(text: str, *, size: float, weight: str = "normal") -> float:
    """Return the width of one line of text in millimetres."""
    properties = font(size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(printable(text), properties, ismath=False)
    return float(width) * MM_PER_POINT


def wrap(text: str, *, width: float, style: Style) -> list[str]:
    """Break a text into lines of at most ``width`` millimetres; a word longer than a line is cut.

    >>> wrap("one two three", width=14, style=Style(8, "#000000"))
    ['one two', 'three']
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if text_width(longer, size=style.size, weight=style.weight) <= width:
                line = longer
                continue
            if line:
                lines.append(line)
            line = shorten(word, width=width, style=style)
        lines.append(line)
    return lines


def shorten(text: str, *, width: float, style: Style) -> str:
    """Cut a text to a width, with an ellipsis where something is cut."""
    if text_width(text[:400], size=style.size, weight=style.weight) <= width and len(text) <= 400:  # noqa: PLR2004
        return text
    kept = text[:400]
    while kept and text_width(f"{kept}…", size=style.size, weight=style.weight) > width:
        kept = kept[:-max(1, len(kept) // 20)]
    return f"{kept.rstrip()}…"


@lru_cache(maxsize=8192)
def outline(text: str, *, size: float, weight: str = "normal", slant: Slant = "normal") -> Path:
    """Return one line of text as a path in points, its baseline at the origin."""
    properties = font(size, weight=weight, slant=slant)
    vertices, codes = text_to_path.get_text_path(properties, text)
    # Glyphs are laid out at a fixed size and scaled, as matplotlib's own TextPath does.
    return Path(np.asarray(vertices) * size / text_to_path.FONT_SCALE, codes, readonly=True)


class Lettering(StrEnum):
    """How letters are put on a page."""

    OUTLINES = "outlines"
    """As shapes: for bitmaps, where that is quicker and looks the same."""
    TEXT = "text"
    """As text that the reader's program sets: for SVG."""
    PLACED = "placed"
    """As text whose place is worked out here, without matplotlib's own layout: for PDF, in half of the time."""


class PlacedLine(Artist):
    """One line of text with its baseline beginning at a point in pixels."""

    def __init__(self, point: tuple[float, float], text: str, *, style: Style) -> None:
        super().__init__()
        self.point, self.text, self.style = point, text, style
        self.zorder = 8

    def draw(self, renderer: Any) -> None:  # noqa: ANN401 - renderers have no common type
        """Hand the line to the renderer as it is."""
        context = renderer.new_gc()
        context.set_foreground(self.style.colour)
        figure: Any = self.figure  # matplotlib sets it when the line is added to one
        x, y = figure.transFigure.transform(self.point)
        if renderer.flipy():
            y = renderer.get_canvas_width_height()[1] - y
        properties = font(self.style.size, weight=self.style.weight, slant=self.style.slant)
        renderer.draw_text(context, x, y, self.text, properties, 0, ismath=False)
        context.restore()


class Sheet:
    """A figure measured in millimetres from its top left corner."""

    def __init__(self, figure: Figure, *, lettering: Lettering = Lettering.TEXT) -> None:
        self.figure = figure
        self.lettering = lettering
        self.width, self.height = (float(side) * 25.4 for side in figure.get_size_inches())
        self._letters: dict[str, list[Path]] = defaultdict(list)
        self.millimetres = Affine2D().scale(1 / self.width, -1 / self.height).translate(0, 1) + figure.transFigure

    def line(self, left: float, top: float, text: str, *, style: Style, align: str = "left") -> None:
        """Set one line with its top at ``top``; ``align`` says which part of it is at ``left``."""
        base = top + style.line * 0.78
        text = printable(text)
        if not text:
            return
        if self.lettering is Lettering.TEXT:
            self.figure.text(left / self.width, 1 - base / self.height, text, fontsize=style.size, family=FAMILY,
                             color=style.colour, weight=style.weight, style=style.slant, ha=align, va="baseline",
                             parse_math=False, zorder=8)
            return
        shift = {"left": 0.0, "center": 0.5, "right": 1.0}[align]
        if shift:
            left -= shift * text_width(text, size=style.size, weight=style.weight)
        if self.lettering is Lettering.PLACED:
            self.figure.add_artist(PlacedLine((left / self.width, 1 - base / self.height), text, style=style))
            return
        letters = outline(text, size=style.size, weight=style.weight, slant=style.slant)
        points = np.asarray(letters.vertices, dtype=float)
        if len(points):
            vertices = points * (MM_PER_POINT, -MM_PER_POINT) + (left, base)
            self._letters[style.colour].append(Path(vertices, letters.codes))

    def block(self, left: float, top: float, text: str, *, width: float, style: Style, limit: int = 0) -> float:
        """Set a wrapped text and return where the next one may begin; ``limit`` is the most lines, 0 for any."""
        lines = wrap(text, width=width, style=style)
        if limit and len(lines) > limit:
            last = shorten(f"{lines[limit - 1]} {lines[limit]}…", width=width, style=style)
            lines = [*lines[:limit - 1], last]
        for number, line in enumerate(lines):
            self.line(left, top + number * style.line, line, style=style)
        return top + len(lines) * style.line

    def rectangle(self, left: float, top: float, width: float, height: float, **look: Any) -> None:  # noqa: ANN401 - looks
        """Draw a rectangle; ``look`` as for :class:`matplotlib.patches.Rectangle`."""
        self.figure.add_artist(Rectangle((left, top), width, height, transform=self.millimetres, **look))

    def stroke(self, points: Sequence[tuple[float, float]], **look: Any) -> None:  # noqa: ANN401 - looks
        """Draw a line through points in millimetres; ``look`` as for :class:`matplotlib.lines.Line2D`."""
        xs, ys = zip(*points, strict=True)
        self.figure.add_artist(Line2D(xs, ys, transform=self.millimetres, **look))

    def finish(self) -> None:
        """Put the outlined letters on the page, one collection a colour."""
        for colour, paths in sorted(self._letters.items()):
            letters = PathCollection([Path.make_compound_path(*paths)], facecolors=colour, linewidths=0, zorder=8)
            letters.set_transform(self.millimetres)
            self.figure.add_artist(letters)


def block_height(text: str, *, width: float, style: Style) -> float:
    """Return the height of a wrapped text in millimetres."""
    return len(wrap(text, width=width, style=style)) * style.line
