"""The texts of a feed as HTML: escaped, inline, packed in base64 or plain, with whole addresses."""

from __future__ import annotations

import base64
import binascii
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from nhipcau.newswire.sources.entries import as_html

if TYPE_CHECKING:
    from lxml import etree

#: Elements of HTML without an end tag.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_HTML_TYPES = frozenset({"html", "text/html", "xhtml", "application/xhtml+xml"})
# An address in an attribute that is not a whole one. What tells most attributes apart quickly is asked first.
_RELATIVE = re.compile(
    r"""=(?<=[fcerd]=)(?P<quote>["'])(?!https?:)"""
    r"""(?:(?<=href=.)|(?<=src=.)|(?<=cite=.)|(?<=longdesc=.)|(?<=poster=.)|(?<=background=.))"""
    r"""(?![a-zA-Z][a-zA-Z0-9+.-]{0,20}:|\#)(?P<address>[^"'<>]{1,2000})(?P=quote)"""
)


def text_of(element: etree._Element, rules: str) -> tuple[str, bool]:
    """The text of an element and whether it is HTML; ``rules`` as :func:`feednames.dialect` gives them."""
    if rules == "rss":
        text, is_html = (_inner(element) if len(element) else element.text or ""), True
    elif rules == "atom":
        text, is_html = _atom(element)
    else:
        text, is_html = _atom_03(element)
    text = text.strip()
    if text.startswith("<![CDATA["):  # a section in a section, or an escaped one: its marks are no part of the text
        text = text.replace("<![CDATA[", "").replace("]]>", "").strip()
    return text, is_html


def html_of(element: etree._Element, rules: str, base: str) -> str:
    """The text of an element as HTML, with addresses made whole by ``base``."""
    text, is_html = text_of(element, rules)
    return absolute(text, base) if is_html else as_html(text)


def _atom(element: etree._Element) -> tuple[str, bool]:
    """RFC 4287, 3.1 and 4.1.3.3: text, html, xhtml or a media type."""
    kind = element.get("type", "text").strip().lower()
    if len(element):
        return _inner(element), True
    text = element.text or ""
    if kind in _HTML_TYPES:
        return text, True
    if kind == "text" or "/" not in kind or kind.startswith("text/") or kind.endswith(("+xml", "/xml")):
        return text, False
    return _unpacked(text)


def _atom_03(element: etree._Element) -> tuple[str, bool]:
    """Atom 0.3 (draft-ietf-atompub-format-00), 3.1: a media type, and a mode in which it is written."""
    mode, kind = element.get("mode", "xml").strip().lower(), element.get("type", "text/plain").strip().lower()
    if len(element):
        return _inner(element), True
    text = element.text or ""
    if mode == "base64":
        return _unpacked(text)
    if mode == "xml" and element.get("type") is not None and kind not in _HTML_TYPES and not kind.startswith("text"):
        return _unpacked(text) if _is_base64(text) else (text, True)
    return text, kind in _HTML_TYPES


def _is_base64(text: str) -> bool:
    return bool(text.strip()) and not len("".join(text.split())) % 4 and _unpacked(text)[0] != text


def _unpacked(text: str) -> tuple[str, bool]:
    """What base64 holds, read as HTML; the text itself where it is none."""
    try:
        return base64.b64decode("".join(text.split()), validate=True).decode("utf-8"), True
    except (binascii.Error, ValueError):
        return text, False


def _inner(element: etree._Element) -> str:
    """What is inside an element, as HTML; a single ``div`` around it all goes (RFC 4287, 3.1.1.3)."""
    if len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        only = element[0]
        if isinstance(only.tag, str) and only.tag.rpartition("}")[2].lower() == "div":
            element = only
    parts: list[str] = [html.escape(element.text or "", quote=False)]
    for child in element:
        _write(child, parts)
    return "".join(parts)


def _write(element: etree._Element, parts: list[str]) -> None:
    """Append an element and its tail. The parser's bound on depth bounds the recursion."""
    if isinstance(element.tag, str):
        name = element.tag.rpartition("}")[2].rpartition(":")[2]
        pairs = ((str(key).rpartition("}")[2], html.escape(str(value))) for key, value in element.attrib.items())
        given = "".join(f' {key}="{value}"' for key, value in pairs)
        parts.append(f"<{name}{given}>")
        if name not in _VOID:
            parts.append(html.escape(element.text or "", quote=False))
            for child in element:
                _write(child, parts)
            parts.append(f"</{name}>")
    parts.append(html.escape(element.tail or "", quote=False))


def absolute(markup: str, base: str) -> str:
    """HTML with the addresses of links and pictures made whole by ``base``."""
    return _RELATIVE.sub(lambda found: _whole(found, base), markup)


def _whole(found: re.Match[str], base: str) -> str:
    address = joined(base, html.unescape(found["address"]).strip())
    return f"={found['quote']}{html.escape(address)}{found['quote']}"


def joined(base: str, address: str) -> str:
    """An address made whole by a base; unchanged where it is one, or where that cannot be done."""
    if not base or not address or address.startswith(("http://", "https://")):
        return address
    try:
        return urljoin(base, address)
    except ValueError:
        return address
