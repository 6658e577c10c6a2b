"""Which institutions a text names: those of the world, each with the words that name it.

A name proves itself; an abbreviation that may be another's (ICC, ECB) counts only where the full name stands as well,
and none counts in a line of capitals, where any word looks like one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer import words_of
from nhipcau.newswire.gazetteer.institutions import institution_matcher
from nhipcau.newswire.records import LEAD, Article, Institution

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer import Hit

# Institutions kept of an article: a list of all of them is no longer than that.
_MOST = 40


def institutions_of(article: Article) -> tuple[Institution, ...]:
    """The institutions that ``article`` names, those named most first, each with its first mention and how often."""
    found: dict[str, list[tuple[Hit, str, str]]] = {}
    parts = ((article.title, True), (article.text, False))
    for (source, is_title), hits in zip(parts, mentions_of(article), strict=True):
        for hit in hits:
            where = "title" if is_title else "lead" if hit.start < LEAD else "body"
            found.setdefault(hit.entry.key, []).append((hit, where, source[hit.start : hit.end]))
    ranked = sorted(found.items(), key=lambda one: -len(one[1]))[:_MOST]
    return tuple(
        Institution(
            code=code, name=mentions[0][0].entry.name, matched=mentions[0][2], where=mentions[0][1], count=len(mentions)
        )
        for code, mentions in ranked
    )


def mentions_of(article: Article) -> tuple[list[Hit], list[Hit]]:
    """The mentions in the title and those in the text, in order."""
    language = article.language.partition("-")[0]
    finder = institution_matcher(language)
    title, text = (
        [hit for hit in finder.find(words_of(source), language) if not _in_capitals(source, hit)]
        for source in (article.title, article.text)
    )
    certain = {hit.entry.key for hit in (*title, *text) if not hit.ambiguous}
    return _certain(title, certain), _certain(text, certain)


def _certain(hits: list[Hit], certain: set[str]) -> list[Hit]:
    return [hit for hit in hits if not hit.ambiguous or hit.entry.key in certain]


def _in_capitals(source: str, hit: Hit) -> bool:
    """Whether an abbreviation stands in a line that is all capitals, and says something besides."""
    if not source[hit.start : hit.end].isupper():
        return False
    start, end = source.rfind("\n", 0, hit.start) + 1, source.find("\n", hit.end)
    around = source[start : hit.start] + source[hit.end : end if end >= 0 else None]
    return around.isupper()
