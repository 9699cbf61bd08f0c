"""What the police seize or are handed: arms, and the munitions found with them, are no yield of mine clearance."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from clearance_atlas.statements.sentence import Sentence

SEIZED = "seized or handed in with arms"
POLICE = "police"


def counts_arms(sentence: Sentence) -> bool:
    """Say whether a sentence counts firearms: "4 rifles, 41 grenades and 14 shells", a cache and no minefield."""
    return "g:firearm" in sentence.tags and any(
        after.has("g:firearm") and (before.kind == "n" or before.value is not None or before.has("g:article"))
        for before, after in pairwise(sentence.tokens))


def is_seized(sentence: Sentence, *, unit: Unit) -> bool:
    """Say whether a count is of what lay in a cache of arms."""
    return unit == Unit.ITEMS and counts_arms(sentence)


def is_of_police(sentence: Sentence) -> bool:
    """Say whether the police act in a sentence, and nobody who clears: their finds are another report."""
    return "police" in sentence.cues and not sentence.operators
