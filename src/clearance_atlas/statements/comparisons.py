"""Numbers that are no results: how far two others are apart, or how much is done in a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.figures import Figure
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_STEP = 4
_TO_TIME = 6  # words from a comparison to the time that it is with


def is_rate(sentence: Sentence, figure: Figure) -> bool:
    """Say whether a number is what is done in a day or year, no result: "a machine does 900 square metres a day"."""
    after = sentence.tokens[figure.last + 1:figure.last + 2]
    return bool(after) and after[0].has("g:rate")


def is_difference(sentence: Sentence, figure: Figure) -> bool:
    """Say whether a number only tells how far two others are apart: ``martla müqayisədə 300 hektar çoxdur``."""
    tokens = sentence.tokens
    after = tokens[figure.last + 1:figure.last + 2]
    if "g:grows" in sentence.tags and ("background" in sentence.cues or "g:versus" in sentence.tags) \
            and _grows_by(tokens, figure):
        return True
    if after and after[0].has("g:than") and not after[0].has("t:filler") and _names_time(tokens, figure.last + 2):
        return True
    return "background" in sentence.cues and bool(after) and after[0].has("q:over", "q:under") \
        and not (after[0].has("q:about")) and any(
            token.has("c:background") for token in tokens[max(0, figure.at - 2):figure.at])


def _names_time(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a comparison is with another time: "30 hectares more than the week before", "fewer than in April"."""
    for token in tokens[at:at + _TO_TIME]:
        if token.kind == "n" or token.value is not None or (token.kind == "p" and token.text != "'"):
            return False
        if token.kind == "D" or any(tag.startswith("t:") and tag != "t:filler" for tag in token.tags):
            return True
    return False


def _grows_by(tokens: Sequence[Token], figure: Figure) -> bool:
    """Say whether a verb of growth has a number as its step: ``площадь выросла на 340 га``, ``40 hektar artıb``."""
    at = figure.at - 1
    while at > 0 and tokens[at].has("q:over", "q:about", "q:under"):
        at -= 1
    beside = *tokens[max(0, at - _STEP):at], *tokens[figure.last + 1:figure.last + _STEP]
    step = at >= 0 and tokens[at].text in forms("onto") and any(token.has("g:grows") for token in beside)
    after = next((token for token in tokens[figure.last + 1:] if not token.has("g:classifier")), None)
    more_than = tokens[figure.last].text.endswith(forms("ablative"))  # "500 hektardan çoxdur": over
    return step or (after is not None and after.has("g:grows") and not more_than)
