"""Vietnamese alphabetical order as a text column: digits only, so that every database and collation orders it alike."""

from __future__ import annotations

import unicodedata

# One pair of digits a letter. Letters that Vietnamese does not have stand where the Latin alphabet has them.
_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_RANKS = {letter: str(20 + rank) for rank, letter in enumerate(_ALPHABET)} | {str(n): str(10 + n) for n in range(10)}
_SHAPES = {"a\u0306": "ă", "a\u0302": "â", "e\u0302": "ê", "o\u0302": "ô", "o\u031b": "ơ", "u\u031b": "ư"}
# Level, huyền, hỏi, ngã, sắc, nặng: the order of tones in Vietnamese dictionaries.
_TONES = {"\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0301": "5", "\u0323": "6"}
# Latin letters that do not decompose, spelt as libraries file them.
_SPELT = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "ı": "i", "ð": "d", "þ": "th", "ħ": "h"})
_OTHER_SCRIPT = "99"


def sort_key(text: str) -> str:
    """A key of decimal digits that sorts as a Vietnamese dictionary does, bytewise and under any collation.

    Syllable by syllable; in each, letters first (a ă â b c d đ e ê ...), then the tone (level, huyền, hỏi, ngã, sắc,
    nặng). Digits come before letters, other scripts after them by code point. Capitals, punctuation and the place of a
    tone mark (hoà, hòa) do not count. About two digits a letter and two a syllable.
    """
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", text).lower().translate(_SPELT))
    key: list[str] = []
    tone = "1"
    inside = False
    for index, character in enumerate(decomposed):
        if character in _TONES:
            tone = _TONES[character]
        elif "\u0300" <= character <= "\u036f":
            continue
        elif character.isalnum():
            key.append(_rank(character, decomposed, index))
            inside = True
        elif inside and not unicodedata.category(character).startswith("M"):
            key.append("0" + tone)
            tone, inside = "1", False
    if inside:
        key.append("0" + tone)
    return "".join(key)


def _rank(letter: str, decomposed: str, index: int) -> str:
    """The digits of one letter, the marks after it that shape a Vietnamese letter taken in."""
    following = index + 1
    while following < len(decomposed) and "\u0300" <= decomposed[following] <= "\u036f":
        letter = _SHAPES.get(letter + decomposed[following], letter)
        following += 1
    return _RANKS.get(letter) or f"{_OTHER_SCRIPT}{ord(letter):07d}"
