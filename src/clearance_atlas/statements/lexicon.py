"""The words of a language, read from one TOML file, checked on load, and looked up word by word.

A term is one word or several. A word ending in ``*`` stands for any word that begins so, one beginning with ``*`` for
any that ends so, one ending in ``~`` takes the noun endings of its language; letters that print loses are folded on
both sides. Words of a term may be joined in print by a blank, a hyphen, or nothing at all ("unexplodedordnance"). A
word after ``=`` counts only with its own letters: folded, Azerbaijani *ölüb* (died) and *olub* (was) would be one word;
printed in capitals it counts only so ("=AT").
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from clearance_atlas.config import resource
from clearance_atlas.errors import LexiconError, UnknownNameError
from clearance_atlas.places import fold
from clearance_atlas.statements.schema import REQUIRED, SECTIONS, lexicon_faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

_PARTS = re.compile(r"[kк]?[mм][2²]|\*?[^\W\d_]+[*~]?|\d+(?:st|nd|rd|th)|[%$€£₼₴₺&]")
_FORMS = re.compile(r"^\[forms\]$.*?(?=^\[|\Z)", re.DOTALL | re.MULTILINE)
_SHORTEST_STEM = 2
_LONGEST_SUFFIX = 8


@dataclass(slots=True)
class Node:
    """One step along the words of the terms: what ends here, and the words that may follow."""

    tags: frozenset[str] = frozenset()
    following: dict[str, Node] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of one language, ready for look-up.

    ``keys(word)`` returns the term words that a folded word is a form of; ``root`` leads from them to the tags.
    """

    code: str
    root: Node
    exact: Mapping[str, str]
    prefixes: Mapping[str, str]
    stems: Mapping[str, str]
    endings: re.Pattern[str]
    glue: frozenset[str]
    detect: frozenset[str]
    thousands: str
    lettered: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    suffixes: Mapping[str, str] = field(default_factory=dict)

    def keys(self, word: str) -> tuple[str, ...]:
        """Return the term words that a folded word is a form of, most specific first."""
        return _keys(self, word)

    def __hash__(self) -> int:
        """Hash by language: one lexicon a language exists in a process."""
        return hash(self.code)

    def __eq__(self, other: object) -> bool:
        """Compare by identity."""
        return self is other


@lru_cache(maxsize=1 << 16)
def _keys(lexicon: Lexicon, word: str) -> tuple[str, ...]:
    found = [lexicon.exact[word]] if word in lexicon.exact else []
    for end in range(min(len(word), 40), _SHORTEST_STEM - 1, -1):
        stem = word[:end]
        if stem in lexicon.stems and lexicon.endings.fullmatch(word, end):
            found.append(lexicon.stems[stem])
        if stem in lexicon.prefixes:
            found.append(lexicon.prefixes[stem])
    if lexicon.suffixes:
        found += [lexicon.suffixes[word[start:]] for start in range(max(1, len(word) - _LONGEST_SUFFIX), len(word))
                  if word[start:] in lexicon.suffixes]
    return tuple(found)


@cache
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that have a lexicon."""
    return tuple(sorted(path.stem for path in (resource("data") / "lexicons").glob("*.toml")))


@cache
def load_lexicon(code: str) -> Lexicon:
    """Return the lexicon of a language.

    Raises
    ------
    UnknownNameError
        If there is no lexicon for the language.
    LexiconError
        If its file does not validate; the message lists every fault.
    """
    path = resource("data") / "lexicons" / f"{code}.toml"
    if not path.is_file():
        raise UnknownNameError(code, "no such language", mend=f"there are: {', '.join(languages())}")
    return read_lexicon(path)


@cache
def forms(entry: str) -> tuple[str, ...]:
    """Return the folded endings or small words of all languages that only their letters tell, by their entry.

    >>> forms("like")
    ('kimi', 'gibi')
    """
    return tuple(dict.fromkeys(fold(form) for code in languages() for form in _forms_of(code).get(entry, ())))


@cache
def _forms_of(code: str) -> Mapping[str, Sequence[str]]:
    """Return the forms of a language; only their table is read, as other languages are seldom needed whole."""
    table = _FORMS.search((resource("data") / "lexicons" / f"{code}.toml").read_text("utf-8"))
    return tomllib.loads(table[0])["forms"] if table else {}


def read_lexicon(path: Path) -> Lexicon:
    """Read and check one lexicon file.

    Raises
    ------
    LexiconError
        If the file is not TOML or does not validate.
    """
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LexiconError(str(path), f"not a lexicon: {error}", mend="correct the line named") from error
    faults = lexicon_faults(raw)
    if faults:
        raise LexiconError(str(path), " | ".join(faults), mend="compare with data/lexicons/en.toml")
    return _build(raw)


def _build(raw: dict[str, Any]) -> Lexicon:
    root = Node()
    words: dict[str, dict[str, str]] = {"*": {}, "~": {}, "": {}, "<": {}}
    lettered = {}
    for tag, term in _terms(raw):
        if term.startswith("="):
            lettered[fold(term[1:])] = (term[1:] if term[1:].isupper() else term[1:].lower(), tag)
            continue
        parts = _PARTS.findall(fold(term))
        for variant in _variants(parts):
            _add(root, variant, tag=tag, words=words)
    return Lexicon(
        code=raw["code"],
        root=root,
        exact=words[""],
        prefixes=words["*"],
        stems=words["~"],
        endings=re.compile(raw["noun_endings"]),
        glue=frozenset(map(fold, raw["glue"])),
        detect=frozenset(map(fold, raw["detect"])),
        thousands=raw["thousands"],
        lettered=lettered,
        suffixes=words["<"],
    )


def _terms(raw: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield (tag, term) for every term; a tag is ``section:entry``, short for the entries of single-tag sections."""
    for section, prefix in SECTIONS.items():
        for entry, terms in raw.get(section, {}).items():
            for term in terms:
                yield f"{prefix}{entry}", term


def _variants(parts: list[str]) -> Iterable[list[str]]:
    """Return a term's words as they are and, for terms of several words, printed as one."""
    yield parts
    if len(parts) > 1 and all(part[-1] not in "*~" for part in parts[:-1]) and all(len(part) > 1 for part in parts):
        yield ["".join(parts)]


def _add(root: Node, parts: list[str], *, tag: str, words: dict[str, dict[str, str]]) -> None:
    node = root
    for part in parts:
        mark = part[-1] if part[-1] in "*~" else ""
        mark = "<" if part[0] == "*" else mark
        bare = part.strip("*~")
        words[mark][bare] = part
        node = node.following.setdefault(part, Node())
    node.tags |= {tag}


__all__ = ["REQUIRED", "Lexicon", "Node", "forms", "languages", "load_lexicon", "read_lexicon"]
