"""Foreign text made fit for paper: what no XML holds is gone, and nothing turns the words around it.

A title may hold control characters that make Word refuse the file, halves of characters that no encoding knows, or
signs that turn the direction of everything behind them, so that its reader sees another name than stands there.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import urlsplit

# Controls, line and paragraph separators, signs of direction that reach beyond their own place, interlinear marks,
# non-characters, and language tags.
_BLANK = re.compile(r"[\t\r\f\v\x85\u2028\u2029]")
_GONE = re.compile(
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\u206a-\u206f\ufff9-\ufffb\ufdd0-\ufdef\ufeff"
    r"\U000e0000-\U000e007f]"
)
# Halves of characters, characters of nobody's, and those of a private agreement: no font says the same of them.
_NOBODYS = re.compile(
    "[\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff"
    + "".join(f"{chr(plane * 0x10000 + 0xFFFE)}{chr(plane * 0x10000 + 0xFFFF)}" for plane in range(1, 15))
    + "]"
)
#: Texts of so many characters come back often enough to be remembered.
REMEMBERED = 40
#: Addresses longer than this are printed, not followed: Excel and Word have limits of their own.
LONGEST_LINK = 2000


def clean(text: str) -> str:
    """The text as any paper can hold it; NFC, line ends as they are."""
    if text.isascii() and text.isprintable():
        return text
    return _remembered(text) if len(text) <= REMEMBERED else _cleaned(text)


def _cleaned(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return _NOBODYS.sub("\ufffd", _GONE.sub("", _BLANK.sub(" ", text)))


#: Names of countries, outlets and topics come again and again.
_remembered = lru_cache(maxsize=4096)(_cleaned)


def followed(url: str | None) -> str | None:
    """The address where a reader may follow it: http and https, printable, not endless; ``None`` for anything else."""
    if url is None or not url.isprintable() or url != url.strip() or len(url) > LONGEST_LINK:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc and url == clean(url) else None
