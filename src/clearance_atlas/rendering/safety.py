"""The safety line and the disclaimer, which stand on every map and cannot be switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.rendering.languages import translate

if TYPE_CHECKING:
    from clearance_atlas.config import Profile

SAFETY_TITLE = "Not a safety map."
SAFETY = (
    "Figures are press-reported totals by district. They do not show where mines are or which land is safe. Do not "
    "enter land because it appears cleared; follow local marking and {contact}."
)
DISCLAIMER = (
    "The names, boundaries and designations on this map imply no opinion of its makers on the legal status of any "
    "territory or on the delimitation of its boundaries."
)


def safety_contact(profile: Profile, *, language: str) -> str:
    """Return whom to follow and call in a country, in a language or else in English."""
    return profile.safety_contact.get(language, profile.safety_contact["en"])


def safety_line(profile: Profile, *, language: str) -> str:
    """Return the safety line of a country in a language.

    >>> from clearance_atlas.config import load_profile
    >>> safety_line(load_profile("azerbaijan"), language="en")[-56:]
    'cleared; follow local marking and ANAMA / call 102, 112.'
    """
    contact = safety_contact(profile, language=language)
    return f"{translate(SAFETY_TITLE, language=language)} {translate(SAFETY, language=language, contact=contact)}"
