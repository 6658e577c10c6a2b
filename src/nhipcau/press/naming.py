"""What an article names and treats, each with the words that say so: topics, places, institutions, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from nhipcau.press.engine_records import article_record
from nhipcau.press.phrases import topic_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.press.models import Article


@dataclass(frozen=True, slots=True)
class Named:
    """One thing that an article names, and the words that say so; they are not known of a text that had to go.

    Attributes:
        name: in the reader's language; ``topic`` is its code where it is one.
        matched, where, count: the first words, in which part of the article they stand, and how often they come.
    """

    name: str
    matched: str = ""
    where: str = ""
    count: int = 0
    topic: str = ""


def named_in(article: Article) -> list[tuple[str, list[Named]]]:
    """Headings, each with what there is under it, most certain or most often named first; none without anything."""
    from nhipcau.newswire.gazetteer.institutions import institution_name
    from nhipcau.newswire.gazetteer.local_names import place_name

    language = get_language() or "vi"
    groups = [
        (_("Topics"), _topics(article)),
        (_("Places"), [_named(place_name(one["country"], one["name"], language), one) for one in article.places]),
        (_("Institutions"), [_named(institution_name(one["code"], language), one) for one in article.institutions]),
    ]
    return [group for group in groups if group[1]]


def _named(name: str, one: dict[str, Any]) -> Named:
    return Named(name, one["matched"], one["where"], one["count"])


def _topics(article: Article) -> list[Named]:
    from nhipcau.newswire.explaining import topic_reasons

    found = topic_reasons(article_record(article)) if article.text else {}
    codes: Iterable[str] = (topic.code for topic in article.topics.all())
    return [
        Named(topic_name(code), found[code].matched, found[code].where, found[code].count, code)
        if code in found
        else Named(topic_name(code), topic=code)
        for code in codes
    ]
