"""Input that is no bulletin: no crash, spans that give back their words, work that grows no faster than the text."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.config import load_profile
from clearance_atlas.documents import clean, read_documents
from clearance_atlas.model import Document
from clearance_atlas.statements import extract_statements, from_json, to_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PROFILE = load_profile()
WORDS = ["5", "1,039.5", "12 ", "mines", "anti-tank", "hectares", "Aghdam", "Fuzuli", "July", "2024", "(", ")", ",",
         ".", "and", "killed", "people", "since",
         "of them", "min", "hektar", "piyada əleyhinə", "мин", "га", "с", "по", "|",
         "-", "–", "to", "week",
         "\n", "İ", "\ud800", "\u200b", "5-11", "a", "%", "тыс.", "in total", "each", "respectively"]


def _document(text: str, language: str | None = None) -> Document:
    return Document("d", text, clean(text), "d.txt", "0" * 64, language=language)


def _check(document: Document) -> None:
    extraction = extract_statements([document], profile=PROFILE)
    for statement in extraction.statements:
        evidence = statement.evidence
        assert document.text[evidence.start:evidence.end] == evidence.text
        assert evidence.start <= evidence.figure_start < evidence.figure_end <= evidence.end
        assert from_json(to_json(statement)).evidence == evidence
    for sentence in extraction.unread:
        assert document.text[sentence.start:sentence.end] == sentence.text


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=200))
def test_any_text_is_read_without_a_crash(text: str) -> None:
    _check(_document(text))


@settings(deadline=None, max_examples=200)
@given(st.lists(st.sampled_from(WORDS), max_size=40), st.sampled_from(["en", "az", "ru", "tr", None]))
def test_any_words_of_bulletins_are_read_without_a_crash(words: list[str], language: str | None) -> None:
    _check(_document(" ".join(words), language))


HOSTILE: dict[str, Callable[[int], str]] = {
    "digits": lambda size: "5" * size + " mines were found",
    "ones": lambda size: "mines " + "1 " * size,
    "nested brackets": lambda size: "5 mines " + "(5 " * size + ")" * size,
    "one long word": lambda size: "mine" + "a" * size + " 5 mines",
    "commas in a number": lambda size: "1," * size + " mines",
    "one endless list": lambda size: "5 mines and " * size,
    "dates": lambda size: "5 May 2023 to " * size,
    "places": lambda size: "5 mines in Aghdam, " * size,
    "casualties": lambda size: "5 people killed, 3 of them children, " * size,
}


def _work(text: str) -> int:
    """Count the function calls that reading a text takes: a measure of work that no clock disturbs."""
    document = _document(text, "en")
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(count)
    try:
        extract_statements([document], profile=PROFILE)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize("name", HOSTILE)
def test_work_grows_no_faster_than_the_text(name: str) -> None:
    make = HOSTILE[name]
    _work(make(500))  # words are looked up once and remembered
    small, large = _work(make(500)), _work(make(2000))
    assert large <= 6 * small + 20_000


def test_spans_in_the_evaluation_texts_give_back_their_words(shared: Path) -> None:
    for folder in ("articles", "evaluation/texts"):
        for document in read_documents([shared / folder]).documents:
            _check(document)
