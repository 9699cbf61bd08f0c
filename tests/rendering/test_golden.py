"""Golden pages, twice: the page itself without its libraries, and what it says in words.

Refresh after looking at the change: ``python tests/rendering/test_golden.py``.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from atlas_sample import sample_content
from clearance_atlas.rendering.atlas import render_atlas
from clearance_atlas.rendering.encoding import decode_numbers, unpack

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
REFRESH = "look at the change, then refresh with: python tests/rendering/test_golden.py"
DATA = re.compile(r'<script type="text/plain" id="(atlas-shared|atlas-data)">(.*?)</script>')


@cache
def rendered() -> dict[str, str]:
    """Return the golden pages by file name: markup with its data, without styles, scripts and shapes."""
    pages = {path.removeprefix("maps/"): page for path, page in render_atlas(sample_content()).items()}
    pages["az-" + "week-2024-07-01.html"] = render_atlas(sample_content("az"))["maps/week-2024-07-01.html"]
    return {name: bare(page) for name, page in pages.items()}


def bare(page: str) -> str:
    """Return a page without what its own files show better: scripts, styles, hashes, shapes and catalogues."""
    page = re.sub(r"<style>.*?</style>", "<style/>", page, flags=re.DOTALL)
    page = re.sub(r"<script>.*?</script>", "<script/>", page, flags=re.DOTALL)
    page = re.sub(r'(<script type="text/plain" id="atlas-code">).*?(?=</script>)', r"\1", page, flags=re.DOTALL)
    page = re.sub(r' d="M[^"]{200,}"', ' d="M"', page)
    page = re.sub(r"&#(\d{3,});", lambda found: chr(int(found[1])), page)
    page = re.sub(r"(<(?:path|circle|g|rect|p|ul|li|svg)\b)", r"\n\1", page)
    page = re.sub(r"'sha256-[^']*'|&#39;sha256-[^&]*&#39;", "sha256", page)
    return DATA.sub(lambda found: f'<script id="{found[1]}">\n{slim(json.loads(unpack(found[2])))}\n</script>', page)


def slim(data: dict) -> str:
    """Return data one key a line, without shapes and catalogues."""
    left = ("arcs", "shapes", "languages", "groups", "anchors", "versions", "neighbours", "context", "towns", "frame")
    return "\n".join(f"{key}: {json.dumps(value, ensure_ascii=False, sort_keys=True)}"
                     for key, value in data.items() if key not in left)


def meaning(name: str) -> str:
    """Return what a page says: its title, and each figure with place, basis and source."""
    page = rendered()[name]
    title = re.search(r"<h1[^>]*>(.*?)</h1>", page)[1]
    found = dict(re.findall(r'<script id="([\w-]+)">\n(.*?)\n</script>', page, re.DOTALL))
    if "atlas-data" not in found:
        return f"{title}\n"
    parts = {}
    for text in (found["atlas-shared"], found["atlas-data"]):
        parts |= {key: json.loads(value) for key, value in (line.split(": ", 1) for line in text.split("\n"))}
    lines = [title]
    for period, measure, scope, layout, decimals, values, headline, *details in parts["blocks"]:
        lines.append(f"{parts['periods'][period][0]}, {measure}, {parts['scopes'][scope][0]}")
        number = 0
        steps = zip(decode_numbers(parts["layouts"][layout]), decode_numbers(values), strict=True)
        for position, (step, value) in enumerate(steps):
            number += step
            places = ", ".join(parts["places"][place][1] for place in parts["sets"][number]) or "national"
            detail = details[0].get(str(position), {}) if details else {}
            lines.append(f"  {'*' if position == headline else '-'} {(value - 1) / 10**decimals:,g} {places} {detail}")
    return "\n".join(lines) + "\n"


def names() -> list[str]:
    """Return the golden pages that are kept, found by glob."""
    return sorted(path.name for path in GOLDEN.glob("*.html"))


@pytest.mark.parametrize("name", names())
def test_page_is_as_it_was_looked_at(name: str) -> None:
    assert rendered()[name] == (GOLDEN / name).read_text("utf-8"), REFRESH


@pytest.mark.parametrize("name", names())
def test_page_says_what_it_said(name: str) -> None:
    assert meaning(name) == (GOLDEN / name).with_suffix(".txt").read_text("utf-8"), REFRESH


def test_every_kind_of_page_has_a_golden_one() -> None:
    assert names() == sorted(rendered()), REFRESH


if __name__ == "__main__":
    for each in rendered():
        (GOLDEN / each).write_text(rendered()[each], "utf-8")
        (GOLDEN / each).with_suffix(".txt").write_text(meaning(each), "utf-8")
