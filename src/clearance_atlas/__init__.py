"""Maps that people can trust from press bulletins on mine clearance.

Every verb of the pipeline is here as a function; records go between them, frames come out at the edges.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from clearance_atlas.building import BuildReport, build_atlas
    from clearance_atlas.config import Profile, load_profile
    from clearance_atlas.districts import join_districts, load_districts
    from clearance_atlas.exports.formats import export_files, write_files
    from clearance_atlas.exports.frames import observation_frame, statement_frame
    from clearance_atlas.exports.report import situation_report
    from clearance_atlas.exports.spatial import district_frame, group_frame
    from clearance_atlas.observations.comparison import compare_years
    from clearance_atlas.pipeline import (
        BuildOptions,
        atlas_content,
        extract,
        read_and_reconcile,
        read_documents,
        reconcile,
    )
    from clearance_atlas.rendering.atlas import render_atlas
    from clearance_atlas.rendering.figures import figure_maker, render_figure
    from clearance_atlas.rendering.notebook import atlas_page

__version__ = "0.1.0"

# Where each public name lives: a name is imported when it is first used, so that reading bulletins never waits for
# geometry or pages.
_HOMES = {
    "BuildOptions": "pipeline",
    "BuildReport": "building",
    "Profile": "config",
    "atlas_content": "pipeline",
    "atlas_page": "rendering.notebook",
    "build_atlas": "building",
    "compare_years": "observations.comparison",
    "district_frame": "exports.spatial",
    "export_files": "exports.formats",
    "extract": "pipeline",
    "figure_maker": "rendering.figures",
    "group_frame": "exports.spatial",
    "join_districts": "districts",
    "load_districts": "districts",
    "load_profile": "config",
    "observation_frame": "exports.frames",
    "read_and_reconcile": "pipeline",
    "read_documents": "pipeline",
    "reconcile": "pipeline",
    "render_atlas": "rendering.atlas",
    "render_figure": "rendering.figures",
    "situation_report": "exports.report",
    "statement_frame": "exports.frames",
    "write_files": "exports.formats",
}

__all__ = [
    "BuildOptions",
    "BuildReport",
    "Profile",
    "__version__",
    "atlas_content",
    "atlas_page",
    "build_atlas",
    "compare_years",
    "district_frame",
    "export_files",
    "extract",
    "figure_maker",
    "group_frame",
    "join_districts",
    "load_districts",
    "load_profile",
    "observation_frame",
    "read_and_reconcile",
    "read_documents",
    "reconcile",
    "render_atlas",
    "render_figure",
    "situation_report",
    "statement_frame",
    "write_files",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever lives there
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
