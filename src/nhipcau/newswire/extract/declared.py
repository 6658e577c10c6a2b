"""What a page declares of its article, as far as the models of body text compare with it."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.extract.structured import strings
from nhipcau.newswire.extract.tree import text_of

if TYPE_CHECKING:
    from nhipcau.newswire.extract.metadata import Page

_MARKUP: Final = re.compile(r"<[^<>]{0,300}>")


@dataclass(frozen=True, slots=True)
class Declared:
    """Headline, summary and whole text; each ``""`` where the page does not say."""

    title: str = ""
    description: str = ""
    text: str = ""


def declared_of(page: Page) -> Declared:
    """What the head and the structured data say."""
    window = next(map(text_of, page.elements("title")), "")
    title = page.first_meta(("og:title", "twitter:title")) or window
    bodies = [said for node in page.nodes for said in strings(node.get("articleBody"))]
    return Declared(
        " ".join(title.split())[:500],
        (page.first_meta(("og:description", "description")) or "")[:2_000],
        _MARKUP.sub(" ", html.unescape(max(bodies, key=len, default=""))),
    )
