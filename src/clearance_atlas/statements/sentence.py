"""A sentence with what is read in it, and what it leaves to be understood, as records."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearance_atlas.statements.figures import Figure
from clearance_atlas.statements.mentions import Mention
from clearance_atlas.statements.nouns import CASUALTY, ORDNANCE
from clearance_atlas.statements.operators import OperatorMention
from clearance_atlas.statements.tokens import Token
from clearance_atlas.statements.toponyms import Found

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from clearance_atlas.model import Measure
    from clearance_atlas.units import Unit

_HEADING = 4
_CLOSING = frozenset('.!?"…)')
_WORDS_OF_MINE_ACTION = frozenset({"c:mine_word", "g:compound", "ha", "km2", "m2", *ORDNANCE, *CASUALTY})
# What tells that mines are meant, though not by the word for those caught by them, which battles have too.
_OF_MINES = frozenset({"c:mine_word", "g:compound", "item:incidents", *ORDNANCE})
_COUNTING = frozenset({"c:cumulative", "t:since", "t:count_from"})
DATED = frozenset({"range", "day", "month", "year", "part", "since", "until", "year_start"})


@dataclass(frozen=True, slots=True)
class Timed:
    """An expression of time and where it stands, in characters."""

    mention: Mention
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a document with all that is read in it; positions of figures are tokens."""

    number: int
    paragraph: int
    start: int
    end: int
    tokens: tuple[Token, ...]
    times: tuple[Timed, ...]
    places: tuple[Found, ...]
    operators: tuple[OperatorMention, ...]
    figures: tuple[Figure, ...]
    cues: frozenset[str]
    keyed: frozenset[int] = field(default_factory=frozenset)
    tags: frozenset[str] = field(default_factory=frozenset)

    def char(self, token: int) -> int:
        """Return the character at which a token begins."""
        return self.tokens[token].start


@dataclass(frozen=True, slots=True)
class Previous:
    """What the sentences before leave to be understood: the measure just counted, and what people were counted as."""

    measure: Measure | None = None
    unit: Unit | None = None
    value: Decimal | None = None
    casualties: bool = False
    just: bool = False  # whether the sentence just before counted it
    topic: Measure | None = None  # what the sentence just before speaks of, where it counts none
    people: Measure | None = None
    order: tuple[Measure, ...] = ()  # what it counted, in order, for numbers "in that order" of another time


def has_number(tokens: Sequence[Token]) -> bool:
    """Say whether a number stands among the tokens, in digits or words."""
    return any(token.kind == "n" or token.value is not None or (token.tags and "x:1000" in token.tags)
               for token in tokens)


def may_state(sentence: Sentence) -> bool:
    """Say whether a sentence can hold a figure: a number, and a word of mine action or of its victims."""
    return not sentence.tags.isdisjoint(_WORDS_OF_MINE_ACTION) and has_number(sentence.tokens)


def heads_other_news(tokens: Sequence[Token]) -> bool:
    """Say whether a line only announces other news, as those beside an article do: "Read also"."""
    return len(tokens) <= _HEADING and tokens[0].has("g:other_news") and all(
        token.has("g:other_news") or token.kind == "p" for token in tokens)


def tells_of_battle(sentence: Sentence, before: Sequence[Sentence]) -> bool:
    """Say whether the people of a sentence fell in battle, as it or the one before tells, and no mine is named."""
    if not sentence.tags.isdisjoint(_OF_MINES) or not sentence.tags.isdisjoint(_COUNTING):
        return False
    beside = [one for one in before if one.paragraph == sentence.paragraph and one.tags.isdisjoint(_OF_MINES)]
    return any("battle" in one.cues for one in (sentence, *beside))


def is_headline(sentence: Sentence, *, text: str) -> bool:
    """Say whether a line ends as headlines do: without a full stop or closing quotes."""
    return text[sentence.end - 1] not in _CLOSING
