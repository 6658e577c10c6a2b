"""Articles as the engine hands them over, and stored ones. Storing needs the system's access (``as_system``)."""

import hashlib
import itertools
from datetime import UTC, datetime, timedelta

from nhipcau.access import SystemActor
from nhipcau.newswire.records import Article, Outlet, Reason
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.models import Article as StoredArticle

ACTOR = SystemActor("test")
#: The time from which the articles made here count.
START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_numbers = itertools.count(1)


def number_anew():
    """Begin again at one, so that what a file's articles are does not depend on which files came before it."""
    global _numbers  # noqa: PLW0603 - one counter for all who make articles
    _numbers = itertools.count(1)


def make_record(title="", text="", *, host="paper.example", country="FR", outlet="Le Papier", **fields):
    """One article of the engine: relevant, in French, an hour after the one before."""
    number = next(_numbers)
    title = title or f"Titre {number}"
    text = text or f"Le Vietnam a annoncé aujourd'hui la nouvelle numéro {number}. " * 4
    given = {
        "id": hashlib.sha256(f"{number} {title}".encode(errors="replace")).hexdigest()[:16],
        "url": f"https://{host}/{number}",
        "canonical_url": f"https://{host}/{number}",
        "outlet": Outlet(host=host, name=outlet, country=country, country_from="registry"),
        "title": title,
        "text": text,
        "language": "fr",
        "language_confidence": 0.97,
        "published_at": START + timedelta(hours=number % 40),
        "published_from": "meta",
        "published_precision": "minute",
        "relevance": 0.8,
        "reasons": (Reason(kind="country", name="Viet Nam", matched="Vietnam", where="lead", count=4),),
        "topics": ("economy",),
    }
    return Article(**given | fields)


def make_article(title="", text="", **fields):
    """The same, stored."""
    record = make_record(title, text, **fields)
    store_articles(actor=ACTOR, articles=[record])
    return StoredArticle.objects.get(engine_id=record.id)
