"""The folium skeleton of all pages: one Leaflet map without CDN, random ids or data.

folium draws the map element and the script that starts it, once for an atlas. What the map shows comes as JSON in a
slot of the finished page: branca parses its own output again as a template, so that a district name holding ``{{``
would be executed there (tried). Leaflet's files are those of the XStatic-Leaflet wheel, checked by their SHA-256.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

import folium

from clearance_atlas.errors import InputError

MAP_ID = "atlas"
LEAFLET_VERSION = "1.9.3"
SHA256 = {
    "leaflet.js": "5819285cec137b229c94e1ee5ad73e8b6b84345a4367d60f75fe477fe0fb7b03",
    "leaflet.css": "90b693d86392a4779c861b28cf307e7e59c3fb35328c4d8b95f58f814d38c722",
}


@dataclass(frozen=True, slots=True)
class Leaflet:
    """The text of Leaflet's script and style sheet."""

    script: str
    style: str


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The map element and the script that makes it a Leaflet map."""

    element: str
    script: str


class AtlasMap(folium.Map):
    """A folium map with a fixed id and without the scripts and styles that folium takes from CDNs."""

    default_js = []  # noqa: RUF012 - the lists that folium reads
    default_css = []  # noqa: RUF012 - the same

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - handed on to folium
        super().__init__(tiles=None, **options)
        self._id = MAP_ID


@cache
def leaflet(folder: Path | None = None) -> Leaflet:
    """Return Leaflet's files, from the installed wheel or from a folder.

    Raises
    ------
    InputError
        If a file is missing or, from the wheel, is not the release that this package knows.
    """
    if folder is not None:
        return Leaflet(_read(folder / "leaflet.js"), _read(folder / "leaflet.css"))
    files = {name: _installed(name) for name in SHA256}
    for name, path in files.items():
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "nothing"
        if found != SHA256[name]:
            raise InputError(str(path), f"is not Leaflet {LEAFLET_VERSION} (sha256 {found})",
                             mend="reinstall XStatic-Leaflet==1.9.3.0 or give --leaflet-dir")
    return Leaflet(_read(files["leaflet.js"]), _read(files["leaflet.css"]))


def _installed(name: str) -> Path:
    try:
        listed = metadata.files("XStatic-Leaflet") or []
    except metadata.PackageNotFoundError:
        listed = []
    for entry in listed:
        if entry.name == name:
            return Path(str(entry.locate()))
    raise InputError("XStatic-Leaflet", f"has no {name}", mend="install XStatic-Leaflet==1.9.3.0 or give --leaflet-dir")


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(str(path), f"cannot be read: {error.strerror}", mend="check --leaflet-dir") from error


@cache
def skeleton() -> Skeleton:
    """Return the map of every page, as folium renders it."""
    drawn = AtlasMap(
        location=[40.2, 47.6], zoom_start=7, zoom_control=True, min_zoom=4, max_zoom=12,
        zoom_snap=0, zoom_delta=0.7, zoom_animation=False, fade_animation=False, scroll_wheel_zoom=False,
        attribution_control=False, max_bounds_viscosity=1.0,
    )
    figure: Any = drawn.get_root()
    figure.render()
    element = "".join(child.render() for name, child in figure.html._children.items())  # noqa: SLF001 - branca's tree
    script = "".join(child.render() for name, child in figure.script._children.items())  # noqa: SLF001 - branca's tree
    return Skeleton(element.strip(), script.strip())
