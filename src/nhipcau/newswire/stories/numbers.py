"""Numbers and days of a text, the same in every language: 1.5 million, 150万, 1,5 Mio. and 1500000 are one number.

A number is its digits and a power of ten (``#15e5``), a day of the year its month and day (``%11-22``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from babel import localedata

from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_NUMBER = re.compile(r"\d[\d.,\u00a0\u202f٬٫]{0,62}\d|\d")
_DIGIT = re.compile(r"\d")
_MARK = re.compile("[^0-9]+")
_GROUP = 3
# Languages whose decimal mark is a point, by CLDR; elsewhere it is a comma, and a point parts thousands.
_POINT = frozenset(
    (
        "en",
        "ja",
        "zh",
        "ko",
        "th",
        "he",
        "hi",
        "bn",
        "ms",
        "sw",
        "ha",
        "my",
        "fil",
        "tl",
        "ta",
        "te",
        "ur",
        "am",
        "ne",
        "si",
        "km",
    )
)

# Words for powers of ten by their beginnings, folded. Where a language of the long scale says billion, it means 10^12.
_POWERS = {
    "thousand": 3, "tausend": 3, "nghin": 3, "ngan": 3, "тысяч": 3, "тыс": 3, "tisic": 3, "tys": 3, "ribu": 3,
    "lakh": 5, "crore": 7, "juta": 6,
    "million": 6, "millon": 6, "milhao": 6, "milhoes": 6, "milion": 6, "milijun": 6, "miljo": 6, "miljoen": 6,
    "mio": 6, "mln": 6, "млн": 6, "миллион": 6, "мільйон": 6, "trieu": 6, "milljon": 6, "εκατομμ": 6, "مليون": 6,
    "milliard": 9, "miliard": 9, "miljard": 9, "milijard": 9, "mrd": 9, "mld": 9, "млрд": 9, "миллиард": 9,
    "мільярд": 9, "ty": 9, "ti": 9, "miliar": 9, "milyar": 9, "مليار": 9, "billion": 9, "bilhao": 9, "bilhoes": 9,
    "bn": 9, "trillion": 12, "trilyun": 12, "trilhao": 12, "biliao": 12,
}  # fmt: skip
_WHOLE = frozenset({"ty", "ti", "mio", "bn", "mld", "mrd"})  # shorter than what other words begin with
_LONG_SCALE = frozenset(
    ("de", "fr", "es", "it", "nl", "sv", "da", "nb", "no", "is", "fi", "cs", "sk", "pl", "hu", "sl", "hr")
)
_BILLION = "billion"
_HAN_POWERS = {"千": 3, "万": 4, "萬": 4, "億": 8, "亿": 8, "兆": 12}
_BEGIN = frozenset("".join(word[0] + word[0].upper() for word in _POWERS))
_BETWEEN = frozenset(" \u00a0\u202f-")
_WORD = re.compile(r"[^\W\d_]{1,24}")
_WORD_BEFORE = re.compile(r"([^\W\d_]+)\.?[ \u00a0]?$")
_AFTER_DAY = re.compile(r"(?:\.|st|nd|rd|th|º|er)?[ \u00a0](?:de )?([^\W\d_]+)")
_SPACES, _BETWEEN_MONTH = frozenset(" \u00a0"), " .\u00a0"
# What may stand between a day and its month.
_DE, _THANG = "de ", "tháng"
_MONTH_SIGNS = frozenset("月월")
# What stands behind a day's digits where a month may follow, but for spaces.
_BEFORE_MONTH = frozenset("月월/.snrtºe")
_HAN_DAY = re.compile(r"[月월] ?(\d{1,2})[日일号]")
_SLASH_DAY = re.compile(r"[/](\d{1,2})(?![\d/]*\d{3}\d)")
_MONTH = re.compile(r" ?(\d{1,2})(?!\d)")
_REACH = 16
_LAST_MONTH, _LAST_DAY = 12, 31
_LEAST_MONTH, _DAY_DIGITS = 3, 2


class _Months(NamedTuple):
    """Names with the numbers they stand for, the letters that what names a month begins with, and the last two."""

    names: dict[str, int]
    beginnings: frozenset[str]
    endings: frozenset[str]


def numbers_in(text: str, language: str, digits_at: Iterable[int] | None = None) -> Iterator[tuple[str, int, int]]:
    """The numbers and days of a text in order, each with where it begins and ends; ``language`` is a bare code.

    ``digits_at`` are the places of all digits, where they are known already.
    """
    months = _months(language)
    previous_end, carried, said, end = -1, 0, 0, 0
    for start in _digits_at(text) if digits_at is None else digits_at:
        if start < end:
            continue
        end = _NUMBER.match(text, start).end()  # type: ignore[union-attr]
        if start < said:
            continue
        written, after = text[start:end], text[end : end + 1]
        # Most words beside a number are no months, which their first letters or their last ones show.
        if end - start <= _DAY_DIGITS and (
            after in _BEFORE_MONTH
            or (after in _SPACES and text[end + 1 : end + 2].lower()[:1] in months.beginnings)
            or text[max(0, start - _REACH) : start].rstrip(_BETWEEN_MONTH)[-2:].lower() in months.endings
        ):
            day = _day(text, start, end, written, language)
            if day is not None:
                term, said = day
                yield term, start, end
                continue
        digits, exponent = (written, 0) if written.isdecimal() and written.isascii() else _value(written, language)
        power = _HAN_POWERS.get(after, 0)
        exponent += power or (_power_after(text, end, language) if after else 0)
        if start == previous_end and exponent >= 0:
            # 20万6737 is one number in two pieces.
            digits, exponent = str(carried + int(digits) * 10**exponent), 0
        if power and exponent >= 0 and text[end + 1 : end + 2].isdecimal():
            previous_end, carried = end + 1, int(digits) * 10**exponent
            continue
        yield _written(digits, exponent), start, end


def _digits_at(text: str) -> Iterator[int]:
    return (found.start() for found in _DIGIT.finditer(text))


def _value(written: str, language: str) -> tuple[str, int]:
    """The digits of a number and the power of ten they are to be multiplied by."""
    plain = written
    if not plain.isascii():
        plain = "".join(str(unicodedata.digit(mark)) if mark.isdecimal() else mark for mark in written)
    pieces = _MARK.split(plain)
    if len(pieces) == 1:
        return plain, 0
    mark = plain[len(plain) - len(pieces[-1]) - 1]
    first = next(one for one in plain if not one.isdecimal())
    several = len(pieces) > len(("whole", "fraction"))
    grouped = len(pieces[-1]) == _GROUP and mark != ("." if language in _POINT else ",")
    if (several and first == mark) or grouped:
        return "".join(pieces), 0
    return "".join(pieces), -len(pieces[-1])


@lru_cache(maxsize=1 << 14)
def _written(digits: str, exponent: int) -> str:
    significant = digits.lstrip("0").rstrip("0")
    if not significant:
        return "#0"
    return f"#{significant}e{exponent + len(digits.lstrip('0')) - len(significant)}"


def _power_after(text: str, end: int, language: str) -> int:
    begin = end + (text[end] in _BETWEEN)
    if text[begin : begin + 1] not in _BEGIN:
        return 0
    found = _WORD.match(text, begin)
    return 0 if found is None else _power(found.group(), language)


@lru_cache(maxsize=1 << 12)
def _power(word: str, language: str) -> int:
    """The power of ten that a word after a number stands for; 0 for any other word."""
    folded = fold(word)
    if folded.startswith(_BILLION) and language in _LONG_SCALE:
        return 12
    for length in range(len(folded), 1, -1):
        power = _POWERS.get(folded[:length])
        if power is not None and (length == len(folded) or folded[:length] not in _WHOLE):
            return power
    return 0


def _day(text: str, start: int, end: int, written: str, language: str) -> tuple[str, int] | None:
    """The day of a year that a number says together with a month beside it, and up to where it is said."""
    number = int(written) if written.isdecimal() else 0
    if not 1 <= number <= _LAST_DAY:
        return None
    after = text[end : end + 1]
    if after in _MONTH_SIGNS and (found := _HAN_DAY.match(text, end)) is not None:
        return _dated(number, int(found.group(1)), found.end())
    months = _months(language).names
    if (found := _AFTER_DAY.match(text, end)) is not None:
        word = found.group(1).lower()
        month = _MONTH.match(text, found.end()) if word == _THANG else None
        if month is not None or word in months:
            return _dated(int(month.group(1)) if month else months[word], number, month.end() if month else end)
    if after == "/" and language != "en" and (found := _SLASH_DAY.match(text, end)) is not None:
        return _dated(int(found.group(1)), number, found.end())
    word = _WORD_BEFORE.search(text[max(0, start - _REACH) : start])
    named = None if word is None else months.get(word.group(1).lower())
    return None if named is None else _dated(named, number, end)


def _dated(month: int, day: int, end: int) -> tuple[str, int] | None:
    return (f"%{month}-{day}", end) if 1 <= month <= _LAST_MONTH and 1 <= day <= _LAST_DAY else None


@lru_cache(maxsize=64)
def _months(language: str) -> _Months:
    """The months' names of a language, whole and shortened, as CLDR has them; those of English where CLDR has none."""
    identifier = {"no": "nb", "tl": "fil", "iw": "he"}.get(language, language)
    kept = localedata._cache  # noqa: SLF001 - Babel has no other way to forget a locale
    in_use = identifier in kept
    known = identifier if localedata.exists(identifier) else "en"
    data = localedata.LocaleDataDict(cast("dict[str | int | None, Any]", localedata.load(known)))
    found: dict[str, int] = {}
    for kind in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for month, name in data["months"][kind].get(width, {}).items():
                written = str(name).lower().rstrip(".")
                if len(written) >= _LEAST_MONTH and written.isalpha():
                    found.setdefault(written, int(month))
    if not in_use:
        kept.pop(identifier, None)
    beginnings = frozenset(name[0] for name in (*found, _DE, _THANG))
    return _Months(found, beginnings, frozenset(name[-2:] for name in found))
