"""Title, published day and byline of real pages, beside trafilatura with htmldate, newspaper4k and news-please.

    python bench/metadata.py [--data DIR] [--misses]

Every page is decoded by ours and given to all as the same text, with its address. Ours is asked as the product is: for
the whole article of a page; where it makes none, nothing is right. The peers run in environments of their own below
``var/bench`` (or ``NHIPCAU_BENCH_CACHE``), are told to fetch no images, and like ours have their sockets taken away.

**Which gold.** ``news-pages`` is judged. A gold file has an entry for each version of a parser; a page is judged by the
entry whose paragraphs stand in it (``bench/peers/metadata_gold.py``), never by its title, day or authors.
``web-pages`` (blogs, companies, associations, labelled by hand for trafilatura) is told beside it and not judged: half
of these pages are no articles, and of many the date is that of a copyright. ``article-extraction`` has no such gold.

**Title.** Letters and digits are compared: no compatibility forms, case, marks, blanks, invisible characters. An outlet
gives one article several headlines (printed, for search engines, for networks), and which of them the gold has is the
habit of whoever wrote the parser. So a title is right where it is the gold's, or where the page gives exactly it in two
of three places: a first-level heading, a ``headline`` of its structured data, its ``og:title``. A title with the name
of site or section left on, a teaser's, a line of a live blog or a first half is not. Under ``gold's own`` stands the
share that is the gold's alone; there, no choice of one place gets over 0.80.

**Day.** Of pages that print one: those with a day in the gold, which read it off the page. A moment with a zone is two
days, that on its own clock and that in UTC, in the gold and in what is found; one in common is right. A day in the gold
after the page was collected is the gold's mistake (day and month exchanged) and is not judged.

**Byline.** F1 of the sets of names of a page, in the mean of the pages whose gold has authors, so that a live blog with
nine names does not weigh like nine articles. Lists and lines are split alike, at commas, semicolons, bars, slashes and
the words for *and*; a word for *by* before a name is dropped; names are compared like titles. The publication's own
name (its host, its ``og:site_name``, its publisher) is no author, neither in the gold nor in what is found; where the
gold names nobody else, to find nobody is right.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import mean
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(ROOT / "src"), str(PEERS)]

from environments import environment  # noqa: E402 - a folder of scripts
from metadata_gold import Gold, newspapers, web_pages  # noqa: E402
from metadata_measures import day_is_right, f1, names, publication, title_is_right, title_is_the_golds  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
# The segmenters without which newspaper4k refuses pages in Japanese, Korean, Chinese, Thai, Arabic and Hindi.
_SEGMENTERS = ["tinysegmenter==0.4", "jieba==0.42.1", "pythainlp", "indic-nlp-library", "nltk"]
PACKAGES = {
    "trafilatura": ["trafilatura==2.3.1", "htmldate==1.11.0", "lxml_html_clean==0.4.6"],
    "newspaper": ["newspaper4k==0.9.6", *_SEGMENTERS],
    "newsplease": ["news-please==1.6.16", *_SEGMENTERS],
}
#: What must be reached on ``news-pages``; each also at least as good as the best of the others.
BARS = {"title": 0.97, "day": 0.95, "byline": 0.85}


def golds(data: Path) -> tuple[list[Gold], list[str], list[str]]:
    """The pages; the names of those that no gold belongs to; the parts that the folder lacks."""
    pages: list[Gold] = []
    without, absent = [], []
    if (data / "news-pages").is_dir():
        for one in newspapers(data / "news-pages"):
            (without if isinstance(one, str) else pages).append(one)  # type: ignore[arg-type]
    else:
        absent.append("news-pages")
    if (data / "web-pages" / "evaldata.json").exists():
        pages.extend(web_pages(data / "web-pages"))
    else:
        absent.append("web-pages")
    return pages, without, absent


def asked(name: str, python: Path, pages: list[tuple[Path, str]]) -> list[dict[str, Any]]:
    """What one of them reads off each page, in order."""
    said = "".join(json.dumps({"path": str(path), "url": url}) + "\n" for path, url in pages)
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")]), "PYTHONWARNINGS": "ignore"}
    command = [str(python), str(PEERS / f"metadata_{name}.py")]
    done = subprocess.run(command, input=said, env=env, stdout=subprocess.PIPE, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def judged(pages: list[Gold], found: list[dict[str, Any]], kind: str, *, day: str = "published") -> dict[str, float]:
    """Shares of titles and days that are right, the mean F1 of bylines, and pages that failed."""
    both = [(gold, one) for gold, one in zip(pages, found, strict=True) if gold.kind == kind]
    bylines = []
    for gold, one in both:
        if gold.authors is not None:
            own = publication(gold)
            bylines.append(f1(names(gold.authors, own), names(one.get("authors"), own)))
    return {
        "title": mean(title_is_right(gold, one.get("title")) for gold, one in both if gold.title),
        "gold's own": mean(title_is_the_golds(gold, one.get("title")) for gold, one in both if gold.title),
        "day": mean(day_is_right(gold, one.get(day)) for gold, one in both if gold.days),
        "byline": mean(bylines),
        "failed": sum("failed" in one or not one for _gold, one in both),
    }


def misses(pages: list[Gold], found: list[dict[str, Any]]) -> None:
    """Print where ours is not right, for whoever works on it."""
    for gold, one in zip(pages, found, strict=True):
        own = publication(gold)
        if gold.title and not title_is_right(gold, one.get("title")):
            print(f"{gold.name} title\n    {gold.title}\n    {one.get('title')}")
        if gold.days and not day_is_right(gold, one.get("published")):
            print(f"{gold.name} day\n    {sorted(map(str, gold.days))}\n    {one.get('published')}")
        if gold.authors is not None and names(gold.authors, own) != names(one.get("authors"), own):
            print(f"{gold.name} byline\n    {gold.authors}\n    {one.get('authors')}")


def main() -> int:
    """Ask, judge, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument(
        "--misses", action="store_true", help="ask ours alone and name every page where it is not right"
    )
    chosen = parser.parse_args()
    pages, without, absent = golds(chosen.data)
    found: dict[str, list[dict[str, Any]]] = {}
    with tempfile.TemporaryDirectory() as folder:
        files = [(Path(folder) / f"{number}.html", gold.url) for number, gold in enumerate(pages)]
        for (path, _url), gold in zip(files, pages, strict=True):
            path.write_text(gold.page, encoding="utf-8", errors="replace")
        for name in ["ours"] if chosen.misses else ["ours", *PACKAGES]:
            python = environment(f"metadata_{name}", PACKAGES[name]) if name in PACKAGES else Path(sys.executable)
            if python is None:
                absent.append(name)
            else:
                found[name] = asked(name, python, files)
    if chosen.misses:
        misses(pages, found["ours"])
        return 1
    return report(pages, without, found, absent, default=chosen.data == DATA)


def report(
    pages: list[Gold], without: list[str], found: dict[str, list[dict[str, Any]]], absent: list[str], *, default: bool
) -> int:
    """The table and the last line."""
    result: dict[str, Any] = {"bench": "metadata"}
    holds = not (absent and default)
    for kind in sorted({gold.kind for gold in pages}):
        of_kind = [gold for gold in pages if gold.kind == kind]
        numbers = {name: judged(pages, one, kind) for name, one in found.items()}
        if "trafilatura" in found:
            alone = judged(pages, found["trafilatura"], kind, day="htmldate")
            numbers["trafilatura"]["day"] = max(numbers["trafilatura"]["day"], alone["day"])
        dated, named = sum(bool(gold.days) for gold in of_kind), sum(gold.authors is not None for gold in of_kind)
        print(f"{kind}: {len(of_kind)} pages, {dated} with a day, {named} with authors")
        for name, one in numbers.items():
            shown = "  ".join(f"{what} {one[what]:.3f}" for what in (*BARS, "gold's own"))
            print(f"  {name:12} {shown}  failed {one['failed']:.0f}")
        result[kind] = {name: {what: round(value, 4) for what, value in one.items()} for name, one in numbers.items()}
        if kind == "news-pages":
            best = {
                what: max([one[what] for name, one in numbers.items() if name != "ours"], default=0) for what in BARS
            }
            missed = [what for what, bar in BARS.items() if numbers["ours"][what] < max(bar, best[what])]
            print(f"  bars {BARS}, each at least the best of the others; missed: {', '.join(missed) or 'none'}")
            holds = holds and not missed
    if without:
        print(f"no gold belongs to: {', '.join(without)}")
    print(json.dumps({**result, "without_gold": len(without), "absent": absent, "holds": holds}))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
