"""Cells of tables come with their place in the text."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.documents import parse_table
from clearance_atlas.documents.columns import column_of_hashtag, column_of_name

CELLS = st.text(alphabet='ab 1,;"\n|=é', max_size=6)


@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5), st.sampled_from(["\r\n", "\n"]))
@settings(deadline=None)
def test_cells_are_those_of_the_csv_module(rows: list[list[str]], ending: str) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator=ending)
    writer.writerow(["measure", "value", "place"])
    writer.writerows(rows)
    text = buffer.getvalue()
    table = parse_table(text, media_type="text/csv")
    assert table.faults == ()
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [[row.cells[name].text for name in ("measure", "value", "place")] for row in table.rows] == kept
    for row in table.rows:
        for cell in row.cells.values():
            assert row.start <= cell.start <= cell.end <= row.end
            assert text[cell.start:cell.end].replace('""', '"') == cell.text


@pytest.mark.parametrize("text", [
    "measure;value\nuxo;5\n", "measure\tvalue\nuxo\t5", "\ufeffmeasure,value\r\nuxo,5\r\n", "Measure , VALUE\n\nuxo,5",
])
def test_delimiters_and_ends_of_line(text: str) -> None:
    (row,) = parse_table(text, media_type="text/csv").rows
    assert (row.text("measure"), row.text("value")) == ("uxo", "5")


def test_rows_are_numbered_by_their_first_line() -> None:
    table = parse_table('measure,value,item\nuxo,5,"two\nlines"\nuxo,6,x\n', media_type="text/csv")
    assert [row.number for row in table.rows] == [2, 4]


@pytest.mark.parametrize(("text", "said"), [
    ('measure,value\nuxo,"5\nuxo,6', "not closed"),
    ('measure,value\nuxo,"5"6\n', "after a closing"),
    ("measure,value\nuxo,5,6\n", "3 cells under 2"),
])
def test_rows_that_cannot_be_parsed_are_faults(text: str, said: str) -> None:
    (fault,) = parse_table(text, media_type="text/csv").faults
    assert said in fault.what
    assert fault.mend


def test_hashtags_name_the_columns() -> None:
    text = "Kreis,Fläche,\n#adm2+name,#output+area+cleared+ha,\nAghdam,5,x\n"
    table = parse_table(text, media_type="text/csv")
    assert table.columns == ("place", "area_cleared:ha")
    assert table.rows[0].text("area_cleared:ha") == "5"


@pytest.mark.parametrize(("tag", "column"), [
    ("#date+start", "period_start"), ("#adm2+code", "place_code"), ("#org+name", "operator"),
    ("#output+items+ap", "ap_mines:items"), ("#affected+killed", "killed:people"), ("#meta+url", "url"),
    ("#output+area+cleared+km2", "area_cleared:km2"), ("#ADM2 +NAME", "place"), ("#beneficiary", None),
])
def test_hashtags_are_understood_in_any_order(tag: str, column: str | None) -> None:
    assert column_of_hashtag(tag) == column


@pytest.mark.parametrize(("name", "column"), [
    ("Districts", "place"), ("source", "publisher"), ("area_cleared_ha", "area_cleared:ha"),
    ("area_surveyed", "area_surveyed:"), ("ap_mines", "ap_mines:items"), ("injured", "injured:people"), ("notes", None),
])
def test_column_names(name: str, column: str | None) -> None:
    assert column_of_name(name) == column


@given(st.dictionaries(st.sampled_from(["measure", "value", "place", "url", "notes"]),
                       st.one_of(st.integers(), st.text(max_size=8), st.none(), st.lists(st.text("ab", max_size=3))),
                       min_size=1), st.booleans())
@settings(deadline=None)
def test_members_of_json_lines(record: dict[str, object], ascii_only: bool) -> None:  # noqa: FBT001  drawn
    line = json.dumps(record, ensure_ascii=ascii_only)
    table = parse_table(line + "\n", media_type="application/x-ndjson")
    for name, value in record.items():
        column = column_of_name(name)
        if column:
            cell = table.rows[0].cells[column]
            assert json.loads(line)[name] == value
            assert cell.text == (";".join(value) if isinstance(value, list) else "" if value is None else str(value))
            assert 0 <= cell.start <= cell.end <= len(line)


def test_inner_objects_of_json_lines() -> None:
    line = '{"measure": "uxo", "value": 5, "period": {"start": "2024-07-01", "end": "2024-07-07"}}'
    (row,) = parse_table(line, media_type="application/x-ndjson").rows
    assert row.text("period_end") == "2024-07-07"
    cell = row.cells["period_end"]
    assert line[cell.start:cell.end] == "2024-07-07"


@pytest.mark.parametrize("line", [
    "[1, 2]", "{", '{"value": }', "no json", '{"value": 1} {}', "[" * 100_000, '{"a": ' * 5000,
    '{"a": ' + "[" * 100_000,
])
def test_lines_that_are_no_object_are_faults(line: str) -> None:
    table = parse_table('{"measure": "uxo", "value": 1}\n' + line + "\n", media_type="application/x-ndjson")
    assert len(table.rows) == 1
    assert table.faults[0].number == 2
