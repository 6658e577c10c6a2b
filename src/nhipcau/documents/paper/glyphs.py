"""The fonts that papers carry with them, and which characters they have."""

from __future__ import annotations

import functools
from bisect import bisect_right
from pathlib import Path
from types import MappingProxyType

#: Copied at set-up by tools/vendor.py; nothing is fetched when a paper is made.
FOLDER = Path(__file__).resolve().parents[1] / "fonts"
#: In the order in which they are asked for a character: first the one that has the measures of Times New Roman.
FAMILIES = (
    "Tinos",
    "Noto Naskh Arabic",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Khmer",
    "Noto Sans Thai",
    "Noto Sans Lao",
    "Noto Sans Myanmar",
    "Noto Sans S Chinese",
    "Noto Sans Korean",
    "Noto Sans Georgian",
    "Noto Sans Armenian",
    "Noto Sans Tamil",
    "Noto Sans Telugu",
    "Noto Sans Sinhala",
    "Noto Sans Ethiopic",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Kannada",
    "Noto Sans Malayalam",
    "Noto Sans Symbols 2",
    "Noto Emoji",
)
#: The family that has the letters of a language, where Tinos lacks them.
FAMILY_OF = MappingProxyType(
    {
        **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), "Noto Naskh Arabic"),
        **dict.fromkeys(("hi", "mr", "ne"), "Noto Serif Devanagari"),
        **dict.fromkeys(("bn", "as"), "Noto Serif Bengali"),
        **dict.fromkeys(("zh", "ja", "yue"), "Noto Sans S Chinese"),
        **dict.fromkeys(("am", "ti"), "Noto Sans Ethiopic"),
        "km": "Noto Serif Khmer",
        "th": "Noto Sans Thai",
        "lo": "Noto Sans Lao",
        "my": "Noto Sans Myanmar",
        "ko": "Noto Sans Korean",
        "ka": "Noto Sans Georgian",
        "hy": "Noto Sans Armenian",
        "ta": "Noto Sans Tamil",
        "te": "Noto Sans Telugu",
        "si": "Noto Sans Sinhala",
        "gu": "Noto Sans Gujarati",
        "pa": "Noto Sans Gurmukhi",
        "kn": "Noto Sans Kannada",
        "ml": "Noto Sans Malayalam",
    }
)
#: Stands for a character that no font has.
STAND_IN = "\u25a1"
#: Characters that are never drawn: spaces and line ends, joiners, marks of direction, selectors of a variant.
_UNDRAWN = frozenset(
    [*range(0x2000, 0x2010), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0x9, 0xA, 0xD, 0xAD, 0x34F, 0x61C, 0x202F]
)


class NoFontsError(RuntimeError):
    """The fonts were not copied: the set-up was not finished."""


@functools.cache
def _runs() -> tuple[list[int], list[int]]:
    try:
        lines = (FOLDER / "characters.txt").read_text("ascii").splitlines()
    except FileNotFoundError:
        raise NoFontsError("The fonts of papers are missing: run make setup.") from None
    pairs = [tuple(int(part, 16) for part in line.split()) for line in lines]
    return [first for first, _ in pairs], [last for _, last in pairs]


def has_glyph(character: str) -> bool:
    """Whether one of the fonts draws this character."""
    firsts, lasts = _runs()
    code = ord(character)
    at = bisect_right(firsts, code) - 1
    return (at >= 0 and code <= lasts[at]) or code in _UNDRAWN


def drawable(text: str, missing: set[str]) -> str:
    """The text with a box for each character that no font has; those are added to ``missing``."""
    if text.isascii():
        return text
    lost = {character for character in set(text) if not has_glyph(character)}
    if not lost:
        return text
    missing |= lost
    return "".join(STAND_IN if character in lost else character for character in text)
