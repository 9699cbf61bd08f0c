"""The language of a text, told by its script, its letters and its commonest words; ``None`` where that is not clear."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from clearance_atlas.config import resource
from clearance_atlas.documents.cleaning import fold

_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH_TEXT = 6000
_ENOUGH_WORDS = 2
_CLEAR_LEAD = 1.4
_LETTERS_WEIGH = 0.5


@cache
def _evidence() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    raw = tomllib.loads((resource("data") / "languages.toml").read_text("utf-8"))
    return {
        language: (frozenset(entry["words"]), frozenset(entry.get("letters", "")))
        for language, entry in raw.items() if language != "abbreviations"
    }


def language_scores(text: str) -> dict[str, float]:
    """Return how much of the beginning of a text speaks for each language: words counted, own letters weighed."""
    sample = text[:_ENOUGH_TEXT]
    words = [fold(word) for word in _WORD.findall(sample)]
    scores = {}
    for language, (common, letters) in _evidence().items():
        score = float(sum(word in common for word in words))
        if letters:
            score += _LETTERS_WEIGH * sum(character in letters for character in sample)
        scores[language] = score
    return scores


def detect_language(text: str) -> str | None:
    """Return ``en``, ``az``, ``ru`` or ``tr``, or ``None`` where no language is clearly ahead.

    >>> detect_language("The sappers have cleared 12 hectares of land in the district.")
    'en'
    >>> detect_language("Sapyorlar 12 hektar ərazini minalardan təmizləyib və təhvil verib.")
    'az'
    >>> detect_language("12 345") is None
    True
    """
    ranked = sorted(language_scores(text).items(), key=lambda item: (-item[1], item[0]))
    (best, score), (_, second) = ranked[:2]
    return best if score >= _ENOUGH_WORDS and score >= _CLEAR_LEAD * second else None
