"""The manifest of geographic data holds: hashes, licences, and no file without an origin."""

from __future__ import annotations

import hashlib

import pytest

from clearance_atlas.config import load_profile, resource
from clearance_atlas.districts import Source, load_sources

SOURCES = load_sources(resource("geodata") / "SOURCES.toml")
DERIVED = [(source.source_id, path, digest) for source in SOURCES for path, digest in source.derived.items()]


@pytest.mark.parametrize(("source_id", "path", "digest"), DERIVED)
def test_derived_files_are_the_ones_recorded(source_id: str, path: str, digest: str) -> None:
    content = (resource("geodata") / path).read_bytes()
    assert hashlib.sha256(content).hexdigest() == digest, f"{path} of {source_id} has changed: record it"


def test_every_boundary_file_has_a_source() -> None:
    recorded = {path for _, path, _ in DERIVED}
    there = {f"boundaries/{path.name}" for path in (resource("geodata") / "boundaries").iterdir()}
    assert there == recorded


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.source_id)
def test_a_source_names_its_maker_licence_and_faults(source: Source) -> None:
    assert all((source.title, source.credit, source.producer, source.licence, source.version, source.known_faults))
    assert source.url.startswith("https://")


def test_profiles_name_files_that_are_shipped() -> None:
    for name in ("azerbaijan", "ukraine", "yemen"):
        profile = load_profile(name)
        files = [profile.gazetteer, profile.sources, *(version.path for version in profile.boundaries)]
        assert all(path is not None and path.is_file() for path in files)
