"""The command line as a person meets it: one clear line for bad input, exit status, output whole or absent."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from opened_page import opened

BULLETIN = """---
url: https://example.org/week
publisher: Example Wire
published: 2024-07-08
language: en
---

In the week of 1 to 7 July 2024 ANAMA found 28 anti-personnel mines, 107 anti-tank mines and 830 unexploded munitions in
Aghdam, Fuzuli and Lachin. The teams cleared 1,039.5 hectares there.
"""

ONE_DISTRICT = """{"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {"name": "Aghdam"},
 "geometry": {"type": "Polygon", "coordinates": [[[46.8, 39.9], [47, 39.9], [47, 40.1], [46.8, 39.9]]]}}]}"""


def run(*arguments: str, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "clearance_atlas", *arguments], cwd=cwd, text=True, encoding="utf-8",
                          capture_output=True, check=False, timeout=300,
                          env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "bulletins").mkdir()
    (tmp_path / "bulletins/week.txt").write_text(BULLETIN, "utf-8")
    return tmp_path


def test_build_prints_the_page_to_open_and_writes_what_it_promises(folder: Path) -> None:
    done = run("build", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "output/atlas.html"
    assert "1 new period" in done.stderr
    written = {path.relative_to(folder / "output").as_posix() for path in (folder / "output").rglob("*.*")}
    assert {"atlas.html", "review.html", "manifest.json", "maps/week-2024-07-01.html", "data/statements.jsonl",
            "data/observations.csv", "data/districts.gpkg", "data/problems.csv", "data/datapackage.json"} <= written


def test_a_second_build_writes_nothing_and_a_fresh_one_the_same_bytes(folder: Path) -> None:
    run("build", cwd=folder)
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in (folder / "output").rglob("*.*")}
    run("build", cwd=folder)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in before} == before
    run("build", "--output", "elsewhere", cwd=folder)
    for path, (_, content) in before.items():
        assert (folder / "elsewhere" / path.relative_to(folder / "output")).read_bytes() == content, path


def test_a_new_bulletin_is_said_and_stored_as_a_change(folder: Path) -> None:
    run("build", cwd=folder)
    later = BULLETIN.replace("1 to 7 July", "8 to 14 July").replace("1,039.5", "990")
    (folder / "bulletins/next.txt").write_text(later, "utf-8")
    done = run("build", cwd=folder)
    assert "new period week-2024-07-08" in done.stderr
    changes = json.loads((folder / "output/data/changes.json").read_text("utf-8"))["changes"]
    assert changes == ["new period week-2024-07-08"]


def test_extract_prints_only_records_as_jsonl_and_every_span_holds(folder: Path) -> None:
    done = run("extract", "--format", "jsonl", cwd=folder)
    records = [json.loads(line) for line in done.stdout.splitlines()]
    values = {(one["measure"], one["value"], one["unit"]) for one in records}
    assert values == {("ap_mines", 28, "items"), ("at_mines", 107, "items"), ("uxo", 830, "items"),
                      ("area_cleared", 1039.5, "ha")}
    for one in records:
        evidence = one["evidence"]
        assert BULLETIN[evidence["start"]:evidence["end"]] == evidence["text"]
        assert one["places"] == ["Aghdam", "Fuzuli", "Lachin"]
        assert one["period"] == {"start": "2024-07-01", "end": "2024-07-07", "kind": "week", "year_source": "text"}


def test_extract_as_a_table_and_as_csv(folder: Path) -> None:
    assert "1,039.5" in run("extract", cwd=folder).stdout
    assert run("extract", "--format", "csv", cwd=folder).stdout.startswith("document_id,")


def test_reconcile_a_year_names_the_weeks_that_are_missing(folder: Path) -> None:
    done = run("reconcile", "--year", "2024", cwd=folder)
    assert "1,039.5" in done.stdout
    assert "2024-01-01 to 2024-06-30, 2024-07-08 to" in done.stdout


@pytest.mark.parametrize(("name", "content", "said"), [
    ("empty.txt", b"", "the file is empty"),
    ("noise.txt", bytes(range(128, 256)) * 30, "encoding"),
    ("song.txt", b"A text about the sea and the wind.", "no figure found"),
])
def test_a_bad_file_is_one_line_and_the_others_are_still_read(folder: Path, name: str, content: bytes,
                                                              said: str) -> None:
    (folder / "bulletins" / name).write_bytes(content)
    done = run("build", cwd=folder)
    lines = [line for line in done.stderr.splitlines() if name in line]
    assert len(lines) == 1
    assert said in lines[0]
    assert (folder / "output/maps/week-2024-07-01.html").is_file()


@pytest.mark.parametrize("arguments", [
    ("build", "nowhere/"),
    ("build", "nothing.txt"),
    ("build", "--profile", "atlantis"),
    ("build", "--language", "xx"),
    ("build", "--boundaries", "nothing.gpkg"),
    ("build", "--corrections", "nothing.toml"),
    ("build", "--output", "/proc/clearance"),
    ("figure", "week-2024-07-02"),
    ("figure", "week-2024-07-01", "--measure", "uxos"),
    ("report", "week-2024-07-02"),
    ("export", "--basis", "guessed"),
    ("reconcile", "--year", "many"),
])
def test_unusable_arguments_end_with_status_2_and_leave_earlier_output(folder: Path,
                                                                       arguments: tuple[str, ...]) -> None:
    run("build", cwd=folder)
    before = (folder / "output/manifest.json").read_bytes()
    done = run(*arguments, cwd=folder)
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr
    assert done.stderr.strip()
    assert (folder / "output/manifest.json").read_bytes() == before


def test_an_empty_folder_names_itself_and_the_mend(tmp_path: Path) -> None:
    (tmp_path / "bulletins").mkdir()
    done = run("build", "bulletins", cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("bulletins: no bulletins in this folder")
    assert not (tmp_path / "output").exists()


@pytest.mark.parametrize(("content", "said"), [
    ('{"type": "FeatureCollection", "features": []}', "holds no features"),
    (ONE_DISTRICT, "has no column"),
])
def test_a_boundary_file_that_cannot_be_joined(folder: Path, content: str, said: str) -> None:
    (folder / "own.geojson").write_text(content, "utf-8")
    done = run("build", "--boundaries", "own.geojson", "--code-column", "pcode", cwd=folder)
    assert done.returncode == 2
    assert "own.geojson" in done.stderr
    assert said in done.stderr


def test_a_period_mistyped_gets_the_nearest(folder: Path) -> None:
    assert "did you mean week-2024-07-01" in run("figure", "week-2024-07-02", cwd=folder).stderr


def test_a_correction_that_matches_nothing_stops_the_build_with_its_line(folder: Path) -> None:
    run("build", cwd=folder)
    before = (folder / "output/manifest.json").read_bytes()
    (folder / "corrections.toml").write_text(
        '# mine\n\n[[correction]]\ndocument = "week"\nmeasure = "uxo"\nfigure = "831"\nexpect = 831\nvalue = 830\n'
        'reason = "typing error"\nsource = "Example Wire"\n', "utf-8")
    done = run("build", cwd=folder)
    assert done.returncode == 2
    assert "corrections.toml:3" in done.stderr
    assert (folder / "output/manifest.json").read_bytes() == before


def test_a_working_folder_builds_at_once(tmp_path: Path) -> None:
    assert run("init", "monday", cwd=tmp_path).returncode == 0
    (tmp_path / "monday/bulletins/week.txt").write_text(BULLETIN, "utf-8")
    assert run("build", cwd=tmp_path / "monday").returncode == 0
    again = run("init", "monday", cwd=tmp_path)
    assert again.returncode == 2
    assert "is not empty" in again.stderr


def test_quiet_prints_the_answer_alone_and_no_colour_reaches_a_pipe(folder: Path) -> None:
    done = run("build", "--quiet", cwd=folder, FORCE_COLOR="", NO_COLOR="1")
    assert done.stderr == ""
    assert "\x1b" not in run("extract", cwd=folder, NO_COLOR="1").stdout


def test_version_and_help(tmp_path: Path) -> None:
    assert run("--version", cwd=tmp_path).stdout == "clearance-atlas 0.1.0\n"
    assert "Example:" in run("build", "--help", cwd=tmp_path).stdout
    assert "Did you mean 'build'?" in run("buld", cwd=tmp_path).stderr


@pytest.mark.parametrize(("arguments", "said"), [
    (("figure", "all", "--measure", "area_claered"), "did you mean area_cleared?"),
    (("figure", "all", "--measure", "submunitions"), "no district figure of this measure"),
    (("figure", "week-2024-07-01", "--output", "week.pdf"), "the file would be png, not pdf"),
    (("report", "week-2024-07-01", "--output", "week.html"), "the file would be docx, not html"),
    (("report", "week-2024-07-01", "--output", "."), "is a folder"),
    (("export", "--output", "bulletins"), "is a folder"),
    (("watch", "nowhere"), "nowhere: no such file or folder"),
    (("export", "--basis", "published,estimated"), "estimated figures need a method"),
    (("export", "--basis", "published", "--estimate", "areal"), "the basis published holds no estimated figures"),
    (("build", "nowhere"), "nowhere: no such file or folder"),
])
def test_what_cannot_be_done_is_one_line_with_its_mend(folder: Path, arguments: tuple[str, ...], said: str) -> None:
    done = run(*arguments, cwd=folder, NO_COLOR="1")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in folder.iterdir()) == ["bulletins"]


def test_a_figure_goes_into_a_folder_that_is_named(folder: Path) -> None:
    done = run("figure", "week-2024-07-01", "--format", "svg", "--output", "bulletins", cwd=folder)
    assert done.stdout.strip() == "bulletins/week-2024-07-01-area_cleared.svg"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_an_answer_that_cannot_be_printed_is_one_line(folder: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run([sys.executable, "-m", "clearance_atlas", "extract", "--quiet"], cwd=folder, stdout=full,
                              stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "stdout: cannot be written (No space left on device); make room\n"


def test_derived_figures_come_when_asked_for_and_name_both_sources(tmp_path: Path) -> None:
    (tmp_path / "states.csv").write_text(
        "start,end,period_kind,place,area_cleared_ha\n2020-11-10,2024-12-31,cumulative,,900\n"
        "2020-11-10,2025-01-31,cumulative,,1000.5\n", "utf-8")
    assert "derived" not in run("export", "states.csv", cwd=tmp_path).stdout
    rows = run("export", "states.csv", "--basis", "published,derived", cwd=tmp_path).stdout.splitlines()
    [derived] = [row for row in rows if "derived/" in row]
    assert derived.startswith("derived/month-2025-01/")
    assert ",100.5,ha," in derived
    assert "derived: 1,000.5 (to-2025-01-31) less 900 (to-2024-12-31)" in derived


def test_a_working_folder_has_a_profile_of_its_own_that_its_builds_use(tmp_path: Path) -> None:
    run("init", "monday", cwd=tmp_path)
    folder = tmp_path / "monday"
    profile = (folder / "profile.toml").read_text("utf-8")
    (folder / "bulletins/week.txt").write_text(BULLETIN, "utf-8")
    (folder / "profile.toml").write_text(profile.replace('en = "Azerbaijan"', 'en = "Land of Fire"'), "utf-8")
    assert run("build", cwd=folder).returncode == 0
    assert "Land of Fire" in opened((folder / "output/atlas.html").read_text("utf-8"))


def test_an_export_asked_for_estimates_holds_them_marked_and_named(folder: Path) -> None:
    def bases(text: str) -> set[str]:
        return {row["basis"] for row in csv.DictReader(io.StringIO(text))}

    assert bases(run("export", cwd=folder).stdout) == {"published"}
    assert bases(run("export", "--estimate", "areal", cwd=folder).stdout) == {"published", "estimated"}
    done = run("export", "--estimate", "areal", "--format", "hxl", "--output", "out", cwd=folder)
    assert done.stdout.strip() == "out"
    assert run("export", "--estimate", "areal", "--format", "gpkg", cwd=folder).stdout == "districts-ESTIMATE.gpkg\n"


def test_open_questions_of_abstracts_are_said_and_one_of_a_report_needs_a_person(tmp_path: Path) -> None:
    (tmp_path / "bulletins").mkdir()
    for name, area in (("one", "1,039.5"), ("two", "1,093.5")):
        text = BULLETIN.replace("1,039.5", area).replace("example.org/week", f"example.org/{name}")
        text = text.replace("Example Wire", f"{name} Wire")
        (tmp_path / f"bulletins/{name}.txt").write_text(text.replace("language", "kind: abstract\nlanguage"), "utf-8")
    done = run("build", cwd=tmp_path)
    assert done.returncode == 0
    assert "not chosen; settle it with a correction" in done.stderr
    assert "1 conflict (1 open)" in done.stderr
    (tmp_path / "bulletins/two.txt").write_text(text, "utf-8")
    for command in (("build",), ("reconcile",), ("export", "--output", "x.csv"), ("figure", "week-2024-07-01"),
                    ("report", "week-2024-07-01", "--format", "md"), ("compare", "2023", "2024")):
        done = run(*command, cwd=tmp_path)
        assert done.returncode == 1, (command, done.stderr)
        assert "1,093.5" in done.stderr, command


def test_the_shipped_record_builds_with_nothing_for_a_person_to_do(tmp_path: Path) -> None:
    done = run("reconcile", "--quiet", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "not chosen" in done.stdout


def test_a_figure_of_estimates_says_so_in_title_legend_margin_and_name(folder: Path) -> None:
    plain = run("figure", "week-2024-07-01", "--format", "svg", cwd=folder)
    done = run("figure", "week-2024-07-01", "--format", "svg", "--estimate", "areal", cwd=folder)
    assert plain.stdout.split() == ["week-2024-07-01-area_cleared.svg"]
    assert done.stdout.split() == ["week-2024-07-01-area_cleared-ESTIMATE.svg"]
    published, estimated = ((folder / one.stdout.strip()).read_text("utf-8") for one in (plain, done))
    assert "ESTIMATE" not in published
    assert '<title id="figure-title">ESTIMATE: 1,039.5 ha reported as cleared, 1–7 July 2024, jointly in' in estimated
    assert "ESTIMATE, not published" in estimated
    assert "no published table to test the method on" in re.sub(r"<[^>]*>", " ", estimated).replace("\n", " ")
    assert len(re.findall(r"\(ESTIMATE\)", re.search(r"<desc[^>]*>(.*?)</desc>", estimated, re.DOTALL)[1])) == 3


def test_a_sheet_and_the_figures_of_a_build_mark_estimates_too(folder: Path) -> None:
    done = run("figure", "week-2024-07-01", "--paper", "a4", "--format", "svg", "--estimate", "areal", cwd=folder)
    text = (folder / done.stdout.strip()).read_text("utf-8")
    assert len(re.findall(r">about [\d.]+ \(ESTIMATE\)<", text)) == 3
    assert "none is estimated" not in text
    run("build", "--estimate", "areal", "--figures", cwd=folder)
    names = {path.name for path in (folder / "output/figures").iterdir()}
    assert {"week-2024-07-01-area_cleared-ESTIMATE.svg", "week-2024-07-01-area_cleared.svg"} <= names
    assert not [name for name in names if "ESTIMATE" in name and "area_cleared" not in name]
    page = opened((folder / "output/atlas-ESTIMATE.html").read_text("utf-8"))
    assert "ha whatever the split" in page
    assert "whatever the split" not in opened((folder / "output/atlas.html").read_text("utf-8"))
