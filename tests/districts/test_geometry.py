"""Groups, label points and areas with known answers."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely
from shapely.geometry import Point, Polygon, box

from clearance_atlas.config import load_profile
from clearance_atlas.districts import dissolve, geodesic_area_km2, label_point, load_districts
from clearance_atlas.errors import UnknownNameError


def _frame(**shapes: shapely.Geometry) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(geometry=list(shapes.values()), index=list(shapes), crs="EPSG:4326").rename_axis("code")


def test_neighbours_dissolve_without_their_inner_border() -> None:
    merged = dissolve(_frame(A=box(46, 40, 47, 41), B=box(47, 40, 48, 41)), ["B", "A", "B"])
    assert merged.equals(box(46, 40, 48, 41))


def test_a_seam_between_two_digitisations_is_closed() -> None:
    left, right = box(46, 40, 47, 41), box(47.0004, 40, 48, 41)
    merged = dissolve(_frame(A=left, B=right), ["A", "B"])
    assert merged.geom_type == "Polygon"
    assert not merged.interiors
    assert merged.bounds == pytest.approx((46, 40, 48, 41))
    assert merged.area == pytest.approx(2)


def test_an_overlap_between_two_digitisations_leaves_no_trace() -> None:
    merged = dissolve(_frame(A=box(46, 40, 47, 41), B=box(46.9997, 40, 48, 41)), ["A", "B"])
    assert merged.equals(box(46, 40, 48, 41))


def test_a_district_inside_a_group_that_it_is_no_member_of_stays_out() -> None:
    ring = box(46, 40, 47, 41).difference(box(46.4, 40.4, 46.6, 40.6))
    merged = dissolve(_frame(A=ring, B=box(47, 40, 48, 41), C=box(46.4, 40.4, 46.6, 40.6)), ["A", "B"])
    assert len(merged.interiors) == 1
    assert not merged.contains(Point(46.5, 40.5))


def test_an_unknown_member_is_named() -> None:
    with pytest.raises(UnknownNameError, match="Z"):
        dissolve(_frame(A=box(46, 40, 47, 41)), ["A", "Z"])
    with pytest.raises(UnknownNameError, match="no codes"):
        dissolve(_frame(A=box(46, 40, 47, 41)), [])


def test_the_stable_unit_is_the_same_region_in_both_versions() -> None:
    profile = load_profile("azerbaijan")
    old, new = (load_districts(profile, version=version.version) for version in profile.boundaries)
    unit = profile.stable_units[0]
    with pytest.raises(UnknownNameError, match="X-AZ-AGHDARA"):
        dissolve(old, unit)
    then = dissolve(old, unit, stable_units=profile.stable_units)
    # rounding the cut to 1e-5 degree moves the outer border by centimetres
    assert geodesic_area_km2(then.symmetric_difference(dissolve(new, unit))) < 0.01
    # Aghdara without all of its parents lies in no polygon of the older set
    with pytest.raises(UnknownNameError, match="X-AZ-AGHDARA"):
        dissolve(old, ["X-AZ-AGHDARA", "AZ-TAR", "AZ-KAL"], stable_units=profile.stable_units)


def test_a_label_lies_inside_even_where_the_centroid_does_not() -> None:
    hook = box(46, 40, 47, 41).difference(box(46.2, 40.2, 47, 41))
    assert not hook.contains(hook.centroid)
    assert hook.contains(label_point(hook))


def test_a_label_lies_in_the_middle_on_the_ground() -> None:
    # a degree of longitude is half as long as one of latitude at 60 degrees: a square of 2 x 1 degrees
    point = label_point(box(20, 59.5, 22, 60.5))
    assert (point.x, point.y) == pytest.approx((21, 60), abs=0.03)


def test_a_label_of_several_parts_lies_in_the_largest() -> None:
    parts = shapely.MultiPolygon([box(46, 40, 46.1, 40.1), box(48, 40, 49, 41)])
    assert box(48, 40, 49, 41).contains(label_point(parts))


def test_every_district_and_joint_group_has_its_label_inside() -> None:
    districts = load_districts(load_profile("azerbaijan"))
    for shape in [*districts.geometry, dissolve(districts, districts.index[:13])]:
        assert shape.contains(label_point(shape))


def test_areas_are_those_of_the_ellipsoid() -> None:
    # the cell of one degree at the equator: 12,308.8 km2 (WGS 84)
    cell = box(0, 0, 1, 1)
    assert geodesic_area_km2(cell) == pytest.approx(12_308.8, abs=1)
    assert geodesic_area_km2(cell.reverse()) == geodesic_area_km2(cell)
    holed = Polygon(cell.exterior, [box(0.25, 0.25, 0.75, 0.75).exterior])
    assert geodesic_area_km2(holed) == pytest.approx(12_308.8 * 0.75, rel=1e-3)
