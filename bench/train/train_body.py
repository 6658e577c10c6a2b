"""Trains the model of body text from the labelled pages, and says what it reaches on sites it has not seen.

    python bench/train/train_body.py [--data DIR] [--folds 4] [--write]

Cross-validated: pages of one site or publisher are never on both sides. ``--write`` trains on everything and writes
``body_model.json``; CatBoost lies in an environment of its own below ``var/bench``. Nothing of a page gets into the
file but the borders of numbers.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "peers"), str(ROOT / "bench" / "train")]

import sets  # noqa: E402 - lies beside
from environments import environment  # noqa: E402 - the same
from labels import labels_of  # noqa: E402 - the same

from nhipcau.newswire.extract import encoding  # noqa: E402 - the same
from nhipcau.newswire.extract.blocks import Blocks, blocks_of  # noqa: E402 - the same
from nhipcau.newswire.extract.body import joined, without_title  # noqa: E402 - the same
from nhipcau.newswire.extract.choosing import chosen  # noqa: E402 - the same
from nhipcau.newswire.extract.declared import declared_of  # noqa: E402 - the same
from nhipcau.newswire.extract.features import rows_of  # noqa: E402 - the same
from nhipcau.newswire.extract.metadata import Page  # noqa: E402 - the same
from nhipcau.newswire.extract.model import Trees  # noqa: E402 - the same
from nhipcau.newswire.extract.tidy import tidy_text  # noqa: E402 - the same
from nhipcau.newswire.extract.tree import Tree  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TARGET = ROOT / "src" / "nhipcau" / "newswire" / "extract" / "body_model.json"
PACKAGES = ["catboost==1.2.10"]
SECOND_HAND = ["trafilatura==2.3.1", "lxml_html_clean"]
TREES = 300
KINDS = ("articles", "newspapers", "segments")
THRESHOLD = 0.55
THRESHOLDS = (0.45, 0.5, THRESHOLD, 0.6)


@dataclass
class Example:
    """A page, taken apart."""

    kind: str
    known: sets.Labelled
    page: Blocks
    rows: np.ndarray
    labels: np.ndarray
    weights: np.ndarray
    title: str


def examples(data: Path, hints: Path) -> Iterator[Example]:
    """Every labelled page that has any text; ``hints`` is a Python with trafilatura."""
    pages = [(kind, known) for kind in KINDS for known in getattr(sets, kind)(data)]
    second_hand = hinted(hints, [known for _kind, known in pages if known.expected is None])
    for kind, known in pages:
        tree = Tree(encoding.decode(known.raw) or "")
        page = blocks_of(tree)
        if known.expected is not None:
            known = sets.replace(known, expected=tidy_text(known.expected))  # noqa: PLW2901 - the same page
        if page.texts:
            labels, weights = labels_of(known, page.texts, second_hand.get(known.name, ()))
            around = Page(tree, url=known.url)
            rows = rows_of(page, declared_of(around))
            yield Example(kind, known, page, rows, labels, weights, around.title() or "")


def hinted(python: Path, pages: Sequence[sets.Labelled]) -> dict[str, list[str]]:
    """What trafilatura takes for the text of pages, balanced and precise, by the names of the pages."""
    with tempfile.TemporaryDirectory() as name:
        for number, known in enumerate(pages):
            text = encoding.decode(known.raw) or ""
            (Path(name) / f"{number}.html").write_text(text, encoding="utf-8", errors="replace")
        subprocess.run([str(python), str(ROOT / "bench" / "train" / "second_hand.py"), name], check=True)
        return {
            known.name: json.loads((Path(name) / f"{number}.json").read_text(encoding="utf-8"))
            for number, known in enumerate(pages)
        }


def trained(python: Path, every: Sequence[Example]) -> dict[str, object]:
    """A model of these pages, as plain data."""
    weights = np.concatenate([one.weights for one in every])
    used = weights > 0
    with tempfile.TemporaryDirectory() as name:
        source, target = Path(name) / "rows.npz", Path(name) / "model.json"
        np.savez(
            source,
            rows=np.concatenate([one.rows for one in every])[used],
            labels=np.clip(np.concatenate([one.labels for one in every])[used], 0, 1),
            weights=weights[used] * (used.sum() / weights.sum()),
        )
        command = [str(python), str(ROOT / "bench" / "train" / "boost.py"), str(source), str(target), str(TREES)]
        subprocess.run(command, check=True)
        told: dict[str, object] = json.loads(target.read_text(encoding="utf-8"))
        return told


def crossed(python: Path, every: list[Example], folds: int) -> list[np.ndarray]:
    """What models say of the pages of sites they were not trained on."""
    side = [zlib.crc32(one.known.group.encode()) % folds for one in every]
    found: list[np.ndarray] = [np.zeros(0)] * len(every)
    for fold in range(folds):
        model = Trees(trained(python, [one for one, at in zip(every, side, strict=True) if at != fold]))
        for number, one in enumerate(every):
            if side[number] == fold:
                found[number] = model.chances(one.rows)
    return found


def reached(every: Sequence[Example], chances: Sequence[np.ndarray], threshold: float) -> dict[str, float]:
    """F1 of each set."""
    pairs: dict[str, list[tuple[float, float]]] = {"articles": [], "newspapers": []}
    phrases: Counter[str] = Counter()
    for one, chance in zip(every, chances, strict=True):
        numbers = chosen(one.page, [float(value) for value in chance], threshold)
        text = without_title(joined(one.page, numbers), [one.title])
        if one.known.expected is None:
            phrases.update(sets.segment_counts(one.known, text))
        else:
            by_character = one.kind == "newspapers"
            pairs[one.kind].append(sets.precision_and_recall(one.known.expected, text, by_character=by_character))
    return {kind: sets.f1(found) for kind, found in pairs.items()} | {"segments": sets.segment_f1(phrases)}


def main() -> int:
    """Cross-validate, say it, and write where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--folds", type=int, default=4)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    python = environment("train_body", PACKAGES)
    hints = environment("body_trafilatura", SECOND_HAND)
    if python is None or hints is None:
        sys.exit("CatBoost or trafilatura could not be installed")
    every = list(examples(given.data, hints))
    if given.write:
        told = {"threshold": THRESHOLD, "model": trained(python, every)}
        TARGET.write_text(json.dumps(told, separators=(",", ":")).replace("[[", "\n[[") + "\n", encoding="utf-8")
        return 0
    chances = crossed(python, every, given.folds)
    for threshold in THRESHOLDS:
        found = reached(every, chances, threshold)
        print(threshold, {kind: round(figure, 4) for kind, figure in found.items()})
    return 0


if __name__ == "__main__":
    sys.exit(main())
