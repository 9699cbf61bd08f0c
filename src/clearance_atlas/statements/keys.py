"""Lists with keys: which district, operator or land use a number of a list belongs to."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Measure
from clearance_atlas.statements.figures import Figure, measure_of, qualifier_of
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import AREA_UNITS, CASUALTY, ORDNANCE
from clearance_atlas.statements.numerals import Numeral, numerals
from clearance_atlas.statements.quantities import Convention
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.statements.operators import OperatorMention
    from clearance_atlas.statements.sentence import Previous
    from clearance_atlas.statements.tokens import Token

_NEAR = 4
_DATE_REACH = 7  # a date and its case ending, "the year's", "share", "for its part"
_LEAST_EXACT, _MOST_EXACT = Decimal("0.9"), Decimal("1.25")  # of the rounded number
_PEOPLE = frozenset({"killed", "injured", "casualties"})


def keyed_numbers(tokens: Sequence[Token], figures: Sequence[Figure], operators: Sequence[OperatorMention], *,
                  previous: Previous) -> list[Figure]:
    """Return the bare numbers of a list whose unit is said once: ``8718,6 hektarı Laçın, 8526,2-si Füzuli``."""
    known = {figure.at for figure in figures}
    keys = {at for at, token in enumerate(tokens) if token.kind == "L"} | {
        mention.at for mention in operators if not _speaks(tokens, mention)}
    if keys and len(figures) > 1:  # "..., other districts 3,795"
        keys |= {at for at, token in enumerate(tokens) if token.has("g:elsewhere")}
    in_order = any(token.has("c:same_order") for token in tokens)
    found = []
    for number in numerals(tokens):
        if number.first in known or not number.raw or _is_excluded(tokens, number.last) or _of_people(tokens, number):
            continue
        if in_order and not figures and not keys:
            continue  # whose numbers these are, another sentence says
        near = any(at in keys for at in (*range(number.first - _NEAR + 1, number.first),
                                         *range(number.last + 1, number.last + 1 + _NEAR)))
        model = _model(tokens, number.first, figures, previous=previous) if near or in_order else None
        if model is not None:
            found.append(replace(model, numeral=number, rule="list/unit-once", last=number.last, subset=False,
                                 qualifier=qualifier_of(tokens, number, number.last)))
    return found if len(found) + len(figures) > 1 else []


def _speaks(tokens: Sequence[Token], mention: OperatorMention) -> bool:
    """Say whether an operator is only who tells of the numbers: "the remaining 266, the agency's report says"."""
    after = tokens[mention.last + 1:mention.last + _NEAR]
    return mention.at > 0 and tokens[mention.at - 1].text == "," and any(
        token.has("c:reporting") for token in after) and not any(token.kind in "nL" for token in after)


def in_order_before(tokens: Sequence[Token], figures: list[Figure], *, order: Sequence[Measure]) -> list[Figure]:
    """Read bare numbers in the order of the kinds counted before: "the finds of May were 291 and 178 respectively".

    Only where the sentence names no kind of its own and has as many bare numbers as there were kinds.
    """
    named = any(token.tags & ORDNANCE and not token.has("g:weak") for token in tokens)
    bare = [number for number in numerals(tokens) if number.raw and not _is_excluded(tokens, number.last)
            and not any(token.tags & AREA_UNITS.keys() for token in tokens[number.last + 1:number.last + 2])]
    apart = any(at > 0 and bare[at].first - bare[at - 1].last > _NEAR for at in range(len(bare)))
    if named or apart or len(bare) != len(order):
        return figures
    areas = [figure for figure in figures if figure.measure == Measure.AREA_CLEARED]
    return sorted([*areas, *(Figure(number, measure, Unit.ITEMS, "list/order-before", number.last,
                                    qualifier_of(tokens, number, number.last))
                             for number, measure in zip(bare, order, strict=True))], key=lambda figure: figure.at)


def compared_people(tokens: Sequence[Token], people: Sequence[Figure]) -> list[Figure]:
    """Return the bare numbers set against people counted before: "27 were hurt, where last year had 51"."""
    dated = _is_dated(tokens, people[0].numeral)
    if len({figure.measure for figure in people}) != 1 or not (dated or any(
            token.has("g:than", "g:contrast", "t:year_before", "t:month_before", "t:week_before") for token in tokens)):
        return []
    known = {figure.at for figure in people}
    found = []
    for number in numerals(tokens):
        after = tokens[number.last + 1:number.last + 2]
        ends = not after or (after[0].kind == "p" and after[0].text in ",;.") or (
            dated and _is_dated(tokens, number))  # "fell from 58 in 2022 to 41 in 2023"
        if number.first in known or number.first < people[0].at or not number.first or not ends:
            continue
        if tokens[number.first - 1].has("g:copula", "g:counted") or tokens[number.first - 1].text == ":":
            found.append(replace(people[0], numeral=number, rule="people/compared", last=number.last, category=None,
                                 subset=False, qualifier=qualifier_of(tokens, number, number.last)))
    return found


def _is_dated(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether a month or year follows a number: "41 in 2023"."""
    after = tokens[number.last + 1:number.last + 3]
    return len(after) > 1 and after[0].has("t:filler") and after[1].kind == "D"


def exact_number(tokens: Sequence[Token], *, previous: Previous) -> list[Figure]:
    """Return the bare number that makes a rounded one exact: "over 4,000 mines. To be exact, it was 4,245."."""
    numbers = [number for number in numerals(tokens) if number.raw]
    if previous.measure is None or previous.unit is None or not previous.value or len(numbers) != 1 \
            or not any(token.has("c:precise") for token in tokens):
        return []
    number = numbers[0]
    value = number.amount(is_count=True, written=Convention())
    after = tokens[number.last + 1:number.last + 2]
    ends = not after or (after[0].kind == "p" and after[0].text not in "-%'")
    if value is None or not ends or not _LEAST_EXACT <= value / previous.value <= _MOST_EXACT:
        return []
    return [Figure(number, previous.measure, previous.unit, "list/exact", number.last)]


def _by_pronoun(tokens: Sequence[Token]) -> Numeral | None:
    """Return the number that a pronoun before its verb counts: "in August 1,044 of them came to light"."""
    for number in numerals(tokens):
        first = number.first - 1
        while first >= 0 and tokens[first].has("q:over", "q:about", "q:under", "c:total"):
            first -= 1
        ends = number.last + 1 >= len(tokens) or (tokens[number.last + 1].kind == "p"
                                                  and tokens[number.last + 1].text not in "-%")
        if ends and number.raw and first > 0 and tokens[first].has("g:copula", "g:verb") \
                and tokens[first - 1].has("g:them"):
            return number
    return None


def remaining_numbers(tokens: Sequence[Token], *, previous: Previous) -> list[Figure]:
    """Return the bare number that is left over for elsewhere: ``The rest, 1,609, lay in other districts``."""
    if previous.measure is None or previous.unit is None:
        return []
    if (meant := _by_pronoun(tokens)) is not None:
        return [Figure(meant, previous.measure, previous.unit, "list/them", meant.last,
                       qualifier_of(tokens, meant, meant.last))]
    rest = next((at for at, token in enumerate(tokens) if token.has("g:elsewhere")), None)
    numbers = [number for number in numerals(tokens) if number.raw and not _is_excluded(tokens, number.last)]
    if rest is None or len(numbers) != 1 or not 0 < numbers[0].first - rest <= _NEAR:
        return []
    return [Figure(numbers[0], previous.measure, previous.unit, "list/rest", numbers[0].last,
                   qualifier_of(tokens, numbers[0], numbers[0].last))]


def compared_numbers(tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Figure]:
    """Return the bare numbers of other periods: ``57 hectares in May, against 49 in April; in March it was 38``."""
    known = {figure.at for figure in figures}
    dated = {at for at, token in enumerate(tokens) if token.kind == "D"}
    found = []
    for number in numerals(tokens):
        before = [figure for figure in figures if figure.at < number.first and figure.measure.value not in _PEOPLE]
        after = number.last + 1
        if number.first in known or not number.raw:
            continue
        if not before:
            model = _model(tokens, number.first, [], previous=None) if _dashed(tokens, number.first, dated) \
                else _abreast(tokens, number.first, number.last, figures, dated=dated)
            if model is not None:
                found.append(replace(model, numeral=number, rule="list/by-date", last=number.last))
            continue
        follows = after < len(tokens) and (after in dated or (tokens[after].has("t:filler") and after + 1 in dated))
        led = _dashed(tokens, number.first, dated) or number.first - 1 in dated \
            or (number.first - 2 in dated and tokens[number.first - 1].text == ",") \
            or (number.first - 3 in dated and tokens[number.first - 2].kind == "w" and after >= len(tokens) - 1)
        compares = any(token.has("c:background") for token in tokens[max(0, number.first - 3):number.first])
        series = tokens[number.first - 1].has("g:and") or tokens[number.first - 1].text == ","
        series = series and any(at in dated for at in range(before[-1].last, number.first))
        ends = after == len(tokens) or tokens[after].kind == "p"
        if (follows and (compares or series)) or (led and not follows and ends):
            found.append(replace(before[-1], numeral=number, rule="list/other-period", last=number.last, subset=False,
                                 qualifier=qualifier_of(tokens, number, number.last)))
    return found


def grown_numbers(tokens: Sequence[Token], figures: Sequence[Figure]) -> list[Figure]:
    """Return the bare number to which a count has grown: "found 82 shells, which lifts the tally since 2022 to 900"."""
    known, found = {figure.at for figure in figures}, []
    for number in numerals(tokens):
        model = next((figure for figure in reversed(figures) if figure.at < number.first), None)
        after = number.last + 1
        if number.first in known or not number.raw or model is None or model.measure.value in _PEOPLE \
                or not (after >= len(tokens) or (tokens[after].kind == "p" and tokens[after].text in ".;,")):
            continue
        led = number.first - 1
        while led > model.last and tokens[led].has("q:over", "q:about", "q:under"):
            led -= 1
        named = any(token.has("g:sum") for token in tokens[model.last + 1:led])
        if named and tokens[led].text in forms("up_to") and not any(
                token.kind == "n" for token in tokens[model.last + 1:led]):
            found.append(replace(model, numeral=number, rule="list/grown", last=number.last, subset=False,
                                 qualifier=qualifier_of(tokens, number, number.last)))
    return found


def dated_numbers(tokens: Sequence[Token], *, previous: Previous) -> list[Figure]:
    """Return the bare numbers of a series by date that shares out what was counted before: ``2021-ci ilə 300 düşür``.

    Every number of the sentence must stand after a date of its own, and together they must make up what was counted.
    """
    if previous.measure is None or previous.unit is None or not previous.value or previous.measure.value in _PEOPLE:
        return []
    numbers = numerals(tokens)
    dated = {at for at, token in enumerate(tokens) if token.kind == "D"}
    alike = len(numbers) > 1 and len(dated) == len(numbers) and all(
        number.raw and not _is_excluded(tokens, number.last) and _dated_at(tokens, number.first, dated)
        for number in numbers)
    unit_said = any(token.tags & AREA_UNITS.keys() or token.tags & ORDNANCE for token in tokens)
    if not alike or unit_said:
        return []
    values = [number.amount(is_count=previous.unit == Unit.ITEMS, written=Convention()) for number in numbers]
    shared = sum((value for value in values if value is not None), Decimal(0))
    if None in values or not _LEAST_EXACT <= shared / previous.value <= _MOST_EXACT:
        return []
    return [Figure(number, previous.measure, previous.unit, "list/dated-parts", number.last,
                   qualifier_of(tokens, number, number.last)) for number in numbers]


def _abreast(tokens: Sequence[Token], first: int, last: int, figures: Sequence[Figure], *, dated: set[int]
             ) -> Figure | None:
    """Return the figure whose unit a number shares, each after its own date: ``martda 2 840, apreldə 3 015 hektar``."""
    after = next((figure for figure in figures if figure.at > last), None)
    if after is None or last + 1 >= len(tokens) or after.measure.value in _PEOPLE:
        return None
    goes_on = tokens[last + 1].text == "," or tokens[last + 1].has("g:and")
    alike = goes_on and _dated_at(tokens, first, dated) and _dated_at(tokens, after.at, dated)
    return after if alike else None


def _dated_at(tokens: Sequence[Token], first: int, dated: set[int]) -> bool:
    """Say whether a date stands before a number, past its case ending and a word like "isə"."""
    at = first - 1
    while at > 0 and at > first - _DATE_REACH and at not in dated and (
            tokens[at].text in "-'" or tokens[at].has("t:filler", "t:year_word", "g:copula", "g:classifier")):
        at -= 1
    return at in dated


def _dashed(tokens: Sequence[Token], first: int, dated: set[int]) -> bool:
    """Say whether a dash leads from a date to a number: ``в 2021-м - 19 561``."""
    if first < 2 or tokens[first - 1].text not in {"-", "–", "—", ":"}:  # noqa: PLR2004  a date and a dash
        return False
    at = first - 2
    while at > first - 5 and at > 0 and (tokens[at].text in {"-", "'"} or tokens[at].has("t:filler", "t:year_word")):
        at -= 1
    return at in dated


def _of_people(tokens: Sequence[Token], number: Numeral) -> bool:
    """Say whether the word before a number counts people by group: "62 dead (civilian: 49; military: 13)"."""
    at = number.first - 1
    if at > 0 and tokens[at].text in {":", "-", "–"}:
        at -= 1
    return at >= 0 and any(tag.startswith("p:") for tag in tokens[at].tags) and any(
        token.has("p:civilians") or token.tags & CASUALTY for token in tokens)


def _is_excluded(tokens: Sequence[Token], last: int) -> bool:
    """Say whether the next word shows that the number counts something else."""
    if last + 1 < len(tokens) and tokens[last + 1].text == ")":
        return False
    after = tokens[last + 1:last + 3]
    return any(token.has("x!nouns", "percent", "currency") or any(tag.startswith(("p:", "item:")) for tag in token.tags)
               for token in after if token.kind == "w")


def _model(tokens: Sequence[Token], at: int, figures: Sequence[Figure], *, previous: Previous | None) -> Figure | None:
    """Return the figure whose meaning a bare number shares: the one before it in the list, the one after, a heading."""
    before = [figure for figure in figures if figure.at < at]
    after = [figure for figure in figures if figure.at > at]
    if before:
        return before[-1]
    if after:
        return after[0]
    number = numerals(tokens)[0]
    classes: set[str] = set()
    for token in tokens[:at]:
        if token.tags & AREA_UNITS.keys():
            unit = AREA_UNITS[next(iter(sorted(token.tags & AREA_UNITS.keys())))]
            return Figure(number, Measure.AREA_CLEARED, unit, "list", number.last)
        classes |= token.tags & ORDNANCE
    if classes:
        return Figure(number, measure_of(classes), Unit.ITEMS, "list", number.last)
    if previous is not None and previous.measure is not None and previous.unit is not None:
        return Figure(number, previous.measure, previous.unit, "list", number.last)
    return None


def align(figures: Sequence[int], keys: Sequence[int], *, in_order: bool) -> dict[int, list[int]]:
    """Return for every figure the keys that it goes with, all given as token positions.

    Figures and keys that take turns go together in turn (``5 ha Barda, 7 ha Tovuz``); one run of figures and one run
    of keys go together jointly.

    >>> align([1, 5], [3, 7], in_order=False)
    {1: [3], 5: [7]}
    >>> align([5, 6], [1, 2, 3], in_order=False)
    {5: [1, 2, 3], 6: [1, 2, 3]}
    >>> align([5, 6], [1, 2], in_order=True)
    {5: [1], 6: [2]}
    """
    if in_order and len(figures) == len(keys):
        return {figure: [key] for figure, key in zip(figures, keys, strict=True)}
    runs = _runs(figures, keys)
    figure_runs = [run for kind, run in runs if kind == "f"]
    key_runs = [run for kind, run in runs if kind == "k"]
    if len(figure_runs) < 2 or len(key_runs) < 2:  # noqa: PLR2004  one run of each is joint
        return {figure: list(keys) for figure in figures}
    shift = 1 if _keys_follow(runs, figure_runs, key_runs) else -1
    aligned: dict[int, list[int]] = {}
    for position, (kind, run) in enumerate(runs):
        if kind == "f":
            other = position + shift
            mates = runs[other][1] if 0 <= other < len(runs) else []
            aligned |= {figure: list(mates) for figure in run}
    return aligned


def _runs(figures: Sequence[int], keys: Sequence[int]) -> list[tuple[str, list[int]]]:
    runs: list[tuple[str, list[int]]] = []
    for at, kind in sorted([(figure, "f") for figure in figures] + [(key, "k") for key in keys]):
        if runs and runs[-1][0] == kind:
            runs[-1][1].append(at)
        else:
            runs.append((kind, [at]))
    return runs


def _keys_follow(runs: list[tuple[str, list[int]]], figure_runs: list[list[int]], key_runs: list[list[int]]) -> bool:
    """Say whether a key stands after its figure: by which of them opens and ends the list, else by nearness."""
    if len(figure_runs) == len(key_runs):
        return runs[0][0] == "f"
    after = sum(run[0] - runs[k - 1][1][-1] for k, (kind, run) in enumerate(runs) if kind == "k" and k)
    before = sum(runs[k + 1][1][0] - run[-1] for k, (kind, run) in enumerate(runs) if kind == "k" and k + 1 < len(runs))
    return after <= before
