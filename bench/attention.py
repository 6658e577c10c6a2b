"""Numbers of the coverage at 200,000 articles: a week with both comparisons and all charts, on both databases.

    python bench/attention.py [--articles N] [--times N] [--database sqlite|postgres]... [--data DIR]

Fills a throw-away SQLite file and a throw-away PostgreSQL (tests/support/postgres.py, or DATABASE_URL) with invented
articles of 700 days and 300 outlets, texts of 2,000 characters included, and asks for the numbers of periods as the
screen does: totals, both comparisons, every table and chart. Exits 0 only where the p95 of what people ask all day, and
of the longest periods, is below its bar, and both databases count the same. Takes no data; ``--data`` is accepted like
everywhere.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
#: look.md: the server answers under 150 ms for what people do all day.
BAR_MS = 150.0
#: And what takes over a second would have to show its progress.
RARE_BAR_MS = 1_000.0
ARTICLES, TIMES, OUTLETS, BATCH, DAYS = 200_000, 15, 300, 5_000, 700
NOW = datetime(2026, 11, 26, 3, 42, tzinfo=UTC)
SEED = 20261126
#: Share of the articles that are about the country, and of these that repeat another.
RELEVANT, REPRINT = 0.7, 0.1
COUNTRIES = ("FR", "US", "CN", "TH", "GB", "JP", "DE", "KR", "SG", "AU", "")
LANGUAGES = ("fr", "en", "zh-Hans", "th", "en", "ja", "de", "ko", "en", "en", "und")
TEXT = "Nội dung mẫu của một bài báo không có thật. " * 45
#: What is asked -> what the address says, and whether it is asked all day.
QUESTIONS: dict[str, tuple[str, bool]] = {
    "today": ("period=today", True),
    "7 days": ("", True),
    "7 days, a country": ("country=FR", True),
    "7 days, a topic": ("topic=economy", True),
    "7 days, one outlet": ("outlet=o17.example", True),
    "7 days, reprints as items": ("reprints=with", True),
    "this month": ("period=month", False),
    "last month": ("period=last-month", False),
    "a quarter": ("since=2026-07-01&until=2026-09-30", False),
    "a year": ("since=2025-11-26&until=2026-11-25", False),
}


def fill(number: int) -> None:
    """Enter the articles, the oldest first; each is collected an hour after it is published."""
    from django.core.management import call_command
    from django.db import connection

    from nhipcau.access import system
    from nhipcau.newswire.gazetteer import TOPICS
    from nhipcau.press.models import Article, ArticleTopic, Outlet

    call_command("migrate", verbosity=0)
    chance, topics = random.Random(SEED), list(TOPICS)  # noqa: S311 - invented articles
    with system("bench"):
        outlets = Outlet.objects.bulk_create(
            Outlet(host=f"o{n}.example", name=f"O {n}", sort_key=f"o {n:04}", country=COUNTRIES[n % len(COUNTRIES)])
            for n in range(OUTLETS)
        )
        first: Any = None
        for start in range(0, number, BATCH):
            rows = Article.objects.bulk_create(
                _article(n, number, outlets, chance, first) for n in range(start, min(start + BATCH, number))
            )
            first = first or rows[0]
            ArticleTopic.objects.bulk_create(
                ArticleTopic(article=row, code=code, place=place)
                for row in rows
                for place, code in enumerate(chance.sample(topics, chance.choice((0, 1, 1, 2))))
            )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")


def _article(number: int, of: int, outlets: list[Any], chance: random.Random, first: Any) -> Any:
    from nhipcau.press.models import Article

    outlet = min(int(chance.paretovariate(0.6)) - 1, OUTLETS - 1)
    dated = NOW - timedelta(days=DAYS) * (1 - number / of)
    relevant = chance.random() < RELEVANT
    return Article(
        engine_id=f"{number:016x}",
        outlet=outlets[outlet],
        url=f"https://o{outlet}.example/{number}",
        url_hash=f"{number:032x}",
        canonical_url=f"https://o{outlet}.example/{number}",
        title=f"Tin mẫu {number}",
        language=LANGUAGES[outlet % len(LANGUAGES)],
        published_at=dated,
        collected_at=dated + timedelta(hours=1),
        dated_at=dated,
        relevance=0.8 if relevant else 0.1,
        relevant=relevant,
        duplicate_of=first if relevant and chance.random() < REPRINT else None,
        excerpt=TEXT[:250],
        text_hash=f"{number:064x}",
        text_chars=len(TEXT),
        text=TEXT,
    )


def ask(times: int) -> dict[str, Any]:
    """Every question so often, as the screen asks it: milliseconds, and what was counted."""
    from django.http import QueryDict

    from nhipcau.access import Access, SystemActor, opened
    from nhipcau.press.filters import NumbersFilter
    from nhipcau.press.models import Article
    from nhipcau.press.number_charts import Shown
    from nhipcau.press.number_links import CoverageLinks
    from nhipcau.press.numbers import count

    found: dict[str, Any] = {}
    with opened(Access(actor=SystemActor("bench"), memberships=frozenset({("press_analyst", 1)}))):
        for name, (query, _often) in QUESTIONS.items():
            took, worked = [], []
            for _ in range(times + 1):
                began, busy = time.perf_counter(), time.process_time()
                asked = NumbersFilter(QueryDict(query), queryset=Article.objects.all())
                period = asked.period(NOW)
                counted = count(asked.qs, period, as_of=NOW, outlets=asked.outlets, with_reprints=asked.with_reprints)
                shown = Shown(counted, CoverageLinks(period, asked.narrowing), "bench")
                charts, totals = shown.charts, shown.totals
                took.append((time.perf_counter() - began) * 1000)
                worked.append((time.process_time() - busy) * 1000)
            told = [[chart.key, [[v.number for v in row.values] for row in chart.rows]] for chart in charts]
            changes = [[total.number, [str(change) for change in total.changes]] for total in totals]
            compared = [[each.outlets, each.left_out] for each in counted.comparisons]
            found[name] = {
                "ms": took[1:],
                "processor_ms": worked[1:],
                "items": counted.numbers.items,
                "told": [told, changes, compared],
            }
    return found


def _in_process(number: int, times: int) -> None:
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.config.settings"
    django.setup()
    fill(number)
    # What the filling left behind is no part of a server.
    gc.collect()
    gc.freeze()
    print(json.dumps(ask(times)))


def measure(database: str, number: int, times: int) -> dict[str, Any]:
    """Fill and ask one database, in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-bench-") as home:
        environment = {**os.environ, "NHIPCAU_HOME": home}
        stops: list[Any] = []
        if database == "sqlite":
            environment.pop("DATABASE_URL", None)
        elif "DATABASE_URL" not in environment:
            from tests.support import postgres

            environment["DATABASE_URL"] = postgres.start(at_exit=lambda function, *args: stops.append((function, args)))
        command = [sys.executable, __file__, "--inside", "--articles", str(number), "--times", str(times)]
        try:
            done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        finally:
            for function, args in stops:
                function(*args)
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--times", type=int, default=TIMES)
    parser.add_argument("--database", action="append", choices=("sqlite", "postgres"))
    parser.add_argument("--data")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.inside:
        _in_process(given.articles, given.times)
        return 0
    answers = {name: measure(name, given.articles, given.times) for name in given.database or ("sqlite", "postgres")}
    return report(answers, given.articles)


def report(answers: dict[str, Any], number: int) -> int:
    """The table, the line of JSON, and whether the bar holds."""
    heads = "".join(f"{name + ' p50':>14}{'p95':>8}{'busy':>7}" for name in answers)
    print(f"{'period':<30}{heads}{'items':>9}  equal")
    worst, unequal = {True: 0.0, False: 0.0}, []
    for name, (_query, often) in QUESTIONS.items():
        line, seen = f"{name:<30}", []
        for answer in answers.values():
            found = answer[name]
            p95 = quantiles(found["ms"], n=20)[-1]
            worst[often] = max(worst[often], p95)
            # Of PostgreSQL's own work nothing is in the processor time: it runs elsewhere.
            line += f"{median(found['ms']):>14.1f}{p95:>8.1f}{median(found['processor_ms']):>7.1f}"
            seen.append(found["told"])
        same = all(one == seen[0] for one in seen)
        unequal += [] if same else [name]
        print(f"{line}{found['items']:>9}  {'yes' if same else 'NO'}")
    good = worst[True] < BAR_MS and worst[False] < RARE_BAR_MS and not unequal
    summary = {
        "bench": "attention",
        "articles": number,
        "worst_daily_p95_ms": round(worst[True], 1),
        "bar_ms": BAR_MS,
        "worst_rare_p95_ms": round(worst[False], 1),
        "rare_bar_ms": RARE_BAR_MS,
        "unequal": unequal,
        "databases": list(answers),
        "passed": good,
    }
    print(json.dumps(summary))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
