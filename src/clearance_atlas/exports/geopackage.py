"""The GeoPackage: districts, joint groups and figures as layers that QGIS opens classed, the same bytes each time.

Shapes are stored once. Every layer of figures is a spatial view (OGC 12-128r18, requirement 25 and table 6 allow views
as feature tables) of the table ``figures`` with the shape of its district or group.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from clearance_atlas.exports.frames import PUBLISHED_ONLY, observation_frame
from clearance_atlas.exports.qgis import classed_style, plain_style
from clearance_atlas.exports.spatial import with_shapes
from clearance_atlas.rendering.classification import pooled_breaks
from clearance_atlas.rendering.content import AREA_MEASURES
from clearance_atlas.rendering.palettes import LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    import geopandas as gpd
    import pandas as pd

    from clearance_atlas.model import Basis, Document, Measure, Observation, PeriodKind, Statement

SHAPES = "shapes"
FIGURES = "figures"
VERSION = {"VERSION": "1.3"}  # read without a warning by the GDAL of every current QGIS


def to_geopackage(observations: Iterable[Observation], districts: Mapping[str, gpd.GeoDataFrame], *,
                  cutoff: date, statements: Iterable[Statement] = (), documents: Iterable[Document] = (),
                  basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> bytes:
    """Return a GeoPackage (EPSG:4326).

    Layers: ``districts_<version>`` (polygons, official area in km², no figures), ``district_figures`` (long),
    ``groups`` (joint figures, one dissolved polygon each), one layer a measure with those of both that a map may show,
    classed as in the atlas, ``figures`` (all rows of
    :func:`~clearance_atlas.exports.frames.observation_frame` without shape, national ones too), and
    ``layer_styles``.

    Parameters
    ----------
    observations, statements, documents, basis
        As for :func:`~clearance_atlas.exports.frames.observation_frame`.
    districts
        District frames by boundary version.
    cutoff
        Data cut-off, written as the time of last change: the clock is never read.
    """
    observations = list(observations)
    breaks = pooled_breaks(observations, districts=districts)
    frame = observation_frame(observations, statements, documents, basis=basis)
    shaped = with_shapes(frame, districts)
    with tempfile.TemporaryDirectory(prefix="clearance-atlas-") as folder:
        path = Path(folder) / "districts.gpkg"
        with _dated(cutoff):
            layers = _write_districts(path, districts)
            figures = _write_figures(path, shaped)
        with closing(sqlite3.connect(path)) as database:
            views = _views(database, figures)
            _styles(database, plain=layers, classed=views, breaks=breaks, cutoff=cutoff)
            database.commit()
            database.execute("VACUUM")  # one canonical order of pages, however the rows came in
        return path.read_bytes()


@contextmanager
def _dated(cutoff: date) -> Iterator[None]:
    """Let GDAL write the cut-off where it would write the time of day."""
    import pyogrio  # noqa: PLC0415 - loads GDAL, which other formats need not

    name = "OGR_CURRENT_DATE"
    before = pyogrio.get_gdal_config_option(name)
    pyogrio.set_gdal_config_options({name: _moment(cutoff)})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({name: before})


def _moment(cutoff: date) -> str:
    return f"{cutoff.isoformat()}T00:00:00.000Z"


def _write_districts(path: Path, districts: Mapping[str, gpd.GeoDataFrame]) -> dict[str, str]:
    """Write one layer a boundary version; return layer names with their descriptions."""
    layers = {}
    for version, frame in sorted(districts.items()):
        name = "districts_" + "".join(sign if sign.isalnum() else "_" for sign in version)
        layers[name] = f"Districts, boundary version {version}; official areas, no figures"
        columns = [column for column in ("name_en", "name_az", "name_ru", "area_km2", "approximate")
                   if column in frame.columns]
        table = frame.sort_index().rename_axis("code").reset_index()[["code", *columns, frame.geometry.name]]
        table.to_file(path, layer=name, driver="GPKG", engine="pyogrio", promote_to_multi=True,
                      dataset_options=VERSION, layer_options={"DESCRIPTION": layers[name], "IDENTIFIER": name})
    return layers


def _write_figures(path: Path, shaped: gpd.GeoDataFrame) -> pd.DataFrame:
    """Write the distinct shapes, and all figures with the number of their shape; return the figures."""
    import geopandas as gpd  # noqa: PLC0415 - half a second that tables without shapes need not pay
    import pandas as pd  # noqa: PLC0415 - the same
    import pyogrio  # noqa: PLC0415 - loads GDAL, which other formats need not

    figures = pd.DataFrame(shaped.drop(columns="geometry"))
    keys = figures["boundary_version"].fillna("") + " " + figures["place_codes"].fillna("")
    with_shape = shaped.geometry.notna()
    distinct = sorted(set(keys[with_shape]))
    first = {key: shaped.geometry[(keys == key) & with_shape].iloc[0] for key in distinct}
    number = {key: index + 1 for index, key in enumerate(distinct)}
    if distinct:
        shapes = gpd.GeoDataFrame({"shape_id": list(number.values()), "places": distinct},
                                  geometry=[first[key] for key in distinct], crs="EPSG:4326")
        shapes.to_file(path, layer=SHAPES, driver="GPKG", engine="pyogrio", promote_to_multi=True,
                       layer_options={"DESCRIPTION": "Shapes that the layers of figures share"})
    figures = figures.assign(shape_id=pd.array([number.get(key) for key in keys], dtype="Int64"))
    pyogrio.write_arrow(_arrow(figures), path, layer=FIGURES, driver="GPKG", append=path.exists(), geometry_name=None,
                        layer_options={"DESCRIPTION": "All figures, national ones too", "ASPATIAL_VARIANT":
                                       "GPKG_ATTRIBUTES"})
    return figures


def _arrow(figures: pd.DataFrame) -> object:
    """Return the figures with ``start_date`` and ``end_date`` as dates, for the temporal controller of QGIS."""
    import pandas as pd  # noqa: PLC0415 - a third of a second that the command line need not pay to start
    import pyarrow as pa  # noqa: PLC0415 - the same

    table = pa.Table.from_pandas(figures, preserve_index=False).replace_schema_metadata(None)
    for name in ("start", "end"):
        days = pd.to_datetime(figures[name], format="%Y-%m-%d", errors="coerce")
        cells = [None if pd.isna(day) else day.date() for day in days]
        table = table.append_column(f"{name}_date", pa.array(cells, type=pa.date32()))
    return table


def _views(database: sqlite3.Connection, figures: pd.DataFrame) -> dict[str, str | None]:
    """Make the spatial views; return their names with the measure of each."""
    shaped = figures[figures["shape_id"].notna()]
    views: dict[str, str | None] = {}
    if shaped.empty:
        return views
    for name, scope, text in (("district_figures", "district", "Figures published for one district, all measures"),
                              ("groups", "group", "Figures published jointly for several districts")):
        if (shaped["place_scope"] == scope).any():
            _view(database, name, condition=f"f.place_scope = '{scope}'", description=text)
            views[name] = None
    for measure in sorted(set(shaped.loc[shaped["drawn"], "measure"])):
        _view(database, measure, condition=f"f.drawn AND f.measure = '{measure}'",
              description=f"{measure}: figures of districts and of groups that a map may show, all periods")
        views[measure] = measure
    return views


def _view(database: sqlite3.Connection, name: str, *, condition: str, description: str) -> None:
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({FIGURES})") if row[1] not in ("fid", "shape_id")]
    names = ", ".join(f'f."{column}"' for column in columns)
    # GDAL takes a column called OGC_FID for the number of the feature. Names and conditions are our own constants.
    database.execute(f'CREATE VIEW "{name}" AS SELECT f.fid AS OGC_FID, s.geom, {names} '  # noqa: S608
                     f"FROM {FIGURES} f JOIN {SHAPES} s USING (shape_id) WHERE {condition}")
    database.execute(
        "INSERT INTO gpkg_contents SELECT ?, 'features', ?, ?, last_change, min_x, min_y, max_x, max_y, srs_id "
        "FROM gpkg_contents WHERE table_name = ?", (name, name, description, SHAPES))
    database.execute(
        "INSERT INTO gpkg_geometry_columns SELECT ?, column_name, geometry_type_name, srs_id, z, m "
        "FROM gpkg_geometry_columns WHERE table_name = ?", (name, SHAPES))


def _styles(database: sqlite3.Connection, *, plain: Mapping[str, str], classed: Mapping[str, str | None],
            breaks: Mapping[tuple[Measure, PeriodKind], tuple[float, ...]], cutoff: date) -> None:
    """Write ``layer_styles``, the table in which QGIS looks for the default style of a layer."""
    database.execute(
        "CREATE TABLE layer_styles (id INTEGER PRIMARY KEY AUTOINCREMENT, f_table_catalog TEXT(256), "
        "f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), "
        "styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30), "
        "update_time DATETIME)")
    styles = dict.fromkeys(plain, plain_style())
    for layer, measure in classed.items():
        known = {str(kind): bounds for (name, kind), bounds in breaks.items() if name == measure}
        unit = "ha per 100 ha" if measure in AREA_MEASURES else "per 100 km2"
        styles[layer] = classed_style(known, colours=LIGHT.classes, unit=unit) if known else plain_style()
    for layer, style in styles.items():
        database.execute(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, "
            "styleQML, styleSLD, useAsDefault, description, owner, update_time) "
            "VALUES ('', '', ?, 'geom', 'atlas', ?, '', 1, 'Classes and hatches of the atlas', '', ?)",
            (layer, style, _moment(cutoff)))
    database.execute("INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change) "
                     "VALUES ('layer_styles', 'attributes', 'layer_styles', 'Styles for QGIS', ?)", (_moment(cutoff),))
