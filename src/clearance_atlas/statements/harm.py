"""What became of people: the verb or noun for death and injury that a number belongs to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.statements.figures import Figure
from clearance_atlas.statements.nouns import CASUALTY, classes_of
from clearance_atlas.statements.numerals import Numeral
from clearance_atlas.statements.people import PeopleSentence, counts_things, is_people, is_whole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_REACH = 14
_LEFT_REACH = 10
_MODAL_REACH = 4
_LONGEST_ASIDE = 18


def without_hypothetical(tokens: Sequence[Token]) -> Sequence[Token]:
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


def shared_verb(sentence: PeopleSentence, number: Numeral, before: list[Figure]) -> set[str]:
    """Return the verb before the number before: "killed 29 civilians and seven soldiers and left 40 with wounds"."""
    if not before or not any(token.has("g:and") for token in sentence.tokens[before[-1].at + 1:number.first]):
        return set()
    between = sentence.tokens[before[-1].numeral.last + 1:number.first]
    if not all(token.has("g:and") or is_people(token) for token in between) or not any(map(is_people, between)):
        return set()
    return close_left(sentence, before[-1].numeral)


def close_left(sentence: PeopleSentence, number: Numeral) -> set[str]:
    """Return the verb right before a number: "killed 12 people and wounded 40"."""
    at = number.first - 1
    while at > 0 and sentence.tokens[at].has("q:over", "q:about", "q:under", "c:total"):
        at -= 1
    if at >= 0 and blows_up_people(sentence.tokens, at, number):
        return {"c:victim"}
    if at < 0 or not sentence.tokens[at].tags & CASUALTY:
        return set()
    if _taken_left(sentence, at) and not (at and sentence.tokens[at - 1].has("g:and")):
        return set()
    tags = set(sentence.tokens[at].tags & CASUALTY)
    if at > 1 and (sentence.tokens[at - 1].has("g:or") or (
            sentence.tokens[at - 1].has("g:and") and not _taken_left(sentence, at - 2))):
        tags |= sentence.tokens[at - 2].tags & CASUALTY  # "mines have killed or maimed over 140"
    return tags


def blows_up_people(tokens: Sequence[Token], verb: int, number: Numeral) -> bool:
    """Say whether mines do to people what sappers do to mines: "mines blew up 60 people"."""
    return tokens[verb].has("g:blows_up") and any(is_people(token) for token in tokens[number.last + 1:number.last + 3])


def measure_of_harm(tags: set[str]) -> Measure:
    """Return the measure of words for harm: killed and injured together are casualties."""
    if {"c:killed", "c:injured"} <= tags:
        return Measure.CASUALTIES
    if "c:killed" in tags:
        return Measure.KILLED
    return Measure.INJURED if "c:injured" in tags else Measure.CASUALTIES


def right_of(  # noqa: C901, PLR0912  what may stand between a number and its verb, one case a line
    sentence: PeopleSentence, number: Numeral,
) -> tuple[set[str], int]:
    """Return the words for harm after a number, and where they end."""
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
        if at in sentence.starts and is_whole(sentence, at):
            at = sentence.starts[at].last + 1  # "17 of the 65 victims died"
            at += at < limit and (is_people(tokens[at]) or tokens[at].has("g:toll"))
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


def _closing_verb(sentence: PeopleSentence, comma: int) -> set[str]:
    """Return the verb that closes a sentence after an aside on its subject: "4 soldiers, on a mine ..., were hurt"."""
    tokens = sentence.tokens
    if tokens[comma].text != "," or len(tokens) - comma > _LONGEST_ASIDE \
            or not is_people(tokens[comma - 1]) or any(
            at in sentence.starts or tokens[at].kind in "nDL" or tokens[at].text in ";:"
            for at in range(comma + 1, len(tokens))):
        return set()
    verbs = [at for at in range(comma + 1, len(tokens)) if tokens[at].tags & CASUALTY]
    words = [at for at in range(comma + 1, len(tokens)) if tokens[at].kind == "w"]
    return set(tokens[verbs[0]].tags & CASUALTY) if verbs and verbs == words[-1:] else set()


def _governs_next(sentence: PeopleSentence, verb: int) -> bool:
    """Say whether a verb after "and" goes with the number after it: "7 soldiers and 18 civilians and wounded 100"."""
    if _counts_next(sentence, verb):
        return True
    at = verb + 1
    while at < len(sentence.tokens) and sentence.tokens[at].has("q:over", "q:about", "q:under"):
        at += 1
    return at in sentence.starts and sentence.tokens[verb - 1].has("g:and")


def _counts_next(sentence: PeopleSentence, noun: int) -> bool:
    """Say whether a noun after "and" has its number after a verb: "69, and that of the injured at 318"."""
    tokens, at = sentence.tokens, noun + 1
    while at < len(tokens) and tokens[at].has("g:copula", "q:over", "q:about", "q:under"):
        at += 1
    return noun + 1 < at and at in sentence.starts and not counts_things(sentence, sentence.starts[at]) and any(
        token.has("g:and", "g:contrast") for token in tokens[max(0, noun - _MODAL_REACH):noun]) and (
        tokens[noun].has("c:of_them") or tokens[noun - 1].has("t:filler"))


def _group_list(sentence: PeopleSentence, comma: int) -> bool:
    """Say whether a comma goes on counting groups of people: ``3 men, 2 women and 1 child died``."""
    number = sentence.starts.get(comma + 1)
    if number is None:
        return False
    after = number.last + 1
    return after + 1 < len(sentence.tokens) and is_people(sentence.tokens[after]) \
        and not sentence.tokens[after + 1].tags & CASUALTY and sentence.tokens[after + 1].has("g:and")


def _with_alternative(sentence: PeopleSentence, at: int) -> tuple[set[str], int]:
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


def left_of(sentence: PeopleSentence, number: Numeral) -> set[str]:
    """Return the words for harm before a number that has no others."""
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


def _is_label(sentence: PeopleSentence, at: int) -> bool:
    """Say whether a word for what became of people stands alone between marks, as the label of an item does."""
    return at >= 0 and bool(sentence.tokens[at].tags & CASUALTY) and (
        at == 0 or sentence.tokens[at - 1].text in {":", ";"})


def subject_of(sentence: PeopleSentence, number: Numeral) -> set[str]:
    """Return the victims whose count a verb gives, other clauses between: "the list of those ..., grew to 40 names"."""
    tokens, at = sentence.tokens, number.first - 1
    while at > 0 and tokens[at].has("q:over", "q:about", "q:under"):
        at -= 1
    after = tokens[number.last + 1:number.last + 2]
    if at < 0 or not tokens[at].has("g:reaches") or (after and after[0].kind == "w" and not is_people(after[0])):
        return set()
    for back in range(at - 1, -1, -1):
        if back in sentence.ends or tokens[back].text in {";", ":"}:
            return set()
        if tokens[back].tags & CASUALTY:
            return set(tokens[back].tags & CASUALTY)
    return set()


def _taken_left(sentence: PeopleSentence, at: int) -> bool:
    """Say whether the noun already has its number before it: ``36 deaths``, ``six wounded``."""
    for back in range(at - 1, max(-1, at - 4), -1):
        if back in sentence.ends:  # "15 mines killed 3": that number counts what killed them
            number = next(n for n in sentence.starts.values() if n.last == back)
            return not counts_things(sentence, number) and not any(
                classes_of(token) for token in sentence.tokens[back + 1:at])
        if sentence.tokens[back].kind == "p" and sentence.tokens[back].text not in '-"':
            return False
        if back and sentence.tokens[back].has("g:each") and sentence.tokens[back - 1].has("g:and"):
            return False  # "69, and that of the injured at 318"
    return False


def _linked(sentence: PeopleSentence, at: int, number: Numeral) -> bool:
    return any(token.has("g:copula") or token.text in ":–-" for token in sentence.tokens[at + 1:number.first])
