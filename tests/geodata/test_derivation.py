"""The derivation gives the shipped files again, from what is at hand without the npm packages."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest
from shapely.geometry import shape

from clearance_atlas.config import resource

TOLERANCE = 1e-9  # square degrees, about ten square metres: the last digit of a rounded corner
DERIVE = Path(__file__).resolve().parents[2] / "geodata" / "derive"


def _module(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(f"derive_{name}", DERIVE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_cutting_aghdara_again_gives_the_shipped_file(tmp_path: Path) -> None:
    aghdara, geojson = _module("aghdara"), _module("geojson")
    folder = resource("geodata") / "boundaries"
    before = geojson.read_features(folder / "azerbaijan_until_2023-12-04.geojson")
    districts, lines, slides = aghdara.split(before)
    written = tmp_path / "again.geojson"
    geojson.write_features(
        written,
        [({"code": code, "approximate": code in aghdara.TOUCHED}, each) for code, each in sorted(districts.items())],
    )
    shipped = json.loads((folder / "azerbaijan_from_2023-12-05.geojson").read_text("utf-8"))["features"]
    for again, known in zip(json.loads(written.read_text("utf-8"))["features"], shipped, strict=True):
        assert again["properties"] == known["properties"]
        assert shape(again["geometry"]).symmetric_difference(shape(known["geometry"])).area < TOLERANCE
    assert set(lines) == set(slides) == {"AZ-TAR", "AZ-KAL", "AZ-AGM"}
    assert all(abs(slide) < 0.1 for slide in slides.values())


def test_rings_are_written_right_handed_with_fixed_decimals(tmp_path: Path) -> None:
    clockwise = shape({"type": "Polygon", "coordinates": [[(0, 0), (0, 1.000004), (1, 1), (1, 0), (0, 0)]]})
    path = tmp_path / "one.geojson"
    _module("geojson").write_features(path, [({"code": "A"}, clockwise)])
    written = json.loads(path.read_text("utf-8"))["features"][0]["geometry"]
    assert shape(written).exterior.is_ccw
    assert shape(written).area == pytest.approx(1)
    assert path.read_text("utf-8").count("1.000004") == 0
