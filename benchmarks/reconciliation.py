"""Measure reconciliation: correctness on synthetic bulletins of known truth, and time against the number of them.

Run ``python benchmarks/reconciliation.py [DOCUMENTS] [SEED]``; the last size is DOCUMENTS, by default 10,000.
"""

from __future__ import annotations

import sys
import time

from synthetic_bulletins import generate, score

from clearance_atlas.config import load_profile
from clearance_atlas.observations import reconcile


def main(largest: int = 10_000, seed: int = 1) -> int:
    """Print one line a size; return 1 if any planted truth was missed."""
    profile = load_profile()
    faults = 0
    print("documents  statements  observations  conflicts  torn  false joins  missed  false  CPU s  us/statement")
    for size in (largest // 8, largest // 4, largest // 2, largest):
        record = generate(size, seed=seed)
        started = time.process_time()
        result = reconcile(record.statements, documents=record.documents, profile=profile)
        took = time.process_time() - started
        found = score(record, result.observations, result.conflicts)
        bad = [len(part) for part in (found.torn, found.false_joins, found.missed_conflicts, found.false_conflicts)]
        faults += sum(bad)
        print(f"{len(record.documents):9}  {len(record.statements):10}  {len(result.observations):12}  "
              f"{len(result.conflicts):9}  {bad[0]:4}  {bad[1]:11}  {bad[2]:6}  {bad[3]:5}  {took:5.2f}  "
              f"{1e6 * took / len(record.statements):12.1f}")
        for part in (found.torn, found.false_joins, found.missed_conflicts, found.false_conflicts):
            for line in part[:5]:
                print("   ", line)
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
