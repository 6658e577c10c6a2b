"""From bytes to text: what the server, the page and the bytes themselves say about their encoding."""

from __future__ import annotations

import codecs
import re
from html import unescape
from typing import TYPE_CHECKING, Final

from nhipcau.text.legacy import from_legacy, legacy_encoding

if TYPE_CHECKING:
    from collections.abc import Mapping

#: Where HTML looks for a declaration: the standard says 1,024 bytes; pages with long scripts on top declare later.
_DECLARATION_BYTES = 4096
_CHARSET_OF_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_CHARSET_OF_PAGE: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)|<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)",
    re.IGNORECASE,
)
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Labels that browsers read as a larger encoding (WHATWG Encoding, "Names and labels"), and the misspelt ones seen.
_SUPERSETS: Final[Mapping[str, str]] = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Encodings in which ASCII bytes stand for other letters: there, valid UTF-8 proves nothing.
_SEVEN_BIT: Final = frozenset(("iso2022_jp", "iso2022_kr", "hz"))
# Python's encodings of text that pages are written in; the others (``idna``, ``unicode_escape``, UTF-7) are traps.
_OF_PAGES: Final = re.compile(
    r"utf-8|utf-16(?:-[bl]e)?|ascii|iso8859-\d+|cp\d+|gb\w+|big5\w*|euc_\w+|shift_jis\w*|iso2022_\w+|hz|koi8-\w|"
    r"mac-\w+|tis-620|johab|kz1048"
)
_MISSPELT: Final[Mapping[str, str]] = {"utf8mb4": "utf-8", "x-sjis": "shift_jis", "x-gbk": "gbk", "x-euc-jp": "euc_jp"}
# Share of the characters beyond ASCII that may be undecodable where a declaration is still believed: a bad byte or two
# must not change a page's letters.
_FEW_ERRORS = 0.05
# Share of control characters from which bytes are no text: 256 random bytes have 11 %.
_BINARY_SHARE = 0.02
# Vietnamese typed for TCVN3 and VNI fonts lies on the places of these letters.
_WESTERN: Final = "cp1252"
_MARKUP: Final = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_BETWEEN_BRACKETS: Final = re.compile(r"[^<>]+")
# Characters of a page by which such typing is recognised.
_TOLD_BY = 20_000
_CONTROLS: Final = bytes(sorted(set(range(32)) - {9, 10, 12, 13, 27}))


def decode(body: bytes, *, content_type: str = "") -> str | None:
    """The text of a page, or ``None`` where the bytes are no text in any encoding.

    The byte order mark decides; then UTF-8 where the bytes are valid UTF-8, whatever is declared (other encodings are
    that by chance only in plain ASCII); then the server's and the page's declaration; then charset-normalizer.
    Vietnamese typed for TCVN3 or VNI fonts, which declares itself Western or nothing at all, is turned into Unicode.
    """
    declared = _declared(body, content_type)
    return _decoded(body, declared, _proven(body, declared))


def as_utf8(body: bytes, *, content_type: str = "") -> bytes | None:
    """The same in UTF-8, as parsers take it: most pages as they came."""
    declared = _declared(body, content_type)
    proven = _proven(body, declared)
    if proven == "utf-8":
        return None if _is_binary(body) else body
    text = _decoded(body, declared, proven)
    return None if text is None else text.encode("utf-8", "replace")


def _declared(body: bytes, content_type: str) -> list[str]:
    return [name for name in (_of_header(content_type), _of_page(body)) if name]


def _proven(body: bytes, declared: list[str]) -> str | None:
    """The encoding that the bytes themselves prove."""
    marked = next((encoding for mark, encoding in _MARKS if body.startswith(mark)), None)
    if marked is not None:
        return marked
    for encoding in declared:
        # UTF-16 without a mark leaves half of the bytes of a page zero.
        zeros = body[:_DECLARATION_BYTES].count(0)
        if encoding in _SEVEN_BIT or (encoding.startswith("utf-16") and zeros > len(body[:_DECLARATION_BYTES]) // 4):
            return encoding
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def _decoded(body: bytes, declared: list[str], proven: str | None) -> str | None:
    if proven not in {None, "utf-8"}:
        return body.decode(proven, "replace")
    if _is_binary(body):
        return None
    if proven is not None:
        return body.decode(proven)
    for encoding in declared:
        text = body.decode(encoding, "replace")
        if text.count("\ufffd") <= _FEW_ERRORS * (len(text) - len(text.encode("ascii", "ignore"))):
            return (_mended(text) or text) if encoding == _WESTERN else text
    return _mended(body.decode(_WESTERN, "replace")) or _detected(body)


def _detected(body: bytes) -> str:
    from charset_normalizer import from_bytes

    # Enough to tell, from the middle, where the text is; the whole of a large page takes seconds.
    middle = len(body) // 2
    best = from_bytes(body[max(0, middle - 20_000) : middle + 20_000], threshold=0.5).best()
    return body.decode(best.encoding if best else "utf-8", "replace")


def _mended(text: str) -> str | None:
    """A page typed for Vietnamese fonts in Unicode; ``None`` where it is not."""
    shown = unescape(_MARKUP.sub(" ", text[: 10 * _TOLD_BY]))[:_TOLD_BY]
    system = legacy_encoding(shown)
    if system is None:
        return None
    return _BETWEEN_BRACKETS.sub(lambda part: from_legacy(part[0], system), text)


def _is_binary(body: bytes) -> bool:
    sample = body[:20_000]
    return len(sample) - len(sample.translate(None, _CONTROLS)) > _BINARY_SHARE * len(sample)


def _of_header(content_type: str) -> str | None:
    found = _CHARSET_OF_HEADER.search(content_type)
    return _known(found[1]) if found else None


def _of_page(body: bytes) -> str | None:
    found = _CHARSET_OF_PAGE.search(body[:_DECLARATION_BYTES])
    return _known((found[1] or found[2]).decode("ascii", "replace")) if found else None


def _known(label: str) -> str | None:
    """Python's name for a declared encoding; ``None`` for one that it does not have or that no page is written in."""
    label = label.strip().lower()
    try:
        name = codecs.lookup(_MISSPELT.get(label, label)).name
    except (LookupError, ValueError):
        return None
    return _SUPERSETS.get(name, name) if _OF_PAGES.fullmatch(name) else None
