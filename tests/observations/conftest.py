"""A newsroom for tests: outlets print bulletins, and the figures are reconciled with the shipped profile."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.config import Profile, load_profile
from clearance_atlas.model import (
    Breakdown,
    CleanedText,
    Document,
    DocumentKind,
    Evidence,
    Flag,
    Measure,
    Observation,
    Period,
    PeriodKind,
    PlaceScope,
    Qualifier,
    Role,
    Statement,
    YearSource,
)
from clearance_atlas.observations import Correction, Reconciliation, reconcile
from clearance_atlas.units import Unit, to_hectares

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = {
    "AZ-TAR": "Tartar", "X-AZ-AGHDARA": "Aghdara", "AZ-KAL": "Kalbajar", "AZ-AGM": "Aghdam", "AZ-XCI": "Khojaly",
    "AZ-XA": "Khankendi", "AZ-XVD": "Khojavend", "AZ-LAC": "Lachin", "AZ-SUS": "Shusha", "AZ-FUZ": "Fuzuli",
    "AZ-QBI": "Gubadli", "AZ-CAB": "Jabrayil", "AZ-ZAN": "Zangilan",
}
HECTARES = {Measure.AREA_CLEARED, Measure.AREA_SURVEYED}


@dataclass
class Newsroom:
    """Documents and statements in the making."""

    profile: Profile
    documents: dict[str, Document] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)

    def report(
        self, outlet: str, *, published: str | None = None, start: str | None = None, end: str | None = None,
        kind: str | None = "week", operator: str | None = "ANAMA", places: Sequence[str] = (), role: str = "news",
        flags: Sequence[str] = (), breakdown: str | None = None, category: str | None = None,
        name: str | None = None, **figures: object,
    ) -> str:
        """Print figures: ``area_cleared=453.9``, ``ap_mines=[25, 56]``, ``area_cleared="over 374"``, ``"5 km2"``."""
        document_id = name or f"{published or 'undated'}-{outlet.lower().replace(' ', '-')}"
        period = Period(start, end, PeriodKind(kind) if kind else None, YearSource.TEXT)
        scope = PlaceScope.NATIONAL if not places else PlaceScope.DISTRICT if len(places) == 1 else PlaceScope.GROUP
        text = self.documents[document_id].text if document_id in self.documents else ""
        for measure, given in figures.items():
            for one in given if isinstance(given, list) else [given]:
                qualifier, value, unit = _parse(str(one), Measure(measure))
                sentence = f"{measure} {value:,} {unit.value} ({operator}, {start} to {end})."
                number = len(measure) + 1
                count = sum(known.document_id == document_id for known in self.statements) + 1
                self.statements.append(Statement(
                    document_id, f"{document_id}#{count}", Measure(measure), value, unit,
                    Evidence(sentence, len(text), len(text) + len(sentence), len(text) + number,
                             len(text) + number + len(f"{value:,}")),
                    area_ha=to_hectares(value, unit=unit), qualifier=qualifier, period=period, operator=operator,
                    place_scope=scope, places=tuple(NAMES[code] for code in places), place_codes=tuple(places),
                    places_as_published=tuple(NAMES[code] for code in places), role=Role(role),
                    flags=tuple(Flag(flag) for flag in flags),
                    breakdown=Breakdown(breakdown) if breakdown else None, category=category, rule="test",
                ))
                text += sentence + "\n"
        self.documents[document_id] = Document(
            document_id, text, CleanedText(text, tuple(range(len(text) + 1))), f"{document_id}.txt",
            hashlib.sha256(text.encode()).hexdigest(), DocumentKind.REPORT, publisher=outlet,
            published=date.fromisoformat(published) if published else None,
        )
        return document_id

    def reconcile(self, corrections: Sequence[Correction] = ()) -> Reconciliation:
        """Reconcile everything printed so far."""
        return reconcile(self.statements, documents=self.documents.values(), profile=self.profile,
                         corrections=corrections)

    def only(self, measure: str, period: str | None = None) -> Observation:
        """Return the one observation of a measure, failing if there are more or none."""
        found = [one for one in self.reconcile().observations
                 if one.measure == measure and period in {None, one.period_id}]
        assert len(found) == 1, [one.observation_id for one in found]
        return found[0]


def _parse(text: str, measure: Measure) -> tuple[Qualifier, Decimal, Unit]:
    words = text.split()
    qualifier = Qualifier(words.pop(0)) if words[0] in {"over", "about", "under"} else Qualifier.EXACT
    people = {Measure.KILLED, Measure.INJURED, Measure.CASUALTIES}
    default = Unit.HECTARE if measure in HECTARES else Unit.PEOPLE if measure in people else Unit.ITEMS
    return qualifier, Decimal(words[0]), Unit(words[1]) if len(words) > 1 else default


@pytest.fixture(scope="session")
def profile() -> Profile:
    return load_profile()


@pytest.fixture
def newsroom(profile: Profile) -> Newsroom:
    return Newsroom(profile)


@pytest.fixture(scope="session")
def all_codes() -> tuple[str, ...]:
    return tuple(NAMES)
