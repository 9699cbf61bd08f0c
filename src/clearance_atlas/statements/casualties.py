"""People killed, injured, or both: the verb or noun that a number of people belongs to, and the parts of a total."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.statements.figures import Figure, qualifier_of
from clearance_atlas.statements.harm import (
    close_left,
    left_of,
    measure_of_harm,
    right_of,
    shared_verb,
    subject_of,
    without_hypothetical,
)
from clearance_atlas.statements.nouns import CASUALTY, brackets
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.statements.people import PeopleSentence, counts_things, group_of, is_whole
from clearance_atlas.statements.victims import apposed_groups, by_place, part_of, parts_of
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.tokens import Token

_HARM = CASUALTY | {"g:blows_up"}


def read_casualties(tokens: Sequence[Token], *, tags: frozenset[str], taken: set[int], series: bool,
                    whole: Measure | None = None) -> list[Figure]:
    """Return the people counted in a sentence as killed, injured or victims.

    Parameters
    ----------
    tokens
        The tokens of the sentence.
    tags
        All tags of the tokens.
    taken
        Numbers that are known to count something else.
    series
        Whether the text is just counting victims, period by period: then "5 people" are victims too.
    whole
        What the sentence before counted, when it counted people: "of them" are parts of it.
    """
    opener = tokens[0] if tokens[0].has("c:of_them") else None
    if tags.isdisjoint(_HARM) and not (series and "p:people" in tags) and not (opener and whole):
        return []
    tokens = without_hypothetical(tokens)
    pairs = brackets(tokens)
    starts = {number.first: number for number in numerals(tokens)
              if not _is_article(tokens, number) and not _names_length(tokens, number)
              and not (number.first and tokens[number.first - 1].has("g:age"))}
    inside = {at: opening for opening, closing in pairs.items() for at in range(opening, closing)}
    sentence = PeopleSentence(tokens, pairs, starts, frozenset(n.last for n in starts.values()), inside)
    figures: list[Figure] = []
    for at, number in starts.items():
        if at in taken or counts_things(sentence, number) or _cites_law(sentence, number) \
                or (is_whole(sentence, at) and not _close_right(sentence, number)):
            continue
        figure = _outright(sentence, number, figures) or part_of(sentence, number, figures)
        if figure:
            figures.append(figure)
    if opener and not any(token.tags & CASUALTY for token in tokens[1:]):
        told = measure_of_harm(set(opener.tags & CASUALTY)) if opener.tags & CASUALTY else whole
        figures += parts_of(told, sentence, figures, taken=taken) if told else []
    figures = _plain_people(sentence, figures, taken=taken, series=series and not opener)
    figures += by_place(sentence, figures, taken=taken)
    figures += apposed_groups(sentence, figures, taken=taken)
    return _contrasted(sorted(figures, key=lambda figure: figure.at))


def _is_article(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether "one" is only an article before a mine: ``bir tanksavar mayını``."""
    after = tokens[number.last + 1:number.last + 2]
    return not number.raw and number.value == 1 and bool(after) and after[0].has("ap", "at", "mine", "uxo")


def _names_length(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a hyphen makes a number part of a word that counts nobody: "the 44-day war"."""
    mark = number.last + 1
    return mark + 1 < len(tokens) and tokens[mark].text == "-" and tokens[mark].start == tokens[number.last].end \
        and tokens[mark + 1].has("x!nouns")


def _cites_law(sentence: PeopleSentence, number: Numeral) -> bool:
    """Say whether a number stands in the wording of a crime: "Article 120.2.7 (killing two or more people)"."""
    return number.first in sentence.inside and any(token.has("c:legal") for token in sentence.tokens)


def _close_right(sentence: PeopleSentence, number: Numeral) -> bool:
    """Say whether the noun right after a number is one for victims: ``the 65 victims``."""
    return any(token.has("g:toll") for token in sentence.tokens[number.last + 1:number.last + 2])


def _outright(sentence: PeopleSentence, number: Numeral, before: list[Figure]) -> Figure | None:
    """Read a number by its own verb or noun: after it, else before it."""
    tags, last = right_of(sentence, number)
    close = close_left(sentence, number)
    if close and (not tags or any(token.has("g:and", "g:or") for token in sentence.tokens[number.last + 1:last])):
        tags, last = close, number.last
    if shared := shared_verb(sentence, number, before):
        tags, last = shared, number.last
    if not tags:
        tags, last = left_of(sentence, number) or subject_of(sentence, number), number.last
    if not tags or (number.first in sentence.inside and sentence.inside[number.first] < number.first
                    and last > sentence.pairs[sentence.inside[number.first]]):
        return None
    measure = measure_of_harm(tags)
    partly = any(token.has("c:of_them", "c:including") for token in
                 sentence.tokens[max(0, number.first - 2):min(len(sentence.tokens), number.last + 3)])
    return Figure(number, measure, Unit.PEOPLE, "people/verb", max(last, number.last),
                  qualifier_of(sentence.tokens, number, number.last), category=group_of(sentence, number),
                  subset=partly and any(figure.measure == measure for figure in before))


def _plain_people(sentence: PeopleSentence, figures: list[Figure], *, taken: set[int], series: bool) -> list[Figure]:
    """Read "12 people" beside their killed and injured as the victims."""
    known = {figure.at for figure in figures}
    split = any(figure.measure in {Measure.KILLED, Measure.INJURED} for figure in figures)
    if not split and not series:
        return figures
    parted = any(token.has("c:of_them") for token in sentence.tokens)
    added = []
    for at, number in sentence.starts.items():
        after = sentence.tokens[number.last + 1:number.last + 2]
        if split and at not in known and at not in taken and at not in sentence.inside and after \
                and after[0].text == ":" and at < min(known):
            added.append(Figure(number, Measure.CASUALTIES, Unit.PEOPLE, "people/before-parts", number.last))
            continue
        lost = sentence.tokens[number.last + 2:number.last + 3]
        if parted or (lost and lost[0].has("x!nouns")):  # "7 people missing"
            continue  # parts of the killed or of the injured are no further victims
        if at not in known and at not in taken and at not in sentence.inside and after and after[0].has("p:people"):
            added.append(Figure(number, Measure.CASUALTIES, Unit.PEOPLE, "people/series", number.last + 1,
                                qualifier_of(sentence.tokens, number, number.last)))
    return figures + added


def _contrasted(figures: list[Figure]) -> list[Figure]:
    """Take victims set against injured for the killed: "24 became victims and 49 were injured"."""
    measures = [figure.measure for figure in figures]
    if Measure.INJURED not in measures or Measure.KILLED in measures or measures.count(Measure.CASUALTIES) != 1:
        return figures
    injured = next(figure for figure in figures if figure.measure == Measure.INJURED)
    victims = next(figure for figure in figures if figure.measure == Measure.CASUALTIES)
    if injured.subset or injured.rule == "people/part" or victims.rule == "people/series" \
            or injured.at < victims.at - 1:
        return figures
    return [replace(figure, measure=Measure.KILLED) if figure is victims else figure for figure in figures]
