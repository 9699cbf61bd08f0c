"""Which places and which operator a figure covers.

A list of districts covers jointly every figure of its report and period, those in the sentences beside it too. It never
reaches a figure of another period or subject, and a list of examples covers nothing.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, PeriodKind
from clearance_atlas.statements.clock import as_date
from clearance_atlas.statements.keys import align
from clearance_atlas.statements.localities import localities, of_locality
from clearance_atlas.statements.nouns import CASUALTY
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Period
    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.operators import OperatorTable
    from clearance_atlas.statements.sentence import Sentence

_LIST = 3
_LONG_LIST = 5
_WHOLE_LIST = 10
_JOINT = 2
_BETWEEN = 3
_SAME_PASSAGE = 2
_MOST_LISTS = 60
_MOST_SPLIT = 100
_LOOK_BACK = 4
_STILL_AT_WORK = 2
_THERE = 6  # sentences: "there" goes on with the place that a conversation is about
_COUNTS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_LABEL = 2
_BEYOND_REACH = 6
_DISTRICT = ("rayon", "erazi", "bolge", "ilce", "district", "region", "area", "territor", "район", "территор")
_AT_WORK = frozenset({"mine", "g:compound", "c:cleared"})
_TELLING = 6
_WORKED = frozenset({"clearing_place", "called"})  # words for the work, and for the calls that it answers
_SCENES = 5  # sentences
_OTHER_SUBJECTS = frozenset({"partial", "handed", "trained", "mapped", "planned", "killed", "injured",
                             "victim"})
_RECENT = 60  # days
_PEOPLE = frozenset({Measure.KILLED, Measure.INJURED, Measure.CASUALTIES})

Places = list[tuple[str | None, str, str]]


def set_places(  # noqa: C901, PLR0912  one walk over the figures, one way to a place a line
    drafts: Sequence[Draft], clock: Clock, *, text: str,
) -> None:
    """Give every draft the places that its sentence, or its report, names for it."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        _own_places(group, text=text)
    _split_in_next(by_sentence)
    lists = _lists(drafts, clock, by_sentence, text=text)
    counted = {draft.sentence.number for draft in drafts}
    workers = _workers(clock.sentences)
    spots = localities(clock.sentences, text=text)
    by_period: dict[tuple[str | None, PeriodKind | None], list[tuple[int, Period | None, Places]]] = {}
    for entry in lists:
        if entry[1] is not None:
            by_period.setdefault((entry[1].end, entry[1].kind), []).append(entry)
    lists = [entry for entries in by_period.values() for entry in (*entries[:_MOST_LISTS], *entries[_MOST_LISTS:][-1:])]
    lists = lists[:_MOST_LISTS]
    for draft in drafts:
        if draft.incident is not None and not draft.own_places:
            draft.places = _distinct([(p.code, p.name, text[p.start:p.end]) for p in draft.incident.places])
            continue
        if not draft.own_places and (named := _referred(draft, clock, text=text)):
            draft.places, draft.own_places = named, True
            lists.append((draft.sentence.number, draft.period, named))
        if not draft.own_places and (spot := of_locality(draft.sentence, spots, text=text)):
            draft.places, draft.own_places = [(spot.code, spot.name, text[spot.start:spot.end])], True
        if draft.is_casualty and not draft.own_places:
            draft.places = _scenes(draft, drafts, clock, text=text)
        if draft.measure == Measure.MINES_MAPPED and not draft.own_places:
            draft.places = _where_laid(draft, clock, text=text)
        if draft.own_places or draft.is_casualty or draft.measure == Measure.MINES_MAPPED \
                or draft.breakdown == Breakdown.DISTRICT:
            continue
        if _is_regional(draft) or _goes_on_regionally(draft, clock) or _is_elsewhere(draft):
            continue
        found = _split_before(draft, drafts) or _list_for(draft, lists, counted=counted, workers=workers)
        if found is None:
            found = _announced_places(draft, text=text) or _carried_on(draft, drafts) or _setting(
                draft, clock, text=text) or _the_district(draft, clock, text=text) or _the_plot(
                draft, clock, text=text) or _story(draft, clock, text=text)
        if found is not None:
            draft.places = list(found)
    _split_exactly(drafts)


def _split_exactly(drafts: Sequence[Draft]) -> None:
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


def _split_in_next(by_sentence: dict[int, list[Draft]]) -> None:
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
                draft.places = _distinct([place for part in parts for place in part.places])
                draft.own_places = True


def _where_laid(draft: Draft, clock: Clock, *, text: str) -> Places:
    """Return where the mines of maps lie, told in the next sentence: "All of them had been laid in Barda".

    Or told further below, in a sentence about the maps that has no date and number of its own.
    """
    number = draft.sentence.number + 1
    told = next((sentence for sentence in clock.sentences[number:number + _THERE] if "mapped" in sentence.cues
                 and sentence.places and not sentence.figures and not sentence.times
                 and "partial" not in sentence.cues), None)
    if told is not None and not draft.sentence.places:
        return _distinct([(place.code, place.name, text[place.start:place.end]) for place in told.places])
    after = clock.sentences[number] if number < len(clock.sentences) else None
    if after is None or draft.sentence.places or after.figures or after.paragraph != draft.sentence.paragraph \
            or "planted" not in after.cues or "partial" in after.cues:
        return []
    return _distinct([(place.code, place.name, text[place.start:place.end]) for place in after.places])


def _scenes(draft: Draft, drafts: Sequence[Draft], clock: Clock, *, text: str) -> Places:
    """Return where a month's or year's accidents happened, for the people counted beside: "blasts shook X, Y and Z"."""
    own = draft.sentence
    if draft.period.kind in {None, PeriodKind.CUMULATIVE, PeriodKind.DAY} or "g:region" in own.tags:
        return []
    for sentence in sorted(clock.sentences[max(0, own.number - _SCENES):own.number + _SCENES + 1],
                           key=lambda sentence: abs(sentence.number - own.number)):
        if "item:incidents" in sentence.tags and abs(sentence.paragraph - own.paragraph) <= 1 \
                and _names_no_other(sentence, draft, clock) \
                and "unlocated" not in sentence.cues and len({place.name for place in sentence.places}) >= _JOINT \
                and not any(figure.measure in _PEOPLE for figure in sentence.figures) \
                and (_is_of_count(draft, sentence.number, drafts) or _counted_just_before(draft, sentence, drafts)):
            return _distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
    return []


def _names_no_other(sentence: Sentence, draft: Draft, clock: Clock) -> bool:
    """Say whether a sentence names no other time than a draft's: "the April blasts" beside what April brought."""
    days = [reading.period if (reading := clock.reading(sentence, timed)) else None for timed in sentence.times]
    return all(period is not None and period.kind == draft.period.kind and period.start and draft.period.start
               and period.start[-5:] == draft.period.start[-5:] for period in days)


def _counted_just_before(draft: Draft, scene: Sentence, drafts: Sequence[Draft]) -> bool:
    """Say whether the sentence before counts the accidents themselves: "three blasts in X and Y. Five were hurt"."""
    return scene.number == draft.sentence.number - 1 and scene.paragraph == draft.sentence.paragraph and any(
        other.item == "incidents" and other.sentence is scene and _same_days(other.period, draft.period)
        for other in drafts)


def _is_of_count(draft: Draft, scene: int, drafts: Sequence[Draft]) -> bool:
    """Say whether a draft has the period of the last people counted before a sentence."""
    told = [other.period for other in drafts if other.is_casualty and other.sentence.number < scene]
    return bool(told) and _same_days(told[-1], draft.period)


def _workers(sentences: Sequence[Sentence]) -> dict[int, frozenset[str]]:
    """Return who is at work in each sentence: the operators it names, else those of the sentences just before."""
    workers: dict[int, frozenset[str]] = {}
    last, named = -1, frozenset[str]()
    for sentence in sentences:
        if sentence.operators:
            last, named = sentence.number, frozenset(mention.code for mention in sentence.operators)
        if named and sentence.number - last <= _STILL_AT_WORK:
            workers[sentence.number] = named
    return workers


def _announced_places(draft: Draft, *, text: str) -> Places | None:
    """Return the places of the sentence that announced the draft's period: "in Gazakh, where work began in April"."""
    sentence = draft.announced
    if sentence is None or not sentence.places or sentence.cues & {"unlocated", "handed", "partial"} \
            or (sentence.cues.isdisjoint(_WORKED) and sentence.tags.isdisjoint(_AT_WORK)):
        return None
    return _distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])


def _the_district(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the only place named so far for "in the district", which opens the sentence or that of its period."""
    for sentence in (draft.sentence, draft.announced):
        if sentence is None or sentence.places or "g:the_district" not in sentence.tags \
                or not any(token.has("g:the_district") for token in sentence.tokens[:max(1, draft.at)]) \
                or (sentence is draft.announced and not sentence.tokens[0].has("g:the_district")):
            continue
        named = [place for other in clock.sentences[max(0, sentence.number - _THERE):sentence.number]
                 for place in other.places]
        found = _distinct([(place.code, place.name, text[place.start:place.end]) for place in named])
        return found if len(found) == 1 else None
    return None


def _the_plot(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the one place of the plot that the sentence before told of: "removed from 72 hectares of the plot"."""
    own = draft.sentence
    before = clock.sentences[own.number - 1] if own.number else None
    if before is None or before.figures or own.places or "g:the_plot" not in own.tags & before.tags:
        return None
    told = {token.text.rpartition(" ")[2] for token in before.tokens if token.has("g:the_plot")}
    if not any(token.has("g:the_plot") and token.text.rpartition(" ")[2] in told
               for token in own.tokens[draft.at:draft.at + _BEYOND_REACH]):
        return None
    found = _distinct([(place.code, place.name, text[place.start:place.end]) for place in before.places])
    return found if len(found) == 1 else None


def _carried_on(draft: Draft, drafts: Sequence[Draft]) -> Places | None:
    """Return the places of the count that "another two mines" goes on with."""
    if draft.rule == "items/taken-up":  # "all 122 were lifted"
        first = next((other for other in drafts if other.value == draft.value and other is not draft), None)
        return first.places if first and first.sentence.number < draft.sentence.number else None
    tokens = draft.sentence.tokens
    if not any(token.has("g:another") for token in tokens[max(0, draft.at - 1):draft.at + 2]):
        return None
    before = next((other for other in reversed(drafts) if other.measure == draft.measure
                   and 0 < draft.sentence.number - other.sentence.number <= _LOOK_BACK), None)
    return before.places if before and before.places and _same_days(before.period, draft.period) else None


def _own_places(group: Sequence[Draft], *, text: str) -> None:
    """Share the places of a sentence among its figures: jointly, or each its own where they take turns."""
    sentence = group[0].sentence
    places = {at: sentence.places[token.ref] for at, token in enumerate(sentence.tokens) if token.kind == "L"}
    if not places:
        return
    if "partial" in sentence.cues and _is_partial(sentence):
        told = [draft for draft in group if draft.at - 1 in places]
        for draft in told if len(told) > 1 else ():  # "63,000 hectares, among them in Aghdam 12,000, in Fuzuli 10,000"
            place = places[draft.at - 1]
            draft.places, draft.own_places = [(place.code, place.name, text[place.start:place.end])], True
            draft.breakdown = draft.breakdown or Breakdown.DISTRICT
        return
    if all(draft.is_casualty for draft in group) and "unlocated" in sentence.cues:
        return
    keys = sorted([*places, *(at for at, token in enumerate(sentence.tokens) if token.has("g:elsewhere"))])
    aligned = _aligned(sentence, sorted({draft.at for draft in group}), keys)
    shares = {tuple(aligned[draft.at]) for draft in group}
    for draft in group:
        if len(shares) > 1 and _opens_split(draft, group, aligned):
            if _adds_up(draft, group):
                draft.places = _distinct([(p.code, p.name, text[p.start:p.end]) for p in places.values()])
                draft.own_places = True
            continue
        closes = len(shares) > 1 and (_closes_split(draft, group) or _is_sum(draft, group)
                                      or _follows_split(draft, group, aligned))
        scene = _of_own_accident(group, sorted(places))
        mine = [places[key] for key in (keys if closes else scene or aligned[draft.at]) if key in places]
        if not mine and len(shares) > 1 and not aligned[draft.at]:
            continue
        draft.places = _distinct([(place.code, place.name, text[place.start:place.end]) for place in mine])
        draft.own_places = True
        if len(shares) > 1 and draft.breakdown is None and not closes:
            draft.breakdown = Breakdown.DISTRICT


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
        token.text in {":", "(", "–", "-"} or token.has("c:including")
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
        token.has("c:total") for token in tokens[max(0, draft.at - _BETWEEN):draft.at])


def _follows_split(draft: Draft, group: Sequence[Draft], aligned: dict[int, list[int]]) -> bool:
    """Say whether a figure after a split of areas counts other things: "A 300, B 420, C 250 ha, 55 mines lifted"."""
    own = [other for other in group if aligned[other.at] == aligned[draft.at]]
    rest = [other for other in group if aligned[other.at] != aligned[draft.at]]
    parted = {tuple(aligned[other.at]) for other in rest}
    summed = any(token.has("c:total") for token in draft.sentence.tokens[max(0, draft.at - _BETWEEN):draft.at])
    return len(parted) >= (1 if summed else _JOINT) and own[0].unit != draft.unit and own[0].at < draft.at \
        and {other.unit for other in rest} == {own[0].unit} and max(other.at for other in rest) < draft.at


def _distinct(places: Places) -> Places:
    found: dict[str, tuple[str | None, str, str]] = {}
    for place in places:
        found.setdefault(place[1], place)
    return list(found.values())


def _is_partial(sentence: Sentence) -> bool:
    """Say whether the districts are only examples: a word like "in particular" stands before the first of them.

    A dozen names are no examples any more, but the list itself: "in many districts, including ...".
    """
    if _longest_run(sentence) >= _WHOLE_LIST:
        return False
    first = next(at for at, token in enumerate(sentence.tokens) if token.kind == "L")
    window = sentence.tokens[max(0, first - 6):first]
    last = max(at for at, token in enumerate(sentence.tokens) if token.kind == "L")
    after = sentence.tokens[last + 1:last + 4]
    return any(token.has("c:partial") for token in window) or any(token.text in {"gibi", "kimi"} for token in after)


def _lists(drafts: Sequence[Draft], clock: Clock, by_sentence: dict[int, list[Draft]], *, text: str
           ) -> list[tuple[int, Period | None, Places]]:
    """Return the lists of districts of a document: sentence, the period they belong to, places."""
    lists: list[tuple[int, Period | None, Places]] = []
    for sentence in clock.sentences:
        if not sentence.places or not _is_work_list(sentence, by_sentence.get(sentence.number, [])):
            continue
        own = [draft for draft in by_sentence.get(sentence.number, []) if not draft.is_casualty]
        joint = next((draft for draft in own if draft.own_places and draft.breakdown is None
                      and len(draft.places) >= _JOINT), None)
        if joint and any(draft.breakdown == Breakdown.DISTRICT for draft in own):
            lists.append((sentence.number, joint.period, joint.places))  # its parts add up to it
            continue
        if any(draft.breakdown == Breakdown.DISTRICT or Flag.SUBSET in draft.flags for draft in own) or any(
                draft.measure == Measure.MINES_MAPPED for draft in own):
            continue
        found = _distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
        period = own[0].period if own else _period_beside(sentence, drafts, clock)
        if not own and "at_present" in sentence.cues and period and period.kind == PeriodKind.CUMULATIVE \
                and not _goes_on_counting(sentence, by_sentence):
            continue  # where crews are now is not where they have been all the time
        spans = _each_period(sentence, drafts) if not own and "each_time" in sentence.cues else [period]
        lists += [(sentence.number, span, found) for span in spans]
    return _continued(lists, clock, by_sentence, text=text)


def _goes_on_counting(sentence: Sentence, by_sentence: dict[int, list[Draft]]) -> bool:
    """Say whether the next sentence counts what the work just told of gave: "... in Barda. It has yielded 60 mines"."""
    after = by_sentence.get(sentence.number + 1, [])
    return bool(after) and after[0].sentence.paragraph == sentence.paragraph and not after[0].sentence.times


def _continued(lists: list[tuple[int, Period | None, Places]], clock: Clock, by_sentence: dict[int, list[Draft]], *,
               text: str) -> list[tuple[int, Period | None, Places]]:
    """Take in the names of the sentence after a list when neither has figures: "... They also went to Gazakh"."""
    found = []
    for number, period, places in lists:
        after = clock.sentences[number + 1] if number + 1 < len(clock.sentences) else None
        if after is not None and after.places and len(places) >= _JOINT \
                and not {number, number + 1} & by_sentence.keys() and not after.times \
                and after.paragraph == clock.sentences[number].paragraph and "g:also" in after.tags \
                and not after.cues & _OTHER_SUBJECTS and "item:incidents" not in after.tags:
            more = [(place.code, place.name, text[place.start:place.end]) for place in after.places]
            places = _distinct([*places, *more])  # noqa: PLW2901  the list goes on
        found.append((number, period, places))
    return found


def _each_period(sentence: Sentence, drafts: Sequence[Draft]) -> list[Period | None]:
    """Return the periods of the figures before a list that holds for all of them: "both times they worked in"."""
    return list(dict.fromkeys(
        draft.period for draft in drafts if not draft.is_casualty and draft.sentence.number < sentence.number))


def _is_work_list(sentence: Sentence, drafts: Sequence[Draft]) -> bool:
    """Say whether the places of a sentence are where the work was done."""
    codes = {place.name for place in sentence.places}
    if ("partial" in sentence.cues and _is_partial(sentence)) or (not drafts and "percent" in sentence.tags):
        return False  # examples, or shares of districts: no report of finds there
    if any(not draft.is_casualty for draft in drafts):
        return len(codes) >= _JOINT or "unlocated" not in sentence.cues
    if _longest_run(sentence) >= _LONG_LIST and "handed" not in sentence.cues:
        return True
    if "unlocated" in sentence.cues:
        return False
    words = sum(token.kind == "w" and not token.has("g:and", "g:neighbour", "t:filler") for token in sentence.tokens)
    if words <= _LABEL and sentence.tokens[0].kind == "w" and any(token.text == ":" for token in sentence.tokens):
        return True  # "Districts: Barda, Tovuz"
    return len(codes) >= _LONG_LIST or (len(sentence.places) >= _JOINT and not sentence.cues.isdisjoint(_WORKED))


def _longest_run(sentence: Sentence) -> int:
    """Return how many places stand in one list, with nothing but marks and short words between."""
    at = [k for k, token in enumerate(sentence.tokens) if token.kind == "L"]
    longest = run = 1 if at else 0
    for before, here in pairwise(at):
        between = sentence.tokens[before + 1:here]
        joined = len(between) <= _BETWEEN and not any(token.kind in "nD" for token in between)
        run = run + 1 if joined else 1
        longest = max(longest, run)
    return longest


def _period_beside(sentence: Sentence, drafts: Sequence[Draft], clock: Clock) -> Period | None:
    """Return the period of a list without figures: its own, else that of the figures next to it."""
    for timed in sentence.times:
        reading = clock.reading(sentence, timed)
        if timed.mention.form in {"range", "month", "part", "year", "since"} and reading is not None:
            same = next((draft.period for draft in drafts if draft.period.start == reading.period.start
                         and draft.period.start is not None), None)
            return same or reading.period
    led = clock.sentences[sentence.number - 1] if sentence.number else None
    if led is not None and led.paragraph == sentence.paragraph and not led.figures:
        for timed in led.times:  # "Its longer count runs from 27 September to 13 December: ..."
            reading = clock.reading(led, timed)
            if timed.mention.form == "range" and reading is not None:
                return reading.period
    news = [draft for draft in drafts if not draft.is_casualty and draft.measure != Measure.MINES_MAPPED]
    before = [draft for draft in news if draft.sentence.number < sentence.number]
    after = [draft for draft in news if draft.sentence.number > sentence.number]
    if before:
        return before[-1].period
    return after[0].period if after else None


def _split_before(draft: Draft, drafts: Sequence[Draft]) -> Places | None:
    """Return all districts of the sentences before, each with a figure of its own, for the total that closes them."""
    tokens = draft.sentence.tokens
    opens = "total" in draft.sentence.cues and any(token.has("c:total") for token in tokens[:draft.at])
    if not opens or draft.sentence.places:
        return None
    near = range(draft.sentence.number - _LOOK_BACK, draft.sentence.number)
    own = [other for other in drafts if other.sentence.number in near and not other.is_casualty
           and other.own_places and _same_days(other.period, draft.period)]
    found = _distinct([place for other in own for place in other.places])
    return found if len({tuple(other.places) for other in own}) > 1 else None


def _referred(draft: Draft, clock: Clock, *, text: str) -> Places:
    """Return the places that "there", "the same districts" or "both districts" point back to."""
    if "same_places" not in draft.sentence.cues:
        return []
    tokens = draft.sentence.tokens
    pointer = next((token for at, token in enumerate(tokens) if token.has("c:same_places") and not (
        at + 1 < len(tokens) and " " not in token.text and tokens[at + 1].has("g:copula")
        and not tokens[at + 1].has("t:to", "t:filler"))), None)
    if pointer is None or _points_within(draft.sentence, pointer.start):
        return []
    count = next((number for word, number in _COUNTS.items() if word in pointer.text.split()), 0)
    found: Places = []
    reach = _LOOK_BACK if " " in pointer.text else _THERE
    for sentence in reversed(clock.sentences[max(0, draft.sentence.number - reach):draft.sentence.number]):
        here = _distinct([(p.code, p.name, text[p.start:p.end]) for p in sentence.places])
        found = _distinct([*here, *found])
        if found and pointer.text.endswith((" district", " region", " town", " city")):
            return found if len(here) == 1 else []
        if found and (len(found) >= count if count else len(found) > 1 or " " not in pointer.text):
            return found if not count or len(found) == count else []
    return [] if count else found


def _points_within(sentence: Sentence, pointer: int) -> bool:
    """Say whether "there" is the ground just counted: "they cleared 26 hectares and found 7 mines there"."""
    chars = [(sentence.char(figure.at), figure.unit) for figure in sentence.figures]
    return any(char < pointer and unit != Unit.ITEMS for char, unit in chars) and chars[-1][0] > pointer


def _of_another(draft: Draft, number: int, workers: dict[int, frozenset[str]]) -> bool:
    """Say whether a list belongs to the report of another operator than the draft's sentence."""
    own, others = workers.get(draft.sentence.number, frozenset()), workers.get(number, frozenset())
    return bool(own and others) and own.isdisjoint(others)


def _list_for(draft: Draft, lists: list[tuple[int, Period | None, Places]], *, counted: set[int],
              workers: dict[int, frozenset[str]] | None = None) -> Places | None:
    """Return the nearest list of the draft's own period."""
    regional = draft.period.kind == PeriodKind.CUMULATIVE and "g:region" in draft.sentence.tags
    fitting = [
        (abs(number - draft.sentence.number), number, places) for number, period, places in lists
        if period is not None and _same_days(period, draft.period)
        and not (regional and not (number not in counted and len(places) >= _LONG_LIST
                                   and 0 < number - draft.sentence.number <= _SAME_PASSAGE))
        and (len(places) > 1 or number not in counted or 0 <= draft.sentence.number - number <= _SAME_PASSAGE)
        and not (number in counted and _of_another(draft, number, workers or {}))
    ]
    return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _same_days(one: Period, other: Period) -> bool:
    if one is other:
        return True
    if one.kind in {PeriodKind.DAY, PeriodKind.CUSTOM} and one.start is None and one.end is None:
        return False  # days that are not given may be different days
    if one.kind == other.kind == PeriodKind.CUMULATIVE:
        return one.end == other.end and (one.start == other.start or (
            None in {one.start, other.start} and not _is_recent(one) and not _is_recent(other)))
    return (one.start, one.end) == (other.start, other.end) and (one.kind is None) == (other.kind is None)


def _is_recent(count: Period) -> bool:
    """Say whether a count began some weeks ago: it is no count of the whole work."""
    start, end = as_date(count.start), as_date(count.end)
    return start is not None and end is not None and (end - start).days < _RECENT


def _is_regional(draft: Draft) -> bool:
    """Say whether the sentence speaks of a whole region, in words for "all of it"."""
    sentence = draft.sentence
    if "excepted" in sentence.cues:
        return True  # everywhere but in a few: which ones is not said
    return "g:region" in sentence.tags and any(
        token.has("g:region") and token.text.startswith(("all", "across", "country", "nation", "whole", "every",
                                                         "entire", "karabakh as", "the country as", "всей",
                                                         "всех", "всем", "всю", "по всем", "по стран", "olke", "ulke"))
        for token in sentence.tokens)


def _is_elsewhere(draft: Draft) -> bool:
    """Say whether a figure is of "other districts", which are not those named before."""
    before = draft.sentence.tokens[max(0, draft.at - _BEYOND_REACH):draft.at]
    return any(token.has("g:elsewhere") and token.text.rpartition(" ")[2].startswith(_DISTRICT) for token in before)


def _goes_on_regionally(draft: Draft, clock: Clock) -> bool:
    """Say whether the sentence before spoke of the whole region, and a count to date goes on with it."""
    before = clock.sentences[draft.sentence.number - 1] if draft.sentence.number else None
    return before is not None and draft.period.kind == PeriodKind.CUMULATIVE and "g:region" in before.tags \
        and not before.places


def _setting(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the one place in which the sentence before sets the scene: "A minefield in Barda is going"."""
    number, own = draft.sentence.number, draft.sentence
    before = clock.sentences[number - 1] if number else None
    if before is None or before.figures or before.paragraph < own.paragraph - 1 or own.places \
            or "g:region" in own.tags or draft.flags & {Flag.PLANNED, Flag.ORDERED} \
            or before.cues & {"unlocated", "handed", "partial", "excepted"} or not _may_be_set(draft, before, clock):
        return None
    found = _distinct([(place.code, place.name, text[place.start:place.end]) for place in before.places])
    at = next((k for k, token in enumerate(before.tokens) if token.kind == "L"), 0)
    last = max((k for k, token in enumerate(before.tokens) if token.kind == "L"), default=0)
    named = any(token.has("g:neighbour", "g:village") for token in before.tokens[max(0, at - 2):last + 2]) and not any(
        token.has("c:reporting") for token in before.tokens[max(0, at - _TELLING):at])
    worked = before.paragraph == own.paragraph and not before.cues & {"planned", "reporting", "background", "event"} \
        and ("clearing_place" in before.cues or not before.tags.isdisjoint(_AT_WORK))
    return found if len(found) == 1 and (named or worked) else None


def _story(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the one place that all sentences so far name, at least two of them, for finds of a day that is not told.

    "Mines in Barda have been lifted. They lay on a road in Barda. Men searched it. Three more mines came to light."
    """
    own = draft.sentence
    if draft.period.kind is not None or own.places or "g:region" in own.tags or own.cues & {"handed", "excepted"} \
            or draft.flags & {Flag.PLANNED, Flag.ORDERED} or draft.unit != Unit.ITEMS:
        return None
    named = [sentence for sentence in clock.sentences[:own.number] if sentence.places]
    found = _distinct([(p.code, p.name, text[p.start:p.end]) for sentence in named for p in sentence.places])
    if len(found) != 1 or len(named) < _JOINT or own.number - named[-1].number > _LOOK_BACK \
            or any(sentence.cues & {"handed", "mapped", "partial"} for sentence in named):
        return None
    return found


def _may_be_set(draft: Draft, before: Sentence, clock: Clock) -> bool:
    """Say whether a figure can belong to a scene: a count to date is the whole country's, unless the scene began it."""
    if draft.period.kind != PeriodKind.CUMULATIVE:
        return True
    if draft.mention is None:
        return "g:perfect" in draft.sentence.tags or "already" in draft.sentence.cues
    war_end = clock.anchor.war_end.isoformat() if clock.anchor.war_end else None
    own = draft.mention.form == "since" and draft.period.start != war_end \
        and before.paragraph == draft.sentence.paragraph
    return own or any(timed.mention.form == "since" for timed in before.times)


def set_operators(drafts: Sequence[Draft], sentences: Sequence[Sentence], *, table: OperatorTable) -> None:
    """Give every draft its operator: the one of its sentence, else the one last spoken of, else the document's."""
    named = {sentence.number: [mention.code for mention in sentence.operators] for sentence in sentences}
    everyone = [code for codes in named.values() for code in codes]
    default = everyone[0] if everyone else None
    joint = _joint_operator(sentences, table=table)
    for draft in drafts:
        if draft.operator is not None or draft.is_casualty or draft.measure == Measure.MINES_MAPPED:
            continue
        draft.operator = _operator_of(draft, named) or default
        if joint and draft.operator == table.parts.get("agency"):
            draft.operator = joint
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if not draft.is_casualty:
            by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        _own_operators(group)


def _operator_of(draft: Draft, named: dict[int, list[str]]) -> str | None:
    codes = list(dict.fromkeys(named.get(draft.sentence.number, [])))
    if len(codes) == 1:
        return codes[0]
    if codes:
        return codes[0]
    for number in range(draft.sentence.number - 1, max(-1, draft.sentence.number - 6), -1):
        if named.get(number):
            return named[number][0]
    return None


def _joint_operator(sentences: Sequence[Sentence], *, table: OperatorTable) -> str | None:
    """Return the joint scope when one sentence lists the agency's partners in the work."""
    if table.partners is None:
        return None
    for sentence in sentences:
        codes = {mention.code for mention in sentence.operators}
        joined = "o:joint" in sentence.tags
        if len(codes - {table.parts.get("agency")}) >= _JOINT and (joined or len(codes) > _LIST) \
                and not any(figure.unit.value in {"ha", "items"} for figure in sentence.figures):
            return table.partners
    return None


def _own_operators(group: Sequence[Draft]) -> None:
    """Share the operators of a sentence among its figures where they take turns."""
    sentence = group[0].sentence
    keys = [mention.at for mention in sentence.operators]
    codes = {mention.at: mention.code for mention in sentence.operators}
    if len(set(codes.values())) < _JOINT or len(group) < _JOINT:
        return
    aligned = align(sorted({draft.at for draft in group}), keys, in_order="same_order" in sentence.cues)
    shares = {tuple(aligned[draft.at]) for draft in group}
    if len(shares) < _JOINT:
        return
    for draft in group:
        mine = [codes[key] for key in aligned[draft.at]]
        if mine:
            draft.operator = mine[0]
            if draft.breakdown is None:
                draft.breakdown = Breakdown.OPERATOR


def set_land_use(drafts: Sequence[Draft]) -> None:
    """Mark the figures of a list by land use."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        if draft.measure == Measure.AREA_CLEARED and draft.breakdown is None:
            by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        if len(group) < _LIST:
            continue
        tokens = group[0].sentence.tokens
        uses = {at: min(tag[4:] for tag in token.tags if tag.startswith("use:"))
                for at, token in enumerate(tokens) if any(tag.startswith("use:") for tag in token.tags)}
        if len(set(uses.values())) < _LIST:
            continue
        in_order = "same_order" in group[0].sentence.cues
        aligned = align(sorted(draft.at for draft in group), sorted(uses), in_order=in_order)
        for draft in group:
            mine = aligned[draft.at]
            if mine and len(mine) < len(uses):
                draft.breakdown, draft.category = Breakdown.LAND_USE, uses[mine[0]]
