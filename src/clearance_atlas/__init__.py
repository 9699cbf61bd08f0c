"""Maps that people can trust from press bulletins on mine clearance."""

__version__ = "0.1.0"
