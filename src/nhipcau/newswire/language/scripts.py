"""Which script a text is written in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

# First and last character of each stretch, letters and the vowel signs that stand on them.
_RANGES: Final[Mapping[str, str]] = {
    "Latin": "AZ az ªª ºº ÀÖ Øö ø\u02af \u1d00\u1eff \u2c60\u2c7f \ua722\ua7ff \uff21\uff3a \uff41\uff5a",
    "Cyrillic": "\u0400\u052f \u1c80\u1c88 \ua640\ua69f",
    "Arabic": "\u0620\u063f \u0641\u065f \u066e\u06d3 \u06d5\u06d5 \u06ee\u06ef \u06fa\u06ff \u0750\u077f "
    "\u08a0\u08ff \ufb50\ufdff \ufe70\ufefc",
    "Devanagari": "\u0900\u0963 \u0971\u097f",
    "Bengali": "\u0980\u09e3 \u09f0\u09f1",
    "Ethiopic": "\u1200\u135a \u1380\u139f",
    "Han": "\u3005\u3006 \u3400\u4dbf \u4e00\u9fff \uf900\ufaff",
    "Kana": "\u3041\u3096 \u309d\u309f \u30a1\u30fa \u30fc\u30ff \u31f0\u31ff \uff66\uff9f",
    "Hangul": "\uac00\ud7a3 \u1100\u11ff \u3131\u318e",
    "Thai": "\u0e01\u0e3a \u0e40\u0e4e",
    "Lao": "\u0e81\u0ece \u0edc\u0edf",
    "Khmer": "\u1780\u17d3 \u17dd\u17dd",
    "Myanmar": "\u1000\u103f \u1050\u108f \u109a\u109f \ua9e0\ua9fe \uaa60\uaa7f",
    "Hebrew": "\u0591\u05f4 \ufb1d\ufb4f",
    "Greek": "\u0370\u0373 \u0376\u0377 \u0386\u0386 \u0388\u03ff \u1f00\u1ffe",
    "Armenian": "\u0531\u0556 \u0561\u0587",
    "Georgian": "\u10a0\u10fa \u10fc\u10ff \u1c90\u1cbf",
    "Tamil": "\u0b82\u0bd7",
    "Telugu": "\u0c00\u0c63",
    "Kannada": "\u0c80\u0ce3",
    "Malayalam": "\u0d00\u0d63",
    "Sinhala": "\u0d81\u0df3",
    "Gujarati": "\u0a81\u0ae3",
    "Gurmukhi": "\u0a01\u0a5e \u0a70\u0a75",
    "Odia": "\u0b01\u0b63 \u0b71\u0b71",
    "Tibetan": "\u0f00\u0f00 \u0f40\u0fbc",
}
# Latin letters that only Vietnamese has: with the horn, or with two marks; the dots below that Yoruba and Igbo share
# are not among them. They are every eighth letter of a news text, and count as a script of their own.
_VIETNAMESE = "ơưảẻỉỏủỷỹỵấầẩẫậắằẳẵặếềểễệốồổỗộớờởỡợứừửữự"
_LEAST_VIETNAMESE = 0.04
#: Scripts that one language of the press writes, with its code.
SOLE: Final[Mapping[str, str]] = {
    "Vietnamese": "vi",
    "Bengali": "bn",
    "Ethiopic": "am",
    "Kana": "ja",
    "Hangul": "ko",
    "Thai": "th",
    "Lao": "lo",
    "Khmer": "km",
    "Myanmar": "my",
    "Hebrew": "he",
    "Greek": "el",
    "Armenian": "hy",
    "Georgian": "ka",
    "Tamil": "ta",
    "Telugu": "te",
    "Kannada": "kn",
    "Malayalam": "ml",
    "Sinhala": "si",
    "Gujarati": "gu",
    "Gurmukhi": "pa",
    "Odia": "or",
    "Tibetan": "bo",
}
_NAMES = ("", *_RANGES, "Vietnamese")
_LATIN, _HAN, _KANA, _HANGUL, _VI = (_NAMES.index(name) for name in ("Latin", "Han", "Kana", "Hangul", "Vietnamese"))
# A character of these says as much as four letters, and East Asian news is full of foreign names.
_DENSE = (_HAN, _KANA, _HANGUL)
_DENSE_WEIGHT = 4
# Chinese quotes a Japanese name or an ornamental の now and then; Japanese is at least a third kana.
_LEAST_KANA = 0.1
_BASIC = 0x10000
_IDEOGRAPHS = (0x20000, 0x32400)


def _table() -> NDArray[np.uint8]:
    table = np.zeros(_BASIC + 1, np.uint8)
    for number, stretches in enumerate(_RANGES.values(), start=1):
        for stretch in stretches.split(" "):
            table[ord(stretch[0]) : ord(stretch[1]) + 1] = number
    table[[ord(letter) for letter in _VIETNAMESE + _VIETNAMESE.upper()]] = _VI
    # Beyond the basic plane only Han is written by any newspaper.
    table[_BASIC] = _HAN
    return table


_TABLE = _table()


def script_of(text: str) -> tuple[str | None, float]:
    """The script of most letters and its share of them; ``None`` where the text has no letter of a known script.

    Kana and the Han among them count as one; Latin letters of a Vietnamese text as ``"Vietnamese"``.
    """
    if text.isascii():
        return ("Latin", 1.0) if any(map(str.isalpha, text)) else (None, 0.0)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    if codes.max() >= _BASIC:
        # Emoji and mathematical letters lie below the ideographs of the supplementary planes.
        ideographs = (codes >= _IDEOGRAPHS[0]) & (codes < _IDEOGRAPHS[1])
        codes = np.where(codes < _BASIC, codes, np.where(ideographs, _BASIC, 0))
    counts: list[int] = np.bincount(_TABLE[codes], minlength=len(_NAMES)).tolist()
    counts[0] = 0
    for dense in _DENSE:
        counts[dense] *= _DENSE_WEIGHT
    _join(counts, _LATIN, _VI, _LEAST_VIETNAMESE)
    _join(counts, _HAN, _KANA, _LEAST_KANA)
    most = max(counts)
    return (_NAMES[counts.index(most)], most / sum(counts)) if most else (None, 0.0)


def _join(counts: list[int], wide: int, narrow: int, least: float) -> None:
    """Count letters of two scripts that are written together as one: the narrow one where it has that share of both."""
    both = counts[wide] + counts[narrow]
    is_narrow = counts[narrow] > least * both
    counts[wide], counts[narrow] = (0, both) if is_narrow else (both, 0)
