"""Plain text in its final form."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

# Invisible characters that carry nothing: soft hyphen, word joiner, byte order mark. Those that separate or join
# letters in Persian, Indic and Khmer writing stay.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u2060\ufeff"))
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


_UNTIDY: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u2060\ufeff\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")


def is_tidy(text: str) -> bool:
    """Whether a text holds nothing but blanks that :func:`tidy_text` would change."""
    return _UNTIDY.search(text) is None and (text.isascii() or unicodedata.is_normalized("NFC", text))


def tidy_text(text: str) -> str:
    """NFC, no control characters, one blank between words, one newline between paragraphs, none empty."""
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_INVISIBLE)))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)


def tidy_line(text: str | None, *, longest: int = 500) -> str:
    """The same on one line, cut at a blank where it is longer than a title or a name can be."""
    text = text or ""
    line = " ".join(text.split()) if is_tidy(text) else tidy_text(text).replace("\n", " ")
    return line if len(line) <= longest else line[:longest].rpartition(" ")[0] or line[:longest]
