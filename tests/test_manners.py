"""Manners of the command line: help with examples, completion, plain output, the nearest name for a mistyped one."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from clearance_atlas import cli

COMMANDS = [command.callback.__name__ for command in cli.app.registered_commands if command.callback]
BULLETIN = "In June 2024 ANAMA cleared 120 hectares in Jabrayil and found 3 anti-tank mines in Lachin."


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "clearance_atlas", *arguments], cwd=cwd, text=True, encoding="utf-8",
                          capture_output=True, check=False, timeout=300,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment})


def on_a_terminal(*arguments: str, cwd: Path, **environment: str) -> str:
    """Return what a command writes to stderr when that is a terminal."""
    ours, theirs = pty.openpty()
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    process = subprocess.Popen([sys.executable, "-m", "clearance_atlas", *arguments], cwd=cwd, stderr=theirs,
                               stdout=subprocess.DEVNULL, env={**kept, "TERM": "xterm-256color", **environment})
    os.close(theirs)
    written = b""
    try:
        while part := os.read(ours, 65536):
            written += part
    except OSError:
        pass  # the other side was closed: that is how a terminal ends
    finally:
        os.close(ours)
        process.wait(timeout=60)
    return written.decode("utf-8", "replace")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bulletins").mkdir()
    (tmp_path / "bulletins/june.txt").write_text(BULLETIN, "utf-8")
    return tmp_path


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_and_gives_an_example(command: str, tmp_path: Path) -> None:
    done = run(command, "--help", cwd=tmp_path, COLUMNS="100")
    assert done.returncode == 0
    assert f"Example: clearance-atlas {command}" in done.stdout
    assert "\x1b" not in done.stdout


def test_the_shell_can_complete_commands(tmp_path: Path) -> None:
    asked = {"_CLEARANCE_ATLAS_COMPLETE": "complete_bash", "COMP_WORDS": "clearance-atlas rec", "COMP_CWORD": "1"}
    words = subprocess.run([Path(sys.executable).with_name("clearance-atlas")], cwd=tmp_path, text=True,
                           capture_output=True, check=False, env={**os.environ, **asked})
    assert words.stdout.split() == ["reconcile"]


def test_a_terminal_gets_a_bar_and_colours_unless_no_color_is_set(folder: Path) -> None:
    colour = "\x1b[3"
    assert colour in on_a_terminal("build", cwd=folder)
    plain = on_a_terminal("build", cwd=folder, NO_COLOR="1")
    assert "drawing pages" in plain
    assert colour not in plain


@pytest.mark.parametrize(("arguments", "said"), [
    (("figure", "month-2024-05"), "did you mean month-2024-06?"),
    (("figure", "month-2024-06", "--measure", "area_clered"), "did you mean area_cleared?"),
    (("report", "moth-2024-06"), "did you mean month-2024-06?"),
    (("compare", "2023", "2025", "--measure", "usxo"), "did you mean uxo?"),
    (("build", "--profile", "azerbijan"), "shipped profiles: azerbaijan"),
    (("biuld",), "Did you mean 'build'?"),
])
def test_a_mistyped_name_gets_the_nearest(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_mistyped_district_gets_the_nearest(folder: Path) -> None:
    (folder / "bulletins/june.txt").write_text(BULLETIN.replace("Jabrayil", "the Jabrajil district"), "utf-8")
    done = run("extract", cwd=folder)
    assert done.returncode == 1
    assert "no place 'Jabrajil' in the gazetteer" in done.stderr
    assert "did you mean Jabrayil?" in done.stderr


def test_a_pipe_that_closes_is_no_error(folder: Path) -> None:
    done = subprocess.run(f"{sys.executable} -m clearance_atlas extract --format jsonl | head -c 5", shell=True,  # noqa: S602 - a pipe is the subject
                          cwd=folder, text=True, capture_output=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr
