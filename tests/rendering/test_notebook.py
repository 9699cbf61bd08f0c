"""A page in a notebook: whole, and shut off from the notebook around it."""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

import pytest

from clearance_atlas.errors import UnknownNameError
from clearance_atlas.rendering.atlas import render_atlas
from clearance_atlas.rendering.notebook import atlas_page

sys.path.append(str(Path(__file__).parents[1]))
from atlas_sample import sample_content


def test_a_page_shows_itself_in_a_frame_that_may_only_run_its_own_script() -> None:
    page = atlas_page(sample_content(), period="week-2024-07-01")
    shown = page._repr_html_()
    [attributes] = re.findall(r"<iframe ([^>]+)>", shown)
    assert 'sandbox="allow-scripts"' in attributes
    [inner] = re.findall(r'srcdoc="([^"]*)"', shown)
    assert html.unescape(inner) == page.text
    assert "Content-Security-Policy" in page.text
    assert len(repr(page)) < 80


def test_the_whole_atlas_without_a_period() -> None:
    page = atlas_page(sample_content())
    assert page.path == "atlas.html"
    assert page.text == render_atlas(sample_content())["atlas.html"]


def test_a_period_mistyped_gets_the_nearest() -> None:
    with pytest.raises(UnknownNameError, match="did you mean week-2024-07-01"):
        atlas_page(sample_content(), period="week-2024-07-02")
