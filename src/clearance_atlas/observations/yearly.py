"""A year against its published total: what the bulletins add up to, the gap, and the weeks that are missing.

The gap is explained, not closed: nothing is filled in, and scopes are reported side by side, never added.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Measure, Observation, Period, PeriodKind
from clearance_atlas.observations.periods import days, parse_day
from clearance_atlas.observations.scopes import includes, scopes_of
from clearance_atlas.observations.totals import best_cover, running_totals
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.config import Profile

WEEKLY_DAYS = 16  # the longest span that agencies have called a week
MOST_OF_A_WEEK = 4


@dataclass(frozen=True, slots=True)
class ScopeYear:
    """One operator scope in one year; sums in hectares or items.

    ``weeks_total`` adds the weekly bulletins (spans of up to 16 days), ``months_total`` the monthly ones, and
    ``bulletins_total`` the disjoint bulletins that cover most of the year; the three are not to be added.
    ``published_by`` is the scope of the published total: this one, or one that includes it. ``split_row`` is the
    operator's own row in a published split of the year by operator.
    """

    operator: str | None
    weeks: int
    weeks_total: Decimal
    months: int
    months_total: Decimal
    bulletins_total: Decimal
    covered_days: int
    published: Decimal | None
    published_by: str | None
    split_row: Decimal | None
    missing_weeks: tuple[tuple[date, date], ...]
    missing_months: tuple[str, ...]

    @property
    def gap(self) -> Decimal | None:
        """The published total less what bulletins add up to; ``None`` without either of this scope."""
        if self.published is None or self.published_by != self.operator or not self.covered_days:
            return None
        return self.published - self.bulletins_total


@dataclass(frozen=True, slots=True)
class YearReport:
    """What bulletins and totals say of one year and measure, one entry an operator scope."""

    year: int
    measure: Measure
    unit: Unit
    scopes: tuple[ScopeYear, ...]


def year_report(
    observations: Iterable[Observation], *, year: int, profile: Profile, measure: Measure = Measure.AREA_CLEARED
) -> YearReport:
    """Compare the bulletins of a year with the total published for it.

    Parameters
    ----------
    observations
        All observations of a reconciliation.
    year
        The calendar year.
    profile
        Says whose totals include whose.
    measure
        What is counted.

    Returns
    -------
    YearReport
        Empty of scopes where nothing is known of the year.
    """
    known = list(observations)
    flows = {scope: [one for one in found if _touches(one.period, year)]
             for (what, scope), found in running_totals(known).items() if what is measure}
    whole = Period(f"{year}-01-01", f"{year}-12-31", PeriodKind.YEAR)
    totals = {scope: max((one.value for one in found if one.period.kind is PeriodKind.YEAR and one.value is not None
                          and one.period.start == whole.start), default=None) for scope, found in flows.items()}
    rows = {one.operator: one.value for one in known if one.breakdown is Breakdown.OPERATOR and one.value is not None
            and one.measure is measure and one.period_id == f"year-{year}"}
    scopes = scopes_of(profile)
    entries = []
    for operator in sorted((one for one in flows if flows[one]), key=str):
        by = operator if totals[operator] is not None else next(
            (other for other in sorted(totals, key=str) if totals[other] is not None
             and includes(other, operator, period=whole, scopes=scopes)), None)
        entries.append(_scope_year(operator, flows[operator], whole=whole, published=totals.get(by), by=by,
                                   row=rows.get(operator)))
    entries = [one for one in entries if one.covered_days or one.published is not None]
    unit = Unit.HECTARE if measure in {Measure.AREA_CLEARED, Measure.AREA_SURVEYED} else Unit.ITEMS
    return YearReport(year, measure, unit, tuple(entries))


def _touches(period: Period, year: int) -> bool:
    return f"{year}-01-01" <= (period.end or "") and (period.start or "") <= f"{year}-12-31"


def _scope_year(
    operator: str | None, flows: Sequence[Observation], *, whole: Period, published: Decimal | None, by: str | None,
    row: Decimal | None,
) -> ScopeYear:
    frame = Observation("", "", flows[0].measure, None, flows[0].unit, whole)
    parts = [one for one in flows if one.period.kind is not PeriodKind.YEAR]
    cover = best_cover(parts, whole=frame)
    weekly = best_cover([one for one in parts if (days(one.period) or 0) <= WEEKLY_DAYS
                         and one.period.kind is not PeriodKind.MONTH], whole=frame)
    monthly = best_cover([one for one in parts if one.period.kind is PeriodKind.MONTH], whole=frame)
    named = {(one.period.start or "")[:7] for one in monthly.parts}
    year = int((whole.start or "0")[:4])
    return ScopeYear(
        operator=operator, weeks=len(weekly.parts), weeks_total=weekly.total, months=len(monthly.parts),
        months_total=monthly.total, bulletins_total=cover.total, covered_days=cover.covered_days,
        published=published, published_by=by if published is not None else None, split_row=row,
        missing_weeks=missing_weeks([one.period for one in parts if (days(one.period) or 0) <= WEEKLY_DAYS], year=year),
        missing_months=tuple(name for month in range(1, 13) if (name := f"{year}-{month:02}") not in named),
    )


def missing_weeks(periods: Iterable[Period], *, year: int) -> tuple[tuple[date, date], ...]:
    """Return the weeks, Monday to Sunday, that begin in a year and of which no bulletin covers most days."""
    covered: set[date] = set()
    for period in periods:
        start, length = parse_day(period.start), days(period)
        if start is not None and length is not None:
            covered |= {start + timedelta(days=day) for day in range(length)}
    first = date(year, 1, 1)
    monday = first + timedelta(days=-first.weekday() % 7)
    found = []
    while monday.year == year:
        if sum(monday + timedelta(days=day) in covered for day in range(7)) < MOST_OF_A_WEEK:
            found.append((monday, monday + timedelta(days=6)))
        monday += timedelta(days=7)
    return tuple(found)


def year_report_lines(report: YearReport) -> tuple[str, ...]:
    """Return a report as plain lines for a terminal or a page."""
    title = f"{report.measure.value} {report.year}, {report.unit.value}"
    if not report.scopes:
        return (f"{title}: no bulletin and no published total",)
    lines = [title]
    for one in report.scopes:
        lines.append(f"  {one.operator or 'operator not named'}")
        if not one.covered_days:
            lines.append(f"    no bulletin of this scope within the year; published for it: {_published(one)}")
            continue
        lines += [f"    {one.weeks} weekly bulletins: {one.weeks_total:,}",
                  f"    {one.months} monthly bulletins: {one.months_total:,}",
                  f"    together, each day once: {one.bulletins_total:,} over {one.covered_days} days",
                  f"    published for the year: {_published(one)}"]
        if one.split_row is not None:
            lines.append(f"    own row in the published split by operator: {one.split_row:,}")
        if one.missing_weeks and one.weeks:
            lines.append(f"    {len(one.missing_weeks)} weeks without a weekly bulletin: "
                         + ", ".join(_runs(one.missing_weeks)))
        if one.missing_months and one.months:
            lines.append(f"    months without a monthly figure: {', '.join(one.missing_months)}")
    return tuple(lines)


def _published(one: ScopeYear) -> str:
    if one.published is None:
        return "no total found"
    if not one.covered_days:
        return f"{one.published:,}"
    if one.gap is None:
        return f"{one.published:,} by {one.published_by}, which includes these figures; not compared"
    return f"{one.published:,}; gap {one.gap:,}"


def _runs(weeks: Sequence[tuple[date, date]]) -> list[str]:
    """Write weeks that follow one another as one span."""
    runs: list[tuple[date, date]] = []
    for start, end in weeks:
        if runs and runs[-1][1] + timedelta(days=1) == start:
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return [f"{start} to {end}" for start, end in runs]


def year_table(reports: Iterable[YearReport]) -> str:
    """Return reports as one Markdown table, a row a year and operator scope, each gap with what is missing."""
    lines = ["| year | scope | weekly bulletins | monthly bulletins | each day once | published | gap | not covered |",
             "|---|---|---:|---:|---:|---:|---:|---|"]
    for report in reports:
        for one in report.scopes:
            published = f"{one.published:,}" if one.published is not None and one.published_by == one.operator else "—"
            split = f" ({one.split_row:,} in the split by operator)" if one.split_row is not None else ""
            cells = (
                str(report.year), one.operator or "not named", f"{one.weeks_total:,} ({one.weeks})",
                f"{one.months_total:,} ({one.months})", f"{one.bulletins_total:,} ({one.covered_days} days)",
                published + split, f"{one.gap:,}" if one.gap is not None else "—", _not_covered(one),
            )
            lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _not_covered(one: ScopeYear) -> str:
    if not one.covered_days:
        return "no bulletin of this scope"
    missing = [f"{len(one.missing_weeks)} weeks"] * bool(one.weeks)
    missing += [f"months {', '.join(name[5:] for name in one.missing_months)}"] * bool(
        one.months and one.missing_months)
    return "; ".join(missing) or "no weekly or monthly bulletins"
