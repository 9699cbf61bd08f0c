"""The grammar: from a number in a sentence to what it counts.

Every rule looks at the words beside a number: the noun after it, the noun before it, a noun shared with its neighbours,
brackets, a list whose unit is said once. A rule has a name, kept in the statement.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure, Qualifier
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

AREA_UNITS = {"ha": Unit.HECTARE, "km2": Unit.SQUARE_KILOMETRE, "m2": Unit.SQUARE_METRE}
ORDNANCE = frozenset({"ap", "at", "mine", "uxo", "ordnance", "submunition"})
CASUALTY = frozenset({"c:killed", "c:injured", "c:victim"})
_EXCLUDED = frozenset({"x!nouns", "percent", "currency"})
_SKIPPED = ("g:classifier", "q:over", "q:about", "q:under", "c:total")
_NONE: frozenset[str] = frozenset()
_ENDS_NOUN = ("g:and", "g:or", "g:compound", "c:of_them", "c:including", *CASUALTY)
_HEDGES = (("q:over", Qualifier.OVER), ("q:about", Qualifier.ABOUT), ("q:under", Qualifier.UNDER))
_MAX_GAP = 3
_LEFT_REACH = 8


@dataclass(frozen=True, slots=True)
class Head:
    """The noun of a number: its classes, how far it stands, which tokens it covers."""

    classes: frozenset[str]
    first: int
    last: int
    distance: int
    direct: bool = True


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


def read_figures(tokens: Sequence[Token]) -> list[Figure]:
    """Return the areas and ordnance counted in a sentence, in order."""
    if not any(_classes(token) for token in tokens):
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
        head, rule = _head(tokens, number, left, right, noun_first=noun_first)
        if head and head.classes == {"ordnance"} and tokens[head.last].has("g:weak"):
            head = _named_elsewhere(tokens, number, head, numbers=numbers)
        figure = _figure(tokens, number, head, rule) if head else None
        figure = figure or _of_them(tokens, number, figures)
        if figure is not None:
            figures.append(figure)
    figures += _articles(tokens, figures, starts=starts)
    figures = _respective(tokens, numbers, figures)
    return sorted(_in_brackets(tokens, numbers, figures, pairs=pairs), key=lambda figure: figure.at)


def _head(  # noqa: C901, PLR0911  the rules in order, one a line
    tokens: Sequence[Token], number: Numeral, left: Head | None, right: Head | None, *, noun_first: bool,
) -> tuple[Head | None, str]:
    if number.first and (tokens[number.first - 1].has("currency") or (
            tokens[number.first - 1].has("g:not") and not number.raw)):
        return None, ""
    if is_identifier(tokens, number):
        return None, ""
    if _is_one_in_words(number) and any(token.tags & CASUALTY for token in tokens):
        return None, ""  # "one anti-tank mine injured four"
    after = _counted(tokens, number)
    if after is not None and (any(tag.startswith("p:") and tag != "p:military" for tag in after.tags)
                              or (after.tags & CASUALTY and right is None)):
        return None, ""
    if right and right.classes & _EXCLUDED:
        if left is None or not left.direct or not left.classes & ORDNANCE or not tokens[right.first].has("g:weak"):
            return None, ""
        right = None  # "UXO - 830 units"
    if left and (right is None or noun_first) and left.classes == {"mine"} and any(
            token.tags & CASUALTY for token in tokens[max(0, left.first - 4):left.first]):
        return None, ""  # "killed or hurt by mines: 3"
    if number.first > 1 and tokens[number.first - 2].has("percent") and tokens[number.first - 1].text == "of":
        return None, ""  # "45 percent of 1,200 hectares"
    if right is None:
        return left, "noun-before"
    if left is None:
        return right, "noun-after"
    if left.distance == 0 and left.direct and right.classes == {"mine"} and left.classes & {"ap", "at"} \
            and "mine" not in left.classes:
        return replace(left, classes=left.classes | right.classes, last=right.last), "noun-around"
    if left.direct and noun_first and not right.classes & AREA_UNITS.keys():
        return left, "noun-before"
    return right, "noun-after"


def is_identifier(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a number only names something, as a telephone number does: ``under the number 102``."""
    before = tokens[number.first - 1] if number.first else None
    after = number.last + 1
    while after < len(tokens) and (tokens[after].text in "-'" or _is_suffix(tokens, after)):
        after += 1
    return (before is not None and before.has("g:identifier")) or (
        after < len(tokens) and tokens[after].has("g:identifier"))


def _named_elsewhere(tokens: Sequence[Token], number: Numeral, head: Head, *, numbers: Sequence[Numeral]) -> Head:
    """Give "pieces" or "finds" the class that the sentence names for them: ``shells added 389 pieces``."""
    after = head.last + 1
    if after + 1 < len(tokens) and tokens[after].has("g:copula"):
        follower = next((at for at in range(after + 1, min(len(tokens), after + 3)) if _classes(tokens[at])), None)
        if follower is not None and _classes(tokens[follower]) <= {"uxo", "ap", "at", "mine", "submunition"}:
            return replace(head, classes=_classes(tokens[follower]))
    begin = max((other.last + 1 for other in numbers if other.last < number.first), default=0)
    named = frozenset().union(*(_classes(token) & ORDNANCE for token in tokens[begin:number.first]))
    first = next((at for at in range(begin, number.first) if _classes(tokens[at]) & ORDNANCE), None)
    if first is None or (begin and first - begin <= _MAX_GAP):
        return head  # the noun before belongs to the number before it
    return replace(head, classes=named)


def _respective(tokens: Sequence[Token], numbers: Sequence[Numeral], figures: list[Figure]) -> list[Figure]:
    """Share out nouns and numbers given in the same order: ``AP and AT mines numbered 45 and 58 respectively``."""
    if not any(token.has("c:same_order") for token in tokens):
        return figures
    nouns: list[tuple[int, frozenset[str]]] = []
    for at, token in enumerate(tokens):
        classes = _classes(token) & ORDNANCE
        if classes == {"mine"} and nouns and nouns[-1][0] == at - 1:
            nouns[-1] = (at, nouns[-1][1])
        elif classes:
            nouns.append((at, classes))
    nouns = [noun for noun in nouns if noun[1] != {"mine"}]
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
        if not (tokens[at].text in "-'" or _is_suffix(tokens, at) or tokens[at].has(*_SKIPPED)):
            return tokens[at]
    return None


def _is_one_in_words(number: Numeral) -> bool:
    return not number.raw and number.value == 1 and number.factor == 1


def _noun_first(lefts: Sequence[Head | None], rights: Sequence[Head | None]) -> bool:
    """Say whether the sentence lists its nouns before their numbers: ``AP 25, AT 56, UXO 830``."""
    counted = [k for k, (left, right) in enumerate(zip(lefts, rights, strict=True)) if left or right]
    if len(counted) < 2:  # noqa: PLR2004  a list has two
        return False
    first, last = lefts[counted[0]], rights[counted[-1]]
    return first is not None and first.direct and (last is None or bool(last.classes & AREA_UNITS.keys()))


def head_right(tokens: Sequence[Token], number: Numeral, *, pairs: dict[int, int], starts: dict[int, Numeral]
               ) -> Head | None:
    """Return the noun after a number: ``28 anti-personnel mines``, ``61 (37 AP and 24 AT) mines``."""
    at, gap = number.last + 1, 0
    while at < len(tokens):
        token = tokens[at]
        if at in pairs:
            at = pairs[at] + 1
            continue
        classes = _classes(token)
        if classes:
            return _extended(tokens, at, classes, gap, pairs=pairs, starts=starts)
        if token.tags & _EXCLUDED:
            return Head(frozenset(token.tags & _EXCLUDED), at, at, gap)
        if at in starts or token.kind in "nDLdts" or _stops(tokens, at, number):
            return None
        if not (token.has(*_SKIPPED) or token.text in "-\"'" or _is_suffix(tokens, at)):
            gap += 1
        if gap > _MAX_GAP:
            return None
        at += 1
    return None


def _classes(token: Token) -> frozenset[str]:
    return _classes_of(token.tags) if token.tags else _NONE


@lru_cache(maxsize=1 << 12)
def _classes_of(tags: frozenset[str]) -> frozenset[str]:
    items = frozenset(tag for tag in tags if tag.startswith("item:"))
    return frozenset(tags & AREA_UNITS.keys()) or items or (tags & ORDNANCE)


def _stops(tokens: Sequence[Token], at: int, number: Numeral) -> bool:
    token = tokens[at]
    if token.kind == "p":
        if token.text in "-–" and at == number.last + 1:
            follower = [other for other in tokens[at + 1:at + 3] if other.text not in '«"“„']
            return token.start != tokens[at - 1].end and not (follower and follower[0].tags & ORDNANCE)
        return token.text not in "\"'-" or (token.text == "-" and tokens[at - 1].end != token.start)
    if any(tag.startswith("p:") and tag != "p:military" for tag in token.tags):
        return True
    return token.has(*_ENDS_NOUN) and not token.has("g:classifier")


def _is_suffix(tokens: Sequence[Token], at: int) -> bool:
    """Say whether the word is a case ending joined to the number: ``8526,2-si``."""
    return at > 0 and tokens[at - 1].text in "-'" and tokens[at - 1].end == tokens[at].start \
        and len(tokens[at].text) <= 4  # noqa: PLR2004  endings are short


def _extended(tokens: Sequence[Token], at: int, classes: frozenset[str], gap: int, *, pairs: dict[int, int],
              starts: dict[int, Numeral]) -> Head:
    """Take in the further nouns that share the number: ``anti-tank and anti-personnel mines``."""
    first, last = at, at
    if classes & AREA_UNITS.keys():
        return Head(classes, first, last, gap)
    place = at + 1
    while place < len(tokens):
        if place in pairs and not any(pairs[place] > start > place for start in starts):
            place = pairs[place] + 1
            continue
        token = tokens[place]
        found = _classes(token)
        if found and found & AREA_UNITS.keys():
            break
        if found:
            if _owned_by_next(tokens, place, starts=starts):
                break
            classes, last = classes | found, place
        else:
            place = -1 if place in starts else _coordinated(tokens, place, starts=starts)
            if place < 0:
                break
            continue
        place += 1
    return Head(classes, first, last, gap)


def _coordinated(tokens: Sequence[Token], at: int, *, starts: dict[int, Numeral]) -> int:
    """Return the position of a further noun without a number of its own that the words lead to, or -1."""
    glue = False
    for place in range(at, min(len(tokens), at + 5)):
        token = tokens[place]
        if place in starts or token.kind in "nDLs" or token.has("g:article"):
            return -1
        if _classes(token):
            return place if glue and not _classes(token) & AREA_UNITS.keys() else -1
        if token.has("g:and", "g:or") or token.text in {",", "/"}:
            glue = True
        elif not (token.has("g:classifier") or token.text in "\"'-" or (glue and token.kind == "w" and not token.tags)):
            return -1
    return -1


def _owned_by_next(tokens: Sequence[Token], at: int, *, starts: dict[int, Numeral]) -> bool:
    """Say whether a noun belongs to the number after it: ``..., tank əleyhinə 33 mina``."""
    place = at + 1
    while place < len(tokens) and (tokens[place].text in "-–:" or tokens[place].tags & ORDNANCE):
        place += 1
    if place not in starts or place == at:
        return False
    after = starts[place].last + 1
    return not any(_classes(token) for token in tokens[after:after + 1])


def head_left(  # noqa: C901  what may stand between a noun and its number, one case a line
    tokens: Sequence[Token], number: Numeral, *, ends: frozenset[int],
) -> Head | None:
    """Return the noun before a number: ``piyada əleyhinə 82``, ``the number of mines has reached 350``."""
    linked = direct = True
    words = 0
    for at in range(number.first - 1, max(-1, number.first - 1 - _LEFT_REACH), -1):
        token = tokens[at]
        classes = _classes(token)
        if classes:
            return _leftwards(tokens, at, classes, number, direct=direct, ends=ends) if linked else None
        if token.tags & CASUALTY:
            return None  # "the dead in mine accidents number 34"
        if token.kind == "D" and not direct:
            continue
        if token.text == "," and at == number.first - 1 and at and _classes(tokens[at - 1]) & ORDNANCE \
                and _closes(tokens, number.last + 1):
            continue  # "anti-tank mines, 39;"
        if at in ends or token.kind in "nDLs" or (token.kind == "p" and token.text not in "-–:=\"'()"):
            return None
        if token.text in {"-", "–", ":", "="}:
            linked = True
        elif token.has("g:copula"):
            linked, direct = True, False
        elif not token.has(*_SKIPPED) and token.kind == "w":
            words += 1
            direct = False
            linked = at < number.first - 1 and (linked and _has_link(tokens, at, number))
        if not linked or words > _MAX_GAP:
            return None
    return None


def _closes(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number ends its item of a list: a semicolon, a full stop, or the end of the sentence."""
    return at >= len(tokens) or (tokens[at].kind == "p" and tokens[at].text in ";.")


def _has_link(tokens: Sequence[Token], at: int, number: Numeral) -> bool:
    return any(token.has("g:copula") or token.text in {"-", "–", ":", "="} for token in tokens[at + 1:number.first])


def _leftwards(tokens: Sequence[Token], at: int, classes: frozenset[str], number: Numeral, *, direct: bool,
               ends: frozenset[int]) -> Head | None:
    first = place = at
    while place > 0:
        place -= 1
        found = _classes(tokens[place])
        if found and place not in ends and not found & AREA_UNITS.keys():
            classes, first = classes | found, place
        elif not (tokens[place].has("g:and", "g:or", "g:classifier") or tokens[place].text in {"-", "/"}):
            break
    before = first - 1
    while before >= 0 and (tokens[before].has(*_SKIPPED) or tokens[before].text == "-"):
        before -= 1
    if before in ends:
        return None  # the noun already has a number before it
    return Head(classes, first, at, number.first - at - 1, direct)


def _figure(tokens: Sequence[Token], number: Numeral, head: Head, rule: str) -> Figure | None:
    unit = next((AREA_UNITS[tag] for tag in ("ha", "km2", "m2") if tag in head.classes), None)
    if unit is not None and _is_one_in_words(number):
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


def _of_them(tokens: Sequence[Token], number: Numeral, figures: list[Figure]) -> Figure | None:
    """Read a part by reference: ``40 shells, 12 of them ...``."""
    after = number.last + 1
    if not figures or after >= len(tokens) or not tokens[after].has("c:of_them"):
        return None
    if any(token.tags & CASUALTY for token in tokens[after:after + 6]):
        return None
    whole = figures[-1]
    if whole.unit in AREA_UNITS.values() and number.raw:
        between = frozenset().union(*(_classes(token) & ORDNANCE for token in tokens[whole.last:number.first]))
        if between:  # "2,322 hectares rid of explosive objects, and 26,078 of these have been destroyed"
            return Figure(number, measure_of(between), Unit.ITEMS, "items/of-them", after)
    named = next((_classes(token) & ORDNANCE for token in tokens[after + 1:after + 4] if _classes(token)), None)
    if named and whole.unit == Unit.ITEMS:
        whole = replace(whole, measure=measure_of(named), item=None)
    return replace(whole, numeral=number, rule="items/of-them", last=after, subset=True, qualifier=Qualifier.EXACT)


def _articles(tokens: Sequence[Token], figures: list[Figure], *, starts: dict[int, Numeral]) -> list[Figure]:
    """Read an article as one in a list of counts: ``fourteen ..., an anti-tank mine``."""
    if not any(figure.unit == Unit.ITEMS for figure in figures):
        return []
    found = []
    for at, token in enumerate(tokens[:-1]):
        if token.has("g:article") and at and (tokens[at - 1].text == "," or tokens[at - 1].has("g:and")) \
                and _classes(tokens[at + 1]) & {"ap", "at", "uxo"}:
            number = Numeral(at, at, "", Decimal(1))
            head = _extended(tokens, at + 1, _classes(tokens[at + 1]), 0, pairs={}, starts=starts)
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
        if any(token.has(*_EXCLUDED) for token in tokens[opening:closing]):
            continue
        if len(inside) == 1 and figure and inside[0].first not in known and closing - opening <= 3 \
                and inside[0].raw:  # noqa: PLR2004  a number and at most a qualifier
            added.append(replace(figure, numeral=inside[0], rule=f"{figure.rule}/bracket",
                                 qualifier=qualifier_of(tokens, inside[0], inside[0].last)))
    return figures + added
