"""District polygons and their versions, geometry of groups, joining figures to districts."""

from clearance_atlas.districts.boundaries import boundary_version, load_districts, load_lines, stable_unit
from clearance_atlas.districts.geometry import dissolve, geodesic_area_km2, label_point
from clearance_atlas.districts.joining import Joined, join_districts
from clearance_atlas.districts.sources import Source, boundary_credit, load_sources, sources_of
from clearance_atlas.districts.validation import validate_districts

__all__ = [
    "Joined",
    "Source",
    "boundary_credit",
    "boundary_version",
    "dissolve",
    "geodesic_area_km2",
    "join_districts",
    "label_point",
    "load_districts",
    "load_lines",
    "load_sources",
    "sources_of",
    "stable_unit",
    "validate_districts",
]
