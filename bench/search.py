"""Search of the coverage at 200,000 articles: a page of results with its number in under 50 ms, on both databases.

    python bench/search.py [--articles N] [--times N] [--database sqlite|postgres]... [--data DIR]

Fills a throw-away SQLite file and a throw-away PostgreSQL (tests/support/postgres.py, or DATABASE_URL) with invented
articles: syllables, words and characters of four languages as often as they are in real text (Zipf), so that some stand
in nearly every document of their language and most in a few. Then asks what a press analyst asks, through the list of
the desk itself (filters, access, order, first page with its number), and compares: the hits of both databases with each
other and with what was written into the documents, and the time with what Django's ``icontains`` takes for the same
question. Exits 0 only where p95 is below the bar for every class of question and the hits are equal. Takes no data.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]
BAR_MS = 50.0
ARTICLES, TIMES = 200_000, 15
BATCH = 2_000
#: Different expressions of a language, and words of one in the mean.
EXPRESSIONS, MEAN_EXPRESSION = 40_000, 2.2
#: The index in both databases; it is filled as one is after a restore: at once, not article by article.
INDEX = "press_article_folded"
#: So many articles are folded as the desk does it, and compared with what is entered here.
CHECKED = 300
SEED = 20261122
NEWEST = datetime(2026, 11, 22, 6, tzinfo=UTC)
#: Share of the articles that are about Viet Nam.
RELEVANT = 0.7
#: Language -> share of the articles, words of one, different words there are. Words come in expressions: syllables and
#: letters make words and names, which come back together.
LANGUAGES = {"vi": (0.35, 260, 1_800), "en": (0.35, 240, 60_000), "zh": (0.15, 320, 3_500), "th": (0.15, 320, 70)}
#: Sets of words that stand in the articles with this share: what people look for.
PLANTED = {
    "vi": [("Việt Nam", 0.9), ("Đà Nẵng", 0.05), ("Nghị quyết 47/NQ-CP", 0.002), ("cà phê Buôn Ma Thuột", 0.0005)],
    "en": [("Vietnam", 0.9), ("South China Sea", 0.04), ("Resolution 47/NQ-CP", 0.001), ("Hội An", 0.01)],
    "zh": [("越南", 0.9), ("河内", 0.05), ("胡志明市", 0.01)],
    "th": [("เวียดนาม", 0.9), ("ฮานอย", 0.05), ("โฮจิมินห์", 0.005)],
}
#: Class of question -> what the address says. Sorted from what stands everywhere to what stands nowhere.
QUESTIONS = {
    "a syllable in most articles of a language": {"q": "{vi0}"},
    "a word in most articles of a language": {"q": "{en0}"},
    "the country, without marks": {"q": "viet nam"},
    "the country as a phrase": {"q": '"Việt Nam"'},
    "the country in Chinese, two characters": {"q": "越南"},
    "the country in Thai": {"q": "เวียดนาม"},
    "everything collected, not only what is relevant": {"q": "viet nam", "show": "all"},
    "most about Viet Nam first": {"q": "viet nam", "sort": "relevance"},
    "two common words": {"q": "{vi3} {vi8}"},
    "two common words as a phrase": {"q": '"{vi3} {vi8}"'},
    "a common word of another language": {"q": "{vi0}", "language": "en"},
    "a common word and a country": {"q": "viet nam", "country": "FR"},
    "a common word and a topic": {"q": "viet nam", "topic": "economy"},
    "a common word and one outlet": {"q": "viet nam", "outlet": "outlet-17.example"},
    "a common word in one week": {"q": "viet nam", "since": "2026-03-02", "until": "2026-03-08"},
    "a common word, its second page": {"q": "viet nam", "page": "2"},
    "a city, without marks": {"q": "da nang"},
    "a city as a phrase and a country": {"q": '"da nang"', "country": "FR"},
    "a sea as a phrase": {"q": '"south china sea"'},
    "a city in Chinese": {"q": "河内"},
    "a city in Thai": {"q": "โฮจิมินห์"},
    "a resolution": {"q": "47/NQ-CP"},
    "a rare phrase": {"q": '"buon ma thuot"'},
    "a rare word": {"q": "{en9000}"},
    "a Thai word that nobody wrote": {"q": "กกกขขขคคค"},
    "a word that nobody wrote": {"q": "khongcogica"},
}


class Corpus:
    """Invented articles, the same for every run and database."""

    def __init__(self, number: int) -> None:
        self.number = number
        chance = np.random.default_rng(SEED)
        self.vocabulary = {
            language: _vocabulary(language, size, chance) for language, (_, _, size) in LANGUAGES.items()
        }

        self.expressions = {language: _expressions(words, chance) for language, words in self.vocabulary.items()}

    def word(self, name: str) -> str:
        """``vi0`` is the most common syllable of Vietnamese here, ``en9000`` a rare word of English."""
        return self.vocabulary[name[:2]][int(name[2:])]

    def rows(self) -> Iterator[dict[str, Any]]:
        """One article after the other, by the time when it was collected."""
        chance = np.random.default_rng(SEED + 1)
        codes = list(LANGUAGES)
        of = chance.choice(len(codes), self.number, p=[LANGUAGES[code][0] for code in codes])
        outlet = np.minimum(chance.zipf(1.3, self.number), 300) - 1
        late = chance.exponential(6, self.number)
        relevant = chance.random(self.number) < RELEVANT
        topic = np.minimum(chance.zipf(1.6, self.number), 20) - 1
        step = timedelta(days=700) / self.number
        for number in range(self.number):
            language = codes[of[number]]
            dated = NEWEST - step * (self.number - number) - timedelta(hours=float(late[number]))
            words = self._words(language, bool(relevant[number]), chance)
            between = "" if language in ("zh", "th") else " "
            yield {
                "number": number,
                "language": language,
                "outlet": int(outlet[number]),
                "dated_at": dated,
                "relevant": bool(relevant[number]),
                "topic": int(topic[number]),
                "title": between.join(words[:9]),
                "text": between.join(words),
                "parts": (words[:9], words, between),
            }

    def _words(self, language: str, relevant: bool, chance: Any) -> list[str]:  # noqa: FBT001 - a row's own field
        known = self.expressions[language]
        length = LANGUAGES[language][1] * (0.5 + chance.random())
        ranks = _ranks(len(known), int(length / MEAN_EXPRESSION), chance)
        found = [known[rank] for rank in ranks]
        for planted, share in PLANTED[language]:
            if chance.random() < (share if relevant else share / 6):
                found.insert(int(chance.integers(len(found))), [planted])
        return [word for expression in found for word in expression]


def _ranks(size: int, number: int, chance: Any) -> Any:
    """Ranks by Zipf's law: the second is half as frequent as the first, the tenth a tenth."""
    return np.exp(chance.random(number) * np.log(size)).astype(int) - 1


def _expressions(words: list[str], chance: Any) -> list[list[str]]:
    """Expressions of one to four words, the most common first."""
    lengths = chance.choice((1, 2, 3, 4), EXPRESSIONS, p=(0.25, 0.4, 0.25, 0.1))
    ranks = iter(_ranks(len(words), int(lengths.sum()), chance))
    return [[words[next(ranks)] for _ in range(length)] for length in lengths]


def _vocabulary(language: str, size: int, chance: Any) -> list[str]:
    """Different words, the most common first: syllables, words, characters."""
    if language == "zh":
        return [chr(code) for code in chance.permutation(np.arange(0x4E00, 0x4E00 + size))]
    if language == "th":
        return [chr(code) for code in chance.permutation(np.arange(0x0E01, 0x0E01 + min(size, 46)))]
    if language == "vi":
        starts = [
            "b",
            "c",
            "ch",
            "d",
            "đ",
            "g",
            "gh",
            "h",
            "k",
            "kh",
            "l",
            "m",
            "n",
            "ng",
            "nh",
            "p",
            "ph",
            "qu",
            "r",
            "s",
            "t",
            "th",
            "tr",
            "v",
            "x",
        ]
        ends = [
            "a",
            "à",
            "á",
            "ả",
            "ã",
            "ạ",
            "ăn",
            "ân",
            "âu",
            "an",
            "ang",
            "anh",
            "ao",
            "ay",
            "e",
            "ê",
            "em",
            "ên",
            "i",
            "ia",
            "iên",
            "in",
            "o",
            "ô",
            "ơ",
            "on",
            "ông",
            "ơn",
            "oa",
            "u",
            "ư",
            "ua",
            "uân",
            "uy",
            "ươi",
            "ương",
            "y",
        ]
        made = [start + end for start in starts for end in ends]
    else:
        parts = [
            "an",
            "be",
            "con",
            "der",
            "el",
            "for",
            "ga",
            "hi",
            "in",
            "jo",
            "ka",
            "lo",
            "mi",
            "na",
            "or",
            "pa",
            "qua",
            "re",
            "si",
            "ta",
            "un",
            "ver",
            "wa",
            "xi",
            "yo",
            "zu",
        ]
        made = [a + b + c for a in parts for b in parts for c in ["", *parts]] + [
            a + b + c + d for a in parts[:6] for b in parts for c in parts for d in parts
        ]
    chance.shuffle(made)
    return list(dict.fromkeys(made))[:size]


def fill(corpus: Corpus) -> None:
    """Enter the corpus into the database of this process, in batches, with the index that the desk uses."""
    from django.core.management import call_command
    from django.db import connection

    from nhipcau.access import system
    from nhipcau.newswire.gazetteer import TOPICS
    from nhipcau.press.models import Outlet

    call_command("migrate", verbosity=0)
    _remember_words(corpus)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"SELECT indexdef FROM pg_indexes WHERE indexname = '{INDEX}'")
            definition = cursor.fetchone()[0]
            cursor.execute(f'DROP INDEX "{INDEX}"')
        else:
            cursor.execute(f'INSERT INTO "{INDEX}" ("{INDEX}", rank) VALUES (\'hashsize\', {64 * 2**20})')
    countries = ("FR", "US", "CN", "TH", "GB", "JP", "DE", "KR", "SG", "AU")
    topics = list(TOPICS)
    with system("bench"):
        outlets = Outlet.objects.bulk_create(
            Outlet(host=f"outlet-{n}.example", name=f"Outlet {n}", sort_key=f"outlet {n:04}", country=countries[n % 10])
            for n in range(300)
        )
        batch: list[dict[str, Any]] = []
        for row in corpus.rows():
            batch.append(row)
            if len(batch) == BATCH:
                _enter(batch, outlets, topics)
                batch = []
        _enter(batch, outlets, topics)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET maintenance_work_mem = '512MB'")
            cursor.execute(definition)
            cursor.execute("VACUUM ANALYZE")
        else:
            cursor.execute(f'INSERT INTO "{INDEX}" ("{INDEX}") VALUES (\'optimize\')')
            cursor.execute("ANALYZE")


def _remember_words(corpus: Corpus) -> None:
    """Fold every word once and not in every article again: the index then takes minutes less to fill.

    The first articles are folded as the desk does it and compared, so what is entered is what it would enter.
    """
    from nhipcau.search import index
    from nhipcau.search.words import document

    every = (*corpus.vocabulary.values(), *([word for word, _ in planted] for planted in PLANTED.values()))
    folded = {word: document([word]) for words in every for word in words}
    unchecked = iter(range(CHECKED))

    def quick(fields: tuple[list[str], list[str], str], form: str) -> list[str]:
        title, text, between = fields
        found = [*(one for word in title for one in folded[word]), index.GAP]
        found += [one for word in text for one in folded[word]]
        if next(unchecked, None) is not None:
            assert found == document((between.join(title), between.join(text)), form)
        return found

    index.document = quick


def _enter(batch: list[dict[str, Any]], outlets: list[Any], topics: list[str]) -> None:
    from django.db import transaction

    from nhipcau.press.models import Article, ArticleTopic
    from nhipcau.search import add_to_index

    with transaction.atomic():
        rows = Article.objects.bulk_create(
            Article(
                engine_id=f"{row['number']:016x}",
                outlet=outlets[row["outlet"]],
                url=f"https://outlet-{row['outlet']}.example/{row['number']}",
                url_hash=f"{row['number']:032x}",
                canonical_url=f"https://outlet-{row['outlet']}.example/{row['number']}",
                title=row["title"],
                language=row["language"],
                published_at=row["dated_at"],
                collected_at=row["dated_at"],
                dated_at=row["dated_at"],
                relevance=0.9 - (row["number"] % 97) / 200 if row["relevant"] else 0.1,
                relevant=row["relevant"],
                excerpt=row["text"][:250],
                text_hash=f"{row['number']:064x}",
                text_chars=len(row["text"]),
                text=row["text"],
            )
            for row in batch
        )
        ArticleTopic.objects.bulk_create(
            ArticleTopic(article=article, code=topics[row["topic"] % len(topics)], place=0)
            for article, row in zip(rows, batch, strict=True)
        )
        parts = ((row.pk, given["parts"]) for row, given in zip(rows, batch, strict=True))
        add_to_index(Article, parts, forms=("folded",))


def ask(corpus: Corpus, times: int) -> dict[str, Any]:
    """Every question so often through the desk's list, as a press analyst: times, first pages, numbers."""
    from django.test import RequestFactory

    from nhipcau.access import Access, SystemActor, opened
    from nhipcau.press.listings import COVERAGE
    from nhipcau.ui.listing import Shown

    found: dict[str, Any] = {}
    with opened(Access(actor=SystemActor("bench"), memberships=frozenset({("press_analyst", 1)}))):
        for name, asked in QUESTIONS.items():
            query = {key: _filled(value, corpus) for key, value in asked.items()}
            took = []
            for _ in range(times + 1):
                shown = Shown(COVERAGE, RequestFactory().get("/", query), {})
                began = time.perf_counter()
                page = [article.engine_id for article in shown.page.object_list]
                number, more, _left = shown.number, shown.more, shown.narrowed.left_out
                took.append((time.perf_counter() - began) * 1000)
            assert not shown.faults, (name, shown.faults)
            found[name] = {"ms": took[1:], "page": page, "number": number, "more": more}
    return found


def _filled(value: str, corpus: Corpus) -> str:
    import re

    return re.sub(r"\{(\w+)\}", lambda match: corpus.word(match.group(1)), value)


def peer(corpus: Corpus) -> float:
    """Milliseconds of ``icontains`` on title and text for a city's first page: what a list does without an index."""
    from django.db.models import Q

    from nhipcau.access import system
    from nhipcau.press.queries import coverage

    del corpus
    with system("bench"):
        rows = coverage().filter(Q(title__icontains="Đà Nẵng") | Q(text__icontains="Đà Nẵng"), relevant=True)
        began = time.perf_counter()
        rows.count(), list(rows[:50])
        return (time.perf_counter() - began) * 1000


def _in_process(number: int, times: int) -> None:
    """What a process of its own does with the database in its environment; the answer goes to stdout as JSON."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "nhipcau.config.settings"
    django.setup()
    corpus = Corpus(number)
    began = time.perf_counter()
    fill(corpus)
    filled = time.perf_counter() - began
    # What the filling left behind is no part of a server: its collector must not walk over it within a search.
    gc.collect()
    gc.freeze()
    print(json.dumps({"filled": filled, "found": ask(corpus, times), "peer": peer(corpus)}))


def measure(database: str, number: int, times: int) -> dict[str, Any]:
    """Fill and ask one database, in a process and a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="nhipcau-bench-") as home:
        environment = {**os.environ, "NHIPCAU_HOME": home}
        stop = None
        if database == "sqlite":
            environment.pop("DATABASE_URL", None)
        elif "DATABASE_URL" not in environment:
            from tests.support import postgres

            stops: list[Any] = []
            environment["DATABASE_URL"] = postgres.start(at_exit=lambda function, *args: stops.append((function, args)))
            stop = stops[0]
        command = [sys.executable, __file__, "--inside", "--articles", str(number), "--times", str(times)]
        try:
            done = subprocess.run(command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
        finally:
            if stop:
                stop[0](*stop[1])
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
    print(f"{'question':<50}" + "".join(f"{name + ' p50':>14}{'p95':>8}" for name in answers) + f"{'hits':>9}  equal")
    worst, unequal = 0.0, []
    for name in QUESTIONS:
        line, seen = f"{name:<50}", []
        for answer in answers.values():
            found = answer["found"][name]
            p95 = quantiles(found["ms"], n=20)[-1]
            worst = max(worst, p95)
            line += f"{median(found['ms']):>14.1f}{p95:>8.1f}"
            seen.append((found["page"], found["number"], found["more"]))
        same = all(one == seen[0] for one in seen)
        unequal += [] if same else [name]
        print(f"{line}{'>' if seen[0][2] else '':>2}{seen[0][1]:>7}  {'yes' if same else 'NO'}")
    peers = {name: round(answer["peer"], 1) for name, answer in answers.items()}
    city = {name: median(answer["found"]["a city, without marks"]["ms"]) for name, answer in answers.items()}
    print(f"icontains, which finds marked text only: {peers} ms")
    good = worst < BAR_MS and not unequal
    summary = {
        "bench": "search",
        "articles": number,
        "worst_p95_ms": round(worst, 1),
        "bar_ms": BAR_MS,
        "unequal": unequal,
        "icontains_by_ours": {name: round(peers[name] / city[name], 1) for name in answers},
        "filled_s": {name: round(answer["filled"]) for name, answer in answers.items()},
        "databases": list(answers),
        "passed": good,
    }
    print(json.dumps(summary))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
