"""The pages of an atlas as strings: ``atlas.html``, one page a reporting period, and the page that helps to embed them.

folium's skeleton and the page template are rendered once; every page then fills four slots: its title, its address in
the atlas, the data that all pages share and its own. Nothing here reads a clock or writes a file.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from clearance_atlas.rendering.blocks import build_blocks, opening_view
from clearance_atlas.rendering.choropleth import LEAFLET_VERSION, leaflet, skeleton
from clearance_atlas.rendering.embedding import embed_page
from clearance_atlas.rendering.encoding import pack, to_json
from clearance_atlas.rendering.environment import (
    ascii_markup,
    ascii_style,
    environment,
    page_policy,
    script,
    stylesheet,
)
from clearance_atlas.rendering.languages import check_language, language_packs, plural_script, translate
from clearance_atlas.rendering.opening import Still, hatch_patterns
from clearance_atlas.rendering.pagelegend import page_legend
from clearance_atlas.rendering.palettes import DARK, LIGHT, custom_properties
from clearance_atlas.rendering.payload import build_tables, page_observations, page_payload, shared_payload
from clearance_atlas.rendering.safety import DISCLAIMER, SAFETY, safety_contact
from clearance_atlas.rendering.titles import day_label, finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from clearance_atlas.rendering.blocks import Block, View
    from clearance_atlas.rendering.content import AtlasContent

SCRIPTS = ("decode.js", "text.js", "html.js", "view.js", "address.js", "map.js", "labels.js", "screen.js", "legend.js",
           "panel.js", "table.js", "timeline.js", "print.js", "selection.js", "main.js")
"""Scripts of a page; they wait as plain text until the map of the markup is on the screen."""
NOTES = {
    "safety": SAFETY,
    "counted": (
        "Figures that press bulletins and official reports give. “Cleared” there means handed over or searched; it is "
        "not the cleared land of the mine action standards (IMAS)."
    ),
    "drawn": (
        "A district is coloured only by a figure published for it. A total for several districts together colours them "
        "as one hatched surface; no share of it is given to any of them. A district without a figure stays blank. "
        "Colours are rates over official district areas; one set of classes holds for a measure and kind of period. "
        "Figures of different operators are never added."
    ),
    "terms": (
        "AP: anti-personnel mine. AT: anti-tank mine (anti-vehicle in the standards). UXO: unexploded ordnance. "
        "ha: hectare, 100 to the square kilometre."
    ),
    "aghdara": (
        "Aghdara district exists from 5 December 2023; its inner borders are approximate and drawn dashed. "
        "Natural borders are generalised by 1 to 3 km."
    ),
    "projection": (
        "Web Mercator (EPSG:3857), north is up; coordinates WGS 84 (EPSG:4326). "
        "The scale holds for the middle of the map."
    ),
    "disclaimer": DISCLAIMER,
}


@dataclass(frozen=True, slots=True)
class PageFrame:
    """A page cut at its slots: text, slot name, text, slot name, ..., text."""

    parts: tuple[str, ...]

    def fill(self, **slots: str) -> str:
        """Return the page with its slots filled; the fillings must be safe where they stand."""
        return "".join(slots[part] if position % 2 else part for position, part in enumerate(self.parts))


TILE_HOST = "https://tile.openstreetmap.org"
SLOTS = ("view", "title", "anchor", "map", "legend", "credit", "shared", "data")
OPEN, CLOSE = "\N{SYMBOL FOR START OF TEXT}", "\N{SYMBOL FOR END OF TEXT}"


def page_frame(content: AtlasContent, *, page: str) -> PageFrame:
    """Return the page of an atlas (``page="atlas"``) or of one period (``"period"``), open at its slots."""
    language = check_language(content.language)
    style, code = page_style(content), page_script(content)
    first, wake = script("first.js"), script("wake.js")
    slots = {name: Markup(OPEN + name + CLOSE) for name in SLOTS}  # noqa: S704 - markers of our own
    text = environment().get_template("page.html").render(
        page=page, language=language, style=style, first=first, wake=wake, packed=packed_script(code), slots=slots,
        licence=licence(),
        policy=page_policy(scripts=[first, wake, code], styles=[style], images=[TILE_HOST] if content.basemap else []),
        map_element=Markup(skeleton().element.replace("</div>", f"{slots['map']}</div>")),  # noqa: S704 - folium's own element, without any input
        legend_patterns=Markup(hatch_patterns("legend")),  # noqa: S704 - numbers and names of our own
        publisher=content.publisher, version=content.version, leaflet_version=LEAFLET_VERSION,
        languages=[(code, words["name"]) for code, words in language_packs().items()],
        country=content.profile.names.get(language, content.profile.names["en"]),
        cutoff=dates_text(content), contact=safety_contact(content.profile, language=language),
        approximate=any(version.approximate_lines for version in content.profile.boundaries), basemap=content.basemap,
        downloads=sorted(content.downloads.items()) if page == "atlas" else [],
        _=lambda message, **values: translate(message, language=language, **values), **NOTES,
    )
    return PageFrame(tuple(part if number % 2 else ascii_markup(part) for number, part in enumerate(_cut(text))))


def dates_text(content: AtlasContent) -> str:
    """Return up to which day the data go, and on which day the atlas was made where that is given."""
    dates = (("Data up to {day}", content.cutoff), ("Created {day}", content.created))
    return " · ".join(
        translate(message, language=content.language, day=day_label(day.isoformat(), language=content.language))
        for message, day in dates if day)


def _cut(text: str) -> Iterator[str]:
    while OPEN in text:
        before, _, rest = text.partition(OPEN)
        name, _, text = rest.partition(CLOSE)
        yield before
        yield name
    yield text


def page_style(content: AtlasContent) -> Markup:
    """Return the one style element of a page: Leaflet's rules, the palettes and our own."""
    light, dark = custom_properties(LIGHT), custom_properties(DARK)
    palettes = (f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}")
    sheets = ["atlas.css", "basemap.css"] if content.basemap else ["atlas.css"]
    library = Markup(leaflet(content.leaflet_dir).style)  # noqa: S704 - files of Leaflet and of the package
    text = Markup("\n").join([library, Markup(palettes), *(stylesheet(name) for name in sheets)])  # noqa: S704 - as above
    return Markup(ascii_style(text))  # noqa: S704 - as above


def page_script(content: AtlasContent) -> Markup:
    """Return the script of a page: Leaflet, folium's map, the words of all languages and our own."""
    library = leaflet(content.leaflet_dir).script.rsplit("//# sourceMappingURL", 1)[0].rstrip()
    words = f"const LANGUAGES={to_json(language_packs())};"
    text = "\n".join([library, skeleton().script, plural_script(), words, *(script(name) for name in SCRIPTS),
                      *([script("basemap.js")] if content.basemap else [])])
    return Markup(f'(() => {{\n"use strict";\n{text}\n}})();\n')  # noqa: S704 - files of the package and of Leaflet


@cache
def packed_script(code: str) -> str:
    """Return a script, packed once for all pages; its hash in the policy is that of the open text."""
    return pack(code)


@cache
def licence() -> Markup:
    """Return Leaflet's licence, which every page carries in the open."""
    return script("leaflet-licence.txt").strip()


def render_atlas(content: AtlasContent) -> dict[str, str]:
    """Return all pages of an atlas by their path below the output folder.

    ``atlas.html`` holds every period and measure; ``maps/<period>.html`` one period; ``embed.html`` the code to embed
    them. The same content gives the same text.
    """
    return dict(iterate_pages(content))


def iterate_pages(content: AtlasContent) -> Iterator[tuple[str, str]]:
    """Yield path and text of each page, the whole atlas first, so that pages can be written one by one."""
    observations = page_observations(content)
    tables = build_tables(content, observations)
    still = Still(tables)
    shared = pack(to_json(shared_payload(tables)))
    blocks = build_blocks(observations, place_set=tables.place_set, conflict_rules=tables.conflict_rules)
    slots = _slots(blocks, page="atlas", still=still)
    titles = {}
    yield "atlas.html", page_frame(content, page="atlas").fill(anchor="", shared=shared, **slots.filled())
    frame = page_frame(content, page="period")
    by_period: dict[str, list[Block]] = {}
    for block in blocks:
        by_period.setdefault(block.period_id, []).append(block)
    for period_id, rows in by_period.items():
        path, slots = f"maps/{period_id}.html", _slots(rows, page="period", still=still)
        titles[period_id] = slots.title
        yield path, frame.fill(anchor=ascii_markup(f"#{html.escape(period_id)}"), shared=shared, **slots.filled())
    yield "embed.html", embed_page(content, periods=by_period, titles=titles, style=page_style(content))


def prepare_pages() -> None:
    """Make ready what is the same in every atlas: folium's skeleton, the templates and the words of all languages.

    A build does it anyway; here it can be done while the bulletins are still being read.
    """
    skeleton()
    language_packs()
    for name in ("page.html", "embed.html"):
        environment().get_template(name)


@dataclass(frozen=True, slots=True)
class PageSlots:
    """What is a page's own: its title as text, and what fills its slots."""

    title: str
    view: str
    map: str
    legend: str
    credit: str
    data: str

    def filled(self) -> dict[str, str]:
        """Return the fillings, safe where they stand."""
        words = {"title": self.title, "view": self.view, "credit": self.credit}
        return {name: ascii_markup(html.escape(text)) for name, text in words.items()} | {
            "map": self.map, "legend": ascii_markup(self.legend), "data": self.data}


def _slots(blocks: Sequence[Block], *, page: str, still: Still) -> PageSlots:
    """Return the slots of a page of some periods."""
    tables, view = still.tables, opening_view(blocks)
    scene = still.scene(blocks, view) if view else None
    version = next((one.rows[0].boundary_version for one in blocks if view and one.period_id == view.period_id), "")
    credit = tables.credits.get(version, tables.content.boundary_credit).removesuffix(".")
    return PageSlots(
        title=view_title(blocks, view=view, content=tables.content),
        view="/".join(view) if view else "",
        map=still.markup(scene) if scene else "",
        legend=page_legend(blocks, view=view, tables=tables) if view else "",
        credit=credit and f"{credit}.",
        data=pack(to_json(page_payload(tables, blocks, page=page, view=view))),
    )


def view_title(blocks: Sequence[Block], *, view: View | None, content: AtlasContent) -> str:
    """Return the title sentence of a view; the name of the atlas where there is none."""
    block = next((one for one in blocks if view and (one.period_id, one.measure) == view), None)
    if block is None:
        return content.publisher
    return finding(block.rows, headline=block.rows[block.headline] if block.headline >= 0 else None,
                   measure=block.measure, gazetteer=content.gazetteer, language=content.language)
