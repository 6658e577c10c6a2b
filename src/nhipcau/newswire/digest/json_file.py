"""``digest.json``: keys sorted, one article a line, written as it is read so that no list stands in memory."""

from __future__ import annotations

import json
from typing import IO, TYPE_CHECKING, Any

from nhipcau.newswire.rows import article_row, iso_seconds

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhipcau.newswire.period import Period
    from nhipcau.newswire.records import Article, Rejection

#: Name and version of the form; docs/reference/digest-json.md describes it and says what may change under one number.
SCHEMA = "nhipcau.digest/1"


def digest_article(
    article: Article, *, text_chars: int, relevant: bool, seen_before: bool, period: Period
) -> dict[str, Any]:
    """One article as a digest lists it: without its text, which stays with its publisher."""
    row = article_row(article)
    del row["text"]
    row["text_chars"] = text_chars
    row["relevant"] = relevant
    row["in_period"] = period.holds(article)
    row["seen_before"] = seen_before
    row["published_at"] = iso_seconds(article.published_at)
    row["modified_at"] = iso_seconds(article.modified_at)
    return row


def rejection_row(rejection: Rejection) -> dict[str, Any]:
    """One document that became no article."""
    return {
        "url": rejection.url,
        "origin": rejection.origin,
        "reason": rejection.reason,
        "detail": rejection.detail,
    }


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def _pieces(values: Mapping[str, object], streamed: Mapping[str, Iterable[object]]) -> Iterator[str]:
    yield "{"
    for place, key in enumerate(sorted({*values, *streamed})):
        yield f"{',' if place else ''}\n{_line(key)}: "
        if key in streamed or (isinstance(values[key], list) and values[key]):
            rows: Iterable[Any] = streamed[key] if key in streamed else values[key]  # type: ignore[assignment]
            separator = "[\n"
            for row in rows:
                yield f"{separator}{_line(row)}"
                separator = ",\n"
            yield "[]" if separator == "[\n" else "\n]"
        else:
            yield _line(values[key])
    yield "\n}\n"


def write_json(file: IO[str], values: Mapping[str, object], streamed: Mapping[str, Iterable[object]]) -> None:
    """Write one object from plain values and lists that are read only once. Raises ``OSError``."""
    for piece in _pieces(values, streamed):
        file.write(piece)
