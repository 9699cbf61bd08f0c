"""The review page: every document with its statements marked in the text, ordered by doubt.

Static and offline like every other page; what a person accepts or corrects there becomes lines for the corrections
file, to be copied or downloaded. Served by ``clearance-atlas review --serve`` it saves them itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from clearance_atlas.model import Conflict, Document, Flag, Observation, Problem, Statement, UnreadSentence
from clearance_atlas.rendering.environment import environment, page_policy, script, stylesheet

TABLES = {"text/csv", "application/x-ndjson"}

FLAG_WORDS = {
    Flag.RESTATES: "says a figure again",
    Flag.SUBSET: "part of another figure",
    Flag.PLANNED: "planned, no result",
    Flag.ORDERED: "ordered, no result",
    Flag.SURVEYED: "surveyed, not cleared",
    Flag.SUSPECT_VALUE: "value looks wrong",
    Flag.SUSPECT_PERIOD: "period looks wrong",
    Flag.SUM_MISMATCH: "parts do not add up",
    Flag.YEAR_INFERRED: "year inferred",
    Flag.UNMATCHED_PLACE: "place not in the gazetteer",
}
# What a flag adds to a document's doubt: a value that may be wrong comes before one that only needs care.
DOUBT = {
    Flag.SUSPECT_VALUE: 5,
    Flag.SUSPECT_PERIOD: 5,
    Flag.SUM_MISMATCH: 4,
    Flag.UNMATCHED_PLACE: 3,
    Flag.YEAR_INFERRED: 1,
}
DOUBT_OF_UNREAD = 2
DOUBT_OF_CONFLICT = {True: 8, False: 3}


@dataclass(frozen=True, slots=True)
class ReviewContent:
    """What the review page shows; ``stubs`` gives the correction block of each statement by its id."""

    documents: Sequence[Document]
    statements: Sequence[Statement]
    unread: Sequence[UnreadSentence]
    observations: Sequence[Observation]
    conflicts: Sequence[Conflict]
    problems: Sequence[Problem]
    stubs: Mapping[str, str]
    corrections_name: str = "corrections.toml"


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a document's text that is marked in one way."""

    text: str
    statement_ids: tuple[str, ...]
    sentence: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class ReviewedStatement:
    """One statement as a row of the page."""

    statement: Statement
    value: str
    period: str
    flags: tuple[str, ...]
    stub: str


@dataclass(frozen=True, slots=True)
class ReviewedConflict:
    """One conflict with the documents behind each of its values."""

    conflict: Conflict
    subject: str
    decided: bool
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """One document of the page."""

    document: Document
    segments: tuple[Segment, ...]
    rows: tuple[ReviewedStatement, ...]
    unread: int
    conflicts: tuple[str, ...]
    doubt: int


def render_review(content: ReviewContent, *, served: bool = False) -> str:
    """Return the review page; a ``served`` one may send corrections back to its own server."""
    policy = page_policy(scripts=[script("review.js")], connect=served)
    return environment().get_template("review.html").render(
        documents=reviewed_documents(content),
        conflicts=[_reviewed_conflict(conflict, content=content) for conflict in content.conflicts],
        problems=[str(problem) for problem in content.problems],
        corrections_name=content.corrections_name,
        served=served,
        policy=policy,
        style=stylesheet("review.css"),
        script=script("review.js"),
    )


def reviewed_documents(content: ReviewContent) -> list[ReviewedDocument]:
    """Return the documents, the most doubtful first; equal doubt keeps the order of their ids."""
    statements: dict[str, list[Statement]] = defaultdict(list)
    for statement in content.statements:
        statements[statement.document_id].append(statement)
    unread: dict[str, list[UnreadSentence]] = defaultdict(list)
    for sentence in content.unread:
        unread[sentence.document_id].append(sentence)
    conflicts = _conflicts_by_document(content)
    reviewed = [
        _reviewed_document(document, statements=statements[document.document_id],
                           unread=unread[document.document_id], conflicts=conflicts[document.document_id],
                           stubs=content.stubs)
        for document in content.documents
    ]
    return sorted(reviewed, key=lambda one: (-one.doubt, one.document.document_id))


def text_segments(text: str, *, statements: Iterable[Statement], unread: Iterable[UnreadSentence]) -> list[Segment]:
    """Cut a text wherever the marking changes; joined again the segments are the text."""
    figures = [(s.evidence.figure_start, s.evidence.figure_end, s.statement_id) for s in statements]
    sentences = {(s.evidence.start, s.evidence.end) for s in statements}
    unread_spans = [(s.start, s.end) for s in unread]
    cuts = {0, len(text)}
    for start, end in [*((first, last) for first, last, _ in figures), *sentences, *unread_spans]:
        cuts |= {start, end}
    return [
        Segment(
            text=text[start:end],
            statement_ids=tuple(name for first, last, name in figures if first <= start and end <= last),
            sentence=any(first <= start and end <= last for first, last in sentences),
            unread=any(first <= start and end <= last for first, last in unread_spans),
        )
        for start, end in pairwise(sorted(cuts))
    ]


def _reviewed_document(document: Document, *, statements: Sequence[Statement], unread: Sequence[UnreadSentence],
                       conflicts: Sequence[Conflict], stubs: Mapping[str, str]) -> ReviewedDocument:
    doubt = sum(DOUBT.get(flag, 0) for statement in statements for flag in statement.flags)
    doubt += DOUBT_OF_UNREAD * len(unread)
    doubt += sum(DOUBT_OF_CONFLICT[conflict.chosen is None] for conflict in conflicts)
    segments = text_segments(document.text, statements=statements, unread=unread)
    if document.media_type in TABLES:
        segments = _own_rows(segments)
    return ReviewedDocument(
        document=document,
        segments=tuple(segments),
        rows=tuple(_row(statement, stub=stubs.get(statement.statement_id, "")) for statement in statements),
        unread=len(unread),
        conflicts=tuple(conflict.conflict_id for conflict in conflicts),
        doubt=doubt,
    )


def _own_rows(segments: Sequence[Segment]) -> list[Segment]:
    """Keep a table's first line and the rows of this document: a file of many sources would else be shown for each."""
    kept: list[Segment] = []
    for place, segment in enumerate(segments):
        if segment.sentence or segment.unread:
            kept.append(segment)
        elif place == 0:
            kept.append(replace(segment, text=segment.text.partition("\n")[0] + "\n"))
        elif kept and not kept[-1].text.endswith("\n"):
            kept.append(replace(segment, text="\n"))
    return kept


def _row(statement: Statement, *, stub: str) -> ReviewedStatement:
    period = statement.period
    days = period.end if period.start in (None, period.end) else f"{period.start} to {period.end}"
    kind = period.kind.value if period.kind else "no period"
    return ReviewedStatement(
        statement=statement,
        value=f"{statement.value:,f} {statement.unit}",
        period=f"{kind}: {days}" if days else kind,
        flags=tuple(FLAG_WORDS[flag] for flag in statement.flags),
        stub=stub,
    )


def _conflicts_by_document(content: ReviewContent) -> dict[str, list[Conflict]]:
    document_of = {statement.statement_id: statement.document_id for statement in content.statements}
    conflicts: dict[str, list[Conflict]] = defaultdict(list)
    for conflict in content.conflicts:
        names = {document_of[name] for value in conflict.values for name in value.statement_ids if name in document_of}
        for name in sorted(names):
            conflicts[name].append(conflict)
    return conflicts


def _reviewed_conflict(conflict: Conflict, *, content: ReviewContent) -> ReviewedConflict:
    observation = next((one for one in content.observations if one.observation_id == conflict.observation_id), None)
    subject = conflict.observation_id if observation is None else " · ".join(
        filter(None, (observation.measure.value.replace("_", " "), observation.period_id, observation.operator,
                      ", ".join(observation.places))))
    lines = tuple(
        f"{value.value:,f} {value.unit}: {', '.join(value.publishers) or 'publisher not named'}"
        + (f" (first seen {value.first_seen})" if value.first_seen else "")
        + (" — chosen" if value.value == conflict.chosen else "")
        for value in conflict.values
    )
    return ReviewedConflict(conflict, subject, conflict.chosen is not None, lines)
