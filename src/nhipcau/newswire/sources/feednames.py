"""What the elements of a feed are called: one name for each, whatever namespace or prefix a publisher writes."""

from __future__ import annotations

from functools import lru_cache

ATOM = "http://www.w3.org/2005/atom"
ATOM_03 = "http://purl.org/atom/ns#"
#: Namespaces of feeds themselves, lower case and without a last slash: their names stand alone.
_OWN = frozenset({
    "", ATOM, ATOM_03, "http://example.com/newformat#", "http://example.com/necho",
    "http://purl.org/rss/1.0", "http://purl.org/net/rss1.1#", "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9", "http://example.com/rss/0.9", "http://backend.userland.com/rss",
    "http://backend.userland.com/rss2", "http://blogs.law.harvard.edu/tech/rss", "http://purl.org/rss/1.0/modules/rss091",
})  # fmt: skip
#: Modules whose elements are read, and the short name they go by.
_MODULES = {
    "http://purl.org/dc/elements/1.1": "dc",
    "http://purl.org/dc/elements/1.0": "dc",
    "http://purl.org/dc/terms": "dcterms",
    "http://purl.org/rss/1.0/modules/content": "content",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "http://example.com/dtds/podcast-1.0.dtd": "itunes",
    "http://search.yahoo.com/mrss": "media",
    "http://tools.search.yahoo.com/mrss": "media",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "",
}
#: Names kept of one document; a feed has some thirty, and who sends more is not to fill the memory.
MAX_NAMES = 1_000
#: Longer tags are not kept from one document to the next.
MAX_TAG = 300
#: Prefixes that feeds use without declaring them.
_UNDECLARED = {"atom": "", "rss": "", "rdf": "", **{name: name for name in _MODULES.values() if name}}


class Names(dict[object, tuple[str, str]]):
    """The names of a document's elements by their tags, and whose rules hold in them.

    See :func:`element_name` and :func:`dialect`; both are empty for comments and the like.
    """

    def __init__(self, root: str) -> None:
        super().__init__()
        self._root = root

    def __missing__(self, tag: object) -> tuple[str, str]:
        if not isinstance(tag, str):
            return "", ""
        known = _told if len(tag) + len(self._root) < MAX_TAG else _told.__wrapped__
        told = known(tag, self._root)
        if len(self) < MAX_NAMES:
            self[tag] = told
        return told


@lru_cache(maxsize=4_096)
def _told(tag: str, root: str) -> tuple[str, str]:
    return element_name(tag, root), dialect(tag, root)


def element_name(tag: str, root: str) -> str:
    """An element's name in lower case, as ``title`` or ``dc:creator``; ``""`` where it belongs to nothing known.

    ``root`` is the tag of the document's root: what is in its namespace belongs to the feed, whatever it is called.
    """
    space, local = _parts(tag)
    if not space and ":" in local:
        prefix, _, local = local.partition(":")
        module = _UNDECLARED.get(prefix)
        return "" if module is None else f"{module}:{local}" if module else local
    if space in _OWN or space == _parts(root)[0]:
        return local
    module = _MODULES.get(space)
    return "" if module is None else f"{module}:{local}" if module else local


def dialect(tag: str, root: str) -> str:
    """Whose rules for text hold in an element: ``atom``, ``atom 0.3`` or ``rss``."""
    space, _ = _parts(tag)
    if space == ATOM:
        return "atom"
    if space == ATOM_03:
        return "atom 0.3"
    return "atom" if _parts(root)[1].rpartition(":")[2] == "feed" and space in {"", _parts(root)[0]} else "rss"


def _parts(tag: str) -> tuple[str, str]:
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    return space.strip().lower().rstrip("/"), local.lower()
