"""Languages of the pages: gettext catalogues read with Babel, and the words, signs and names that a page takes along.

Messages are written in English in the templates and scripts; ``languages/<code>.po`` translates them. Numbers, month
names and plural rules come from the Unicode CLDR through Babel, so that a page needs nothing from the browser.
"""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from babel import Locale
from babel.messages.pofile import PoFileError, read_po

from clearance_atlas.errors import LexiconError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from babel.messages import Catalog

LANGUAGES = {"en": "en_GB", "az": "az", "ru": "ru"}
FOLDER = Path(__file__).parent / "languages"
ENGLISH_PLURAL = "(n != 1)"
CONTEXT_END = "\x04"
HEDGED = f"hedged{CONTEXT_END}"
"""Before a message: its forms after "over" or "about", where a catalogue has forms of their own for it."""


def check_language(language: str) -> str:
    """Return the code of a supported language.

    Raises
    ------
    UnknownNameError
        If there is no catalogue for it.
    """
    if language not in LANGUAGES:
        raise UnknownNameError(language, "no such page language", mend=f"use one of {', '.join(LANGUAGES)}")
    return language


@cache
def locale(language: str) -> Locale:
    """Return the CLDR locale of a page language."""
    return Locale.parse(LANGUAGES[check_language(language)])


@cache
def catalogue(language: str) -> Catalog:
    """Return the message catalogue of a language other than English.

    Raises
    ------
    LexiconError
        If the file is no catalogue.
    """
    path = FOLDER / f"{check_language(language)}.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=LANGUAGES[language], abort_invalid=True)
    except PoFileError as error:
        raise LexiconError(str(path), f"not a message catalogue: {error}", mend="check it with msgfmt") from error


@cache
def messages(language: str) -> dict[str, str | list[str]]:
    """Return the translations of a language by their English message; plural messages as the list of their forms."""
    if language == "en":
        return {}
    found: dict[str, str | list[str]] = {}
    for message in catalogue(language):
        if not message.id or not message.string:
            continue
        context = f"{message.context}{CONTEXT_END}" if message.context else ""
        if isinstance(message.id, str):
            found[context + message.id] = str(message.string)
        else:
            found[context + message.id[0]] = [str(form) for form in message.string]
    return found


def translate(message: str, *, language: str, **values: object) -> str:
    """Return a message in a language, its ``{names}`` filled in.

    >>> translate("up to {day}", language="en", day="31 July 2025")
    'up to 31 July 2025'
    """
    text = messages(language).get(message, message)
    return str(text if isinstance(text, str) else text[0]).format_map(values) if values else str(text)


def plural_translate(one: str, many: str, *, count: Decimal | int, language: str, hedged: bool = False,
                     **values: object) -> str:
    """Return a message in the plural form that a count asks for; fractions take the form of two.

    With ``hedged`` the number stands behind "over" or "about", which in Russian govern the genitive.

    >>> plural_translate("{n} district", "{n} districts", count=13, language="en")
    '13 districts'
    """
    whole = int(count) if count == int(count) else 2
    plain = messages(language).get(one, [one, many])
    forms = messages(language).get(HEDGED + one, plain) if hedged else plain
    if isinstance(forms, str):  # the same for every number
        return forms.format_map({"n": count, **values})
    form = forms[_plural_rule(language if one in messages(language) else "en")(whole)]
    return str(form).format_map({"n": count, **values})


@cache
def _plural_rule(language: str) -> Callable[[int], int]:
    return gettext.c2py(plural_expression(language))


def plural_expression(language: str) -> str:
    """Return the plural rule of a catalogue: an expression in ``n`` that C and JavaScript both read.

    Raises
    ------
    LexiconError
        If it holds anything but numbers, ``n`` and operators: it becomes part of the page's script.
    """
    expression = ENGLISH_PLURAL if language == "en" else catalogue(language).plural_expr
    if not re.fullmatch(r"[n0-9\s?:<>=!&|%()]+", expression):
        raise LexiconError(f"{language}.po", f"plural rule {expression!r}", mend="use n, numbers and operators only")
    return expression


def plural_script() -> str:
    """Return the plural rules of all languages as a JavaScript constant."""
    rules = ",".join(f'"{language}":(n)=>Number({plural_expression(language)})' for language in LANGUAGES)
    return f"const PLURALS={{{rules}}};"


@cache
def language_packs() -> dict[str, dict[str, Any]]:
    """Return what a page needs of each language: its name, number signs, month names and messages."""
    return {language: _pack(language) for language in LANGUAGES}


def _pack(language: str) -> dict[str, Any]:
    of = locale(language)
    months, signs = of.months, of.number_symbols
    signs = signs.get("latn", signs)
    return {
        "name": (of.get_language_name(LANGUAGES[language]) or language).split(" (")[0].capitalize(),
        "decimal": signs["decimal"],
        "group": signs["group"],
        "months": [months["format"]["wide"][number] for number in range(1, 13)],
        "standalone": [months["stand-alone"]["wide"][number] for number in range(1, 13)],
        "messages": messages(language),
    }


def territory_names(code: str) -> dict[str, str]:
    """Return the name of a country in every page language, from the CLDR."""
    return {language: str(locale(language).territories.get(code, code)) for language in LANGUAGES}
