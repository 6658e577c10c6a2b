"""Every record that fastwarc or warcio recovers from good and broken archives, and whether ours has it.

    python bench/archives.py [--data DIR]

Each file of ``warc`` is read by each library in a process of its own (they may abort) in an environment below
``var/bench`` (or ``NHIPCAU_BENCH_CACHE``), and by ours in this one. What either library has read when it ends, or gives
up, is the union. A record is known by its offset, type and address. Ours has it where as many bytes of its block, and
the same ones, can be read as the library that got further has read; no more than ours reads of one record at all.
What only ours recovers is told beside it. Ours must raise nothing, and name a damaged file in one sentence at most.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(ROOT / "src"), str(PEERS)]

from environments import environment  # noqa: E402 - a folder of scripts

from nhipcau.newswire.records import InputProblem  # noqa: E402
from nhipcau.newswire.sources.archive import read_records  # noqa: E402
from nhipcau.newswire.sources.blocks import MAX_BLOCK  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable

DATA = ROOT.parent / "shared" / "data"
PACKAGES = {"fastwarc": ["fastwarc==2.0.1"], "warcio": ["warcio==1.8.1"]}
SECONDS = 60

Key = tuple[int, str, str, int]
#: Bytes and SHA-1 of a block.
Block = tuple[int, str]


def by_key(records: Iterable[tuple[int, str, str, int, str]]) -> dict[Key, Block]:
    """Records by what they are known by; those in one packed piece have one offset, so they are counted."""
    found: dict[Key, Block] = {}
    counts: Counter[tuple[int, str, str]] = Counter()
    for offset, kind, url, size, digest in records:
        same = (offset, kind, url.strip().removeprefix("<").removesuffix(">").replace(" ", "%20"))
        found[*same, counts[same]] = (size, digest)
        counts[same] += 1
    return found


def asked(peer: str, python: Path, path: Path) -> tuple[dict[Key, Block], str]:
    """What a library recovers from a file, and how it ended where that was not well."""
    command = [str(python), str(PEERS / "archives_peer.py"), peer, str(path)]
    env = {**os.environ, "PYTHONPATH": "", "PYTHONWARNINGS": "ignore"}
    try:
        done = subprocess.run(command, env=env, capture_output=True, check=False, timeout=SECONDS)
        lines, ended = done.stdout.splitlines(), f"ended with {done.returncode}" if done.returncode else ""
    except subprocess.TimeoutExpired as late:
        lines, ended = (late.stdout or b"").splitlines(), "takes too long"
    told = [json.loads(line) for line in lines if line.endswith((b"]", b"}"))]
    raised = next((one["raised"] for one in told if isinstance(one, dict)), "")
    found = [tuple(one) for one in told if isinstance(one, list)]
    return by_key(found), ended or raised


def ours(path: Path) -> tuple[dict[Key, Block], list[InputProblem], str]:
    """What ours recovers, what it says, and the name of what it raised."""
    found: list[tuple[int, str, str, int, str]] = []
    problems = []
    try:
        for item in read_records(path, name=path.name, every=True):
            if isinstance(item, InputProblem):
                problems.append(item)
            else:
                data = item.data or b""
                found.append((item.offset, item.kind, item.url, len(data), hashlib.sha1(data).hexdigest()))  # noqa: S324
    except Exception as error:  # noqa: BLE001 - that is what is asked
        return by_key(found), problems, type(error).__name__
    return by_key(found), problems, ""


def missing(found: dict[Key, Block], union: list[dict[Key, Block]]) -> list[str]:
    """The records that ours lacks, or has less of, each with why."""
    best: dict[Key, Block] = {}
    for records in union:
        for one, block in records.items():
            best[one] = max(block, best.get(one, (-1, "")), key=lambda block: block[0])
    told = []
    for one, (size, digest) in sorted(best.items()):
        have = found.get(one)
        if have is None:
            told.append(f"{one}: not found")
        elif have[0] < min(size, MAX_BLOCK):
            told.append(f"{one}: {have[0]} of {size} bytes")
        elif have[0] == size and have[1] != digest:
            told.append(f"{one}: other bytes")
    return told


def main() -> int:
    """Read, compare, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    data = parser.parse_args().data
    files = sorted(path for path in (data / "warc").rglob("*") if path.is_file()) if (data / "warc").is_dir() else []
    absent = [] if files else ["warc"]
    pythons = {peer: environment(f"archives_{peer}", packages) for peer, packages in PACKAGES.items()}
    absent += [peer for peer, python in pythons.items() if python is None]
    totals = {"files": len(files), "ours": 0, "union": 0, "missing": 0, "fatal": 0, "only_ours": 0}
    read_by: dict[str, int] = {}
    for path in files:
        found, problems, raised = ours(path)
        answers = {peer: asked(peer, python, path) for peer, python in pythons.items() if python is not None}
        union = [found for found, _ in answers.values()]
        together = {one for records in union for one in records}
        lacking = missing(found, union)
        totals["ours"] += len(found)
        totals["union"] += len(together)
        totals["only_ours"] += len(set(found) - together)
        totals["missing"] += len(lacking)
        totals["fatal"] += bool(raised) or len(problems) > 1
        counts = "  ".join(f"{peer} {len(one):3} {ended[:18]:18}" for peer, (one, ended) in answers.items())
        for peer, (one, _) in answers.items():
            read_by[peer] = read_by.get(peer, 0) + len(one)
        said = raised or "; ".join(f"byte {one.offset}: {one.message}" for one in problems)
        print(f"{path.name:38} {counts}  together {len(together):3}  ours {len(found):3}  {said[:150]}")
        for one in lacking:
            print(f"    missing {one}")
    absent += [f"{peer} reads nothing" for peer, count in read_by.items() if not count]
    holds = not totals["missing"] and not totals["fatal"] and not (absent and data == DATA)
    print(f"bar: every record that either recovers, never fatal; missing {totals['missing']}, fatal {totals['fatal']}")
    print(json.dumps({"bench": "archives", **totals, "read_by": read_by, "absent": absent, "holds": holds}))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
