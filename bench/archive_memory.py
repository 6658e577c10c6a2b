"""Does memory stay flat on archives? Peak PSS of a digest's process tree with an archive given five times and once.

    .venv/bin/python bench/archive_memory.py [--data DIR] [--pages N] [--times N]

The archive is assembled from the real pages in the shared data folder, with their real addresses. Both runs are made
here, one after the other, and compared as a ratio. Prints a table, then one line of JSON; exit 0 where the bar holds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[1]
DATA = ROOT.parent / "shared" / "data"
BAR = 1.25
LEAST_PAGES = 900
FOCUS = "DE"
#: Seconds between two looks at the process tree.
LOOK = 0.05


def real_pages(data: Path, absent: list[str]) -> Iterator[tuple[str, Path]]:
    """Address and file of every page, in a fixed order; parts that are not there are named in ``absent``."""
    listed = data / "web-pages" / "evaldata.json"
    if listed.exists():
        for url, page in sorted(json.loads(listed.read_text(encoding="utf-8")).items()):
            yield url, listed.parent / "html" / page["file"]
    else:
        absent.append("web-pages")
    truth = data / "article-extraction" / "ground-truth.json"
    if truth.exists():
        for name, page in sorted(json.loads(truth.read_text(encoding="utf-8")).items()):
            yield page["url"], truth.parent / "html" / f"{name}.html.gz"
    else:
        absent.append("article-extraction")
    if not (data / "news-pages").is_dir():
        absent.append("news-pages")
    for meta in sorted((data / "news-pages").glob("*/meta.info")):
        for name, page in sorted(json.loads(meta.read_text(encoding="utf-8")).items()):
            yield page["url"], meta.parent / name


def body(path: Path) -> bytes | None:
    """The page as it was served, ``None`` where the file is not there under its name or that name with ``.gz``."""
    packed = path if path.suffix == ".gz" else path.with_name(f"{path.name}.gz")
    if packed.exists():
        return gzip.decompress(packed.read_bytes())
    return path.read_bytes() if path.exists() else None


def assemble(data: Path, archive: Path, *, most: int | None = None) -> tuple[int, list[str]]:
    """Write the pages as one WARC of responses; the number of pages and the parts of the data that are not there.

    The bytes are the same every time: dates and record numbers come from the addresses, not from a clock.
    """
    absent: list[str] = []
    count = 0
    with archive.open("wb") as file:
        for url, path in real_pages(data, absent):
            if count == most:
                break
            page = body(path)
            if page is None or not url.startswith(("http://", "https://")):
                continue
            file.write(gzip.compress(response_record(url, page), 6, mtime=0))
            count += 1
    return count, absent


def response_record(url: str, page: bytes) -> bytes:
    """A page as a WARC 1.0 response record (ISO 28500), one gzip member of an archive."""
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(page) + page
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, url)}>",
        "WARC-Date": "2026-11-22T00:00:00Z",
        "WARC-Target-URI": url,
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(answer)),
    }
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return head.encode() + b"\r\n" + answer + b"\r\n\r\n"


def tree_pss(root: psutil.Process) -> int:
    """Bytes that a process and all below it hold, shared pages split among those who share them."""
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            total += process.memory_full_info().pss
        except psutil.Error:
            continue  # it ended while we looked
    return total


def measure(command: list[str]) -> tuple[int, float]:
    """Peak PSS of the command's process tree in bytes, and its seconds."""
    started, peak = time.monotonic(), 0
    running = subprocess.Popen(command)
    root = psutil.Process(running.pid)
    while running.poll() is None:
        try:
            peak = max(peak, tree_pss(root))
        except psutil.NoSuchProcess:
            break
        time.sleep(LOOK)
    if running.wait():
        raise SystemExit(f"the digest ended with exit code {running.returncode}")
    return peak, time.monotonic() - started


def digest_command(archives: list[Path], out: Path) -> list[str]:
    """The command a person would give."""
    return [
        *(str(Path(sys.executable).with_name("nhipcau")), "digest", "--formats", "json,html", *map(str, archives)),
        *("--out", str(out), "--focus", FOCUS, "--jobs", "2", "--quiet"),
    ]


def main() -> int:
    """Measure both, print, and say by the exit code whether the bar holds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA, help="folder of shared data")
    parser.add_argument("--pages", type=int, help="at most so many pages")
    parser.add_argument("--times", type=int, default=5, help="how often the archive is given")
    given = parser.parse_args()
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "pages.warc.gz"
        pages, absent = assemble(given.data, archive, most=given.pages)
        for times in (1, given.times):
            out = Path(folder) / f"out-{times}"
            peak, seconds = measure(digest_command([archive] * times, out))
            counts = json.loads((out / "digest.json").read_text(encoding="utf-8"))["counts"]
            rows.append({"times": times, "peak_pss": peak, "seconds": round(seconds, 1), **counts})
    print(f"{'given':>6} {'documents':>10} {'articles':>9} {'relevant':>9} {'peak MB':>9} {'docs/s':>7}")
    for row in rows:
        rate = row["documents"] / row["seconds"]
        print(
            f"{row['times']:>5}x {row['documents']:>10} {row['articles']:>9} {row['relevant']:>9}"
            f" {row['peak_pss'] / 2**20:>9.1f} {rate:>7.1f}"
        )
    ratio = rows[1]["peak_pss"] / rows[0]["peak_pss"]
    holds = ratio <= BAR and pages >= LEAST_PAGES
    print(
        f"ratio {ratio:.3f}, bar {BAR}; {pages} pages, at least {LEAST_PAGES}; absent: {', '.join(absent) or 'nothing'}"
    )
    print(
        json.dumps(
            {
                "bench": "archive_memory",
                "ratio": round(ratio, 3),
                "bar": BAR,
                "pages": pages,
                "runs": rows,
                "absent": absent,
                "holds": holds,
            }
        )
    )
    return 0 if holds else 1


if __name__ == "__main__":
    sys.exit(main())
