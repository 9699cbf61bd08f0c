"""What a page carries: the records of an atlas as compact JSON, read back by ``scripts/decode.js``.

``shared_payload`` holds what every page of an atlas has in common (shapes, names, words, class breaks);
``page_payload`` holds the figures and sentences of the periods of one page. Names of districts are kept once and every
other reference is a number.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from clearance_atlas.model import Breakdown, PeriodKind, Qualifier
from clearance_atlas.observations.periods import is_dated
from clearance_atlas.rendering.classification import pooled_breaks
from clearance_atlas.rendering.content import (
    PAGE_MEASURES,
    PERIOD_KINDS,
    UNDRAWN_FLAGS,
    AtlasContent,
    chooser_kind,
    is_drawn,
    shown_value,
)
from clearance_atlas.rendering.encoding import encode_numbers
from clearance_atlas.rendering.evidence import Evidence
from clearance_atlas.rendering.languages import language_packs, territory_names
from clearance_atlas.rendering.shapes import AtlasShapes, build_shapes

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from clearance_atlas.model import Measure, Observation, Period, Statement

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
    differing_rules: dict[str, str] = field(default_factory=dict)

    def place_set(self, observation: Observation) -> int:
        """Return the number of an observation's places, in the order of the places table."""
        return self.sets[tuple(sorted(self.places[code] for code in observation.place_codes))]


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
    drawn = [one for one in observations if is_drawn(one) and len(one.place_codes) > 1]
    shapes = build_shapes(content, {(one.boundary_version, tuple(sorted(one.place_codes))) for one in drawn})
    return Tables(
        content, places, {code: number for number, code in enumerate(scopes)}, versions,
        {group: number for number, group in enumerate(groups)}, shapes,
        {one.statement_id: one for one in content.statements},
        {one.conflict_id: one.rule for one in content.conflicts},
    )


def shared_payload(tables: Tables, observations: Iterable[Observation]) -> Json:
    """Return what every page of the atlas has in common."""
    content, shapes = tables.content, tables.shapes
    breaks = pooled_breaks(observations, districts=content.districts, stable_units=content.profile.stable_units)
    operators = {operator.code: operator.names for operator in content.profile.operators}
    codes = list(tables.places)
    return {
        "language": content.language,
        "languages": language_packs(),
        "country": {language: content.profile.names.get(language, content.profile.names["en"])
                    for language in language_packs()},
        "publisher": content.publisher,
        "cutoff": content.cutoff.isoformat() if content.cutoff else None,
        "places": [_place_names(code, content=content) for code in codes],
        "named": _times_named(tables),
        "towns": [tables.places[code] for code in shapes.towns],
        "scopes": [[code, operators.get(code, {"en": code} if code else {})] for code in tables.scopes],
        "sets": [list(group) for group in tables.sets],
        "breaks": {f"{measure}/{kind}": list(values) for (measure, kind), values in breaks.items()},
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
    scopes = [[one.since.isoformat(), "operators", list(one.kinds)] for one in content.profile.inclusions if one.since]
    return sorted(borders + scopes, key=lambda change: change[0])


def page_payload(
    tables: Tables, observations: Sequence[Observation], *, page: str, view: tuple[str, Measure] | None = None,
) -> Json:
    """Return the figures, sentences and documents of some periods.

    Parameters
    ----------
    observations
        The observations of the page's periods, in the order of :func:`page_observations`.
    page
        ``atlas`` or ``period``.
    view
        Period id and measure at which the page opens; the latest where ``None``.
    """
    periods = dict.fromkeys(one.period_id for one in observations)
    first = {one.period_id: one for one in reversed(observations)}
    numbers = {period_id: number for number, period_id in enumerate(periods)}
    evidence = Evidence(tables.content.documents, statements=tables.statements)
    layouts: dict[str, int] = {}
    measures = [measure for measure in PAGE_MEASURES if any(one.measure is measure for one in observations)]
    kinds = {chooser_kind(first[period_id].period.kind) for period_id in periods}
    blocks = [
        _block(rows, number=numbers[rows[0].period_id], tables=tables, layouts=layouts, evidence=evidence)
        for rows in ordered_blocks(observations)
    ]
    period_id, measure = view or opening_view(observations)
    return {
        "page": page,
        "periods": [_period(first[period_id], tables=tables) for period_id in periods],
        "kinds": [kind for kind in PERIOD_KINDS if kind in kinds],
        "measures": measures,
        "view": {"period": numbers[period_id], "measure": measure,
                 "kind": chooser_kind(first[period_id].period.kind)},
        "blocks": blocks,
        "layouts": list(layouts),
        "statements": evidence.statements,
        "sentences": evidence.sentences,
        "documents": evidence.documents,
    }


def opening_view(observations: Sequence[Observation]) -> tuple[str, Measure]:
    """Return the latest period and its first measure: where an atlas opens.

    States "to date" open an atlas only where nothing else is there; a period with a figure for the map comes before
    one without among those that end on one day.
    """
    rank = {measure: number for number, measure in enumerate(PAGE_MEASURES)}
    latest = max(observations, key=lambda one: (
        one.period.kind is not PeriodKind.CUMULATIVE, chooser_kind(one.period.kind) is not PeriodKind.CUSTOM,
        one.period.end or "", is_drawn(one), -rank[one.measure], one.period.start or "",
    ))
    measures = [one.measure for one in observations if one.period_id == latest.period_id]
    return latest.period_id, min(measures, key=lambda measure: rank[measure])


def ordered_blocks(observations: Sequence[Observation]) -> list[list[Observation]]:
    """Return the observations by period, measure and operator scope; within a measure the scope to show first.

    First comes the scope that draws most districts, then the one that more reports support. Nothing is ever added
    across scopes.
    """
    blocks: dict[tuple[str, Measure, str], list[Observation]] = defaultdict(list)
    for one in observations:
        blocks[one.period_id, one.measure, one.operator or ""].append(one)
    order: dict[tuple[str, Measure], int] = {}
    for period_id, measure, _ in blocks:
        order.setdefault((period_id, measure), len(order))

    def weight(rows: list[Observation]) -> tuple[int, int]:
        drawn = [one for one in rows if is_drawn(one)]
        return (-len({code for one in drawn for code in one.place_codes}), -max(len(one.supporting) for one in rows))

    keys = sorted(blocks, key=lambda key: (order[key[0], key[1]], weight(blocks[key]), key[2]))
    return [blocks[key] for key in keys]


def headline(rows: Sequence[Observation]) -> int:
    """Return the position of the figure that speaks for a block, or -1: its widest total, never a sum.

    A joint total with the same value as the national one is the better headline, because it says where.
    """
    whole = [
        (one, position) for position, one in enumerate(rows)
        if one.breakdown is None and not one.category and not one.item and not UNDRAWN_FLAGS.intersection(one.flags)
    ]
    if not whole:
        return -1
    singles = [one for one, _ in whole if len(one.place_codes) == 1]
    if len(singles) == len(whole) and len(singles) > 1:
        return -1
    return max(whole, key=lambda pair: (
        shown_value(pair[0]) is not None, shown_value(pair[0]) or Decimal(0), len(pair[0].place_codes), -pair[1],
    ))[1]


def _period(observation: Observation, *, tables: Tables) -> list[Any]:
    period = observation.period
    return [observation.period_id, period.kind or PeriodKind.CUSTOM, chooser_kind(period.kind), period.start,
            period.end, tables.versions.get(observation.boundary_version, -1)]


def _block(
    rows: list[Observation], *, number: int, tables: Tables, layouts: dict[str, int], evidence: Evidence,
) -> list[Any]:
    rows = sorted(rows, key=lambda one: (tables.place_set(one), one.breakdown or "", one.category or "", one.item or "",
                                         one.observation_id))
    sets = [tables.place_set(one) for one in rows]
    steps = encode_numbers(after - before for before, after in zip([0, *sets], sets, strict=False))
    values = [shown_value(one) for one in rows]
    decimals = max((_decimals(value) for value in values if value is not None), default=0)
    texts = encode_numbers(0 if value is None else int(value.scaleb(decimals)) + 1 for value in values)
    details = {position: detail for position, one in enumerate(rows)
               if (detail := _detail(one, tables=tables, evidence=evidence))}
    block = [number, rows[0].measure, tables.scopes[rows[0].operator or ""], layouts.setdefault(steps, len(layouts)),
             decimals, texts, headline(rows)]
    return [*block, details] if details else block


def _decimals(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return min(max(-exponent, 0), 6) if isinstance(exponent, int) else 0


def _detail(one: Observation, *, tables: Tables, evidence: Evidence) -> Json:
    detail: Json = {
        "q": one.qualifier if one.qualifier is not Qualifier.EXACT else None,
        "b": one.basis if one.basis != "published" else None,
        "f": list(one.flags),
        "s": evidence.numbers(sorted(one.supporting, key=lambda each: evidence.reluctance(each, one))),
        "d": evidence.numbers(one.differing),
        "c": tables.differing_rules.get(one.conflict_id, "not chosen") if one.conflict_id else None,
        "p": one.breakdown if one.breakdown not in {None, Breakdown.DISTRICT} or one.category or one.item else None,
        "u": [float(one.value), one.unit] if one.value is not None and one.value != shown_value(one) else None,
        "x": 1 if one.place_codes and not is_drawn(one) else None,
    }
    if (one.category or one.item) and detail["p"] is None:
        detail["p"] = Breakdown.SUBGROUP
    return {key: value for key, value in detail.items() if value}
