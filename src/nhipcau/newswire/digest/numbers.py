"""The numbers of a digest, each with the articles it is made of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.newswire.digest.ranking import outlet_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from nhipcau.newswire.records import Article


def _grouped(articles: Sequence[Article], values: Callable[[Article], Iterable[str | None]]) -> dict[str, Any]:
    """How many different values there are, and for each its articles, most frequent first, then by value.

    Articles for which nothing is known stand under ``unknown`` and are not counted as a value.
    """
    groups: dict[str | None, list[str]] = {}
    for article in articles:
        for value in values(article):
            groups.setdefault(value, []).append(article.id)
    unknown = groups.pop(None, [])
    ordered = sorted(groups, key=lambda value: (-len(groups[value]), str(value)))
    return {
        "count": len(ordered),
        "values": [{"value": value, "count": len(groups[value]), "article_ids": groups[value]} for value in ordered],
        "unknown": {"count": len(unknown), "article_ids": unknown},
    }


def numbers(articles: Sequence[Article], stories: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What the relevant articles of a run add up to. Reprints count: each shows that an outlet carried the text."""
    outlets = _grouped(articles, lambda article: [outlet_key(article.outlet)])
    known = {outlet_key(article.outlet): article.outlet for article in reversed(articles)}
    for group in outlets["values"]:
        group["name"] = known[group["value"]].name
        group["country"] = known[group["value"]].country
    revisions = [article.id for article in articles if article.revises is not None]
    reprints = [article.id for article in articles if article.duplicate_of is not None and article.revises is None]
    return {
        "items": {"count": len(articles), "article_ids": [article.id for article in articles]},
        "reprints": {"count": len(reprints), "article_ids": reprints},
        "revisions": {"count": len(revisions), "article_ids": revisions},
        "stories": {"count": len(stories), "story_ids": [story["id"] for story in stories]},
        "outlets": outlets,
        "countries": _grouped(articles, lambda article: [article.outlet.country]),
        "languages": _grouped(articles, lambda article: [None if article.language == "und" else article.language]),
        "topics": _grouped(articles, lambda article: article.topics or (None,)),
    }
