"""Reports' workbooks given back damaged: every valid value arrives exactly, every damage is named at its cell.

    python bench/roundtrip.py [--data DIR] [--books N]

Generates 300 workbooks of a form as large as the outline of a yearly report, fills each in, harms it in one of the ways
of ``tests/support/damage.py``, saves half of them with openpyxl and half once more with LibreOffice (skipped, and then
the bar is not met, where ``soffice`` is not installed), and reads them. What has to be found is known by construction:
every value, and for every harm the cells at which it must be named, no more and no less. Takes no data; ``--data`` is
accepted like everywhere.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

BOOKS = 300
KINDS_NEEDED = 30
#: Files that LibreOffice is given at once.
BATCH = 50
SECONDS = 300


def main() -> int:
    """Generate, save, read; the table, and the line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--books", type=int, default=BOOKS)
    asked = parser.parse_args()
    warnings.simplefilter("ignore")
    office = shutil.which("soffice")
    savers = ["openpyxl", "LibreOffice"] if office else ["openpyxl"]
    with tempfile.TemporaryDirectory(prefix="roundtrip") as folder:
        books = list(_made(asked.books, savers))
        data = [book.save() for _kind, _saver, book in books]
        if office:
            _through_office(office, Path(folder), books, data)
        wrong: list[tuple[str, str, str]] = []
        seconds, cells = [], 0
        for (kind, saver, book), content in zip(books, data, strict=True):
            began = time.perf_counter()
            found = _read(book, content)
            seconds.append(time.perf_counter() - began)
            cells += 0 if book.expected.refused else len(book.expected.fields)
            wrong += [(kind, saver, sentence) for sentence in found]
    return _told(books, wrong, seconds, cells, office=bool(office))


def _made(count: int, savers: list[str]) -> Any:
    from tests.support.damage import KINDS, Workbook

    names = sorted(KINDS)
    for number in range(count):
        kind, saver = names[(number // len(savers)) % len(names)], savers[number % len(savers)]
        book = Workbook(number, calculated=saver == "LibreOffice")
        book.fill()
        KINDS[kind](book)
        yield kind, saver, book


def _through_office(office: str, folder: Path, books: list[Any], data: list[bytes]) -> None:
    """Have LibreOffice open and save those that are its own, in batches; what is no workbook at all is left out."""
    given, saved = folder / "given", folder / "saved"
    given.mkdir()
    waiting = [n for n, (_kind, saver, book) in enumerate(books) if saver == "LibreOffice" and book.bytes is None]
    for number in waiting:
        (given / f"{number}.xlsx").write_bytes(data[number])
    for start in range(0, len(waiting), BATCH):
        files = [str(given / f"{number}.xlsx") for number in waiting[start : start + BATCH]]
        profile = f"-env:UserInstallation=file://{folder}/profile"
        kind = "xlsx:Calc MS Excel 2007 XML"
        command = [office, profile, "--headless", "--convert-to", kind, "--outdir", str(saved), *files]
        subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
    for number in waiting:
        data[number] = (saved / f"{number}.xlsx").read_bytes()


def _read(book: Any, content: bytes) -> list[str]:
    from tests.support.damage import read

    try:
        return read(book, content)
    except Exception:  # noqa: BLE001 - a traceback is what the bar forbids, so it is counted
        return [traceback.format_exc(limit=-1)]


def _told(books: list[Any], wrong: list[Any], seconds: list[float], cells: int, *, office: bool) -> int:
    from tests.support.damage import KINDS

    made = Counter(kind for kind, _saver, _book in books)
    bad = Counter(kind for kind, _saver in {(kind, saver) for kind, saver, _sentence in wrong})
    print(f"{'kind of damage':<32}{'books':>6}{'wrong':>7}")
    for kind in sorted(KINDS):
        print(f"{kind:<32}{made[kind]:>6}{bad[kind]:>7}")
    for kind, saver, sentence in wrong[:40]:
        print(f"  {kind} ({saver}): {sentence}")
    done = not wrong and office and len(made) >= KINDS_NEEDED
    result = {
        "bench": "roundtrip",
        "books": len(books),
        "kinds": len(made),
        "savers": dict(Counter(saver for _kind, saver, _book in books)),
        "values": cells,
        "wrong": len(wrong),
        "median_read_ms": round(statistics.median(seconds) * 1000),
        "slowest_read_ms": round(max(seconds) * 1000),
        "ok": done,
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
