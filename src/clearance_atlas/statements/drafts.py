"""Statements in the making: what a sentence says, and what the document and the other documents add."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, Period, Qualifier, Role
from clearance_atlas.units import to_hectares

if TYPE_CHECKING:
    from decimal import Decimal

    from clearance_atlas.model import Document
    from clearance_atlas.statements.lexicon import Lexicon
    from clearance_atlas.statements.mentions import Mention
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.units import Unit


# What is not the work of a period: mines thought to be in the ground, kept in store or found with arms, ground in use.
STATES = frozenset({"thought to be in the ground", "kept in store", "area in use", "seized or handed in with arms"})
STILL_THERE = frozenset({"mines laid", "thought to be in the ground", "contaminated area"})
"""What was there before the work, of no period of it, and no news of clearance."""
MOST_COMPARED = 60
"""Figures of a text that are compared with each other; a text with more is a table of some kind."""
_PEOPLE = frozenset({Measure.KILLED, Measure.INJURED, Measure.CASUALTIES})


@dataclass(slots=True)
class Draft:
    """One figure on its way to a statement. Mutable: each pass fills in its part."""

    sentence: Sentence
    at: int
    figure_start: int
    figure_end: int
    measure: Measure
    value: Decimal
    unit: Unit
    rule: str
    qualifier: Qualifier = Qualifier.EXACT
    item: str | None = None
    category: str | None = None
    breakdown: Breakdown | None = None
    flags: set[Flag] = field(default_factory=set)
    mention: Mention | None = None
    own_time: bool = False
    period: Period = field(default_factory=Period)
    places: list[tuple[str | None, str, str]] = field(default_factory=list)
    own_places: bool = False
    operator: str | None = None
    role: Role = Role.NEWS
    incident: Sentence | None = None
    announced: Sentence | None = None
    whole: Draft | None = None
    below: Draft | None = None  # the same figure in the text, for that of a heading between paragraphs
    part: Draft | None = None  # the first of the classes that make up this total

    @property
    def area_ha(self) -> Decimal | None:
        """The area in hectares, or ``None`` for a count."""
        return to_hectares(self.value, unit=self.unit)

    @property
    def is_state(self) -> bool:
        """Whether something is counted that is no work and had no period."""
        return self.item in STATES

    @property
    def is_casualty(self) -> bool:
        """Whether people are counted."""
        return self.measure in _PEOPLE


@dataclass(slots=True)
class Draught:
    """One document with its sentences and the figures drafted from them."""

    document: Document
    lexicon: Lexicon
    sentences: list[Sentence]
    drafts: list[Draft]
    silent: list[tuple[int, int]] = field(default_factory=list)
    late_last_year: bool = False
