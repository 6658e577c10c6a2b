"""Articles as flat rows of plain values: what ``extract`` prints, tables hold and the working file keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.records import Article, Differences, Institution, Outlet, Place, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


#: Columns that say something only for one question: a focus country, a run.
JUDGED = (
    "relevance",
    "reasons",
    "topics",
    "places",
    "institutions",
    "duplicate_of",
    "duplicate_measure",
    "duplicate_value",
    "revises",
    "differences",
    "story_id",
)


def iso(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with ``Z``; microseconds only where there are any."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def iso_seconds(moment: datetime | None) -> str | None:
    """ISO 8601 in UTC with ``Z``, parts of seconds cut off: what digests show."""
    return None if moment is None else iso(moment.replace(microsecond=0))


def _moment(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def article_row(article: Article) -> dict[str, Any]:
    """One article in a fixed order of columns; the outlet's fields stand beside the article's own."""
    return {
        "id": article.id,
        "url": article.url,
        "canonical_url": article.canonical_url,
        "outlet": article.outlet.name,
        "outlet_host": article.outlet.host,
        "country": article.outlet.country,
        "country_from": article.outlet.country_from,
        "reach": article.outlet.reach,
        "sample": article.outlet.sample,
        "language": article.language,
        "language_confidence": article.language_confidence,
        "published_at": iso(article.published_at),
        "published_from": article.published_from,
        "published_precision": article.published_precision,
        "published_zone": article.published_zone,
        "modified_at": iso(article.modified_at),
        "modified_from": article.modified_from,
        "title": article.title,
        "byline": article.byline,
        "image": article.image,
        "section": article.section,
        "marks": list(article.marks),
        "text": article.text,
        "origin": article.origin,
        "relevance": article.relevance,
        "reasons": [_plain(reason) for reason in article.reasons],
        "topics": list(article.topics),
        "places": [_plain(place) for place in article.places],
        "institutions": [_plain(one) for one in article.institutions],
        "duplicate_of": article.duplicate_of,
        "duplicate_measure": article.duplicate_measure,
        "duplicate_value": article.duplicate_value,
        "revises": article.revises,
        "differences": None if article.differences is None else differences_row(article.differences),
        "story_id": article.story_id,
    }


def _plain(record: Reason | Place | Institution) -> dict[str, Any]:
    """A record of plain values by the names of its fields."""
    return {name: getattr(record, name) for name in record.__slots__}


def differences_row(differences: Differences) -> dict[str, Any]:
    """What a text says differently, as plain values."""
    return {
        "headline": differences.headline,
        "changed": [list(pair) for pair in differences.changed],
        "cut": list(differences.cut),
        "added": list(differences.added),
        "left_out": differences.left_out,
    }


def differences_from_row(row: Mapping[str, Any]) -> Differences:
    """What :func:`differences_row` was given."""
    return Differences(
        headline=row["headline"],
        changed=tuple((before, after) for before, after in row["changed"]),
        cut=tuple(row["cut"]),
        added=tuple(row["added"]),
        left_out=row["left_out"],
    )


def extracted_row(article: Article) -> dict[str, Any]:
    """The columns that extraction fills: nothing that depends on a focus country or on other articles."""
    row = article_row(article)
    for column in JUDGED:
        del row[column]
    return row


def article_from_row(row: Mapping[str, Any]) -> Article:
    """The article that :func:`article_row` was given."""
    values = dict(row)
    outlet = Outlet(
        name=values.pop("outlet"),
        host=values.pop("outlet_host"),
        country=values.pop("country"),
        country_from=values.pop("country_from"),
        reach=values.pop("reach"),
        sample=values.pop("sample"),
    )
    values["published_at"] = _moment(values["published_at"])
    values["modified_at"] = _moment(values["modified_at"])
    values["reasons"] = tuple(Reason(**reason) for reason in values["reasons"])
    values["topics"] = tuple(values["topics"])
    values["places"] = tuple(Place(**place) for place in values.get("places", ()))
    values["institutions"] = tuple(Institution(**one) for one in values.get("institutions", ()))
    values["marks"] = tuple(values.get("marks", ()))  # a working folder of an earlier version has none
    said = values.get("differences")
    values["differences"] = None if said is None else differences_from_row(said)
    return Article(outlet=outlet, **values)
