"""Reconcile statements into one observation per measure, period, scope and place."""
