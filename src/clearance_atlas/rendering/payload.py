"""What a page carries: the records of an atlas as compact JSON, read back by ``scripts/decode.js``.

``shared_payload`` holds what every page of an atlas has in common (shapes, names, words, class breaks);
``page_payload`` holds the figures and sentences of the periods of one page. Names of districts are kept once and every
other reference is a number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from clearance_atlas.model import Basis, PeriodKind
from clearance_atlas.observations.periods import is_dated
from clearance_atlas.rendering.classification import pooled_breaks
from clearance_atlas.rendering.content import PAGE_MEASURES, PERIOD_KINDS, AtlasContent, chooser_kind, is_placed
from clearance_atlas.rendering.credits import version_credit
from clearance_atlas.rendering.evidence import Evidence
from clearance_atlas.rendering.languages import LANGUAGES, territory_names
from clearance_atlas.rendering.safety import safety_contact
from clearance_atlas.rendering.shapes import AtlasShapes, build_shapes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearance_atlas.model import Measure, Observation, Period, Statement
    from clearance_atlas.rendering.blocks import Block, View

Json = dict[str, Any]
PlaceSet = tuple[int, ...]


@dataclass(slots=True)
class Tables:
    """The numbering that all pages of one atlas share."""

    content: AtlasContent
    places: dict[str, int]
    scopes: dict[str, int]
    versions: dict[str, int]
    sets: dict[PlaceSet, int]
    shapes: AtlasShapes
    statements: dict[str, Statement]
    breaks: Mapping[tuple[Measure, PeriodKind], tuple[float, ...]]
    conflict_rules: dict[str, str] = field(default_factory=dict)
    credits: dict[str, str] = field(default_factory=dict)

    def place_set(self, observation: Observation) -> int:
        """Return the number of an observation's places, in the order of the places table."""
        codes = observation.place_codes
        return self.sets[(self.places[codes[0]],) if len(codes) == 1 else tuple(sorted(self.places[c] for c in codes))]


def page_observations(content: AtlasContent) -> list[Observation]:
    """Return the observations that a page can show: of an offered measure, in a known period, in a fixed order."""
    offered = {measure: rank for rank, measure in enumerate(PAGE_MEASURES)}
    shown = [one for one in content.observations if one.measure in offered and is_dated(one.period)]
    return sorted(shown, key=lambda one: (_period_order(one.period, one.period_id), offered[one.measure],
                                          one.operator or "", one.observation_id))


def _period_order(period: Period, period_id: str) -> tuple[str, str, str]:
    return (period.end or "", period.start or "", period_id)


def build_tables(content: AtlasContent, observations: Sequence[Observation]) -> Tables:
    """Return the numbering of an atlas: its places, scopes, boundary versions and place sets."""
    codes = dict.fromkeys(code for frame in content.districts.values() for code in sorted(frame.index))
    codes.update(dict.fromkeys(sorted({code for one in observations for code in one.place_codes})))
    places = {code: number for number, code in enumerate(codes)}
    order = {operator.code: rank for rank, operator in enumerate(content.profile.operators)}
    scopes = sorted({one.operator or "" for one in observations}, key=lambda code: (order.get(code, len(order)), code))
    groups = sorted({tuple(sorted(places[code] for code in one.place_codes)) for one in observations},
                    key=lambda group: (len(group), group))
    versions = {version: number for number, version in enumerate(content.districts)}
    drawn = [one for one in observations if is_placed(one) and len(one.place_codes) > 1]
    shapes = build_shapes(content, {(one.boundary_version, tuple(sorted(one.place_codes))) for one in drawn})
    return Tables(
        content, places, {code: number for number, code in enumerate(scopes)}, versions,
        {group: number for number, group in enumerate(groups)}, shapes,
        {one.statement_id: one for one in content.statements},
        pooled_breaks([one for one in observations if one.basis is Basis.PUBLISHED], districts=content.districts,
                      stable_units=content.profile.stable_units),
        {one.conflict_id: one.rule for one in content.conflicts},
        {version: version_credit(version, content=content) for version in versions},
    )


def shared_payload(tables: Tables) -> Json:
    """Return what every page of the atlas has in common."""
    content, shapes = tables.content, tables.shapes
    operators = {operator.code: operator.names for operator in content.profile.operators}
    codes = list(tables.places)
    return {
        "language": content.language,
        "country": {language: content.profile.names.get(language, content.profile.names["en"])
                    for language in LANGUAGES},
        "publisher": content.publisher,
        "cutoff": content.cutoff.isoformat() if content.cutoff else None,
        **({"created": content.created.isoformat()} if content.created else {}),
        "contact": {language: safety_contact(content.profile, language=language) for language in LANGUAGES},
        "places": [_place_names(code, content=content) for code in codes],
        "named": _times_named(tables),
        "towns": [tables.places[code] for code in shapes.towns],
        "scopes": [[code, operators.get(code, {"en": code} if code else {})] for code in tables.scopes],
        "sets": [list(group) for group in tables.sets],
        "breaks": {f"{measure}/{kind}": list(values) for (measure, kind), values in tables.breaks.items()},
        "changes": _changes(content),
        "frame": shapes.frame,
        "arcs": shapes.topology.encoded_arcs(),
        "shapes": shapes.shape_list,
        "context": shapes.context,
        "neighbours": [[territory_names(code), *anchor] for code, anchor in shapes.neighbours.items()],
        "versions": [_version(version, tables=tables) for version in tables.versions],
        "groups": {_group_key(key, tables=tables): number for key, number in shapes.groups.items()},
        "anchors": {_group_key(key, tables=tables): list(shapes.group_anchors[key]) for key in shapes.groups},
    }


def _group_key(key: tuple[str, tuple[str, ...]], *, tables: Tables) -> str:
    version, codes = key
    return f"{tables.sets[tuple(sorted(tables.places[code] for code in codes))]}/{tables.versions[version]}"


def _place_names(code: str, *, content: AtlasContent) -> list[str]:
    for frame in reversed(list(content.districts.values())):
        if code in frame.index:
            row = frame.loc[code]
            return [code, *(str(row[f"name_{language}"] or row["name_en"]) for language in ("en", "az", "ru"))]
    if code in content.gazetteer:
        return [code, *(content.gazetteer.name_in(code, language) for language in ("en", "az", "ru"))]
    return [code, code, code, code]


def _times_named(tables: Tables) -> list[int]:
    documents: dict[str, set[str]] = defaultdict(set)
    for statement in tables.statements.values():
        for code in statement.place_codes:
            documents[code].add(statement.document_id)
    return [len(documents[code]) for code in tables.places]


def _version(version: str, *, tables: Tables) -> Json:
    frame, shapes = tables.content.districts[version], tables.shapes
    areas = {tables.places[code]: float(area) for code, area in frame["area_km2"].items() if area == area}  # noqa: PLR0124 - not NaN
    return {
        "id": version,
        "credit": tables.credits[version],
        "areas": [_short(areas.get(number)) for number in range(len(tables.places))],
        "shapes": {tables.places[code]: shapes.districts[version, code] for code in frame.index},
        "labels": {tables.places[code]: list(shapes.labels[version, code]) for code in frame.index},
        "outline": shapes.outlines[version],
        "approximate": shapes.approximate[version],
        "uncertain": [tables.places[code] for code in frame.index[frame["approximate"].astype(bool)]],
    }


def _short(number: float | None) -> float | int | None:
    return None if number is None else int(number) if number == int(number) else round(number, 3)


def _changes(content: AtlasContent) -> list[list[Any]]:
    """Return the days on which series break: new borders, and totals that begin to include other operators."""
    borders = [[one.valid_from.isoformat(), "boundaries", None] for one in content.profile.boundaries
               if one.valid_from and one.version in content.districts]
    scopes = [[one.since.isoformat(), "operators", list(one.kinds), one.scope, one.reads_as]
              for one in content.profile.inclusions if one.since]
    return sorted(borders + scopes, key=lambda change: change[0])


def page_payload(tables: Tables, blocks: Sequence[Block], *, page: str, view: View | None) -> Json:
    """Return the figures, sentences and documents of some periods.

    Parameters
    ----------
    blocks
        The blocks of the page's periods, in the order of :func:`~clearance_atlas.rendering.blocks.build_blocks`.
    page
        ``atlas`` or ``period``.
    view
        Period and measure at which the page opens; ``None`` for an atlas without any figure.
    """
    first = {block.period_id: block.rows[0] for block in reversed(blocks)}
    numbers = {period_id: number for number, period_id in enumerate(dict.fromkeys(block.period_id for block in blocks))}
    evidence = Evidence(tables.content.documents, statements=tables.statements, scopes=tables.scopes)
    layouts: dict[str, int] = {}
    kinds = {chooser_kind(one.period.kind) for one in first.values()}
    measures = {block.measure for block in blocks}
    return {
        "page": page,
        "periods": [_period(first[period_id], tables=tables) for period_id in numbers],
        "kinds": [kind for kind in PERIOD_KINDS if kind in kinds],
        "measures": [measure for measure in PAGE_MEASURES if measure in measures],
        "view": view and {"period": numbers[view.period_id], "measure": view.measure,
                          "kind": chooser_kind(first[view.period_id].period.kind)},
        "blocks": [_block(block, number=numbers[block.period_id], tables=tables, layouts=layouts, evidence=evidence)
                   for block in blocks],
        "layouts": list(layouts),
        "statements": evidence.statements,
        "sentences": evidence.sentences,
        "documents": evidence.documents,
    }


def _period(observation: Observation, *, tables: Tables) -> list[Any]:
    period = observation.period
    return [observation.period_id, period.kind or PeriodKind.CUSTOM, chooser_kind(period.kind), period.start,
            period.end, tables.versions.get(observation.boundary_version, -1)]


def _block(
    block: Block, *, number: int, tables: Tables, layouts: dict[str, int], evidence: Evidence,
) -> list[Any]:
    layout = layouts.setdefault(block.layout, len(layouts))
    row = [number, block.measure, tables.scopes[block.scope], layout, block.decimals, block.values, block.headline]
    details = dict(block.details)
    for position in block.quoted:
        quotes = evidence.quotes(block.rows[position])
        if quotes:
            details[position] = details.get(position, {}) | quotes
    return [*row, details] if details else row
