"""The lowest versions that are tested are the lowest that are allowed."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_pins_are_the_lower_bounds() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    pins = [line for line in (ROOT / "tests/lowest.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert pins == [entry.replace(">=", "==") for entry in declared]
