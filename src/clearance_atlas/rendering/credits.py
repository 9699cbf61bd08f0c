"""The line that credits the boundaries of a map: of the version that the map's period has, and of no other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.districts import boundary_credit

if TYPE_CHECKING:
    from clearance_atlas.rendering.content import AtlasContent


def version_credit(version: str, *, content: AtlasContent) -> str:
    """Return producer, licence and version of a map's boundaries; the atlas's own credit where they were given."""
    own = {one.version: one for one in content.profile.boundaries}.get(version)
    shipped = own and content.boundary_credit == boundary_credit(content.profile, content.profile.boundaries[-1])
    return boundary_credit(content.profile, own) if own and shipped else content.boundary_credit
