"""What the engine says of stored articles once it has seen them together: stories, reprints, relevance."""

from __future__ import annotations

import dataclasses
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _

from nhipcau.press.domain.errors import UnknownArticleError
from nhipcau.press.domain.reconcile import CHUNK, chunks
from nhipcau.press.models import Article, Story
from nhipcau.press.sentences import printable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.newswire import records

_FIELDS = ("relevance", "relevant", "duplicate_of", "duplicate_measure", "duplicate_value", "story")


@dataclasses.dataclass(frozen=True, slots=True)
class Judged:
    """What a run said of one article; articles by their engine's ids."""

    engine_id: str
    relevance: float
    relevant: bool
    duplicate_of: str | None
    duplicate_measure: str
    duplicate_value: float | None
    story: str | None

    @classmethod
    def of(cls, article: records.Article) -> Judged:
        """The judgement that an article of the run carries."""
        from nhipcau.newswire.relevance import RELEVANT

        return cls(
            engine_id=article.id,
            relevance=article.relevance,
            relevant=article.relevance >= RELEVANT,
            duplicate_of=article.duplicate_of,
            duplicate_measure=article.duplicate_measure or "",
            duplicate_value=article.duplicate_value,
            story=article.story_id,
        )

    def plain(self) -> list[Any]:
        """Its values in a fixed order."""
        return list(dataclasses.astuple(self))


def keep_stories(told: Sequence[Mapping[str, Any]]) -> dict[str, int]:
    """Make or retitle the stories of a result; their keys by the engine's ids.

    A title given by hand stands in the story's ``name``, which nothing here touches; the headline follows the news.
    """
    wanted = {story["id"]: (printable(story["title"]), story["title_language"]) for story in told}
    there: dict[str, Story] = {}
    for ids in chunks(wanted):
        there |= {story.engine_id: story for story in Story.objects.filter(engine_id__in=ids)}
    renamed = [story for key, story in there.items() if (story.title, story.language) != wanted[key]]
    for story in renamed:
        story.title, story.language = wanted[story.engine_id]
    Story.objects.bulk_update(renamed, ["title", "language"], batch_size=CHUNK)
    made = Story.objects.bulk_create(
        Story(engine_id=key, title=title, language=language)
        for key, (title, language) in wanted.items()
        if key not in there
    )
    return {story.engine_id: story.pk for story in [*there.values(), *made]}


def keep_judgements(judged: Sequence[Judged], stories: Mapping[str, int]) -> dict[str, Article]:
    """Write what is new in the judgements to the articles, and bring the counts of their stories up to date.

    Returns:
        The articles, and those that they repeat, by the engine's ids.

    Raises:
        UnknownArticleError: one of them is not stored.
    """
    rows = _rows(judged)
    changed: list[Article] = []
    moves: defaultdict[int, Counter[int | None]] = defaultdict(Counter)
    for article in judged:
        row = rows.get(article.engine_id)
        if row is None:
            sentence = _("The digest speaks of the article %(id)s, which is not stored.")
            raise UnknownArticleError(sentence % {"id": article.engine_id})
        values = _values(article, row, rows, stories)
        if any(getattr(row, field) != value for field, value in values.items()):
            if row.story_id is not None and row.story_id != values["story_id"]:
                moves[row.story_id][values["story_id"]] += 1
            for field, value in values.items():
                setattr(row, field, value)
            changed.append(row)
    Article.objects.bulk_update(changed, list(_FIELDS), batch_size=CHUNK)
    recount({*stories.values(), *moves}, moves)
    return rows


def _rows(judged: Sequence[Judged]) -> dict[str, Article]:
    """The stored articles that are judged, and those that they repeat."""
    firsts = {article.duplicate_of for article in judged if article.duplicate_of is not None}
    rows: dict[str, Article] = {}
    for ids in chunks(sorted(firsts | {article.engine_id for article in judged})):
        found = Article.objects.filter(engine_id__in=ids).only("engine_id", *_FIELDS)
        rows |= {row.engine_id: row for row in found}
    return rows


def _values(article: Judged, row: Article, rows: Mapping[str, Article], stories: Mapping[str, int]) -> dict[str, Any]:
    """What the article's fields become. A reprint stays one: a run that holds no other copy cannot see that it is."""
    values = {
        "relevance": article.relevance,
        "relevant": article.relevant,
        "story_id": stories.get(article.story) if article.story else None,
    }
    first = rows.get(article.duplicate_of) if article.duplicate_of else None
    if first is None or row.duplicate_of_id is not None:
        return values
    return values | {
        "duplicate_of_id": first.pk,
        "duplicate_measure": article.duplicate_measure,
        "duplicate_value": article.duplicate_value,
    }


def recount(stories: set[int], moves: Mapping[int, Counter[int | None]]) -> None:
    """Count the articles of these stories; one that lost them all leads to where most of them went.

    Args:
        stories: their keys.
        moves: for a story that lost articles, how many went to which other; None is no story.
    """
    for keys in chunks(sorted(stories)):
        counts = {
            row.pop("story"): row
            for row in Article.objects.filter(story__in=keys)
            .values("story")
            .annotate(
                article_count=Count("pk"),
                outlet_count=Count("outlet", distinct=True),
                country_count=Count("outlet__country", distinct=True, filter=~Q(outlet__country="")),
                language_count=Count("language", distinct=True, filter=~Q(language="und")),
                first_seen=Min("dated_at"),
                last_seen=Max("dated_at"),
            )
            .order_by()
        }
        changed = []
        for story in Story.objects.filter(pk__in=keys):
            values = counts.get(
                story.pk, {"article_count": 0, "outlet_count": 0, "country_count": 0, "language_count": 0}
            )
            values = values | {"merged_into_id": None if story.pk in counts else _where_most_went(moves.get(story.pk))}
            if any(getattr(story, field) != value for field, value in values.items()):
                for field, value in values.items():
                    setattr(story, field, value)
                changed.append(story)
        fields = ["article_count", "outlet_count", "country_count", "language_count", "first_seen", "last_seen"]
        Story.objects.bulk_update(changed, [*fields, "merged_into"], batch_size=CHUNK)


def _where_most_went(moved: Counter[int | None] | None) -> int | None:
    to = {story: number for story, number in (moved or {}).items() if story is not None}
    return min(to, key=lambda story: (-to[story], story)) if to else None
