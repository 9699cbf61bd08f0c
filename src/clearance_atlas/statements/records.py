"""The JSON form of a statement, one line a statement."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from clearance_atlas.model import (
    Breakdown,
    Evidence,
    Flag,
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


def to_json(statement: Statement) -> dict[str, Any]:
    """Return a statement as a JSON object with the keys of the data dictionary."""
    evidence = statement.evidence
    period = statement.period
    return {
        "document_id": statement.document_id,
        "statement_id": statement.statement_id,
        "measure": statement.measure.value,
        "value": number(statement.value),
        "unit": statement.unit.value,
        "area_ha": None if statement.area_ha is None else number(statement.area_ha),
        "qualifier": statement.qualifier.value,
        "period": {
            "start": period.start,
            "end": period.end,
            "kind": period.kind.value if period.kind else None,
            "year_source": period.year_source.value if period.year_source else None,
        },
        "operator": statement.operator,
        "place_scope": statement.place_scope.value,
        "places": list(statement.places),
        "place_codes": list(statement.place_codes),
        "places_as_published": list(statement.places_as_published),
        "role": statement.role.value,
        "flags": [flag.value for flag in statement.flags],
        "breakdown": statement.breakdown.value if statement.breakdown else None,
        "category": statement.category,
        "item": statement.item,
        "rule": statement.rule,
        "evidence": {
            "text": evidence.text,
            "start": evidence.start,
            "end": evidence.end,
            "figure": {"start": evidence.figure_start, "end": evidence.figure_end},
        },
    }


def from_json(record: dict[str, Any]) -> Statement:
    """Return the statement of a JSON object; the inverse of :func:`to_json`.

    Raises
    ------
    KeyError, ValueError
        If a key is missing or a value is none of the field's words.
    """
    period, evidence = record["period"], record["evidence"]
    return Statement(
        document_id=record["document_id"],
        statement_id=record["statement_id"],
        measure=Measure(record["measure"]),
        value=Decimal(str(record["value"])),
        unit=Unit(record["unit"]),
        evidence=Evidence(evidence["text"], evidence["start"], evidence["end"],
                          evidence["figure"]["start"], evidence["figure"]["end"]),
        area_ha=None if record["area_ha"] is None else Decimal(str(record["area_ha"])),
        qualifier=Qualifier(record["qualifier"]),
        period=Period(
            period["start"],
            period["end"],
            PeriodKind(period["kind"]) if period["kind"] else None,
            YearSource(period["year_source"]) if period["year_source"] else None,
        ),
        operator=record["operator"],
        place_scope=PlaceScope(record["place_scope"]),
        places=tuple(record["places"]),
        place_codes=tuple(record["place_codes"]),
        places_as_published=tuple(record["places_as_published"]),
        role=Role(record["role"]),
        flags=tuple(Flag(flag) for flag in record["flags"]),
        breakdown=Breakdown(record["breakdown"]) if record["breakdown"] else None,
        category=record["category"],
        item=record["item"],
        rule=record["rule"],
    )


def number(value: Decimal) -> int | float:
    """Return an exact decimal as a plain JSON number."""
    return int(value) if value == value.to_integral_value() else float(value)
