"""What is left of a page, PDF, Word file or message once its text is taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from clearance_atlas.model import Problem


@dataclass(frozen=True, slots=True)
class Extracted:
    """Text and metadata of a file; ``published`` is the day that its own metadata state.

    ``is_file_date`` marks a day that tells when the file was made, weaker than a date line in the text.
    """

    text: str
    title: str | None = None
    published: date | None = None
    url: str | None = None
    publisher: str | None = None
    language: str | None = None
    is_file_date: bool = False
    problems: tuple[Problem, ...] = ()
