import json

import pytest

from nhipcau.newswire.extract.marks import marks_of
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tree import Tree


def marks(head="", *, url="https://example.com/a", **fields):
    node = {"@type": "NewsArticle", "headline": "T", **fields}
    script = f'<script type="application/ld+json">{json.dumps(node)}</script>' if fields else ""
    return marks_of(Page(Tree(f"<html><head>{script}{head}</head><body><h1>T</h1></body></html>"), url=url))


@pytest.mark.parametrize("value", [False, "False", "false", "http://schema.org/False"])
def test_a_page_that_is_not_for_everybody_is_marked(value):
    assert marks(isAccessibleForFree=value) == ("paywall",)
    assert marks(hasPart={"@type": "WebPageElement", "isAccessibleForFree": value}) == ("paywall",)
    assert marks(isAccessibleForFree=True) == ()


def test_a_publisher_s_tier_marks_it_too():
    assert marks('<meta property="article:content_tier" content="locked">') == ("paywall",)
    assert marks('<meta property="article:content_tier" content="metered">') == ()
    assert marks('<meta property="article:content_tier" content="free">') == ()


def test_live_blogs_and_galleries_are_marked_by_type_or_address():
    assert marks(**{"@type": "LiveBlogPosting"}) == ("live",)
    assert marks(url="https://example.com/world/liveticker-summit.html") == ("live",)
    assert marks(url="https://example.com/live-music-in-hanoi") == ()
    assert marks(**{"@type": "ImageGallery"}) == ("gallery",)
    assert marks(url="https://example.com/fotostrecken/summit") == ("gallery",)
    assert marks(url="https://example.com/story-of-a-gallery") == ()
