"""Records as rows of plain text, for the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from clearance_atlas.config import Profile
from clearance_atlas.model import Breakdown, Conflict, Measure, Observation, Period, Statement
from clearance_atlas.observations.comparison import YearPair
from clearance_atlas.observations.periods import sort_key
from clearance_atlas.observations.yearly import year_report, year_report_lines

STATEMENT_HEADER = ("statement", "measure", "value", "unit", "period", "operator", "places", "role", "flags")
OBSERVATION_HEADER = ("period", "measure", "value", "unit", "operator", "places", "sources", "differ", "flags")
MOST_NAMES = 3
YEARLY_MEASURES = (Measure.AREA_CLEARED, Measure.AP_MINES, Measure.AT_MINES, Measure.UXO)


def statement_rows(statements: Iterable[Statement]) -> list[tuple[str, ...]]:
    """Return one row a statement, in reading order; columns as in ``STATEMENT_HEADER``."""
    return [
        (one.statement_id, _measure(one), _figure(one), one.unit.value, period_text(one.period), one.operator or "",
         _places(one.places), one.role.value, " ".join(one.flags))
        for one in statements
    ]


def observation_rows(observations: Iterable[Observation]) -> list[tuple[str, ...]]:
    """Return one row an observation, by period; columns as in ``OBSERVATION_HEADER``."""
    ordered = sorted(observations, key=lambda one: (sort_key(one.period), one.observation_id))
    return [
        (one.period_id, _measure(one), _figure(one), one.unit.value, one.operator or "", _places(one.places),
         str(len(one.supporting)), str(len(one.differing)), " ".join(one.flags))
        for one in ordered
    ]


def conflict_lines(conflicts: Iterable[Conflict]) -> list[str]:
    """Return one line a conflict: what it is about, each value with who printed it, and the rule that chose."""
    lines = []
    for conflict in conflicts:
        values = "; ".join(f"{value.value:,f} {value.unit} ({', '.join(value.publishers) or 'publisher not named'})"
                           for value in conflict.values)
        chosen = "not chosen" if conflict.chosen is None else f"chosen {conflict.chosen:,f}: {conflict.rule}"
        lines.append(f"conflict {conflict.observation_id}: {values}; {chosen}")
    return lines


def year_lines(observations: Iterable[Observation], *, year: int, profile: Profile) -> list[str]:
    """Return what a year's bulletins add up to beside its published total, for each of the main measures."""
    known = tuple(observations)
    reports = (year_report(known, year=year, profile=profile, measure=measure) for measure in YEARLY_MEASURES)
    return [line for report in reports for line in year_report_lines(report)] + split_lines(known, year=year)


def split_lines(observations: Iterable[Observation], *, year: int) -> list[str]:
    """Return how a year's total was published by operator, land use and district, one line a part, largest first."""
    groups: dict[str, list[Observation]] = {}
    for one in observations:
        if one.period_id == f"year-{year}" and one.breakdown is not None and one.value is not None:
            groups.setdefault(f"{one.measure.value} {year} by {one.breakdown.value}, {one.unit.value}", []).append(one)
    lines = []
    for title, parts in sorted(groups.items()):
        rows = sorted(((one.value or 0, _part(one)) for one in parts), key=lambda row: (-row[0], row[1]))
        lines += [title, *(f"  {name}: {value:,}" for value, name in rows),
                  f"  together: {sum(value for value, _ in rows):,}"]
    return lines


def comparison_header(first: int, second: int) -> tuple[str, ...]:
    """Return the columns of a comparison of two years."""
    return ("district", "operator", str(first), str(second), "difference", "basis", "note")


def comparison_rows(pairs: Iterable[YearPair]) -> list[tuple[str, ...]]:
    """Return one row a district or stable unit; columns as in :func:`comparison_header`."""
    return [
        (one.name, one.operator or "", *("" if value is None else f"{value:,}"
                                         for value in (one.first, one.second, one.difference)),
         one.basis.value, one.note)
        for one in pairs
    ]


def period_text(period: Period) -> str:
    """Return a period in a few words.

    >>> from clearance_atlas.model import PeriodKind
    >>> period_text(Period("2024-07-01", "2024-07-07", PeriodKind.WEEK))
    'week 2024-07-01 to 2024-07-07'
    >>> period_text(Period(None, "2025-07-31", PeriodKind.CUMULATIVE))
    'to 2025-07-31'
    """
    kind = period.kind.value if period.kind else "no period"
    if kind == "cumulative":
        return f"to {period.end}" if period.end else "to date"
    if period.start is None and period.end is None:
        return kind
    if period.start == period.end:
        return f"{kind} {period.start}"
    return f"{kind} {period.start} to {period.end}"


def _figure(one: Statement | Observation) -> str:
    if one.value is None:
        return ""
    return {"over": ">", "under": "<", "about": "~"}.get(one.qualifier.value, "") + f"{one.value:,f}"


def _measure(one: Statement | Observation) -> str:
    detail = one.category or one.item
    return f"{one.measure.value} ({detail})" if detail else one.measure.value


def _part(one: Observation) -> str:
    """Return which part of a total a figure is."""
    if one.breakdown is Breakdown.OPERATOR:
        return one.operator or "operator not named"
    return one.category or ", ".join(one.places) or "not named"


def _places(places: Sequence[str]) -> str:
    if len(places) <= MOST_NAMES:
        return ", ".join(places)
    return f"{', '.join(places[:MOST_NAMES])} and {len(places) - MOST_NAMES} more, jointly"
