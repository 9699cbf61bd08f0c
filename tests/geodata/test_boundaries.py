"""The shipped polygons against figures worked out elsewhere."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from clearance_atlas.config import load_profile
from clearance_atlas.districts import geodesic_area_km2, load_districts, load_lines

AGHDARA = "X-AZ-AGHDARA"
MOVED = {"AZ-TAR": 851.25, "AZ-KAL": 735.84, "AZ-AGM": 73.74}  # km2, explanatory note of Law 1043-VIQ
# Longitude and latitude of district towns, rounded to 0.05 degree: known from any map, not from these polygons.
TOWNS = {
    "AZ-FUZ": (47.15, 39.60), "AZ-XA": (46.75, 39.80), "AZ-ZAN": (46.65, 39.10), "AZ-QBI": (46.60, 39.35),
    "AZ-LAN": (48.85, 38.75), "AZ-AGM": (46.95, 40.00), "AZ-GOR": (46.80, 40.60), "AZ-QAZ": (45.35, 41.10),
    "AZ-BA": (49.85, 40.40), "AZ-KAL": (46.05, 40.10), "AZ-BEY": (47.60, 39.75),
}  # fmt: skip


@pytest.fixture(scope="module")
def before() -> gpd.GeoDataFrame:
    return load_districts(load_profile("azerbaijan"), version="until-2023-12-04")


@pytest.fixture(scope="module")
def after() -> gpd.GeoDataFrame:
    return load_districts(load_profile("azerbaijan"), version="from-2023-12-05")


@pytest.fixture(params=["until-2023-12-04", "from-2023-12-05"])
def districts(request: pytest.FixtureRequest) -> gpd.GeoDataFrame:
    return load_districts(load_profile("azerbaijan"), version=request.param)


def test_there_are_74_units_and_then_75(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> None:
    assert len(before) == 74
    assert len(after) == 75
    assert set(after.index) - set(before.index) == {AGHDARA}


def test_polygons_are_valid_unique_and_in_degrees(districts: gpd.GeoDataFrame) -> None:
    assert districts.crs == "EPSG:4326"
    assert districts.index.is_unique
    assert districts.is_valid.all()
    west, south, east, north = districts.total_bounds
    assert (west, south) > (44.5, 38.3)
    assert (east, north) < (51, 42)


def test_districts_neither_overlap_nor_leave_seams(districts: gpd.GeoDataFrame) -> None:
    shapes = list(districts.geometry)
    assert shapely.coverage_is_valid(shapes)
    summed, merged = sum(map(geodesic_area_km2, shapes)), geodesic_area_km2(shapely.union_all(shapes))
    assert summed == pytest.approx(merged, abs=0.001)
    # Statistical Committee: 86,600 km2
    assert merged == pytest.approx(86_600, rel=0.005)


def test_both_versions_cover_the_same_land(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> None:
    changed = shapely.union_all(list(before.geometry)).symmetric_difference(shapely.union_all(list(after.geometry)))
    assert changed.area == pytest.approx(0, abs=1e-9)


def test_aghdara_has_the_area_that_the_law_gives_it(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> None:
    for code, area in MOVED.items():
        lost = geodesic_area_km2(before.geometry[code]) - geodesic_area_km2(after.geometry[code])
        assert lost == pytest.approx(area, abs=0.05)
    assert geodesic_area_km2(after.geometry[AGHDARA]) == pytest.approx(1660.83, abs=0.1)
    assert after.area_km2[AGHDARA] == pytest.approx(1660.83)


def test_only_the_four_cut_districts_are_approximate(before: gpd.GeoDataFrame, after: gpd.GeoDataFrame) -> None:
    assert not before.approximate.any()
    assert set(after.index[after.approximate]) == {AGHDARA, *MOVED}
    assert after.geometry[AGHDARA].geom_type == "Polygon"


def test_the_dashed_lines_run_between_aghdara_and_its_parents(after: gpd.GeoDataFrame) -> None:
    path = load_profile("azerbaijan").boundaries[1].approximate_lines
    assert path is not None
    lines = load_lines(path)
    assert set(lines["other"]) == set(MOVED)
    for row in lines.itertuples():
        shared = shapely.intersection(after.geometry[AGHDARA].boundary, after.geometry[row.other].boundary)
        # the end points of a line lie on older borders, hence the hundredth of a metre
        assert shapely.covers(shared.buffer(1e-7), row.geometry)


@pytest.mark.parametrize("code", TOWNS)
def test_a_district_lies_around_its_town(districts: gpd.GeoDataFrame, code: str) -> None:
    # borders are generalised by up to 3 km and towns rounded to 0.05 degree: 8 km together
    assert districts.geometry[code].distance(shapely.Point(TOWNS[code])) < 0.075


def test_lachin_is_not_lankaran(districts: gpd.GeoDataFrame) -> None:
    lachin, lankaran = districts.geometry["AZ-LAC"].centroid, districts.geometry["AZ-LAN"].centroid
    assert lachin.x == pytest.approx(46.4, abs=0.2)
    assert lankaran.x == pytest.approx(48.75, abs=0.2)
    assert districts.name_en["AZ-LAC"] == "Lachin"


def test_official_areas_are_not_those_of_the_polygons(after: gpd.GeoDataFrame) -> None:
    assert after.area_km2["AZ-SUS"] == 290
    assert geodesic_area_km2(after.geometry["AZ-SUS"]) == pytest.approx(290 * 1.25, rel=0.02)
    assert after.area_km2["AZ-CAB"] == 1050
    assert geodesic_area_km2(after.geometry["AZ-CAB"]) == pytest.approx(1050 * 0.81, rel=0.02)


def test_the_surroundings_are_the_neighbours_and_the_caspian() -> None:
    path = load_profile("azerbaijan").context
    assert path is not None
    context = load_lines(path)
    assert {"AM", "GE", "IR", "RU", "TR"} <= set(context.code)
    assert context.is_valid.all()
    sea = context.geometry[context.kind == "sea"].iloc[0]
    assert sea.contains(shapely.Point(51, 40))
    assert not sea.intersects(shapely.Point(49.3, 40.5))


@pytest.mark.parametrize("name", ["ukraine", "yemen"])
def test_other_countries_are_exact_coverages_too(name: str) -> None:
    shapes = list(load_districts(load_profile(name)).geometry)
    assert shapely.coverage_is_valid(shapes)


def test_ukraine_has_its_27_units() -> None:
    ukraine = load_districts(load_profile("ukraine"))
    assert len(ukraine) == 27
    assert ukraine.is_valid.all()
    areas = ukraine.geometry.map(geodesic_area_km2)
    oblasts = ~ukraine.index.isin(["UA-30", "UA-40"])  # the two cities are drawn too coarsely
    assert (areas[oblasts] / ukraine.area_km2[oblasts]).between(0.9, 1.1).all()
    assert ukraine.geometry["UA-63"].contains(shapely.Point(36.25, 50.0))


def test_yemen_has_its_22_governorates_with_socotra_apart() -> None:
    yemen = load_districts(load_profile("yemen"))
    assert len(yemen) == 22
    assert yemen.is_valid.all()
    assert yemen.geometry["YE-SU"].contains(shapely.Point(54.0, 12.5))
    assert yemen.geometry["YE-HD"].bounds[1] > 13
    assert yemen.geometry["YE-MA"].contains(shapely.Point(45.3, 15.5))
