"""Places named in a figure's own sentence, and how numbers are shared out to them: parts, their total, and the rest."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Measure, PeriodKind
from clearance_atlas.statements.clock import as_date
from clearance_atlas.statements.keys import align
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import CASUALTY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Period
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence

_JOINT = 2
WHOLE_LIST = 10
BETWEEN = 3
_MOST_SPLIT = 100
_OF_PART = 8  # words from the number of a part to its place
_OF_THEM = 4  # words from it to "of them"
_OPENS_PART = frozenset({"c:of_them", "c:including", "c:partial"})
_RECENT = 60  # days
Places = list[tuple[str | None, str, str]]


def split_exactly(drafts: Sequence[Draft]) -> None:
    """Take two numbers that make up a third exactly, one of a district and one of elsewhere, for its parts."""
    counts = [draft for draft in drafts[:_MOST_SPLIT] if not draft.is_casualty
              and draft.measure != Measure.MINES_MAPPED]
    for one, rest in pairwise(counts):
        if one.measure != rest.measure or not one.own_places or rest.own_places or rest.sentence.number \
                - one.sentence.number > 1 or not any(token.has("g:elsewhere") for token in rest.sentence.tokens):
            continue
        total = next((draft for draft in counts if draft.measure == one.measure and draft.sentence.number
                      <= one.sentence.number and draft.value == one.value + rest.value), None)
        if total is not None:
            one.breakdown = rest.breakdown = Breakdown.DISTRICT
            total.places, rest.places = list(total.places) if total.own_places else [], []


def split_in_next(by_sentence: dict[int, list[Draft]]) -> None:
    """Give a sentence the districts whose parts in the next one make up its total: "... 320 in Barda, 200 in Tovuz"."""
    for number, group in by_sentence.items():
        parts = [draft for draft in by_sentence.get(number + 1, ()) if draft.own_places and not draft.is_casualty]
        if len(parts) < _JOINT or group[0].sentence.places \
                or any(draft.breakdown != Breakdown.DISTRICT or not draft.places for draft in parts):
            continue
        units = {draft.unit for draft in group}
        alike = [draft for draft in parts if draft.unit == parts[0].unit and draft.unit in units]
        total = sum((draft.value for draft in alike), Decimal(0))
        if len(alike) < _JOINT or not any(
                draft.unit == alike[0].unit and draft.measure == alike[0].measure and draft.value == total
                for draft in group):
            continue
        for draft in group:
            if not draft.is_casualty:
                draft.places = distinct([place for part in parts for place in part.places])
                draft.own_places = True


def own_places(group: Sequence[Draft], *, text: str) -> None:
    """Share the places of a sentence among its figures: jointly, or each its own where they take turns."""
    sentence = group[0].sentence
    places = {at: sentence.places[token.ref] for at, token in enumerate(sentence.tokens) if token.kind == "L"}
    if not places or _set_placed_part(group, text=text):
        return
    if "partial" in sentence.cues and is_partial(sentence):
        told = [draft for draft in group if draft.at - 1 in places]
        for draft in told if len(told) > 1 else ():  # "63,000 hectares, among them in Aghdam 12,000, in Fuzuli 10,000"
            place = places[draft.at - 1]
            draft.places, draft.own_places = [(place.code, place.name, text[place.start:place.end])], True
            draft.breakdown = draft.breakdown or Breakdown.DISTRICT
        return
    if all(draft.is_casualty for draft in group) and "unlocated" in sentence.cues:
        return
    numbers = {draft.at for draft in group}
    keys = sorted([*places, *(at for at, token in enumerate(sentence.tokens) if token.has("g:elsewhere")
                              and not (at + 1 in numbers and token.has("g:remaining")))])
    aligned = _aligned(sentence, sorted({draft.at for draft in group}), keys)
    shares = {tuple(aligned[draft.at]) for draft in group}
    for draft in group:
        if len(shares) > 1 and _opens_split(draft, group, aligned):
            if _adds_up(draft, group):
                draft.places = distinct([(p.code, p.name, text[p.start:p.end]) for p in places.values()])
                draft.own_places = True
            continue
        closes = len(shares) > 1 and (_closes_split(draft, group) or _is_sum(draft, group)
                                      or _follows_split(draft, group, aligned))
        scene = _of_own_accident(group, sorted(places))
        mine = [places[key] for key in (keys if closes else scene or aligned[draft.at]) if key in places]
        if not mine and len(shares) > 1 and not aligned[draft.at]:
            continue
        draft.places = distinct([(place.code, place.name, text[place.start:place.end]) for place in mine])
        draft.own_places = True
        if len(shares) > 1 and draft.breakdown is None and not closes:
            draft.breakdown = Breakdown.DISTRICT


def _set_placed_part(group: Sequence[Draft], *, text: str) -> bool:
    """Give places to the one part that the sentence tells them of, none to the whole: "40 ha, 12 of them in Barda"."""
    sentence = group[0].sentence
    part = _placed_part(group, [at for at, token in enumerate(sentence.tokens) if token.kind == "L"])
    if part is not None:
        part.places = distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
        part.own_places, part.breakdown = True, part.breakdown or Breakdown.DISTRICT
    return part is not None


def _placed_part(group: Sequence[Draft], places: Sequence[int]) -> Draft | None:
    """Return the part after "of them" or "including" beside which all places of a sentence stand, past no comma."""
    tokens = group[0].sentence.tokens
    for whole, part in pairwise(sorted(group, key=lambda draft: draft.at)):
        alike = [draft for draft in group if (draft.measure, draft.unit) == (whole.measure, whole.unit)]
        if part.is_casualty or alike != [whole, part] or part.value >= whole.value:
            continue
        opens = next((at for at in range(part.at - 1, whole.at, -1) if tokens[at].has(*_OPENS_PART)
                      or (at == part.at - 1 and tokens[at].has("g:its_part"))), None)
        follows = any(token.has("c:of_them") for token in tokens[part.at + 1:part.at + _OF_THEM])
        begin = opens if opens is not None else part.at if follows else None
        if begin is None or min(places) < begin:
            continue
        between = tokens[part.at + 1:min((at for at in places if at > part.at), default=part.at + 1)]
        later = [draft.at for draft in group if draft.at > part.at]
        if len(between) <= _OF_PART and not any(token.text in {",", ";"} for token in between) \
                and not any(at < max(places) for at in later):
            return part
    return None


def _of_own_accident(group: Sequence[Draft], places: Sequence[int]) -> list[int]:
    """Return the places of the one count's clause where others have accidents: "in A three died, in B one did"."""
    tokens = group[0].sentence.tokens
    if len(group) > 1 or not group[0].is_casualty:
        return []
    marks = [-1, *(at for at, token in enumerate(tokens) if token.text in {",", ";"}), len(tokens)]
    clauses = [range(low + 1, high) for low, high in pairwise(marks) if any(low < at < high for at in places)
               and any(token.tags & CASUALTY for token in tokens[low + 1:high])]
    own = next((clause for clause in clauses if group[0].at in clause), None)
    return [at for at in places if at in own] if own and len(clauses) > 1 else []


def _aligned(sentence: Sentence, figures: list[int], keys: list[int]) -> dict[int, list[int]]:
    """Return the keys of every figure; where each clause between semicolons has its own keys, clause by clause."""
    marks = [at for at, token in enumerate(sentence.tokens) if token.text == ";"]
    bounds = [*pairwise([-1, *marks, len(sentence.tokens)])]
    clauses = [([at for at in figures if low < at < high], [at for at in keys if low < at < high])
               for low, high in bounds] if marks else []
    clauses = [clause for clause in clauses if clause[0]]
    in_order = "same_order" in sentence.cues
    if len(clauses) < 2 or in_order or not all(own for _, own in clauses):  # noqa: PLR2004  clauses to tell apart
        return align(figures, keys, in_order=in_order)
    return {at: mates for numbers, own in clauses for at, mates in align(numbers, own, in_order=False).items()}


def _opens_split(draft: Draft, group: Sequence[Draft], aligned: dict[int, list[int]]) -> bool:
    """Say whether a figure is the total before a list by district: "4,218 ha: 1,604 ha in Jabrayil, ..."."""
    after = next((other for other in group if other.at > draft.at), None)
    if after is None or (after.area_ha is not None and after.area_ha == draft.area_ha):
        return False  # the same area in another unit
    if after.measure != draft.measure or aligned[after.at] != aligned[draft.at] \
            or any(key < draft.at for key in aligned[draft.at]):
        return False
    return after.rule == "items/of-them" or any(
        token.text in {":", "(", "–", "-"} or token.has("c:including", "c:of_them")
        for token in draft.sentence.tokens[draft.at + 1:after.at])


def _adds_up(draft: Draft, group: Sequence[Draft]) -> bool:
    """Say whether the parts by district make up the total: then it covers just these districts."""
    parts = [other for other in group if other.at > draft.at and other.measure == draft.measure]
    return sum((other.area_ha or other.value for other in parts), Decimal(0)) == (draft.area_ha or draft.value)


def _is_sum(draft: Draft, group: Sequence[Draft]) -> bool:
    """Say whether a figure is what those after it add up to: "of 3,100 hectares 1,200 lie in Aghdam, 1,900 in ..."."""
    parts = [other.value for other in group if other.measure == draft.measure and other.at > draft.at
             and other.unit == draft.unit]
    return len(parts) > 1 and sum(parts) == draft.value


def _closes_split(draft: Draft, group: Sequence[Draft]) -> bool:
    """Say whether a figure is the total at the end of a list by district: "..., in all 120 hectares"."""
    tokens = draft.sentence.tokens
    alike = [other.value for other in group if other.measure == draft.measure and other.at < draft.at]
    return len(alike) > 1 and draft.value >= max(alike) and any(
        token.has("c:total") for token in tokens[max(0, draft.at - BETWEEN):draft.at])


def _follows_split(draft: Draft, group: Sequence[Draft], aligned: dict[int, list[int]]) -> bool:
    """Say whether a figure after a split of areas counts other things: "A 300, B 420, C 250 ha, 55 mines lifted"."""
    own = [other for other in group if aligned[other.at] == aligned[draft.at]]
    rest = [other for other in group if aligned[other.at] != aligned[draft.at]]
    parted = {tuple(aligned[other.at]) for other in rest}
    summed = any(token.has("c:total") for token in draft.sentence.tokens[max(0, draft.at - BETWEEN):draft.at])
    return len(parted) >= (1 if summed else _JOINT) and own[0].unit != draft.unit and own[0].at < draft.at \
        and {other.unit for other in rest} == {own[0].unit} and max(other.at for other in rest) < draft.at


def distinct(places: Places) -> Places:
    """Return places without repetitions, in the order of their first mention."""
    found: dict[str, tuple[str | None, str, str]] = {}
    for place in places:
        found.setdefault(place[1], place)
    return list(found.values())


def is_partial(sentence: Sentence) -> bool:
    """Say whether the districts are only examples: a word like "in particular" stands before the first of them.

    A dozen names are no examples any more, but the list itself: "in many districts, including ...".
    """
    if longest_run(sentence) >= WHOLE_LIST:
        return False
    first = next(at for at, token in enumerate(sentence.tokens) if token.kind == "L")
    window = sentence.tokens[max(0, first - 6):first]
    last = max(at for at, token in enumerate(sentence.tokens) if token.kind == "L")
    after = sentence.tokens[last + 1:last + 4]
    return any(token.has("c:partial") for token in window) or any(token.text in forms("like") for token in after)


def longest_run(sentence: Sentence) -> int:
    """Return the number of places in the longest list of a sentence."""
    """Return how many places stand in one list, with nothing but marks and short words between."""
    at = [k for k, token in enumerate(sentence.tokens) if token.kind == "L"]
    longest = run = 1 if at else 0
    for before, here in pairwise(at):
        between = sentence.tokens[before + 1:here]
        joined = len(between) <= BETWEEN and not any(token.kind in "nD" for token in between)
        run = run + 1 if joined else 1
        longest = max(longest, run)
    return longest


def same_days(one: Period, other: Period) -> bool:
    """Say whether two periods are the same days, as far as they are known."""
    if one is other:
        return True
    if one.kind in {PeriodKind.DAY, PeriodKind.CUSTOM} and one.start is None and one.end is None:
        return False  # days that are not given may be different days
    if one.kind == other.kind == PeriodKind.CUMULATIVE:
        return one.end == other.end and (one.start == other.start or (
            None in {one.start, other.start} and not is_recent(one) and not is_recent(other)))
    return (one.start, one.end) == (other.start, other.end) and (one.kind is None) == (other.kind is None)


def is_recent(count: Period) -> bool:
    """Say whether a count began some weeks ago: it is no count of the whole work."""
    start, end = as_date(count.start), as_date(count.end)
    return start is not None and end is not None and (end - start).days < _RECENT
