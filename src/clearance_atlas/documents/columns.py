"""Column names of tables: our own, those of common sheets, and HXL hashtags (https://hxlstandard.org)."""

from __future__ import annotations

import re

from clearance_atlas.documents.cleaning import fold
from clearance_atlas.model import Measure
from clearance_atlas.units import HECTARES_PER_UNIT, Unit

_ALIASES = {
    "measure": ("indicator",),
    "value": ("figure", "number", "amount"),
    "unit": (),
    "qualifier": (),
    "period_start": ("start", "from", "date_start", "start_date", "period.start"),
    "period_end": ("end", "to", "until", "date_end", "end_date", "period.end"),
    "period_kind": ("period.kind",),
    "kind": (),  # of what, its cells say
    "period_id": (),
    "year": (),
    "year_source": ("period.year_source",),
    "operator": ("agency", "organisation", "organization", "org", "reporting_scope"),
    "place": ("places", "district", "districts", "name", "adm2_name"),
    "place_code": ("place_codes", "district_code", "code", "codes", "adm2_code", "adm2_pcode"),
    "breakdown": (),
    "category": (),
    "item": (),
    "role": (),
    "flags": ("flag",),
    "basis": (),
    "publisher": ("source", "outlet"),
    "url": ("link", "address"),
    "published": ("date_published", "published_on"),
    "type": (),
    "text": ("article", "body", "content"),
    "title": ("headline",),
    "language": ("lang",),
}
_BY_NAME = {alias: name for name, aliases in _ALIASES.items() for alias in (name, *aliases)}

# Hashtag, attributes it must have, our column; the first that fits counts. ``measure:unit`` is a column of figures.
_HASHTAGS: tuple[tuple[str, frozenset[str], str], ...] = tuple(
    (tag, frozenset(attributes), column) for tag, attributes, column in (
        ("#date", ("start",), "period_start"), ("#date", ("end",), "period_end"),
        ("#date", ("published",), "published"),
        ("#date", ("year",), "year"), ("#period", ("id",), "period_id"),
        ("#adm2", ("code",), "place_code"), ("#adm2", (), "place"), ("#adm1", ("code",), "place_code"),
        ("#adm1", (), "place"), ("#region", ("joint", "code"), "joint_code"), ("#region", ("joint",), "joint_place"),
        ("#org", (), "operator"), ("#meta", ("source",), "publisher"), ("#meta", ("url",), "url"),
        ("#status", ("basis",), "basis"), ("#indicator", ("unit",), "unit"), ("#indicator", ("value",), "value"),
        ("#indicator", ("num",), "value"), ("#indicator", ("type",), "type"), ("#indicator", ("name",), "measure"),
        ("#output", ("area", "cleared"), "area_cleared"), ("#output", ("area", "surveyed"), "area_surveyed"),
        ("#output", ("items", "ap"), "ap_mines"), ("#output", ("items", "at"), "at_mines"),
        ("#output", ("items", "uxo"), "uxo"), ("#output", ("items", "mines"), "mines_total"),
        ("#output", ("items", "ordnance"), "ordnance_total"), ("#output", ("items", "submunitions"), "submunitions"),
        ("#affected", ("killed",), "killed"), ("#affected", ("injured",), "injured"),
        ("#affected", ("casualties",), "casualties"),
    )
)
_TAG = re.compile(r"#[a-z][a-z0-9_]*(?:\s*\+[a-z][a-z0-9_]*)*", re.IGNORECASE)
_AREAS = (Measure.AREA_CLEARED, Measure.AREA_SURVEYED)
_PEOPLE = (Measure.KILLED, Measure.INJURED, Measure.CASUALTIES)


def is_hashtag(text: str) -> bool:
    """Say whether a cell is an HXL hashtag such as ``#adm2+code``."""
    return _TAG.fullmatch(text.strip()) is not None


def column_of_hashtag(tag: str) -> str | None:
    """Return our name for an HXL column, or ``None`` for one that is of no use here.

    >>> column_of_hashtag("#adm2 +name"), column_of_hashtag("#output+cleared+ha+area")
    ('place', 'area_cleared:ha')
    """
    name, *attributes = (part.strip().lower() for part in tag.strip().split("+"))
    given = set(attributes)
    for wanted, needed, column in _HASHTAGS:
        if name == wanted and needed <= given:
            unit = next((unit for unit in HECTARES_PER_UNIT if unit.value in given), None)
            return figure_column(column, unit=unit) if column in list(Measure) else column
    return None


def column_of_name(header: str) -> str | None:
    """Return our name for a column header, ``measure:unit`` for a column of figures, or ``None``.

    >>> column_of_name("Place code"), column_of_name("area_cleared_ha"), column_of_name("AP mines")
    ('place_code', 'area_cleared:ha', 'ap_mines:items')
    """
    name = re.sub(r"[\s\-]+", "_", fold(header.strip()))
    if name in _BY_NAME:
        return _BY_NAME[name]
    for measure in Measure:
        if name == measure.value:
            return figure_column(measure.value, unit=None)
        for unit in Unit:
            if name == f"{measure.value}_{unit.value}":
                return figure_column(measure.value, unit=unit)
    return None


def usual_unit(measure: Measure) -> Unit | None:
    """Return the unit that goes without saying: items or people; ``None`` for areas and other figures."""
    if measure in _PEOPLE:
        return Unit.PEOPLE
    return None if measure in _AREAS or measure is Measure.OTHER else Unit.ITEMS


def figure_column(measure: str, *, unit: Unit | None) -> str:
    """Return the name ``measure:unit``; the unit stays open where the header does not say it."""
    known = unit or usual_unit(Measure(measure))
    return f"{measure}:{known.value if known else ''}"
