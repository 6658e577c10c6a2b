"""Which words of a text gave it its tags, span by span: why it is about a country, its topics, places, institutions."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from nhipcau.newswire import institutions, relevance
from nhipcau.newswire.gazetteer import TOPICS, country_name
from nhipcau.newswire.places import mentions_of
from nhipcau.newswire.records import LEAD, Article, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator


@dataclass(frozen=True, slots=True)
class Span:
    """Words of an article and the tag that they gave.

    Attributes:
        tag: a topic's code; a country (``DE``), or a place in it (``DE/Munich``); an institution's code; for what made
            it relevant, the focus country and what the words stand for (``VN: Viet Nam``).
        kind: ``relevance``, ``topic``, ``place`` or ``institution``.
        name: of the topic, the place, the institution, or what the words stand for, in English.
        where: ``title``, ``lead`` or ``body``.
        start, end: characters of the title, or of the text.
        matched: the words.
    """

    tag: str
    kind: str
    name: str
    where: str
    start: int
    end: int
    matched: str

    def within(self, article: Article, *, around: int = 40) -> tuple[str, str, str]:
        """What stands before, the words, and what stands behind, on one line."""
        source = article.title if self.where == "title" else article.text
        before = source[max(0, self.start - around) : self.start].replace("\n", " ")
        behind = source[self.end : self.end + around].replace("\n", " ")
        return before, self.matched, behind


def spans_of(article: Article, *, focus: str) -> list[Span]:
    """Every span that gave ``article`` a tag: relevance to ``focus`` first, then topics, places, institutions."""
    return [*_relevance(article, focus), *_topics(article), *_places(article), *_institutions(article)]


def topic_reasons(article: Article) -> dict[str, Reason]:
    """For each topic that any word of ``article`` speaks for, told or not: the first one, where, and how many do."""
    found: dict[str, list[Reason]] = {}
    for hit, is_title in relevance.cues_found(article):
        source, where = (article.title, "title") if is_title else (article.text, _part(hit.start))
        topic, matched = hit.entry.kind, source[hit.start : hit.end]
        found.setdefault(topic, []).append(Reason(kind="topic", name=TOPICS[topic], matched=matched, where=where))
    return {topic: dataclasses.replace(reasons[0], count=len(reasons)) for topic, reasons in found.items()}


def _relevance(article: Article, focus: str) -> Iterator[Span]:
    for hit, where, source in relevance.names_found(article, focus):
        name = hit.entry.name
        yield Span(f"{focus}: {name}", "relevance", name, where, hit.start, hit.end, source[hit.start : hit.end])


def _topics(article: Article) -> Iterator[Span]:
    told = relevance.topics(article)
    for hit, is_title in relevance.cues_found(article):
        if hit.entry.kind in told:
            source = article.title if is_title else article.text
            where = "title" if is_title else _part(hit.start)
            topic = hit.entry.kind
            yield Span(topic, "topic", TOPICS[topic], where, hit.start, hit.end, source[hit.start : hit.end])


def _places(article: Article) -> Iterator[Span]:
    for source, is_title, mentions in zip(
        (article.title, article.text), (True, False), mentions_of(article), strict=True
    ):
        for one in mentions:
            is_country = one.kind == "country"
            tag = one.country if is_country else f"{one.country}/{one.name}"
            name = country_name(one.country, "en") if is_country else one.name
            where = "title" if is_title else _part(one.start)
            yield Span(tag, "place", name, where, one.start, one.end, source[one.start : one.end])


def _institutions(article: Article) -> Iterator[Span]:
    parts = ((article.title, True), (article.text, False))
    for (source, is_title), hits in zip(parts, institutions.mentions_of(article), strict=True):
        for hit in hits:
            where, words = "title" if is_title else _part(hit.start), source[hit.start : hit.end]
            yield Span(hit.entry.key, "institution", hit.entry.name, where, hit.start, hit.end, words)


def _part(start: int) -> str:
    return "lead" if start < LEAD else "body"
