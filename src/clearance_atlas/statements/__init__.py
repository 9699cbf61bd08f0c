"""Turn documents into statements: one figure, its meaning and its exact words."""
