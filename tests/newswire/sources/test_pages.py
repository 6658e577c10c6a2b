import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.records import Document, Rejection
from nhipcau.newswire.sources.pages import declared_html, is_html, looks_like_html, own_address, page_file


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("text/html", True),
        ("Text/HTML; charset=utf-8", True),
        ("application/xhtml+xml", True),
        ("text/html, text/html; charset=utf-8", True),
        ("application/pdf", False),
        ("text/plain", False),
        ("application/xml", False),
        ("", None),
        (None, None),
    ],
)
def test_declared_type_is_read(content_type, expected):
    assert declared_html(content_type) is expected


@pytest.mark.parametrize(
    "body",
    [
        b"<!DOCTYPE html><p>",
        b"\xef\xbb\xbf\n <html lang=vi>",
        b"<!-- a --><!-- b -->\n<head>",
        b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>",
        b"<p>a</p>",
        b"<BR>",
        "<html>".encode("utf-16"),
    ],
)
def test_html_is_known_by_its_start(body):
    assert looks_like_html(body)


@pytest.mark.parametrize("body", [b"", b"plain", b"<rss>", b"%PDF-1.4", b"{}", b"<paragraph>", b"<!-- <html>", b"<"])
def test_what_is_not_html_is_known_by_its_start(body):
    assert not looks_like_html(body)


def test_declared_type_goes_before_the_start():
    assert is_html({"content-type": "text/html"}, b"plain")
    assert not is_html({"content-type": "application/json"}, b"<html>")
    assert is_html({}, b"<html>")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<link href="https://news.example/a?utm_source=x#b" rel="canonical">', "https://news.example/a"),
        ("<link rel=canonical href=https://news.example/a>", "https://news.example/a"),
        ("<META content='https://news.example/a&amp;b' property='og:url'>", "https://news.example/a&b"),
        ("<!-- saved from url=(0024)https://news.example/a -->", "https://news.example/a"),
        (
            '<meta property="og:url" content="https://o.example/"><link rel="canonical" href="https://c.example/">',
            "https://c.example/",
        ),
        (
            '<link rel="canonical" href="/relative"><meta property="og:url" content="https://o.example/">',
            "https://o.example/",
        ),
        ('<link rel="stylesheet" href="https://news.example/a.css">', None),
        ('<link rel="canonical" href="javascript:x">', None),
        ("", None),
    ],
)
def test_page_names_its_own_address(head, expected):
    assert own_address(f"<html><head>{head}</head>".encode()) == expected


def test_page_file_takes_its_own_address_or_its_path():
    named = page_file(
        b"<html><link rel=canonical href=https://news.example/a>", path="de/a.html", origin="pages/de/a.html"
    )
    assert named.url == "https://news.example/a"
    nameless = page_file(b"<html><p>a", path="de/a b.html", origin="pages/de/a b.html")
    assert nameless == Document(url="file:de/a%20b.html", body=b"<html><p>a", origin="pages/de/a b.html")


@pytest.mark.parametrize("body", [b"%PDF-1.7 ...", b"\x89PNG\r\n\x1a\n", b"abc\x00def", b"\xff\xd8\xff\xe0"])
def test_file_that_holds_no_html_is_rejected(body):
    found = page_file(body, path="a.html", origin="a.html")
    assert isinstance(found, Rejection)
    assert (found.reason, found.url) == ("not_html", "file:a.html")


@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_rejection(body):
    assert isinstance(page_file(body, path="a.html", origin="a.html"), Document | Rejection)


@pytest.mark.parametrize(
    "piece", [b"<!-- a -->", b"<link ", b"<link aaaaaaaaaaaaaaaa", b"<?x>", b"<meta a=a ", b"<!--"]
)
def test_hostile_repetition_takes_no_long_time(piece):
    began = time.monotonic()
    looks_like_html(piece * 100_000)
    own_address(piece * 100_000)
    assert time.monotonic() - began < 2
