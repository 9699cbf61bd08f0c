"""Figures to districts, one to one on the code, with what does not match on either side."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from clearance_atlas.errors import InputError
from clearance_atlas.model import Problem


@dataclass(frozen=True, slots=True)
class Joined:
    """Districts with their figures, and both anti-joins.

    ``frame`` has every district, in the order of the district frame; the figures' columns are missing where a district
    has no figure. ``unmatched_codes`` are codes of figures that no district has, sorted;
    ``districts_without_figures`` the codes of districts that no figure names. ``problems`` says the former in words.
    """

    frame: gpd.GeoDataFrame
    unmatched_codes: tuple[str, ...]
    districts_without_figures: tuple[str, ...]
    problems: tuple[Problem, ...]


def join_districts(frame: pd.DataFrame, districts: gpd.GeoDataFrame, *, code_column: str = "code") -> Joined:
    """Join figures to districts on the code.

    Parameters
    ----------
    frame
        One row a district; the code stands in the index of that name or in ``code_column``.
    districts
        District frame of :func:`clearance_atlas.districts.load_districts`.
    code_column
        Column of ``frame`` that holds the codes.

    Raises
    ------
    InputError
        With every fault at once: no code column, missing codes, a code in two rows, a column that both frames have.
    """
    figures = frame if frame.index.name == code_column else _indexed(frame, code_column=code_column)
    faults = _figure_faults(figures, districts=districts)
    if faults:
        raise InputError("figures", " | ".join(faults), mend="give one row a district")
    joined = districts.join(figures, how="left", validate="one_to_one")
    unmatched = tuple(sorted(str(code) for code in figures.index.difference(districts.index)))
    without = tuple(str(code) for code in districts.index if code not in figures.index)
    return Joined(joined, unmatched, without, tuple(_unmatched(code) for code in unmatched))


def _indexed(frame: pd.DataFrame, *, code_column: str) -> pd.DataFrame:
    if code_column not in frame.columns:
        there = ", ".join(map(str, frame.columns))
        raise InputError("figures", f"no column {code_column!r} (there are: {there})", mend="name the code column")
    return frame.set_index(code_column)


def _figure_faults(figures: pd.DataFrame, *, districts: gpd.GeoDataFrame) -> list[str]:
    faults = []
    nameless = pd.isna(figures.index.to_numpy()).sum()
    if nameless:
        faults.append(f"{nameless} rows without a code")
    duplicates = figures.index[figures.index.duplicated()].unique().dropna()
    if len(duplicates):
        faults.append(f"several rows for {', '.join(map(str, duplicates))}")
    shared = [str(column) for column in figures.columns if column in districts.columns]
    if shared:
        faults.append(f"columns that the districts have too: {', '.join(shared)}")
    return faults


def _unmatched(code: str) -> Problem:
    return Problem(code, "a figure names this code, but no district has it",
                   "check the code, or the boundary version that the period needs")
