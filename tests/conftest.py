"""Fixtures for all tests."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

# A shell starts background jobs with Ctrl-C ignored, and a process hands that on to those that it starts: then the
# commands that run until Ctrl-C would never end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN and threading.current_thread() is threading.main_thread():
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(scope="session")
def shared() -> Path:
    """Development material beside the checkout; tests that need it skip in its absence."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("no development material beside the checkout")
    return folder
