"""Body text and its speed beside trafilatura, resiliparse and readability, page by page in one run.

    python bench/body.py [--data DIR] [--threaded 50000]

Three sets: the article extraction benchmark by its own measure (runs of four words; mean precision and recall over
pages), newspaper pages of 25 languages by the same (Chinese, Japanese, Korean and Thai by character), web pages with
phrases that must and must not be found. Every page is given to one extractor after the other, decoded; seconds are
those of the processor, taken by each around its own call. Last, pages are read again and again on eight threads. Peers
are installed below ``var/bench`` (or ``NHIPCAU_BENCH_CACHE``).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PEERS = ROOT / "bench" / "peers"
sys.path[:0] = [str(PEERS), str(ROOT / "bench" / "train"), str(ROOT / "src")]

import sets  # noqa: E402 - lies beside
from environments import environment  # noqa: E402 - the same

from nhipcau.newswire import language  # noqa: E402 - the same
from nhipcau.newswire.extract import encoding  # noqa: E402 - the same
from nhipcau.newswire.extract.tidy import tidy_text  # noqa: E402 - the same

DATA = ROOT.parent / "shared" / "data"
PACKAGES = {
    "body_trafilatura": ["trafilatura==2.3.1", "lxml_html_clean"],
    "body_resiliparse": ["resiliparse==2.0.1"],
    "body_readability": ["readability-lxml==0.8.4.1", "lxml_html_clean"],
}
SETS = {
    "articles": ("article-extraction", sets.articles),
    "newspapers": ("news-pages", sets.newspapers),
    "segments": ("web-pages", sets.segments),
}
BARS = {"articles": 0.970, "newspapers": 0.955, "segments": 0.930}
#: Above trafilatura's best mode on articles: on the folder that all know, and on any other.
LEAST_ABOVE, LEAST_ABOVE_ELSEWHERE = 0.006, 0.001
LANGUAGE_BAR, LANGUAGE_PAGES, REST_BAR = 0.88, 8, 0.90
SPEED_BAR = 4.0


class Peer:
    """A process that is given pages."""

    def __init__(self, script: str, python: Path) -> None:
        env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(PEERS), str(ROOT / "src")]), "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [str(python), "-W", "ignore", str(PEERS / f"{script}.py")],
            env=env,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def read(self, path: Path, url: str) -> dict[str, Any]:
        """What it finds: by name, text and seconds."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"path": str(path), "url": url}) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("a peer ended; what it said stands above")
        found: dict[str, Any] = json.loads(line)
        return {} if "failed" in found else found

    def stop(self) -> None:
        """End it."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=30)


class Marks:
    """What one extractor reached."""

    def __init__(self) -> None:
        self.pairs: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.languages: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.phrases: Counter[str] = Counter()
        self.seconds, self.pages = 0.0, 0

    def take(self, kind: str, page: sets.Labelled, text: str, seconds: float, spoken: str) -> None:
        """One page."""
        self.seconds += seconds
        self.pages += 1
        if page.expected is None:
            self.phrases.update(sets.segment_counts(page, text))
            return
        by_character = kind == "newspapers"
        pair = sets.precision_and_recall(page.expected, text, by_character=by_character)
        self.pairs[kind].append(pair)
        if by_character:
            self.languages[spoken].append(pair)

    def f1(self, kind: str) -> float | None:
        """The mark of one set."""
        if kind == "segments":
            return sets.segment_f1(self.phrases) if self.phrases else None
        return sets.f1(self.pairs[kind]) if self.pairs[kind] else None

    def by_language(self) -> dict[str, tuple[int, float]]:
        """Pages and F1 of each language with enough pages; the others together as ``rest``."""
        rest: list[tuple[float, float]] = []
        found = {}
        for code, pairs in sorted(self.languages.items()):
            if len(pairs) >= LANGUAGE_PAGES:
                found[code] = (len(pairs), sets.f1(pairs))
            else:
                rest += pairs
        return found | ({"rest": (len(rest), sets.f1(rest))} if rest else {})


def ask_all(data: Path, kinds: list[str], peers: list[Peer], folder: Path) -> dict[str, Marks]:
    """Every page to every peer in turn."""
    marks: dict[str, Marks] = defaultdict(Marks)
    for kind in kinds:
        for number, page in enumerate(SETS[kind][1](data)):
            path = folder / f"{kind}-{number}.html"
            path.write_text(encoding.decode(page.raw) or "", encoding="utf-8", errors="replace")
            if page.expected is not None:
                page = sets.replace(page, expected=tidy_text(page.expected))  # noqa: PLW2901 - the same page
            spoken = language.identify(page.expected or "").code if kind == "newspapers" else ""
            for peer in peers:
                for name, (text, seconds) in peer.read(path, page.url).items():
                    marks[name].take(kind, page, text, seconds, spoken)
    return marks


def recorded(data: Path, marks: dict[str, Marks]) -> None:
    """What peers put on record for the article extraction benchmark."""
    for name in ("rs_trafilatura", "AutoExtract"):
        file = data / "article-extraction" / "peer-output" / f"{name}.json"
        if file.exists():
            told = json.loads(file.read_text(encoding="utf-8"))
            for page in sets.articles(data):
                text = (told.get(page.name) or {}).get("articleBody") or ""
                marks[f"{name} (recorded)"].take("articles", page, text, 0.0, "")


def on_threads(folder: Path, pages: int) -> bool:
    """Whether a process that reads so many pages on eight threads ends in peace."""
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, str(PEERS / "body_threads.py"), str(folder), str(pages)]
    return subprocess.run(command, env=env, check=False).returncode == 0


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--threaded", type=int, default=50_000, help="pages read on eight threads")
    given = parser.parse_args()
    kinds = [kind for kind, (part, _) in SETS.items() if (given.data / part).is_dir()]
    absent = [part for kind, (part, _) in SETS.items() if kind not in kinds]
    peers = [Peer("body_ours", Path(sys.executable))]
    for script, packages in PACKAGES.items():
        python = environment(script, packages)
        if python is None:
            absent.append(script.removeprefix("body_"))
        else:
            peers.append(Peer(script, python))
    with tempfile.TemporaryDirectory() as name:
        try:
            marks = ask_all(given.data, kinds, peers, Path(name))
        finally:
            for peer in peers:
                peer.stop()
        recorded(given.data, marks)
        calm = on_threads(Path(name), given.threaded) if kinds and given.threaded else None
    return judge(marks, absent, calm=calm, default=given.data.resolve() == DATA.resolve())


def judge(marks: dict[str, Marks], absent: list[str], *, calm: bool | None, default: bool) -> int:
    """The table and the last line."""
    rates = {name: mark.pages / mark.seconds for name, mark in marks.items() if mark.seconds}
    print(f"{'extractor':<28} {'articles':>9} {'newspapers':>11} {'segments':>9} {'pages/s':>8}")
    for name, mark in marks.items():
        figures = [mark.f1(kind) if "alone" not in name else None for kind in SETS]
        shown = [f"{figure:.4f}" if figure is not None else "" for figure in figures]
        print(f"{name:<28} {shown[0]:>9} {shown[1]:>11} {shown[2]:>9} {rates.get(name, 0) or '':>8.4}")
    ours = marks["ours"]
    spoken = ours.by_language()
    for code, (pages, figure) in spoken.items():
        peer = marks["trafilatura"].by_language().get(code, (0, 0.0))[1] if "trafilatura" in marks else 0.0
        print(f"  {code:<6} {pages:>4} pages  ours {figure:.4f}  trafilatura {peer:.4f}")
    reached = {kind: ours.f1(kind) for kind in SETS}
    faults = [kind for kind, bar in BARS.items() if (figure := reached[kind]) is not None and figure < bar]
    modes = [
        figure for name, mark in marks.items() if name.startswith("trafilatura") and (figure := mark.f1("articles"))
    ]
    above = reached["articles"] - max(modes) if reached["articles"] is not None and modes else None
    if above is not None and above < (LEAST_ABOVE if default else LEAST_ABOVE_ELSEWHERE):
        faults.append("above trafilatura's best mode")
    faults += [
        f"language {code}"
        for code, (_, figure) in spoken.items()
        if figure < (REST_BAR if code == "rest" else LANGUAGE_BAR)
    ]
    ratio = rates["ours"] / rates["trafilatura"] if "trafilatura" in rates and "ours" in rates else None
    if ratio is not None and ratio < SPEED_BAR:
        faults.append("speed")
    if calm is False:
        faults.append("eight threads")
    if default and absent:
        faults.append("absent")
    print(f"times trafilatura's default: {ratio}; above its best mode: {above}; eight threads in peace: {calm}")
    print(f"bars missed: {', '.join(faults) or 'none'}")
    result = {
        "bench": "body",
        "f1": {name: {kind: mark.f1(kind) for kind in SETS} for name, mark in marks.items() if "alone" not in name},
        "languages": spoken,
        "pages_per_second": {name: round(rate, 1) for name, rate in rates.items()},
        "times_trafilatura": ratio,
        "above_best_mode": above,
        "eight_threads": calm,
        "absent": absent,
        "missed": faults,
        "holds": not faults,
    }
    print(json.dumps(result))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
