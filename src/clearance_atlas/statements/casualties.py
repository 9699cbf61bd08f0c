"""People killed, injured, or both: the verb or noun that a number of people belongs to, and the parts of a total."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.statements.figures import Figure, is_identifier, qualifier_of
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import CASUALTY, brackets, classes_of, is_one_in_words, names_victims
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_MEASURES = {"c:killed": Measure.KILLED, "c:injured": Measure.INJURED, "c:victim": Measure.CASUALTIES}
_PEOPLE_MEASURES = frozenset(_MEASURES.values())
_GROUPS = ("civilians", "military", "children", "women", "deminers", "journalists")
_NOT_PEOPLE = ("ap", "at", "mine", "uxo", "ordnance", "submunition", "ha", "km2", "m2", "percent", "currency")
_REACH, _LEFT_REACH = 14, 10
_JUST_BEFORE = 6
_MODAL_REACH = 4
_YEAR_DIGITS = 4
_LONGEST_ASIDE = 18


@dataclass(slots=True)
class _Sentence:
    tokens: Sequence[Token]
    pairs: dict[int, int]
    starts: dict[int, Numeral]
    ends: frozenset[int]
    inside: dict[int, int]


def read_casualties(tokens: Sequence[Token], *, taken: set[int], series: bool, whole: Measure | None = None
                    ) -> list[Figure]:
    """Return the people counted in a sentence as killed, injured or victims.

    Parameters
    ----------
    tokens
        The tokens of the sentence.
    taken
        Numbers that are known to count something else.
    series
        Whether the text is just counting victims, period by period: then "5 people" are victims too.
    whole
        What the sentence before counted, when it counted people: "of them" are parts of it.
    """
    opener = tokens[0] if tokens[0].has("c:of_them") else None
    if not any(token.tags & CASUALTY for token in tokens) and not (series and _has_people(tokens)) \
            and not (opener and whole):
        return []
    tokens = _without_hypothetical(tokens)
    pairs = brackets(tokens)
    starts = {number.first: number for number in numerals(tokens)
              if not _is_article(tokens, number) and not (number.first and tokens[number.first - 1].has("g:age"))}
    inside = {at: opening for opening, closing in pairs.items() for at in range(opening, closing)}
    sentence = _Sentence(tokens, pairs, starts, frozenset(n.last for n in starts.values()), inside)
    figures: list[Figure] = []
    for at, number in starts.items():
        if at in taken or _counts_things(sentence, number) or _cites_law(sentence, number) \
                or (_is_whole(sentence, at) and not _close_right(sentence, number)):
            continue
        figure = _outright(sentence, number, figures) or _part(sentence, number, figures)
        if figure:
            figures.append(figure)
    if opener and not any(token.tags & CASUALTY for token in tokens[1:]):
        told = _measure(set(opener.tags & CASUALTY)) if opener.tags & CASUALTY else whole
        figures += _parts_of(told, sentence, figures, taken=taken) if told else []
    figures = _plain_people(sentence, figures, taken=taken, series=series and not opener)
    figures += _by_place(sentence, figures, taken=taken)
    figures += _apposed_groups(sentence, figures, taken=taken)
    return _contrasted(sorted(figures, key=lambda figure: figure.at))


def _by_place(sentence: _Sentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
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


def _by_next_place(sentence: _Sentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
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


def _parts_of(whole: Measure, sentence: _Sentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
    """Read the groups of a sentence that opens with whose parts they are: "Of the injured four are civilians"."""
    known = {figure.at for figure in figures}
    parts = []
    for at, number in sentence.starts.items():
        after = sentence.tokens[number.last + 1:number.last + 2]
        told = bool(after) and after[0].has("g:copula") and not after[0].has("t:to", "t:filler")
        if at in taken or at in known or (_counts_things(sentence, number) and not (told and is_one_in_words(number))):
            continue
        group = _group(sentence, number)
        if group or told or (after and after[0].has("p:people")):
            parts.append(Figure(number, whole, Unit.PEOPLE, "people/of-them", number.last,
                                qualifier_of(sentence.tokens, number, number.last), category=group, subset=True))
    return parts


def _without_hypothetical(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with verbs of what only could have been as plain words: ``that could have killed``."""
    if not any(token.has("g:modal") for token in tokens):
        return tokens
    return [replace(token, tags=token.tags - CASUALTY) if token.tags & CASUALTY and _is_hypothetical(tokens, at)
            else token for at, token in enumerate(tokens)]


def _is_hypothetical(tokens: Sequence[Token], at: int) -> bool:
    if any(token.has("g:modal") for token in tokens[at:at + 2]):
        return True
    for token in reversed(tokens[max(0, at - _MODAL_REACH):at]):
        if token.kind != "w" or token.value is not None:
            return False
        if token.has("g:modal"):
            return True
    return False


def _is_article(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" is only an article before a mine: ``bir tanksavar mayını``."""
    after = tokens[number.last + 1:number.last + 2]
    return not number.raw and number.value == 1 and bool(after) and after[0].has("ap", "at", "mine", "uxo")


def _has_people(tokens: Sequence[Token]) -> bool:
    return any(token.has("p:people") for token in tokens)


def _counts_things(  # noqa: PLR0911  one kind of thing a line
    sentence: _Sentence, number: Numeral,
) -> bool:
    """Say whether the words beside it make it a number of something else: other things, or somebody's age."""
    if is_identifier(sentence.tokens, number) or _is_somebody(sentence.tokens, number):
        return True
    before = sentence.tokens[number.first - 1] if number.first else None
    if before is not None and number.first > 1 and number.raw and sentence.tokens[number.first - 2].has("g:person") \
            and (before.text == "," or before.has("g:copula")):
        return True  # "a man of 41", "his son, 12,"
    if names_victims(sentence.tokens, number):
        return False
    for token in sentence.tokens[number.last + 1:number.last + 3]:
        if token.kind == "p" and token.text not in '-"':
            return False
        if token.has("t:year_word") and len(number.raw) == _YEAR_DIGITS:
            return True  # "born in 1978"
        if token.has(*_NOT_PEOPLE) or (token.has("x!nouns") and not _is_people(token)) \
                or any(tag.startswith("item:") for tag in token.tags):
            return True
        if token.tags & CASUALTY or _is_people(token):
            return False
    return False


def _cites_law(sentence: _Sentence, number: Numeral) -> bool:
    """Say whether a number stands in the wording of a crime: "Article 120.2.7 (killing two or more people)"."""
    return number.first in sentence.inside and any(token.has("c:legal") for token in sentence.tokens)


def _is_somebody(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" is no count but anybody: "one reads there that ..."."""
    return is_one_in_words(number) and not any(
        token.tags & CASUALTY or _is_people(token) or token.has("g:person", "c:of_them", "g:and", "g:or")
        for token in tokens[number.last + 1:number.last + 4])


def _is_whole(sentence: _Sentence, at: int) -> bool:
    """Say whether a number only tells what another is part of: ``17 of the 65``."""
    tokens = sentence.tokens
    return at > 2 and tokens[at - 1].text in forms("those") and tokens[at - 2].text in forms("of") \
        and at - 3 in sentence.ends  # noqa: PLR2004  a number and two words


def _close_right(sentence: _Sentence, number: Numeral) -> bool:
    """Say whether the noun right after a number is one for victims: ``the 65 victims``."""
    return any(token.has("g:toll") for token in sentence.tokens[number.last + 1:number.last + 2])


def _is_people(token: Token) -> bool:
    return any(tag.startswith("p:") for tag in token.tags)


def _group(sentence: _Sentence, number: Numeral) -> str | None:
    """Return the group of people that a number counts, by the noun after it or before it."""
    for at in range(number.last + 1, min(len(sentence.tokens), number.last + 4)):
        token = sentence.tokens[at]
        if at in sentence.starts or (token.kind == "p" and token.text not in '-"'):
            break
        for group in _GROUPS:
            if token.has(f"p:{group}"):
                return group
    at = number.first - 1
    after = number.last + 1
    listed = number.first in sentence.inside and after < len(sentence.tokens) and sentence.tokens[after].text in ",;)"
    if at > 0 and (sentence.tokens[at].text in "-–:" or listed):  # "(civilians 50, soldiers 15)"
        at -= sentence.tokens[at].text in "-–:"
        for group in _GROUPS:
            if sentence.tokens[at].has(f"p:{group}"):
                return group
    return None


def _outright(sentence: _Sentence, number: Numeral, before: list[Figure]) -> Figure | None:
    """Read a number by its own verb or noun: after it, else before it."""
    tags, last = _right(sentence, number)
    close = _close_left(sentence, number)
    if close and (not tags or any(token.has("g:and", "g:or") for token in sentence.tokens[number.last + 1:last])):
        tags, last = close, number.last
    if shared := _shared_verb(sentence, number, before):
        tags, last = shared, number.last
    if not tags:
        tags, last = _left(sentence, number) or _subject(sentence, number), number.last
    if not tags or (number.first in sentence.inside and sentence.inside[number.first] < number.first
                    and last > sentence.pairs[sentence.inside[number.first]]):
        return None
    measure = _measure(tags)
    partly = any(token.has("c:of_them", "c:including") for token in
                 sentence.tokens[max(0, number.first - 2):min(len(sentence.tokens), number.last + 3)])
    return Figure(number, measure, Unit.PEOPLE, "people/verb", max(last, number.last),
                  qualifier_of(sentence.tokens, number, number.last), category=_group(sentence, number),
                  subset=partly and any(figure.measure == measure for figure in before))


def _shared_verb(sentence: _Sentence, number: Numeral, before: list[Figure]) -> set[str]:
    """Return the verb before the number before: "killed 29 civilians and seven soldiers and left 40 with wounds"."""
    if not before or not any(token.has("g:and") for token in sentence.tokens[before[-1].at + 1:number.first]):
        return set()
    between = sentence.tokens[before[-1].numeral.last + 1:number.first]
    if not all(token.has("g:and") or _is_people(token) for token in between) or not any(map(_is_people, between)):
        return set()
    return _close_left(sentence, before[-1].numeral)


def _close_left(sentence: _Sentence, number: Numeral) -> set[str]:
    """Return the verb right before a number: "killed 12 people and wounded 40"."""
    at = number.first - 1
    while at > 0 and sentence.tokens[at].has("q:over", "q:about", "q:under", "c:total"):
        at -= 1
    if at < 0 or not sentence.tokens[at].tags & CASUALTY:
        return set()
    if _taken_left(sentence, at) and not (at and sentence.tokens[at - 1].has("g:and")):
        return set()
    tags = set(sentence.tokens[at].tags & CASUALTY)
    if at > 1 and (sentence.tokens[at - 1].has("g:or") or (
            sentence.tokens[at - 1].has("g:and") and not _taken_left(sentence, at - 2))):
        tags |= sentence.tokens[at - 2].tags & CASUALTY  # "mines have killed or maimed over 140"
    return tags


def _measure(tags: set[str]) -> Measure:
    if {"c:killed", "c:injured"} <= tags:
        return Measure.CASUALTIES
    if "c:killed" in tags:
        return Measure.KILLED
    return Measure.INJURED if "c:injured" in tags else Measure.CASUALTIES


def _right(  # noqa: C901, PLR0912  what may stand between a number and its verb, one case a line
    sentence: _Sentence, number: Numeral,
) -> tuple[set[str], int]:
    tokens, at = sentence.tokens, number.last + 1
    coordinated = False
    limit = min(len(tokens), number.last + _REACH)
    while at < limit:
        token = tokens[at]
        if at in sentence.pairs:
            at = sentence.pairs[at] + 1
            continue
        if token.tags & CASUALTY:
            return (set(), at) if _governs_next(sentence, at) else _with_alternative(sentence, at)
        if at in sentence.starts and _is_whole(sentence, at):
            at = sentence.starts[at].last + 1  # "17 of the 65 victims died"
            at += at < limit and (_is_people(tokens[at]) or tokens[at].has("g:toll"))
            continue
        if at in sentence.starts:
            if not coordinated:
                return set(), at
            coordinated = False
        elif token.has("g:and", "g:or"):
            coordinated = True
        elif token.kind == "p" and token.text not in "-\"'":
            if token.text == "," and at + 1 < limit and tokens[at + 1].has("c:including", "c:of_them"):
                close = next((k for k in range(at + 2, min(limit, at + 8)) if tokens[k].text == ","), None)
                if close is None or any(other.tags & CASUALTY for other in tokens[at + 2:close]):
                    part = sentence.starts.get(at + 2)
                    if part and tokens[part.last + 1:part.last + 2] and tokens[part.last + 1].tags & CASUALTY:
                        return set(), at  # "60 victims, including 15 dead"
                    coordinated = True  # "three people, including two journalists died"
                    at += 2
                else:  # "42 of them, including 33 civilians, died"
                    at = close + 1
                continue
            if token.text == "," and at + 1 < limit and tokens[at + 1].has("g:everyone"):
                at += 2  # "341 citizens of the country, all caught by mines"
                continue
            if token.text == "," and _group_list(sentence, at):
                at += 1
                coordinated = True
                continue
            return _closing_verb(sentence, at), at
        at += 1
    return set(), at


def _closing_verb(sentence: _Sentence, comma: int) -> set[str]:
    """Return the verb that closes a sentence after an aside on its subject: "4 soldiers, on a mine ..., were hurt"."""
    tokens = sentence.tokens
    if tokens[comma].text != "," or len(tokens) - comma > _LONGEST_ASIDE \
            or not _is_people(tokens[comma - 1]) or any(
            at in sentence.starts or tokens[at].kind in "nDL" or tokens[at].text in ";:"
            for at in range(comma + 1, len(tokens))):
        return set()
    verbs = [at for at in range(comma + 1, len(tokens)) if tokens[at].tags & CASUALTY]
    words = [at for at in range(comma + 1, len(tokens)) if tokens[at].kind == "w"]
    return set(tokens[verbs[0]].tags & CASUALTY) if verbs and verbs == words[-1:] else set()


def _governs_next(sentence: _Sentence, verb: int) -> bool:
    """Say whether a verb after "and" goes with the number after it: "7 soldiers and 18 civilians and wounded 100"."""
    at = verb + 1
    while at < len(sentence.tokens) and sentence.tokens[at].has("q:over", "q:about", "q:under"):
        at += 1
    return at in sentence.starts and sentence.tokens[verb - 1].has("g:and")


def _group_list(sentence: _Sentence, comma: int) -> bool:
    """Say whether a comma goes on counting groups of people: ``3 men, 2 women and 1 child died``."""
    number = sentence.starts.get(comma + 1)
    if number is None:
        return False
    after = number.last + 1
    return after + 1 < len(sentence.tokens) and _is_people(sentence.tokens[after]) \
        and not sentence.tokens[after + 1].tags & CASUALTY and sentence.tokens[after + 1].has("g:and")


def _with_alternative(sentence: _Sentence, at: int) -> tuple[set[str], int]:
    """Take in "killed or injured": both together are casualties."""
    tags, last = set(sentence.tokens[at].tags & CASUALTY), at
    for ahead in range(at + 1, min(len(sentence.tokens), at + 4)):
        token = sentence.tokens[ahead]
        either = token.text == "," and sentence.tokens[ahead + 1:ahead + 2] and sentence.tokens[ahead + 1].has("g:or")
        if ahead in sentence.starts or (token.kind == "p" and not either):
            break
        if tags == {"c:victim"} and token.has("c:killed", "c:injured") and all(
                between.kind == "w" and not between.has("g:relative") for between in sentence.tokens[at + 1:ahead]):
            return set(token.tags & CASUALTY), ahead  # "minaya düşərək yaralanıb": what became of them
        if token.tags & CASUALTY and any(t.has("g:and", "g:or") for t in sentence.tokens[at + 1:ahead]):
            return tags | (token.tags & CASUALTY), ahead
    return tags, last


def _left(sentence: _Sentence, number: Numeral) -> set[str]:
    tokens = sentence.tokens
    for at in range(number.first - 1, max(-1, number.first - 1 - _LEFT_REACH), -1):
        token = tokens[at]
        if token.tags & CASUALTY:
            tags = set(token.tags & CASUALTY)
            back = at - 1
            while back > 0 and tokens[back].has("t:filler"):
                back -= 1  # "the dead and the injured number 45"
            if back >= 1 and tokens[back].has("g:or", "g:and") and tokens[back - 1].tags & CASUALTY:
                tags |= tokens[back - 1].tags & CASUALTY
            if _taken_left(sentence, at):
                return set()
            return tags if number.first - at <= 3 or _linked(sentence, at, number) else set()  # noqa: PLR2004  close by
        if token.text == "," and at == number.first - 1 and _is_label(sentence, at - 1):
            continue  # "reads: killed, 6 civilians; injured, 14 soldiers"
        if at in sentence.ends or (token.kind == "p" and token.text not in "-–:\"'") or token.kind in "sd":
            return set()
        if token.has("g:and"):
            return set()
    return set()


def _is_label(sentence: _Sentence, at: int) -> bool:
    """Say whether a word for what became of people stands alone between marks, as the label of an item does."""
    return at >= 0 and bool(sentence.tokens[at].tags & CASUALTY) and (
        at == 0 or sentence.tokens[at - 1].text in {":", ";"})


def _subject(sentence: _Sentence, number: Numeral) -> set[str]:
    """Return the victims whose count a verb gives, other clauses between: "the list of those ..., grew to 40 names"."""
    tokens, at = sentence.tokens, number.first - 1
    while at > 0 and tokens[at].has("q:over", "q:about", "q:under"):
        at -= 1
    after = tokens[number.last + 1:number.last + 2]
    if at < 0 or not tokens[at].has("g:reaches") or (after and after[0].kind == "w" and not _is_people(after[0])):
        return set()
    for back in range(at - 1, -1, -1):
        if back in sentence.ends or tokens[back].text in {";", ":"}:
            return set()
        if tokens[back].tags & CASUALTY:
            return set(tokens[back].tags & CASUALTY)
    return set()


def _taken_left(sentence: _Sentence, at: int) -> bool:
    """Say whether the noun already has its number before it: ``36 deaths``, ``six wounded``."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if back in sentence.ends:  # "15 mines killed 3": that number counts what killed them
            number = next(n for n in sentence.starts.values() if n.last == back)
            return not _counts_things(sentence, number) and not any(
                classes_of(token) for token in sentence.tokens[back + 1:at])
        if sentence.tokens[back].kind == "p" and sentence.tokens[back].text not in '-"':
            return False
    return False


def _linked(sentence: _Sentence, at: int, number: Numeral) -> bool:
    return any(token.has("g:copula") or token.text in ":–-" for token in sentence.tokens[at + 1:number.first])


def _part(sentence: _Sentence, number: Numeral, before: list[Figure]) -> Figure | None:
    """Read a part of the figure before it: in brackets, after "including", or "of them"."""
    tokens = sentence.tokens
    host = next((figure for figure in reversed(before) if not figure.subset), None)
    group = _group(sentence, number)
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


def _joined(sentence: _Sentence, before: Figure, number: Numeral) -> bool:
    """Say whether "and" joins two groups of people: "29 civilians and seven soldiers"."""
    between = sentence.tokens[before.numeral.last + 1:number.first]
    return bool(between) and between[-1].has("g:and") and all(
        token.has("g:and") or _is_people(token) for token in between)


def _apposed_groups(sentence: _Sentence, figures: list[Figure], *, taken: set[int]) -> list[Figure]:
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
            group = _group(sentence, number)
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


def _host_of_bracket(sentence: _Sentence, opening: int) -> Measure | None:
    """Return the measure of the number that the bracket explains: right after it, or by the verb that follows."""
    for back in range(opening - 1, max(-1, opening - 5), -1):
        if back in sentence.ends:
            number = next(n for n in sentence.starts.values() if n.last == back)
            tags = _close_left(sentence, number) or _right(sentence, number)[0] or _left(sentence, number)
            return _measure(tags) if tags else None
    return None


def _plain_people(sentence: _Sentence, figures: list[Figure], *, taken: set[int], series: bool) -> list[Figure]:
    """Read "12 people" beside their killed and injured as the victims."""
    known = {figure.at for figure in figures}
    split = any(figure.measure in {Measure.KILLED, Measure.INJURED} for figure in figures)
    if not split and not series:
        return figures
    parted = any(token.has("c:of_them") for token in sentence.tokens)
    added = []
    for at, number in sentence.starts.items():
        after = sentence.tokens[number.last + 1:number.last + 2]
        if split and at not in known and at not in taken and at not in sentence.inside and after \
                and after[0].text == ":" and at < min(known):
            added.append(Figure(number, Measure.CASUALTIES, Unit.PEOPLE, "people/before-parts", number.last))
            continue
        lost = sentence.tokens[number.last + 2:number.last + 3]
        if parted or (lost and lost[0].has("x!nouns")):  # "7 people missing"
            continue  # parts of the killed or of the injured are no further victims
        if at not in known and at not in taken and at not in sentence.inside and after and after[0].has("p:people"):
            added.append(Figure(number, Measure.CASUALTIES, Unit.PEOPLE, "people/series", number.last + 1,
                                qualifier_of(sentence.tokens, number, number.last)))
    return figures + added


def _contrasted(figures: list[Figure]) -> list[Figure]:
    """Take victims set against injured for the killed: "24 became victims and 49 were injured"."""
    measures = [figure.measure for figure in figures]
    if Measure.INJURED not in measures or Measure.KILLED in measures or measures.count(Measure.CASUALTIES) != 1:
        return figures
    injured = next(figure for figure in figures if figure.measure == Measure.INJURED)
    victims = next(figure for figure in figures if figure.measure == Measure.CASUALTIES)
    if injured.subset or injured.rule == "people/part" or victims.rule == "people/series" \
            or injured.at < victims.at - 1:
        return figures
    return [replace(figure, measure=Measure.KILLED) if figure is victims else figure for figure in figures]
