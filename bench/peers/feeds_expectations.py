"""What a conformance feed expects, taken out of the comment it stands in, and whether something is that.

An expectation is a line of Python (``Expect: not bozo and entries[0]['title'] == 'x'``). It is parsed, never run: what
is taken from it are comparisons of a field of the feed or of one of its entries with a literal.
"""

from __future__ import annotations

import ast
import html
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from html.parser import HTMLParser
from urllib.parse import urlsplit, urlunsplit

from dateutil import parser as dateutil

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|\r|\n)")
_HEADER = re.compile(r"^\s*Header:\s*([\w-]+):\s*(.*?)\s*$", re.MULTILINE)
#: The nine fields, by the names that they go by in an expectation.
FIELDS = {
    "title": "title", "title_detail.value": "title", "link": "link", "id": "id", "guid": "id",
    "published": "published", "issued": "published", "published_parsed": "published", "issued_parsed": "published",
    "updated": "updated", "modified": "updated", "updated_parsed": "updated", "modified_parsed": "updated",
    "summary": "summary", "description": "summary", "summary_detail.value": "summary",
    "content.value": "content", "author": "author",
    "enclosures.href": "enclosures", "enclosures.url": "enclosures", "enclosures.type": "enclosures",
    "enclosures.length": "enclosures", "enclosures": "enclosures",
}  # fmt: skip
#: Of the feed itself: its description is its subtitle, which is none of the nine.
OF_FEED = frozenset({"title", "link", "id", "published", "updated", "author"})


@dataclass(frozen=True)
class Expected:
    """That a ``field`` of an entry (``None``: of the feed) is ``value``; ``part``, ``place`` where it has several."""

    entry: int | None
    field: str
    value: object
    part: str = ""
    place: int = 0


def headers(raw: bytes) -> dict[str, str]:
    """The HTTP headers that a conformance feed wants to be served with, names in lower case."""
    head = raw[:4096].decode("latin-1")
    return {name.lower(): value for name, value in _HEADER.findall(head)}


def expectations(raw: bytes) -> list[Expected]:
    """What it expects of the nine fields."""
    text = raw[:65_536].decode("utf-16" if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8", "replace")
    line = _EXPECT.search(text)
    try:
        tree = ast.parse(line.group(1), mode="eval").body if line else None
    except (SyntaxError, ValueError, RecursionError):
        return []
    return [one for node in _conjuncts(tree) for one in _from(node)]


def _conjuncts(node: ast.expr | None) -> list[ast.expr]:
    if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.And):
        return [one for value in node.values for one in _conjuncts(value)]
    return [node] if node is not None else []


def _from(node: ast.expr) -> list[Expected]:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not) and isinstance(node.operand, ast.Call):
        call = node.operand
        if isinstance(call.func, ast.Attribute) and call.func.attr == "has_key" and len(call.args) == 1:
            return _named(ast.Subscript(value=call.func.value, slice=call.args[0]), None)
        return []
    if not isinstance(node, ast.Compare) or not all(isinstance(op, ast.Eq) for op in node.ops):
        return []
    *paths, literal = [node.left, *node.comparators]
    try:
        value = ast.literal_eval(literal)
    except (ValueError, TypeError, SyntaxError, RecursionError, MemoryError):
        return []
    return [one for path in paths for one in _named(path, value)]


def _named(path: ast.expr, value: object) -> list[Expected]:
    steps: list[str | int] = []
    while not isinstance(path, ast.Name):
        if isinstance(path, ast.Attribute):
            steps.append(path.attr)
            path = path.value
        elif isinstance(path, ast.Subscript) and isinstance(path.slice, ast.Constant):
            steps.append(path.slice.value)  # type: ignore[arg-type]
            path = path.value
        else:
            return []
    steps.reverse()
    entry: int | None = None
    if path.id == "entries" and steps and isinstance(steps[0], int):
        entry, steps = steps[0], steps[1:]
    elif path.id != "feed":
        return []
    place = next((step for step in steps if isinstance(step, int)), 0)
    words = [step for step in steps if isinstance(step, str)]
    field = FIELDS.get(".".join(words))
    if field is None or (entry is None and field not in OF_FEED):
        return []
    return [Expected(entry, field, value, part=words[-1] if len(words) > 1 else "", place=place)]


def same_moment(expected: object, ours: datetime | None) -> bool:
    """A moment as text in any form, or as a tuple in UTC; by a parser that is not ours."""
    if isinstance(expected, tuple):
        return ours is not None and ours.astimezone(UTC).timetuple()[:6] == expected[:6]
    try:
        moment = dateutil.parse(str(expected))
    except (ValueError, OverflowError):
        return ours is None
    return ours == (moment if moment.tzinfo else moment.replace(tzinfo=UTC))


def same_line(expected: object, ours: str | None) -> bool:
    """The same line of text: as it stands, or as it is shown where it is written as HTML."""
    line = " ".join(str(expected or "").split())
    return (ours or "") in {line, visible(line)[0]}


def same_address(expected: object, ours: str | None) -> bool:
    """The same http(s) address; any other is none for a reader."""
    return _address(str(expected or "")) == _address(ours or "")


def _address(text: str) -> str:
    try:
        parts = urlsplit(html.unescape(text.strip()))
    except ValueError:
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return ""
    return urlunsplit((parts.scheme.lower(), parts.netloc, parts.path or "/", parts.query, ""))


def same_markup(expected: object, ours: str) -> bool:
    """HTML that shows the same text and leads to the same places; the very text where it is written as plain text."""
    shown = visible(ours)
    return visible(str(expected)) == shown or (" ".join(str(expected).split()), ()) == shown


class _Shown(HTMLParser):
    """Text, and http(s) addresses, of markup; scripts, styles and plug-ins show none."""

    HIDDEN = frozenset({"script", "style", "applet", "noscript"})

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.addresses: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in self.HIDDEN
        for name, value in attrs:
            if name in {"href", "src"} and tag in {"a", "img", "area", "audio", "video", "source"}:
                self.addresses += [address] if (address := _address(value or "")) else []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= tag in self.HIDDEN and self._hidden > 0

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.text.append(data)


def visible(markup: str) -> tuple[str, tuple[str, ...]]:
    """What a reader sees of HTML: its words without regard to white space, and where its links and pictures lead."""
    shown = _Shown()
    shown.feed(markup)
    shown.close()
    return " ".join("".join(shown.text).split()), tuple(shown.addresses)
