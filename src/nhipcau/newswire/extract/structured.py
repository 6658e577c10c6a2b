"""Structured data of a page: the objects of its JSON-LD, and values in the shapes that people give them.

Everything here was written by strangers: sizes are capped, and whatever has another shape than expected is passed over.
"""

from __future__ import annotations

import functools
import html
import json
import re
from typing import TYPE_CHECKING, Any, Final
from unicodedata import is_normalized

from nhipcau.newswire.extract.tidy import tidy_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# Characters, blocks and nodes of structured data read from one page; the largest real page has some 60 nodes.
_LARGEST_BLOCK = 2_000_000
_MOST_BLOCKS = 40
_MOST_NODES = 2_000
_MOST_NAMES = 20
_TIDY = 300
_TAG: Final = re.compile(r"<[^<>]{0,300}>")
_ARTICLE: Final = re.compile(r"(?:^|[a-z/])(?:article|posting|report)$", re.IGNORECASE)
_OPENING: Final = re.compile(r"(?://\s*)?(?:<!--|<!\[CDATA\[)", re.IGNORECASE)
_CLOSING: Final = re.compile(r"(?://\s*)?(?:-->|\]\]>)\s*;?$")
_LONGEST_CLOSING = 20
_HANGING_COMMA: Final = re.compile(r",(?=\s*[}\]])")
_BROKEN_FIELD: Final = re.compile(
    r'"(headline|datePublished|dateModified|dateCreated)"\s*:\s*"((?:[^"\\]|\\.){1,500})"', re.DOTALL
)
_BROKEN_AUTHOR: Final = re.compile(
    r'"author"\s*:\s*[\[{\s]{1,20}(?:"(?!name")[@\w]{1,20}"\s*:\s*"[^"]{0,300}"\s*,\s*){0,4}"name"\s*:\s*"([^"\\]{1,200})"'
)


def objects_of(scripts: Iterable[str]) -> list[dict[str, Any]]:
    """Every object in these scripts, outer before inner."""
    found: list[dict[str, Any]] = []
    for number, script in enumerate(scripts):
        if number < _MOST_BLOCKS and len(script) <= _LARGEST_BLOCK:
            for block in _blocks(script):
                found.extend(_objects(block, most=_MOST_NODES - len(found)))
    return found


def is_article(node: dict[str, Any]) -> bool:
    """Whether an object is some kind of article: ``NewsArticle``, ``BlogPosting``, ``LiveBlogPosting``, ``Report``."""
    return any(map(_is_article, strings(node.get("@type"))))


@functools.lru_cache(maxsize=500)
def _is_article(kind: str) -> bool:
    return _ARTICLE.search(kind) is not None


def _blocks(script: str) -> Iterator[Any]:
    """What one script holds; of broken JSON, which is common, what can be mended or still be told by eye."""
    text = _OPENING.sub("", script.strip(), count=1) if script.lstrip()[:1] not in {"{", "["} else script.strip()
    if text[-1:] not in {"}", "]"}:
        text = text[:-_LONGEST_CLOSING] + _CLOSING.sub("", text[-_LONGEST_CLOSING:]).rstrip("; \n")
    unescaped = html.unescape(text) if "&quot;" in text and '"' not in text else text
    for mended in (unescaped, _HANGING_COMMA.sub("", unescaped)):
        try:
            yield json.loads(mended, strict=False)
        except (ValueError, RecursionError):
            continue
        return
    fields: dict[str, Any] = dict(reversed(_BROKEN_FIELD.findall(text)))
    if authors := _BROKEN_AUTHOR.findall(text)[:_MOST_NAMES]:
        fields["author"] = authors
    if fields:
        yield {"@type": "Article", **fields}


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


def strings(value: Any) -> list[str]:
    """The texts in a value that is one or a list of them."""
    values = value if isinstance(value, list) else [value]
    return [one for one in values if isinstance(one, str)]


def text(value: Any) -> str | None:
    """The first text in a value that is not blank."""
    return next((one for one in strings(value) if one.strip()), None)


def names(value: Any, known: dict[str, dict[str, Any]] | None = None) -> list[str]:
    """Names of people or organisations given as text, object, or a list of these.

    Args:
        value: as it stands.
        known: the page's objects by ``@id``, for those that are only pointed at.
    """
    found: list[str] = []
    for one in value[:_MOST_NAMES] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            said = _name(one)
            if not said and known and isinstance(one.get("@id"), str):
                said = _name(known.get(one["@id"], {}))
            found.extend(said)
    return found


def _name(node: dict[str, Any]) -> list[str]:
    said = strings(node.get("name"))[:_MOST_NAMES]
    if not said:
        parts = [text(node.get("givenName")), text(node.get("familyName"))]
        said = [" ".join(filter(None, parts))] if all(parts) else []
    return said


def addresses(value: Any) -> list[str]:
    """Addresses of an image given as text, object, or a list of these."""
    found: list[str] = []
    for one in value[:5] if isinstance(value, list) else [value]:
        if isinstance(one, str):
            found.append(one)
        elif isinstance(one, dict):
            found.extend(strings(one.get("url"))[:1] or strings(one.get("contentUrl"))[:1])
    return found


def plain(line: str | None) -> str:
    """One line without markup: structured data often holds escaped HTML."""
    if line and len(line) <= _TIDY and line.isprintable() and is_normalized("NFC", line) and "&" not in line:
        # Most lines are tidy: to see that costs a tenth of making them so.
        return " ".join(line.split()) if "<" not in line else tidy_line(_TAG.sub("", line))
    if line and ("&" in line or "<" in line):
        line = _TAG.sub("", html.unescape(line))
    return tidy_line(line)
