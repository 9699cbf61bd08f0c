"""A sheet for HDX tools: one row a period, operator and place, with HXL hashtags in the second row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from clearance_atlas.exports.tables import rows_to_csv

if TYPE_CHECKING:
    import pandas as pd

# Header, hashtag (HXL 1.1). A joint figure belongs to no single district, so its names stand under #region, which no
# tool joins to a district; only a figure published for one district has an #adm2 code.
KEYS = (
    ("Start", "#date+start", "start"),
    ("End", "#date+end", "end"),
    ("Period", "#period+id", "period_id"),
    ("District", "#adm2+name", "name"),
    ("District code", "#adm2+code", "code"),
    ("Reported jointly for", "#region+joint+name+list", "joint_names"),
    ("Codes of the joint districts", "#region+joint+code+list", "joint_codes"),
    ("Operator", "#org+name", "operator"),
)
MEASURES = {
    "area_cleared": ("Area reported as cleared (ha)", "#output+area+cleared+ha"),
    "area_surveyed": ("Area surveyed (ha)", "#output+area+surveyed+ha"),
    "ap_mines": ("Anti-personnel mines found", "#output+items+ap"),
    "at_mines": ("Anti-tank mines found", "#output+items+at"),
    "uxo": ("Unexploded ordnance found", "#output+items+uxo"),
    "mines_total": ("Mines found, class not said", "#output+items+mines"),
    "ordnance_total": ("Mines and unexploded ordnance found", "#output+items+ordnance"),
    "submunitions": ("Submunitions found", "#output+items+submunitions"),
    "killed": ("Killed", "#affected+killed"),
    "injured": ("Injured", "#affected+injured"),
    "casualties": ("Killed and injured", "#affected+casualties"),
}
TAIL = (
    ("Kind of figures", "#indicator+type", "type"),
    ("Basis", "#status+basis", "basis"),
    ("Source", "#meta+source", "publisher"),
    ("Address", "#meta+url", "url"),
)


@dataclass(frozen=True, slots=True)
class _Key:
    """What makes a row: figures that share all of it stand side by side."""

    start: str
    end: str
    period_id: str
    scope: str
    places: str
    codes: str
    operator: str
    basis: str
    cumulative: bool


def to_hxl(frame: pd.DataFrame) -> bytes:
    """Return an observation frame as HXL-tagged CSV.

    Parts of a breakdown, ``other`` items and figures that sources dispute without a decision are left out: a sheet of
    sums has no place for what may not be added. Areas are in hectares.

    Parameters
    ----------
    frame
        As made by :func:`clearance_atlas.exports.frames.observation_frame`.
    """
    headers = [*(entry[0] for entry in KEYS), *(entry[0] for entry in MEASURES.values()), *(entry[0] for entry in TAIL)]
    tags = [*(entry[1] for entry in KEYS), *(entry[1] for entry in MEASURES.values()), *(entry[1] for entry in TAIL)]
    return rows_to_csv([headers, tags], [_cells(key, figures) for key, figures in _grouped(frame).items()])


def _grouped(frame: pd.DataFrame) -> dict[_Key, dict[str, Any]]:
    rows: dict[_Key, dict[str, Any]] = {}
    for record in frame.astype(object).where(frame.notna(), None).to_dict("records"):
        whole = record["breakdown"] in (None, "district") and not (record["breakdown"] and record["category"])
        if record["measure"] not in MEASURES or not whole or record["value"] is None:
            continue
        figures = rows.setdefault(_key(record), {"publisher": record["publisher"], "url": record["url"]})
        area = record["measure"].startswith("area_")
        figures.setdefault(record["measure"], record["area_ha"] if area else record["value"])
    return rows


def _key(record: dict[Any, Any]) -> _Key:
    return _Key(
        start=record["start"] or "", end=record["end"] or "", period_id=record["period_id"],
        scope=record["place_scope"], places=record["places"] or "", codes=record["place_codes"] or "",
        operator=record["operator"] or "", basis=record["basis"], cumulative=record["period_kind"] == "cumulative",
    )


def _cells(key: _Key, figures: dict[str, Any]) -> list[Any]:
    district, joint = key.scope == "district", key.scope == "group"
    known = {
        "start": key.start, "end": key.end, "period_id": key.period_id, "operator": key.operator,
        "name": key.places if district else "", "code": key.codes if district else "",
        "joint_names": key.places if joint else "", "joint_codes": key.codes if joint else "",
        "type": "state to date" if key.cumulative else "during the period", "basis": key.basis,
        "publisher": figures["publisher"], "url": figures["url"],
    }
    return [*(known[entry[2]] for entry in KEYS), *(figures.get(measure) for measure in MEASURES),
            *(known[entry[2]] for entry in TAIL)]
