"""Which article repeats which: how many are found, how many wrongly, how quickly, beside datasketch and rensa.

    python bench/duplicates.py [--data DIR] [--held 1000000]

What is asked is said in ``bench/peers/duplicates_cases.py``. Each set goes through one index in its order, and
everything that is found between articles that do not repeat each other counts as wrong. Speed: real articles on one
core, from text to verdict, against an index that holds a million others, made by a seed; the peers' against 20,000,
for a million would take them minutes to fill.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(ROOT / "src"), str(PEERS), str(ROOT / "bench" / "train")]

import duplicates_cases as cases_of  # noqa: E402 - lies beside
import sets  # noqa: E402 - the same
from environments import environment  # noqa: E402 - the same
from language_texts import news  # noqa: E402 - the same

from nhipcau.newswire.duplicates import DuplicateIndex  # noqa: E402 - the same
from nhipcau.newswire.duplicates.index import Entry  # noqa: E402 - the same
from nhipcau.newswire.duplicates.likeness import MOST_SHINGLES  # noqa: E402 - the same
from nhipcau.newswire.extract import encoding  # noqa: E402 - the same
from nhipcau.newswire.records import Article, Outlet  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from duplicates_cases import Case

DATA = ROOT.parent / "shared" / "data"
PARTS = ("article-extraction", "news-pages", "stories/ecbplus.jsonl", "stories/parallel-news.jsonl")
EXTRACTORS = {
    "body_ours": [],
    "body_trafilatura": ["trafilatura==2.3.1", "lxml_html_clean"],
    "body_resiliparse": ["resiliparse==2.0.1"],
}
FINDERS = {"duplicates_datasketch": ["datasketch==2.0.0"], "duplicates_rensa": ["rensa==0.5.0"]}
RECALL_BAR, PRECISION_BAR, SPEED_BAR = 0.97, 0.995, 5_000
OPENING = 200
HELD, HELD_BY_PEERS, TIMED = 1_000_000, 20_000, 6_000


def asked(script: Path, python: Path, lines: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """What a script answers to each line."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")]), "OMP_NUM_THREADS": "1"}
    command = [str(python), "-W", "ignore", str(script)]
    with subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        for line in lines:
            process.stdin.write(json.dumps(line) + "\n")
            process.stdin.flush()
            yield json.loads(process.stdout.readline())
        process.stdin.close()


def pages_read(data: Path, absent: list[str]) -> dict[str, dict[str, str]]:
    """By extractor, the text of each page of the two sets of pages."""
    read: dict[str, dict[str, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        pages: list[dict[str, str]] = []
        known = set()
        for kind, part in (("articles", "article-extraction"), ("newspapers", "news-pages")):
            for page in getattr(sets, kind)(data) if (data / part).is_dir() else ():
                # One article that an outlet printed at two pages is no two articles.
                opening = (page.expected or "")[:OPENING]
                if opening in known:
                    continue
                known.add(opening)
                path = Path(folder) / f"{len(pages)}.html"
                path.write_text(encoding.decode(page.raw) or "", encoding="utf-8", errors="replace")
                pages.append({"path": str(path), "url": page.url})
        for script, packages in EXTRACTORS.items() if pages else ():
            python = environment(script, packages) if packages else Path(sys.executable)
            name = script.removeprefix("body_")
            if python is None:
                absent.append(name)
                continue
            answers = asked(PEERS / f"{script}.py", python, pages)
            read[name] = {str(number): found.get(name, [""])[0] for number, found in enumerate(answers)}
    return read


def all_cases(data: Path, absent: list[str]) -> dict[str, list[Case]]:
    """Everything that is asked, in order, by set."""
    found = list(cases_of.extractions(pages_read(data, absent)))
    found += cases_of.reprints("reprints", cases_of.whole_texts(data))
    for code in ("zh", "ja"):
        found += cases_of.reprints(code, cases_of.in_language(data, code))
    found += cases_of.reprints("thai", cases_of.thai())
    found += cases_of.about_one_event(data)
    by_set: dict[str, list[Case]] = {}
    for case in found:
        by_set.setdefault(case.kind, []).append(case)
    return by_set


def article(name: str, host: str, text: str) -> Article:
    """An article of an outlet."""
    return Article(
        id=name,
        url=f"https://{host}/{name}",
        canonical_url=f"https://{host}/{name}",
        outlet=Outlet(host=host, name=host),
        title="",
        text=text,
    )


def by_ours(cases: Sequence[Case]) -> list[str | None]:
    """What each repeats, as our index has it."""
    with DuplicateIndex() as index:
        verdicts = list(index.judge(article(case.name, case.host, case.text) for case in cases))
    return [None if verdict.match is None else verdict.match.of for verdict in verdicts]


def by_peer(script: str, by_set: dict[str, list[Case]]) -> tuple[dict[str, list[str | None]], float] | None:
    """What a peer says of each set, and its processor seconds in all; ``None`` where it cannot be had."""
    python = environment(script, FINDERS[script])
    if python is None:
        return None
    plans = ({"filled": HELD_BY_PEERS, "texts": [[one.name, one.text] for one in cases]} for cases in by_set.values())
    told = list(asked(PEERS / f"{script}.py", python, plans))
    return dict(zip(by_set, (one["matches"] for one in told), strict=True)), sum(one["seconds"] for one in told)


def counted(cases: Sequence[Case], matches: Sequence[str | None]) -> Counter[str]:
    """How many were found, missed and wrong."""
    counts: Counter[str] = Counter()
    for case, match in zip(cases, matches, strict=True):
        if match is None:
            counts["missed"] += case.repeats is not None
        elif match not in case.perhaps:
            counts["found" if match == case.repeats else "wrong"] += 1
    return counts


def held_entries(count: int) -> Iterator[Entry]:
    """So many invented articles, as an index remembers them."""
    chosen = np.random.default_rng(1)
    for number in range(count):
        shingles = np.sort(chosen.integers(0, 2**30, MOST_SHINGLES, dtype=np.uint32))
        address, text = chosen.integers(-(2**63), 2**63 - 1, 2, dtype=np.int64).tolist()
        yield Entry(f"held {number}", f"{number % 500}.held.example", address, text, 0, shingles)


def speed(data: Path, cases: Sequence[Case], held: int, folder: Path) -> dict[str, float]:
    """Articles judged a second, characters in the mean, megabytes of the process, seconds to fill."""
    texts = [case.text for case in cases if case.repeats is None]
    texts += ["\n".join(lines) for lines in _grouped(news(data, training=False).get("vi", []), 20)]
    texts = [text for text in dict.fromkeys(texts) if len(text) >= cases_of.LEAST][:TIMED]
    started = time.process_time()
    with DuplicateIndex(folder / "held.sqlite3") as index:
        index.fill(held_entries(held))
        filled = time.process_time() - started
        articles = [
            article(f"timed {number}", f"{number % 200}.timed.example", text) for number, text in enumerate(texts)
        ]
        list(index.judge(articles[:50]))
        started = time.process_time()
        verdicts = list(index.judge(articles[50:]))
        seconds = time.process_time() - started
    return {
        "per_second": len(verdicts) / seconds,
        "articles": len(verdicts),
        "characters": sum(map(len, texts)) / len(texts),
        "new": sum(verdict.match is None for verdict in verdicts),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "seconds_to_fill": filled,
    }


def _grouped(lines: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(lines), size):
        yield lines[start : start + size]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--held", type=int, default=HELD)
    given = parser.parse_args()
    absent = [part for part in PARTS if not (given.data / part).exists()]
    by_set = all_cases(given.data, absent)
    counts = {"ours": {kind: counted(cases, by_ours(cases)) for kind, cases in by_set.items()}}
    rates = {}
    for script in FINDERS:
        name = script.removeprefix("duplicates_")
        told = by_peer(script, by_set)
        if told is None:
            absent.append(name)
        else:
            counts[name] = {kind: counted(cases, told[0][kind]) for kind, cases in by_set.items()}
            rates[name] = sum(map(len, by_set.values())) / told[1]
    with tempfile.TemporaryDirectory() as folder:
        timed = speed(given.data, [case for cases in by_set.values() for case in cases], given.held, Path(folder))
    rates["ours"] = timed["per_second"]
    return judge(counts, rates, timed, absent, default=given.data.resolve() == DATA.resolve())


def figures(counts: Counter[str]) -> tuple[float | None, float | None]:
    """Recall and precision."""
    true = counts["found"] + counts["missed"]
    said = counts["found"] + counts["wrong"]
    return (counts["found"] / true if true else None), (counts["found"] / said if counts["found"] else None)


def judge(
    counts: dict[str, dict[str, Counter[str]]],
    rates: dict[str, float],
    timed: dict[str, float],
    absent: list[str],
    *,
    default: bool,
) -> int:
    """The table and the last line."""
    faults = []
    for name, by_set in counts.items():
        by_set["all"] = sum(by_set.values(), Counter())
        for kind, found in by_set.items():
            recall, precision = figures(found)
            print(
                f"{name:<11} {kind:<12} recall {recall or 0:.4f} precision {precision or 0:.4f}"
                f"  found {found['found']:>5} missed {found['missed']:>4} wrong {found['wrong']:>3}"
            )
            if name == "ours" and recall is not None and recall < RECALL_BAR:
                faults.append(f"recall of {kind}")
            if name == "ours" and precision is not None and precision < PRECISION_BAR:
                faults.append(f"precision of {kind}")
    print({name: round(rate) for name, rate in rates.items()}, {key: round(value) for key, value in timed.items()})
    if rates["ours"] < SPEED_BAR:
        faults.append("speed")
    if default and absent:
        faults.append("absent")
    print(f"bars missed: {', '.join(faults) or 'none'}")
    result = {
        "bench": "duplicates",
        "found": {
            name: {
                kind: [round(figure, 4) if figure is not None else None for figure in figures(found)]
                for kind, found in by_set.items()
            }
            for name, by_set in counts.items()
        },
        "per_second": {name: round(rate) for name, rate in rates.items()},
        "speed": {key: round(value, 1) for key, value in timed.items()},
        "absent": absent,
        "missed": faults,
        "holds": not faults,
    }
    print(json.dumps(result))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
