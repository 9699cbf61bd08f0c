"""GeoPackage and GeoJSON: read back by geopandas and GDAL, styled, joint groups whole, same bytes."""

from __future__ import annotations

import dataclasses
import json
import shutil
import sqlite3
import subprocess
from pathlib import Path
from xml.etree import ElementTree as ET

import geopandas as gpd
import pytest
import shapely

from atlas_sample import THIRTEEN, sample_content
from clearance_atlas.errors import InputError, OutputError
from clearance_atlas.exports import district_frame, export_files, group_frame, write_files
from clearance_atlas.exports.geojson import to_geojson
from clearance_atlas.rendering.palettes import LIGHT


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("gpkg")
    return write_files(export_files(sample_content(), export_format="gpkg"), folder=folder)[0]


def test_rates_use_official_areas() -> None:
    content = sample_content()
    frame = district_frame(content.observations, content.districts).set_index("place_codes")
    year = frame[frame["period_id"] == "year-2023"]
    # 14,016.7 ha in 1,050 km2, 7,956.1 ha in the 1,150 km2 that Aghdam had in 2023.
    assert year.loc["AZ-CAB", "rate"] == pytest.approx(14016.7 / 1050)
    assert year.loc["AZ-AGM", "rate"] == pytest.approx(7956.1 / 1150)


def test_group_is_one_polygon_of_its_members_alone() -> None:
    content = sample_content()
    frame = group_frame(content.observations, content.districts)
    assert set(frame["place_codes"]) == {"|".join(THIRTEEN)}
    members = content.districts["from-2023-12-05"].loc[list(THIRTEEN)]
    shape = frame.geometry.iloc[0]
    assert shape.equals(members.geometry.union_all()) or shape.symmetric_difference(
        members.geometry.union_all()).area < 1e-9
    assert frame["area_km2"].iloc[0] == pytest.approx(members["area_km2"].sum())


def test_place_without_polygon_keeps_its_row_without_shape() -> None:
    content = sample_content()
    entry = next(one for one in content.observations if one.place_codes == ("AZ-LAC",))
    frame = district_frame([dataclasses.replace(entry, place_codes=("AZ-NOWHERE",))], content.districts)
    assert frame.geometry.isna().tolist() == [True]
    assert frame["rate"].isna().tolist() == [True]


def test_layers_and_rows_read_by_geopandas(package: Path) -> None:
    layers = set(gpd.list_layers(package)["name"])
    assert {"districts_from_2023_12_05", "districts_until_2023_12_04", "district_figures", "groups", "area_cleared",
            "uxo", "figures", "layer_styles"} <= layers
    groups = gpd.read_file(package, layer="groups")
    assert groups.crs.to_epsg() == 4326
    assert sorted(groups["value"]) == [51.0, 1039.5]
    assert set(groups["place_scope"]) == {"group"}
    figures = gpd.read_file(package, layer="district_figures")
    assert set(figures["place_scope"]) == {"district"}
    assert "week-2024-07-01" not in set(figures["period_id"])
    cleared = gpd.read_file(package, layer="area_cleared").set_index(["period_id", "place_codes"])
    assert cleared.loc[("year-2023", "AZ-CAB"), "value"] == 14016.7
    assert str(cleared.loc[("year-2023", "AZ-CAB"), "start_date"])[:10] == "2023-01-01"
    assert not cleared["drawn"].eq(0).any()


def test_national_figures_are_in_the_table_without_shape(package: Path) -> None:
    figures = gpd.read_file(package, layer="figures")
    national = figures[figures["place_scope"] == "national"]
    assert 53081.8 in set(national["value"])
    assert national["shape_id"].isna().all()


def test_styles_are_default_classed_hatched_and_of_the_atlas_colours(package: Path) -> None:
    with sqlite3.connect(package) as database:
        styles = dict(database.execute("SELECT f_table_name, styleQML FROM layer_styles WHERE useAsDefault = 1"))
        drawn = {name for name, in database.execute("SELECT table_name FROM gpkg_geometry_columns")} - {"shapes"}
    assert set(styles) == drawn
    root = ET.fromstring(styles["area_cleared"].split("\n", 1)[1])  # noqa: S314 - our own file
    symbols = {symbol.get("name"): symbol for symbol in root.find("renderer-v2/symbols")}
    rules = [rule for rule in root.iter("rule") if rule.get("symbol")]
    assert {rule.get("symbol") for rule in rules} == set(symbols)
    for rule in rules:
        kinds = [layer.get("class") for layer in symbols[rule.get("symbol")].findall("layer")]
        assert ("LinePatternFill" in kinds) == ("'group'" in rule.get("filter"))
    first = [int(LIGHT.classes[0][place:place + 2], 16) for place in (1, 3, 5)]
    assert ",".join(map(str, first)) in styles["area_cleared"]


def test_every_figure_falls_under_exactly_one_rule(package: Path) -> None:
    """The filters of QGIS are SQL enough to be tried on the rows they style."""
    with sqlite3.connect(package) as database:
        style, = database.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'area_cleared'").fetchone()
        parents = ET.fromstring(style.split("\n", 1)[1]).findall("renderer-v2/rules/rule")  # noqa: S314 - our own file
        filters = [f"({parent.get('filter')}) AND ({rule.get('filter')})" for parent in parents for rule in parent]
        for row in database.execute("SELECT OGC_FID FROM area_cleared").fetchall():
            matched = sum(database.execute(f"SELECT count(*) FROM area_cleared WHERE OGC_FID = ? AND {condition}",  # noqa: S608 - our own filters
                                           row).fetchone()[0] for condition in filters)
            assert matched == 1


def test_no_clock_in_the_file(package: Path) -> None:
    with sqlite3.connect(package) as database:
        moments = {moment for moment, in database.execute("SELECT last_change FROM gpkg_contents")}
        moments |= {moment for moment, in database.execute("SELECT update_time FROM layer_styles")}
    assert moments == {"2024-09-02T00:00:00.000Z"}


@pytest.mark.skipif(shutil.which("ogrinfo") is None, reason="GDAL's own tools are not installed")
def test_gdal_opens_every_layer_without_a_warning(package: Path) -> None:
    result = subprocess.run(["ogrinfo", "-al", "-so", str(package)], capture_output=True, text=True, check=True)
    assert "Feature Count: 2" in result.stdout.split("Layer name: groups")[1]
    assert not result.stderr


def test_gpkg_needs_a_date_to_stamp() -> None:
    with pytest.raises(InputError, match="publication date"):
        export_files(dataclasses.replace(sample_content(), cutoff=None), export_format="gpkg")


def test_geojson_keeps_rfc_7946() -> None:
    data = json.loads(export_files(sample_content(), export_format="geojson")["figures.geojson"])
    assert "crs" not in data
    assert len(data["features"]) == 15
    west, south, east, north = data["bbox"]
    assert 44 < west < east < 51
    assert 38 < south < north < 42
    for feature in data["features"]:
        shape = shapely.geometry.shape(feature["geometry"])
        for part in getattr(shape, "geoms", [shape]):
            assert part.exterior.is_ccw
            assert not any(ring.is_ccw for ring in part.interiors)
        assert feature["properties"]["basis"] == "published"


def test_geojson_coordinates_have_at_most_seven_digits() -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0.123456789, 0, 1 / 3, 1)], crs=4326)
    numbers = json.loads(to_geojson(frame))["features"][0]["geometry"]["coordinates"]
    assert all(len(repr(value).partition(".")[2]) <= 7 for point in numbers[0] for value in point)
    with pytest.raises(ValueError, match="at most 7"):
        to_geojson(frame, digits=9)


def test_geojson_of_another_crs_is_brought_to_longitude_and_latitude() -> None:
    frame = gpd.GeoDataFrame({"a": [1]}, geometry=[shapely.box(47, 40, 48, 41)], crs=4326).to_crs(32638)
    west, south, east, north = json.loads(to_geojson(frame))["bbox"]
    assert (west, south) == (pytest.approx(47, abs=0.02), pytest.approx(40, abs=0.02))
    assert (east, north) == (pytest.approx(48, abs=0.02), pytest.approx(41, abs=0.02))


def test_unwritable_folder_is_said_in_one_line(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(OutputError) as error:
        write_files({"a.csv": b"a"}, folder=blocked / "sub")
    assert "\n" not in str(error.value)
    assert "--output" in str(error.value)


def test_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    path, = write_files({"a.csv": b"a"}, folder=tmp_path)
    before = path.stat().st_mtime_ns
    write_files({"a.csv": b"a"}, folder=tmp_path)
    assert path.stat().st_mtime_ns == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.csv"]
