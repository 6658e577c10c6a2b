"""What the press room's templates need besides the filters that all rooms share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from django import template
from django.urls import reverse
from django.utils.html import conditional_escape, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from nhipcau.press import phrases
from nhipcau.press.models import Digest, DigestEntry
from nhipcau.press.sentences import told
from nhipcau.text.folding import UNSPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from nhipcau.press.sentences import Kept

register = template.Library()

_UNSPACED = re.compile(f"[{UNSPACED}]")


@register.filter
def web_address(url: str) -> str:
    """The address where a browser may follow it; empty for ``javascript:``, ``file:`` and whatever else a page says."""
    try:
        return url if urlsplit(url).scheme in {"http", "https"} else ""
    except ValueError:
        return ""


@register.filter
def phrase(code: str, table: str) -> str:
    """The words of :mod:`nhipcau.press.phrases` for a code, e.g. ``reason|phrase:"REFUSED"``; else the code itself."""
    return str(getattr(phrases, table).get(code, code))


@register.filter
def counted(number: int, noun: str) -> str:
    """A number with its noun, e.g. ``4|counted:"outlets"``."""
    words: str = getattr(phrases, noun)(number)
    return words


@register.filter
def sentence(message: Kept) -> str:
    """A sentence of the engine in the reader's language."""
    return told(message)


@register.filter
def topic_name(code: str) -> str:
    """A topic in the reader's language."""
    return phrases.topic_name(code)


@register.filter
def item(values: Sequence[Any], at: int) -> Any:
    """The value at a place, e.g. ``headings|item:forloop.counter0``."""
    return values[at]


@register.filter
def known(numbers: list[tuple[str, int]]) -> int:
    """How many values there are, leaving out what is not known."""
    return sum(1 for value, _number in numbers if value not in ("", "und"))


@register.filter
def percent(share: float | None) -> str:
    """A share in [0, 1] as whole percent, without the sign; empty for no value."""
    return "" if share is None else str(round(share * 100))


@register.simple_tag
def coverage_link(**filters: Any) -> str:
    """The address of the coverage list narrowed by these filters; those without a value are left out."""
    given = {name: value for name, value in filters.items() if value not in (None, "")}
    return f"{reverse('press:articles')}?{urlencode(given)}" if given else reverse("press:articles")


@register.filter
def marked(text: str, reasons: Iterable[Mapping[str, Any]]) -> SafeString:
    """The text, escaped, with the words marked that made the engine call it relevant."""
    words = sorted({str(reason.get("matched", "")) for reason in reasons} - {""}, key=lambda word: (-len(word), word))
    if not words:
        return conditional_escape(text)
    found = re.compile("|".join(_as_written(word) for word in words))
    pieces, end = [], 0
    for match in found.finditer(text):
        pieces += [("", text[end : match.start()], ""), (mark_safe("<mark>"), match.group(), mark_safe("</mark>"))]
        end = match.end()
    return format_html_join("", "{}{}{}", [*pieces, ("", text[end:], "")])


def _as_written(word: str) -> str:
    """The word as an expression; whole words only, where the script parts words by spaces."""
    if _UNSPACED.search(word):
        return re.escape(word)
    return rf"(?<!\w){re.escape(word)}(?!\w)"


@register.filter
def entry_label(name: str) -> str:
    """What a field of an entry of a digest is called."""
    label = str(DigestEntry._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


@register.filter
def head_label(name: str) -> str:
    """What a field of the head of a digest is called."""
    label = str(Digest._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]
