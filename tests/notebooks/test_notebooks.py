"""Every notebook runs from top to bottom and is kept without outputs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
STAGES = ("documents", "statements", "observations", "districts", "rendering", "exports")


def test_there_is_one_for_each_stage_and_one_for_the_whole_way() -> None:
    names = [path.stem.split("_", 1)[1] for path in NOTEBOOKS]
    assert names == [*STAGES, "from_monday_to_report"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_notebook_runs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(notebook, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(FOLDER)}})
    client.execute()  # an error in a cell is raised here
    shown = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert shown
    assert not [output for output in shown if output.get("name") == "stderr"], "a warning reached the reader"


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_are_stripped(path: Path) -> None:
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
    kept = [cell.source.splitlines()[0] for cell in cells if cell.outputs or cell.execution_count]
    assert not kept, "clear all outputs before saving"
