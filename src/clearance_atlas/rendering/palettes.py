"""Colours of the pages and figures: one indigo scale for data, paper and warm grey for everything else.

Red, orange and green stay free: on mine-action maps they mean hazard and closed land (GICHD symbols). The five classes
fall in lightness by equal steps (CIE L* 86, 71, 56, 41, 25), so that they keep their order in greyscale print and for
every kind of colour vision. The dark scale runs the other way, brighter being more. The style sheet of the pages takes
its custom properties from here.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Palette:
    """Named colours as hexadecimal sRGB; ``classes`` from the lowest class to the highest."""

    classes: tuple[str, str, str, str, str]
    zero: str
    blank: str
    sea: str
    neighbour: str
    border: str
    outline: str
    ink: str
    quiet: str
    paper: str
    rule: str


LIGHT = Palette(
    classes=("#d0d6ee", "#a5acdb", "#7b82c1", "#535aa0", "#2c3172"),
    zero="#ffffff", blank="#e9e5de", sea="#f1f4f6", neighbour="#f8f7f4", border="#ffffff", outline="#23274f",
    ink="#1d1d22", quiet="#5c5a57", paper="#ffffff", rule="#d9d5cd",
)
DARK = Palette(
    classes=("#3a4078", "#565da3", "#7c84c6", "#a9b0e0", "#dfe3f8"),
    zero="#121214", blank="#35322e", sea="#17191c", neighbour="#201f1e", border="#17171a", outline="#eef0fb",
    ink="#f1efec", quiet="#b3afa8", paper="#17171a", rule="#3d3a36",
)


def custom_properties(palette: Palette) -> str:
    """Return the palette as CSS custom properties, ``--c0`` to ``--c4`` and one a named colour."""
    classes = [f"--c{number}:{colour}" for number, colour in enumerate(palette.classes)]
    names = ("zero", "blank", "sea", "neighbour", "border", "outline", "ink", "quiet", "paper", "rule")
    return ";".join([*classes, *(f"--{name}:{getattr(palette, name)}" for name in names)])
