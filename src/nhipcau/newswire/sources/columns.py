"""One row of a table as an article: our own ``extract`` columns, and the names other collections use for the same."""

from __future__ import annotations

import dataclasses
import math
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from nhipcau.newswire.calendars import LAST, Calendar, calendar_of
from nhipcau.newswire.extract import article_id
from nhipcau.newswire.extract.tidy import tidy_line, tidy_text
from nhipcau.newswire.outlets import outlet_of
from nhipcau.newswire.records import COUNTRY_FROM, MARKS, Article, Outlet, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import entry_address, file_address
from nhipcau.newswire.sources.dates import FIRST_YEAR, parse_date

#: The main text of an article has at least so many characters.
SHORTEST_TEXT = 100
#: Names of columns by what they mean; the first that a row has counts.
NAMES: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article_text", "full_text", "maintext", "plain_text", "articleBody"),
    "url": ("url", "link", "source_url", "uri"),
    "canonical_url": ("canonical_url",),
    "id": ("id", "article_id", "uuid", "guid", "docid", "doc_id"),
    "title": ("title", "headline"),
    "language": ("language", "lang"),
    "published_at": (
        "published_at", "published", "publish_date", "published_date", "publishing_date", "date_publish",
        "date_published", "datePublished", "pub_date", "pubDate", "date", "timestamp",
    ),
    "modified_at": ("modified_at", "date_modified", "dateModified"),
    "byline": ("byline", "author", "authors"),
    "image": ("image", "image_url", "top_image"),
    "outlet": ("outlet", "publisher", "site_name", "source_name", "source", "newspaper"),
    "outlet_host": ("outlet_host", "source_domain", "domain", "host"),
}  # fmt: skip
#: Columns that are taken only under this one name.
OWN = (
    "language_confidence", "published_from", "published_precision", "published_zone", "modified_from", "section",
    "marks", "country", "country_from", "reach", "sample",
)  # fmt: skip
WANTED = frozenset(name for names in NAMES.values() for name in names) | frozenset(OWN)
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}", re.ASCII)
_PUBLISHED_FROM = {"json-ld", "meta", "time", "feed", "url", "text", "table"}
_COUNTRY = re.compile(r"[A-Za-z]{2}", re.ASCII)


class RowError(Exception):
    """The row is no article and no text that could have been one; ``sentence`` says why."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def is_article_row(row: object) -> bool:
    """Whether a row has what an article needs: a text."""
    return isinstance(row, Mapping) and _has(row, "text")


def row_article(row: object, *, table: str, origin: str) -> Article | Rejection:
    """The article in a row, or why its text is none; raises :class:`RowError` for a row that holds neither.

    The id is always made here, from address and text: another collection's ids may repeat, or be shared with ours.
    ``table`` is the table's name, which with the row's id stands for a missing address; ``origin``, the table's name
    and the row's number, stands for it where there is no id either.
    """
    if not isinstance(row, Mapping):
        raise RowError(Sentence("The row is no object with named columns."))
    if not _has(row, "text"):
        raise RowError(Sentence("The row has no column with a text."))
    text = _first(row, "text")
    if text is not None and not isinstance(text, str):
        raise RowError(Sentence("The text of the row is no text."))
    url = _address(row, table, origin)
    text = tidy_text(_writable(text or ""))
    if len(text) < SHORTEST_TEXT:
        why = Sentence("Its main text has fewer than 100 characters.")
        return Rejection(url=url, origin=origin, reason="too_short", detail=why)
    canonical = _web_address(_first(row, "canonical_url")) or url
    language = _language(_first(row, "language"))
    published_at, is_day = _moment(_first(row, "published_at"), calendar_of(language))
    return Article(
        id=article_id(canonical, text),
        url=url,
        canonical_url=canonical,
        outlet=_outlet(row, canonical),
        title=_line(_first(row, "title")) or "",
        text=text,
        language=language,
        language_confidence=_share(row.get("language_confidence"), 1.0) if language != "und" else 0.0,
        published_at=published_at,
        published_from=_published_from(row) if published_at else None,
        published_precision=_precision(row, is_day=is_day) if published_at else None,
        published_zone="country" if published_at and row.get("published_zone") == "country" else None,
        modified_from=_said(row.get("modified_from")),
        section=_line(row.get("section")),
        marks=_marks(row.get("marks")),
        modified_at=_moment(_first(row, "modified_at"), calendar_of(language))[0],
        byline=_line(_first(row, "byline")),
        image=_web_address(_first(row, "image")),
        origin=origin,
    )


def _marks(value: Any) -> tuple[str, ...]:
    said = value if isinstance(value, list) else []
    return tuple(mark for mark in MARKS if mark in said)


def _said(value: Any) -> str | None:
    """What said a time, where it is one of the things that can."""
    return value if isinstance(value, str) and value in _PUBLISHED_FROM else None


def _has(row: Mapping[str, Any], meaning: str) -> bool:
    return any(name in row for name in NAMES[meaning])


def _first(row: Mapping[str, Any], meaning: str) -> Any:
    """The first value for a meaning that is there and not empty."""
    return next((row[name] for name in NAMES[meaning] if row.get(name) not in (None, "", [])), None)


def _address(row: Mapping[str, Any], table: str, origin: str) -> str:
    given = _first(row, "url")
    if isinstance(given, str) and given.startswith("file:"):
        return tidy_line(_writable(given), longest=4_000)
    address = _web_address(given)
    if address:
        return address
    identifier = _first(row, "id")
    if isinstance(identifier, (str, int)):
        return f"{file_address(table)}#{file_address(_writable(str(identifier))[:200]).removeprefix('file:')}"
    if given is not None:
        raise RowError(Sentence("The row's address cannot be opened: {url}", url=given))
    return file_address(origin)


def _web_address(value: object) -> str | None:
    return entry_address(_writable(value), "") if isinstance(value, str) else None


def _outlet(row: Mapping[str, Any], url: str) -> Outlet:
    """The outlet as the row names it; ``outlet`` may be a name, or an object with ``name`` and ``host``."""
    given = _first(row, "outlet")
    inner: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    host = inner.get("host") or _first(row, "outlet_host")
    name = _line(inner.get("name") if inner else given)
    address = f"http://{host}/" if isinstance(host, str) and url.startswith("file:") else url
    outlet = outlet_of(address, name=name)
    country = inner.get("country") or row.get("country")
    if isinstance(country, str) and _COUNTRY.fullmatch(country):
        said = (inner.get("country_from"), row.get("country_from"))
        said_by = next((one for one in said if one in COUNTRY_FROM), "registry")
        outlet = dataclasses.replace(outlet, country=country.upper(), country_from=said_by)
    reach = inner.get("reach") if inner else row.get("reach")
    return dataclasses.replace(outlet, reach=_share(reach, None), sample=row.get("sample") is True)


def _line(value: object) -> str | None:
    """One line of text; a list of names becomes one line."""
    if isinstance(value, (list, tuple)):
        value = ", ".join(str(part) for part in value if isinstance(part, str))
    return tidy_line(_writable(value)) or None if isinstance(value, str) else None


def _language(value: object) -> str:
    """A BCP 47 tag in its usual case; ``und`` where the value is none (``English``)."""
    if not isinstance(value, str) or not _TAG.fullmatch(value):
        return "und"
    first, *rest = value.replace("_", "-").split("-")
    return "-".join([first.lower(), *(part.title() if len(part) == 4 else part.upper() for part in rest)])  # noqa: PLR2004


def _moment(value: object, calendar: Calendar | None) -> tuple[datetime | None, bool]:
    """A time in UTC, and whether it is only a day. Numbers are seconds since 1970, or milliseconds where so large."""
    if isinstance(value, str):
        moment = parse_date(value, calendar)
        return moment, moment is not None and ":" not in value and "T" not in value
    try:
        if isinstance(value, datetime):
            moment = (value if value.tzinfo else value.replace(tzinfo=UTC)).astimezone(UTC)
        elif isinstance(value, date):
            moment = datetime(value.year, value.month, value.day, tzinfo=UTC)
        elif isinstance(value, (int, float)) and not isinstance(value, bool) and value > 0:
            moment = datetime.fromtimestamp(value / 1000 if value > 10**11 else value, UTC)
        else:
            return None, False
    except (OverflowError, ValueError, OSError):
        return None, False
    if not FIRST_YEAR <= moment.year <= LAST:
        return None, False
    return moment.replace(microsecond=0), isinstance(value, date) and not isinstance(value, datetime)


def _published_from(row: Mapping[str, Any]) -> str:
    said = row.get("published_from")
    return said if isinstance(said, str) and said in _PUBLISHED_FROM else "table"


def _precision(row: Mapping[str, Any], *, is_day: bool) -> str:
    said = row.get("published_precision")
    return said if said in ("day", "minute") else "day" if is_day else "minute"


def _share(value: object, otherwise: float | None) -> Any:
    """A number in [0, 1]."""
    if isinstance(value, (int, float)) and math.isfinite(value) and 0 <= value <= 1:
        return float(value)
    return otherwise


def _writable(text: str) -> str:
    """Without halves of surrogate pairs, which JSON can hold and no file can."""
    return text.encode("utf-8", "replace").decode()
