"""Work beside the rest gives what it would give here: its result, its error, and a result even if the copy dies."""

from __future__ import annotations

import os
import signal
import sys
import threading

import pytest

from clearance_atlas.beside import beside
from clearance_atlas.errors import CorrectionError


def test_the_result_comes_from_a_copy_of_the_process() -> None:
    alone = threading.active_count() == 1 and sys.platform == "linux"
    waited = beside(os.getpid)
    assert (waited() != os.getpid()) is alone


def test_an_error_keeps_its_three_parts() -> None:
    def fail() -> None:
        raise CorrectionError("corrections.toml:3", "matches nothing", mend="look up the locator")

    with pytest.raises(CorrectionError, match=r"^corrections\.toml:3: matches nothing; look up the locator$") as caught:
        beside(fail)()
    assert (caught.value.where, caught.value.mend) == ("corrections.toml:3", "look up the locator")


def test_beside_other_threads_the_work_is_done_here() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()
    try:
        assert beside(os.getpid)() == os.getpid()
    finally:
        done.set()
        thread.join()


def test_a_copy_that_is_killed_costs_time_but_no_result() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    assert beside(work)() == "done"
