"""The twelve jobs: each recipe runs as it stands on the page."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from opened_page import opened

sys.path.append(str(Path(__file__).parent))
from snippets import environment, run_all, sections, snippets

RECIPES = sections(Path(__file__).resolve().parents[2] / "docs/recipes.md")


def test_there_are_twelve_jobs_each_with_a_step() -> None:
    assert [title.split(".")[0] for title in RECIPES] == [str(number) for number in range(1, 13)]
    assert all(any(one.language == "console" for one in snippets(text)) for text in RECIPES.values())


@pytest.mark.parametrize("title", RECIPES)
def test_the_recipe_runs(title: str, working_folder: Path, home: Path) -> None:
    if title.startswith(("1.", "2.")):
        # Monday's bulletin and the correction come to an atlas that was built before.
        subprocess.run(["clearance-atlas", "build", "--quiet"], cwd=working_folder, env=environment(home),
                       check=False, capture_output=True)
    run_all(snippets(RECIPES[title]), folder=working_folder, home=home)


def test_the_sentence_and_its_link_are_on_the_page_of_the_week(working_folder: Path, home: Path) -> None:
    subprocess.run(["clearance-atlas", "build", "--quiet"], cwd=working_folder, env=environment(home), check=False,
                   capture_output=True)
    page = opened((working_folder / "output/maps/week-2024-07-29.html").read_text("utf-8"))
    assert "In the week of 29 July to 4 August 2024, the Mine Action Agency (ANAMA) cleared 2,790.9 hectares" in page
    assert "https://www.azernews.az/nation/229558.html" in page
