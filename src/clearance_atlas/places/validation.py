"""The one check of a gazetteer's rows, which reports every fault at once."""

from __future__ import annotations

import math
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

REQUIRED = ("code", "name_en", "kind")
KINDS = frozenset({"district", "city", "city district", "settlement", "region"})
AREA_BASES = frozenset({"", "official", "law", "polygon"})


def gazetteer_faults(rows: Sequence[Mapping[str, str]]) -> list[str]:
    """Return every fault of a gazetteer's rows, each with its line (the header is line 1); empty when sound."""
    if not rows:
        return ["no places in the file"]
    missing = [column for column in REQUIRED if column not in rows[0]]
    if missing:
        return [f"column {column} missing (there are: {', '.join(rows[0])})" for column in missing]
    counts = Counter(row["code"] for row in rows)
    codes = set(counts)
    faults = [f"code {code} stands in {count} lines" for code, count in counts.items() if code and count > 1]
    for line, row in enumerate(rows, start=2):
        faults += [f"line {line}: {fault}" for fault in _row_faults(row, codes=codes)]
    return faults


def _row_faults(row: Mapping[str, str], *, codes: set[str]) -> Iterator[str]:
    yield from (f"{column} is empty" for column in REQUIRED if not row[column])
    if row["kind"] and row["kind"] not in KINDS:
        yield f"kind {row['kind']!r} is none of {', '.join(sorted(KINDS))}"
    for column in ("parent", "counted_as"):
        if row.get(column) and row[column] not in codes:
            yield f"{column} {row[column]} is not a code of this file"
    for column in ("area_km2", "area_km2_before"):
        if row.get(column) and not _is_area(row[column]):
            yield f"{column} {row[column]!r} is no positive number"
    if row.get("area_basis", "") not in AREA_BASES:
        yield f"area_basis {row['area_basis']!r} is none of {', '.join(sorted(AREA_BASES - {''}))}"
    for column in ("valid_from", "area_since"):
        if row.get(column) and not _is_date(row[column]):
            yield f"{column} {row[column]!r} is no day (YYYY-MM-DD)"
    if bool(row.get("area_km2_before")) != bool(row.get("area_since")):
        yield "area_km2_before and area_since are given together or not at all"


def _is_area(text: str) -> bool:
    try:
        number = float(text)
    except ValueError:
        return False
    return math.isfinite(number) and number > 0


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
