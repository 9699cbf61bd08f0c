"""Places in a text: the longest listed spelling with a case ending of its language; nothing fuzzy.

Without a gazetteer a place is what the text itself calls a district, as published.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from clearance_atlas.places import fold
from clearance_atlas.statements.lexicon import forms
from clearance_atlas.statements.nouns import is_suffix
from clearance_atlas.statements.tokens import Token

if TYPE_CHECKING:
    from collections.abc import Sequence

    from clearance_atlas.places import Gazetteer

# Case and possessive endings that Azerbaijani and Turkish put on names, and Russian cases of nouns and adjectives.
_LATIN = re.compile(
    r"(?:l[ae]r)?(?:y?[iu]n?|s[iu]n?|n?[iu]n|n[iu]|y?[ae]|n[ae]|n?[dt][ae]n?|[dt][iu]r|l[ae]|d[ae]ki|d[ae]k|l[iu])*"
)
_NOUN = re.compile(r"(?:а|у|ом|е|ой|ы|и|я|ю|ь|ей|ем|ью|ях|ам|ами)?")
_ADJECTIVE = re.compile(r"(?:ий|ого|ому|им|ом|ие|их|ими|ая|ой|ую|ое)")
_DERIVED = ("ск", "инск", "ынск", "нск")  # Лачын: лачынский, Губадлы: губадлинский
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_SOFT = "аяьыиеоу"
_MAX_WORDS = 5
_SHORTEST = 4
_LONGEST_DOMAIN = 5
_VENUES = frozenset({"g:venue", "p:journalists"})
_VENUE_REACH = 4
_QUOTES = frozenset("\"“„«'‘")
_FILED = 14
_SPEECH_REACH = 4
_SPEAKING = frozenset({"t:filler", "c:reporting", "c:these_figures", "p:journalists"})
_DASHES = frozenset("-–—")
_GIVEN = frozenset({"Gabriel"})  # a spelling of a district that is a first name everywhere
_SEPARATORS = frozenset("/,.()-–—")
_SHORT_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}")


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a text: its code and English name, or ``None`` and the words as published."""

    first: int
    last: int
    start: int
    end: int
    code: str | None
    name: str


@dataclass(frozen=True, slots=True, eq=False)
class NameTable:
    """The spellings of a gazetteer, arranged for looking up words."""

    whole: dict[str, str]
    stems: dict[str, tuple[str, re.Pattern[str]]]
    openings: frozenset[str]
    names: dict[str, str]
    capital: str | None = None
    cities: dict[str, str] = field(default_factory=dict)


def name_table(gazetteer: Gazetteer | None) -> NameTable:
    """Return the table of a gazetteer's spellings (an empty one without a gazetteer)."""
    return NameTable({}, {}, frozenset(), {}) if gazetteer is None else _cached_table(_Key(gazetteer))


class _Key:
    """A gazetteer as a cache key: by identity."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer

    def __hash__(self) -> int:
        return id(self.gazetteer)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.gazetteer is self.gazetteer


@cache
def _cached_table(key: _Key) -> NameTable:
    gazetteer = key.gazetteer
    whole = dict(gazetteer.aliases)
    stems: dict[str, tuple[str, re.Pattern[str]]] = {}
    openings = set()
    for spelling, code in gazetteer.aliases.items():
        openings.add(_first_word(spelling))
        for stem, endings in _stems(spelling):
            stems.setdefault(stem, (code, endings))
    names = {place.code: place.name_en for place in gazetteer}
    # A city that is a region of its own is the seat of the government, whose name print gives to the government too.
    capital = next((place.code for place in gazetteer if place.kind == "city" and place.region == place.name_en), None)
    cities = {place.parent: place.code for place in gazetteer
              if place.kind == "city" and place.parent and place.name_en.startswith(names.get(place.parent, "?"))}
    return NameTable(whole, stems, frozenset(openings), names, capital, cities)


def _first_word(spelling: str) -> str:
    return re.split(r"[ \-']", spelling, maxsplit=1)[0]


def _stems(spelling: str) -> list[tuple[str, re.Pattern[str]]]:
    if _CYRILLIC.search(spelling):
        bare = re.sub(r" (?:район|область|город)$", "", spelling)
        if bare.endswith(("ский", "цкий", "кая", "ская")):
            return [(bare[:-2], _ADJECTIVE)]
        stem = bare.rstrip(_SOFT)
        if len(stem) < _SHORTEST - 1:
            return [(bare, _NOUN)]
        return [(stem, _NOUN), *((f"{stem}{suffix}", _ADJECTIVE) for suffix in _DERIVED)]
    if spelling.endswith(("x", "q")) and len(spelling) >= _SHORTEST:
        return [(spelling, _LATIN), (f"{spelling[:-1]}g", _LATIN)]  # softened before a vowel: Qazax, Qazağın
    return [(spelling, _LATIN)]


def find_places(tokens: Sequence[Token], *, text: str, table: NameTable) -> list[Found]:
    """Return the places among the tokens, longest spelling first; a name joined to another by a hyphen is a road.

    >>> from clearance_atlas.statements.lexicon import load_lexicon
    >>> from clearance_atlas.statements.tokens import tokenize
    >>> words = "in Kherson oblast"
    >>> [f.name for f in find_places(tokenize(words, lexicon=load_lexicon("en")), text=words, table=name_table(None))]
    ['Kherson']
    """
    if not table.names:
        return _as_published(tokens, text=text)
    found: list[Found] = []
    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.kind != "w" or not text[token.start].isupper():
            at += 1
            continue
        place = place_at(tokens, at, text=text, table=table)
        if place is not None:
            found.append(place)
        at = place.last + 1 if place else at + 1
    if any(place.code in table.cities for place in found) and any(token.has("g:cities") for token in tokens):
        found = _named_as_cities(found, tokens, table=table)
    tags = frozenset().union(*(token.tags for token in tokens)) if found else frozenset()
    offices, venues = "g:office" in tags, not tags.isdisjoint(_VENUES)
    return [place for place in found
            if not (_on_a_road(place, tokens, text=text) or _is_dateline(place, tokens, text=text)
                    or _is_party(place, tokens) or _is_first_name(place, tokens, text=text)
                    or _is_site(place, tokens, text=text) or (offices and _is_of_office(place, found, tokens))
                    or _is_quoted_at(place, tokens) or (venues and _is_venue(place, tokens))
                    or _is_of_district(place, found, tokens) or _is_city_of(place, found, tokens)
                    or (place.code == table.capital and _is_government(place, found, tokens, table=table)))]


def _named_as_cities(found: Sequence[Found], tokens: Sequence[Token], *, table: NameTable) -> list[Found]:
    """Take districts listed as cities for the cities of their names: "the cities of Ganja, Yevlakh and Shaki"."""
    named = list(found)
    for order in (range(len(found)), range(len(found) - 1, -1, -1)):
        step = order.step
        led = False
        for k in order:
            place = found[k]
            beyond = place.first - 1 if step > 0 else place.last + 1
            while 0 <= beyond < len(tokens) and (tokens[beyond].text == "," or tokens[beyond].has("g:and", "t:filler")):
                beyond -= step
            between = tokens[min(beyond, place.first):max(beyond, place.last)]
            noun = 0 <= beyond < len(tokens) and tokens[beyond].has("g:cities") and not any(
                token.text == "," or token.has("g:and") for token in between)
            joined = 0 <= k - step < len(found) and led and found[k - step].first <= beyond <= found[k - step].last
            other = any(token.has("g:neighbour") and not token.has("g:cities")
                        for token in tokens[place.last + 1:place.last + 2])
            led = (noun or joined) and not (other and step > 0)
            if led and place.code in table.cities:
                code = table.cities[place.code]
                named[k] = replace(place, code=code, name=table.names[code])
    return named


def _is_government(place: Found, found: Sequence[Found], tokens: Sequence[Token], *, table: NameTable) -> bool:
    """Say whether the capital's name means the government: "Baku has read the offer", "out of Baku's reach"."""
    before = tokens[place.first - 1] if place.first else None
    after = tokens[place.last + 1:place.last + 3]
    if len(after) > 1 and after[0].text in "'’" and after[1].text in forms("possessive") \
            and after[1].start == after[0].end:
        return True
    if (after and after[0].has("g:neighbour", "g:village")) or (before is not None and before.has("t:filler")):
        return False
    if _code(tokens[place.first].text, table) is not None and tokens[place.first].text not in table.whole:
        return False  # a case ending says where
    beside = {at for other in found if other is not place for at in (other.first, other.last)}
    return place.first - 2 not in beside and place.last + 2 not in beside


def _is_of_district(place: Found, found: Sequence[Found], tokens: Sequence[Token]) -> bool:
    """Say whether a bracket tells the district of a village named like another: "Garadagli (Tartar region)"."""
    opening = place.last + 1
    return opening < len(tokens) and tokens[opening].text == "(" and any(
        other.first == opening + 1 and tokens[min(other.last + 2, len(tokens) - 1)].text == ")"
        and tokens[other.last + 1].has("g:neighbour") for other in found)


def _is_city_of(place: Found, found: Sequence[Found], tokens: Sequence[Token]) -> bool:
    """Say whether a city only tells whose district was named: "the Garadagh district of Baku"."""
    at = place.first - 1
    if at < 2 or tokens[at].text not in forms("of") or not tokens[at - 1].has("g:neighbour"):  # noqa: PLR2004  after a name
        return False
    return any(other.last == at - 2 for other in found)


def _is_site(place: Found, tokens: Sequence[Token], *, text: str) -> bool:
    """Say whether a name is that of a page in the net: ``Sumqayit.tv``."""
    dot = place.last + 1
    return dot + 1 < len(tokens) and tokens[dot].text == "." and tokens[dot].start == place.end \
        and tokens[dot + 1].start == tokens[dot].end and text[tokens[dot + 1].start].islower() \
        and len(tokens[dot + 1].text) <= _LONGEST_DOMAIN


def _is_of_office(place: Found, found: Sequence[Found], tokens: Sequence[Token]) -> bool:
    """Say whether districts only tell whose envoy speaks: "the special representative in Barda and Tovuz"."""
    named = {at for other in found for at in range(other.first, other.last + 1)}
    for step in (-1, 1):
        at = place.first if step < 0 else place.last
        while 0 <= at < len(tokens) and (at in named or tokens[at].text in {"-", "'"} or is_suffix(tokens, at)
                                         or (tokens[at].text == "," and _lists_on(tokens, at, step, named))
                                         or tokens[at].has("g:and", "g:neighbour", "t:filler", "g:article")):
            at += step
        if 0 <= at < len(tokens) and tokens[at].has("g:office"):
            return True
    return False


def _lists_on(tokens: Sequence[Token], comma: int, step: int, named: set[int]) -> bool:
    """Say whether a comma parts names of one list, and does not end a clause: "In Tovuz, the Barda department"."""
    at = comma + step
    return at in named or (0 <= at < len(tokens) and tokens[at].has("g:and", "g:neighbour"))


def _is_venue(place: Found, tokens: Sequence[Token]) -> bool:
    """Say whether somebody only spoke there: "at a conference in Barda", ``Bərdədə keçirilən forumda``."""
    after = tokens[place.last + 1:place.last + 1 + _VENUE_REACH]
    if len(after) > 1 and after[0].has("p:journalists") and any(token.has("c:reporting") for token in after[1:]):
        return True  # "Ağdamda jurnalistlərə deyib"
    back = place.first - 1
    while back >= 0 and place.first - back <= _VENUE_REACH and tokens[back].has("t:filler", "g:neighbour", "g:village"):
        back -= 1
    if 0 <= back < place.first - 1 and tokens[back].has("g:venue"):
        return True
    for token in after:
        if token.has("g:venue"):
            return _is_held(tokens, place.last + 1)
        if token.kind != "w" or token.value is not None or token.has("g:and", "g:copula"):
            return False
    return False


def _is_quoted_at(place: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a speaker's words follow a place: "The minister in Barda: 'We have cleared ...'"."""
    quoted = tokens[place.last + 1:place.last + 3]
    return place.first > 0 and len(quoted) > 1 and quoted[0].text == ":" and quoted[1].text in _QUOTES


def _is_held(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a word for what was held there follows a place, past its noun: ``Bərdə şəhərində keçirilən``."""
    return any(token.has("g:held") for token in tokens[at:at + _VENUE_REACH])


def _is_party(place: Found, tokens: Sequence[Token]) -> bool:
    """Say whether a name stands for a government or an office: "gave Baku the maps", "based in Baku"."""
    before = tokens[place.first - 1] if place.first else None
    if before is not None and (before.has("g:seat") or before.has("c:handed")):
        return True
    if _is_seat(place, tokens):
        return True
    end = place.last + 1
    while end < len(tokens) and (tokens[end].text == "'" or is_suffix(tokens, end)):
        end += 1
    after = tokens[end] if end < len(tokens) else None
    if after is None or (before is not None and before.has("t:filler", "g:and")):
        return False
    return after.has("c:handed") or (after.has("c:reporting") and not after.has("o:agency"))


def _is_first_name(place: Found, tokens: Sequence[Token], *, text: str) -> bool:
    """Say whether a surname follows a name that people bear too: "Gabriel Escobar", "Fuzuli Ismayilov"."""
    after = tokens[place.last + 1:place.last + 2]
    if not after or place.first != place.last or after[0].kind != "w" or after[0].tags:
        return False
    given, surname = text[place.start:place.end], text[after[0].start:after[0].end]
    before = tokens[place.first - 1] if place.first else None
    if before is not None and (before.has("t:filler", "t:from", "g:neighbour", "g:village") or before.text in ",-–"):
        return False
    return surname.istitle() and surname.isascii() and (surname.lower().endswith(forms("surname")) or given in _GIVEN)


def _is_seat(place: Found, tokens: Sequence[Token]) -> bool:
    """Say whether somebody spoke there: "read out these numbers in the city of Aghdam on Thursday"."""
    after = tokens[place.last + 1:place.last + 3]
    if after and not (after[0].kind == "p" and after[0].text in ".,)") and not (
            len(after) > 1 and after[0].has("t:filler") and (after[1].kind == "D" or after[1].has("t:filler"))):
        return False
    back = place.first - 1
    while back >= 0 and tokens[back].has("t:filler", "g:neighbour"):
        back -= 1
    if back < 0 or back == place.first - 1:
        return False
    if tokens[back].has("g:seat"):
        return True
    spoke = next((at for at in range(back, max(-1, back - _SPEECH_REACH), -1) if tokens[at].has("c:reporting")), None)
    return spoke is not None and all(token.kind == "w" and token.tags <= _SPEAKING
                                     for token in tokens[spoke:back + 1])


def without_excepted(places: Sequence[Found], tokens: Sequence[Token]) -> list[Found]:
    """Leave out the names after "except": they are where nothing was done."""
    if not places or not any(token.has("g:except") for token in tokens):
        return list(places)
    kept: list[Found] = []
    out = -1
    for place in places:
        back = place.first - 1
        while back >= 0 and back != out and (
                tokens[back].text == "," or tokens[back].has("g:and", "t:filler", "g:neighbour", "g:or")):
            back -= 1
        if back >= 0 and (tokens[back].has("g:except") or back == out):
            out = place.last
        else:
            kept.append(place)
    return kept


def place_at(tokens: Sequence[Token], at: int, *, text: str, table: NameTable) -> Found | None:
    """Return the place whose name begins with a token, longest spelling first."""
    token = tokens[at]
    words = token.text
    best: tuple[int, str] | None = None
    longer = words in table.openings or not words.isalpha()  # most capitals begin no name
    for last in range(at, min(len(tokens), at + 2 * _MAX_WORDS) if longer else at + 1):
        if last > at:
            other = tokens[last]
            if other.kind != "w" and other.text not in "-'":
                break
            gap = text[tokens[last - 1].end:other.start]
            words += (" " if gap else "") + other.text
            if other.kind != "w":
                continue
        if code := _code(words, table):
            best = (last, code)
        if last - at > 1 and last == at + _MAX_WORDS:
            break
    if best is None:
        return None
    last, code = best
    return Found(at, last, token.start, tokens[last].end, code, table.names[code])


@lru_cache(maxsize=1 << 15)
def _code(words: str, table: NameTable) -> str | None:
    if words in table.whole:
        return table.whole[words]
    for end in range(len(words), _SHORTEST - 2, -1):
        entry = table.stems.get(words[:end])
        if entry and entry[1].fullmatch(words, end) and (end == len(words) or end >= _SHORTEST or entry[1] is _NOUN):
            return entry[0]
    return None


def _on_a_road(place: Found, tokens: Sequence[Token], *, text: str) -> bool:
    """Say whether a hyphen without blanks joins the name to another name: ``Barda-Aghdam`` is a road."""
    before, after = place.first - 1, place.last + 1
    if any(token.has("g:direction") for token in tokens[after:after + 3]):
        return False  # "in the Barda-Aghdam direction"
    if after + 1 < len(tokens) and tokens[after].text in "-–" and tokens[after].start == place.end:
        follower = tokens[after + 1]
        if follower.start == tokens[after].end and follower.kind == "w" and text[follower.start].isupper():
            return True
    if before >= 1 and tokens[before].text in "-–" and tokens[before].end == place.start:
        leader = tokens[before - 1]
        return leader.end == tokens[before].start and leader.kind == "w" and text[leader.start].isupper()
    return False


def _is_dateline(place: Found, tokens: Sequence[Token], *, text: str) -> bool:
    """Say whether the name only tells where the news was filed: ``BAKU (AA) -`` at the head of a line."""
    after = place.last + 1
    at_head = place.first == 0 or (place.first <= 2 and tokens[0].kind in "dn")  # noqa: PLR2004  a date may stand before it
    if not at_head or after >= len(tokens) or not text[place.start:place.end].isupper():
        return False
    dated = after + 2 < len(tokens) and tokens[after].text == "," and tokens[after + 1].kind == "D" \
        and tokens[after + 2].text in "-–(."  # "BARDA, March 18 -"
    return dated or (tokens[after].kind == "p" and tokens[after].text in "(-–:./")


def agency_line(tokens: Sequence[Token], *, text: str, table: NameTable) -> int:
    """Return how many tokens at the head only tell where, when and by whom it was filed: ``Baku/20.08.24/Turan:``."""
    if not tokens or tokens[0].kind != "w" or _code(tokens[0].text, table) is None:
        return 0
    end = 0
    while end < min(len(tokens), _FILED) and (tokens[end].kind in "nd" or tokens[end].text in _SEPARATORS or (
            tokens[end].kind == "w" and text[tokens[end].start].isupper())):
        end += 1
    if end >= len(tokens) or tokens[end].text != ":":
        end = next((at for at in range(end - 1, 0, -1) if tokens[at].text in _DASHES
                    and tokens[at].start > tokens[at - 1].end), 0)
    head = tokens[:end]
    agency = any(token.kind == "w" and not token.tags and _code(token.text, table) is None for token in head)
    marks = sum(token.text in _SEPARATORS and token.text != "." for token in head)
    return end + 1 if agency and marks > 1 and _names_one_day(head) else 0


def _names_one_day(tokens: Sequence[Token]) -> bool:
    numbers = [token for token in tokens if token.kind in "nd"]
    if any(tag.startswith("month:") for token in tokens for tag in token.tags):
        return 1 <= len(numbers) <= 2 and numbers[0].text.isdecimal()  # noqa: PLR2004  a day, and perhaps its year
    if len(numbers) == 1:
        return numbers[0].kind == "d"
    return len(numbers) == 2 and bool(_SHORT_DATE.fullmatch(f"{numbers[0].text}.{numbers[1].text}"))  # noqa: PLR2004


def _as_published(tokens: Sequence[Token], *, text: str) -> list[Found]:
    found = []
    for at, token in enumerate(tokens):
        if not token.has("g:neighbour"):
            continue
        first = at
        while first > 0 and _is_name(tokens[first - 1], text=text):
            first -= 1
        if first < at and not (at - first == 1 and first == 0):
            start, end = tokens[first].start, tokens[at - 1].end
            found.append(Found(first, at - 1, start, end, None, text[start:end]))
    return found


def _is_name(token: Token, *, text: str) -> bool:
    return token.text == "-" or (token.kind == "w" and text[token.start].isupper() and not token.has("g:neighbour"))


@lru_cache(maxsize=1 << 12)
def _folded(name: str) -> str:
    return fold(name)


def mark_places(tokens: list[Token], found: Sequence[Found]) -> list[Token]:
    """Return the tokens with every place as one token of kind ``L`` whose ``ref`` is its position in ``found``."""
    marked: list[Token] = []
    at = 0
    for number, place in enumerate(found):
        marked += tokens[at:place.first]
        first = tokens[place.first]
        marked.append(Token("L", first.start, place.end, _folded(place.name), ref=number))
        at = place.last + 1
    return marked + tokens[at:]
