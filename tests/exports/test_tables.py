"""Frames, CSV, Parquet, HXL and the data package: known answers, formulas, same bytes, round trips."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from hashlib import sha256
from pathlib import Path

import frictionless
import hxl
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_sample import THIRTEEN, sample_content
from clearance_atlas.errors import InputError, UnknownNameError
from clearance_atlas.exports import (
    ExportFormat,
    district_table,
    export_files,
    observation_frame,
    statement_frame,
    to_csv,
    to_parquet,
)
from clearance_atlas.exports.frames import check_basis
from clearance_atlas.exports.schema import OBSERVATIONS, validate
from clearance_atlas.exports.tables import FORMULA_STARTS, cell, plain_number


@pytest.fixture(scope="module")
def frame() -> pd.DataFrame:
    content = sample_content()
    return observation_frame(content.observations, content.statements, content.documents)


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode(), newline="")))


def test_district_table_of_2023_closes_on_the_published_total(frame: pd.DataFrame) -> None:
    year = frame[(frame["period_id"] == "year-2023") & (frame["measure"] == "area_cleared")]
    parts = year[year["breakdown"] == "district"]
    assert len(parts) == 12
    assert parts["area_ha"].sum() == pytest.approx(53081.8)
    assert year.loc[year["breakdown"].isna(), "area_ha"].tolist() == [53081.8]


def test_joint_figure_is_one_row_and_no_member_has_a_row_of_it(frame: pd.DataFrame) -> None:
    week = frame[(frame["period_id"] == "week-2024-07-01") & (frame["measure"] == "area_cleared")]
    assert week["value"].tolist() == [1039.5]
    assert week["place_codes"].tolist() == ["|".join(THIRTEEN)]
    assert week["n_places"].tolist() == [13]
    assert week["place_scope"].tolist() == ["group"]


def test_only_published_rows_unless_asked(frame: pd.DataFrame) -> None:
    assert set(frame["basis"]) == {"published"}
    content = sample_content()
    everything = observation_frame(content.observations, basis=("published", "derived", "estimated"))
    assert set(everything["basis"]) == {"published", "derived", "estimated"}
    assert len(everything) == len(frame) + 2


def test_unknown_basis_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean estimated"):
        check_basis("estimate")


def test_people_national_figures_and_parts_are_not_drawn(frame: pd.DataFrame) -> None:
    drawn = frame[frame["drawn"]]
    assert set(drawn["measure"]) == {"area_cleared", "uxo"}
    assert (drawn["n_places"] > 0).all()
    assert not frame.loc[frame["category"] == "other districts", "drawn"].any()


def test_codebook_is_enforced_and_names_every_fault(frame: pd.DataFrame) -> None:
    broken = frame.drop(columns="unit").assign(extra=1, value="much")
    with pytest.raises(InputError) as error:
        validate(broken, OBSERVATIONS)
    for fault in ("unit missing", "extra unknown", "value is"):
        assert fault in str(error.value)


def test_two_observations_of_one_name_are_refused() -> None:
    entry = sample_content().observations[0]
    with pytest.raises(InputError, match="occurs twice"):
        observation_frame([entry, entry])


def test_empty_record_gives_a_table_with_all_columns() -> None:
    empty = observation_frame([])
    assert list(empty.columns) == [column.name for column in OBSERVATIONS]
    assert to_csv(empty).decode().count("\n") == 1


def test_evidence_and_source_stand_beside_each_statement() -> None:
    content = sample_content()
    table = statement_frame(content.statements, content.documents)
    by_id = {one.document_id: one for one in content.documents}
    for row in table.itertuples():
        assert by_id[row.document_id].text[row.evidence_start:row.evidence_end] == row.evidence
    assert set(table["url"]) == {one.url for one in content.documents}


def test_districts_of_both_versions_carry_official_areas() -> None:
    table = district_table(sample_content().districts).set_index(["boundary_version", "code"])
    assert table.loc[("from-2023-12-05", "X-AZ-AGHDARA"), "area_km2"] == 1660.83
    assert table.loc[("until-2023-12-04", "AZ-AGM"), "area_km2"] == 1150
    assert table.loc[("from-2023-12-05", "AZ-AGM"), "area_km2"] == 1076
    assert table.groupby(level=0).size().tolist() == [75, 74]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_formulas_are_neutralised(start: str) -> None:
    assert cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_numbers_are_never_quoted_as_formulas() -> None:
    assert cell(-3.5) == "-3.5"


def test_hostile_cells_of_the_sample_are_quoted_in_the_file(frame: pd.DataFrame) -> None:
    text = to_csv(frame).decode()
    assert "'=SUM(A1:A9)" in text
    assert "'@Test Gazette" in text
    assert not any(entry.startswith(FORMULA_STARTS) for row in rows(text.encode()) for entry in row.values())


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(deadline=None)
def test_any_number_reads_back_and_has_no_exponent(value: float) -> None:
    text = plain_number(value)
    assert float(text) == value
    assert "e" not in text.lower()


@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"])), st.floats(allow_nan=False))))
@settings(deadline=None)
def test_csv_reads_back_whatever_text_it_holds(records: list[tuple[str, float]]) -> None:
    records = [(text, value) for text, value in records if abs(value) != float("inf")]
    data = to_csv(pd.DataFrame(records, columns=["text", "value"]))
    read = list(csv.reader(io.StringIO(data.decode(), newline="")))[1:]
    assert [(row[0].removeprefix("'") if text.lstrip(" ").startswith(FORMULA_STARTS) else row[0], float(row[1]))
            for row, (text, _) in zip(read, records, strict=True)] == records


def test_parquet_round_trip_keeps_values_types_and_metadata(frame: pd.DataFrame) -> None:
    data = to_parquet(frame, metadata={"source": "sample"})
    back = pq.read_table(io.BytesIO(data))
    assert back.column("value").to_pylist() == [None if pd.isna(value) else value for value in frame["value"]]
    assert back.column("evidence").to_pylist() == [None if pd.isna(text) else text for text in frame["evidence"]]
    assert back.schema.metadata == {b"source": b"sample"}
    assert str(back.schema.field("n_places").type) == "int64"


@pytest.mark.parametrize("name", list(ExportFormat))
def test_every_format_gives_the_same_bytes_again(name: str) -> None:
    content = sample_content()
    assert export_files(content, export_format=name) == export_files(content, export_format=name)


@pytest.mark.parametrize("name", list(ExportFormat))
def test_order_of_the_records_does_not_matter(name: str) -> None:
    content = sample_content()
    turned = dataclasses.replace(content, observations=tuple(reversed(content.observations)))
    assert export_files(turned, export_format=name) == export_files(content, export_format=name)


@pytest.mark.parametrize("name", list(ExportFormat))
def test_every_format_takes_an_atlas_without_figures(name: str) -> None:
    bare = dataclasses.replace(sample_content(), observations=(), statements=(), documents=())
    assert all(export_files(bare, export_format=name).values())


def test_unknown_format_names_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean gpkg"):
        export_files(sample_content(), export_format="gpgk")


def test_hxl_is_read_by_libhxl_and_joins_only_single_districts(tmp_path: Path) -> None:
    path = tmp_path / "sample.csv"
    path.write_bytes(export_files(sample_content(), export_format="hxl")["observations.hxl.csv"])
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True)).cache()
    assert hxl.validate(source)
    tags = {column.display_tag for column in source.columns}
    assert {"#date+start", "#date+end", "#adm2+name", "#adm2+code", "#org+name", "#output+area+cleared+ha",
            "#output+items+uxo", "#affected+killed", "#meta+source", "#meta+url", "#status+basis"} <= tags
    joint = [row for row in source if row.get("#region+joint+code")]
    assert [(row.get("#output+area+cleared+ha"), row.get("#output+items+uxo")) for row in joint] == [("1039.5", "51")]
    assert not any(row.get("#adm2+code") for row in joint)
    jabrayil = source.with_rows("#adm2+code=AZ-CAB")
    assert [row.get("#output+area+cleared+ha") for row in jabrayil] == ["14016.7"]


def test_hxl_leaves_out_parts_that_must_not_be_added() -> None:
    table = export_files(sample_content(), export_format="hxl")["observations.hxl.csv"].decode()
    assert "53081.8" in table
    assert "217.6" not in table


def test_data_package_is_valid_and_its_hashes_hold(tmp_path: Path) -> None:
    files = export_files(sample_content(), export_format="datapackage")
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    package = json.loads(files["datapackage.json"])
    for resource in package["resources"]:
        assert resource["hash"] == "sha256:" + sha256(files[resource["path"]]).hexdigest()
        assert resource["bytes"] == len(files[resource["path"]])
    assert package["licenses"][0]["name"]
    assert {source["path"] for source in package["sources"]} == {
        "https://example.org/week", "https://example.org/year", "https://example.org/month"}


def test_codebook_explains_every_column_of_every_table() -> None:
    files = export_files(sample_content(), export_format="datapackage")
    explained = {(row["table"], row["column"]): row["meaning"] for row in rows(files["codebook.csv"])}
    for table in ("observations", "statements", "districts"):
        for column in rows(files[f"{table}.csv"])[0]:
            assert explained[table, column]
