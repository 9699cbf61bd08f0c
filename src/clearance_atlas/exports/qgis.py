"""Layer styles for QGIS (QML), so that a GeoPackage opens classed and hatched as the atlas is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Sequence

OUTLINE = "#6b6b6b"
NO_FIGURE = "#efece6"
ZERO = "#ffffff"


def classed_style(*, breaks: Sequence[float], colours: Sequence[str], unit: str) -> str:
    """Return the QML of a layer of figures: one rule a class and scope, hatched where a figure is joint.

    Parameters
    ----------
    breaks
        Upper bounds of the classes of ``rate``, ascending; the last class is open above the last but one.
    colours
        One ``#rrggbb`` a class.
    unit
        Unit of the rate, for the labels.
    """
    root, rules, symbols = _document()
    for scope, note in (("group", ", reported jointly"), ("district", "")):
        zero = f"\"place_scope\" = '{scope}' AND \"value\" = 0"
        _rule(rules, symbols, label=f"0{note}", condition=zero, colour=ZERO, hatched=scope == "group")
        for low, high, colour in _classes(breaks, colours):
            bounds = f'"rate" > {low:g}' + ("" if high is None else f' AND "rate" <= {high:g}')
            label = f"more than {low:g}" if high is None else f"{low:g} to {high:g}"
            _rule(rules, symbols, label=f"{label} {unit}{note}", colour=colour, hatched=scope == "group",
                  condition=f"\"place_scope\" = '{scope}' AND \"value\" > 0 AND {bounds}")
    # The controller of QGIS shows one period after another; without it all periods lie over each other.
    ET.SubElement(root, "temporal", enabled="0", mode="2", startField="start_date", endField="end_date",
                  limitMode="1", accumulate="0", durationUnit="days", fixedDuration="0")
    return _text(root)


def plain_style(*, colour: str = NO_FIGURE) -> str:
    """Return the QML of a layer without figures: quiet land and thin borders, dashed where approximate."""
    root, rules, symbols = _document()
    _rule(rules, symbols, label="border", condition='NOT "approximate"', colour=colour)
    _rule(rules, symbols, label="approximate border", condition='"approximate"', colour=colour, line="dash")
    return _text(root)


def _classes(breaks: Sequence[float], colours: Sequence[str]) -> list[tuple[float, float | None, str]]:
    bounds = [0.0, *breaks]
    steps = [*pairwise(bounds)][: len(colours)]
    return [(low, None if index == len(steps) - 1 else high, colour)
            for index, ((low, high), colour) in enumerate(zip(steps, colours, strict=True))]


def _document() -> tuple[ET.Element, ET.Element, ET.Element]:
    root = ET.Element("qgis", version="3.28.0", styleCategories="Symbology|Temporal")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0",
                             forceraster="0")
    rules = ET.SubElement(renderer, "rules", key="{00000000-0000-0000-0000-000000000000}")
    return root, rules, ET.SubElement(renderer, "symbols")


def _rule(rules: ET.Element, symbols: ET.Element, *, label: str, condition: str, colour: str, hatched: bool = False,
          line: str = "solid") -> None:
    name = str(len(symbols))
    ET.SubElement(rules, "rule", key=f"{{00000000-0000-0000-0000-{len(symbols) + 1:012d}}}", filter=condition,
                  symbol=name, label=label)
    symbol = ET.SubElement(symbols, "symbol", type="fill", name=name, alpha="1", clip_to_extent="1",
                           force_rhr="0")
    _options(ET.SubElement(symbol, "layer", {"class": "SimpleFill", "enabled": "1", "pass": "0", "locked": "0"}), {
        "color": _rgba(colour), "outline_color": _rgba(OUTLINE), "outline_style": line, "outline_width": "0.2",
        "outline_width_unit": "MM", "style": "solid", "joinstyle": "round"})
    if hatched:
        pattern = ET.SubElement(symbol, "layer", {"class": "LinePatternFill", "enabled": "1", "pass": "0",
                                                  "locked": "0"})
        _options(pattern, {"angle": "45", "distance": "1.6", "distance_unit": "MM", "line_width": "0.2",
                           "color": _rgba(OUTLINE)})
        stroke = ET.SubElement(pattern, "symbol", type="line", name=f"@{name}@1", alpha="1", clip_to_extent="1",
                               force_rhr="0")
        _options(ET.SubElement(stroke, "layer", {"class": "SimpleLine", "enabled": "1", "pass": "0", "locked": "0"}),
                 {"line_color": _rgba(OUTLINE), "line_width": "0.2", "line_width_unit": "MM", "line_style": "solid"})


def _options(layer: ET.Element, options: dict[str, str]) -> None:
    box = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(box, "Option", name=name, type="QString", value=value)


def _rgba(colour: str) -> str:
    red, green, blue = (int(colour[i:i + 2], 16) for i in (1, 3, 5))
    return f"{red},{green},{blue},255"


def _text(root: ET.Element) -> str:
    ET.indent(root, " ")
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")
