"""The legend of a page that opens without its script: the classes of the measure and, always, the four states.

``scripts/legend.js`` draws the same where scripts run.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from clearance_atlas.model import Basis
from clearance_atlas.rendering.content import AREA_MEASURES, UNSHADED_MEASURES, chooser_kind, is_placed, shown_value
from clearance_atlas.rendering.languages import translate
from clearance_atlas.rendering.opening import hatch_for, spread
from clearance_atlas.rendering.titles import MEASURE_NAMES, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearance_atlas.model import Measure
    from clearance_atlas.rendering.blocks import Block, View
    from clearance_atlas.rendering.payload import Tables

STATES = (
    ("c2", "figure published for the district"),
    ("joint c2", "joint total of several districts, one surface"),
    ("zero", "published zero"),
    ("blank", "no figure in these reports"),
)
PEOPLE_STATES = (
    ("unrated", "number of people in the district, not shaded"),
    ("joint unrated", "number of people in several districts together, not shaded"),
    *STATES[2:],
)
UNDECIDED = "reports differ, none chosen"
OTHER_BASES = {Basis.DERIVED: "difference of published figures", Basis.ESTIMATED: "ESTIMATE, not published"}


def page_legend(blocks: Sequence[Block], *, view: View, tables: Tables) -> str:
    """Return the legend of a view as markup."""
    rows = next(block for block in blocks if (block.period_id, block.measure) == view).rows
    key = (view.measure, chooser_kind(rows[0].period.kind))
    return _legend(
        view.measure, breaks=tables.breaks.get(key), language=tables.content.language,
        bases=tuple(basis for basis in OTHER_BASES if any(one.basis is basis and is_placed(one) for one in rows)),
        undecided=tuple(sorted({"undecided" if len(one.place_codes) == 1 else "joint undecided" for one in rows
                                if is_placed(one) and shown_value(one) is None}, reverse=True)),
    )


@cache
def _legend(
    measure: Measure, *, breaks: tuple[float, ...] | None, language: str, bases: tuple[Basis, ...],
    undecided: tuple[str, ...],
) -> str:
    """Return the legend of all views with one measure, classes and language."""
    return "".join(_parts(measure, breaks=breaks, language=language, bases=bases, undecided=undecided))


def _parts(
    measure: Measure, *, breaks: Sequence[float] | None, language: str, bases: Sequence[Basis],
    undecided: Sequence[str],
) -> Iterator[str]:
    people = measure in UNSHADED_MEASURES
    unit = "ha per 100 ha of district" if measure in AREA_MEASURES else "items per 100 km²"
    name = translate(MEASURE_NAMES[measure], language=language)
    unit = translate("not shaded by district" if people else unit, language=language)
    yield f'<p class="legend-title"><strong>{escape(name)}</strong> <span>{escape(unit)}</span></p>'
    if breaks is not None and not people:
        yield _ramp(breaks, language=language)
    states = [*(PEOPLE_STATES if people else STATES), *((shade, UNDECIDED) for shade in undecided),
              *((f"c2 {basis}", OTHER_BASES[basis]) for basis in bases)]
    items = [f"<li>{_swatch(shade)}<span>{escape(translate(text, language=language))}</span></li>"
             for shade, text in states]
    yield f"<ul>{''.join(items)}</ul>"


def _swatch(shade: str) -> str:
    box = '<rect x="0.5" y="0.5" width="25" height="14" class="'
    hatched = shade.startswith("joint ")
    shade = shade.removeprefix("joint ")
    return "".join((
        '<svg class="swatch" width="26" height="15" viewBox="0 0 26 15" aria-hidden="true">',
        f'{box}district {shade}"/>',
        f'{box}hatch" fill="{hatch_for("legend", shade)}"/>{box}group-outline"/>' if hatched else "",
        f'{box}undecided-line"/>' if shade == "undecided" and not hatched else "",
        '<text x="13" y="11.5" font-size="10" text-anchor="middle">0</text>' if shade == "zero" else "",
        "</svg>",
    ))


def _ramp(breaks: Sequence[float], *, language: str) -> str:
    count = len(breaks) + 1
    bounds = [number(Decimal(str(bound)), language=language) for bound in breaks]
    label = translate("Class breaks: {breaks}", language=language, breaks="; ".join(bounds))
    shades = [spread(step, count) for step in range(count)]
    classes = "".join(f'<rect x="{x}" width="1" height="1" class="c{shade}"/>' for x, shade in enumerate(shades))
    words = "".join(f"<span>{escape(bound)}</span>" for bound in bounds)
    return (f'<div class="ramp" role="img" aria-label="{escape(label)}">'
            f'<svg viewBox="0 0 {count} 1" preserveAspectRatio="none" aria-hidden="true">{classes}</svg>'
            f'<div class="bounds">{words}</div></div>')
