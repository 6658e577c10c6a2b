"""Hostile and broken input, made on the fly: one :class:`Case` for each item that DIGEST DESK's issue names.

A case writes its input into a folder, or sets the pages of a web server on loopback, and says what a run of the command
line must say and count. Nothing here is kept in
the repository as a file: bombs are made of zeros when they are wanted.
"""

import gzip
import html
import json
import struct
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support.engine import RICE, TRAIN, make_page
from tests.support.loopback import Page

MB = 1 << 20
#: What a feed or page of a case says, long enough for an article.
TEXT = f"{TRAIN} {TRAIN}"


@dataclass(frozen=True)
class Case:
    """One item of the list.

    Attributes:
        item: the words of the issue.
        make: ``(place, site)`` to the one input of a run. ``place`` is a path that no file has yet: what is written
            starts with its name. The site may be read by the run, unless the input is ``refused``.
        says: what a person is told, a part of it in English: a problem, or why a document was refused.
        articles, rejected, problems: how all of it is counted.
        title, dated, address: what the first article is then.
        heavy: it takes more than some seconds, or more than some megabytes to make.
    """

    item: str
    make: Callable[[Path, Any], str]
    says: str = ""
    articles: int = 0
    rejected: Mapping[str, int] = field(default_factory=dict)
    problems: int = 0
    title: str | None = None
    dated: str | None = None
    address: str | None = None
    heavy: bool = False


def good(folder: Path) -> str:
    """The good article."""
    file = folder / "good.html"
    file.write_text(make_page(RICE, "Rice exports"), encoding="utf-8")
    return str(file)


def written(name: str, content: bytes | Callable[..., bytes]) -> Callable[[Path, Any], str]:
    """Makes a file of these bytes, or of those that come of the site."""

    def make(place: Path, site: Any) -> str:
        file = place.with_name(f"{place.name}-{name}")
        given = content if isinstance(content, bytes) else content(site) if content.__code__.co_argcount else content()
        file.write_bytes(given)
        return str(file)

    return make


def page(body: str, *, head: str = "", lang: str = "en", title: str = "Title") -> bytes:
    """A page with this inside its body."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{title}</title>{head}</head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    ).encode()


def rss(*items: str, head: str = "", language: str = "en", start: str = "") -> bytes:
    """A feed with these items."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>{start}<rss version="2.0"><channel><title>News</title>'
        f"<link>https://paper.example/</link><language>{language}</language>{head}{''.join(items)}</channel></rss>"
    ).encode()


def item(title: str = "Railway", text: str = TEXT, *, link: str = "", date: str = "") -> str:
    """One item of a feed, complete in itself."""
    dated = f"<pubDate>{date}</pubDate>" if date else ""
    linked = f"<link>{html.escape(link)}</link>" if link else ""
    told = f"<description>{html.escape(text)}</description>"
    return f"<item><title>{html.escape(title)}</title>{linked}{dated}{told}</item>"


def record(url: str, body: bytes, *, claimed: int | None = None) -> bytes:
    """A WARC 1.0 response record; ``claimed`` is the length that it says it has."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(body) + body
    told = len(answer) if claimed is None else claimed
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000001>\r\n"
        f"WARC-Date: 2026-11-22T00:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {told}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def zeros(size: int) -> bytes:
    """Gzip of so many zero bytes, as small as gzip makes it, without packing them all: one block is written again."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    first = packer.compress(bytes(MB)) + packer.flush(zlib.Z_FULL_FLUSH)
    again = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = again.compress(bytes(MB)) + again.flush(zlib.Z_FULL_FLUSH)
    end = zlib.compressobj(9, zlib.DEFLATED, -15).flush(zlib.Z_FINISH)
    check, piece = 0, bytes(MB)
    for _ in range(size // MB):
        check = zlib.crc32(piece, check)
    head = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03"
    return head + first + block * (size // MB - 1) + end + struct.pack("<II", check, size % (1 << 32))


def laughs(depth: int = 10) -> str:
    """The billion laughs: entities of entities, ten of each."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE rss [<!ENTITY l0 "laugh">{levels}]>'


def _thai() -> bytes:
    text = "เวียดนามอนุมัติเส้นทางรถไฟความเร็วสูงจากฮานอยไปโฮจิมินห์ " * 6
    return page(f"<time>26 พฤศจิกายน 2569 เวลา 10:30 น.</time><p>{text}</p>", lang="th", title="รถไฟเวียดนาม")


def _persian() -> bytes:
    text = "ویتنام مسیر راه آهن سریع میان هانوی و هوشی مین را تصویب کرد و کار سال آینده آغاز می شود. " * 5
    return page(f"<time>پنج‌شنبه ۵ آذر ۱۴۰۵</time><p>{text}</p>", lang="fa", title="راه آهن ویتنام")


def _served(pages: Mapping[str, Page | Callable[[Any, str], Page]], start: str) -> Callable[[Path, Any], str]:
    """The address of a page on the site, which answers these, each under the name of the case."""

    def make(place: Path, site: Any) -> str:
        own = site.url(f"/{place.name}")
        for path, answer in pages.items():
            site.pages[f"/{place.name}{path}"] = answer(own) if callable(answer) else answer
        return own + start

    return make


def _listed(feed: Callable[[str], bytes], pages: Mapping[str, Any], **headers: str) -> Callable[[Path, Any], str]:
    """A feed on the site, and the pages it leads to."""
    told = {"Content-Type": "application/rss+xml", **headers}
    return _served({"/feed.xml": lambda own: Page(feed(own), headers=told), **pages}, "/feed.xml")


def _redirect(to: str) -> Callable[[str], Page]:
    """Leads on to another path of the case, or to an address."""
    return lambda own: Page(status=302, headers={"Location": to if "://" in to else own + to})


HTML = {"Content-Type": "text/html; charset=utf-8", "Connection": "close"}
#: The address of a cloud's own metadata, which no reader of news may ask.
METADATA = "http://169.254.169.254/latest/meta-data/"
SECRET = "geheim"
WHOLE = f"<p>{TEXT}</p>"
PRIVATE = "which is not on the public internet; it is not opened unless the operator allows this host."
PASSWORD = "An address with a user name or password in it is not opened"
ENTITIES = "It declares entities of its own: they are neither expanded nor fetched."
DAMAGED = "The archive is damaged at byte"


def _many(count: int) -> bytes:
    return rss(*(item(f"News {n}", f"{zlib.crc32(str(n).encode())} {n * n} {TEXT}") for n in range(count)))


def _external(site: Any) -> bytes:
    """Entities that name a file, an address and a document type elsewhere."""
    outside = site.refused
    start = (
        f'<!DOCTYPE rss SYSTEM "{outside}/dtd" [<!ENTITY file SYSTEM "file:///etc/passwd">'
        f'<!ENTITY web SYSTEM "{outside}/entity"><!ENTITY % p SYSTEM "{outside}/parameter">%p;]>'
    )
    return rss(item("&file;", f"{TEXT} &web;").replace("&amp;", "&"), start=start)


def _mixed() -> bytes:
    parts = ["Thủ đô Hà Nội".encode(), "Hà Nội".encode("cp1258", "replace"), "Вьетнам".encode("koi8-r")]
    return page(WHOLE).replace(b"</article>", b"".join(b"<p>" + part + b"</p>" for part in parts) + b"</article>")


def _bomb(head: bytes) -> Callable[[], bytes]:
    return lambda: (gzip.compress(head) if head else b"") + zeros(2048 * MB)


SCRIPTS = item(
    "<script>alert(1)</script><img src=x onerror=alert(1)>Railway",
    f"<p onclick='alert(1)'>{TEXT}</p><script>alert(1)</script><svg onload=alert(1)></svg>",
)
FORMULAS = (
    item('=HYPERLINK("http://evil.example","x")'),
    item("@SUM(1+9)*cmd|' /C calc'!A0", f"{TEXT} Two."),
    item("+1-1", f"{TEXT} Three."),
)
LINKS = (
    item(link="javascript:alert(1)"),
    item("Two", f"{TEXT} Two.", link="data:text/html,<script>alert(1)</script>"),
)
ONE, TWO = "https://a.example/1", "https://a.example/2"
THAI_FEED = rss(item(date="Thu, 26 Nov 2569 10:30:00 +0700"), language="th")
JSON_FEED = b'{"version": "https://jsonfeed.org/version/1.1", "items": '

CASES = (
    Case(
        "truncated gzip",
        written("feed.xml.gz", lambda: gzip.compress(_many(3), 0)[:-200]),
        says="It ends before it is complete",
        articles=3,
        problems=1,
    ),
    Case(
        "truncated WARC",
        written("pages.warc", record(ONE, page(WHOLE)) + record(TWO, page(WHOLE))[:-400]),
        says=DAMAGED,
        articles=1,
        rejected={"too_short": 1},
        problems=1,
    ),
    Case(
        "wrong length headers in a WARC",
        written("pages.warc", record(ONE, page(WHOLE), claimed=99_999_999_999) + record(TWO, page(f"{WHOLE} Two."))),
        says=DAMAGED,
        articles=2,
        problems=1,
    ),
    Case(
        "wrong length headers of a server",
        _listed(
            lambda own: rss(item("Long", "", link=f"{own}/long"), item("Short", "", link=f"{own}/short")),
            {
                "/long": Page(page(WHOLE), headers={**HTML, "Content-Length": "999999"}),
                "/short": Page(page(WHOLE), headers={**HTML, "Content-Length": "40"}),
            },
        ),
        says="/long",
        rejected={"fetch_failed": 1, "too_short": 1},
    ),
    Case(
        "2 GB gzip bomb as a page",
        written("page.html.gz", _bomb(b"")),
        says="The page is larger than",
        rejected={"unreadable": 1},
        heavy=True,
    ),
    Case(
        "2 GB gzip bomb as a feed",
        written("feed.xml.gz", _bomb(rss()[:-20])),
        says="It is larger than",
        problems=1,
        heavy=True,
    ),
    Case(
        "2 GB gzip bomb as a table",
        written("rows.jsonl.gz", _bomb(b'{"text":"')),
        says="The line is longer than",
        problems=1,
        heavy=True,
    ),
    Case(
        "2 GB gzip bomb in a WARC",
        written("pages.warc.gz", _bomb(record(ONE, b"<html>", claimed=2048 * MB)[:-10])),
        says=DAMAGED,
        rejected={"unreadable": 1},
        problems=1,
        heavy=True,
    ),
    Case(
        "2 GB gzip bomb of a server",
        _served({"/bomb": lambda own: Page(zeros(2048 * MB), headers={**HTML, "Content-Encoding": "gzip"})}, "/bomb"),
        says="larger",
        problems=1,
        heavy=True,
    ),
    Case(
        "XML entity bomb",
        written("feed.xml", rss(item("&l9;", "&l9;").replace("&amp;", "&"), start=laughs())),
        says=ENTITIES,
        rejected={"too_short": 1},
        problems=1,
    ),
    Case(
        "XML entity bomb, quadratic",
        written(
            "feed.xml",
            lambda: rss(
                item("Q", f"{TEXT}{'&q;' * 9_000}").replace("&amp;", "&"),
                start=f'<!DOCTYPE rss [<!ENTITY q "{"q" * 50_000}">]>',
            ),
        ),
        says=ENTITIES,
        articles=1,
        problems=1,
    ),
    Case("external entities", written("feed.xml", _external), says=ENTITIES, articles=1, problems=1),
    Case(
        "50 MB HTML",
        written("page.html", lambda: page(WHOLE + "<p>Nothing new.</p>\n" * (50 * MB // 20))),
        says="The page is larger than",
        rejected={"unreadable": 1},
        heavy=True,
    ),
    Case(
        "50 MB HTML without a tag",
        written("page.html", lambda: page("word " * (50 * MB // 5))),
        says="The page is larger than",
        rejected={"unreadable": 1},
        heavy=True,
    ),
    Case(
        "100,000 levels of nesting in HTML",
        written("page.html", lambda: page("<div>" * 100_000 + TEXT + "</div>" * 100_000)),
        says="The page has too many tags",
        rejected={"extractor_failed": 1},
    ),
    Case(
        "100,000 levels of nesting in XML",
        written("feed.xml", lambda: rss("<a>" * 100_000 + "</a>" * 100_000, item())),
        articles=1,
    ),
    Case(
        "100,000 levels of nesting in JSON",
        written("feed.json", lambda: JSON_FEED + b"[" * 100_000 + b"]" * 100_000 + b"}"),
        says="It is not a JSON feed, or not a complete one.",
        problems=1,
    ),
    Case(
        "100,000 levels of nesting in a table",
        written(
            "rows.jsonl", lambda: b'{"url": "https://a.example/1", "text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}\n"
        ),
        says="The line is not JSON.",
        problems=1,
    ),
    Case(
        "invalid UTF-8", written("page.html", page(WHOLE).replace(b"Nghe", b"Ngh\xc3\x28\xff\xfe\xf0\x9f")), articles=1
    ),
    Case(
        "invalid UTF-8 in a feed",
        written("feed.xml", rss(item()).replace(b"Railway", b"Rail\xc3\x28\xff way")),
        says="It says it is written in utf-8 but is not",
        articles=1,
        problems=1,
    ),
    Case(
        "invalid UTF-8 in a table",
        written("rows.jsonl", json.dumps({"url": ONE, "text": TEXT}).encode().replace(b"Nghe", b"Ngh\xff\xfe")),
        says="The line is not UTF-8.",
        problems=1,
    ),
    Case("mixed charsets", written("page.html", _mixed), articles=1),
    Case(
        "a feed that is an error page",
        _served(
            {"/feed.xml": Page(b"<!doctype html><html><body><h1>502 Bad Gateway</h1></body></html>", headers=HTML)},
            "/feed.xml",
        ),
        says="Its main text has fewer than 100 characters.",
        rejected={"too_short": 1},
    ),
    Case(
        "a feed that is an error page with its status",
        _served({"/feed.xml": Page(b"<h1>Gone</h1>", 410, headers=HTML)}, "/feed.xml"),
        says="the server answered 410",
        problems=1,
    ),
    Case(
        "dates in the future",
        _listed(
            lambda own: rss(item("Tomorrow", date="Thu, 01 Jan 2099 00:00:00 GMT")),
            {},
            Date="Thu, 26 Nov 2026 08:00:00 GMT",
        ),
        articles=1,
        title="Tomorrow",
    ),
    Case(
        "dates in the Buddhist calendar",
        written("page.html", _thai),
        articles=1,
        title="รถไฟเวียดนาม",
        dated="2026-11-26T00:00:00Z",
    ),
    Case(
        "dates in the Buddhist calendar, in a feed",
        written("feed.xml", THAI_FEED),
        articles=1,
        title="Railway",
        dated="2026-11-26T03:30:00Z",
    ),
    Case(
        "dates in the Persian calendar",
        written("page.html", _persian),
        articles=1,
        title="راه آهن ویتنام",
        dated="2026-11-26T00:00:00Z",
    ),
    Case(
        "URLs with credentials",
        written("feed.xml", rss(item(link=f"https://user:{SECRET}@paper.example/1"))),
        articles=1,
        title="Railway",
        address="https://paper.example/1",
    ),
    Case(
        "a URL with credentials given",
        lambda place, site: site.url(f"/{place.name}").replace("http://", f"http://user:{SECRET}@"),
        says=PASSWORD,
        problems=1,
    ),
    Case("javascript: links", written("feed.xml", rss(*LINKS)), articles=2),
    Case(
        "redirect loops",
        _listed(lambda own: rss(item("Loop", "", link=f"{own}/a")), {"/a": _redirect("/b"), "/b": _redirect("/a")}),
        says="leads on through more than 5 redirects.",
        rejected={"fetch_failed": 1},
    ),
    Case(
        "a redirect to 169.254.169.254",
        _listed(lambda own: rss(item("Metadata", "", link=f"{own}/a")), {"/a": _redirect(METADATA)}),
        says=f"169.254.169.254, {PRIVATE}",
        rejected={"fetch_failed": 1},
    ),
    Case("the address 169.254.169.254", lambda place, site: METADATA, says=f"169.254.169.254, {PRIVATE}", problems=1),
    Case(
        "an address of this machine", lambda place, site: f"{site.refused}/", says=f"127.0.0.1, {PRIVATE}", problems=1
    ),
    Case(
        "scripts and event handlers in titles and text",
        written("feed.xml", rss(SCRIPTS)),
        articles=1,
        title="Railway",
    ),
    Case("formula-like titles", written("feed.xml", rss(*FORMULAS)), articles=3),
)
