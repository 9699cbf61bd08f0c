"""One value for each measure, period, operator scope and place: statements in, observations and conflicts out."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from clearance_atlas.model import DocumentKind, Flag, Observation, Problem, Statement
from clearance_atlas.observations.agreement import slot
from clearance_atlas.observations.bulletins import bulletins, join
from clearance_atlas.observations.checks import check_observations
from clearance_atlas.observations.conflicts import outlets_of
from clearance_atlas.observations.corrections import apply_corrections
from clearance_atlas.observations.deciding import Decided, decide, describe, names_of
from clearance_atlas.observations.drafts import Draft, drafts_of, merge
from clearance_atlas.observations.periods import is_open, is_reversed, period_id, sort_key
from clearance_atlas.observations.scopes import scopes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearance_atlas.config import Profile
    from clearance_atlas.model import Conflict, Document
    from clearance_atlas.observations.corrections import Correction

NOT_DRAWN = frozenset({Flag.PLANNED, Flag.ORDERED, Flag.SURVEYED, Flag.SUBSET})


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What reconciling gives: the statements with corrections and flags, observations, conflicts, problems."""

    statements: tuple[Statement, ...]
    observations: tuple[Observation, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]


def is_total(observation: Observation) -> bool:
    """Tell whether an observation is a total that may be drawn: no plan, order, survey or part of another figure.

    A row of a published split by district is a total of its district; a row by operator or land use is not.
    """
    return (
        observation.value is not None
        and NOT_DRAWN.isdisjoint(observation.flags)
        and observation.breakdown in {None, "district"}
        and not observation.category
    )


def reconcile(
    statements: Iterable[Statement],
    *,
    documents: Iterable[Document],
    profile: Profile,
    corrections: Sequence[Correction] = (),
) -> Reconciliation:
    """Bring what all documents state to one value for each measure, period, operator scope and place.

    Parameters
    ----------
    statements
        Statements of any number of documents, in any order.
    documents
        The documents they come from: publishers, dates and kinds.
    profile
        The country's operators, inclusions, primary publishers and boundary versions.
    corrections
        What a person has settled, see `clearance_atlas.observations.corrections`.

    Returns
    -------
    Reconciliation
        Every statement comes back; those of no usable period stand in no observation and have a problem line.

    Raises
    ------
    CorrectionError
        If a correction matches no statement or its guard no longer holds.
    """
    known = list(documents)
    corrected = apply_corrections(sorted(statements, key=lambda one: one.document_id), corrections=corrections,
                                  present=(one.document_id for one in known))
    outlets = outlets_of(known, primary=profile.primary_publishers)
    reviewed = frozenset(one.document_id for one in known if one.kind is DocumentKind.ABSTRACT)
    usable, problems = _usable(corrected.statements, reviewed=reviewed)
    drafts = _drafts(usable, profile=profile, notes=corrected.notes)
    names = names_of(corrected.statements)
    decided = [decide(draft, outlets=outlets, boundaries=profile.boundaries, names=names) for draft in drafts]
    conflicts = tuple(one.conflict for one in decided if one.conflict is not None)
    checked = check_observations([one.observation for one in decided], conflicts=conflicts,
                                 scopes=scopes_of(profile), accepted=corrected.accepted)
    problems += _conflict_problems(decided, reviewed=reviewed, statements=corrected.statements)
    doubts = _doubts(decided, checked.doubted)
    return Reconciliation(
        statements=tuple(_flagged(one, doubts) for one in corrected.statements),
        observations=checked.observations,
        conflicts=tuple(sorted(conflicts, key=lambda one: one.conflict_id)),
        problems=(*problems, *checked.problems),
    )


def _usable(
    statements: Sequence[Statement], *, reviewed: frozenset[str]
) -> tuple[list[Statement], list[Problem]]:
    """Set aside statements whose period is unknown or impossible, with one line a document.

    Those of an open year stay: a copy with the year may complete them.
    """
    usable: list[Statement] = []
    aside: dict[tuple[str, str], int] = Counter()
    for one in statements:
        if is_reversed(one.period):
            aside[one.document_id, f"the period {one.period.start} to {one.period.end} ends before it starts"] += 1
        elif period_id(one.period) == "undated":
            aside[one.document_id, "the period of the figures is unknown"] += 1
        else:
            if is_open(one.period):
                aside[one.document_id, "the year of the figures is unknown"] += 1
            usable.append(one)
    problems = [
        Problem(document_id, f"{what} ({count} figures not drawn)", "give the period in a correction",
                needs_person=document_id not in reviewed)
        for (document_id, what), count in aside.items()
    ]
    return usable, problems


def _drafts(
    statements: Sequence[Statement], *, profile: Profile, notes: Mapping[str, str]
) -> list[Draft]:
    scopes = scopes_of(profile)
    slots = {one.statement_id: slot(one) for one in statements}
    found = [draft for group in join(bulletins(statements, scopes=scopes, slots=slots))
             for draft in drafts_of(group, scopes=scopes, slots=slots)]
    drafts = merge(found)
    for draft in drafts:
        draft.notes += [notes[one.statement_id] for one in draft.statements if one.statement_id in notes]
    return sorted(drafts, key=lambda one: (sort_key(one.period), one.name))


def _doubts(decided: Iterable[Decided], found: Mapping[str, frozenset[Flag]]) -> dict[str, set[Flag]]:
    """Collect the flags that reconciliation puts on statements: losers of a conflict, far-off values."""
    doubts: dict[str, set[Flag]] = defaultdict(set)
    for name, flags in found.items():
        doubts[name] |= flags
    for one in decided:
        for statement_id in one.doubted:
            doubts[statement_id].add(Flag.SUSPECT_VALUE)
        for statement_id in one.misdated:
            doubts[statement_id].add(Flag.SUSPECT_PERIOD)
    return doubts


def _flagged(statement: Statement, doubts: Mapping[str, set[Flag]]) -> Statement:
    new = doubts.get(statement.statement_id, set()) - set(statement.flags)
    return replace(statement, flags=(*statement.flags, *sorted(new))) if new else statement


def _conflict_problems(
    decided: Iterable[Decided], *, reviewed: frozenset[str], statements: Iterable[Statement]
) -> list[Problem]:
    document = {one.statement_id: one.document_id for one in statements}
    lines = []
    for one in decided:
        if one.conflict is None:
            continue
        told = {document[name] for value in one.conflict.values for name in value.statement_ids}
        open_question = one.conflict.chosen is None and not told <= reviewed
        mend = "settle it with a correction" if one.conflict.chosen is None else ""
        lines.append(Problem(one.observation.observation_id, describe(one.conflict, documents=told), mend,
                             needs_person=open_question))
    return lines
