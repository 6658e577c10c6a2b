"""Hostile and broken input: named, counted, no traceback, under 300 MB above rest, nobody reached who may not be.

    .venv/bin/python bench/hostile.py [--only WORDS]

Each item of the list (``tests/support/hostile.py``) is given to the command line in a run of its own, beside one good
article; the files are made here and thrown away, servers run on loopback. Memory is the peak PSS of the process tree,
less that of a run on the good article alone. Whom a run connects to is taken from the socket, in each of its processes.
Prints a table, then one line of JSON; exit 0 where everything holds. Takes no data; ``--data`` is accepted and ignored.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.hostile import CASES, SECRET, good  # noqa: E402 - the folder above is no package that is installed
from tests.support.observing import digest_of, two_sites, watched  # noqa: E402

if TYPE_CHECKING:
    from tests.support.hostile import Case
    from tests.support.observing import Run

#: Megabytes above rest that an item may cost.
BAR = 300


def measured(case: Case | None) -> tuple[Run, dict[str, Any], str]:
    """The run on an item, or on the good article alone; its digest; and the one address that it may reach."""
    with tempfile.TemporaryDirectory() as name, two_sites() as site:
        folder = Path(name)
        inputs = [good(folder)] + ([case.make(folder / "case", site)] if case else [])
        options = ["--out", str(folder / "digest"), "--json", "--jobs", "1", "--lang", "en", "--formats", "json,html"]
        run = watched(["digest", *inputs, *options, "--allow-host", site.host], folder, measure=True)
        written = (folder / "digest" / "digest.json").exists()
        return run, digest_of(folder / "digest") if written else {}, site.host


def faults(case: Case, run: Run, digest: dict[str, Any], allowed: str) -> list[str]:
    """What does not hold of a run."""
    if run.code or not digest:
        return [f"exit code {run.code}"]
    row = digest["inputs"][1]
    told = [problem["message"] for problem in row["problems"]] + [one["detail"] for one in digest["rejections"]]
    found = []
    if case.says not in " ".join(told):
        found.append("not named")
    if (row["articles"], digest["counts"]["rejected"], len(row["problems"])) != (
        case.articles,
        dict(case.rejected),
        case.problems,
    ):
        found.append("not counted")
    if "Traceback" in run.said or SECRET in run.said + json.dumps(digest):
        found.append("traceback or password")
    if not run.connected <= {allowed}:
        found.append(f"reached {sorted(run.connected - {allowed})}")
    return found


def what_was_said(digest: dict[str, Any]) -> str:
    """The first sentence about an item."""
    problems = [problem["message"] for problem in digest["inputs"][1]["problems"]] if digest else []
    told = problems + [one["detail"] for one in digest.get("rejections", [])]
    return told[0] if told else "(read)"


def main() -> int:
    """Measure all, print, and say by the exit code whether everything holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, help="not used")
    parser.add_argument("--only", default="", help="only items with these words")
    given = parser.parse_args()
    rest = measured(None)[0].peak
    rows = []
    print(f"{'item':<46} {'articles':>8} {'refused':>8} {'problems':>8} {'MB above':>9} {'seconds':>8}  said")
    for case in CASES:
        if given.only not in case.item:
            continue
        run, digest, allowed = measured(case)
        above = (run.peak - rest) / 2**20
        wrong = faults(case, run, digest, allowed) + (["too much memory"] if above > BAR else [])
        row = digest["inputs"][1] if digest else {"articles": 0, "documents": 0, "problems": []}
        refused = row["documents"] - row["articles"]
        rows.append(
            {"item": case.item, "mb_above_rest": round(above, 1), "seconds": round(run.seconds, 1), "faults": wrong}
        )
        print(
            f"{case.item:<46} {row['articles']:>8} {refused:>8} {len(row['problems']):>8} {above:>9.0f}"
            f" {run.seconds:>8.1f}  {'; '.join(wrong).upper() or what_was_said(digest)[:90]}",
            flush=True,
        )
    holds = bool(rows) and not any(row["faults"] for row in rows)
    most = max((row["mb_above_rest"] for row in rows), default=0)
    print(f"rest {rest / 2**20:.0f} MB; most above it {most} MB, bar {BAR} MB; {len(rows)} items")
    print(json.dumps({"bench": "hostile", "rest_mb": round(rest / 2**20), "bar": BAR, "items": rows, "holds": holds}))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
