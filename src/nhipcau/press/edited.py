"""A digest as its office tells it: the entries in their order, each with the articles that it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from nhipcau.press.models import DigestArticle, DigestEntry, DigestStory
from nhipcau.press.queries.coverage import LISTED
from nhipcau.workspace.models import UnsavedText

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.press.models import Article, Digest

#: What a row of a source shows.
_SHOWN = (*LISTED, "url", "story")


@dataclass(slots=True)
class Told:
    """An entry of a digest, as it is read.

    Attributes:
        number: its place among those that are in the digest, from 1.
        suggested: what the engine said of its story; None for an item in no story.
        sources: the articles that it rests on, in order of time, reprints included.
    """

    entry: DigestEntry
    number: int
    suggested: DigestStory | None
    sources: list[Article] = field(default_factory=list)

    @property
    def headline(self) -> str:
        """What was written; the original title while nothing is."""
        return self.entry.headline or self.original

    @property
    def original(self) -> str:
        """The title as its outlet printed it."""
        return self.entry.article.title or self.entry.article.excerpt

    @property
    def gist(self) -> str:
        """What was written; the sentences of the original while nothing is."""
        return self.entry.gist or self.original_gist

    @property
    def original_gist(self) -> str:
        """The sentences that the engine took from the original."""
        if self.suggested is not None and self.suggested.gist_article_id == self.entry.article_id:
            return self.suggested.gist
        return self.entry.article.excerpt


def told_by(digest: Digest) -> list[Told]:
    """The entries that are in the digest, in order, in a number of queries that does not grow with them."""
    rows = (
        DigestEntry.objects.filter(digest=digest, removed_at__isnull=True)
        .select_related("article__outlet", "writer")
        .defer("article__text", "article__byline")
        .order_by("place", "pk")
    )
    entries = list(rows)
    if not entries:
        return []
    suggested = {row.story_id: row for row in DigestStory.objects.filter(digest=digest)}
    sources = _sources(digest, entries)
    told = []
    for number, entry in enumerate(entries, 1):
        key = ("story", entry.story_id) if entry.story_id else ("article", entry.article_id)
        told.append(Told(entry, number, suggested.get(entry.story_id), sources.get(key) or [entry.article]))
    return told


def taken_out(digest: Digest) -> Sequence[DigestEntry]:
    """Entries that were taken out, the last one first."""
    rows = DigestEntry.objects.filter(digest=digest, removed_at__isnull=False).select_related("article")
    return list(rows.defer("article__text", "article__byline").order_by("-removed_at"))


def not_entered(digest: Digest) -> Sequence[DigestStory]:
    """Stories that the engine found and nobody has taken into the digest, best first."""
    there = DigestEntry.objects.filter(digest=digest, removed_at__isnull=True, story__isnull=False)
    rows = DigestStory.objects.filter(digest=digest).exclude(story__in=there.order_by().values("story"))
    return list(rows.order_by("rank"))


def by_section(told: Iterable[Told]) -> list[tuple[str, list[Told]]]:
    """The entries grouped by section; a section stands where its first entry stands."""
    groups: dict[str, list[Told]] = {}
    for each in told:
        groups.setdefault(each.entry.section, []).append(each)
    return list(groups.items())


def kept_for(person: Any, entries: Iterable[DigestEntry]) -> dict[int, UnsavedText]:
    """What the person typed into these entries and could not save, by entry."""
    keys = [entry.pk for entry in entries]
    rows = UnsavedText.objects.of_kind(DigestEntry._meta.label_lower).filter(person=person, object_id__in=keys)
    return {row.object_id: row for row in rows}


def _sources(digest: Digest, entries: Iterable[DigestEntry]) -> dict[tuple[str, int | None], list[Article]]:
    stories = [entry.story_id for entry in entries if entry.story_id]
    alone = [entry.article_id for entry in entries if not entry.story_id]
    story_of = dict(DigestStory.objects.filter(digest=digest, story__in=stories).values_list("pk", "story_id"))
    rows = (
        DigestArticle.objects.filter(digest=digest)
        .filter(Q(digest_story__in=list(story_of)) | Q(article__in=alone))
        .select_related("article__outlet", "article__revision")
        .only("digest", "digest_story", "place", *(f"article__{name}" for name in _SHOWN))
        .order_by("place", "article__dated_at", "pk")
    )
    found: dict[tuple[str, int | None], list[Article]] = {}
    for row in rows:
        if row.digest_story_id in story_of:
            found.setdefault(("story", story_of[row.digest_story_id]), []).append(row.article)
        found.setdefault(("article", row.article_id), []).append(row.article)
    return found
