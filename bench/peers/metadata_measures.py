"""When a title, a day, a set of authors is right: one rule for everybody (it is told in ``bench/metadata.py``)."""

from __future__ import annotations

import html
import re
import unicodedata
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from metadata_gold import Gold

_INVISIBLE: Final = dict.fromkeys(map(ord, "\u00ad\u200b\u200e\u200f\u2060\ufeff"))
_MARKS: Final = re.compile(r"[\W_]+")
# Between the printed names of several people.
_BETWEEN: Final = re.compile(
    r"[,;|/·•、،]|\s+(?:and|und|et|y|e|och|og|en|i|и|та|ve|và|with|mit|&)\s+|\s[-–—]\s", re.IGNORECASE
)
# Before them.
_BEFORE: Final = re.compile(r"^\s*(?:by|von|par|por|di|av|af|door|bởi|theo)\s*:?\s+", re.IGNORECASE)


def letters(text: str) -> str:
    """What is compared of a title or a name: letters and digits of its compatibility form, lower case, one blank."""
    plain = unicodedata.normalize("NFKC", html.unescape(text).translate(_INVISIBLE)).casefold()
    return _MARKS.sub(" ", unicodedata.normalize("NFC", plain)).strip()


def title_is_the_golds(gold: Gold, found: Any) -> bool:
    """Whether this is the headline that the gold has."""
    return isinstance(found, str) and letters(found) == letters(gold.title or "")


def title_is_right(gold: Gold, found: Any) -> bool:
    """Whether this is the gold's headline, or one that the page gives in two of its three places for them."""
    if not isinstance(found, str) or not letters(found):
        return False
    places = sum(letters(found) in map(letters, headlines) for headlines in gold.headlines)
    return title_is_the_golds(gold, found) or places >= 2


def day_is_right(gold: Gold, found: Any) -> bool:
    """Whether a moment, in its own zone or in UTC, or a day, is the gold's."""
    try:
        moment = datetime.fromisoformat(str(found))
    except ValueError:
        return False
    possible = {moment.date(), moment.astimezone(UTC).date() if moment.tzinfo else moment.date()}
    return bool(possible & gold.days)


def names(lines: Any, publication: frozenset[str]) -> frozenset[str]:
    """The set of names in author lines; the publication's own name is none."""
    found: set[str] = set()
    for line in lines or ():
        for name in _BETWEEN.split(_BEFORE.sub("", str(line))):
            found.add(letters(_BEFORE.sub("", name)))
    return frozenset(found - {""}) - publication


def publication(gold: Gold) -> frozenset[str]:
    """What the publication calls itself: as its page's site and application, as a publisher, by its host."""
    host = (urlsplit(gold.url).hostname or "").removeprefix("www.")
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", gold.publication)
    return frozenset(map(letters, [host, host.partition(".")[0], gold.publication, spaced, *gold.sites])) - {""}


def f1(expected: frozenset[str], found: frozenset[str]) -> float:
    """Harmonic mean of precision and recall of a set; of two empty ones 1."""
    if not expected and not found:
        return 1.0
    return 2 * len(expected & found) / (len(expected) + len(found))
