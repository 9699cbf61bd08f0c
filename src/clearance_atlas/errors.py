"""The errors a caller can meet, each also the builtin that fits it.

    ClearanceAtlasError
    ├── InputError (ValueError)            a file or argument that cannot be used
    │   ├── DocumentError                  a bulletin that cannot be read
    │   ├── LexiconError                   a lexicon or profile that does not validate
    │   ├── CorrectionError                a correction that no longer applies
    │   └── BoundaryError                  a boundary file that cannot be joined
    ├── UnknownNameError (LookupError)     a period, measure, place or profile that does not exist
    └── OutputError (OSError)              a place that cannot be written

Every message is one line in three parts: where, what is wrong, how to mend it.
"""

from __future__ import annotations


class ClearanceAtlasError(Exception):
    """Base of all errors raised on purpose by this package.

    Parameters
    ----------
    where
        The file, line or argument at fault.
    what
        What is wrong with it.
    mend
        What the reader can do about it.
    """

    def __init__(self, where: str, what: str, *, mend: str = "") -> None:
        self.where = where
        self.what = what
        self.mend = mend
        super().__init__(f"{where}: {what}" + (f"; {mend}" if mend else ""))

    def __reduce__(self) -> tuple[object, ...]:
        """Let an error pass from one process to another with its three parts."""
        return _again, (type(self), self.where, self.what, self.mend)


def _again(kind: type[ClearanceAtlasError], where: str, what: str, mend: str) -> ClearanceAtlasError:
    return kind(where, what, mend=mend)


class InputError(ClearanceAtlasError, ValueError):
    """A file or argument that cannot be used."""


class DocumentError(InputError):
    """A bulletin that cannot be read."""


class LexiconError(InputError):
    """A lexicon or profile that does not validate."""


class CorrectionError(InputError):
    """A correction that matches nothing or whose guard no longer holds."""


class BoundaryError(InputError):
    """A boundary file that cannot be joined to the gazetteer."""


class UnknownNameError(ClearanceAtlasError, LookupError):
    """A period, measure, place, profile or language that does not exist."""


class OutputError(ClearanceAtlasError, OSError):
    """A file or folder that cannot be written."""
