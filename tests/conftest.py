"""Fixtures for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development material beside the checkout; tests that need it skip in its absence."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no development material beside the checkout")
    return folder
