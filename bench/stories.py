"""Stories in one language: how well they are told apart, how little the order of arrival matters, how quickly.

    python bench/stories.py [--data DIR] [--held 100000]

The articles of ECB+ stream in 20 random orders. Topics 1 to 16 are those on which the thresholds were chosen that stand
in the code; figures are of every other topic in the folder. The others choose theirs on the same topics in this run:
TF-IDF with average linkage and HDBSCAN, which see everything at once, DBSTREAM and TextClust, which stream. Where the
folder has none of these topics the settings below are used, which a run on the default folder chose.

Speed: articles a second on one core, from text to story, with 100,000 others in the window, all mixtures of real texts'
words (``bench/peers/stories_crowd.py``); TextClust's with 500, for more would take it hours.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import subprocess
import sys
import time
from itertools import combinations, islice
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(ROOT / "src"), str(PEERS)]

# One core: the sums of numpy run on one thread.
os.environ["OPENBLAS_NUM_THREADS"] = os.environ["OMP_NUM_THREADS"] = "1"

from environments import environment  # noqa: E402 - lies beside
from stories_crowd import crowd  # noqa: E402 - the same
from stories_sets import CHOOSING, ECBPLUS, PARALLEL, article, bcubed, rows_of  # noqa: E402 - the same

from nhipcau.newswire.stories import WINDOW_DAYS, StoryStream  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Sequence

DATA = ROOT.parent / "shared" / "data"
PACKAGES = ["scikit-learn==1.9.1", "river==0.26.1", "numpy==2.2.6"]
#: What the others choose on topics 1 to 16 of the default folder.
SETTINGS = {
    "average linkage": (0.85,),
    "HDBSCAN": ((5, 1, 0.0, "eom"),),
    "DBSTREAM": (1.2, 0.5),
    "TextClust": (0.55,),
}
F1_BAR, ORDERS_BAR, SPEED_BAR = 0.93, 0.97, 1_000
ORDERS, ORDERS_OF_PEERS = 20, 3
HELD, TIMED, SEED = 100_000, 3_000, 7
HELD_BY_PEER, TIMED_BY_PEER = 500, 50


def in_orders(rows: Sequence[dict[str, Any]], orders: int) -> list[dict[str, str]]:
    """The stories found in each of some random orders of arrival: article to story."""
    articles = [article(row["id"], row["text"], language=row["lang"]) for row in rows]
    found = []
    for seed in range(orders):
        random.Random(seed).shuffle(articles)  # noqa: S311 - the same orders every time
        found.append(dict(StoryStream().add(articles).assigned))
    return found


def figures(known: dict[str, str], found: Sequence[dict[str, Any]]) -> dict[str, float]:
    """Precision, recall and F1 in the mean of some orders, and how alike any two of them are."""
    each = [bcubed(known, one) for one in found]
    told = {name: mean(one[place] for one in each) for place, name in enumerate(("precision", "recall", "f1"))}
    if len(found) > 1:
        told["orders"] = mean(bcubed(one, other)[2] for one, other in combinations(found, 2))
    return told


def by_peers(
    choosing: Sequence[dict[str, Any]], judged: Sequence[dict[str, Any]], crowd_texts: Sequence[str]
) -> dict[str, Any] | None:
    """What the others find; ``None`` where they cannot be had."""
    python = environment("stories_peers", PACKAGES)
    if python is None:
        return None
    told = {
        "choosing": [(row["id"], row["text"], row["story"]) for row in choosing],
        "judged": [(row["id"], row["text"]) for row in judged],
        "settings": SETTINGS,
        "orders": ORDERS_OF_PEERS,
        "held": crowd_texts[:HELD_BY_PEER],
        "timed": crowd_texts[HELD_BY_PEER:],
    }
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")]), "OMP_NUM_THREADS": "1"}
    command = [str(python), "-W", "ignore", str(PEERS / "stories_peers.py")]
    done = subprocess.run(command, input=json.dumps(told), env=env, stdout=subprocess.PIPE, text=True, check=True)
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def speed(texts: Sequence[tuple[str, str]], held: int) -> dict[str, float]:
    """Articles a second with so many in the window; what it took to fill it, stories, megabytes."""
    coming = crowd(texts, held + TIMED, WINDOW_DAYS * 0.95, SEED)
    stream, seconds = StoryStream(), 0.0
    remaining = held
    while remaining:
        batch = list(islice(coming, min(remaining, 5_000)))
        started = time.process_time()
        stream.add(batch)
        seconds += time.process_time() - started
        remaining -= len(batch)
    timed = list(coming)
    started = time.process_time()
    stream.add(timed)
    spent = time.process_time() - started
    return {
        "per_second": len(timed) / spent,
        "held": held,
        "seconds_to_fill": seconds,
        "stories": len(stream.stories()),
        "characters": mean(len(one.text) for one in timed),
        "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--held", type=int, default=HELD)
    given = parser.parse_args()
    absent = [part for part in (ECBPLUS, PARALLEL) if not (given.data / part).exists()]
    rows = [] if ECBPLUS in absent else rows_of(given.data, ECBPLUS)
    choosing = [row for row in rows if row["topic"] in CHOOSING]
    judged = [row for row in rows if row["topic"] not in CHOOSING]
    texts = [(row["lang"], row["text"]) for row in rows]
    texts += [] if PARALLEL in absent else [(row["lang"], row["text"]) for row in rows_of(given.data, PARALLEL)]
    found: dict[str, dict[str, Any]] = {}
    known = {row["id"]: row["story"] for row in judged}
    if judged:
        found["ours"] = figures(known, in_orders(judged, ORDERS))
    if choosing:
        of_choosing = figures({row["id"]: row["story"] for row in choosing}, in_orders(choosing, ORDERS_OF_PEERS))
        print(f"ours on the topics that chose: F1 {of_choosing['f1']:.4f}, orders {of_choosing['orders']:.4f}")
    some = [one.text for one in crowd(texts, HELD_BY_PEER + TIMED_BY_PEER, 7, SEED)] if texts else []
    peers = by_peers(choosing, judged, some) if judged else None
    rates: dict[str, float] = {}
    if peers is None:
        absent += ["peers"] if judged else []
    else:
        rates["TextClust"] = peers.pop("speed")
        for name, told in peers.items():
            labels = [dict(zip(known, one, strict=True)) for one in told["found"]]
            found[name] = {**figures(known, labels), "setting": told["setting"], "chosen_with": told["chosen_with"]}
    timed = speed(texts, given.held) if texts else None
    return judge(found, timed, rates, absent, default=given.data.resolve() == DATA.resolve())


def judge(
    found: dict[str, dict[str, Any]],
    timed: dict[str, float] | None,
    rates: dict[str, float],
    absent: list[str],
    *,
    default: bool,
) -> int:
    """The table and the last line."""
    for name, told in found.items():
        print(
            f"{name:<16} precision {told['precision']:.4f} recall {told['recall']:.4f} F1 {told['f1']:.4f}"
            f"  orders {told.get('orders', 1):.4f}  {told.get('setting', '')}"
        )
    faults = []
    if "ours" in found:
        ours = found["ours"]
        best = max((told["f1"] for name, told in found.items() if name != "ours"), default=0.0)
        faults += ["F1"] if ours["f1"] < F1_BAR else []
        faults += ["best of the others"] if ours["f1"] <= best else []
        faults += ["orders"] if ours["orders"] < ORDERS_BAR else []
    if timed is not None:
        print({key: round(value, 1) for key, value in timed.items()}, {key: round(v, 1) for key, v in rates.items()})
        faults += ["speed"] if timed["per_second"] < SPEED_BAR else []
    if default and absent:
        faults.append("absent")
    print(f"bars missed: {', '.join(faults) or 'none'}")
    result = {
        "bench": "stories",
        "found": {
            name: {key: round(value, 4) if isinstance(value, float) else value for key, value in told.items()}
            for name, told in found.items()
        },
        "speed": timed and {key: round(value, 1) for key, value in timed.items()},
        "per_second_of_others": {name: round(rate, 1) for name, rate in rates.items()},
        "times_of_others": {name: round(timed["per_second"] / rate, 1) for name, rate in rates.items()}
        if timed
        else {},
        "absent": absent,
        "missed": faults,
        "holds": not faults,
    }
    print(json.dumps(result))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
