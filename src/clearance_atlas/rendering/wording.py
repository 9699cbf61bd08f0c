"""Sentences, numbers and dates of figures, sheets and reports in English, Azerbaijani and Russian."""

from __future__ import annotations

import difflib
import math
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
from clearance_atlas.rendering.hedges import ablative, hedged, hedged_area
from clearance_atlas.rendering.languages import plural_translate, translate
from clearance_atlas.rendering.safety import DISCLAIMER

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from decimal import Decimal

    from babel import Locale

    from clearance_atlas.model import Observation, Period
    from clearance_atlas.rendering.content import AtlasContent
    from clearance_atlas.rendering.mapview import MapView

LANGUAGES = ("en", "az", "ru")
# What pages and pictures both say is said in the same words: these come from the catalogues of the pages.
SHARED = {
    "disclaimer": (DISCLAIMER,),
    "state_published": ("figure published for the district",),
    "state_joint": ("joint total of several districts, one surface",),
    "state_zero": ("published zero",),
    "state_none": ("no figure in these reports",),
    "measure.area_cleared": ("Area reported as cleared",), "measure.area_surveyed": ("Area reported as surveyed",),
    "measure.ap_mines": ("Anti-personnel mines",), "measure.at_mines": ("Anti-tank mines",),
    "measure.uxo": ("Unexploded ordnance",), "measure.mines_total": ("Mines, class not said",),
    "measure.ordnance_total": ("Mines and ordnance together",), "measure.submunitions": ("Submunitions",),
    "measure.mines_mapped": ("Mines in handed-over records",), "measure.killed": ("People killed",),
    "measure.injured": ("People injured",), "measure.casualties": ("Casualties",),
}

AMOUNTS = {
    "area_cleared": ("{area} reported as cleared",) * 2,
    "area_surveyed": ("{area} reported as surveyed",) * 2,
    "ap_mines": ("{value} anti-personnel mine reported found", "{value} anti-personnel mines reported found"),
    "at_mines": ("{value} anti-tank mine reported found", "{value} anti-tank mines reported found"),
    "uxo": ("{value} item of unexploded ordnance reported found",
            "{value} items of unexploded ordnance reported found"),
    "mines_total": ("{value} mine reported found", "{value} mines reported found"),
    "ordnance_total": ("{value} mine or item of ordnance reported found",
                       "{value} mines and items of ordnance reported found"),
    "submunitions": ("{value} submunition reported found", "{value} submunitions reported found"),
    "mines_mapped": ("{value} mine listed in handed-over records", "{value} mines listed in handed-over records"),
    "casualties": ("{value} person reported killed or injured", "{value} people reported killed or injured"),
    "killed": ("{value} person reported killed", "{value} people reported killed"),
    "injured": ("{value} person reported injured", "{value} people reported injured"),
}


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language and its Babel locale."""

    language: str
    locale: Locale
    table: dict[str, Any]

    def __getitem__(self, key: str) -> str:
        """Return a text; ``measure.uxo`` looks into a table."""
        if key in SHARED:
            return " ".join(translate(message, language=self.language) for message in SHARED[key])
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
        """Return a rate with three significant digits, as the pages do; never fewer digits than its whole part has.

        >>> [words("en").rate(value) for value in (0.07447, 7.126, 45.1, 1234.4, 0)]
        ['0.0745', '7.13', '45.1', '1,234', '0']
        """
        decimals = min(6, max(0, 2 - math.floor(math.log10(value)))) if value else 0
        return self.number(round(value, decimals), digits=6)

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
        return hedged(text, observation.qualifier, language=self.language)

    def figure(self, observation: Observation) -> str:
        """Return an observation's figure as published, with its unit."""
        value = shown_value(observation)
        if value is not None and observation.measure in AREA_MEASURES:
            return hedged_area(self.number(value), observation.qualifier, language=self.language)
        return f"{self.quantity(observation)} {self.unit(observation.measure, of=observation)}"

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
    '1–7 July 2024'
    >>> period_text(Period("2024-12-30", "2025-01-05", PeriodKind.WEEK), language=words())
    '30 December 2024 – 5 January 2025'
    >>> period_text(Period(None, "2025-07-31", PeriodKind.CUMULATIVE), language=words())
    'up to 31 July 2025'
    """
    start, end = parse_day(period.start), parse_day(period.end)
    if period.kind is PeriodKind.CUMULATIVE or start is None or end is None:
        last = language.day(end) if end else period.end or "?"
        if start is None:
            return translate("up to {day}", language=language.language, day=last)
        return translate("{start} to {end}", language=language.language, start=language.day(start), end=last)
    return _named(period, start=start, language=language) or _span(start, end, language=language)


def _named(period: Period, *, start: date, language: Words) -> str | None:
    """Return the name of a calendar period, ``None`` for spans of days."""
    if period.kind is PeriodKind.YEAR:
        return str(start.year)
    if period.kind is PeriodKind.MONTH:
        return language.day(start, pattern="LLLL y")
    if period.kind is PeriodKind.QUARTER:
        return translate("quarter {number} of {year}", language=language.language, number=(start.month + 2) // 3,
                         year=start.year)
    if period.kind is PeriodKind.HALF:
        message = "first half of {year}" if start.month < 7 else "second half of {year}"  # noqa: PLR2004 - July
        return translate(message, language=language.language, year=start.year)
    return None


def _span(start: date, end: date, *, language: Words) -> str:
    if start == end:
        return language.day(end)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{language.day(end)}"
    return f"{language.day(start, pattern='d MMMM y' if start.year != end.year else 'd MMMM')} – {language.day(end)}"


def title(view: MapView, *, content: AtlasContent, language: Words) -> str:
    """Return the title of a map, as the page words it: the finding, when, and where or for how many districts.

    One with estimates stands under their name; what they were made of is still a joint figure.
    """
    text = _title(view, content=content, language=language)
    return f"{translate('ESTIMATE', language=language.language)}: {text}" if view.estimates else text


def _title(view: MapView, *, content: AtlasContent, language: Words) -> str:
    code, period, own = language.language, period_text(view.period, language=language), len(view.districts)
    head = view.headline
    if head is None:
        measure = language[f"measure.{view.measure}"]
        if not own:
            return translate("{measure}, {period}: no figure in the reports", language=code, measure=measure,
                             period=period)
        return _counted("{measure}, {period}: figure for {n} district",
                        "{measure}, {period}: figures for {n} districts", own, language=language, measure=measure,
                        period=period)
    what = amount(head, language=language)
    if len(head.place_codes) == 1:
        place = place_name(head.place_codes[0], content=content, language=language)
        return translate("{what} in {place}, {period}", language=code, what=what, place=place, period=period)
    split = len(head.place_codes) > 1 and view.estimates and len(view.estimates) == own
    if split or any(shown.observation is head for shown in view.groups):
        districts = _counted("{n} district", "{n} districts", len(head.place_codes), language=language)
        return translate("{what}, {period}, jointly in {districts}", language=code, what=what, period=period,
                         districts=districts)
    if own:
        return _counted("{what}, {period}, with a figure for {n} district",
                        "{what}, {period}, with figures for {n} districts", own, language=language, what=what,
                        period=period)
    return translate("{what}, {period}, no figure by district", language=code, what=what, period=period)


def amount(observation: Observation, *, language: Words) -> str:
    """Return a figure with what it counts: ``1,039.5 ha reported as cleared``."""
    value = shown_value(observation)
    if value is None:
        return translate("{measure}: reports differ, none chosen", language=language.language,
                         measure=language[f"measure.{observation.measure}"])
    figure, area = language.quantity(observation), language.figure(observation)
    forms = AMOUNTS.get(str(observation.measure), ("{value}", "{value}"))
    text = _counted(*forms, value, language=language, hedge=observation.qualifier is not Qualifier.EXACT, value=figure,
                    area=area)
    return text[:1].upper() + text[1:]


def _counted(one: str, many: str, count: Decimal | int, *, language: Words, hedge: bool = False,
             **values: str) -> str:
    """Return a message of the catalogue in the plural form of a number, which fills ``{n}``."""
    return plural_translate(one, many, count=count, language=language.language, hedged=hedge,
                            **{"n": language.number(count), **values})


def class_labels(breaks: Sequence[float], *, language: Words) -> list[str]:
    """Return the labels of the classes, from the lowest to the highest.

    >>> class_labels((0.1, 1.5), language=words())
    ['less than 0.1', '0.1 to 1.5', '1.5 and more']
    """
    if not breaks:
        return []
    texts = [language.number(value, digits=6) for value in breaks]
    middle = [language["between"].format(low=low, high=high) for low, high in pairwise(texts)]
    lowest = language["less_than"].format(high=texts[0], ablative=ablative(texts[0]))
    return [lowest, *middle, language["and_more"].format(low=texts[-1])]


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
        mark = f" ({translate('ESTIMATE', language=language.language)})" if shown.is_estimate else ""
        parts.append(f"{name}: {language.figure(shown.observation)}{mark}")
    for shown in view.groups:
        names = ", ".join(place_name(code, content=content, language=language) for code in shown.codes)
        parts.append(f"{language['group'].format(names=names)}: {language.figure(shown.observation)}")
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
    found: dict[str, str] = {}
    for observation in view.shown:
        for name in observation.supporting:
            document = documents.get(statements[name].document_id) if name in statements else None
            if document is not None:
                day = f", {language.day(document.published)}" if document.published else ""
                found.setdefault(document.document_id, f"{document.publisher or document.document_id}{day}")
    texts = list(dict.fromkeys(found[key] for key in sorted(found)))
    rest = len(texts) - limit
    return "; ".join(texts[:limit]) + (f" {language.plural('and_others', rest)}" if rest > 0 else "")


def estimate_note(view: MapView, *, language: Words) -> str:
    """Return how the estimates of a view were made and how wrong the method was, or nothing where it has none.

    These are the notes that all of them share; the bounds of each are in the exports and on the page.
    """
    if not view.estimates:
        return ""
    first, *rest = (shown.observation.notes for shown in view.estimates)
    shared = [note for note in first if all(note in notes for notes in rest)]
    told = "; ".join(shared).removeprefix("ESTIMATE ")
    return f"{translate('ESTIMATE, not published', language=language.language)} {told}"


def caveats(view: MapView, *, content: AtlasContent, language: Words) -> list[str]:
    """Return what a reader must know before using the figures of a view, the most important first."""
    told = estimate_note(view, language=language)
    texts = [told] if told else []
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
