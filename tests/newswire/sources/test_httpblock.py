import gzip
import random
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.records import Document, Rejection
from nhipcau.newswire.sources import httpblock
from nhipcau.newswire.sources.httpblock import is_other_type, response_document, unchunked

PAGE = b"<!DOCTYPE html><p>hello</p>"


def block(*headers, status="HTTP/1.1 200 OK", body=PAGE, end=b"\r\n"):
    return end.join([status.encode(), *(header.encode() for header in headers)]) + end * 2 + body


def chunked(data, size):
    parts = [b"%x\r\n%s\r\n" % (len(data[i : i + size]), data[i : i + size]) for i in range(0, len(data), size)]
    return b"".join(parts) + b"0\r\n\r\n"


def read(data, **options):
    return response_document(data, url="https://news.example/", origin="a.warc:0", **options)


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_page_comes_with_its_headers(end):
    found = read(block("Content-Type: text/html; charset=utf-8", "X-A: 1", "x-a: 2", end=end))
    assert found == Document(
        url="https://news.example/",
        body=PAGE,
        headers={"content-type": "text/html; charset=utf-8", "x-a": "1, 2"},
        origin="a.warc:0",
    )


def test_page_without_a_declared_type_is_known_by_its_start():
    assert read(block()).body == PAGE
    assert read(block(body=b"GIF89a")) is None


@pytest.mark.parametrize("content_type", ["image/png", "text/plain", "application/json", "application/rss+xml"])
def test_response_of_another_type_is_no_document(content_type):
    data = block(f"Content-Type: {content_type}")
    assert read(data) is None
    assert is_other_type(data)


def test_start_of_a_page_is_not_taken_for_another_type():
    assert not is_other_type(block("Content-Type: text/html"))
    assert not is_other_type(block())
    assert not is_other_type(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nX-Long: ")


@pytest.mark.parametrize("status", ["301 Moved", "404 Not Found", "500 x", "199 x", "304 x"])
def test_error_page_is_rejected_with_its_status(status):
    found = read(block("Content-Type: text/html", status=f"HTTP/1.0 {status}"))
    assert found == Rejection(url="https://news.example/", origin="a.warc:0", reason="http_status", detail=status[:3])


def test_error_of_another_type_is_no_document():
    assert read(block("Content-Type: application/json", status="HTTP/1.1 404 x", body=b"{}")) is None
    assert read(block(status="HTTP/1.1 304 x", body=b"")) is None


@pytest.mark.parametrize("size", [1, 7, 100])
def test_chunking_and_encoding_are_undone(size):
    packed = gzip.compress(PAGE)
    found = read(
        block(
            "Content-Type: text/html",
            "Transfer-Encoding: chunked",
            "Content-Encoding: gzip",
            body=chunked(packed, size),
        )
    )
    assert found.body == PAGE
    assert found.headers == {"content-type": "text/html"}


def test_headers_that_are_no_longer_true_do_no_harm():
    headers = ("Content-Type: text/html", "Transfer-Encoding: chunked", "Content-Encoding: gzip")
    assert read(block(*headers)).body == PAGE


def test_chunking_that_breaks_off_gives_what_came_before():
    data = chunked(PAGE * 10, 50)
    assert unchunked(data[:-60]) == (PAGE * 10)[: len(unchunked(data[:-60]))]
    assert unchunked(b"5\r\nhello\r\nzz\r\nrest") == b"hello"
    assert unchunked(b"5;name=value\r\nhello\r\n0\r\nTrailer: x\r\n\r\n") == b"hello"
    assert unchunked(b"0\r\n\r\n") == b""


@given(st.binary(max_size=300), st.integers(1, 60))
def test_chunked_data_come_back(data, size):
    assert unchunked(chunked(data, size)) == data


def test_damaged_encoding_gives_what_came_before_or_is_rejected():
    packed = gzip.compress(PAGE + random.Random(0).randbytes(300_000))
    part = read(block("Content-Type: text/html", "Content-Encoding: gzip", body=packed[: len(packed) // 2]))
    assert part.body.startswith(PAGE)
    lost = read(block("Content-Type: text/html", "Content-Encoding: br", body=b"\xff\xff\xff"))
    assert lost.reason == "unreadable"
    assert lost.detail.startswith("The page's content encoding could not be undone")


def test_page_over_the_size_is_rejected(monkeypatch):
    monkeypatch.setattr(httpblock, "MAX_BYTES", 1000)
    bomb = block("Content-Type: text/html", "Content-Encoding: deflate", body=zlib.compress(b"<p>" + b"x" * 5000))
    assert read(bomb).reason == "unreadable"
    assert read(block("Content-Type: text/html"), over=True).detail == "The page is larger than 1000 bytes."


def test_archives_own_type_counts_where_the_response_says_nothing():
    assert read(b"", content_type="text/html").body == b""
    assert read(b"plain", content_type="text/plain") is None
    assert read(block("Content-Type: image/png"), content_type="text/html") is None


def test_page_is_from_no_time_after_the_archive_fetched_it():
    told = block("Content-Type: text/html", "Date: Sun, 22 Nov 2026 07:00:00 GMT")
    assert read(told, fetched="2026-11-25T00:00:00Z").headers["date"] == "Sun, 22 Nov 2026 07:00:00 GMT"
    bare = block("Content-Type: text/html")
    assert read(bare, fetched="2026-11-25T00:00:00Z").headers["date"] == "Wed, 25 Nov 2026 00:00:00 GMT"
    assert "date" not in read(bare, fetched="some day").headers


@given(st.binary(max_size=400), st.booleans())
def test_any_block_is_read_or_passed_over(data, headed):
    whole = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: deflate\r\n" + data if headed else data
    assert isinstance(read(whole), Document | Rejection | None)
