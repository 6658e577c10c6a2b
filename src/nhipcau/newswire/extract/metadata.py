"""What a page says about itself: its title, author line, lead image, site and own address.

Read from JSON-LD, from ``meta`` and ``link`` elements, and from the visible page, in that order of trust. Everything
here was written by strangers: sizes are capped, and whatever has another shape than expected is passed over.
"""

from __future__ import annotations

import functools
import html
import itertools
import json
import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.extract.addresses import clean
from nhipcau.newswire.extract.body import tidy_line, tidy_text
from nhipcau.newswire.outlets import host_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

# Bytes, blocks and nodes of structured data read from one page; the largest real page has some 60 nodes.
_LARGEST_BLOCK = 2_000_000
_MOST_BLOCKS = 40
_MOST_NODES = 2_000
_ARTICLE: Final = re.compile(r"(?:^|[a-z/])(?:article|posting|report)$", re.IGNORECASE)
_COMMENT: Final = re.compile(r"^\s*(?://)?\s*(?:<!--|<!\[CDATA\[)|(?:-->|\]\]>)\s*;?\s*$")
_BROKEN_FIELD: Final = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated)"\s*:\s*"((?:[^"\\]|\\.){1,500})"', re.DOTALL
)
_TITLE_NAMES: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
_AUTHOR_NAMES: Final = (
    "author", "article:author", "og:article:author", "parsely-author", "sailthru.author", "byl", "dc.creator",
    "dcterms.creator", "citation_author", "cxenseparse:author",
)  # fmt: skip
_IMAGE_NAMES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_SITE_NAMES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
_SUFFIX: Final = re.compile(r"\s+[|\-–—·•»:]\s+")
_BYLINES: Final = (
    ".//*[@itemprop='author']",
    ".//a[@rel='author']",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' byline ')]",
    ".//*[contains(concat(' ', normalize-space(@class), ' '), ' author ')]",
)
_LONGEST_BYLINE = 200
# What stands in author fields and is no name: addresses of pages and of mailboxes, handles, numbers.
_NO_NAME: Final = re.compile(r"://|^@|^www\.|^\S+@\S+$|^\S+\.\w+/\S*$|^[\d\W]*$")


class Page:
    """A parsed page and what it says about itself. Times are read by :mod:`nhipcau.newswire.extract.times`."""

    def __init__(self, tree: HtmlElement, *, url: str) -> None:
        self.tree = tree
        self.url = url

    def is_bare(self) -> bool:
        """Whether there is nothing but the article: a fragment, or a feed's entry put into an empty page."""
        head, content = self.tree.find("./head"), self.tree.find("./body")
        if head is None or content is None or [child.tag for child in content] != ["article"]:
            return False
        return all(child.tag == "title" or child.get("charset") is not None for child in head)

    @functools.cached_property
    def base(self) -> str:
        """What relative addresses of this page start from."""
        for element in self.tree.iterfind(".//base[@href]"):
            return clean(element.get("href", ""), base=self.url) or self.url
        return self.url

    @functools.cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of ``meta`` elements by ``property``, ``name`` or ``itemprop`` in lower case, in page order."""
        found: dict[str, list[str]] = {}
        for element in self.tree.iterfind(".//meta[@content]"):
            content = element.get("content", "").strip()
            if content:
                for attribute in ("property", "name", "itemprop"):
                    key = element.get(attribute, "").strip().lower()
                    if key:
                        found.setdefault(key, []).append(content)
        return found

    def first_meta(self, names: tuple[str, ...]) -> str | None:
        """The first content under the first of these names that has one."""
        return next((self.meta[name][0] for name in names if name in self.meta), None)

    @functools.cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """Every object of the page's JSON-LD, outer before inner."""
        found: list[dict[str, Any]] = []
        for block in self._blocks():
            found.extend(_objects(block, most=_MOST_NODES - len(found)))
        return found

    @functools.cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object that describes this page's article; empty where none does.

        Among several (lists of related articles) the one whose headline is the page's title, else the first.
        """
        articles = [node for node in self.nodes if any(_ARTICLE.search(kind) for kind in _strings(node.get("@type")))]
        shown = tidy_line(self.first_meta(_TITLE_NAMES)).casefold()
        named = (a for a in articles if shown and tidy_line(_text(a.get("headline"))).casefold() in shown)
        return next(
            (a for a in named if _text(a.get("headline"))),
            next((a for a in articles if "datePublished" in a or "headline" in a), articles[0] if articles else {}),
        )

    def _blocks(self) -> Iterator[Any]:
        blocks = self.tree.xpath(".//script[contains(@type, 'ld+json')]")
        for script in blocks[:_MOST_BLOCKS]:
            text = script.text or ""
            if len(text) > _LARGEST_BLOCK:
                continue
            text = _COMMENT.sub("", _COMMENT.sub("", text)).strip()
            try:
                yield json.loads(text, strict=False)
            except (ValueError, RecursionError):
                # Broken JSON is common: what can still be told by eye is taken.
                fields = dict(reversed(_BROKEN_FIELD.findall(text)))
                if fields:
                    yield {"@type": "Article", **fields}

    def declared_body(self) -> str:
        """The article's text as the structured data gives it; ``""`` where it does not."""
        return tidy_text(_text(self.article.get("articleBody")) or "")

    def declared_addresses(self) -> list[str]:
        """The addresses that the page gives as its own: ``link rel=canonical``, then ``og:url``."""
        links = self.tree.xpath(".//link[@href]")
        found = [link.get("href", "") for link in links if "canonical" in link.get("rel", "").lower().split()]
        return [*found, *self.meta.get("og:url", [])]

    def declared_language(self) -> str | None:
        """The language tag in the page's ``html`` element, as it stands."""
        root = self.tree.getroottree().getroot()
        tag: str | None = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
        return tag

    def site_name(self) -> str | None:
        """How the page names its publication."""
        publisher = self.article.get("publisher")
        names = [self.first_meta(_SITE_NAMES), *_names(publisher)]
        return next((line for line in map(_plain, names) if line and "://" not in line), None)

    def title(self) -> str:
        """The article's headline, without the publication's name behind it; ``""`` where there is none."""
        heads = [_plain(" ".join(head.itertext())) for head in self.tree.findall(".//h1")[:_MOST_BLOCKS]]
        sole = heads[0] if len(heads) == 1 else ""
        headline, window = _plain(_text(self.article.get("headline"))), _plain(self.tree.findtext(".//title"))
        if window and not _words(headline) & _words(window):
            # A summary in the wrong field: a headline has a word in common with the window's title.
            headline = ""
        line = next(filter(None, [headline, _plain(self.first_meta(_TITLE_NAMES)), sole, window, *heads]), "")
        # What stands behind the printed headline names the section, the site or the day.
        printed = (head for head in heads if head and _SUFFIX.match(line.removeprefix(head)))
        return next((head for head in printed if line.startswith(head)), _without_site(line, self.site_name()))

    def byline(self) -> str | None:
        """The author line as printed: names are neither split nor put into another order or case.

        A person's line goes before one that only names the publication again.
        """
        named = list(dict.fromkeys(map(_plain, _names(self.article.get("author")))))
        lines = map(_plain, itertools.chain([", ".join(filter(None, named))], self._author_lines()))
        publication: str | None = None
        for line in lines:
            if 1 < len(line) <= _LONGEST_BYLINE and not _NO_NAME.search(line):
                if not self._is_publication(line):
                    return line
                publication = publication or line
        return publication

    def _is_publication(self, line: str) -> bool:
        names = [self.site_name(), *_names(self.article.get("publisher")), host_of(self.url)]
        return line.casefold() in {name.casefold() for name in names if name}

    def _author_lines(self) -> Iterator[str]:
        for name in _AUTHOR_NAMES:
            yield ", ".join(dict.fromkeys(self.meta.get(name, [])))
        for path in _BYLINES:
            for element in self.tree.xpath(path)[:3]:
                yield " ".join(element.itertext())

    def image(self) -> str | None:
        """The absolute address of the lead image."""
        candidates = [*(self.meta[name][0] for name in _IMAGE_NAMES if name in self.meta)]
        candidates += _addresses(self.article.get("image"))
        return next((found for one in candidates if (found := clean(one, base=self.base))), None)


def _objects(block: Any, *, most: int) -> list[dict[str, Any]]:
    """The objects in parsed JSON, outer before inner, at most so many; without recursion, for depth is the page's."""
    found: list[dict[str, Any]] = []
    level = [block]
    while level and len(found) < most:
        deeper: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                found.append(value)
                deeper.extend(inner for inner in value.values() if isinstance(inner, dict | list))
            elif isinstance(value, list):
                deeper.extend(inner for inner in value if isinstance(inner, dict | list))
        level = deeper[:_MOST_NODES]
    return found[: max(most, 0)]


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def _text(value: Any) -> str | None:
    return next((text for text in _strings(value) if text.strip()), None)


def _names(value: Any) -> list[str]:
    """Names of a person or organisation given as text, object, or a list of these."""
    found: list[str] = []
    for one in value[:20] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            found.extend(_strings(one.get("name"))[:20])
    return found


def _addresses(value: Any) -> list[str]:
    """Addresses of an image given as text, object, or a list of these."""
    found: list[str] = []
    for one in value[:5] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            found.extend(_strings(one.get("url"))[:1] or _strings(one.get("contentUrl"))[:1])
    return found


def _plain(text: str | None) -> str:
    """One line without markup: structured data often holds escaped HTML."""
    if text and ("&" in text or "<" in text):
        text = re.sub(r"<[^<>]{0,300}>", "", html.unescape(text))
    return tidy_line(text)


def _without_site(title: str, site: str | None) -> str:
    """The title without the publication's name at its end."""
    if not site:
        return title
    parts = list(_SUFFIX.finditer(title))
    if parts and title[parts[-1].end() :].casefold() in {site.casefold(), f"www.{site}".casefold()}:
        return title[: parts[-1].start()]
    return title


def _words(line: str) -> set[str]:
    return set(re.findall(r"\w\w+", line.casefold()))
