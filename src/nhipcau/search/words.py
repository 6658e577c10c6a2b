"""What is searched for and what is searched in, as words. Standard library and ``nhipcau.text`` only."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from nhipcau import text as texts
from nhipcau.search.names import FOLDED

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

#: A place in a document that no query can name: the end of one field, or a word past one of the limits below.
GAP = "\ue000"

#: Stands between the two words of a pair; no word holds it.
PAIR = "\ue001"

#: Both databases index the same words, so both keep to what PostgreSQL's ``tsvector`` can hold: positions below 16,384,
#: at most 256 of them an entry, 1 MB of entries. FTS5 has no such limits. A word stands in up to three entries.
MAX_WORDS = 16_000
MAX_TIMES = 255
MAX_BYTES = 250_000
#: A longer run of letters is no word; 64 characters keep a hostile page from filling the index with one.
MAX_LETTERS = 64

#: What a query may hold: beyond these the rest is left out, so that no query costs without bound.
MAX_QUERY_LETTERS = 500
MAX_QUERY_WORDS = 32

_QUOTES = re.compile('["“”„‟«»「」『』]')


def words(text: str, form: str = FOLDED) -> list[str]:
    """The words of a text in a form, in order."""
    written = texts.fold(text) if form == FOLDED else texts.exact(text)
    return [word[:MAX_LETTERS] for word in written.split()]


def document(fields: Iterable[str], form: str = FOLDED) -> list[str]:
    """The words of a document's fields one after the other, with a gap between two, within the limits above."""
    found: list[str] = []
    times: dict[str, int] = {}
    size = 0
    for field in fields:
        if found:
            found.append(GAP)
        for word in words(field, form):
            size += len(word.encode())
            if len(found) >= MAX_WORDS or size > MAX_BYTES:
                return found
            times[word] = times.get(word, 0) + 1
            found.append(word if times[word] <= MAX_TIMES else GAP)
    return found


def pairs(found: Sequence[str]) -> list[str]:
    """Each word with the one after it, in order; a gap where either is one.

    What is searched for is mostly two syllables or two characters, each of them in half of all documents: ``da nang``,
    ``越南``. A pair is as rare as the name that it is, so no database has to look through documents for it.
    """
    return [GAP if GAP in (one, other) else f"{one}{PAIR}{other}" for one, other in pairwise(found)]


@dataclass(frozen=True, slots=True)
class Query:
    """Phrases that must all be there; a phrase is one word or several in a row."""

    phrases: tuple[tuple[str, ...], ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def entries(self) -> list[list[str]]:
        """What each phrase is in the index: its one word, or its pairs in a row."""
        return [pairs(phrase) if len(phrase) > 1 else list(phrase) for phrase in self.phrases]


def parse(text: str, form: str = FOLDED) -> Query:
    """What a reader typed: a phrase in quotation marks as it stands, and every other word.

    What is written without spaces is one phrase, so ``47/NQ-CP`` and ``越南`` find their parts in a row. A quotation
    mark that is never closed quotes the rest. Nothing that is typed is an operator, so nothing raises.
    """
    phrases: list[tuple[str, ...]] = []
    left = MAX_QUERY_WORDS
    for number, part in enumerate(_QUOTES.split(text[:MAX_QUERY_LETTERS])):
        for chunk in [part] if number % 2 else part.split():
            phrase = tuple(words(chunk, form)[:left])
            left -= len(phrase)
            if phrase and phrase not in phrases:
                phrases.append(phrase)
    return Query(tuple(phrases))
