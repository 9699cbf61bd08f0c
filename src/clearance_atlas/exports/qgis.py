"""Layer styles for QGIS (QML), so that a GeoPackage opens classed and hatched as the atlas is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

OUTLINE = "#6b6b6b"
NO_FIGURE = "#efece6"
ZERO = "#ffffff"


def classed_style(breaks: Mapping[str, Sequence[float]], *, colours: Sequence[str], unit: str) -> str:
    """Return the QML of a layer of figures: one rule a kind of period, scope and class, hatched where joint.

    Parameters
    ----------
    breaks
        Inner class breaks of ``rate`` by kind of period, ascending; a rate equal to a break belongs to the class above.
    colours
        ``#rrggbb`` of the classes from the lowest to the highest; the first are used where there are fewer classes.
    unit
        Unit of the rate, for the labels.
    """
    root, rules, symbols = _document()
    for kind, bounds in sorted(breaks.items()):
        # Days and other spans share the classes of "custom", as they share an entry of the atlas's chooser.
        same = "'custom', 'day'" if kind == "custom" else f"'{kind}'"
        parent = ET.SubElement(rules, "rule", key=_key(kind), filter=f'"period_kind" IN ({same})', label=kind)
        for scope, note in (("group", ", reported jointly"), ("district", "")):
            hatched = scope == "group"
            _rule(parent, symbols, label=f"0{note}", colour=ZERO, hatched=hatched,
                  condition=f"\"place_scope\" = '{scope}' AND \"value\" = 0")
            for low, high, colour in _classes(bounds, colours):
                upper = "" if high is None else f' AND "rate" < {high:g}'
                _rule(parent, symbols, label=f"{_label(low, high)} {unit}{note}", colour=colour, hatched=hatched,
                      condition=f"\"place_scope\" = '{scope}' AND \"value\" > 0 AND \"rate\" >= {low:g}{upper}")
    # The temporal controller of QGIS shows one period after another; without it all periods lie over each other.
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
    bounds: list[float | None] = [0.0, *breaks, None]
    return [(low or 0.0, high, colour) for (low, high), colour in zip(pairwise(bounds), colours, strict=False)]


def _label(low: float, high: float | None) -> str:
    if high is None:
        return f"{low:g} and more" if low else "more than 0"
    return f"{low:g} to less than {high:g}" if low else f"less than {high:g}"


def _document() -> tuple[ET.Element, ET.Element, ET.Element]:
    root = ET.Element("qgis", version="3.28.0", styleCategories="Symbology|Temporal")
    renderer = ET.SubElement(root, "renderer-v2", type="RuleRenderer", symbollevels="0", enableorderby="0",
                             forceraster="0")
    rules = ET.SubElement(renderer, "rules", key=_key("rules"))
    return root, rules, ET.SubElement(renderer, "symbols")


def _rule(rules: ET.Element, symbols: ET.Element, *, label: str, condition: str, colour: str, hatched: bool = False,
          line: str = "solid") -> None:
    name = str(len(symbols))
    ET.SubElement(rules, "rule", key=_key(f"{condition} {label}"), filter=condition, symbol=name, label=label)
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


def _key(text: str) -> str:
    """Return a key that is always the same for the same rule."""
    return f"{{{uuid5(NAMESPACE_URL, text)}}}"


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
