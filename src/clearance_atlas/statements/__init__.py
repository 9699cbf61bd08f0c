"""From bulletins to statements: lexicons, numbers, dates, places, the grammar, and the passes over a document."""

from clearance_atlas.statements.extraction import Extraction, extract_statements
from clearance_atlas.statements.records import from_json, to_json

__all__ = ["Extraction", "extract_statements", "from_json", "to_json"]
