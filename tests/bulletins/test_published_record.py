"""What the reader takes from each shipped bulletin equals the figures that its report published.

The figures stand in ``expected/figures.jsonl``, one a line, taken from the reports independently of the bulletins'
words and of the reader. How they were brought to the reader's terms is told in ``bulletins/README.md``.
"""

from __future__ import annotations

import csv
import json
import re
from collections import defaultdict
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from clearance_atlas.config import load_profile, resource
from clearance_atlas.documents import read_documents
from clearance_atlas.model import Flag
from clearance_atlas.statements import extract_statements

if TYPE_CHECKING:
    from clearance_atlas.model import Document, Statement

Row = dict[str, Any]

MANY_ROWS = 70  # so that an empty list of facts fails

EXPECTED_FILE = Path(__file__).parent / "expected" / "figures.jsonl"
# Counts outside the measures (cartridges, fuses, shares, targets): a bulletin says them, the reader need not.
OPTIONAL_MEASURE = "other"
WAR_END = "2020-11-10"
# Two reports without a public address; their bulletins have no ``url``.
WITHOUT_ADDRESS = {"2021-11-27-azernews", "2024-07-08-azernews"}


def _expected() -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for line in EXPECTED_FILE.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["document_id"]].append(row)
    return rows


EXPECTED = _expected()


@pytest.fixture(scope="module")
def documents() -> dict[str, Document]:
    """Every shipped bulletin, by its identifier."""
    reading = read_documents(sorted(resource("bulletins").glob("*/*.txt")))
    assert not reading.problems
    return {document.document_id: document for document in reading.documents}


@pytest.fixture(scope="module")
def statements(documents: dict[str, Document]) -> dict[str, list[Statement]]:
    """What the reader takes from them, by document."""
    found: dict[str, list[Statement]] = defaultdict(list)
    for statement in extract_statements(tuple(documents.values()), profile=load_profile()).statements:
        found[statement.document_id].append(statement)
    return found


def _row(statement: Statement) -> Row:
    period = statement.period
    flags = {str(flag) for flag in statement.flags}
    part = Flag.SUBSET in statement.flags or statement.breakdown is not None
    return {
        "measure": str(statement.measure),
        "value": float(statement.value),
        "unit": str(statement.unit),
        "qualifier": str(statement.qualifier),
        "period": (period.start, period.end, None if period.kind is None else str(period.kind)),
        "operator": statement.operator,
        "places": sorted(statement.places),
        "role": str(statement.role),
        "flags": sorted({"restates", "planned", "suspect_value"} & flags | ({"subset"} if part else set())),
    }


def _wanted(row: Row) -> Row:
    period = row["period"]
    return {
        **{key: row[key] for key in ("measure", "unit", "qualifier", "operator", "role")},
        "value": float(row["value"]),
        "period": (period["start"], period["end"], period["kind"]),
        "places": sorted(row["places"]),
        "flags": sorted(row["flags"]),
    }


def _same_day(got: str | None, want: str | None) -> bool:
    """Whether a day is the one wanted; of one whose year the report leaves open the year may be unsaid or inferred."""
    if want is None or not want.startswith("XXXX"):
        return got == want
    return got is None or got[4:] == want[4:]


def _same_start(got: str | None, want: str | None, *, kind: str | None) -> bool:
    """Whether a first day is the one wanted; a state to date without one counts from the end of the war."""
    return _same_day(got, want) or (kind == "cumulative" and want is None and got == WAR_END)


def _same_period(got: Row, want: Row, *, published: str | None) -> bool:
    (start, end, kind), (want_start, want_end, want_kind) = got["period"], want["period"]
    if want_kind == "cumulative" and want_end is None:  # "to date" in a dated report may mean its own day
        return kind == want_kind and _same_start(start, want_start, kind=kind) and end in {None, published}
    if want_kind is None or (want_start, want_end) == (None, None):  # no days are said, whatever they are called
        return (start, end) == (want_start, want_end)
    return bool(kind == want_kind and _same_start(start, want_start, kind=kind) and _same_day(end, want_end))


def _same(got: Row, want: Row, *, published: str | None) -> bool:
    plain = [key for key in want if key != "period"]
    return all(got[key] == want[key] for key in plain) and _same_period(got, want, published=published)


def _same_number(got: Row, want: Row) -> bool:
    """Of a count outside the measures only the number has to be right."""
    return bool(got["measure"] == want["measure"] and got["value"] == want["value"])


def _differences(got: list[Row], want: list[Row], *, published: str | None) -> list[str]:
    left, lines = list(got), []
    for row in want:
        optional = row["measure"] == OPTIONAL_MEASURE
        match = next((g for g in left if (_same_number(g, row) if optional
                                          else _same(g, row, published=published))), None)
        if match is not None:
            left.remove(match)
        elif not optional:
            lines.append(f"not read:   {row}")
    return lines + [f"not stated: {row}" for row in left]


@pytest.mark.parametrize("document_id", sorted(EXPECTED))
def test_the_reader_takes_the_published_figures(
    document_id: str, documents: dict[str, Document], statements: dict[str, list[Statement]],
) -> None:
    document = documents[document_id]
    published = document.published.isoformat() if document.published else None
    got = [_row(statement) for statement in statements[document_id]]
    want = [_wanted(row) for row in EXPECTED[document_id]]
    differences = _differences(got, want, published=published)
    assert not differences, "\n".join([document.cleaned.text, *differences])


def test_every_bulletin_has_expected_figures_and_the_reverse(documents: dict[str, Document]) -> None:
    assert set(documents) == set(EXPECTED)


def test_no_figure_is_expected_twice() -> None:
    for document_id, rows in EXPECTED.items():
        keys = [json.dumps({key: row[key] for key in sorted(row) if key != "flags"}, sort_keys=True) for row in rows]
        assert len(keys) == len(set(keys)), document_id


def test_areas_are_given_in_hectares_too(statements: dict[str, list[Statement]]) -> None:
    metres = next(s for s in statements["2013-04-03-globalpost-apa"] if s.value == Decimal(2171083))
    assert metres.area_ha == Decimal("217.1083")


def test_every_bulletin_says_where_its_figures_come_from(documents: dict[str, Document]) -> None:
    urls = [document.url for document in documents.values() if document.url]
    assert len(set(urls)) == len(urls)
    assert {key for key, document in documents.items() if not document.url} == WITHOUT_ADDRESS
    assert all(url.startswith(("http://", "https://")) for url in urls)
    for document in documents.values():
        assert document.publisher
        assert document.kind == "abstract"
        assert document.language == "en"
        assert document.source_language


def test_undated_bulletins_stay_undated(documents: dict[str, Document]) -> None:
    assert documents["undated-05-16-report-az"].published is None
    assert documents["2022-07-08-today-az-azernews"].published is None


def test_expected_figures_follow_the_list_of_facts(shared: Path, documents: dict[str, Document]) -> None:
    """Nothing was lost or changed between the list of published facts and what is expected here."""
    by_url = {document.url: document_id for document_id, document in documents.items()}
    for report in json.loads((shared / "figures" / "bulletin_facts.json").read_text("utf-8")):
        rows = EXPECTED[by_url[report["url"]]]
        stated = {(float(row["value"]), row["unit"], tuple(sorted(row["places"]))) for row in rows}
        anywhere = {key[:2] for key in stated}
        for fact in report["facts"]:
            key = (float(fact["value"]), fact["unit"], tuple(sorted(fact["districts"])))
            assert key in stated or (not fact["districts"] and key[:2] in anywhere), (report["url"], fact)
        published = documents[by_url[report["url"]]].published
        assert (published.isoformat() if published else None) == (report["published"] or "x")[:10] or not published


def test_weeks_and_months_of_the_published_list_are_expected(shared: Path, documents: dict[str, Document]) -> None:
    """The joint figures of a week or a month that only the published list holds stand under the report it names."""
    by_url = {document.url: document_id for document_id, document in documents.items() if document.url}
    elsewhere = {r["url"] for r in json.loads((shared / "figures" / "bulletin_facts.json").read_text("utf-8"))}
    with (shared / "figures" / "published_figures.csv").open(encoding="utf-8", newline="") as file:
        joint = [row for row in csv.DictReader(file) if row["place_level"] == "group"]
    rows = [row for row in joint if row["url"] in by_url.keys() - elsewhere]
    assert len(rows) > MANY_ROWS
    for row in rows:
        # The list prints the hectares of October 2025 beside their sister report and names their own in a note.
        named = re.search(r"\(ha from (\S+)\)", row["note"]) if row["unit"] == "ha" else None
        document_id = by_url[f"https://{named[1]}" if named else row["url"]]
        key = (float(row["value"]), row["period_start"], row["period_end"])
        assert key in {_value_and_days(want) for want in EXPECTED[document_id]}, row


def _value_and_days(row: Row) -> tuple[float, str | None, str | None]:
    return float(row["value"]), row["period"]["start"], row["period"]["end"]
