import gzip

import pytest

from nhipcau.newswire import lake
from nhipcau.newswire.extract import extract_article
from nhipcau.newswire.rows import extracted_row

PAGE = (
    "<html><head><title>Border opens</title></head><body><article><h1>Border opens</h1>"
    + "".join(
        f"<p>The crossing number {n} opened for trade on Tuesday, the ministry of the province said.</p>"
        for n in "1234"
    )
    + "</article></body></html>"
)


def record(url, body):
    answer = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{body}".encode()
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{len(body):032}>\r\nWARC-Target-URI: {url}\r\n"
        "WARC-Date: 2026-11-22T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    )
    return gzip.compress(head.encode() + answer + b"\r\n\r\n")


@pytest.fixture
def archives(tmp_path):
    """An archive of an article and a page that is none, and one that is cut off."""
    whole, damaged = tmp_path / "whole.warc.gz", tmp_path / "damaged.warc.gz"
    whole.write_bytes(record("https://paper.example/a", PAGE) + record("https://paper.example/b", "<p>Short.</p>"))
    damaged.write_bytes(record("https://paper.example/c", PAGE)[:-200])
    return [whole, damaged]


def test_every_document_of_a_file_is_a_row_and_what_is_none_says_why(archives):
    first, second = lake.file_rows(str(archives[0]))

    assert (first["kind"], first["title"], first["number"]) == ("article", "Border opens", 0)
    assert (second["kind"], second["reason"], second["title"]) == ("rejected", "too_short", None)


def test_a_damaged_archive_is_a_row_that_says_so(archives):
    assert "problem" in {row["kind"] for row in lake.file_rows(str(archives[1]))}


def test_the_columns_are_those_of_an_extracted_article(archives):
    row = next(lake.file_rows(str(archives[0])))
    article = extract_article(PAGE.encode(), url="https://paper.example/a")

    assert list(row) == [*lake.ABOUT, *extracted_row(article)]
    assert tuple(extracted_row(article)) == lake.COLUMNS


def test_daft_gives_the_same_rows(archives):
    pytest.importorskip("daft", reason="the extra lake is not installed; bench/line.py compares the rows")

    found = lake.articles(archives, jobs=1).to_pylist()

    assert found == [row for file in archives for row in lake.file_rows(str(file))]
