"""How a figure is hedged in each language: "over 84 mines" asks Russian for another case, Azerbaijani for a suffix."""

from __future__ import annotations

import re

from clearance_atlas.model import Qualifier
from clearance_atlas.rendering.languages import translate

QUALIFIERS = {Qualifier.OVER: "over {value}", Qualifier.ABOUT: "about {value}", Qualifier.UNDER: "under {value}"}
AREAS = {Qualifier.EXACT: "{value} ha", Qualifier.OVER: "over {value} ha", Qualifier.ABOUT: "about {value} ha",
         Qualifier.UNDER: "under {value} ha"}
MILLION = 6
"""Zeros from which a number is read as a million."""


def hedged(value: str, qualifier: Qualifier, *, language: str) -> str:
    """Return a number as its source hedges it.

    >>> [hedged("84", Qualifier.OVER, language=language) for language in ("en", "az", "ru")]
    ['over 84', '84-dən çox', 'более 84']
    """
    message = QUALIFIERS.get(qualifier)
    return translate(message, language=language, value=value, ablative=ablative(value)) if message else value


def hedged_area(value: str, qualifier: Qualifier, *, language: str) -> str:
    """Return an area in hectares as its source hedges it.

    >>> hedged_area("2.300", Qualifier.OVER, language="az")
    '2.300 hektardan çox'
    """
    return translate(AREAS[qualifier], language=language, value=value)


def ablative(number: str) -> str:
    """Return the Azerbaijani ablative suffix of a number, in vowel harmony with the end of how it is read.

    >>> [f"{number}-{ablative(number)}" for number in ("84", "6", "30", "50", "1.000", "2.300", "1.039,6", "1.000.000")]
    ['84-dən', '6-dan', '30-dan', '50-dən', '1.000-dən', '2.300-dən', '1.039,6-dan', '1.000.000-dan']
    """
    digits = re.sub(r"\D", "", number.rsplit(",", 1)[-1])
    end = digits.rstrip("0")[-1:]
    zeros = len(digits) - len(digits.rstrip("0"))
    if not end or zeros >= MILLION:  # sıfır, milyon, milyard
        return "dan"
    back = {0: "69", 1: "13469"}.get(zeros, "")  # altı, doqquz; on, otuz, qırx, altmış, doxsan; never yüz, min
    return "dan" if end in back else "dən"
