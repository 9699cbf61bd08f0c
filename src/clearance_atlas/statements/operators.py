"""Who cleared: the profile's operators by their names, and the press's words for army, rescuers, border guards."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.places import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.config import Profile
    from clearance_atlas.statements.tokens import Token

# The part an operator plays, to the code under which profiles list it; the agency is a profile's first operator.
_PARTS = {"army": "MoD", "emergency": "MES", "border": "SBS", "companies": "local companies", "all": "all operators"}
_SUFFIXES = ("+partners",)
_OPENING = 3
_LONGEST_ENDING = 8


@dataclass(frozen=True, slots=True, eq=False)
class OperatorTable:
    """The spellings of a profile's operators by their first word, longest first, and the codes of the parts."""

    spellings: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    parts: dict[str, str]
    partners: str | None
    openings: frozenset[str] = frozenset()  # the letters with which a spelling begins


@dataclass(frozen=True, slots=True)
class OperatorMention:
    """An operator named in a text, at a token."""

    at: int
    last: int
    code: str
    by_name: bool


def operator_table(profile: Profile | None) -> OperatorTable:
    """Return the look-up table of a profile's operators."""
    return OperatorTable({}, {}, None) if profile is None else _table(_Key(profile))


class _Key:
    """A profile as a cache key: by identity."""

    def __init__(self, profile: Profile) -> None:
        self.profile = profile

    def __hash__(self) -> int:
        return id(self.profile)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.profile is self.profile


@cache
def _table(key: _Key) -> OperatorTable:
    operators = key.profile.operators
    listed: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for operator in operators:
        for spelling in (*operator.names.values(), *operator.aliases, operator.code):
            words = tuple(word for word in _words(spelling) if word)
            if words:
                listed.setdefault(words[0], []).append((words, operator.code))
    codes = {operator.code for operator in operators}
    parts = {part: code for part, code in _PARTS.items() if code in codes}
    agency = operators[0].code if operators else None
    if agency:
        parts["agency"] = agency
    partners = next((code for code in codes for suffix in _SUFFIXES if agency and code == agency + suffix), None)
    return OperatorTable(
        {word: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for word, entries in listed.items()},
        parts, partners, frozenset(word[:_OPENING] for word in listed),
    )


@lru_cache(maxsize=1 << 14)
def _words(spelling: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in fold(spelling)).split())


def find_operators(tokens: Sequence[Token], *, table: OperatorTable) -> list[OperatorMention]:
    """Return the operators named among the tokens, in order.

    A profile's own spelling wins over a general word for the same part.
    """
    found: list[OperatorMention] = []
    for at, token in enumerate(tokens):
        if token.kind != "w" or (found and found[-1].last >= at):
            continue
        entries = _entries(table, token.text) if token.text[:_OPENING] in table.openings else ()
        named = _named(tokens, at, entries) if entries else None
        if named is not None:
            found.append(named)
            continue
        if not token.tags:
            continue
        part = _part_of(table, token.tags)
        if part is not None:
            found.append(OperatorMention(at, at, table.parts[part], by_name=False))
    return found


def _named(tokens: Sequence[Token], at: int, entries: Sequence[tuple[tuple[str, ...], str]]) -> OperatorMention | None:
    longest = max(len(spelling) for spelling, _ in entries)
    stretch: list[str] = []
    ends: list[int] = []
    for last in range(at, min(len(tokens), at + 2 * longest)):
        pieces = _words(tokens[last].text)
        stretch += pieces
        ends += [last] * len(pieces)
    for spelling, code in entries:
        if len(stretch) >= len(spelling) and all(
            have == want or (have.startswith(want) and len(have) - len(want) <= _LONGEST_ENDING and len(want) > 3)  # noqa: PLR2004  short words take no ending
            for have, want in zip(stretch, spelling, strict=False)
        ):
            return OperatorMention(at, ends[len(spelling) - 1], code, by_name=True)
    return None


@lru_cache(maxsize=1 << 12)
def _part_of(table: OperatorTable, tags: frozenset[str]) -> str | None:
    """Return the part that a general word names, where the profile lists who plays it."""
    return next((tag[2:] for tag in sorted(tags) if tag.startswith("o:") and tag[2:] in table.parts), None)


@lru_cache(maxsize=1 << 14)
def _entries(table: OperatorTable, text: str) -> tuple[tuple[tuple[str, ...], str], ...]:
    """Return the spellings that may begin with a token, longest first."""
    words = _words(text)
    keys = (words[0], *_shorter(words[0])) if words else ()
    found = [entry for key in keys for entry in table.spellings.get(key, ())]
    return tuple(sorted(found, key=lambda entry: -len(entry[0])))


def _shorter(word: str) -> list[str]:
    return [word[:-cut] for cut in range(1, min(_LONGEST_ENDING, len(word) - 3) + 1)] if len(word) > 3 else []  # noqa: PLR2004
