import gzip
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.sources.sitemaps import parse_sitemap
from tests.support.shared import shared_data

NEWS = b"""<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1" xmlns:xhtml="http://www.w3.org/1999/xhtml">
<url><image:image><image:loc>https://cdn.example/1.jpg</image:loc><image:title>Not this</image:title></image:image>
 <loc> https://news.example/1?utm_source=sitemap </loc><lastmod>2026-11-22</lastmod>
 <news:news><news:publication><news:name>The News</news:name><news:language>vi</news:language></news:publication>
 <news:publication_date>2026-11-22T08:00:00+07:00</news:publication_date>
 <news:title>C\xe1\xba\xa7u &amp; \xc4\x91\xc6\xb0\xe1\xbb\x9dng</news:title></news:news>
 <xhtml:link rel="alternate" hreflang="de" href="https://news.example/de/1"/></url>
<url><loc>https://news.example/2</loc><lastmod>2026-11-21</lastmod></url>
<url><lastmod>2026-11-20</lastmod></url>
<url><loc>javascript:alert(1)</loc></url>
<url><loc>/3</loc></url>
</urlset>"""


def read(raw):
    return parse_sitemap(raw, base="https://news.example/sitemap.xml")


def test_news_sitemap_gives_addresses_titles_and_times():
    first, second, third = read(NEWS).entries
    assert (first.url, first.title, first.language) == ("https://news.example/1", "Cầu & đường", "vi")
    assert first.published_at == datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert (second.url, second.title, second.published_at) == ("https://news.example/2", None, None)
    assert second.updated_at == datetime(2026, 11, 21, tzinfo=UTC)
    assert (third.number, third.url) == (3, "https://news.example/3")


SHOWN = """<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"
 xmlns:video="http://www.google.com/schemas/sitemap-video/1.1">
<url><image:loc>https://cdn.example/bare.jpg</image:loc><loc>https://news.example/1</loc>
 <image:image><image:loc>javascript:alert(1)</image:loc></image:image>
 <image:image><image:loc> /1.jpg </image:loc><image:title>Not this</image:title></image:image>
 <image:image><image:loc>https://me:secret@cdn.example/2.jpg</image:loc></image:image></url>
<url><loc>https://news.example/2</loc><video:video><video:thumbnail_loc>/t.jpg</video:thumbnail_loc>
 <video:title>Cầu mới</video:title><video:description>Nói &lt;b&gt;gì&lt;/b&gt; &amp;amp; hơn</video:description>
 <video:player_loc>https://player.example/2</video:player_loc>
 <video:publication_date>2026-11-22T08:00:00+07:00</video:publication_date></video:video></url>
<url><loc>https://news.example/3</loc>
 <video:video><video:title>One</video:title><video:content_loc>https://cdn.example/one.mp4</video:content_loc>
 <video:player_loc>https://player.example/3</video:player_loc></video:video>
 <video:video><video:title>Other</video:title></video:video></url>
</urlset>""".encode()


def test_what_a_page_shows_is_told_with_it_and_is_no_page():
    pictures, video, several = read(SHOWN).entries
    shown = [(each.kind, each.url) for each in pictures.enclosures]
    assert pictures.url == "https://news.example/1"
    assert shown == [("image", "https://news.example/1.jpg"), ("image", "https://cdn.example/2.jpg")]
    assert (pictures.image, pictures.title) == ("https://news.example/1.jpg", None)
    assert [(each.kind, each.url) for each in video.enclosures] == [("video", "https://player.example/2")]
    assert (video.image, video.title) == ("https://news.example/t.jpg", "Cầu mới")
    assert video.published_at == datetime(2026, 11, 22, 1, tzinfo=UTC)
    assert video.summary == "<p>Nói gì &amp; hơn</p>\n"
    assert [(each.kind, each.url) for each in several.enclosures] == [("video", "https://cdn.example/one.mp4")]
    assert (several.image, several.title, several.published_at) == (None, None, None)


def test_pictures_under_a_prefix_that_nobody_declared_are_told_too():
    (entry,) = read(
        b"<urlset><url><image:loc>https://cdn.example/0.jpg</image:loc><loc>https://news.example/1</loc>"
        b"<image:image><image:loc>https://cdn.example/1.jpg</image:loc></image:image></url></urlset>"
    ).entries
    assert (entry.url, entry.image) == ("https://news.example/1", "https://cdn.example/1.jpg")


def test_index_gives_the_sitemaps_it_leads_to():
    index = read(
        b"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap><loc>https://news.example/a.xml.gz"
        b"</loc></sitemap><sitemap><loc>/b.xml</loc></sitemap></sitemapindex>"
    )
    assert index.children == ("https://news.example/a.xml.gz", "https://news.example/b.xml")
    assert (index.entries, index.problem) == ((), None)


def test_sitemap_without_its_namespace_or_cut_short_gives_what_is_there():
    cut = read(b"<urlset><url><loc>https://news.example/1</loc></url><url><loc>https://news.example/2")
    assert [entry.url for entry in cut.entries][:1] == ["https://news.example/1"]
    assert cut.problem == "It ends before it is complete (line 1)."


def test_what_is_no_sitemap_is_named():
    assert read(b"<rss/>").problem == "It is not a sitemap."
    assert read(gzip.compress(NEWS)).problem == "It is not a sitemap."


def test_large_sitemap_is_read_entry_by_entry():
    urls = b"".join(b"<url><loc>https://news.example/%d</loc></url>" % i for i in range(30_000))
    sitemap = read(b"<urlset>" + urls + b"</urlset>")
    assert len(sitemap.entries) == 30_000
    assert sitemap.entries[-1].url == "https://news.example/29999"


def test_shared_news_sitemap_is_read():
    raw = (shared_data("feeds/sitemaps") / "sitemap-news.xml").read_bytes()
    (entry,) = read(raw).entries
    assert (entry.url, entry.title) == (
        "http://www.example.com/business/article55.html",
        "Companies A, B in Merger Talks",
    )
    assert entry.published_at == datetime(2008, 12, 23, tzinfo=UTC)


@given(st.lists(st.tuples(st.integers(0, 1200), st.integers(0, 40), st.binary(max_size=8)), max_size=5))
def test_mutated_sitemaps_never_raise(edits):
    raw = bytearray(NEWS)
    for start, length, new in edits:
        raw[start : start + length] = new
    read(bytes(raw))


@given(st.lists(st.tuples(st.integers(0, 1500), st.integers(0, 40), st.binary(max_size=8)), max_size=5))
def test_mutated_sitemaps_of_pictures_never_raise_and_give_web_addresses_only(edits):
    raw = bytearray(SHOWN)
    for start, length, new in edits:
        raw[start : start + length] = new
    for entry in read(bytes(raw)).entries:
        shown = [entry.url, entry.image, *(each.url for each in entry.enclosures)]
        assert all(one.startswith(("http://", "https://")) for one in shown if one is not None)
