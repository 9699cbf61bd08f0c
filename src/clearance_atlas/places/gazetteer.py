"""The gazetteer: which districts there are, what they are called and how large they are officially."""

from __future__ import annotations

import csv
import difflib
import io
import tomllib
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from clearance_atlas.config import resource
from clearance_atlas.errors import LexiconError, UnknownNameError
from clearance_atlas.places.matching import alias_table, fold, near_spellings, repair_mixed_script, transliterations
from clearance_atlas.places.validation import gazetteer_faults

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Place:
    """A district, city or settlement with its names and official areas.

    Areas are in square kilometres. ``area_km2_before`` is the official area before the day ``area_since`` where a
    law changed it then (Aghdara's parents: 5 December 2023), else ``None``. ``area_basis`` says where the area comes
    from: ``official``, ``law`` or ``polygon`` (measured, because no credible figure is published). ``valid_from`` is
    the first day of a unit that a law made; ``parent`` the unit it lies in. ``counted_as`` is the district under which
    figures for a settlement or merged city are kept.
    """

    code: str
    name_en: str
    name_az: str = ""
    name_ru: str = ""
    kind: str = "district"
    region: str = ""
    aliases: tuple[str, ...] = ()
    area_km2: float | None = None
    area_km2_before: float | None = None
    area_since: date | None = None
    area_basis: str = ""
    valid_from: date | None = None
    parent: str | None = None
    counted_as: str | None = None
    iso_3166_2: str | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """The places of one country in file order, with exact look-up by code and by any listed spelling.

    ``aliases`` maps a folded spelling (:func:`clearance_atlas.places.fold`) to the code that figures are kept under:
    a settlement's or merged city's name leads to its district.
    """

    places: tuple[Place, ...]
    aliases: Mapping[str, str]
    by_code: Mapping[str, Place]
    designations: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())

    def __iter__(self) -> Iterator[Place]:
        """Yield the places in file order."""
        return iter(self.places)

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self.places)

    def __contains__(self, code: object) -> bool:
        """Tell whether a code is listed."""
        return code in self.by_code

    def place(self, code: str) -> Place:
        """Return the place of a code.

        Raises
        ------
        UnknownNameError
            If no place has the code.
        """
        try:
            return self.by_code[code]
        except KeyError:
            near = difflib.get_close_matches(code.upper(), self.by_code, n=1)
            mend = f"did you mean {near[0]}?" if near else "use a code of the gazetteer"
            raise UnknownNameError(code, "no place has this code", mend=mend) from None

    def resolve(self, name: str) -> Place | None:
        """Return the one place that a spelling stands for, or ``None``.

        Letter case, lost letters, script mix-ups and a designation ("Aghdam district", "город Шуша") do not matter;
        anything else must be listed. Case endings are the reader's business, not the gazetteer's.
        """
        key = " ".join(fold(unicodedata.normalize("NFC", name)).split())
        for form in dict.fromkeys((key, repair_mixed_script(key))):
            code = self.aliases.get(form) or self.aliases.get(self._bare(form))
            if code is not None:
                return self.by_code[code]
        return None

    def suggest(self, name: str, *, limit: int = 3) -> tuple[str, ...]:
        """Return English names whose spellings are near to a name that was not found: for messages, never for data."""
        near = near_spellings(fold(name), self.aliases, limit=limit * 3, cutoff=0.7)
        return tuple(dict.fromkeys(self.by_code[self.aliases[key]].name_en for key in near))[:limit]

    def districts(self, *, on: date | None = None) -> tuple[Place, ...]:
        """Return the units of the map in force on a day (default: all that there are), in file order."""
        return tuple(
            place for place in self.places
            if place.kind in {"district", "city"} and place.counted_as is None
            and (on is None or place.valid_from is None or place.valid_from <= on)
        )

    def name_in(self, code: str, language: str) -> str:
        """Return the name of a place in a language, in English where that language has none."""
        place = self.place(code)
        listed = {"az": place.name_az, "ru": place.name_ru, **place.names}
        return listed.get(language) or place.name_en

    def _bare(self, key: str) -> str:
        before, after = self.designations
        words = key.split(" ")
        for count in (2, 1):
            if " ".join(words[:count]) in before:
                return " ".join(words[count:])
        return " ".join(words[:-1]) if words[-1] in after else key


def official_area(place: Place, *, on: date | None = None) -> float | None:
    """Return the official area of a place in km2 on a day (default: today's borders), or ``None`` where none is known.

    Rates are computed with it, never with the area of a polygon.
    """
    if on is None:
        return place.area_km2
    if place.valid_from is not None and on < place.valid_from:
        return None
    changed_later = place.area_since is not None and on < place.area_since
    return place.area_km2_before if changed_later else place.area_km2


def load_gazetteer(path: Path) -> Gazetteer:
    """Read a gazetteer: a CSV file in UTF-8 with the columns of ``geodata/README.md``.

    Required are ``code``, ``name_en`` and ``kind``; every ``name_*`` column is one language; ``aliases`` are separated
    by ``|``.

    Raises
    ------
    LexiconError
        If the file cannot be read or does not validate; the message lists every fault with its line.
    """
    rows = _rows(path)
    faults = gazetteer_faults(rows)
    if faults:
        raise LexiconError(str(path), " | ".join(faults), mend="correct these lines")
    places = tuple(_place(row) for row in rows)
    return build_gazetteer(places, where=str(path))


def build_gazetteer(places: tuple[Place, ...], *, where: str = "gazetteer") -> Gazetteer:
    """Return the gazetteer of given places.

    Raises
    ------
    LexiconError
        If one spelling stands for two places that are not counted together.
    """
    spellings = (
        (name, place.counted_as or place.code)
        for place in places
        for name in (place.name_en, place.name_az, place.name_ru, *place.names.values(), *place.aliases)
    )
    aliases, claimed = alias_table(spellings)
    if claimed:
        what = f"spellings listed for two places: {', '.join(claimed)}"
        raise LexiconError(where, what, mend="keep each at one place")
    aliases = _transliterated(places) | aliases
    return Gazetteer(places, aliases, {place.code: place for place in places}, _designations())


def _transliterated(places: tuple[Place, ...]) -> dict[str, str]:
    """Return the spellings that follow from how outlets write Azerbaijani letters, but those of two places."""
    rules = tomllib.loads((resource("data") / "transliteration.toml").read_text("utf-8"))
    spellings = (
        (spelling, place.counted_as or place.code)
        for place in places if place.kind in {"district", "city"}
        if len(place.name_az) >= rules["shortest_name"] and " " not in place.name_az
        for spelling in transliterations(place.name_az, letters=rules["az"])
    )
    return alias_table(spellings)[0]


def _rows(path: Path) -> list[dict[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise LexiconError(str(path), f"cannot be read: {error.strerror}", mend="check the path") from error
    except UnicodeDecodeError as error:
        raise LexiconError(str(path), "is not UTF-8 text", mend="save it as CSV in UTF-8") from error
    reader = csv.DictReader(io.StringIO(unicodedata.normalize("NFC", text)), restkey="", restval="")
    return [{key.strip(): value.strip() for key, value in row.items() if key} for row in reader]


def _place(row: dict[str, str]) -> Place:
    return Place(
        code=row["code"],
        name_en=row["name_en"],
        name_az=row.get("name_az", ""),
        name_ru=row.get("name_ru", ""),
        kind=row["kind"],
        region=row.get("region", ""),
        aliases=tuple(alias.strip() for alias in row.get("aliases", "").split("|") if alias.strip()),
        area_km2=_number(row.get("area_km2", "")),
        area_km2_before=_number(row.get("area_km2_before", "")),
        area_since=_day(row.get("area_since", "")),
        area_basis=row.get("area_basis", ""),
        valid_from=_day(row.get("valid_from", "")),
        parent=row.get("parent") or None,
        counted_as=row.get("counted_as") or None,
        iso_3166_2=row.get("iso_3166_2") or None,
        names={key.removeprefix("name_"): value for key, value in row.items() if key.startswith("name_") and value},
        notes=row.get("notes", ""),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str) -> float | None:
    return float(text) if text else None


def _designations() -> tuple[frozenset[str], frozenset[str]]:
    words = tomllib.loads((resource("data") / "designations.toml").read_text("utf-8"))
    return frozenset(map(fold, words["before"])), frozenset(map(fold, words["after"]))
