"""Villages and spots that no gazetteer holds: once a text has told their district, their name alone means it again.

"At a place called Karaburun, in Barda district, ... Karaburun has by now given up 40 mines."
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token
    from clearance_atlas.statements.toponyms import Found

_SHORTEST = 5
_BETWEEN = 5  # words from a spot to its district: "in Azerbaijan's"


def localities(sentences: Sequence[Sentence], *, text: str) -> dict[str, Found]:
    """Return the unlisted names that stand beside a word for a village or spot, with the one district named there."""
    known: dict[str, Found] = {}
    for sentence in sentences:
        if len({place.code for place in sentence.places}) != 1:
            continue
        for name in _told_with_district(sentence, text=text):
            known.setdefault(name.text, sentence.places[0])
        if sentence.tags.isdisjoint({"g:village", "g:locality"}):
            continue
        for at, token in enumerate(sentence.tokens):
            if token.has("g:village", "g:locality"):
                for name in (*sentence.tokens[max(0, at - 1):at], *sentence.tokens[at + 1:at + 2]):
                    if _may_name(name, text=text):
                        known.setdefault(name.text, sentence.places[0])
    return known


def _told_with_district(sentence: Sentence, *, text: str) -> list[Token]:
    """Return the unlisted names before which "at" and after which a district stands: "at Karaburun in Barda"."""
    tokens = sentence.tokens
    if "g:whereabouts" not in sentence.tags:
        return []
    found = []
    for at in range(2, len(tokens)):
        if tokens[at].kind != "L":
            continue
        back = at - 1
        while back > 0 and at - back <= _BETWEEN and _leads_to_place(tokens, back):
            back -= 1
        if back and _may_name(tokens[back], text=text) and tokens[back - 1].has("g:whereabouts"):
            found.append(tokens[back])
    return found


def _leads_to_place(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word only stands between a spot and its district: "in", "of", the country of "in Azerbaijan's"."""
    if tokens[at].has("t:filler", "g:whereabouts") or tokens[at].text in {",", "'", "s"}:
        return True
    return tokens[at + 1].text == "'" and tokens[at - 1].has("t:filler", "g:whereabouts")


def of_locality(sentence: Sentence, known: dict[str, Found], *, text: str) -> Found | None:
    """Return the district of the one known locality that a sentence without places names."""
    if not known or sentence.places or "unlocated" in sentence.cues:
        return None
    found = {known[token.text].code: known[token.text] for token in sentence.tokens
             if token.text in known and _may_name(token, text=text)}
    return next(iter(found.values())) if len(found) == 1 else None


def _may_name(token: Token, *, text: str) -> bool:
    return token.kind == "w" and not token.tags and len(token.text) >= _SHORTEST and text[token.start].isupper()
