"""Exact matching of place names over spellings, letters lost in print, and scripts.

A name is in the alias table or it is not; near spellings only tell what an unlisted name may mean. Folding maps every
code point to exactly one code point, so that a position in folded text is the same position in the text as published.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

# Letters that print often loses or replaces, after lower-casing. The last two lines are Azerbaijani and Turkish letters
# of Windows-1254 text that was read as Windows-1252, and the Cyrillic schwa inside Latin words.
_REPLACEMENTS = (
    ("ə", "e"), ("ı", "i"), ("ö", "o"), ("ü", "u"), ("ğ", "g"), ("ş", "s"), ("ç", "c"),
    ("ё", "е"), ("â", "a"), ("î", "i"), ("û", "u"), ("é", "e"),
    ("\u2019", "'"), ("\u02bc", "'"), ("\u2010", "-"), ("\u2011", "-"), ("\u00a0", " "), ("\u202f", " "),
    ("ý", "i"), ("þ", "s"), ("ð", "g"),
    ("ә", "e"),
)  # fmt: skip

# Cyrillic letters that look like a Latin one, with that letter.
_LOOKALIKES = {"а": "a", "в": "b", "е": "e", "к": "k", "м": "m", "н": "h", "о": "o", "р": "p", "с": "c", "т": "t",
               "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s"}  # fmt: skip
_LATIN_OF = str.maketrans(_LOOKALIKES)
_CYRILLIC_OF = str.maketrans({latin: cyrillic for cyrillic, latin in _LOOKALIKES.items()})
_WORD = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[a-z]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_MIXED = re.compile(r"[a-z][\u0400-\u04ff]|[\u0400-\u04ff][a-z]")


def fold(text: str) -> str:
    """Return the text in the form in which names are compared, code point for code point.

    Lower case without the growth of ``İ``; letters that print loses (ə, ı, ö, ü, ğ, ş, ç, ё) become the letters that
    print puts in their place; typographic apostrophes, hyphens and no-break spaces become plain ones.
    Feed it composed text (NFC): a combining mark stays a code point of its own.

    >>> fold("Füzuli"), fold("FÜZULİ"), fold("Fuzuli")
    ('fuzuli', 'fuzuli', 'fuzuli')
    >>> len(fold("İİ Xankəndi")) == len("İİ Xankəndi")
    True
    """
    folded = text.replace("İ", "i").lower()
    if folded.isascii():
        return folded
    for letter, plain in _REPLACEMENTS:
        folded = folded.replace(letter, plain)
    return folded


def repair_mixed_script(folded: str) -> str:
    """Return folded text whose words are each in one script, code point for code point.

    A word with both Latin and Cyrillic letters takes the script that it has more of, where every stray letter looks
    like one of that script; other words stay as they are.

    >>> repair_mixed_script(fold("АNАМA Аgdаm")) == "anama agdam"
    True
    >>> repair_mixed_script("агдам agdam")
    'агдам agdam'
    """
    return _WORD.sub(lambda match: _one_script(match[0]), folded) if _MIXED.search(folded) else folded


def _one_script(word: str) -> str:
    latin, cyrillic = len(_LATIN.findall(word)), len(_CYRILLIC.findall(word))
    if not latin or not cyrillic:
        return word
    as_latin, as_cyrillic = word.translate(_LATIN_OF), word.translate(_CYRILLIC_OF)
    candidates = [(as_cyrillic, _LATIN), (as_latin, _CYRILLIC)]
    if latin >= cyrillic:
        candidates.reverse()
    return next((form for form, strange in candidates if not strange.search(form)), word)


def alias_keys(name: str) -> tuple[str, ...]:
    """Return the folded forms under which one spelling is listed.

    A hyphen may be printed as a space and the reverse.

    >>> alias_keys("Khan-Kendi")
    ('khan-kendi', 'khan kendi')
    """
    key = " ".join(fold(name).split())
    return tuple(dict.fromkeys((key, key.replace("-", " "))))


def transliterations(name: str, *, letters: Mapping[str, Sequence[str]]) -> list[str]:
    """Return every folded spelling of a name with each of its letters written in each of the ways given.

    Of several entries of ``letters`` that fit at one position the first listed is taken.

    >>> transliterations("Xocalı", letters={"x": ("kh", "h"), "c": ("j",), "ı": ("i", "y")})
    ['khojali', 'khojaly', 'hojali', 'hojaly']
    """
    known = "|".join(map(re.escape, letters))
    pieces = re.findall(f"{known}|.", name.replace("İ", "i").lower(), re.DOTALL)
    return ["".join(map(fold, choice)) for choice in product(*(letters.get(piece, (piece,)) for piece in pieces))]


def alias_table(names: Iterable[tuple[str, str]]) -> tuple[dict[str, str], list[str]]:
    """Return folded alias to code for (spelling, code) pairs, and the aliases that two codes claim.

    A claimed alias is left out of the table: exactly one candidate, or unresolved.

    >>> alias_table([("Şuşa", "AZ-SUS"), ("Shusha", "AZ-SUS"), ("Varanda", "AZ-FUZ"), ("Varanda", "AZ-XVD")])
    ({'susa': 'AZ-SUS', 'shusha': 'AZ-SUS'}, ['varanda'])
    """
    claims: dict[str, set[str]] = {}
    for name, code in names:
        for key in alias_keys(name):
            if key:
                claims.setdefault(key, set()).add(code)
    table = {key: next(iter(codes)) for key, codes in claims.items() if len(codes) == 1}
    return table, sorted(key for key, codes in claims.items() if len(codes) > 1)


def near_spellings(word: str, spellings: Iterable[str], *, limit: int, cutoff: float) -> list[str]:
    """Return the spellings nearest to a word, the best first, as :func:`difflib.get_close_matches` finds them.

    A spelling with too few letters of the word cannot be near to it (Ratcliff and Obershelp's ratio is twice the
    letters in common over all letters), which is quicker to see than how near it is.

    >>> near_spellings("jabrajil", ["jabrayil", "barda", "lachin"], limit=2, cutoff=0.8)
    ['jabrayil']
    """
    letters, length = frozenset(word), len(word)
    able = [one for one in spellings if 2 * sum(map(letters.__contains__, one)) >= cutoff * (length + len(one))]
    return difflib.get_close_matches(word, able, n=limit, cutoff=cutoff)
