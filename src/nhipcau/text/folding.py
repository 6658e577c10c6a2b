"""Folding: one form under which a text and a query meet, whatever tones, capitals or punctuation they carry."""

from __future__ import annotations

import re
import unicodedata

#: Characters of scripts that write no spaces between words, as the inside of a regular expression's class: Thai, Lao,
#: Myanmar, Khmer, Han with its marks of repetition and its numerals, kana with the sign of length.
UNSPACED = (
    "\u0e01-\u0e5b\u0e81-\u0edf"
    "\u1000-\u109f\ua9e0-\ua9fe\uaa60-\uaa7f"
    "\u1780-\u17e9"
    "\u3005-\u3007\u3021-\u3029\u3031-\u303c\u3041-\u309f\u30a0-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U0001aff0-\U0001afff\U0001b000-\U0001b16f\U00020000-\U000323af"
)

# A cluster is one such character with the marks that stand on it; a Khmer coeng (U+17D2) also holds what follows.
_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"
    "\u102b-\u103e\u1056-\u1059\u105e-\u1060\u1062-\u1064\u1067-\u106d\u1071-\u1074\u1082-\u108d\u108f\u109a-\u109d"
    "\ua9e5\uaa7b-\uaa7d\u17b4-\u17d1\u17d3\u17dd\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef"
)
#: One cluster of an unspaced script.
CLUSTER = f"[{UNSPACED}](?:\u17d2[\u1780-\u17b3]|[{_MARKS}\u17d2])*"

_CLUSTER = re.compile(CLUSTER)
# Marks of Latin on such a character say nothing, and would part what belongs together.
_STRAY = re.compile(f"(?<=[{UNSPACED}{_MARKS}])[\u0300-\u036f]+")
_SPECIAL = {"đ": "d", "ς": "σ"}


class _Exact(dict[int, str | None]):
    """What a composed, lower-case character becomes where marks count; filled as characters are met."""

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        kept = category[0] in "LN" or category in ("Mn", "Mc")
        self[code] = kept_as = ("σ" if chr(code) == "ς" else chr(code)) if kept else " "
        return kept_as


class _Folded(dict[int, str | None]):
    """What a decomposed, lower-case character becomes; filled as characters are met."""

    def __missing__(self, code: int) -> str | None:
        character = chr(code)
        folded: str | None
        if "\u0300" <= character <= "\u036f":
            folded = None
        elif unicodedata.category(character)[0] in "LN" or unicodedata.category(character) in ("Mn", "Mc"):
            folded = _SPECIAL.get(character, character)
        else:
            folded = " "
        self[code] = folded
        return folded


_FOLDED = _Folded()
_EXACT = _Exact()

#: The tone of an open syllable stands on either vowel: hoà and hòa, thuỷ and thủy; in quý the u belongs to the q.
_TONES = {
    written: printed
    for vowels in (
        "oa òa óa ỏa õa ọa oà oá oả oã oạ",
        "oe òe óe ỏe õe ọe oè oé oẻ oẽ oẹ",
        "uy ùy úy ủy ũy ụy uỳ uý uỷ uỹ uỵ",
    )
    for printed, written in zip(vowels.split()[1:6], vowels.split()[6:], strict=True)
}
_TONED = re.compile(f"(?<![qQ])(?:{'|'.join(_TONES)})(?![\\w\u0300-\u036f])")


def nfc(text: str) -> str:
    """``text`` in normal form C, the form in which everything is stored."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The form of ``text`` that is indexed and searched: words and single characters with one space between them.

    NFKC, lower case, đ to d, no marks of U+0300-036F, everything outside letters, numbers and marks one space, and a
    space around every character of a script that writes no spaces. Marks that enclose (category Me) go too, because
    the full-text index of SQLite splits at them, and the final sigma is a sigma, because that index says so and
    because lower-casing would make it depend on what follows. Folding what is folded changes nothing.
    """
    if text.isascii():
        return " ".join(text.lower().translate(_FOLDED).split())
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower())
    plain = unicodedata.normalize("NFC", decomposed.translate(_FOLDED))
    return " ".join(_CLUSTER.sub(r" \g<0> ", plain).split())


def exact(text: str) -> str:
    """The form of ``text`` in which marks and the stroke of đ count: as :func:`fold`, but both are kept.

    Where the tone of an open syllable may stand on either vowel, it is put where it is printed today (``hòa``).
    """
    if text.isascii():
        return fold(text)
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).lower())
    plain = _STRAY.sub("", composed.translate(_EXACT))
    # Before the tones: a syllable is open, too, where a script without spaces goes on at once.
    spaced = _CLUSTER.sub(r" \g<0> ", unicodedata.normalize("NFC", plain))
    return " ".join(_TONED.sub(lambda found: _TONES[found.group()], spaced).split())
