"""The language of a bulletin is told by its words, or left open."""

from __future__ import annotations

import pytest

from clearance_atlas.documents import detect_language


@pytest.mark.parametrize(("text", "language"), [
    ("Over the week the agency cleared 12 hectares and found five mines in the district.", "en"),
    ("Həftə ərzində Ağdam və Füzuli rayonlarında 12 hektar sahə təmizlənib.", "az"),
    ("Hefte erzinde Agdam ve Fuzuli rayonlarinda 12 hektar erazi temizlenib, 5 eded mina askar olunub.", "az"),
    ("За неделю в районах найдено 5 мин и очищено 12 га земли.", "ru"),
    ("Bir haftada 12 hektar alan temizlendi ve 5 mayın imha edildi.", "tr"),
    ("12 345 67.8", None),
    ("Aghdam Fuzuli Lachin", None),
    ("", None),
])
def test_language_is_told_or_left_open(text: str, language: str | None) -> None:
    assert detect_language(text) == language


def test_languages_of_real_bulletins(shared) -> None:
    expected = {"002": "en", "005": "az", "024": "az", "032": "ru", "034": "ru", "080": "tr", "095": "en"}
    texts = {stem: (shared / "evaluation" / "texts" / f"{stem}.txt").read_text("utf-8") for stem in expected}
    assert {stem: detect_language(text) for stem, text in texts.items()} == expected
