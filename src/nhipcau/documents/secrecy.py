"""Marks of state secrecy (TUYỆT MẬT, TỐI MẬT, MẬT) in a text: what bears one does not belong into this system.

A mark stands by itself: a stamp or a line of the heading, or a column of one. The same words in a sentence (bảo mật,
mật độ, bí mật nhà nước độ Mật) are prose. Read whatever way they are typed: without marks, with spaces between the
letters, for TCVN3 and VNI fonts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nhipcau.text import fold, from_legacy, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Folded and without spaces -> the mark.
_MARKS = {"tuyetmat": "TUYỆT MẬT", "toimat": "TỐI MẬT", "mat": "MẬT"}
#: What may stand before a mark on its line: the degree of secrecy, by name.
_BEFORE = ("domat", "mucdomat")
#: A longer line is prose; a stamp is not. In a column it may be one of several, parted by tabs or runs of spaces.
_LONGEST = 60
_COLUMNS = re.compile(r"\t|\s{2,}|\|")
_EDGE = re.compile(r"^[\W_]+|[\W_]+$")


def secrecy_mark(text: str) -> str | None:
    """The first mark of secrecy that stands in a text by itself, e.g. ``TỐI MẬT``; None where there is none."""
    return next(iter(_found(text.splitlines())), None)


def _found(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        if not line.strip() or len(line) > 20 * _LONGEST:
            continue
        # The whole line first: spaces between the letters of a stamp look like columns.
        for part in dict.fromkeys((line, *_COLUMNS.split(line))):
            piece = part.strip()
            if 0 < len(piece) <= _LONGEST:
                mark = next(
                    (mark for text, capitals in _readings(piece) if (mark := _mark(text, capitals_count=capitals))),
                    None,
                )
                if mark:
                    yield mark


def _readings(piece: str) -> Iterator[tuple[str, bool]]:
    """The piece as it stands, and as a legacy font would show it; whether its capitals say something."""
    yield nfc(piece), True
    if not piece.isascii():
        for encoding in ("tcvn3", "vni"):
            shown = from_legacy(piece, encoding)
            if shown != nfc(piece):
                # Capitals with a tone exist in TCVN3 only as another font over the small letters.
                yield shown, False


def _mark(piece: str, *, capitals_count: bool) -> str | None:
    bare = _EDGE.sub("", piece)
    letters = fold(bare).replace(" ", "")
    named = next((name for name in _BEFORE if letters.startswith(name) and letters != name), "")
    mark = _MARKS.get(letters.removeprefix(named))
    if mark is None or not _spelt(bare, mark):
        return None
    # One word alone is a mark in capitals only ("mật" is honey, too), and so is what bears no tone ("toi mat").
    unsure = not named and capitals_count and (mark == "MẬT" or bare.isascii())
    return None if unsure and not bare.isupper() else mark


def _spelt(piece: str, mark: str) -> bool:
    """Whether the piece carries the mark's own tones, or none: "mặt", "mắt", "tôi mất" are other words."""
    plain = "".join(re.findall(r"\w", piece)).upper()
    wanted = mark.replace(" ", "")
    ending = plain[-len(wanted) :]
    return ending == wanted or ending.isascii()
