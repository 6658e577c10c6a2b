"""The main text of a page, and plain text in its final form."""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from configparser import ConfigParser

    from lxml.html import HtmlElement

#: Main text shorter than this is no article.
SHORTEST = 100
# Below this many characters the precise extraction is doubted and the balanced one asked too, and likewise where the
# page's own structured data holds a text much longer than what was found: one page in thirty. F1 on 127 pages of the
# extraction benchmark, 174 of newspapers, 647 with marked segments: precise alone 0.959, 0.949, 0.914; balanced alone
# 0.957, 0.950, 0.917; this rule 0.964, 0.952, 0.916. The precise one goes first because a teaser of another story taken
# into the text makes an article look relevant, or a reprint look new.
_DOUBTFUL = 500
_MISSING_SHARE = 0.8
# Under this length trafilatura gives up and takes all text of the page. It is two paragraphs of English, but a whole
# story in Chinese, Japanese or Korean, whose characters say more.
_USUAL = 250

_BLOCK_TAGS = (
    "address article aside blockquote br dd div dl dt figcaption footer h1 h2 h3 h4 h5 h6 header hr li main ol p pre "
    "section table td th tr ul"
)
_UNREAD_TAGS = "script style noscript template iframe svg object head title select button textarea"
_BLOCKS: Final = frozenset(_BLOCK_TAGS.split())
_UNREAD: Final = frozenset(_UNREAD_TAGS.split())
# Invisible characters that carry nothing: soft hyphen, word joiner, byte order mark. Those that separate or join
# letters in Persian, Indic and Khmer writing stay.
_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u2060\ufeff"))
_CONTROL: Final = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]")
_CELLS: Final = re.compile(r"^\|.*\|[ \t]*$", re.MULTILINE)
_DENSE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_BLANKS: Final = re.compile(r"\s+")


def main_text(tree: HtmlElement, *, declared: str = "") -> str:
    """The article's text as trafilatura finds it; paragraphs are separated by one newline, ``""`` where it finds none.

    Args:
        tree: the parsed page; it stays as it is.
        declared: the text that the page's structured data gives as its body, to compare with.
    """
    from trafilatura import bare_extraction

    def extracted(*, precise: bool, least: int = _USUAL) -> str:
        found = bare_extraction(tree, favor_precision=precise, include_comments=False, config=_config(least))
        text: str = getattr(found, "text", None) or ""
        return tidy_text(_CELLS.sub(_row, text))

    text = extracted(precise=True)
    if len(text) < _DOUBTFUL and len(_DENSE.findall(text)) > len(text) / 2:
        text = extracted(precise=True, least=SHORTEST) or text
    elif len(text) < _DOUBTFUL or len(text) < _MISSING_SHARE * len(declared):
        text = max(text, extracted(precise=False), key=len)
    return text


@functools.cache
def _config(least: int) -> ConfigParser:
    """Trafilatura's settings, but for the length under which it gives up and takes all text of the page."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return config


def _row(line: re.Match[str]) -> str:
    """A row of a table without the frame that trafilatura draws: pages are still laid out with tables."""
    cells = [cell.strip() for cell in line[0].split("|")]
    return " | ".join(cell for cell in cells if cell.strip(":-"))


def without_title(text: str, titles: list[str]) -> str:
    """The text without its headline on top: it is kept apart, and reprints change it."""
    first, _, rest = text.partition("\n")
    return rest if first.casefold() in {title.casefold() for title in titles if title} else text


def fuller(extracted: str, own: str) -> str:
    """What was extracted of a bare text, or all of it where that leaves out half: there is nothing to be left out."""
    return own if len(extracted) < max(SHORTEST, len(own) // 2) else extracted


def fragment_text(tree: HtmlElement) -> str:
    """All text of a fragment, a line for each block: a feed entry has nothing around its content to be left out."""
    from lxml.etree import iterwalk

    pieces: list[str] = []
    walk = iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "start":
            if element.tag in _UNREAD:
                walk.skip_subtree()
            elif element.tag in _BLOCKS:
                pieces.append("\n")
            if element.tag not in _UNREAD:
                pieces.append(_one_line(element.text))
        else:
            pieces.append("\n" if element.tag in _BLOCKS else "")
            pieces.append(_one_line(element.tail))
    return tidy_text("".join(pieces))


def _one_line(text: str | None) -> str:
    return _BLANKS.sub(" ", text or "")


def tidy_text(text: str) -> str:
    """NFC, no control characters, one blank between words, one newline between paragraphs, none empty."""
    text = unicodedata.normalize("NFC", _CONTROL.sub("", text.translate(_INVISIBLE)))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.splitlines()) if line)


def tidy_line(text: str | None, *, longest: int = 500) -> str:
    """The same on one line, cut at a blank where it is longer than a title or a name can be."""
    line = tidy_text(text or "").replace("\n", " ")
    return line if len(line) <= longest else line[:longest].rpartition(" ")[0] or line[:longest]
