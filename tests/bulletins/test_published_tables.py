"""The shipped tables: every row is read as it stands, and the splits close on the published totals."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.config import load_profile, resource
from clearance_atlas.documents import read_documents
from clearance_atlas.statements import extract_statements

if TYPE_CHECKING:
    from clearance_atlas.model import Statement

TABLES = sorted((resource("bulletins") / "tables").glob("*.csv"))


@pytest.fixture(scope="module")
def statements() -> dict[str, list[Statement]]:
    """What the reader takes from each table, by the table's name."""
    reading = read_documents(TABLES)
    assert not reading.problems
    extraction = extract_statements(reading.documents, profile=load_profile())
    assert not extraction.problems
    assert not extraction.unread
    paths = {d.document_id: Path(d.path).stem for d in reading.documents}
    return {path.stem: [s for s in extraction.statements if paths[s.document_id] == path.stem] for path in TABLES}


def _rows(name: str) -> list[dict[str, str]]:
    with (resource("bulletins") / "tables" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _of_row(row: dict[str, str]) -> tuple[object, ...]:
    codes = tuple(sorted(filter(None, row["place_code"].split(";"))))
    return (row["measure"], Decimal(row["value"]), row["unit"], row["qualifier"], row["period_start"] or None,
            row["period_end"] or None, row["period_kind"], row["operator"] or None, codes, row["role"],
            row["breakdown"] or None, row["category"] or None)


def _of_statement(statement: Statement) -> tuple[object, ...]:
    period = statement.period
    return (str(statement.measure), statement.value, str(statement.unit), str(statement.qualifier), period.start,
            period.end, None if period.kind is None else str(period.kind), statement.operator,
            tuple(sorted(statement.place_codes)), str(statement.role),
            None if statement.breakdown is None else str(statement.breakdown), statement.category)


@pytest.mark.parametrize("name", [path.stem for path in TABLES])
def test_every_row_is_one_statement(name: str, statements: dict[str, list[Statement]]) -> None:
    got = Counter(map(_of_statement, statements[name]))
    want = Counter(map(_of_row, _rows(name)))
    assert got == want


@pytest.mark.parametrize("name", [path.stem for path in TABLES])
def test_every_row_says_who_published_it(name: str) -> None:
    for row in _rows(name):
        assert row["publisher"], row
        assert row["url"].startswith("http"), row


def _sum(found: list[Statement], breakdown: str, measure: str = "area_cleared") -> Decimal:
    return sum((s.value for s in found if s.breakdown == breakdown and s.measure == measure), Decimal(0))


@pytest.mark.parametrize(("name", "breakdown", "total"), [
    ("year-2023-districts", "district", "53081.8"),
    ("year-2023-operators", "operator", "53081.8"),
    ("year-2023-land-use", "land_use", "53081.8"),
    ("year-2025-districts", "district", "69205.7"),
])
def test_splits_close_on_the_published_total(
    name: str, breakdown: str, total: str, statements: dict[str, list[Statement]],
) -> None:
    assert _sum(statements[name], breakdown) == Decimal(total)


def test_districts_of_the_yearly_tables_stand_alone(statements: dict[str, list[Statement]]) -> None:
    for name, districts in (("year-2023-districts", 11), ("year-2025-districts", 13)):
        placed = [s for s in statements[name] if s.place_scope == "district"]
        assert len(placed) == districts
        assert len({s.place_codes for s in placed}) == districts


def test_mines_found_by_year_add_up_to_the_stock(statements: dict[str, list[Statement]]) -> None:
    found = statements["state-statistics-2020-2024"]
    flows = [s.value for s in found if s.measure == "mines_total" and s.place_scope == "national"]
    stock = [s.value for s in found if s.measure in {"ap_mines", "at_mines"}]
    assert sum(flows) == sum(stock) == Decimal(56460)


def test_evidence_is_the_row_itself(statements: dict[str, list[Statement]]) -> None:
    for statement in statements["year-2025-districts"]:
        assert format(statement.value, "f") in statement.evidence.text
