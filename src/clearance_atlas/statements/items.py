"""Items of lists: numbers by model, by the noun before them, in the same order as their nouns, in brackets."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.statements.figures import Figure, figure_of, measure_of, qualifier_of
from clearance_atlas.statements.nouns import (
    AREA_UNITS,
    CASUALTY,
    EXCLUDED,
    MAX_GAP,
    ORDNANCE,
    Head,
    classes_of,
    extended,
    is_plural,
)
from clearance_atlas.statements.numerals import Numeral
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_TO_TYPE = 7
_ITEM = 12  # tokens of one item of a list
_LEADS = frozenset({":", ",", "("})
_OFTEN = frozenset({"t:filler", "t:as_of", "t:to"})  # words that need not tell a time


def by_type(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
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


def types_before(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure]) -> list[Figure]:
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


def such(tokens: Sequence[Token], number: Numeral, head: Head) -> Head:
    """Give "such items" the classes of the list before it: ``mines, shells, bombs: over 500 such remnants``."""
    named = frozenset().union(*(classes_of(token) & ORDNANCE for token in tokens[:number.first]))
    return replace(head, classes=head.classes | named) if head.classes <= ORDNANCE else head


def itemised(tokens: Sequence[Token], number: Numeral, head: Head, *, ends: frozenset[int]) -> Head | None:
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
    if named and set().union(*named) == {"ordnance"}:
        return None  # "the bulk of the finds, 540 items, was unexploded ordnance": another word tells the class
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


def named_elsewhere(tokens: Sequence[Token], number: Numeral, head: Head, *, numbers: Sequence[Numeral]) -> Head:
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


def respective(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure]) -> list[Figure]:
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


def articles(tokens: Sequence[Token], figures: list[Figure], *, starts: dict[int, Numeral]) -> list[Figure]:
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
            opens = not harm and _past_joints(tokens, head.last + 1) in items
            alone = noun > at + 1 and not harm and not (at and tokens[at - 1].has("g:not", "g:except", "q:over"))
            if not (closes or opens or alone):
                continue
            figure = figure_of(tokens, number, head, "article")
            if figure is not None:
                found.append(figure)
    return found


def _past_joints(tokens: Sequence[Token], at: int) -> int:
    """Return where the next member of a list begins, -1 where none is joined: ``, as well as`` are two joints."""
    place = at
    while place < min(at + 2, len(tokens)) and (tokens[place].text == "," or tokens[place].has("g:and")):
        place += 1
    return place if place > at else -1


def in_brackets(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure], *, pairs: dict[int, int]
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
