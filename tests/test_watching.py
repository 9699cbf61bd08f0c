"""Working beside a running atlas: bulletins dropped in, pages that reload, corrections saved from the review page."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from clearance_atlas.errors import CorrectionError
from clearance_atlas.watching import append_corrections, is_input, stamps, watched

BULLETIN = """---
url: https://example.org/week
publisher: Example Wire
published: 2024-07-08
language: en
---

In the week of {days} July 2024 ANAMA found 28 anti-personnel mines and {uxo} unexploded munitions in Aghdam and Lachin.
The teams cleared 1,039.5 hectares there.
"""
CORRECTION = """[[correction]]
document = "week"
measure = "uxo"
figure = "{figure}"
expect = {figure}
value = 380
reason = "two figures change places"
source = "Example Wire"
"""


@dataclass
class Running:
    """A command that runs until Ctrl-C, with what it says so far."""

    process: subprocess.Popen[str]
    host: str = ""

    def wait_for(self, pattern: str) -> str:
        """Read lines until one matches; a command that ends before is a failure."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if re.search(pattern, line):
                return line
        raise AssertionError(f"ended without {pattern!r}: {self.process.stderr.read() if self.process.stderr else ''}")

    def ask(self, method: str, path: str, *, body: str | None = None,
            headers: dict[str, str] | None = None) -> tuple[int, str]:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        connection.request(method, path, body=body, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()


@contextmanager
def running(*arguments: str, cwd: Path) -> Iterator[Running]:
    """Start a command on a free port and stop it as a person does; nothing may end in a traceback."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUNBUFFERED": "1", "NO_COLOR": "1"}
    process = subprocess.Popen([sys.executable, "-m", "clearance_atlas", *arguments, "--port", "0"], cwd=cwd, text=True,
                               env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    try:
        one = Running(process)
        yield one
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=60)
        assert "Traceback" not in errors, errors
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bulletins").mkdir()
    (tmp_path / "bulletins/week.txt").write_text(BULLETIN.format(days="1 to 7", uxo=830), "utf-8")
    return tmp_path


def test_a_dropped_in_bulletin_is_built_said_and_reaches_the_open_page(folder: Path) -> None:
    with running("watch", "--serve", cwd=folder) as watch:
        assert "1 new period" in watch.wait_for("new period")
        watch.host = watch.wait_for("http://").strip().removeprefix("http://").rstrip("/")
        assert "week-2024-07-08" not in watch.ask("GET", "/atlas.html")[1]
        _, version = watch.ask("GET", "/version?after=")
        draft = folder / "next.part"
        draft.write_text(BULLETIN.format(days="8 to 14", uxo=412), "utf-8")
        draft.replace(folder / "bulletins/next.txt")
        assert watch.wait_for("new period").startswith("1 new period, 2 spellings of district names matched, 0 conf")
        _, later = watch.ask("GET", f"/version?after={version}")
        assert later != version
        assert "week-2024-07-08" in watch.ask("GET", "/atlas.html")[1]
        assert watch.ask("GET", "/maps/week-2024-07-08.html")[0] == 200


def test_a_build_that_fails_is_one_line_and_the_last_good_pages_stay(folder: Path) -> None:
    (folder / "corrections.toml").write_text("", "utf-8")
    with running("watch", "--serve", cwd=folder) as watch:
        watch.host = watch.wait_for("http://").strip().removeprefix("http://").rstrip("/")
        before = watch.ask("GET", "/atlas.html")[1]
        (folder / "corrections.toml").write_text(CORRECTION.format(figure=999), "utf-8")
        assert watch.process.stderr is not None
        said = next(line for line in watch.process.stderr if "corrections.toml" in line)
        assert "corrections.toml:1" in said
        assert watch.ask("GET", "/atlas.html")[1] == before
        (folder / "corrections.toml").write_text(CORRECTION.format(figure=830), "utf-8")
        watch.wait_for("new period")
        assert watch.ask("GET", "/atlas.html")[1] != before


@pytest.mark.parametrize(("name", "counts"), [
    ("monday.txt", True), ("monday.PDF", True), ("table.csv", True), ("corrections.toml", False),
    (".monday.txt.swp", False), ("~$monday.docx", False), (".monday.txt", False), ("monday.txt.part", False),
    ("picture.png", False),
])
def test_only_whole_bulletins_count_among_the_files_of_a_folder(name: str, counts: bool) -> None:  # noqa: FBT001 - a table
    assert is_input(None, f"/folder/{name}") is counts


def test_one_bulletin_is_built_once_although_corrections_lie_beside_the_output(folder: Path) -> None:
    (folder / "corrections.toml").write_text("", "utf-8")
    with running("watch", "--serve", cwd=folder) as watch:
        watch.host = watch.wait_for("http://").strip().removeprefix("http://").rstrip("/")
        for number, days in enumerate(("8 to 14", "15 to 21")):
            draft = folder / "next.part"
            draft.write_text(BULLETIN.format(days=days, uxo=412 + number), "utf-8")
            draft.replace(folder / f"bulletins/next-{number}.txt")
            # A build started by its own pages would say "0 new periods" in between.
            assert watch.wait_for("new period").startswith("1 new period")


def test_corrections_made_changed_and_removed_while_watching_are_applied(folder: Path) -> None:
    with running("watch", "--serve", cwd=folder) as watch:
        watch.host = watch.wait_for("http://").strip().removeprefix("http://").rstrip("/")
        before = watch.ask("GET", "/atlas.html")[1]
        corrections = folder / "corrections.toml"
        pages = []
        for text in (CORRECTION.format(figure=830), CORRECTION.format(figure=830).replace("= 380", "= 381"), None):
            if text is None:
                corrections.unlink()
            else:
                (folder / "draft").write_text(text, "utf-8")
                (folder / "draft").replace(corrections)
            assert watch.wait_for("new period").startswith("0 new periods")
            pages.append(watch.ask("GET", "/atlas.html")[1])
    assert len({before, *pages}) == 3
    assert pages[2] == before


def test_a_bulletin_dropped_in_while_the_first_build_runs_is_built_next(folder: Path) -> None:
    with running("watch", cwd=folder) as watch:
        # The second name is there before the first answer is: whether the first build saw it or not, none is lost.
        (folder / "bulletins/next.txt").write_text(BULLETIN.format(days="8 to 14", uxo=412), "utf-8")
        said = watch.wait_for("new period")
        if said.startswith("1 new period"):
            assert watch.wait_for("new period").startswith("1 new period")
        else:
            assert said.startswith("2 new periods")


def test_the_folders_of_bulletins_are_watched(folder: Path) -> None:
    bulletins = folder / "bulletins"
    assert watched([bulletins / "week.txt", bulletins, folder / "own"]) == [folder, bulletins]


def test_a_file_written_again_has_another_stamp_and_a_missing_one_none(tmp_path: Path) -> None:
    file = tmp_path / "week.txt"
    assert stamps([file]) == {file: None}
    file.write_text("one", "utf-8")
    first = stamps([file])
    assert stamps([file]) == first
    (tmp_path / "draft").write_text("two", "utf-8")
    (tmp_path / "draft").replace(file)
    assert stamps([file]) != first


def test_the_review_page_saves_a_correction_that_later_builds_apply(folder: Path) -> None:
    with running("review", "--serve", cwd=folder) as review:
        review.host = review.wait_for("http://").split()[0].removeprefix("http://").rstrip("/")
        own = {"Origin": f"http://{review.host}", "Content-Type": "application/json"}
        block = json.dumps({"toml": CORRECTION.format(figure=830)})
        for headers in ({}, {"Origin": "http://attacker.example"}, {"Origin": "null"}):
            assert review.ask("POST", "/corrections", body=block, headers=headers)[0] == 403
        assert not (folder / "corrections.toml").exists()
        status, answer = review.ask("POST", "/corrections", body=block, headers=own)
        assert (status, json.loads(answer)) == (200, {"saved": "Saved to corrections.toml."})
    saved = (folder / "corrections.toml").read_text("utf-8")
    assert saved.strip() == CORRECTION.format(figure=830).strip()
    done = subprocess.run([sys.executable, "-m", "clearance_atlas", "reconcile"], cwd=folder, text=True,
                          capture_output=True, check=True)
    assert "380" in done.stdout
    assert "830" not in done.stdout


@pytest.mark.parametrize("block", [
    "", "[[correction", "[[correction]]\nvalue = 3\n", CORRECTION.format(figure=999), 'key = "no correction"\n',
])
def test_a_bad_block_is_refused_and_the_file_stays_whole(folder: Path, block: str) -> None:
    good = "# mine\n\n" + CORRECTION.format(figure=830)
    (folder / "corrections.toml").write_text(good, "utf-8")
    with running("review", "--serve", cwd=folder) as review:
        review.host = review.wait_for("http://").split()[0].removeprefix("http://").rstrip("/")
        headers = {"Origin": f"http://{review.host}", "Content-Type": "application/json"}
        status, answer = review.ask("POST", "/corrections", body=json.dumps({"toml": block}), headers=headers)
        assert status == 400
        assert "corrections.toml" in json.loads(answer)["error"]
    assert (folder / "corrections.toml").read_text("utf-8") == good
    assert [path.name for path in folder.glob(".*")] == []


def test_blocks_are_added_below_what_a_person_wrote(tmp_path: Path) -> None:
    file = tmp_path / "corrections.toml"
    file.write_text("# my remarks", "utf-8")
    append_corrections(CORRECTION.format(figure=830), file=file)
    append_corrections(CORRECTION.format(figure=28).replace('"uxo"', '"ap_mines"'), file=file)
    text = file.read_text("utf-8")
    assert text.startswith("# my remarks\n\n[[correction]]")
    assert text.count("[[correction]]") == 2
    with pytest.raises(CorrectionError):
        append_corrections("[[correction]]\n", file=file)
    assert file.read_text("utf-8") == text
