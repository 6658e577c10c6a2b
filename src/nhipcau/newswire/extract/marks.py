"""What a page says that it is beside an article: behind a paywall, a live blog, a gallery of pictures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.extract.structured import is_article, strings, text

if TYPE_CHECKING:
    from nhipcau.newswire.extract.metadata import Page

# How publishers' systems mark what is for subscribers; ``metered`` is not: everybody reads some.
_TIER_NAMES: Final = (
    "article:content_tier", "content_tier", "og:article:content_tier", "content-tier", "cxenseparse:paywall", "paywall",
    "k5a_paywall", "k5a:paywall", "lp.type", "article:opinion_tier", "premium", "is_premium", "ispremium", "access",
    "isaccessibleforfree", "article.accesslevel", "offering",
)  # fmt: skip
_LOCKED: Final = re.compile(
    r"^(?:locked|paid|premium|subscribers?|subscription|hard|true|1|yes|plus|closed|pay)$", re.IGNORECASE
)
_FREE: Final = re.compile(r"^(?:false|no|0|https?://schema\.org/false)$", re.IGNORECASE)
_LIVE_WORDS: Final = re.compile(r"(?:^|[/\-_.])live-?(?:blog|ticker|updates)(?:[/\-_.]|$)", re.IGNORECASE)
_GALLERY_TYPES: Final = frozenset(("imagegallery", "mediagallery", "photogallery", "gallery"))
_GALLERY_WORDS: Final = re.compile(
    r"/(?:galler(?:y|ies|ia|ie)|galeri[ae]s?|photo-?galler(?:y|ies)|fotostrecken?|bildergalerien?|diaporamas?|slideshows?|"
    r"photos?|picture-galleries|in-pictures|fotogalerias?|fotogallery|anh|hinh-anh)/",
    re.IGNORECASE,
)


def marks_of(page: Page) -> tuple[str, ...]:
    """Some of :data:`nhipcau.newswire.records.MARKS`, in that order."""
    found = (("paywall", _is_locked(page)), ("live", _is_live(page)), ("gallery", _is_gallery(page)))
    return tuple(mark for mark, holds in found if holds)


def _is_locked(page: Page) -> bool:
    """Whether the structured data says that the article or a part of it is not free, or the publisher's system does."""
    said = page.article.get("isAccessibleForFree")
    if said is not None:
        return _is_false(said)
    parts = page.article.get("hasPart")
    for part in parts[:20] if isinstance(parts, list) else [parts]:
        if isinstance(part, dict) and _is_false(part.get("isAccessibleForFree")):
            return True
    for name in _TIER_NAMES:
        for content in page.meta.get(name, [])[:1]:
            if name == "isaccessibleforfree":
                return _is_false(content)
            if _LOCKED.match(content):
                return True
    return False


def _is_false(value: Any) -> bool:
    return value is False or bool(_FREE.match((text(value) or "").strip()))


def _is_live(page: Page) -> bool:
    """Whether its type, or its address, says that it is a live blog."""
    kinds = [kind for node in page.nodes if is_article(node) for kind in strings(node.get("@type"))]
    return any(kind.endswith("LiveBlogPosting") for kind in kinds) or _LIVE_WORDS.search(page.url) is not None


def _is_gallery(page: Page) -> bool:
    """Whether its type, or its address, says that it is a series of pictures."""
    kinds = strings(page.article.get("@type")) or [
        kind for node in page.nodes[:3] for kind in strings(node.get("@type"))
    ]
    kinds += page.meta.get("og:type", [])[:1]
    return any(kind.rpartition("/")[2].lower() in _GALLERY_TYPES for kind in kinds) or (
        _GALLERY_WORDS.search(page.url) is not None
    )
