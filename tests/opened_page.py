"""Pages of an atlas for tests: written to a folder, or with what they carry packed in the open."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Page

from clearance_atlas.rendering.atlas import render_atlas
from clearance_atlas.rendering.content import AtlasContent
from clearance_atlas.rendering.encoding import unpack

PACKED = re.compile(r'(?<=<script type="text/plain" id="atlas-)(\w+)">(.*?)(?=</script>)')


def opened(page: str) -> str:
    """Return a page with its data and its script unpacked where they stand."""
    text, count = PACKED.subn(lambda found: f'{found[1]}">{unpack(found[2])}', page)
    assert count == 3, "an atlas page packs what its pages share, its own data and its script"
    return text


def write_pages(content: AtlasContent, folder: Path) -> Path:
    """Write the pages of an atlas into a new folder and return it."""
    (folder / "maps").mkdir(parents=True)
    for path, page in render_atlas(content).items():
        (folder / path).write_text(page, "utf-8")
    return folder


def classes(page: Page, code: str) -> list[str]:
    """Return the classes with which a district is drawn."""
    place = page.evaluate("""(code) => JSON.parse(document.getElementById("atlas-shared").textContent)
        .places.findIndex((one) => one[0] === code)""", code)
    return page.get_attribute(f'#map-pane path.district[data-place="{place}"]', "class").split()
