"""The legend of a figure: the classes of the measure and, always, the four honest states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.rendering.languages import translate
from clearance_atlas.rendering.mapdrawing import (
    ESTIMATE_DASH,
    ESTIMATE_SHARE,
    HATCH_MM,
    HATCH_POINTS,
    blend,
    diagonals,
)
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.typeset import Sheet, Style
from clearance_atlas.rendering.wording import class_labels

if TYPE_CHECKING:
    from clearance_atlas.rendering.mapview import MapView
    from clearance_atlas.rendering.wording import Words

HEAD = Style(7.2, LIGHT.ink, weight="bold")
TEXT = Style(6.4, LIGHT.ink)
SWATCH_WIDTH, SWATCH_HEIGHT, GAP = 7.0, 3.6, 1.2


def draw_legend(sheet: Sheet, view: MapView, *, left: float, top: float, width: float, language: Words) -> float:
    """Draw the legend with its top left corner at ``left``, ``top`` (mm) and return where it ends."""
    unit = language.rate_unit(view.measure)
    if view.breaks or view.districts or view.groups:
        top = sheet.block(left, top, f"{language[f'measure.{view.measure}']}, {unit}", width=width, style=HEAD) + 1
        labels = class_labels(view.breaks, language=language)
        for number, label in enumerate(labels):
            top = _row(sheet, left, top, label, width=width, colour=LIGHT.classes[number])
        top += 1.5 if labels else 0
    middle = LIGHT.classes[min(len(view.breaks) // 2, 1)]
    for key, colour, hatched in (("state_published", middle, False), ("state_joint", middle, True),
                                 ("state_zero", LIGHT.zero, False), ("state_none", LIGHT.blank, False)):
        top = _row(sheet, left, top, language[key], width=width, colour=colour, hatched=hatched)
    if view.estimates:
        label = translate("ESTIMATE, not published", language=language.language)
        top = _row(sheet, left, top, label, width=width, colour=blend(middle, LIGHT.blank, share=ESTIMATE_SHARE),
                   edge=ESTIMATE_DASH)
    for key, style, weight in (("group_border", "solid", 1.2), ("approximate", (0, (4, 2.5)), 0.8)):
        top = _line_row(sheet, left, top, language[key], width=width, linestyle=style, weight=weight)
    return top


def _row(sheet: Sheet, left: float, top: float, label: str, *, width: float, colour: str,
         hatched: bool = False, edge: tuple[int, tuple[int, int]] | None = None) -> float:
    end = sheet.block(left + SWATCH_WIDTH + 1.8, top + 0.5, label, width=width - SWATCH_WIDTH - 1.8, style=TEXT)
    box = (left, top, SWATCH_WIDTH, SWATCH_HEIGHT)
    rim, weight = (LIGHT.outline, 0.7) if edge else ("#b9b4ab", 0.5)
    sheet.rectangle(*box, facecolor=colour, edgecolor=rim, linewidth=weight, linestyle=edge or "solid")
    if hatched:
        lines = diagonals((left, -top - SWATCH_HEIGHT, left + SWATCH_WIDTH, -top), step=HATCH_MM)
        for line in lines:
            sheet.stroke([(x, -y) for x, y in line], color=blend(colour, LIGHT.outline),
                         linewidth=HATCH_POINTS, zorder=1.5)
        sheet.rectangle(*box, facecolor="none", edgecolor=LIGHT.outline, linewidth=1.0)
    return max(end, top + SWATCH_HEIGHT) + GAP


def _line_row(sheet: Sheet, left: float, top: float, label: str, *, width: float, linestyle: object,
              weight: float) -> float:
    end = sheet.block(left + SWATCH_WIDTH + 1.8, top + 0.3, label, width=width - SWATCH_WIDTH - 1.8, style=TEXT)
    sheet.stroke([(left, top + 1.6), (left + SWATCH_WIDTH, top + 1.6)], color=LIGHT.outline, linewidth=weight,
                 linestyle=linestyle)
    return max(end, top + 3.2) + GAP * 0.6
