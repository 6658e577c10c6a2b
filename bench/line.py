"""The whole line, from archive to digest: how many pages a second, where the time goes, how much memory, same twice.

    python bench/line.py [--data DIR] [--pages N] [--every N]

All pages of the data folder are put into one archive with their addresses. A digest is made of it twice in two worker
processes, and once of the archive given five times; newspaper4k and news-please, in environments of their own, take the
articles out of every fourth page; and Daft's native runner reads the archive, split in four, by the same code. Judged:
pages a second of processor by each peer's, pages a second on two cores, peak memory (PSS of the process tree), the
bytes of both digests, the rows on Daft. Peers are timed by the processor without what they load once, ours with it and
with all stages, in one process. Nothing is sent: peers have no network, and Daft is told not to count its uses.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(PEERS), str(ROOT / "bench"), str(ROOT / "src")]

from archive_memory import DATA, assemble, body, digest_command, measure, real_pages, response_record  # noqa: E402
from environments import environment  # noqa: E402 - lies beside

from nhipcau.newswire.extract import encoding  # noqa: E402 - the same

PACKAGES = {
    "newspaper": ["newspaper4k==0.9.6", "lxml_html_clean==0.4.6"],
    "newsplease": ["news-please==1.6.16", "lxml_html_clean==0.4.6"],
}
DAFT = ["daft==0.6.14"]
TIMES_BAR, RATE_BAR, MEMORY_BAR, LEAST_PAGES = 10.0, 300.0, 1.25, 900
PARTS = 4


def ours(*asked: str) -> Any:
    """What ``line_ours.py`` answers."""
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")])}
    command = [sys.executable, str(PEERS / "line_ours.py"), *asked]
    return json.loads(subprocess.run(command, env=env, stdout=subprocess.PIPE, check=True).stdout)


def peer_rate(name: str, data: Path, every: int, most: int | None) -> float | None:
    """Pages a second of processor; ``None`` where the peer cannot be had."""
    python = environment(f"metadata_{name}", PACKAGES[name])
    if python is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        running = subprocess.Popen(
            [str(python), "-W", "ignore", str(PEERS / f"metadata_{name}.py")],
            env={**os.environ, "PYTHONPATH": str(PEERS), "OMP_NUM_THREADS": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert running.stdin is not None
        assert running.stdout is not None
        process, spent, pages = psutil.Process(running.pid), 0.0, 0
        for number, (url, path) in enumerate(real_pages(data, [])):
            raw = body(path) if number % every == 0 else None
            if raw is None or (most is not None and number >= most):
                continue
            page = Path(folder) / "page.html"
            page.write_text(encoding.decode(raw) or "", encoding="utf-8", errors="replace")
            before = sum(process.cpu_times()[:2])
            running.stdin.write(json.dumps({"path": str(page), "url": url}) + "\n")
            running.stdin.flush()
            if not running.stdout.readline():
                raise SystemExit(f"{name} ended")
            if pages:  # the first one loads what is loaded once
                spent += sum(process.cpu_times()[:2]) - before
            pages += 1
        running.stdin.close()
        running.wait(timeout=60)
    return (pages - 1) / spent


def on_daft(data: Path, folder: Path, most: int | None) -> tuple[bool, float] | None:
    """Whether Daft's rows are the line's own, of the archive in parts, and its pages a second; ``None`` without it."""
    python = environment("line_daft", DAFT)
    if python is None:
        return None
    parts = [folder / f"part-{number}.warc" for number in range(PARTS)]
    files = [part.open("wb") for part in parts]
    for number, (url, path) in enumerate(real_pages(data, [])):
        page = body(path) if most is None or number < most else None
        if page is not None and url.startswith(("http://", "https://")):
            files[number % PARTS].write(response_record(url, page))
    for file in files:
        file.close()
    parts.append(folder / "damaged.warc.gz")
    parts[-1].write_bytes(b"\x1f\x8b\x08\x00 no archive")
    # Daft lies in an environment of its own; the project's libraries are those that the project runs with.
    libraries = next(path for path in sys.path if path.endswith("site-packages"))
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src"), libraries])}
    told = subprocess.run(
        [str(python), str(PEERS / "line_daft.py"), *map(str, parts)], env=env, stdout=subprocess.PIPE, check=True
    )
    answer = json.loads(told.stdout.splitlines()[-1])
    expected = [row for part in parts for row in ours("rows", str(part))]
    return sorted(answer["rows"]) == sorted(expected), len(expected) / answer["seconds"]


def main() -> int:
    """Measure, print, and say by the exit code whether all bars hold."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of shared data")
    parser.add_argument("--pages", type=int, help="at most so many pages")
    parser.add_argument("--every", type=int, default=4, help="peers read every so many pages")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        archive = folder / "pages.warc.gz"
        pages, absent = assemble(given.data, archive, most=given.pages)
        first = ours("run", str(archive), str(folder / "first"))
        ours("run", str(archive), str(folder / "second"))
        same = all(
            (folder / "first" / file).read_bytes() == (folder / "second" / file).read_bytes()
            for file in ("digest.json", "digest.html")
        )
        stages = ours("stages", str(archive))["ms"]
        peaks = [measure(digest_command([archive] * times, folder / f"out-{times}"))[0] for times in (1, 5)]
        daft = on_daft(given.data, folder, given.pages)
        rates = {peer: peer_rate(peer, given.data, given.every, given.pages) for peer in PACKAGES}
    absent += [peer for peer, rate in {**rates, "daft": daft}.items() if rate is None]
    rate, on_two = 1000 / sum(stages.values()), pages / first["seconds"]
    times = {peer: rate / other for peer, other in rates.items() if other}
    bars = {
        **{f"times {peer}": found >= TIMES_BAR for peer, found in times.items()},
        "pages a second": on_two >= RATE_BAR,
        "memory": peaks[1] / peaks[0] <= MEMORY_BAR,
        "same bytes": same,
        **({} if daft is None else {"same rows on Daft": daft[0]}),
        "enough pages": given.data != DATA or pages >= LEAST_PAGES,
    }
    for stage, spent_in in sorted(stages.items(), key=lambda one: -one[1]):
        print(f"{stage:<30} {spent_in:>7.2f} ms of processor a page")
    print(f"{'all stages in one process':<30} {sum(stages.values()):>7.2f} ms")
    print(f"{pages} pages on two cores: {on_two:.0f} a second (bar {RATE_BAR:.0f}); {rate:.0f} a second of processor")
    print(f"  reading {first['read']:.1f} s, comparing {first['compare']:.1f} s, telling {first['tell']:.1f} s")
    for peer, found in times.items():
        print(f"by {peer}: {found:.1f} times (bar {TIMES_BAR:.0f}); {rates[peer]:.1f} pages a second of processor")
    print(f"memory: {peaks[0] / 2**20:.0f} MB, given five times {peaks[1] / 2**20:.0f} MB (bar {MEMORY_BAR})")
    print(f"same bytes twice: {same}; on Daft: {'absent' if daft is None else f'same rows {daft[0]}, {daft[1]:.0f}/s'}")
    print(f"missed: {', '.join(bar for bar, held in bars.items() if not held) or 'nothing'}")
    holds = all(bars.values()) and not (absent and given.data == DATA)
    result = {
        "bench": "line",
        "pages": pages,
        "per_second_on_two_cores": round(on_two, 1),
        "per_second_of_processor": round(rate, 1),
        "times": {peer: round(found, 2) for peer, found in times.items()},
        "stages_ms": {stage: round(spent_in, 2) for stage, spent_in in stages.items()},
        "memory": round(peaks[1] / peaks[0], 3),
        "bars": bars,
        "absent": absent,
        "holds": holds,
    }
    print(json.dumps(result))
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
