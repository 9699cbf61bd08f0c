"""Tables of figures become statements, or say which cell did not."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.config import Profile, load_profile
from clearance_atlas.documents import read_documents
from clearance_atlas.model import (
    Breakdown,
    Flag,
    Measure,
    PeriodKind,
    PlaceScope,
    Problem,
    Qualifier,
    Role,
    Statement,
    YearSource,
)
from clearance_atlas.places import Gazetteer, load_gazetteer
from clearance_atlas.statements.cells import CellError, parse_number
from clearance_atlas.statements.tables import read_table
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "measure,value,unit,period_start,period_end,place,flags\n"
WEEK = "2024-07-01,2024-07-07"


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile("azerbaijan")


@pytest.fixture(scope="module")
def gazetteer(profile: Profile) -> Gazetteer:
    return load_gazetteer(profile.gazetteer)


class Reader:
    """Reads a table from its text, and checks every span on the way."""

    def __init__(self, folder: Path, profile: Profile, gazetteer: Gazetteer) -> None:
        self.folder, self.profile, self.gazetteer = folder, profile, gazetteer

    def __call__(self, text: str, name: str = "figures.csv") -> tuple[list[Statement], list[Problem]]:
        (self.folder / name).write_bytes(text.encode())
        reading = read_documents([self.folder / name])
        statements: list[Statement] = []
        problems = list(reading.problems)
        for document in reading.documents:
            found, faults = read_table(document, profile=self.profile, gazetteer=self.gazetteer)
            for statement in found:
                evidence = statement.evidence
                assert document.text[evidence.start:evidence.end] == evidence.text
                assert evidence.start <= evidence.figure_start < evidence.figure_end <= evidence.end
            statements += found
            problems += faults
        return statements, problems


@pytest.fixture
def read(tmp_path: Path, profile: Profile, gazetteer: Gazetteer) -> Reader:
    return Reader(tmp_path, profile, gazetteer)


def test_every_column_of_a_row(read: Reader) -> None:
    text = (
        "measure,value,unit,qualifier,period_start,period_end,period_kind,operator,place_code,breakdown,category,item,"
        "publisher,url,published,role,flags\n"
        "area_cleared,12.5,km2,over,2023-01-01,2023-12-31,year,Ministry of Defense,AZ-AGM,district,fields,note,"
        "Example News,https://example.org/a,2024-03-05,background,restates;subset\n"
    )
    (statement,), problems = read(text)
    assert problems == []
    assert (statement.measure, statement.value, statement.unit) == (
        Measure.AREA_CLEARED, Decimal("12.5"), Unit.SQUARE_KILOMETRE)
    assert statement.area_ha == Decimal(1250)
    assert statement.qualifier is Qualifier.OVER
    assert (statement.period.start, statement.period.end, statement.period.kind, statement.period.year_source) == (
        "2023-01-01", "2023-12-31", PeriodKind.YEAR, YearSource.TEXT)
    assert statement.operator == "MoD"
    assert (statement.place_scope, statement.places, statement.place_codes) == (
        PlaceScope.DISTRICT, ("Aghdam",), ("AZ-AGM",))
    assert (statement.breakdown, statement.category, statement.item) == (Breakdown.DISTRICT, "fields", "note")
    assert statement.role is Role.BACKGROUND
    assert statement.flags == (Flag.RESTATES, Flag.SUBSET)
    assert statement.statement_id == "figures#1"
    document = read_documents([read.folder]).documents[0]
    assert (document.publisher, document.url, document.published) == (
        "Example News", "https://example.org/a", date(2024, 3, 5))


def test_several_places_in_one_cell_are_one_joint_figure(read: Reader) -> None:
    statements, problems = read(HEAD + f"uxo,30,,{WEEK},Ağdam; Fizuli | Lachin,\n")
    assert problems == []
    (statement,) = statements
    assert statement.place_scope is PlaceScope.GROUP
    assert statement.places == ("Aghdam", "Fuzuli", "Lachin")
    assert statement.places_as_published == ("Ağdam", "Fizuli", "Lachin")


def test_no_place_is_national(read: Reader) -> None:
    (statement,), _ = read(HEAD + f"uxo,30,,{WEEK},,\n")
    assert (statement.place_scope, statement.place_codes) == (PlaceScope.NATIONAL, ())


def test_an_unknown_place_is_said_and_never_becomes_national(read: Reader) -> None:
    (statement,), (problem,) = read(HEAD + f"uxo,30,,{WEEK},Agdaam,\n")
    assert statement.place_scope is PlaceScope.DISTRICT
    assert (statement.place_codes, statement.flags) == ((), (Flag.UNMATCHED_PLACE,))
    assert str(problem).startswith(read.folder.as_posix() + "/figures.csv:2:place: no place 'Agdaam'")
    assert "Aghdam" in problem.mend


def test_a_published_zero_is_a_figure_and_an_empty_cell_is_none(read: Reader) -> None:
    statements, problems = read("place,start,end,area_cleared_ha,ap_mines\nAghdam,2023-01-01,2023-12-31,0,\n")
    assert [(statement.measure, statement.value) for statement in statements] == [(Measure.AREA_CLEARED, Decimal(0))]
    assert problems == []


def test_wide_tables_give_one_statement_a_cell(read: Reader) -> None:
    text = "district,year,area_cleared_ha,ap_mines,killed\nAghdam,2023,7956.1,12,1\nFuzuli,2023,6025.1,13,\n"
    statements, problems = read(text)
    assert problems == []
    assert [(s.places[0], s.measure.value, s.value, s.unit.value) for s in statements] == [
        ("Aghdam", "area_cleared", Decimal("7956.1"), "ha"), ("Aghdam", "ap_mines", Decimal(12), "items"),
        ("Aghdam", "killed", Decimal(1), "people"), ("Fuzuli", "area_cleared", Decimal("6025.1"), "ha"),
        ("Fuzuli", "ap_mines", Decimal(13), "items"),
    ]
    assert {s.period.kind for s in statements} == {PeriodKind.YEAR}
    assert statements[0].period.start == "2023-01-01"


def test_hxl_sheets(read: Reader) -> None:
    text = (
        "Start,End,District,Joint,Org,Area,AP,Basis\n"
        "#date+start,#date+end,#adm2+name,#region+joint+code+list,#org+name,#output+area+cleared+ha,#output+items+ap,"
        "#status+basis\n"
        "2024-07-01,2024-07-07,,AZ-AGM|AZ-FUZ,ANAMA,1039.5,28,published\n"
        "2024-07-01,2024-07-07,Lachin,,ANAMA,5,,published\n"
        "2024-07-01,2024-07-07,Aghdam,,ANAMA,3,,estimated\n"
    )
    statements, (problem,) = read(text)
    assert [(s.place_scope.value, s.place_codes, s.value) for s in statements] == [
        ("group", ("AZ-AGM", "AZ-FUZ"), Decimal("1039.5")), ("group", ("AZ-AGM", "AZ-FUZ"), Decimal(28)),
        ("district", ("AZ-LAC",), Decimal(5)),
    ]
    assert "estimated" in problem.what
    assert not problem.needs_person


def test_json_lines(read: Reader) -> None:
    text = ('{"measure": "area_cleared", "value": 1039.50, "unit": "ha", "places": ["Aghdam", "Fuzuli"],'
            ' "period": {"start": "2024-07-01", "end": "2024-07-07", "kind": "week"}}\n')
    (statement,), problems = read(text, name="figures.jsonl")
    assert problems == []
    assert text[statement.evidence.figure_start:statement.evidence.figure_end] == "1039.50"
    assert statement.value == Decimal("1039.50")
    assert statement.place_scope is PlaceScope.GROUP
    assert statement.period.kind is PeriodKind.WEEK


@given(st.lists(st.tuples(st.integers(0, 10**6), st.text('ab "\n\r,;', max_size=8)), min_size=1, max_size=5))
@settings(deadline=None, max_examples=40)
def test_spans_hold_whatever_the_cells_beside_them(tmp_path_factory: pytest.TempPathFactory,
                                                   rows: list[tuple[int, str]]) -> None:
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(["item", "value", "measure"])
    writer.writerows([item, f" {value} ", "uxo"] for value, item in rows)
    folder = tmp_path_factory.mktemp("table")
    (folder / "a.csv").write_bytes(buffer.getvalue().encode())
    (document,) = read_documents([folder]).documents
    statements, problems = read_table(document)
    assert problems == ()
    assert [int(s.value) for s in statements] == [value for value, _ in rows]
    for statement in statements:
        evidence = statement.evidence
        assert document.text[evidence.start:evidence.end] == evidence.text
        assert document.text[evidence.figure_start:evidence.figure_end] == str(statement.value)


@pytest.mark.parametrize(("row", "where", "said"), [
    (f"uxo,abc,,{WEEK},,", "2:value", "no number"),
    (f"uxo,=1+1,,{WEEK},,", "2:value", "formula"),
    (f"uxo,@SUM(A1),,{WEEK},,", "2:value", "formula"),
    (f"uxo,-5,,{WEEK},,", "2:value", "formula"),
    (f'area_cleared,"1,039",ha,{WEEK},,', "2:value", "two ways"),
    (f"uxo,10.5,,{WEEK},,", "2:value", "no whole number"),
    (f"uxo,{'9' * 5000},,{WEEK},,", "2:value", "no number"),
    (f"uxo,,,{WEEK},,", "2:value", "no figure"),
    (f"mines,5,,{WEEK},,", "2:measure", "not known"),
    (f"area_cleared,5,,{WEEK},,", "2:unit", "no unit"),
    (f"area_cleared,5,acres,{WEEK},,", "2:unit", "not known"),
    ("uxo,5,,2024-02-30,2024-03-01,,", "2:period_start", "not in the calendar"),
    ("uxo,5,,2024-07-07,2024-07-01,,", "2:period_end", "before it starts"),
    ("uxo,5,,soon,2024-07-01,,", "2:period_start", "no day"),
    (f"uxo,5,,{WEEK},,restate", "2:flags", "not known"),
])
def test_wrong_cells_are_named_with_their_mend(read: Reader, row: str, where: str, said: str) -> None:
    statements, (problem,) = read(HEAD + row + f"\nuxo,7,,{WEEK},,\n")
    assert [statement.value for statement in statements] == [Decimal(7)]
    assert problem.where.endswith(f"figures.csv:{where}")
    assert said in problem.what
    assert problem.mend
    assert len(str(problem)) < 400


def test_a_table_without_figures_says_what_it_needs(read: Reader) -> None:
    statements, (problem,) = read("name,notes\nAghdam,fine\n")
    assert statements == []
    assert "measure and value" in problem.mend


def test_each_source_of_a_table_is_a_document_of_its_own(read: Reader) -> None:
    head = "measure,value,publisher,url,published\n"
    rows = "uxo,5,Example,https://example.org/1,2024-07-08\nuxo,6,Other,https://example.org/2,\n"
    statements, problems = read(head + rows + "uxo,7,Example,https://example.org/1,2024-07-08\n")
    assert problems == []
    assert [(s.document_id, s.value) for s in statements] == [
        ("figures-2024-07-08-example", Decimal(5)), ("figures-2024-07-08-example", Decimal(7)),
        ("figures-undated-other", Decimal(6)),
    ]


@pytest.mark.parametrize(("start", "end", "kind"), [
    ("2024-07-01", "2024-07-01", "day"), ("2024-07-01", "2024-07-07", "week"), ("2022-07-18", "2022-07-23", "week"),
    ("2024-02", "2024-02", "month"), ("2024-04-01", "2024-06-30", "quarter"), ("2024-07-01", "2024-12-31", "half"),
    ("2024", "2024", "year"), ("2022-02-01", "2022-02-14", "custom"), ("2024-02-01", "2024-04-30", "custom"),
    ("", "2024-07-31", "cumulative"),
])
def test_kinds_that_follow_from_the_days(read: Reader, start: str, end: str, kind: str) -> None:
    (statement,), problems = read(HEAD + f"uxo,5,,{start},{end},,\n")
    assert problems == []
    assert statement.period.kind == PeriodKind(kind)


def test_a_year_may_stay_open(read: Reader) -> None:
    (statement,), problems = read(HEAD + "uxo,5,,XXXX-06-03,XXXX-06-09,,\n")
    assert problems == []
    assert (statement.period.start, statement.period.kind, statement.period.year_source) == ("XXXX-06-03", None, None)


@pytest.mark.parametrize(("text", "value"), [
    ("1039.5", "1039.5"), ("1 039.5", "1039.5"), ("1\u00a0039,5", "1039.5"), ("1,039.5", "1039.5"),
    ("1.039,5", "1039.5"), ("1,234,567", "1234567"), ("12,5", "12.5"), ("１２", "12"), ("0", "0"),
])
def test_numbers_that_can_be_read_one_way(text: str, value: str) -> None:
    assert parse_number(text, column="value")[0] == Decimal(value)


@pytest.mark.parametrize("text", ["1,039", "1.2.3", "12-13", "about 5", "5 mines", "", "1,0,0", "1e5", "NaN", "٣,٤٥٦"])
def test_numbers_that_cannot(text: str) -> None:
    with pytest.raises(CellError):
        parse_number(text, column="value")


@pytest.mark.parametrize(("text", "unit", "qualifier"), [
    ("> 374 ha", Unit.HECTARE, Qualifier.OVER), ("~42000", None, Qualifier.ABOUT),
    ("27.5%", Unit.PERCENT, Qualifier.EXACT),
])
def test_units_and_hedges_within_a_cell(text: str, unit: Unit | None, qualifier: Qualifier) -> None:
    assert parse_number(text, column="value")[1:] == (unit, qualifier)


@pytest.mark.parametrize(("year", "total", "districts"), [(2023, "53081.8", 11), (2025, "69205.7", 13)])
def test_shipped_district_tables_add_up_to_the_published_total(
    year: int, total: str, districts: int, profile: Profile, gazetteer: Gazetteer,
) -> None:
    from clearance_atlas.config import resource  # noqa: PLC0415  only this test needs the shipped bulletins

    path = resource("bulletins") / "tables" / f"year-{year}-districts.csv"
    if not path.is_file():
        pytest.skip("no shipped tables")
    statements = [statement for document in read_documents([path]).documents
                  for statement in read_table(document, profile=profile, gazetteer=gazetteer)[0]]
    parts = [s for s in statements if s.breakdown is Breakdown.DISTRICT]
    assert sum(s.area_ha or 0 for s in parts) == Decimal(total)
    assert len({s.place_codes for s in parts if s.place_codes}) == districts


@pytest.mark.parametrize(("kinds", "found"), [
    (("week", "Custom"), [PeriodKind.WEEK, PeriodKind.CUSTOM]),
    (("week", "report"), [PeriodKind.WEEK, PeriodKind.WEEK]),
])
def test_a_column_kind_is_that_of_periods_where_its_cells_are(
    read: Reader, kinds: tuple[str, str], found: list[PeriodKind],
) -> None:
    rows = "".join(f"{WEEK},{kind},12\n" for kind in kinds)
    statements, problems = read(f"start,end,kind,area_cleared_ha\n{rows}")
    assert [one.period.kind for one in statements] == found
    assert ["kind" in one.what for one in problems] == [True] * (kinds[1] == "report")


def test_a_column_of_kinds_of_period_in_json_lines(read: Reader) -> None:
    (one,), problems = read(
        '{"start": "2024-07-01", "end": "2024-07-07", "kind": "custom", "uxo": 5}\n', name="figures.jsonl")
    assert one.period.kind is PeriodKind.CUSTOM
    assert problems == []


@pytest.mark.parametrize(("header", "cell", "where"), [
    ("area_cleared", "twelve", "figures.csv:2:area_cleared"),
    ("area_cleared_ha", "twelve", "figures.csv:2:area_cleared_ha"),
    ("area_cleared", "12", "figures.csv:2:unit"),
])
def test_a_problem_names_line_and_column_as_they_stand(read: Reader, header: str, cell: str, where: str) -> None:
    _, problems = read(f"start,end,{header}\n{WEEK},{cell}\n")
    assert [one.where.rpartition("/")[2] for one in problems] == [where]
