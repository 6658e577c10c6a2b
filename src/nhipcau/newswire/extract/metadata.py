"""What a page says about itself: its title, author line, lead image, site and own address.

Read from JSON-LD, from ``meta`` and ``link`` elements, from microdata and from the visible page. Everything here was
written by strangers: sizes are capped, and whatever has another shape than expected is passed over. Times are read by
:mod:`nhipcau.newswire.extract.times`, marks by :mod:`nhipcau.newswire.extract.marks`.
"""

from __future__ import annotations

import functools
import itertools
import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.extract import byline, headline, printed_byline
from nhipcau.newswire.extract.addresses import clean, is_front
from nhipcau.newswire.extract.blocks import blocks_of
from nhipcau.newswire.extract.headline import Headlines, letters
from nhipcau.newswire.extract.structured import addresses, is_article, names, objects_of, plain, strings, text
from nhipcau.newswire.extract.surroundings import pieces
from nhipcau.newswire.extract.tidy import tidy_line
from nhipcau.newswire.extract.tree import attribute, text_of
from nhipcau.newswire.outlets import host_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.extract.blocks import Blocks
    from nhipcau.newswire.extract.tree import Tree

# One walk finds all of it.
_SELECTOR: Final = (
    "title, meta[content], link[href], base[href], h1, h2, time, [itemprop], "
    "[rel~='author' i], script[type*='ld+json' i]"
)
_MOST_HEADINGS = 20
_TITLE_NAMES: Final = ("og:title", "twitter:title", "dc.title", "dcterms.title", "citation_title", "title")
_AUTHOR_NAMES: Final = (
    "author", "article:author", "og:article:author", "article:author_name", "article.author", "parsely-author",
    "sailthru.author", "byl", "dc.creator", "dcterms.creator", "citation_author", "cxenseparse:author", "dable:author",
    "mrf:authors", "twitter:misc:written by",
)  # fmt: skip
_IMAGE_NAMES: Final = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_SITE_NAMES: Final = ("og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher")
# Other names that a site goes by, for what is to be dropped; not good enough to be shown.
_OTHER_SITE_NAMES: Final = (
    "publisher",
    "copyright",
    "twitter:site",
    "cre",
    "al:ios:app_name",
    "twitter:app:name:iphone",
)
_SECTION_NAMES: Final = (
    "article:section",
    "section",
    "parsely-section",
    "cxenseparse:section",
    "category",
    "dable:section",
)
_LONGEST_SECTION = 60
_WRITTEN_BY: Final = re.compile(
    r"written|author|verfasst|geschrieben|autor|écrit|escrit|scritto|napisan|автор|geschreven|skrevet|skriven|yazar|作者|"
    r"投稿者|執筆|viết bởi|tác giả|^by|^von|^par|^por",
    re.IGNORECASE,
)


class Page:
    """A parsed page and what it says about itself."""

    def __init__(self, tree: Tree, *, url: str) -> None:
        self.tree = tree
        self.url = url
        self._found: dict[str, list[Node]] = {}
        self._in_order = tree.all(_SELECTOR)
        #: Elements by the names of their ``itemprop``.
        self.properties: dict[str, list[Node]] = {}
        for node in self._in_order:
            self._found.setdefault(node.tag or "", []).append(node)
            named = node.attributes.get("itemprop")
            if named:
                for name in named.split():
                    self.properties.setdefault(name, []).append(node)

    def elements(self, tag: str) -> list[Node]:
        """The elements of one of the kinds that are looked for, in page order."""
        return self._found.get(tag, [])

    def behind_headline(self, tag: str) -> list[Node]:
        """Those of them behind the first heading of the first level; all where there is none."""
        found = itertools.dropwhile(lambda node: node.tag != "h1", self._in_order)
        return [node for node in found if node.tag == tag] if self.elements("h1") else self.elements(tag)

    def is_bare(self) -> bool:
        """Whether there is nothing but the article: a fragment, or a feed's entry put into an empty page."""
        head, content = self.tree.head, self.tree.body
        if head is None or content is None or [child.tag for child in content.iter()] != ["article"]:
            return False
        return all(child.tag == "title" or "charset" in child.attributes for child in head.iter())

    @functools.cached_property
    def blocks(self) -> Blocks:
        """Its pieces of text, those of menus left out."""
        return blocks_of(self.tree)

    @functools.cached_property
    def base(self) -> str:
        """What relative addresses of this page start from."""
        first = next((clean(attribute(one, "href"), base=self.url) for one in self.elements("base")), None)
        return first or self.url

    @functools.cached_property
    def meta(self) -> dict[str, list[str]]:
        """Contents of ``meta`` elements by ``property``, ``name`` or ``itemprop`` in lower case, in page order."""
        found: dict[str, list[str]] = {}
        for element in self.elements("meta"):
            attributes = element.attributes
            content = (attributes.get("content") or "").strip()
            if content:
                for name in ("property", "name", "itemprop"):
                    key = (attributes.get(name) or "").strip().lower()
                    if key:
                        found.setdefault(key, []).append(content)
        return found

    def first_meta(self, wanted: tuple[str, ...]) -> str | None:
        """The first content under the first of these names that has one."""
        return next((self.meta[name][0] for name in wanted if name in self.meta), None)

    @functools.cached_property
    def nodes(self) -> list[dict[str, Any]]:
        """Every object of the page's JSON-LD, outer before inner."""
        return objects_of(one.text() for one in self.elements("script"))

    @functools.cached_property
    def article(self) -> dict[str, Any]:
        """The JSON-LD object that describes this page's article; empty where none does.

        Among several (lists of related articles) the one whose headline is the page's title, else the first.
        """
        articles = [node for node in self.nodes if is_article(node)]
        shown = letters(tidy_line(self.first_meta(_TITLE_NAMES)))
        named = (a for a in articles if shown and letters(tidy_line(text(a.get("headline")))) in shown)
        return next(
            (a for a in named if text(a.get("headline"))),
            next((a for a in articles if "datePublished" in a or "headline" in a), articles[0] if articles else {}),
        )

    def declared_addresses(self) -> list[str]:
        """The addresses that the page gives as its own: ``link rel=canonical``, then ``og:url``."""
        links = self.elements("link")
        found = [attribute(link, "href") for link in links if "canonical" in attribute(link, "rel").lower().split()]
        return [*found, *self.meta.get("og:url", [])]

    def declared_language(self) -> str | None:
        """The language tag in the page's ``html`` element, as it stands."""
        attributes = self.tree.root.attributes
        return attributes.get("lang") or attributes.get("xml:lang")

    def declared_tags(self) -> list[str]:
        """The language tags of the page: of its ``html`` element, then ``og:locale``."""
        declared = self.declared_language()
        return [*([declared] if declared else []), *self.meta.get("og:locale", [])]

    def declared_places(self) -> list[str]:
        """The codes of places that the page gives for itself, and of its publisher's address."""
        found = [code for name in ("geo.country", "geo.region") for code in self.meta.get(name, [])]
        publishers = (node for node in self.nodes if "organization" in str(node.get("@type")).lower())
        addresses = (node["address"] for node in publishers if isinstance(node.get("address"), dict))
        return [*found, *filter(None, (text(address.get("addressCountry")) for address in addresses))]

    def site_name(self) -> str | None:
        """How the page names its publication."""
        said = [self.first_meta(_SITE_NAMES), *self.publishers]
        return next((line for line in map(plain, said) if line and "://" not in line), None)

    @functools.cached_property
    def host(self) -> str:
        """The host that it comes from, as outlets are told apart by."""
        return host_of(self.url)

    @functools.cached_property
    def publishers(self) -> list[str]:
        """Who publishes the article, by its structured data."""
        return names(self.article.get("publisher"), self.by_id)

    @functools.cached_property
    def by_id(self) -> dict[str, dict[str, Any]]:
        """The objects of the structured data that others point at."""
        return {node["@id"]: node for node in self.nodes if isinstance(node.get("@id"), str) and len(node) > 1}

    @functools.cached_property
    def site_names(self) -> set[str]:
        """Every name that the site goes by, as letters: as it calls itself, and by its host."""
        host = self.host
        said = [content for name in (*_SITE_NAMES, *_OTHER_SITE_NAMES) for content in self.meta.get(name, [])[:2]]
        said += [*self.publishers, host, host.partition(".")[0], f"www.{host}"]
        # A heading that leads to the front page is the site's.
        for heading in self.elements("h1")[:_MOST_HEADINGS]:
            link = heading.css_first("a[href]")
            if link is not None and self._leads_home(attribute(link, "href")):
                said.append(_spaced(heading))
        return {letters(plain(line).lstrip("@")) for line in said} - {""}

    def _leads_home(self, address: str) -> bool:
        target = clean(address, base=self.base)
        return target is not None and is_front(target) and not is_front(self.url) and host_of(target) == self.host

    def is_publication(self, name: str) -> bool:
        """Whether a name is the publication's own."""
        named, host = letters(name), self.host
        compact = named.replace(" ", "")
        return (
            any(" " in known and named.startswith(known) for known in self.site_names)
            or compact in {known.replace(" ", "") for known in self.site_names}
            or host in name.lower()
            or compact in {label for label in host.split(".") if len(label) > 2}  # noqa: PLR2004 - no country's label
        )

    def title(self) -> str:
        """The article's headline, without the publication's name before or behind it; ``""`` where there is none."""
        printed = self.elements("h1") or self.properties.get("headline", [])
        heads = [line for line in (plain(_spaced(one)) for one in printed[:_MOST_HEADINGS]) if line]
        data, window = plain(text(self.article.get("headline"))), plain(next(map(text_of, self.elements("title")), ""))
        found = Headlines(self.site_names, {letters(line) for line in self.sections})
        if not window or _words(data) & _words(window) or any(letters(data) == letters(line) for line in heads):
            # Otherwise it is a summary in the wrong field: a headline has a word in common with the window's title.
            found.add(data, headline.DATA)
        found.add(plain(self.first_meta(("og:title",))), headline.SHARED)
        found.add(window, headline.WINDOW)
        found.add(plain(self.first_meta(("twitter:title",))), headline.NETWORK)
        found.add(plain(self.first_meta(_TITLE_NAMES[2:])), headline.OTHER)
        confirmed = {line for line in heads if found.has(line)}
        for number, line in enumerate(heads):
            sole = len(heads) == 1 or line in confirmed
            found.add(line, headline.PRINTED if sole else headline.LATER - number / 1_000)
        if not confirmed:
            for one in self.elements("h2")[:_MOST_HEADINGS]:
                found.add(plain(_spaced(one)), headline.SECOND)
        return found.best() or next(filter(None, [*heads, window]), "")

    def byline(self) -> str | None:
        """The names of the authors as printed, with commas between them; ``None`` where nobody is named.

        The publication's own name is none, and nor is whoever runs its site.
        """
        declared = names(self.article.get("author"), self.by_id) or names(self.article.get("creator"), self.by_id)
        found = byline.names_in(map(plain, declared), self.is_publication)
        for name in _AUTHOR_NAMES:
            found = found or byline.names_in(map(plain, self.meta.get(name, [])), self.is_publication)
        for name in ("twitter:label1", "twitter:label2"):
            # What cards of WordPress and others say beside the title: "Written by", "Verfasst von".
            label, value = self.first_meta((name,)), self.first_meta((name.replace("label", "data"),))
            if label and value and _WRITTEN_BY.search(label):
                found = found or byline.names_in([plain(value)], self.is_publication)
        found = found or printed_byline.names_on(self)
        return ", ".join(found) or None

    def image(self) -> str | None:
        """The absolute address of the lead image."""
        candidates = [*(self.meta[name][0] for name in _IMAGE_NAMES if name in self.meta)]
        candidates += addresses(self.article.get("image"))
        return next((found for one in candidates if (found := clean(one, base=self.base))), None)

    def section(self) -> str | None:
        """The part of the publication that the article stands in, as the page names it; of several the first."""
        return next(iter(self.sections), None)

    @functools.cached_property
    def sections(self) -> list[str]:
        """Every section that the page names for the article."""
        said = strings(self.article.get("articleSection"))[:5]
        said += [content for name in _SECTION_NAMES for content in self.meta.get(name, [])[:3]]
        for node in self.nodes:
            if "BreadcrumbList" in strings(node.get("@type")):
                said += _crumbs(node)
        lines = dict.fromkeys(map(plain, said))
        return [one for one in lines if 1 < len(one) <= _LONGEST_SECTION and letters(one) not in self.site_names]


def _crumbs(node: dict[str, Any]) -> list[str]:
    """The names on the way to the article, the front page's and its own left out."""
    steps = node.get("itemListElement")
    said = []
    for step in steps[1:6] if isinstance(steps, list) else []:
        if isinstance(step, dict):
            said += names(step)[:1] or names(step.get("item"))[:1]
    return said[:-1] if len(said) > 1 else said


def _spaced(node: Node) -> str:
    """All text of a heading; what stands in elements of its own is parted by a blank."""
    return text_of(node) if node.css_first("div, p, span, br") is None else " ".join(pieces(node))


def _words(line: str) -> set[str]:
    return set(re.findall(r"\w\w+", line.casefold()))
