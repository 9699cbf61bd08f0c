"""Counts of areas and ordnance: from a number in a sentence to what it counts.

Every rule looks at the words beside a number: the noun after it, the noun before it, a noun shared with its neighbours,
brackets, a list whose unit is said once. A rule has a name, kept in the statement.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearance_atlas.statements.anaphora import of_them
from clearance_atlas.statements.figures import Figure, figure_of, is_identifier
from clearance_atlas.statements.items import (
    articles,
    by_type,
    in_brackets,
    itemised,
    named_elsewhere,
    respective,
    such,
    types_before,
)
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import (
    AREA_UNITS,
    CASUALTY,
    EXCLUDED,
    ORDNANCE,
    SKIPPED,
    Head,
    brackets,
    classes_of,
    head_left,
    head_right,
    is_one_in_words,
    is_person,
    is_suffix,
    names_victims,
)
from clearance_atlas.statements.numerals import Numeral, numerals

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_HEDGES_BETWEEN = 2
_COUNTED = frozenset({*ORDNANCE, *AREA_UNITS})
_PRICES = frozenset({"currency"})


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
            head = itemised(tokens, number, head, ends=ends) or named_elsewhere(tokens, number, head, numbers=numbers)
            if not head.classes:
                continue
        if head and any(token.has("g:such") for token in tokens[number.last + 1:head.first]):
            head = such(tokens, number, head)
        figure = figure_of(tokens, number, head, rule) if head else None
        figure = figure or of_them(tokens, number, figures) or (
            by_type(tokens, number, figures) if right is None else None)
        if figure is not None:
            figures.append(figure)
    figures += types_before(tokens, numbers, figures)
    if "g:article" in tags:
        figures += articles(tokens, figures, starts=starts)
    if "c:same_order" in tags:
        figures = respective(tokens, numbers, figures)
    return sorted(in_brackets(tokens, numbers, figures, pairs=pairs), key=lambda figure: figure.at)


def _head(  # noqa: C901, PLR0911, PLR0912  the rules in order, one a line
    tokens: Sequence[Token], number: Numeral, left: Head | None, right: Head | None, *, noun_first: bool,
) -> tuple[Head | None, str]:
    if number.first and (tokens[number.first - 1].has("currency") or (
            tokens[number.first - 1].has("g:not") and not number.raw)):
        return None, ""
    if is_identifier(tokens, number) or names_victims(tokens, number) or (right and _strike(tokens, right)) or (
            is_one_in_words(number) and tokens[number.first].has("g:article") and not _is_counted(tokens, number)):
        return None, ""
    if right is None and _is_one_of_a_kind(tokens, number):
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
    right = _described(tokens, right) if right else None
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


def _described(tokens: Sequence[Token], head: Head) -> Head:
    """Return a noun for mines with the one class that the verb after it tells: "114 mines were anti-personnel"."""
    verb, kind = tokens[head.last + 1:head.last + 2], tokens[head.last + 2:head.last + 4]
    if head.classes != {"mine"} or not verb or not verb[0].has("g:copula") or not kind \
            or not classes_of(kind[0]) <= {"ap", "at"} or not classes_of(kind[0]) \
            or (len(kind) > 1 and kind[1].has("g:and", "g:or")):
        return head
    return replace(head, classes=head.classes | classes_of(kind[0]), last=head.last + 2)


def _is_base_of_share(tokens: Sequence[Token], number: Numeral, right: Head | None) -> bool:
    """Say whether a number is what a share is of: "45 percent of 1,200 hectares", "of the 1,200 hectares"."""
    at = number.first - 1
    at -= at > 0 and tokens[at].text in forms("the") and right is not None and bool(right.classes & AREA_UNITS.keys())
    return at > 0 and tokens[at].text in forms("of") and tokens[at - 1].has("percent")


def _stands_beside(tokens: Sequence[Token], left: Head, number: Numeral) -> bool:
    """Say whether nothing but "for its part" and hedges part a class from its number: ``tank əleyhinə isə 27 mina``."""
    if left.distance == 0:
        return left.direct
    return left.distance <= _HEDGES_BETWEEN and all(token.has("g:copula", *SKIPPED) and not token.has("t:filler")
                                         and token.kind == "w" for token in tokens[left.last + 1:number.first])


def _is_one_of_a_kind(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" only classes something: "mines remain one of the chief threats", ``təhlükələrdən biri``."""
    if not is_one_in_words(number):
        return False
    after = tokens[number.last + 1:number.last + 2]
    before = tokens[number.first - 1:number.first]
    return any(token.text.split()[0] in forms("one_of") for token in after) or any(
        token.kind == "w" and token.text.endswith(forms("ablative")) for token in before)


def _is_counted(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a word for pieces makes an article a count: Turkish ``bir adet mayın``."""
    return tokens[number.last + 1:number.last + 2] != [] and tokens[number.last + 1].has("g:classifier")


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
