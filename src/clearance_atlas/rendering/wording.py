"""Sentences, numbers and dates of figures, sheets and reports in English, Azerbaijani and Russian."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from clearance_atlas.config import resource
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.model import Measure, PeriodKind, Qualifier
from clearance_atlas.observations.periods import parse_day
from clearance_atlas.rendering.content import AREA_MEASURES, shown_value

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from babel import Locale

    from clearance_atlas.model import Observation, Period
    from clearance_atlas.rendering.content import AtlasContent
    from clearance_atlas.rendering.mapview import MapView

LANGUAGES = ("en", "az", "ru")


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language and its Babel locale."""

    language: str
    locale: Locale
    table: dict[str, Any]

    def __getitem__(self, key: str) -> str:
        """Return a text; ``measure.uxo`` looks into a table."""
        found: Any = self.table
        for part in key.split("."):
            found = found[part]
        return str(found)

    def plural(self, key: str, number: int) -> str:
        """Return a text in the plural form that a number asks for, with the number put in."""
        forms = self.table[key]
        form = forms.get(self.locale.plural_form(number), forms["other"])
        return str(form).format(n=self.number(number))

    def number(self, value: Decimal | float, *, digits: int = 4) -> str:
        """Return a number in the language's own manner, with at most ``digits`` decimals.

        >>> [words(language).number(1039.5).replace(chr(160), " ") for language in LANGUAGES]
        ['1,039.5', '1.039,5', '1 039,5']
        """
        from babel.numbers import format_decimal  # noqa: PLC0415 - only where something is drawn

        return format_decimal(value, format="#,##0." + "#" * digits, locale=self.locale)

    def rate(self, value: float) -> str:
        """Return a rate with two decimals, or two significant digits where it is smaller than that."""
        return self.number(round(value, 2) if value >= 0.1 else float(f"{value:.2g}"), digits=6)  # noqa: PLR2004

    def day(self, value: date, *, pattern: str = "d MMMM y") -> str:
        """Return a date in words.

        >>> from datetime import date
        >>> [words(language).day(date(2024, 7, 1)) for language in LANGUAGES]
        ['1 July 2024', '1 iyul 2024', '1 июля 2024']
        """
        from babel.dates import format_date  # noqa: PLC0415 - only where something is drawn

        return format_date(value, format=pattern, locale=self.locale)

    def quantity(self, observation: Observation) -> str:
        """Return an observation's figure as published, hedged as its source hedges it."""
        value = shown_value(observation)
        text = "" if value is None else self.number(value)
        return text if observation.qualifier is Qualifier.EXACT else self[str(observation.qualifier)].format(value=text)

    def unit(self, measure: Measure, *, of: Observation | None = None) -> str:
        """Return the unit of a measure's figures."""
        if measure in AREA_MEASURES:
            return self["unit.ha"]
        return self[f"unit.{of.unit}"] if of is not None and of.unit in self.table["unit"] else self["unit.items"]

    def rate_unit(self, measure: Measure) -> str:
        """Return the unit of a measure's rates."""
        return self["unit.ha_rate" if measure in AREA_MEASURES else "unit.items_rate"]


@cache
def words(language: str = "en") -> Words:
    """Return the words of a language.

    Raises
    ------
    UnknownNameError
        If the language is none of ``en``, ``az``, ``ru``.
    """
    from babel import Locale  # noqa: PLC0415 - only where something is drawn

    if language not in LANGUAGES:
        near = difflib.get_close_matches(language, LANGUAGES, n=1, cutoff=0.0)[0]
        raise UnknownNameError(language, "no such language", mend=f"did you mean {near}? Known: {', '.join(LANGUAGES)}")
    tables = tomllib.loads((resource("data") / "figures.toml").read_text("utf-8"))
    return Words(language=language, locale=Locale.parse(language), table=tables[language])


def period_text(period: Period, *, language: Words) -> str:
    """Return a period in words.

    >>> from clearance_atlas.model import Period
    >>> period_text(Period("2024-07-01", "2024-07-07", PeriodKind.WEEK), language=words())
    '1 to 7 July 2024'
    >>> period_text(Period("2024-12-30", "2025-01-05", PeriodKind.WEEK), language=words())
    '30 December 2024 to 5 January 2025'
    >>> period_text(Period(None, "2025-07-31", PeriodKind.CUMULATIVE), language=words())
    'to 31 July 2025'
    """
    start, end = parse_day(period.start), parse_day(period.end)
    if period.kind is PeriodKind.CUMULATIVE or start is None or end is None:
        last = language.day(end) if end else period.end or "?"
        if start is None or period.kind is PeriodKind.CUMULATIVE:
            return language["to_date"].format(end=last)
        return language["since"].format(start=language.day(start), end=last)
    named = _named(period, start=start, language=language)
    return named or _span(start, end, language=language)


def _named(period: Period, *, start: date, language: Words) -> str | None:
    """Return the name of a calendar period, ``None`` for spans of days."""
    if period.kind is PeriodKind.YEAR:
        return str(start.year)
    if period.kind is PeriodKind.MONTH:
        return language.day(start, pattern="LLLL y")
    if period.kind in {PeriodKind.QUARTER, PeriodKind.HALF}:
        size = 3 if period.kind is PeriodKind.QUARTER else 6
        ordinal = language.table["ordinals"][(start.month - 1) // size]
        return language[str(period.kind)].format(ordinal=ordinal, year=start.year)
    return None


def _span(start: date, end: date, *, language: Words) -> str:
    if start == end:
        return language.day(end)
    first = "d MMMM y" if start.year != end.year else "d MMMM" if start.month != end.month else "d"
    text = language["span"].format(start=language.day(start, pattern=first), end=language.day(end))
    # Days of one month are joined closely: 1-7 июля.
    return text.replace(" – ", "–") if first == "d" else text


def title(view: MapView, *, content: AtlasContent, language: Words) -> str:
    """Return the title of a map: the finding, when, and where or for how many districts, in one sentence."""
    head = finding(view, language=language)
    tail = []
    if len(view.districts) == 1 and not view.groups:
        # The figure is this district's and must not be taken for the country's.
        tail.append(place_name(view.districts[0].codes[0], content=content, language=language))
    elif view.districts:
        tail.append(language.plural("by_district", len(view.districts)))
    if len(view.groups) == 1 and not view.districts:
        tail.append(language.plural("jointly", len(view.groups[0].codes)))
    elif view.groups:
        tail.append(language.plural("several_groups", len(view.groups)))
    return ", ".join([head, *(tail or [language["no_district"]])])


def finding(view: MapView, *, language: Words) -> str:
    """Return the figure that speaks for a period, in words; where there is none, what is counted and when."""
    period = period_text(view.period, language=language)
    chosen = view.headline
    if chosen is None:
        return f"{language[f'measure.{view.measure}']}, {period}"
    text = language["finding"].format(value=language.quantity(chosen), phrase=language[f"phrase.{view.measure}"],
                                      unit=language.unit(view.measure, of=chosen), period=period)
    return text[:1].upper() + text[1:]


def class_labels(breaks: Sequence[float], *, language: Words) -> list[str]:
    """Return the labels of the classes, from the lowest to the highest.

    >>> class_labels((0.1, 1.5), language=words())
    ['less than 0.1', '0.1 to 1.5', '1.5 and more']
    """
    if not breaks:
        return []
    texts = [language.number(value, digits=6) for value in breaks]
    middle = [language["between"].format(low=low, high=high) for low, high in pairwise(texts)]
    return [language["less_than"].format(high=texts[0]), *middle, language["and_more"].format(low=texts[-1])]


def operator_name(operator: str | None, *, content: AtlasContent, language: Words) -> str:
    """Return the name of an operator scope in a language."""
    if operator is None:
        return language["none_named"]
    for entry in content.profile.operators:
        if entry.code == operator:
            return entry.names.get(language.language) or entry.names.get("en", operator)
    return operator


def place_name(code: str, *, content: AtlasContent, language: Words) -> str:
    """Return the name of a place in a language; the code itself where the gazetteer does not have it."""
    return content.gazetteer.name_in(code, language.language) if code in content.gazetteer else code


def alt_text(view: MapView, *, content: AtlasContent, language: Words) -> str:
    """Return a text that says what a map shows, for those who do not see it."""
    parts = []
    for shown in view.districts:
        name = place_name(shown.codes[0], content=content, language=language)
        parts.append(f"{name}: {language.quantity(shown.observation)} {language.unit(view.measure)}")
    for shown in view.groups:
        names = ", ".join(place_name(code, content=content, language=language) for code in shown.codes)
        parts.append(f"{language['group'].format(names=names)}: {language.quantity(shown.observation)} "
                     f"{language.unit(view.measure)}")
    head = title(view, content=content, language=language)
    text = language["alt_map"].format(title=head, districts="; ".join(parts) + "." if parts else "").strip()
    labels = class_labels(view.breaks, language=language)
    if labels and parts:
        text += " " + language["alt_more"].format(unit=language.rate_unit(view.measure), classes="; ".join(labels))
    return text


def sources_text(view: MapView, *, content: AtlasContent, language: Words, limit: int = 3) -> str:
    """Return the outlets and dates behind what a map shows, the first few by name."""
    statements = {entry.statement_id: entry for entry in content.statements}
    documents = {entry.document_id: entry for entry in content.documents}
    found = {}
    for observation in view.shown:
        for name in observation.supporting:
            document = documents.get(statements[name].document_id) if name in statements else None
            if document is not None:
                day = f", {language.day(document.published)}" if document.published else ""
                found.setdefault(document.document_id, f"{document.publisher or document.document_id}{day}")
    texts = list(dict.fromkeys(found[key] for key in sorted(found)))
    rest = len(texts) - limit
    return "; ".join(texts[:limit]) + (f" {language.plural('and_others', rest)}" if rest > 0 else "")


def caveats(view: MapView, *, content: AtlasContent, language: Words) -> list[str]:
    """Return what a reader must know before using the figures of a view, the most important first."""
    texts = []
    if view.groups:
        texts.append(language["caveat_joint"])
    disputed = sum(1 for entry in view.shown if entry.conflict_id)
    if disputed:
        texts.append(language["caveat_conflict"].format(n=disputed))
    if {entry.operator for entry in view.others} - {view.operator}:
        operator = operator_name(view.operator, content=content, language=language)
        texts.append(language["caveat_scope"].format(operator=operator))
    if len(content.districts) > 1 and (view.districts or view.groups):
        texts.append(language["caveat_boundary"])
    if view.measure is Measure.AREA_CLEARED:
        texts.append(language["caveat_cleared"])
    return [*texts, language["caveat_missing"]]
