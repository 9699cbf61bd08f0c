"""The pages as text: whole in themselves, the same on every run, true to the records."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from atlas_sample import THIRTEEN, sample_content
from clearance_atlas.config import load_profile
from clearance_atlas.districts import boundary_credit
from clearance_atlas.errors import InputError
from clearance_atlas.model import Breakdown, Measure
from clearance_atlas.rendering.atlas import page_frame, render_atlas
from clearance_atlas.rendering.blocks import headline
from clearance_atlas.rendering.choropleth import SHA256, leaflet, skeleton
from clearance_atlas.rendering.content import AtlasContent
from clearance_atlas.rendering.credits import version_credit
from clearance_atlas.rendering.encoding import decode_numbers, unpack
from clearance_atlas.rendering.environment import content_hash
from clearance_atlas.rendering.safety import safety_line
from opened_page import opened

SAFETY = (
    "Figures are press-reported totals by district. They do not show where mines are or which land is safe. Do not "
    "enter land because it appears cleared; follow local marking and ANAMA / call 102, 112."
)
HOSTILE = "{{ 7*7 }} {% raise %} </script><img src=x onerror=alert(1)> \u202eDLOG"


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return render_atlas(sample_content())


def title_of(page: str) -> str:
    """Return the title that stands in the markup of a page."""
    return html.unescape(re.search(r'<h1 id="title">(.*?)</h1>', page)[1])


def code_of(page: str) -> str:
    """Return the script of a page, unpacked."""
    return unpack(re.search(r'<script type="text/plain" id="atlas-code">(.*?)</script>', page)[1])


def slot(page: str, name: str) -> dict:
    """Return the JSON that a page carries under an id."""
    return json.loads(unpack(re.search(rf'<script type="text/plain" id="{name}">(.*?)</script>', page)[1]))


def test_there_is_a_page_for_the_whole_and_for_every_period(pages: dict[str, str]) -> None:
    assert set(pages) == {"atlas.html", "embed.html", "maps/week-2024-07-01.html", "maps/month-2024-08.html",
                          "maps/year-2023.html"}


def test_pages_are_ascii_so_that_no_server_can_garble_them(pages: dict[str, str]) -> None:
    for path in set(pages) - {"embed.html"}:
        assert pages[path].isascii(), path


def test_the_same_content_gives_the_same_bytes(pages: dict[str, str]) -> None:
    skeleton.cache_clear()
    assert render_atlas(sample_content()) == pages


@pytest.mark.parametrize(("path", "title"), [
    ("maps/week-2024-07-01.html", "1,039.5 ha reported as cleared, 1–7 July 2024, jointly in 13 districts"),
    ("maps/year-2023.html", "53,081.8 ha reported as cleared, 2023, with figures for 11 districts"),
])
def test_the_title_is_the_finding(pages: dict[str, str], path: str, title: str) -> None:
    assert title_of(pages[path]) == title


def test_the_part_of_an_operator_is_the_headline_of_that_operator() -> None:
    whole = next(one for one in sample_content().observations if one.measure is Measure.AREA_CLEARED)
    part = replace(whole, breakdown=Breakdown.OPERATOR, operator="MoD", place_codes=())
    assert headline([part]) == 0
    assert headline([part, whole]) == 1
    assert headline([replace(part, category="farmland")]) == -1


def test_an_estimate_never_goes_without_its_name(pages: dict[str, str]) -> None:
    assert title_of(pages["maps/month-2024-08.html"]).startswith("ESTIMATE: ")


def test_an_atlas_opens_at_its_latest_period(pages: dict[str, str]) -> None:
    data = slot(pages["atlas.html"], "atlas-data")
    assert data["periods"][data["view"]["period"]][0] == "month-2024-08"


def test_no_page_names_anything_to_load(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        markup = re.sub(r"<(script|style)>.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.findall(r"<(?:link|img|iframe|object|script)\b[^>]*\b(?:src|href)=", markup), path
        assert "@import" not in page, path
        assert "sourceMappingURL" not in page, path
        if path != "embed.html":
            assert "sourceMappingURL" not in code_of(page), path


def test_the_policy_allows_exactly_the_elements_of_the_page(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
        scripts = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
        styles = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
        assert policy.startswith("default-src 'none'"), path
        assert "unsafe" not in policy, path
        scripts += [] if path == "embed.html" else [code_of(page)]
        assert [content_hash(text) for text in scripts + styles] == re.findall(r"'sha256-[^']+'", policy), path
        markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
        assert not re.findall(r"<[^>]+\s(?:on\w+|style)=", markup), path


def test_safety_line_disclaimer_sources_and_cutoff_stand_on_every_map(pages: dict[str, str]) -> None:
    for path, page in pages.items():
        text = html.unescape(page)
        assert SAFETY in text, path
        if path != "embed.html":
            for part in ("no opinion of its makers on the legal status", "Natural Earth, public domain",
                         "Data up to 2 September 2024", "EPSG:3857", "BSD 2-Clause License"):
                assert part in text, (path, part)


def test_a_joint_total_is_one_row_and_no_member_has_a_share(pages: dict[str, str]) -> None:
    page = pages["maps/week-2024-07-01.html"]
    shared, data = slot(page, "atlas-shared"), slot(page, "atlas-data")
    codes = [place[0] for place in shared["places"]]
    area = next(block for block in data["blocks"] if block[1] == "area_cleared")
    sets = decode_numbers(data["layouts"][area[3]])
    assert len(sets) == 1
    assert sorted(codes[place] for place in shared["sets"][sets[0]]) == sorted(THIRTEEN)
    assert (decode_numbers(area[5])[0] - 1) / 10 ** area[4] == 1039.5


def test_every_figure_of_the_records_is_on_its_page(pages: dict[str, str]) -> None:
    page = pages["maps/year-2023.html"]
    shared, data = slot(page, "atlas-shared"), slot(page, "atlas-data")
    found = {}
    for block in data["blocks"]:
        number = 0
        for step, value in zip(decode_numbers(data["layouts"][block[3]]), decode_numbers(block[5]), strict=True):
            number += step
            codes = tuple(shared["places"][place][0] for place in shared["sets"][number])
            found.setdefault(codes, []).append(Decimal(value - 1).scaleb(-block[4]))
    expected = [one for one in sample_content().observations if one.period_id == "year-2023"]
    assert all(one.area_ha in found[one.place_codes] for one in expected)
    assert sum(map(len, found.values())) == len(expected)


def hostile_content() -> AtlasContent:
    """Return the sample with hostile text wherever a source can put some."""
    content = sample_content()
    frames = {version: frame.assign(name_en=[HOSTILE, "x" * 10_000, *frame["name_en"][2:]])
              for version, frame in content.districts.items()}
    documents = tuple(replace(one, publisher=HOSTILE, url="javascript:alert(1)") for one in content.documents)
    return replace(content, districts=frames, documents=documents)


def test_hostile_text_is_data_and_never_template_or_markup() -> None:
    pages = render_atlas(hostile_content())
    page = pages["maps/week-2024-07-01.html"]
    assert slot(page, "atlas-shared")["places"][0][1] == HOSTILE
    assert slot(page, "atlas-data")["documents"][0][0] == HOSTILE
    assert "onerror=alert(1)>" not in page


def test_an_atlas_without_any_figure_is_still_a_page() -> None:
    pages = render_atlas(replace(sample_content(), observations=()))
    assert set(pages) == {"atlas.html", "embed.html"}
    assert slot(pages["atlas.html"], "atlas-data")["view"] is None


def test_a_page_opens_in_the_language_asked_for() -> None:
    page = render_atlas(sample_content("ru"))["maps/week-2024-07-01.html"]
    assert '<html lang="ru"' in page
    title = title_of(page).replace("\N{NO-BREAK SPACE}", " ")
    assert title == "1 039,5 га, по сообщениям, очищено, 1–7 июля 2024, совместно для 13 районов"


def test_folium_brings_neither_random_ids_nor_other_hosts() -> None:
    drawn = skeleton()
    assert drawn.element == '<div class="folium-map" id="map_atlas" ></div>'
    assert "http" not in drawn.element + drawn.script


def test_leaflet_of_another_release_is_refused_unless_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    leaflet.cache_clear()
    monkeypatch.setitem(SHA256, "leaflet.js", "0" * 64)
    with pytest.raises(InputError, match="is not Leaflet"):
        leaflet()
    (tmp_path / "leaflet.js").write_text("/* other */")
    (tmp_path / "leaflet.css").write_text("/* other */")
    assert leaflet(tmp_path).script == "/* other */"
    leaflet.cache_clear()


def test_a_missing_leaflet_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check --leaflet-dir"):
        leaflet(tmp_path / "nowhere")


def test_the_boundaries_credited_are_those_of_the_period() -> None:
    content = sample_content()
    shipped = replace(content, boundary_credit=boundary_credit(content.profile, content.profile.boundaries[-1]))
    for version in ("until-2023-12-04", "from-2023-12-05"):
        assert f"boundary version {version}" in version_credit(version, content=shipped)
        assert version_credit(version, content=content) == content.boundary_credit


def test_slots_are_filled_once_and_in_order() -> None:
    frame = page_frame(sample_content(), page="period")
    assert frame.parts[1::2] == (
        "view", "title", "title", "title", "anchor", "map", "legend", "anchor", "credit", "shared", "data",
    )


@pytest.mark.parametrize(("profile", "language", "end"), [
    ("azerbaijan", "en", SAFETY[-56:]),
    ("azerbaijan", "az", "yerli nişanlara və ANAMA-nın göstərişlərinə əməl edin / 102, 112."),
    ("azerbaijan", "ru", "следуйте местной маркировке и указаниям ANAMA / звоните 102, 112."),
    ("ukraine", "en", "follow local marking and the State Emergency Service / call 101, 112."),
    ("yemen", "en", "follow local marking and the Yemen Executive Mine Action Centre (YEMAC)."),
])
def test_the_safety_line_names_whom_to_call_in_the_country(profile: str, language: str, end: str) -> None:
    line = safety_line(load_profile(profile), language=language)
    assert line.endswith(end)
    assert ("ANAMA" in line) == (profile == "azerbaijan")


def test_a_page_of_another_country_carries_its_own_safety_line_and_no_word_of_aghdara() -> None:
    content = sample_content()
    other = replace(content.profile, safety_contact={"en": "the rescue service / call 101"}, boundaries=tuple(
        replace(version, approximate_lines=None) for version in content.profile.boundaries))
    for path, page in render_atlas(replace(content, profile=other)).items():
        text = html.unescape(page if path == "embed.html" else opened(page))
        assert "follow local marking and the rescue service / call 101." in text, path
        assert "102, 112" not in text, path
        if path != "embed.html":
            assert "Aghdara district exists" not in re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL), path


def test_the_day_of_making_is_shown_only_where_it_is_given(pages: dict[str, str]) -> None:
    made = render_atlas(replace(sample_content(), created=date(2026, 11, 22)))
    for path in set(pages) - {"embed.html"}:
        text = html.unescape(made[path])
        assert text.count("Data up to 2 September 2024 · Created 22 November 2026") == 3, path
        assert ">Data up to 2 September 2024<" in pages[path], path


def test_street_tiles_are_asked_for_only_on_demand(pages: dict[str, str]) -> None:
    tiled = render_atlas(replace(sample_content(), basemap=True))
    for path in set(pages) - {"embed.html"}:
        assert "openstreetmap" not in pages[path].lower().replace("www.openstreetmap.org/copyright", ""), path
        assert "img-src data:;" in pages[path], path
        assert "img-src data: https://tile.openstreetmap.org;" in tiled[path], path
        assert "© OpenStreetMap" in html.unescape(tiled[path]), path
        assert "needs a network" in tiled[path], path
