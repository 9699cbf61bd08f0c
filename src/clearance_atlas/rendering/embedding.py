"""The page that writes the code to embed a map: which pages, measures and pictures there are, and how they are called.

Everything else is done by ``scripts/embed.js``, in the reader's browser.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from clearance_atlas.rendering.encoding import to_json
from clearance_atlas.rendering.environment import environment, page_policy, script
from clearance_atlas.rendering.languages import LANGUAGES, language_packs, translate
from clearance_atlas.rendering.safety import safety_line
from clearance_atlas.rendering.titles import MEASURE_NAMES, period_label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from clearance_atlas.model import Measure
    from clearance_atlas.rendering.blocks import Block
    from clearance_atlas.rendering.content import AtlasContent

PICTURES = "figures/{period}-{measure}.png"
MAKE_PICTURES = "clearance-atlas build --figures"


def embed_page(content: AtlasContent, *, periods: Mapping[str, Sequence[Block]], titles: Mapping[str, str],
               style: str) -> str:
    """Return the page that writes the code to embed a map.

    Parameters
    ----------
    periods
        The blocks of each period by its name, oldest first.
    titles
        The title of each period's page by the period's name.
    """
    language, code = content.language, script("embed.js")
    data = {
        "publisher": content.publisher, "language": language,
        "periods": [_entry(period_id, rows, title=titles[period_id], content=content)
                    for period_id, rows in reversed(list(periods.items()))],
        "measures": {measure: {one: translate(name, language=one) for one in LANGUAGES}
                     for measure, name in MEASURE_NAMES.items()},
        "copied": translate("copied", language=language),
        "blocked": translate("copying is blocked here", language=language),
    }
    return environment().get_template("embed.html").render(
        language=language, publisher=content.publisher, style=style, script=code, command=MAKE_PICTURES,
        languages=[(one, words["name"]) for one, words in language_packs().items()],
        safety=safety_line(content.profile, language=language),
        policy=page_policy(scripts=[code], styles=[style]),
        slots={"data": Markup(to_json(data))},  # noqa: S704 - JSON without markup signs
        _=lambda message: translate(message, language=language),
    )


def _entry(period_id: str, blocks: Sequence[Block], *, title: str, content: AtlasContent) -> list[object]:
    """Return name, title, name in each language and measures of a period; a measure that has a picture says so."""
    period, measures = blocks[0].rows[0].period, dict.fromkeys(block.measure for block in blocks)
    labels = {one: period_label(period, language=one, period_id=period_id) for one in LANGUAGES}
    return [period_id, title, labels, {one: _picture(period_id, one, content=content) for one in measures}]


def _picture(period_id: str, measure: Measure, *, content: AtlasContent) -> str:
    """Return where the picture of a map lies, or nothing where this build has not made it."""
    path = PICTURES.format(period=period_id, measure=measure)
    return path if path in content.pictures else ""
