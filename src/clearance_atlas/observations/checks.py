"""Checks with known answers: parts against totals, weeks against months, stocks that never fall, far-off values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearance_atlas.model import Flag, Observation, Problem
    from clearance_atlas.observations.scopes import Scopes


@dataclass(frozen=True, slots=True)
class Checked:
    """Observations with the flags that the checks put on them, and one line a finding."""

    observations: tuple[Observation, ...]
    doubted: Mapping[str, Flag]
    problems: tuple[Problem, ...]


def check_observations(observations: Sequence[Observation], *, scopes: Scopes) -> Checked:
    """Check observations against each other."""
    return Checked(tuple(observations), {}, ())
