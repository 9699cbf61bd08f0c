"""Blocks: the observations of one period, measure and operator scope, and the figure that speaks for them.

Nothing is added across blocks. A block is encoded once and used by the atlas and by its period's own page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from clearance_atlas.model import Basis, Breakdown, Measure, PeriodKind, Qualifier
from clearance_atlas.rendering.content import PAGE_MEASURES, UNDRAWN_FLAGS, chooser_kind, is_placed, shown_value
from clearance_atlas.rendering.encoding import encode_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from clearance_atlas.model import Observation

Json = dict[str, Any]
MOST_DECIMALS = 6
RANK = {measure: number for number, measure in enumerate(PAGE_MEASURES)}


class View(NamedTuple):
    """Period and measure at which a page opens."""

    period_id: str
    measure: Measure


@dataclass(frozen=True, slots=True)
class Block:
    """The rows of one period, measure and scope, with their places and values as text for the page.

    ``layout`` holds the numbers of the place sets as steps from row to row; ``values`` the figures as whole numbers of
    ``10 ** -decimals``, plus one, with 0 for a conflict that nobody decided. ``headline`` is -1 where none speaks for
    all. ``details`` says by position what a value alone does not; ``quoted`` which rows have statements.
    """

    period_id: str
    measure: Measure
    scope: str
    rows: tuple[Observation, ...]
    layout: str
    decimals: int
    values: str
    headline: int
    drawn: bool
    details: Mapping[int, Json]
    quoted: tuple[int, ...]


def build_blocks(
    observations: Sequence[Observation], *, place_set: Callable[[Observation], int], conflict_rules: Mapping[str, str],
) -> list[Block]:
    """Return the blocks of some observations in the order of :func:`ordered_blocks`."""
    return [_encoded(rows, place_set=place_set, conflict_rules=conflict_rules) for rows in ordered_blocks(observations)]


def ordered_blocks(observations: Sequence[Observation]) -> list[list[Observation]]:
    """Return the observations by period, measure and operator scope; within a measure the scope to show first.

    First comes the scope that draws most districts, then the one that more reports support. Nothing is ever added
    across scopes.
    """
    blocks: dict[tuple[str, Measure, str], list[Observation]] = defaultdict(list)
    for one in observations:
        blocks[one.period_id, one.measure, one.operator or ""].append(one)
    order: dict[tuple[str, Measure], int] = {}
    for period_id, measure, _ in blocks:
        order.setdefault((period_id, measure), len(order))
    scopes: dict[tuple[str, Measure], list[str]] = defaultdict(list)
    for period_id, measure, scope in blocks:
        scopes[period_id, measure].append(scope)
    for key, found in scopes.items():
        if len(found) > 1:
            weights = {scope: (*_weight(blocks[*key, scope]), scope) for scope in found}
            found.sort(key=weights.__getitem__)
    return [blocks[*key, scope] for key in order for scope in scopes[key]]


def _weight(rows: Sequence[Observation]) -> tuple[int, int]:
    named = {code for one in rows if is_placed(one) for code in one.place_codes}
    return -len(named), -max(len(one.supporting) for one in rows)


def opening_view(blocks: Sequence[Block]) -> View | None:
    """Return the latest period and its first measure: where a page opens.

    States "to date" open an atlas only where nothing else is there; of the periods that end on one day the one with a
    figure for the map comes first.
    """
    if not blocks:
        return None

    def lateness(block: Block) -> tuple[Any, ...]:
        period = block.rows[0].period
        return (period.kind is not PeriodKind.CUMULATIVE, chooser_kind(period.kind) is not PeriodKind.CUSTOM,
                period.end or "", block.drawn, -RANK[block.measure], period.start or "")

    latest = max(blocks, key=lateness).period_id
    return View(latest, min((block.measure for block in blocks if block.period_id == latest), key=RANK.__getitem__))


def _speaking(rows: Sequence[Observation], *, breakdown: Breakdown | None) -> list[tuple[Observation, int]]:
    """Return the totals among the rows with their positions: no part by category or item, none that is not drawn."""
    return [
        (one, position) for position, one in enumerate(rows)
        if one.breakdown is breakdown and not one.category and not one.item
        and (not one.flags or not UNDRAWN_FLAGS.intersection(one.flags))
    ]


def headline(rows: Sequence[Observation]) -> int:
    """Return the position of the figure that speaks for a block, or -1: its widest total, never a sum.

    A joint total with the same value as the national one is the better headline, because it says where. District
    figures alone have none that speaks for all of them. What a report gives as an operator's part is the whole of that
    operator.
    """
    whole = _speaking(rows, breakdown=None) or _speaking(rows, breakdown=Breakdown.OPERATOR)
    if not whole:
        return -1
    if len(whole) > 1 and all(len(one.place_codes) == 1 for one, _ in whole):
        return -1
    return max(whole, key=lambda pair: (
        pair[0].basis is Basis.PUBLISHED,
        shown_value(pair[0]) is not None, shown_value(pair[0]) or Decimal(0), len(pair[0].place_codes), -pair[1],
    ))[1]


def _encoded(
    rows: Sequence[Observation], *, place_set: Callable[[Observation], int], conflict_rules: Mapping[str, str],
) -> Block:
    placed = sorted(((place_set(one), one.breakdown or "", one.category or "", one.item or "", one.observation_id, one)
                     for one in rows), key=lambda entry: entry[:5])
    ordered = tuple(entry[5] for entry in placed)
    sets = [entry[0] for entry in placed]
    values = [shown_value(one) for one in ordered]
    decimals = max((_decimals(value) for value in values if value is not None), default=0)
    scale = Decimal(10) ** decimals
    first = ordered[0]
    return Block(
        first.period_id, first.measure, first.operator or "", ordered,
        layout=encode_numbers(after - before for before, after in zip([0, *sets], sets, strict=False)),
        decimals=decimals,
        values=encode_numbers(0 if value is None else int(value * scale) + 1 for value in values),
        headline=headline(ordered),
        drawn=any(is_placed(one) for one in ordered),
        details={position: detail for position, one in enumerate(ordered)
                 if (detail := _detail(one, conflict_rules=conflict_rules))},
        quoted=tuple(position for position, one in enumerate(ordered) if one.supporting or one.differing),
    )


def _decimals(value: Decimal) -> int:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < 0:
        exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), MOST_DECIMALS) if isinstance(exponent, int) else 0


def _detail(one: Observation, *, conflict_rules: Mapping[str, str]) -> Json:
    """Return what a value alone does not say; nothing for an exact published figure of the whole."""
    detail: Json = {}
    if one.qualifier is not Qualifier.EXACT:
        detail["q"] = one.qualifier
    if one.basis is not Basis.PUBLISHED:
        detail["b"] = one.basis
        if one.notes:
            detail["n"] = list(one.notes)
    if one.flags:
        detail["f"] = list(one.flags)
    if one.conflict_id:
        detail["c"] = conflict_rules.get(one.conflict_id, "not chosen")
    if one.category or one.item or one.breakdown not in {None, Breakdown.DISTRICT}:
        detail["p"] = one.breakdown or Breakdown.SUBGROUP
    if one.value is not None and one.value != shown_value(one):
        detail["u"] = [float(one.value), one.unit]
    if one.place_codes and not is_placed(one):
        detail["x"] = 1
    return detail
