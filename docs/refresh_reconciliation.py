# ruff: noqa: INP001 -- a program beside the pages
"""Write the table of years in ``docs/reconciliation.md`` anew from the shipped bulletins."""

from __future__ import annotations

from pathlib import Path

from clearance_atlas.config import load_profile, resource
from clearance_atlas.documents import read_documents
from clearance_atlas.observations import load_corrections, reconcile, year_report, year_table
from clearance_atlas.statements import extract_statements

PAGE = Path(__file__).with_name("reconciliation.md")
FIRST, LAST = "<!-- table -->\n", "<!-- /table -->"
YEARS = range(2021, 2026)


def table() -> str:
    """Reconcile the shipped bulletins and return the table of years."""
    profile = load_profile()
    documents = read_documents([resource("bulletins")]).documents
    statements = extract_statements(documents, profile=profile).statements
    corrections = load_corrections(profile.corrections, shipped=True) if profile.corrections else ()
    found = reconcile(statements, documents=documents, profile=profile, corrections=corrections)
    return year_table(year_report(found.observations, year=year, profile=profile) for year in YEARS)


def page(text: str) -> str:
    """Return the page with its table renewed."""
    before, _, rest = text.partition(FIRST)
    return before + FIRST + table() + LAST + rest.partition(LAST)[2]


if __name__ == "__main__":
    PAGE.write_text(page(PAGE.read_text("utf-8")), "utf-8")
