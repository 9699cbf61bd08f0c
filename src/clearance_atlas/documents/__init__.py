"""Read bulletins of any format into frozen documents with an offset map."""
