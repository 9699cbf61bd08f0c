"""Shipped versions by name and day; files of a user's own, sound and broken."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from clearance_atlas.config import Profile, load_profile
from clearance_atlas.districts import boundary_credit, boundary_version, load_districts, stable_unit
from clearance_atlas.errors import BoundaryError, UnknownNameError
from clearance_atlas.model import Problem

OFFICIAL = ["name_en", "name_az", "name_ru", "area_km2"]


@pytest.fixture(scope="module")
def profile() -> Profile:
    return load_profile("azerbaijan")


@pytest.fixture
def own(profile: Profile) -> gpd.GeoDataFrame:
    """A file as a user might have it: names and codes in columns of their own, nothing else known."""
    districts = load_districts(profile)
    return gpd.GeoDataFrame(
        {"kod": list(districts.index), "ad": list(districts.name_az)},
        geometry=list(districts.geometry), crs="EPSG:4326",
    )


@pytest.mark.parametrize(
    ("day", "units", "tartar"), [(date(2023, 12, 4), 74, 1271), (date(2023, 12, 5), 75, 420), (None, 75, 420)],
)
def test_a_day_chooses_the_version_and_its_official_areas(
    profile: Profile, day: date | None, units: int, tartar: float,
) -> None:
    districts = load_districts(profile, on=day)
    assert len(districts) == units
    assert districts.area_km2["AZ-TAR"] == tartar
    assert list(districts.index) == sorted(districts.index)


def test_an_unknown_version_is_named_with_the_known_ones(profile: Profile) -> None:
    with pytest.raises(UnknownNameError, match="there are: until-2023-12-04, from-2023-12-05"):
        load_districts(profile, version="1991")


def test_credit_names_source_licence_and_version(profile: Profile) -> None:
    credit = boundary_credit(profile, boundary_version(profile, on=date(2024, 1, 1)))
    assert "Natural Earth" in credit
    assert "Public domain" in credit
    assert "approximate" in credit
    assert "from-2023-12-05" in credit
    assert "approximate" not in boundary_credit(profile, boundary_version(profile, on=date(2023, 1, 1)))


def test_the_stable_unit_bridges_the_change(profile: Profile) -> None:
    unit = stable_unit(profile, "X-AZ-AGHDARA")
    assert set(unit) == {"AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA"}
    assert stable_unit(profile, "AZ-TAR") == unit
    assert stable_unit(profile, "AZ-LAC") == ("AZ-LAC",)
    before, after = (load_districts(profile, on=day) for day in (date(2023, 1, 1), date(2024, 1, 1)))
    assert before.area_km2.loc[[code for code in unit if code in before.index]].sum() == pytest.approx(
        after.area_km2.loc[list(unit)].sum(), abs=1,
    )


@pytest.mark.parametrize("name", ["own.gpkg", "own.geojson", "own.shp", "own.parquet"])
@pytest.mark.parametrize("column", ["kod", "ad", None])
def test_every_format_is_joined_by_code_or_by_name(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path, name: str, column: str | None,
) -> None:
    path = tmp_path / name
    projected = own if name.endswith("geojson") else own.to_crs("EPSG:32638")
    if path.suffix == ".parquet":
        projected.to_parquet(path)
    else:
        projected.to_file(path)
    districts = load_districts(profile, boundaries=path, code_column=column)
    shipped = load_districts(profile)
    assert list(districts.index) == list(shipped.index)
    assert districts.crs == "EPSG:4326"
    pd.testing.assert_frame_equal(pd.DataFrame(districts[OFFICIAL]), pd.DataFrame(shipped[OFFICIAL]))
    assert shapely.hausdorff_distance(districts.geometry["AZ-FUZ"], shipped.geometry["AZ-FUZ"]) < 1e-5


@pytest.mark.parametrize(
    ("file", "column", "version", "units"),
    [
        ("aze_wof_meso_78.geojson", "unit_iso", "until-2023-12-04", 74),
        ("aze_wof_meso_78.geojson", "iso_3166_2", "until-2023-12-04", 74),
        ("aze_wof_75_with_aghdara_approx.geojson", "unit_iso", "from-2023-12-05", 75),
        ("aze_geoboundaries_adm2_79.geojson", "shapeName", "until-2023-12-04", 74),
    ],
)
def test_independent_sets_join_whole(
    profile: Profile, shared: Path, file: str, column: str, version: str, units: int,
) -> None:
    problems: list[Problem] = []
    path = shared / "geodata" / file
    districts = load_districts(profile, version=version, boundaries=path, code_column=column, report=problems.append)
    assert len(districts) == units
    assert not [problem for problem in problems if problem.needs_person]
    marked = {"AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA"} if units == 75 else set()
    assert set(districts.index[districts.approximate]) == marked
    shipped = load_districts(profile, version=version)
    middle = districts.geometry["AZ-FUZ"].representative_point()
    assert shipped.geometry["AZ-FUZ"].contains(middle)


def test_a_set_that_calls_lachin_lankaran_is_refused(profile: Profile, shared: Path) -> None:
    path = shared / "geodata" / "aze_wof_meso_78.geojson"
    with pytest.raises(BoundaryError, match="duplicate codes: AZ-LAN"):
        load_districts(profile, boundaries=path, code_column="wof_name")


def test_a_district_under_a_wrong_name_is_reported(profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path) -> None:
    own["kod"] = own["kod"].replace({"AZ-LAC": "AZ-LAN", "AZ-LAN": "AZ-LAC"})
    problems: list[Problem] = []
    load_districts(profile, boundaries=_written(own, tmp_path), code_column="kod", report=problems.append)
    assert {problem.what.split()[0] for problem in problems if "lies far" in problem.what} == {"AZ-LAC", "AZ-LAN"}


def test_an_own_file_without_aghdara_says_so(profile: Profile, tmp_path: Path) -> None:
    problems: list[Problem] = []
    shipped = load_districts(profile, on=date(2023, 1, 1))
    own = gpd.GeoDataFrame({"kod": list(shipped.index)}, geometry=list(shipped.geometry), crs="EPSG:4326")
    path = _written(own, tmp_path)
    districts = load_districts(profile, boundaries=path, code_column="kod", report=problems.append)
    assert len(districts) == 74
    assert [problem.what for problem in problems if problem.needs_person] == ["has no polygon for Aghdara"]
    # the parents are drawn with their borders of before the change: so is the area of their rates
    assert districts.area_km2["AZ-TAR"] == 1271
    assert set(districts.index[districts.approximate]) == {"AZ-AGM", "AZ-KAL", "AZ-TAR"}


def test_an_own_file_with_aghdara_draws_it_in_earlier_periods_as_approximate(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path,
) -> None:
    problems: list[Problem] = []
    path = _written(own, tmp_path)
    districts = load_districts(profile, on=date(2023, 7, 1), boundaries=path, code_column="kod", report=problems.append)
    assert districts.area_km2[["AZ-TAR", "X-AZ-AGHDARA"]].tolist() == [420, 1660.83]
    assert set(districts.index[districts.approximate]) == {"AZ-AGM", "AZ-KAL", "AZ-TAR", "X-AZ-AGHDARA"}
    assert [problem for problem in problems if "holds Aghdara, which did not exist on 2023-07-01" in problem.what]


def test_self_intersections_are_repaired_and_said(profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path) -> None:
    index = own.index[own.kod == "AZ-FUZ"][0]
    west, south, east, north = own.geometry[index].bounds
    bow = shapely.Polygon([(west, south), (east, north), (east, south), (west, north)])
    own.loc[index, "geometry"] = bow
    problems: list[Problem] = []
    districts = load_districts(profile, boundaries=_written(own, tmp_path), code_column="kod", report=problems.append)
    assert districts.is_valid.all()
    assert districts.geometry["AZ-FUZ"].area == pytest.approx((east - west) * (north - south) / 2)
    assert [problem for problem in problems if "1 invalid polygons repaired" in problem.what]


def test_overlapping_districts_are_reported(profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path) -> None:
    index = own.index[own.kod == "AZ-FUZ"][0]
    own.loc[index, "geometry"] = own.geometry[index].buffer(0.02)
    problems: list[Problem] = []
    load_districts(profile, boundaries=_written(own, tmp_path), code_column="kod", report=problems.append)
    overlaps = [problem.what for problem in problems if "overlap" in problem.what]
    assert len(overlaps) == 1
    assert "AZ-FUZ" in overlaps[0]


def test_of_several_layers_the_first_with_polygons_is_used_and_said(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path,
) -> None:
    path = tmp_path / "layers.gpkg"
    _points(own).to_file(path, layer="towns")
    own.to_file(path, layer="rayons")
    problems: list[Problem] = []
    assert len(load_districts(profile, boundaries=path, code_column="kod", report=problems.append)) == 75
    assert "has 2 layers; rayons is used" in {problem.what for problem in problems}


def test_a_zipped_shapefile_with_heights_is_read(profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path) -> None:
    folder = tmp_path / "shape"
    folder.mkdir()
    own.set_geometry(own.geometry.force_3d(100)).to_file(folder / "own.shp")
    path = Path(shutil.make_archive(str(tmp_path / "own"), "zip", folder))
    districts = load_districts(profile, boundaries=path, code_column="kod")
    assert len(districts) == 75
    assert not districts.has_z.any()


def test_parts_of_a_district_are_merged_where_they_lie_in_its_place(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path,
) -> None:
    districts = load_districts(profile, boundaries=_written(own.explode(), tmp_path), code_column="kod")
    assert len(districts) == 75
    assert districts.geometry["AZ-BA"].geom_type == "MultiPolygon"


def _without_crs(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.set_crs(None, allow_override=True)


def _doubled(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.loc[[*own.index, own.index[0]]]


def _relabelled(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.assign(kod=own.kod.replace({"AZ-CAB": "AZ-FUZ"}))


def _halved(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.iloc[:37]


def _swapped(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.assign(geometry=own.geometry.map(lambda shape: shapely.transform(shape, lambda xy: xy[:, ::-1])))


def _metres(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    metres = own.to_crs("EPSG:32638").geometry.set_crs("EPSG:4326", allow_override=True)
    return own.assign(geometry=own.geometry.where(own.kod != "AZ-FUZ", metres))


def _points(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.assign(geometry=own.geometry.representative_point())


def _nameless(own: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    return own.assign(kod=range(len(own)))


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (_without_crs, "states no CRS"),
        (_doubled, "duplicate codes: AZ-ABS"),
        (_relabelled, "duplicate codes: AZ-FUZ"),
        (_halved, "38 of 75 districts are missing"),
        (_swapped, "lie outside of their places"),
        (_metres, "1 features whose coordinates do not fit the CRS stated"),
        (_points, "75 features that are no polygons"),
        (_nameless, "no codes or district names in kod"),
    ],
)
@pytest.mark.filterwarnings("ignore:'crs' was not provided:UserWarning")
def test_a_file_that_cannot_be_joined_is_refused_in_one_line(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path, change: object, fault: str,
) -> None:
    assert callable(change)
    path = _written(change(own), tmp_path)
    with pytest.raises(BoundaryError) as caught:
        load_districts(profile, boundaries=path, code_column="kod")
    assert fault in str(caught.value)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_column_is_answered_with_those_there_are(
    profile: Profile, own: gpd.GeoDataFrame, tmp_path: Path,
) -> None:
    with pytest.raises(BoundaryError, match="no column 'code'; there are: kod, ad"):
        load_districts(profile, boundaries=_written(own, tmp_path), code_column="code")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("a.gpkg", b"nothing of the kind", "cannot be read"),
        ("a.geojson", b"{", "cannot be read"),
        ("a.parquet", b"PAR1", "cannot be read"),
        ("a.geojson", json.dumps({"type": "FeatureCollection", "features": []}).encode(), "holds no features"),
        ("a.csv", b"kod,ad\nAZ-AGM,Agdam\n", "holds a table without polygons"),
        ("absent.gpkg", None, "no such file"),
    ],
)
def test_an_unreadable_file_is_refused_in_one_line(
    profile: Profile, tmp_path: Path, name: str, content: bytes | None, fault: str,
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BoundaryError) as caught:
        load_districts(profile, boundaries=path)
    assert fault in str(caught.value)
    assert "\n" not in str(caught.value)


def _written(frame: gpd.GeoDataFrame, folder: Path) -> Path:
    path = folder / "own.gpkg"
    frame.to_file(path)
    return path
