"""Figures: numbers with their measure, unit and hedge within one sentence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, Qualifier
from clearance_atlas.statements.nouns import AREA_UNITS, ORDNANCE, Head, is_one_in_words, is_suffix
from clearance_atlas.statements.numerals import Numeral
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_HEDGES = (("q:over", Qualifier.OVER), ("q:about", Qualifier.ABOUT), ("q:under", Qualifier.UNDER))


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its meaning within one sentence; positions are tokens of the sentence."""

    numeral: Numeral
    measure: Measure
    unit: Unit
    rule: str
    last: int
    qualifier: Qualifier = Qualifier.EXACT
    item: str | None = None
    category: str | None = None
    subset: bool = False
    host: int | None = None

    @property
    def at(self) -> int:
        """The position of the number."""
        return self.numeral.first


def is_identifier(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a number only names something, as a telephone number does: ``under the number 102``."""
    before = tokens[number.first - 1] if number.first else None
    if number.first > 1 and before is not None and before.text == "-" and before.end == tokens[number.first].start:
        name = tokens[number.first - 2]
        if name.end == before.start and ((name.kind == "w" and not name.tags) or (
                name.kind == "n" and number.raw.isdecimal() and name.text.isdecimal())):
            return True  # "Covid-19"; "30-40 mines a day" is a habit, no count
    after = number.last + 1
    while after < len(tokens) and (tokens[after].text in "-'" or is_suffix(tokens, after)):
        after += 1
    return (before is not None and before.has("g:identifier")) or (
        after < len(tokens) and tokens[after].has("g:identifier"))


def figure_of(tokens: Sequence[Token], number: Numeral, head: Head, rule: str) -> Figure | None:
    """Return the figure of a number and the noun that it counts."""
    unit = next((AREA_UNITS[tag] for tag in ("ha", "km2", "m2") if tag in head.classes), None)
    if unit is not None and is_one_in_words(number):
        return None  # "clearing one hectare costs ..."
    if unit is not None:
        return Figure(number, Measure.AREA_CLEARED, unit, f"area/{rule}", max(head.last, number.last),
                      qualifier_of(tokens, number, head.last))
    item = next((tag[5:] for tag in sorted(head.classes) if tag.startswith("item:")), None)
    classes = head.classes & ORDNANCE
    if item and not classes:
        measure = Measure.OTHER
    else:
        measure, item = measure_of(classes | ({"uxo"} if item else set())), None
    return Figure(number, measure, Unit.ITEMS, f"items/{rule}", max(head.last, number.last),
                  qualifier_of(tokens, number, head.last), item)


def measure_of(classes: frozenset[str] | set[str]) -> Measure:
    """Return the measure of one number for these classes of ordnance.

    >>> measure_of({"ap", "at", "mine"}).value, measure_of({"mine", "uxo"}).value, measure_of({"at", "mine"}).value
    ('mines_total', 'ordnance_total', 'at_mines')
    """
    mines = classes & {"ap", "at", "mine"}
    others = classes - {"ap", "at", "mine"}
    if mines and others:
        return Measure.ORDNANCE_TOTAL
    if mines:
        if {"ap", "at"} <= mines or not mines & {"ap", "at"}:
            return Measure.MINES_TOTAL
        return Measure.AP_MINES if "ap" in mines else Measure.AT_MINES
    if "submunition" in others:
        return Measure.SUBMUNITIONS if others <= {"submunition", "uxo"} else Measure.ORDNANCE_TOTAL
    return Measure.UXO if "uxo" in others else Measure.ORDNANCE_TOTAL


def qualifier_of(tokens: Sequence[Token], number: Numeral, last: int) -> Qualifier:
    """Return how a figure is hedged: "over" before it, "çox" or "fazla" after it."""
    before = tokens[max(0, number.first - 2):number.first]
    after = tokens[number.last + 1:min(len(tokens), last + 3)]
    for token in (*reversed(before), *after):
        if token.kind == "p" and token.text in ",;:.":
            if token in before:
                break
            return Qualifier.EXACT
        if token.tags and (hedged := next((hedge for tag, hedge in _HEDGES if tag in token.tags), None)):
            return hedged
    return Qualifier.EXACT
