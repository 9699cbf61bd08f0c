"""The manifest of geographic data: who made what, under which licence, with which hash and known faults."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from clearance_atlas.config import BoundaryVersion, Profile
from clearance_atlas.errors import BoundaryError


@dataclass(frozen=True, slots=True)
class Source:
    """One source of geographic data. ``derived`` maps the names of the files made from it to their sha256."""

    source_id: str
    title: str
    credit: str
    producer: str
    url: str
    licence: str
    licence_url: str
    package: str
    version: str
    retrieved: date
    known_faults: tuple[str, ...]
    derived: dict[str, str]


def load_sources(path: Path) -> tuple[Source, ...]:
    """Read ``SOURCES.toml``.

    Raises
    ------
    BoundaryError
        If the file is missing, is not TOML or lacks a field.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
        return tuple(_source(entry) for entry in raw["source"])
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise BoundaryError(str(path), f"cannot be read: {error}", mend="compare with geodata/README.md") from error


def sources_of(profile: Profile, version: BoundaryVersion) -> tuple[Source, ...]:
    """Return the sources to name under a map with a boundary version: of its polygons and approximate lines."""
    if profile.sources is None:
        return ()
    names = {path.name for path in (version.path, version.approximate_lines) if path is not None}
    sources = load_sources(profile.sources)
    return tuple(source for source in sources if names & {Path(each).name for each in source.derived})


def boundary_credit(profile: Profile, version: BoundaryVersion) -> str:
    """Return the line that credits the boundaries of a map: credit and licence of each source, and the version."""
    parts = [f"{source.credit} ({source.licence})" for source in sources_of(profile, version)]
    return f"{'; '.join(parts)}; boundary version {version.version}" if parts else f"Boundary version {version.version}"


def _source(entry: dict[str, object]) -> Source:
    texts = {key: str(entry[key]) for key in
             ("title", "credit", "producer", "url", "licence", "licence_url", "package", "version")}
    retrieved, faults, derived = entry["retrieved"], entry.get("known_faults", []), entry.get("derived", [])
    if not isinstance(retrieved, date) or not isinstance(faults, list) or not isinstance(derived, list):
        raise TypeError("retrieved, known_faults or derived of the wrong type")
    return Source(source_id=str(entry["id"]), **texts, retrieved=retrieved, known_faults=tuple(faults),
                  derived={file["path"]: file["sha256"] for file in derived})
