"""Every export by the name of its format: what ``clearance-atlas export --format`` writes."""

from __future__ import annotations

import difflib
from enum import StrEnum
from typing import TYPE_CHECKING

from clearance_atlas.errors import InputError, UnknownNameError
from clearance_atlas.exports.datapackage import to_datapackage
from clearance_atlas.exports.frames import PUBLISHED_ONLY, observation_frame
from clearance_atlas.exports.geojson import to_geojson
from clearance_atlas.exports.geopackage import to_geopackage
from clearance_atlas.exports.hxl import to_hxl
from clearance_atlas.exports.spatial import district_frame, group_frame
from clearance_atlas.exports.tables import to_csv, to_parquet
from clearance_atlas.output import write_file

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from clearance_atlas.model import Basis
    from clearance_atlas.rendering.content import AtlasContent


class ExportFormat(StrEnum):
    """Format of an export."""

    CSV = "csv"
    PARQUET = "parquet"
    HXL = "hxl"
    GPKG = "gpkg"
    GEOJSON = "geojson"
    DATAPACKAGE = "datapackage"


FILE_NAMES = {
    ExportFormat.CSV: "observations.csv",
    ExportFormat.PARQUET: "observations.parquet",
    ExportFormat.HXL: "observations.hxl.csv",
    ExportFormat.GPKG: "districts.gpkg",
    ExportFormat.GEOJSON: "figures.geojson",
}


def export_files(content: AtlasContent, *, export_format: ExportFormat | str,
                 basis: Sequence[Basis | str] = PUBLISHED_ONLY) -> dict[str, bytes]:
    """Return the files of one format by their names; the same content gives the same bytes.

    Parameters
    ----------
    content
        The records and frames of the atlas.
    export_format
        ``csv``, ``parquet``, ``hxl``, ``gpkg``, ``geojson`` or ``datapackage``.
    basis
        ``published`` alone unless ``derived`` or ``estimated`` figures are asked for too.

    Raises
    ------
    UnknownNameError
        If there is no such format; the message names the nearest.
    InputError
        If a GeoPackage is asked for and ``content`` has no cut-off date to stamp it with.
    """
    chosen = _format(export_format)
    if chosen is ExportFormat.DATAPACKAGE:
        return to_datapackage(content, basis=basis)
    return {FILE_NAMES[chosen]: _file(content, chosen=chosen, basis=basis)}


def write_files(files: Mapping[str, bytes], *, folder: Path) -> list[Path]:
    """Write files into a folder, made when missing; a file whose bytes are already there is not touched.

    Raises
    ------
    OutputError
        If the folder or a file cannot be written.
    """
    for name, content in sorted(files.items()):
        write_file(folder / name, content)
    return [folder / name for name in sorted(files)]


def _format(name: ExportFormat | str) -> ExportFormat:
    try:
        return ExportFormat(name)
    except ValueError:
        names = [entry.value for entry in ExportFormat]
        near = difflib.get_close_matches(name, names, n=1, cutoff=0.0)[0]
        raise UnknownNameError(name, "no such export format",
                               mend=f"did you mean {near}? Known: {', '.join(names)}") from None


def _file(content: AtlasContent, *, chosen: ExportFormat, basis: Sequence[Basis | str]) -> bytes:
    observations, statements, documents = content.observations, content.statements, content.documents
    if chosen is ExportFormat.GPKG:
        if content.cutoff is None:
            raise InputError("export gpkg", "no bulletin has a publication date to stamp the file with",
                             mend="give a bulletin its date: published: YYYY-MM-DD")
        return to_geopackage(observations, content.districts, cutoff=content.cutoff, statements=statements,
                             documents=documents, basis=basis)
    if chosen is ExportFormat.GEOJSON:
        return to_geojson(
            *(make(observations, content.districts, statements=statements, documents=documents, basis=basis)
              for make in (district_frame, group_frame)),
            title="Figures published for districts and jointly for groups")
    frame = observation_frame(observations, statements, documents, basis=basis)
    return {ExportFormat.CSV: to_csv, ExportFormat.HXL: to_hxl, ExportFormat.PARQUET: to_parquet}[chosen](frame)
