"""Drafts of the figures of a sentence: its numbers with a value, what became of them, areas said again in brackets."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag
from clearance_atlas.statements.clauses import AREAS, BRACKET, repeats_in_brackets
from clearance_atlas.statements.comparisons import is_difference, is_rate
from clearance_atlas.statements.drafts import Draft
from clearance_atlas.statements.status import set_status
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.figures import Figure
    from clearance_atlas.statements.quantities import Convention
    from clearance_atlas.statements.sentence import Sentence

_THOUSANDS = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_ALIKE = Decimal("0.5"), Decimal(2)
_MEASURED = frozenset({Unit.HECTARE, Unit.SQUARE_KILOMETRE})  # square metres have no thousandths


def draft_figures(sentence: Sentence, *, written: Convention) -> list[Draft]:
    """Return a draft for every figure of a sentence whose number has a value."""
    drafts: list[Draft] = []
    for figure in sentence.figures:
        value = figure.numeral.amount(is_count=figure.unit not in _MEASURED, written=written)
        if is_difference(sentence, figure) or is_rate(sentence, figure):
            continue
        if value is None or (value != value.to_integral_value() and figure.unit not in AREAS):
            continue
        first, last = sentence.tokens[figure.numeral.first], sentence.tokens[figure.numeral.last]
        draft = Draft(sentence, figure.at, first.start, last.end, figure.measure, value, figure.unit, figure.rule,
                      figure.qualifier, figure.item, figure.category)
        if figure.category:
            draft.breakdown = Breakdown.SUBGROUP
        if figure.subset or _opens_with_part(sentence):
            draft.flags.add(Flag.SUBSET)
        set_status(draft)
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
        if repeats_in_brackets(host, printed[draft.at]) and _THOUSANDS.fullmatch(raw) and host.area_ha \
                and draft.area_ha and not _ALIKE[0] < draft.area_ha / host.area_ha < _ALIKE[1]:
            whole = Decimal(re.sub(r"\D", "", raw))
            if _ALIKE[0] < draft.area_ha / draft.value * whole / host.area_ha < _ALIKE[1]:
                draft.value = whole


def _is_said_again(draft: Draft, before: Draft) -> bool:
    """Say whether a bracket gives the area just before it in another unit: "9,000 m2 (0.9 ha)"."""
    return draft.area_ha is not None and draft.area_ha == before.area_ha and draft.unit != before.unit \
        and before.at < draft.at <= before.at + BRACKET and draft.sentence.tokens[draft.at - 1].text == "("


def _take_over(draft: Draft, before: Draft) -> None:
    """Give an area said again what became of it the first time."""
    draft.measure, draft.item, draft.role = before.measure, before.item, before.role
    draft.flags = draft.flags | before.flags


def _says_as_printed(sentence: Sentence, figure: Figure) -> bool:
    """Say whether the text itself doubts a number: "986 hectares (as printed)"."""
    after = sentence.tokens[figure.last + 1:figure.last + 5]
    return "as_printed" in sentence.cues and any(token.has("c:as_printed") for token in after)


def _opens_with_part(sentence: Sentence) -> bool:
    """Say whether a sentence breaks up what was said before: "Of them, 12 ..."; a quotation mark may open it."""
    first = next((token for token in sentence.tokens if token.kind != "p"), None)
    return first is not None and first.has("c:of_them")
