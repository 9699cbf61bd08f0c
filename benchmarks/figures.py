"""Time of a figure against ``GeoDataFrame.plot`` of the same map, by format.

Three programs take turns in one process, and what counts is the processor time of each (all run in one thread), so that
a busy machine does not decide between them:

- ours: a figure with legend, names, hatches, marginalia and metadata, drawn by one maker;
- the same map by ``GeoDataFrame.plot``: the same polygons, classes, hatch, names, legend and lines of text, a new
  figure each time, as its users write it;
- bare: ``GeoDataFrame.plot`` with classes and a legend, and no text but the title.

Run ``python benchmarks/figures.py``; the aim is three times faster than the same map in every format.
"""

from __future__ import annotations

import io
import statistics
import time
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

mpl.use("agg")

import matplotlib.pyplot as plt

import clearance_atlas
from clearance_atlas.rendering.figures import (
    HEIGHT_MM,
    PNG_DPI,
    WIDTH_MM,
    FigureMaker,
    ImageFormat,
    figure_maker,
    marginalia,
    render_figure,
)
from clearance_atlas.rendering.mapdrawing import fill_colour
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.typeset import Style, wrap
from clearance_atlas.rendering.wording import class_labels, title

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearance_atlas.rendering.mapview import MapView

MEASURE = "area_cleared"
ROUNDS = 7


def plotted(maker: FigureMaker, view: MapView, *, image_format: str, bare: bool) -> bytes:
    """Draw a view with geopandas, with everything our figure has on it, or bare."""
    frame = maker.content.districts[view.boundary_version]
    figure, axes = plt.subplots(figsize=(WIDTH_MM / 25.4, HEIGHT_MM / 25.4))
    frame.plot(ax=axes, color=LIGHT.blank, edgecolor="white", linewidth=0.5)
    shown = [*view.districts, *view.groups]
    own = frame.assign(rate=[next((one.rate for one in shown if code in one.codes), None) for code in frame.index])
    own[own["rate"].notna()].plot(ax=axes, column="rate", scheme="user_defined", cmap="Purples", legend=True,
                                  classification_kwds={"bins": [*view.breaks, 1e9]}, edgecolor="white", linewidth=0.5)
    axes.set_title(title(view, content=maker.content, language=maker.language))
    axes.set_axis_off()
    if not bare:
        _everything_else(axes, maker, view, frame=frame)
    buffer = io.BytesIO()
    figure.savefig(buffer, format=image_format, dpi=PNG_DPI)
    plt.close(figure)
    return buffer.getvalue()


def _everything_else(axes: Any, maker: FigureMaker, view: MapView, *, frame: Any) -> None:  # noqa: ANN401 - frames and axes
    if maker.content.context is not None:
        maker.content.context.plot(ax=axes, color=LIGHT.neighbour, edgecolor=LIGHT.rule, zorder=0)
    for group in view.groups:
        frame.loc[list(group.codes)].dissolve().plot(ax=axes, facecolor=fill_colour(group), hatch="//////",
                                                     edgecolor=LIGHT.outline)
    west, south, east, north = frame.loc[list(view.concerned)].total_bounds
    axes.set(xlim=(west - 0.2, east + 0.2), ylim=(south - 0.2, north + 0.2))
    for name, point in zip(frame["name_en"], frame.representative_point(), strict=True):
        axes.annotate(name, (point.x, point.y), fontsize=6, ha="center", clip_on=True, annotation_clip=True)
    for place, label in enumerate(class_labels(view.breaks, language=maker.language)):
        axes.figure.text(0.75, 0.8 - place * 0.04, label, fontsize=6)
    lines = wrap(f"{maker.safety}\n{marginalia(view, maker)}", width=WIDTH_MM, style=Style(5.6, "#000000"))
    for place, line in enumerate(lines):
        axes.figure.text(0, 0.1 - place * 0.015, line, fontsize=5.6)


def seconds(program: Callable[[], bytes]) -> float:
    """Return how much processor time a program takes."""
    start = time.process_time()
    program()
    return time.process_time() - start


def main() -> None:
    """Print the median times and their ratios."""
    content, _ = clearance_atlas.atlas_content(clearance_atlas.read_and_reconcile(),
                                               options=clearance_atlas.BuildOptions())
    maker = figure_maker(content)
    for period in ("year-2023", "month-2024-07", "year-2025"):
        try:
            view = maker.view(period, measure=MEASURE)
        except LookupError:
            continue
        if view.concerned:
            _compare(maker, view, period=period)


def _compare(maker: FigureMaker, view: MapView, *, period: str) -> None:
    for image_format in ImageFormat:
        programs = {
            "ours": lambda form=image_format: render_figure(maker, period, measure=MEASURE, image_format=form),
            "the same map": lambda form=image_format: plotted(maker, view, image_format=form.value, bare=False),
            "bare": lambda form=image_format: plotted(maker, view, image_format=form.value, bare=True),
        }
        times: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(ROUNDS + 1):
            for name, program in programs.items():
                times[name].append(seconds(program))
        # The first round also fills caches: fonts, shapes, places of names.
        medians = {name: statistics.median(taken[1:]) for name, taken in times.items()}
        ours = medians.pop("ours")
        print(f"{period} {image_format}: ours {ours * 1000:.0f} ms; " + "; ".join(
            f"{name} {median * 1000:.0f} ms ({median / ours:.1f} times ours)" for name, median in medians.items()))


if __name__ == "__main__":
    main()
