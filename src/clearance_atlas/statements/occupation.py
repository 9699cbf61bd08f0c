"""Times of an occupation, which are none of the work: "the lands that they held until 2020"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.sentence import Sentence, Timed
    from clearance_atlas.statements.tokens import Token

_REACH = 7  # words between a time and who held the ground
_SPANS = frozenset({"until", "range"})
_MARKS = frozenset(",;:()")
_CLOSE = 3


def is_time_of_holding(sentence: Sentence, timed: Timed, at: int) -> bool:
    """Say whether a month or year only tells how long ground was held; what was done there is of another time.

    Azerbaijani and Turkish put the verb after the time; a number, a mark or a verb of work between them parts them.
    """
    tokens, mention = sentence.tokens, timed.mention
    if "g:under_others" not in sentence.tags or mention.begin.day or mention.end.day or not (
            mention.form in _SPANS or _runs_up_to(tokens, at)):
        return False
    if _adjoins(tokens, at):
        return True
    for side in (range(at - 1, max(-1, at - 1 - _REACH), -1), range(at + 1, min(len(tokens), at + 1 + _REACH))):
        for place in side:
            token = tokens[place]
            if token.kind == "n" or token.text in _MARKS or token.has("c:cleared", "c:found", "c:reporting"):
                break
            if token.has("g:under_others") and not _is_bare(token):
                return True
    return False


def _runs_up_to(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a year ends a time: ``2020 yılına kadar``."""
    return any(token.has("t:to") for token in tokens[at + 1:at + _CLOSE])


def _adjoins(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a participle stands right before a time: "the lands occupied between 1993 and 2020"."""
    before = next((token for token in reversed(tokens[max(0, at - _CLOSE):at])
                   if not token.has("t:between", "t:from", "t:to")), None)
    return before is not None and before.has("g:under_others")


def _is_bare(token: Token) -> bool:
    """Say whether "occupied" may only tell which lands are meant: "in the occupied lands until 2020"."""
    return token.text.startswith(forms("occupied")) and " " not in token.text
