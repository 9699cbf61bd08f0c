"""Operator scopes: who speaks for whom, and whose figures already include whose.

Figures of different scopes are never added. The profile says from when, and for which kinds of period, an agency's
totals already include other operators; such a figure is read as the wider scope.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Period
from clearance_atlas.observations.periods import parse_day

if TYPE_CHECKING:
    from clearance_atlas.config import Inclusion, Profile


@dataclass(frozen=True, slots=True)
class Scopes:
    """The profile's operators, ready to look up."""

    issuers: dict[str, str]
    inclusions: tuple[Inclusion, ...]
    wide: frozenset[str]


def scopes_of(profile: Profile) -> Scopes:
    """Prepare the operators and inclusions of a profile."""
    return Scopes(
        issuers={operator.code: operator.issuer for operator in profile.operators if operator.issuer},
        inclusions=profile.inclusions,
        wide=frozenset(one.reads_as for one in profile.inclusions if one.reads_as),
    )


def family(operator: str | None, *, scopes: Scopes) -> str | None:
    """Return the operator whose bulletins may carry this one's figures; ``None`` where none is named."""
    return None if operator is None else scopes.issuers.get(operator, operator)


def inclusion(operator: str | None, *, period: Period, scopes: Scopes) -> Inclusion | None:
    """Return the rule by which an operator's figure for a period already includes other operators, if any."""
    issuer, start = family(operator, scopes=scopes), parse_day(period.start)
    if issuer is None or operator in scopes.wide:
        return None
    for rule in scopes.inclusions:
        fits = rule.scope == issuer and period.kind is not None and period.kind.value in rule.kinds
        if fits and (rule.since is None or (start is not None and start >= rule.since)):
            return rule
    return None


def scope(operator: str | None, *, period: Period, breakdown: Breakdown | None, scopes: Scopes) -> str | None:
    """Return the operator scope that a figure really has.

    A row of a split by operator keeps its operator; a total of an agency that includes others is read as theirs too.
    """
    if operator is None or operator in scopes.wide or breakdown is Breakdown.OPERATOR:
        return operator
    rule = inclusion(operator, period=period, scopes=scopes)
    if rule is not None and rule.reads_as:
        return rule.reads_as
    return family(operator, scopes=scopes)


def includes(whole: str | None, part: str | None, *, period: Period, scopes: Scopes) -> bool:
    """Tell whether figures of scope ``whole`` for a period already include those of ``part``."""
    for rule in scopes.inclusions:
        fits = period.kind is not None and period.kind.value in rule.kinds and whole in {rule.scope, rule.reads_as}
        start = parse_day(period.start)
        if fits and part != whole and part in {*rule.operators, rule.scope} and (
            rule.since is None or (start is not None and start >= rule.since)
        ):
            return True
    return whole in scopes.wide and part is not None and part != whole
