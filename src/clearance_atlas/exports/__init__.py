"""Observations as files for other tools."""
