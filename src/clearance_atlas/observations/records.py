"""The JSON form of an observation and a conflict, one line each, and the way back for observations."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from decimal import Decimal
from typing import Any

from clearance_atlas.errors import InputError
from clearance_atlas.model import (
    Basis,
    Breakdown,
    Conflict,
    ConflictingValue,
    Flag,
    Measure,
    Observation,
    Period,
    PeriodKind,
    PlaceScope,
    Qualifier,
    YearSource,
)
from clearance_atlas.units import Unit


def observation_lines(observations: Iterable[Observation]) -> str:
    """Return one JSON object a line; decimals are written as text, so that nothing is lost on the way back."""
    return "".join(f"{_dump(_fields(one) | {'period': _fields(one.period)})}\n" for one in observations)


def conflict_lines(conflicts: Iterable[Conflict]) -> str:
    """Return one JSON object a line."""
    return "".join(
        f"{_dump(_fields(one) | {'values': [_fields(value) for value in one.values]})}\n" for one in conflicts
    )


def read_observations(text: str, *, where: str) -> tuple[Observation, ...]:
    """Read back what :func:`observation_lines` wrote.

    Raises
    ------
    InputError
        If a line is no observation.
    """
    try:
        return tuple(_observation(json.loads(line)) for line in text.splitlines())
    except (ValueError, KeyError, TypeError, ArithmeticError) as error:
        raise InputError(where, f"is not a list of observations ({error})",
                         mend="remove it; the next build writes it anew") from error


def _fields(record: Observation | Period | Conflict | ConflictingValue) -> dict[str, Any]:
    """Return a record's fields, not copied deeply as ``dataclasses.asdict`` does: they are frozen."""
    return {field.name: getattr(record, field.name) for field in fields(record)}


def _dump(record: dict[str, Any]) -> str:
    return json.dumps(record, ensure_ascii=False, default=str)


def _observation(raw: dict[str, Any]) -> Observation:
    period = raw["period"]
    return Observation(
        observation_id=raw["observation_id"],
        period_id=raw["period_id"],
        measure=Measure(raw["measure"]),
        value=_decimal(raw["value"]),
        unit=Unit(raw["unit"]),
        period=Period(period["start"], period["end"], PeriodKind(period["kind"]) if period["kind"] else None,
                      YearSource(period["year_source"]) if period["year_source"] else None),
        area_ha=_decimal(raw["area_ha"]),
        qualifier=Qualifier(raw["qualifier"]),
        operator=raw["operator"],
        place_scope=PlaceScope(raw["place_scope"]),
        places=tuple(raw["places"]),
        place_codes=tuple(raw["place_codes"]),
        boundary_version=raw["boundary_version"],
        breakdown=Breakdown(raw["breakdown"]) if raw["breakdown"] else None,
        category=raw["category"],
        item=raw["item"],
        basis=Basis(raw["basis"]),
        supporting=tuple(raw["supporting"]),
        differing=tuple(raw["differing"]),
        conflict_id=raw["conflict_id"],
        flags=tuple(Flag(name) for name in raw["flags"]),
        first_seen=_day(raw["first_seen"]),
        last_seen=_day(raw["last_seen"]),
        notes=tuple(raw["notes"]),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
