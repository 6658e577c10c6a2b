"""What a page's head declares of its article, as far as the models of body text compare with it."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from nhipcau.newswire.extract.tree import Tree

_LARGEST_BLOCK = 2_000_000
_MOST_VALUES = 5_000
_MARKUP: Final = re.compile(r"<[^<>]{0,300}>")


@dataclass(frozen=True, slots=True)
class Declared:
    """Headline, summary and whole text; each ``""`` where the page does not say."""

    title: str = ""
    description: str = ""
    text: str = ""


def declared_of(tree: Tree) -> Declared:
    """What the head says."""
    told: dict[str, str] = {}
    for node in tree.all("meta[content]"):
        attributes = node.attributes
        name = attributes.get("property") or attributes.get("name")
        if name:
            told.setdefault(name.lower(), attributes.get("content") or "")
    named = tree.first("title")
    title = told.get("og:title") or told.get("twitter:title") or (named.text() if named is not None else "")
    return Declared(
        " ".join(title.split())[:500],
        (told.get("og:description") or told.get("description") or "")[:2_000],
        _article_body(tree),
    )


def _article_body(tree: Tree) -> str:
    longest = ""
    for script in tree.all("script[type*='ld+json' i]"):
        source = script.text()
        if '"articleBody"' in source and len(source) <= _LARGEST_BLOCK:
            try:
                longest = max(longest, _longest_body(json.loads(source, strict=False)), key=len)
            except (ValueError, RecursionError):
                continue
    return _MARKUP.sub(" ", html.unescape(longest))


def _longest_body(told: Any) -> str:
    """The longest ``articleBody`` anywhere in parsed JSON."""
    longest = ""
    waiting = [told]
    for _turn in range(_MOST_VALUES):
        if not waiting:
            break
        value = waiting.pop()
        if isinstance(value, dict):
            body = value.get("articleBody")
            if isinstance(body, str) and len(body) > len(longest):
                longest = body
            waiting += [inner for inner in value.values() if isinstance(inner, dict | list)]
        elif isinstance(value, list):
            waiting += [inner for inner in value if isinstance(inner, dict | list)]
    return longest
