"""Hedged figures in a real browser: the script words them as the page was written, in every language."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from atlas_sample import sample_content
from clearance_atlas.model import Qualifier
from clearance_atlas.rendering.atlas import render_atlas

pytestmark = pytest.mark.browser

OpenPage = Callable[..., Any]


@pytest.mark.parametrize("language", ["en", "az", "ru"])
@pytest.mark.parametrize("qualifier", [Qualifier.OVER, Qualifier.ABOUT])
def test_script_and_markup_hedge_alike(
    open_page: OpenPage, tmp_path: Path, language: str, qualifier: Qualifier,
) -> None:
    content = sample_content()
    values = [Decimal(value) for value in ("1", "6", "21", "30", "84", "1000", "2300", "1039.5")]
    rows = tuple(replace(one, qualifier=qualifier, value=values[k % len(values)],
                         area_ha=values[k % len(values)] if one.area_ha is not None else None)
                 for k, one in enumerate(content.observations) if one.value is not None)
    pages = render_atlas(replace(content, observations=rows, language=language))
    shown = [path for path in pages if path.startswith("maps/")]
    assert shown
    for path in shown:
        written = html.unescape(re.search(r'<h1 id="title">(.*?)</h1>', pages[path], re.DOTALL)[1])
        (tmp_path / "page.html").write_text(pages[path], "utf-8")
        page = open_page(tmp_path / "page.html").page
        page.wait_for_selector("html.ready")
        assert page.text_content("#title") == written


@pytest.mark.parametrize(("language", "expected"), [
    ("ru", "Более 84 неразорвавшихся боеприпасов, по сообщениям, обнаружено, 1–7 июля 2024"),
    ("az", "84-dən çox partlamamış hərbi sursatın aşkarlandığı bildirilib, 1–7 iyul 2024"),
])
def test_a_hedged_figure_reads_rightly_in_the_other_languages(
    open_page: OpenPage, tmp_path: Path, language: str, expected: str,
) -> None:
    content = sample_content()
    rows = tuple(replace(one, qualifier=Qualifier.OVER, value=Decimal(84)) if one.measure == "uxo" else one
                 for one in content.observations)
    page_path = tmp_path / "atlas.html"
    page_path.write_text(render_atlas(replace(content, observations=rows))["atlas.html"], "utf-8")
    page = open_page(page_path, fragment=f"#week-2024-07-01/uxo?lang={language}").page
    page.wait_for_selector("html.ready")
    assert page.text_content("#title").startswith(expected)
