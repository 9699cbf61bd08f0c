"""Corrections: what a person has settled, kept as data with a reason and a guard."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearance_atlas.model import Document, Statement


@dataclass(frozen=True, slots=True)
class Correction:
    """One settled question."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """Statements with the corrections laid over, and a note for each one changed."""

    statements: tuple[Statement, ...]
    notes: Mapping[str, str]


def apply_corrections(
    statements: Iterable[Statement], *, documents: Iterable[Document], corrections: Sequence[Correction]
) -> Corrected:
    """Lay corrections over statements."""
    return Corrected(tuple(statements), {})
