"""Author lines on the visible page, found by microdata, by what their elements are called, and by how they begin."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract import byline
from nhipcau.newswire.extract.surroundings import is_elsewhere, pieces
from nhipcau.newswire.extract.tidy import tidy_line
from nhipcau.newswire.extract.tree import UNREAD, attribute, following

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode as Node

    from nhipcau.newswire.extract.metadata import Page

# What the elements of author lines are called, the surest first.
_CALLED: Final = tuple(
    ", ".join(f"[{where}{how}='{word}' i]" for where, how, words in kinds for word in words.split())
    for kinds in (
        (("class", "*", "byline author-name authorname author_name"),),
        (("class", "~", "author authors autor auteur writer"),),
        (
            ("class", "*", "author autor auteur verfasser writer tacgia tac-gia reporter"),
            ("id", "*", "author"),
            ("data-testid", "*", "author byline"),
        ),
    )
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es|i|in)?|auteurs?|profil(?:e|es)?|people|person(?:en)?|by|staff|journalist\w*|redaktion|"
    r"reporters?|tac-gia|contributors?|columnist\w*|opinionista|firmas?|users?|signatures?)/",
    re.IGNORECASE,
)
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
    for selector in _CALLED:
        for node in page.tree.all(selector)[:_MOST_TRIED]:
            if not is_elsewhere(node) and (found := _names(page, node, printed=True)):
                return found
    return _beginning_with_by(page) or _signed(page)


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
        own = tidy_line(" ".join(pieces(node, most=_MOST_PIECES)))
        found = byline.names_in([own], page.is_publication, printed=True) if byline.BEGINS.match(own) else []
        if found and len(own) <= _LONGEST_LINE:
            return found
    return []


def _signed(page: Page) -> list[str]:
    """The names that stand in bold in a paragraph of their own before the story's first or after its last."""
    paragraphs = [one for one in page.tree.all("p")[:_MOST_PARAGRAPHS] if not is_elsewhere(one)]
    lines = [tidy_line(" ".join(pieces(one, most=_MOST_PIECES))) for one in paragraphs]
    story = [number for number, line in enumerate(lines) if len(line) >= _STORY]
    if not story:
        return []
    for number in (*range(max(0, story[0] - 2), story[0]), *range(story[-1] + 1, min(len(lines), story[-1] + 3))):
        bold = paragraphs[number].css_first("strong, b, em")
        if bold is not None and lines[number] and tidy_line(" ".join(pieces(bold))) == lines[number]:
            found = byline.names_in([lines[number]], page.is_publication, printed=True)
            if found and not re.search(r"[.!?:]$", lines[number]):
                return found
    return []
