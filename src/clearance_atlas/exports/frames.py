"""Records as tidy frames: one row an observation, a statement or a district, with declared columns."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.exports.schema import DISTRICTS, OBSERVATIONS, STATEMENTS, Column, dtypes, validate
from clearance_atlas.model import Basis
from clearance_atlas.rendering.content import is_drawn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date
    from decimal import Decimal

    import geopandas as gpd
    import pandas as pd

    from clearance_atlas.model import Document, Observation, Statement

PUBLISHED_ONLY = (Basis.PUBLISHED,)
LIST_SEPARATOR = "|"


def observation_frame(observations: Iterable[Observation], statements: Iterable[Statement] = (),
                      documents: Iterable[Document] = (), *,
                      basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> pd.DataFrame:
    """Return one row per observation, in the order of period, measure, operator and place.

    A joint figure is one row that names all its districts; no member has a row of its own from it.

    Parameters
    ----------
    observations
        The observations; those of another ``basis`` than asked for are left out.
    statements, documents
        Where the source, address and sentence of each observation are looked up.
    basis
        ``published`` alone unless ``derived`` or ``estimated`` figures are asked for too.

    Returns
    -------
    pandas.DataFrame
        Columns as in :data:`clearance_atlas.exports.schema.OBSERVATIONS`: ``observation_id``, ``period_id``,
        ``period_kind``, ``start`` and ``end`` (ISO 8601 text), ``measure``, ``value`` in ``unit``, ``area_ha`` (ha),
        ``qualifier``, ``operator``, ``place_scope``, ``places``, ``place_codes``, ``n_places``,
        ``boundary_version``, ``breakdown``, ``category``, ``item``, ``basis``, ``drawn``, ``flags``, ``conflict_id``,
        ``n_supporting``, ``n_differing``, ``first_seen``, ``last_seen``, ``statements``, ``publisher``, ``url``,
        ``evidence``, ``notes``. Text is ``string``, figures ``float64``, counts ``int64``.

    Raises
    ------
    InputError
        If two observations have the same name.
    UnknownNameError
        If ``basis`` names none of ``published``, ``derived``, ``estimated``.
    """
    wanted = {check_basis(name) for name in basis}
    statement_by_id = {statement.statement_id: statement for statement in statements}
    document_by_id = {document.document_id: document for document in documents}
    chosen = sorted((entry for entry in observations if entry.basis in wanted), key=_order)
    rows = [_observation_row(entry, statement_by_id=statement_by_id, document_by_id=document_by_id)
            for entry in chosen]
    return _frame(rows, OBSERVATIONS, unique="observation_id")


def check_basis(name: Basis | str) -> Basis:
    """Return the basis of a name, or say which is the nearest."""
    try:
        return Basis(name)
    except ValueError:
        known = [entry.value for entry in Basis]
        near = difflib.get_close_matches(name, known, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such basis of a figure", mend=f"did you mean {near}?") from None


def statement_frame(statements: Iterable[Statement], documents: Iterable[Document] = ()) -> pd.DataFrame:
    """Return one row per statement, in reading order, with the sentence it came from.

    Returns
    -------
    pandas.DataFrame
        Columns as in :data:`clearance_atlas.exports.schema.STATEMENTS`. ``evidence_start`` and ``evidence_end`` count
        code points of the document as published.
    """
    document_by_id = {document.document_id: document for document in documents}
    rows = [_statement_row(entry, document=document_by_id.get(entry.document_id)) for entry in statements]
    return _frame(rows, STATEMENTS, unique="statement_id")


def district_table(districts: Mapping[str, gpd.GeoDataFrame]) -> pd.DataFrame:
    """Return one row per district and boundary version, without geometry.

    Parameters
    ----------
    districts
        District frames by boundary version, each indexed by code.

    Returns
    -------
    pandas.DataFrame
        Columns ``code``, ``name_en``, ``name_az``, ``name_ru``, ``area_km2`` (km², official), ``approximate``,
        ``boundary_version``.
    """
    rows = [
        {"code": str(code), **{name: row[name] for name in ("name_en", "name_az", "name_ru", "area_km2")},
         "approximate": bool(row["approximate"]), "boundary_version": version}
        for version, frame in sorted(districts.items())
        for code, row in frame.sort_index().iterrows()
    ]
    return _frame(rows, DISTRICTS)


def _order(entry: Observation) -> tuple[str, ...]:
    return (entry.period.end or "", entry.period.start or "", entry.period_id, entry.measure.value,
            entry.operator or "", str(len(entry.place_codes)), *entry.place_codes, entry.observation_id)


def _observation_row(entry: Observation, *, statement_by_id: Mapping[str, Statement],
                     document_by_id: Mapping[str, Document]) -> dict[str, Any]:
    source = next((statement_by_id[name] for name in entry.supporting if name in statement_by_id), None)
    document = document_by_id.get(source.document_id) if source else None
    return {
        "observation_id": entry.observation_id, "period_id": entry.period_id,
        "period_kind": entry.period.kind, "start": entry.period.start, "end": entry.period.end,
        "measure": entry.measure, "value": _number(entry.value), "unit": entry.unit,
        "area_ha": _number(entry.area_ha), "qualifier": entry.qualifier, "operator": entry.operator,
        "place_scope": entry.place_scope, "places": _joined(entry.places), "place_codes": _joined(entry.place_codes),
        "n_places": len(entry.place_codes), "boundary_version": entry.boundary_version or None,
        "breakdown": entry.breakdown, "category": entry.category, "item": entry.item, "basis": entry.basis,
        "drawn": is_drawn(entry) and entry.value is not None, "flags": _joined(entry.flags),
        "conflict_id": entry.conflict_id,
        "n_supporting": len(entry.supporting), "n_differing": len(entry.differing),
        "first_seen": _day(entry.first_seen), "last_seen": _day(entry.last_seen),
        "statements": _joined(entry.supporting), "publisher": document.publisher if document else None,
        "url": document.url if document else None, "evidence": source.evidence.text if source else None,
        "notes": _joined(entry.notes),
    }


def _statement_row(entry: Statement, *, document: Document | None) -> dict[str, Any]:
    return {
        "document_id": entry.document_id, "statement_id": entry.statement_id,
        "publisher": document.publisher if document else None, "url": document.url if document else None,
        "published": _day(document.published) if document else None,
        "measure": entry.measure, "value": _number(entry.value), "unit": entry.unit,
        "area_ha": _number(entry.area_ha), "qualifier": entry.qualifier, "period_kind": entry.period.kind,
        "start": entry.period.start, "end": entry.period.end, "year_source": entry.period.year_source,
        "operator": entry.operator, "place_scope": entry.place_scope, "places": _joined(entry.places),
        "place_codes": _joined(entry.place_codes), "places_as_published": _joined(entry.places_as_published),
        "role": entry.role, "flags": _joined(entry.flags), "breakdown": entry.breakdown, "category": entry.category,
        "item": entry.item, "evidence": entry.evidence.text, "evidence_start": entry.evidence.start,
        "evidence_end": entry.evidence.end, "rule": entry.rule or None,
    }


def _frame(rows: list[dict[str, Any]], columns: tuple[Column, ...], *, unique: str | None = None) -> pd.DataFrame:
    import pandas as pd  # noqa: PLC0415 - a third of a second that the command line need not pay to start

    names = [column.name for column in columns]
    # Enum members are strings, but a frame should hold plain text whatever engine writes it.
    plain = [{name: str(cell) if isinstance(cell, str) else cell for name, cell in row.items()} for row in rows]
    frame = pd.DataFrame(plain, columns=names).astype(dtypes(columns))
    return validate(frame, columns, unique=unique)


def _number(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _joined(values: Sequence[str]) -> str | None:
    return LIST_SEPARATOR.join(str(value) for value in values) or None


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()
