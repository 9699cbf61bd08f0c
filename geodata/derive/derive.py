"""Derive the boundary files of ../boundaries from two npm packages. Needed only to repeat the derivation.

    npm pack @superset-ui/legacy-plugin-chart-country-map@0.20.3
    npm pack world-atlas@2.0.2
    python geodata/derive/derive.py --packages FOLDER_WITH_BOTH_TGZ --output geodata/boundaries

Both packages carry Natural Earth data (public domain). The inputs are checked by their sha256; the outputs are the same
bytes on every run with the same GEOS. Needs Shapely 2.2 or later. ../SOURCES.toml records both.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tarfile
import tempfile
from pathlib import Path

import aghdara
import context
import geopandas as gpd
import shapely
from geojson import read_features, write_features

COUNTRIES = "superset-ui-legacy-plugin-chart-country-map-0.20.3.tgz"
ATLAS = "world-atlas-2.0.2.tgz"
SHA256 = {
    "azerbaijan.geojson": "8b727adea3a6e934c4e395ec03603d566bc6e132520457facf92894fc72694f2",
    "ukraine.geojson": "c76c6bb9ef3bae6c06174b596ad102d25cfc2c32ea36da9e5c1848989d4d0642",
    "yemen.geojson": "373d12e6e8c4b4753d647e963da9f05a175a8e29d0a83c87b0c8aacb47ca4be9",
    "countries-10m.json": "3bc6f1d367a9bcec479841bae0e76092f512838411d0cef124e92eec4db45f79",
}
SEAM = 0.01  # degrees, about a kilometre: a narrower gap between two units is no land of its own
SOCOTRA_NORTH = 13.0  # degrees north: the archipelago lies south of it, Hadramawt north
# Natural Earth's code on the left is not the unit's ISO 3166-2 code, or is that of a part which is counted with it.
CODE_REPAIRS = {
    "AZ-LAN": "AZ-LAC",  # the polygon of Lachin carries the name and code of Lankaran
    "AZ-LA": "AZ-LAN",  # Lankaran, district and city
    "AZ-SA": "AZ-SAK",  # Shaki, district and city
    "AZ-X01~": "AZ-SUS",  # Shusha city
    "AZ-NX": "AZ-NV",  # Nakhchivan city; AZ-NX is the autonomous republic
}


def read_member(package: Path, name: str) -> bytes:
    """Return a file of an npm package after checking its sha256."""
    with tarfile.open(package) as archive:
        member = next(member for member in archive.getmembers() if member.name.endswith(f"/{name}")
                      and "/lib/" not in member.name)
        stream = archive.extractfile(member)
        if stream is None:
            raise SystemExit(f"{package}: {name} is no file")
        content = stream.read()
    digest = hashlib.sha256(content).hexdigest()
    if digest != SHA256[name]:
        raise SystemExit(f"{package}: {name} has sha256 {digest}, not the {SHA256[name]} that this recipe was made for")
    return content


def units(content: bytes) -> gpd.GeoSeries:
    """Return the polygons of a country's first-level units by code, parts of one unit dissolved (EPSG:4326)."""
    frame = gpd.GeoDataFrame.from_features(json.loads(content)["features"], crs="EPSG:4326")
    frame["code"] = frame["ISO"].replace(CODE_REPAIRS)
    return frame.dissolve("code").geometry.sort_index()


def derive_azerbaijan(packages: Path, output: Path) -> gpd.GeoSeries:
    """Write the 74 units until 4 December 2023, the 75 from the day after, and the approximate lines between them."""
    before = units(read_member(packages / COUNTRIES, "azerbaijan.geojson"))
    rounded = before.apply(lambda shape: shapely.set_precision(shape, aghdara.GRID))
    path = output / "azerbaijan_until_2023-12-04.geojson"
    write_features(path, [({"code": code, "approximate": False}, shape) for code, shape in rounded.items()])
    # the file as written is what is cut, so that the cut can be repeated from it
    after, lines, slides = aghdara.split(read_features(path))
    write_features(
        output / "azerbaijan_from_2023-12-05.geojson",
        [({"code": code, "approximate": code in aghdara.TOUCHED}, shape) for code, shape in sorted(after.items())],
    )
    write_features(
        output / "azerbaijan_approximate_lines.geojson",
        [({"code": aghdara.CODE, "other": code, "approximate": True}, line) for code, line in sorted(lines.items())],
    )
    print("lines moved east by (degrees):", {code: round(slide, 4) for code, slide in slides.items()})
    return rounded


def derive_ukraine(packages: Path, output: Path) -> None:
    """Write the 27 units of Ukraine."""
    write_first_level(output / "ukraine.geojson", units(read_member(packages / COUNTRIES, "ukraine.geojson")))


def derive_yemen(packages: Path, output: Path) -> None:
    """Write the 22 governorates of Yemen: Socotra, drawn with Hadramawt by Natural Earth, is taken apart."""
    shapes = dict(units(read_member(packages / COUNTRIES, "yemen.geojson")).items())
    parts = shapely.get_parts(shapes["YE-HD"])
    islands = shapely.get_y(shapely.centroid(parts)) < SOCOTRA_NORTH
    shapes["YE-HD"], shapes["YE-SU"] = shapely.union_all(parts[~islands]), shapely.union_all(parts[islands])
    write_first_level(output / "yemen.geojson", gpd.GeoSeries(shapes, crs="EPSG:4326").sort_index())


def write_first_level(path: Path, shapes: gpd.GeoSeries) -> None:
    """Write large units with exactly shared borders, rounded to 1e-4 degree.

    Natural Earth digitised some borders of Ukraine twice: they overlap and gape by up to a few hundred metres.
    """
    cleaned = shapely.coverage_clean(shapes.values, gap_width=SEAM)
    rounded = shapely.coverage_clean(shapely.set_precision(cleaned, 1e-4), snapping_distance=0.0)
    codes = [{"code": code, "approximate": False} for code in shapes.index]
    features = list(zip(codes, rounded, strict=True))
    write_features(path, features, decimals=4)


def main() -> None:
    """Derive everything."""
    parser = argparse.ArgumentParser(description="Derive the boundary files from two npm packages.")
    parser.add_argument("--packages", type=Path, required=True, help="folder that holds the two .tgz files")
    parser.add_argument("--output", type=Path, required=True, help="folder to write to")
    arguments = parser.parse_args()
    arguments.output.mkdir(parents=True, exist_ok=True)
    districts = derive_azerbaijan(arguments.packages, arguments.output)
    derive_ukraine(arguments.packages, arguments.output)
    derive_yemen(arguments.packages, arguments.output)
    with tempfile.TemporaryDirectory() as folder:
        topology = Path(folder) / "countries-10m.json"
        topology.write_bytes(read_member(arguments.packages / ATLAS, "countries-10m.json"))
        write_features(
            arguments.output / "context.geojson",
            context.features(topology, districts=districts),
            decimals=3,
        )


if __name__ == "__main__":
    main()
