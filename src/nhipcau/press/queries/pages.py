"""Pages that are stored and may have changed, and what they said before. Everything here answers through the access."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from nhipcau.press.models import Article, LaterVersion, WatchedPage, hash_of_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

#: A page is read again for so long after it was first seen in a list, and so often: some lists say something else of
#: an old page every quarter of an hour.
WATCHED_FOR = timedelta(days=3)
MOST_AGAIN = 12
# Keys asked for at once.
_CHUNK = 500


def watched_page(url: str) -> WatchedPage | None:
    """What is known of an address that a list gives."""
    page: WatchedPage | None = WatchedPage.objects.filter(url_hash=hash_of_url(url)).first()
    return page


def is_read_again(page: WatchedPage, mark: str, now: datetime) -> bool:
    """Whether a list says something else of a page than last time, and the page is still followed."""
    return page.mark != mark and page.times < MOST_AGAIN and page.since > now - WATCHED_FOR


def version_before(article: Article) -> Article | None:
    """What the page said before it said this, with its text; None where this is its first version."""
    kept: LaterVersion | None = getattr(article, "revision", None)
    return kept.before if kept else None


def version_after(article: Article) -> Article | None:
    """What the page said next; None where nothing newer was read."""
    kept = LaterVersion.objects.filter(before=article).select_related("article").order_by("-pk").first()
    return kept.article if kept else None


def worded(articles: Iterable[int]) -> dict[int, Article]:
    """Titles and texts of these articles, by their keys."""
    found: dict[int, Article] = {}
    keys = sorted(set(articles))
    for start in range(0, len(keys), _CHUNK):
        rows = Article.objects.filter(pk__in=keys[start : start + _CHUNK]).only("title", "text")
        found |= {row.pk: row for row in rows}
    return found
