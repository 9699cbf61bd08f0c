"""Paragraphs that documents repeat from each other are found, those of their own are not."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from clearance_atlas.documents import clean, read_documents
from clearance_atlas.documents.fingerprints import fingerprints, nearest_twins, similarity
from clearance_atlas.model import Document

if TYPE_CHECKING:
    from pathlib import Path

NEWS = "In the week sappers of the agency found {} mines near the villages of the southern districts."
BACKGROUND = ("Since the end of the war mines have killed or injured {} people, most of them civilians who went back "
              "to look after fields and graves in the land that was returned.")


def document(name: str, *texts: str) -> Document:
    text = "\n\n".join(texts)
    return Document(document_id=name, text=text, cleaned=clean(text), path=name,
                    sha256=hashlib.sha256(text.encode()).hexdigest())


def test_repeated_paragraphs_are_twins_even_with_other_numbers() -> None:
    one = document("one", NEWS.format(5), BACKGROUND.format(350))
    two = document("two", "Something else was reported by the ministry on the same day of July.",
                   BACKGROUND.format(355))
    twins = nearest_twins([one, two])
    assert set(twins) == {("one", one.cleaned.text.index("Since")), ("two", two.cleaned.text.index("Since"))}
    twin = twins["one", one.cleaned.text.index("Since")]
    assert twin.document_id == "two"
    assert twin.similarity == 1
    assert not twin.same_numbers


def test_a_paragraph_repeated_within_one_document_is_no_twin() -> None:
    assert nearest_twins([document("one", BACKGROUND, BACKGROUND)]) == {}


def test_similarity_is_of_words_not_of_letters_or_case() -> None:
    first, second, third = (fingerprints(document("a", text))[0] for text in (
        "Ərazilərdə 5 mina aşkar edilib və zərərsizləşdirilib.", "erazilerde 6 mina askar edilib ve zerersizlesdirilib",
        "Another sentence that has nothing to do with it at all."))
    assert similarity(first, second) == 1
    assert similarity(first, third) == 0


def test_short_paragraphs_say_nothing() -> None:
    assert fingerprints(document("a", "Read more about mines")) == ()


def test_background_of_real_articles(shared: Path) -> None:
    twins = nearest_twins(read_documents([shared / "articles"]).documents)
    assert len(twins) >= 15
    assert not any(start == 0 for name, start in twins if name.startswith(("000", "002", "003")))
