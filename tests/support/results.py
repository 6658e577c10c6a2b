"""What the engine's pipeline would hand over, put together by hand: which article is in which story."""

from types import SimpleNamespace

from nhipcau.newswire.digest.method import method

ENGINE = {"name": "nhipcau", "version": "0", "parts": {}}


def make_result(records, *, focus="VN", rejected=None):
    """A result over these articles; those with a ``story_id`` make its stories, in the order in which they come."""
    members = {}
    for record in records:
        if record.story_id:
            members.setdefault(record.story_id, []).append(record)
    rejected = rejected or {}
    data = {
        "focus": focus,
        "counts": {
            "documents": len(records) + sum(rejected.values()),
            "articles": len(records),
            "rejected": rejected,
            "duplicates": sum(record.duplicate_of is not None for record in records),
            "relevant": sum(record.relevance >= 0.5 for record in records),
        },
        "stories": [_told(rank, story, articles) for rank, (story, articles) in enumerate(members.items(), start=1)],
        "engine": ENGINE,
        "method": method({}),
    }
    return SimpleNamespace(
        data=data, stored=lambda: (SimpleNamespace(article=record, seen_before=False) for record in records)
    )


def _told(rank, story, articles):
    seen = sorted(record.published_at.isoformat() for record in articles if record.published_at)
    return {
        "id": story,
        "rank": rank,
        "title": articles[0].title,
        "title_language": articles[0].language,
        "gist": articles[0].text[:80],
        "gist_article_id": articles[0].id,
        "article_ids": [record.id for record in articles],
        "outlets": list(dict.fromkeys(record.outlet.name for record in articles)),
        "countries": list(dict.fromkeys(record.outlet.country for record in articles)),
        "languages": list(dict.fromkeys(record.language for record in articles)),
        "topics": list(dict.fromkeys(topic for record in articles for topic in record.topics)),
        "first_seen": seen[0] if seen else None,
        "last_seen": seen[-1] if seen else None,
        "score": round(1 / rank, 4),
        "score_parts": {"outlets": 0.5, "countries": 0.5, "reach": 0.5, "centrality": 0.8, "novelty": 1.0},
    }
