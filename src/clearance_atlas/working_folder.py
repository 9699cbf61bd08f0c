"""A working folder of one's own: where bulletins are dropped in and corrections are kept."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from clearance_atlas.config import PROFILE_FILE, profile_file
from clearance_atlas.errors import InputError, OutputError

README = """# Working folder

Put each new bulletin into `bulletins/` (.txt .md .html .pdf .docx .eml, or a table as .csv .jsonl), then run

    clearance-atlas build

here and open `output/atlas.html`. A text file may begin with a few lines about its source:

    ---
    url: https://example.org/the-report
    publisher: Name of the outlet
    published: 2024-07-08
    language: en
    ---

`clearance-atlas review` shows every figure in the words it came from; what you correct there goes into
`corrections.toml` and is applied at every build. `profile.toml` holds the operators, dated events and boundaries.
`clearance-atlas watch --serve` rebuilds while you work.
"""

CORRECTIONS = """# Corrections of statements, applied at every build. `clearance-atlas review` writes the lines.
# One that matches nothing, or whose `expect` no longer holds, stops the build and names its line.
"""

PROFILE_HEAD = """# The profile of this folder, as shipped; builds in this folder use it.
# Change operators, dated events or boundaries here.
# `geodata/...` names files that ship with the package; other paths are beside this file.
id = "{name}"
"""


def make_working_folder(folder: Path, *, profile: str) -> list[Path]:
    """Make a working folder and return the paths made.

    Raises
    ------
    InputError
        If the folder holds something already.
    OutputError
        If it cannot be written.
    """
    shipped = profile_file(profile)
    new = not folder.exists()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise InputError(str(folder), "is not empty", mend="name a new folder")
    files = {"README.md": README, "corrections.toml": CORRECTIONS,
             PROFILE_FILE: PROFILE_HEAD.format(name=shipped.stem) + shipped.read_text("utf-8")}
    try:
        (folder / "bulletins").mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        # Half a working folder would stand in the way of the next try.
        for path in (*(folder / name for name in files), folder / "bulletins", *([folder] if new else [])):
            with suppress(OSError):
                path.rmdir() if path.is_dir() else path.unlink(missing_ok=True)
        raise OutputError(str(folder), f"cannot be written ({error.strerror or error})",
                          mend="choose another folder") from error
    return [folder / "bulletins", *(folder / name for name in files)]
