"""A page of the atlas inside a notebook."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.observations.periods import nearest_period
from clearance_atlas.rendering.atlas import iterate_pages

if TYPE_CHECKING:
    from clearance_atlas.rendering.content import AtlasContent

HEIGHT_PIXELS = 720


@dataclass(frozen=True, slots=True)
class Page:
    """One page as text; a notebook shows it in a frame that can reach neither the notebook nor a network."""

    path: str
    text: str

    def _repr_html_(self) -> str:
        return (f'<iframe sandbox="allow-scripts" srcdoc="{html.escape(self.text)}" title="{html.escape(self.path)}" '
                f'width="100%" height="{HEIGHT_PIXELS}" frameborder="0"></iframe>')

    def __repr__(self) -> str:
        return f"Page({self.path!r}, {len(self.text):,} characters)"


def atlas_page(content: AtlasContent, *, period: str | None = None) -> Page:
    """Return the page of one reporting period, or of the whole atlas, to look at in a notebook.

    Parameters
    ----------
    content
        What :func:`clearance_atlas.pipeline.atlas_content` returns first.
    period
        Name of a period, e.g. ``week-2024-07-01``; all of them without it.

    Raises
    ------
    UnknownNameError
        If there is no such period; the nearest is named.
    """
    wanted = "atlas.html" if period is None else f"maps/{period}.html"
    known = []
    for path, text in iterate_pages(content):
        if path == wanted:
            return Page(path, text)
        known.append(path.removeprefix("maps/").removesuffix(".html"))
    near = nearest_period(str(period), known=[one for one in known if one != "embed"])
    raise UnknownNameError(str(period), "no such period", mend=f"did you mean {near}?" if near else "")
