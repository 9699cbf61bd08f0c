"""Names and codes of districts, without geometry."""

from clearance_atlas.places.gazetteer import Gazetteer, Place, build_gazetteer, load_gazetteer, official_area
from clearance_atlas.places.matching import alias_keys, alias_table, fold, near_spellings, repair_mixed_script

__all__ = [
    "Gazetteer",
    "Place",
    "alias_keys",
    "alias_table",
    "build_gazetteer",
    "fold",
    "load_gazetteer",
    "near_spellings",
    "official_area",
    "repair_mixed_script",
]
