"""What triage shows: the items of a digest, reprints folded, each with a suggestion and its reasons."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from nhipcau.press import phrases
from nhipcau.press.domain.novelty import FORTNIGHT
from nhipcau.press.models import (
    TOLD,
    Decision,
    Digest,
    DigestArticle,
    DigestChoice,
    DigestEntry,
    DigestStory,
)
from nhipcau.ui.templatetags.ui import day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from nhipcau.press.models import Article

#: Stories of the best ranks that are suggested.
SUGGESTED = 15
#: An article whose relevance is below this mentions the country in passing (the engine's threshold is 0.5).
MARGINAL = 0.6
OPEN, KEPT, DROPPED, MINE, ALL, OUTSIDE = "open", "kept", "dropped", "mine", "all", "outside"
PARTS = (OPEN, KEPT, DROPPED, MINE, ALL, OUTSIDE)


class Suggestion(NamedTuple):
    """What the machine would do, and why: ``decision`` as :class:`Decision`, empty where it has no opinion."""

    decision: str
    reason: str
    why: list[str]


#: No opinion.
NONE = Suggestion("", "", [])


@dataclass(slots=True)
class Item:
    """An item in triage: a story by the article that speaks for it, or an article in no story.

    Attributes:
        told: what the engine says of the story; None for an article in no story.
        others: the other articles of the story, and what reprints the article, in order of time.
    """

    row: DigestArticle
    article: Article
    told: DigestStory | None
    choice: DigestChoice | None = None
    others: list[Article] = field(default_factory=list)
    suggestion: Suggestion = NONE

    @property
    def decision(self) -> str:
        """What was decided of it, a :class:`Decision`."""
        return self.choice.decision if self.choice else Decision.OPEN


def rows_of(digest: Digest) -> QuerySet[DigestArticle]:
    """The items of a digest, one row for each, in the order of triage: by the rank of the story, then by relevance.

    A story stands by the article of its gist, or by its first. A reprint in no story is an item of its own only where
    the article that it repeats is not in the digest. Annotated with ``story``, ``decided`` and ``given_to``.
    """
    told = DigestStory.objects.filter(pk=OuterRef("digest_story")).order_by()
    first = DigestArticle.objects.filter(digest=digest, article=OuterRef("article__duplicate_of")).order_by()
    choices = DigestChoice.objects.filter(digest=digest).order_by()
    of_story = choices.filter(story=OuterRef("story"))
    of_article = choices.filter(story__isnull=True, article=OuterRef("article"))
    rows: QuerySet[DigestArticle] = (
        DigestArticle.objects.filter(digest=digest)
        .annotate(
            rank=Subquery(told.values("rank")[:1]),
            story=Subquery(told.values("story")[:1]),
            speaker=Subquery(told.values("gist_article")[:1]),
            folded=Exists(first),
        )
        .filter(
            Q(digest_story__isnull=True, folded=False)
            | Q(article=F("speaker"))
            | Q(digest_story__isnull=False, speaker__isnull=True, place=0)
        )
        .annotate(
            decided=Coalesce(
                Subquery(of_story.values("decision")[:1]), Subquery(of_article.values("decision")[:1]), Value("")
            ),
            given_to=Coalesce(Subquery(of_story.values("assignee")[:1]), Subquery(of_article.values("assignee")[:1])),
        )
        .order_by(F("rank").asc(nulls_last=True), "-article__relevance", "pk")
    )
    return rows


def narrowed(rows: QuerySet[DigestArticle], part: str, person: int) -> QuerySet[DigestArticle]:
    """Those of one part of the list; ``person`` is whose "given to me" is meant."""
    if part == OUTSIDE:
        return rows.filter(relevant=False)
    relevant = rows.filter(Q(relevant=True) | ~Q(decided=""))
    return {
        OPEN: relevant.filter(decided=Decision.OPEN),
        KEPT: relevant.filter(decided=Decision.KEPT),
        DROPPED: relevant.filter(decided=Decision.DROPPED),
        MINE: rows.filter(given_to=person),
        ALL: relevant,
    }[part]


def counts_of(digest: Digest, person: int) -> dict[str, int]:
    """How many items each part has, and under ``articles`` how many articles about the country they stand for."""
    relevant = Q(relevant=True) | ~Q(decided="")
    counted = rows_of(digest).aggregate(
        open=Count("pk", filter=relevant & Q(decided=Decision.OPEN)),
        kept=Count("pk", filter=Q(decided=Decision.KEPT)),
        dropped=Count("pk", filter=Q(decided=Decision.DROPPED)),
        mine=Count("pk", filter=Q(given_to=person)),
        all=Count("pk", filter=relevant),
        outside=Count("pk", filter=Q(relevant=False)),
    )
    return counted | {"articles": DigestArticle.objects.filter(digest=digest, relevant=True).count()}


def items_of(digest: Digest, rows: Iterable[DigestArticle]) -> list[Item]:
    """The items of these rows with all that is shown of them, in as many queries for one as for all."""
    shown = list(rows)
    choices = {
        (choice.story_id, None if choice.story_id else choice.article_id): choice
        for choice in DigestChoice.objects.filter(digest=digest).select_related("assignee", "by")
    }
    others = _others(digest, shown)
    context = _Context.of(digest)
    items = []
    for row in shown:
        story = row.digest_story.story_id if row.digest_story else None
        choice = choices.get((story, None if story else row.article_id))
        item = Item(row, row.article, row.digest_story, choice, others.get(row.pk, []))
        item.suggestion = _suggested(item, context)
        items.append(item)
    return items


def _others(digest: Digest, shown: Sequence[DigestArticle]) -> dict[int, list[Article]]:
    """The articles that go with each item, by the key of its row."""
    by_story = {row.digest_story_id: row.pk for row in shown if row.digest_story_id}
    by_first = {row.article_id: row.pk for row in shown if not row.digest_story_id}
    rows = (
        DigestArticle.objects.filter(digest=digest)
        .filter(Q(digest_story__in=list(by_story)) | Q(article__duplicate_of__in=list(by_first)))
        .exclude(pk__in=[row.pk for row in shown])
        .select_related("article__outlet", "article__revision")
        .defer("article__text", "article__byline")
        .order_by("article__dated_at", "pk")
    )
    found: dict[int, list[Article]] = {}
    for row in rows:
        key = by_story.get(row.digest_story_id) or by_first.get(row.article.duplicate_of_id)
        if key is not None:
            found.setdefault(key, []).append(row.article)
    return found


def in_full(rows: QuerySet[DigestArticle]) -> QuerySet[DigestArticle]:
    """The rows with article, outlet, topics and story; neither the text, which is long, nor the byline."""
    return (
        rows.select_related("article__outlet")
        .defer("article__text", "article__byline")
        .prefetch_related("article__topics", "digest_story")
    )


class _Context(NamedTuple):
    """What suggestions are made from: the stories told in earlier digests."""

    told: Mapping[int, Digest]

    @classmethod
    def of(cls, digest: Digest) -> _Context:
        earlier = Digest.objects.filter(
            organisation=digest.organisation_id,
            state__in=TOLD,
            day__lte=digest.day,
            day__gt=digest.day - FORTNIGHT,
        ).exclude(pk=digest.pk)
        days = {each.pk: each for each in earlier.order_by("day")}
        entries = DigestEntry.objects.filter(digest__in=list(days), removed_at__isnull=True, story__isnull=False)
        pairs = sorted(entries.values_list("digest_id", "story_id"), key=lambda pair: days[pair[0]].day)
        return cls({story: days[key] for key, story in pairs})


def _suggested(item: Item, context: _Context) -> Suggestion:
    told = item.told
    if told is not None and told.story_id in context.told and not told.score_parts.get("novelty", 1.0):
        said = _("Told in the digest of %(day)s, and nothing new since") % {"day": day(context.told[told.story_id].day)}
        return Suggestion(Decision.DROPPED, "told", [said])
    if told is not None and told.rank <= SUGGESTED:
        return Suggestion(Decision.KEPT, "", _why_keep(told, context))
    if item.article.relevance < MARGINAL:
        return Suggestion(Decision.DROPPED, "marginal", [_("Speaks of the country only in passing")])
    return NONE


def _why_keep(told: DigestStory, context: _Context) -> list[str]:
    why = [phrases.outlets(told.outlet_count)]
    if told.country_count > 1:
        why.append(phrases.countries(told.country_count))
    if told.language_count > 1:
        why.append(phrases.languages(told.language_count))
    if told.story_id in context.told:
        why.append(_("new since the digest of %(day)s") % {"day": day(context.told[told.story_id].day)})
    elif told.score_parts.get("novelty", 0.0) == 1.0:
        why.append(_("not told yet"))
    return why
