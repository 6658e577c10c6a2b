"""The stories of a digest as rows: who told them, in which words, and why they stand where they stand."""

from __future__ import annotations

import dataclasses
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.digest import ranking
from nhipcau.newswire.rows import iso_seconds

if TYPE_CHECKING:
    from nhipcau.newswire.records import Article, Story

logger = logging.getLogger(__name__)

#: The gist of a text, given its title and its text: what a model may do instead of the engine's own way.
Summarise = Callable[[str, str], str]
#: Sentences in a gist.
GIST_SENTENCES = 2
#: Who named or grouped a story where the engine did not.
BY_HAND = "hand"
#: What is said to have written a gist where no model did.
EXTRACT = "extract"


#: What is written to a story by hand; a run of the engine leaves it empty, but for a name that it was told of.
UNEDITED: Mapping[str, Any] = {"headline": None, "summary": None, "written_by": (), "note": None}


@dataclasses.dataclass(frozen=True, slots=True)
class Gist:
    """A text in short, in its own language; ``by`` is ``"extract"`` or the name of the model that wrote it."""

    text: str
    by: str


def name_of(model: Callable[..., object]) -> str:
    """What a digest calls a model: its own ``name``, else the name of the callable."""
    return str(getattr(model, "name", None) or getattr(model, "__qualname__", type(model).__qualname__))


def gist_of(title: str, text: str, *, extract: Summarise, model: Summarise | None) -> Gist:
    """A model that fails costs its own gist only: the sentences of the text itself stand in."""
    if model is not None:
        try:
            return Gist(model(title, text), name_of(model))
        except Exception:
            logger.exception("the model %s failed on a gist", name_of(model))
    return Gist(extract(title, text), EXTRACT)


def in_order_of(values: Iterable[str | None]) -> list[str]:
    """Each value once, most frequent first, then as first met; ``None`` left out."""
    counted = Counter(value for value in values if value is not None)
    return sorted(counted, key=lambda value: -counted[value])


def _speaker(members: Sequence[Article], centrality: Mapping[str, float]) -> Article:
    """The article whose headline and sentences stand for the story: the most central original, else the earliest.

    Where its page was changed since, the latest version of it that is among them.
    """
    originals = [article for article in members if article.duplicate_of is None and article.revises is None]
    chosen = max(originals or members, key=lambda article: (bool(article.title), centrality.get(article.id, 0.0)))
    versions = {chosen.id}
    for article in members:
        if article.revises in versions:
            chosen = article
            versions.add(article.id)
    return chosen


def outlets_in_order(members: Sequence[Article]) -> list[str]:
    """Names of the outlets, each once, in the order in which they reported; without what names no outlet."""
    names: dict[str, str] = {}
    for article in members:
        key = ranking.outlet_key(article.outlet)
        if key is not None:
            names.setdefault(key, article.outlet.name)
    return list(names.values())


def _story_row(story: Story, members: Sequence[Article], gist: Callable[[Article], Gist]) -> dict[str, Any]:
    speaker = _speaker(members, story.centrality)
    said = gist(speaker)
    seen = [story.first_seen, story.last_seen, *(article.published_at for article in members)]
    times = [moment for moment in seen if moment is not None]
    parts = ranking.score_parts(members, novelty=story.novelty)
    return {
        "id": story.id,
        "title": speaker.title,
        "title_language": speaker.language,
        **UNEDITED,
        "gist": said.text,
        "gist_article_id": speaker.id,
        "gist_by": said.by,
        "article_ids": [article.id for article in members],
        "earlier_articles": len(set(story.article_ids) - {article.id for article in members}),
        "outlets": outlets_in_order(members),
        "countries": in_order_of(article.outlet.country for article in members),
        "languages": in_order_of(article.language for article in members),
        "topics": in_order_of(topic for article in members for topic in article.topics),
        "first_seen": iso_seconds(min(times, default=None)),
        "last_seen": iso_seconds(max(times, default=None)),
        "novelty": parts["novelty"],
        "score": ranking.total(parts),
        "score_parts": parts,
        **_by_hand(story),
    }


def _by_hand(story: Story) -> dict[str, Any]:
    """What people corrected in a story; nothing where they did not, so that its row is what it always was."""
    said: dict[str, Any] = {"grouped_by": BY_HAND} if story.by_hand else {}
    return said if story.title is None else said | {"headline": story.title, "headline_by": BY_HAND}


def tell(
    stories: Iterable[Story], members: Mapping[str, Sequence[Article]], gist: Callable[[Article], Gist]
) -> list[dict[str, Any]]:
    """Rows of the stories that have articles in this run, best first; equals: the later news, then the smaller id.

    Args:
        stories: as the stream of stories knows them, those of earlier days included.
        members: articles of this run by story id, reprints included, in order of time.
        gist: of one article.
    """
    rows = [_story_row(story, members[story.id], gist) for story in stories if story.id in members]
    rows.sort(key=lambda row: row["id"])
    rows.sort(key=lambda row: (row["score"], row["last_seen"] or ""), reverse=True)
    for rank, row in enumerate(rows, start=1):
        row["rank"] = rank
    return rows
