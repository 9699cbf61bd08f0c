"""One sentence read on its own: its expressions of time, places, operators and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from clearance_atlas.statements.anaphora import all_of_items, all_of_one_class, counted_again, taken_up
from clearance_atlas.statements.casualties import read_casualties
from clearance_atlas.statements.counts import read_figures
from clearance_atlas.statements.denial import without_denied
from clearance_atlas.statements.keys import (
    compared_numbers,
    compared_people,
    dated_numbers,
    exact_number,
    grown_numbers,
    in_order_before,
    keyed_numbers,
    remaining_numbers,
)
from clearance_atlas.statements.mentions import Mention
from clearance_atlas.statements.nouns import SHORT_NAMES, with_shared_names
from clearance_atlas.statements.operators import OperatorTable, find_operators
from clearance_atlas.statements.sentence import DATED, Previous, Sentence, Timed, has_number
from clearance_atlas.statements.temporal import find_mentions
from clearance_atlas.statements.tokens import Token
from clearance_atlas.statements.toponyms import NameTable, agency_line, find_places, mark_places, without_excepted
from clearance_atlas.statements.unlisted import find_unlisted

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEAD = 5
_STANDS_FOR = frozenset({"g:them", "g:elsewhere"})  # words for the thing counted before


def read_sentence(tokens: Sequence[Token], *, number: int, paragraph: int, text: str, names: NameTable,
                  operators: OperatorTable, previous: Previous) -> Sentence:
    """Return one sentence, read on its own but for what it leaves out."""
    filed = agency_line(tokens, text=text, table=names) if tokens[0].kind == "w" else 0
    tokens = tokens[filed:] or tokens
    mentions = find_mentions(tokens, first=0, last=len(tokens), text=text)
    times = tuple(Timed(m, tokens[m.first].start, tokens[m.last].end) for m in mentions)
    merged = _with_dates(tokens, mentions)
    times = times[1:] if _is_filed(merged, text=text) else times
    places = find_places(merged, text=text, table=names)
    unlisted = find_unlisted(merged, places, text=text, table=names)
    places = sorted([*places, *unlisted], key=lambda place: place.first) if unlisted else places
    kept = without_excepted(places, merged)
    excepted = len(kept) < len(places)
    places = kept
    merged = mark_places(merged, places)
    tags = frozenset().union(*(token.tags for token in merged))
    merged, tags = without_denied(merged, tags=tags)
    cues = frozenset(tag[2:] for tag in tags if tag.startswith("c:")) | ({"excepted"} if excepted else set())
    found = find_operators(merged, table=operators)
    if not has_number(merged):
        return Sentence(number, paragraph, tokens[0].start, tokens[-1].end, tuple(merged), times, tuple(places),
                        tuple(found), (), cues, frozenset(), tags)
    if not tags.isdisjoint(SHORT_NAMES):
        merged = with_shared_names(merged)
    figures = all_of_one_class(merged, read_figures(merged, tags=tags), before=previous)
    if not figures and previous.topic is not None:
        figures = taken_up(merged, topic=previous.topic, value=previous.value)
    elif not figures and previous.just and previous.measure is not None and previous.unit is not None:
        figures = counted_again(merged, measure=previous.measure, unit=previous.unit)
    if "same_order" in cues and len(previous.order) > 1:
        figures = in_order_before(merged, figures, order=previous.order)
    extra = keyed_numbers(merged, figures, found, previous=previous) if len(places) + len(found) > 1 \
        or "same_order" in cues else []
    if not extra and not figures and tags & _STANDS_FOR:
        extra = remaining_numbers(merged, previous=previous)
    figures = sorted([*figures, *extra], key=lambda figure: figure.at)
    if len(times) > 1:
        figures = sorted([*figures, *compared_numbers(merged, figures)], key=lambda figure: figure.at)
        figures = figures or dated_numbers(merged, previous=previous)
    if figures and "g:sum" in tags:
        figures = sorted([*figures, *grown_numbers(merged, figures)], key=lambda figure: figure.at)
    if not figures and "precise" in cues:
        figures = exact_number(merged, previous=previous)
    taken = {figure.at for figure in figures} | all_of_items(merged, before=previous)
    people = read_casualties(merged, tags=tags, taken=taken, series=previous.casualties and bool(times),
                             whole=previous.people if previous.casualties else None)
    people = [*people, *(compared_people(merged, people) if times and people and not figures else [])]
    figures = sorted([*figures, *people], key=lambda figure: figure.at)
    return Sentence(number, paragraph, tokens[0].start, tokens[-1].end, tuple(merged), times, tuple(places),
                    tuple(found), tuple(figures), cues, frozenset(figure.at for figure in extra), tags)


def _is_filed(tokens: Sequence[Token], *, text: str) -> bool:
    """Say whether a text begins with where and when it was filed: ``BARDA, March 18 -``."""
    at = next((at for at, token in enumerate(tokens[:_HEAD]) if token.kind == "D"), 0)
    return bool(at) and at + 1 < len(tokens) and tokens[at + 1].text in {"-", "–", "—", "("} \
        and tokens[at + 1].start > tokens[at].end \
        and tokens[0].kind == "w" and text[tokens[0].start:tokens[0].end].isupper() and len(tokens[0].text) > 1 \
        and all(token.kind == "w" or token.text == "," for token in tokens[:at])


def _with_dates(tokens: Sequence[Token], mentions: Sequence[Mention]) -> list[Token]:
    """Return the tokens with every date as one token of kind ``D``."""
    merged: list[Token] = []
    at = 0
    for position, mention in enumerate(mentions):
        if mention.form not in DATED or mention.first < at:
            continue
        merged += tokens[at:mention.first]
        first, last = tokens[mention.first], tokens[mention.last]
        merged.append(Token("D", first.start, last.end, "", ref=position))
        at = mention.last + 1
    return merged + list(tokens[at:])
