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
from clearance_atlas.errors import ClearanceAtlasError, CorrectionError, InputError, OutputError
from clearance_atlas.observations.corrections import load_corrections
from clearance_atlas.output import write_file
from clearance_atlas.serving import Rebuilds, address, make_server

PATIENCE_MS = 200
Stamps = dict[Path, tuple[int, int, int, int] | None]


def watch_and_build(paths: Sequence[Path], *, options: pipeline.BuildOptions, speaker: Speaker,
                    port: int | None = None, stop: threading.Event | None = None) -> None:
    """Build, then build again whenever a bulletin, the corrections or the profile change, until ``stop`` or Ctrl-C.

    Without ``options.corrections`` those of the current folder are taken as soon as they are there. With a ``port`` the
    pages are served on 127.0.0.1 and reload themselves. A build that fails is one line; the pages of the last good
    build stay.

    Raises
    ------
    InputError
        If a path given is not there: nothing would ever be found at it. The default inbox may still be empty.
    """
    for path in paths:
        if not path.exists():
            raise InputError(str(path), "no such file or folder", mend="check the path")
    rebuilds = Rebuilds()
    server: ThreadingHTTPServer | None = None
    built: Stamps | None = None
    look = True
    try:
        # The first round comes without a change, when the folders are already watched: a bulletin dropped in while the
        # first build runs is not missed. After each build one more look is taken, whatever the system reports.
        for changes in watch(*watched(paths), watch_filter=_filter(paths), stop_event=stop, debounce=100, step=20,
                             rust_timeout=PATIENCE_MS, yield_on_timeout=True, raise_interrupt=False):
            single = stamps(_single_files(options))
            if not (changes or look or (built is not None and not single.items() <= built.items())):
                continue
            present = single | stamps(_bulletins(paths))
            look = present != built
            if look:
                _build_once(paths, options=pipeline.with_own_corrections(options), speaker=speaker,
                            on_pages=rebuilds.announce)
            if built is None and port is not None:
                server = make_server(options.output, start="atlas.html", port=port, rebuilds=rebuilds)
                threading.Thread(target=server.serve_forever, daemon=True).start()
                speaker.result(address(server))
            built = present
    finally:
        if server is not None:
            server.shutdown()
            server.server_close()


def watched(paths: Iterable[Path]) -> list[Path]:
    """Return the folders of the bulletins, which are watched."""
    return sorted({path if path.is_dir() else path.parent for path in pipeline.bulletin_paths(paths)})


def stamps(files: Iterable[Path]) -> Stamps:
    """Return what tells whether a file was written again; ``None`` for one that is not there."""
    found: Stamps = {}
    for path in files:
        try:
            entry = path.stat()
        except OSError:
            found[path] = None
        else:
            found[path] = (entry.st_mtime_ns, entry.st_ctime_ns, entry.st_size, entry.st_ino)
    return found


def _single_files(options: pipeline.BuildOptions) -> list[Path]:
    """Return the inputs that may lie in any folder and need not exist yet: corrections and profile."""
    own = [options.corrections or Path(pipeline.CORRECTIONS)]
    return [*own, Path(options.profile)] if options.profile.endswith(".toml") else own


def _bulletins(paths: Iterable[Path]) -> list[Path]:
    return [file for path in pipeline.bulletin_paths(paths)
            for file in (sorted(path.rglob("*")) if path.is_dir() else [path]) if is_input(None, str(file))]


def _filter(paths: Sequence[Path]) -> Callable[[object, str], bool]:
    """Return what tells the inputs of this build from other files beside them, its own output among them."""
    given = [path.resolve() for path in pipeline.bulletin_paths(paths)]

    def wanted(change: object, path: str) -> bool:
        place = Path(path).resolve()
        return is_input(change, path) and any(place == one or one in place.parents for one in given)

    return wanted


def is_input(_change: object, path: str) -> bool:
    """Tell whether a changed file is a bulletin; hidden and half-saved files are none."""
    return not Path(path).name.startswith((".", "~")) and Path(path).suffix.lower() in MEDIA_TYPES


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
