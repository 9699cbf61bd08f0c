"""The one pass over a text: numbers, words with the tags of their terms, dates in digits, marks, line ends.

Folding keeps every character in its place, so a token's span is a span of the cleaned text. Time is linear in the
length of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.places import fold
from clearance_atlas.statements.quantities import NUMBER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.lexicon import Lexicon, Node

_TOKEN = re.compile(
    rf"""
    (?P<d>(?:19|20)\d\d-\d\d-\d\d(?!\d) | \d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d(?!\d))   # 2024-07-01, 01.07.2024
  | (?P<t>\d{{1,2}}:\d\d(?::\d\d)?(?!\d))                                                # 17:42
  | (?P<o>\d{{1,2}}(?:st|nd|rd|th)(?![^\W_]))                                            # 1st
  | (?P<c>[^\W\d_]{{1,3}}-\d+[^\W\d_]?(?![^\W_]) | \d+[^\W\d_]\d+\w*)                    # BM-21, 9N235
  | (?P<n>{NUMBER})
  | (?P<w>[kк]?[mм]2(?![^\W_]) | [^\W\d_]+)
  | (?P<s>\n+)
  | (?P<p>[^\w\s])
    """,
    re.VERBOSE,
)
_MONTH_SPLIT = re.compile(r"(\d{1,2}) (\d{3}(?: \d{3})*(?:[.,]\d+)?)")
_LOWER = "a-zа-яёəıöüçşğ"
_RUN_TOGETHER = re.compile(rf"([^\W\d_][{_LOWER}]{{3,}})[A-ZА-ЯЁƏİÖÜÇŞĞ][{_LOWER}]{{3,}}")
_TWO_NAMES = 8  # letters
_DASHES = frozenset("-–—")
_SIGNS = frozenset("%$€£₼₴₺&")
_WEAPON = re.compile(r"[^\W\d_]{1,3}-\d")
_LONGEST_PHRASE = 8
_SHORTEST_PART = 4
_LONGEST_WORD = 40
_LONGEST_GLUE = 6
_OPENS_MANY = 6
_EMPTY: frozenset[str] = frozenset()
_MEASURES = frozenset({"ap", "at", "mine", "uxo", "ordnance", "submunition"})


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of text with its meaning.

    ``kind``: ``n`` number, ``w`` word or term, ``d`` date in digits, ``p`` mark, ``s`` line end, ``o`` ordinal, ``t``
    time of day, ``c`` code; later passes add ``D`` (a period expression) and ``L`` (a place). ``ref`` points to what a
    later pass found.
    """

    kind: str
    start: int
    end: int
    text: str
    tags: frozenset[str] = _EMPTY
    value: Decimal | None = None
    ref: int = -1

    def has(self, *tags: str) -> bool:
        """Say whether the token has one of the tags."""
        return bool(self.tags) and not self.tags.isdisjoint(tags)


def tokenize(text: str, *, lexicon: Lexicon) -> list[Token]:
    """Return the tokens of a cleaned text, terms of several words as one token each.

    >>> from clearance_atlas.statements.lexicon import load_lexicon
    >>> [t.text for t in tokenize("254hectares, 28 anti-tank mines", lexicon=load_lexicon("en"))]
    ['254', 'hectares', ',', '28', 'anti-tank', 'mines']
    """
    folded = fold(text)
    tagged = _tag(_split(folded, text, lexicon=lexicon), folded=folded, lexicon=lexicon)
    if not lexicon.lettered:
        return tagged
    return [_lettered(token, text, lexicon=lexicon) if token.text in lexicon.lettered else token for token in tagged]


def _lettered(token: Token, text: str, *, lexicon: Lexicon) -> Token:
    """Add the tag of a term that counts only with its own letters."""
    printed, tag = lexicon.lettered[token.text]
    found = text[token.start:token.end]
    return with_tags(token, tag) if found == printed or found.lower() == printed else token


def _split(folded: str, text: str, *, lexicon: Lexicon) -> list[Token]:
    tokens: list[Token] = []
    for match in _TOKEN.finditer(folded):
        kind = match.lastgroup or "p"
        start, end = match.span()
        if kind == "w":
            cut = end - start >= _TWO_NAMES and not text[start + 1:end].islower() and _capital_within(text[start:end])
            for first, last in ((start, start + cut), (start + cut, end)) if cut else ((start, end),):
                tokens += _words(folded[first:last], first, lexicon=lexicon)
        elif kind == "n" and tokens and " " in match[0] and _after_month(tokens, lexicon=lexicon):
            tokens += _day_and_number(match[0], start)
        elif kind == "c" and not _is_code(match[0], lexicon=lexicon):
            tokens += [Token(m.lastgroup or "p", start + m.start(), start + m.end(), m[0])
                       for m in re.finditer(rf"(?P<n>{NUMBER})|(?P<w>[^\W\d_]+)|(?P<p>-)", match[0])]
        else:
            tokens.append(Token(kind, start, end, match[0]))
    return tokens


def _capital_within(word: str) -> int:
    """Return where a capital begins a second name in one word, as print runs them together, or 0: "BardaTovuz"."""
    match = _RUN_TOGETHER.fullmatch(word)
    return match.end(1) if match else 0


def _after_month(tokens: Sequence[Token], *, lexicon: Lexicon) -> bool:
    """Say whether a number follows an English month: "July 4 310 mines" is a day and a number, as "July 1-4 310" is."""
    if lexicon.code != "en":
        return False
    span = len(tokens) > 2 and tokens[-1].text in _DASHES and tokens[-2].kind == "n"  # noqa: PLR2004  month, day, dash
    return any(tag.startswith("month:") for key in lexicon.keys(tokens[-3 if span else -1].text)
               if (node := lexicon.root.following.get(key)) for tag in node.tags)


def _day_and_number(raw: str, start: int) -> list[Token]:
    match = _MONTH_SPLIT.fullmatch(raw)
    if match is None:
        return [Token("n", start, start + len(raw), raw)]
    return [Token("n", start + match.start(k), start + match.end(k), match[k]) for k in (1, 2)]


def _is_code(raw: str, *, lexicon: Lexicon) -> bool:
    """Say whether letters and digits form one name (``BM-21``) and no short word before a number (``mai-12``)."""
    letters = raw.partition("-")[0]
    return not (_WEAPON.match(raw) and len(letters) > 1 and lexicon.keys(letters))


def _words(word: str, start: int, *, lexicon: Lexicon) -> list[Token]:
    cut = _seam(lexicon, word)
    if not cut:
        return [Token("w", start, start + len(word), word)]
    return [Token("w", start, start + cut, word[:cut]), Token("w", start + cut, start + len(word), word[cut:])]


@lru_cache(maxsize=1 << 16)
def _seam(lexicon: Lexicon, word: str) -> int:
    """Return where two words were run together ("of|war", "mines|there"), or 0."""
    if len(word) <= _SHORTEST_PART or len(word) > _LONGEST_WORD or word in lexicon.glue:
        return 0
    if any(not key.endswith("*") for key in lexicon.keys(word)):
        return 0
    for end in range(1, min(len(word) - _SHORTEST_PART, _LONGEST_GLUE) + 1):
        if word[:end] in lexicon.glue and end > 1 and _is_term(lexicon, word[end:]):
            return end
    for end in range(_SHORTEST_PART, len(word) - 1):
        if word[end:] in lexicon.glue and len(word) - end > 1 and _is_term(lexicon, word[:end]):
            return end
    return next((end for end in range(len(word) - _SHORTEST_PART, 1, -1)
                 if _counts(lexicon, word[:end]) and _begins_measure(lexicon, word[end:])), 0)


def _counts(lexicon: Lexicon, word: str) -> bool:
    """Say whether a word is a number in full: print runs "oneanti-personnel" together, too."""
    node = lexicon.root.following.get(lexicon.exact.get(word, ""))
    return node is not None and any(tag.startswith("num:") for tag in node.tags)


def _begins_measure(lexicon: Lexicon, word: str) -> bool:
    """Say whether a word is, or begins, a term of ordnance or area: "anti" of "anti-tank"."""
    return _is_term(lexicon, word) or any(
        tag in _MEASURES for key in lexicon.keys(word) if not key.endswith("*")
        if (first := lexicon.root.following.get(key)) for node in first.following.values() for tag in node.tags)


def _is_term(lexicon: Lexicon, word: str) -> bool:
    """Say whether a word alone is a term of a measure, unit or month, exactly or with a noun ending."""
    node: Node | None
    for key in lexicon.keys(word):
        node = lexicon.root.following.get(key)
        if node and not key.endswith("*") and (_opens_terms(node) or any(
                (":" not in tag and "!" not in tag) or tag.startswith("month:") for tag in node.tags)):
            return True
    return False


def _opens_terms(node: Node) -> bool:
    """Say whether many terms of measures begin with a word that is none itself: "anti" of "anti-tank"."""
    return sum(any(":" not in tag and "!" not in tag for tag in after.tags)
               for after in node.following.values()) >= _OPENS_MANY


def _tag(tokens: list[Token], *, folded: str, lexicon: Lexicon) -> list[Token]:
    tagged: list[Token] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        length, tags = (0, _EMPTY)
        if token.kind in "wo" or token.text in _SIGNS:
            length, tags = _longest(tokens, position, lexicon=lexicon)
        if length:
            end = tokens[position + length - 1].end
            kind = "o" if token.kind == "o" and length == 1 else "w"
            tagged.append(Token(kind, token.start, end, folded[token.start:end], tags, _word_value(tags)))
        else:
            tagged.append(token)
        position += length or 1
    return tagged


def _word_value(tags: frozenset[str]) -> Decimal | None:
    return next((Decimal(tag[4:]) for tag in tags if tag.startswith("num:")), None)


def _longest(tokens: list[Token], position: int, *, lexicon: Lexicon) -> tuple[int, frozenset[str]]:
    """Return the number of tokens and the tags of the longest term that begins here."""
    best, tags = 0, _EMPTY
    states = [lexicon.root]
    at = position
    while at < len(tokens) and states and at - position < _LONGEST_PHRASE:
        token = tokens[at]
        if token.kind == "p" and token.text in "-.'" and at > position:
            at += 1
            continue
        if token.kind not in "wo" and token.text not in _SIGNS:
            break
        keys = lexicon.keys(token.text) if token.kind == "w" else (token.text,)
        states = [node.following[key] for node in states for key in keys if key in node.following]
        at += 1
        found = [node.tags for node in states if node.tags]
        if found:
            best, tags = at - position, _EMPTY.union(*found)
    return best, tags


def with_tags(token: Token, *tags: str) -> Token:
    """Return the token with further tags."""
    return replace(token, tags=token.tags | set(tags))
