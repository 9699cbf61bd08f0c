"""One A4 page for a meeting: title, total, map, table, trend, what to keep in mind; portrait or landscape."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import matplotlib as mpl

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Breakdown
from clearance_atlas.rendering.content import AREA_MEASURES
from clearance_atlas.rendering.figures import (
    LETTERING,
    SETTINGS,
    SUBTITLE,
    FigureMaker,
    ImageFormat,
    check_format,
    footer,
    footer_height,
    frame_of_map,
    save,
)
from clearance_atlas.rendering.languages import translate
from clearance_atlas.rendering.legend import HEAD, draw_legend
from clearance_atlas.rendering.mapdrawing import draw_scale_bar
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.trend import draw_trend, trend
from clearance_atlas.rendering.typeset import Sheet, Style, block_height
from clearance_atlas.rendering.wording import caveats, operator_name, place_name, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Measure
    from clearance_atlas.rendering.mapview import MapView
    from clearance_atlas.rendering.wording import Words

MARGIN = 13.0
GUTTER = 7.0
HEADLINE = Style(15.0, LIGHT.ink, weight="bold")
BODY = Style(7.2, LIGHT.ink)
STRONG = Style(7.2, LIGHT.ink, weight="bold")
NOTE = Style(6.8, LIGHT.ink)
LEGEND_MM = 48.0
OTHER_DISTRICTS = "other districts"


class Paper(StrEnum):
    """Size and direction of a sheet."""

    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"


SIZES_MM = {Paper.A4: (210.0, 297.0), Paper.A4_LANDSCAPE: (297.0, 210.0)}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of the table: whom a figure covers, the figure with its hedge, its rate, and whether it stands out."""

    place: str
    figure: str
    rate: str
    strong: bool = False


def render_sheet(maker: FigureMaker, period_id: str, *, measure: Measure | str, paper: Paper | str = Paper.A4,
                 image_format: ImageFormat | str = ImageFormat.PDF) -> bytes:
    """Return one A4 page about a measure in a period.

    Parameters
    ----------
    maker
        As made by :func:`clearance_atlas.rendering.figures.figure_maker`.
    period_id, measure
        As for :func:`~clearance_atlas.rendering.figures.render_figure`.
    paper
        ``a4`` or ``a4-landscape``.
    image_format
        ``pdf``, ``svg`` or ``png`` (300 dpi).

    Raises
    ------
    UnknownNameError
        If the period, the measure, the paper or the format does not exist; the nearest is named.
    """
    chosen, size = check_format(image_format), SIZES_MM[_paper(paper)]
    view = maker.view(period_id, measure=measure)
    with mpl.rc_context(SETTINGS):
        figure = maker.figure(width_mm=size[0], height_mm=size[1])
        sheet = Sheet(figure, lettering=LETTERING[chosen])
        (_portrait if size[0] < size[1] else _landscape)(sheet, view, maker)
        sheet.finish()
        return save(figure, view, maker, image_format=chosen)


def table_rows(view: MapView, maker: FigureMaker) -> list[TableRow]:
    """Return the table of a view: the total, joint figures, districts from the largest figure down.

    The total is one that was published; where there is none, there is no such row.
    """
    language = maker.language
    rows = []
    on_map = [entry.observation for entry in (*view.districts, *view.groups)]
    if view.headline is not None and view.headline not in on_map:
        label = language["national_total"]
        if view.headline.place_codes:
            label = language["group"].format(names=_names(view.headline.place_codes, maker))
        rows.append(TableRow(label, language.quantity(view.headline), "", strong=True))
    rows += [TableRow(language["group"].format(names=_names(shown.codes, maker)),
                      language.quantity(shown.observation), language.rate(shown.rate), strong=True)
             for shown in view.groups]
    mark = f" ({translate('ESTIMATE', language=language.language)})"
    rows += [TableRow(_names(shown.codes, maker),
                      language.quantity(shown.observation) + (mark if shown.is_estimate else ""),
                      language.rate(shown.rate))
             for shown in sorted(view.districts, key=lambda shown: (-shown.value, shown.codes))]
    # "Other districts" closes a district table on its total.
    rows += [TableRow(_part(entry.category, language=language), language.quantity(entry), "") for entry in view.others
             if entry.category and entry.breakdown is Breakdown.DISTRICT and entry.operator == view.operator]
    return rows


def render_trend(maker: FigureMaker, view: MapView, *, image_format: ImageFormat | str = ImageFormat.PNG,
                 width_mm: float = 174.0, height_mm: float = 42.0) -> bytes | None:
    """Return the trend of a view as a picture, or ``None`` where there is only one period to show."""
    points = trend(maker.content, view)
    if len(points) < 2:  # noqa: PLR2004 - one bar is no trend
        return None
    chosen = check_format(image_format)
    with mpl.rc_context(SETTINGS):
        figure = maker.figure(width_mm=width_mm, height_mm=height_mm)
        sheet = Sheet(figure, lettering=LETTERING[chosen])
        draw_trend(sheet, points, box=(0.5, 2.0, width_mm - 1, height_mm - 3), language=maker.language)
        sheet.finish()
        return save(figure, view, maker, image_format=chosen)


def _names(codes: Sequence[str], maker: FigureMaker) -> str:
    return ", ".join(place_name(code, content=maker.content, language=maker.language) for code in codes)


def _part(category: str, *, language: Words) -> str:
    return language["other_districts"] if category.casefold() == OTHER_DISTRICTS else category


def _paper(name: Paper | str) -> Paper:
    try:
        return Paper(name)
    except ValueError:
        known = [entry.value for entry in Paper]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such paper", mend=f"did you mean {near}?") from None


def _portrait(sheet: Sheet, view: MapView, maker: FigureMaker) -> None:
    width = sheet.width - 2 * MARGIN
    top = _head(sheet, view, maker, width=width)
    foot = sheet.height - MARGIN - footer_height(view, maker, width=width)
    height = 128.0
    _map_with_legend(sheet, view, maker, box=(MARGIN, top, width, height))
    top += height + 6
    column = (width - GUTTER) / 2
    _table(sheet, view, maker, box=(MARGIN, top, column, foot - top - 4))
    right = MARGIN + column + GUTTER
    below = _trend(sheet, view, maker, box=(right, top, column, 38.0))
    _caveats(sheet, view, maker, left=right, top=below + 4, width=column, foot=foot - 3)
    footer(sheet, view, maker, left=MARGIN, top=foot, width=width)


def _landscape(sheet: Sheet, view: MapView, maker: FigureMaker) -> None:
    width = sheet.width - 2 * MARGIN
    top = _head(sheet, view, maker, width=width)
    foot = sheet.height - MARGIN - footer_height(view, maker, width=width)
    column = 88.0
    _map_with_legend(sheet, view, maker, box=(MARGIN, top, width - column - GUTTER, foot - top - 5))
    right = sheet.width - MARGIN - column
    below = _table(sheet, view, maker, box=(right, top, column, (foot - top) * 0.52))
    below = _trend(sheet, view, maker, box=(right, below + 4, column, 28.0))
    _caveats(sheet, view, maker, left=right, top=below + 3, width=column, foot=foot - 3)
    footer(sheet, view, maker, left=MARGIN, top=foot, width=width)


def _head(sheet: Sheet, view: MapView, maker: FigureMaker, *, width: float) -> float:
    language = maker.language
    text = title(view, content=maker.content, language=language)
    top = sheet.block(MARGIN, MARGIN - 2, text, width=width, style=HEADLINE, limit=3)
    operator = operator_name(view.operator, content=maker.content, language=language)
    country = maker.content.profile.names.get(language.language, maker.content.profile.names["en"])
    text = f"{country}. {language[f'measure.{view.measure}']}. {language['operator'].format(operator=operator)}"
    return sheet.block(MARGIN, top + 0.6, text, width=width, style=SUBTITLE, limit=2) + 3


def _map_with_legend(sheet: Sheet, view: MapView, maker: FigureMaker, *,
                     box: tuple[float, float, float, float]) -> None:
    left, top, width, height = box
    frame = frame_of_map(sheet, view, maker, box=(left, top, width - LEGEND_MM - 5, height))
    right = left + width - LEGEND_MM
    draw_legend(sheet, view, left=right, top=top, width=LEGEND_MM, language=maker.language)
    draw_scale_bar(sheet, frame, left=right, top=top + height - 7, language=maker.language)


def _table(sheet: Sheet, view: MapView, maker: FigureMaker, *, box: tuple[float, float, float, float]) -> float:
    """Set the table into a box; rows that find no room are counted, never dropped without a word."""
    left, top, width, height = box
    language, foot = maker.language, top + height
    unit = language["unit.ha"] if view.measure in AREA_MEASURES else language["unit.items"]
    columns = (left, left + width * 0.76, left + width)
    top = sheet.block(left, top, language["table"], width=width, style=HEAD) + 1
    for x, text, align in ((columns[0], language["district"], "left"), (columns[1], unit, "right"),
                           (columns[2], language["rate"], "right")):
        sheet.line(x, top, text, style=SUBTITLE, align=align)
    top += SUBTITLE.line + 0.6
    rows = table_rows(view, maker)
    for number, row in enumerate(rows):
        style = STRONG if row.strong else BODY
        need = block_height(row.place, width=width * 0.55, style=style) + 0.9
        if top + need + BODY.line > foot and number < len(rows) - 1:
            sheet.line(left, top + 0.4, language.plural("and_others", len(rows) - number), style=BODY)
            return top + BODY.line
        sheet.stroke([(left, top), (left + width, top)], color=LIGHT.rule, linewidth=0.4, zorder=1)
        sheet.line(columns[1], top + 0.5, row.figure, style=style, align="right")
        sheet.line(columns[2], top + 0.5, row.rate, style=style, align="right")
        top = sheet.block(left, top + 0.5, row.place, width=width * 0.55, style=style) + 0.4
    if not rows:
        top = sheet.block(left, top + 0.5, language["state_none"], width=width, style=BODY)
    sheet.stroke([(left, top), (left + width, top)], color=LIGHT.rule, linewidth=0.4, zorder=1)
    note = f"{language['rate']}: {language.rate_unit(view.measure)}"
    return sheet.block(left, top + 1, note, width=width, style=SUBTITLE)


def _trend(sheet: Sheet, view: MapView, maker: FigureMaker, *, box: tuple[float, float, float, float]) -> float:
    left, top, width, height = box
    language = maker.language
    points = trend(maker.content, view)
    kind = language[f"kind.{view.period.kind or 'custom'}"]
    text = language["trend_of"].format(measure=language[f"measure.{view.measure}"], kind=kind,
                                       operator=operator_name(view.operator, content=maker.content, language=language))
    below = sheet.block(left, top, language["trend"], width=width, style=HEAD)
    below = sheet.block(left, below, text, width=width, style=SUBTITLE, limit=2) + 2
    draw_trend(sheet, points, box=(left, below, width, height - (below - top)), language=language)
    return top + height


def _caveats(sheet: Sheet, view: MapView, maker: FigureMaker, *, left: float, top: float, width: float,
             foot: float) -> None:
    top = sheet.block(left, top, maker.language["caveats"], width=width, style=HEAD) + 0.8
    for text in caveats(view, content=maker.content, language=maker.language):
        if top + block_height(text, width=width - 3, style=NOTE) > foot:
            return
        sheet.line(left, top, "–", style=NOTE)
        top = sheet.block(left + 3, top, text, width=width - 3, style=NOTE) + 0.8
