"""What became of a figure: cleared, only surveyed, planned, ordered, still to do, or laid and mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Role
from clearance_atlas.statements.asking import WANTED, is_asked_for
from clearance_atlas.statements.clauses import AREAS, clause_around, cues_in, cues_near
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import SKIPPED
from clearance_atlas.statements.seizures import SEIZED, is_seized

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.sentence import Sentence

_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL, Measure.ORDNANCE_TOTAL, Measure.UXO,
                    Measure.SUBMUNITIONS})
_FOUND = frozenset({"cleared", "clearing_place", "found"})
_OF_USES = frozenset({"surveyed", "extent", "in_use", "ceded", "ordered"})  # research, building, sowing, contracts
_MORE_THAN_ANYBODY = 1_000_000  # mines: no programme has cleared so many
MINES_LAID = "mines laid"
_LIST = 3
_LISTED = 50


def set_mapped(drafts: Sequence[Draft], before: Sequence[Sentence]) -> None:
    """Take mines laid for those of the maps that the sentence before tells of: "they show 90,000 mines"."""
    maps = [one for one in before if "mapped" in one.cues and not one.figures]
    handed = any("handed" in one.cues for one in maps)
    for draft in drafts if maps else ():
        if (draft.item == MINES_LAID and handed) or ("shows" in draft.sentence.cues and draft.measure in _MINES):
            draft.measure, draft.item = Measure.MINES_MAPPED, None


def mapped_beside(drafts: Sequence[Draft], sentences: Sequence[Sentence]) -> None:
    """Take mines laid in a place for those of its maps, of which a sentence just before or after tells.

    "97,000 had been laid in Barda. It is the one district whose maps we hold."
    """
    laid = [draft for draft in drafts if draft.item == MINES_LAID and draft.sentence.places]
    for draft in laid[:_LISTED]:
        own, number = {place.name for place in draft.sentence.places}, draft.sentence.number
        if any("mapped" in one.cues and not one.figures and {place.name for place in one.places} == own
               for one in sentences if abs(one.number - number) == 1):
            draft.measure, draft.item = Measure.MINES_MAPPED, None


def set_status(draft: Draft) -> None:
    """Give a figure the measure, item and flags of what became of it."""
    cues = cues_near(draft)
    if is_seized(draft.sentence, unit=draft.unit):
        draft.measure, draft.item, draft.category, draft.role = Measure.OTHER, SEIZED, None, Role.BACKGROUND
    elif draft.unit in AREAS:
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
    told = cues_in(tokens[clause_around(tokens, at)[0]:before.at])
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
    areas = [figure.at for figure in sentence.figures if figure.unit in AREAS]
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


def _known_fate(draft: Draft, cues: set[str]) -> set[str]:
    """Return the cues of an area that was asked for, or is told by its uses, with what they say of its fate."""
    if not draft.sentence.cues.isdisjoint(WANTED) and is_asked_for(draft):
        return cues - {"cleared", "planned"} | {"ordered"}
    if not cues.isdisjoint(_OF_USES) and _is_share_by_use(draft):
        return cues - _OF_USES | {"cleared"}
    return cues


def _set_area_status(draft: Draft, cues: set[str]) -> None:
    cues = _known_fate(draft, cues)
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
