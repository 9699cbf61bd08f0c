"""Lexicons: the shipped ones are sound, a faulty one says every fault at once, and words are found in their forms."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import pytest

from clearance_atlas.config import resource
from clearance_atlas.errors import LexiconError, UnknownNameError
from clearance_atlas.places import fold
from clearance_atlas.statements.lexicon import forms, languages, load_lexicon, read_lexicon
from clearance_atlas.statements.tokens import tokenize

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("code", languages())
def test_the_shipped_lexicons_are_sound(code: str) -> None:
    assert load_lexicon(code).code == code


def test_a_faulty_lexicon_lists_every_fault(tmp_path: Path) -> None:
    text = (resource("data") / "lexicons" / "en.toml").read_text("utf-8")
    broken = text.replace('under = ["less than"', 'undr = ["less than"').replace("[months]\n1 =", "[months]\none =")
    broken = broken.replace("[forms]\n", '[forms]\ngenitive = ["of"]\n')
    path = tmp_path / "en.toml"
    path.write_text(broken, "utf-8")
    with pytest.raises(LexiconError) as caught:
        read_lexicon(path)
    message = str(caught.value)
    assert "lacks under" in message
    assert "unknown entry undr" in message
    assert "one is no number" in message
    assert "unknown entry genitive" in message


def test_no_toml_and_no_language_are_said_so(tmp_path: Path) -> None:
    path = tmp_path / "x.toml"
    path.write_text("= no toml", "utf-8")
    with pytest.raises(LexiconError):
        read_lexicon(path)
    with pytest.raises(UnknownNameError, match="there are: az, en, ru, tr"):
        load_lexicon("xx")


@pytest.mark.parametrize(("language", "word", "tag"), [
    ("en", "unexploded ordnances", "uxo"),
    ("en", "unexplodedordnances", "uxo"),
    ("en", "anti - tank", "at"),
    ("az", "hektarlarından", "ha"),
    ("az", "erazilerde hektarini", "ha"),
    ("az", "PİYADA ƏLEYHİNƏ", "ap"),
    ("ru", "противопехотными", "ap"),
    ("ru", "гектаров", "ha"),
    ("tr", "mayınlarının", "mine"),
    ("tr", "Ağustos'ta", "month:8"),
])
def test_words_are_found_in_their_forms(language: str, word: str, tag: str) -> None:
    assert any(tag in token.tags for token in tokenize(word, lexicon=load_lexicon(language)))


def test_words_run_together_are_taken_apart() -> None:
    tokens = tokenize("atotal of37,583 hectares, 12 minesthere", lexicon=load_lexicon("en"))
    assert [token.text for token in tokens if token.tags & {"mine", "ha"}] == ["hectares", "mines"]


def test_a_word_that_needs_its_letters_is_not_found_without_them() -> None:
    died, was = (tokenize(word, lexicon=load_lexicon("az"))[0] for word in ("ölüb", "olub"))
    assert "c:killed" in died.tags
    assert "c:killed" not in was.tags


def test_the_forms_are_those_that_the_files_hold() -> None:
    held = {code: tomllib.loads((resource("data") / f"lexicons/{code}.toml").read_text("utf-8"))["forms"]
            for code in languages()}
    for entry in {entry for table in held.values() for entry in table}:
        written = [fold(one) for table in held.values() for one in table.get(entry, ())]
        assert forms(entry) == tuple(dict.fromkeys(written))
