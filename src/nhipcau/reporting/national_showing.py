"""A national report as the screens show it: sentences with their sources, and what was made of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.documents.forms import TextItem
from nhipcau.reporting.alike import groups_of
from nhipcau.text import compare_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from nhipcau.documents.forms import Section
    from nhipcau.reporting.models import NationalSentence, NationalSource
    from nhipcau.text import Piece

#: What the sentences of a section can be narrowed to.
EVERYTHING, EDITED, OWN, DROPPED, ALIKE, STALE = "", "edited", "own", "dropped", "alike", "stale"
NARROWED = (EVERYTHING, EDITED, OWN, DROPPED, ALIKE, STALE)
#: Offices named on a badge; more are counted.
MOST_BADGES = 4


@dataclass(slots=True)
class Told:
    """A sentence on the screen.

    Attributes:
        sentence: the row.
        sources: where it comes from; empty for the coordinator's own words.
        edited: whether it says something else than its source.
        stale: whether a source of it is not what its office reports now.
        opens: whether it begins a paragraph.
        group: number of the group of sentences that say nearly the same, from 1; 0 for none.
    """

    sentence: NationalSentence
    sources: Sequence[NationalSource]
    edited: bool
    stale: bool
    opens: bool = False
    group: int = 0

    @property
    def own(self) -> bool:
        """Whether it is the coordinator's own."""
        return not self.sources

    @property
    def badges(self) -> Sequence[NationalSource]:
        """The sources that are named on it."""
        return self.sources[:MOST_BADGES]

    @property
    def more(self) -> int:
        """How many more there are."""
        return max(len(self.sources) - MOST_BADGES, 0)

    def differences(self) -> list[tuple[NationalSource, list[Piece]]]:
        """For each source its words beside those of the sentence, word by word."""
        return [(source, compare_words(source.original, self.sentence.text)) for source in self.sources]


@dataclass(slots=True)
class Item:
    """A text of the form with its sentences."""

    key: str
    title: str
    told: list[Told] = field(default_factory=list)


def told_of(sentences: Iterable[NationalSentence], *, current: Collection[int]) -> list[Told]:
    """Sentences as the screen shows them; ``current`` are the submissions that the report rests on."""
    found = []
    for sentence in sentences:
        sources = list(sentence.sources.all())
        edited = bool(sources) and all(source.original != sentence.text for source in sources)
        stale = any(source.submission_id not in current for source in sources)
        found.append(Told(sentence, sources, edited, stale))
    return found


def items_of(section: Section, told: Iterable[Told], narrowed: str) -> list[Item]:
    """The texts of a section with their sentences, narrowed; paragraphs and groups are marked."""
    rows = list(told)
    items = []
    for item in section.items:
        if not isinstance(item, TextItem):
            continue
        mine = [row for row in rows if row.sentence.item == item.key]
        _mark_groups([row for row in mine if row.sentence.dropped_at is None])
        shown = [row for row in mine if _fits(row, narrowed)]
        if narrowed == ALIKE:
            shown.sort(key=lambda row: row.group)
        before = None
        for row in shown:
            row.opens = row.sentence.block != before
            before = row.sentence.block
        items.append(Item(item.key, item.label, shown))
    return items


def _mark_groups(rows: Sequence[Told]) -> None:
    texts = {row.sentence.pk: row.sentence.text for row in rows}
    numbers = {key: number for number, group in enumerate(groups_of(texts), 1) for key in group}
    for row in rows:
        row.group = numbers.get(row.sentence.pk, 0)


def _fits(row: Told, narrowed: str) -> bool:
    if narrowed == DROPPED:
        return row.sentence.dropped_at is not None
    if row.sentence.dropped_at is not None:
        return False
    checks = {EDITED: row.edited, OWN: row.own, ALIKE: row.group > 0, STALE: row.stale}
    return checks.get(narrowed, True)
