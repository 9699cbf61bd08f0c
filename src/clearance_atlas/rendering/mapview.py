"""What one map shows: the figures of one measure and period, sorted into the four honest states.

Districts with a figure of their own, groups with a joint figure, districts that are only named, and the rest. One
operator scope at a time: figures of different scopes are never put side by side as if they were comparable.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Basis, Measure, PlaceScope
from clearance_atlas.observations.periods import nearest_period, sort_key
from clearance_atlas.rendering.blocks import headline, ordered_blocks
from clearance_atlas.rendering.classification import class_of, observation_rate, pooled_breaks
from clearance_atlas.rendering.content import chooser_kind, is_drawn, shown_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    import geopandas as gpd

    from clearance_atlas.model import Observation, Period, PeriodKind
    from clearance_atlas.rendering.content import AtlasContent

MAP_BASES = frozenset({Basis.PUBLISHED})


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure on the map: ``codes`` it covers, its rate, and its class (``None`` for a published zero)."""

    observation: Observation
    codes: tuple[str, ...]
    value: Decimal
    rate: float
    class_index: int | None

    @property
    def is_estimate(self) -> bool:
        """Whether nobody published the figure: it must look different and say so."""
        return self.observation.basis is Basis.ESTIMATED


@dataclass(frozen=True, slots=True)
class MapView:
    """Everything one map shows.

    ``districts`` have a figure of their own; ``groups`` a joint one, never overlapping; ``named`` are places of joint
    figures that could not be drawn. ``headline`` is the figure that speaks for the period, never a sum; ``others`` are
    figures of the same measure and period that are neither (other operators, parts, narrower groups). ``breaks`` are
    the inner class bounds.
    """

    period_id: str
    period: Period
    measure: Measure
    operator: str | None
    boundary_version: str
    districts: tuple[Shown, ...]
    groups: tuple[Shown, ...]
    named: tuple[str, ...]
    headline: Observation | None
    others: tuple[Observation, ...]
    breaks: tuple[float, ...]

    @property
    def concerned(self) -> tuple[str, ...]:
        """Codes of all districts that a figure or a name of the period concerns, sorted."""
        return tuple(sorted({*self.named, *(code for shown in self.districts + self.groups for code in shown.codes)}))

    @property
    def estimates(self) -> tuple[Shown, ...]:
        """The districts whose figure is an estimate."""
        return tuple(entry for entry in self.districts if entry.is_estimate)

    @property
    def shown(self) -> tuple[Observation, ...]:
        """The observations that the map draws or its title gives."""
        drawn = tuple(entry.observation for entry in self.districts + self.groups)
        return drawn if self.headline is None or self.headline in drawn else (*drawn, self.headline)


def map_view(content: AtlasContent, *, period_id: str, measure: Measure | str,
             breaks: Mapping[tuple[Measure, PeriodKind], tuple[float, ...]] | None = None,
             bases: frozenset[Basis] = MAP_BASES) -> MapView:
    """Return what the map of one measure and period shows.

    Parameters
    ----------
    content
        The records and frames of the atlas.
    period_id
        Name of a period, e.g. ``week-2024-07-01``.
    measure
        Name of a measure, e.g. ``area_cleared``.
    breaks
        Class breaks of the whole archive, when they are at hand
        (:func:`clearance_atlas.rendering.classification.pooled_breaks`).
    bases
        Which figures are drawn: published ones, unless estimates are asked for.

    Raises
    ------
    UnknownNameError
        If there is no such measure, no such period, or no figure of the measure in the period; the nearest is named.
    """
    chosen = _measure(measure)
    entries = _entries(content.observations, period_id=period_id, measure=chosen, bases=bases)
    if breaks is None:
        breaks = pooled_breaks([entry for entry in content.observations if entry.basis in MAP_BASES],
                               districts=content.districts, stable_units=content.profile.stable_units)
    period = entries[0].period
    bounds = breaks.get((chosen, chooser_kind(period.kind)), ())
    version = _version(entries, content.districts)
    frame = content.districts.get(version)
    # The page's own rules choose the scope and the figure of the title, so that page and figure say the same.
    rows = ordered_blocks(entries)[0]
    main = headline(rows)
    mine = [entry for entry in rows if is_drawn(entry) and shown_value(entry) is not None]
    shown = _shown(mine, frame=frame, breaks=bounds)
    districts = tuple(entry for entry in shown if entry.observation.place_scope is PlaceScope.DISTRICT)
    own = {code for entry in districts for code in entry.codes}
    groups = _disjoint([entry for entry in shown if entry.observation.place_scope is PlaceScope.GROUP], own=own)
    on_map = {entry.observation.observation_id for entry in (*districts, *groups)}
    on_map |= {rows[main].observation_id} if main >= 0 else set()
    covered = own | {code for entry in groups for code in entry.codes}
    return MapView(
        period_id=period_id, period=period, measure=chosen, operator=rows[0].operator, boundary_version=version,
        districts=districts, groups=groups,
        named=tuple(sorted({code for entry in mine for code in entry.place_codes} - covered)),
        headline=rows[main] if main >= 0 else None,
        others=tuple(entry for entry in entries if entry.observation_id not in on_map),
        breaks=tuple(bounds),
    )


def period_ids(content: AtlasContent, *, measure: Measure | str | None = None) -> tuple[str, ...]:
    """Return the names of all periods with a published figure (of a measure), in order of time."""
    chosen = None if measure is None else _measure(measure)
    periods = {entry.period_id: entry.period for entry in content.observations
               if entry.basis in MAP_BASES and chosen in (None, entry.measure)}
    return tuple(sorted(periods, key=lambda name: (*sort_key(periods[name]), name)))


def _measure(name: Measure | str) -> Measure:
    try:
        return Measure(name)
    except ValueError:
        known = [entry.value for entry in Measure]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such measure", mend=f"did you mean {near}?") from None


def _entries(observations: Iterable[Observation], *, period_id: str, measure: Measure,
             bases: frozenset[Basis]) -> list[Observation]:
    observations = tuple(observations)
    published = [entry for entry in observations if entry.basis in MAP_BASES]
    of_measure = {entry.period_id for entry in published if entry.measure is measure}
    if period_id not in of_measure:
        known = sorted(of_measure) or sorted({entry.period_id for entry in published})
        near = nearest_period(period_id, known=known)
        exists = period_id in {entry.period_id for entry in published}
        raise UnknownNameError(period_id, f"no {measure} figure in this period" if exists else "no such period",
                               mend=f"did you mean {near}?" if near else "there is no figure at all")
    return [entry for entry in observations
            if entry.basis in bases and entry.period_id == period_id and entry.measure is measure]


def _version(entries: Sequence[Observation], districts: Mapping[str, gpd.GeoDataFrame]) -> str:
    for entry in entries:
        if entry.boundary_version in districts:
            return entry.boundary_version
    return list(districts)[-1] if districts else ""


def _shown(entries: Sequence[Observation], *, frame: gpd.GeoDataFrame | None,
           breaks: Sequence[float]) -> tuple[Shown, ...]:
    shown: dict[tuple[str, ...], Shown] = {}
    for entry in sorted(entries, key=lambda entry: (entry.basis is Basis.ESTIMATED, entry.breakdown is None,
                                                    entry.observation_id)):
        value, rate = shown_value(entry), observation_rate(entry, districts=frame)
        if value is None or rate is None:
            continue
        codes = tuple(sorted(entry.place_codes))
        index = class_of(rate, breaks=breaks) if value > 0 else None
        # What was published goes before an estimate, a row of a district table before a single statement.
        shown.setdefault(codes, Shown(observation=entry, codes=codes, value=value, rate=rate, class_index=index))
    return tuple(shown[codes] for codes in sorted(shown))


def _disjoint(groups: Sequence[Shown], *, own: set[str]) -> tuple[Shown, ...]:
    """Return groups that share no district, the widest first; one whose members mostly have figures is not drawn."""
    kept: list[Shown] = []
    taken: set[str] = set()
    for group in sorted(groups, key=lambda group: (-len(group.codes), group.codes)):
        if not taken & set(group.codes) and 2 * len(own & set(group.codes)) < len(group.codes):
            kept.append(group)
            taken |= set(group.codes)
    return tuple(kept)
