"""Maps as pictures for reports: SVG, PNG and PDF by matplotlib, the same bytes each time.

The pictures follow the pages: the same classes, colours, hatches and words (:mod:`clearance_atlas.rendering`). One
matplotlib figure is used for all maps of a run.
"""

from __future__ import annotations

import difflib
import io
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Basis, Measure
from clearance_atlas.rendering.classification import pooled_breaks
from clearance_atlas.rendering.credits import version_credit
from clearance_atlas.rendering.languages import translate
from clearance_atlas.rendering.legend import draw_legend
from clearance_atlas.rendering.mapdrawing import (
    MapFrame,
    MapPane,
    draw_approximate,
    draw_districts,
    draw_groups,
    draw_land,
    draw_locator,
    draw_scale_bar,
    map_frame,
)
from clearance_atlas.rendering.mapnames import draw_names
from clearance_atlas.rendering.mapshapes import MapShapes, map_shapes
from clearance_atlas.rendering.mapview import MAP_BASES, MapView, map_view
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.safety import safety_line
from clearance_atlas.rendering.typeset import FAMILY, Lettering, Sheet, Style, block_height
from clearance_atlas.rendering.wording import Words, alt_text, estimate_note, operator_name, sources_text, title, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from clearance_atlas.model import PeriodKind
    from clearance_atlas.rendering.content import AtlasContent

WIDTH_MM, HEIGHT_MM = 174.0, 132.0
PANEL_MM = 50.0
LOCATOR_MM = 24.0
PNG_DPI = 300
TITLE = Style(11.5, LIGHT.ink, weight="bold")
SUBTITLE = Style(7.5, LIGHT.quiet)
SAFETY = Style(6.4, LIGHT.ink, weight="bold")
SMALL = Style(5.6, LIGHT.quiet)
# Fonts of PDF are Type 3: TrueType (42) takes five times as long, for the letters of each figure are cut out of the
# fonts anew, and saves two in a hundred bytes. Level 2 of compression is a tenth faster than 6 and a tenth larger.
SETTINGS: dict[Any, Any] = {
    "svg.hashsalt": "clearance-atlas", "svg.fonttype": "none", "pdf.fonttype": 3, "pdf.compression": 2,
    "font.family": FAMILY,
    "path.simplify": False, "axes.unicode_minus": False, "text.usetex": False,
    "text.hinting": "no_hinting",
}


class ImageFormat(StrEnum):
    """Format of a picture."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


LETTERING = {ImageFormat.PNG: Lettering.OUTLINES, ImageFormat.SVG: Lettering.TEXT, ImageFormat.PDF: Lettering.PLACED}


@dataclass
class FigureMaker:
    """Draws maps of one atlas in one language, keeping what they share: breaks, projected shapes, one figure."""

    content: AtlasContent
    language: Words
    breaks: dict[tuple[Measure, PeriodKind], tuple[float, ...]]
    bases: frozenset[Basis] = MAP_BASES
    _shapes: dict[str, MapShapes] = field(default_factory=dict)
    _figures: dict[tuple[float, float], Figure] = field(default_factory=dict)
    _credits: dict[str, str] = field(default_factory=dict)

    @property
    def safety(self) -> str:
        """The safety line of the atlas's country."""
        return safety_line(self.content.profile, language=self.language.language)

    def view(self, period_id: str, *, measure: Measure | str) -> MapView:
        """Return what the map of a period and measure shows."""
        return map_view(self.content, period_id=period_id, measure=measure, breaks=self.breaks,
                        bases=self.bases)

    def shapes(self, version: str) -> MapShapes:
        """Return the projected shapes of a boundary version."""
        if version not in self._shapes:
            self._shapes[version] = map_shapes(self.content.districts[version], context=self.content.context)
        return self._shapes[version]

    def credit(self, version: str) -> str:
        """Return producer and licence of a boundary version; of the user's file where there is one."""
        if version not in self._credits:
            self._credits[version] = version_credit(version, content=self.content)
        return self._credits[version]

    def figure(self, *, width_mm: float, height_mm: float) -> Figure:
        """Return the figure of a size, emptied."""
        size = (width_mm, height_mm)
        if size not in self._figures:
            self._figures[size] = Figure(figsize=(width_mm / 25.4, height_mm / 25.4), facecolor=LIGHT.paper)
        figure = self._figures[size]
        figure.clear()
        return figure


def figure_maker(content: AtlasContent, *, language: str | None = None, estimates: bool = False) -> FigureMaker:
    """Return a maker of figures for an atlas; ``language`` is that of the atlas unless another is named.

    With ``estimates`` those in the content are drawn too, paler, with dashed edges and under their name; the class
    breaks stay those of what was published.

    Raises
    ------
    UnknownNameError
        If the language is none of ``en``, ``az``, ``ru``.
    """
    published = [entry for entry in content.observations if entry.basis in MAP_BASES]
    return FigureMaker(content, words(language or content.language),
                       pooled_breaks(published, districts=content.districts),
                       bases=MAP_BASES | {Basis.ESTIMATED} if estimates else MAP_BASES)


def render_figure(maker: FigureMaker, period_id: str, *, measure: Measure | str,
                  image_format: ImageFormat | str = ImageFormat.SVG, dpi: int = PNG_DPI) -> bytes:
    """Return the map of a measure in a period as a picture of 174 by 132 mm.

    Parameters
    ----------
    maker
        As made by :func:`figure_maker`; use one for many pictures.
    period_id
        Name of a period, e.g. ``week-2024-07-01``.
    measure
        Name of a measure, e.g. ``area_cleared``.
    image_format
        ``svg``, ``png`` or ``pdf``.
    dpi
        Dots per inch of a PNG.

    Raises
    ------
    UnknownNameError
        If the period, the measure or the format does not exist; the nearest is named.
    """
    chosen = check_format(image_format)
    view = maker.view(period_id, measure=measure)
    with mpl.rc_context(SETTINGS):
        figure = maker.figure(width_mm=WIDTH_MM, height_mm=HEIGHT_MM)
        _compose(Sheet(figure, lettering=LETTERING[chosen]), view, maker)
        return save(figure, view, maker, image_format=chosen, dpi=dpi)


def render_figures(maker: FigureMaker, period_ids: Iterable[str], *, measure: Measure | str,
                   image_format: ImageFormat | str = ImageFormat.SVG) -> Iterator[tuple[str, bytes]]:
    """Yield file name and picture of each period, in the order given."""
    for period_id in period_ids:
        name = figure_name(period_id, measure=measure, image_format=image_format,
                           estimates=Basis.ESTIMATED in maker.bases)
        yield name, render_figure(maker, period_id, measure=measure, image_format=image_format)


def figure_name(period_id: str, *, measure: Measure | str, image_format: ImageFormat | str,
                estimates: bool = False) -> str:
    """Return the file name of a figure; one with estimates says so.

    >>> figure_name("week-2024-07-01", measure="uxo", image_format="png")
    'week-2024-07-01-uxo.png'
    """
    return f"{period_id}-{Measure(measure)}{'-ESTIMATE' if estimates else ''}.{check_format(image_format)}"


def check_format(name: ImageFormat | str) -> ImageFormat:
    """Return the format of a name, or say which is the nearest."""
    try:
        return ImageFormat(name)
    except ValueError:
        known = [entry.value for entry in ImageFormat]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such picture format", mend=f"did you mean {near}?") from None


def _compose(sheet: Sheet, view: MapView, maker: FigureMaker) -> None:
    """Lay out title, map, legend, locator and marginalia."""
    language, content = maker.language, maker.content
    head = title(view, content=content, language=language)
    top = sheet.block(0.5, 0.5, head, width=WIDTH_MM - 1, style=TITLE, limit=3)
    operator = operator_name(view.operator, content=content, language=language)
    subtitle = f"{language[f'measure.{view.measure}']}. {language['operator'].format(operator=operator)}"
    top = sheet.block(0.5, top + 0.4, subtitle, width=WIDTH_MM - 1, style=SUBTITLE, limit=1) + 1.5
    foot = HEIGHT_MM - footer_height(view, maker, width=WIDTH_MM - 1) - 1.5
    width, height = WIDTH_MM - PANEL_MM - 4, foot - top
    frame = frame_of_map(sheet, view, maker, box=(0.4, top, width, height))
    left = width + 4.5
    below = draw_legend(sheet, view, left=left, top=top, width=PANEL_MM - 1, language=language)
    draw_scale_bar(sheet, frame, left=left, top=foot - 7, language=language)
    room = min(foot - 7 - below - 4, LOCATOR_MM)
    if room > LOCATOR_MM / 2 and view.concerned:
        draw_locator(sheet, maker.shapes(view.boundary_version), frame.extent,
                     box=(left, foot - 9 - room, PANEL_MM - 1, room))
    footer(sheet, view, maker, left=0.5, top=foot + 1.5, width=WIDTH_MM - 1)
    sheet.finish()


def frame_of_map(sheet: Sheet, view: MapView, maker: FigureMaker, *,
                 box: tuple[float, float, float, float]) -> MapFrame:
    """Draw the map of a view into a box (left, top, width, height) in millimetres; return what part it shows."""
    shapes = maker.shapes(view.boundary_version)
    frame = map_frame(shapes.extent(view.concerned), width_mm=box[2], height_mm=box[3])
    pane = MapPane(sheet, frame, left=box[0], top=box[1])
    draw_land(pane, shapes)
    draw_groups(pane, view, shapes)
    draw_districts(pane, view, shapes)
    draw_approximate(pane, view, shapes)
    draw_names(pane, view, shapes, content=maker.content, language=maker.language)
    return frame


def marginalia(view: MapView, maker: FigureMaker) -> str:
    """Return sources, boundaries, cut-off, projection, glossary and disclaimer as one paragraph."""
    language, content = maker.language, maker.content
    projection = maker.shapes(view.boundary_version).projection
    told = estimate_note(view, language=language)
    parts = [told] if told else []
    parts.append(f"{language['sources']}: {sources_text(view, content=content, language=language)}")
    credit = maker.credit(view.boundary_version)
    if view.boundary_version not in credit:
        credit = language["boundary_version"].format(credit=credit or "-", version=view.boundary_version)
    parts.append(f"{language['boundaries']}: {credit}. {language['rate_area']}")
    parts.append(language["projection"].format(lat=projection.latitude, lon=projection.longitude))
    if content.cutoff:
        parts.append(language["cutoff"].format(date=language.day(content.cutoff)))
    if content.created:
        parts.append(translate("Created {day}", language=language.language, day=language.day(content.created)))
    made_by = language["made_by"].format(publisher=content.publisher, version=content.version).strip()
    text = ". ".join(part.rstrip(".") for part in parts) + f". {made_by}."
    return f"{text}\n{language['glossary']} {language['disclaimer']}"


def footer_height(view: MapView, maker: FigureMaker, *, width: float) -> float:
    """Return the height of the safety line and the marginalia in millimetres."""
    return (block_height(maker.safety, width=width, style=SAFETY) + 0.8
            + block_height(marginalia(view, maker), width=width, style=SMALL))


def footer(sheet: Sheet, view: MapView, maker: FigureMaker, *, left: float, top: float, width: float) -> None:
    """Set the safety line, which cannot be switched off, and the marginalia."""
    top = sheet.block(left, top, maker.safety, width=width, style=SAFETY) + 0.8
    sheet.block(left, top, marginalia(view, maker), width=width, style=SMALL)


def save(figure: Figure, view: MapView, maker: FigureMaker, *, image_format: ImageFormat,
         dpi: int = PNG_DPI) -> bytes:
    """Return the finished figure with title, alt text and sources in its metadata, and no date."""
    head = title(view, content=maker.content, language=maker.language)
    text = alt_text(view, content=maker.content, language=maker.language)
    source = sources_text(view, content=maker.content, language=maker.language)
    buffer = io.BytesIO()
    if image_format is ImageFormat.PNG:
        figure.set_dpi(dpi)
        metadata = {"Title": head, "Description": text, "Source": source, "Disclaimer": maker.safety}
        return _png(figure, metadata)
    if image_format is ImageFormat.PDF:
        from matplotlib.backends.backend_pdf import FigureCanvasPdf  # noqa: PLC0415 - only for this format

        canvas: Any = FigureCanvasPdf(figure)  # its methods have no types
        canvas.print_pdf(buffer, metadata={
            "Title": head, "Subject": text, "Keywords": source, "Author": maker.content.publisher,
            "Creator": "Clearance Atlas", "CreationDate": None})
        return buffer.getvalue()
    from matplotlib.backends.backend_svg import FigureCanvasSVG  # noqa: PLC0415 - only for this format

    drawing: Any = FigureCanvasSVG(figure)  # its methods have no types
    drawing.print_svg(buffer, metadata={
        "Title": head, "Description": text, "Source": source, "Publisher": maker.content.publisher, "Date": None,
        "Creator": "Clearance Atlas", "Language": maker.language.language})
    return _described(buffer.getvalue().decode(), text).encode()


def _png(figure: Figure, metadata: dict[str, str]) -> bytes:
    """Return a figure as PNG without an alpha channel: a quarter less to write, and nothing is transparent."""
    from PIL import Image, PngImagePlugin  # noqa: PLC0415 - only for this format

    canvas: Any = FigureCanvasAgg(figure)  # its methods have no types
    canvas.draw()
    picture = Image.frombuffer("RGBA", canvas.get_width_height(), canvas.buffer_rgba(), "raw", "RGBA", 0, 1)
    notes = PngImagePlugin.PngInfo()
    for name, text in metadata.items():
        notes.add_itxt(name, text)
    buffer = io.BytesIO()
    # Level 2 costs a tenth more bytes than the default and half of its time (zlib, measured on these maps).
    picture.convert("RGB").save(buffer, "png", compress_level=2, dpi=(figure.dpi, figure.dpi), pnginfo=notes)
    return buffer.getvalue()


def _described(svg: str, text: str) -> str:
    """Add what a screen reader needs: the role of a picture and its description beside the title."""
    # Verdana has nearly the widths of DejaVu Sans, for readers without the latter.
    marked = svg.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")
    marked = marked.replace("<svg ", '<svg role="img" aria-labelledby="figure-title figure-text" ', 1)
    marked = marked.replace("<title>", '<title id="figure-title">', 1)
    return marked.replace("</title>", f'</title>\n <desc id="figure-text">{escape(text)}</desc>', 1)
