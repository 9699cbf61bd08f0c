"""How large and how quick the pages are beside their peers, on the same data in the same process.

    python benchmarks/rendering.py            sizes, time a page, and, with a Chromium, first map and slider step
    python benchmarks/rendering.py --cold     also the whole build in a new process beside importing its libraries

Figures are made up by a formula: every district has its own in every week, which is the worst case for size.
"""

from __future__ import annotations

import argparse
import compileall
import json
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import folium
import geopandas as gpd
from playwright.sync_api import Browser, sync_playwright
from shapely.geometry.base import BaseGeometry

import clearance_atlas
from clearance_atlas.config import load_profile
from clearance_atlas.districts import load_districts, load_lines
from clearance_atlas.model import Measure, Observation, Period, PeriodKind, PlaceScope
from clearance_atlas.places import load_gazetteer
from clearance_atlas.rendering.atlas import iterate_pages
from clearance_atlas.rendering.content import AtlasContent
from clearance_atlas.units import Unit

WEEKS = 260
MEASURES = (Measure.AREA_CLEARED, Measure.AP_MINES, Measure.AT_MINES, Measure.MINES_TOTAL, Measure.UXO,
            Measure.ORDNANCE_TOTAL)
CHROMIUM = Path("/usr/bin/chromium")
RUNS = 15
FOLIUM_MAPS = 6


def made_up_content(*, weeks: int = WEEKS, boundaries: Path | None = None, code_column: str | None = None
                    ) -> AtlasContent:
    """Return an atlas in which every district has a figure of every measure in every week."""
    profile = load_profile()
    version = profile.boundaries[-1].version
    districts = load_districts(profile, version=version, boundaries=boundaries, code_column=code_column)
    first = date(2024, 1, 1)
    observations = [
        made_up_observation(code, place=place, week=week, measure=measure, number=number, first=first, version=version)
        for week in range(weeks) for number, measure in enumerate(MEASURES)
        for place, code in enumerate(districts.index)
    ]
    context = load_lines(profile.context) if profile.context else None
    return AtlasContent(
        documents=(), statements=(), observations=observations, conflicts=(), profile=profile, context=context,
        gazetteer=load_gazetteer(profile.gazetteer), districts={version: districts}, cutoff=date(2026, 1, 1),
    )


def made_up_observation(code: str, *, place: int, week: int, measure: Measure, number: int, first: date,
                        version: str) -> Observation:
    """Return one observation with a value of two to four digits, of areas with a decimal."""
    start = first + timedelta(weeks=week)
    mixed = (place * 7919 + week * 104729 + number * 1299709) % 4999
    area = measure is Measure.AREA_CLEARED
    value = Decimal(mixed) / 10 if area else Decimal(mixed % 997)
    return Observation(
        observation_id=f"{week}-{measure}-{code}", period_id=f"week-{start.isoformat()}", measure=measure, value=value,
        unit=Unit.HECTARE if area else Unit.ITEMS, area_ha=value if area else None,
        period=Period(start.isoformat(), (start + timedelta(days=6)).isoformat(), PeriodKind.WEEK),
        operator="ANAMA", place_scope=PlaceScope.DISTRICT, place_codes=(code,), boundary_version=version,
    )


def folium_choropleth(districts: gpd.GeoDataFrame, observations: list[Observation], path: Path) -> int:
    """Write one map as folium.Choropleth does it and return its size in bytes."""
    drawn = folium.Map(location=[40.2, 47.6], zoom_start=7)
    values = {one.place_codes[0]: float(one.value or 0) for one in observations}
    folium.Choropleth(
        geo_data=json.loads(districts[["geometry"]].assign(code=districts.index).to_json()), data=values,
        key_on="feature.properties.code", fill_color="Purples", legend_name="value",
    ).add_to(drawn)
    drawn.save(path)
    return path.stat().st_size


def compare_pages(content: AtlasContent, folder: Path) -> tuple[Path, gpd.GeoDataFrame]:
    """Print sizes and times of one file for all, of one page a map, and of folium.Choropleth."""
    districts = next(iter(content.districts.values()))
    pages = iterate_pages(content)
    begun = time.perf_counter()
    name, text = next(pages)
    first = time.perf_counter() - begun
    atlas = folder / name
    atlas.write_text(text, "utf-8")
    begun, written = time.perf_counter(), 0
    (folder / "maps").mkdir()
    for path, page in pages:
        (folder / path).write_text(page, "utf-8")
        written += 1
    a_map = (time.perf_counter() - begun) / (written * len(MEASURES))
    sample = [[one for one in content.observations if one.period_id == f"week-2024-01-{1 + 7 * (n % 4):02d}"
               and one.measure is MEASURES[n]] for n in range(FOLIUM_MAPS)]
    begun = time.perf_counter()
    sizes = [folium_choropleth(districts, rows, folder / f"folium-{n}.html") for n, rows in enumerate(sample)]
    peer = (time.perf_counter() - begun) / FOLIUM_MAPS
    maps = WEEKS * len(MEASURES)
    size = atlas.stat().st_size
    print(f"{WEEKS} weeks x {len(MEASURES)} measures x {len(districts)} districts")
    print(f"one file           {size / 1e3:8.0f} KB in {first:.2f} s")
    print(f"folium.Choropleth  {statistics.mean(sizes) * maps / 1e6:8.0f} MB for {maps} maps; ratio 1/"
          f"{statistics.mean(sizes) * maps / size:,.0f}")
    print(f"a map, ours {a_map * 1e3:.3f} ms (written); folium.Choropleth {peer * 1e3:.0f} ms; "
          f"{peer / a_map:,.0f} times as fast")
    return atlas, districts


def bare_page(districts: gpd.GeoDataFrame, path: Path) -> Path:
    """Write the same polygons as a bare inline SVG."""
    shapes = "".join(
        f'<path fill="#99c" stroke="#fff" stroke-width=".01" d="{_path(geometry)}"/>' for geometry in districts.geometry
    )
    path.write_text(
        f'<!DOCTYPE html><meta charset="utf-8"><title>bare</title><svg viewBox="44.7 -42 6 3.7" width="1000">{shapes}'
        "</svg>", "utf-8",
    )
    return path


def _path(geometry: BaseGeometry) -> str:
    parts = getattr(geometry, "geoms", [geometry])
    return "".join(
        "M" + "L".join(f"{x:.4f} {-y:.4f}" for x, y in ring.coords) + "Z"
        for part in parts for ring in (part.exterior, *part.interiors)
    )


def compare_in_browser(atlas: Path, districts: gpd.GeoDataFrame, folder: Path) -> None:
    """Print the time to the first drawn map beside a bare inline SVG, and the time of a slider step."""
    page_file = max((folder / "maps").iterdir())
    bare = bare_page(districts, folder / "bare.html")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        pages = {"bare inline SVG": bare, "one page a map": page_file, "whole atlas": atlas}
        times: dict[str, list[tuple[float, ...]]] = {name: [] for name in pages}
        for name in list(pages) * (RUNS + 1):
            times[name].append(first_paint(browser, pages[name], polygons=len(districts)))
        medians = {name: [statistics.median(values) for values in zip(*runs[1:], strict=True)]
                   for name, runs in times.items()}
        for name, values in medians.items():
            print(f"first map, {name:16} " + ", ".join(
                f"{what} {value:5.1f} ms ({value / bare_value:.2f} times)" for what, value, bare_value
                in zip(("frame begun", "committed", "on screen"), values, medians["bare inline SVG"], strict=True)))
        laid, painted = slider_step(browser, atlas)
        print(f"a slider step at 4x throttling: {laid:.1f} ms of script, style and layout; "
              f"{painted:.1f} ms until the frame is committed")
        browser.close()


def first_paint(browser: Browser, path: Path, *, polygons: int) -> tuple[float, float, float]:
    """Return milliseconds from navigation until a map is drawn, measured alike on every page.

    The frame that draws the map is the first one that finds all its polygons in the document. The figures are when it
    begins, when its main-thread work (style, layout, paint, commit) is done, and the browser's own first contentful
    paint: when pixels reach the screen. No page draws anything before that frame, or the last figure would be less than
    the first.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.add_init_script(f"const polygons = {polygons};" + """const frame = () => {
        if (document.querySelectorAll("svg path").length < polygons) { requestAnimationFrame(frame); return; }
        const channel = new MessageChannel();
        window.begun = performance.now();
        channel.port1.onmessage = () => { window.committed = performance.now(); };
        channel.port2.postMessage(0);
    };
    requestAnimationFrame(frame);""")
    page.goto(path.as_uri())
    page.wait_for_function("() => window.committed && performance.getEntriesByName('first-contentful-paint').length")
    begun, committed, shown = page.evaluate("[window.begun, window.committed, "
                                            "performance.getEntriesByName('first-contentful-paint')[0].startTime]")
    page.close()
    return begun, committed, shown


def slider_step(browser: Browser, path: Path) -> tuple[float, float]:
    """Return the median milliseconds of the main thread's work for a step of the slider, throttled four times.

    The first is script, style and layout. The second is all of it until the frame with the new map is committed:
    script, style, layout, paint, layers and the hand-over to the compositor, which draws the pixels on threads of its
    own. What the page leaves for a frame later (names on the map, the panel, the address) is not in it.
    """
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(path.as_uri())
    page.wait_for_selector("html.ready")
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": 4})
    times = page.evaluate("""async () => {
        const slider = document.getElementById("slider"), channel = new MessageChannel(), times = [[], []];
        const step = (painted) => new Promise((done) => requestAnimationFrame(() => {
            const begun = performance.now();
            channel.port1.onmessage = () => done(performance.now() - begun);
            slider.value = String(Number(slider.value) - 1);
            slider.dispatchEvent(new Event("input", { bubbles: true }));
            if (painted) { channel.port2.postMessage(0); return; }
            document.body.getBoundingClientRect();
            done(performance.now() - begun);
        }));
        for (let i = 0; i < 120; i += 1) {
            times[i % 2].push(await step(i % 2));
            await new Promise((done) => setTimeout(done, 100));
        }
        return times;
    }""")
    page.close()
    return statistics.median(times[0]), statistics.median(times[1])


def compare_cold(folder: Path) -> None:
    """Print the time of a build of the shipped bulletins in a new process beside importing the heavy libraries.

    The package is compiled to bytecode first, as an installer leaves it and as the libraries are.
    """
    compileall.compile_dir(Path(clearance_atlas.__file__).parent, quiet=1)
    def seconds(*command: str) -> float:
        begun = time.perf_counter()
        # exit 1 is a finished build with lines for a person
        done = subprocess.run([sys.executable, *command], check=False, capture_output=True)  # noqa: S603 - our own
        if done.returncode > 1:
            raise RuntimeError(done.stderr.decode())
        return time.perf_counter() - begun

    imports, builds = [], []
    for n in range(5):  # in turn, so that a machine that slows down slows both
        imports.append(seconds("-c", "import geopandas, folium, matplotlib.pyplot"))
        builds.append(seconds("-m", "clearance_atlas", "build", "--output", str(folder / f"built-{n}")))
    print(f"build {statistics.median(builds):.2f} s; imports {statistics.median(imports):.2f} s; "
          f"ratio {statistics.median(builds) / statistics.median(imports):.2f}")


def main() -> None:
    """Run the comparisons."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--boundaries", type=Path, help="other boundaries, with many vertices for instance")
    parser.add_argument("--code-column", default=None)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments.cold:  # before a browser has run, and leaves work behind
            compare_cold(folder)
        content = made_up_content(boundaries=arguments.boundaries, code_column=arguments.code_column)
        atlas, districts = compare_pages(content, folder)
        if CHROMIUM.exists():
            compare_in_browser(atlas, districts, folder)


if __name__ == "__main__":
    main()
