"""Entries lost, fields and speed of feeds, beside fastfeedparser and feedparser.

    python bench/feeds.py [--data DIR] [--misses]

Two sets are judged: the feeds of ``feeds/live`` as they were served, and the well-formed ones of
``feeds/feedparser-tests.tar.gz``. The peers run in environments of their own below ``var/bench`` (or
``NHIPCAU_BENCH_CACHE``), each in one process, with their sockets taken away.

**Lost.** An entry that a peer finds is there where ours has one with its identifier, address or title; each of ours
stands for one of the peer's. One with none of these in ours is lost, but for as many as ours has of which the peer in
turn has nothing: a title in base64 that the peer does not unpack is the same entry read otherwise. The bar is none. The
other feeds of the archive (broken, or in odd encodings) are told beside it.

**Fields.** Each feed of the archive has its expectation in a comment, written for feedparser. Of it the comparisons of
title, link, id, published, updated, summary, content, author and enclosures with a literal are taken, of the feed and
of its entries (``bench/peers/feeds_expectations.py``), and a feed is right where all of them hold. The product keeps
what a reader needs, so that is compared: a title or an author as one line of plain text, without the mail address; a
moment as a moment; an http(s) address as such; HTML by the words that it shows and the addresses that its links and
pictures lead to. Markup that shows nothing (scripts, styles, attributes) is not compared: nothing of a feed is shown
but the text that is read out of it. The bar is 0.95.

**Speed.** All live feeds from bytes to entries on one core, the quickest of some rounds in the process's own time. Ours
and fastfeedparser take turns, so that both meet the same other work on the machine. The bar is 500 feeds a second where
fastfeedparser reads 1,407, as on the machine that the bar was set on; on a slower one it falls with the peer's speed,
on a quicker one it stays.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(ROOT / "src"), str(PEERS)]

from environments import environment  # noqa: E402 - a folder of scripts
from feeds_expectations import (  # noqa: E402
    Expected,
    expectations,
    headers,
    same_address,
    same_line,
    same_markup,
    same_moment,
)

from nhipcau.newswire.sources.addresses import entry_address  # noqa: E402
from nhipcau.newswire.sources.entries import Entry, byline, plain  # noqa: E402
from nhipcau.newswire.sources.feeds import Feed, parse_feed  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

DATA = ROOT.parent / "shared" / "data"
PACKAGES = {"fastfeedparser": ["fastfeedparser==0.6.5"], "feedparser": ["feedparser==6.0.14"]}
#: Rounds of which the quickest counts; feedparser needs ten seconds for one.
ROUNDS = {"ours": 15, "fastfeedparser": 15, "feedparser": 1}
FIELDS_BAR, SPEED_BAR, PEER_SPEED = 0.95, 500.0, 1_407.0


@dataclass
class Case:
    """One feed of the bench."""

    name: str
    raw: bytes
    kind: str
    headers: dict[str, str] = field(default_factory=dict)
    path: Path = Path()

    @property
    def base(self) -> str:
        """Where it was served from; the expectations name the server that feedparser's own tests start."""
        served = f"http://127.0.0.1:8097/{self.name}" if self.kind != "live" else "https://feeds.example/"
        return urljoin(served, self.headers.get("content-location", ""))

    def read(self) -> Feed:
        """What ours makes of it."""
        _, _, charset = self.headers.get("content-type", "").partition("charset=")
        return parse_feed(self.raw, base=self.base, charset=charset.strip() or None)


def cases(data: Path) -> tuple[list[Case], list[str]]:
    """The feeds, and the parts that the folder lacks."""
    found: list[Case] = []
    absent = []
    live, archive = data / "feeds" / "live", data / "feeds" / "feedparser-tests.tar.gz"
    if live.is_dir():
        found += [Case(path.name, path.read_bytes(), "live") for path in sorted(live.iterdir()) if path.is_file()]
    else:
        absent.append("feeds/live")
    if archive.exists():
        with tarfile.open(archive) as tar:
            for member in sorted((one for one in tar if one.isfile()), key=lambda one: one.name):
                file = tar.extractfile(member)
                raw = file.read() if file else b""
                kind = "well-formed" if "/wellformed/" in f"/{member.name}" else "others"
                found.append(Case(member.name, raw, kind, headers(raw)))
    else:
        absent.append("feeds/feedparser-tests.tar.gz")
    return found, absent


class Peer:
    """A library in a process of its own, which answers line by line."""

    def __init__(self, name: str, python: Path) -> None:
        env = {**os.environ, "PYTHONPATH": str(ROOT / "src") if name == "ours" else "", "PYTHONWARNINGS": "ignore"}
        command = [str(python), str(PEERS / "feeds_peer.py"), name]
        self._process = subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.seconds, self.feeds = float("inf"), 0

    def _asked(self, line: dict[str, object]) -> dict[str, Any]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(line) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def entries(self, case: Case) -> list[list[str]]:
        """Identifier, address and title of each entry that it finds in a feed."""
        headers = {**case.headers, "content-location": case.base}
        told = self._asked({"path": str(case.path), "headers": headers, "timed": case.kind == "live"})
        return told["entries"]

    def race(self) -> None:
        """Read the live feeds once; the quickest round counts."""
        told = self._asked({"round": True})
        self.seconds, self.feeds = min(self.seconds, told["seconds"]), told["feeds"]

    @property
    def speed(self) -> float:
        """Live feeds in a second."""
        return self.feeds / self.seconds if self.feeds else 0.0

    def end(self) -> None:
        """Let it go."""
        self._process.communicate()


def lost(ours: Feed, theirs: list[list[str]], base: str) -> list[list[str]]:
    """The entries of a peer that ours lacks."""
    holding: dict[tuple[str, str], list[int]] = {}
    for number, entry in enumerate(ours.entries):
        address = entry.address(base)
        for mark in _marks(entry.identifier, address.partition("#")[0], entry.title or "") | _marks("", address, ""):
            holding.setdefault(mark, []).append(number)
    free, unknown = set(range(len(ours.entries))), []
    for one in theirs:
        same = next((n for mark in _marks(*one) for n in holding.get(mark, ()) if n in free), None)
        free.discard(same if same is not None else -1)
        unknown += [one] if same is None else []
    return unknown[: max(len(unknown) - len(free), 0)]


def _marks(identifier: str, link: str, title: str) -> set[tuple[str, str]]:
    told = {("id", identifier.strip()), ("link", entry_address(link, "") or ""), ("title", plain(title) or "")}
    return {mark for mark in told if mark[1]}


def holds(expected: Expected, feed: Feed) -> bool:
    """Whether ours is what is expected."""
    entry = feed.about
    if expected.entry is not None:
        entry = feed.entries[expected.entry] if expected.entry < len(feed.entries) else None
    return entry is not None and SAME[expected.field](expected, entry)


def _enclosure(expected: Expected, entry: Entry) -> bool:
    if expected.place >= len(entry.enclosures):
        return False
    one = entry.enclosures[expected.place]
    has = {"href": one.url, "url": one.url, "type": one.kind, "length": one.length}
    wanted = expected.value if isinstance(expected.value, dict) else {expected.part: expected.value}
    return all(has.get(str(name)) == value for name, value in wanted.items() if name in has)


SAME: dict[str, Callable[[Expected, Entry], bool]] = {
    "title": lambda one, entry: same_line(one.value, entry.title),
    "link": lambda one, entry: same_address(one.value, entry.address("").partition("#")[0]),
    "id": lambda one, entry: str(one.value or "").split() == entry.identifier.split(),
    "published": lambda one, entry: same_moment(one.value, entry.published_at),
    "updated": lambda one, entry: same_moment(one.value, entry.updated_at),
    "summary": lambda one, entry: same_markup(one.value, entry.summary),
    "content": lambda one, entry: one.place == 0 and same_markup(one.value, entry.content),
    "author": lambda one, entry: (byline(one.value) or "") == (entry.byline or ""),
    "enclosures": _enclosure,
}


def main() -> int:
    """Ask, judge, print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--misses", action="store_true", help="name every entry lost and every field that is not right")
    chosen = parser.parse_args()
    feeds, absent = cases(chosen.data)
    read = [case.read() for case in feeds]
    fields = fields_right(feeds, read, misses=chosen.misses)
    missing = dict.fromkeys(("live", "well-formed", "others"), 0)
    with tempfile.TemporaryDirectory() as folder:
        for number, case in enumerate(feeds):
            case.path = Path(folder) / str(number)
            case.path.write_bytes(case.raw)
        peers = started(absent)
        for case, feed in zip(feeds, read, strict=True):
            for name, found in ((name, peer.entries(case)) for name, peer in peers.items()):
                gone = lost(feed, found, case.base) if name != "ours" else []
                missing[case.kind] += len(gone)
                if chosen.misses and gone:
                    print(f"  {case.name}: {name} finds {len(found)}, ours {len(feed.entries)}; lost {gone[:2]}")
        speeds = raced(peers)
    counts = {kind: {"feeds": 0, "entries": 0, "lost": gone} for kind, gone in missing.items()}
    for case, feed in zip(feeds, read, strict=True):
        counts[case.kind]["feeds"] += 1
        counts[case.kind]["entries"] += len(feed.entries)
    return report(counts, fields, speeds, absent, default=chosen.data == DATA)


def started(absent: list[str]) -> dict[str, Peer]:
    """Ours and its peers, ready to answer; those that cannot be had are named in ``absent``."""
    peers = {"ours": Peer("ours", Path(sys.executable))}
    for name, packages in PACKAGES.items():
        python = environment(f"feeds_{name}", packages)
        if python is None:
            absent.append(name)
        else:
            peers[name] = Peer(name, python)
    return peers


def raced(peers: dict[str, Peer]) -> dict[str, float]:
    """Live feeds in a second by each, in turns; the peers end with that."""
    for number in range(max(ROUNDS.values())):
        for name, peer in peers.items():
            if number < ROUNDS[name]:
                peer.race()
    for peer in peers.values():
        peer.end()
    return {name: peer.speed for name, peer in peers.items()}


def fields_right(feeds: list[Case], read: list[Feed], *, misses: bool) -> dict[str, tuple[int, int]]:
    """For each field, and for ``feeds`` as wholes, how many are right of how many, in the well-formed ones."""
    counts: dict[str, tuple[int, int]] = {}
    for case, feed in zip(feeds, read, strict=True):
        wanted = expectations(case.raw) if case.kind == "well-formed" else []
        answers = [(one.field, holds(one, feed)) for one in wanted]
        if misses:
            for one, (_, right) in zip(wanted, answers, strict=True):
                if not right:
                    print(f"  {case.name}: {one}\n      {feed.entries[:2] or feed.about}")
        for name in dict.fromkeys(name for name, _ in answers):
            right = all(ok for other, ok in answers if other == name)
            have, of = counts.get(name, (0, 0))
            counts[name] = (have + right, of + 1)
        if answers:
            have, of = counts.get("feeds", (0, 0))
            counts["feeds"] = (have + all(ok for _, ok in answers), of + 1)
    return counts


def report(
    counts: dict[str, dict[str, int]],
    fields: dict[str, tuple[int, int]],
    speeds: dict[str, float],
    absent: list[str],
    *,
    default: bool,
) -> int:
    """The table and the last line."""
    for kind, of in counts.items():
        print(f"{kind:12} {of['feeds']:5} feeds {of['entries']:6} entries, lost {of['lost']}")
    for name, (right, of_all) in sorted(fields.items()):
        print(f"{name:12} {right:5} of {of_all:5} right, {right / of_all:.4f}")
    for name, value in speeds.items():
        print(f"{name:15} {value:8.0f} feeds/s")
    speed_bar = SPEED_BAR * min(1.0, speeds.get("fastfeedparser", 0.0) / PEER_SPEED)
    print(f"bars: none lost, {FIELDS_BAR} of the feeds right, {speed_bar:.0f} feeds/s beside this run's fastfeedparser")
    right, of_all = fields.get("feeds", (1, 1))
    reached = counts["live"]["lost"] + counts["well-formed"]["lost"] == 0 and right / of_all >= FIELDS_BAR
    reached = reached and (not counts["live"]["feeds"] or speeds["ours"] >= speed_bar)
    result = {
        "bench": "feeds",
        "feeds": counts,
        "fields": {name: {"right": right, "of": of_all} for name, (right, of_all) in fields.items()},
        "speed": {name: round(value, 1) for name, value in speeds.items()},
        "absent": absent,
        "holds": reached and not (absent and default),
    }
    print(json.dumps(result))
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
