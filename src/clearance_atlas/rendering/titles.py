"""The finding of a view in one sentence, for the parts of a page that are read without its script.

The page's own script says the same in every language (``scripts/view.js``); a browser test holds the two together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.numbers import format_decimal

from clearance_atlas.model import Basis, Flag, Measure, PeriodKind, Qualifier
from clearance_atlas.rendering.content import AREA_MEASURES, is_placed, shown_value
from clearance_atlas.rendering.hedges import hedged, hedged_area
from clearance_atlas.rendering.languages import locale, plural_translate, translate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from decimal import Decimal

    from clearance_atlas.model import Observation, Period
    from clearance_atlas.places import Gazetteer

MEASURE_NAMES = {
    Measure.AREA_CLEARED: "Area reported as cleared",
    Measure.AP_MINES: "Anti-personnel mines",
    Measure.AT_MINES: "Anti-tank mines",
    Measure.UXO: "Unexploded ordnance",
    Measure.MINES_TOTAL: "Mines, class not said",
    Measure.ORDNANCE_TOTAL: "Mines and ordnance together",
    Measure.SUBMUNITIONS: "Submunitions",
    Measure.KILLED: "People killed",
    Measure.INJURED: "People injured",
    Measure.CASUALTIES: "Casualties",
    Measure.MINES_MAPPED: "Mines in handed-over records",
    Measure.AREA_SURVEYED: "Area reported as surveyed",
}
AMOUNTS = {
    Measure.AREA_CLEARED: ("{area} reported as cleared", None),
    Measure.AREA_SURVEYED: ("{area} reported as surveyed", None),
    Measure.AP_MINES: ("{value} anti-personnel mine reported found", "{value} anti-personnel mines reported found"),
    Measure.AT_MINES: ("{value} anti-tank mine reported found", "{value} anti-tank mines reported found"),
    Measure.UXO: ("{value} item of unexploded ordnance reported found",
                  "{value} items of unexploded ordnance reported found"),
    Measure.MINES_TOTAL: ("{value} mine reported found", "{value} mines reported found"),
    Measure.ORDNANCE_TOTAL: ("{value} mine or item of ordnance reported found",
                             "{value} mines and items of ordnance reported found"),
    Measure.SUBMUNITIONS: ("{value} submunition reported found", "{value} submunitions reported found"),
    Measure.MINES_MAPPED: ("{value} mine listed in handed-over records", "{value} mines listed in handed-over records"),
    Measure.CASUALTIES: ("{value} person reported killed or injured", "{value} people reported killed or injured"),
    Measure.KILLED: ("{value} person reported killed", "{value} people reported killed"),
    Measure.INJURED: ("{value} person reported injured", "{value} people reported injured"),
}
TITLE_NAME_LENGTH = 60


def number(value: Decimal, *, language: str) -> str:
    """Return a figure with the signs of a language and all its published decimals.

    >>> from decimal import Decimal
    >>> number(Decimal("1039.50"), language="en"), number(Decimal("1039.5"), language="az")
    ('1,039.5', '1.039,5')
    """
    return str(format_decimal(value, format="#,##0.######", locale=locale(language)))


def day_label(iso: str, *, language: str) -> str:
    """Return a day such as ``1 July 2024``; a day of an open year (``XXXX-06-03``) without the year."""
    year, month, day = iso.split("-")
    name = locale(language).months["format"]["wide"][int(month)]
    return f"{int(day)} {name}" + (f" {year}" if year.isdigit() else "")


def period_label(period: Period, *, language: str, period_id: str = "") -> str:
    """Return a reporting period in words.

    >>> from clearance_atlas.model import Period
    >>> period_label(Period("2024-07-01", "2024-07-07", PeriodKind.WEEK), language="en")
    '1–7 July 2024'
    >>> period_label(Period(None, "2025-07-31", PeriodKind.CUMULATIVE), language="en")
    'up to 31 July 2025'
    """
    start, end, kind = period.start, period.end, period.kind
    if kind is PeriodKind.CUMULATIVE:
        return _state_label(start, end, language=language)
    if start is None or end is None:
        return period_id
    year, month, day = start.split("-")
    match kind:
        case PeriodKind.MONTH:
            return f"{locale(language).months['stand-alone']['wide'][int(month)]} {year}"
        case PeriodKind.YEAR:
            return year
        case PeriodKind.QUARTER | PeriodKind.HALF:
            halves = "first half of {year}" if month <= "06" else "second half of {year}"
            message = halves if kind is PeriodKind.HALF else "quarter {number} of {year}"
            return translate(message, language=language, number=(int(month) + 2) // 3, year=year)
        case _:
            return _span(start, end, language=language, day=day)


def _state_label(start: str | None, end: str | None, *, language: str) -> str:
    if end is None:
        return translate("to date, day not stated", language=language)
    if start and start.endswith("-01-01") and end == f"{start[:4]}-12-31":
        return start[:4]
    last = day_label(end, language=language)
    if start is None:
        return translate("up to {day}", language=language, day=last)
    return translate("{start} to {end}", language=language, start=day_label(start, language=language), end=last)


def _span(start: str, end: str, *, language: str, day: str) -> str:
    last = day_label(end, language=language)
    if start == end:
        return last
    if start[:7] == end[:7]:
        return f"{int(day)}–{last}"
    first = day_label(start, language=language)
    return f"{first.rsplit(' ', 1)[0] if start[:4] == end[:4] and start[:4].isdigit() else first} – {last}"


def amount(observation: Observation, *, language: str) -> str:
    """Return a figure with what it counts, as the source hedges it: ``over 374 ha reported as cleared``."""
    value = shown_value(observation)
    if value is None:
        return translate("{measure}: reports differ, none chosen", language=language,
                         measure=translate(MEASURE_NAMES[observation.measure], language=language))
    text = number(value, language=language)
    one, many = AMOUNTS[observation.measure]
    if many is None or observation.measure in AREA_MEASURES:
        area = hedged_area(text, observation.qualifier, language=language)
        return _capital(translate(one, language=language, area=area))
    return _capital(plural_translate(one, many, count=value, language=language,
                                     hedged=observation.qualifier is not Qualifier.EXACT,
                                     value=hedged(text, observation.qualifier, language=language)))


def finding(
    observations: Sequence[Observation], *, headline: Observation | None, measure: Measure, gazetteer: Gazetteer,
    language: str,
) -> str:
    """Return the title of a view: what, where and when, with the figure in it.

    An estimate stands under its name, and a headline that looks wrong under a word of doubt.

    Parameters
    ----------
    observations
        The observations of one period, measure and operator scope; at least one.
    headline
        The one that speaks for all of them, or ``None``.
    """
    drawn = [one for one in observations if is_placed(one)]
    shown = {one.place_codes for one in drawn if one.basis is not Basis.ESTIMATED}
    estimated = any(one.basis is Basis.ESTIMATED and one.place_codes not in shown
                    for one in (*drawn, headline) if one is not None)
    own = {one.place_codes for one in drawn if len(one.place_codes) == 1}
    text = _sentence(observations[0], own=own, headline=headline, measure=measure, gazetteer=gazetteer,
                     language=language)
    doubtful = headline is not None and shown_value(headline) is not None and Flag.SUSPECT_VALUE in headline.flags
    name = "ESTIMATE" if estimated else "DOUBTFUL" if doubtful else None
    return f"{translate(name, language=language)}: {text}" if name else text


def _sentence(
    first: Observation, *, own: Collection[tuple[str, ...]], headline: Observation | None, measure: Measure,
    gazetteer: Gazetteer, language: str,
) -> str:
    """Return the sentence; ``first`` is any observation of the period, ``own`` the districts with their own figure."""
    when = period_label(first.period, language=language, period_id=first.period_id)
    name = translate(MEASURE_NAMES[measure], language=language)
    if headline is None and own:
        return plural_translate("{measure}, {period}: figure for {n} district",
                                "{measure}, {period}: figures for {n} districts",
                                count=len(own), language=language, measure=name, period=when)
    if headline is None:
        return translate("{measure}, {period}: no figure in the reports", language=language, measure=name, period=when)
    what, codes = amount(headline, language=language), headline.place_codes
    if len(codes) == 1:
        place = gazetteer.name_in(codes[0], language) if codes[0] in gazetteer else codes[0]
        place = place if len(place) <= TITLE_NAME_LENGTH else place[: TITLE_NAME_LENGTH - 1] + "…"
        return translate("{what} in {place}, {period}", language=language, what=what, place=place, period=when)
    if codes and 2 * sum((code,) in own for code in codes) < len(codes):
        districts = plural_translate("{n} district", "{n} districts", count=len(codes), language=language)
        return translate("{what}, {period}, jointly in {districts}", language=language, what=what, period=when,
                         districts=districts)
    if own:
        return plural_translate("{what}, {period}, with a figure for {n} district",
                                "{what}, {period}, with figures for {n} districts",
                                count=len(own), language=language, what=what, period=when)
    return translate("{what}, {period}, no figure by district", language=language, what=what, period=when)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
