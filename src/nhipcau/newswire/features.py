"""What an article is recognised by: its words, and the names and numbers that it keeps in translation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from nhipcau.newswire.tokens import words
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.newswire.records import Article

# News is written from the top: what an article is about stands in its title and lead (the first 400 characters, as
# relevance has it), and what comes after about a thousand words is background.
_LEAD = 400
_READ = 6_000

# Letters of the Latin script, those of Vietnamese among them, and its capitals. Between other scripts' letters a Latin
# word stands alone: Japanese puts no space around it.
_LATIN = "A-Za-z\u00c0-\u024f\u1e00-\u1eff"
_CAPITALS = "".join(chr(code) for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)) if chr(code).isupper())
_TOKEN = re.compile(rf"\d[\d.,\u00a0\u202f]*\d|\d|(?<![{_LATIN}])[{_CAPITALS}][{_LATIN}]*")
_SKIPPED_BEFORE = " \"'“”‘’«»„(["
_REACH = 4
_SENTENCE_ENDS = ".!?:\n。！？…।։။។"


@dataclass(frozen=True, slots=True)
class Features:
    """Terms with how often each stands in an article.

    ``words`` belong to one language and begin with its code; ``names`` (capitalised Latin words, numbers, and the names
    that relevance found) mean the same in every language.
    """

    language: str
    words: Mapping[str, int]
    names: Mapping[str, int]


def features_of(article: Article) -> Features:
    """The features of an article; words of its title count three times, those of its lead twice."""
    language = article.language.partition("-")[0]
    text = article.text[:_READ]
    counts = Counter(words(fold(text)))
    counts.update(words(fold(text[:_LEAD])))
    for word in words(fold(article.title)):
        counts[word] += 3
    names = names_in(f"{article.title}\n{text}")
    for reason in article.reasons:
        # One place is one fact: where relevance named it, its words in Latin letters do not count once more.
        for word in words(fold(reason.matched)):
            names.pop(f"@{word}", None)
    names.update({f"={reason.name}": reason.count for reason in article.reasons})
    return Features(language, {f"{language} {word}": count for word, count in counts.items()}, names)


def names_in(text: str) -> Counter[str]:
    """Numbers (``#1234``: digits only, in any script) and capitalised words in Latin letters (``@hanoi``, folded).

    A capital that may be there only because a sentence begins counts where the word also stands inside one.
    """
    inside: Counter[str] = Counter()
    first: Counter[str] = Counter()
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token[0].isdigit():
            inside["#" + "".join(str(unicodedata.digit(mark)) for mark in token if mark.isdecimal())] += 1
        else:
            before = text[max(0, match.start() - _REACH) : match.start()].rstrip(_SKIPPED_BEFORE)[-1:]
            (first if not before or before in _SENTENCE_ENDS else inside)["@" + _folded(token)] += 1
    inside.update({name: count for name, count in first.items() if name in inside})
    return inside


@lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    return fold(word)
