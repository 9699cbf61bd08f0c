"""Names and codes of districts, without geometry."""
