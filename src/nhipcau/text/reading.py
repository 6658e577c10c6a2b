"""Numbers as people type them."""

from __future__ import annotations

import re

_BLANKS = re.compile(r"[\s\u00a0\u202f]+")
_PLAIN = re.compile(r"[+-]?\d+(?:[.,]\d+)?\Z")
_GROUPED = {
    ".": re.compile(r"[+-]?\d{1,3}(?:\.\d{3})+(?:,\d+)?\Z"),
    ",": re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z"),
}


def read_number(typed: str, lang: str) -> str:
    """A number as the program writes it, ``1234.5``, of one typed as ``1.234,5`` (Vietnamese) or ``1,234.5``.

    Groups of three are groups in the notation of ``lang``: ``1.234`` is one thousand two hundred and thirty-four in
    Vietnamese. What cannot be a group is a decimal mark, whichever it is. What is no number stays as it was typed.
    """
    text = _BLANKS.sub("", typed)
    own = "." if lang.split("-", maxsplit=1)[0].lower() == "vi" else ","
    for group in (own, "," if own == "." else "."):
        # A single group in the other notation could be a decimal here: only what has two marks is taken for it.
        if _GROUPED[group].match(text) and (group == own or text.count(group) > 1 or ("," in text and "." in text)):
            return _bare(text.replace(group, "").replace(",", "."))
    if _PLAIN.match(text):
        return _bare(text.replace(",", "."))
    return typed.strip()


def _bare(number: str) -> str:
    """Without a plus and zeros in front, or after the decimals."""
    sign, number = ("-", number[1:]) if number.startswith("-") else ("", number.removeprefix("+"))
    whole, _, decimals = number.partition(".")
    whole, decimals = whole.lstrip("0") or "0", decimals.rstrip("0")
    return f"{sign}{whole}.{decimals}" if decimals else f"{sign}{whole}"
