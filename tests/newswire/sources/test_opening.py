import gzip
import json
import os
import socket

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from nhipcau.newswire.records import Article, Document, InputProblem, Rejection
from nhipcau.newswire.sources import open_input
from tests.support.loopback import Page
from tests.support.samples import RSS, TEXT, warc_record
from tests.support.shared import shared_data

PAGE = b"<!DOCTYPE html><html><p>hello</p>"
ROW = json.dumps({"url": "https://news.example/a", "text": TEXT}).encode()


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*args):
        raise AssertionError("a local file must be read offline")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


def write(folder, name, content):
    path = folder / name
    path.write_bytes(content)
    return path


def test_local_feed_is_read_offline_and_its_entries_are_the_documents(tmp_path, no_network):
    first, second = open_input(write(tmp_path, "feed.xml", RSS))
    assert (first.url, first.title, first.origin) == ("https://gazette.example/1", "One", "feed.xml:1")
    assert b"<p>First summary</p>" in first.body
    assert first.published_at.isoformat() == "2026-11-22T07:05:00+00:00"
    assert second.url.startswith("file:feed.xml#")
    assert b"<p>Second summary</p>" in second.body


def test_broken_local_feed_gives_its_entries_and_a_problem(tmp_path, no_network):
    *documents, problem = open_input(write(tmp_path, "feed.xml", RSS[:-30]))
    assert [document.title for document in documents] == ["One", "Two"]
    assert (problem.source, problem.message) == ("feed.xml", "It ends before it is complete (line 6).")


@pytest.mark.parametrize(
    ("name", "content", "kinds"),
    [
        ("a.warc", warc_record(1) + warc_record(2), [Document, Document]),
        ("a.warc.gz", gzip.compress(warc_record(1), mtime=0), [Document]),
        ("page.html", PAGE, [Document]),
        ("page.html.gz", gzip.compress(PAGE, mtime=0), [Document]),
        ("t.jsonl", ROW + b"\n" + ROW, [Article, Article]),
        ("t.jsonl.gz", gzip.compress(ROW, mtime=0), [Article]),
        ("feed.json", b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": "1"}]}', [Document]),
        ("feed.xml.gz", gzip.compress(RSS, mtime=0), [Document, Document]),
        ("words.txt", b"words", [InputProblem]),
        ("empty", b"", [InputProblem]),
        ("array.json", b'[{"id": 1}]', [InputProblem]),
        ("bad.html", b"\x89PNG\r\n", [Rejection]),
    ],
)
def test_file_is_read_as_what_it_is(name, content, kinds, tmp_path, no_network):
    path = write(tmp_path, name, content)
    items = list(open_input(path))
    assert [type(item) for item in items] == kinds
    assert items == list(open_input(str(path)))


def test_parquet_file_is_read_as_what_it_is(tmp_path, no_network):
    pq.write_table(pa.table({"id": ["1"], "text": [TEXT]}), tmp_path / "t.parquet")
    (article,) = open_input(tmp_path / "t.parquet")
    assert article.url == "file:t.parquet#1"


@pytest.mark.parametrize("name", ["nothing", "a\x00b", "x" * 5_000, ""])
def test_input_that_is_not_there_is_named(name, tmp_path, no_network):
    (problem,) = open_input(f"{tmp_path}/missing/{name}")
    assert isinstance(problem, InputProblem)
    assert problem.message.startswith(("There is no such file or folder.", "It cannot be read: "))


def test_device_or_pipe_is_not_opened(tmp_path, no_network):
    os.mkfifo(tmp_path / "pipe")
    (problem,) = open_input(tmp_path / "pipe")
    assert problem.message == "It is neither a file nor a folder."


def test_feed_at_an_address_leads_to_its_pages(site, fetcher):
    feed = RSS.replace(b"https://gazette.example", site.url("").encode())
    site.pages["/rss"] = Page(feed, headers={"Content-Type": "application/rss+xml; charset=utf-8"})
    site.html("/1", "<html><p>the page itself</p>", **{"X-Served": "yes"})
    own, page = open_input(site.url("/rss"), fetcher=fetcher)
    assert (page.url, page.title) == (site.url("/1"), "One")
    assert page.body == b"<html><p>the page itself</p>"
    assert page.headers["x-served"] == "yes"
    assert page.published_at.isoformat() == "2026-11-22T07:05:00+00:00"
    assert own.url.startswith(site.url("/rss#"))
    assert b"Second summary" in own.body


def test_page_that_cannot_be_had_leaves_the_entrys_own_content(site, fetcher):
    entry = "<item><title>{0}</title><link>{1}/{0}</link><description>{2}</description></item>"
    listed = [("gone", "what it says"), ("bare", ""), ("pdf", ""), ("pdf2", "about it")]
    items = "".join(entry.format(name, site.url(""), text) for name, text in listed).encode()
    site.pages["/rss"] = Page(b"<rss><channel>" + items + b"</channel></rss>")
    for name in ("pdf", "pdf2"):
        site.pages[f"/{name}"] = Page(b"%PDF", headers={"Content-Type": "application/pdf"})
    gone, bare, pdf, about = open_input(site.url("/rss"), fetcher=fetcher)
    assert b"what it says" in gone.body
    assert (bare.reason, bare.url) == ("fetch_failed", site.url("/bare"))
    assert bare.detail == f"{site.url('/bare')} was not read: the server answered 404."
    assert (pdf.reason, pdf.detail) == ("not_html", "The address leads to something else than a web page.")
    assert b"about it" in about.body


def test_redirected_page_says_where_it_was_found(site, other_site, fetcher):
    site.pages["/rss"] = Page(f"<rss><channel><item><link>{site.url('/a')}</link></item></channel></rss>".encode())
    site.pages["/a"] = Page(status=302, headers={"Location": other_site.url("/b")})
    other_site.html("/b", "<html>b")
    (page,) = open_input(site.url("/rss"), fetcher=fetcher)
    assert (page.url, page.headers["content-location"]) == (site.url("/a"), other_site.url("/b"))


def test_opml_file_leads_to_feeds_and_pages(site, other_site, fetcher, tmp_path):
    for one, name in ((site, "one"), (other_site, "two")):
        links = "".join(f"<item><link>{one.url(f'/{i}')}</link></item>" for i in range(3))
        one.pages["/rss"] = Page(f"<rss><channel>{links}</channel></rss>".encode())
        for i in range(3):
            one.html(f"/{i}", f"<html>{name} {i}")
    other_site.pages["/page"] = Page(b"<!DOCTYPE html><html>")
    outlines = f"""<opml><body><outline text="One" country="DE" xmlUrl="{site.url("/rss")}"/>
        <outline text="Two" xmlUrl="{other_site.url("/rss")}"/><outline text="Gone" xmlUrl="{site.url("/gone")}"/>
        <outline text="No feed" xmlUrl="{other_site.url("/page")}"/></body></opml>"""
    items = list(open_input(write(tmp_path, "feeds.opml", outlines.encode()), fetcher=fetcher))
    documents = [item for item in items if isinstance(item, Document)]
    assert [document.body.decode() for document in documents] == [
        "<html>one 0",
        "<html>two 0",
        "<html>one 1",
        "<html>two 1",
        "<html>one 2",
        "<html>two 2",
    ]
    assert {document.outlet.name for document in documents} == {"One", "Two"}
    assert documents[0].outlet.country == "DE"
    assert [(item.source, item.message) for item in items if isinstance(item, InputProblem)] == [
        (site.url("/gone"), f"{site.url('/gone')} was not read: the server answered 404."),
        (other_site.url("/page"), "It is a web page, not a feed."),
    ]


def test_sitemap_file_and_index_lead_to_pages(site, fetcher, tmp_path):
    children = "".join(f"<sitemap><loc>{site.url(path)}</loc></sitemap>" for path in ("/a.xml.gz", "/gone.xml"))
    index = f"<sitemapindex>{children}</sitemapindex>"
    inner = f"<urlset><url><loc>{site.url('/1')}</loc></url><url><loc>{site.url('/1')}</loc></url></urlset>"
    site.pages["/a.xml.gz"] = Page(gzip.compress(inner.encode()), headers={"Content-Type": "application/x-gzip"})
    site.html("/1", "<html>one")
    page, problem = open_input(write(tmp_path, "sitemap.xml", index.encode()), fetcher=fetcher)
    assert (page.url, page.body) == (site.url("/1"), b"<html>one")
    assert problem.source == site.url("/gone.xml")


@pytest.mark.parametrize(
    ("content", "headers", "kind"),
    [
        (warc_record(1), {}, Document),
        (gzip.compress(warc_record(1), mtime=0), {"Content-Type": "application/gzip"}, Document),
        (gzip.compress(ROW, mtime=0), {"Content-Encoding": "gzip"}, Article),
        (PAGE, {"Content-Type": "text/html"}, Document),
        (b"words", {}, InputProblem),
    ],
)
def test_file_at_an_address_is_read_as_what_it_is(content, headers, kind, site, fetcher):
    site.pages["/file"] = Page(content, headers=headers)
    (item,) = open_input(site.url("/file"), fetcher=fetcher)
    assert type(item) is kind


def test_page_at_an_address_keeps_its_address_and_headers(site, fetcher):
    site.pages["/a"] = Page(status=301, headers={"Location": "/b"})
    site.html("/b", "<!DOCTYPE html><html>b", **{"Last-Modified": "Sun, 22 Nov 2026 01:00:00 GMT"})
    (page,) = open_input(site.url("/a"), fetcher=fetcher)
    assert (page.url, page.body) == (site.url("/b"), b"<!DOCTYPE html><html>b")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["last-modified"] == "Sun, 22 Nov 2026 01:00:00 GMT"


def test_address_that_cannot_be_read_is_named(site, fetcher):
    (problem,) = open_input(site.url("/nothing"), fetcher=fetcher)
    assert problem == InputProblem(
        source=site.url("/nothing"), message=f"{site.url('/nothing')} was not read: the server answered 404."
    )


def test_address_on_a_private_network_is_refused_without_a_fetcher(site):
    (problem,) = open_input(site.url("/feed"))
    assert problem.message.startswith("127.0.0.1 leads to 127.0.0.1, which is not on the public internet")
    assert site.asked == []


def test_shared_live_feeds_open_without_a_word_but_for_the_broken_one(no_network):
    items = list(open_input(shared_data("feeds/live")))
    assert sum(isinstance(item, Document) for item in items) == 3833
    assert [item.source for item in items if isinstance(item, InputProblem)] == ["live/b0e71155ca8a590c"]
    assert len(items) == 3834
