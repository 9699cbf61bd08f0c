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
    from clearance_atlas.exports.frames import observation_frame, statement_frame
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

__version__ = "0.1.0"

# Where each public name lives: a name is imported when it is first used, so that reading bulletins never waits for
# geometry or pages.
_HOMES = {
    "BuildOptions": "pipeline",
    "BuildReport": "building",
    "Profile": "config",
    "atlas_content": "pipeline",
    "build_atlas": "building",
    "compare_years": "observations.comparison",
    "district_frame": "exports.spatial",
    "extract": "pipeline",
    "group_frame": "exports.spatial",
    "join_districts": "districts",
    "load_districts": "districts",
    "load_profile": "config",
    "observation_frame": "exports.frames",
    "read_and_reconcile": "pipeline",
    "read_documents": "pipeline",
    "reconcile": "pipeline",
    "render_atlas": "rendering.atlas",
    "statement_frame": "exports.frames",
}

__all__ = [
    "BuildOptions",
    "BuildReport",
    "Profile",
    "__version__",
    "atlas_content",
    "build_atlas",
    "compare_years",
    "district_frame",
    "extract",
    "group_frame",
    "join_districts",
    "load_districts",
    "load_profile",
    "observation_frame",
    "read_and_reconcile",
    "read_documents",
    "reconcile",
    "render_atlas",
    "statement_frame",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever lives there
    if name not in _HOMES:
        message = f"module {__name__!r} has no attribute {name!r}"
        raise AttributeError(message)
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
