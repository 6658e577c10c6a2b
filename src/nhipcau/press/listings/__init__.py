"""The lists of the press room, one file each."""

from nhipcau.press.listings.coverage import COVERAGE
from nhipcau.press.listings.digests import DIGESTS
from nhipcau.press.listings.sources import SOURCES

__all__ = ["COVERAGE", "DIGESTS", "SOURCES"]
