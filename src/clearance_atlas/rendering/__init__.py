"""Maps, pages and figures from observations and districts."""
