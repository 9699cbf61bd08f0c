"""Figures to districts: one to one, nothing lost in silence."""

from __future__ import annotations

import geopandas as gpd
import pandas as pd
import pytest
from shapely.geometry import box

from clearance_atlas.districts import join_districts, validate_districts
from clearance_atlas.errors import BoundaryError, InputError


@pytest.fixture
def districts() -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(
        {"name_en": ["Alpha", "Beta"], "name_az": ["A", "B"], "name_ru": ["А", "Б"], "area_km2": [1.0, 2.0],
         "approximate": [False, False]},
        geometry=[box(46, 40, 47, 41), box(47, 40, 48, 41)], index=["A", "B"], crs="EPSG:4326",
    ).rename_axis("code")


def test_both_anti_joins_are_reported(districts: gpd.GeoDataFrame) -> None:
    joined = join_districts(pd.DataFrame({"code": ["B", "Q"], "value": [0.0, 3.0]}), districts)
    assert joined.unmatched_codes == ("Q",)
    assert joined.districts_without_figures == ("A",)
    assert [problem.where for problem in joined.problems] == ["Q"]
    assert list(joined.frame.index) == ["A", "B"]
    assert joined.frame.value["B"] == 0
    assert pd.isna(joined.frame.value["A"])
    assert joined.frame.crs == districts.crs


def test_an_index_of_codes_serves_as_well(districts: gpd.GeoDataFrame) -> None:
    figures = pd.DataFrame({"value": [1.0]}, index=pd.Index(["A"], name="code"))
    assert join_districts(figures, districts).frame.value["A"] == 1


def test_two_figures_for_one_district_are_refused(districts: gpd.GeoDataFrame) -> None:
    figures = pd.DataFrame({"code": ["A", "A", None], "value": [1, 2, 3], "name_en": ["x", "y", "z"]})
    with pytest.raises(InputError) as caught:
        join_districts(figures, districts)
    for fault in ("several rows for A", "1 rows without a code", "columns that the districts have too: name_en"):
        assert fault in str(caught.value)


def test_a_missing_code_column_is_answered_with_those_there_are(districts: gpd.GeoDataFrame) -> None:
    with pytest.raises(InputError, match=r"no column 'code' \(there are: kod\)"):
        join_districts(pd.DataFrame({"kod": ["A"]}), districts)


def test_a_sound_frame_passes_and_a_broken_one_names_every_fault(districts: gpd.GeoDataFrame) -> None:
    validate_districts(districts)
    broken = pd.concat([districts, districts.iloc[:1]]).drop(columns="name_ru").to_crs("EPSG:3857")
    broken.loc["B", "geometry"] = None
    with pytest.raises(BoundaryError) as caught:
        validate_districts(broken, where="own")
    for fault in ("columns missing: name_ru", "duplicate codes: A", "CRS is EPSG:3857", "no geometry: B",
                  "coordinates that are no degrees: A, A"):
        assert fault in str(caught.value)
