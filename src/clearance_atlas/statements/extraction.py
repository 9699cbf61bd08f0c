"""From documents to statements: sentence by sentence, then document by document, then all documents together."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.documents import detect_language, paragraphs, sentences, source_span
from clearance_atlas.model import Evidence, Flag, Measure, PlaceScope, Problem, Statement, UnreadSentence, YearSource
from clearance_atlas.places import load_gazetteer
from clearance_atlas.statements.breakdowns import set_land_use, set_operators
from clearance_atlas.statements.checks import check
from clearance_atlas.statements.chronology import Interval, first_seen, intervals
from clearance_atlas.statements.clock import Clock
from clearance_atlas.statements.corpus import Corpus, corpus_of
from clearance_atlas.statements.discourse import set_periods
from clearance_atlas.statements.drafting import draft_figures
from clearance_atlas.statements.drafts import Draft, Draught
from clearance_atlas.statements.figures import measure_of
from clearance_atlas.statements.grids import Grid, is_row, read_row, without_figures
from clearance_atlas.statements.lexicon import languages, load_lexicon
from clearance_atlas.statements.nouns import ORDNANCE, classes_of
from clearance_atlas.statements.operators import OperatorTable, operator_table
from clearance_atlas.statements.parts import read_parts
from clearance_atlas.statements.quantities import Convention, convention
from clearance_atlas.statements.reading import read_sentence
from clearance_atlas.statements.roles import set_roles
from clearance_atlas.statements.scopes import set_places
from clearance_atlas.statements.sentence import (
    Previous,
    Sentence,
    heads_other_news,
    is_headline,
    may_state,
    tells_of_battle,
)
from clearance_atlas.statements.silence import contacts, is_silent
from clearance_atlas.statements.status import mapped_beside, set_mapped
from clearance_atlas.statements.tables import read_table
from clearance_atlas.statements.tokens import Token, tokenize
from clearance_atlas.statements.toponyms import NameTable, name_table
from clearance_atlas.statements.totals import (
    parts_of_all,
    parts_of_nothing,
    total_before_parts,
    total_of_classes,
    total_of_victims,
)
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from clearance_atlas.config import Profile
    from clearance_atlas.model import Document
    from clearance_atlas.places import Gazetteer

_DEFAULT_LANGUAGE = "en"
_SAMPLE = 4000
_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_LONGEST_SENTENCE = 400  # tokens: what is longer is no sentence, and is read in pieces so that time stays linear
_TABLES = frozenset({"text/csv", "application/x-ndjson"})


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read out of documents: statements, sentences that gave none, and problems, each in document order.

    ``intervals`` tell between which days the documents without a date were published, with the evidence.
    """

    statements: tuple[Statement, ...]
    unread: tuple[UnreadSentence, ...] = ()
    problems: tuple[Problem, ...] = ()
    intervals: tuple[Interval, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """What a country's profile gives the grammar."""

    profile: Profile | None
    gazetteer: Gazetteer | None
    names: NameTable
    operators: OperatorTable
    contacts: frozenset[str] = frozenset()


def extract_statements(documents: Sequence[Document], *, profile: Profile | None = None) -> Extraction:
    """Return every figure that the documents state, with its words.

    Parameters
    ----------
    documents
        Documents as read by :func:`clearance_atlas.documents.read_documents`; texts and tables.
    profile
        The country's profile. Without one, places stay as published and operators unknown.

    Returns
    -------
    Extraction
        Statements in the order of documents and words, sentences with a number and a word of mine action that gave no
        statement, and problems.
    """
    gazetteer = _gazetteer(profile.gazetteer, _changed(profile.gazetteer)) if profile else None
    reader = Reader(profile, gazetteer, name_table(gazetteer), operator_table(profile), contacts(profile))
    texts = [document for document in documents if document.media_type not in _TABLES]
    draughts = {document.document_id: draught(document, reader=reader) for document in texts}
    corpus = corpus_of(texts, draughts, profile=profile)
    said = {document.document_id: finish(draughts[document.document_id], reader=reader, corpus=corpus)
            for document in texts}
    dating: dict[str, Interval] = {}
    if len(texts) > 1:
        said, dating = _dated_together(texts, draughts, said, reader=reader, corpus=corpus)
    statements: list[Statement] = []
    unread: list[UnreadSentence] = []
    problems: list[Problem] = []
    for document in documents:
        if document.media_type in _TABLES:
            found, faults = read_table(document, profile=profile, gazetteer=gazetteer)
            statements += found
            problems += faults
            continue
        finished = said[document.document_id]
        statements += finished
        problems += _unlisted(finished, document, gazetteer=gazetteer)
        problems += _impossible(finished, document)
        unread += _unread(draughts[document.document_id])
    return Extraction(tuple(statements), tuple(unread), tuple(problems), tuple(dating.values()))


def _dated_together(texts: Sequence[Document], draughts: dict[str, Draught], said: dict[str, list[Statement]], *,
                    reader: Reader, corpus: Corpus) -> tuple[dict[str, list[Statement]], dict[str, Interval]]:
    """Return the statements, with the years that all documents together tell, and the intervals behind them."""
    found = intervals(texts, said, anchors=corpus.anchors, events=corpus.events)
    for name, interval in found.items():
        anchor = corpus.anchors[name]
        if interval.latest is None or interval.earliest is None \
                or (interval.earliest, interval.latest) == (anchor.earliest, anchor.latest):
            continue
        # Bounds of the text's own words are kinder than those of other documents: it speaks of its own year.
        strict = anchor.earliest is None or anchor.latest is None
        corpus.anchors[name] = replace(anchor, earliest=interval.earliest, latest=interval.latest, strict=strict,
                                       source=YearSource.INFERRED if strict else anchor.source)
        document = draughts[name].document
        said[name] = finish(draught(document, reader=reader), reader=reader, corpus=corpus)
    return first_seen(texts, said), found


def _unlisted(statements: Sequence[Statement], document: Document, *, gazetteer: Gazetteer | None) -> list[Problem]:
    """Return a problem for each name that stands where a district stands and is in no gazetteer."""
    if gazetteer is None:
        return []
    names = [name for one in statements if Flag.UNMATCHED_PLACE in one.flags for name in one.places
             if gazetteer.resolve(name) is None]
    near = {name: " or ".join(gazetteer.suggest(name)) for name in names}
    return [
        Problem(document.path, f"no place {name!r} in the gazetteer; its figures are not drawn",
                f"did you mean {meant}?" if meant else "add it to the gazetteer")
        for name, meant in near.items()
    ]


def _impossible(statements: Sequence[Statement], document: Document) -> list[Problem]:
    """Return a problem for each range of dates that cannot be: its first day is after its last."""
    spans = dict.fromkeys((one.period.start, one.period.end) for one in statements if Flag.SUSPECT_PERIOD in one.flags)
    return [
        Problem(document.path, f"dates that cannot be: from {start or 'an unknown day'} to {end or 'an unknown day'}; "
                "their figures are not drawn", "look up the days and give them in a corrections file")
        for start, end in spans
    ]


def _changed(path: Path) -> int:
    """Return when a file was last changed, 0 for one that is not there: reading it says so."""
    try:
        return path.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


@lru_cache(maxsize=8)
def _gazetteer(path: Path, changed: int) -> Gazetteer:  # noqa: ARG001  a file that changed is another key
    """Return the gazetteer of a file, read once as long as the file does not change."""
    return load_gazetteer(path)


def draught(document: Document, *, reader: Reader) -> Draught:
    """Return one document read sentence by sentence, before anything is known of its period and place."""
    text = document.cleaned.text
    lexicon = load_lexicon(_language(document))
    tokens = tokenize(text, lexicon=lexicon)
    # A calibre keeps the mark of its maker: "14,7-mm cartridges" in a text that writes 1,210 hectares.
    printed = (one.text for one, mark in pairwise(tokens) if one.kind == "n" and mark.text != "-")
    written = convention(printed, habit=lexicon.thousands)
    result = Draught(document, lexicon, [], [])
    previous = Previous()
    grid: Grid | None = None
    furniture = False  # below "Read also": headlines of other news
    for number, (paragraph, part) in enumerate(_sentences(text, tokens)):
        if not part:
            continue
        sentence = _read(part, number, paragraph, text, reader, previous)
        furniture = heads_other_news(part) or (furniture and is_headline(sentence, text=text))
        if is_row(part):
            sentence = without_figures(sentence)
            grid, drafts = read_row(sentence, grid, text=text, written=written)
        else:
            sentence = without_figures(sentence) if furniture else sentence
            grid, drafts = None, draft_figures(sentence, written=written)
            drafts = drafts or read_parts(sentence, result.drafts, text=text)
            set_mapped(drafts, result.sentences[-1:])
        if drafts and any(draft.is_casualty for draft in drafts) and tells_of_battle(sentence, result.sentences[-1:]):
            drafts = [draft for draft in drafts if not draft.is_casualty]
        result.sentences.append(sentence)
        result.drafts += drafts
        if not drafts and grid is None and may_state(sentence) and is_silent(sentence, numbers=reader.contacts):
            result.silent.append((sentence.start, sentence.end))
        result.late_last_year = result.late_last_year or "t:late_last_year" in sentence.tags
        previous = _previous(drafts, previous, sentence)
    _group_alike(result.drafts, written=written)
    mapped_beside(result.drafts, result.sentences)
    total_of_victims(result.drafts)
    total_of_classes(result.drafts)
    total_before_parts(result.drafts)
    parts_of_all(result.drafts)
    parts_of_nothing(result.drafts)
    return result


def _group_alike(drafts: Sequence[Draft], *, written: Convention) -> None:
    """Read three digits after a mark in areas as thousands where the document's counts, never fractions, have it so."""
    printed = [(draft, figure.numeral) for draft in drafts
               for figure in draft.sentence.figures if figure.at == draft.at]
    marks = {numeral.raw[-4] for draft, numeral in printed
             if draft.area_ha is None and _ONE_GROUP.fullmatch(numeral.raw)}
    if len(marks) != 1 or written.thousands is not None or written.decimal in marks:
        return
    told = replace(written, thousands=min(marks))
    for draft, numeral in printed:
        if draft.area_ha is not None and _ONE_GROUP.fullmatch(numeral.raw):
            draft.value = numeral.amount(is_count=False, written=told) or draft.value


def _read(part: list[Token], number: int, paragraph: int, text: str, reader: Reader, previous: Previous) -> Sentence:
    return read_sentence(part, number=number, paragraph=paragraph, text=text, names=reader.names,
                         operators=reader.operators, previous=previous)


def _previous(drafts: Sequence[Draft], before: Previous, sentence: Sentence) -> Previous:
    if not drafts:
        topic = _topic(sentence)
        return replace(before, topic=topic, just=False) if before.just or topic != before.topic else before
    last = drafts[-1]
    counted = next((draft for draft in reversed(drafts) if not draft.is_casualty), None)
    casualties = last.is_casualty
    people = _people_told(drafts) if casualties else None
    if counted is None:
        return replace(before, casualties=casualties, people=people or before.people, topic=None, just=False)
    order = tuple(draft.measure for draft in drafts if draft.unit == Unit.ITEMS)
    return Previous(counted.measure, counted.unit, counted.value, casualties=casualties, people=people,
                    just=counted is last and Flag.PLANNED not in counted.flags, order=order)


def _people_told(drafts: Sequence[Draft]) -> Measure | None:
    """Return what the people of a sentence were counted as: one measure, or all victims beside their parts."""
    told = {draft.measure for draft in drafts if draft.is_casualty and Flag.SUBSET not in draft.flags}
    if Measure.CASUALTIES in told:
        return Measure.CASUALTIES
    return told.pop() if len(told) == 1 else None


def _topic(sentence: Sentence) -> Measure | None:
    """Return the one class of ordnance that a sentence without figures names."""
    named = {classes for token in sentence.tokens if (classes := classes_of(token) & ORDNANCE)}
    told = named - {frozenset({"mine"})} or named
    return measure_of(next(iter(told))) if len(told) == 1 else None


def _language(document: Document) -> str:
    stated = (document.language or "").lower()[:2]
    if stated in languages():
        return stated
    return detect_language(document.cleaned.text) or _best_language(document.cleaned.text)


def _best_language(text: str) -> str:
    """Return the language whose words of mine action a text has most of, where its common words do not tell."""
    counts = {
        code: sum(token.has("ap", "at", "mine", "uxo", "ha") or any(tag.startswith("month:") for tag in token.tags)
                  for token in tokenize(text[:_SAMPLE], lexicon=load_lexicon(code)))
        for code in languages()
    }
    best = max(counts.values(), default=0)
    return min(counts, key=lambda code: (-counts[code], code)) if best else _DEFAULT_LANGUAGE


def _sentences(text: str, tokens: list[Token]) -> Iterable[tuple[int, list[Token]]]:
    """Yield (paragraph, tokens) of every sentence, in one walk over the tokens."""
    at = 0
    for paragraph, (start, end) in enumerate(paragraphs(text)):
        for first, last in sentences(text, start=start, end=end):
            while at < len(tokens) and tokens[at].start < first:
                at += 1
            begin = at
            while at < len(tokens) and tokens[at].start < last:
                at += 1
            part = [token for token in tokens[begin:at] if token.kind != "s"]
            for piece in range(0, max(1, len(part)), _LONGEST_SENTENCE):
                yield paragraph, part[piece:piece + _LONGEST_SENTENCE]


def finish(read: Draught, *, reader: Reader, corpus: Corpus) -> list[Statement]:
    """Return the statements of one document, with period, places, operator, role and flags."""
    document, text = read.document, read.document.cleaned.text
    anchor = corpus.anchors[document.document_id]
    clock = Clock(read.sentences, anchor)
    set_periods(read.drafts, clock)
    corpus.date_by_event(read.drafts)
    set_places(read.drafts, clock, text=text)
    set_operators(read.drafts, read.sentences, table=reader.operators)
    set_land_use(read.drafts)
    count = 1 + max((sentence.paragraph for sentence in read.sentences), default=0)
    set_roles(read.drafts, anchor=anchor, paragraphs=count, repeated=corpus.repeated(document.document_id))
    kept = check(read.drafts)
    return [_statement(draft, number, document) for number, draft in enumerate(kept, start=1)]


def _statement(draft: Draft, number: int, document: Document) -> Statement:
    start, end = source_span(document, draft.sentence.start, draft.sentence.end)
    figure_start, figure_end = source_span(document, draft.figure_start, draft.figure_end)
    flags = set(draft.flags)
    if draft.period.year_source == YearSource.INFERRED:
        flags.add(Flag.YEAR_INFERRED)
    places = tuple(name for _, name, _ in draft.places)
    if any(code is None for code, _, _ in draft.places):
        flags.add(Flag.UNMATCHED_PLACE)
    scope = PlaceScope.NATIONAL if not places else PlaceScope.DISTRICT if len(places) == 1 else PlaceScope.GROUP
    return Statement(
        document_id=document.document_id,
        statement_id=f"{document.document_id}#{number}",
        measure=draft.measure,
        value=draft.value,
        unit=draft.unit,
        evidence=Evidence(document.text[start:end], start, end, figure_start, figure_end),
        area_ha=draft.area_ha,
        qualifier=draft.qualifier,
        period=draft.period,
        operator=draft.operator,
        place_scope=scope,
        places=places,
        # A group of which one member is not known is not known: without codes nothing can be drawn or merged.
        place_codes=() if Flag.UNMATCHED_PLACE in flags else tuple(code for code, _, _ in draft.places if code),
        places_as_published=tuple(printed for _, _, printed in draft.places),
        role=draft.role,
        flags=tuple(flag for flag in Flag if flag in flags) if flags else (),
        breakdown=draft.breakdown,
        category=draft.category,
        item=draft.item,
        rule=draft.rule,
    )


def _unread(read: Draught) -> list[UnreadSentence]:
    found = []
    for first, last in read.silent:
        start, end = source_span(read.document, first, last)
        found.append(UnreadSentence(read.document.document_id, read.document.text[start:end], start, end,
                                    "a number and a word of mine action, but no figure that a rule could read"))
    return found


