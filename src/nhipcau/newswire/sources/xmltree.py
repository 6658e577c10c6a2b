"""XML from anywhere as a tree, without its entities, within bounds of depth and size."""

from __future__ import annotations

import codecs
import re
from functools import cache

from lxml import etree

from nhipcau.newswire.sentences import Sentence

#: Tags and attributes of a document at most: a node takes some 120 bytes, so the tree stays below 250 MB. References
#: take a quarter of the time.
MAX_NODES = 1_500_000
_DECLARATION = re.compile(rb"""\s*<\?xml\s(?:[^?>]*?\sencoding\s*=\s*["'](?P<label>[\w.:-]{1,40})["'])?[^?>]*\?>""")
_UTF_8 = frozenset({"utf-8", "utf8"})


def bounded(raw: bytes) -> tuple[bytes, Sentence | None]:
    """A document, cut where it has too many tags and attributes for a tree, and what is said about that."""
    if len(raw) < MAX_NODES or _weight(raw, len(raw)) <= MAX_NODES:
        return raw, None
    low, high = 0, len(raw)
    while high - low > 4_096:  # noqa: PLR2004 - near enough
        middle = (low + high) // 2
        low, high = (low, middle) if _weight(raw, middle) > MAX_NODES else (middle, high)
    return raw[:low], Sentence("It holds more tags than a feed of its kind: only its start was read.")


def _weight(raw: bytes, end: int) -> int:
    return raw.count(b"<", 0, end) + raw.count(b"=", 0, end) + raw.count(b"&", 0, end) // 4


def sound_tree(raw: bytes, *, charset: str | None) -> etree._Element | None:
    """The root of a well-formed document in UTF-8 without a document type; ``None`` for any other.

    Nothing is looked for in it and nothing mended, so this is quick; what comes back is complete.
    """
    raw = raw.removeprefix(codecs.BOM_UTF8).lstrip()
    declared = _DECLARATION.match(raw)
    label = declared["label"].decode() if declared and declared["label"] else charset or "utf-8"
    if label.strip().lower() not in _UTF_8 or b"<!DOCTYPE" in raw:
        return None
    try:
        return etree.fromstring(raw, _parser(recover=False))
    except (etree.XMLSyntaxError, ValueError):
        return None


def mended_tree(data: bytes) -> tuple[etree._Element | None, bool]:
    """The root of whatever the parser makes of a cleaned document, and whether it had nothing to mend."""
    parser = _parser(recover=True)
    try:
        return etree.fromstring(data, parser), not parser.error_log
    except (etree.XMLSyntaxError, ValueError):
        return None, False


@cache
def _parser(*, recover: bool) -> etree.XMLParser:
    # huge_tree stays off: libxml2's own limits on depth and size are wanted here.
    return etree.XMLParser(
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        collect_ids=False,  # a table of them costs a third of the time, and nobody looks one up
        remove_comments=True,
        remove_pis=True,
    )
