"""A page as a list of pieces of text, each with the place it stands in.

A block is text without another block inside: a paragraph, a heading, a cell, an item of a list, or what stands between
such in their container. Two line breaks part it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.vocabulary import kinds_of_name

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.extract.tree import Tree

_BLOCK_TAGS = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_UNREAD_TAGS = (
    "script style noscript template iframe noembed noframes svg math head object applet select datalist textarea "
    "button audio video canvas map meter progress rp rt title input link meta"
)
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_UNREAD: Final = frozenset(_UNREAD_TAGS.split())
#: Stands for a line break in the text of a block.
BREAK: Final = "\u2028"
# What lexbor numbers a text with, and how names of other nodes that are no elements begin.
_TEXT, _OTHER = 2, "-"
# Elements that it knows have lower numbers; others get one that is good for their page only.
_NUMBERED = 1_000
#: Places that count wherever above a block they are, a bit each; ``body`` is the text of the article, by name.
PLACES: Final = (
    "article", "main", "aside", "nav", "header", "footer", "figure", "figcaption", "form", "table", "ul", "ol",
    "blockquote", "section", "dl", "h1", "hidden", "body",
)  # fmt: skip
_PLACE: Final = {name: 1 << number for number, name in enumerate(PLACES)}
_ROLES: Final = {
    "navigation": "nav", "complementary": "aside", "contentinfo": "footer", "banner": "header", "main": "main",
    "article": "article", "search": "form", "dialog": "hidden", "alert": "hidden",
}  # fmt: skip
_TELLING: Final = frozenset(("role", "hidden", "aria-hidden", "style", "itemprop"))
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@dataclass(slots=True)
class Blocks:
    """Elements and blocks of a page, each in page order.

    Of element ``n``: ``parent[n]``, ``tags[n]``, ``names[n]`` and ``above[n]`` (bits of
    :data:`~nhipcau.newswire.extract.vocabulary.NAMES` of itself, and of itself and all above), ``places[n]`` (bits of
    :data:`PLACES`), ``kin[n]`` (a number shared by children of one parent with the same tag and class), ``depth[n]``,
    ``ends[n]`` (the number of the last element inside it).
    Of block ``n``: ``elements[n]``, ``texts[n]`` (blanks as in the page, line breaks as :data:`BREAK`), ``linked[n]``
    and ``strong[n]`` (characters in links, in bold), ``inline_names[n]`` (names of the spans in it), ``pictures[n]``
    (how many stand between the block before and this one).
    """

    parent: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    kin: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    inline_names: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)


def blocks_of(tree: Tree) -> Blocks:  # noqa: C901, PLR0912, PLR0915 - one pass over all nodes: calls would double its time
    """Every block of a page."""
    page = Blocks()
    parent, tags, names, above, places, kin, depth = (
        page.parent, page.tags, page.names, page.above, page.places, page.kin, page.depth,
    )  # fmt: skip
    elements, texts, linked, strong, inline_names, pictures = (
        page.elements, page.texts, page.linked, page.strong, page.inline_names, page.pictures,
    )  # fmt: skip
    # By the number lexbor gives a node: the number of its block, whether it is in a link, in bold, and its own names.
    known: dict[int, tuple[int, bool, bool, int]] = {}
    families: dict[tuple[int, str, str], int] = {}
    block, pieces, in_link, in_bold, inline, breaks, seen, before = -1, [""], 0, 0, 0, 0, 0, 0

    def close() -> None:
        text = "".join(pieces)
        if text and not text.isspace():
            elements.append(block)
            texts.append(text)
            linked.append(in_link)
            strong.append(in_bold)
            inline_names.append(inline)
            pictures.append(before)

    kind_of = _KINDS.get
    for node in tree.root.traverse(include_text=True):
        number = node.tag_id
        if number == _TEXT:
            text = node.text_content or ""
            if text.isspace():
                pieces.append(" ")
                continue
            above_it = node.parent
            state = known.get(above_it.mem_id) if above_it is not None else None
            if state is None:
                continue
            if state[0] != block:
                close()
                block, pieces, in_link, in_bold, inline, breaks, before = state[0], [], 0, 0, 0, 0, 0
            elif breaks > 1:
                close()
                pieces, in_link, in_bold, inline, breaks, before = [], 0, 0, 0, 0, 0
            pieces.append(text)
            if seen:
                before += seen
                seen = 0
            breaks = 0
            inline |= state[3]
            if state[1]:
                in_link += len(text)
            if state[2]:
                in_bold += len(text)
            continue
        kind = kind_of(number)
        if kind is None:
            kind = _kind(node, number)
        tag, is_read, is_block = kind
        if not is_read:
            continue
        above_it = node.parent
        state = known.get(above_it.mem_id) if above_it is not None else None
        if state is None:
            if parent:
                continue
            state = (-1, False, False, 0)
        if not is_block:
            if tag == "br":
                if state[0] == block:
                    pieces.append(BREAK)
                    breaks += 1
                continue
            if tag == "img":
                seen += 1
                continue
            bits = state[3]
            if tag == "span":
                attributes = node.attributes
                given = attributes.get("class")
                if given:
                    bits |= kinds_of_name(given)
            known[node.mem_id] = (state[0], state[1] or tag == "a", state[2] or tag in {"b", "strong"}, bits)
            continue
        number = len(parent)
        outer = state[0]
        attributes = node.attributes
        place = places[outer] if outer >= 0 else 0
        place |= _PLACE.get(tag, 0)
        styled, kinds = "", 0
        if attributes and number > 1:
            styled = attributes.get("class") or ""
            marked = attributes.get("id")
            if styled or marked:
                kinds = kinds_of_name(f"{styled} {marked}" if marked else styled)
                if kinds & 1:
                    place |= _PLACE["body"]
            if not _TELLING.isdisjoint(attributes):
                place |= _told_by(attributes)
        parent.append(outer)
        tags.append(tag)
        names.append(kinds)
        above.append(kinds | (above[outer] if outer >= 0 else 0))
        places.append(place)
        depth.append(depth[outer] + 1 if outer >= 0 else 0)
        kin.append(families.setdefault((outer, tag, styled), len(families)))
        known[node.mem_id] = (number, state[1], state[2] or tag in HEADINGS, 0)
    close()
    page.ends = _ends_of(parent)
    return page


def _ends_of(parent: list[int]) -> list[int]:
    ends = list(range(len(parent)))
    for number in range(len(parent) - 1, 0, -1):
        above = parent[number]
        if ends[number] > ends[above]:  # noqa: PLR1730 - a call for each element costs more
            ends[above] = ends[number]
    return ends


#: Of an element by its number: its name, whether what is in it is read, and whether it makes a block.
_KINDS: Final[dict[int, tuple[str, bool, bool]]] = {}


def _kind(node: Node, number: int) -> tuple[str, bool, bool]:
    tag = node.tag or _OTHER
    kind = (tag, tag not in _UNREAD and tag[0] != _OTHER, tag in _BLOCKS)
    if number < _NUMBERED:
        _KINDS[number] = kind
    return kind


def _told_by(attributes: dict[str, str | None]) -> int:
    """Bits of :data:`PLACES` for what the attributes of an element say."""
    place = _PLACE.get(_ROLES.get(attributes.get("role") or "", ""), 0)
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        place |= _PLACE["hidden"]
    style = attributes.get("style")
    if style and "display" in style and "none" in style:
        place |= _PLACE["hidden"]
    if "articleBody" in (attributes.get("itemprop") or ""):
        place |= _PLACE["body"]
    return place
