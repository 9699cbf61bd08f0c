"""The country profile: gazetteer, boundaries, operators and dated events of one country, read from one TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from clearance_atlas.errors import LexiconError, UnknownNameError

DEFAULT_PROFILE = "azerbaijan"
PROFILE_FILE = "profile.toml"


@dataclass(frozen=True, slots=True)
class Operator:
    """Who clears or publishes: code, names by language, spellings met in print.

    ``issuer`` is the operator whose bulletins speak for this one too ("ANAMA and partners" is ANAMA's bulletin).
    """

    code: str
    names: dict[str, str]
    aliases: tuple[str, ...] = ()
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Inclusion:
    """From ``since``, figures of ``scope`` for ``kinds`` of period already include those of ``operators``.

    Figures of different scopes are never added; an inclusion says which is the part and which the whole.
    ``reads_as`` is the operator scope that such a figure really has ("all operators").
    """

    scope: str
    operators: tuple[str, ...]
    kinds: tuple[str, ...]
    since: date | None
    source: str
    reads_as: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """A dated event that press texts refer to without its date ("since the end of the war")."""

    event_id: str
    date: date
    description: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundaryVersion:
    """One set of district polygons and the days on which it is in force (both included, ``None`` open).

    ``approximate_lines`` holds the borders that are drawn dashed because no open source has them.
    """

    version: str
    path: Path
    valid_from: date | None
    valid_to: date | None
    approximate_lines: Path | None = None


@dataclass(frozen=True, slots=True)
class Profile:
    """Everything the package knows about one country.

    ``context`` holds the neighbouring countries and the sea, ``sources`` the manifest of all geographic data.
    ``stable_units`` are sets of districts whose outer border no boundary version changes: only as such a set do
    their figures compare across a boundary change. ``safety_contact`` ends the safety line of every map, "follow local
    marking and ...", by language.
    """

    profile_id: str
    country_code: str
    names: dict[str, str]
    languages: tuple[str, ...]
    safety_contact: dict[str, str]
    gazetteer: Path
    boundaries: tuple[BoundaryVersion, ...]
    operators: tuple[Operator, ...]
    inclusions: tuple[Inclusion, ...]
    events: tuple[Event, ...]
    primary_publishers: tuple[str, ...]
    regions: tuple[str, ...]
    corrections: Path | None = None
    context: Path | None = None
    sources: Path | None = None
    stable_units: tuple[tuple[str, ...], ...] = ()


def resource(name: str) -> Path:
    """Return a folder of data that ships with the package: ``data``, ``geodata`` or ``bulletins``.

    In a wheel the folders lie inside the package; in a checkout ``geodata`` and ``bulletins`` lie at its root.
    """
    packaged = Path(str(resources.files("clearance_atlas") / name))
    return packaged if packaged.is_dir() else Path(__file__).resolve().parents[2] / name


def profile_names() -> tuple[str, ...]:
    """Return the names of the profiles that ship with the package."""
    return tuple(sorted(path.stem for path in (resource("data") / "profiles").glob("*.toml")))


def profile_file(name: str) -> Path:
    """Return the TOML file of a profile: a shipped one by its name, or the path given.

    Raises
    ------
    UnknownNameError
        If there is none.
    """
    path = Path(name)
    if path.suffix != ".toml":
        path = resource("data") / "profiles" / f"{name}.toml"
    if not path.is_file():
        raise UnknownNameError(name, "no such profile", mend=f"shipped profiles: {', '.join(profile_names())}")
    return path


def load_profile(name: str = DEFAULT_PROFILE) -> Profile:
    """Read a profile by its shipped name, or by the path of a TOML file.

    Raises
    ------
    UnknownNameError
        If no shipped profile has the name and no such file exists.
    LexiconError
        If the file is not TOML or lacks a field.
    """
    path = profile_file(name)
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LexiconError(str(path), f"not TOML: {error}", mend="correct the line named") from error
    try:
        return _profile(raw, path=path)
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise LexiconError(str(path), f"profile field missing or of the wrong type: {error}",
                           mend="compare with data/profiles/azerbaijan.toml") from error


def _profile(raw: dict[str, Any], *, path: Path) -> Profile:
    return Profile(
        profile_id=str(raw.get("id", path.stem)),
        country_code=raw["country_code"],
        names=dict(raw["names"]),
        languages=tuple(raw["languages"]),
        safety_contact=_by_language(raw["safety_contact"]),
        gazetteer=_data_path(raw["gazetteer"], beside=path),
        boundaries=tuple(_boundary(entry, beside=path) for entry in raw.get("boundaries", [])),
        operators=tuple(
            Operator(entry["code"], dict(entry["names"]), tuple(entry.get("aliases", [])), entry.get("issuer"))
            for entry in raw.get("operators", [])
        ),
        inclusions=tuple(
            Inclusion(entry["scope"], tuple(entry["operators"]), tuple(entry["kinds"]), entry.get("since"),
                      entry["source"], entry.get("reads_as"))
            for entry in raw.get("inclusions", [])
        ),
        events=tuple(
            Event(entry["id"], entry["date"], entry["description"], tuple(entry.get("aliases", [])))
            for entry in raw.get("events", [])
        ),
        primary_publishers=tuple(raw.get("primary_publishers", [])),
        regions=tuple(raw.get("regions", [])),
        corrections=_optional_path(raw, "corrections", beside=path),
        context=_optional_path(raw, "context", beside=path),
        sources=_optional_path(raw, "sources", beside=path),
        stable_units=tuple(tuple(entry["codes"]) for entry in raw.get("stable_units", [])),
    )


def _by_language(text: str | dict[str, str]) -> dict[str, str]:
    """Return a text by language; one text alone is English. English must be there."""
    texts = {"en": text} if isinstance(text, str) else dict(text)
    return {"en": texts["en"], **texts}


def _boundary(entry: dict[str, Any], *, beside: Path) -> BoundaryVersion:
    return BoundaryVersion(
        version=entry["version"],
        path=_data_path(entry["path"], beside=beside),
        valid_from=entry.get("valid_from"),
        valid_to=entry.get("valid_to"),
        approximate_lines=_optional_path(entry, "approximate_lines", beside=beside),
    )


def _optional_path(raw: dict[str, Any], key: str, *, beside: Path) -> Path | None:
    return _data_path(raw[key], beside=beside) if key in raw else None


def _data_path(text: str, *, beside: Path) -> Path:
    """Resolve ``geodata/...`` in the shipped data, anything else beside the profile."""
    folder, _, rest = text.partition("/")
    return resource("geodata") / rest if folder == "geodata" else (beside.parent / text).resolve()
