"""Days in words, in the languages of the world: ``5 June 2025``, ``2025年6月5日``, ``ngày 5 tháng 6 năm 2025``.

Names of months, and whether the day or the month comes first where all is in numbers, are those of the Unicode CLDR for
the page's language, as Babel carries them. Thai and Persian days are read by :mod:`nhipcau.newswire.calendars`.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.calendars import FIRST, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel import Locale

_EAST_ASIAN: Final = re.compile(r"(?<!\d)(\d{4})\s?[年년]\s?(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号號]")
_CENTURY = 2_000
# Of a year two digits are enough where all else has two, and points stand between: 25.04.24.
_NUMBERS: Final = re.compile(
    r"(?<![\d.,/:-])(?:(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})|(\d\d)\.(\d\d)\.(\d\d))(?!\d|[.,/:-]\d)"
)
_YEAR_FIRST: Final = re.compile(r"(?<![\d.,/:-])(\d{4})([./-])\s?(\d{1,2})\2\s?(\d{1,2})(?![\d/-])")
# Between the day, the month and the year stand points, commas and small words.
_BEHIND_DAY: Final = r"(?:st|nd|rd|th|er|re|ro|η|-?го|º|ª|°|\.)?\s{0,3}(?:of|de|di|d['’]|ta['’]|dal|del)?\s{0,3}"
_BEHIND_MONTH: Final = r"[.,]{0,2}\s{0,3}(?:de[l]?|năm|,)?\s{0,3}"
_BEHIND_YEAR: Final = r"\.?,?\s{0,3}(?:m\.|gada|оны)?\s{0,3}"
# A word before a day says that it is a change's.
_CHANGED: Final = re.compile(
    r"(?:updated?|modified|aktualisiert|geändert|stand|mis à jour|modifié|actualizad[oa]|atualizad[oa]|aggiornat[oa]|"
    r"обновлено|оновлено|cập nhật|zaktualizowano|aktualizováno|güncelle\w*|更新|最終更新|수정)"
    r"[^.\n\d]{0,25}(?:\d{1,2}[:h]\d{2}[^.\n\d]{0,5})?$",
    re.IGNORECASE,
)


def days_in(text: str, language: str | None) -> Iterator[tuple[date, bool]]:
    """Every day in a text, in its order, and whether a word before it says that it is a change's.

    Args:
        text: some lines of a page.
        language: the page's language as it declares it; English names of months are understood on every page.
    """
    text = unicodedata.normalize("NFKC", text)
    found: list[tuple[int, date]] = []
    tag = (language or "").strip().lower().replace("-", "_")[:12]
    for start, year, month, day in _readings(text, tag):
        try:
            one = date(year, month, day)
        except ValueError:
            continue
        if FIRST <= one.year <= LAST:
            found.append((start, one))
    for start, one in sorted(set(found)):
        yield one, _CHANGED.search(text[max(0, start - 60) : start]) is not None


def _readings(text: str, tag: str) -> Iterator[tuple[int, int, int, int]]:
    """Where a day begins, its year, month and day."""
    for one in _EAST_ASIAN.finditer(text):
        yield one.start(), int(one[1]), int(one[2]), int(one[3])
    for one in _YEAR_FIRST.finditer(text):
        yield one.start(), int(one[1]), int(one[3]), int(one[4])
    for tag_of_names in dict.fromkeys((tag, "en")):
        months, pattern = _months(tag_of_names)
        if pattern is None:
            continue
        for one in pattern.finditer(text):
            day, name, year = (one[key] or one[key + "2"] or one[key + "3"] for key in ("d", "m", "y"))
            yield one.start(), int(year), months[name.casefold().rstrip(".")], int(day)
    yield from _in_numbers(text, _month_first(tag))


def _in_numbers(text: str, month_first: bool | None) -> Iterator[tuple[int, int, int, int]]:  # noqa: FBT001 - or unknown
    for one in _NUMBERS.finditer(text):
        if one[1] is None:
            yield one.start(), _CENTURY + int(one[7]), int(one[6]), int(one[5])
            continue
        first, second, year = int(one[1]), int(one[3]), int(one[4])
        if month_first is None and first <= 12 and second <= 12 and first != second and one[2] != ".":  # noqa: PLR2004
            continue  # no telling which is the month
        if first > 12 or (second <= 12 and not month_first) or one[2] == ".":  # noqa: PLR2004 - months of a year
            first, second = second, first
        if second <= 31 and first <= 12:  # noqa: PLR2004
            yield one.start(), year, first, second


@functools.lru_cache(maxsize=200)
def _months(tag: str) -> tuple[dict[str, int], re.Pattern[str] | None]:
    """The names of months in a language, in lower case, and the pattern of a day that is written with one."""
    locale = _locale(tag)
    if locale is None:
        return {}, None
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in locale.months[context][width].items():
                plain = unicodedata.normalize("NFKC", name).casefold().rstrip(".")
                if not plain.isdigit() and not plain[:1].isdigit():
                    names.setdefault(plain, number)
    if tag[:2] == "en":
        names["sept"] = 9
    if not names:
        return {}, None
    month = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    pattern = (
        rf"(?<![\d.])(?P<d>\d{{1,2}}){_BEHIND_DAY}(?P<m>{month}){_BEHIND_MONTH}(?P<y>\d{{4}})(?!\d)"
        rf"|(?<!\w)(?P<m2>{month})\.?\s{{1,3}}(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}(?P<y2>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<y3>\d{{4}}){_BEHIND_YEAR}(?P<m3>{month})\.?\s{{0,3}}(?P<d3>\d{{1,2}})(?!\d)"
    )
    return names, re.compile(pattern, re.IGNORECASE)


@functools.lru_cache(maxsize=200)
def _month_first(tag: str) -> bool | None:
    """Whether a language writes the month before the day; ``None`` where that depends on who writes."""
    if tag in {"", "en"}:
        return None
    locale = _locale(tag)
    if locale is None:
        return None
    pattern = locale.date_formats["short"].pattern
    return pattern.find("M") < pattern.find("d") and not pattern.lstrip("'").startswith("y")


@functools.lru_cache(maxsize=200)
def _locale(tag: str) -> Locale | None:
    from babel import Locale, UnknownLocaleError

    for name in (tag, tag.partition("_")[0]):
        try:
            return Locale.parse(name)
        except (UnknownLocaleError, ValueError, TypeError):
            continue
    return None
