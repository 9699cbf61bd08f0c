"""The grammar: from a number in a sentence to what it counts.

Every rule looks at the words beside a number: the noun after it, the noun before it, a noun shared with its neighbours,
brackets, a list whose unit is said once. A rule has a name, kept in the statement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, Qualifier
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import (
    AREA_UNITS,
    CASUALTY,
    EXCLUDED,
    MAX_GAP,
    ORDNANCE,
    SKIPPED,
    Head,
    brackets,
    classes_of,
    extended,
    head_left,
    head_right,
    is_one_in_words,
    is_person,
    is_plural,
    is_suffix,
    names_victims,
)
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.statements.quantities import Convention
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_TO_TYPE = 7
_SHORT = 12
_LED = 2
_ITEM = 12  # tokens of one item of a list
_LEADS = frozenset({":", ",", "("})
_COUNTED = frozenset({*ORDNANCE, *AREA_UNITS})
_PRICES = frozenset({"currency"})
_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES})
_OFTEN = frozenset({"t:filler", "t:as_of", "t:to"})  # words that need not tell a time
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


def read_figures(tokens: Sequence[Token], *, tags: frozenset[str]) -> list[Figure]:
    """Return the areas and ordnance counted in a sentence, in order; ``tags`` are those of all its tokens."""
    if tags.isdisjoint(_COUNTED) and not any(tag.startswith("item:") for tag in tags):
        return []
    pairs = brackets(tokens)
    numbers = numerals(tokens)
    starts = {number.first: number for number in numbers}
    ends = frozenset(number.last for number in numbers)
    figures: list[Figure] = []
    lefts = [head_left(tokens, number, ends=ends) for number in numbers]
    rights = [head_right(tokens, number, pairs=pairs, starts=starts) for number in numbers]
    noun_first = _noun_first(lefts, rights)
    for number, left, right in zip(numbers, lefts, rights, strict=True):
        if _is_pronoun(tokens, number):
            continue
        head, rule = _head(tokens, number, left, right, noun_first=noun_first)
        if head and head.classes == {"ordnance"} and tokens[head.last].has("g:weak"):
            head = _itemised(tokens, number, head, ends=ends) or _named_elsewhere(tokens, number, head, numbers=numbers)
            if not head.classes:
                continue
        if head and any(token.has("g:such") for token in tokens[number.last + 1:head.first]):
            head = _such(tokens, number, head)
        figure = _figure(tokens, number, head, rule) if head else None
        figure = figure or _of_them(tokens, number, figures) or (
            _by_type(tokens, number, figures) if right is None else None)
        if figure is not None:
            figures.append(figure)
    figures += _types_before(tokens, numbers, figures)
    if "g:article" in tags:
        figures += _articles(tokens, figures, starts=starts)
    if "c:same_order" in tags:
        figures = _respective(tokens, numbers, figures)
    return sorted(_in_brackets(tokens, numbers, figures, pairs=pairs), key=lambda figure: figure.at)


def _head(  # noqa: C901, PLR0911, PLR0912  the rules in order, one a line
    tokens: Sequence[Token], number: Numeral, left: Head | None, right: Head | None, *, noun_first: bool,
) -> tuple[Head | None, str]:
    if number.first and (tokens[number.first - 1].has("currency") or (
            tokens[number.first - 1].has("g:not") and not number.raw)):
        return None, ""
    if is_identifier(tokens, number) or names_victims(tokens, number) or (right and _strike(tokens, right)) or (
            is_one_in_words(number) and tokens[number.first].has("g:article") and not _is_counted(tokens, number)):
        return None, ""
    if is_one_in_words(number) and any(token.tags & (CASUALTY | _PRICES) for token in tokens):
        return None, ""  # "one anti-tank mine injured four", "one mine costs three dollars"
    after = _counted(tokens, number)
    if after is not None and (is_person(after)
                              or (after.tags & CASUALTY and right is None)):
        return None, ""
    if left and right is None and _counts_citizens(tokens, number):
        return None, ""
    if right and right.classes & EXCLUDED:
        if left is None or not left.direct or not left.classes & ORDNANCE or not tokens[right.first].has("g:weak"):
            return None, ""
        right = None  # "UXO - 830 units"
    if left and (right is None or noun_first) and left.classes == {"mine"} and any(
            token.tags & CASUALTY for token in tokens[max(0, left.first - 4):left.first]):
        return None, ""  # "killed or hurt by mines: 3"
    if _is_base_of_share(tokens, number, right) or (right and any(
            token.has("g:rate") for token in tokens[right.last + 1:right.last + 2])):
        return None, ""  # "1,800 mines per month"
    if right is None:
        return left, "noun-before"
    if left is None:
        return right, "noun-after"
    if left.classes & AREA_UNITS.keys() and left.distance == 1 and tokens[number.first - 1].text == ",":
        return left, "noun-before"  # "in hectares, 7,135.1 were cleared of mines"
    if right.classes == {"mine"} and left.classes & {"ap", "at"} and "mine" not in left.classes \
            and _stands_beside(tokens, left, number):
        return replace(left, classes=left.classes | right.classes, last=right.last), "noun-around"
    if left.direct and noun_first and not right.classes & AREA_UNITS.keys():
        return left, "noun-before"
    return right, "noun-after"


def _is_base_of_share(tokens: Sequence[Token], number: Numeral, right: Head | None) -> bool:
    """Say whether a number is what a share is of: "45 percent of 1,200 hectares", "of the 1,200 hectares"."""
    at = number.first - 1
    at -= at > 0 and tokens[at].text in forms("the") and right is not None and bool(right.classes & AREA_UNITS.keys())
    return at > 0 and tokens[at].text in forms("of") and tokens[at - 1].has("percent")


def _stands_beside(tokens: Sequence[Token], left: Head, number: Numeral) -> bool:
    """Say whether nothing but "for its part" and hedges part a class from its number: ``tank əleyhinə isə 27 mina``."""
    if left.distance == 0:
        return left.direct
    return left.distance <= _LED and all(token.has("g:copula", *SKIPPED) and not token.has("t:filler")
                                         and token.kind == "w" for token in tokens[left.last + 1:number.first])


def _is_counted(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a word for pieces makes an article a count: Turkish ``bir adet mayın``."""
    return tokens[number.last + 1:number.last + 2] != [] and tokens[number.last + 1].has("g:classifier")


def _by_type(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
    """Give a number of a model the class of the list: ``AP mines of type A 89, of type B 63``."""
    if not figures or figures[-1].unit != Unit.ITEMS:
        return None
    for token in reversed(tokens[max(figures[-1].last + 1, number.first - _TO_TYPE):number.first]):
        if token.has("g:type"):
            return replace(figures[-1], numeral=number, rule="items/by-type", last=number.last,
                           qualifier=qualifier_of(tokens, number, number.last))
        if token.text in {",", ";"} or token.kind in "nDL" or classes_of(token):
            return None
    return None


def all_of_one_class(tokens: Sequence[Token], figures: list[Figure], *, before: tuple[Measure | None, Decimal | None]
                     ) -> list[Figure]:
    """Give "all five mines" the class of the mines just counted, in the sentence or, the same number, before it."""
    read: list[Figure] = []
    for figure in figures:
        if figure.measure != Measure.MINES_TOTAL or not figure.at or not tokens[figure.at - 1].has("g:everyone"):
            read.append(figure)
            continue
        told = {other.measure for other in read if other.unit == Unit.ITEMS}
        value = figure.numeral.amount(is_count=True, written=Convention())
        one = next(iter(told)) if len(told) == 1 else before[0] if not told and value == before[1] else None
        if one in _MINES:  # "three more anti-tank mines came to light, and all five mines were lifted"
            read = [replace(other, subset=other.subset or other.measure == one) for other in read]
        read.append(replace(figure, measure=one) if one in _MINES else figure)
    return read


def _types_before(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure]) -> list[Figure]:
    """Give the numbers of models the noun that closes their list: ``A tipinden 100, B tipinden 8 mayın``."""
    known = {figure.at: figure for figure in figures}
    found: list[Figure] = []
    for number, after in reversed([*pairwise(numbers)]):
        model = known.get(after.first)
        if model is None or number.first in known or not number.first or model.unit != Unit.ITEMS or not number.raw:
            continue
        goes_on = tokens[number.last + 1].text == "," or tokens[number.last + 1].has("g:and")
        if goes_on and tokens[number.first - 1].has("g:type") and tokens[after.first - 1].has("g:type"):
            known[number.first] = replace(model, numeral=number, rule="items/by-type", last=number.last,
                                          qualifier=qualifier_of(tokens, number, number.last))
            found.append(known[number.first])
    return found


def _strike(tokens: Sequence[Token], head: Head) -> bool:
    """Say whether things killed or hurt people, and so were not cleared: ``15 mines killed 3 people``."""
    at = head.last + 1
    if at < len(tokens) and tokens[at].has("g:went_off") and any(token.tags & CASUALTY for token in tokens):
        return True  # "five were hurt when 2 anti-tank mines went off"
    return at < len(tokens) and not head.classes & AREA_UNITS.keys() and tokens[at].has("c:killed", "c:injured") \
        and not tokens[at].has("g:toll") and any(
            token.value is not None or token.kind == "n" for token in tokens[at + 1:at + 4])


def _is_pronoun(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" stands for a thing and counts none: "every one of them"."""
    return is_one_in_words(number) and number.first > 0 and tokens[number.first - 1].has("g:each", "g:not")


def _such(tokens: Sequence[Token], number: Numeral, head: Head) -> Head:
    """Give "such items" the classes of the list before it: ``mines, shells, bombs: over 500 such remnants``."""
    named = frozenset().union(*(classes_of(token) & ORDNANCE for token in tokens[:number.first]))
    return replace(head, classes=head.classes | named) if head.classes <= ORDNANCE else head


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


def _itemised(tokens: Sequence[Token], number: Numeral, head: Head, *, ends: frozenset[int]) -> Head | None:
    """Read "pieces" by the noun that opens their item of a list: "shells - 38 pieces; fuses of shells (23 pieces)".

    What no lexicon knows they count nothing of, and the classes are empty: "empty magazines (9 pieces)".
    """
    mark = number.first - 1
    if mark < 1 or not (tokens[mark].text in _LEADS or _is_dash(tokens, mark)):
        return None
    named: list[frozenset[str]] = []
    for at in range(mark - 1, max(-1, mark - _ITEM), -1):
        token = tokens[at]
        if (token.kind == "p" and token.text not in "-\"'") or (token.has("g:and") and named and not (
                classes_of(tokens[at - 1]) and not tokens[at - 1].has("g:weak"))):
            break
        if at in ends and "-" not in {tokens[at - 1].text, tokens[at + 1].text}:
            return None  # a number of its own; that of "F-1 grenades", "a 60-mm shell" is a name
        if classes := classes_of(token):
            named.append(classes)
    if not named:
        unlisted = tokens[mark].text == "(" or (_is_dash(tokens, mark) and (
            tokens[mark - 1].kind == "c" or is_plural(tokens[mark - 1])))  # "PMN-2 - 9 pieces"
        return replace(head, classes=frozenset()) if unlisted else None
    if any(classes & AREA_UNITS.keys() for classes in named):
        return None
    item = next((classes for classes in named if not classes & ORDNANCE), None)
    return replace(head, classes=item or frozenset().union(*named))


def _is_dash(tokens: Sequence[Token], at: int) -> bool:
    return tokens[at].text in {"-", "–", "—"} and tokens[at].end != tokens[at + 1].start


def _named_elsewhere(tokens: Sequence[Token], number: Numeral, head: Head, *, numbers: Sequence[Numeral]) -> Head:
    """Give "pieces" or "finds" the class that the sentence names for them: ``shells added 389 pieces``."""
    after = head.last + 1
    after += after < len(tokens) and tokens[after].text == "," and number.first > 0 and (
        tokens[number.first - 1].text == ",")  # "most of it, 443 pieces, was unexploded ordnance"
    if after + 1 < len(tokens) and tokens[after].has("g:copula"):
        follower = next((at for at in range(after + 1, min(len(tokens), after + 3)) if classes_of(tokens[at])), None)
        if follower is not None and classes_of(tokens[follower]) <= {"uxo", "ap", "at", "mine", "submunition"}:
            return replace(head, classes=classes_of(tokens[follower]))
    begin = max((other.last + 1 for other in numbers if other.last < number.first), default=0)
    named = frozenset().union(*(classes_of(token) & ORDNANCE for token in tokens[begin:number.first]))
    first = next((at for at in range(begin, number.first) if classes_of(tokens[at]) & ORDNANCE), None)
    if first is None or (begin and first - begin <= MAX_GAP):
        return head  # the noun before belongs to the number before it
    return replace(head, classes=named)


def _respective(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure]) -> list[Figure]:
    """Share out nouns and numbers given in the same order: ``AP and AT mines numbered 45 and 58 respectively``."""
    nouns: list[tuple[int, frozenset[str]]] = []
    for at, token in enumerate(tokens):
        classes = classes_of(token) & ORDNANCE
        if classes == {"mine"} and nouns and nouns[-1][0] == at - 1:
            nouns[-1] = (at, nouns[-1][1])
        elif classes:
            nouns.append((at, classes))
    nouns = [noun for noun in nouns if noun[1] != {"mine"} and not tokens[noun[0]].has("g:weak")]  # "of the finds"
    run = [number for number in numbers if number.raw]
    joined = all(before.last < at < after.first and (tokens[at].text == "," or tokens[at].has("g:and"))
                 for before, after in pairwise(run) for at in range(before.last + 1, after.first))
    apart = not run or all(at < run[0].first or at > run[-1].last for at, _ in nouns)
    if len(run) < 2 or len(run) != len(nouns) or not joined or not apart:  # noqa: PLR2004  an order takes two
        return figures
    return [Figure(number, measure_of(classes), Unit.ITEMS, "items/same-order", number.last,
                   qualifier_of(tokens, number, number.last))
            for number, (_, classes) in zip(run, nouns, strict=True)]


def _counted(tokens: Sequence[Token], number: Numeral) -> Token | None:
    """Return the word that follows a number, past its case ending and a hedge: ``400'den fazla kişi``."""
    for at in range(number.last + 1, min(len(tokens), number.last + 5)):
        if not (tokens[at].text in "-'" or is_suffix(tokens, at) or tokens[at].has(*SKIPPED)):
            return tokens[at]
    return None


def _counts_citizens(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a country stands between a number and its people: ``50 Azerbaycan vatandaşı``."""
    following = tokens[number.last + 1:number.last + 3]
    return len(following) == 2 and following[0].kind in "wL" and not following[0].tags and any(  # noqa: PLR2004
        tag.startswith("p:") for tag in following[1].tags)


def _noun_first(lefts: Sequence[Head | None], rights: Sequence[Head | None]) -> bool:
    """Say whether the sentence lists its nouns before their numbers: ``AP 25, AT 56, UXO 830``."""
    counted = [k for k, (left, right) in enumerate(zip(lefts, rights, strict=True)) if left or right]
    if len(counted) < 2:  # noqa: PLR2004  a list has two
        return False
    first, last = lefts[counted[0]], rights[counted[-1]]
    return first is not None and first.direct and (last is None or bool(last.classes & AREA_UNITS.keys()))


def _figure(tokens: Sequence[Token], number: Numeral, head: Head, rule: str) -> Figure | None:
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


def _is_anyone(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one of" counts nothing: "every one of them", "a place, one of which nothing is told"."""
    return is_one_in_words(number) and (tokens[number.last + 1].text.endswith(forms("which")) or (
        number.first > 0 and tokens[number.first - 1].has("g:each", "g:not")))


def _of_them(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
    """Read a part by reference: ``40 shells, 12 of them ...``."""
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


def _counts_else_between(tokens: Sequence[Token], whole: Figure, number: Numeral) -> bool:
    """Say whether things that are no figure are counted between: "40 ha and 18 houses, 3 of them schools"."""
    return any(one.kind == "n" and any(token.tags & EXCLUDED for token in tokens[at + 1:at + 3])
               for at, one in enumerate(tokens[:number.first]) if at > whole.last)


def _one_class_of_them(tokens: Sequence[Token], number: Numeral, at: int) -> Figure | None:
    """Read a class of what the sentence before counts: ``Three of them were anti-tank mines``."""
    comma = number.first - 1
    people = any(token.tags & CASUALTY or any(tag.startswith("p:") for tag in token.tags) for token in tokens)
    if comma > 0 and tokens[comma].text == "," and not people and (named := _named_before(tokens, comma)):
        return Figure(number, measure_of(named), Unit.ITEMS, "items/of-them", at)  # "mostly shells, 233 of them"
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


def _articles(tokens: Sequence[Token], figures: list[Figure], *, starts: dict[int, Numeral]) -> list[Figure]:
    """Read an article as one in a list of counts: ``fourteen ..., an anti-tank mine``."""
    if not any(figure.unit == Unit.ITEMS for figure in figures):
        return []
    found = []
    items = {figure.at for figure in figures if figure.unit == Unit.ITEMS}
    harm = any(token.tags & CASUALTY for token in tokens)
    for at, token in enumerate(tokens[:-2]):
        noun = at + 1 + tokens[at + 1].has("g:sole")
        if token.has("g:article") and classes_of(tokens[noun]) & {"ap", "at", "uxo"}:
            number = Numeral(at, at, "", Decimal(1))
            head = extended(tokens, noun, classes_of(tokens[noun]), 0, pairs={}, starts=starts)
            closes = at and (tokens[at - 1].text == "," or tokens[at - 1].has("g:and"))
            opens = not harm and head.last + 2 in items and (
                tokens[head.last + 1].text == "," or tokens[head.last + 1].has("g:and"))
            alone = noun > at + 1 and not harm and not (at and tokens[at - 1].has("g:not", "g:except", "q:over"))
            if not (closes or opens or alone):
                continue
            figure = _figure(tokens, number, head, "article")
            if figure is not None:
                found.append(figure)
    return found


def _in_brackets(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure], *, pairs: dict[int, int]
                 ) -> list[Figure]:
    """Give a bare number in brackets the meaning of the number before it: ``over 53,000 (53,081) ha``."""
    known = {figure.at: figure for figure in figures}
    ends = {numeral.last: numeral for numeral in numbers}
    added = []
    for opening, closing in pairs.items():
        inside = [number for number in numbers if opening < number.first < closing]
        host = next((ends[at] for at in range(opening - 1, max(-1, opening - 3), -1) if at in ends), None)
        figure = known.get(host.first) if host else None
        if any(token.has(*EXCLUDED) or (token.kind == "w" and not token.tags) or token.kind == "D" or any(
                tag.startswith("t:") for tag in token.tags - _OFTEN) for token in tokens[opening:closing]):
            continue  # a unit that no lexicon knows: "53 hectares (131 acres)", another time: "90 (last week 88)"
        if len(inside) == 1 and figure and inside[0].first not in known and closing - opening <= 3 \
                and inside[0].raw:  # noqa: PLR2004  a number and at most a qualifier
            added.append(replace(figure, numeral=inside[0], rule=f"{figure.rule}/bracket",
                                 qualifier=qualifier_of(tokens, inside[0], inside[0].last)))
    return figures + added
