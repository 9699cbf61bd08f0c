"""Units of measure and their conversion to hectares.

One square kilometre is 100 hectares and one hectare 10,000 square metres (BIPM, SI Brochure, 9th edition, table 8).
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum


class Unit(StrEnum):
    """Unit of a stated figure."""

    HECTARE = "ha"
    SQUARE_KILOMETRE = "km2"
    SQUARE_METRE = "m2"
    ITEMS = "items"
    PEOPLE = "people"
    PERCENT = "percent"


HECTARES_PER_UNIT = {
    Unit.HECTARE: Decimal(1),
    Unit.SQUARE_KILOMETRE: Decimal(100),
    Unit.SQUARE_METRE: Decimal("0.0001"),
}


def to_hectares(value: Decimal, *, unit: Unit) -> Decimal | None:
    """Return an area in hectares, or ``None`` for a unit that is no area.

    >>> to_hectares(Decimal("128"), unit=Unit.SQUARE_KILOMETRE)
    Decimal('12800')
    >>> to_hectares(Decimal("2171083"), unit=Unit.SQUARE_METRE)
    Decimal('217.1083')
    >>> to_hectares(Decimal("51"), unit=Unit.ITEMS) is None
    True
    """
    factor = HECTARES_PER_UNIT.get(unit)
    return None if factor is None else value * factor
