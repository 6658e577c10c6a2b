"""What a feed says, read off its tree: of itself, and of each of its entries."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from nhipcau.newswire.sources.addresses import is_web_address
from nhipcau.newswire.sources.entries import Enclosure, plain
from nhipcau.newswire.sources.feednames import Names
from nhipcau.newswire.sources.feedtext import html_of, joined, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml import etree

_XML = "{http://www.w3.org/XML/1998/namespace}"
_ABOUT = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about"
_ENTRIES = [f"{{*}}{name}" for name in ("item", "Item", "ITEM", "entry", "Entry", "ENTRY")]
#: Links of an entry that lead to its own page.
_PAGE = frozenset({"", "alternate", "http://www.iana.org/assignments/relation/alternate"})


@dataclass(slots=True)
class Said:
    """What is said about a feed or an entry, as it is said: texts are HTML, the title is plain, dates as written.

    Attributes:
        dates: by element, as ``pubdate`` or ``dc:date``.
        authors: by element; with the mail address in brackets where there is one.
        permalink: the identifier is an address of the entry.
    """

    identifier: str = ""
    permalink: bool = True
    link: str = ""
    original: str = ""
    title: str | None = None
    spare_title: str | None = None
    summary: str = ""
    spare_summary: str = ""
    content: str = ""
    language: str | None = None
    image: str = ""
    dates: dict[str, str] = field(default_factory=dict)
    authors: dict[str, list[str]] = field(default_factory=dict)
    enclosures: list[Enclosure] = field(default_factory=list)
    other_links: list[str] = field(default_factory=list)

    @property
    def author(self) -> str:
        """All that the first kind of element names which names anybody; a name goes before a bare mail address."""
        lines = [", ".join(dict.fromkeys(self.authors[kind])) for kind in _AUTHORS if kind in self.authors]
        return next((line for line in lines if "@" not in line or "(" in line), lines[0] if lines else "")


_AUTHORS = ("author", "dc:creator", "dc:author", "managingeditor", "itunes:author", "dc:contributor")
_DATES = frozenset({
    "pubdate", "published", "issued", "created", "updated", "modified", "lastbuilddate", "lastmod", "date",
    "dc:date", "dcterms:issued", "dcterms:created", "dcterms:modified",
})  # fmt: skip


class FeedTree:
    """A parsed feed.

    ``base`` is its address, for what has no host; ``""`` where it has none. ``sound`` says that it is well-formed, its
    namespaces declared; ``based`` that some of its elements may have a base of their own.
    """

    def __init__(self, root: etree._Element, *, base: str, sound: bool, based: bool) -> None:
        self._root = root
        self._sound = sound
        self.names = Names(root.tag)
        self._based = based
        self._base = base
        self.about = self._about_itself()
        if not is_web_address(base):
            links = [self.about.link, *self.about.other_links]
            self._base = next((link for link in links if is_web_address(link)), base)

    @property
    def base(self) -> str:
        """What addresses without a host are completed by: the feed's address, or the one it gives itself."""
        return self._base

    def _about_itself(self) -> Said:
        """What stands beside the entries: in the root of Atom, in the channel of RSS."""
        channel = next((child for child in self._root if self.name(child) == "channel"), self._root)
        said = self._read(channel)
        said.language = channel.get(_XML + "lang") or self._root.get(_XML + "lang") or said.language
        return said

    def entries(self) -> Iterator[Said]:
        """Each entry in its order, wherever in the document it stands."""
        names = self.names
        for element in self._root.iter(*_ENTRIES) if self._sound else self._root.iter():
            if names[element.tag][0] in {"item", "entry"} and element is not self._root:
                yield self._read(element)

    def _read(self, element: etree._Element) -> Said:
        said = Said()
        if element.attrib:
            said.identifier = element.get(_ABOUT, "")
            said.language = element.get(_XML + "lang")
            said.link = element.get("HREF") or element.get("href") or ""
            if moment := element.get("LASTMOD") or element.get("lastmod"):
                said.dates["lastmod"] = moment
        names, readers = self.names, _READERS
        for child in element:
            name, rules = names[child.tag]
            if name in _DATES:
                said.dates.setdefault(name, child.text or "")
            elif name in readers:
                readers[name](self, said, child, rules)
        said.title = said.title or said.spare_title
        said.summary = said.summary or said.spare_summary or said.content
        return said

    def name(self, element: etree._Element) -> str:
        """What an element is called."""
        return self.names[element.tag][0]

    def base_of(self, element: etree._Element) -> str:
        """The base of an element: that of the feed but for ``xml:base``."""
        return joined(self._base, element.base or "") if self._based else self._base


def _title(_tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    text, is_html = text_of(element, rules)
    title = plain(text) if is_html else " ".join(text.split())
    said.title = said.title or title or None


def _spare_title(_tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    """One that counts only where the feed's own elements say nothing."""
    text, is_html = text_of(element, rules)
    said.spare_title = said.spare_title or (plain(text) if is_html else " ".join(text.split()))


def _text(tree: FeedTree, element: etree._Element, rules: str) -> str:
    return html_of(element, rules, tree.base_of(element))


def _summary(tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    """A description or a summary; where there are both, the second is the content."""
    if not said.summary:
        said.summary = _text(tree, element, rules)
    else:
        _content(tree, said, element, rules)


def _spare_summary(tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    said.spare_summary = said.spare_summary or _text(tree, element, rules)


def _content(tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    """The longest counts: some feeds repeat it shortened."""
    said.content = max(said.content, _text(tree, element, rules), key=len)


def _link(tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    address, rel = (element.get("href") or element.text or "").strip(), element.get("rel", "").strip().lower()
    if not address.startswith(("http://", "https://")):
        address = joined(tree.base_of(element), address)
    if rel == "enclosure":
        _enclose(said, address, element)
    elif rel in _PAGE:
        said.link = said.link or address
    elif address:
        said.other_links.append(address)


def _enclosure(tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    given = (element.get("url") or element.get("href") or "").strip()
    _enclose(said, joined(tree.base_of(element), given), element)


def _enclose(said: Said, address: str, element: etree._Element) -> None:
    kind = element.get("type", "").strip()
    if address:
        said.enclosures.append(Enclosure(url=address, kind=kind, length=element.get("length", "").strip()))
        if kind.startswith("image/"):
            said.image = said.image or address


def _identifier(_tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    if text := (element.text or "").strip():
        said.identifier = text
        said.permalink = element.get("isPermaLink", "true").strip().lower() != "false"


def _original(_tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    """The page behind an address that counts readers."""
    said.original = (element.text or "").strip()


def _author(tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    parts = {tree.name(child): " ".join((child.text or "").split()) for child in element}
    if parts:
        name, mail = parts.get("name", ""), parts.get("email", "")
        line = f"{name} ({mail})" if name and mail else name or mail
    else:
        line = " ".join((element.text or "").split())
    if line:
        said.authors.setdefault(tree.name(element), []).append(line)


def _language(_tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    said.language = said.language or (element.text or "").strip() or None


def _group(tree: FeedTree, said: Said, element: etree._Element, rules: str) -> None:
    """What Media RSS groups belongs to the entry."""
    for child in element:
        name = tree.name(child)
        if name.startswith("media:") and name != "media:group" and name in _READERS:
            _READERS[name](tree, said, child, rules)


def _media(tree: FeedTree, said: Said, element: etree._Element, _rules: str) -> None:
    """The first picture of Media RSS."""
    shown = element.get("medium") == "image" or element.get("type", "").startswith("image/")
    if not said.image and (shown or tree.name(element) == "media:thumbnail"):
        said.image = element.get("url", "")


_READERS: dict[str, Callable[[FeedTree, Said, etree._Element, str], None]] = {
    "title": _title,
    "dc:title": _title,
    "media:title": _spare_title,
    "itunes:title": _spare_title,
    "link": _link,
    "id": _identifier,
    "guid": _identifier,
    "enclosure": _enclosure,
    "description": _summary,
    "summary": _summary,
    "abstract": _summary,
    "dc:description": _spare_summary,
    "itunes:summary": _spare_summary,
    "media:description": _spare_summary,
    "content": _content,
    "content:encoded": _content,
    "fullitem": _content,
    "body": _content,
    "xhtml:body": _content,
    "feedburner:origlink": _original,
    "language": _language,
    "dc:language": _language,
    "media:content": _media,
    "media:thumbnail": _media,
    "media:group": _group,
    **dict.fromkeys(_AUTHORS, _author),
}
