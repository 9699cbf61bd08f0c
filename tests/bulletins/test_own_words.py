"""The shipped bulletins are abstracts in words of our own: none of their sentences stands in a source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.config import resource
from clearance_atlas.documents import read_documents

if TYPE_CHECKING:
    from pathlib import Path

    from clearance_atlas.model import Document

SHORTEST = 40  # characters; anything shorter may well be said twice


@pytest.fixture(scope="module")
def bulletins() -> tuple[Document, ...]:
    return read_documents(sorted(resource("bulletins").glob("*/*.txt"))).documents


def _words(text: str) -> str:
    return " ".join(re.findall(r"[\w.,%-]+", text.lower()))


def _sentences(text: str) -> list[str]:
    return [piece for piece in re.split(r"(?<=[a-z)\]])[.:;]\s+|\n+", text) if len(piece) >= SHORTEST]


def test_no_sentence_is_copied_from_a_source(bulletins: tuple[Document, ...], shared: Path) -> None:
    paths = [*shared.glob("articles/*.txt"), *shared.glob("evaluation/texts/*.txt")]
    assert paths
    sources = [_words(path.read_text("utf-8")) for path in paths]
    for bulletin in bulletins:
        for sentence in _sentences(bulletin.cleaned.text):
            assert not any(_words(sentence) in source for source in sources), (bulletin.document_id, sentence)


def test_the_header_is_no_part_of_the_text(bulletins: tuple[Document, ...]) -> None:
    for bulletin in bulletins:
        assert "kind:" not in bulletin.cleaned.text
        assert bulletin.cleaned.text.strip()
