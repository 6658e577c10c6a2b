"""An article's title out of the places where a page gives one.

An outlet writes several headlines for one article: printed, for search engines, for networks. Each place is right
somewhere and wrong elsewhere, so the title is the line that most places agree on; the name of the site, or of its
section, that some of them add before or behind it does not part them.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from typing import Final

# Between a headline and the site's name; the tight ones stand without blanks in East Asian pages.
_BREAK: Final = re.compile(r"\s+[|\-–—·•»›«/]+\s+|\s*[|｜丨ㅣ_]+\s*|\s+::\s+|\s+:\s+(?=\S+$)")
# Before or behind a site's own name even a tight dash, or a colon, parts.
_TIGHT: Final = re.compile(r"\s*[-–—:：,]\s*")
_SET_OFF: Final = re.compile(r"\s*[|｜丨ㅣ_»›]|\s*[\-–—](?=\S)|\s+[\-–—·•«/]\s")
_NO_LETTER: Final = re.compile(r"[\W_]+")
#: What each place counts: structured data, networks' cards, the sole heading of the first level, one of several, the
#: window. The others only support what these say; a heading of the second level is the headline of old templates, but
#: most are other stories'.
DATA, SHARED, PRINTED, LATER, WINDOW, NETWORK, OTHER, SECOND = 1.0, 1.0, 1.0, 0.5, 0.6, 0.3, 0.3, 0.3
# A line that is longer by a site's or section's name supports the shorter one nearly as well.
_AFFIXED = 0.9
# Letters of the shortest headline.
_SHORTEST = 2
# Letters of a line that is remembered: a page may call anything its title.
_REMEMBERED = 500


def letters(line: str) -> str:
    """What is compared of two lines: letters and digits of their compatibility form, in lower case, one blank."""
    return _letters_again(line) if len(line) <= _REMEMBERED else _letters(line)


def _letters(line: str) -> str:
    compatible = line if line.isascii() else unicodedata.normalize("NFKC", line)
    return _NO_LETTER.sub(" ", compatible.casefold()).strip()


# A page says its headline and its name in many places.
_letters_again = functools.lru_cache(maxsize=1_000)(_letters)


class Headlines:
    """The lines of a page that may be its title, in the order in which they are believed.

    Args:
        sites: the names that the site goes by, as :func:`letters`.
        sections: the names of the sections that the article stands in, likewise.
    """

    def __init__(self, sites: set[str], sections: set[str]) -> None:
        self._sites = sites
        self._ends = sites | sections
        # What is compared, to the line as it stands and what speaks for it; the first come first.
        self._lines: dict[str, str] = {}
        self._support: dict[str, float] = {}
        self._bare: dict[str, str] = {}

    def add(self, line: str, weight: float) -> None:
        """One more line; empty ones and the site's own name are none."""
        bare = self._without_site(line)
        key = letters(bare)
        if len(key) >= _SHORTEST and key not in self._sites:
            self._lines.setdefault(key, bare)
            self._support[key] = self._support.get(key, 0.0) + weight

    def has(self, line: str) -> bool:
        """Whether another place has given this line."""
        return letters(self._without_site(line)) in self._lines

    def best(self) -> str:
        """The line with most support; of equals the first; ``""`` where there is none."""
        support = dict(self._support)
        for shorter, line in self._lines.items():
            for other, longer in self._lines.items():
                if len(longer) > len(line) and _is_affixed(longer, line):
                    support[shorter] += self._support[other] * _AFFIXED
        return self._lines[max(support, key=lambda key: support[key])] if support else ""

    def _without_site(self, line: str) -> str:
        """A line without the names of site and section at its ends."""
        bare = self._bare.get(line)
        if bare is None:
            bare = line
            while (shorter := self._without_one(bare)) != bare:
                bare = shorter
            self._bare[line] = bare
        return bare

    def _without_one(self, line: str) -> str:
        for breaks, known in ((_BREAK, self._ends), (_TIGHT, self._sites)):
            parts = list(breaks.finditer(line))
            if not parts:
                continue
            first, last = parts[0], parts[-1]
            if letters(line[last.end() :]) in known and line[: last.start()].strip():
                return line[: last.start()].rstrip()
            if letters(line[: first.start()]) in known and line[first.end() :].strip():
                return line[first.end() :].lstrip()
        return line


def _is_affixed(line: str, shorter: str) -> bool:
    """Whether a line is the shorter one with something behind it that is set off; before it stands a kicker."""
    return line.startswith(shorter) and _SET_OFF.match(line[len(shorter) :]) is not None
