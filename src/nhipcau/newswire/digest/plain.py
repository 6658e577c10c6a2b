"""A digest in the words of its reader, as plain values: what is printed as Word, PDF and Excel.

Whoever draws it looks no name up and decides nothing: order, headings, numbers and sentences are all here.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from nhipcau.newswire import words
from nhipcau.newswire.digest.columns import article_columns, printed_rows
from nhipcau.newswire.digest.explaining import how_it_was_made
from nhipcau.newswire.digest.speech import HIGHLIGHTS, KINDS, Speech, direction, language_tag, web_address
from nhipcau.newswire.period import VIETNAM
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from nhipcau.newswire.digest.told import Told
    from nhipcau.newswire.records import Article


def plain_digest(told: Told, lang: str) -> dict[str, Any]:
    """Everything a printed digest says. ``articles`` and ``rejections`` may be gone through more than once.

    Raises:
        ValueError: a language without words.
    """
    data, say, translate = told.data, Speech(lang), words.translator(lang)
    items = {article.id: article for article in told.items()}
    sections = say.sections(data)
    stories = [_story(say, row, items) for section in sections for row in section.stories]
    printed = {story["id"]: story for story in stories}
    return {
        "lang": lang,
        "sample": data["sample"],
        "kind": translate(KINDS[(data.get("edition") or {}).get("kind", "daily")]),
        "title": say.title(data),
        "period": say.period(data),
        "day": _last_day(data),
        "made_by": f"Nhịp Cầu {data['engine']['version']}",
        "edition": _edition(data.get("edition"), translate),
        "totals": _totals(data["numbers"], lang),
        "highlights": [row["id"] for row in data["stories"][:HIGHLIGHTS]],
        "sections": [
            {
                "title": section.title,
                "paragraphs": section.paragraphs,
                "stories": [printed[row["id"]] for row in section.stories],
            }
            for section in sections
        ],
        "nothing": _nothing(say, data),
        "numbers": _numbers(say, data["numbers"], {article.outlet.host for article in items.values()}),
        "method": how_it_was_made(say, data, parts_shown=False),
        "counts": _counts(say, data),
        "inputs": [
            {"name": row["name"], "documents": row["documents"], "articles": row["articles"]} for row in data["inputs"]
        ],
        "problems": [f"{problem.source}: {say.sentence(problem.message)}" for problem in told.problems()],
        "columns": article_columns(translate),
        "articles": _Again(lambda: printed_rows(say, data, told.article_rows())),
        "rejections": _Again(lambda: _rejections(say, told)),
    }


class _Again:
    """Rows that are read anew each time somebody goes through them, so that no list of them stands in memory."""

    def __init__(self, rows: Any) -> None:
        self._rows = rows

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows())


def _foreign(text: str, language: str) -> dict[str, str]:
    """Words in a language of their own."""
    return {"text": text, "lang": language_tag(language), "dir": direction(language)}


def _last_day(data: Mapping[str, Any]) -> str | None:
    """The day a digest is of, ``2026-11-22``: the last of its period, in Viet Nam; no clock is read."""
    moment = data["period"]["until"] or data["period"]["last_seen"]
    return datetime.fromisoformat(moment).astimezone(VIETNAM).date().isoformat() if moment else None


def _edition(edition: Mapping[str, Any] | None, translate: words.Translate) -> dict[str, Any] | None:
    if edition is None:
        return None
    state = edition["state"]
    mark = translate("RECALLED") if state == "recalled" else "" if state == "issued" else translate("DRAFT")
    kept = ("organisation", "superior", "number_and_symbol", "place", "issued_on", "signer_name", "signer_post")
    return {
        "mark": mark,
        **{name: edition[name] for name in kept},
        "recipients": list(edition["recipients"]),
        "archive_line": edition["archive_line"],
        "notices": [dict(notice) for notice in edition["notices"]],
    }


def _totals(numbers: Mapping[str, Any], lang: str) -> list[dict[str, Any]]:
    plural = words.plural_translator(lang)
    counted = [
        ("item", "items", numbers["items"]["count"]),
        ("story", "stories", numbers["stories"]["count"]),
        ("outlet", "outlets", numbers["outlets"]["count"]),
        ("country", "countries", numbers["countries"]["count"]),
        ("language", "languages", numbers["languages"]["count"]),
    ]
    return [
        {"value": count, "words": f"{format_number(count, lang)} {plural(one, many, count)}"}
        for one, many, count in counted
    ]


def _nothing(say: Speech, data: Mapping[str, Any]) -> str:
    """What is said where no story is told; empty where one is."""
    if data["stories"]:
        return ""
    translate = words.translator(say.lang)
    return translate(
        "Nothing among what was read is about %(country)s. What was read, and what could not be, is listed under "
        "method and sources."
    ) % {"country": say.country(data["focus"])}


def _story(say: Speech, row: Mapping[str, Any], items: Mapping[str, Article]) -> dict[str, Any]:
    translate = words.translator(say.lang)
    speaker = items[row["gist_article_id"]]
    by = row["gist_by"]
    return {
        "id": row["id"],
        "number": row["rank"],
        "headline": row["headline"] or "",
        "title": _foreign(speaker.title or translate("Untitled"), speaker.language),
        "summary": row["summary"] or "",
        "gist": _foreign(row["gist"], speaker.language),
        "gist_by": "" if by == "extract" else translate("put in short by %(model)s") % {"model": by},
        "written_by": list(row["written_by"]),
        "note": row["note"] or "",
        "breadth": say.breadth(row),
        "when": _when(say, row),
        "continued": bool(row["earlier_articles"]),
        "articles": len(row["article_ids"]),
        "outlets": len(row["outlets"]),
        "countries": len(row["countries"]),
        "languages": len(row["languages"]),
        "topics": [say.topic(code) for code in row["topics"]],
        "score": row["score"],
        "sources": [_source(say, items[each]) for each in row["article_ids"]],
    }


def _when(say: Speech, row: Mapping[str, Any]) -> str:
    first, last = say.moment(row["first_seen"]), say.moment(row["last_seen"])
    return first if first == last else f"{first} – {last}"


def _source(say: Speech, article: Article) -> dict[str, Any]:
    translate = words.translator(say.lang)
    return {
        "outlet": say.outlet(article.outlet),
        "country": say.country(article.outlet.country),
        "title": _foreign(article.title or translate("Untitled"), article.language),
        "when": say.moment(article.published_at, article.published_precision) or translate("undated"),
        "url": web_address(article.url),
        "reprint": article.duplicate_of is not None and article.revises is None,
        "revised": article.revises is not None,
    }


def _numbers(say: Speech, numbers: Mapping[str, Any], hosts: set[str]) -> list[dict[str, Any]]:
    translate = words.translator(say.lang)
    tables = [
        ("country", translate("Countries and territories of the outlets"), "countries", say.country),
        ("language", translate("Languages"), "languages", say.language),
        ("topics", translate("Topics"), "topics", say.topic),
    ]
    made = []
    for key, title, name, naming in tables:
        rows = numbers[name]["values"]
        made.append(_table(key, title, numbers[name], [(row["value"], naming(row["value"]), row) for row in rows]))
    # An outlet known by its printed name alone has no host that a column could hold.
    named = [
        (row["value"] if row["value"] in hosts else "", _outlet_name(say, row), row)
        for row in numbers["outlets"]["values"]
    ]
    return [*made, _table("outlet_host", translate("Outlets"), numbers["outlets"], named)]


def _outlet_name(say: Speech, row: Mapping[str, Any]) -> str:
    return f"{row['name']} ({say.country(row['country'])})" if row["country"] else str(row["name"])


def _table(
    key: str, title: str, group: Mapping[str, Any], named: Iterable[tuple[str, str, Mapping[str, Any]]]
) -> dict[str, Any]:
    """One table of numbers; ``key`` is the column of the articles that its codes stand in."""
    return {
        "key": key,
        "title": title,
        "rows": [{"code": code, "name": name, "count": row["count"]} for code, name, row in named],
        "unknown": group["unknown"]["count"],
    }


def _counts(say: Speech, data: Mapping[str, Any]) -> list[dict[str, Any]]:
    """What was read and what became of it: documents = articles + rejected by reason; articles = relevant + others."""
    translate, counts = words.translator(say.lang), data["counts"]
    rejected = sum(counts["rejected"].values())
    return [
        {"name": translate("Documents read"), "count": counts["documents"], "of": ""},
        {"name": translate("Articles among them"), "count": counts["articles"], "of": "documents"},
        {"name": translate("Documents that became no article"), "count": rejected, "of": "documents"},
        *(
            {"name": f"– {say.reason(reason)}", "count": count, "of": "rejected"}
            for reason, count in counts["rejected"].items()
        ),
        {"name": translate("Articles about the country"), "count": counts["relevant"], "of": "articles"},
        {"name": translate("Reprints among the items"), "count": data["numbers"]["reprints"]["count"], "of": "items"},
        {
            "name": translate("Later versions of a page among the items"),
            "count": data["numbers"]["revisions"]["count"],
            "of": "items",
        },
    ]


def _rejections(say: Speech, told: Told) -> Iterator[dict[str, Any]]:
    for rejection in told.rejections():
        yield {
            "reason": say.reason(rejection.reason),
            "url": rejection.url,
            "origin": rejection.origin,
            "detail": str(say.sentence(rejection.detail)),
        }
