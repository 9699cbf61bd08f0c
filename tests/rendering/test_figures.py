"""Pictures: the honest states as drawn, words, metadata, same bytes, bad input."""

from __future__ import annotations

import dataclasses
import io
import re
from itertools import combinations
from xml.etree import ElementTree as ET

import numpy as np
import pypdf
import pytest
import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.transforms import Affine2D
from PIL import Image

from atlas_sample import TABLE_2023, THIRTEEN, sample_content
from clearance_atlas.errors import UnknownNameError
from clearance_atlas.rendering.content import AtlasContent
from clearance_atlas.rendering.figures import FigureMaker, figure_maker, render_figure, render_figures
from clearance_atlas.rendering.labelling import Name, place_names
from clearance_atlas.rendering.languages import messages
from clearance_atlas.rendering.mapdrawing import fill_colour, map_frame
from clearance_atlas.rendering.mapshapes import map_shapes, to_path
from clearance_atlas.rendering.mapview import map_view, period_ids
from clearance_atlas.rendering.palettes import LIGHT
from clearance_atlas.rendering.sheets import Paper, render_sheet, render_trend, table_rows
from clearance_atlas.rendering.trend import trend
from clearance_atlas.rendering.wording import LANGUAGES, SHARED, alt_text, caveats, title, words

YEAR, WEEK, MONTH = "year-2023", "week-2024-07-01", "month-2024-08"
NAMESPACE = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def maker() -> FigureMaker:
    return figure_maker(sample_content())


def texts(svg: bytes) -> str:
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    return " ".join("".join(element.itertext()) for element in root.iter(f"{NAMESPACE}text"))


def with_name(name: str) -> AtlasContent:
    """Return the sample with a district of another name."""
    content = sample_content()
    gazetteer = content.gazetteer
    place = dataclasses.replace(gazetteer.place("AZ-LAC"), name_en=name)
    renamed = dataclasses.replace(gazetteer, by_code={**gazetteer.by_code, "AZ-LAC": place})
    return dataclasses.replace(content, gazetteer=renamed)


def test_district_table_colours_its_districts_and_nothing_else(maker: FigureMaker) -> None:
    view = maker.view(YEAR, measure="area_cleared")
    assert {shown.codes[0]: str(shown.value) for shown in view.districts} == TABLE_2023
    assert view.groups == ()
    assert set(view.concerned) == set(TABLE_2023)
    jabrayil = next(shown for shown in view.districts if shown.codes == ("AZ-CAB",))
    assert jabrayil.rate == pytest.approx(14016.7 / 1050)
    assert fill_colour(jabrayil) == LIGHT.classes[len(view.breaks)]


def test_joint_figure_is_one_region_with_the_rate_of_the_whole_group(maker: FigureMaker) -> None:
    view = maker.view(WEEK, measure="area_cleared")
    assert view.districts == ()
    group, = view.groups
    assert group.codes == tuple(sorted(THIRTEEN))
    areas = sample_content().districts["from-2023-12-05"].loc[list(THIRTEEN), "area_km2"]
    assert group.rate == pytest.approx(1039.5 / areas.sum())


def test_published_zero_is_white_and_estimates_are_absent(maker: FigureMaker) -> None:
    view = maker.view(MONTH, measure="area_cleared")
    values = {shown.codes[0]: shown for shown in view.districts}
    assert set(values) == {"AZ-LAC", "AZ-XA"}
    assert values["AZ-LAC"].class_index is None
    assert fill_colour(values["AZ-LAC"]) == LIGHT.zero


def test_scopes_are_never_mixed_on_a_map(maker: FigureMaker) -> None:
    view = maker.view(MONTH, measure="area_cleared")
    assert view.operator == "ANAMA"
    assert {entry.operator for entry in view.others} == {"MoD"}
    assert any("one operator scope" in text for text in caveats(view, content=sample_content(), language=words("en")))


def test_titles_say_what_when_and_where(maker: FigureMaker) -> None:
    content = sample_content()

    def of(period: str, language: str = "en") -> str:
        view = maker.view(period, measure="area_cleared")
        return title(view, content=content, language=words(language)).replace("\xa0", " ").replace("\u202f", " ")

    assert of(WEEK) == "1,039.5 ha reported as cleared, 1–7 July 2024, jointly in 13 districts"
    assert of(YEAR) == "53,081.8 ha reported as cleared, 2023, with figures for 11 districts"
    assert of(MONTH) == "Area reported as cleared, August 2024: figures for 2 districts"
    assert of(WEEK, "ru") == "1 039,5 га, по сообщениям, очищено, 1–7 июля 2024, совместно для 13 районов"
    assert of(WEEK, "az").startswith("1.039,5 ha")


def test_svg_shows_names_figures_legend_and_marginalia(maker: FigureMaker) -> None:
    shown = texts(render_figure(maker, YEAR, measure="area_cleared"))
    for text in ("Jabrayil", "14,016.7", "published zero", "no figure in these reports", "Natural Earth", "WGS 84",
                 "@Test Gazette", "2 September 2024", "Not a safety map.", "102, 112", "legal status",
                 "UXO"):
        assert text in shown


def test_svg_carries_title_and_text_alternative(maker: FigureMaker) -> None:
    root = ET.fromstring(render_figure(maker, WEEK, measure="area_cleared"))  # noqa: S314 - our own file
    assert root.get("role") == "img"
    found = {element.get("id"): "".join(element.itertext()) for element in root}
    assert [found[name] for name in root.get("aria-labelledby").split()] == [
        title(maker.view(WEEK, measure="area_cleared"), content=sample_content(), language=words()),
        alt_text(maker.view(WEEK, measure="area_cleared"), content=sample_content(), language=words())]
    assert "Jointly: Aghdam" in found["figure-text"]


def test_png_has_300_dpi_its_text_and_the_colours_of_the_classes(maker: FigureMaker) -> None:
    picture = Image.open(io.BytesIO(render_figure(maker, YEAR, measure="area_cleared", image_format="png")))
    assert picture.size == (round(174 / 25.4 * 300), round(132 / 25.4 * 300))
    assert picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)
    assert picture.text["Title"].startswith("53,081.8 ha")
    assert "Jabrayil: 14,016.7" in picture.text["Description"]
    assert picture.text["Source"].startswith("@Test Gazette")
    present = {f"#{red:02x}{green:02x}{blue:02x}" for _, (red, green, blue) in picture.getcolors(1 << 24)}
    assert {LIGHT.classes[0], LIGHT.classes[4], LIGHT.zero, LIGHT.blank} <= present


def test_no_red_orange_or_green_on_the_picture(maker: FigureMaker) -> None:
    picture = Image.open(io.BytesIO(render_figure(maker, WEEK, measure="area_cleared", image_format="png")))
    red, green, blue = np.asarray(picture, dtype=int).reshape(-1, 3).T
    assert not (red > blue + 40).any()
    assert not (green > np.maximum(red, blue) + 20).any()


def test_pdf_is_one_page_with_searchable_text_and_metadata(maker: FigureMaker) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_figure(maker, YEAR, measure="area_cleared", image_format="pdf")))
    assert len(reader.pages) == 1
    assert "Jabrayil" in reader.pages[0].extract_text()
    assert reader.metadata["/Title"].startswith("53,081.8 ha")
    assert "/CreationDate" not in reader.metadata


@pytest.mark.parametrize("image_format", ["svg", "png", "pdf"])
def test_same_bytes_again_also_from_a_used_maker(maker: FigureMaker, image_format: str) -> None:
    first = render_figure(maker, WEEK, measure="area_cleared", image_format=image_format)
    render_figure(maker, YEAR, measure="area_cleared", image_format="png")
    assert render_figure(maker, WEEK, measure="area_cleared", image_format=image_format) == first
    assert render_figure(figure_maker(sample_content()), WEEK, measure="area_cleared",
                         image_format=image_format) == first


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_sets_every_state_and_the_safety_line(language: str) -> None:
    maker = figure_maker(sample_content(), language=language)
    shown = texts(render_figure(maker, MONTH, measure="area_cleared"))
    for key in ("state_published", "state_zero", "state_none"):
        assert words(language)[key] in shown
    assert maker.safety[:40] in shown
    assert "{" not in shown


def test_languages_have_the_same_keys() -> None:
    def keys(table: dict[str, object], before: str = "") -> set[str]:
        found = set()
        for name, value in table.items():
            plural = isinstance(value, dict) and "other" in value and "one" in value
            found |= {before + name} if plural or not isinstance(value, dict) else keys(value, f"{before}{name}.")
        return found

    assert keys(words("az").table) == keys(words("en").table) == keys(words("ru").table)


@pytest.mark.parametrize("language", ["az", "ru"])
def test_words_shared_with_the_pages_are_translated(language: str) -> None:
    known = messages(language)
    assert [message for parts in SHARED.values() for message in parts if message not in known] == []


def test_names_never_overlap_and_needed_ones_are_never_dropped() -> None:
    boxes = [Name(str(number), shapely.box(number, 0, number + 1, 1), width=1.6, height=0.5, needed=True)
             for number in range(6)]
    placed = place_names(boxes, frame=(-3, -6, 9, 7))
    assert len(placed) == 6
    for one, other in combinations(placed, 2):
        assert abs(one.x - other.x) >= 1.6 or abs(one.y - other.y) >= 0.5


def test_unneeded_name_without_room_is_left_out() -> None:
    small = Name("small", shapely.box(0, 0, 1, 1), width=5, height=1)
    assert place_names([small], frame=(-10, -10, 10, 10)) == []


def test_city_of_a_few_square_kilometres_is_drawn_as_a_dot(maker: FigureMaker) -> None:
    picture = Image.open(io.BytesIO(render_figure(maker, MONTH, measure="area_cleared", image_format="png")))
    view = maker.view(MONTH, measure="area_cleared")
    khankendi = next(shown for shown in view.districts if shown.codes == ("AZ-XA",))
    colour = tuple(int(fill_colour(khankendi)[place:place + 2], 16) for place in (1, 3, 5))
    map_side = np.asarray(picture)[:, : round(110 / 25.4 * 300)]
    assert (map_side == colour).all(axis=2).sum() > 300


def test_paths_keep_holes_open() -> None:
    ring = shapely.orient_polygons(shapely.box(0, 0, 10, 10).difference(shapely.box(3, 3, 7, 7)))
    figure = Figure(figsize=(1, 1), dpi=100)
    figure.add_artist(PathPatch(to_path(ring), transform=Affine2D().scale(0.1) + figure.transFigure, facecolor="black"))
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    picture = np.asarray(canvas.buffer_rgba())[..., 0]
    assert picture[50, 50] == 255
    assert picture[50, 15] == 0


def test_map_projection_keeps_areas() -> None:
    frame = sample_content().districts["from-2023-12-05"]
    shapes = map_shapes(frame)
    expected = frame.to_crs("+proj=laea +lat_0=40 +lon_0=48 +datum=WGS84").area / 1e6
    for code in ("AZ-CAB", "AZ-LAC", "AZ-NEF"):
        assert shapes.polygons[code].area == pytest.approx(expected[code], rel=0.01)


def test_frame_shows_the_whole_extent_and_never_too_little() -> None:
    west, south, east, north = map_frame((0, 0, 300, 100), width_mm=100, height_mm=100).extent
    assert west < 0
    assert south < 0
    assert east > 300
    assert north > 100
    assert east - west == pytest.approx(north - south)
    alone = map_frame((0, 0, 1, 1), width_mm=100, height_mm=100).extent
    assert alone[2] - alone[0] >= 130


@pytest.mark.parametrize("name", ["$\\frac{1}{0}$", "{{ 7*7 }}", "</text><script>alert(1)</script>", "\u202eLachin",
                                  "x" * 5000])
def test_hostile_names_are_text(name: str) -> None:
    svg = render_figure(figure_maker(with_name(name)), MONTH, measure="area_cleared")
    root = ET.fromstring(svg)  # noqa: S314 - our own file
    assert not list(root.iter(f"{NAMESPACE}script"))
    assert "49" not in texts(svg)
    assert Image.open(io.BytesIO(render_figure(figure_maker(with_name(name)), MONTH, measure="area_cleared",
                                               image_format="png"))).size[0] > 0


def test_national_figure_shows_the_country_without_colour(maker: FigureMaker) -> None:
    view = maker.view(WEEK, measure="killed")
    assert (view.districts, view.groups) == ((), ())
    svg = render_figure(maker, WEEK, measure="killed")
    assert "no figure by district" in texts(svg)


@pytest.mark.parametrize(("arguments", "nearest"), [
    ({"period_id": "week-2024-07-02", "measure": "area_cleared"}, "week-2024-07-01"),
    ({"period_id": WEEK, "measure": "area_cleard"}, "area_cleared"),
    ({"period_id": YEAR, "measure": "uxo"}, "week-2024-07-01"),
])
def test_unknown_names_are_answered_with_the_nearest(arguments: dict[str, str], nearest: str) -> None:
    with pytest.raises(UnknownNameError, match=f"did you mean {re.escape(nearest)}"):
        map_view(sample_content(), **arguments)


def test_unknown_format_paper_and_language_are_answered_with_the_nearest(maker: FigureMaker) -> None:
    with pytest.raises(UnknownNameError, match="did you mean png"):
        render_figure(maker, WEEK, measure="area_cleared", image_format="pgn")
    with pytest.raises(UnknownNameError, match="did you mean a4"):
        render_sheet(maker, WEEK, measure="area_cleared", paper="A4")
    with pytest.raises(UnknownNameError, match="did you mean ru"):
        figure_maker(sample_content(), language="rus")


def test_batch_over_periods_names_its_files(maker: FigureMaker) -> None:
    files = dict(render_figures(maker, period_ids(sample_content(), measure="area_cleared"), measure="area_cleared"))
    assert list(files) == [f"{period}-area_cleared.svg" for period in (YEAR, WEEK, MONTH)]
    assert len(set(files.values())) == 3


@pytest.mark.parametrize("paper", list(Paper))
def test_sheet_is_one_a4_page_with_everything_on_it(maker: FigureMaker, paper: Paper) -> None:
    reader = pypdf.PdfReader(io.BytesIO(render_sheet(maker, YEAR, measure="area_cleared", paper=paper)))
    page, = reader.pages
    sides = sorted(float(side) * 25.4 / 72 for side in page.mediabox[2:])
    assert sides == pytest.approx([210, 297], abs=0.5)
    text = " ".join(page.extract_text().split())
    for part in ("National total", "53,081.8", "Gubadli", "6,993.9", "other districts", "217.6", "Trend",
                 "What to keep in mind", "Missing is not zero", "Not a safety map", "WGS 84"):
        assert part in text


def test_table_closes_on_the_published_total(maker: FigureMaker) -> None:
    rows = table_rows(maker.view(YEAR, measure="area_cleared"), maker)
    figures = [float(row.figure.replace(",", "")) for row in rows]
    assert figures[0] == pytest.approx(sum(figures[1:]))
    assert [row.place for row in rows[:3]] == ["National total", "Jabrayil", "Aghdam"]


def test_joint_figure_is_one_row_of_the_table(maker: FigureMaker) -> None:
    row, = table_rows(maker.view(WEEK, measure="area_cleared"), maker)
    assert row.figure == "1,039.5"
    assert row.place.startswith("Jointly: Aghdam, ")


def test_trend_has_no_bar_for_what_was_not_published() -> None:
    content = sample_content()
    maker = figure_maker(content)
    points = trend(content, maker.view(YEAR, measure="area_cleared"))
    assert [(point.period_id, float(point.value), point.current) for point in points] == [(YEAR, 53081.8, True)]
    assert render_trend(maker, maker.view(YEAR, measure="area_cleared")) is None
