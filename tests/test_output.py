"""A build's files appear whole or not at all, and an unchanged one is not touched."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from clearance_atlas.errors import InputError, OutputError
from clearance_atlas.output import publish


def test_writes_files_and_manifest(tmp_path: Path) -> None:
    published = publish({"atlas.html": b"map", "maps/a.html": b"a"}, folder=tmp_path / "out", inputs={"b.txt": "00"})
    assert (tmp_path / "out/maps/a.html").read_bytes() == b"a"
    assert published.written == ("atlas.html", "manifest.json", "maps/a.html")
    manifest = json.loads((tmp_path / "out/manifest.json").read_text("utf-8"))
    assert manifest["inputs"] == {"b.txt": "00"}
    assert set(manifest["outputs"]) == {"atlas.html", "maps/a.html"}


def test_a_build_with_nothing_changed_writes_nothing(tmp_path: Path) -> None:
    files = {"atlas.html": b"map", "maps/a.html": b"a"}
    publish(files, folder=tmp_path)
    os.utime(tmp_path / "atlas.html", ns=(1, 1))
    again = publish(files, folder=tmp_path)
    assert again.written == ()
    assert (tmp_path / "atlas.html").stat().st_mtime_ns == 1


def test_pages_no_longer_made_go_and_foreign_files_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    publish({"a.html": b"a", "b.html": b"b", "c.html": b"c"}, folder=tmp_path)
    published = publish({"a.html": b"a"}, folder=tmp_path, keep=["c.html"])
    assert published.removed == ("b.html",)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "c.html", "manifest.json", "notes.txt"]


def test_a_failed_write_leaves_the_earlier_output_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish({"a.html": b"old", "b.html": b"old"}, folder=tmp_path)
    real = Path.write_bytes

    def full_disk(path: Path, content: bytes) -> int:
        if path.name == "b.html":
            raise OSError(28, "No space left on device")
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", full_disk)
    with pytest.raises(OutputError, match="No space left on device"):
        publish({"a.html": b"new", "b.html": b"new"}, folder=tmp_path)
    assert (tmp_path / "a.html").read_bytes() == b"old"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".staging")]


def test_a_manifest_cannot_make_it_remove_files_elsewhere(tmp_path: Path) -> None:
    victim = tmp_path / "victim.txt"
    victim.write_text("keep me")
    folder = tmp_path / "out"
    folder.mkdir()
    outputs = {"../victim.txt": "0", str(victim): "0"}
    (folder / "manifest.json").write_text(json.dumps({"outputs": outputs}))
    publish({"a.html": b"a"}, folder=folder)
    assert victim.read_text() == "keep me"


@pytest.mark.parametrize("content", ["{", "[]", '{"outputs": 3}'])
def test_a_foreign_manifest_is_not_overwritten(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(InputError, match="not a manifest"):
        publish({"a.html": b"a"}, folder=tmp_path)
    assert not (tmp_path / "a.html").exists()
