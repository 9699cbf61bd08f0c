"""The verbs from Python: each takes what the one before it gave, and geometry waits until it is needed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import clearance_atlas as ca
from clearance_atlas import pipeline
from clearance_atlas.config import resource
from clearance_atlas.errors import CorrectionError, InputError

BULLETIN = """---
publisher: Example Wire
published: 2024-07-08
---

In the week of 1 to 7 July 2024 ANAMA found 28 anti-personnel mines and 830 unexploded munitions in Aghdam and Lachin.
The teams cleared 1,039.5 hectares there.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "week.txt").write_text(BULLETIN, "utf-8")
    return tmp_path


def test_every_public_name_is_there_and_listed() -> None:
    for name in ca.__all__:
        assert getattr(ca, name) is not None
    assert dir(ca) == sorted(ca.__all__)
    with pytest.raises(AttributeError, match="no attribute 'atlas_pages'"):
        _ = ca.atlas_pages


def test_the_stages_one_by_one_give_what_one_call_gives(folder: Path) -> None:
    reading = ca.read_documents([folder])
    extraction = ca.extract(reading.documents)
    reconciliation = ca.reconcile(extraction.statements, documents=reading.documents)
    whole = ca.read_and_reconcile([folder])
    assert whole.observations == reconciliation.observations
    assert whole.documents == reading.documents
    frame = ca.observation_frame(reconciliation.observations, reconciliation.statements, reading.documents)
    area = frame[frame.measure == "area_cleared"].iloc[0]
    assert (area.value, area.places, area.period_id) == (1039.5, "Aghdam|Lachin", "week-2024-07-01")


def test_a_joint_total_reaches_no_district_on_its_way(folder: Path) -> None:
    content, _ = ca.atlas_content(ca.read_and_reconcile([folder]), options=ca.BuildOptions())
    assert ca.district_frame(content.observations, content.districts).empty
    groups = ca.group_frame(content.observations, content.districts)
    assert len(groups) == 3
    assert set(groups.place_codes) == {"AZ-AGM|AZ-LAC"}


def test_without_paths_the_inbox_is_read_and_without_an_inbox_the_shipped_record(folder: Path) -> None:
    assert pipeline.bulletin_paths() == (resource("bulletins"),)
    (folder / "bulletins").mkdir()
    assert pipeline.bulletin_paths() == (Path("bulletins"),)
    assert pipeline.bulletin_paths(["week.txt"]) == (Path("week.txt"),)


def test_a_build_from_python_reports_what_it_did(folder: Path) -> None:
    options = ca.BuildOptions(output=folder / "out")
    report = ca.build_atlas([folder / "week.txt"], options=options)
    assert report.atlas == folder / "out/atlas.html"
    assert report.summary.startswith("1 new period, 2 spellings of district names matched, 0 conflicts")
    assert not report.problems
    assert ca.build_atlas([folder / "week.txt"], options=options).published.written == ()


def test_errors_are_also_the_builtins_that_a_caller_catches(folder: Path) -> None:
    with pytest.raises(ValueError, match="no such file"):
        ca.build_atlas([folder / "nothing.txt"])
    with pytest.raises(LookupError, match="shipped profiles: azerbaijan"):
        ca.read_and_reconcile([folder], profile="atlantis")
    bad = folder / "bad.toml"
    bad.write_text('[[correction]]\ndocument = "week"\nmeasure = "uxo"\nfigure = "7"\nexpect = 7\nvalue = 8\n'
                   'reason = "x"\nsource = "y"\n', "utf-8")
    with pytest.raises(CorrectionError, match=r"bad\.toml:1"):
        ca.read_and_reconcile([folder / "week.txt"], corrections=bad)
    with pytest.raises(InputError):
        ca.read_and_reconcile([folder / "week.txt"], corrections=folder / "missing.toml")


def test_an_unread_sentence_and_a_silent_text_are_problems(folder: Path) -> None:
    (folder / "song.txt").write_text("A text about the sea and the wind.", "utf-8")
    problems = ca.read_and_reconcile([folder]).problems
    assert [(Path(one.where).name, one.needs_person) for one in problems] == [("song.txt", False)]


def test_reading_waits_neither_for_geometry_nor_for_pages() -> None:
    code = ("import sys, clearance_atlas as ca; ca.extract(ca.read_documents([sys.argv[1]]).documents); "
            "print(sorted({'geopandas', 'shapely', 'pyproj', 'folium', 'matplotlib', 'pandas'} & set(sys.modules)))")
    tables = resource("bulletins") / "tables"
    done = subprocess.run([sys.executable, "-c", code, str(tables)], text=True, capture_output=True, check=True)
    assert done.stdout.strip() == "[]"
