"""The records that the stages hand to each other.

Frozen, slotted, without behaviour beyond reading themselves. Field names follow IMAS 04.10 and press usage;
the JSON form of a record uses the same names (``docs/data-dictionary.md``).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum

from clearance_atlas.units import Unit


class Measure(StrEnum):
    """What a figure counts."""

    AREA_CLEARED = "area_cleared"
    AP_MINES = "ap_mines"
    AT_MINES = "at_mines"
    UXO = "uxo"
    MINES_TOTAL = "mines_total"
    ORDNANCE_TOTAL = "ordnance_total"
    SUBMUNITIONS = "submunitions"
    KILLED = "killed"
    INJURED = "injured"
    CASUALTIES = "casualties"
    MINES_MAPPED = "mines_mapped"
    AREA_SURVEYED = "area_surveyed"
    OTHER = "other"


class Qualifier(StrEnum):
    """How the source hedges a figure: ``over 374`` is ``over``."""

    EXACT = "exact"
    OVER = "over"
    ABOUT = "about"
    UNDER = "under"


class PeriodKind(StrEnum):
    """Kind of a reporting period; ``cumulative`` is a state "to date", never a flow."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF = "half"
    YEAR = "year"
    CUSTOM = "custom"
    CUMULATIVE = "cumulative"


class YearSource(StrEnum):
    """Where the year of a period comes from."""

    TEXT = "text"
    PUBLICATION = "publication"
    INFERRED = "inferred"


class PlaceScope(StrEnum):
    """Whether a figure speaks of one district, of several jointly, or of no named district."""

    DISTRICT = "district"
    GROUP = "group"
    NATIONAL = "national"


class Role(StrEnum):
    """A bulletin's own figure, or an older one that it repeats."""

    NEWS = "news"
    BACKGROUND = "background"


class Basis(StrEnum):
    """How a value came about; only ``published`` is drawn unless someone asks."""

    PUBLISHED = "published"
    DERIVED = "derived"
    ESTIMATED = "estimated"


class DocumentKind(StrEnum):
    """A published text, or our own words for a published report."""

    REPORT = "report"
    ABSTRACT = "abstract"


class Flag(StrEnum):
    """What a reader should know before using a figure."""

    RESTATES = "restates"
    SUBSET = "subset"
    PLANNED = "planned"
    ORDERED = "ordered"
    SURVEYED = "surveyed"
    SUSPECT_VALUE = "suspect_value"
    SUSPECT_PERIOD = "suspect_period"
    SUM_MISMATCH = "sum_mismatch"
    YEAR_INFERRED = "year_inferred"
    UNMATCHED_PLACE = "unmatched_place"


class Breakdown(StrEnum):
    """The dimension along which a figure is one part of a published total."""

    OPERATOR = "operator"
    DISTRICT = "district"
    LAND_USE = "land_use"
    SUBGROUP = "subgroup"


@dataclass(frozen=True, slots=True)
class CleanedText:
    """Text made ready for reading, with the way back to the text as published.

    ``offsets[i]`` is the code point in the published text at which ``text[i]`` begins; it has one more entry than
    ``text`` has characters, so that ``offsets[end]`` bounds a half-open span. Offsets never decrease.
    """

    text: str
    offsets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One bulletin, as published.

    ``text`` is frozen: every span of every statement counts its code points. ``published_source`` says where the
    publication date was found (``header``, ``metadata``, ``byline``, ``text``) and is ``None`` with it.
    """

    document_id: str
    text: str
    cleaned: CleanedText
    path: str
    sha256: str
    kind: DocumentKind = DocumentKind.REPORT
    url: str | None = None
    publisher: str | None = None
    title: str | None = None
    published: date | None = None
    published_source: str | None = None
    language: str | None = None
    source_language: str | None = None
    media_type: str = "text/plain"


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day that a figure covers, both included.

    Days are ISO 8601 strings; a year that stays open is ``XXXX-06-03`` (ISO 8601-2), an unknown day ``None``.
    For ``cumulative`` the end is the day that "to date" refers to.
    """

    start: str | None = None
    end: str | None = None
    kind: PeriodKind | None = None
    year_source: YearSource | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The exact words a figure came from, as code points into the document as published.

    ``document.text[start:end] == text`` always. ``figure_start`` and ``figure_end`` bound the number itself.
    """

    text: str
    start: int
    end: int
    figure_start: int
    figure_end: int


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure that one document states, with everything the document says about it."""

    document_id: str
    statement_id: str
    measure: Measure
    value: Decimal
    unit: Unit
    evidence: Evidence
    area_ha: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    period: Period = field(default_factory=Period)
    operator: str | None = None
    place_scope: PlaceScope = PlaceScope.NATIONAL
    places: tuple[str, ...] = ()
    place_codes: tuple[str, ...] = ()
    places_as_published: tuple[str, ...] = ()
    role: Role = Role.NEWS
    flags: tuple[Flag, ...] = ()
    breakdown: Breakdown | None = None
    category: str | None = None
    item: str | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class UnreadSentence:
    """A sentence with a number and a mine-action word from which nothing was taken."""

    document_id: str
    text: str
    start: int
    end: int
    reason: str


@dataclass(frozen=True, slots=True)
class Observation:
    """One value per measure, reporting period, operator scope and place or group.

    ``supporting`` and ``differing`` name statements. ``value`` is ``None`` where a conflict was not decided.
    ``boundary_version`` names the district set in force at the end of the period, or on most days of a flow that a
    change of districts cuts in two.
    """

    observation_id: str
    period_id: str
    measure: Measure
    value: Decimal | None
    unit: Unit
    period: Period
    area_ha: Decimal | None = None
    qualifier: Qualifier = Qualifier.EXACT
    operator: str | None = None
    place_scope: PlaceScope = PlaceScope.NATIONAL
    places: tuple[str, ...] = ()
    place_codes: tuple[str, ...] = ()
    boundary_version: str = ""
    breakdown: Breakdown | None = None
    category: str | None = None
    item: str | None = None
    basis: Basis = Basis.PUBLISHED
    supporting: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    conflict_id: str | None = None
    flags: tuple[Flag, ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConflictingValue:
    """One of the values of a conflict, with the statements that give it."""

    value: Decimal
    unit: Unit
    statement_ids: tuple[str, ...]
    publishers: tuple[str, ...]
    first_seen: date | None = None
    last_seen: date | None = None


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that disagree about one thing, and the rule that chose, or ``not chosen``. Never an average."""

    conflict_id: str
    observation_id: str
    values: tuple[ConflictingValue, ...]
    rule: str
    chosen: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One line for a person: where, what, how to mend it.

    ``needs_person`` separates what must be looked at (exit code 1) from what is only said.
    """

    where: str
    what: str
    mend: str = ""
    needs_person: bool = True

    def __str__(self) -> str:
        return f"{self.where}: {self.what}" + (f"; {self.mend}" if self.mend else "")
