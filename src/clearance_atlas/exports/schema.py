"""What each column of the exported tables means: the codebook, and the check that a frame keeps to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.errors import InputError

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Column:
    """One column: name, Frictionless type, what it means, unit where it has one, and whether a cell may be empty."""

    name: str
    type: str
    meaning: str
    unit: str = ""
    required: bool = False


OBSERVATIONS = (
    Column("observation_id", "string", "Name of the observation, unique in the table", required=True),
    Column("period_id", "string", "Name of the reporting period, e.g. week-2024-07-01", required=True),
    Column("period_kind", "string", "day, week, month, quarter, half, year, custom, or cumulative (a state to date)"),
    Column("start", "string", "First day covered, ISO 8601; XXXX where the year is not known"),
    Column("end", "string", "Last day covered, included; for cumulative figures the day that 'to date' refers to"),
    Column("measure", "string", "What is counted; area_cleared is the area reported as cleared, not IMAS cleared land",
           required=True),
    Column("value", "number", "The figure as published, in the unit of the column unit; empty where sources disagree "
           "and no rule decides"),
    Column("unit", "string", "ha, km2, m2, items, people or percent", required=True),
    Column("area_ha", "number", "Areas converted to hectares", unit="ha"),
    Column("qualifier", "string", "exact, over, about or under, as the source hedges it", required=True),
    Column("operator", "string", "Whose work the figure counts; figures of different operators are never to be added"),
    Column("place_scope", "string", "district, group (one joint figure for several districts) or national",
           required=True),
    Column("places", "string", "English names of the districts the figure covers jointly, separated by |"),
    Column("place_codes", "string", "Their codes in the same order: ISO 3166-2, or X-AZ-AGHDARA"),
    Column("n_places", "integer", "Number of districts covered jointly; 0 for national figures", required=True),
    Column("boundary_version", "string", "District set in force at the end of the period"),
    Column("breakdown", "string", "Dimension along which the figure is one part of a total: operator, district, "
           "land_use or subgroup"),
    Column("category", "string", "Which part of the breakdown"),
    Column("item", "string", "What is counted where the measure is other"),
    Column("basis", "string", "published, derived (a difference of published figures) or estimated", required=True),
    Column("drawn", "boolean", "Whether the figure may colour a district or a group; false for national figures, "
           "people, plans, parts of a total, figures that mix kinds and those whose days are not known", required=True),
    Column("flags", "string", "Warnings, separated by |"),
    Column("conflict_id", "string", "Name of the conflict, where published values disagree"),
    Column("n_supporting", "integer", "Statements that give this value", required=True),
    Column("n_differing", "integer", "Statements that give another value", required=True),
    Column("first_seen", "string", "Publication date of the earliest source, ISO 8601"),
    Column("last_seen", "string", "Publication date of the latest source, ISO 8601"),
    Column("statements", "string", "Names of the supporting statements, separated by |"),
    Column("publisher", "string", "Outlet of the first supporting statement"),
    Column("url", "string", "Address of its report"),
    Column("evidence", "string", "The sentence or table row it came from; our own words where the document is an "
           "abstract"),
    Column("notes", "string", "Remarks of the reconciliation, separated by |"),
)

STATEMENTS = (
    Column("document_id", "string", "Name of the bulletin", required=True),
    Column("statement_id", "string", "Name of the statement, unique in the table", required=True),
    Column("publisher", "string", "Outlet"),
    Column("url", "string", "Address of the report"),
    Column("published", "string", "Publication date, ISO 8601"),
    Column("measure", "string", "What is counted", required=True),
    Column("value", "number", "The figure as stated", required=True),
    Column("unit", "string", "ha, km2, m2, items, people or percent", required=True),
    Column("area_ha", "number", "Areas converted to hectares", unit="ha"),
    Column("qualifier", "string", "exact, over, about or under", required=True),
    Column("period_kind", "string", "Kind of the period, where the text gives one"),
    Column("start", "string", "First day covered, ISO 8601; XXXX where the year is not known"),
    Column("end", "string", "Last day covered, included"),
    Column("year_source", "string", "Where the year comes from: text, publication or inferred"),
    Column("operator", "string", "Whose work the figure counts"),
    Column("place_scope", "string", "district, group or national", required=True),
    Column("places", "string", "English names of the districts covered jointly, separated by |"),
    Column("place_codes", "string", "Their codes in the same order"),
    Column("places_as_published", "string", "The spellings found, separated by |"),
    Column("role", "string", "news, or background (an older fact repeated)", required=True),
    Column("flags", "string", "Warnings, separated by |"),
    Column("breakdown", "string", "Dimension of a split total"),
    Column("category", "string", "Which part of the split"),
    Column("item", "string", "What is counted where the measure is other"),
    Column("evidence", "string", "The sentence or table row, verbatim from the document", required=True),
    Column("evidence_start", "integer", "Its first code point in the document", required=True),
    Column("evidence_end", "integer", "The code point after its last", required=True),
    Column("rule", "string", "Name of the rule that read it"),
)

DISTRICTS = (
    Column("code", "string", "District code: ISO 3166-2, or X-AZ-AGHDARA", required=True),
    Column("name_en", "string", "Name in English", required=True),
    Column("name_az", "string", "Name in Azerbaijani"),
    Column("name_ru", "string", "Name in Russian"),
    Column("area_km2", "number", "Official area in this boundary version, the base of all rates", unit="km2"),
    Column("approximate", "boolean", "Whether the border is drawn approximately", required=True),
    Column("boundary_version", "string", "The district set the row belongs to", required=True),
)

_PANDAS = {"string": "string", "number": "float64", "integer": "int64", "boolean": "bool"}


def dtypes(columns: tuple[Column, ...]) -> dict[str, str]:
    """Return the pandas type of each column."""
    return {column.name: _PANDAS[column.type] for column in columns}


def validate(frame: pd.DataFrame, columns: tuple[Column, ...], *, unique: str | None = None) -> pd.DataFrame:
    """Return the frame unchanged, or say at once everything in which it differs from its codebook.

    Raises
    ------
    InputError
        If columns are missing, superfluous or of another type, required cells are empty, or ``unique`` repeats.
    """
    expected = dtypes(columns)
    faults = [f"column {name} missing" for name in expected if name not in frame.columns]
    faults += [f"column {name} unknown" for name in frame.columns if name not in expected]
    present = [column for column in columns if column.name in frame.columns]
    faults += [f"column {column.name} is {frame[column.name].dtype}, not {expected[column.name]}"
               for column in present if str(frame[column.name].dtype) != expected[column.name]]
    faults += [f"column {column.name} has empty cells" for column in present
               if column.required and bool(frame[column.name].isna().any())]
    if unique and unique in frame.columns and bool(frame[unique].duplicated().any()):
        again = frame.loc[frame[unique].duplicated(), unique].iloc[0]
        faults.append(f"{unique} {again} occurs twice")
    if faults:
        raise InputError("table", "; ".join(faults), mend="compare with the codebook in docs/data-dictionary.md")
    return frame
