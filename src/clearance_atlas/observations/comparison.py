"""One year beside another, district by district, as far as the two can be compared.

A district whose border changed between the two years is not compared by its name. Its stable unit is: the set of
districts whose outer border no change moves. The unit has a figure only where every district of it has one.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from clearance_atlas.config import BoundaryVersion, Profile
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Basis, Breakdown, Measure, Observation, PlaceScope
from clearance_atlas.places import Gazetteer

BORDER_CHANGED = "border changed between the two years: by name not comparable"
STABLE_UNIT = "sum of its districts, whose common outer border did not change"
NO_FIGURE = "no figure published for {year}"


@dataclass(frozen=True, slots=True)
class YearPair:
    """The figures of one district, or of one stable unit, in two years; values in the unit of the measure.

    ``difference`` is ``None`` where a value is missing or the two do not compare; ``note`` says why. The values of a
    district are published; those of a stable unit (several ``codes``) are sums of published figures, ``basis`` derived.
    """

    codes: tuple[str, ...]
    name: str
    operator: str | None
    first: Decimal | None
    second: Decimal | None
    difference: Decimal | None
    basis: Basis
    note: str = ""


def compare_years(observations: Iterable[Observation], *, first: int, second: int, profile: Profile,
                  gazetteer: Gazetteer, measure: Measure | str = Measure.AREA_CLEARED) -> tuple[YearPair, ...]:
    """Set the figures published for each district for one year beside those for another.

    Joint figures are left out: no district has a share of them. Figures of different operators stand apart.

    Parameters
    ----------
    observations
        All observations of a reconciliation.
    first, second
        The calendar years.
    profile, gazetteer
        Say which borders changed when, and which districts a set had.
    measure
        What is counted.

    Returns
    -------
    tuple of YearPair
        By operator and name, the stable units that a change of borders asks for last.

    Raises
    ------
    UnknownNameError
        If there is no such measure; the nearest is named.
    """
    observations, measure = tuple(observations), _measure(measure)
    figures = {year: _figures(observations, year=year, measure=measure) for year in (first, second)}
    known = figures[first] | figures[second]
    operators = sorted({operator for operator, _ in known}, key=str)
    pairs: list[YearPair] = []
    for operator in operators:
        by_code = [{code: one for (who, code), one in figures[year].items() if who == operator}
                   for year in (first, second)]
        pairs += _pairs(by_code, operator=operator, years=(first, second), profile=profile, gazetteer=gazetteer)
    return tuple(pairs)


def _measure(name: Measure | str) -> Measure:
    try:
        return Measure(name)
    except ValueError:
        near = difflib.get_close_matches(name, [one.value for one in Measure], n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such measure", mend=f"did you mean {near}?") from None


def _figures(observations: Iterable[Observation], *, year: int, measure: Measure,
             ) -> dict[tuple[str | None, str], Observation]:
    """Return the year's published figure of each single district by operator and code."""
    return {
        (one.operator, one.place_codes[0]): one for one in observations
        if one.period_id == f"year-{year}" and one.measure is measure and one.value is not None
        and one.place_scope is PlaceScope.DISTRICT and one.basis is Basis.PUBLISHED
        and one.breakdown in {None, Breakdown.DISTRICT} and not one.category and not one.item
    }


def _pairs(by_code: Sequence[Mapping[str, Observation]], *, operator: str | None, years: tuple[int, int],
           profile: Profile, gazetteer: Gazetteer) -> list[YearPair]:
    versions = [_version(found, profile=profile) for found in by_code]
    changed = _changed_units(by_code, versions=versions, profile=profile)
    moved = {code for unit in changed for code in unit}
    singles = [
        _district(code, by_code=by_code, operator=operator, years=years, moved=code in moved,
                  name=gazetteer.place(code).name_en if code in gazetteer else code)
        for code in {code for found in by_code for code in found}
    ]
    units = [_unit(codes, by_code=by_code, versions=versions, operator=operator, gazetteer=gazetteer)
             for codes in changed]
    return [*sorted(singles, key=lambda one: one.name), *units]


def _version(found: Mapping[str, Observation], *, profile: Profile) -> BoundaryVersion | None:
    names = {one.boundary_version for one in found.values()}
    return next((one for one in profile.boundaries if one.version in names), None)


def _changed_units(by_code: Sequence[Mapping[str, Observation]], *,
                   versions: Sequence[BoundaryVersion | None], profile: Profile) -> list[tuple[str, ...]]:
    if versions[0] == versions[1] or None in versions:
        return []
    return [unit for unit in profile.stable_units if any(code in found for found in by_code for code in unit)]


def _district(code: str, *, by_code: Sequence[Mapping[str, Observation]], operator: str | None,
              years: tuple[int, int], moved: bool, name: str) -> YearPair:
    first, second = (found[code].value if code in found else None for found in by_code)
    missing = [NO_FIGURE.format(year=year) for year, value in zip(years, (first, second), strict=True) if value is None]
    comparable = first is not None and second is not None and not moved
    note = BORDER_CHANGED if moved else "; ".join(missing)
    return YearPair((code,), name, operator, first, second,
                    second - first if comparable and first is not None and second is not None else None,
                    Basis.PUBLISHED, note)


def _unit(codes: tuple[str, ...], *, by_code: Sequence[Mapping[str, Observation]],
          versions: Sequence[BoundaryVersion | None], operator: str | None, gazetteer: Gazetteer) -> YearPair:
    first, second = (_sum(codes, found=found, version=version, gazetteer=gazetteer)
                     for found, version in zip(by_code, versions, strict=True))
    names = sorted(gazetteer.place(code).name_en for code in codes)
    whole = first is not None and second is not None
    return YearPair(codes, " + ".join(names), operator, first, second,
                    second - first if first is not None and second is not None else None, Basis.DERIVED,
                    STABLE_UNIT if whole else "not every district of this unit has a figure in both years")


def _sum(codes: Iterable[str], *, found: Mapping[str, Observation], version: BoundaryVersion | None,
         gazetteer: Gazetteer) -> Decimal | None:
    """Return the sum over the districts that existed, ``None`` where one of them has no figure."""
    last = version.valid_to if version else None
    existing = [code for code in codes
                if last is None or (gazetteer.place(code).valid_from or last) <= last]
    values = [found[code].value for code in existing if code in found]
    if len(values) < len(existing):
        return None
    return sum((value for value in values if value is not None), Decimal())
