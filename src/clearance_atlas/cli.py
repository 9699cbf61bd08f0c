"""The command line: one subcommand a stage.

Exit status 0 done; 1 done, with problems that need a person (each one line on stderr); 2 unusable arguments or input.
"""

from __future__ import annotations

import gc
import os
import sys
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from clearance_atlas import __version__, building, listing, pipeline
from clearance_atlas.config import DEFAULT_PROFILE, PROFILE_FILE
from clearance_atlas.console import Speaker, counted, table_lines
from clearance_atlas.errors import ClearanceAtlasError, InputError
from clearance_atlas.model import Problem
from clearance_atlas.observations.comparison import compare_years
from clearance_atlas.output import write_file

LONGEST_LIST = 20
DONE, NEEDS_PERSON, UNUSABLE = 0, 1, 2
COLLECT_AFTER = 2_000_000
"""Objects made between two collections of cycles, in place of Python's 700; a build leaves next to none behind."""

app = typer.Typer(
    name="clearance-atlas",
    help="Maps that people can trust from press bulletins on mine clearance.",
    epilog="Example: clearance-atlas build bulletins/ --output atlas/",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain lines, on a terminal and in a pipe
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Language(StrEnum):
    """Languages of pages, figures and reports."""

    EN = "en"
    AZ = "az"
    RU = "ru"


class TableFormat(StrEnum):
    """How records are printed."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"


class FigureFormat(StrEnum):
    """Formats of a figure."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


class Paper(StrEnum):
    """Sheets of paper."""

    A4 = "a4"
    A4_LANDSCAPE = "a4-landscape"


class ReportFormat(StrEnum):
    """Formats of a situation report."""

    DOCX = "docx"
    HTML = "html"
    MARKDOWN = "md"


class ExportFormat(StrEnum):
    """Formats of the exports."""

    CSV = "csv"
    PARQUET = "parquet"
    HXL = "hxl"
    GPKG = "gpkg"
    GEOJSON = "geojson"
    DATAPACKAGE = "datapackage"


BINARY = {ExportFormat.PARQUET, ExportFormat.GPKG}

Paths = Annotated[list[Path] | None, typer.Argument(
    metavar="[PATHS]...", show_default=False,
    help="Files or folders of .txt .md .html .pdf .docx .eml .csv .jsonl; with none, the bulletins/ of this folder, "
         "or else those shipped with the package.")]
Output = Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to write to.")]
def _profile(given: str) -> str:
    """Return the profile asked for; without one, that of the current folder if it has one."""
    return PROFILE_FILE if given == DEFAULT_PROFILE and Path(PROFILE_FILE).is_file() else given


ProfileName = Annotated[str, typer.Option(
    "--profile", callback=_profile,
    help="Country profile: a shipped name or a TOML file; profile.toml of this folder is taken when present.")]
Corrections = Annotated[Path | None, typer.Option(
    "--corrections", metavar="FILE", show_default=False,
    help="Your own corrections, laid over the shipped ones; corrections.toml of this folder is taken when present.")]
Boundaries = Annotated[Path | None, typer.Option(
    "--boundaries", metavar="FILE", show_default=False,
    help="Your own district polygons: GeoPackage, Shapefile, GeoJSON or GeoParquet, any CRS.")]
CodeColumn = Annotated[str | None, typer.Option(
    "--code-column", metavar="COL", show_default=False, help="Column of FILE that holds district codes or names.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Print only results and problems.")]
MeasureName = Annotated[str, typer.Option("--measure", "-m", help="What is counted.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port; 0 takes any free one.")]
LanguageOption = Annotated[Language, typer.Option("--language", help="Language of the pages.")]
Estimate = Annotated[str | None, typer.Option(
    "--estimate", metavar="METHOD", show_default=False,
    help="Split joint totals by METHOD (areal, anchored); marked as ESTIMATE everywhere, never in default exports.")]


def _version(wanted: bool) -> None:  # noqa: FBT001 - the shape of an option's callback
    if wanted:
        typer.echo(f"clearance-atlas {__version__}")
        raise typer.Exit


@app.callback()
def _common(
    *, version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True,
                                             help="Print the version and leave.")] = False,
) -> None:
    """Clearance Atlas."""


@app.command(epilog="Example: clearance-atlas build bulletins/ --language az --output atlas/")
def build(  # noqa: PLR0913 - one parameter an option
    paths: Paths = None, *, output: Output = Path("output"), profile: ProfileName = DEFAULT_PROFILE,
    boundaries: Boundaries = None, code_column: CodeColumn = None, language: LanguageOption = Language.EN,
    estimate: Estimate = None, corrections: Corrections = None,
    figures: Annotated[bool, typer.Option("--figures", help="Draw every figure as SVG and PNG too.")] = False,
    basemap: Annotated[bool, typer.Option("--basemap", help="Street tiles behind the map; needs a network.")] = False,
    leaflet_dir: Annotated[Path | None, typer.Option("--leaflet-dir", metavar="DIR", show_default=False,
                                                     help="Folder of another leaflet.js and leaflet.css.")] = None,
    created: Annotated[datetime | None, typer.Option("--created", metavar="DATE", formats=["%Y-%m-%d"],
                                                     show_default=False,
                                                     help="Day to state on every map as that of its making.")] = None,
    quiet: Quiet = False,
) -> None:
    """Build the atlas: every page, the data files and the review page."""
    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(
        output=output, profile=profile, boundaries=boundaries, code_column=code_column, language=language.value,
        estimate=estimate, corrections=_corrections(corrections), figures=figures, basemap=basemap,
        leaflet_dir=leaflet_dir, created=created.date() if created else None)
    with speaker.progress() as progress:
        report = building.build_atlas(paths or (), options=options, progress=progress)
    needed = speaker.problems(report.problems)
    for line in report.changes[:LONGEST_LIST]:
        speaker.say(line)
    if len(report.changes) > LONGEST_LIST:
        speaker.say(f"... and {len(report.changes) - LONGEST_LIST} more changes in {output / building.CHANGES_FILE}")
    speaker.say(report.summary)
    speaker.result(str(report.atlas))
    raise typer.Exit(NEEDS_PERSON if needed else DONE)


@app.command(epilog="Example: clearance-atlas extract monday.html --format jsonl > statements.jsonl")
def extract(paths: Paths = None, *, profile: ProfileName = DEFAULT_PROFILE,
            format: Annotated[TableFormat, typer.Option(  # noqa: A002 - the option's name
                "--format", "-f", help="How they are printed.")] = TableFormat.TABLE,
            quiet: Quiet = False) -> None:
    """Print every statement of the bulletins with its evidence."""
    speaker = Speaker(quiet=quiet)
    reading = pipeline.read_documents(paths or ())
    extraction = pipeline.extract(reading.documents, profile=profile)
    if format is TableFormat.JSONL:
        sys.stdout.write(building.statement_lines(extraction.statements))
    elif format is TableFormat.CSV:
        from clearance_atlas.exports import statement_frame, to_csv  # noqa: PLC0415 - pandas, for this format only

        sys.stdout.buffer.write(to_csv(statement_frame(extraction.statements, reading.documents)))
    else:
        _print_table(speaker, listing.statement_rows(extraction.statements), header=listing.STATEMENT_HEADER)
    problems = pipeline.all_problems(reading, extraction)
    needed = speaker.problems(problems)
    speaker.say(f"{counted(len(extraction.statements), 'statement')} in "
                f"{counted(len(reading.documents), 'document')}, {counted(len(extraction.unread), 'sentence')} unread")
    raise typer.Exit(_status(needed=needed, usable=bool(reading.documents)))


@app.command(epilog="Example: clearance-atlas reconcile --year 2025")
def reconcile(paths: Paths = None, *,
              year: Annotated[int | None, typer.Option(
                  "--year", show_default=False,
                  help="Compare the bulletins of a year with its published total.")] = None,
              profile: ProfileName = DEFAULT_PROFILE, corrections: Corrections = None,
              quiet: Quiet = False) -> None:
    """Print observations and conflicts, or a year's sums against its published total."""
    speaker = Speaker(quiet=quiet)
    result = pipeline.read_and_reconcile(paths or (), profile=profile, corrections=_corrections(corrections))
    if year is None:
        _print_table(speaker, listing.observation_rows(result.observations), header=listing.OBSERVATION_HEADER)
        lines = listing.conflict_lines(result.conflicts)
    else:
        lines = listing.year_lines(result.observations, year=year, profile=result.profile)
    for line in lines:
        speaker.result(line)
    needed = speaker.problems(result.problems)
    speaker.say(f"{counted(len(result.observations), 'observation')} from "
                f"{counted(len(result.statements), 'statement')}, {counted(len(result.conflicts), 'conflict')}")
    raise typer.Exit(_status(needed=needed, usable=bool(result.documents)))


@app.command(epilog="Example: clearance-atlas compare 2023 2025")
def compare(first: Annotated[int, typer.Argument(help="The earlier year.")],
            second: Annotated[int, typer.Argument(help="The later year.")], paths: Paths = None, *,
            measure: MeasureName = "area_cleared",
            profile: ProfileName = DEFAULT_PROFILE, corrections: Corrections = None, quiet: Quiet = False) -> None:
    """Set one year beside another by district; where a border changed, the unit that kept its outer border."""
    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(profile=profile, corrections=_corrections(corrections))
    result = building.usable(paths or (), options=options)
    pairs = compare_years(result.observations, first=first, second=second, measure=measure, profile=result.profile,
                          gazetteer=result.gazetteer)
    if not pairs:
        speaker.say(f"no district figure is published for {first} or {second}")
    _print_table(speaker, listing.comparison_rows(pairs), header=listing.comparison_header(first, second))
    raise typer.Exit(NEEDS_PERSON if speaker.problems(building.for_a_person(result.problems)) else DONE)


@app.command(epilog="Example: clearance-atlas review --serve")
def review(paths: Paths = None, *, output: Output = Path("output"), profile: ProfileName = DEFAULT_PROFILE,
           corrections: Corrections = None,
           serve: Annotated[bool, typer.Option(
               "--serve", help="Serve the page on 127.0.0.1 and save corrections.")] = False,
           port: Port = 8000, quiet: Quiet = False) -> None:
    """Write the review page: statements in their text, conflicts and unread sentences, ordered by doubt."""
    speaker = Speaker(quiet=quiet)
    chosen = _corrections(corrections)
    options = pipeline.BuildOptions(output=output, profile=profile, corrections=chosen)
    if serve:
        from clearance_atlas.watching import serve_review  # noqa: PLC0415 - needed for a server only

        serve_review(paths or (), options=options, corrections=chosen or Path("corrections.toml"), port=port,
                     say=speaker.result)
        return
    page, problems = building.write_review(paths or (), options=options)
    needed = speaker.problems(problems)
    speaker.result(str(page))
    raise typer.Exit(NEEDS_PERSON if needed else DONE)


@app.command(epilog="Example: clearance-atlas figure month-2024-07 --measure uxo --format png --output july.png")
def figure(  # noqa: PLR0913 - one parameter an option
    period: Annotated[str, typer.Argument(help="A reporting period such as week-2024-07-01, or 'all'.")],
    paths: Paths = None, *, measure: MeasureName = "area_cleared",
    format: Annotated[FigureFormat, typer.Option("--format", "-f", help="Kind of file.")] = FigureFormat.PNG,  # noqa: A002 - option's name
    paper: Annotated[Paper | None, typer.Option("--paper", show_default=False, help="A whole sheet for print.")] = None,
    language: LanguageOption = Language.EN, profile: ProfileName = DEFAULT_PROFILE, corrections: Corrections = None,
    boundaries: Boundaries = None, code_column: CodeColumn = None, estimate: Estimate = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False,
                                                help="File to write, or a folder when PERIOD is 'all'.")] = None,
    quiet: Quiet = False,
) -> None:
    """Draw one period's map as a picture for a report, or a sheet for print."""
    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(profile=profile, boundaries=boundaries,
                                    code_column=code_column, language=language.value,
                                    corrections=_corrections(corrections), estimate=estimate)
    _agree(output, format=format.value)
    problems: list[Problem] = []
    with speaker.progress() as progress:
        written = building.write_figures(paths or (), period=period, measure=measure, image_format=format.value,
                                         paper=paper.value if paper else None, target=output, options=options,
                                         progress=progress, report=problems.append)
    needed = speaker.problems(problems)
    for path in written:
        speaker.result(str(path))
    raise typer.Exit(NEEDS_PERSON if needed else DONE)


@app.command(epilog="Example: clearance-atlas export --format gpkg --output clearance.gpkg")
def export(
    paths: Paths = None, *,
    format: Annotated[ExportFormat, typer.Option("--format", "-f", help="Kind of file.")] = ExportFormat.CSV,  # noqa: A002 - option's name
    output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False,
                                                help="File to write; without it text goes to stdout.")] = None,
    basis: Annotated[str | None, typer.Option(
        "--basis", show_default=False,
        help="Which figures: published, derived, estimated, separated by commas. Published alone unless asked; "
             "--estimate adds estimated.")] = None,
    profile: ProfileName = DEFAULT_PROFILE, corrections: Corrections = None, boundaries: Boundaries = None,
    code_column: CodeColumn = None, estimate: Estimate = None, quiet: Quiet = False,
) -> None:
    """Write the observations for other tools: spreadsheet, QGIS, HDX, archive."""
    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(profile=profile, boundaries=boundaries, code_column=code_column,
                                    corrections=_corrections(corrections), estimate=estimate)
    bases = None if basis is None else tuple(name.strip() for name in basis.split(","))
    files, problems = building.export_files(paths or (), export_format=format.value, basis=bases, options=options)
    if output is None and len(files) == 1 and not sys.stdout.isatty() and format not in BINARY:
        sys.stdout.buffer.write(*files.values())
    else:
        for path in _write_export(files, output=output):
            speaker.result(str(path))
    raise typer.Exit(NEEDS_PERSON if speaker.problems(problems) else DONE)


@app.command(epilog="Example: clearance-atlas report week-2024-07-01 --format docx --output week.docx")
def report(period: Annotated[str, typer.Argument(help="A reporting period such as week-2024-07-01.")],
           paths: Paths = None, *,
           format: Annotated[ReportFormat, typer.Option(  # noqa: A002 - the option's name
               "--format", "-f", help="Kind of file.")] = ReportFormat.DOCX,
           output: Annotated[Path | None, typer.Option("--output", "-o", show_default=False,
                                                       help="File to write.")] = None,
           language: LanguageOption = Language.EN, profile: ProfileName = DEFAULT_PROFILE,
           corrections: Corrections = None, quiet: Quiet = False) -> None:
    """Write a two-page situation report: map, table, trend, sources as footnotes."""
    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(profile=profile, language=language.value, corrections=_corrections(corrections))
    _agree(output, format=format.value)
    problems: list[Problem] = []
    path = building.write_report(paths or (), period=period, report_format=format.value,
                                 target=output or Path(f"{period}.{format.value}"), options=options,
                                 report=problems.append)
    needed = speaker.problems(problems)
    speaker.result(str(path))
    raise typer.Exit(NEEDS_PERSON if needed else DONE)


@app.command(epilog="Example: clearance-atlas watch --serve")
def watch(paths: Paths = None, *, output: Output = Path("output"), profile: ProfileName = DEFAULT_PROFILE,
          language: LanguageOption = Language.EN, corrections: Corrections = None,
          serve: Annotated[bool, typer.Option("--serve", help="Serve the pages on 127.0.0.1; they reload.")] = False,
          port: Port = 8000, quiet: Quiet = False) -> None:
    """Rebuild whenever a bulletin is new or changed, until Ctrl-C."""
    from clearance_atlas.watching import watch_and_build  # noqa: PLC0415 - needed for watching only

    speaker = Speaker(quiet=quiet)
    options = pipeline.BuildOptions(output=output, profile=profile, language=language.value, corrections=corrections)
    watch_and_build(paths or (), options=options, port=port if serve else None, speaker=speaker)


@app.command(epilog="Example: clearance-atlas init monday")
def init(folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make; it must be new or empty.")], *,
         profile: ProfileName = DEFAULT_PROFILE, quiet: Quiet = False) -> None:
    """Make a working folder: bulletins, corrections, profile and a README."""
    speaker = Speaker(quiet=quiet)
    from clearance_atlas.working_folder import make_working_folder  # noqa: PLC0415 - needed once

    for path in make_working_folder(folder, profile=profile):
        speaker.say(str(path))
    speaker.result(f"{folder}: put bulletins into {folder / 'bulletins'}, then run clearance-atlas build there")


def _write_export(files: dict[str, bytes], *, output: Path | None) -> list[Path]:
    """Write one file to ``output``, several into it as a folder; without it to their own names."""
    if len(files) == 1 and output is not None:
        named = dict.fromkeys([output], *files.values())
    else:
        named = {(output or Path()) / name: content for name, content in files.items()}
    for path, content in named.items():
        write_file(path, content)
    return list(named)


def _agree(output: Path | None, *, format: str) -> None:  # noqa: A002 - option's name
    """Refuse a file name that says another format than the one written: such a file would not open."""
    suffix = output.suffix.lower().removeprefix(".") if output is not None else ""
    known = {one.value for one in (*FigureFormat, *ReportFormat)} | {"jpg", "jpeg", "doc"}
    if suffix in known - {format}:
        raise InputError(str(output), f"the file would be {format}, not {suffix}",
                         mend=f"give --format {suffix}, or a name ending in .{format}")


def _corrections(given: Path | None) -> Path | None:
    """Return the person's own corrections file: the one named, or that of the current folder."""
    return pipeline.with_own_corrections(pipeline.BuildOptions(corrections=given)).corrections


def _status(*, needed: bool, usable: bool) -> int:
    return UNUSABLE if not usable else NEEDS_PERSON if needed else DONE


def _print_table(speaker: Speaker, rows: list[tuple[str, ...]], *, header: tuple[str, ...]) -> None:
    for line in table_lines(rows, header=header):
        speaker.result(line)


def main() -> None:
    """Run the command line; an error raised on purpose is one line and exit status 2."""
    # Records are made once and kept; the collector of cycles would walk over all of them again and again.
    gc.set_threshold(COLLECT_AFTER)
    try:
        app()
    except ClearanceAtlasError as error:
        Speaker().err.print(" ".join(str(error).split()), markup=False, emoji=False)
        raise SystemExit(UNUSABLE) from None
    except BrokenPipeError:
        # The reader of a pipe (head, less) left: nothing is wrong, but Python must not complain at exit.
        sys.stderr.close()
        raise SystemExit(DONE) from None
    except OSError as error:
        # What this package writes to files is an OutputError; what is left is the answer itself, on a full disk.
        Speaker().err.print(f"stdout: cannot be written ({error.strerror or error}); make room", markup=False)
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115, PTH123 - nothing more may be flushed at exit
        raise SystemExit(UNUSABLE) from None
    finally:
        gc.freeze()  # nor need it walk over them once more at exit, where all memory goes back at once


