"""Which places a figure covers.

A list of districts covers jointly every figure of its report and period, those in the sentences beside it too. It never
reaches a figure of another period or subject, and a list of examples covers nothing.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from clearance_atlas.model import Breakdown, Flag, Measure, PeriodKind
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.localities import localities, of_locality
from clearance_atlas.statements.maps import places_of_maps, set_days_of_maps, where_laid
from clearance_atlas.statements.pointers import referred_places, the_district
from clearance_atlas.statements.seizures import POLICE, counts_arms, is_of_police
from clearance_atlas.statements.splits import (
    distinct,
    is_partial,
    longest_run,
    own_places,
    same_days,
    split_exactly,
    split_in_next,
)
from clearance_atlas.units import Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.model import Period
    from clearance_atlas.statements.clock import Clock
    from clearance_atlas.statements.drafts import Draft
    from clearance_atlas.statements.sentence import Sentence
    from clearance_atlas.statements.splits import Places

_LONG_LIST = 5
_JOINT = 2
_SAME_PASSAGE = 2
_MOST_LISTS = 60
_MOST_DRAFTS = 200
_LOOK_BACK = 4
_STILL_AT_WORK = 2
_LABEL = 2
_BEYOND_REACH = 6
_TOO_REACH = 6  # tokens: villages of the last district may stand between
_AT_WORK = frozenset({"mine", "g:compound", "c:cleared"})
_TELLING = 6
_WORKED = frozenset({"clearing_place", "found", "called"})  # words for the work, and for the calls that it answers
_LABELLING = 8  # words before a colon
_OTHER_PLACES = frozenset({"event", "ceded", "planted", "contaminated", "in_use"})
_NO_WORK = frozenset({"unlocated", "background", "reporting", "excepted"})
_OF_REPORT = frozenset({"week", "reference"})
_NEAR_LIST = 4  # sentences
_OPENING = 3  # words
_FEW_WORDS = 4
_SCENES = 5  # sentences
_OTHER_SUBJECTS = frozenset({"partial", "handed", "trained", "mapped", "planned", "killed", "injured",
                             "victim"})
_PEOPLE = frozenset({Measure.KILLED, Measure.INJURED, Measure.CASUALTIES})


def set_places(  # noqa: C901, PLR0912  one walk over the figures, one way to a place a line
    drafts: Sequence[Draft], clock: Clock, *, text: str,
) -> None:
    """Give every draft the places that its sentence, or its report, names for it."""
    by_sentence: dict[int, list[Draft]] = {}
    for draft in drafts:
        by_sentence.setdefault(draft.sentence.number, []).append(draft)
    for group in by_sentence.values():
        own_places(group, text=text)
    split_in_next(by_sentence)
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
            draft.places = distinct([(p.code, p.name, text[p.start:p.end]) for p in draft.incident.places])
            continue
        if not draft.own_places and (named := referred_places(draft, clock, text=text)) is not None:
            draft.places, draft.own_places = named, True
            lists += [(draft.sentence.number, draft.period, named)] if named else []
        if not draft.own_places and (spot := of_locality(draft.sentence, spots, text=text)):
            draft.places, draft.own_places = [(spot.code, spot.name, text[spot.start:spot.end])], True
        if draft.is_casualty and not draft.own_places:
            draft.places = _scenes(draft, drafts, clock, text=text)
        if draft.measure == Measure.MINES_MAPPED and not draft.own_places:
            draft.places = places_of_maps(draft, clock, text=text) or where_laid(draft, clock, text=text)
        if draft.own_places or draft.is_casualty or draft.measure == Measure.MINES_MAPPED \
                or draft.breakdown == Breakdown.DISTRICT:
            continue
        if _is_regional(draft) or _goes_on_regionally(draft, clock) or _is_elsewhere(draft):
            continue
        near = lists if not _announced_places(draft, text=text) else [
            entry for entry in lists if not _is_of_later_news(entry[0], draft, counted)]
        found = _split_before(draft, drafts) or _list_for(draft, near, counted=counted, workers=workers)
        if found is None:
            found = _announced_places(draft, text=text) or _carried_on(draft, drafts) or _setting(
                draft, clock, text=text) or the_district(draft, clock, text=text) or _the_plot(
                draft, clock, text=text) or _the_area(draft, clock, text=text) or _story(
                draft, clock, text=text) or _where_all_was(draft, clock, text=text)
        if found is not None:
            draft.places = list(found)
    for draft in drafts:
        if draft.below is not None and not draft.own_places:
            draft.places = list(draft.below.places)
    split_exactly(drafts)
    set_days_of_maps([draft for draft in drafts if draft.measure == Measure.MINES_MAPPED], clock)


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
            return distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
    return []


def _names_no_other(sentence: Sentence, draft: Draft, clock: Clock) -> bool:
    """Say whether a sentence names no other time than a draft's: "the April blasts" beside what April brought."""
    days = [reading.period if (reading := clock.reading(sentence, timed)) else None for timed in sentence.times]
    return all(period is not None and period.kind == draft.period.kind and period.start and draft.period.start
               and period.start[-5:] == draft.period.start[-5:] for period in days)


def _counted_just_before(draft: Draft, scene: Sentence, drafts: Sequence[Draft]) -> bool:
    """Say whether the sentence before counts the accidents themselves: "three blasts in X and Y. Five were hurt"."""
    return scene.number == draft.sentence.number - 1 and scene.paragraph == draft.sentence.paragraph and any(
        other.item == "incidents" and other.sentence is scene and same_days(other.period, draft.period)
        for other in drafts)


def _is_of_count(draft: Draft, scene: int, drafts: Sequence[Draft]) -> bool:
    """Say whether a draft has the period of the last people counted before a sentence."""
    told = [other.period for other in drafts if other.is_casualty and other.sentence.number < scene]
    return bool(told) and same_days(told[-1], draft.period)


def _workers(sentences: Sequence[Sentence]) -> dict[int, frozenset[str]]:
    """Return who is at work in each sentence: the operators it names, else those of the sentences just before."""
    workers: dict[int, frozenset[str]] = {}
    last, named, police = -1, frozenset[str](), -1
    for sentence in sentences:
        police = sentence.paragraph if is_of_police(sentence) else -1 if sentence.operators else police
        if police == sentence.paragraph:
            workers[sentence.number] = frozenset({POLICE})
            continue
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
    return distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])


def _is_of_later_news(number: int, draft: Draft, counted: set[int]) -> bool:
    """Say whether a list has figures of its own farther below than the sentence above that says where the work is."""
    return draft.announced is not None and number in counted \
        and number - draft.sentence.number > draft.sentence.number - draft.announced.number


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
    found = distinct([(place.code, place.name, text[place.start:place.end]) for place in before.places])
    return found if len(found) == 1 else None


def _the_area(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return where mines were laid or a fight was, told just before: "they mined roads in X and Y. In the area ..."."""
    own = draft.sentence
    before = clock.sentences[own.number - 1] if own.number else None
    if before is None or own.places or "g:the_area" not in own.tags or before.figures \
            or before.cues & {"handed", "partial", "mapped", "reporting"} or not _is_scene(before):
        return None
    pointer = next(at for at, token in enumerate(own.tokens) if token.has("g:the_area"))
    first = min(figure.at for figure in own.figures)
    return distinct([(place.code, place.name, text[place.start:place.end]) for place in before.places]) \
        if pointer < first else None


def _is_scene(sentence: Sentence) -> bool:
    """Say whether a sentence tells of mines in its places, or of a fight over them."""
    return bool(sentence.cues & {"planted", "battle", "contaminated"}) or any(
        token.has("mine", "ap", "at", "c:mine_word") for token in sentence.tokens)


def _carried_on(draft: Draft, drafts: Sequence[Draft]) -> Places | None:
    """Return the places of the count that "another two mines" goes on with."""
    if draft.rule == "items/taken-up":  # "all 122 were lifted"
        first = next((other for other in drafts if other.value == draft.value and other is not draft), None)
        return first.places if first and first.sentence.number < draft.sentence.number else None
    if draft.part is not None and Flag.SUBSET in draft.part.flags:
        return draft.part.places or None  # "three more were found there. All five were lifted."
    tokens = draft.sentence.tokens
    if not any(token.has("g:another") for token in tokens[max(0, draft.at - 1):draft.at + 2]):
        return None
    before = next((other for other in reversed(drafts) if other.measure == draft.measure
                   and 0 < draft.sentence.number - other.sentence.number <= _LOOK_BACK), None)
    return before.places if before and before.places and same_days(before.period, draft.period) else None


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
        parts = any(Flag.SUBSET in draft.flags for draft in own) and not _make_up_total(own, drafts)
        if parts or any(draft.breakdown == Breakdown.DISTRICT for draft in own) or any(
                draft.measure == Measure.MINES_MAPPED for draft in own):
            continue
        found = distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
        period = own[0].period if own else _period_beside(sentence, drafts, clock)
        if not own and "at_present" in sentence.cues and period and period.kind == PeriodKind.CUMULATIVE \
                and not _goes_on_counting(sentence, by_sentence):
            continue  # where crews are now is not where they have been all the time
        spans = _each_period(sentence, drafts) if not own and "each_time" in sentence.cues else [period]
        lists += [(sentence.number, span, found) for span in spans]
    return _continued(lists, clock, by_sentence, text=text)


def _make_up_total(own: Sequence[Draft], drafts: Sequence[Draft]) -> bool:
    """Say whether the parts that a sentence lists are all of a total just told: "Of the 100, 40 ... and 60 ..."."""
    whole = sum((draft.value for draft in own if draft.unit == Unit.ITEMS), Decimal(0))
    return any(draft.value == whole and draft.unit == Unit.ITEMS and not draft.is_casualty
               and 0 < own[0].sentence.number - draft.sentence.number <= _LOOK_BACK for draft in drafts[:_MOST_DRAFTS])


def _goes_on_counting(sentence: Sentence, by_sentence: dict[int, list[Draft]]) -> bool:
    """Say whether the next sentence counts what the work just told of gave: "... in Barda. It has yielded 60 mines"."""
    after = by_sentence.get(sentence.number + 1, [])
    return bool(after) and after[0].sentence.paragraph == sentence.paragraph and not after[0].sentence.times


def _continued(lists: list[tuple[int, Period | None, Places]], clock: Clock, by_sentence: dict[int, list[Draft]], *,
               text: str) -> list[tuple[int, Period | None, Places]]:
    """Take in the names of the sentence after a list when neither has figures: "... They also went to Gazakh"."""
    found = []
    taken = set()
    for number, period, places in lists:
        if number in taken:
            continue  # its names stand in the list that it goes on with
        after = clock.sentences[number + 1] if number + 1 < len(clock.sentences) else None
        if after is not None and after.places and len(places) >= _JOINT \
                and not {number, number + 1} & by_sentence.keys() and not after.times \
                and after.paragraph == clock.sentences[number].paragraph and _adds(after) \
                and not after.cues & _OTHER_SUBJECTS and "item:incidents" not in after.tags:
            more = [(place.code, place.name, text[place.start:place.end]) for place in after.places]
            places = distinct([*places, *more])  # noqa: PLW2901  the list goes on
            taken.add(after.number)
        found.append((number, period, places))
    return found


def _adds(sentence: Sentence) -> bool:
    """Say whether a sentence adds its places to a list: "They also went to Gazakh", ``Qazaxın kəndləri də var``."""
    names = [at for at, token in enumerate(sentence.tokens) if token.kind == "L"]
    return "g:also" in sentence.tags or any(
        token.has("g:too") for token in sentence.tokens[names[0]:names[-1] + _TOO_REACH])


def _each_period(sentence: Sentence, drafts: Sequence[Draft]) -> list[Period | None]:
    """Return the periods of the figures before a list that holds for all of them: "both times they worked in"."""
    return list(dict.fromkeys(
        draft.period for draft in drafts if not draft.is_casualty and draft.sentence.number < sentence.number))


def _is_work_list(sentence: Sentence, drafts: Sequence[Draft]) -> bool:
    """Say whether the places of a sentence are where the work was done."""
    codes = {place.name for place in sentence.places}
    if ("partial" in sentence.cues and is_partial(sentence)) or (not drafts and "percent" in sentence.tags) \
            or counts_arms(sentence):
        return False  # examples, shares of districts, caches of arms: no report of finds there
    if any(not draft.is_casualty for draft in drafts):
        return len(codes) >= _JOINT or "unlocated" not in sentence.cues
    if longest_run(sentence) >= _LONG_LIST and "handed" not in sentence.cues:
        return True
    if "unlocated" in sentence.cues:
        return False
    if _is_labelled(sentence):
        return True
    worked = not sentence.cues.isdisjoint(_WORKED) or ("cleared" in sentence.cues and "event" not in sentence.cues)
    return len(codes) >= _LONG_LIST or (len(sentence.places) >= _JOINT and worked)


def _is_labelled(sentence: Sentence) -> bool:
    """Say whether all that follows a colon is a list of places: "Districts in which this took place: X and Y"."""
    tokens = sentence.tokens
    words = sum(token.kind == "w" and not token.has("g:and", "g:neighbour", "t:filler") for token in tokens)
    if words <= _LABEL and tokens[0].kind == "w" and any(token.text == ":" for token in tokens):
        return True  # "Districts: Barda, Tovuz"
    colon = next((at for at, token in enumerate(tokens) if token.text == ":"), None)
    if colon is None or not 0 < colon <= _LABELLING or not sentence.cues.isdisjoint(_OTHER_SUBJECTS | _OTHER_PLACES):
        return False
    names = sum(token.kind == "L" for token in tokens[colon:])
    return names == len(sentence.places) >= _JOINT and all(
        token.kind in "Lp" or token.has("g:and", "g:neighbour", "t:filler", "g:article", "c:clearing_place")
        for token in tokens[colon:])


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
           and other.own_places and same_days(other.period, draft.period)]
    found = distinct([place for other in own for place in other.places])
    return found if len({tuple(other.places) for other in own}) > 1 else None


def _of_another(draft: Draft, number: int, workers: dict[int, frozenset[str]]) -> bool:
    """Say whether a list belongs to the report of another operator than the draft's sentence."""
    own, others = workers.get(draft.sentence.number, frozenset()), workers.get(number, frozenset())
    return bool((own or POLICE in others) and others) and own.isdisjoint(others)


def _list_for(draft: Draft, lists: list[tuple[int, Period | None, Places]], *, counted: set[int],
              workers: dict[int, frozenset[str]] | None = None) -> Places | None:
    """Return the nearest list of the draft's own period."""
    regional = draft.period.kind == PeriodKind.CUMULATIVE and "g:region" in draft.sentence.tags
    fitting = [
        (abs(number - draft.sentence.number), number, places) for number, period, places in lists
        if period is not None and same_days(period, draft.period)
        and not (regional and not (number not in counted and len(places) >= _LONG_LIST
                                   and 0 < number - draft.sentence.number <= _SAME_PASSAGE))
        and (len(places) > 1 or number not in counted or 0 <= draft.sentence.number - number <= _SAME_PASSAGE)
        and not (number in counted and _of_another(draft, number, workers or {}))
    ]
    return min(fitting, key=lambda entry: entry[:2])[2] if fitting else None


def _is_regional(draft: Draft) -> bool:
    """Say whether the sentence speaks of a whole region, in words for "all of it"."""
    sentence = draft.sentence
    if "excepted" in sentence.cues:
        return True  # everywhere but in a few: which ones is not said
    return "g:region" in sentence.tags and any(
        token.has("g:region") and token.text.startswith(forms("all_of_it")) for token in sentence.tokens)


def _is_elsewhere(draft: Draft) -> bool:
    """Say whether a figure is of "other districts", which are not those named before."""
    before = draft.sentence.tokens[max(0, draft.at - _BEYOND_REACH):draft.at]
    return any(token.has("g:elsewhere") and token.text.rpartition(" ")[2].startswith(forms("district_noun"))
               for token in before)


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
    found = distinct([(place.code, place.name, text[place.start:place.end]) for place in before.places])
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
    found = distinct([(p.code, p.name, text[p.start:p.end]) for sentence in named for p in sentence.places])
    if len(found) != 1 or len(named) < _JOINT or own.number - named[-1].number > _LOOK_BACK \
            or any(sentence.cues & {"handed", "mapped", "partial"} for sentence in named):
        return None
    return found


def _where_all_was(draft: Draft, clock: Clock, *, text: str) -> Places | None:
    """Return the districts of a short sentence near by that tells nothing but where: "Their route led through X and Y".

    It speaks of what was told ("they", "all of it") or of districts, has no time and no subject of its own.
    """
    own = draft.sentence
    if own.places or draft.period.kind in {None, PeriodKind.CUMULATIVE} or "g:region" in own.tags \
            or draft.flags & {Flag.PLANNED, Flag.ORDERED}:
        return None
    first = own.number if _names_time(own) else max(0, own.number - _NEAR_LIST)  # a new time: other news
    near = clock.sentences[first:own.number + _NEAR_LIST + 1]
    for sentence in sorted(near, key=lambda other: (other.paragraph != own.paragraph, abs(other.number - own.number))):
        if _tells_only_where(sentence) and not any(
                _names_time(other) for other in near if other is not own and (
                    own.number < other.number < sentence.number or sentence.number < other.number < own.number)):
            return distinct([(place.code, place.name, text[place.start:place.end]) for place in sentence.places])
    return None


def _names_time(sentence: Sentence) -> bool:
    """Say whether a sentence names a time of its own, other than "the same week"."""
    return any(timed.mention.form not in _OF_REPORT for timed in sentence.times)


def _tells_only_where(sentence: Sentence) -> bool:
    """Say whether a sentence is a list of districts with a few words that point back to the work."""
    tokens = sentence.tokens
    if sentence.figures or _names_time(sentence) \
            or not _JOINT <= longest_run(sentence) == len(sentence.places) or "item:incidents" in sentence.tags \
            or not sentence.cues.isdisjoint(_OTHER_SUBJECTS | _OTHER_PLACES | _NO_WORK) or "g:region" in sentence.tags:
        return False
    first = next(at for at, token in enumerate(tokens) if token.kind == "L")
    points = any(token.kind == "D" or token.has("g:anaphor", "c:same_places") for token in tokens[:_OPENING]) or any(
        token.has("g:neighbour") for token in tokens[:first])
    words = sum(token.kind == "w" and not token.has("g:and", "g:neighbour", "t:filler", "g:article", "g:anaphor",
                                                    "g:copula", "g:whereabouts", "c:same_places") for token in tokens)
    return words <= _FEW_WORDS and (points or not words)


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
