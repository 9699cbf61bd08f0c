"""Rebuilding while a person works: on every new or changed bulletin, and on every correction from the review page."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

from watchfiles import watch

from clearance_atlas import building, pipeline
from clearance_atlas.console import Speaker
from clearance_atlas.documents import MEDIA_TYPES
from clearance_atlas.errors import ClearanceAtlasError, CorrectionError, OutputError
from clearance_atlas.observations.corrections import load_corrections
from clearance_atlas.output import write_file
from clearance_atlas.serving import Rebuilds, address, make_server

PATIENCE_MS = 200


def watch_and_build(paths: Sequence[Path], *, options: pipeline.BuildOptions, speaker: Speaker,
                    port: int | None = None, stop: threading.Event | None = None) -> None:
    """Build, then build again whenever a bulletin or the corrections change, until ``stop`` or Ctrl-C.

    With a ``port`` the pages are served on 127.0.0.1 and reload themselves. A build that fails is one line; the pages
    of the last good build stay.
    """
    rebuilds = Rebuilds()
    server: ThreadingHTTPServer | None = None
    first = True
    try:
        # The first round comes without a change, when the folders are already watched: a bulletin dropped in while the
        # first build runs is not missed.
        for changes in watch(*watched(paths, corrections=options.corrections),
                             watch_filter=_filter(paths, corrections=options.corrections), stop_event=stop,
                             debounce=100, step=20, rust_timeout=PATIENCE_MS, yield_on_timeout=True,
                             raise_interrupt=False):
            if first or changes:
                _build_once(paths, options=options, speaker=speaker, on_pages=rebuilds.announce)
            if first and port is not None:
                server = make_server(options.output, start="atlas.html", port=port, rebuilds=rebuilds)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                speaker.result(address(server))
            first = False
    finally:
        if server is not None:
            server.shutdown()
            server.server_close()


def watched(paths: Iterable[Path], *, corrections: Path | None) -> list[Path]:
    """Return the folders to watch: those of the bulletins, and that of the corrections."""
    folders = {path if path.is_dir() else path.parent for path in pipeline.bulletin_paths(paths)}
    if corrections is not None:
        folders.add(corrections.parent)
    return sorted(folders)


def _filter(paths: Sequence[Path], *, corrections: Path | None) -> Callable[[object, str], bool]:
    """Return what tells the inputs of this build from other files beside them, its own output among them."""
    given = [path.resolve() for path in pipeline.bulletin_paths(paths)]
    own = corrections.resolve() if corrections is not None else None

    def wanted(change: object, path: str) -> bool:
        place = Path(path).resolve()
        inside = any(place == one or one in place.parents for one in given)
        return place == own or (inside and is_input(change, path))

    return wanted


def is_input(_change: object, path: str) -> bool:
    """Tell whether a changed file is a bulletin or the corrections; hidden and half-saved files are neither."""
    name = Path(path).name
    return not name.startswith((".", "~")) and (Path(path).suffix.lower() in MEDIA_TYPES or name.endswith(".toml"))


def serve_review(paths: Sequence[Path], *, options: pipeline.BuildOptions, corrections: Path, port: int,
                 say: Callable[[str], None]) -> None:
    """Serve the review page until Ctrl-C; what is corrected there is appended to ``corrections``.

    Raises
    ------
    OutputError
        If the port is taken or the page cannot be written.
    """
    rebuilds = Rebuilds()

    def rebuild() -> None:
        present = replace(options, corrections=corrections if corrections.is_file() else None)
        building.write_review(paths, options=present, served=True, corrections_name=corrections.name)

    def save(body: Mapping[str, Any]) -> Mapping[str, str]:
        before = corrections.read_bytes() if corrections.is_file() else None
        append_corrections(str(body.get("toml", "")), file=corrections)
        try:
            rebuild()
        except ClearanceAtlasError:
            # Well-formed, but it fits no statement: a file that stops every build must not stay behind.
            _restore(before, file=corrections)
            raise
        rebuilds.announce()
        return {"saved": f"Saved to {corrections}."}

    rebuild()
    server = make_server(options.output, start=building.REVIEW_PAGE, port=port, rebuilds=rebuilds,
                         posts={"/corrections": save})
    say(f"{address(server)} (Ctrl-C stops)")
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        say("stopped")
    finally:
        server.server_close()


def append_corrections(blocks: str, *, file: Path) -> None:
    """Append correction blocks to a file, after checking that the whole would still be read.

    Raises
    ------
    CorrectionError
        If the blocks are no corrections; the file stays as it was.
    OutputError
        If the file cannot be written.
    """
    if not blocks.strip():
        raise CorrectionError(str(file), "nothing to add", mend="accept or correct a statement first")
    before = file.read_text("utf-8") if file.is_file() else ""
    after = f"{before.rstrip()}\n\n{blocks.strip()}\n".lstrip()
    draft = file.with_name(f".{file.name}.draft")
    try:
        draft.write_text(after, "utf-8")
        load_corrections(draft)
        draft.replace(file)
    except OSError as error:
        raise OutputError(str(file), f"cannot be written ({error.strerror or error})",
                          mend="check who may write it") from error
    finally:
        draft.unlink(missing_ok=True)


def _restore(content: bytes | None, *, file: Path) -> None:
    if content is None:
        file.unlink(missing_ok=True)
    else:
        write_file(file, content)


def _build_once(paths: Sequence[Path], *, options: pipeline.BuildOptions, speaker: Speaker,
                on_pages: Callable[[], None] | None = None) -> None:
    """Build and say what changed."""
    try:
        report = building.build_atlas(paths, options=options, on_pages=on_pages)
    except ClearanceAtlasError as error:
        speaker.err.print(" ".join(str(error).split()), markup=False, emoji=False)
        return
    speaker.problems(report.problems)
    speaker.result(report.summary)
