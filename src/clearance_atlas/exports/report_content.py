"""What a situation report says, before it is written as Word, HTML or Markdown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from clearance_atlas.rendering.sheets import TableRow
from clearance_atlas.rendering.wording import Words


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """One figure of the period: what, how much, where, whose work, and the number of its footnote."""

    label: str
    figure: str
    place: str
    operator: str
    footnote: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything a situation report says. ``footnotes`` are numbered from one, in the order of the key figures."""

    heading: str
    title: str
    subtitle: str
    key_figures: tuple[KeyFigure, ...]
    map_picture: Callable[[str], bytes]
    map_text: str
    rows: tuple[TableRow, ...]
    rate_unit: str
    trend_picture: Callable[[str], bytes | None]
    trend_text: str
    caveats: tuple[str, ...]
    footnotes: tuple[str, ...]
    safety: str
    marginalia: str
    language: Words
