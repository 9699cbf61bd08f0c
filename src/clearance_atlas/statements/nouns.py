"""The noun of a number: after it, before it, or shared with its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.numerals import Numeral
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

AREA_UNITS = {"ha": Unit.HECTARE, "km2": Unit.SQUARE_KILOMETRE, "m2": Unit.SQUARE_METRE}
ORDNANCE = frozenset({"ap", "at", "mine", "uxo", "ordnance", "submunition"})
CASUALTY = frozenset({"c:killed", "c:injured", "c:victim"})
EXCLUDED = frozenset({"x!nouns", "percent", "currency"})
SKIPPED = ("g:classifier", "q:over", "q:about", "q:under", "c:total")
_INCIDENTS = frozenset({"item:incidents"})
_FUZES, _REMNANTS = frozenset({"item:fuzes"}), frozenset({"item:shell remnants"})
_NONE: frozenset[str] = frozenset()
_ENDS_NOUN = ("g:and", "g:or", "g:compound", "c:of_them", "c:including", *CASUALTY)
_VICTIM_REACH = 8
MAX_GAP = 3
SHORT_NAMES = {"g:short_ap": "ap", "g:short_at": "at"}
_SHARED_REACH = 8
_LEFT_REACH = 8
_ASIDE = 6
_BY = 5  # words from a verb of harm to what did it


@dataclass(frozen=True, slots=True)
class Head:
    """The noun of a number: its classes, how far it stands, which tokens it covers."""

    classes: frozenset[str]
    first: int
    last: int
    distance: int
    direct: bool = True


def brackets(tokens: Sequence[Token]) -> dict[int, int]:
    """Return the position of the closing bracket for every opening one."""
    pairs: dict[int, int] = {}
    stack: list[int] = []
    for at, token in enumerate(tokens):
        if token.text in "([" and token.kind == "p":
            stack.append(at)
        elif token.text in ")]" and token.kind == "p" and stack:
            pairs[stack.pop()] = at
    return pairs


def with_shared_names(tokens: list[Token]) -> list[Token]:
    """Return the tokens with short names of a class read by the full one that follows: ``9 tank, 60 piyada əleyhinə``.

    Alone such a word is no munition: a tank is a tank.
    """
    return [replace(token, tags=token.tags | {SHORT_NAMES[short]}) if (short := _short_name(tokens, at)) else token
            for at, token in enumerate(tokens)]


def _short_name(tokens: Sequence[Token], at: int) -> str | None:
    """Return which short name stands here, where the full name of the other class follows it in a list."""
    short = next((tag for tag in SHORT_NAMES if tag in tokens[at].tags), None)
    if short is None or not tokens[at].tags.isdisjoint(ORDNANCE):
        return None
    other = "at" if SHORT_NAMES[short] == "ap" else "ap"
    for token in tokens[at + 1:at + _SHARED_REACH]:
        if other in token.tags:
            return short
        if not (token.kind == "n" or token.text in ",-'" or token.has("g:and", "g:classifier", *SKIPPED)
                or len(token.text) <= 3):  # noqa: PLR2004  a case ending
            return None
    return None


def head_right(tokens: Sequence[Token], number: Numeral, *, pairs: dict[int, int], starts: dict[int, Numeral]
               ) -> Head | None:
    """Return the noun after a number: ``28 anti-personnel mines``, ``61 (37 AP and 24 AT) mines``."""
    at, gap = number.last + 1, 0
    reach = 0 if is_one_in_words(number) else MAX_GAP  # "where one need fear no mine" counts nothing
    while at < len(tokens):
        token = tokens[at]
        if at in pairs:
            if at == number.last + 1 and (named := _in_its_bracket(tokens, at, pairs[at])):
                return Head(named, at + 1, pairs[at] - 1, gap)
            at = pairs[at] + 1
            continue
        classes = classes_of(token)
        if classes:
            return extended(tokens, at, classes, gap, pairs=pairs, starts=starts)
        if token.tags & EXCLUDED:
            return Head(frozenset(token.tags & EXCLUDED), at, at, gap)
        if token.text == "," and (tokens[at - 1].text in forms("in_number") or _is_aside(tokens, at, number)):
            at += 1  # "all the rest, 1,124 in number, was unexploded ordnance"
            continue
        if at in starts or token.kind in "nDLdts" or _stops(tokens, at, number) or is_plural(token):
            return None
        if not (token.has(*SKIPPED) or token.text in "-\"'" or is_suffix(tokens, at)):
            gap += 1
        if gap > reach:
            return None
        at += 1
    return None


def _in_its_bracket(tokens: Sequence[Token], opening: int, closing: int) -> frozenset[str]:
    """Return the class in brackets after a number that no noun follows: "number 7,558 (anti-personnel), 23 (...)"."""
    after = tokens[closing + 1:closing + 2]
    if after and not (after[0].text in {",", ";", "."} or after[0].has("g:and") or classes_of(after[0]) == {"mine"}):
        return _NONE  # "2,342 (anti-tank) mines"
    inside = tokens[opening + 1:closing]
    if not inside or not all(classes_of(token) <= ORDNANCE and (
            classes_of(token) or token.has("g:classifier", "g:and") or token.text == "-") for token in inside):
        return _NONE
    return frozenset().union(*(classes_of(token) for token in inside))


def _is_aside(tokens: Sequence[Token], comma: int, number: Numeral) -> bool:
    """Say whether a number between commas counts what the verb after it names: "by far the most, 163, were UXOs"."""
    return comma == number.last + 1 and number.first > 0 and tokens[number.first - 1].text == "," \
        and comma + 2 < len(tokens) and tokens[comma + 1].has("g:copula") \
        and not tokens[comma + 1].has("t:filler", "t:to", "t:as_of") and bool(classes_of(tokens[comma + 2]) & ORDNANCE)


def is_plural(token: Token) -> bool:
    """Say whether a word of no list is an English plural, and so what a number counts: "two ships under missile fire".

    Adjectives, which may stand between a number and its noun, have no plural.
    """
    return token.kind == "w" and not token.tags and token.text.endswith(forms("plural")) and token.text.isascii() \
        and not token.text.endswith(forms("no_plural"))


def names_victims(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether the mines after a number only tell whose victims it counts: ``62 landmine and UXO casualties``."""
    beside = tokens[number.last + 1:number.last + 1 + _VICTIM_REACH]
    if not any(token.has("g:toll") for token in beside):
        return False
    named = False
    for token in beside:
        if token.has("g:toll"):
            return named
        thing = bool(classes_of(token)) and not token.tags & AREA_UNITS.keys()
        if not (thing or token.has("g:and", "g:or", "g:compound", *SKIPPED) or token.text in "-()/\"'"):
            return False
        named = named or thing or token.has("g:compound")
    return False


def classes_of(token: Token) -> frozenset[str]:
    """Return what a token counts: a unit of area, else things that are no ordnance, else classes of ordnance."""
    return classes_in(token.tags) if token.tags else _NONE


@lru_cache(maxsize=1 << 12)
def classes_in(tags: frozenset[str]) -> frozenset[str]:
    """Return what a word with these tags counts."""
    items = frozenset(tag for tag in tags if tag.startswith("item:"))
    return frozenset(tags & AREA_UNITS.keys()) or items or (tags & ORDNANCE)


def _stops(tokens: Sequence[Token], at: int, number: Numeral) -> bool:
    token = tokens[at]
    if token.kind == "p":
        if token.text in "-–" and at == number.last + 1:
            follower = [other for other in tokens[at + 1:at + 3] if other.text not in '«"“„']
            # "22 - на противотанковые"
            onto = follower[1:] if follower and follower[0].text in forms("onto") else follower
            return token.start != tokens[at - 1].end and not (onto and onto[0].tags & ORDNANCE)
        return token.text not in "\"'-" or (token.text == "-" and tokens[at - 1].end != token.start)
    if is_person(token) or (token.has("g:purpose") and at > number.last + 1):
        return True  # "six lorries for lifting mines"
    return token.has(*_ENDS_NOUN, "g:perfect") and not token.has("g:classifier")


def is_person(token: Token) -> bool:
    """Say whether a word names people; "military" alone may belong to what they found."""
    return any(tag.startswith("p:") for tag in token.tags) and not token.has("g:martial")


def is_suffix(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word is a case ending joined to the number: ``8526,2-si``."""
    return at > 0 and tokens[at - 1].text in "-'" and tokens[at - 1].end == tokens[at].start \
        and len(tokens[at].text) <= 4  # noqa: PLR2004  endings are short


def extended(  # noqa: C901  what ends a list of nouns, one case a line
    tokens: Sequence[Token], at: int, classes: frozenset[str], gap: int, *, pairs: dict[int, int],
    starts: dict[int, Numeral],
) -> Head:
    """Take in the further nouns that share the number: ``anti-tank and anti-personnel mines``."""
    first, last = at, at
    if classes & AREA_UNITS.keys() or classes == _INCIDENTS:
        return Head(classes, first, last, gap)  # "two incidents with mines": no mines are counted
    if classes == {"ordnance"} and tokens[at].has("g:weak") and at + 1 < len(tokens) and tokens[at + 1].text == ",":
        return Head(classes, first, last, gap)  # "tank mines, 38 pieces, shells, 12 pieces"
    place = at + 1
    while place < len(tokens):
        if place in pairs and not any(pairs[place] > start > place for start in starts):
            place = pairs[place] + 1
            continue
        token = tokens[place]
        found = classes_of(token)
        if place == last + 1 and (part := _part_of_munition(classes, token)):
            return Head(part, first, place, gap)
        if classes == {"mine"} and (kind := _of_a_kind(tokens, place)):
            return Head(classes | classes_of(tokens[kind]), first, kind, gap)
        if found and found & AREA_UNITS.keys():
            break
        if found:
            if _owned_by_next(tokens, place, starts=starts) or _measured_apart(
                    tokens, place, pairs=pairs, starts=starts):
                break
            if found == _INCIDENTS and classes_of(tokens[place - 1]):
                return Head(_INCIDENTS, first, place, gap)  # "one mine/UXO incident"
            wider = found == {"ordnance"} and classes == {"uxo"} and tokens[place - 1].has("g:and")
            classes, last = found if wider else classes | found, place  # "shells and explosive objects"
        else:
            place = -1 if place in starts else _coordinated(tokens, place, starts=starts)
            if place < 0:
                break
            continue
        place += 1
    return Head(_by_its_bracket(tokens, last, classes, pairs=pairs), first, last, gap)


def _part_of_munition(classes: frozenset[str], token: Token) -> frozenset[str]:
    """Return what a part of a munition is: ``minanın partladıcısı``, ``детонаторы снарядов`` are no munitions."""
    found = classes_of(token)
    if token.has("g:part_of") and classes <= ORDNANCE:
        return found - ORDNANCE or _REMNANTS
    return classes if classes == _FUZES and found and found <= ORDNANCE else _NONE


def _measured_apart(tokens: Sequence[Token], at: int, *, pairs: dict[int, int], starts: dict[int, Numeral]) -> bool:
    """Say whether a noun of a list has a measure of its own in brackets: "3 mines, a charge (80 m) and ..."."""
    if not classes_of(tokens[at]) or classes_of(tokens[at - 1]):
        return False
    at += 1
    while at < len(tokens) and tokens[at].kind == "w" and not tokens[at].tags and at not in pairs:
        at += 1
    return at in pairs and pairs[at] == at + 3 and at + 1 in starts and not classes_of(tokens[at + 2]) \
        and not tokens[at + 2].has("g:classifier")


def _of_a_kind(tokens: Sequence[Token], at: int) -> int:
    """Return the position of the class named after its noun, or 0: ``112 mines of the anti-tank kind``."""
    if tokens[at].text not in forms("of"):
        return 0
    at += 2 if tokens[at + 1:at + 2] and tokens[at + 1].text in forms("the") else 1
    return at if tokens[at:at + 1] and tokens[at].has("ap", "at") else 0


def _by_its_bracket(tokens: Sequence[Token], last: int, classes: frozenset[str], *, pairs: dict[int, int]
                    ) -> frozenset[str]:
    """Return the class that a bracket gives to a word for any ordnance: ``4,659 explosive devices (UXO)``."""
    if classes != {"ordnance"} or last + 1 not in pairs:
        return classes
    inside = tokens[last + 2:pairs[last + 1]]
    return classes_of(inside[0]) or classes if len(inside) == 1 and classes_of(inside[0]) <= {"uxo", "mine"} \
        else classes


def _coordinated(tokens: Sequence[Token], at: int, *, starts: dict[int, Numeral]) -> int:
    """Return the position of a further noun without a number of its own that the words lead to, or -1."""
    glue = False
    for place in range(at, min(len(tokens), at + 5)):
        token = tokens[place]
        if place in starts or token.kind in "nDLs" or token.has("g:article", "g:but") or token.text in forms("free_of"):
            return -1  # "433 снаряда, от мин освобождено 20 га"
        if classes_of(token):
            return place if glue and not classes_of(token) & AREA_UNITS.keys() else -1
        if token.has("g:multiple"):
            return -1  # "27 anti-tank and twice as many anti-personnel mines"
        if token.text == "," and place and tokens[place - 1].has("g:and"):
            return -1  # "shells and, among the mines, 15 anti-tank ones"
        if token.has("g:and", "g:or") or token.text in {",", "/"}:
            glue = True
        elif not (token.has("g:classifier") or token.text in "\"'-" or (glue and token.kind == "w" and not token.tags)):
            return -1
    return -1


def _owned_by_next(tokens: Sequence[Token], at: int, *, starts: dict[int, Numeral]) -> bool:
    """Say whether a noun belongs to the number after it: ``..., tank əleyhinə 33 mina``."""
    place = at + 1
    while place < len(tokens) and (tokens[place].text in "-–:(" or tokens[place].tags & ORDNANCE
                                   or tokens[place].has("q:over", "q:about", "q:under", "g:remaining")
                                   or tokens[place].has("g:share")
                                   or (tokens[place].has("g:copula") and not tokens[place].has("c:total"))):
        place += 1
    if place not in starts or place == at:
        return False
    after = starts[place].last + 1
    while after < len(tokens) and tokens[after].has("g:classifier"):
        after += 1  # "mines and shells: 995 pieces of them anti-personnel mines"
    return not any(classes_of(token) and not _is_bare(tokens, at) for at, token in enumerate(tokens[after:after + 1],
                                                                                           after))


def _is_bare(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word for pieces names no class itself: "anti-tank mines - 26 pieces, ..."."""
    return tokens[at].has("g:weak") and classes_of(tokens[at]) <= {"ordnance"} and (
        at + 1 >= len(tokens) or not classes_of(tokens[at + 1]))


def head_left(  # noqa: C901, PLR0912  what may stand between a noun and its number, one case a line
    tokens: Sequence[Token], number: Numeral, *, ends: frozenset[int],
) -> Head | None:
    """Return the noun before a number: ``piyada əleyhinə 82``, ``the number of mines has reached 350``."""
    linked = direct = True
    words, aside = 0, len(tokens)
    for at in range(number.first - 1, max(-1, number.first - 1 - _LEFT_REACH), -1):
        token = tokens[at]
        if at >= aside:
            continue
        if token.text == "," and (opening := _opens_aside(tokens, at)):
            aside = opening
            continue
        classes = classes_of(token)
        if classes:
            return _leftwards(tokens, at, classes, number, direct=direct, ends=ends) \
                if linked and (direct or not _harms(tokens, at)) else None
        if token.tags & CASUALTY:
            return None  # "the dead in mine accidents number 34"
        if token.kind == "D" and not direct:
            continue
        if token.text == "," and at and (_is_apposed(tokens, at, number) or (
                at == number.first - 2 and tokens[at + 1].has("g:copula")
                and not tokens[at + 1].has("t:filler", "t:to", "t:as_of"))):
            continue  # "mines and shells together, number 4,730"
        if at in ends or token.kind in "nDLs" or (token.kind == "p" and token.text not in "-–:=\"'()"):
            return None
        if token.text in {"-", "–", ":", "="}:
            linked = True
        elif token.has("g:copula", "g:verb") or (token.has("g:share") and tokens[number.first - 1].has("g:remaining")) \
                or (token.has("g:tally") and _ends_clause(tokens, at, number)):
            linked, direct = True, False
        elif token.has("g:remaining") and at == number.first - 1 and not any(
                other.tags & CASUALTY for other in tokens) and (
                tokens[at - 1].has("g:copula", "g:verb", "g:share") or _closes(tokens, number.last + 1)):
            direct = False  # "shells made up the remaining 266", "shells the other 40"
        elif token.has("c:cumulative", "c:report_reference") and linked and _closes_clause(tokens, number):
            direct = False  # "finds since the start of work over 16 thousand,"
        elif not token.has(*SKIPPED) and token.kind == "w":
            words += not token.has("t:filler", "g:and", "c:report_reference", "c:cleared", "c:clearing_place")
            direct = False
            linked = at < number.first - 1 and (linked and _has_link(tokens, at, number))
        if not linked or words > MAX_GAP:
            return None
    return None


def _harms(tokens: Sequence[Token], noun: int) -> bool:
    """Say whether a noun only tells what people came to harm by: "those who suffered from Armenian mines number 60"."""
    for token in reversed(tokens[max(0, noun - _BY):noun]):
        if token.tags & CASUALTY:
            return True
        if (token.kind not in "wL" and token.text != "-") or token.has("g:and", "g:or", "c:found", "c:cleared"):
            return False
    return False


def _opens_aside(tokens: Sequence[Token], comma: int) -> int:
    """Return where an aside on who speaks begins that a comma closes, or 0: "the count of mines, he said, is 82"."""
    for at in range(comma - 1, max(0, comma - _ASIDE), -1):
        if tokens[at].text == ",":
            return at if tokens[at + 1].has("g:relative") or any(
                token.has("c:reporting") for token in tokens[at + 1:comma]) else 0
        if tokens[at].kind != "w" or tokens[at].value is not None or classes_of(tokens[at]):
            return 0
    return 0


def _is_apposed(tokens: Sequence[Token], comma: int, number: Numeral) -> bool:
    """Say whether a comma leads to the number of its noun: "tank mines, 39;", "shells, at 267, made up the rest"."""
    noun, after = classes_of(tokens[comma - 1]), number.last + 1
    if comma == number.first - 1 and _is_fronted(tokens, comma):
        return True
    if noun & AREA_UNITS.keys():  # "in hectares, 7,135.1 were cleared"
        return comma == number.first - 1 and comma > 1 and tokens[comma - 2].has("t:filler")
    if comma == number.first - 1:
        after += any(token.has("g:classifier") for token in tokens[after:after + 1])  # "shells, 534 pieces;"
        return bool(noun & ORDNANCE) and (_closes(tokens, after) or _opens_pair(tokens, after))
    return bool(noun & ORDNANCE) and comma == number.first - 2 and tokens[comma + 1].has("g:copula", *SKIPPED) \
        and (_closes(tokens, after) or tokens[after].text == ",")


def _opens_pair(tokens: Sequence[Token], after: int) -> bool:
    """Say whether the next item of a list has its noun first too: "anti-tank mines, 67, and shells, 12 pieces"."""
    at = after
    while at < len(tokens) and (tokens[at].text == "," or tokens[at].has("g:and")):
        at += 1
    first = at
    while at < len(tokens) and (classes_of(tokens[at]) & ORDNANCE or tokens[at].has("g:classifier")
                                or tokens[at].text == "-"):
        at += 1
    return after < first < at < len(tokens) - 1 and tokens[at].text == "," and tokens[at + 1].kind == "n"


def _is_fronted(tokens: Sequence[Token], comma: int) -> bool:
    """Say whether a class opens its clause before its number: "of anti-tank mines, 67 turned up; of shells, 12"."""
    at = comma - 1
    while at > 0 and (classes_of(tokens[at]) & ORDNANCE or tokens[at].has("g:classifier") or tokens[at].text == "-"):
        at -= 1
    opens = at == 0 or tokens[at - 1].text in {",", ";", ":"} or tokens[at - 1].has("g:and")
    return at < comma - 1 and opens and tokens[at].has("g:copula") and tokens[at].has("t:filler")


def is_one_in_words(number: Numeral) -> bool:
    """Say whether a number is "one", which may be no number at all."""
    return not number.raw and number.value == 1 and number.factor == 1


def _closes_clause(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether nothing of the clause follows a number."""
    return number.last + 1 >= len(tokens) or (tokens[number.last + 1].kind == "p"
                                              and tokens[number.last + 1].text in ",;.")


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number ends its item of a list: a semicolon, a full stop, or the end of the sentence."""
    return at >= len(tokens) or (tokens[at].kind == "p" and tokens[at].text in ";.")


def _has_link(tokens: Sequence[Token], at: int, number: Numeral) -> bool:
    return any(token.has("g:copula", "g:verb", "g:tally") or token.text in {"-", "–", ":", "="}
               for token in tokens[at + 1:number.first])


def _ends_clause(tokens: Sequence[Token], at: int, number: Numeral) -> bool:
    """Say whether nothing but a hedged number follows, to the end of its clause: "shells lead the list with 926"."""
    after = number.last + 1
    return all(token.has(*SKIPPED) for token in tokens[at + 1:number.first]) and (
        after >= len(tokens) or (tokens[after].kind == "p" and tokens[after].text in ",;.:"))


def _summed(tokens: Sequence[Token], first: int, classes: frozenset[str], *, ends: frozenset[int]
            ) -> tuple[frozenset[str], int]:
    """Take in all classes of the clause of a total: "mines of both kinds, and shells, come to 22 thousand in all"."""
    place = first
    while place > 0 and place - 1 not in ends and (
            tokens[place - 1].kind == "w" or tokens[place - 1].text in {",", "-"}):
        place -= 1
        found = classes_of(tokens[place]) & ORDNANCE
        if found:
            classes, first = classes | found, place
    return classes, first


def _leftwards(tokens: Sequence[Token], at: int, classes: frozenset[str], number: Numeral, *, direct: bool,
               ends: frozenset[int]) -> Head | None:
    first = place = at
    while place > 0:
        place -= 1
        found = classes_of(tokens[place])
        if found and place not in ends and not found & AREA_UNITS.keys():
            classes, first = classes | found, place
        elif not (tokens[place].has("g:and", "g:or", "g:classifier") or tokens[place].text in {"-", "/"}):
            break
    if not direct and any(token.has("c:total") for token in tokens[at + 1:number.first]):
        classes, first = _summed(tokens, first, classes, ends=ends)
    before = first - 1
    while before >= 0 and (tokens[before].has(*SKIPPED) or tokens[before].text == "-"):
        before -= 1
    if before in ends:
        return None  # the noun already has a number before it
    return Head(classes, first, at, number.first - at - 1, direct)
