"""Paragraphs and sentences of a cleaned text, as half-open spans of its characters. Linear in its length."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from clearance_atlas.config import resource

_LINE = re.compile("[^\n]+")
# A sentence may end at stops with closing quotes, before white space; or at a stop fused to the next capital.
_STOP = re.compile(r"[.!?…]+[\"'»)\]]*(?=\s|$)|(?<=[^\W\d_][^\W\d_])[.!?](?=[^\W\d_][^\W\d_])")
_LAST_WORD = re.compile(r"[^\s(\"'–]*\Z")
_NEXT = re.compile(r"\s*[\"'(\[–-]*\s?(.?)")
_NUMBER = re.compile(r"\d[\d.,]*\Z")
_ORDINALS = frozenset({"1", "2", "3", "4"})
_WORD = re.compile(r"\s+([^\W\d_]+)")
_FUSED = re.compile(r"[^\W\d_]+")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_LONGEST_WORD = 24


class Span(NamedTuple):
    """A half-open span of characters of a cleaned text."""

    start: int
    end: int


@cache
def _abbreviations() -> dict[str, frozenset[str]]:
    """Return abbreviations by kind; the kinds are explained in ``data/languages.toml``."""
    path = resource("data") / "languages.toml"
    raw = tomllib.loads(path.read_text("utf-8"))["abbreviations"]
    return {kind: frozenset(words) for kind, words in raw.items()}


def paragraphs(text: str) -> list[Span]:
    r"""Return the paragraphs of a cleaned text: its lines that are not empty.

    >>> paragraphs("One.\n\nTwo.")
    [Span(start=0, end=4), Span(start=6, end=10)]
    """
    return [Span(*match.span()) for match in _LINE.finditer(text) if not match[0].isspace()]


def sentences(text: str, *, start: int = 0, end: int | None = None) -> list[Span]:
    """Return the sentences of a cleaned text, or of the part of it between ``start`` and ``end``.

    No sentence crosses a line. A full stop after an abbreviation, an initial or within a number ends none.

    >>> [text[a:b] for text in ["On 3 Nov. 2020 Lt-Gen. A. Bey spoke. 5 ha. were cleared."] for a, b in sentences(text)]
    ['On 3 Nov. 2020 Lt-Gen. A. Bey spoke.', '5 ha. were cleared.']
    """
    stop = len(text) if end is None else end
    found: list[Span] = []
    for line in _LINE.finditer(text, start, stop):
        _split_line(text, *line.span(), found=found)
    return found


def _split_line(text: str, start: int, end: int, *, found: list[Span]) -> None:
    begin = start
    for match in _STOP.finditer(text, start, end):
        if _ends_sentence(text, match, end=end):
            _add(text, begin, match.end(), found=found)
            begin = match.end()
    _add(text, begin, end, found=found)


def _add(text: str, begin: int, end: int, *, found: list[Span]) -> None:
    while begin < end and text[begin].isspace():
        begin += 1
    while begin < end and text[end - 1].isspace():
        end -= 1
    if begin < end:
        found.append(Span(begin, end))


def _ends_sentence(text: str, match: re.Match[str], *, end: int) -> bool:
    following = _NEXT.match(text, match.end(), end)
    character = following[1] if following else ""
    if not character:
        return True
    fused = not text[match.end()].isspace()
    if fused:
        return text[match.start() - 1].islower() and character.isupper() and text[match.end() + 1].islower() \
            and not _is_page(text, match)
    if character.islower():
        return False
    return match[0][0] != "." or not _is_abbreviation(text, match, character=character)


def _is_page(text: str, match: re.Match[str]) -> bool:
    """Say whether the full stop stands within the name of a page in the net: ``Day.Az``."""
    before = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    after = _FUSED.match(text, match.end())
    return bool(before and after and before[0][:1].isupper() and after[0].lower() in _abbreviations()["domain"])


def _is_abbreviation(text: str, match: re.Match[str], *, character: str) -> bool:
    """Say whether the full stop belongs to the word before it, given the next character (no lower-case letter)."""
    before = _LAST_WORD.search(text, max(0, match.start() - _LONGEST_WORD), match.start())
    raw = before[0] if before else ""
    word = raw.rpartition("-")[2].lower() if "-" in raw else raw.lower()
    if not word or match[0] != ".":
        return False
    kinds = _abbreviations()
    follows_number = _NUMBER.search(text[max(0, match.start() - len(raw) - 8):match.start() - len(raw)].rstrip())
    if raw in _ORDINALS and (following := _WORD.match(text, match.end())):
        return following[1].lower() in kinds["after_ordinal"]  # "2. Karabağ Savaşı"
    if word in kinds["before_number"]:
        return character.isdigit()
    if word in kinds["unit"] and follows_number:
        return not character.isupper()
    if len(raw) == 1 and raw.isupper():
        return character.isupper()
    return bool(_INITIALS.fullmatch(raw)) or word in kinds["before_name"]
