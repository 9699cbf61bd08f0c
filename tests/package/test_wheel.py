"""The wheel alone, outside the repository: everything it needs is inside, and it builds the atlas without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = {"geodata": "clearance_atlas/geodata", "bulletins": "clearance_atlas/bulletins",
        "src/clearance_atlas": "clearance_atlas"}


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([str(one) for one in command], cwd=cwd, text=True, capture_output=True, check=False,
                          timeout=600, env={**kept, "PYTHONIOENCODING": "utf-8", **environment})
    assert "Traceback" not in done.stderr, done.stderr
    return done


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel that is built from it."""
    pytest.importorskip("build")
    folder = tmp_path_factory.mktemp("dist")
    done = run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="session")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel, installed from a folder as on a closed network; its ``bin``.

    The dependencies are those of this environment, reached by a path file: what is tested is our own wheel.
    """
    folder = tmp_path_factory.mktemp("closed") / "environment"
    venv.create(folder, with_pip=True)
    scripts = folder / ("Scripts" if os.name == "nt" else "bin")
    done = run(scripts / "python", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--find-links", built,
               "clearance-atlas", cwd=folder)
    assert done.returncode == 0, done.stderr
    [site] = folder.glob("**/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return scripts


def source_files(folder: str) -> list[str]:
    listed = subprocess.run(["git", "ls-files", folder], cwd=ROOT, text=True, capture_output=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        return [name for name in listed.stdout.splitlines() if (ROOT / name).is_file()]
    return [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*.*")
            if "__pycache__" not in path.parts]


@pytest.mark.parametrize("folder", DATA)
def test_the_wheel_holds_code_geodata_bulletins_words_and_templates(built: Path, folder: str) -> None:
    [wheel] = built.glob("*.whl")
    names = set(zipfile.ZipFile(wheel).namelist())
    expected = {DATA[folder] + name.removeprefix(folder) for name in source_files(folder)}
    assert len(expected) > 5
    assert expected <= names, sorted(expected - names)


def test_the_wheel_holds_no_stray_file(built: Path) -> None:
    [wheel] = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert not [name for name in names if "cache" in name or name.startswith(("tests", "docs", "output"))]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert any(name.endswith("licenses/NOTICE") for name in names)
    assert "clearance_atlas/py.typed" in names


def test_the_sdist_can_be_tested_and_documented(built: Path) -> None:
    [archive] = built.glob("*.tar.gz")
    with tarfile.open(archive) as file:
        names = {name.split("/", 1)[1] for name in file.getnames() if "/" in name}
    assert {"pyproject.toml", "Makefile", "README.md", "tests/conftest.py", "docs/recipes.md", "mkdocs.yml",
            "geodata/gazetteer.csv"} <= names
    assert not [name for name in names if "cache" in name or name.startswith((".venv", "output/data", "site/"))]


def test_the_installed_package_is_the_wheel_and_not_the_checkout(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "python", "-c", "import clearance_atlas; print(clearance_atlas.__file__)", cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.parent)


def test_it_builds_the_atlas_of_the_shipped_bulletins_in_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    done = run(installed / "clearance-atlas", "build", cwd=tmp_path)
    assert done.returncode in {0, 1}, done.stderr
    assert done.stdout.strip() == "output/atlas.html"
    for name in ("atlas.html", "maps/week-2024-07-01.html", "maps/year-2025.html", "data/districts.gpkg",
                 "review.html"):
        assert (tmp_path / "output" / name).stat().st_size > 10_000, name


def test_pictures_reports_and_working_folders_come_from_the_wheel_too(installed: Path, tmp_path: Path) -> None:
    tool = installed / "clearance-atlas"
    assert run(tool, "init", "monday", cwd=tmp_path).returncode == 0
    (tmp_path / "monday/bulletins/week.txt").write_text(
        "In the week of 1 to 7 July 2024 ANAMA cleared 1,039.5 hectares in Aghdam and Lachin.", "utf-8")
    for command, kind in (("figure", "svg"), ("report", "html")):
        done = run(tool, command, "week-2024-07-01", "--format", kind, cwd=tmp_path / "monday")
        assert done.returncode == 0, (command, done.stderr)
