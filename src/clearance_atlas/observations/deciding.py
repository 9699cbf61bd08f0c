"""From the statements of one observation to its value, or to a conflict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.model import Conflict, Flag, Observation, Qualifier, Role
from clearance_atlas.observations.conflicts import (
    NOT_CHOSEN,
    Choice,
    candidates,
    choose,
    conflicting_values,
)
from clearance_atlas.observations.drafts import place_scope
from clearance_atlas.observations.periods import boundary_version, period_id
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearance_atlas.config import BoundaryVersion
    from clearance_atlas.model import Breakdown, Statement
    from clearance_atlas.observations.conflicts import Candidate, Outlets
    from clearance_atlas.observations.drafts import Draft

_KEPT_IF_ALL = (Flag.RESTATES, Flag.YEAR_INFERRED)
_KEPT_IF_ANY = (Flag.SUBSET, Flag.PLANNED, Flag.ORDERED, Flag.SURVEYED, Flag.UNMATCHED_PLACE, Flag.SUSPECT_VALUE,
                Flag.SUSPECT_PERIOD, Flag.SUM_MISMATCH)
MOST_TOLD = 6


@dataclass(frozen=True, slots=True)
class Decided:
    """An observation, its conflict if any, and the statements that it puts in doubt."""

    observation: Observation
    conflict: Conflict | None
    doubted: tuple[str, ...]
    misdated: tuple[str, ...]


def decide(draft: Draft, *, outlets: Outlets, boundaries: Sequence[BoundaryVersion],
           names: Mapping[str, str]) -> Decided:
    """Give a draft its value, or leave it open and record the conflict; ``names`` are those of places by code."""
    found = candidates(draft.statements)
    choice = Choice(found[0], "") if len(found) == 1 else choose(found, outlets=outlets, closing=draft.closing)
    conflict = None if len(found) == 1 else Conflict(
        conflict_id=f"conflict/{draft.name}", observation_id=draft.name,
        values=conflicting_values(found, key=draft.slot, outlets=outlets), rule=choice.rule,
        chosen=choice.chosen.value.amount if choice.chosen else None,
    )
    supporting = _supporting(draft, choice, found=found)
    observation = _observation(draft, choice=choice, supporting=supporting, conflict=conflict, outlets=outlets,
                               boundaries=boundaries, names=names)
    losing = [one.statement_id for candidate in found if choice.chosen is not None and candidate is not choice.chosen
              for one in candidate.statements]
    return Decided(observation, conflict, tuple(losing), tuple(draft.misdated))


def _supporting(draft: Draft, choice: Choice, *, found: Sequence[Candidate]) -> list[Statement]:
    """Return the statements that fit the chosen value: those that give it, and roundings of several values."""
    if choice.chosen is None:
        return []
    elsewhere = {one.statement_id for candidate in found if candidate is not choice.chosen
                 for one in candidate.statements}
    return [one for one in draft.statements if one.statement_id not in elsewhere]


def _observation(
    draft: Draft, *, choice: Choice, supporting: list[Statement], conflict: Conflict | None, outlets: Outlets,
    boundaries: Sequence[BoundaryVersion], names: Mapping[str, str],
) -> Observation:
    value = choice.chosen.value if choice.chosen else None
    backing = supporting or draft.statements
    first, last = outlets.seen(backing)
    ids = {one.statement_id for one in supporting}
    codes = tuple(sorted(draft.places))
    breakdown: Breakdown | None = draft.statements[0].breakdown
    return Observation(
        observation_id=draft.name, period_id=period_id(draft.period), measure=draft.slot.measure,
        value=value.amount if value else None, unit=draft.slot.unit, period=draft.period,
        area_ha=value.amount if value and draft.slot.unit is Unit.HECTARE else None,
        qualifier=value.qualifier if value else Qualifier.EXACT,
        operator=draft.operator, place_scope=place_scope(draft.places),
        places=tuple(names.get(code, code) for code in codes),
        place_codes=tuple(code for code in codes if code in names),
        boundary_version=boundary_version(draft.period, boundaries=boundaries),
        breakdown=breakdown, category=draft.slot.category or None, item=draft.slot.item or None,
        supporting=tuple(one.statement_id for one in supporting),
        differing=tuple(one.statement_id for one in draft.statements if one.statement_id not in ids),
        conflict_id=conflict.conflict_id if conflict else None,
        flags=_flags(backing, conflict=conflict), first_seen=first, last_seen=last,
        notes=_notes(draft, backing),
    )


def names_of(statements: Iterable[Statement]) -> dict[str, str]:
    """Return the names of all places met, by code: a total may take its list from a sentence beside it."""
    return {code: name for one in statements for code, name in zip(one.place_codes, one.places, strict=False)}


def _flags(statements: Sequence[Statement], *, conflict: Conflict | None) -> tuple[Flag, ...]:
    found = {flag for flag in _KEPT_IF_ANY if any(flag in one.flags for one in statements)}
    found |= {flag for flag in _KEPT_IF_ALL if all(flag in one.flags for one in statements)}
    if conflict is not None and conflict.rule == NOT_CHOSEN:
        found.add(Flag.SUSPECT_VALUE)
    return tuple(sorted(found))


def _notes(draft: Draft, statements: Sequence[Statement]) -> tuple[str, ...]:
    notes = list(dict.fromkeys(draft.notes))
    if all(one.role is Role.BACKGROUND for one in statements):
        notes.append("known only as an older figure that later texts repeat")
    return tuple(notes)


def describe(conflict: Conflict, *, documents: Iterable[str]) -> str:
    """Return a conflict in one line: the values with their outlets, and what was done."""
    told = " or ".join(f"{value.value:,} ({', '.join(value.publishers)})" for value in conflict.values[:MOST_TOLD])
    more = len(conflict.values) - MOST_TOLD
    told += f" or {more} more values" if more > 0 else ""
    what = "not chosen" if conflict.chosen is None else f"{conflict.chosen:,} by the rule: {conflict.rule}"
    sources = sorted(set(documents))
    who = f"{sources[0]} contradicts itself" if len(sources) == 1 else "outlets differ"
    return f"{who}: {told}; {what}"
