import gzip
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.fetch.decoding import OverLimitError
from nhipcau.newswire.sources.kinds import Kind, kind_of, read_whole, sniff
from tests.support.shared import shared_data

CASES = [
    (b"", Kind.EMPTY),
    (b"<?xml version='1.0'?><rss>", Kind.FEED),
    (b"<!-- c --><feed xmlns='http://www.w3.org/2005/Atom'>", Kind.FEED),
    (b"<rdf:RDF>", Kind.FEED),
    ("<?xml version='1.0' encoding='utf-16'?><rss>".encode("utf-16-le"), Kind.FEED),
    (b'{"version": "https://jsonfeed.org/version/1.1", "items": []}', Kind.FEED),
    (b'{\n  "version": "https:\\/\\/jsonfeed.org\\/version\\/1",\n "items": [', Kind.FEED),
    (b'{"items": [], "title": "x"}', Kind.FEED),
    (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>", Kind.SITEMAP),
    (b"<sitemapindex>", Kind.SITEMAP),
    (b"<opml version='2.0'>", Kind.OPML),
    (b"WARC/1.0\r\n", Kind.ARCHIVE),
    (b"WARC/1.1\r\n", Kind.ARCHIVE),
    (b"filedesc://a.arc 0.0.0.0 20140216050221 text/plain 75\n", Kind.ARCHIVE),
    (b"http://a.example/ 1.2.3.4 20140216050221 text/html 5\n", Kind.ARCHIVE),
    (b"\x04\x22\x4d\x18....", Kind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd....", Kind.ARCHIVE),
    (b"PAR1....", Kind.PARQUET),
    (b'{"id": "1", "text": "a"}\n{"id": "2"}\n', Kind.JSON_LINES),
    (b'{"text": "' + b"x" * 100_000, Kind.JSON_LINES),
    (b'{"text": "\\"version\\": \\"https://jsonfeed.org"}\n', Kind.JSON_LINES),
    (b'{\n  "a": 1\n}', Kind.UNKNOWN),
    (b"<!DOCTYPE html><html>", Kind.PAGE),
    (b"<p>hello", Kind.PAGE),
    (b"<?xml version='1.0'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml'>", Kind.PAGE),
    (b"just words", Kind.UNKNOWN),
    (b"%PDF-1.4", Kind.UNKNOWN),
    (b"name\x00\x00\x00ustar <rss>", Kind.UNKNOWN),
]


@pytest.mark.parametrize(("head", "kind"), CASES)
def test_kind_is_seen_from_the_content(head, kind):
    assert sniff(io.BytesIO(head), "download") is kind


IN_GZIP = [case for case in CASES if case[0] and not case[0].startswith((b"PAR1", b"\x04\x22", b"\x28\xb5"))]


@pytest.mark.parametrize(("head", "kind"), IN_GZIP)
def test_kind_is_seen_through_gzip(head, kind):
    assert sniff(io.BytesIO(gzip.compress(head)), "download") is kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.warc.gz", Kind.ARCHIVE),
        ("a.ARC", Kind.ARCHIVE),
        ("a.html", Kind.PAGE),
        ("a.html.gz", Kind.PAGE),
        ("a.jsonl", Kind.JSON_LINES),
        ("a.rss", Kind.FEED),
        ("a.txt", Kind.UNKNOWN),
        ("html", Kind.UNKNOWN),
    ],
)
def test_name_decides_where_the_content_says_nothing(name, kind):
    assert sniff(io.BytesIO(b"garbled words"), name) is kind


def test_content_goes_before_the_name():
    assert sniff(io.BytesIO(b"<rss>"), "page.html") is Kind.FEED


@given(st.binary(max_size=200), st.booleans())
def test_any_bytes_have_a_kind(raw, packed):
    assert isinstance(sniff(io.BytesIO(gzip.compress(raw) if packed else raw), "x"), Kind)


def test_shared_archives_and_feeds_have_their_kind():
    folder = shared_data("warc")
    assert {kind_of(path, "x") for path in folder.rglob("*") if path.is_file()} == {Kind.ARCHIVE}
    assert {kind_of(path, "x") for path in shared_data("feeds/live").iterdir()} == {Kind.FEED}


def test_file_is_read_whole_up_to_a_limit(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(gzip.compress(b"x" * 1000))
    assert read_whole(path, limit=1000) == b"x" * 1000
    with pytest.raises(OverLimitError):
        read_whole(path, limit=999)
    path.write_bytes(gzip.compress(bytes(range(256)) * 1000)[:500])
    assert len(read_whole(path, limit=1_000_000)) > 0
