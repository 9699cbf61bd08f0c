# ruff: noqa: INP001 -- a program beside the pages
"""Draw the pictures of the documentation anew from the shipped bulletins, by the command that everybody has."""

from __future__ import annotations

from pathlib import Path

from clearance_atlas.building import write_figures
from clearance_atlas.config import resource
from clearance_atlas.pipeline import BuildOptions

FOLDER = Path(__file__).with_name("pictures")
REFRESH = "python docs/make_pictures.py"
PICTURES = (("year-2025", "area_cleared"), ("week-2024-07-29", "area_cleared"))


def make(folder: Path = FOLDER) -> list[Path]:
    """Write each picture as SVG into ``folder`` and return the paths."""
    return [
        write_figures([resource("bulletins")], period=period, measure=measure, image_format="svg",
                      target=folder / f"{period}-{measure}.svg", options=BuildOptions())[0]
        for period, measure in PICTURES
    ]


if __name__ == "__main__":
    make()
