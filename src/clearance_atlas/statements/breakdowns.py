"""Whose work a figure is, and for which use of land: operators and sectors of figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Measure
from clearance_atlas.statements.keys import align

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.operators import OperatorTable
    from clearance_atlas.statements.sentence import Sentence

_JOINT = 2
_LIST = 3


def set_operators(drafts: Sequence[Draft], sentences: Sequence[Sentence], *, table: OperatorTable) -> None:
    """Give every draft its operator: the one of its sentence, else the one last spoken of, else the document's."""
    named = {sentence.number: [mention.code for mention in sentence.operators] for sentence in sentences}
    everyone = [code for codes in named.values() for code in codes]
    default = everyone[0] if everyone else None
    joint = _joint_operator(sentences, table=table)
    for draft in drafts:
        if draft.operator is not None or draft.is_casualty or draft.measure == Measure.MINES_MAPPED:
            continue
        draft.operator = _operator_of(draft, named) or default
        if joint and draft.operator == table.parts.get("agency"):
            draft.operator = joint
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if not draft.is_casualty:
            by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        _own_operators(group)


def _operator_of(draft: Draft, named: dict[int, list[str]]) -> str | None:
    codes = list(dict.fromkeys(named.get(draft.sentence.number, [])))
    if len(codes) == 1:
        return codes[0]
    if codes:
        return codes[0]
    for number in range(draft.sentence.number - 1, max(-1, draft.sentence.number - 6), -1):
        if named.get(number):
            return named[number][0]
    return None


def _joint_operator(sentences: Sequence[Sentence], *, table: OperatorTable) -> str | None:
    """Return the joint scope when one sentence lists the agency's partners in the work."""
    if table.partners is None:
        return None
    for sentence in sentences:
        codes = {mention.code for mention in sentence.operators}
        joined = "o:joint" in sentence.tags
        if len(codes - {table.parts.get("agency")}) >= _JOINT and (joined or len(codes) > _LIST) \
                and not any(figure.unit.value in {"ha", "items"} for figure in sentence.figures):
            return table.partners
    return None


def _own_operators(group: Sequence[Draft]) -> None:
    """Share the operators of a sentence among its figures where they take turns."""
    sentence = group[0].sentence
    keys = [mention.at for mention in sentence.operators]
    codes = {mention.at: mention.code for mention in sentence.operators}
    if len(set(codes.values())) < _JOINT or len(group) < _JOINT:
        return
    aligned = align(sorted({draft.at for draft in group}), keys, in_order="same_order" in sentence.cues)
    shares = {tuple(aligned[draft.at]) for draft in group}
    if len(shares) < _JOINT:
        return
    for draft in group:
        mine = [codes[key] for key in aligned[draft.at]]
        if mine:
            draft.operator = mine[0]
            if draft.breakdown is None:
                draft.breakdown = Breakdown.OPERATOR


def set_land_use(drafts: Sequence[Draft]) -> None:
    """Mark the figures of a list by land use."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.measure == Measure.AREA_CLEARED and draft.breakdown is None:
            by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        if len(group) < _LIST:
            continue
        tokens = group[0].sentence.tokens
        uses = {at: min(tag[4:] for tag in token.tags if tag.startswith("use:"))
                for at, token in enumerate(tokens) if any(tag.startswith("use:") for tag in token.tags)}
        if len(set(uses.values())) < _LIST:
            continue
        in_order = "same_order" in group[0].sentence.cues
        aligned = align(sorted(draft.at for draft in group), sorted(uses), in_order=in_order)
        for draft in group:
            mine = aligned[draft.at]
            if mine and len(mine) < len(uses):
                draft.breakdown, draft.category = Breakdown.LAND_USE, uses[mine[0]]
