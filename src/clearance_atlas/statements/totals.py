"""Totals under the wrong name, which their sum gives away.

Print calls mines and munitions together "munitions", and the dead and injured together "injured".
"""

from __future__ import annotations

from decimal import Decimal
from itertools import permutations
from typing import TYPE_CHECKING

from clearance_atlas.model import Flag, Measure, Qualifier
from clearance_atlas.statements.anaphora import ALL_OF_CLASS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.drafts import Draft

_MINES = frozenset({Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL})
_CLASSES = _MINES | {Measure.UXO, Measure.SUBMUNITIONS}
_NEVER_PARTS = _CLASSES | {Measure.AREA_CLEARED, Measure.ORDNANCE_TOTAL}
_BOTH = 2
_MOST_PARTS = 4
_MOST_PEOPLE = 12
_ROUNDED_OFF = Decimal("0.02")


def total_of_classes(drafts: Sequence[Draft]) -> None:
    """Take munitions that are the sum of the mines and munitions told beside them for the total of all.

    "About 400 munitions, that is, 150 shells, 200 anti-personnel mines and 40 anti-tank mines."
    """
    for at, total in enumerate(drafts):
        if total.measure not in {Measure.UXO, Measure.ORDNANCE_TOTAL} or Flag.PLANNED in total.flags:
            continue
        parts = _parts(drafts[at + 1:at + 1 + _MOST_PARTS], total) or _parts(
            list(reversed(drafts[max(0, at - _MOST_PARTS):at])), total)
        if parts:
            total.measure, total.item = Measure.ORDNANCE_TOTAL, None
            total.part = parts[0]


def total_before_parts(drafts: Sequence[Draft]) -> None:
    """Bind a total of mines to the two classes that the next sentence tells: "Some 380 mines. On 5 May 370 ..."."""
    for at, total in enumerate(drafts):
        if total.measure != Measure.MINES_TOTAL or total.flags or total.part is not None:
            continue
        parts = [draft for draft in drafts[at + 1:at + 1 + _MOST_PARTS]
                 if draft.sentence.number == total.sentence.number + 1 and draft.measure in _MINES and not draft.flags]
        if {part.measure for part in parts} == {Measure.AP_MINES, Measure.AT_MINES} and len(parts) == _BOTH \
                and _is_sum(parts, total):
            total.part = parts[0]


def parts_of_all(drafts: Sequence[Draft]) -> None:
    """Take mines for a part where the next sentence counts all: "three more were found. All five mines were lifted"."""
    for draft in drafts:
        if draft.rule != ALL_OF_CLASS:
            continue
        for other in drafts:
            if other.measure == draft.measure and other.sentence.number == draft.sentence.number - 1 \
                    and other.value < draft.value:
                other.flags.add(Flag.SUBSET)
                draft.part = other


def parts_of_nothing(drafts: Sequence[Draft]) -> None:
    """Take "of these" for ground or things that no number before counts: "Of these lands 30,000 ha are clear"."""
    counted = set()
    for draft in drafts:
        kind = "area" if draft.area_ha is not None else draft.unit
        if kind not in counted and draft.measure in _NEVER_PARTS and draft.rule != "items/taken-up":
            draft.flags.discard(Flag.SUBSET)
        counted.add(kind)


def _parts(beside: Sequence[Draft], total: Draft) -> list[Draft]:
    """Return the classes beside a total that make it up, mines and other munitions; none where they do not."""
    parts: list[Draft] = []
    for draft in beside:
        apart = abs(draft.sentence.number - (parts[-1] if parts else total).sentence.number) > 1
        if draft.measure not in _CLASSES or apart or draft.measure in {part.measure for part in parts}:
            break
        parts.append(draft)
        named = {part.measure for part in parts}
        if named & _MINES and named - _MINES and _is_sum(parts, total):
            return parts
    return []


def _is_sum(parts: Sequence[Draft], total: Draft) -> bool:
    value = sum((part.value for part in parts), Decimal(0))
    if total.qualifier == Qualifier.EXACT:
        return value == total.value
    return abs(value - total.value) <= total.value * _ROUNDED_OFF


def _are_told_of(killed: Draft, injured: Draft, total: Draft) -> bool:
    """Say whether two parts follow their total in one sentence on it: "380 suffered. Of them 71 died, 309 lived"."""
    told = killed.sentence
    return told is injured.sentence and told.number == total.sentence.number + 1 and told.tokens[0].has("c:of_them") \
        and Flag.SUBSET not in total.flags and not (killed.own_places or injured.own_places)


def total_of_victims(drafts: Sequence[Draft]) -> None:
    """Take "injured" that are the sum of killed and injured for the victims: "15 suffered: 4 were killed, 11 hurt".

    Russian and Turkish have one word for those who suffered at all and for those who survived it.
    """
    # A group, as civilians are, is no total.
    people = [draft for draft in drafts if draft.is_casualty and not draft.category][:_MOST_PEOPLE]
    for total, killed, injured in permutations(people, 3):
        measures = total.measure, killed.measure, injured.measure
        apart = abs(killed.sentence.number - injured.sentence.number) > 1  # the parts are told together
        if measures == (Measure.INJURED, Measure.KILLED, Measure.INJURED) and killed.value and not apart \
                and (_are_told_of(killed, injured, total) or not any(
                    Flag.SUBSET in one.flags for one in (total, killed, injured))) \
                and total.value == killed.value + injured.value:
            total.measure = Measure.CASUALTIES
            killed.flags.discard(Flag.SUBSET)  # parts of the victims, of no count of their own kind
            injured.flags.discard(Flag.SUBSET)
