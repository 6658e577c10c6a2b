"""Articles and pages for tests of the engine, written here; nothing of Django."""

import html
import itertools
from datetime import UTC, datetime, timedelta

from nhipcau.newswire.records import Article, Outlet, Reason

START = datetime(2026, 11, 20, 1, 0, tzinfo=UTC)
_numbers = itertools.count(1)

RICE = (
    "Vietnam's rice exporters expect a record year. The ministry of agriculture said shipments rose by a tenth. "
    "Traders in Can Tho point to orders from the Philippines and Indonesia, and to better prices for fragrant rice."
)
TRAIN = (
    "Vietnam approved the route of a fast railway between Hanoi and Ho Chi Minh City on Thursday. Deputies voted "
    "after two days of debate about cost and land. Work on the first section in Nghe An is to begin within two years."
)
FLOOD = (
    "Floods cut roads in central Vietnam after three days of rain. Hue and Da Nang moved thousands of people to "
    "safety. The weather office expects the rivers to fall from Sunday on, and schools to open again in Quang Nam."
)
CHESS = (
    "The chess festival in Reykjavik ended with a draw that nobody had foreseen. The youngest player shared first "
    "place with a grandmaster from Norway. Organisers plan to invite twice as many players to the harbour hall."
)


def make_article(text=RICE, title="Rice", *, host="paper.example", country="FR", hours=0, **fields):
    """One article, complete so that no worker process is needed: relevant, dated, its language known."""
    number = next(_numbers)
    given = {
        "id": f"{number:016x}",
        "url": f"https://{host}/{number}",
        "canonical_url": f"https://{host}/{number}",
        "outlet": Outlet(host=host, name=host.partition(".")[0].title(), country=country, country_from="registry"),
        "title": title,
        "text": text,
        "language": "en",
        "language_confidence": 0.97,
        "published_at": START + timedelta(hours=hours),
        "published_from": "meta",
        "published_precision": "minute",
        "relevance": 0.8,
        "reasons": (Reason(kind="country", name="Viet Nam", matched="Vietnam", where="lead", count=2),),
        "topics": ("trade",),
    }
    return Article(**given | fields)


def make_page(text, title="Title", *, published="2026-11-20T08:00:00+07:00", lang="en"):
    """An HTML page with one article in it."""
    paragraphs = "".join(f"<p>{html.escape(part)}</p>" for part in text.split("\n"))
    meta = f'<meta property="article:published_time" content="{published}">' if published else ""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>{html.escape(title)}</title>{meta}'
        f"</head><body><nav><a href='/'>Home</a></nav><article><h1>{html.escape(title)}</h1>{paragraphs}</article>"
        "<footer>All rights reserved</footer></body></html>"
    )


def write_pages(folder, pages):
    """Page files ``name -> (text, title)`` in a folder, each with the address it was collected from."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (text, title) in pages.items():
        (folder / f"{name}.html").write_text(make_page(text, title), encoding="utf-8")
    return folder
