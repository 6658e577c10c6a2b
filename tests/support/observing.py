"""The command line run as a person runs it, and watched: what it said, how it ended, whom it asked, its memory."""

import contextlib
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.archive_memory import tree_pss
from tests.support.loopback import running_site

OBSERVED = Path(__file__).with_name("observed")
SOURCE = Path(__file__).resolve().parents[2] / "src"
#: Seconds between two looks at the memory of the process tree.
LOOK = 0.05


@dataclass(frozen=True)
class Run:
    """How a run ended: its exit code, both streams, the addresses connected to, peak memory in bytes, seconds."""

    code: int
    out: str
    err: str
    connected: frozenset[str]
    peak: int
    seconds: float

    @property
    def said(self):
        return self.out + self.err


@contextlib.contextmanager
def two_sites():
    """A site that runs may read, with ``refused``: the address of another one that they may not, which notes all."""
    with running_site() as site, running_site() as other:
        site.refused = other.url("").rstrip("/")
        site.other = other
        yield site


def command(*arguments):
    """``nhipcau`` with these arguments."""
    return [sys.executable, "-m", "nhipcau.config.cli", *arguments]


def environment(note=None):
    """Of a run: no pause between requests, and connections noted in a file."""
    paths = [str(OBSERVED), str(SOURCE)] if note else [str(SOURCE)]
    watched = {"NHIPCAU_OBSERVED": str(note)} if note else {}
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths), "NHIPCAU_PACE": "0", **watched}


def watched(arguments, folder, *, measure=False):
    """Run ``nhipcau`` with these arguments to its end, its streams and connections noted in files of the folder."""
    note = folder / "connected"
    note.touch()
    began, peak = time.monotonic(), 0
    with (folder / "out.txt").open("w+") as out, (folder / "err.txt").open("w+") as err:
        running = subprocess.Popen(command(*arguments), stdout=out, stderr=err, env=environment(note))
        root = psutil.Process(running.pid) if measure else None
        while measure and running.poll() is None:
            with contextlib.suppress(psutil.Error):
                peak = max(peak, tree_pss(root))
            time.sleep(LOOK)
        code = running.wait()
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        connected = frozenset(note.read_text(encoding="utf-8").split())
        return Run(code, out.read(), err.read(), connected, peak, seconds)


def digest_of(out):
    """What a run wrote into its folder."""
    return json.loads((out / "digest.json").read_text(encoding="utf-8"))


def started(arguments, **options):
    """The same, running: the caller ends it."""
    return subprocess.Popen(
        command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(), **options
    )
