"""What became of a figure: cleared, only surveyed, planned, ordered, still to do, or laid and mapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from clearance_atlas.statements.figures import Figure
    from clearance_atlas.statements.quantities import Convention
    from clearance_atlas.statements.sentence import Sentence

_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL, Measure.ORDNANCE_TOTAL, Measure.UXO})
_CLAUSE = 24


def draft_figures(sentence: Sentence, *, text: str, written: Convention) -> list[Draft]:
    """Return a draft for every figure of a sentence whose number has a value."""
    drafts = []
    for figure in sentence.figures:
        value = figure.numeral.amount(is_count=figure.unit not in _AREAS, written=written)
        if value is None or (value != value.to_integral_value() and figure.unit not in _AREAS):
            continue
        first, last = sentence.tokens[figure.numeral.first], sentence.tokens[figure.numeral.last]
        draft = Draft(sentence, figure.at, first.start, last.end, figure.measure, value, figure.unit, figure.rule,
                      figure.qualifier, figure.item, figure.category)
        if figure.category:
            draft.breakdown = Breakdown.SUBGROUP
        if figure.subset:
            draft.flags.add(Flag.SUBSET)
        _set_status(draft, figure, text=text)
        drafts.append(draft)
    return drafts


_AREAS = frozenset({Unit.HECTARE, Unit.SQUARE_KILOMETRE, Unit.SQUARE_METRE})


def _set_status(draft: Draft, figure: Figure, *, text: str) -> None:
    cues = _cues_near(draft)
    if draft.unit in _AREAS:
        _set_area_status(draft, cues)
    elif draft.measure in _MINES:
        if "mapped" in cues and "planted" not in cues | {""} or _is_mapped(draft):
            draft.measure, draft.category = Measure.MINES_MAPPED, None
        elif "planted" in cues and not cues & {"cleared"}:
            draft.measure, draft.item = Measure.OTHER, "mines laid"
        elif "planned" in cues and "cleared" not in cues:
            draft.flags.add(Flag.PLANNED)


def _is_mapped(draft: Draft) -> bool:
    """Say whether the mines of a figure are those of a map: ``maps of about 92,000 mines``."""
    tokens = draft.sentence.tokens
    return any(token.has("c:mapped") for token in tokens[max(0, draft.at - 10):draft.at]) \
        or any(token.has("c:mapped") for token in tokens[draft.at:draft.at + 8])


def _set_area_status(draft: Draft, cues: set[str]) -> None:
    if "planned" in cues:
        draft.measure, draft.item = Measure.OTHER, "planned area"
        draft.flags.add(Flag.PLANNED)
    elif "extent" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.OTHER, "extent"
    elif "ordered" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.OTHER, "ordered area"
        draft.flags.add(Flag.ORDERED)
    elif "surveyed" in cues and "cleared" not in cues:
        draft.measure, draft.item = Measure.AREA_SURVEYED, None
        draft.flags.add(Flag.SURVEYED)
    elif cues & {"unfinished", "contaminated"} and "cleared" not in cues:
        draft.measure = Measure.OTHER
        draft.item = "area not yet cleared" if "unfinished" in cues else "contaminated area"


def _cues_near(draft: Draft) -> set[str]:
    """Return the cues of the figure's clause: up to a semicolon or full stop, or a conjunction of contrast."""
    tokens = draft.sentence.tokens
    first, last = max(0, draft.at - _CLAUSE), min(len(tokens), draft.at + _CLAUSE)
    for at in range(draft.at, first - 1, -1):
        if tokens[at].text in {";", "."} and tokens[at].kind == "p":
            first = at
            break
    for at in range(draft.at, last):
        if tokens[at].text in {";", "."} and tokens[at].kind == "p":
            last = at
            break
    return {tag[2:] for token in tokens[first:last] for tag in token.tags if tag.startswith("c:")}
