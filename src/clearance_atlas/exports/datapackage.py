"""The Frictionless data package: tables, codebook, units, licences and hashes in one folder."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from clearance_atlas.exports.frames import PUBLISHED_ONLY, district_table, observation_frame, statement_frame
from clearance_atlas.exports.schema import DISTRICTS, OBSERVATIONS, STATEMENTS
from clearance_atlas.exports.tables import to_csv

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.exports.schema import Column
    from clearance_atlas.model import Basis, Document
    from clearance_atlas.rendering.content import AtlasContent

DISCLAIMER = ("Press-reported totals. They do not show where mines are or which land is safe. Names and boundaries "
              "imply no opinion on the legal status of any territory.")
CODEBOOK = "codebook.csv"
LICENCE = {"name": "BSD-3-Clause", "title": "BSD 3-Clause License", "path": "https://opensource.org/license/bsd-3-clause"}
_KEYS = {"observations": "observation_id", "statements": "statement_id"}
_TITLES = {
    "observations": "One value per measure, period, operator and place or group",
    "statements": "Every figure as each bulletin states it, with its sentence",
    "districts": "Districts and their official areas, by boundary version",
    "codebook": "What each column means",
}


def to_datapackage(content: AtlasContent, *, basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> dict[str, bytes]:
    """Return the files of a data package (Frictionless Data Package 1.0), by file name.

    ``observations.csv``, ``statements.csv``, ``districts.csv``, ``codebook.csv`` and ``datapackage.json``.

    Parameters
    ----------
    content
        The records and frames of the atlas.
    basis
        ``published`` alone unless ``derived`` or ``estimated`` figures are asked for too.
    """
    files = {
        "observations.csv": to_csv(observation_frame(content.observations, content.statements, content.documents,
                                                     basis=basis)),
        "statements.csv": to_csv(statement_frame(content.statements, content.documents)),
        "districts.csv": to_csv(district_table(content.districts)),
        CODEBOOK: codebook(),
    }
    resources = [_resource(name, content=files[f"{name}.csv"], columns=columns) for name, columns in
                 (("observations", OBSERVATIONS), ("statements", STATEMENTS), ("districts", DISTRICTS))]
    resources.append(_resource("codebook", content=files[CODEBOOK], columns=None))
    return files | {"datapackage.json": _json(_descriptor(content, resources=resources))}


def codebook() -> bytes:
    """Return the meaning of every column of every table as CSV: table, column, type, unit, required, meaning."""
    import pandas as pd  # noqa: PLC0415 - a third of a second that the command line need not pay to start

    rows = [(table, column.name, column.type, column.unit, column.required, column.meaning)
            for table, columns in (("observations", OBSERVATIONS), ("statements", STATEMENTS), ("districts", DISTRICTS))
            for column in columns]
    return to_csv(pd.DataFrame(rows, columns=["table", "column", "type", "unit", "required", "meaning"]))


def _descriptor(content: AtlasContent, *, resources: list[dict[str, Any]]) -> dict[str, Any]:
    profile = content.profile
    return {
        "profile": "tabular-data-package",
        "name": f"clearance-{profile.profile_id}",
        "title": f"Area reported as cleared and ordnance found: {profile.names.get('en', profile.profile_id)}",
        "description": DISCLAIMER,
        **({"version": content.version} if content.version else {}),
        **({"created": f"{content.cutoff.isoformat()}T00:00:00Z"} if content.cutoff else {}),
        "licenses": [LICENCE],
        "sources": _sources(content.documents),
        "contributors": [{"title": content.publisher, "role": "publisher"}],
        **({"boundaries": content.boundary_credit} if content.boundary_credit else {}),
        "resources": resources,
    }


def _sources(documents: Sequence[Document]) -> list[dict[str, str]]:
    """Return each outlet's reports once, in the order of their addresses."""
    known = {document.url: document.publisher or document.url for document in documents if document.url}
    return [{"title": title, "path": url} for url, title in sorted(known.items())]


def _resource(name: str, *, content: bytes, columns: tuple[Column, ...] | None) -> dict[str, Any]:
    fields = [_field(column) for column in columns] if columns else [
        {"name": heading, "type": "boolean" if heading == "required" else "string"}
        for heading in ("table", "column", "type", "unit", "required", "meaning")]
    schema: dict[str, Any] = {"fields": fields, "missingValues": [""]}
    if name in _KEYS:
        schema["primaryKey"] = _KEYS[name]
    return {
        "profile": "tabular-data-resource", "name": name, "title": _TITLES[name], "path": f"{name}.csv",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "bytes": len(content),
        "hash": f"sha256:{sha256(content).hexdigest()}", "dialect": {"lineTerminator": "\n"}, "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    return {
        "name": column.name, "type": column.type, "description": column.meaning,
        **({"unit": column.unit} if column.unit else {}),
        **({"constraints": {"required": True}} if column.required else {}),
    }


def _json(record: dict[str, Any]) -> bytes:
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
