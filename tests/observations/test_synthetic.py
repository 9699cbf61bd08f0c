"""Bulletins of known truth: every planted duplicate joined, every planted conflict listed, no false join."""

from __future__ import annotations

import importlib.util
import random
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.config import Profile, load_profile
from clearance_atlas.observations import reconcile

GENERATOR = Path(__file__).resolve().parents[2] / "benchmarks" / "synthetic_bulletins.py"


@pytest.fixture(scope="module")
def synthetic() -> ModuleType:
    import sys  # noqa: PLC0415 -- dataclasses look their module up by name

    spec = importlib.util.spec_from_file_location("synthetic_bulletins", GENERATOR)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_every_planted_truth_is_found(synthetic: ModuleType, profile: Profile, seed: int) -> None:
    record = synthetic.generate(600, seed=seed)
    result = reconcile(record.statements, documents=record.documents, profile=profile)
    found = synthetic.score(record, result.observations, result.conflicts)
    assert found == synthetic.Score([], [], [], [])
    assert len(record.conflicts) > 20
    assert record.completed


def test_the_score_notices_what_is_wrong(synthetic: ModuleType, profile: Profile) -> None:
    record = synthetic.generate(200, seed=5)
    result = reconcile(record.statements, documents=record.documents, profile=profile)
    last = next(iter(record.truth))
    record.truth[last] = ("another fact", record.truth[last][1])
    record.conflicts.add(("another fact", record.truth[last][1]))
    found = synthetic.score(record, result.observations, result.conflicts)
    assert found.missed_conflicts or found.false_joins


def test_completed_copies_carry_the_districts_of_their_bulletin(synthetic: ModuleType, profile: Profile) -> None:
    record = synthetic.generate(400, seed=6)
    result = reconcile(record.statements, documents=record.documents, profile=profile)
    places = {one.document_id: one.place_codes for one in record.statements}
    for one in result.observations:
        named = {places[name.partition("#")[0]] for name in (*one.supporting, *one.differing)} - {()}
        assert bool(one.place_codes) == bool(named)
        assert not named or one.place_codes in named


@settings(deadline=None, max_examples=15)
@given(seed=st.integers(0, 10_000))
def test_the_order_of_documents_does_not_matter(seed: int, synthetic: ModuleType) -> None:
    profile = load_profile()
    record = synthetic.generate(60, seed=seed)
    straight = reconcile(record.statements, documents=record.documents, profile=profile)
    shuffled = list(record.statements)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 -- an order to try, not a secret
    again = reconcile(shuffled, documents=list(reversed(record.documents)), profile=profile)
    assert {(one.observation_id, one.value, frozenset(one.supporting)) for one in straight.observations} == {
        (one.observation_id, one.value, frozenset(one.supporting)) for one in again.observations}
    assert {(one.conflict_id, one.chosen, one.rule) for one in straight.conflicts} == {
        (one.conflict_id, one.chosen, one.rule) for one in again.conflicts}
