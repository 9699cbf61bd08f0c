"""Parts of a number of victims: groups in brackets or after "of them", and the districts of a list."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.statements.figures import Figure, qualifier_of
from clearance_atlas.statements.harm import close_left, left_of, measure_of_harm, right_of
from clearance_atlas.statements.nouns import CASUALTY, is_one_in_words
from clearance_atlas.statements.numerals import Numeral
from clearance_atlas.statements.people import PeopleSentence, counts_things, group_of, is_people
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

_JUST_BEFORE = 6


def by_place(sentence: PeopleSentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
    """Read the people of a list by district whose noun and verb stand once: "in Tartar 3, in Aghdam 5 people died"."""
    tokens, known = sentence.tokens, {figure.at for figure in figures}
    found = []
    for at, number in sentence.starts.items():
        after = next((figure for figure in figures if figure.at > at), None)
        follows = tokens[number.last + 1:number.last + 2]
        if at in taken or at in known or not number.raw or after is None or not follows or at == 0 \
                or not (follows[0].text == "," or follows[0].has("g:and")):
            continue
        if tokens[at - 1].kind == "L" and tokens[after.at - 1].kind == "L":
            found.append(replace(after, numeral=number, last=number.last, rule="people/by-place"))
    return found + _by_next_place(sentence, figures, taken=taken)


def _by_next_place(sentence: PeopleSentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
    """Read the people of a list whose noun stands with the first: "Barda had 17 of the injured, Tovuz five"."""
    tokens = sentence.tokens
    first = next((figure for figure in figures if any(
        token.has("c:of_them") and token.tags & CASUALTY
        for token in tokens[figure.numeral.last + 1:figure.numeral.last + 2])), None)
    found: list[Figure] = []
    for at, number in sorted(sentence.starts.items()) if first else ():
        if first is None or at <= first.at or at in taken or at < 2:  # noqa: PLR2004  a mark and a name
            continue
        named = tokens[at - 1].kind == "L" or (tokens[at - 1].kind == "w" and not tokens[at - 1].tags)
        after = tokens[number.last + 1:number.last + 2]
        closed = not after or after[0].text in {",", ".", ";"} or after[0].has("g:and")
        if not (named and closed and (tokens[at - 2].text == "," or tokens[at - 2].has("g:and"))):
            break
        found.append(replace(first, numeral=number, last=number.last, rule="people/by-place"))
    return found


def parts_of(whole: Measure, sentence: PeopleSentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
    """Read the groups of a sentence that opens with whose parts they are: "Of the injured four are civilians"."""
    known = {figure.at for figure in figures}
    parts = []
    for at, number in sentence.starts.items():
        after = sentence.tokens[number.last + 1:number.last + 2]
        told = bool(after) and after[0].has("g:copula") and not after[0].has("t:to", "t:filler")
        if at in taken or at in known or (counts_things(sentence, number) and not (told and is_one_in_words(number))):
            continue
        group = group_of(sentence, number)
        if group or told or (after and after[0].has("p:people")):
            parts.append(Figure(number, whole, Unit.PEOPLE, "people/of-them", number.last,
                                qualifier_of(sentence.tokens, number, number.last), category=group, subset=True))
    return parts


def part_of(sentence: PeopleSentence, number: Numeral, before: list[Figure]) -> Figure | None:
    """Read a part of the figure before it: in brackets, after "including", or "of them"."""
    tokens = sentence.tokens
    host = next((figure for figure in reversed(before) if not figure.subset), None)
    group = group_of(sentence, number)
    opening = sentence.inside.get(number.first)
    if opening is None and group and before and before[-1].category and _joined(sentence, before[-1], number):
        return replace(before[-1], numeral=number, last=number.last, category=group, rule="people/part",
                       qualifier=qualifier_of(tokens, number, number.last))
    if opening is not None:
        host = next((figure for figure in reversed(before) if figure.at < opening and not figure.subset), None)
        whole = _host_of_bracket(sentence, opening)
        if whole:
            host = replace(host, measure=whole) if host else None
            if host is None:
                measure = whole
                return Figure(number, measure, Unit.PEOPLE, "people/bracket", number.last, category=group, subset=True)
    elif not any(token.has("c:of_them", "c:including") for token in
                 tokens[max(0, number.first - 4):min(len(tokens), number.last + 3)]) \
            and not (before and (before[-1].subset or before[-1].category) and group):
        return None
    if host is None and before and before[-1].category and group:
        host = before[-1]
    if opening is None and before and number.first - before[-1].last <= _JUST_BEFORE and any(
            token.has("c:including") for token in tokens[before[-1].at:number.first]):
        host = before[-1]
    if host is None or group is None:
        return None
    return Figure(number, host.measure, Unit.PEOPLE, "people/part", number.last,
                  qualifier_of(tokens, number, number.last), category=group, subset=True, host=host.at)


def _joined(sentence: PeopleSentence, before: Figure, number: Numeral) -> bool:
    """Say whether "and" joins two groups of people: "29 civilians and seven soldiers"."""
    between = sentence.tokens[before.numeral.last + 1:number.first]
    return bool(between) and between[-1].has("g:and") and all(
        token.has("g:and") or is_people(token) for token in between)


def apposed_groups(sentence: PeopleSentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
    """Read groups that follow a figure and add up to it: "65 lost their lives: 50 civilians and 15 soldiers"."""
    known = {figure.at for figure in figures}
    added = []
    for figure in figures:
        if figure.subset or figure.category:
            continue
        parts: list[tuple[Numeral, str]] = []
        for number in sorted(sentence.starts.values(), key=lambda number: number.first):
            if number.first <= figure.at or number.first in taken or number.first in known:
                continue
            group = group_of(sentence, number)
            if group is None or (parts and number.first - parts[-1][0].last > _JUST_BEFORE):
                break
            parts.append((number, group))
            if _sum(parts) == _plain(figure.numeral) and len(parts) > 1:
                added += [Figure(part, figure.measure, Unit.PEOPLE, "people/part", part.last, category=name,
                                 subset=True, host=figure.at) for part, name in parts]
                break
    return added


def _sum(parts: Sequence[tuple[Numeral, str]]) -> Decimal | None:
    values = [_plain(number) for number, _ in parts]
    return None if None in values else sum((value for value in values if value is not None), Decimal(0))


def _plain(number: Numeral) -> Decimal | None:
    return number.value if number.value is not None else Decimal(number.raw) if number.raw.isdecimal() else None


def _host_of_bracket(sentence: PeopleSentence, opening: int) -> Measure | None:
    """Return the measure of the number that the bracket explains: right after it, or by the verb that follows."""
    for back in range(opening - 1, max(-1, opening - 5), -1):
        if back in sentence.ends:
            number = next(n for n in sentence.starts.values() if n.last == back)
            tags = close_left(sentence, number) or right_of(sentence, number)[0] or left_of(sentence, number)
            return measure_of_harm(tags) if tags else None
    return None
