"""Han characters without kana: Chinese in either way of writing, or a Japanese headline."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

# How much likelier a text is Japanese for a character that only Japan writes, and how much less for one of China's.
_TELLING = 20.0
_HANT_REGIONS = re.compile("hant|tw|hk|mo", re.IGNORECASE)
# A name or a word that both write alike: more of them are Chinese, for Japanese seldom goes on long without kana.
_NAME, _OF_A_NAME = 6, 0.3
_FIRST, _LAST = 0x4E00, 0x9FFF
# What a character says of a text that it stands in, as bits.
_SIMPLIFIED, _TRADITIONAL, _OF_CHINA, _OF_JAPAN = 1, 2, 4, 8


def most_likely(sample: str, chances: dict[str, float], declared: str | None) -> tuple[str, float]:
    """``zh-Hans``, ``zh-Hant`` or ``ja`` with its chance, by the classifier and by what national standards say.

    Characters that one standard knows and the other does not decide which way of writing; where there is none, what
    the page declares, and else the classifier, which is then sure of nothing.
    """
    simplified, traditional, of_china, of_japan = _counts(sample)
    japanese = chances["ja"]
    if of_japan != of_china:
        japanese = _odds(japanese, _TELLING if of_japan > of_china else 1 / _TELLING)
    elif len(sample) < _NAME:
        japanese = min(japanese, _OF_A_NAME)
    known = simplified + traditional
    hant = traditional / known if known else chances["zh-Hant"] / (chances["zh-Hans"] + chances["zh-Hant"] or 1.0)
    if not known and declared and declared.lower().startswith("zh"):
        hant, japanese = float(_HANT_REGIONS.search(declared) is not None), min(japanese, 0.5)
    found = {"zh-Hans": (1 - japanese) * (1 - hant), "zh-Hant": (1 - japanese) * hant, "ja": japanese}
    code = max(found, key=lambda one: found[one])
    return code, found[code] * (1.0 if known or code == "ja" else 0.5)


def _counts(sample: str) -> tuple[int, int, int, int]:
    """How many characters of a text are simplified, traditional, used in China only, used in Japan only."""
    codes = np.frombuffer(sample.encode("utf-32-le", "surrogatepass"), np.uint32)
    han = codes[(codes >= _FIRST) & (codes <= _LAST)] - np.uint32(_FIRST)
    counts = np.bincount(_says()[han], minlength=16).tolist()
    simplified, traditional, of_china, of_japan = (
        sum(count for says, count in enumerate(counts) if says & bit)
        for bit in (_SIMPLIFIED, _TRADITIONAL, _OF_CHINA, _OF_JAPAN)
    )
    return simplified, traditional, of_china, of_japan


@functools.cache
def _says() -> NDArray[np.uint8]:
    """What each character says, by the national standards that know it (GB 2312, Big5, JIS X 0208 and 0212)."""
    found = np.zeros(_LAST - _FIRST + 1, np.uint8)
    for number in range(len(found)):
        one = chr(_FIRST + number)
        mainland, taiwan, japan = _has("gb2312", one), _has("big5", one), _has("euc_jp", one)
        found[number] = (
            _SIMPLIFIED * (mainland and not taiwan)
            + _TRADITIONAL * (taiwan and not mainland)
            + _OF_CHINA * (mainland and not japan)
            + _OF_JAPAN * (japan and not mainland and not taiwan)
        )
    return found


def _odds(chance: float, times: float) -> float:
    return chance * times / (chance * times + 1 - chance)


def _has(standard: str, character: str) -> bool:
    try:
        character.encode(standard)
    except UnicodeEncodeError:
        return False
    return True
