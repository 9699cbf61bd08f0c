"""A person's folders for running the documentation's snippets."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MONDAY = """---
url: https://example.org/weekly-report
publisher: Example Wire
published: 2026-01-19
language: en
---

In the week of 12 to 18 January 2026 ANAMA found 31 anti-personnel mines, 12 anti-tank mines and 640 pieces of
unexploded ordnance in Aghdam, Fuzuli, Jabrayil and Lachin. The teams cleared 871.4 hectares there.
"""


@pytest.fixture(scope="session")
def bulletins(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the shipped record: all tables, the years 2025 and 2026, March and the summer of 2024."""
    folder = tmp_path_factory.mktemp("record") / "bulletins"
    shutil.copytree(ROOT / "bulletins/tables", folder / "tables")
    for year in ("2025", "2026"):  # the total of a year is published in the next
        shutil.copytree(ROOT / "bulletins" / year, folder / year)
    for path in sorted((ROOT / "bulletins/2024").glob("2024-0[378]-*.txt")):
        shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="session")
def own_boundaries(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district file as an analyst has it: another format, another CRS, another column name."""
    import geopandas as gpd  # noqa: PLC0415 - heavy, for one fixture

    path = tmp_path_factory.mktemp("own") / "rayons.gpkg"
    frame = gpd.read_file(ROOT / "geodata/boundaries/azerbaijan_from_2023-12-05.geojson")
    frame.rename(columns={"code": "pcode"})[["pcode", "geometry"]].to_crs("EPSG:32638").to_file(path)
    return path


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home folder with Monday's bulletin among the downloads and a USB stick."""
    home = tmp_path / "home"
    (home / "Downloads").mkdir(parents=True)
    (home / "usb").mkdir()
    for name in ("weekly-report.txt", "weekly-report.html"):
        (home / "Downloads" / name).write_text(MONDAY, "utf-8")
    return home


@pytest.fixture
def working_folder(tmp_path: Path, bulletins: Path, own_boundaries: Path) -> Path:
    """A working folder with bulletins and, beside them, the analyst's own polygons."""
    folder = tmp_path / "monday"
    shutil.copytree(bulletins, folder / "bulletins")
    shutil.copy(own_boundaries, folder)
    return folder
