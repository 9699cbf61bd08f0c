"""Writing a folder of files so that a reader or a crash never sees half of it.

Everything is first written to a staging folder on the same disk; only when all of it is there, each file that differs
is moved into place by one rename, and files of the previous build that are no longer made are removed. A file whose
bytes did not change is not touched.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from clearance_atlas.errors import InputError, OutputError

MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Published:
    """Relative paths that were written, left as they were, and removed."""

    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]


def publish(files: Mapping[str, bytes], *, folder: Path, inputs: Mapping[str, str] | None = None,
            keep: Iterable[str] = ()) -> Published:
    """Write ``files`` (relative path to content) into ``folder`` together with a manifest of hashes.

    Parameters
    ----------
    files
        Content by path relative to ``folder``, with forward slashes.
    folder
        Made when missing. Files in it that no earlier build wrote are never touched.
    inputs
        sha256 of each input by its name, recorded in the manifest.
    keep
        Paths of an earlier build that stay although they are not in ``files``.

    Raises
    ------
    OutputError
        If the folder cannot be written or the disk is full; what was there before is still whole.
    """
    before = previous_outputs(folder)
    manifest = _manifest(files, inputs=inputs or {}, kept={path: before[path] for path in keep if path in before})
    everything = {**files, MANIFEST: manifest}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".staging-", dir=folder))
        try:
            changed = _stage(everything, folder=folder, staging=staging)
            for path in changed:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                (staging / path).replace(target)
            gone = sorted(set(before) - set(files) - set(keep))
            for path in gone:
                (folder / path).unlink(missing_ok=True)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
    except OSError as error:
        raise OutputError(str(folder), f"cannot be written ({error.strerror or error})",
                          mend="choose another folder with --output, or make room") from error
    return Published(tuple(changed), tuple(sorted(set(everything) - set(changed))), tuple(gone))


def write_file(path: Path, content: bytes) -> bool:
    """Write one file, whole or not at all; tell whether it changed. The same bytes are not written again.

    Raises
    ------
    OutputError
        If it cannot be written; what was there before is still whole.
    """
    if path.is_dir():
        raise OutputError(str(path), "is a folder", mend="name a file in it with --output")
    if _same(path, content):
        return False
    # The new bytes take the name only when they are all there: a full disk leaves the old file whole.
    staged = path.with_name(f".{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            staged.write_bytes(content)
            staged.replace(path)
        finally:
            staged.unlink(missing_ok=True)
    except OSError as error:
        raise OutputError(str(path), f"cannot be written ({error.strerror or error})",
                          mend="choose another place with --output, or make room") from error
    return True


def previous_outputs(folder: Path) -> dict[str, str]:
    """Return path and sha256 of what the previous build wrote, empty when there was none."""
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        outputs = json.loads(path.read_text("utf-8"))["outputs"]
        return {name: str(digest) for name, digest in outputs.items() if _inside(name)}
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise InputError(str(path), "is not a manifest of an earlier build",
                         mend="remove it, or choose another folder with --output") from error


def digest(content: bytes) -> str:
    """Return the sha256 of some bytes in hexadecimal."""
    return sha256(content).hexdigest()


def _inside(name: str) -> bool:
    """Tell whether a manifest's path stays inside its folder: nothing else may ever be removed."""
    path = Path(name)
    return not path.is_absolute() and ".." not in path.parts


def _stage(files: Mapping[str, bytes], *, folder: Path, staging: Path) -> list[str]:
    changed = [path for path, content in sorted(files.items()) if not _same(folder / path, content)]
    for path in changed:
        target = staging / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(files[path])
        # A page is for others to read too: a temporary folder is private to its maker, its files need not be.
        target.chmod(0o644)
    return changed


def _same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content


def _manifest(files: Mapping[str, bytes], *, inputs: Mapping[str, str], kept: Mapping[str, str]) -> bytes:
    outputs = {path: digest(content) for path, content in files.items()} | dict(kept)
    record = {"inputs": dict(sorted(inputs.items())), "outputs": dict(sorted(outputs.items()))}
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()
