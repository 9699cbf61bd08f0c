"""Observations as files for other tools.

CSV, Parquet, HXL, GeoPackage, GeoJSON and a data package through :func:`export_files`; tidy frames through
:func:`observation_frame`, :func:`statement_frame`, :func:`district_frame` and :func:`group_frame`.
"""

from clearance_atlas.exports.formats import ExportFormat, export_files, write_files
from clearance_atlas.exports.frames import district_table, observation_frame, statement_frame
from clearance_atlas.exports.spatial import district_frame, group_frame
from clearance_atlas.exports.tables import to_csv, to_parquet

__all__ = [
    "ExportFormat", "district_frame", "district_table", "export_files", "group_frame", "observation_frame",
    "statement_frame", "to_csv", "to_parquet", "write_files",
]
