"""Fingerprints of paragraphs, to see what one document repeats from another: boilerplate and background.

A paragraph is reduced to its words, every number to one sign, and those to overlapping groups of three; the smallest
hashes of the groups are its sketch (bottom-k sketch: Broder 1997; Cohen and Kaplan 2007). Two paragraphs that share
most of their sketch are near twins even where a number was updated; whether their numbers are the same is kept apart.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING

from clearance_atlas.documents.cleaning import fold_letters
from clearance_atlas.documents.segmentation import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.model import Document

SKETCH_SIZE = 24
NEAR_TWIN = 0.5
"""Least share of the sketch in common for two paragraphs to be called near twins."""

_SHINGLE = 3
_FEWEST_WORDS = 6
_LONGEST_PARAGRAPH = 20_000
# A hash that more documents share than this tells nothing about any two of them.
_TOO_COMMON = 50
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """Sketch of one paragraph, its span in the cleaned text, and the numbers in it as printed."""

    document_id: str
    start: int
    end: int
    sketch: tuple[int, ...]
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twin:
    """The paragraph of another document that is nearest to one: how near (0 to 1), and whether all numbers agree."""

    document_id: str
    start: int
    end: int
    similarity: float
    same_numbers: bool


def fingerprints(document: Document) -> tuple[Fingerprint, ...]:
    """Return a fingerprint of each paragraph of at least six words; rows of a table are no paragraphs."""
    found: list[Fingerprint] = []
    if document.media_type in ("text/csv", "application/x-ndjson"):
        return ()
    for start, end in paragraphs(document.cleaned.text):
        tokens = _TOKEN.findall(fold_letters(document.cleaned.text[start:min(end, start + _LONGEST_PARAGRAPH)]))
        if len(tokens) >= _FEWEST_WORDS:
            numbers = tuple(token for token in tokens if token[0].isdigit())
            found.append(Fingerprint(document.document_id, start, end, _sketch(tokens), numbers))
    return tuple(found)


def _sketch(tokens: Sequence[str]) -> tuple[int, ...]:
    words = ["0" if token[0].isdigit() else token for token in tokens]
    groups = {" ".join(words[k:k + _SHINGLE]) for k in range(len(words) - _SHINGLE + 1)}
    hashes = sorted(int.from_bytes(blake2b(group.encode(), digest_size=8).digest(), "big") for group in groups)
    return tuple(hashes[:SKETCH_SIZE])


def similarity(one: Fingerprint, other: Fingerprint) -> float:
    """Return the estimated Jaccard similarity of two paragraphs: of the smallest hashes of both, the share in common.

    0 for nothing in common, 1 for the same groups of words.
    """
    smallest = sorted({*one.sketch, *other.sketch})[:SKETCH_SIZE]
    common = {*one.sketch} & {*other.sketch}
    return sum(value in common for value in smallest) / len(smallest)


def nearest_twins(documents: Iterable[Document]) -> dict[tuple[str, int], Twin]:
    """Return, for each paragraph that another document repeats, its nearest twin there.

    Keys are the document's identifier and the start of the paragraph in its cleaned text. Time is near-linear in the
    number of paragraphs: only paragraphs that share a hash are compared, and hashes shared by very many documents are
    passed over after the first of them.
    """
    prints = [fingerprint for document in documents for fingerprint in fingerprints(document)]
    holders: defaultdict[int, list[int]] = defaultdict(list)
    own: defaultdict[str, list[int]] = defaultdict(list)
    for index, fingerprint in enumerate(prints):
        own[fingerprint.document_id].append(index)
        for value in fingerprint.sketch:
            if len(holders[value]) < _TOO_COMMON:
                holders[value].append(index)
    twins = {}
    for fingerprint in prints:
        shared = Counter(chain.from_iterable(holders[value] for value in fingerprint.sketch))
        for index in own[fingerprint.document_id]:
            shared.pop(index, None)
        nearest = _nearest(fingerprint, [prints[index] for index, _ in shared.most_common(10)])
        if nearest is not None:
            twins[fingerprint.document_id, fingerprint.start] = nearest
    return twins


def _nearest(fingerprint: Fingerprint, candidates: list[Fingerprint]) -> Twin | None:
    best: Twin | None = None
    own = {*fingerprint.sketch}
    for other in candidates:
        if len(own.intersection(other.sketch)) < NEAR_TWIN * max(len(own), len(other.sketch)):
            continue  # so few in common that they cannot be near twins
        score = similarity(fingerprint, other)
        if score >= NEAR_TWIN and (best is None or score > best.similarity):
            best = Twin(other.document_id, other.start, other.end, score, fingerprint.numbers == other.numbers)
    return best
