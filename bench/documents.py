"""A digest of 300 stories in five formats: how long each takes, whether they agree, and whether a glyph is missing.

    python bench/documents.py [--data DIR]

The digest is made up: 300 stories of four articles each, their headlines in all the scripts that a digest may hold,
and 800 articles about other matters. Each format is drawn in a process of its own; the time is that of the whole
process, from its start to its end, the making up included (0.1 s). All five are then read back: the same stories, the
same order, the same counts. The PDF is PDF/UA-1, which is refused where a single glyph is missing, and every letter is
found again in its text. ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nhipcau.newswire.records import Article

#: Seconds that each format may take; the other two have no bar.
BARS = {"pdf": 2.0, "docx": 3.0, "xlsx": 2.0}
STORIES, ARTICLES, OTHERS, RUNS = 300, 4, 800, 5
START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
TOPICS = ("politics", "economy", "investment", "culture", "tourism", "sea", "health", "energy", "sport", "transport")
COUNTRIES = ("FR", "DE", "JP", "KR", "CN", "US", "GB", "RU", "IN", "TH", "LA", "KH", "MM", "EG", "IL", "GR", "BD")


REASON = {"kind": "country", "name": "Viet Nam", "matched": "Vietnam", "where": "lead", "count": 3}


def article(number: int, title: str, language: str, *, story: str | None) -> Article:
    """One made-up article, about the country where it has a story."""
    from nhipcau.newswire.records import Article, Outlet, Reason

    place = number % 60
    return Article(
        id=f"{number:016x}",
        url=f"https://paper-{place}.example/2026/11/21/article-{number}",
        canonical_url=f"https://paper-{place}.example/2026/11/21/article-{number}",
        outlet=Outlet(
            host=f"paper-{place}.example",
            name=f"Paper {place}",
            country=COUNTRIES[place % len(COUNTRIES)],
            country_from="registry",
        ),
        title=title,
        text="",
        language=language,
        language_confidence=0.99,
        published_at=START + timedelta(seconds=40 * number),
        published_from="meta",
        published_precision="minute",
        relevance=0.8 if story else 0.1,
        reasons=(Reason(**REASON),) if story else (),
        topics=(TOPICS[number // ARTICLES % len(TOPICS)],),
        story_id=story,
    )


class MadeUp:
    """A digest as whoever prints one is told it."""

    def __init__(self) -> None:
        from nhipcau.newswire.digest.method import method
        from nhipcau.newswire.digest.numbers import numbers
        from nhipcau.newswire.engine import engine
        from tests.support.scripts import SCRIPTS

        scripts = list(SCRIPTS.values())
        self._items, self.data = [], {}
        stories = []
        for rank in range(1, STORIES + 1):
            language, _, words = scripts[rank % len(scripts)]
            members = [
                article(rank * ARTICLES + n, f"{words} {rank}", language, story=f"s{rank}") for n in range(ARTICLES)
            ]
            self._items += members
            stories.append(self._story(rank, members, f"{words}. " * 3))
        self._others = [article(10_000 + n, f"Other {n}", "en", story=None) for n in range(OTHERS)]
        self.data = {
            "schema": "nhipcau.digest/1",
            "focus": "VN",
            "sample": True,
            "period": dict.fromkeys(("since", "until")) | dict.fromkeys(("first_seen", "last_seen"), START.isoformat()),
            "counts": {
                "documents": len(self._items) + OTHERS,
                "articles": len(self._items) + OTHERS,
                "relevant": len(self._items),
                "rejected": {},
                "duplicates": 0,
            },
            "edition": None,
            "sections": None,
            "stories": stories,
            "numbers": numbers(self._items, stories),
            "inputs": [],
            "method": method({}),
            "engine": engine(),
        }

    def _story(self, rank: int, members: list[Article], gist: str) -> dict[str, Any]:
        from nhipcau.newswire.digest.telling import UNEDITED

        parts = dict.fromkeys(("outlets", "countries", "reach", "centrality", "novelty"), 0.5)
        return {
            "id": f"s{rank}",
            "rank": rank,
            "title": members[0].title,
            "title_language": members[0].language,
            **UNEDITED,
            "gist": gist,
            "gist_article_id": members[0].id,
            "gist_by": "extract",
            "article_ids": [each.id for each in members],
            "earlier_articles": 0,
            "outlets": [each.outlet.name for each in members],
            "countries": list({each.outlet.country for each in members}),
            "languages": [members[0].language],
            "topics": list(members[0].topics),
            "first_seen": START.isoformat(),
            "last_seen": START.isoformat(),
            "score": round(1 / rank, 4),
            "score_parts": parts,
        }

    def items(self) -> list[Article]:
        """The relevant articles."""
        return self._items

    def others(self) -> Iterator[Article]:
        """The rest."""
        return iter(self._others)

    def article_rows(self) -> Iterator[dict[str, Any]]:
        """All as digest.json lists them."""
        from nhipcau.newswire.digest.json_file import digest_article
        from nhipcau.newswire.period import Period

        for each in (*self._items, *self._others):
            yield digest_article(
                each, text_chars=4_000, relevant=bool(each.story_id), seen_before=False, period=Period()
            )

    def rejections(self) -> tuple[()]:
        """None."""
        return ()

    def problems(self) -> tuple[()]:
        """None."""
        return ()


def draw(form: str, out: Path) -> None:
    """Draw the digest in this process, and say how many seconds it took to make it up."""
    from nhipcau.documents import digest as printed
    from nhipcau.newswire.digest.plain import plain_digest
    from nhipcau.newswire.digest.writing import WRITERS
    from nhipcau.newswire.words import translator

    began = time.perf_counter()
    told = MadeUp()
    print(time.perf_counter() - began)
    with out.open("wb") as file:
        if form in WRITERS:
            WRITERS[form](file, told, "vi")
        else:
            printed.write(form, plain_digest(told, "vi"), file, translator("vi"))


def timed(form: str, out: Path) -> tuple[float, float]:
    """Median seconds of a whole process by the clock, and of the processors it kept busy.

    Without the time in which it makes the digest up: that is this bench's own doing.
    """
    clock, worked = [], []
    for _ in range(RUNS):
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        command = [sys.executable, __file__, "--one", form, "--out", out]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
        made_up = float(done.stdout)
        clock.append(time.perf_counter() - began - made_up)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        worked.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime - made_up)
    return statistics.median(clock), statistics.median(worked)


def agree(folder: Path) -> bool:
    """Whether all five tell the same stories in the same order with the same counts."""
    from tests.support import printed as read

    data = json.loads((folder / "digest.json").read_text("utf-8"))
    told = {story["rank"]: (story["title"], len(story["article_ids"])) for story in data["stories"]}
    page = read.read_page(folder / "digest.html")
    rows = read.read_xlsx(folder / "digest.xlsx")
    return (
        dict(page) == told
        and len(page) == STORIES
        and read.read_docx(folder / "digest.docx") == page
        and read.read_pdf(folder / "digest.pdf") == page
        and rows["stories"] == [(rank, *told[rank]) for rank in sorted(told)]
        and [row["id"] for row in rows["articles"]] == [row["id"] for row in data["articles"]]
    )


def missing(folder: Path) -> list[str]:
    """Scripts of which a letter is not in the PDF's text; all of them where it is not PDF/UA-1."""
    import pypdf

    from tests.support.printed import pdf_pages
    from tests.support.scripts import SCRIPTS

    reader = pypdf.PdfReader(folder / "digest.pdf")
    if b"<pdfuaid:part>1</pdfuaid:part>" not in reader.trailer["/Root"]["/Metadata"].get_data():
        return sorted(SCRIPTS)
    text = set("".join(pdf_pages(folder / "digest.pdf")))
    # Letters that are read from right to left come back in the shapes that they take beside each other.
    return sorted(
        name
        for name, (_, direction, words) in SCRIPTS.items()
        if direction == "ltr" and set(words) - text - set(" \u200c")
    )


def main() -> int:
    """Measure, read back, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        draw(given.one, given.out)
        return 0
    with tempfile.TemporaryDirectory() as folder:
        files = {form: Path(folder) / f"digest.{form}" for form in ("json", "html", "docx", "pdf", "xlsx")}
        found = {form: timed(form, file) for form, file in files.items()}
        sizes = {form: file.stat().st_size for form, file in files.items()}
        same, lost = agree(Path(folder)), missing(Path(folder))
    articles = STORIES * ARTICLES + OTHERS
    print(f"A digest of {STORIES} stories and {articles} articles; a process but for making it up, median of {RUNS}")
    for form, (clock, worked) in found.items():
        bar = f" (bar: under {BARS[form]:.0f})" if form in BARS else ""
        size = f"{sizes[form] / 1_000_000:.1f} MB"
        print(f"  {form:5} {clock:6.2f} s, {worked:6.2f} s of processors{bar}; {size}")
    print(
        f"  the five {'agree' if same else 'do NOT agree'}; scripts with a missing glyph: {', '.join(lost) or 'none'}"
    )
    load = os.getloadavg()[0]
    good = same and not lost and all(found[form][0] < bar for form, bar in BARS.items())
    seconds = {form: round(clock, 3) for form, (clock, _) in found.items()}
    processors = {form: round(worked, 3) for form, (_, worked) in found.items()}
    result = {
        "seconds": seconds,
        "processor_seconds": processors,
        "agree": same,
        "missing": lost,
        "load": round(load, 2),
    }
    print(json.dumps({"bench": "documents", **result, "holds": good}))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
