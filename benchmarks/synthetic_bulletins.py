"""Synthetic bulletins whose truth is known: outlets, slips, roundings, overlaps, revisions, two agencies a week.

A seeded generator; used by the benchmark of reconciliation and by its tests. Values, outlets and slips are drawn, the
dates are real weeks and months, and every statement carries the fact that it was made from.
"""

from __future__ import annotations

import calendar
import hashlib
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from clearance_atlas.model import (
    CleanedText,
    Document,
    DocumentKind,
    Evidence,
    Measure,
    Period,
    PeriodKind,
    PlaceScope,
    Qualifier,
    Role,
    Statement,
    YearSource,
)
from clearance_atlas.units import Unit

OUTLETS = ("Trend", "Azernews", "Report.az", "APA", "AZERTAC", "News.Az", "1news.az", "Turan", "Oxu.az", "Day.az")
AGENCIES = ("ANAMA", "MoD", "MES", "SBS")
DISTRICTS = {
    "AZ-TAR": "Tartar", "AZ-KAL": "Kalbajar", "AZ-AGM": "Aghdam", "AZ-XCI": "Khojaly", "AZ-XVD": "Khojavend",
    "AZ-LAC": "Lachin", "AZ-SUS": "Shusha", "AZ-FUZ": "Fuzuli", "AZ-QBI": "Gubadli", "AZ-CAB": "Jabrayil",
    "AZ-ZAN": "Zangilan",
}
FIRST_DAY = date(2001, 1, 1)  # a Monday
FAULTS = ("none", "slip", "swap", "revision", "rounding", "nameless", "six days", "partners", "short list")
WEEK_REPORTED, PLACES_NAMED, REPEATED, POINT_SLIPS = 0.85, 0.7, 0.1, 0.5  # how often
MEASURES = (Measure.AREA_CLEARED, Measure.AP_MINES, Measure.AT_MINES, Measure.UXO)


@dataclass(frozen=True, slots=True)
class Fact:
    """One bulletin as it really was."""

    fact_id: str
    operator: str
    period: Period
    places: tuple[str, ...]
    values: dict[Measure, Decimal]


@dataclass(slots=True)
class Record:
    """Documents and statements, and the truth: the fact of each statement, the conflicts and completions planted."""

    documents: list[Document] = field(default_factory=list)
    statements: list[Statement] = field(default_factory=list)
    truth: dict[str, tuple[str, Measure]] = field(default_factory=dict)
    conflicts: set[tuple[str, Measure]] = field(default_factory=set)
    completed: set[str] = field(default_factory=set)


def generate(documents: int, *, seed: int) -> Record:
    """Return a record of about so many documents, the same for the same seed."""
    draw = random.Random(seed)  # noqa: S311 -- a test record, not a secret
    record = Record()
    week = 0
    while len(record.documents) < documents:
        monday = FIRST_DAY + timedelta(weeks=week)
        for agency in AGENCIES:
            if draw.random() < WEEK_REPORTED:  # missing weeks stay missing
                _print(_fact(draw, agency, _week(monday), scale=1), draw=draw, record=record)
        if monday.month != (monday - timedelta(weeks=1)).month:
            _print(_fact(draw, "ANAMA", _month(monday), scale=5), draw=draw, record=record)
        week += 1
    return record


def _week(monday: date) -> Period:
    return Period(monday.isoformat(), (monday + timedelta(days=6)).isoformat(), PeriodKind.WEEK, YearSource.TEXT)


def _month(day: date) -> Period:
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1).isoformat(), day.replace(day=last).isoformat(), PeriodKind.MONTH, YearSource.TEXT)


def _fact(draw: random.Random, agency: str, period: Period, *, scale: int) -> Fact:
    counts = draw.sample([count for count in range(101 * scale, 900 * scale) if count % 100], 3)  # none looks rounded
    values = {
        Measure.AREA_CLEARED: Decimal(draw.randint(3001 * scale, 8999 * scale) * 10 + draw.randint(1, 9)) / 100,
        **{measure: Decimal(count) for measure, count in zip(MEASURES[1:], counts, strict=True)},
    }
    places = tuple(sorted(draw.sample(sorted(DISTRICTS), draw.randint(7, 11))))
    return Fact(f"{agency}/{period.kind}/{period.start}", agency, period, places, values)


def _print(fact: Fact, *, draw: random.Random, record: Record) -> None:
    """Let one to five outlets print a fact; at most one kind of fault a fact, so that the truth stays certain."""
    outlets = draw.sample(OUTLETS, draw.randint(1, 5))
    fault = draw.choice(FAULTS)
    for place, outlet in enumerate(outlets):
        copy = _Copy(fact, outlet, draw=draw, record=record)
        copy.with_places = place == 0 or draw.random() < PLACES_NAMED
        if place == 1 and fault == "revision":
            _issue(_Copy(fact, outlets[0], draw=draw, record=record), changes=_slip(fact, draw), late=3)
        _issue(copy, changes=_fault(fault, fact, draw) if place == 1 else {}, fault=fault if place == 1 else "none")
    if draw.random() < REPEATED:
        again = _Copy(fact, draw.choice(OUTLETS), draw=draw, record=record)
        again.role = Role.BACKGROUND
        _issue(again, changes={}, late=30)


@dataclass(slots=True)
class _Copy:
    fact: Fact
    outlet: str
    draw: random.Random
    record: Record
    with_places: bool = True
    role: Role = Role.NEWS


def _fault(fault: str, fact: Fact, draw: random.Random) -> dict[Measure, Decimal]:
    if fault == "slip":
        return _slip(fact, draw)
    if fault == "swap":
        return {Measure.AP_MINES: fact.values[Measure.AT_MINES], Measure.AT_MINES: fact.values[Measure.AP_MINES]}
    return {}


def _slip(fact: Fact, draw: random.Random) -> dict[Measure, Decimal]:
    """Misplace the point of an area, or print one digit of a count wrong."""
    if draw.random() < POINT_SLIPS:
        return {Measure.AREA_CLEARED: fact.values[Measure.AREA_CLEARED] * 1000}
    measure = draw.choice(MEASURES[1:])
    digits = list(str(fact.values[measure]))
    place = draw.randrange(len(digits))
    digits[place] = draw.choice([one for one in "123456789" if one != digits[place]])
    return {measure: Decimal("".join(digits))}


def _issue(copy: _Copy, *, changes: dict[Measure, Decimal], fault: str = "none", late: int = 1) -> None:
    """Print one copy into the record."""
    fact, record = copy.fact, copy.record
    end = date.fromisoformat(fact.period.end or "")
    document_id = f"{len(record.documents):06}"
    period = fact.period
    if fault == "six days" and period.kind is PeriodKind.WEEK:
        period = Period(period.start, (end - timedelta(days=1)).isoformat(), period.kind, period.year_source)
    partners = fault == "partners" and fact.operator == "ANAMA"
    operator = None if fault == "nameless" else "ANAMA+partners" if partners else fact.operator
    if operator is None or not copy.with_places:
        record.completed.add(document_id)
    places = fact.places if copy.with_places else ()
    places = places[1:] if fault == "short list" else places
    text = ""
    for number, measure in enumerate(MEASURES, 1):
        value = changes.get(measure, fact.values[measure])
        qualifier = Qualifier.EXACT
        if fault == "rounding" and measure is Measure.AREA_CLEARED:
            value, qualifier = Decimal(int(value)), Qualifier.OVER
        unit = Unit.HECTARE if measure is Measure.AREA_CLEARED else Unit.ITEMS
        sentence = f"{measure.value}: {value:,}."
        start, figure = len(text), len(text) + len(measure.value) + 2
        statement_id = f"{document_id}#{number}"
        record.statements.append(Statement(
            document_id, statement_id, measure, value, unit,
            Evidence(sentence, start, start + len(sentence), figure, figure + len(f"{value:,}")),
            area_ha=value if unit is Unit.HECTARE else None, qualifier=qualifier, period=period, operator=operator,
            place_scope=PlaceScope.GROUP if places else PlaceScope.NATIONAL, places=tuple(DISTRICTS[c] for c in places),
            place_codes=places, places_as_published=(), role=copy.role, rule="synthetic",
        ))
        record.truth[statement_id] = (fact.fact_id, measure)
        if value != fact.values[measure] and qualifier is Qualifier.EXACT:
            record.conflicts.add((fact.fact_id, measure))
        text += sentence + "\n"
    record.documents.append(Document(
        document_id, text, CleanedText(text, tuple(range(len(text) + 1))), f"{document_id}.txt",
        hashlib.sha256(text.encode()).hexdigest(), DocumentKind.ABSTRACT, publisher=copy.outlet,
        published=end + timedelta(days=late),
    ))


@dataclass(frozen=True, slots=True)
class Score:
    """How a reconciliation compares with the truth; all lists are empty when it is perfect."""

    torn: list[str]
    false_joins: list[str]
    missed_conflicts: list[str]
    false_conflicts: list[str]


def score(record: Record, observations: object, conflicts: object) -> Score:
    """Compare observations and conflicts with the truth of a record."""
    holders: dict[tuple[str, Measure], set[str]] = {}
    false_joins = []
    facts_of: dict[str, set[tuple[str, Measure]]] = {}
    for one in observations:  # type: ignore[attr-defined]  # any iterable of observations
        facts = {record.truth[name] for name in (*one.supporting, *one.differing)}
        facts_of[one.observation_id] = facts
        if len(facts) > 1:
            false_joins.append(one.observation_id)
        for fact in facts:
            holders.setdefault(fact, set()).add(one.observation_id)
    listed = {fact for one in conflicts for fact in facts_of[one.observation_id]}  # type: ignore[attr-defined]  # as above
    return Score(
        torn=[str(fact) for fact, found in sorted(holders.items()) if len(found) > 1],
        false_joins=false_joins,
        missed_conflicts=[str(fact) for fact in sorted(record.conflicts - listed)],
        false_conflicts=[str(fact) for fact in sorted(listed - record.conflicts)],
    )
