"""Checks of one document's figures: said twice, rounded, garbled, parts against their total.

A fault is flagged, never mended.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, PeriodKind, Qualifier, Role
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.statements.drafts import Draft

# More hectares than any country's operators have reported for such a period; ten times the largest known.
_MOST_HECTARES = {
    PeriodKind.DAY: Decimal(5_000), PeriodKind.WEEK: Decimal(15_000), PeriodKind.MONTH: Decimal(60_000),
    PeriodKind.QUARTER: Decimal(150_000), PeriodKind.HALF: Decimal(300_000), PeriodKind.YEAR: Decimal(900_000),
}
_MOST_ITEMS = {
    PeriodKind.DAY: Decimal(20_000), PeriodKind.WEEK: Decimal(60_000), PeriodKind.MONTH: Decimal(150_000),
}
# More mines of a class than all programmes of any country have found.
_MOST_EVER = {Measure.AT_MINES: Decimal(300_000), Measure.AP_MINES: Decimal(3_000_000)}
_THOUSANDTHS = -3
_WIDE = 5  # districts: a week's work in so many is no plot of a few hectares
_PLOT = Decimal(20)
_ROUNDING = Decimal("0.1")
_MOST_COMPARED = 60
_HEADLINES = 4  # lines in which a title may stand, said twice, with its date line
_PAIR = 2  # more areas than that in a sentence are a list, each of ground of its own
_ROUNDED_OFF = Decimal("0.015")
_CLASSES = (Measure.AP_MINES, Measure.AT_MINES, Measure.UXO, Measure.SUBMUNITIONS)


def check(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts without the same figure twice, with flags on restated and suspect ones."""
    _widen_headline(drafts)
    kept = _once(drafts)
    _promote_searched(kept)
    _flag_implausible(kept)
    _flag_class_twice(kept)
    _flag_exchanged(kept)
    _flag_restated(kept)
    _flag_sums(kept)
    _flag_swapped_digits(kept)
    return kept


def _widen_headline(drafts: Sequence[Draft]) -> None:
    """Take a headline's "mines" for mines and munitions where the text says the same number of both together."""
    heads = [draft for draft in drafts if draft.measure == Measure.MINES_TOTAL and draft.sentence.number < _HEADLINES]
    mines = [draft for draft in drafts if draft.measure == Measure.MINES_TOTAL and draft not in heads]
    wholes = [draft for draft in drafts if draft.measure == Measure.ORDNANCE_TOTAL]
    for head in heads[:_MOST_COMPARED]:
        if not any(other.value == head.value for other in mines) and any(
                whole.sentence.number > head.sentence.number and (
                    whole.value == head.value or _is_rounder(head, whole)) for whole in wholes[:_MOST_COMPARED]):
            head.measure = Measure.ORDNANCE_TOTAL


def _scope(draft: Draft) -> tuple[object, ...]:
    places = tuple(sorted([name for _, name, _ in draft.places])) if draft.places else ()
    return (draft.measure, draft.period.start, draft.period.end, places,
            draft.category, draft.item, Flag.PLANNED in draft.flags,
            draft.breakdown == Breakdown.OPERATOR and draft.operator)


def _once(drafts: Iterable[Draft]) -> list[Draft]:
    """Count a number that is said twice in one scope once; the mention with more words of its own stays."""
    seen: dict[tuple[object, ...], Draft] = {}
    kept: list[Draft] = []
    for draft in drafts:
        key = (*_scope(draft), draft.value, draft.unit)
        first = seen.get(key)
        if first is None or first.sentence.number == draft.sentence.number:
            seen.setdefault(key, draft)
            kept.append(draft)
        elif first.role == Role.BACKGROUND and draft.role == Role.NEWS:
            first.role = Role.NEWS
    return kept


def _promote_searched(drafts: Sequence[Draft]) -> None:
    """Take searched ground for cleared where the document itself says the same area was cleared."""
    cleared = [draft.area_ha for draft in drafts if draft.measure == Measure.AREA_CLEARED and draft.area_ha]
    for draft in drafts:
        area = draft.area_ha
        listed = sum(figure.unit == draft.unit for figure in draft.sentence.figures) > _PAIR
        if draft.measure == Measure.AREA_SURVEYED and area and not listed and any(
                other == area or (_digits(other) != _digits(area) and abs(other - area) / area < _ROUNDING / 2)
                for other in cleared[:_MOST_COMPARED]):
            draft.measure = Measure.AREA_CLEARED
            draft.flags.discard(Flag.SURVEYED)


def _flag_implausible(drafts: Iterable[Draft]) -> None:
    for draft in drafts:
        kind = draft.period.kind
        area = draft.area_ha
        if draft.value > _MOST_EVER.get(draft.measure, draft.value) or _lost_thousands(draft):
            draft.flags.add(Flag.SUSPECT_VALUE)
        if kind is None:
            continue
        if area is not None and area > _MOST_HECTARES.get(kind, Decimal(5_000_000)):
            draft.flags.add(Flag.SUSPECT_VALUE)
        if draft.measure in {*_CLASSES, Measure.ORDNANCE_TOTAL, Measure.MINES_TOTAL} \
                and draft.value > _MOST_ITEMS.get(kind, Decimal(10_000_000)):
            draft.flags.add(Flag.SUSPECT_VALUE)


def _lost_thousands(draft: Draft) -> bool:
    """Say whether a week's ground in many districts is a few hectares with three decimals: 5.246 for 5,246."""
    digits = draft.value.as_tuple()
    return draft.measure == Measure.AREA_CLEARED and draft.unit == Unit.HECTARE and draft.value < _PLOT \
        and digits.exponent == _THOUSANDTHS and len(draft.places) >= _WIDE and draft.breakdown is None \
        and draft.period.kind in {PeriodKind.WEEK, PeriodKind.MONTH}


def _flag_exchanged(drafts: Sequence[Draft]) -> None:
    """Flag a headline's mines that are the body's munitions, while its classes of mines add up otherwise."""
    first: dict[tuple[object, ...], dict[Measure, Draft]] = {}
    for draft in drafts:
        if draft.sentence.number and draft.measure in _CLASSES and not draft.flags:
            first.setdefault((draft.period.start, draft.period.end), {}).setdefault(draft.measure, draft)
    for head in drafts[:_HEADLINES]:
        body = first.get((head.period.start, head.period.end), {})
        ap, at, uxo = (body.get(measure) for measure in _CLASSES[:3])
        if head.measure == Measure.MINES_TOTAL and head.sentence.number < _HEADLINES and ap and at and uxo \
                and ap.sentence is at.sentence is uxo.sentence is not head.sentence \
                and head.value == uxo.value != ap.value + at.value:
            head.flags.add(Flag.SUSPECT_VALUE)


def _flag_class_twice(drafts: Sequence[Draft]) -> None:
    """Flag a class that one list gives twice with different numbers: ``25 AP, 56 AT and 56 AP mines``."""
    groups: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.measure in _CLASSES and draft.breakdown is None and Flag.SUBSET not in draft.flags \
                and "g:type" not in draft.sentence.tags:  # a list by model has each class as often as it has models
            groups[(draft.sentence.number, draft.operator, *_scope(draft))].append(draft)
    by_sentence: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.measure in _CLASSES:
            by_sentence[draft.sentence.number].append(draft)
    for group in groups.values():
        if len(group) == 1 or len({draft.value for draft in group}) == 1:
            continue
        others = {other.value for other in by_sentence[group[0].sentence.number] if other.measure != group[0].measure}
        for draft in group[1:] if not any(d.value in others for d in group) else group:
            if (draft is not group[0] or draft.value in others) and (
                    draft.value in others or group[0].value in others or not others & {d.value for d in group}):
                draft.flags.add(Flag.SUSPECT_VALUE)


def _flag_restated(drafts: Sequence[Draft]) -> None:
    """Flag a rounded or converted figure beside the exact one, and a total beside its classes."""
    groups: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.breakdown is None:
            groups[_scope(draft)[:4]].append(draft)
    for group in groups.values():
        for draft in group[:_MOST_COMPARED]:
            if not draft.flags & {Flag.SUBSET, Flag.PLANNED} and any(
                    _rounds(draft, other) for other in group[:_MOST_COMPARED] if other is not draft):
                draft.flags.add(Flag.RESTATES)


def _rounds(draft: Draft, other: Draft) -> bool:
    """Say whether a draft is a rounder way to say another one."""
    if draft.measure != other.measure or Flag.RESTATES in other.flags:
        return False
    return _is_rounder(draft, other)


def _is_rounder(draft: Draft, other: Draft) -> bool:
    """Say whether one number is the other with fewer digits."""
    value, exact = draft.area_ha or draft.value, other.area_ha or other.value
    if draft.unit != other.unit and draft.sentence is other.sentence and draft.at > other.at:
        return exact > 0 and abs(value - exact) / exact < _ROUNDING
    if exact in {value, 0} or _digits(value) >= _digits(exact):
        return False
    short = (exact - value) / exact
    if draft.qualifier == Qualifier.EXACT:
        return draft.sentence is not other.sentence and abs(short) < _ROUNDED_OFF
    bounds = {Qualifier.OVER: (-_ROUNDED_OFF, _ROUNDING), Qualifier.UNDER: (-_ROUNDING, _ROUNDED_OFF)}
    least, most = bounds.get(draft.qualifier, (-_ROUNDING, _ROUNDING))
    return least <= short < most


def _digits(value: Decimal) -> int:
    """Return the number of significant digits: 1500 has two."""
    return len(value.normalize().as_tuple().digits)


def _flag_sums(drafts: Sequence[Draft]) -> None:
    """Compare totals with the classes of their own sentence and scope, and breakdowns with their total."""
    _join_classes(drafts)
    by_scope: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.measure in _CLASSES and draft.breakdown is None and Flag.SUBSET not in draft.flags:
            by_scope[_scope(draft)[1:4]].append(draft)
    for total in drafts:
        if total.measure not in {Measure.ORDNANCE_TOTAL, Measure.MINES_TOTAL} or total.breakdown is not None \
                or Flag.SUBSET in total.flags:
            continue
        classes = _CLASSES if total.measure == Measure.ORDNANCE_TOTAL else _CLASSES[:2]
        parts = [draft for draft in by_scope[_scope(total)[1:4]][:_MOST_COMPARED] if draft.measure in classes]
        if len({d.measure for d in parts}) < min(2, len(classes)) or len({d.measure for d in parts}) != len(parts):
            continue
        both = {Measure.AP_MINES, Measure.AT_MINES} <= {d.measure for d in parts}
        whole = sum((d.value for d in parts), Decimal(0))
        near = total.qualifier in {Qualifier.OVER, Qualifier.ABOUT} and abs(total.value - whole) < whole * _ROUNDING
        if (total.value == whole or near) and total.sentence is not parts[0].sentence:
            total.flags.add(Flag.RESTATES)
        elif total.qualifier == Qualifier.EXACT and total.value != whole and both \
                and total.sentence is parts[0].sentence and (total.measure == Measure.MINES_TOTAL or len(parts) > 2):  # noqa: PLR2004
            total.flags.add(Flag.SUM_MISMATCH)
    _flag_breakdowns(drafts)


def _join_classes(drafts: Sequence[Draft]) -> None:
    """Take all classes of a total for figures of their own, no subsets: "1,212 in all. Of these 201 were ..."."""
    by_sentence: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.measure in _CLASSES and Flag.SUBSET in draft.flags:
            by_sentence[draft.sentence.number].append(draft)
    totals = [draft for draft in drafts if draft.measure in {Measure.ORDNANCE_TOTAL, Measure.MINES_TOTAL}]
    for parts in by_sentence.values():
        whole = sum((draft.value for draft in parts), Decimal(0))
        if 1 < len(parts) == len({draft.measure for draft in parts}) and any(
                total.value == whole and Flag.SUBSET not in total.flags
                and total.sentence.number < parts[0].sentence.number and _scope(total)[1:4] == _scope(parts[0])[1:4]
                for total in totals[:_MOST_COMPARED]):
            for draft in parts:
                draft.flags.discard(Flag.SUBSET)


def _flag_swapped_digits(drafts: Sequence[Draft]) -> None:
    """Flag a total of victims that has the digits of killed and injured together in another order: 365 for 356."""
    groups: defaultdict[tuple[object, ...], dict[Measure, Draft]] = defaultdict(dict)
    for draft in drafts:
        if draft.is_casualty and Flag.SUBSET not in draft.flags and draft.category is None:
            groups[draft.period.start, draft.period.end].setdefault(draft.measure, draft)
    for group in groups.values():
        total, killed, injured = (group.get(m) for m in (Measure.CASUALTIES, Measure.KILLED, Measure.INJURED))
        if total and killed and injured:
            whole = killed.value + injured.value
            if total.value != whole and sorted(str(total.value)) == sorted(str(whole)):
                total.flags.add(Flag.SUSPECT_VALUE)


def _flag_breakdowns(drafts: Sequence[Draft]) -> None:
    groups: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.breakdown in {Breakdown.OPERATOR, Breakdown.DISTRICT, Breakdown.LAND_USE}:
            groups[draft.breakdown, draft.measure, draft.period, draft.sentence.number].append(draft)
    totals_of: defaultdict[tuple[object, ...], list[Draft]] = defaultdict(list)
    for draft in drafts:
        if draft.breakdown is None and not draft.places and draft.qualifier == Qualifier.EXACT:
            totals_of[draft.measure, draft.period].append(draft)
    for (_, measure, period, _), parts in groups.items():
        totals = [d for d in totals_of.get((measure, period), []) if Flag.RESTATES not in d.flags]
        if len(totals) != 1 or totals[0].sentence.number > parts[0].sentence.number:
            continue
        whole = sum((d.area_ha or d.value for d in parts), Decimal(0))
        value = totals[0].area_ha or totals[0].value
        if value < whole and abs(value - whole) >= 1:
            totals[0].flags.add(Flag.SUM_MISMATCH)
