"""Sentences end where a reader would end them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance_atlas.documents import paragraphs, sentences


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("whole", [
    "Work began on 3 Nov. 2020 in two districts.",
    "Lt-Gen. Bey met Maj. Gen. A. Bey in St. Petersburg.",
    "They cleared 1.039,5 ha in a week.",
    "They cleared 12 ha. and moved on.",
    "Сапёры очистили 204,4 тыс. га в Карабахе.",
    "В г. Шуша найдено 5 мин.",
    "За 2023 г. очищено 12 га.",
    "Очищено 1,7 млн. кв. м земли.",
    "Toplam 5. maddeye göre 12 hektar temizlendi.",
    "The U.S. Army gave 5 machines.",
    'He said: "five mines were found in Aghdam."',
    "5 s. ə. mina tapılıb",
])
def test_full_stops_that_end_nothing(whole: str) -> None:
    assert split(whole) == [whole]


@pytest.mark.parametrize(("text", "parts"), [
    ("Five mines were found. 28 shells too.", ["Five mines were found.", "28 shells too."]),
    ("They cleared 12 ha. The work goes on.", ["They cleared 12 ha.", "The work goes on."]),
    ("За 2023 г. Очищено было 5 га.", ["За 2023 г.", "Очищено было 5 га."]),
    ("Was it cleared? Yes! All of it…", ["Was it cleared?", "Yes!", "All of it…"]),
    ('"Five were found." The rest is safe.', ['"Five were found."', "The rest is safe."]),
    ("Mines were found.The agency said so.", ["Mines were found.", "The agency said so."]),
    ("Headline\nThe text follows.", ["Headline", "The text follows."]),
    ("Həftə ərzində 5 mina tapılıb. Ərazi təmizlənib.", ["Həftə ərzində 5 mina tapılıb.", "Ərazi təmizlənib."]),
    ("Bir haftada 5 mayın bulundu. İşler sürüyor.", ["Bir haftada 5 mayın bulundu.", "İşler sürüyor."]),
])
def test_sentences_end_where_they_end(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_a_part_of_the_text_can_be_split() -> None:
    text = "One. Two. Three."
    assert [text[a:b] for a, b in sentences(text, start=5, end=9)] == ["Two."]


def test_paragraphs_are_lines() -> None:
    text = "One. Two.\n\nThree."
    assert [text[a:b] for a, b in paragraphs(text)] == ["One. Two.", "Three."]


@given(st.text(alphabet="aB1. ?!\n\"'…гН", max_size=80))
@settings(deadline=None)
def test_no_character_is_lost_between_sentences(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


@pytest.mark.parametrize("unit", [".", "a.", "A. ", "1.", "? ", '"', "Nov. ", "г. "])
def test_long_hostile_runs_are_split(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    assert sum(end - start for start, end in sentences(text)) > 0
