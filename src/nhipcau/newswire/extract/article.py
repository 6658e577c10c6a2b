"""The article made of a page, or the reason why there is none."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import html
import logging
import re
from datetime import UTC, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from nhipcau.newswire import language
from nhipcau.newswire.extract import addresses, body, encoding
from nhipcau.newswire.extract.choosing import SHORTEST
from nhipcau.newswire.extract.marks import marks_of
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tidy import tidy_line
from nhipcau.newswire.extract.times import EARLIEST, Dating, date_page, latest_for
from nhipcau.newswire.extract.tree import HeavyPageError, Tree
from nhipcau.newswire.outlets import outlet_of, told_by_page
from nhipcau.newswire.records import Article, Document, Outlet, Rejection
from nhipcau.newswire.sentences import Sentence

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


#: Bytes of the largest page taken apart; the largest of 951 real pages has 2.2 MB.
LARGEST_PAGE = 10_000_000

EMPTY = Sentence("The page is empty.")
TOO_LARGE = Sentence("The page is larger than {limit} bytes.", limit=LARGEST_PAGE)
TOO_MANY_TAGS = Sentence(
    "The page has too many tags, nested too deeply or with too many attributes, to be taken apart."
)
BINARY = Sentence("The bytes are no text in any encoding.")
OTHER_TYPE = Sentence("It is declared as something other than HTML.")
OTHER_CONTENT = Sentence("It is not HTML, whatever it is declared as.")
SHORT = Sentence("Its main text has fewer than {limit} characters.", limit=SHORTEST)

_HTML_TYPES: Final = frozenset(("text/html", "application/xhtml+xml"))
_OTHER_BYTES: Final = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\x1f\x8b", b"RIFF", b"OggS", b"ID3", b"wOF",
    b"\xd0\xcf\x11\xe0", b"7z\xbc\xaf", b"Rar!", b"\x7fELF",
)  # fmt: skip
_OTHER_TEXT: Final = re.compile(
    rb"\s*(?:\{\s*\"|\[\s*[{\[]|(?:<\?xml[^>]{0,300}>\s*|<!--.{0,2000}?-->\s*)*<(?:rss|feed|urlset|sitemapindex|rdf:rdf|opml|svg)\b)",
    re.IGNORECASE | re.DOTALL,
)
_MARKUP: Final = re.compile(
    rb"<!doctype\s+html|</?(?:html|head|body|title|meta|link|script|main|article|section|div|span|p|br|a|img|h[1-6]|ul|ol|"
    rb"li|table|td|figure|b|i|em|strong|blockquote|font|center)\b",
    re.IGNORECASE,
)
_WHOLE_PAGE: Final = re.compile(rb"<!doctype\s+html|<(?:html|head|body)\b", re.IGNORECASE)
_SNIFFED = 20_000
# Characters of the first paragraph that stand for a title where there is none.
_LONGEST_OPENING = 120
_NO_HEADERS: Final[Mapping[str, str]] = MappingProxyType({})


class _Refusal(Exception):  # noqa: N818 - no error: the ordinary way out for a document that is no article
    """A document that is no article: one of the reasons of :data:`nhipcau.newswire.records.REASONS`, and a sentence."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


def extract_article(html: bytes, *, url: str, headers: Mapping[str, str] = _NO_HEADERS) -> Article | None:
    """The article of a page; ``None`` where its main text has fewer than 100 characters or it cannot be read.

    Args:
        html: the page as received, whatever its encoding.
        url: its absolute address.
        headers: the response's headers: ``content-type`` and ``date`` are looked at.
    """
    found = extract_document(Document(url=url, body=html, headers={name.lower(): headers[name] for name in headers}))
    return found if isinstance(found, Article) else None


def extract_document(document: Document) -> Article | Rejection:
    """The article of a document, or why it is none. Whatever the document holds, nothing is raised.

    What the feed or sitemap said fills in what the page does not say. A body that is a fragment of HTML or plain text
    (a feed entry's) is its own main text.
    """
    try:
        return _article_of(document)
    except _Refusal as refusal:
        reason, detail = refusal.reason, refusal.detail
    except HeavyPageError:
        reason, detail = "extractor_failed", TOO_MANY_TAGS
    except Exception as error:  # noqa: BLE001 - a stranger's page must not end the run
        reason, detail = "extractor_failed", type(error).__name__
    return Rejection(url=document.url, origin=document.origin, reason=reason, detail=detail)


def article_id(canonical_url: str, text: str) -> str:
    """16 hex digits made from the canonical address and the text alone."""
    content = f"{canonical_url}\n{text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(content, digest_size=8).hexdigest()


def _article_of(document: Document) -> Article:
    _quieten()
    page = Page(Tree(_whole_page(_readable(document))), url=document.url)
    bare = page.is_bare()
    text = body.main_text(page)
    if bare:
        text = body.fuller(text, body.fragment_text(page.tree))
    titles = [page.title(), tidy_line(document.title)]
    text = body.without_title(text, titles)
    if len(text) < SHORTEST:
        raise _Refusal("too_short", SHORT)
    canonical = addresses.canonical(page.declared_addresses(), url=document.url)
    outlet = document.outlet or _outlet(page, document.url, canonical)
    spoken = language.identify(text, declared=page.declared_language() or document.headers.get("content-language"))
    dating = _with_feeds(
        date_page(
            page,
            address=canonical,
            served=document.headers.get("date"),
            # In a bare text a day is one told of.
            visible=not bare,
            country=outlet.country,
            title=titles[0],
            language=spoken.code,
        ),
        document,
    )
    if document.outlet is None:
        outlet = told_by_page(outlet, places=page.declared_places(), tags=page.declared_tags(), language=spoken.code)
    bylines = [page.byline(), tidy_line(document.byline)]
    return Article(
        id=article_id(canonical, text),
        url=document.url,
        canonical_url=canonical,
        outlet=outlet,
        title=_first(titles[::-1] if bare else titles) or tidy_line(text.partition("\n")[0], longest=_LONGEST_OPENING),
        text=text,
        language=spoken.code,
        language_confidence=spoken.confidence,
        published_at=dating.at,
        published_from=dating.source,
        published_precision=dating.precision,
        published_zone=dating.zone,
        modified_at=dating.modified,
        modified_from=dating.modified_source,
        byline=_first(bylines[::-1] if bare else bylines) or None,
        image=page.image(),
        section=page.section(),
        marks=marks_of(page),
        origin=document.origin,
    )


def _readable(document: Document) -> bytes:
    """The page in UTF-8."""
    raw = document.body
    if not raw.strip():
        raise _Refusal("too_short", EMPTY)
    if raw.startswith(_OTHER_BYTES):
        raise _Refusal("not_html", OTHER_CONTENT)
    content_type = document.headers.get("content-type", "")
    if len(raw) > LARGEST_PAGE:
        raise _Refusal("unreadable", TOO_LARGE)
    text = encoding.as_utf8(raw, content_type=content_type)
    media = content_type.partition(";")[0].strip().lower()
    has_markup = text is not None and _MARKUP.search(text[:_SNIFFED]) is not None
    if media and media not in _HTML_TYPES and not has_markup:
        raise _Refusal("not_html", OTHER_TYPE)
    if text is None:
        raise _Refusal("unreadable", BINARY)
    if _OTHER_TEXT.match(text[:_SNIFFED]):
        raise _Refusal("not_html", OTHER_CONTENT)
    return text


def _whole_page(source: bytes) -> bytes:
    """The page; a fragment, or plain text, is put into an empty one."""
    if not _WHOLE_PAGE.search(source[:_SNIFFED]):
        if not _MARKUP.search(source):
            lines = html.escape(html.unescape(source.decode("utf-8", "replace")), quote=False).splitlines()
            source = "".join(f"<p>{line}</p>" for line in lines).encode("utf-8", "replace")
        source = b"<html><head></head><body><article>%b</article></body></html>" % source
    return source


def _with_feeds(found: Dating, document: Document) -> Dating:
    """The page's own times; the feed's where the page has none, or only the day of the same."""
    said = document.published_at
    if said is None or not EARLIEST <= said <= latest_for(document.headers.get("date")):
        return found
    said = said.astimezone(UTC)
    is_day = (said.hour, said.minute, said.second) == (0, 0, 0)
    if found.at is None:
        return dataclasses.replace(found, at=said, source="feed", precision="day" if is_day else "minute")
    # A day of some zone begins up to 14 hours before that day in UTC, and ends up to 12 hours after it.
    same_day = found.at - timedelta(hours=14) <= said < found.at + timedelta(hours=36)
    if found.precision == "day" and same_day and not is_day:
        return dataclasses.replace(found, at=said, source="feed", precision="minute")
    return found


def _outlet(page: Page, url: str, canonical: str) -> Outlet:
    # A page read from a file was published where it says; any other where it was found, a reprint included.
    return outlet_of(canonical if url.startswith("file:") else url, name=page.site_name())


def _first(lines: Sequence[str | None]) -> str:
    return next((line for line in lines if line), "")


@functools.cache
def _quieten() -> None:
    """Keep the library from writing to standard error about strangers' pages."""
    logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL + 1)
