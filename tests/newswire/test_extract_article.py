import os
import subprocess
import sys
import time
import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nhipcau.newswire.extract import article_id, extract_article, extract_document
from nhipcau.newswire.records import REASONS, Article, Document, Outlet, Rejection
from tests.support.shared import ROOT

URL = "https://www.example.vn/the-gioi/khai-mac-hoi-nghi-12345.html"
PARAGRAPHS = [
    "Hội nghị cấp cao khai mạc sáng nay tại Hà Nội với sự tham dự của nhiều đoàn đại biểu quốc tế.",
    "Phát biểu tại lễ khai mạc, chủ nhà nhấn mạnh tầm quan trọng của hợp tác và đối thoại giữa các nước.",
    "Các đại biểu sẽ thảo luận trong hai ngày về thương mại, giáo dục và ứng phó với biến đổi khí hậu.",
]
PAGE = f"""<!DOCTYPE html>
<html lang="vi"><head><meta charset="utf-8"><title>Khai mạc hội nghị - Báo Mẫu</title>
<link rel="canonical" href="/the-gioi/khai-mac-hoi-nghi-12345.html?utm_source=feed">
<meta property="og:title" content="Khai mạc hội nghị"><meta property="og:site_name" content="Báo Mẫu">
<meta property="og:image" content="/anh/hoi-nghi.jpg">
<script type="application/ld+json">{{"@context": "https://schema.org", "@type": "NewsArticle",
"headline": "Khai mạc hội nghị", "datePublished": "2026-11-21T08:30:00+07:00",
"dateModified": "2026-11-21T09:00:00+07:00", "author": {{"@type": "Person", "name": "Trần B"}}}}</script></head>
<body><nav><a href="/">Trang chủ</a> <a href="/the-gioi">Thế giới</a></nav>
<article><h1>Khai mạc hội nghị</h1>{"".join(f"<p>{line}</p>" for line in PARAGRAPHS)}</article>
<footer>Bản quyền thuộc về Báo Mẫu. Giấy phép số 1.</footer></body></html>"""


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def extracted(body, *, url=URL, **fields):
    return extract_document(Document(url=url, body=body if isinstance(body, bytes) else body.encode(), **fields))


def test_extract_article_reads_everything_a_page_says():
    found = extract_article(PAGE.encode(), url=URL + "?fbclid=1", headers={"Content-Type": "text/html"})

    text = "\n".join(PARAGRAPHS)
    assert found == Article(
        id=article_id(URL, text),
        url=URL + "?fbclid=1",
        canonical_url=URL,
        outlet=Outlet(host="example.vn", name="Báo Mẫu", country="VN", country_from="domain"),
        title="Khai mạc hội nghị",
        text=text,
        language="vi",
        language_confidence=0.995,
        published_at=at(2026, 11, 21, 1, 30),
        published_from="json-ld",
        published_precision="minute",
        modified_at=at(2026, 11, 21, 2, 0),
        modified_from="json-ld",
        byline="Trần B",
        image="https://www.example.vn/anh/hoi-nghi.jpg",
    )


def test_extract_article_gives_nothing_for_a_short_page():
    assert extract_article(b"<html><body><p>Too short.</p></body></html>", url=URL) is None


@pytest.mark.parametrize("length", [99, 100])
def test_a_hundred_characters_make_an_article(length):
    sentence = ("Delegates met in Hanoi and spoke about trade and climate. " * 3)[: length - 1] + "."

    found = extracted(f"<html><body><article><p>{sentence}</p></article></body></html>")

    assert isinstance(found, Article) == (length == 100)


def test_text_is_composed_and_free_of_control_characters():
    decomposed = unicodedata.normalize("NFD", PAGE).replace("Hội", "H\u00ado\u0302\u0323i\x00\x0b\x07")

    text = extract_article(decomposed.encode(), url=URL).text

    assert text == "\n".join(PARAGRAPHS)


def test_tables_lose_their_frames():
    rows = "".join(f"<tr><td></td><td>{line}</td><td>{n}</td></tr>" for n, line in enumerate(PARAGRAPHS))

    found = extracted(
        f"<html><head><title>t</title></head><body><article><table>{rows}</table></article></body></html>"
    )

    assert found.text.splitlines() == [f"{line} | {n}" for n, line in enumerate(PARAGRAPHS)]


def test_article_id_is_made_from_address_and_text_alone():

    assert len(article_id("https://a.example/1", "text")) == 16
    assert article_id("https://a.example/1", "text") != article_id("https://a.example/2", "text")
    assert article_id("https://a.example/1", "text") != article_id("https://a.example/1", "texts")


# What a feed says beside the page


ENTRY = {
    "title": "Từ nguồn tin",
    "byline": "Lê C",
    "published_at": at(2026, 11, 20, 12, 15),
    "origin": "feed.xml, entry 3",
    "outlet": Outlet(host="mau.example", name="Mẫu", country="VN", country_from="registry"),
}


def test_what_the_page_says_goes_before_what_the_feed_says():
    found = extracted(PAGE, **ENTRY)

    assert (found.title, found.byline, found.published_from) == ("Khai mạc hội nghị", "Trần B", "json-ld")
    assert (found.outlet, found.origin) == (ENTRY["outlet"], ENTRY["origin"])


def test_the_feed_fills_what_the_page_does_not_say():
    bare = f"<html><head></head><body><div><p>{'</p><p>'.join(PARAGRAPHS)}</p></div><hr></body></html>"

    found = extracted(bare, **ENTRY)

    assert (found.title, found.byline) == ("Từ nguồn tin", "Lê C")
    assert (found.published_at, found.published_from, found.published_precision) == (
        at(2026, 11, 20, 12, 15),
        "feed",
        "minute",
    )


def test_the_feed_s_minute_sharpens_the_page_s_day():
    stamped = PAGE.replace("2026-11-21T08:30:00+07:00", "2026-11-21")

    near = extracted(stamped, **{**ENTRY, "published_at": at(2026, 11, 20, 23, 30)})
    far = extracted(stamped, **{**ENTRY, "published_at": at(2026, 11, 23, 12, 0)})

    assert (near.published_at, near.published_from) == (at(2026, 11, 20, 23, 30), "feed")
    assert (far.published_at, far.published_from, far.published_precision) == (at(2026, 11, 21), "json-ld", "day")


def test_a_feed_s_time_of_before_the_web_is_not_believed():
    found = extracted("".join(f"<p>{line}</p>" for line in PARAGRAPHS), published_at=at(1970, 1, 1, 0, 0, 1))

    assert found.published_at is None


@pytest.mark.parametrize(
    "body",
    [
        "".join(f"<p>{line}</p>" for line in PARAGRAPHS),
        "<br/>".join(PARAGRAPHS),
        "\n\n".join(PARAGRAPHS),
        "<ul>" + "".join(f"<li>{line}" for line in PARAGRAPHS) + "</ul>",
        "<!DOCTYPE html>\n<html><head><meta charset='utf-8'><title>Khác</title></head><body><article>\n"
        + "".join(f"<div>{line}</div>" for line in PARAGRAPHS)
        + "</article></body></html>",
    ],
    ids=["paragraphs", "breaks", "plain", "list", "wrapped"],
)
def test_a_feed_s_own_content_is_taken_whole(body):
    found = extracted(body, **ENTRY)

    assert [line.removeprefix("- ") for line in found.text.splitlines()] == PARAGRAPHS
    assert (found.title, found.byline, found.published_from) == ("Từ nguồn tin", "Lê C", "feed")


def test_plain_text_keeps_what_looks_like_an_entity_or_a_tag():
    words = "Trade & climate: 3 < 4, said the delegates &amp; their hosts in Hanoi, where they met " + "again " * 5

    assert extracted(words).text == words.replace("&amp;", "&").strip()


def test_a_fragment_s_dates_are_not_its_own():
    found = extracted(
        f"<p>{PARAGRAPHS[0]}</p><p>Ngày 5/6/2025: {PARAGRAPHS[1]}</p><time datetime='2025-06-05'>5/6</time>"
    )

    assert found.published_from != "text"


def test_an_article_without_any_headline_is_called_by_its_first_words():
    found = extracted("".join(f"<p>{line}</p>" for line in PARAGRAPHS))

    assert PARAGRAPHS[0].startswith(found.title)
    assert 20 < len(found.title) <= 120


def test_the_server_s_language_counts_where_the_page_names_none():
    body = (
        "<p>" + "Politika, ekonomija, kultura, sport, zabava, vrijeme, forum, kontakt, arhiva, impresum. " * 2 + "</p>"
    )

    assert extracted(body, headers={"content-language": "hr"}).language == "hr"
    assert extracted(body, headers={"content-language": "bs"}).language == "bs"


def test_a_page_from_a_file_belongs_to_the_outlet_it_names():
    named = PAGE.replace("/the-gioi/khai-mac", "https://www.example.vn/the-gioi/khai-mac")

    assert extracted(named, url="file:luu/trang.html").outlet.host == "example.vn"
    assert extracted(named, url="file:luu/trang.html").canonical_url == URL
    assert extracted(PAGE, url="file:luu/trang.html").outlet.host == "file"


def test_a_reprint_belongs_to_the_outlet_that_ran_it():
    reprint = PAGE.replace("/the-gioi/khai-mac", "https://agency.example/the-gioi/khai-mac")

    found = extracted(reprint)

    assert (found.outlet.host, found.canonical_url.split("/")[2]) == ("example.vn", "agency.example")


# What is no article


@pytest.mark.parametrize(
    ("body", "content_type", "reason"),
    [
        (b"", "text/html", "too_short"),
        (b" \r\n\t ", "text/html", "too_short"),
        (b"<html><body><p>Short.</p></body></html>", "text/html", "too_short"),
        (b"<!-- nothing -->", "text/html", "too_short"),
        (b"%PDF-1.7 " + b"words " * 100, "text/html", "not_html"),
        (b"\x89PNG\r\n\x1a\n" + bytes(300), "image/png", "not_html"),
        (b'{"articles": ["' + b"words " * 100 + b'"]}', "application/json", "not_html"),
        (b'{"articles": ["<p>' + b"words " * 100 + b'"]}', "text/html", "not_html"),
        (b"User-agent: *\n" * 20, "text/plain", "not_html"),
        (b"body { color: red }\n" * 20, "text/css; charset=utf-8", "not_html"),
        (b'<?xml version="1.0"?><rss><channel><title>' + b"words " * 100, "application/xml", "not_html"),
        (b'<?xml version="1.0"?>\n<urlset><url>' + b"words " * 100, "text/html", "not_html"),
        (bytes(range(256)) * 8, "text/html", "unreadable"),
        (b"<html><body><p>" + b"x" * 10_000_000, "text/html", "unreadable"),
        (b"<html><body>" + b"<p>a" * 200_000, "text/html", "extractor_failed"),
        (b"<p " + b" ".join(b"a%d=1" % n for n in range(20_000)) + b">x", "text/html", "extractor_failed"),
    ],
)
def test_a_document_that_is_no_article_says_why(body, content_type, reason):
    found = extracted(body, headers={"content-type": content_type}, origin="archive.warc.gz at 100")

    assert isinstance(found, Rejection)
    assert (found.reason, found.url, found.origin) == (reason, URL, "archive.warc.gz at 100")
    assert found.detail.endswith(".")


def test_a_page_declared_as_something_else_is_read_where_it_is_html():
    assert isinstance(extracted(PAGE, headers={"content-type": "text/plain"}), Article)
    assert isinstance(extracted(PAGE, headers={"content-type": "application/xhtml+xml"}), Article)
    assert isinstance(extracted('<?xml version="1.0" encoding="utf-8"?>' + PAGE), Article)


HOSTILE = {
    "deep": b"<html><body>" + b"<div>" * 100_000 + b"x" * 200,
    "deep inline": b"<html><body><p>" + b"<b>" * 100_000 + b"x" * 200,
    "long attribute": b'<html><body><p title="' + b"x" * 2_000_000 + b'">' + PARAGRAPHS[0].encode() * 2,
    "long comment": b"<html><body><!--" + b"-" * 2_000_000,
    "open brackets": b"<html>" + b"<" * 100_000,
    "cells": b"<html><body>" + b"<table><tr><td>" * 3_000 + b"x" * 200,
    "line breaks": b"<html><body><pre>" + b"\n" * 500_000 + b"x" * 200,
    "entities": b"<html><body><p>" + b"&#1;&#xD800;&#x110000;&bogus;" * 20_000,
    "no end": PAGE.encode()[:700],
    "no start": PAGE.encode()[700:],
    "nulls": b"<html>\x00<body>\x00<p>" + PARAGRAPHS[0].encode().replace(b" ", b"\x00 "),
    "half a surrogate": b"<html><body><p>" + b"\xed\xa0\x80 words and more " * 20,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_are_survived_in_seconds(name):
    started = time.process_time()

    found = extracted(HOSTILE[name], headers={"content-type": "text/html; charset=utf-8"})

    assert isinstance(found, Article) or found.reason in REASONS
    assert time.process_time() - started < 5


PIECES = st.sampled_from(
    [
        *b"<p>|</p>|<div class=byline>|<article>|<html>|<body>|<head>|<title>|<h1>|<table><td>|</script>".split(b"|"),
        *b"<meta name=author content=|<link rel=canonical href=|<base href='|http://[|'>|<time datetime='".split(b"|"),
        *b'<script type=\'application/ld+json\'>|{"@type":"NewsArticle","author":[|]}|&#|2025-06-05T'.split(b"|"),
        *(b"\x00", b"\xff\xfe", PARAGRAPHS[0].encode(), PARAGRAPHS[1].encode("utf-16"), "한국".encode("euc_kr")),
    ]
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES | st.binary(max_size=30), max_size=25).map(b"".join))
def test_no_bytes_make_extraction_raise(body):
    found = extracted(body)

    if isinstance(found, Article):
        assert len(found.text) >= 100
        assert found.title
        found.text.encode()
    else:
        assert found.reason in REASONS


def test_extraction_reads_neither_clock_nor_zone_nor_hash_seed():
    program = (
        "import sys; from nhipcau.newswire.extract import extract_article;"
        "sys.stdout.buffer.write(repr(extract_article(sys.stdin.buffer.read(), url='https://example.vn/a')).encode())"
    )
    undated = PAGE.replace("datePublished", "x").replace("<h1>", "<p class='date'>Thứ Bảy, 21/11/2026</p><h1>")

    def run(**environment):
        return subprocess.run(
            [sys.executable, "-c", program],
            input=undated.encode(),
            env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
            capture_output=True,
            check=True,
        )

    one, two = run(PYTHONHASHSEED="1", TZ="Asia/Tokyo"), run(PYTHONHASHSEED="2", TZ="America/Lima")

    assert one.stdout == two.stdout
    assert b"Article(" in one.stdout
    assert one.stderr == b""


def test_importing_the_extractor_loads_no_library_of_it():
    program = (
        "import sys, nhipcau.newswire.extract, nhipcau.newswire.language, nhipcau.newswire.workers;"
        "print([name for name in ('lxml', 'selectolax', 'numpy', 'py3langid', 'django') if name in sys.modules])"
    )

    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True)

    assert shown.stdout.strip() == "[]"
