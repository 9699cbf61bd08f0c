r"""Cleaning: small steps that make a text ready for reading and never lose the way back to it.

Each step takes the text so far and answers either a text of the same length or a list of edits; the steps run in the
order of ``STEPS``. After them the text has composed letters, ``\n`` line ends, no invisible characters, plain spaces,
``"`` and ``'`` for quotes, ``-`` for hyphen and minus, ``–`` for every longer dash, ASCII digits, words in one script,
and one line a paragraph: lines that were only wrapped are joined.

Time is linear in the length of the text for every step.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from clearance_atlas.documents.wrapping import unwrap
from clearance_atlas.model import CleanedText

if TYPE_CHECKING:
    from collections.abc import Callable

    from clearance_atlas.model import Document

Edit = tuple[int, int, str]

# Soft hyphen, zero-width and bidirectional controls, byte order mark, variation selectors, keycaps, tags, others.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u20e3\ufe00-\ufe0f\ufeff"
    "\U000e0000-\U000e007f]+"
)
_NEWLINE = re.compile("\r\n?")
_MARKS = "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
# At most 30 marks a letter (Unicode's stream-safe limit): canonical ordering of a longer run is quadratic.
_DECOMPOSED = re.compile(f"[^{_MARKS}\n][{_MARKS}]{{1,30}}")
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_LETTERS = re.compile("[A-Za-z\u00c0-\u02af\u0400-\u052f]+")
_CYRILLIC = re.compile("[\u0400-\u052f]")
_SPACES = re.compile(" {2,}")
_BREAKS = re.compile("\n[ \n]*")

_LATIN_LOOKALIKES = "aceopxyABCEHIKMOPTXYSJijsəƏ"
_CYRILLIC_LOOKALIKES = "асеорхуАВСЕНІКМОРТХУЅЈіјѕәӘ"
_TO_LATIN = str.maketrans(_CYRILLIC_LOOKALIKES, _LATIN_LOOKALIKES)
_TO_CYRILLIC = str.maketrans(_LATIN_LOOKALIKES, _CYRILLIC_LOOKALIKES)


def _plain_characters() -> dict[int, str]:
    """Return the characters that are exchanged one for one, by code point."""
    table = dict.fromkeys(map(ord, "\t\u00a0\u1680\u202f\u205f\u3000"), " ")
    table.update(dict.fromkeys(range(0x2000, 0x200B), " "))
    table.update(dict.fromkeys(map(ord, "\x0b\x0c\x85\u2028\u2029"), "\n"))
    table.update(dict.fromkeys(map(ord, "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u275d\u275e\u301d\u301e"), '"'))
    table.update(dict.fromkeys(map(ord, "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`"), "'"))
    table.update(dict.fromkeys(map(ord, "\u2010\u2011\u2212\ufe63"), "-"))
    table.update(dict.fromkeys(map(ord, "\u2012\u2014\u2015"), "\u2013"))
    table.update({0xFF01 + k: chr(0x21 + k) for k in range(0x5E)})  # full-width forms
    table[0xFF40] = "'"  # no result may be exchanged again: the order of exchanges is free
    for zero in (0x0660, 0x06F0, 0x0966, 0x09E6):  # Arabic-Indic, its eastern form, Devanagari, Bengali
        table.update({zero + digit: str(digit) for digit in range(10)})
    table.update({0x066A: "%", 0x066B: ".", 0x066C: ","})
    return table


_PLAIN = {chr(code): plain for code, plain in _plain_characters().items()}


def _drop_invisible(text: str) -> list[Edit]:
    return [(*match.span(), "") for match in _INVISIBLE.finditer(text)]


def _compose(text: str) -> list[Edit]:
    return [(*match.span(), unicodedata.normalize("NFC", match[0])) for match in _DECOMPOSED.finditer(text)]


def _unify_newlines(text: str) -> list[Edit]:
    return [(*match.span(), "\n") for match in _NEWLINE.finditer(text)]


def _plain(text: str) -> str:
    # A text has few of these characters; replacing each is far faster than translating all.
    for character in _PLAIN.keys() & set(text):
        text = text.replace(character, _PLAIN[character])
    return text


def _expand_ligatures(text: str) -> list[Edit]:
    return [(*match.span(), unicodedata.normalize("NFKC", match[0])) for match in _LIGATURE.finditer(text)]


def _one_script(text: str) -> str:
    """Bring a word that mixes Latin and Cyrillic look-alikes to one script, where all its letters allow it."""
    if _CYRILLIC.search(text) is None:
        return text
    return _LETTERS.sub(lambda match: _word_in_one_script(match[0]), text)


def _word_in_one_script(word: str) -> str:
    cyrillic = len(_CYRILLIC.findall(word))
    if cyrillic in (0, len(word)):
        return word
    latin_form, cyrillic_form = word.translate(_TO_LATIN), word.translate(_TO_CYRILLIC)
    if _CYRILLIC.search(latin_form) is None:
        return latin_form
    return cyrillic_form if len(_CYRILLIC.findall(cyrillic_form)) == len(word) else word


def _collapse_spaces(text: str) -> list[Edit]:
    return [(*match.span(), " ") for match in _SPACES.finditer(text)]


def _tidy_breaks(text: str) -> list[Edit]:
    """Take spaces away from line ends; keep at most one empty line."""
    edits = []
    for match in _BREAKS.finditer(text):
        start = match.start() - (text[match.start() - 1:match.start()] == " ")
        breaks = "\n\n" if match[0].count("\n") > 1 else "\n"
        if text[start:match.end()] != breaks:
            edits.append((start, match.end(), breaks))
    return edits


STEPS: tuple[Callable[[str], str | list[Edit]], ...] = (
    _drop_invisible,
    _unify_newlines,
    _plain,
    _expand_ligatures,
    _compose,
    _one_script,
    _compose,  # again: letters that changed script may take their marks now
    _collapse_spaces,
    _tidy_breaks,
    unwrap,
)


def clean(text: str, *, start: int = 0, end: int | None = None) -> CleanedText:
    """Clean ``text[start:end]`` and keep, for each character left, where it began in ``text``.

    Parameters
    ----------
    text
        The text as published.
    start, end
        The part to clean, in code points; by default all of it. Offsets count from the beginning of ``text``.

    Returns
    -------
    CleanedText
        The cleaned text and its offsets, one more than it has characters.

    >>> cleaned = clean("1\u00a0039,5\u00adha")
    >>> cleaned.text
    '1 039,5ha'
    >>> cleaned.offsets
    (0, 1, 2, 3, 4, 5, 6, 8, 9, 10)
    """
    stop = len(text) if end is None else end
    current = text[start:stop]
    offsets = list(range(start, stop + 1))
    for step in STEPS:
        result = step(current)
        if isinstance(result, str):
            current = result
        elif result:
            current, offsets = _apply(current, offsets, result)
    return CleanedText(text=current, offsets=tuple(offsets))


def uncleaned(text: str) -> CleanedText:
    """Return a text as it is, with its own positions as offsets: tables are read cell by cell.

    >>> uncleaned("a;b").offsets
    (0, 1, 2, 3)
    """
    return CleanedText(text=text, offsets=tuple(range(len(text) + 1)))


def _apply(text: str, offsets: list[int], edits: list[Edit]) -> tuple[str, list[int]]:
    """Carry out edits (in order, not overlapping) on the text and its offsets alike."""
    pieces: list[str] = []
    starts: list[int] = []
    last = 0
    for start, end, new in edits:
        pieces += (text[last:start], new)
        starts += offsets[last:start]
        starts += [offsets[min(start + k, end - 1)] for k in range(len(new))]
        last = end
    pieces.append(text[last:])
    starts += offsets[last:]
    return "".join(pieces), starts


def source_span(document: Document, start: int, end: int) -> tuple[int, int]:
    """Return where a half-open span of the cleaned text lies in ``document.text``.

    Invisible characters and white space at either end are left out, so that the words of a statement begin and end
    with something to be seen.

    Raises
    ------
    ValueError
        If the span does not lie within the cleaned text.
    """
    cleaned, text = document.cleaned, document.text
    if not 0 <= start <= end <= len(cleaned.text):
        raise ValueError(f"{document.document_id}: no span {start} to {end} in {len(cleaned.text)} characters")
    first, last = cleaned.offsets[start], cleaned.offsets[end]
    while first < last and _is_unseen(text[last - 1]):
        last -= 1
    while first < last and _is_unseen(text[first]):
        first += 1
    return first, last


def _is_unseen(character: str) -> bool:
    return not character.isalnum() and (character.isspace() or _INVISIBLE.match(character) is not None)


def fold(text: str) -> str:
    """Return the text in lower case with every character still in its place.

    ``str.lower`` makes two characters of ``İ`` and shifts all that follows; here it becomes ``i``.

    >>> fold("İSMAYILLI, Şuşa, ШУША"), len(fold("İ"))
    ('ismayilli, şuşa, шуша', 1)
    """
    return text.replace("İ", "i").lower()


_TO_ASCII = str.maketrans("əıöüşçğâîûёәў", "eiouscgaiueeу")


def fold_letters(text: str) -> str:
    """Return ``fold(text)`` with Azerbaijani and Turkish letters as their bare forms, length kept.

    For words printed without their letters: ``erazilerde`` and ``ərazilərdə`` become the same.

    >>> fold_letters("Ərazilərdə"), fold_letters("Qubadlı")
    ('erazilerde', 'qubadli')
    """
    return fold(text).translate(_TO_ASCII)
