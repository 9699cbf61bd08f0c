"""Numbers whose noun was said before: "of them", "all five mines", a bare number of another time."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, Qualifier
from clearance_atlas.statements.figures import Figure, measure_of, qualifier_of
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import AREA_UNITS, CASUALTY, EXCLUDED, ORDNANCE, classes_of, is_one_in_words
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.statements.quantities import Convention
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.sentence import Previous
    from clearance_atlas.statements.tokens import Token

ALL_OF_CLASS = "items/all-of-class"
_SHORT = 12
_LED = 2
_LOOK_AHEAD = 5  # words after a number that may say what it counts
_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES})


def all_of_one_class(tokens: Sequence[Token], figures: list[Figure], *, before: Previous) -> list[Figure]:
    """Give "all five mines" the class of the mines just counted, in the sentence or the one before it.

    Before it, they were as many, or some of them: "three more anti-tank mines came to light. All five were lifted."
    """
    read: list[Figure] = []
    for figure in figures:
        if figure.measure != Measure.MINES_TOTAL or not _takes_all(tokens, figure):
            read.append(figure)
            continue
        told = {other.measure for other in read if other.unit == Unit.ITEMS}
        value = figure.numeral.amount(is_count=True, written=Convention())
        one = next(iter(told)) if len(told) == 1 else _counted_before(value, before) if not told else None
        if one in _MINES:  # "three more anti-tank mines came to light, and all five mines were lifted"
            read = [replace(other, subset=other.subset or other.measure == one) for other in read]
        read.append(replace(figure, measure=one, rule=ALL_OF_CLASS) if one in _MINES else figure)
    return read


def all_of_items(tokens: Sequence[Token], *, before: Previous) -> frozenset[int]:
    """Return the numbers after "all" that count no people but the things just counted: "All 42 were blown up"."""
    if not before.just or before.casualties or any(
            tag.startswith("p:") for token in tokens if token.tags for tag in token.tags):
        return frozenset()
    return frozenset(at for at in range(1, len(tokens)) if tokens[at].kind == "n" and tokens[at - 1].has("g:everyone"))


def _takes_all(tokens: Sequence[Token], figure: Figure) -> bool:
    """Say whether a number is one of all, the word before it or after its noun: ``beş minanın hamısı``."""
    return (figure.at > 0 and tokens[figure.at - 1].has("g:everyone")) or any(
        token.text in forms("whole_of") for token in tokens[figure.last + 1:figure.last + 2])


def _counted_before(value: Decimal | None, before: Previous) -> Measure | None:
    """Return the one class of the sentence just before that a number takes up, or takes in with others."""
    if not before.just or before.value is None or value is None:
        return None
    more = before.value < value and set(before.order) == {before.measure}
    return before.measure if value == before.value or more else None


def _is_anyone(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one of" counts nothing: "every one of them", "a place, one of which nothing is told"."""
    return is_one_in_words(number) and (tokens[number.last + 1].text.endswith(forms("which")) or (
        number.first > 0 and tokens[number.first - 1].has("g:each", "g:not")))


def of_them(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
    """Read a part by reference: ``40 shells, 12 of them ...``, ``40 мин, из них 12 ...``."""
    return (_after_of_them(tokens, number, figures[-1]) if figures else None) or _before_of_them(
        tokens, number, figures)


def _before_of_them(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
    after = number.last + 1
    if after >= len(tokens) or not tokens[after].has("c:of_them") or _is_anyone(tokens, number) or (
            is_one_in_words(number) and not any(classes_of(token) for token in tokens[after + 1:after + 4])):
        return None  # "four mines, one of them wired to a shell"
    if not figures or (number.first - figures[-1].last > _LED and tokens[number.first - 1].text == ","
                       and _named_before(tokens, number.first - 1)):  # "as for mines, 77 of those"
        return _one_class_of_them(tokens, number, after)
    if any(token.tags & CASUALTY for token in tokens[after:after + 6]):
        return None
    whole = figures[-1]
    if _counts_else_between(tokens, whole, number):
        return None
    if whole.unit in AREA_UNITS.values() and number.raw:
        between = frozenset().union(*(classes_of(token) & ORDNANCE for token in tokens[whole.last:number.first]))
        if not between and number.first and tokens[number.first - 1].has("g:defused"):
            between = frozenset().union(*(classes_of(token) & ORDNANCE for token in tokens[:whole.at]))
        if between:  # "2,322 hectares rid of explosive objects, and 26,078 of these have been destroyed"
            return Figure(number, measure_of(between), Unit.ITEMS, "items/of-them", after)
    named = next((classes_of(token) & ORDNANCE for token in tokens[after + 1:after + 4] if classes_of(token)), None)
    if named and whole.unit == Unit.ITEMS:
        whole = replace(whole, measure=measure_of(named), item=None)
    return replace(whole, numeral=number, rule="items/of-them", last=after, subset=True, qualifier=Qualifier.EXACT)


def _after_of_them(tokens: Sequence[Token], number: Numeral, whole: Figure) -> Figure | None:
    """Read a part without a noun after "of them": ``93 mina, onlardan 20-si Bərdədə``, "of these, 20 in Barda"."""
    at = number.first - 1
    while at > whole.last and (tokens[at].text == "," or any(tag.startswith("q:") for tag in tokens[at].tags)):
        at -= 1
    if at <= whole.last or not tokens[at].has("c:of_them") or tokens[at].tags & CASUALTY or not number.raw \
            or whole.unit not in {Unit.ITEMS, *AREA_UNITS.values()}:
        return None
    rest = tokens[number.last + 1:number.last + _LOOK_AHEAD]
    if any(token.tags & (CASUALTY | EXCLUDED) or classes_of(token) or token.has("percent") or any(
            tag.startswith("p:") for tag in token.tags) for token in rest):
        return None
    return replace(whole, numeral=number, rule="items/of-them", last=number.last, subset=True,
                   qualifier=qualifier_of(tokens, number, number.last))


def _counts_else_between(tokens: Sequence[Token], whole: Figure, number: Numeral) -> bool:
    """Say whether things that are no figure are counted between: "40 ha and 18 houses, 3 of them schools"."""
    return any(one.kind == "n" and any(token.tags & EXCLUDED for token in tokens[at + 1:at + 3])
               for at, one in enumerate(tokens[:number.first]) if at > whole.last)


def _one_class_of_them(tokens: Sequence[Token], number: Numeral, at: int) -> Figure | None:
    """Read a class of what the sentence before counts: ``Three of them were anti-tank mines``."""
    comma = number.first - 1
    people = any(token.tags & CASUALTY or any(tag.startswith("p:") for tag in token.tags) for token in tokens)
    if comma > 0 and tokens[comma].text == "," and not people and (named := _named_before(tokens, comma)):
        kind = classes_of(tokens[at + 1]) & ORDNANCE if at + 1 < len(tokens) and named == {"mine"} else frozenset()
        # "mostly shells, 233 of them"; "mines, 40 of them anti-personnel"
        return Figure(number, measure_of(named | kind), Unit.ITEMS, "items/of-them", at)
    place = at + 1
    if place >= len(tokens) or not tokens[place].has("g:copula"):
        return None
    place += 2 if tokens[place + 1:place + 2] and tokens[place + 1].has("g:article") else 1
    classes = classes_of(tokens[place]) & ORDNANCE if place < len(tokens) else frozenset()
    return Figure(number, measure_of(classes), Unit.ITEMS, "items/of-them", place) if classes else None


def _named_before(tokens: Sequence[Token], comma: int) -> frozenset[str]:
    """Return the classes of the noun right before a comma, all its words: "anti-personnel mines, 204 of them"."""
    named: frozenset[str] = frozenset()
    for at in range(comma - 1, -1, -1):
        found = classes_of(tokens[at]) & ORDNANCE
        if not found and tokens[at].text != "-":
            break
        named |= found
    return named


def counted_again(tokens: Sequence[Token], *, measure: Measure, unit: Unit) -> list[Figure]:
    """Read a bare number of another time after a count: "... 9 mines. In all of 2019 there had been 800"."""
    numbers = [number for number in numerals(tokens) if number.raw]
    if len(numbers) != 1 or len(tokens) > _SHORT or not any(token.kind == "D" for token in tokens) or any(
            token.tags & (CASUALTY | EXCLUDED) or classes_of(token) for token in tokens):
        return []
    number = numbers[0]
    ends = number.last + 1 >= len(tokens) or tokens[number.last + 1].text in ".;!"
    if not ends or not number.first or not tokens[number.first - 1].has("g:counted", "g:copula"):
        return []
    return [Figure(number, measure, unit, "items/counted-again", number.last,
                   qualifier_of(tokens, number, number.last))]


def taken_up(tokens: Sequence[Token], *, topic: Measure, value: Decimal | None) -> list[Figure]:
    """Read a number whose noun is that of the sentence before: "they destroyed 62 of them", "all 122 were lifted"."""
    for number in numerals(tokens):
        before, after = number.first - 1, number.last + 1
        if after >= len(tokens) or any(token.tags & CASUALTY for token in tokens[after:after + 6]):
            continue
        if is_one_in_words(number) and not any(token.has("g:copula") for token in tokens[after + 1:after + 2]):
            continue  # "no week goes by without somebody lost to one of them"
        again = before >= 0 and tokens[before].has("g:everyone") and number.raw.isdecimal() \
            and Decimal(number.raw) == value and not any(token.tags & EXCLUDED for token in tokens[after:after + 3])
        if again or (tokens[after].has("c:of_them") and before >= 0 and " " in tokens[after].text):
            return [Figure(number, topic, Unit.ITEMS, "items/taken-up", number.last,
                           qualifier_of(tokens, number, number.last))]
    return []
