"""Names that stand where a district stands but are in no gazetteer: as published, so that no other gets their figure.

"12 mines in Jabrajil and Lachin" is no figure for Lachin. A word is taken for a name of this kind only between two
listed places, or, at an end of their list or before "district", where it is a listed name but for a letter or two.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.places import near_spellings
from clearance_atlas.statements.toponyms import Found, place_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token
    from clearance_atlas.statements.toponyms import NameTable

_SHORTEST = 5
_NEAR = 0.8  # share of letters that two spellings have in common (difflib): one letter of eight is 0.875


def find_unlisted(tokens: Sequence[Token], found: Sequence[Found], *, text: str, table: NameTable) -> list[Found]:
    """Return the unlisted names among the tokens, with code ``None`` and the word as published.

    >>> from clearance_atlas.places import load_gazetteer
    >>> from clearance_atlas.config import load_profile
    >>> from clearance_atlas.statements.lexicon import load_lexicon
    >>> from clearance_atlas.statements.tokens import tokenize
    >>> from clearance_atlas.statements.toponyms import find_places, name_table
    >>> table = name_table(load_gazetteer(load_profile().gazetteer))
    >>> def names(words):
    ...     tokens = tokenize(words, lexicon=load_lexicon("en"))
    ...     places = find_places(tokens, text=words, table=table)
    ...     return [one.name for one in find_unlisted(tokens, places, text=words, table=table)]
    >>> names("in Jabrajil and Lachin"), names("in Lachin, Hasanabad and Fuzuli"), names("in the Jabrajil district")
    (['Jabrajil'], ['Hasanabad'], ['Jabrajil'])
    >>> names("in Lachin and Turkish sappers"), names("in Lachin, ANAMA said")
    ([], [])
    """
    if not table.whole:
        return []
    first, last = {one.first for one in found}, {one.last for one in found}
    unlisted = []
    for at, token in enumerate(tokens):
        if token.tags or token.kind != "w" or at in first or not _may_be_a_name(token, text=text):
            continue
        after_place = _skip(tokens, at - 1, step=-1) in last
        before_place = _skip(tokens, at + 1, step=1) in first
        before_noun = at + 1 < len(tokens) and tokens[at + 1].has("g:neighbour")
        enclosed = after_place and before_place
        if (enclosed or ((after_place or before_place or before_noun) and _is_near(token.text, table))) \
                and place_at(tokens, at, text=text, table=table) is None:  # a name left out is no place of the figures
            unlisted.append(Found(at, at, token.start, token.end, None, text[token.start:token.end]))
    return unlisted


def _may_be_a_name(token: Token, *, text: str) -> bool:
    word = text[token.start:token.end]
    return len(word) >= _SHORTEST and word[0].isupper() and not word.isupper()


def _skip(tokens: Sequence[Token], at: int, *, step: int) -> int | None:
    """Return the position beyond the comma or "and" at a position, ``None`` where nothing joins there."""
    joined = False
    while 0 <= at < len(tokens) and (tokens[at].text == "," or tokens[at].has("g:and")):
        joined, at = True, at + step
    return at if joined else None


@lru_cache(maxsize=4096)
def _is_near(word: str, table: NameTable) -> bool:
    return bool(near_spellings(word, table.whole, limit=1, cutoff=_NEAR))
