"""What the command line prints: one line a problem on stderr, records and results on stdout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from clearance_atlas.model import Problem

LONGEST_LIST = 40


class Speaker:
    """Prints results to stdout and everything else to stderr; quiet keeps only results and problems.

    Colours and bars appear on a terminal only, and never with ``NO_COLOR`` (no-color.org).
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self.quiet = quiet
        self.out = Console(highlight=False, soft_wrap=True)
        self.err = Console(stderr=True, highlight=False, soft_wrap=True)

    def result(self, line: str) -> None:
        """Print one line of the answer itself."""
        self.out.print(escape(line), emoji=False)

    def say(self, line: str) -> None:
        """Print one line about the work, unless quiet."""
        if not self.quiet:
            self.err.print(escape(line), emoji=False)

    def problems(self, problems: Iterable[Problem]) -> bool:
        """Print each problem as one line and tell whether one of them needs a person."""
        needed = False
        for problem in problems:
            needed |= problem.needs_person
            if problem.needs_person or not self.quiet:
                style = "bold" if problem.needs_person else "dim"
                self.err.print(f"[{style}]{escape(_one_line(str(problem)))}[/{style}]", emoji=False)
        return needed

    def progress(self) -> AbstractContextManager[Progress | None]:
        """Return a progress bar, or nothing at all where output is no terminal."""
        if self.quiet or not self.err.is_terminal:
            return nullcontext()
        return Progress(TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), console=self.err,
                        transient=True)


def table_lines(rows: Sequence[Sequence[Any]], *, header: Sequence[str]) -> list[str]:
    """Return rows as aligned plain text, numbers to the right, the same on a terminal and in a file."""
    cells = [[("" if cell is None else str(cell)) for cell in row] for row in rows]
    widths = [max(len(line[i]) for line in [list(header), *cells]) for i in range(len(header))]
    numeric = [all(_is_number(row[i]) for row in cells if row[i]) for i in range(len(header))]

    def aligned(line: Sequence[str]) -> str:
        return "  ".join(cell.rjust(width) if right else cell.ljust(width)
                         for cell, width, right in zip(line, widths, numeric, strict=True)).rstrip()

    return [aligned(header), *(aligned(row) for row in cells)]


def counted(number: int, noun: str) -> str:
    """Return a number with its noun.

    >>> counted(1, "page"), counted(2, "page")
    ('1 page', '2 pages')
    """
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _is_number(text: str) -> bool:
    return text.replace(",", "").replace(".", "", 1).lstrip("-").isdigit()


def _one_line(text: str) -> str:
    return " ".join(text.split())
