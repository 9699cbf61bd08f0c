"""The same bulletin once: copies of one bulletin in several outlets and languages are joined.

Copies agree in period, operator and values; they need not agree in the list of districts, may name no operator, and
may carry a slip. Joining asks for evidence (two shared figures, or one particular one), never for likeness of words,
and never crosses from one agency to another: two agencies that report the same fortnight stay two.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import PeriodKind
from clearance_atlas.observations.agreement import Figure, Slot, agree, figure, is_slip, is_specific
from clearance_atlas.observations.periods import days, is_dated, parse_day, period_id, regular
from clearance_atlas.observations.scopes import Scopes, family, scope

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from clearance_atlas.model import Period, Statement

SAME_LIST = 0.6  # two lists of districts sharing this much of their union are one list with a slip
PERIOD_SLACK_DAYS = 3  # "1 to 4 June" and "1 to 6 June" may be one week
ENOUGH_SHARED = 2
CROWD = 60  # so many different bulletins of one period are no news but a test of patience
Places = frozenset[str]
NATIONAL: Places = frozenset()


@dataclass(slots=True)
class Bulletin:
    """What one document says of one period and operator; ``places`` is the list its totals cover jointly.

    ``national`` marks a document that splits its total by district itself: its total is no joint figure of a list.
    """

    document_id: str
    period: Period
    scope: str | None
    family: str | None
    places: Places
    national: bool
    totals: list[Statement]
    parts: list[Statement]
    values: dict[Slot, set[Figure]] = field(default_factory=dict)


def place_set(statement: Statement) -> Places:
    """Return the places of a statement by code, or by name where the gazetteer has none."""
    return frozenset(statement.place_codes or statement.places or statement.places_as_published)


def bulletins(
    statements: Iterable[Statement], *, scopes: Scopes, slots: Mapping[str, Slot]
) -> list[Bulletin]:
    """Sort the statements of each document into bulletins, one a period and operator scope."""
    sorted_out: dict[tuple[object, ...], list[Statement]] = defaultdict(list)
    for one in statements:
        period = regular(one.period)
        named = scope(one.operator, period=period, breakdown=None, scopes=scopes)
        sorted_out[one.document_id, period.start, period.end, period.kind, named].append(one)
    return [_bulletin(group, scopes=scopes, slots=slots) for group in sorted_out.values()]


def _bulletin(group: list[Statement], *, scopes: Scopes, slots: Mapping[str, Slot]) -> Bulletin:
    period = regular(group[0].period)
    places = _joint_list(group, slots=slots)
    totals: list[Statement] = []
    parts: list[Statement] = []
    for one in group:
        (totals if slots[one.statement_id].whole and place_set(one) == places else parts).append(one)
    _adopt_sums(totals, parts, places=places, slots=slots)
    found = Bulletin(
        document_id=group[0].document_id, period=period,
        scope=scope(group[0].operator, period=period, breakdown=None, scopes=scopes),
        family=family(group[0].operator, scopes=scopes), places=places,
        national=any(one.breakdown == "district" for one in group), totals=totals, parts=parts,
    )
    for one in totals:
        found.values.setdefault(slots[one.statement_id], set()).add(figure(one))
    return found


def _joint_list(group: Sequence[Statement], *, slots: Mapping[str, Slot]) -> Places:
    """Return the list of places that a document's totals share: the commonest list, the longer of two."""
    whole = [place_set(one) for one in group if slots[one.statement_id].whole] or [NATIONAL]
    lists = Counter(places for places in whole if len(places) > 1)
    if not lists:
        lists = Counter(whole)
        if NATIONAL in lists:
            return NATIONAL
    return max(lists, key=lambda places: (lists[places], len(places), sorted(places)))


def _adopt_sums(
    totals: list[Statement], parts: list[Statement], *, places: Places, slots: Mapping[str, Slot]
) -> None:
    """Take a sum or a headline without districts as the joint figure's, where no joint figure contradicts it."""
    if not places:
        return
    joint: dict[Slot, list[Figure]] = defaultdict(list)
    for one in totals:
        joint[slots[one.statement_id]].append(figure(one))
    for one in [part for part in parts if not place_set(part) and slots[part.statement_id].whole]:
        if all(agree(figure(one), other) for other in joint[slots[one.statement_id]]):
            totals.append(one)
            parts.remove(one)


def join(found: Sequence[Bulletin]) -> list[list[Bulletin]]:
    """Return the bulletins in groups of copies, in a fixed order."""
    parent = list(range(len(found)))

    def root(one: int) -> int:
        while parent[one] != one:
            parent[one] = parent[parent[one]]
            one = parent[one]
        return one

    for one, other in _pairs(found):
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    groups: dict[int, list[Bulletin]] = defaultdict(list)
    for place, bulletin in enumerate(found):
        groups[root(place)].append(bulletin)
    return list(groups.values())


def _pairs(found: Sequence[Bulletin]) -> list[tuple[int, int]]:
    """Return pairs of copies. Bulletins alike in scope and list are one variant, so that few need comparing."""
    variants: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, one in enumerate(found):
        variants[_variant_key(one, place)].append(place)
    pairs = [(members[0], other) for members in variants.values() for other in members[1:]]
    merged = [_Variant(members, [found[place] for place in members]) for members in variants.values()]
    blocks: dict[str, list[_Variant]] = defaultdict(list)
    for variant in merged:
        blocks[period_id(variant.period)].append(variant)
    for block in blocks.values():
        pairs += _pairs_of_period(block)
    return pairs + _pairs_of_near_periods(merged)


def _variant_key(one: Bulletin, place: int) -> tuple[object, ...]:
    name = period_id(one.period)
    if not is_dated(one.period):
        return (place,)  # nothing says that two undated bulletins are of one year
    since = one.period.start if one.period.kind is PeriodKind.CUMULATIVE else None
    if one.scope is None:
        return (name, since, one.places, frozenset((key, frozenset(value)) for key, value in one.values.items()))
    return (name, since, one.scope, one.places, one.national and not one.places)


class _Variant:
    """Bulletins of one period, scope and list of places, with all values that they give."""

    __slots__ = ("family", "members", "national", "period", "places", "scope", "values")

    def __init__(self, members: list[int], found: list[Bulletin]) -> None:
        first = found[0]
        self.members, self.period, self.scope, self.family = members, first.period, first.scope, first.family
        self.places, self.national = first.places, first.national
        self.values: dict[Slot, set[Figure]] = defaultdict(set)
        for one in found:
            for key, figures in one.values.items():
                self.values[key] |= figures


def _pairs_of_period(block: list[_Variant]) -> list[tuple[int, int]]:
    pairs = []
    nameless: dict[int, list[_Variant]] = defaultdict(list)
    for one, other in _to_compare(block):
        if one.family is not None and other.family is not None:
            if one.family == other.family and _copies(one, other):
                pairs.append((one.members[0], other.members[0]))
        elif _copies(one, other):
            without, named = (one, other) if one.family is None else (other, one)
            nameless[id(without)].append(named)
            if named.family is None:
                pairs.append((one.members[0], other.members[0]))
    for without in block:
        named_by = [other for other in nameless[id(without)] if other.family is not None]
        if len({other.family for other in named_by}) == 1:  # exactly one candidate, or unresolved
            pairs.append((without.members[0], named_by[0].members[0]))
    return pairs


def _to_compare(block: list[_Variant]) -> Iterable[tuple[_Variant, _Variant]]:
    """Return the pairs worth comparing: all, or in a crowd neighbours among those that share a figure."""
    if len(block) <= CROWD:
        return combinations(block, 2)
    sharing: dict[tuple[Slot, Figure], list[_Variant]] = defaultdict(list)
    for variant in block:
        for key, figures in variant.values.items():
            for value in figures:
                sharing[key, value].append(variant)
    found = {(id(one), id(other)): (one, other) for members in sharing.values() for one, other in pairwise(members)}
    return found.values()


def _copies(one: _Variant, other: _Variant) -> bool:
    shared = one.values.keys() & other.values.keys()
    matching = [key for key in shared if _share(one.values[key], other.values[key]) is not None]
    if not is_dated(one.period):
        return len(matching) >= ENOUGH_SHARED and len(matching) == len(shared) and _lists_fit(one, other)
    alike = _lists_alike(one.places, other.places)
    if one.scope is not None and one.scope == other.scope and alike:
        return not _other_since(one, other) or len(matching) >= ENOUGH_SHARED
    if not _lists_fit(one, other):
        return False
    if len(matching) >= ENOUGH_SHARED:
        return len(matching) >= len(shared) - len(matching)
    if one.scope == other.scope and len(shared) == 1 and _slip(one, other, next(iter(shared))):
        return True
    specific = any(is_specific(value) for key in matching for value in one.values[key] | other.values[key])
    return len(matching) == 1 and len(shared) == 1 and specific


def _share(some: set[Figure], others: set[Figure]) -> Figure | None:
    for value in sorted(some & others):
        return value
    return next((one for one in sorted(some) for two in sorted(others) if agree(one, two)), None)


def _slip(one: _Variant, other: _Variant, key: Slot) -> bool:
    return any(is_slip(a.amount, b.amount) for a in one.values[key] for b in other.values[key])


def _other_since(one: _Variant, other: _Variant) -> bool:
    """Tell whether two states "to date" count from different days."""
    return one.period.kind is PeriodKind.CUMULATIVE and one.period.start != other.period.start


def _lists_alike(one: Places, other: Places) -> bool:
    return one == other or (bool(one and other) and len(one & other) >= SAME_LIST * len(one | other))


def _lists_fit(one: _Variant, other: _Variant) -> bool:
    """Tell whether one list can complete the other: alike, or one copy names no district."""
    if _lists_alike(one.places, other.places):
        return True
    return len(one.places) != 1 and len(other.places) != 1 and not (one.places and other.places)


def _pairs_of_near_periods(variants: Sequence[_Variant]) -> list[tuple[int, int]]:
    """Return copies whose days differ by a slip: the same first or last day, and all shared figures equal."""
    edges: dict[tuple[str | None, str, str], list[_Variant]] = defaultdict(list)
    for variant in variants:
        if days(variant.period) is not None and variant.family is not None:
            edges[variant.family, "start", variant.period.start or ""].append(variant)
            edges[variant.family, "end", variant.period.end or ""].append(variant)
    pairs = []
    for members in edges.values():
        for one, other in _to_compare(members):
            if period_id(one.period) != period_id(other.period) and _near(one, other):
                pairs.append((one.members[0], other.members[0]))
    return pairs


def _near(one: _Variant, other: _Variant) -> bool:
    if abs((days(one.period) or 0) - (days(other.period) or 0)) > PERIOD_SLACK_DAYS:
        return False
    shared = one.values.keys() & other.values.keys()
    equal = [key for key in shared
             if any(value.amount for value in one.values[key] & other.values[key])]
    return len(equal) >= ENOUGH_SHARED and len(equal) == len(shared) and _lists_fit(one, other)


def is_monday_week(period: Period) -> bool:
    """Tell whether a period is a week as agencies count it: from a Monday, six or seven days."""
    start = parse_day(period.start)
    return start is not None and start.weekday() == 0 and days(period) in {6, 7}
