"""Line wraps: which line ends are only the width of a page, and which end a paragraph, a heading or a table row."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Wider lines than this are not wrapped by a page; narrower "widths" are lists, not text.
_WIDEST, _NARROWEST = 120, 45
# A block is set to the width when it has so many lines, and so large a share of them is that full.
_SET_LINES, _FULL = 4, 0.6
_LONGEST_WORD = 40

_LINE = re.compile("[^\n]+")
_SENTENCE_END = tuple(".!?…")
_ITEM = re.compile(r"(?:[-–•*·▪●|>#+]|\d{1,3}[.)])\s")
_ROW = re.compile(r"[^.:|]{1,60}(?:: ?| [-–] )(?:\d[\d ., ]{0,20})(?: ?\w{1,9}\.?)?,?$")
_BEFORE_HYPHEN = re.compile(r"[^\W\d_]+\Z")
_AFTER_HYPHEN = re.compile(r"[^\W\d_]+")
_WORDS = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def unwrap(text: str) -> list[tuple[int, int, str]]:
    """Return the edits that join wrapped lines.

    A line end joins two lines of one block when the next line goes on in lower case after no end of a sentence, or
    when the text is set to a width and the next word would not have fitted. List items and rows of the form
    ``name: number`` stay apart. A hyphen at a line end is taken away only where the document itself writes the joined
    word elsewhere; otherwise it stays, as in ``anti-tank``.
    """
    if "\n" not in text:
        return []
    hyphens = _hyphen_edits(text)
    blocks = list(_blocks(text))
    width = max((end - start for block in blocks for start, end in block), default=0)
    width = width if _NARROWEST <= width <= _WIDEST else 0
    edits: list[tuple[int, int, str]] = []
    for block in blocks:
        is_set = bool(width) and (_is_set_to_width(block, width=width) or _runs_on(text, block))
        for (start, end), (following, stop) in pairwise(block):
            if end in hyphens:
                edits.append(hyphens[end])
            elif _is_wrap(text[start:end], text[following:stop], width=width,
                          # A short first line is a heading.
                          is_set=is_set and (start > block[0][0] or end - start >= _FULL * width)):
                edits.append((end, following, " "))
    return edits


def _blocks(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield runs of lines with no empty line between them, each line as a span."""
    block: list[tuple[int, int]] = []
    for match in _LINE.finditer(text):
        if block and match.start() != block[-1][1] + 1:
            yield block
            block = []
        block.append(match.span())
    if block:
        yield block


def _is_set_to_width(block: list[tuple[int, int]], *, width: int) -> bool:
    """Say whether most lines of a block fill most of the width, as in a text wrapped by an editor."""
    full = sum(end - start >= _FULL * width for start, end in block[:-1])
    return len(block) >= _SET_LINES and full >= _FULL * (len(block) - 1)


def _runs_on(text: str, block: list[tuple[int, int]]) -> bool:
    """Say whether at least half of the line ends of a block stand in mid-sentence: some editor wrapped it all."""
    broken = sum(text[following].islower() and not text[start:end].endswith(_SENTENCE_END)
                 for (start, end), (following, _) in pairwise(block))
    return len(block) >= _SET_LINES and 2 * broken >= len(block) - 1


def _is_wrap(line: str, following: str, *, width: int, is_set: bool) -> bool:
    if _ITEM.match(following) or (_ROW.fullmatch(line[:100]) and _ROW.fullmatch(following[:100])):
        return False
    if line.endswith(_SENTENCE_END):
        return _would_not_fit(line, following, width=width)
    return is_set or following[0].islower() or line[-1] == "," or _would_not_fit(line, following, width=width)


def _would_not_fit(line: str, following: str, *, width: int) -> bool:
    """Say whether the first word of the next line had no room on this one."""
    first_word = following.find(" ") if " " in following[:_LONGEST_WORD] else min(len(following), _LONGEST_WORD)
    return bool(width) and len(line) + 1 + first_word > width


def _hyphen_edits(text: str) -> dict[int, tuple[int, int, str]]:
    """Return edits for words broken by a hyphen at a line end, by the position of the line end."""
    edits: dict[int, tuple[int, int, str]] = {}
    words: set[str] = set()
    hyphen = text.find("-\n")
    while hyphen >= 0:
        before = _BEFORE_HYPHEN.search(text, max(0, hyphen - _LONGEST_WORD), hyphen)
        after = _AFTER_HYPHEN.match(text, hyphen + 2, hyphen + 2 + _LONGEST_WORD)
        if before and after and after[0][0].islower():
            words = words or {match[0].lower() for match in _WORDS.finditer(text)}
            joined = (before[0] + after[0]).lower() in words
            edits[hyphen + 1] = (hyphen if joined else hyphen + 1, hyphen + 2, "")
        hyphen = text.find("-\n", hyphen + 2)
    return edits
