"""Author lines on the visible page, found by microdata, by what their elements are called, and by how they begin."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract import byline
from nhipcau.newswire.extract.surroundings import is_elsewhere, pieces
from nhipcau.newswire.extract.tidy import tidy_line
from nhipcau.newswire.extract.tree import UNREAD, attribute, following, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.extract.metadata import Page

# Whatever may be called so, found in one pass: each condition costs another look at all names of a page.
_CANDIDATES: Final = ", ".join(
    f"[{attribute}*='{stem}' i]"
    for attribute, stems in (
        ("class", ("aut", "byline", "writer", "verfasser", "tac", "reporter")),
        ("id", ("author",)),
        ("data-testid", ("author", "byline")),
    )
    for stem in stems
)
# What the elements of author lines are called, the surest first.
_CALLED: Final = tuple(
    {attribute: re.compile(words, re.IGNORECASE | re.ASCII) for attribute, words in kind.items()}
    for kind in (
        {"class": r"byline|author[-_]?name"},
        {"class": r"(?<!\S)(?:authors?|autor|auteur|writer)(?!\S)"},
        {
            "class": r"author|autor|auteur|verfasser|writer|tac-?gia|reporter",
            "id": r"author",
            "data-testid": r"author|byline",
        },
    )
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es|i|in)?|auteurs?|profil(?:e|es)?|people|person(?:en)?|by|staff|journalist\w*|redaktion|"
    r"reporters?|tac-gia|contributors?|columnist\w*|opinionista|firmas?|users?|signatures?)/",
    re.IGNORECASE,
)
# The first letters of the words that an author line begins with, and what :func:`tidy_line` takes away.
_MAY_BEGIN: Final = re.compile(r"[\W\x00-\x1f]*[abpstvwа]", re.IGNORECASE)
_MOST_TRIED = 6
# A paragraph so long is one of the story.
_STORY = 100
_MOST_PARAGRAPHS = 400
_LONGEST_LINE = 160
# Pieces of text that an author line may have.
_MOST_PIECES = 30
# How many pieces of text around the headline, and behind it, are looked at for a line that begins with *by*.
_NEAR = 60


def names_on(page: Page) -> list[str]:
    """The names printed as the article's authors; none where no line is one."""
    for nodes in (page.properties.get("author", []), page.elements("a")):
        for node in nodes[:_MOST_TRIED]:
            if not is_elsewhere(node) and (found := _names(page, node, printed=False)):
                return found
    candidates = [(node, node.attributes) for node in page.tree.all(_CANDIDATES)]
    for kind in _CALLED:
        called = (node for node, attributes in candidates if _is_called(attributes, kind))
        for node in itertools.islice(called, _MOST_TRIED):
            if not is_elsewhere(node) and (found := _names(page, node, printed=True)):
                return found
    return _beginning_with_by(page) or _signed(page)


def _is_called(attributes: Mapping[str, str | None], kind: Mapping[str, re.Pattern[str]]) -> bool:
    return any(words.search(attributes.get(name) or "") for name, words in kind.items())


def _names(page: Page, node: Node, *, printed: bool) -> list[str]:
    """The names in one element: those of its links to people's pages, or else in its text."""
    content = attribute(node, "content")
    if content:
        return byline.names_in([content], page.is_publication)
    inner = node.css_first("[itemprop='name']")
    if inner is not None:
        node = inner
    links = [" ".join(pieces(link)) for link in node.css("a[href]")[:20] if _PROFILE.search(attribute(link, "href"))]
    if links:
        return byline.names_in(map(tidy_line, links), page.is_publication, printed=printed)
    line = tidy_line(" ".join(pieces(node, most=_MOST_PIECES)))
    return byline.names_in([line], page.is_publication, printed=printed) if len(line) <= _LONGEST_LINE else []


def _beginning_with_by(page: Page) -> list[str]:
    """The names in the first line after the headline that begins with a word for *by*."""
    heading = next(iter(page.elements("h1")), None)
    if heading is None:
        return []
    for node in itertools.islice(following(heading), _NEAR):
        if node.tag in UNREAD:
            continue
        # Most lines begin otherwise; the name may stand in an element of its own.
        first = next((piece for piece, _ in texts(node) if not piece.isspace()), "")
        if not (_MAY_BEGIN.match(first) and byline.BEGINS.match(f"{tidy_line(first)} x")):
            continue
        own = tidy_line(" ".join(pieces(node, most=_MOST_PIECES)))
        found = byline.names_in([own], page.is_publication, printed=True) if byline.BEGINS.match(own) else []
        if found and len(own) <= _LONGEST_LINE:
            return found
    return []


def _signed(page: Page) -> list[str]:
    """The names that stand in bold in a paragraph of their own before the story's first or after its last."""
    paragraphs = page.tree.all("p")[:_MOST_PARAGRAPHS]
    long = [number for number, one in enumerate(paragraphs) if len(one.text()) >= _STORY]
    first = next((number for number in long if _is_story(paragraphs[number])), None)
    if first is None:
        return []
    last = next(number for number in reversed(long) if _is_story(paragraphs[number]))
    for paragraph in (*_own(reversed(paragraphs[:first]))[::-1], *_own(paragraphs[last + 1 :])):
        bold = paragraph.css_first("strong, b, em")
        if bold is None:
            continue
        line = tidy_line(" ".join(pieces(paragraph, most=_MOST_PIECES)))
        if line and tidy_line(" ".join(pieces(bold))) == line:
            found = byline.names_in([line], page.is_publication, printed=True)
            if found and not re.search(r"[.!?:]$", line):
                return found
    return []


def _is_story(paragraph: Node) -> bool:
    return not is_elsewhere(paragraph) and len(tidy_line(" ".join(pieces(paragraph, most=_MOST_PIECES)))) >= _STORY


def _own(paragraphs: Iterable[Node]) -> list[Node]:
    """The first two that are the article's."""
    return list(itertools.islice((one for one in paragraphs if not is_elsewhere(one)), 2))
