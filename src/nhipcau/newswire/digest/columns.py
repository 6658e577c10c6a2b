"""The table of articles as people read it: every column of ``digest.json`` but one, and names beside the codes.

The byline is left out: it is shown with its article and is no column of any export.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.digest.speech import web_address
from nhipcau.newswire.rows import differences_from_row
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhipcau.newswire.digest.speech import Speech
    from nhipcau.newswire.words import Translate

#: Key and heading, what people look at first; codes and measures follow. Keys of ``digest.json`` keep their names.
COLUMNS = (
    ("number", gettext_noop("Number")),
    ("title", gettext_noop("Title")),
    ("outlet", gettext_noop("Outlet")),
    ("country_name", gettext_noop("Country")),
    ("language_name", gettext_noop("Language")),
    ("published_at", gettext_noop("Published")),
    ("relevant", gettext_noop("About the country")),
    ("relevance", gettext_noop("Relevance")),
    ("topic_names", gettext_noop("Topics")),
    ("story_number", gettext_noop("Story number")),
    ("story_title", gettext_noop("Story")),
    ("reprint_of", gettext_noop("Reprint of number")),
    ("differences", gettext_noop("What it says differently")),
    ("url", gettext_noop("Address")),
    ("reasons", gettext_noop("Why it is relevant")),
    ("published_precision", gettext_noop("Precision of the time")),
    ("published_from", gettext_noop("What said when")),
    ("published_zone", gettext_noop("What said the time zone")),
    ("modified_at", gettext_noop("Changed")),
    ("modified_from", gettext_noop("What said the change")),
    ("section", gettext_noop("Section of the outlet")),
    ("marks", gettext_noop("Marks of the page")),
    ("seen_before", gettext_noop("In an earlier digest")),
    ("in_period", gettext_noop("In the period")),
    ("text_chars", gettext_noop("Characters")),
    ("duplicate_of", gettext_noop("Identifier of the first")),
    ("duplicate_measure", gettext_noop("How the reprint was recognised")),
    ("duplicate_value", gettext_noop("Likeness to the first")),
    ("revises", gettext_noop("Identifier of the version before")),
    ("language", gettext_noop("Code of the language")),
    ("language_confidence", gettext_noop("Confidence of the language")),
    ("country", gettext_noop("Code of the country")),
    ("country_from", gettext_noop("What said which country")),
    ("outlet_host", gettext_noop("Host of the outlet")),
    ("reach", gettext_noop("Reach of the outlet")),
    ("topics", gettext_noop("Codes of the topics")),
    ("sample", gettext_noop("Sample data")),
    ("canonical_url", gettext_noop("Address as the page declares it")),
    ("image", gettext_noop("Picture")),
    ("origin", gettext_noop("Read from")),
    ("story_id", gettext_noop("Identifier of the story")),
    ("id", gettext_noop("Identifier")),
)
_NUMBERS = frozenset({"number", "reprint_of", "relevance", "story_number", "text_chars", "duplicate_value", "reach"})
_NUMBERS |= {"language_confidence"}


def article_columns(translate: Translate) -> list[dict[str, Any]]:
    """Key, heading, and whether figures stand in it."""
    return [{"key": key, "label": translate(label), "numeric": key in _NUMBERS} for key, label in COLUMNS]


def printed_rows(say: Speech, data: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Each article of ``digest.json`` as cells: text, numbers, yes or no, moments in UTC, ``None``."""
    stories = {story["id"]: story for story in data["stories"]}
    numbers: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        numbers[row["id"]] = number
        story = stories.get(row["story_id"])
        cells = {
            **row,
            "number": number,
            "country_name": say.country(row["country"]),
            "language_name": say.language(row["language"]),
            "topic_names": "; ".join(say.topic(code) for code in row["topics"]),
            "story_number": story["rank"] if story else None,
            "story_title": (story["headline"] or story["title"]) if story else None,
            "topics": "; ".join(row["topics"]),
            "marks": "; ".join(row["marks"]),
            "differences": "\n".join(f"{name}: {passage}" for name, passage in _differing(say, row)),
            "reasons": "; ".join(_reason(reason) for reason in row["reasons"]),
            "published_at": _moment(row["published_at"]),
            "modified_at": _moment(row["modified_at"]),
            # The first may stand further down, or in an earlier digest: its identifier says so all the same.
            "reprint_of": numbers.get(row["duplicate_of"] or ""),
        }
        yield {"cells": {key: cells[key] for key, _ in COLUMNS}, "link": web_address(row["url"])}


def _differing(say: Speech, row: Mapping[str, Any]) -> list[tuple[str, str]]:
    said = row["differences"]
    return say.differences(differences_from_row(said)) if said else []


def _reason(reason: Mapping[str, Any]) -> str:
    return f"{reason['matched']} ({reason['where']}) ×{reason['count']}"


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)
