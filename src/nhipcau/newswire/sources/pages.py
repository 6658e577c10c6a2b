"""Pages: what is HTML, the address a page gives itself, and a page file as a document."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from nhipcau.newswire.records import Document, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, file_address

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The largest page, unpacked; the largest of 5,764 real ones had 4 MB.
MAX_BYTES = 10_000_000
_HTML_TYPES = {"text/html", "application/xhtml+xml", "application/vnd.wap.xhtml+xml"}
# The tags by which the MIME Sniffing standard (7.1) knows HTML, and those that pages without a head start with.
_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|html|head|script|iframe|h1|div|font|table|a|style|title|b|body|br|p|meta|link|article|main"
    rb"|section)[\s/>]",
    re.IGNORECASE,
)
_TAG = re.compile(r"<(?:link|meta)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""(?<![\w:-])([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S{1,2000})", re.IGNORECASE)
#: How far into a page its own address and its kind are looked for.
HEAD = 65_536
# What is certainly no page: PDF, ZIP and Office, PNG, JPEG, GIF, packed data.
_BINARY = (
    b"%PDF",
    b"PK\x03\x04",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"\xd0\xcf\x11\xe0",
    b"Rar!",
    b"\x1f\x8b",
    b"RIFF",
)


def declared_html(content_type: str | None) -> bool | None:
    """Whether a ``Content-Type`` says HTML; ``None`` where it says nothing."""
    kind = (content_type or "").split(",")[0].split(";")[0].strip().lower()
    return None if not kind else kind in _HTML_TYPES


def looks_like_html(body: bytes) -> bool:
    """Whether a body without a declared type starts like HTML, in any encoding that holds ASCII or in UTF-16."""
    head = body[:HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode("ascii", "replace")
    head = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    while head.startswith((b"<!--", b"<?")):
        end = b"-->" if head.startswith(b"<!--") else b">"
        head = head.partition(end)[2].lstrip()
    return _HTML_TAG.match(head) is not None


def is_html(headers: Mapping[str, str], body: bytes) -> bool:
    """Declared as HTML, or undeclared and like HTML."""
    declared = declared_html(headers.get("content-type"))
    return looks_like_html(body) if declared is None else declared


def page_file(body: bytes, *, path: str, origin: str) -> Document | Rejection:
    """A page read from a file; ``path`` is inside the input and stands for its address where the page names none."""
    url = own_address(body) or file_address(path)
    if body.startswith(_BINARY) or (b"\0" in body[:HEAD] and not looks_like_html(body)):
        return Rejection(url=url, origin=origin, reason="not_html", detail=Sentence("The file holds no HTML."))
    return Document(url=url, body=body, origin=origin)


def own_address(body: bytes) -> str | None:
    """The absolute address a page gives itself: canonical, ``og:url``, or where a browser saved it from."""
    head = body[:HEAD].decode("utf-8", "replace")
    found: dict[str, str] = {}
    for tag in _TAG.findall(head):
        attributes = {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(tag)}
        if attributes.get("rel", "").lower() == "canonical":
            found.setdefault("canonical", attributes.get("href", ""))
        elif "og:url" in {attributes.get("property", "").lower(), attributes.get("name", "").lower()}:
            found.setdefault("og:url", attributes.get("content", ""))
    if saved := _SAVED_FROM.search(head):
        found["saved"] = saved.group(1)
    for source in ("canonical", "og:url", "saved"):
        if address := entry_address(html.unescape(found.get(source, "")), ""):
            return address
    return None
