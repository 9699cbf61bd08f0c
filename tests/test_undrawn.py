"""Figures whose days are unknown or cannot be: kept with their words, never on a map."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from clearance_atlas.building import build_atlas
from clearance_atlas.pipeline import BuildOptions
from opened_page import opened

GOOD = "From 1 to 7 July 2024 the agency cleared 100 hectares in Lachin district.\n"


@pytest.mark.parametrize("when", [
    "From December 2023 to January 2023", "From 12 March 2023 to 4 March 2023", "Between 3 and 9 June",
])
def test_a_figure_whose_days_cannot_be_told_is_on_no_map(tmp_path: Path, when: str) -> None:
    (tmp_path / "bulletins").mkdir()
    odd = f"{when} sappers cleared 512.25 hectares in Lachin district.\n"
    (tmp_path / "bulletins/odd.txt").write_text(odd, "utf-8")
    (tmp_path / "bulletins/good.txt").write_text(GOOD, "utf-8")
    report = build_atlas([tmp_path / "bulletins"], options=BuildOptions(output=tmp_path / "out"))
    assert [path.name for path in (tmp_path / "out/maps").iterdir()] == ["week-2024-07-01.html"]
    assert report.summary.startswith("1 new period,")
    assert "512.25" not in opened((tmp_path / "out/atlas.html").read_text("utf-8"))
    table = csv.DictReader(io.StringIO((tmp_path / "out/data/observations.csv").read_text("utf-8")))
    assert {row["value"]: row["drawn"] for row in table} == {"512.25": "false", "100": "true"}
    assert any("not drawn" in one.what for one in report.problems)
