"""Each structure of a bulletin in a sentence of our own: what must be read from it, and nothing else.

``develop.toml`` holds structures that work, ``known_failures.toml`` those that do not yet: mending one makes its test
fail until it is moved.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from clearance_atlas.config import load_profile
from clearance_atlas.documents import clean
from clearance_atlas.model import Document, Statement
from clearance_atlas.statements import extract_statements

HERE = Path(__file__).parent


def _examples(name: str) -> list[Any]:
    examples = tomllib.loads((HERE / name).read_text("utf-8")).get("example", [])
    return [pytest.param(example, id=f"{example['language']}: {example['structure']}") for example in examples]


def _document(example: dict[str, Any]) -> Document:
    published: date | None = example.get("published")
    return Document("example", example["text"], clean(example["text"]), "example.txt", "0" * 64, published=published,
                    published_source="header" if published else None, language=example["language"])


def _line(statement: Statement) -> str:
    period = statement.period
    days = f"{period.start or ''}..{period.end or ''}" if period.start or period.end else "-"
    places = "+".join(sorted(statement.places)) or "-"
    value = Decimal(statement.value).normalize()
    return f"{statement.measure} {value:f} {statement.unit} {days} {places}"


def _sorted_places(line: str) -> str:
    head, _, places = line.rpartition(" ")
    return f"{head} {'+'.join(sorted(places.split('+')))}"


def _check(example: dict[str, Any]) -> None:
    statements = extract_statements([_document(example)], profile=load_profile()).statements
    assert sorted(map(_line, statements)) == sorted(map(_sorted_places, example["expect"]))
    for statement in statements:
        evidence = statement.evidence
        assert example["text"][evidence.start:evidence.end] == evidence.text


@pytest.mark.parametrize("example", _examples("develop.toml"))
def test_structures_that_work(example: dict[str, Any]) -> None:
    _check(example)


@pytest.mark.parametrize("example", _examples("known_failures.toml"))
@pytest.mark.xfail(strict=True, raises=AssertionError, reason="not read yet")
def test_structures_that_do_not_work_yet(example: dict[str, Any]) -> None:
    _check(example)
