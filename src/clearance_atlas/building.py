"""From an atlas's content to its files: pages, data, review, figures, exports and reports."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clearance_atlas import pipeline
from clearance_atlas.beside import beside
from clearance_atlas.console import counted
from clearance_atlas.errors import InputError, UnknownNameError
from clearance_atlas.model import Basis, Observation, Problem, Statement
from clearance_atlas.observations.changes import Changes, change_lines, compare
from clearance_atlas.observations.corrections import correction_locator
from clearance_atlas.observations.derivation import differences
from clearance_atlas.observations.periods import is_dated
from clearance_atlas.observations.records import conflict_lines, observation_lines, read_observations
from clearance_atlas.output import MANIFEST, Published, digest, previous_outputs, publish, write_file
from clearance_atlas.pipeline import BuildOptions, Reconciled
from clearance_atlas.statements.records import to_json

if TYPE_CHECKING:
    from rich.progress import Progress

    from clearance_atlas.rendering.content import AtlasContent
    from clearance_atlas.rendering.review import ReviewContent

ATLAS_PAGE = "atlas.html"
ESTIMATE_PAGE = "atlas-ESTIMATE.html"
REVIEW_PAGE = "review.html"
OBSERVATIONS_FILE = "data/observations.jsonl"
CHANGES_FILE = "data/changes.json"
NO_CHANGES = Changes((), (), (), (), ())


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did: the page to open, the files written, what changed since the last build, the problems."""

    atlas: Path
    published: Published
    summary: str
    changes: tuple[str, ...]
    problems: tuple[Problem, ...]


def build_atlas(paths: Iterable[str | Path] = (), *, options: BuildOptions | None = None,
                progress: Progress | None = None, on_pages: Callable[[], None] | None = None) -> BuildReport:
    """Build every page and data file from bulletins and write them, whole or not at all.

    Parameters
    ----------
    paths
        Bulletins: files or folders; with none, those of :func:`clearance_atlas.pipeline.bulletin_paths`.
    options
        What is asked for and where it goes.
    progress
        Bar of a terminal to advance, stage by stage.
    on_pages
        Called when new pages are in place. With it the pages are published before the data files are made: for a
        person who waits before an open page. Each file is whole at every moment.

    Raises
    ------
    InputError
        If nothing could be read, or a correction or the boundary file does not hold; earlier output is untouched.
    OutputError
        If the folder cannot be written.
    """
    options = options or BuildOptions()
    step = _steps(progress, total=4)
    step("reading bulletins")
    paths = tuple(paths)
    cold = "geopandas" not in sys.modules  # at a first start libraries and bulletins are read side by side
    reading = beside(lambda: usable(paths, options=options)) if cold else lambda: usable(paths, options=options)
    if cold:
        _make_ready()
    result = reading()
    step("joining districts")
    content, geometry_problems = pipeline.atlas_content(result, options=options)
    problems = (*result.problems, *geometry_problems)
    step("drawing pages")

    def data() -> dict[str, bytes]:
        return _data_files(content, result=result, problems=problems)

    made = beside(data) if cold and on_pages is None else data
    files = _pages(content, options=options)
    if on_pages is not None and _publish_pages(files, result=result, options=options):
        on_pages()
    files |= {REVIEW_PAGE: _encoded(_review_page(result, problems=problems))} | made()
    step("writing")
    return _publish(files, result=result, options=options, problems=problems)


def _make_ready() -> None:
    """Import what pages and data files are made with, and make ready what needs no bulletin."""
    import pyogrio  # noqa: F401, PLC0415 - geopandas writes with it, and loads it late

    from clearance_atlas import districts  # noqa: F401, PLC0415 - geometry is loaded where it is needed
    from clearance_atlas.exports import formats  # noqa: F401, PLC0415 - the same
    from clearance_atlas.rendering import review  # noqa: F401, PLC0415 - jinja2
    from clearance_atlas.rendering.atlas import prepare_pages  # noqa: PLC0415 - folium

    prepare_pages()


def usable(paths: Iterable[str | Path], *, options: BuildOptions) -> Reconciled:
    """Read and reconcile, or say in one line that there was nothing to read.

    Raises
    ------
    InputError
        If not one document could be read.
    """
    result = pipeline.read_and_reconcile(paths, profile=options.profile, corrections=options.corrections)
    if not result.documents:
        raise nothing_read(result.problems, paths=paths)
    return result


def nothing_read(problems: Sequence[Problem], *, paths: Iterable[str | Path]) -> InputError:
    """Return the error for a call that found no bulletin at all: the first problem, or that there was nothing."""
    if problems:
        return InputError(problems[0].where, problems[0].what, mend=problems[0].mend)
    where = ", ".join(str(path) for path in pipeline.bulletin_paths(paths))
    return InputError(where, "no bulletins found", mend="put .txt, .html, .pdf, .docx, .csv or .jsonl files there")


def write_review(paths: Iterable[str | Path] = (), *, options: BuildOptions, served: bool = False,
                 corrections_name: str = "corrections.toml") -> tuple[Path, tuple[Problem, ...]]:
    """Write the review page alone; return its path and all problems."""
    result = usable(paths, options=options)
    page = _review_page(result, problems=result.problems, served=served, corrections_name=corrections_name)
    path = options.output / REVIEW_PAGE
    write_file(path, _encoded(page))
    return path, result.problems


def write_figures(paths: Iterable[str | Path] = (), *, period: str, measure: str, image_format: str,
                  paper: str | None = None, target: Path | None = None, options: BuildOptions,
                  progress: Progress | None = None, report: Callable[[Problem], None] | None = None) -> list[Path]:
    """Draw the map of one period, or of ``all``, as pictures or print sheets; return the paths written.

    ``report`` takes each problem with the boundaries (a polygon repaired, a district without one), and of those with
    the bulletins what needs a person.

    Raises
    ------
    UnknownNameError
        If there is no such period or measure; the nearest is named.
    """
    from clearance_atlas.rendering.figures import figure_maker, figure_name, render_figure  # noqa: PLC0415 - matplotlib
    from clearance_atlas.rendering.sheets import render_sheet  # noqa: PLC0415 - the same

    content = _content(paths, options=options, report=report)
    if options.estimate is not None:
        content = pipeline.with_estimates(content, method=options.estimate)
    estimates = options.estimate is not None
    maker = figure_maker(content, estimates=estimates)
    names = _all_drawable(content, measure=measure) if period == "all" else [period]
    step = _steps(progress, total=len(names))
    written = []
    for name in names:
        step(name)
        if paper is None:
            picture = render_figure(maker, name, measure=measure, image_format=image_format)
        else:
            picture = render_sheet(maker, name, measure=measure, paper=paper, image_format=image_format)
        file = figure_name(name, measure=measure, image_format=image_format, estimates=estimates)
        path = target if target is not None and period != "all" and not target.is_dir() else (target or Path()) / file
        write_file(path, picture)
        written.append(path)
    return written


def export_files(paths: Iterable[str | Path] = (), *, export_format: str, basis: Sequence[str] | None = None,
                 options: BuildOptions) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """Return the files of an export by name, and the problems that :func:`write_figures` reports too.

    Without a ``basis`` the export holds published figures, and estimated ones where ``options`` name a method. A file
    with estimates says so by its name.

    Raises
    ------
    UnknownNameError
        If there is no such format or basis.
    InputError
        If estimated figures are asked for without saying how to estimate, or a method without estimated figures.
    """
    from clearance_atlas.exports.formats import export_files as files_of  # noqa: PLC0415 - frames

    if basis is None:
        basis = [Basis.PUBLISHED.value, *([Basis.ESTIMATED.value] if options.estimate is not None else [])]
    unknown = sorted(set(basis) - {one.value for one in Basis})
    if unknown:
        raise UnknownNameError(unknown[0], "no such basis", mend=f"known: {', '.join(Basis)}")
    if Basis.ESTIMATED.value in basis and options.estimate is None:
        raise InputError("--basis", "estimated figures need a method", mend="give --estimate areal or anchored")
    if Basis.ESTIMATED.value not in basis and options.estimate is not None:
        raise InputError("--estimate", f"the basis {','.join(basis)} holds no estimated figures",
                         mend="leave out --basis, or add estimated to it")
    result = usable(paths, options=options)
    content, problems = pipeline.atlas_content(result, options=options)
    if options.estimate is not None:
        content = pipeline.with_estimates(content, method=options.estimate)
    if Basis.DERIVED.value in basis:
        content = replace(content, observations=(*content.observations, *differences(content.observations)))
    files = files_of(content, export_format=export_format, basis=basis)
    if Basis.ESTIMATED.value in basis and len(files) == 1:
        files = {estimate_name(name): made for name, made in files.items()}
    return files, (*for_a_person(result.problems), *problems)


def estimate_name(name: str) -> str:
    """Return the name of a file with estimates in it: nobody shall take it for published figures.

    >>> estimate_name("observations.hxl.csv")
    'observations-ESTIMATE.hxl.csv'
    """
    stem, dot, ending = name.partition(".")
    return f"{stem}-ESTIMATE{dot}{ending}"


def write_report(paths: Iterable[str | Path] = (), *, period: str, report_format: str, target: Path,
                 options: BuildOptions, report: Callable[[Problem], None] | None = None) -> Path:
    """Write the situation report of one period; ``report`` as for :func:`write_figures`.

    Raises
    ------
    UnknownNameError
        If there is no such period; the nearest is named.
    """
    from clearance_atlas.exports.report import situation_report  # noqa: PLC0415 - python-docx, matplotlib

    content = _content(paths, options=options, report=report)
    write_file(target, situation_report(content, period, report_format=report_format))
    return target


def for_a_person(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems that need a person: all that a command says which shows one thing of many."""
    return tuple(problem for problem in problems if problem.needs_person)


def _content(paths: Iterable[str | Path], *, options: BuildOptions,
             report: Callable[[Problem], None] | None) -> AtlasContent:
    """Return what one picture or report is drawn from, and report what was met on the way."""
    result = usable(paths, options=options)
    content, problems = pipeline.atlas_content(result, options=options)
    if report is not None:
        for problem in (*for_a_person(result.problems), *problems):
            report(problem)
    return content


def statement_lines(statements: Iterable[Statement]) -> str:
    """Return one JSON object a line: the statement record."""
    return "".join(json.dumps(to_json(one), ensure_ascii=False) + "\n" for one in statements)


def _pages(content: AtlasContent, *, options: BuildOptions) -> dict[str, bytes]:
    from clearance_atlas.rendering.atlas import render_atlas  # noqa: PLC0415 - folium

    # Pictures first: a page that offers them must know which there are.
    pictures = _figures(content) if options.figures else {}
    pages = render_atlas(replace(content, pictures=pictures))
    files = {name: _encoded(page) for name, page in pages.items()} | pictures
    if options.estimate is not None:
        # The atlas of published figures stays what it is; estimates stand in a file that says so by its name.
        estimated = pipeline.with_estimates(content, method=options.estimate)
        files[ESTIMATE_PAGE] = _encoded(render_atlas(estimated)[ATLAS_PAGE])
        files |= _figures(estimated, estimates=True) if options.figures else {}
    return files


def _figures(content: AtlasContent, *, estimates: bool = False) -> dict[str, bytes]:
    """Return every map as a picture; with ``estimates`` those maps alone that have some."""
    from clearance_atlas.rendering.figures import figure_maker, render_figures  # noqa: PLC0415 - matplotlib

    maker = figure_maker(content, estimates=estimates)
    shown = [one for one in content.observations if one.place_codes and (one.basis is Basis.ESTIMATED or not estimates)]
    measures = sorted({one.measure.value for one in shown})
    return {
        f"figures/{name}": picture
        for measure in measures for image_format in ("svg", "png")
        for name, picture in render_figures(maker, _drawable(shown, measure=measure), measure=measure,
                                            image_format=image_format)
    }


def _all_drawable(content: AtlasContent, *, measure: str) -> list[str]:
    """Return the periods that ``all`` stands for; a measure mistyped or never published is said."""
    from clearance_atlas.rendering.mapview import period_ids  # noqa: PLC0415 - geometry

    period_ids(content, measure=measure)
    names = _drawable(content.observations, measure=measure)
    if not names:
        raise UnknownNameError(measure, "no district figure of this measure", mend="choose another with --measure")
    return names


def _drawable(observations: Iterable[Observation], *, measure: str) -> list[str]:
    """Return the periods in which a measure has a figure for districts, oldest first."""
    periods = {one.period_id: one.period.end or "" for one in observations
               if one.measure == measure and one.place_codes}
    return sorted(periods, key=lambda name: (periods[name], name))


def _data_files(content: AtlasContent, *, result: Reconciled, problems: Sequence[Problem]) -> dict[str, bytes]:
    from clearance_atlas.exports.formats import export_files as files_of  # noqa: PLC0415 - frames

    files = dict(files_of(content, export_format="datapackage"))
    if content.cutoff is not None:
        files |= files_of(content, export_format="gpkg")
    files |= {
        "statements.jsonl": _encoded(statement_lines(result.statements)),
        "observations.jsonl": _encoded(observation_lines(result.observations)),
        "conflicts.jsonl": _encoded(conflict_lines(result.conflicts)),
        "problems.csv": _problem_table(problems),
    }
    return {f"data/{name}": content for name, content in files.items()}


def _problem_table(problems: Sequence[Problem]) -> bytes:
    from clearance_atlas.exports.tables import rows_to_csv  # noqa: PLC0415 - frames

    rows = [(one.where, one.what, one.mend, "yes" if one.needs_person else "no") for one in problems]
    return rows_to_csv([("where", "what", "mend", "needs_person")], rows)


def _review_page(result: Reconciled, *, problems: Sequence[Problem], served: bool = False,
                 corrections_name: str = "corrections.toml") -> str:
    from clearance_atlas.rendering.review import render_review  # noqa: PLC0415 - jinja2

    return render_review(review_content(result, problems=problems, corrections_name=corrections_name), served=served)


def review_content(result: Reconciled, *, problems: Sequence[Problem] = (),
                   corrections_name: str = "corrections.toml") -> ReviewContent:
    """Return what the review page shows, with the locator of a correction for every statement."""
    from clearance_atlas.rendering.review import ReviewContent  # noqa: PLC0415 - jinja2

    return ReviewContent(
        documents=result.documents, statements=result.statements, unread=result.unread,
        observations=result.observations, conflicts=result.conflicts, problems=problems,
        stubs={one.statement_id: correction_locator(one) for one in result.statements},
        corrections_name=corrections_name,
    )


def _publish_pages(files: Mapping[str, bytes], *, result: Reconciled, options: BuildOptions) -> bool:
    """Put the pages in place beside the rest of the build before; tell whether one of them is new."""
    rest = set(previous_outputs(options.output)) - set(files)
    published = publish(files, folder=options.output, inputs=_inputs(result, options=options), keep=rest)
    return bool(set(published.written) - {MANIFEST})


def _publish(files: Mapping[str, bytes], *, result: Reconciled, options: BuildOptions,
             problems: tuple[Problem, ...]) -> BuildReport:
    changes = _changes(result, folder=options.output)
    said = () if changes is None else change_lines(changes)
    if changes is None or changes == NO_CHANGES:
        keep = [CHANGES_FILE]
    else:
        keep = []
        files = {**files, CHANGES_FILE: _encoded(json.dumps({"changes": said}, ensure_ascii=False, indent=1) + "\n")}
    published = publish(files, folder=options.output, inputs=_inputs(result, options=options), keep=keep)
    return BuildReport(atlas=options.output / ATLAS_PAGE, published=published,
                       summary=_summary(result, changes=changes), changes=said, problems=problems)


def _changes(result: Reconciled, *, folder: Path) -> Changes | None:
    """Return the difference to the previous build, ``None`` when there was none."""
    before = folder / OBSERVATIONS_FILE
    if not before.is_file():
        return None
    return compare(read_observations(before.read_text("utf-8"), where=str(before)), result.observations)


def _summary(result: Reconciled, *, changes: Changes | None) -> str:
    """Return the one line that a person who dropped in a bulletin wants to read."""
    periods = {one.period_id for one in result.observations if is_dated(one.period)}
    fresh = len(periods) if changes is None else len(changes.new_periods)
    names = {name for one in result.statements for name in one.places_as_published}
    unmatched = sum("unmatched_place" in one.flags for one in result.statements)
    open_conflicts = sum(one.chosen is None for one in result.conflicts)
    parts = [counted(fresh, "new period"), f"{counted(len(names), 'spelling')} of district names matched",
             counted(len(result.conflicts), "conflict") + (f" ({open_conflicts} open)" if open_conflicts else "")]
    if unmatched:
        parts.append(f"{counted(unmatched, 'figure')} with an unknown place")
    return ", ".join(parts)


def _inputs(result: Reconciled, *, options: BuildOptions) -> dict[str, str]:
    """Return the sha256 of everything the build depends on, by a name that is no path of this machine."""
    hashes = {f"bulletins/{one.document_id}": one.sha256 for one in result.documents}
    profile = result.profile
    files = [profile.gazetteer, profile.corrections, profile.context, *(one.path for one in profile.boundaries),
             options.corrections, options.boundaries]
    hashes |= {path.name: digest(path.read_bytes()) for path in files if path is not None and path.is_file()}
    return hashes


def _steps(progress: Progress | None, *, total: int) -> Callable[[str], None]:
    if progress is None:
        return lambda _: None
    task = progress.add_task("", total=total)

    def step(name: str) -> None:
        progress.update(task, description=name, advance=1)

    return step


def _encoded(text: str) -> bytes:
    # A lone surrogate in a source cannot be written as UTF-8: it is shown as a question mark.
    return text.encode("utf-8", "replace")
