"""What changed between two builds: new periods, changed values with both numbers and the cause, lost ones."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.model import Observation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """An observation before and after, and why it differs."""

    before: Observation
    after: Observation
    cause: str


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two builds."""

    new_periods: tuple[str, ...]
    lost_periods: tuple[str, ...]
    new: tuple[Observation, ...]
    changed: tuple[ChangedValue, ...]
    lost: tuple[Observation, ...]
    settled: tuple[ChangedValue, ...] = ()
    """Conflicts that are gone, without a change of the value that was chosen."""
    disputed: tuple[ChangedValue, ...] = ()
    """Conflicts that are new, without a change of the value."""


def compare(before: Iterable[Observation], after: Iterable[Observation]) -> Changes:
    """Compare the observations of two builds.

    An observation whose districts or operator became known is the same one changed, not one lost and one new.
    """
    old, new = list(before), list(after)
    pairs, lost, fresh = _pairs(old, new)
    changed = [ChangedValue(one, other, _cause(one, other)) for one, other in pairs if not _same(one, other)]
    kept = [(one, other) for one, other in pairs if _same(one, other)]
    settled = [ChangedValue(one, other, _cause(one, other)) for one, other in kept
               if one.conflict_id and not other.conflict_id]
    disputed = [ChangedValue(one, other, _cause(one, other)) for one, other in kept
                if other.conflict_id and not one.conflict_id]
    periods = {one.period_id for one in old}, {one.period_id for one in new}
    return Changes(
        new_periods=tuple(sorted(periods[1] - periods[0])),
        lost_periods=tuple(sorted(periods[0] - periods[1])),
        new=tuple(fresh), changed=tuple(changed), lost=tuple(lost),
        settled=tuple(settled), disputed=tuple(disputed),
    )


def _pairs(
    old: Sequence[Observation], new: Sequence[Observation]
) -> tuple[list[tuple[Observation, Observation]], list[Observation], list[Observation]]:
    """Match observations by name; what is left over by shared statements, if exactly one other fits."""
    by_name: Mapping[str, Observation] = {one.observation_id: one for one in new}
    pairs = [(one, by_name[one.observation_id]) for one in old if one.observation_id in by_name]
    matched = {one.observation_id for one, _ in pairs}
    fresh = {one.observation_id: one for one in new if one.observation_id not in matched}
    holders: dict[str, list[str]] = defaultdict(list)
    for one in fresh.values():
        for statement in (*one.supporting, *one.differing):
            holders[statement].append(one.observation_id)
    lost = []
    for one in (one for one in old if one.observation_id not in matched):
        fitting = {name for statement in (*one.supporting, *one.differing) for name in holders[statement]
                   if name in fresh and fresh[name].measure is one.measure}
        if len(fitting) == 1:
            pairs.append((one, fresh.pop(fitting.pop())))
        else:
            lost.append(one)
    return pairs, lost, list(fresh.values())


def _same(before: Observation, after: Observation) -> bool:
    """Tell whether value, places, operator and period are what they were."""
    return (before.value, before.places, before.operator, before.period) == (
        after.value, after.places, after.operator, after.period)


def _cause(before: Observation, after: Observation) -> str:
    """Say why an observation differs."""
    corrected = [note for note in after.notes if note.startswith("corrected") and note not in before.notes]
    if corrected:
        return corrected[0]
    known = {*before.supporting, *before.differing}
    arrived = [one for one in (*after.supporting, *after.differing) if one not in known]
    gone = sorted(known - {*after.supporting, *after.differing})
    causes = []
    if arrived:
        causes.append(f"new figure in {', '.join(arrived)}")
    if gone:
        causes.append(f"no longer read: {', '.join(gone)}")
    if not causes:
        causes.append("the same statements, read or ruled otherwise")
    return "; ".join(causes)


def change_lines(changes: Changes) -> tuple[str, ...]:
    """Return the difference as plain lines; one line says so when there is none."""
    lines = [f"new period {name}" for name in changes.new_periods]
    lines += [f"lost period {name}" for name in changes.lost_periods]
    lines += [
        f"changed {one.after.observation_id}: {_told(one.before)} -> {_told(one.after)} ({one.cause})"
        for one in changes.changed
    ]
    lines += [f"conflict settled {one.after.observation_id}: {_told(one.after)} ({one.cause})"
              for one in changes.settled]
    lines += [f"new conflict {one.after.observation_id}: {_told(one.after)} stays ({one.cause})"
              for one in changes.disputed]
    fresh = set(changes.new_periods)
    lines += [f"new {one.observation_id}: {_told(one)}" for one in changes.new if one.period_id not in fresh]
    gone = set(changes.lost_periods)
    lines += [f"lost {one.observation_id}: {_told(one)}" for one in changes.lost if one.period_id not in gone]
    return tuple(lines) or ("nothing changed",)


def _told(one: Observation) -> str:
    value = "not chosen" if one.value is None else f"{one.value:,} {one.unit.value}"
    places = f", {len(one.places)} districts" if len(one.places) > 1 else f", {one.places[0]}" if one.places else ""
    return f"{value}{places}"
