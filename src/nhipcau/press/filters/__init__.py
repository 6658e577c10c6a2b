"""What narrows the lists of the press room: forms by plain GET, every field optional."""

from nhipcau.press.filters.coverage import (
    EVERYTHING,
    NO_TOPIC,
    UNKNOWN_COUNTRY,
    CoverageFilter,
    followed_in_words,
    span_in_words,
)
from nhipcau.press.filters.digests import DigestArticlesFilter, DigestFilter, RefusalFilter
from nhipcau.press.filters.numbers import NumbersFilter

__all__ = [
    "EVERYTHING",
    "NO_TOPIC",
    "UNKNOWN_COUNTRY",
    "CoverageFilter",
    "DigestArticlesFilter",
    "DigestFilter",
    "NumbersFilter",
    "RefusalFilter",
    "followed_in_words",
    "span_in_words",
]
