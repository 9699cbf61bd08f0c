"""The situation report: two pages about one period with map, table, trend, and a source for every figure.

One record of content, three ways to write it: Word (with real footnotes), HTML (whole in one file) and Markdown.
"""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import TYPE_CHECKING

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.exports.report_content import KeyFigure, Report
from clearance_atlas.model import DocumentKind, Measure
from clearance_atlas.observations.periods import nearest_period
from clearance_atlas.rendering.content import PAGE_MEASURES
from clearance_atlas.rendering.figures import FigureMaker, figure_maker, marginalia, render_figure
from clearance_atlas.rendering.languages import translate
from clearance_atlas.rendering.mapview import MAP_BASES, MapView, period_ids
from clearance_atlas.rendering.sheets import render_trend, table_rows
from clearance_atlas.rendering.wording import (
    Words,
    alt_text,
    caveats,
    operator_name,
    period_text,
    place_name,
    title,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Document, Observation
    from clearance_atlas.rendering.content import AtlasContent

NAMED_SOURCES = 2
"""Reports named in one footnote; the others are counted."""


MAP_DPI = 220
"""Sharp on paper, and light enough to send."""


class ReportFormat(StrEnum):
    """Format of a situation report."""

    DOCX = "docx"
    HTML = "html"
    MD = "md"


def situation_report(content: AtlasContent, period_id: str, *, report_format: ReportFormat | str = ReportFormat.DOCX,
                     language: str | None = None) -> bytes:
    """Return a situation report about a period; the same content gives the same bytes.

    Parameters
    ----------
    content
        The records and frames of the atlas.
    period_id
        Name of a period, e.g. ``month-2024-07``.
    report_format
        ``docx``, ``html`` or ``md``. In ``md`` the pictures are data URIs, so that the report stays one file.
    language
        ``en``, ``az`` or ``ru``; that of the content unless named.

    Raises
    ------
    UnknownNameError
        If the period, the format or the language does not exist; the nearest is named.
    """
    chosen = _format(report_format)
    report = compose_report(content, period_id, language=language)
    if chosen is ReportFormat.DOCX:
        from clearance_atlas.exports.report_docx import to_docx  # noqa: PLC0415 - python-docx, only for this format

        return to_docx(report, cutoff=content.cutoff)
    from clearance_atlas.exports.report_text import to_html, to_markdown  # noqa: PLC0415 - jinja2, not for docx

    return to_html(report) if chosen is ReportFormat.HTML else to_markdown(report)


def compose_report(content: AtlasContent, period_id: str, *, language: str | None = None) -> Report:
    """Gather what a situation report says; the map is of the first measure that the period has for districts."""
    maker = figure_maker(content, language=language)
    views = _views(maker, period_id)
    main = next((view for view in views if view.districts or view.groups), views[0])
    notes: list[str] = []
    key_figures = tuple(_key_figure(view, maker, notes=notes) for view in views if view.headline is not None)
    words = maker.language
    country = content.profile.names.get(words.language, content.profile.names["en"])
    return Report(
        heading=words["report_title"].format(period=period_text(main.period, language=words)),
        title=title(main, content=content, language=words),
        subtitle=f"{country}. {_cutoff(content, words)}",
        key_figures=key_figures,
        map_picture=lambda kind: render_figure(maker, period_id, measure=main.measure, image_format=kind, dpi=MAP_DPI),
        map_text=alt_text(main, content=content, language=words),
        rows=tuple(table_rows(main, maker)),
        rate_unit=words.rate_unit(main.measure),
        trend_picture=lambda kind: render_trend(maker, main, image_format=kind),
        trend_text=words["trend_of"].format(
            measure=words[f"measure.{main.measure}"], kind=words[f"kind.{main.period.kind or 'custom'}"],
            operator=operator_name(main.operator, content=content, language=words)),
        caveats=tuple(caveats(main, content=content, language=words)),
        footnotes=tuple(notes), safety=maker.safety, marginalia=marginalia(main, maker), language=words,
    )


def _views(maker: FigureMaker, period_id: str) -> list[MapView]:
    """Return one view a measure that the period has a figure of, in the order of the page."""
    found = {entry.measure for entry in maker.content.observations
             if entry.period_id == period_id and entry.basis in MAP_BASES}
    offered = [measure for measure in PAGE_MEASURES if measure in found]
    if not offered:
        near = nearest_period(period_id, known=period_ids(maker.content))
        raise UnknownNameError(period_id, "no such period", mend=f"did you mean {near}?" if near else "")
    return [maker.view(period_id, measure=measure) for measure in offered]


def _key_figure(view: MapView, maker: FigureMaker, *, notes: list[str]) -> KeyFigure:
    entry, words, content = view.headline, maker.language, maker.content
    if entry is None:
        raise ValueError(f"{view.period_id}: {view.measure} has no figure that speaks for the period")
    names = [place_name(code, content=content, language=words) for code in entry.place_codes]
    place = words["national"] if not names else names[0] if len(names) == 1 else words.plural("jointly", len(names))
    area = view.measure in {Measure.AREA_CLEARED, Measure.AREA_SURVEYED}
    notes.append(_footnote(entry, content=content, words=words))
    return KeyFigure(words[f"measure.{view.measure}"], words.figure(entry) if area else words.quantity(entry), place,
                     operator_name(view.operator, content=content, language=words), len(notes))


def _footnote(entry: Observation, *, content: AtlasContent, words: Words) -> str:
    """Return the reports that give a figure: outlet, date, address; our own words are called so."""
    documents = {one.document_id: one for one in content.documents}
    statements = {one.statement_id: one.document_id for one in content.statements}
    names = dict.fromkeys(statements[name] for name in entry.supporting if name in statements)
    known = [documents[name] for name in names if name in documents]
    # Reports come before our own abstracts, so that the first one says which kind is named.
    known.sort(key=lambda one: one.kind is DocumentKind.ABSTRACT)
    sources = [_source(one, words=words) for one in known]
    rest = len(sources) - NAMED_SOURCES
    text = "; ".join(sources[:NAMED_SOURCES]) or words["none_named"]
    text = f"{text} {words.plural('and_others', rest)}" if rest > 0 else text
    if known and known[0].kind is DocumentKind.ABSTRACT:
        text = f"{words['our_abstract']} {text}"
    return f"{text[:1].upper()}{text[1:]}."


def _source(document: Document, *, words: Words) -> str:
    parts = [document.publisher or document.document_id]
    if document.published:
        parts.append(words.day(document.published))
    if document.url:
        parts.append(document.url)
    return ", ".join(parts)


def _cutoff(content: AtlasContent, words: Words) -> str:
    dates = [words["cutoff"].format(date=words.day(content.cutoff))] if content.cutoff else []
    if content.created:
        dates.append(translate("Created {day}", language=words.language, day=words.day(content.created)))
    return ". ".join(dates)


def _format(name: ReportFormat | str) -> ReportFormat:
    try:
        return ReportFormat(name)
    except ValueError:
        known: Sequence[str] = [entry.value for entry in ReportFormat]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such report format", mend=f"did you mean {near}?") from None
