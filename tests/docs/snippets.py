"""Runs the code that stands in the documentation, so that no page promises what does not work."""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

FENCE = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SERVES = ("--serve", "clearance-atlas watch")
LONGEST_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Snippet:
    """One fenced block: its language, the file it belongs into, its text."""

    language: str
    file: str
    text: str


def snippets(text: str) -> list[Snippet]:
    return [Snippet(language, file, body) for language, file, body in FENCE.findall(text)]


def sections(page: Path) -> dict[str, str]:
    """Return the text below each second-level heading of a page."""
    parts = re.split(r"^## (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def run_all(found: list[Snippet], *, folder: Path, home: Path) -> None:
    """Run blocks in their order; what a block prints must hold every line that the page shows."""
    printed = ""
    for snippet in found:
        if snippet.file:
            with (folder / snippet.file).open("a", encoding="utf-8") as file:
                file.write(("\n" if file.tell() else "") + snippet.text)
        elif snippet.language == "console":
            run_console(snippet.text, folder=folder, home=home)
        elif snippet.language == "python":
            printed = run_python(snippet.text, folder=folder, home=home)
        elif snippet.language == "text":
            assert_shown(snippet.text, printed=printed)
        elif snippet.language == "html":
            assert_pages_exist(snippet.text, folder=folder)
        else:
            raise AssertionError(f"no way to run a block of {snippet.language}")


def run_console(block: str, *, folder: Path, home: Path) -> None:
    """Run ``$ `` lines; the lines below each are shown by it. Exit status 1 is fine: something needs a person."""
    for command, shown in _commands(block):
        if command.startswith("cd "):
            folder = folder / command.removeprefix("cd ")
        elif any(mark in command for mark in SERVES):
            _run_server(command, shown=shown, folder=folder, home=home)
        else:
            done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(home), text=True,
                                  capture_output=True, check=False, timeout=LONGEST_SECONDS)
            needs_person = command.startswith("clearance-atlas") and done.returncode == 1
            assert done.returncode == 0 or needs_person, f"$ {command}\n{done.stderr}"
            assert "Traceback" not in done.stderr, done.stderr
            assert_shown(shown, printed=done.stdout + done.stderr)


def run_python(code: str, *, folder: Path, home: Path) -> str:
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, env=environment(home), text=True,
                          capture_output=True, check=False, timeout=LONGEST_SECONDS)
    assert done.returncode == 0, f"{code}\n{done.stderr}"
    return done.stdout


def assert_shown(shown: str, *, printed: str) -> None:
    """Check that every line shown was printed; ``...`` stands for anything within a line."""
    for line in shown.splitlines():
        pattern = ".*".join(re.escape(part) for part in line.strip().split("..."))
        assert re.search(pattern, printed), f"the page shows {line!r}; printed was\n{printed}"


def assert_pages_exist(markup: str, *, folder: Path) -> None:
    sources = re.findall(r'src="([^"?]+)', markup)
    assert sources
    for source in sources:
        assert (folder / "output" / source).is_file(), source


def environment(home: Path) -> dict[str, str]:
    """Return the environment of a person whose home folder is ``home`` and who has the package installed."""
    scripts = str(Path(sys.executable).parent)
    return {**os.environ, "HOME": str(home), "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
            "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"}


def _commands(block: str) -> list[tuple[str, str]]:
    parts = re.split(r"^\$ (.+)$", block, flags=re.MULTILINE)
    assert not parts[0].strip(), f"a console block begins with a command, not with {parts[0]!r}"
    return list(zip(parts[1::2], parts[2::2], strict=True))


def _run_server(command: str, *, shown: str, folder: Path, home: Path) -> None:
    """Start a command that runs until Ctrl-C on a free port, wait for its address, then stop it as a person would."""
    shown = shown.replace(":8000/", ":")
    process = subprocess.Popen([*shlex.split(command), "--port", "0"], cwd=folder, env=environment(home), text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        assert process.stdout is not None
        printed, end = "", time.monotonic() + LONGEST_SECONDS
        while "http://" not in printed and process.poll() is None and time.monotonic() < end:
            printed += process.stdout.readline()
        assert_shown(shown, printed=printed)
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=30)
        assert "Traceback" not in errors, errors
    finally:
        process.kill()
        process.wait()
