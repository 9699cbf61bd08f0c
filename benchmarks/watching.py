"""How long a dropped-in bulletin takes to reach the page, beyond the time of reading the bulletins themselves.

    python benchmarks/watching.py [--times 5]

A copy of the shipped record is watched by the real command. Each round drops in one new bulletin and waits until
``atlas.html`` with its period is on disk. Beside it stands what reading and extraction alone take for the same
bulletins in a running process. The aim: no more than one second beyond that.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from clearance_atlas.config import resource
from clearance_atlas.pipeline import extract, read_documents

BULLETIN = """---
publisher: Example Wire
published: 2027-02-{day:02}
language: en
---

On {day} February 2027 ANAMA found {mines} anti-tank mines and cleared {area} hectares in Aghdam, Fuzuli and Lachin.
"""
LONGEST_WAIT_SECONDS = 120
POLL_SECONDS = 0.005


def main() -> None:
    """Print one line a round, then the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=5)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        shutil.copytree(resource("bulletins"), base / "bulletins")
        rounds = list(measure(base, times=times))
    total, reading = median(one for one, _ in rounds), median(one for _, one in rounds)
    print(f"median: page after {total:.2f} s, reading alone {reading:.2f} s, "
          f"beyond it {total - reading:.2f} s, ratio {total / reading:.2f}")


def measure(base: Path, *, times: int) -> list[tuple[float, float]]:
    """Return, for each round, the seconds from the drop to the page and those of reading and extraction alone."""
    process = subprocess.Popen([sys.executable, "-m", "clearance_atlas", "watch", "--quiet"], cwd=base,
                               stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        if process.stdout is None:
            raise RuntimeError("the command has no output to read")
        process.stdout.readline()  # the summary of the first build
        rounds = []
        for day in range(1, times + 1):
            total = drop(base, day=day)
            reading = read_alone(base / "bulletins")
            print(f"page after {total:.2f} s, reading alone {reading:.2f} s, beyond it {total - reading:.2f} s")
            rounds.append((total, reading))
        return rounds
    finally:
        process.terminate()
        process.wait()


def drop(base: Path, *, day: int) -> float:
    """Drop one bulletin in and return the seconds until its period is on the page."""
    page = base / "output/atlas.html"
    before = page.stat().st_mtime_ns
    draft = base / "draft.part"
    draft.write_text(BULLETIN.format(day=day, mines=10 + day, area=100 + day), "utf-8")
    start = time.perf_counter()
    draft.replace(base / f"bulletins/new-{day:02}.txt")
    while page.stat().st_mtime_ns == before:
        if time.perf_counter() - start > LONGEST_WAIT_SECONDS:
            raise TimeoutError("the page was not rebuilt")
        time.sleep(POLL_SECONDS)
    seconds = time.perf_counter() - start
    if f"day-2027-02-{day:02}" not in page.read_text("utf-8"):
        raise RuntimeError("the page was rebuilt without the new period")
    return seconds


def read_alone(folder: Path) -> float:
    """Return the seconds that reading and extraction take in a running process."""
    extract(read_documents([folder]).documents)  # imports and lexicons are loaded in the watching process too
    start = time.perf_counter()
    extract(read_documents([folder]).documents)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
