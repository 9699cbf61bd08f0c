"""Periods, reconciliation, corrections, checks and estimation: from statements to observations."""

from clearance_atlas.observations.corrections import Correction, correction_stub, lay_over, load_corrections
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

__all__ = [
    "Correction",
    "Reconciliation",
    "boundary_version",
    "contains",
    "correction_stub",
    "days",
    "is_dated",
    "is_open",
    "is_total",
    "lay_over",
    "load_corrections",
    "overlaps",
    "parse_day",
    "parse_period_id",
    "period_id",
    "reconcile",
    "sort_key",
]
