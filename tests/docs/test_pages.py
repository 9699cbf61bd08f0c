"""The pages of the documentation: what they show runs, what is generated is fresh, the site builds."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

sys.path.append(str(Path(__file__).parent))
from snippets import Snippet, environment, run_all, sections, snippets

ROOT = Path(__file__).resolve().parents[2]
TITLE = re.compile(r"<title[^>]*>(.+)</title>")
UKRAINE = """---
publisher: Example Wire
published: 2024-07-08
language: en
---

In June 2024 sappers of the State Emergency Service cleared 120 hectares in Kherson.
"""


@pytest.fixture(scope="session")
def generate() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate", ROOT / "docs/generate.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["generate"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["commands.md", "data-dictionary.md", "python.md"])
def test_a_generated_page_is_fresh(generate: ModuleType, name: str) -> None:
    assert (ROOT / "docs" / name).read_text("utf-8") == generate.PAGES[name](), f"run: {generate.REFRESH}"


def test_every_command_is_documented_with_the_help_it_prints(generate: ModuleType) -> None:
    page = sections(ROOT / "docs/commands.md")
    printed = subprocess.run([sys.executable, "-m", "clearance_atlas", "--help"], text=True, capture_output=True,
                             check=True, env=environment(ROOT) | {"COLUMNS": "200"}).stdout
    assert list(page) == [name for name in page if re.search(rf"\b{name}\b", printed)]
    for text in page.values():
        assert "| `--help" not in text
        assert "```text\nclearance-atlas" in text
    assert generate.commands_page()


def test_the_dictionary_knows_every_field_of_the_record(generate: ModuleType, bulletins: Path) -> None:
    from clearance_atlas.pipeline import extract, read_documents  # noqa: PLC0415 - one test reads
    from clearance_atlas.statements.records import to_json  # noqa: PLC0415 - the same

    one = extract(read_documents([bulletins / "tables/year-2023-districts.csv"]).documents).statements[0]
    assert list(to_json(one)) == [name for name in to_json(one) if name in generate.RECORD]
    assert len(generate.RECORD) == len(to_json(one))


def test_the_start_page_runs(working_folder: Path, home: Path) -> None:
    steps = [one for one in snippets((ROOT / "docs/index.md").read_text("utf-8"))
             if not one.text.startswith("$ make")]  # `make atlas` is what the package tests are for
    run_all(steps, folder=working_folder, home=home)


def test_the_page_on_closed_networks_runs(working_folder: Path, home: Path) -> None:
    build = Snippet("console", "", "$ clearance-atlas build\n")
    found = [one for one in snippets((ROOT / "docs/closed-networks.md").read_text("utf-8")) if one.language != "sh"]
    assert found
    run_all([build, *found], folder=working_folder, home=home)


def test_the_page_on_extending_runs(tmp_path: Path) -> None:
    (tmp_path / "bulletins").mkdir()
    (tmp_path / "bulletins/report.txt").write_text(UKRAINE, "utf-8")
    found = [one for one in snippets((ROOT / "docs/extending.md").read_text("utf-8")) if one.language != "sh"]
    assert found
    run_all(found, folder=tmp_path, home=tmp_path)


def test_every_command_of_the_readme_runs(working_folder: Path, home: Path) -> None:
    (working_folder / "monday.html").write_text((home / "Downloads/weekly-report.html").read_text("utf-8"), "utf-8")
    readme = (ROOT / "README.md").read_text("utf-8")
    commands = [line.split("  #")[0].strip() for line in readme.splitlines() if line.startswith("    clearance-atlas")]
    assert len(commands) > 5
    run_all([Snippet("console", "", f"$ {command}\n") for command in commands], folder=working_folder, home=home)
    run_all([one for one in snippets(readme) if one.language == "python"], folder=working_folder, home=home)


def test_a_page_that_shows_what_is_not_printed_is_caught(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="the page shows 'wrong'"):
        run_all(snippets("```console\n$ echo right\nwrong\n```\n"), folder=tmp_path, home=tmp_path)
    with pytest.raises(AssertionError, match="the page shows '2'"):
        run_all(snippets("```python\nprint(1)\n```\n\n```text\n2\n```\n"), folder=tmp_path, home=tmp_path)
    with pytest.raises(AssertionError):
        run_all(snippets("```console\n$ clearance-atlas build nowhere\n```\n"), folder=tmp_path, home=tmp_path)


def test_the_pictures_are_those_that_the_build_draws(bulletins: Path, tmp_path: Path) -> None:
    pictures = sorted((ROOT / "docs/pictures").iterdir())
    assert [path.name for path in pictures] == ["week-2024-07-29-area_cleared.svg", "year-2025-area_cleared.svg"]
    for path in pictures:
        assert path.stat().st_size < 300_000
        period, measure = path.stem.rsplit("-", 1)
        subprocess.run([sys.executable, "-m", "clearance_atlas", "figure", period, bulletins, "--measure", measure,
                        "--format", "svg", "--output", tmp_path / path.name], check=True, capture_output=True)
        assert TITLE.findall(path.read_text("utf-8")) == TITLE.findall((tmp_path / path.name).read_text("utf-8")), (
            "run: python docs/make_pictures.py")


def test_every_snippet_of_every_page_is_run_or_named() -> None:
    """A page with a console or Python block is known to a test here, so that no snippet goes unrun."""
    run = {"index.md", "recipes.md", "closed-networks.md", "extending.md"}
    with_code = {path.name for path in (ROOT / "docs").glob("*.md")
                 if any(one.language in {"console", "python"} for one in snippets(path.read_text("utf-8")))}
    assert with_code <= run, "add the page to a test that runs it"


def test_the_site_builds_without_a_warning_and_asks_for_nothing(tmp_path: Path) -> None:
    pytest.importorskip("mkdocs", reason="the docs extra is not installed")
    done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path)],
                          cwd=ROOT, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for page in tmp_path.rglob("*.html"):
        text = page.read_text("utf-8")
        links = [tag for tag in re.findall(r"<link[^>]+>", text) if "stylesheet" in tag or "preconnect" in tag]
        loaded = [*re.findall(r"<(?:script|img|iframe)[^>]+src=[^>]+>", text), *links]
        assert loaded
        assert not [tag for tag in loaded if re.search(r"""(?:src|href)=["']?(?:https?:)?//""", tag)], page
