"""How a measure went from period to period: published totals of one operator scope, gaps left open."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.model import PeriodKind, PlaceScope
from clearance_atlas.observations.periods import parse_day
from clearance_atlas.rendering.blocks import headline
from clearance_atlas.rendering.content import chooser_kind, shown_value
from clearance_atlas.rendering.mapview import MAP_BASES
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.typeset import Sheet, Style, text_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from clearance_atlas.model import Observation
    from clearance_atlas.rendering.content import AtlasContent
    from clearance_atlas.rendering.mapview import MapView
    from clearance_atlas.rendering.wording import Words

LABEL = Style(5.6, LIGHT.quiet)
LONGEST = {PeriodKind.WEEK: 26, PeriodKind.MONTH: 24}
"""How many periods back a trend goes; all of them for other kinds."""
STEPS = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period's published total, its days, and whether it is the period that a sheet is about."""

    period_id: str
    start: date
    end: date
    value: Decimal
    observation: Observation
    current: bool


def trend(content: AtlasContent, view: MapView) -> tuple[TrendPoint, ...]:
    """Return the published totals of the view's measure, kind of period and operator scope, in order of time.

    Nothing is summed or filled in; a period without a published total is not in it. It ends with the view's period.
    A figure for one district is followed by figures for that district alone, and a state to date only by states that
    count from the same day.
    """
    kind = chooser_kind(view.period.kind)
    by_period: dict[str, list[Observation]] = defaultdict(list)
    for entry in content.observations:
        if (entry.basis in MAP_BASES and entry.measure is view.measure and entry.operator == view.operator
                and chooser_kind(entry.period.kind) is kind):
            by_period[entry.period_id].append(entry)
    points = [point for period_id, rows in by_period.items() if (point := _point(rows, view=view)) is not None
              and point.end <= _last(view, default=point.end)]
    ordered = sorted(points, key=lambda point: (point.end, point.start, point.period_id))
    return tuple(ordered[-LONGEST.get(kind, len(ordered) or 1):])


def _last(view: MapView, *, default: date) -> date:
    return parse_day(view.period.end) or default


def _point(rows: Sequence[Observation], *, view: MapView) -> TrendPoint | None:
    position = headline(rows)
    if position < 0:
        return None
    entry = rows[position]
    value, end = shown_value(entry), parse_day(entry.period.end)
    if value is None or end is None or _reach(entry) != _reach(view.headline):
        return None
    state = entry.period.kind is PeriodKind.CUMULATIVE
    start = None if state else parse_day(entry.period.start)
    return TrendPoint(entry.period_id, start or end, end, value, entry, entry.period_id == view.period_id)


def _reach(entry: Observation | None) -> tuple[object, ...]:
    """Return what two figures must share to stand in one series: the district, if it is one, and the first day."""
    if entry is None:
        return ((), None)
    alone = entry.place_codes if entry.place_scope is PlaceScope.DISTRICT else ()
    return (alone, entry.period.start if entry.period.kind is PeriodKind.CUMULATIVE else None)


def draw_trend(sheet: Sheet, points: Sequence[TrendPoint], *, box: tuple[float, float, float, float],
               language: Words) -> None:
    """Draw one bar a period into a box (left, top, width, height in mm), as wide as its days, the axis from zero."""
    left, top, width, height = box
    if not points:
        return
    highest = float(max(point.value for point in points))
    step = round_step(highest)
    ceiling = step * max(1, -(-highest // step))
    margin = max(text_width(language.number(ceiling), size=LABEL.size), 6) + 1.5
    plot_left, plot_width, plot_height = left + margin, width - margin, height - 4.5
    base = top + plot_height
    for number in range(round(ceiling / step) + 1):
        level = base - plot_height * number * step / ceiling
        sheet.stroke([(plot_left, level), (plot_left + plot_width, level)], color=LIGHT.rule,
                     linewidth=0.7 if number == 0 else 0.35, zorder=1)
        sheet.line(plot_left - 1, level - LABEL.line * 0.55, language.number(number * step), style=LABEL, align="right")
    first = min(point.start for point in points)
    span = max((max(point.end for point in points) - first).days + 1, 1)
    for point in points:
        x = plot_left + plot_width * (point.start - first).days / span
        days = (point.end - point.start).days + 1
        bar = max(plot_width * days / span - 0.25, 0.6)
        size = plot_height * float(point.value) / ceiling
        sheet.rectangle(x, base - size, bar, size, facecolor=LIGHT.classes[3] if point.current else LIGHT.classes[1],
                        linewidth=0, zorder=2)
    _dates(sheet, points, left=plot_left, width=plot_width, base=base, first=first, span=span, language=language)


def round_step(highest: float) -> float:
    """Return the distance of the lines of an axis: three to five of them, at round numbers.

    >>> [round_step(value) for value in (69205.7, 1358.7, 7, 0)]
    [20000.0, 500.0, 2.0, 1.0]
    """
    if highest <= 0:
        return 1.0
    power = 10.0 ** (len(f"{highest / 4:.0f}") - 1) if highest >= 4 else 1.0  # noqa: PLR2004 - four lines
    return next(step * power for step in STEPS if step * power * 4 >= highest)


def _dates(sheet: Sheet, points: Sequence[TrendPoint], *, left: float, width: float, base: float, first: date,
           span: int, language: Words) -> None:
    """Name the periods below the axis, leaving out those that would run into each other."""
    free = left - 10.0
    for point in points:
        middle = left + width * ((point.start - first).days + (point.end - point.start).days / 2 + 0.5) / span
        text = _name(point, language=language)
        half = text_width(text, size=LABEL.size) / 2
        middle = min(max(middle, left + half), left + width - half)
        if middle - half > free:
            sheet.line(middle, base + 1.2, text, style=LABEL, align="center")
            free = middle + half + 2.0


def _name(point: TrendPoint, *, language: Words) -> str:
    days = (point.end - point.start).days + 1
    if days > 360:  # noqa: PLR2004 - a year
        return str(point.start.year)
    return language.day(point.start, pattern="LLL y" if days > 27 else "d MMM y")  # noqa: PLR2004 - a month
