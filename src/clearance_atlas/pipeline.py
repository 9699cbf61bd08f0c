"""From bulletins to an atlas: the stages in their order.

Each verb takes what the verb before it returned, so that a notebook can stop and look anywhere::

    reading = read_documents(["bulletins/"])
    extraction = extract(reading.documents)
    reconciliation = reconcile(extraction.statements, documents=reading.documents)

The whole is a pure function of bulletins, corrections, boundaries and profile; ``building`` writes what comes of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from clearance_atlas import documents as documents_stage
from clearance_atlas import observations as observations_stage
from clearance_atlas import statements as statements_stage
from clearance_atlas.config import DEFAULT_PROFILE, Profile, load_profile, resource
from clearance_atlas.documents import Reading
from clearance_atlas.model import Conflict, Document, Observation, Problem, Statement, UnreadSentence
from clearance_atlas.observations import Reconciliation
from clearance_atlas.observations.corrections import Correction, check_names, lay_over, load_corrections
from clearance_atlas.observations.estimation import estimate, measured_errors, method_named, official_areas
from clearance_atlas.places import Gazetteer, load_gazetteer
from clearance_atlas.statements import Extraction

if TYPE_CHECKING:
    from datetime import date

    import geopandas as gpd

    from clearance_atlas.rendering.content import AtlasContent

INBOX = "bulletins"
CORRECTIONS = "corrections.toml"


@dataclass(frozen=True, slots=True)
class BuildOptions:
    """What a build may be asked for; the defaults are those of the command line."""

    output: Path = Path("output")
    profile: str = DEFAULT_PROFILE
    corrections: Path | None = None
    boundaries: Path | None = None
    code_column: str | None = None
    language: str = "en"
    estimate: str | None = None
    figures: bool = False
    basemap: bool = False
    leaflet_dir: Path | None = None
    created: date | None = None


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Everything known before geometry: documents to observations, and all problems met on the way."""

    profile: Profile
    gazetteer: Gazetteer
    documents: tuple[Document, ...]
    statements: tuple[Statement, ...]
    unread: tuple[UnreadSentence, ...]
    observations: tuple[Observation, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]


def bulletin_paths(paths: Iterable[str | Path] = ()) -> tuple[Path, ...]:
    """Return the given paths; with none, ``bulletins/`` of the current folder, or else the shipped bulletins."""
    given = tuple(Path(path) for path in paths)
    if given:
        return given
    inbox = Path(INBOX)
    return (inbox if inbox.is_dir() else resource(INBOX),)


def with_own_corrections(options: BuildOptions) -> BuildOptions:
    """Return the options with the corrections of the current folder, where none are named and it has some."""
    own = Path(CORRECTIONS)
    return replace(options, corrections=own) if options.corrections is None and own.is_file() else options


def read_documents(paths: Iterable[str | Path] = ()) -> Reading:
    """Read bulletins into documents; see :func:`clearance_atlas.documents.read_documents`."""
    return documents_stage.read_documents(bulletin_paths(paths))


def extract(documents: Sequence[Document], *, profile: str = DEFAULT_PROFILE) -> Extraction:
    """Take every figure out of the documents; see :func:`clearance_atlas.statements.extract_statements`."""
    return statements_stage.extract_statements(documents, profile=load_profile(profile))


def reconcile(statements: Sequence[Statement], *, documents: Sequence[Document], profile: str = DEFAULT_PROFILE,
              corrections: Path | None = None) -> Reconciliation:
    """Make one observation of what speaks of one thing; see :func:`clearance_atlas.observations.reconcile`.

    ``corrections`` are laid over those of the profile.

    Raises
    ------
    CorrectionError
        If a correction matches nothing or its guard fails.
    """
    country = load_profile(profile)
    return observations_stage.reconcile(statements, documents=documents, profile=country,
                                        corrections=_corrections(country, own=corrections))


def read_and_reconcile(paths: Iterable[str | Path] = (), *, profile: str = DEFAULT_PROFILE,
                       corrections: Path | None = None) -> Reconciled:
    """Do every stage before geometry in one call."""
    country = load_profile(profile)
    reading = read_documents(paths)
    extraction = statements_stage.extract_statements(reading.documents, profile=country)
    result = observations_stage.reconcile(extraction.statements, documents=reading.documents, profile=country,
                                          corrections=_corrections(country, own=corrections))
    return Reconciled(
        profile=country,
        gazetteer=load_gazetteer(country.gazetteer),
        documents=reading.documents,
        statements=result.statements,
        unread=extraction.unread,
        observations=result.observations,
        conflicts=result.conflicts,
        problems=(*all_problems(reading, extraction), *result.problems),
    )


def all_problems(reading: Reading, extraction: Extraction) -> tuple[Problem, ...]:
    """Return the problems of reading and extraction, unread sentences and empty documents among them."""
    paths = {document.document_id: document.path for document in reading.documents}
    speaking = {statement.document_id for statement in extraction.statements}
    speaking |= {sentence.document_id for sentence in extraction.unread}
    unread = (
        Problem(paths.get(sentence.document_id, sentence.document_id), f"not read: “{_short(sentence.text)}”",
                "see the review page; reword, or add the words to a lexicon")
        for sentence in extraction.unread
    )
    silent = (
        Problem(path, "no figure found in this text", "check that it is a bulletin", needs_person=False)
        for name, path in paths.items() if name not in speaking
    )
    return (*reading.problems, *extraction.problems, *unread, *silent)


def atlas_content(result: Reconciled, *, options: BuildOptions) -> tuple[AtlasContent, tuple[Problem, ...]]:
    """Join the observations with district polygons into what every page, figure and export draws from.

    Raises
    ------
    BoundaryError
        If the user's boundary file cannot be joined.
    """
    from clearance_atlas import __version__  # noqa: PLC0415 - geometry and pages are imported where they are needed
    from clearance_atlas.districts import boundary_credit, load_lines  # noqa: PLC0415
    from clearance_atlas.rendering.content import AtlasContent  # noqa: PLC0415

    problems: list[Problem] = []
    districts = _districts(result, options=options, problems=problems)
    latest = result.profile.boundaries[-1] if result.profile.boundaries else None
    own = options.boundaries
    content = AtlasContent(
        documents=result.documents,
        statements=result.statements,
        observations=result.observations,
        conflicts=result.conflicts,
        gazetteer=result.gazetteer,
        districts=districts,
        profile=result.profile,
        cutoff=max((one.published for one in result.documents if one.published), default=None),
        context=load_lines(result.profile.context) if result.profile.context else None,
        language=options.language,
        boundary_credit=f"Boundaries: {own.name}" if own else boundary_credit(result.profile, latest) if latest else "",
        leaflet_dir=options.leaflet_dir,
        created=options.created,
        basemap=options.basemap,
        version=__version__,
    )
    # Each boundary version says the same of a user's one file: once is enough.
    return content, tuple(dict.fromkeys(problems))


def with_estimates(content: AtlasContent, *, method: str) -> AtlasContent:
    """Return the content with estimates for the districts of every joint total of area cleared, marked as such.

    Each estimate's notes give the bounds that hold whatever the split, and how wrong the method was on the years that
    have a published table by district.

    Raises
    ------
    UnknownNameError
        If there is no such method.
    """
    chosen = method_named(method)
    areas = official_areas(content.gazetteer, boundaries=content.profile.boundaries)
    errors = measured_errors(content.observations, method=chosen, areas=areas,
                             stable_units=[frozenset(unit) for unit in content.profile.stable_units])
    tested = ", ".join(f"{share:.1%} of the hectares of {name.removeprefix('year-')}" for name, share in errors.items())
    told = f"backtest: {tested} in the wrong district" if tested else "no published table to test the method on"
    estimates = (
        replace(one.observation, notes=(
            *one.observation.notes, f"bounds: {one.low:,.1f} to {one.high:,.1f} ha whatever the split", told))
        for one in estimate(content.observations, method=chosen, areas=areas)
    )
    return replace(content, observations=(*content.observations, *estimates))


def _corrections(profile: Profile, *, own: Path | None) -> tuple[Correction, ...]:
    shipped = profile.corrections
    mine = load_corrections(own) if own is not None else ()
    if any(one.places is not None or one.operator is not None for one in mine):
        known = {one.code for one in profile.operators} | {one.reads_as for one in profile.inclusions if one.reads_as}
        check_names(mine, gazetteer=load_gazetteer(profile.gazetteer), operators=known)
    return lay_over(load_corrections(shipped, shipped=True) if shipped is not None and shipped.is_file() else (),
                    mine)


def _districts(result: Reconciled, *, options: BuildOptions, problems: list[Problem]) -> dict[str, gpd.GeoDataFrame]:
    from clearance_atlas.districts import load_districts  # noqa: PLC0415

    # A profile without polygons can still be drawn on the user's own: then there is one version, without a name.
    versions = [entry.version for entry in result.profile.boundaries] or ([""] if options.boundaries else [])
    return {
        version: load_districts(
            result.profile, version=version or None, boundaries=options.boundaries, code_column=options.code_column,
            gazetteer=result.gazetteer, report=problems.append)
        for version in versions
    }


def _short(text: str, *, longest: int = 160) -> str:
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1] + "…"
