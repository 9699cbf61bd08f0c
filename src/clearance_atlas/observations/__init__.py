"""Periods, reconciliation, corrections, checks and estimation: from statements to observations."""

from clearance_atlas.observations.changes import ChangedValue, Changes, change_lines, compare
from clearance_atlas.observations.corrections import (
    Correction,
    correction_locator,
    correction_stub,
    lay_over,
    load_corrections,
)
from clearance_atlas.observations.derivation import difference_of_stocks, remainder
from clearance_atlas.observations.estimation import (
    Estimate,
    Method,
    backtest,
    estimate,
    measured_errors,
    method_named,
    official_areas,
)
from clearance_atlas.observations.periods import (
    boundary_version,
    contains,
    days,
    is_dated,
    is_open,
    overlaps,
    parse_day,
    parse_period_id,
    period_id,
    sort_key,
)
from clearance_atlas.observations.reconciliation import Reconciliation, is_total, reconcile
from clearance_atlas.observations.totals import Balance, stock_balance
from clearance_atlas.observations.yearly import (
    ScopeYear,
    YearReport,
    year_report,
    year_report_lines,
    year_table,
)

__all__ = [
    "Balance",
    "ChangedValue",
    "Changes",
    "Correction",
    "Estimate",
    "Method",
    "Reconciliation",
    "ScopeYear",
    "YearReport",
    "backtest",
    "boundary_version",
    "change_lines",
    "compare",
    "contains",
    "correction_locator",
    "correction_stub",
    "days",
    "difference_of_stocks",
    "estimate",
    "is_dated",
    "is_open",
    "is_total",
    "lay_over",
    "load_corrections",
    "measured_errors",
    "method_named",
    "official_areas",
    "overlaps",
    "parse_day",
    "parse_period_id",
    "period_id",
    "reconcile",
    "remainder",
    "sort_key",
    "stock_balance",
    "year_report",
    "year_report_lines",
    "year_table",
]
