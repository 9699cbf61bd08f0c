"""All documents together: what one says about the day, the age and the repetition of another's words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from clearance_atlas.documents.fingerprints import Twin, nearest_twins
from clearance_atlas.model import Measure, Period, PeriodKind, YearSource
from clearance_atlas.statements.dating import anchor_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from clearance_atlas.config import Event, Profile
    from clearance_atlas.model import Document
    from clearance_atlas.statements.days import Anchor
    from clearance_atlas.statements.drafts import Draft, Draught

_NEAR_TWIN = 0.7
_OTHER_TIME = 20


@dataclass(slots=True)
class Corpus:
    """What the documents of a run tell about each other."""

    anchors: dict[str, Anchor] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    background: dict[str, frozenset[int]] = field(default_factory=dict)

    def repeated(self, document_id: str) -> frozenset[int]:
        """Return the paragraphs that a document of another time has too, with the same numbers."""
        return self.background.get(document_id, frozenset())

    def date_by_event(self, drafts: Sequence[Draft]) -> None:
        """Give handed-over records their year by a dated event of the profile.

        "On 12 June" in a text of July 2022 is the hand-over of 12 June 2021, told by its number.
        """
        for draft in drafts:
            if draft.measure != Measure.MINES_MAPPED or draft.period.start is None:
                continue
            if draft.period.year_source == YearSource.TEXT and draft.mention is not None \
                    and draft.mention.begin.year is not None:
                continue
            found = self._event_day(draft)
            if found is not None:
                draft.period = Period(found.isoformat(), found.isoformat(), PeriodKind.DAY, YearSource.INFERRED)

    def _event_day(self, draft: Draft) -> date | None:
        day = draft.period.start or ""
        text = f"{draft.value:,}"
        for event in self.events:
            if event.date.isoformat()[5:] == day[5:] and (text in event.description
                                                          or f"{draft.value}" in event.description):
                return event.date
        return None


def corpus_of(documents: Sequence[Document], draughts: Mapping[str, Draught], *, profile: Profile | None) -> Corpus:
    """Return what the documents tell about each other."""
    anchors = {
        document.document_id: anchor_of(document, draughts[document.document_id].sentences,
                                        late_last_year=draughts[document.document_id].late_last_year, profile=profile)
        for document in documents
    }
    corpus = Corpus(anchors, profile.events if profile else ())
    by_id = {document.document_id: document for document in documents}
    twins = nearest_twins(documents) if len(documents) > 1 else {}
    for document in documents:
        read = draughts[document.document_id]
        starts = {sentence.paragraph: sentence.start for sentence in reversed(read.sentences)}
        corpus.background[document.document_id] = frozenset(
            paragraph for paragraph, start in starts.items()
            if (twin := _twin_at(twins, document.document_id, start)) is not None
            and twin.same_numbers and twin.similarity >= _NEAR_TWIN and _other_time(document, by_id[twin.document_id])
        )
    return corpus


def _twin_at(twins: Mapping[tuple[str, int], Twin], document_id: str, start: int) -> Twin | None:
    return twins.get((document_id, start))


def _other_time(one: Document, other: Document) -> bool:
    """Say whether two documents are of different times, so that what both have is older than one of them."""
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) > _OTHER_TIME

