"""The life of one bulletin through the command line: three copies, a typo, a correction, a fourth copy, a new text."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

TEXT = """---
url: https://example.org/{name}
publisher: {name} News
published: 2025-11-{day}
language: en
---

From 3 to 9 November 2025, {area} hectares were cleared in Tartar, Aghdara, Kalbajar, Aghdam and Fuzuli districts, ANAMA
said in its weekly report. Specialists found 84 anti-personnel mines and 742 items of unexploded ordnance.
"""
CORRECTION = """# mine
[[correction]]
document = "three"
measure = "area_cleared"
figure = "12,045"
expect = 12045
{change}
reason = "The comma slipped: two other outlets print 1,204.5."
source = "https://example.org/one"
"""


def build(folder: Path, *, status: int = 0) -> str:
    done = subprocess.run([sys.executable, "-m", "clearance_atlas", "build"], cwd=folder, text=True, encoding="utf-8",
                          capture_output=True, check=False, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    assert done.returncode == status, done.stderr
    return done.stderr


def copy(folder: Path, name: str, *, day: int, area: str = "1,204.5") -> None:
    (folder / f"bulletins/{name}.txt").write_text(TEXT.format(name=name, day=day, area=area), "utf-8")


def area_of(folder: Path) -> dict[str, object]:
    lines = (folder / "output/data/observations.jsonl").read_text("utf-8").splitlines()
    [area] = [one for one in map(json.loads, lines) if one["measure"] == "area_cleared"]
    return area


def flagged(folder: Path) -> list[str]:
    lines = (folder / "output/data/statements.jsonl").read_text("utf-8").splitlines()
    return [one["statement_id"] for one in map(json.loads, lines) if one["flags"]]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bulletins").mkdir()
    copy(tmp_path, "one", day=10)
    copy(tmp_path, "two", day=10)
    copy(tmp_path, "three", day=11, area="12,045")
    return tmp_path


def test_one_bulletin_from_three_copies_to_a_changed_text(folder: Path) -> None:
    said = build(folder)
    area = area_of(folder)
    assert (area["value"], area["supporting"], area["differing"]) == ("1204.5", ["one#1", "two#1"], ["three#1"])
    assert "1,204.5 (one News, two News) or 12,045 (three News); 1,204.5 by the rule: majority" in said
    assert len((folder / "output/data/conflicts.jsonl").read_text("utf-8").splitlines()) == 1
    assert flagged(folder) == ["three#1"]

    (folder / "corrections.toml").write_text(CORRECTION.format(change="value = 1204.5"), "utf-8")
    said = build(folder)
    assert "0 conflicts" in said
    assert "nothing changed" not in said
    [settled] = [line for line in said.splitlines() if line.startswith("conflict settled")]
    assert "area_cleared" in settled
    assert "1,204.5 ha, 5 districts (corrected" in settled
    assert area_of(folder)["supporting"] == ["one#1", "three#1", "two#1"]
    assert flagged(folder) == []

    copy(folder, "four", day=12)
    assert "0 conflicts" in build(folder)
    assert area_of(folder)["supporting"] == ["four#1", "one#1", "three#1", "two#1"]

    before = {path: path.read_bytes() for path in (folder / "output").rglob("*.*")}
    copy(folder, "three", day=11, area="12,054")
    said = build(folder, status=2)
    assert said.startswith("corrections.toml:2: ")
    assert said.count("\n") == 1
    assert {path: path.read_bytes() for path in (folder / "output").rglob("*.*")} == before


@pytest.mark.parametrize(("change", "said"), [
    ("value = -5", "negative"),
    ('period = {start = "2025-13-03", end = "2025-13-09", kind = "week"}', "2025-13-03 is no day of the calendar"),
    ('places = ["Tartar"]\nplace_codes = ["AZ-XXX"]', "no place has the code AZ-XXX"),
    ('places = ["Aghdam"]\nplace_codes = ["AZ-TAR"]', "AZ-TAR is Tartar, not Aghdam"),
    ('operator = "Nobody"', "no operator Nobody"),
])
def test_a_correction_to_what_does_not_exist_stops_the_build(folder: Path, change: str, said: str) -> None:
    (folder / "corrections.toml").write_text(CORRECTION.format(change=change), "utf-8")
    told = build(folder, status=2)
    assert told.startswith("corrections.toml:2: ")
    assert said in told
    assert not (folder / "output").exists()
