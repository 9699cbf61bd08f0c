"""What became of a figure: cleared, only surveyed, planned, ordered, still to do, or laid and mapped."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, Role
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import EXCLUDED, SKIPPED
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.figures import Figure
    from clearance_atlas.statements.quantities import Convention
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.tokens import Token

_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL, Measure.ORDNANCE_TOTAL, Measure.UXO,
                    Measure.SUBMUNITIONS})
_STATUS = frozenset({"surveyed", "planned", "ordered", "unfinished", "contaminated", "cleared", "mapped", "planted",
                     "cancelled", "in_use", "stocked"})
_FATES = ("surveyed", "ordered", "unfinished", "contaminated", "cleared", "planned", "cancelled", "in_use")
_FOUND = frozenset({"cleared", "clearing_place"})
_FATED = _STATUS | {"extent", "ceded"}
_OF_USES = frozenset({"surveyed", "extent", "in_use", "ceded", "ordered"})  # research, building, sowing, contracts
_OF_MINES = frozenset({"mapped", "planted", "stocked"})  # "30 hectares lie in Barda": no ground is laid
_CLAUSE = 24
_MORE_THAN_ANYBODY = 1_000_000  # mines: no programme has cleared so many
_BRACKET = 5
_STEP = 4
MINES_LAID = "mines laid"
_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_ALIKE = Decimal("0.5"), Decimal(2)
_VERB = 6  # words between a verb and its number
_USE = 4  # words between a use of land and what says that the land is for it
_LIST = 3
_APPOSED = 5  # a number, its multiplier, two words for its unit, a comma


def draft_figures(sentence: Sentence, *, written: Convention) -> list[Draft]:
    """Return a draft for every figure of a sentence whose number has a value."""
    drafts: list[Draft] = []
    for figure in sentence.figures:
        value = figure.numeral.amount(is_count=figure.unit not in _MEASURED, written=written)
        if _is_difference(sentence, figure) or _is_rate(sentence, figure):
            continue
        if value is None or (value != value.to_integral_value() and figure.unit not in _AREAS):
            continue
        first, last = sentence.tokens[figure.numeral.first], sentence.tokens[figure.numeral.last]
        draft = Draft(sentence, figure.at, first.start, last.end, figure.measure, value, figure.unit, figure.rule,
                      figure.qualifier, figure.item, figure.category)
        if figure.category:
            draft.breakdown = Breakdown.SUBGROUP
        if figure.subset or _opens_with_part(sentence):
            draft.flags.add(Flag.SUBSET)
        _set_status(draft)
        if drafts and _is_said_again(draft, drafts[-1]):
            _take_over(draft, drafts[-1])
        if draft.item == "area in use":
            continue  # fields under crops are no figure of mine action
        if _says_as_printed(sentence, figure):
            draft.flags.add(Flag.SUSPECT_VALUE)
        drafts.append(draft)
    _read_as_bracketed(drafts, sentence)
    return drafts


def _read_as_bracketed(drafts: Sequence[Draft], sentence: Sentence) -> None:
    """Read three digits after a mark as thousands where only so they repeat an area: "16,586,032 m2 (1,658 ha)"."""
    printed = {figure.at: figure for figure in sentence.figures}
    for host, draft in pairwise(drafts):
        raw = printed[draft.at].numeral.raw
        if _repeats_in_brackets(host, printed[draft.at]) and _THOUSANDS.fullmatch(raw) and host.area_ha \
                and draft.area_ha and not _ALIKE[0] < draft.area_ha / host.area_ha < _ALIKE[1]:
            whole = Decimal(re.sub(r"\D", "", raw))
            if _ALIKE[0] < draft.area_ha / draft.value * whole / host.area_ha < _ALIKE[1]:
                draft.value = whole


def _is_said_again(draft: Draft, before: Draft) -> bool:
    """Say whether a bracket gives the area just before it in another unit: "9,000 m2 (0.9 ha)"."""
    return draft.area_ha is not None and draft.area_ha == before.area_ha and draft.unit != before.unit \
        and before.at < draft.at <= before.at + _BRACKET and draft.sentence.tokens[draft.at - 1].text == "("


def _take_over(draft: Draft, before: Draft) -> None:
    """Give an area said again what became of it the first time."""
    draft.measure, draft.item, draft.role = before.measure, before.item, before.role
    draft.flags = draft.flags | before.flags


def set_mapped(drafts: Sequence[Draft], before: Sequence[Sentence]) -> None:
    """Take mines laid for those of the maps that the sentence before tells of: "they show 90,000 mines buried"."""
    if not any({"mapped", "handed"} <= one.cues and not one.figures for one in before):
        return
    for draft in drafts:
        if draft.item == MINES_LAID:
            draft.measure, draft.item = Measure.MINES_MAPPED, None


def _is_rate(sentence: Sentence, figure: Figure) -> bool:
    """Say whether a number is what is done in a day or year, no result: "a machine does 900 square metres a day"."""
    after = sentence.tokens[figure.last + 1:figure.last + 2]
    return bool(after) and after[0].has("g:rate")


def _is_difference(sentence: Sentence, figure: Figure) -> bool:
    """Say whether a number only tells how far two others are apart: ``martla müqayisədə 300 hektar çoxdur``."""
    tokens = sentence.tokens
    after = tokens[figure.last + 1:figure.last + 2]
    if "g:grows" in sentence.tags and ("background" in sentence.cues or "g:versus" in sentence.tags) \
            and _grows_by(tokens, figure):
        return True
    if after and after[0].has("g:than") and not after[0].has("t:filler") and _names_time(tokens, figure.last + 2):
        return True
    return "background" in sentence.cues and bool(after) and after[0].has("q:over", "q:under") \
        and not (after[0].has("q:about")) and any(
            token.has("c:background") for token in tokens[max(0, figure.at - 2):figure.at])


def _names_time(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a comparison is with another time: "30 hectares more than the week before", "fewer than in April"."""
    for token in tokens[at:at + _VERB]:
        if token.kind == "n" or token.value is not None or (token.kind == "p" and token.text != "'"):
            return False
        if token.kind == "D" or any(tag.startswith("t:") and tag != "t:filler" for tag in token.tags):
            return True
    return False


def _grows_by(tokens: Sequence[Token], figure: Figure) -> bool:
    """Say whether a verb of growth has a number as its step: ``площадь выросла на 340 га``, ``40 hektar artıb``."""
    at = figure.at - 1
    while at > 0 and tokens[at].has("q:over", "q:about", "q:under"):
        at -= 1
    beside = *tokens[max(0, at - _STEP):at], *tokens[figure.last + 1:figure.last + _STEP]
    step = at >= 0 and tokens[at].text in forms("onto") and any(token.has("g:grows") for token in beside)
    after = next((token for token in tokens[figure.last + 1:] if not token.has("g:classifier")), None)
    more_than = tokens[figure.last].text.endswith(forms("ablative"))  # "500 hektardan çoxdur": over
    return step or (after is not None and after.has("g:grows") and not more_than)


def _says_as_printed(sentence: Sentence, figure: Figure) -> bool:
    """Say whether the text itself doubts a number: "986 hectares (as printed)"."""
    after = sentence.tokens[figure.last + 1:figure.last + 5]
    return "as_printed" in sentence.cues and any(token.has("c:as_printed") for token in after)


def _opens_with_part(sentence: Sentence) -> bool:
    """Say whether a sentence breaks up what was said before: "Of them, 12 ..."."""
    return bool(sentence.tokens) and sentence.tokens[0].has("c:of_them")


_MEASURED = frozenset({Unit.HECTARE, Unit.SQUARE_KILOMETRE})  # square metres have no thousandths
_AREAS = frozenset({Unit.HECTARE, Unit.SQUARE_KILOMETRE, Unit.SQUARE_METRE})


def _set_status(draft: Draft) -> None:
    cues = _cues_near(draft)
    if draft.unit in _AREAS:
        _set_area_status(draft, cues)
    elif draft.measure in _MINES and "demolition" in draft.sentence.cues:
        draft.measure, draft.item = Measure.OTHER, "destroyed by a demolition team"
    elif draft.measure in _MINES:
        if ("mapped" in cues and "planted" not in cues) or _is_mapped(draft) or (
                "planted" in cues and {"mapped", "handed"} <= draft.sentence.cues and len(draft.sentence.figures) == 1):
            draft.measure, draft.category = Measure.MINES_MAPPED, None
        elif "planted" in cues and (not cues & {"cleared", "found"} or _says_laid(draft)) \
                and not _shares_verb(draft):
            draft.measure, draft.item = Measure.OTHER, MINES_LAID
        elif "stocked" in cues:
            draft.measure, draft.item = Measure.OTHER, "kept in store"
        elif _is_estimate(draft) or (not cues & _FOUND and "contaminated" in cues):
            draft.measure, draft.item = Measure.OTHER, "thought to be in the ground"
        elif "planned" in cues and "cleared" not in cues:
            draft.flags.add(Flag.PLANNED)


def _says_laid(draft: Draft) -> bool:
    """Say whether the verb right before a number lays the mines; a participle only tells whose: "laid by night"."""
    before = draft.sentence.tokens[draft.at - 1]
    return draft.at > 0 and before.has("c:planted") and not before.text.endswith(forms("participle"))


def _shares_verb(draft: Draft) -> bool:
    """Say whether a figure goes on with a list of finds: "found 6 anti-personnel and 9 anti-tank mines laid by"."""
    tokens, at = draft.sentence.tokens, draft.at
    before = next((figure for figure in reversed(draft.sentence.figures) if figure.at < at), None)
    if before is None or not all(token.text == "," or token.has("g:and", *SKIPPED)
                                 for token in tokens[before.last + 1:at]):
        return False
    told = _cues(tokens[_clause(tokens, at)[0]:before.at])
    return bool(told & {"cleared", "found"}) and "planted" not in told


def _is_estimate(draft: Draft) -> bool:
    """Say whether a sentence without a word of finding or clearing counts more mines than anybody has cleared."""
    cues = draft.sentence.cues
    return draft.value >= _MORE_THAN_ANYBODY and "cleared" not in cues and (
        "clearing_place" not in cues or draft.measure == Measure.MINES_TOTAL)


def _is_mapped(draft: Draft) -> bool:
    """Say whether the mines of a figure are those of a map: ``maps of about 92,000 mines``."""
    tokens = draft.sentence.tokens
    following = min((figure.at for figure in draft.sentence.figures if figure.at > draft.at), default=len(tokens))
    first = 0 if draft.rule.startswith("list/") else max(0, draft.at - 10)  # "... 92,000 in Barda followed"
    return "mapped" in draft.sentence.cues and any(
        token.has("c:mapped") and not (at and tokens[at - 1].has("g:not", "g:each"))  # "were on no map"
        for at, token in enumerate(tokens[:min(draft.at + 8, following)]) if at >= first)


def _is_rid_of(draft: Draft) -> bool:
    """Say whether ground that "measures" so much is told by its mines: "the ground won from mines measures"."""
    tokens = draft.sentence.tokens[:draft.at]
    return any(token.has("c:extent") and token.text in forms("measures") for token in tokens) and any(
        token.has("mine", "uxo", "ordnance") for token in tokens)


def _is_outset(draft: Draft) -> bool:
    """Say whether an area is the whole of which the next is a part: "out of 316,000 m² 289,000 are clear"."""
    tokens, at = draft.sentence.tokens, draft.at
    return at > 0 and tokens[at - 1].has("g:out_of") and any(
        figure.at > at and figure.unit == draft.unit for figure in draft.sentence.figures)


def _is_share_by_use(draft: Draft) -> bool:
    """Say whether cleared land is told by its uses, whose names are no fate: "of it all research got 5 ha"."""
    sentence = draft.sentence
    areas = [figure.at for figure in sentence.figures if figure.unit in _AREAS]
    if len(areas) < _LIST or "cleared" not in sentence.cues:
        return False
    uses = {tag for token in sentence.tokens for tag in token.tags if tag.startswith("use:")}
    return len(uses) >= _LIST and any(token.has("c:cleared") for token in sentence.tokens[:areas[0]])


def _is_of_field(draft: Draft) -> bool:
    """Say whether an area only tells the size of the field that another is part of: "12 ha of a 300-hectare field"."""
    tokens, at = draft.sentence.tokens, draft.at
    return at > 1 and tokens[at - 1].has("g:article") and tokens[at - 2].text in forms("of") and any(
        figure.at < at and figure.unit == draft.unit for figure in draft.sentence.figures) \
        and any(token.text == "-" and token.end == tokens[place + 1].start
                for place, token in enumerate(tokens[at + 1:at + 3], at + 1) if place + 1 < len(tokens))


def _set_area_status(draft: Draft, cues: set[str]) -> None:
    if not cues.isdisjoint(_OF_USES) and _is_share_by_use(draft):
        cues = cues - _OF_USES | {"cleared"}
    if _is_outset(draft) or _is_of_field(draft):
        draft.measure, draft.item, draft.role = Measure.OTHER, "extent", Role.BACKGROUND
    elif "planned" in cues:
        draft.measure, draft.item = Measure.OTHER, "planned area"
        draft.flags.add(Flag.PLANNED)
    elif cues & {"extent", "ceded"} and "cleared" not in cues and not _is_rid_of(draft):
        draft.measure, draft.item, draft.role = Measure.OTHER, "extent", Role.BACKGROUND
    elif "ordered" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.OTHER, "ordered area"
        draft.flags.add(Flag.ORDERED)
    elif "cancelled" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.OTHER, "area cancelled or reduced by survey"
    elif "in_use" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.OTHER, "area in use"
    elif "surveyed" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.AREA_SURVEYED, None
        draft.flags.add(Flag.SURVEYED)
    elif cues & {"unfinished", "contaminated"} and "cleared" not in cues:
        draft.measure = Measure.OTHER
        draft.item = "area not yet cleared" if "unfinished" in cues else "contaminated area"


def _cues_near(draft: Draft) -> set[str]:
    """Return the cues of the figure's own clause; where it has none on what became of the area, those before it."""
    tokens, at = draft.sentence.tokens, draft.at
    if draft.sentence.cues.isdisjoint(_FATED):
        return set()
    if "planned" in draft.sentence.cues and "g:aside" in draft.sentence.tags:
        tokens = _without_asides(tokens, at)
    others = [figure.at for figure in draft.sentence.figures if figure.at != at
              and not _repeats_in_brackets(draft, figure)]
    first, last = _clause(tokens, at)
    last = _next_count(tokens, at, last=last) if draft.unit in _AREAS else last
    before_next = min((other for other in others if other > at), default=last)
    after_last = _own_begin(tokens, at, max((other for other in others if other < at), default=first - 1), before_next)
    own = _cues(tokens[max(first, after_last + 1):min(last, before_next)])
    if own & (_FATED - _OF_MINES if draft.unit in _AREAS else _FATED):
        begin = max(first, after_last + 1)
        return own - _farther(tokens[begin:min(last, before_next)], at - begin, cut=before_next < last)
    found = own | _cues(tokens[first:min(last, before_next)]) | (
        _cues(tokens[first:last]) & {"mapped", "planted", "cleared"})
    return found if found & _FATED or not first else found | _of_long_list(tokens, first)


def _without_asides(tokens: Sequence[Token], at: int) -> tuple[Token, ...]:
    """Return the tokens with the clauses on who acts as plain words: "the army, which means to buy dogs, has ..."."""
    plain = list(tokens)
    opening = None
    for place, token in enumerate(tokens):
        if token.text == "," and opening is None and place + 1 < len(tokens) and tokens[place + 1].has("g:aside"):
            opening = place
        elif token.text == "," and opening is not None:
            if not opening < at < place:
                plain[opening + 1:place] = [replace(one, tags=frozenset()) for one in tokens[opening + 1:place]]
            opening = None
    return tuple(plain)


def _next_count(tokens: Sequence[Token], at: int, *, last: int) -> int:
    """Return where a verb after a comma begins with a count of something else: "checked 5 ha, rid 12 km of mines"."""
    for comma in range(at + 1, last):
        if tokens[comma].text != "," or not _cues(tokens[max(0, at - _VERB):comma]) & _FATED:
            continue
        verb = comma + 1 + (tokens[comma + 1].has("g:and") if comma + 1 < last else 0)
        ahead = tokens[verb + 1:verb + _VERB]
        if verb < last and _cues_of(tokens[verb].tags) & _FATED and any(
                one.kind == "n" and other.tags & EXCLUDED for one, other in pairwise(ahead)):
            return comma
    return last


def _of_long_list(tokens: Sequence[Token], first: int) -> set[str]:
    """Return the fate that opens a list longer than a clause: the last one told before it in its sentence."""
    for place in range(first, -1, -1):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            return set()
        if fate := _cues_of(tokens[place].tags) & _FATED:
            return set(fate)
    return set()


def _own_begin(tokens: Sequence[Token], at: int, before: int, following: int) -> int:
    """Return where the words of a figure begin: past a comma that closes the clause of the figure before it."""
    comma = next((place for place in range(at - 1, before, -1) if tokens[place].text == ","), None)
    fates = set(_FATES)
    if comma == at - 1 and any(token.text == "," for token in tokens[at + 2:at + _APPOSED]):
        return before  # "wants the minefields, 70 hectares, cleared": one clause
    if comma is None or not (_cues(tokens[before + 1:comma]) & fates and _cues(tokens[at:following]) & fates):
        return before
    return comma


def _repeats_in_brackets(draft: Draft, figure: Figure) -> bool:
    """Say whether a figure is the draft's area once more, in another unit: "9,000 m2 (0.9 ha) were checked"."""
    tokens = draft.sentence.tokens
    return draft.unit in _AREAS and figure.unit in _AREAS and figure.unit != draft.unit \
        and draft.at < figure.at <= draft.at + _BRACKET and tokens[figure.at - 1].text == "("


def _farther(tokens: Sequence[Token], at: int, *, cut: bool) -> set[str]:
    """Return "cleared" where another fate stands nearer to the number, or the other fates where it does not.

    "Checked and cleared" is cleared; "the deminers checked 5 hectares" is not.
    """
    distance: dict[str, int] = {}
    for place, token in enumerate(tokens):
        for cue in _FATES:
            if f"c:{cue}" in token.tags:
                distance[cue] = min(distance.get(cue, len(tokens)), abs(place - at))
    others = {cue: far for cue, far in distance.items() if cue != "cleared"}
    if any(token.has("c:unfinished") and place and tokens[place - 1].has("c:cleared")
           for place, token in enumerate(tokens[:at])):
        others.pop("unfinished", None)  # "cleared the last 12 hectares"
    if _is_share(tokens, at):
        others.pop("contaminated", None)
    if not others or "cleared" not in distance:
        return set()
    end = len(tokens) - 2 if cut else len(tokens)  # "checked 18 hectares and lifted 33 mines": a verb of its own
    parted = _parted(tokens, at)
    surveyed = next((place for place, token in enumerate(tokens) if token.has("c:surveyed")), 0)
    joined = any((token.has("g:and") and place >= max(parted, surveyed) and any(
        after.has("c:cleared") for after in tokens[place + 1:place + 4] if place < at or place + 1 < end)
        and not (place > at and tokens[place + 1:] and tokens[place + 1].kind == "n"))  # "18 checked, and 5 cleared"
                 or (token.has("c:surveyed") and (
                     token.text.endswith(forms("converb")) or _then_cleared(tokens, place)))  # "inspected and then"
                 for place, token in enumerate(tokens))
    if "planned" in others and _of_next_clause(tokens, at):
        del others["planned"]
        return {"planned"} if not others or distance["cleared"] < min(others.values()) else {"planned", "cleared"}
    if joined or distance["cleared"] < min(others.values()):
        return set() if "planned" in others else set(others)
    return {"cleared"}


def _is_share(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a number is what was cleared of polluted ground: ``çirklənmiş sahənin 40 hektarı təmizlənib``."""
    return at > 1 and tokens[at - 2].has("c:contaminated") and tokens[at - 1].text.endswith(forms("partitive")) and any(
        token.has("c:cleared") for token in tokens[at + 1:])


def _then_cleared(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a verb of survey stands right before one of clearing: ``yoxlanılıb təmizlənib``."""
    return tokens[at].text.endswith(forms("perfect")) and any(token.has("c:cleared") for token in tokens[at + 1:at + 2])


def _parted(tokens: Sequence[Token], at: int) -> int:
    """Return where a verb of survey begins a clause of its own: "lifted and destroyed, and had inspected 5 ha"."""
    return next((place for place in range(at - 1, 0, -1) if tokens[place].has("g:and")
                 and tokens[place - 1].text == "," and any(token.has("c:surveyed") for token in tokens[place + 1:at])),
                0)


def _of_next_clause(tokens: Sequence[Token], at: int) -> bool:
    """Say whether only the clause after a figure speaks of plans: "cleared 35 ha, and by autumn they plan ..."."""
    plans = [place for place, token in enumerate(tokens) if token.has("c:planned")]
    if not plans or plans[0] <= at:
        return False
    comma = next((place for place in range(plans[0], at, -1) if tokens[place].text in {",", ";"}), None)
    return comma is not None and any(token.has("c:cleared") for token in tokens[:comma])


def _clause(tokens: Sequence[Token], at: int) -> tuple[int, int]:
    """Return the bounds of the clause around a token: a semicolon, a full stop, or the reach of a clause."""
    first, last = max(0, at - _CLAUSE), min(len(tokens), at + _CLAUSE)
    for place in range(at, first - 1, -1):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            first = place
            break
    for place in range(at, last):
        if tokens[place].kind == "p" and tokens[place].text in ";.":
            last = place
            break
    return first, last


def _cues(tokens: Sequence[Token]) -> set[str]:
    found = set().union(*(_cues_of(token.tags) for token in tokens if token.tags))
    if "planned" in found and all(at and tokens[at - 1].has("g:not") for at, token in enumerate(tokens)
                                  if token.has("c:planned")):
        found.discard("planned")  # "will no longer harm anybody"
    if "mapped" in found and all(at and tokens[at - 1].has("g:not", "g:each") for at, token in enumerate(tokens)
                                 if token.has("c:mapped")):
        found.discard("mapped")  # "were on no map"
    if any(token.has("g:intended") and not _is_for_use(tokens, at) for at, token in enumerate(tokens)):
        found.add("planned")
    return found


def _is_for_use(tokens: Sequence[Token], at: int) -> bool:
    """Say whether land is only meant for farming or building, which plans no clearance: "earmarked for farming"."""
    return any(tag.startswith("use:") for token in tokens[max(0, at - _USE):at + _USE + 1] for tag in token.tags)


@lru_cache(maxsize=1 << 12)
def _cues_of(tags: frozenset[str]) -> frozenset[str]:
    return frozenset(tag[2:] for tag in tags if tag.startswith("c:"))
