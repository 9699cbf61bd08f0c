"""District boundaries, their versions, and the join on codes."""
