"""The page on reconciliation shows what the shipped bulletins give."""

from __future__ import annotations

import importlib.util
from pathlib import Path

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "refresh_reconciliation.py"


def test_the_table_of_years_is_that_of_the_shipped_bulletins() -> None:
    spec = importlib.util.spec_from_file_location("refresh_reconciliation", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    text = module.PAGE.read_text("utf-8")
    assert text == module.page(text), "run: python docs/refresh_reconciliation.py"
    assert "| 2025 | all operators |" in text
    assert "69,205.7" in text
