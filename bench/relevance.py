"""Which texts are about a country: how well they are ranked and parted, beside counting the country's names.

    python bench/relevance.py [--data DIR]

The texts of ``bench/labels/relevance.json`` (230, drawn by ``bench/labels/draw.py`` before any was scored) were read by
one person, who said of each which of Viet Nam, Germany, Japan and Czechia it is about. The rule:

* A text is *about* a country where the country, its people, institutions, economy, policy, culture or daily life is a
  subject of the piece: a local event there, a firm or a team of it in the lead part, its government's act. Where the
  outlet is from does not count, and the country need not be named.
* A mention is no subject: one of a list, a comparison, the place where something happened to strangers, a background.
* ``unsure`` where the reader would not insist; such a pair is not scored.

About Czechia there are no thirty: all texts of all parts were searched for its name and adjective in twenty languages,
its cities, regions, firms, politicians, athletes, artists and the commonest given names, and of the hits not labelled
yet those that looked like candidates were read. Fourteen are about it, all of them labelled; the 47 documents in Czech
of parallel-news are translations of English ones about other countries, which was judged by their titles.

Each text is scored for each of the four countries. Reported for both halves (``halves.py``): one was looked at while
the engine was changed, the other only measured. Average precision is the mean over the countries; F1 is at the
threshold that ships, over all pairs. Every reason must be a span of the text, at the place it names.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "labels")]

import documents  # noqa: E402 - lies beside
import halves  # noqa: E402 - lies beside
from babel import Locale, UnknownLocaleError  # noqa: E402 - the same

from nhipcau.newswire import relevance  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.newswire.records import Article, Relevance

DATA = ROOT.parent / "shared" / "data"
COUNTRIES = ("VN", "DE", "JP", "CZ")
PRECISION_BAR, F1_BAR, LEAST_POSITIVE, LEAST_TEXTS = 0.90, 0.85, 30, 200

#: A pair of text and country: its score and whether it is about it.
Pair = tuple[float, bool]


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    labels = halves.labels("relevance")
    texts = {one.id: one for one in documents.articles(given.data, set(labels))}
    absent = sorted(set(labels) - set(texts))
    started = time.process_time()
    ours = {(key, country): relevance.score(one, country) for key, one in texts.items() for country in COUNTRIES}
    seconds = time.process_time() - started
    plain = {(key, country): by_names(one, country) for key, one in texts.items() for country in COUNTRIES}
    result = {
        "bench": "relevance",
        "texts": len(texts),
        "positive": {country: sum(country in labels[key]["about"] for key in texts) for country in COUNTRIES},
        "scores_per_second": round(len(ours) / seconds),
        "ours": told(labels, {pair: found.score for pair, found in ours.items()}, relevance.RELEVANT),
        "names counted": told(labels, plain, None),
        "reasons_not_in_the_text": sum(not is_of(texts[key], found) for (key, _), found in ours.items()),
        "absent": absent,
    }
    return judge(result, default=given.data.resolve() == DATA.resolve())


def by_names(article: Article, country: str) -> float:
    """The peer: how often CLDR's name of the country stands in the text, per 1,000 characters, twice in the title."""
    try:
        name = Locale.parse(article.language, sep="-").territories.get(country)
    except (UnknownLocaleError, ValueError):
        name = None
    names = {name or "", Locale("en").territories[country]} - {""}
    count = sum(len(re.findall(re.escape(one), article.text)) + 2 * article.title.count(one) for one in names)
    return count * 1000 / max(len(article.text), 1000)


def told(
    labels: dict[str, dict[str, list[str]]], scores: dict[tuple[str, str], float], threshold: float | None
) -> dict[str, dict[str, float]]:
    """The measures of each half and of both; without a threshold, F1 is that of the best one chosen afterwards."""
    found = {}
    for half in (*halves.HALVES, "all"):
        pairs: dict[str, list[Pair]] = {country: [] for country in COUNTRIES}
        for (key, country), score in scores.items():
            if half in ("all", halves.half_of(key)) and country not in labels[key]["unsure"]:
                pairs[country].append((score, country in labels[key]["about"]))
        every = [pair for rows in pairs.values() for pair in rows]
        best = max((f1(every, score) for score, _ in every if score), default=0.0)
        precisions = {country: average_precision(rows) for country, rows in pairs.items()}
        found[half] = {
            "average_precision": round(sum(precisions.values()) / len(precisions), 4),
            "f1": round(best if threshold is None else f1(every, threshold), 4),
            **{country: round(value, 4) for country, value in precisions.items()},
        }
        if threshold is not None:
            found[half] |= {f"f1 {country}": round(f1(rows, threshold), 4) for country, rows in pairs.items()}
    return found


def average_precision(pairs: Sequence[Pair]) -> float:
    """The mean precision at each positive; of equal scores the negatives stand first."""
    ranked = sorted(pairs, key=lambda pair: (-pair[0], pair[1]))
    hits, total = 0, 0.0
    for rank, (_, positive) in enumerate(ranked, start=1):
        if positive:
            hits += 1
            total += hits / rank
    return total / hits if hits else 0.0


def f1(pairs: Sequence[Pair], threshold: float) -> float:
    """F1 of what is at or above a threshold."""
    right = sum(positive for score, positive in pairs if score >= threshold)
    said = sum(score >= threshold for score, _ in pairs)
    true = sum(positive for _, positive in pairs)
    return 2 * right / (said + true) if said + true else 0.0


def is_of(article: Article, found: Relevance) -> bool:
    """Whether every reason stands where it says."""
    parts: dict[str, Callable[[], str]] = {
        "title": lambda: article.title,
        "lead": lambda: article.text[: relevance.LEAD + 100],  # a name may begin in the lead and end behind it
        "body": lambda: article.text[relevance.LEAD :],
    }
    return all(reason.matched in parts[reason.where]() for reason in found.reasons)


def judge(result: dict[str, object], *, default: bool) -> int:
    """The table and the last line."""
    for name in ("ours", "names counted"):
        for half, row in result[name].items():  # type: ignore[attr-defined]
            print(f"{name:<14} {half:<12}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    whole = result["ours"]["all"]  # type: ignore[index]
    faults = []
    if whole["average_precision"] < PRECISION_BAR:
        faults.append("average precision")
    if whole["f1"] < F1_BAR:
        faults.append("f1")
    if result["reasons_not_in_the_text"]:
        faults.append("reasons")
    if default:
        faults += [f"positive {country}" for country, count in result["positive"].items() if count < LEAST_POSITIVE]  # type: ignore[attr-defined]
        faults += ["absent"] if result["absent"] or result["texts"] < LEAST_TEXTS else []  # type: ignore[operator]
    print(f"bars missed: {', '.join(faults) or 'none'}")
    print(json.dumps(result | {"missed": faults, "holds": not faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
