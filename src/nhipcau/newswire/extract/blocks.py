"""A page as a list of pieces of text, each with the place it stands in.

A block is text without another block inside: a paragraph, a heading, a cell, an item of a list, or what stands between
such in their container. Two line breaks part it too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.tidy import is_tidy, tidy_text
from nhipcau.newswire.extract.vocabulary import kinds_of_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.extract.tree import Tree

    # A block as it is come upon: its element, pieces of text, characters in links and in bold, spans, pictures before.
    _Found = tuple[int, list[str], int, int, tuple[Node, ...], int]

_BLOCK_NAMES = (
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_UNREAD_NAMES = (
    "script style noscript template iframe noembed noframes svg math head object applet select datalist textarea "
    "button audio video canvas map meter progress rp rt title input link meta"
)
_BLOCK_TAGS: Final = frozenset(_BLOCK_NAMES.split())
_UNREAD_TAGS: Final = frozenset(_UNREAD_NAMES.split())
#: What a walk makes of an element.
_PLAIN, _BLOCK, _HEADING, _UNREAD, _LINK, _BOLD, _SPAN, _BREAK, _PICTURE = range(1, 10)
_OTHERS: Final = {"a": _LINK, "b": _BOLD, "strong": _BOLD, "span": _SPAN, "br": _BREAK, "img": _PICTURE}
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


# A menu: at least so many blocks, this share of their letters in links, and none with more letters outside them.
# Of 951 pages this cuts 63 % of the blocks; of the articles nothing that the model would have taken, of 1,833 phrases
# of web pages one.
_MENU_BLOCKS, _MENU_LINKS, _MENU_PLAIN = 3, 0.6, 40


@dataclass(slots=True)
class Blocks:
    """Elements and blocks of a page, each in page order; elements without any text are none.

    Of element ``n``: ``parent[n]``, ``tags[n]``, ``names[n]`` and ``above[n]`` (bits of
    :data:`~nhipcau.newswire.extract.vocabulary.NAMES` of itself, and of itself and all above), ``places[n]`` (bits of
    :data:`PLACES`), ``kin[n]`` (a number shared by children of one parent with the same tag and class), ``depth[n]``,
    ``ends[n]`` (the number of the last element inside it), ``nodes[n]`` (as it stands in the tree).
    Of block ``n``: ``elements[n]``, ``texts[n]`` (in its final form, lines parted by a line feed), ``linked[n]``
    and ``strong[n]`` (characters in links, in bold), ``inline_names[n]`` (names of the spans in it), ``pictures[n]``
    and ``cut[n]`` (how many pictures, and characters of menus, stand between the block before and this one).
    """

    parent: list[int] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    names: list[int] = field(default_factory=list)
    above: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    kin: list[int] = field(default_factory=list)
    depth: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    elements: list[int] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    strong: list[int] = field(default_factory=list)
    inline_names: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    cut: list[int] = field(default_factory=list)


def blocks_of(tree: Tree, *, menus: bool = False) -> Blocks:
    """The blocks of a page.

    Args:
        tree: the page.
        menus: whether those of its menus are among them. They are most blocks of most pages.
    """
    nodes, parent, tags, found = _walk(tree.body or tree.root)
    texts = [_text_of(block[1]) for block in found]
    kept = _kept(parent, found, texts, menus=menus)
    page = _elements_of(nodes, parent, tags, kept)
    pictures = cut = 0
    for (element, _pieces, linked, strong, spans, before), text in zip(found, texts, strict=True):
        pictures += before
        number = kept[element]
        if number < 0 or not text:
            cut += len(text)
            continue
        # What can be printed needs no further look at its characters.
        if not ((text.isprintable() and text.isascii()) or is_tidy(text)):
            text = tidy_text(text)  # noqa: PLW2901 - in its final form
        if not text:
            pictures = cut = 0
            continue
        page.elements.append(number)
        page.texts.append(text)
        page.linked.append(linked)
        page.strong.append(strong)
        page.inline_names.append(_names_of(spans) if spans else 0)
        page.pictures.append(pictures)
        page.cut.append(cut)
        pictures = cut = 0
    return page


def _walk(start: Node) -> tuple[list[Node], list[int], list[str], list[_Found]]:  # noqa: C901, PLR0912, PLR0915 - one pass over all nodes: calls would double its time
    """Every element that makes a block, with its parent's number and its tag, and every block; in page order."""
    nodes, parent, tags = [start], [-1], [start.tag or ""]
    found: list[_Found] = []
    # What the children that are read now stand in: the number of their block, whether it is a link, is bold, the spans.
    element, is_link, is_bold = 0, False, False
    within: tuple[Node, ...] = ()
    outside: list[tuple[Iterator[Node], int, bool, bool, tuple[Node, ...]]] = []
    pieces: list[str] = []
    spans: tuple[Node, ...] = ()
    block, in_link, in_bold, breaks, seen, before = -1, 0, 0, 0, 0, 0
    kind_of = _KINDS.get
    # Two texts of three are blanks that set off nothing: they are not even looked at.
    children = start.iter(include_text=True, skip_empty=True)
    while True:
        for node in children:
            number = node.tag_id
            if number == _TEXT:
                text = node.text_content or ""
                if text.isspace():
                    pieces.append(" ")
                    continue
                if element != block or breaks > 1:
                    if block >= 0:
                        found.append((block, pieces, in_link, in_bold, spans, before))
                    block, pieces, in_link, in_bold, spans, breaks, before = element, [], 0, 0, (), 0, 0
                elif not (text[0].isspace() or pieces[-1][-1].isspace()) and _is_set_off(node, nodes[block]):
                    pieces.append(" ")
                pieces.append(text)
                if seen:
                    before += seen
                    seen = 0
                breaks = 0
                if within:
                    spans += within
                if is_link:
                    in_link += len(text)
                if is_bold:
                    in_bold += len(text)
                continue
            kind = kind_of(number) or _kind(node, number)
            if kind == _UNREAD:
                continue
            if kind == _BREAK:
                if element == block:
                    pieces.append(BREAK)
                    breaks += 1
                continue
            if kind == _PICTURE:
                seen += 1
                continue
            outside.append((children, element, is_link, is_bold, within))
            children = node.iter(include_text=True, skip_empty=True)
            if kind == _LINK:
                is_link = True
            elif kind == _SPAN:
                within = (*within, node)
            elif kind == _BOLD:
                is_bold = True
            elif kind != _PLAIN:
                parent.append(element)
                element, within = len(nodes), ()
                is_bold = is_bold or kind == _HEADING
                nodes.append(node)
                tags.append(node.tag or "")
            break
        else:
            if not outside:
                break
            children, element, is_link, is_bold, within = outside.pop()
    if block >= 0:
        found.append((block, pieces, in_link, in_bold, spans, before))
    return nodes, parent, tags, found


def _is_set_off(text: Node, block: Node) -> bool:
    """Whether the text before this one in its block, if any, is a blank."""
    at = text
    while True:
        before = at.prev
        if before is None:
            above_it = at.parent
            if above_it is None or above_it.mem_id == block.mem_id:
                return False
            at = above_it
            continue
        at = before
        while at.tag_id != _TEXT and _is_read(at) and (last := at.last_child) is not None:
            at = last
        if at.tag_id == _TEXT:
            return (at.text_content or "").isspace()


def _is_read(node: Node) -> bool:
    number = node.tag_id
    return (_KINDS.get(number) or _kind(node, number)) != _UNREAD


def _text_of(pieces: list[str]) -> str:
    """The text of a block, each of its lines without needless blanks."""
    text = "".join(pieces)
    if BREAK not in text:
        return " ".join(text.split())
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split(BREAK)) if line)


def _kept(parent: list[int], found: list[_Found], texts: list[str], *, menus: bool) -> list[int]:
    """Of each element its number among those that hold text and are in no menu; -1 where it is not among them."""
    count = len(parent)
    # Of what stands in each element: blocks, characters, those in links, and whether a block has many outside them.
    blocks, sizes, linked, plain = [0] * count, [0] * count, [0] * count, [False] * count
    for (at, _pieces, in_links, *_), text in zip(found, texts, strict=True):
        if text:
            size = len(text)
            in_links = min(in_links, size)  # noqa: PLW2901 - blanks count there
            blocks[at] += 1
            sizes[at] += size
            linked[at] += in_links
            if size - in_links > _MENU_PLAIN:
                plain[at] = True
    for number in range(count - 1, 0, -1):
        if blocks[number]:
            above = parent[number]
            blocks[above] += blocks[number]
            sizes[above] += sizes[number]
            linked[above] += linked[number]
            if plain[number]:
                plain[above] = True
    kept = [-1] * count
    last = -1
    for number, held in enumerate(blocks):
        if not held or (number and kept[parent[number]] < 0):
            continue
        if plain[number] or menus or held < _MENU_BLOCKS or linked[number] < _MENU_LINKS * sizes[number]:
            last += 1
            kept[number] = last
    return kept


def _elements_of(nodes: list[Node], parent: list[int], tags: list[str], kept: list[int]) -> Blocks:
    """The elements that are kept, with all that is asked of an element."""
    page = Blocks()
    families: dict[tuple[int, str, str], int] = {}
    for old, number in enumerate(kept):
        if number < 0:
            continue
        outer = kept[parent[old]] if number else -1
        tag = tags[old]
        place = (page.places[outer] if number else 0) | _PLACE.get(tag, 0)
        styled, kinds = "", 0
        attributes = nodes[old].attributes
        if attributes and number:
            styled = attributes.get("class") or ""
            marked = attributes.get("id")
            if styled or marked:
                kinds = kinds_of_name(f"{styled} {marked}" if marked else styled)
                if kinds & 1:
                    place |= _PLACE["body"]
            if not _TELLING.isdisjoint(attributes):
                place |= _told_by(attributes)
        page.nodes.append(nodes[old])
        page.parent.append(outer)
        page.tags.append(tag)
        page.names.append(kinds)
        page.above.append(kinds | page.above[outer] if number else kinds)
        page.places.append(place)
        page.depth.append(page.depth[outer] + 1 if number else 0)
        page.kin.append(families.setdefault((outer, tag, styled), len(families)))
    page.ends = _ends_of(page.parent)
    return page


def _names_of(spans: tuple[Node, ...]) -> int:
    bits = 0
    for span in spans:
        given = span.attributes.get("class")
        if given:
            bits |= kinds_of_name(given)
    return bits


def _ends_of(parent: list[int]) -> list[int]:
    ends = list(range(len(parent)))
    for number in range(len(parent) - 1, 0, -1):
        above = parent[number]
        if ends[number] > ends[above]:  # noqa: PLR1730 - a call for each element costs more
            ends[above] = ends[number]
    return ends


#: What an element is for a walk, by its number.
_KINDS: Final[dict[int, int]] = {}


def _kind(node: Node, number: int) -> int:
    tag = node.tag or _OTHER
    if tag in _UNREAD_TAGS or tag[0] == _OTHER:
        kind = _UNREAD
    elif tag in HEADINGS:
        kind = _HEADING
    elif tag in _BLOCK_TAGS:
        kind = _BLOCK
    else:
        kind = _OTHERS.get(tag, _PLAIN)
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
