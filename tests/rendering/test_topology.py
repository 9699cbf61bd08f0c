"""Shared arcs: shapes come back as they were, groups have no inner border."""

from __future__ import annotations

from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from atlas_sample import THIRTEEN, sample_content
from clearance_atlas.districts import dissolve
from clearance_atlas.rendering.encoding import decode_numbers, encode_numbers, to_json
from clearance_atlas.rendering.topology import GRID, Topology, build_topology

LEFT, RIGHT, ABOVE = shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(0, 1, 2, 2)


def area(topology: Topology, rings: list[list[int]]) -> float:
    """Return the area that rings enclose, in square degrees (shoelace formula)."""
    total = 0.0
    for ring in rings:
        points = topology.ring_points(ring)
        total += sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(points))
    return abs(total) / 2 / GRID**2


def test_a_border_between_two_districts_is_stored_once() -> None:
    topology = build_topology({"left": LEFT, "right": RIGHT})
    assert len(topology.shared("left", "right")) == 1
    assert len(topology.arcs) == 3


def test_the_outline_of_a_group_has_no_inner_border() -> None:
    squares = {"left": LEFT, "right": RIGHT, "above": shapely.Polygon([(0, 1), (1, 1), (2, 1), (2, 2), (0, 2)])}
    topology = build_topology(squares)
    outline = topology.merge(["left", "right", "above"])
    assert len(outline) == 1
    assert area(topology, outline) == pytest.approx(4.0)
    assert (1000, 500) not in {point for ring in outline for point in topology.ring_points(ring)}


def test_a_district_inside_a_group_that_is_not_named_stays_a_hole() -> None:
    ring = shapely.box(0, 0, 3, 3).difference(shapely.box(1, 1, 2, 2))
    topology = build_topology({"ring": ring, "middle": shapely.box(1, 1, 2, 2)})
    assert area(topology, topology.merge(["ring"])) == pytest.approx(8.0)
    assert area(topology, topology.merge(["ring", "middle"])) == pytest.approx(9.0)


@pytest.mark.parametrize("version", ["until-2023-12-04", "from-2023-12-05"])
def test_shipped_districts_keep_their_areas_on_the_grid(version: str) -> None:
    districts = sample_content().districts[version]
    topology = build_topology(districts.geometry.to_dict())
    for code, geometry in districts.geometry.items():
        assert area(topology, topology.shapes[code]) == pytest.approx(geometry.area, rel=0.02), code


def test_a_joint_group_is_the_region_that_districts_dissolve_to() -> None:
    districts = sample_content().districts["from-2023-12-05"]
    topology = build_topology(districts.geometry.to_dict())
    expected = dissolve(districts, THIRTEEN)
    assert area(topology, topology.merge(THIRTEEN)) == pytest.approx(expected.area, rel=0.002)


@settings(deadline=None)
@given(st.lists(st.integers(min_value=-(2**40), max_value=2**40)))
def test_numbers_survive_their_encoding(numbers: list[int]) -> None:
    assert decode_numbers(encode_numbers(numbers)) == numbers


@settings(deadline=None)
@given(st.text())
def test_json_never_holds_a_sign_that_ends_a_script(text: str) -> None:
    written = to_json({"text": text})
    assert not set("<>&\u2028\u2029") & set(written)
