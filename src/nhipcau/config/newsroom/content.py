from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

OUTLETS = Path(__file__).parent / "outlets"
MARK = "DỮ LIỆU MẪU"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One published item.

    Attributes:
        published: with the outlet's own offset.
        event: items with the same event are one story, whatever their language.
        relevant: whether it is about Viet Nam; what a test may hold the engine against.
        credit: outlet that a reprint was taken from.
        gone: listed by the feed, but its page answers 404.
    """

    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published: datetime
    byline: str = ""
    event: str = ""
    relevant: bool = True
    reprint_of: str = ""
    credit: str = ""
    gone: bool = False

    @property
    def path(self) -> str:
        """Path of the item's page."""
        return f"/{self.published:%Y/%m/%d}/{self.slug}.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleOutlet:
    """An invented outlet.

    Attributes:
        feed: ``rss``, ``rss-cut`` (broken off in its last entry), ``atom``, ``json`` or ``sitemap``.
        page: where its pages say their time: ``json-ld``, ``meta`` or ``time``.
        delay: seconds that every answer takes.
    """

    key: str
    name: str
    country: str
    language: str
    feed: str
    page: str
    items: tuple[Item, ...]
    delay: float = 0.0

    @property
    def feed_path(self) -> str:
        """Path of the outlet's feed."""
        return {"json": "/feed.json", "sitemap": "/news-sitemap.xml"}.get(self.feed, "/feed.xml")


def load_outlets(until: date, folder: Path = OUTLETS) -> list[SampleOutlet]:
    """All outlets, by key, their items dated so that the last of the three days is ``until``."""
    raw = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in sorted(folder.glob("*.toml"))}
    originals = {f"{key}/{item['slug']}": item for key, outlet in raw.items() for item in outlet["items"]}
    return [
        SampleOutlet(
            key=key,
            name=outlet["name"],
            country=outlet["country"],
            language=outlet["language"],
            feed=outlet["feed"],
            page=outlet["page"],
            delay=outlet.get("delay", 0.0),
            items=tuple(_item(entry, outlet["zone"], until, originals) for entry in outlet["items"]),
        )
        for key, outlet in raw.items()
    ]


def _item(entry: dict, zone: str, until: date, originals: dict[str, dict]) -> Item:
    source = originals[entry["reprint_of"]] if "reprint_of" in entry else entry
    day = until + timedelta(days=entry["day"])
    return Item(
        slug=entry["slug"],
        title=source["title"],
        paragraphs=tuple(part.strip() for part in source["text"].strip().split("\n\n")),
        published=datetime.fromisoformat(f"{day.isoformat()}T{entry['time']}:00{zone}"),
        byline=entry.get("byline", ""),
        event=source.get("event", ""),
        relevant=source.get("relevant", True),
        reprint_of=entry.get("reprint_of", ""),
        credit=entry.get("credit", ""),
        gone=entry.get("gone", False),
    )


def newest_first(outlet: SampleOutlet) -> list[Item]:
    """The outlet's items as a feed lists them."""
    return sorted(outlet.items, key=lambda item: item.published.astimezone(UTC), reverse=True)
