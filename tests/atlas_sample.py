"""A small atlas in our own words for the tests of pictures and exports: one period in each honest state."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache

from clearance_atlas.config import load_profile
from clearance_atlas.districts import load_districts, load_lines
from clearance_atlas.model import (
    Basis,
    Breakdown,
    CleanedText,
    Document,
    DocumentKind,
    Evidence,
    Measure,
    Observation,
    Period,
    PeriodKind,
    PlaceScope,
    Qualifier,
    Statement,
)
from clearance_atlas.places import load_gazetteer
from clearance_atlas.rendering.content import AtlasContent
from clearance_atlas.units import Unit, to_hectares

THIRTEEN = ("AZ-AGM", "AZ-CAB", "AZ-FUZ", "AZ-KAL", "AZ-LAC", "AZ-QBI", "AZ-SUS", "AZ-TAR", "AZ-XA", "AZ-XCI", "AZ-XVD",
            "AZ-ZAN", "X-AZ-AGHDARA")
# Report of the Cabinet of Ministers for 2023, hectares; with 217.6 ha elsewhere they make 53,081.8.
TABLE_2023 = {
    "AZ-AGM": "7956.1", "AZ-CAB": "14016.7", "AZ-FUZ": "6025.1", "AZ-KAL": "6400.2", "AZ-LAC": "1454.2",
    "AZ-QBI": "6993.9", "AZ-SUS": "585.4", "AZ-TAR": "1286.9", "AZ-XCI": "174.5", "AZ-XVD": "4400.4",
    "AZ-ZAN": "3570.8",
}
OLD, NEW = "until-2023-12-04", "from-2023-12-05"
WEEK = Period("2024-07-01", "2024-07-07", PeriodKind.WEEK)
YEAR = Period("2023-01-01", "2023-12-31", PeriodKind.YEAR)
MONTH = Period("2024-08-01", "2024-08-31", PeriodKind.MONTH)
WORDS = {"week": "=SUM(A1:A9) is how this bulletin starts; 1,039.5 hectares were handed over in thirteen districts.",
         "year": "The report of the year gives a table by district.",
         "month": "-5 degrees in the mountains; work stood still in Lachin in August."}


@cache
def sample_content(language: str = "en") -> AtlasContent:
    """Return the sample atlas, with the shipped boundaries and gazetteer."""
    profile = load_profile()
    documents = tuple(_document(name, text) for name, text in sorted(WORDS.items()))
    observations = tuple(_observations())
    statements = tuple(_statement(entry, document=documents) for entry in observations if entry.supporting)
    return AtlasContent(
        documents=documents, statements=statements, observations=observations, conflicts=(),
        gazetteer=load_gazetteer(profile.gazetteer),
        districts={one.version: load_districts(profile, version=one.version) for one in profile.boundaries},
        profile=profile, cutoff=date(2024, 9, 2), context=load_lines(profile.context) if profile.context else None,
        language=language, boundary_credit="Natural Earth, public domain", version="0.1.0",
    )


def _document(name: str, text: str) -> Document:
    return Document(
        document_id=name, text=text, cleaned=CleanedText(text, tuple(range(len(text) + 1))), path=f"{name}.txt",
        sha256=hashlib.sha256(text.encode()).hexdigest(), kind=DocumentKind.ABSTRACT, publisher="@Test Gazette",
        url=f"https://example.org/{name}", published=date(2024, 9, 1), published_source="header", language="en",
    )


def _observations() -> list[Observation]:
    rows = [_one("week", WEEK, "1039.5", places=THIRTEEN),
            _one("week", WEEK, "51", measure=Measure.UXO, places=THIRTEEN),
            _one("week", WEEK, "3", measure=Measure.KILLED), _one("year", YEAR, "53081.8", operator="all operators"),
            _one("year", YEAR, "217.6", operator="all operators", breakdown=Breakdown.DISTRICT,
                 category="other districts"),
            _one("month", MONTH, "0", places=("AZ-LAC",)), _one("month", MONTH, "12", places=("AZ-XA",)),
            _one("month", MONTH, "374", operator="MoD", qualifier=Qualifier.OVER),
            _one("month", MONTH, "40", places=("AZ-FUZ",), basis=Basis.ESTIMATED),
            _one("month", MONTH, "7", places=("AZ-ZAN",), basis=Basis.DERIVED)]
    return rows + [_one("year", YEAR, value, places=(code,), operator="all operators", breakdown=Breakdown.DISTRICT)
                   for code, value in TABLE_2023.items()]


def _one(name: str, period: Period, value: str, *, places: tuple[str, ...] = (),
         measure: Measure = Measure.AREA_CLEARED, operator: str = "ANAMA",
         basis: Basis = Basis.PUBLISHED, breakdown: Breakdown | None = None,
         category: str | None = None, qualifier: Qualifier = Qualifier.EXACT) -> Observation:
    unit = {Measure.AREA_CLEARED: Unit.HECTARE, Measure.KILLED: Unit.PEOPLE}.get(measure, Unit.ITEMS)
    scope = (PlaceScope.NATIONAL, PlaceScope.DISTRICT, PlaceScope.GROUP)[min(len(places), 2)]
    period_id = {"week": "week-2024-07-01", "year": "year-2023", "month": "month-2024-08"}[name]
    gazetteer = load_gazetteer(load_profile().gazetteer)
    parts = (period_id, measure, operator, "+".join(places), category or "", basis)
    identity = "/".join(part for part in parts if part)
    return Observation(
        observation_id=identity, period_id=period_id, measure=measure, value=Decimal(value), unit=unit, period=period,
        area_ha=to_hectares(Decimal(value), unit=unit), qualifier=qualifier, operator=operator, place_scope=scope,
        places=tuple(gazetteer.place(code).name_en for code in places), place_codes=places,
        boundary_version=OLD if name == "year" else NEW, breakdown=breakdown, category=category, basis=basis,
        supporting=(f"{name}#{identity}",) if basis is Basis.PUBLISHED else (), first_seen=date(2024, 9, 1),
        last_seen=date(2024, 9, 1),
    )


def _statement(entry: Observation, *, document: tuple[Document, ...]) -> Statement:
    name = entry.supporting[0].split("#")[0]
    text = next(one.text for one in document if one.document_id == name)
    if entry.value is None:
        raise ValueError(f"{entry.observation_id}: the sample has no open conflicts")
    return Statement(
        document_id=name, statement_id=entry.supporting[0], measure=entry.measure, value=entry.value, unit=entry.unit,
        evidence=Evidence(text, 0, len(text), 0, 1), area_ha=entry.area_ha, qualifier=entry.qualifier,
        period=entry.period, operator=entry.operator, place_scope=entry.place_scope, places=entry.places,
        place_codes=entry.place_codes, places_as_published=entry.places, breakdown=entry.breakdown,
        category=entry.category,
    )


def changed(*observations: Observation) -> AtlasContent:
    """Return the sample with other observations."""
    return replace(sample_content(), observations=observations, statements=())


def one_of(value: str | None, *, codes: tuple[str, ...], measure: Measure = Measure.AREA_CLEARED) -> Observation:
    """Return a week's observation with another value and place."""
    base = next(one for one in sample_content().observations if one.measure is measure)
    number = None if value is None else Decimal(value)
    return replace(base, observation_id="/".join((measure, *codes)), value=number, area_ha=number, supporting=(),
                   place_codes=codes, place_scope=PlaceScope.GROUP if len(codes) > 1 else PlaceScope.DISTRICT)


def to_date(value: str, *, start: str, end: str) -> Observation:
    """Return a national total from a first day to a last."""
    whole = one_of(value, codes=("AZ-LAC",))
    return replace(whole, observation_id=f"{start}/{end}", period_id=f"to-{end}", place_codes=(), places=(),
                   place_scope=PlaceScope.NATIONAL, period=Period(start, end, PeriodKind.CUMULATIVE))
