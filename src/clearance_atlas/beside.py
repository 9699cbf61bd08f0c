"""Work in a copy of this process, beside what goes on here: reading needs no geometry, so a cold start can do both.

The result is the same wherever the work is done; only the waiting differs.
"""

from __future__ import annotations

import multiprocessing
import sys
import threading
import warnings
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

Result = TypeVar("Result")


def beside(work: Callable[[], Result]) -> Callable[[], Result]:
    """Start ``work`` in a copy of this process and return what waits for its result.

    Where a process cannot be copied safely (another system than Linux, or threads at work here, as those of a server),
    the work is done here when its result is asked for. What the work raises is raised there, too.

    >>> beside(lambda: 6 * 7)()
    42
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return work
    here, there = multiprocessing.get_context("fork").Pipe(duplex=False)
    copy = multiprocessing.get_context("fork").Process(target=_send, args=(work, there), daemon=True)
    with warnings.catch_warnings():
        # Libraries of linear algebra keep sleeping threads; nothing that runs in the copy computes with them.
        warnings.simplefilter("ignore", DeprecationWarning)
        copy.start()
    there.close()

    def result() -> Result:
        try:
            value, error = here.recv()
        except EOFError:  # the copy was ended from outside, for example for want of memory
            return work()
        finally:
            here.close()
        copy.join()
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]  # a pipe carries anything

    return result


def _send(work: Callable[[], object], pipe: Connection) -> None:
    try:
        pipe.send((work(), None))
    except Exception as error:  # noqa: BLE001 - it is raised again where the result is asked for
        pipe.send((None, error))
