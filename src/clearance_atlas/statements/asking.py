"""Ground that somebody only asked to have cleared: "the ministry asked the agency to demine 500 hectares"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.clauses import clause_around
from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.tokens import Token

WANTED = frozenset({"asked", "ordered"})
"""Cues of verbs and nouns for what others are to clear."""
_ASKED = tuple(f"c:{cue}" for cue in sorted(WANTED))
_BETWEEN = 12  # words from the verb of asking to what is asked for
_AFTER = 7


def is_asked_for(draft: Draft) -> bool:
    """Say whether what is done to an area is only what a verb of asking in its clause wants done."""
    tokens, at = draft.sentence.tokens, draft.at
    first, last = clause_around(tokens, at)
    first = max([first, *(figure.last for figure in draft.sentence.figures if figure.last < at)])
    last = min([last, *(figure.at for figure in draft.sentence.figures if figure.at > at)])
    asked = next((place for place in range(at - 1, first - 1, -1) if tokens[place].has(*_ASKED)), None)
    if asked is not None:  # "asked to clear 500 ha", "requested that 500 ha be cleared"
        done = next((place for place in range(asked + 1, min(last, at + _AFTER))
                     if tokens[place].has("c:cleared")), None)
        return done is not None and done - asked <= _BETWEEN and _is_wanted(tokens, done) \
            and not any(token.text == "," or (place < done and token.has("g:and"))
                        for place, token in enumerate(tokens[asked + 1:at], asked + 1))
    done = next((place for place in range(at + 1, last) if tokens[place].has("c:cleared")), None)
    return done is not None and _is_wanted(tokens, done) and any(
        token.has(*_ASKED) for token in tokens[done + 1:min(last, done + _AFTER)]) and not any(
        token.text == "," for token in tokens[at:done])  # Azerbaijani and Turkish ask last


def _is_wanted(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb stands in the form that depends on another: "to clear", "be cleared", ``təmizlənməsini``."""
    return tokens[at - 1].text.rpartition(" ")[2] in forms("to_do") or tokens[at].text.endswith(forms("infinitive"))
