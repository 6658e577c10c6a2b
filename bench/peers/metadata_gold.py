"""Pages whose title, authors and day somebody has written down, and which of that may be judged.

A newspaper's gold file has an entry for each version of its parser, and not one for each page: a page is judged by the
entry whose paragraphs stand in it, at least half of them and more than of any other entry. A page without such an entry
is left out and counted. Days after the page was collected are mistakes of the gold (day and month exchanged) and are
left out likewise.
"""

from __future__ import annotations

import gzip
import html
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import lxml.html

from nhipcau.newswire.extract.encoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: What a paragraph of the gold is looked for by, and how short one says nothing.
_OPENING, _SHORT = 60, 20
_LEAST_FOUND = 0.5
_PARSER = lxml.html.HTMLParser(encoding="utf-8")
_SITES = frozenset(("og:site_name", "application-name", "apple-mobile-web-app-title", "publisher"))
_HEADLINE = re.compile(r'"headline"\s*:\s*"((?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*)"')


@dataclass(frozen=True)
class Gold:
    """A page, as text, and what is known of it.

    ``authors`` is ``None``, and ``days`` empty, where nothing is known; a moment is two days: in its own zone, in UTC.
    ``headlines`` are the page's printed headlines, those of its structured data and that of its ``og:title``.
    """

    name: str
    kind: str
    url: str
    page: str
    title: str | None
    authors: tuple[str, ...] | None
    days: frozenset[date]
    publication: str

    @property
    def sites(self) -> list[str]:
        """What the page calls its site and its publisher."""
        tree = lxml.html.document_fromstring(self.page.encode("utf-8", "replace"), parser=_PARSER)
        metas = [one for one in tree.iter("meta") if (one.get("property") or one.get("name") or "").lower() in _SITES]
        return [one.get("content") or "" for one in metas] + [
            name for data in _data(tree) for name in _publishers(data)
        ]

    @property
    def headlines(self) -> tuple[list[str], list[str], list[str]]:
        """What the page itself gives as headlines, place by place, as it stands."""
        tree = lxml.html.document_fromstring(self.page.encode("utf-8", "replace"), parser=_PARSER)
        printed = [" ".join(one.itertext()) for one in tree.iter("h1")]
        texts = [one.text or "" for one in tree.iter("script") if "ld+json" in (one.get("type") or "")]
        declared = [json.loads(f'"{one}"', strict=False) for text in texts for one in _HEADLINE.findall(text)]
        shared = [one.get("content") or "" for one in tree.iter("meta") if one.get("property") == "og:title"]
        return printed, declared, shared


def _data(tree: lxml.html.HtmlElement) -> Iterator[Any]:
    """The structured data that can be read."""
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                yield json.loads(script.text or "", strict=False)
            except ValueError:
                continue


def _publishers(data: Any) -> Iterator[str]:
    """The names of publishers anywhere in it."""
    if isinstance(data, list):
        for one in data:
            yield from _publishers(one)
    elif isinstance(data, dict):
        for key, one in data.items():
            if key == "publisher" and isinstance(one, dict) and isinstance(one.get("name"), str):
                yield one["name"]
            yield from _publishers(one)


def newspapers(folder: Path) -> Iterator[Gold | str]:
    """The newspaper pages with their gold; the name alone of one that no entry belongs to."""
    for country in sorted(path for path in folder.iterdir() if path.is_dir()):
        info = json.loads((country / "meta.info").read_text(encoding="utf-8"))
        for file in sorted(country.glob("*.html.gz")):
            publisher = file.name.rsplit("_", 3)[0]
            entries = country / f"{publisher}.json"
            name = f"{country.name}/{file.name.removesuffix('.html.gz')}"
            page = decode(gzip.decompress(file.read_bytes())) or ""
            found = _entry(entries, page) if entries.exists() and file.name in info else None
            if found is None:
                yield name
                continue
            about, collected = info[file.name], date.fromisoformat(info[file.name]["crawl_date"][:10])
            yield Gold(
                name=name,
                kind="news-pages",
                url=about["url"],
                page=page,
                title=found.get("title"),
                authors=None if found.get("authors") is None else tuple(found["authors"]),
                days=_days(found.get("publishing_date"), collected),
                publication=publisher,
            )


def web_pages(folder: Path) -> Iterator[Gold]:
    """The pages of trafilatura's own evaluation: mostly blogs and companies, labelled by hand."""
    for url, about in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).items():
        if not (about.get("title") or about.get("date")):
            continue
        page = decode(gzip.decompress((folder / "html" / f"{about['file']}.gz").read_bytes())) or ""
        authors = about.get("author")
        yield Gold(
            name=f"web-pages/{about['file']}",
            kind="web-pages",
            url=url,
            page=page,
            title=about.get("title") or None,
            authors=(tuple(authors) if isinstance(authors, list) else (authors,)) if authors else None,
            days=_days(about.get("date") or None, None),
            publication=about.get("sitename") or "",
        )


def _entry(entries: Path, page: str) -> dict[str, Any] | None:
    """The gold whose body stands in the page, tags taken out; a text without paragraphs belongs to none."""
    unescaped = html.unescape(page)
    shown = _one_line(re.sub(r"<[^>]+>", "", unescaped)) + _one_line(unescaped)
    best, share = None, 0.0
    for entry in json.loads(entries.read_text(encoding="utf-8")).values():
        body = entry["body"]
        lines = [*body.get("summary", ()), *(line for one in body["sections"] for line in one["paragraphs"])]
        openings = [_one_line(line)[:_OPENING] for line in lines if len(_one_line(line)) > _SHORT]
        found = sum(opening in shown for opening in openings) / len(openings) if openings else 0.0
        if found > share:
            best, share = entry, found
    return best if share >= _LEAST_FOUND else None


def _one_line(text: str) -> str:
    return " ".join(html.unescape(text).replace("\u200b", "").split())


def _days(written: str | None, collected: date | None) -> frozenset[date]:
    try:
        moment = datetime.fromisoformat(written or "")
    except ValueError:  # nothing, or mistyped
        return frozenset()
    days = {moment.date(), moment.astimezone(UTC).date() if moment.tzinfo else moment.date()}
    # Collected by another zone's clock than it was printed by: two days.
    late = collected is not None and min(days) > collected + timedelta(days=2)
    return frozenset() if late else frozenset(days)
