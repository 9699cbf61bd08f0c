"""Measure the geometry of a build: loading both boundary versions, dissolving joint groups, placing labels.

Run ``python benchmarks/districts.py [GROUPS]``; by default 60 distinct groups of 3 to 14 districts.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import TypeVar

Result = TypeVar("Result")


def timed(what: str, work: Callable[[], Result]) -> Result:
    """Run the work and print how long it took."""
    started = time.perf_counter()
    result = work()
    print(f"{what:34} {1000 * (time.perf_counter() - started):8.1f} ms")
    return result


def main(groups: int = 60) -> None:
    """Print one line a step."""
    timed("import geopandas", lambda: __import__("geopandas"))
    from clearance_atlas.config import load_profile  # noqa: PLC0415  # after the import that is measured apart
    from clearance_atlas.districts import dissolve, label_point, load_districts  # noqa: PLC0415

    profile = load_profile("azerbaijan")
    versions = timed("load both boundary versions", lambda: [
        load_districts(profile, version=version.version) for version in profile.boundaries])
    choose = random.Random(1)  # noqa: S311  # a fixed seed: the same groups in every run
    wanted = [(frame, choose.sample(list(frame.index), choose.randint(3, 14)))
              for frame in versions for _ in range(groups // len(versions))]
    regions = timed(f"dissolve {len(wanted)} groups", lambda: [dissolve(frame, codes) for frame, codes in wanted])
    timed(f"label {len(regions)} groups", lambda: [label_point(region) for region in regions])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
