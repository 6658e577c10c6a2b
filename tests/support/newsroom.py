"""A press room full of the sample newsroom's items, as if they had been collected and a digest built: in a second,
without fetching and without the engine. The event that an item names is its story.

Call :func:`fill` with the system's access open.
"""

import hashlib
from collections import defaultdict
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace

from django.utils import timezone

from nhipcau.access import SystemActor
from nhipcau.config.newsroom.content import load_outlets
from nhipcau.newswire import gazetteer, records
from nhipcau.press.domain.collecting import (
    claim_sources,
    finish_collection,
    mark_source_collected,
    record_collected,
    start_collection,
)
from nhipcau.press.domain.digests import store_digest
from nhipcau.press.domain.outlets import register_outlet, register_source

ACTOR = SystemActor("test")
TROUBLE = {
    "madrid_es": "The feed breaks off in its last entry.",
    "sydney_en": "The host did not answer within 20 seconds.",
}
PAUSED = "jakarta_id"
REJECTIONS = [
    records.Rejection(
        url="https://london-en.example/gone", origin="feed", reason="fetch_failed", detail="The server answered 404."
    ),
    records.Rejection(url="https://paris-fr.example/bref", origin="feed", reason="too_short", detail="31 characters."),
]


def fill(office, day):
    """Outlets, sources, a collection, two digests; gives back the one of ``day``, the other is of the day before."""
    sources = {each.key: register(each) for each in load_outlets(day)}
    articles = collected(day)
    collect(sources, articles)
    build_digest(office, day - timedelta(days=1), articles)
    return build_digest(office, day, articles)


def collected(day):
    """Every item of the newsroom up to a day, as the engine would read them."""
    return [article for each in load_outlets(day) for article in articles_of(each)]


def build_digest(office, day, articles):
    """The office's digest of a day, from what had been published by then."""
    night = timezone.make_aware(datetime.combine(day, time(23, 59)))
    read = [article for article in articles if article.published_at <= night]
    stored = [SimpleNamespace(article=article, seen_before=False) for article in read]
    return store_digest(
        actor=ACTOR,
        organisation=office,
        result=SimpleNamespace(data=told(read), stored=lambda: iter(stored)),
        day=day,
        period=(night - timedelta(days=1), night),
        as_of=timezone.now(),
    )


def host(sample):
    return f"{sample.key.replace('_', '-')}.example"


def register(sample):
    """The outlet and its one source."""
    outlet = register_outlet(
        actor=ACTOR,
        host=host(sample),
        name=sample.name,
        country=sample.country,
        rights="Link, excerpt and hash stay; the text goes after 90 days.",
        sample=True,
    )
    return register_source(
        actor=ACTOR,
        outlet=outlet,
        url=f"https://{host(sample)}{sample.feed_path}",
        kind="sitemap" if sample.feed == "sitemap" else "feed",
        active=sample.key != PAUSED,
    )


def collect(sources, articles):
    """One finished run of the collector that brought every article; two sources are in trouble, one is paused."""
    run = start_collection(actor=ACTOR, sources=claim_sources(actor=ACTOR))
    problems = [records.InputProblem(source=sources[key].url, message=message) for key, message in TROUBLE.items()]
    record_collected(
        actor=ACTOR,
        collection=run,
        articles=articles,
        rejections=REJECTIONS,
        problems=problems,
    )
    for key, source in sources.items():
        if key != PAUSED:
            error = TROUBLE.get(key, "")
            mark_source_collected(actor=ACTOR, source=source, at=timezone.now(), status=200, error=error)
    finish_collection(actor=ACTOR, collection=run)


def articles_of(sample):
    """The outlet's items as the engine would read them, each in the story of its event."""
    outlet = records.Outlet(host=host(sample), name=sample.name, country=sample.country, country_from="registry")
    for item in sample.items:
        first = f"{item.reprint_of.partition('/')[0].replace('_', '-')}.example" if item.reprint_of else ""
        yield records.Article(
            id=identify(outlet.host, item.title),
            url=f"https://{outlet.host}{item.path}",
            canonical_url=f"https://{outlet.host}{item.path}",
            outlet=outlet,
            title=item.title,
            text="\n".join(item.paragraphs),
            language={"zh": "zh-Hans"}.get(sample.language, sample.language),
            language_confidence=0.99,
            published_at=item.published.astimezone(UTC),
            published_from="json-ld",
            published_precision="minute",
            byline=item.byline or None,
            origin=f"{outlet.host}{sample.feed_path}",
            relevance=0.82 if item.relevant else 0.05,
            reasons=(
                records.Reason(kind="country", name="Viet Nam", matched=item.title[:7], where="title", count=2),
                records.Reason(kind="place", name="Ha Noi", matched="Hanoi", where="lead"),
            )
            if item.relevant
            else (),
            topics=tuple(gazetteer.TOPICS)[len(item.slug) % 5 :][: len(item.slug) % 4],
            places=tuple(
                records.Place(
                    country=code, name=code, kind="country", matched=item.title[:7], where="title", count=count
                )
                for count, code in enumerate(("VN", "DE", "JP", "FR", "ES", "AU", "SG"), start=1)
            ),
            institutions=(
                records.Institution(code="asean", name="ASEAN", matched=item.title[:7], where="title", count=2),
            ),
            duplicate_of=identify(first, item.title) if first else None,
            duplicate_measure="text" if first else None,
            duplicate_value=1.0 if first else None,
            story_id=identify("story", item.event) if item.event and item.relevant else None,
        )


def identify(*parts):
    return hashlib.sha256(" ".join(parts).encode()).hexdigest()[:16]


def told(articles):
    """What the engine would say of all of them together."""
    grouped = defaultdict(list)
    for article in sorted(articles, key=lambda each: (each.published_at, each.id)):
        if article.story_id:
            grouped[article.story_id].append(article)
    ranked = sorted(grouped.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    relevant = sum(article.relevance > 0.5 for article in articles)
    return {
        "focus": "VN",
        "counts": {
            "documents": len(articles) + len(REJECTIONS),
            "articles": len(articles),
            "rejected": {"fetch_failed": 1, "too_short": 1},
            "duplicates": sum(article.duplicate_of is not None for article in articles),
            "relevant": relevant,
        },
        "engine": {"name": "nhipcau", "version": "0.1.0", "models": {}},
        "method": {},
        "stories": [tell(rank, key, group) for rank, (key, group) in enumerate(ranked, 1)],
    }


def tell(rank, key, group):
    lead = group[0]
    return {
        "id": key,
        "rank": rank,
        "title": lead.title,
        "title_language": lead.language,
        "gist": lead.text.split("\n")[0],
        "gist_article_id": lead.id,
        "article_ids": [article.id for article in group],
        "outlets": sorted({article.outlet.host for article in group}),
        "countries": sorted({article.outlet.country for article in group}),
        "languages": sorted({article.language for article in group}),
        "topics": list(lead.topics),
        "score": round(1 / rank, 3),
        "score_parts": {"outlets": 0.6, "countries": 0.5, "reach": 0.4, "centrality": 0.7, "novelty": 1.0},
        "first_seen": group[0].published_at.isoformat(),
        "last_seen": group[-1].published_at.isoformat(),
    }
