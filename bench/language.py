"""Which language a text is in: how often right, how sure, how quick, beside py3langid in the same run.

    python bench/language.py [--data DIR]

Sentences and their first 25 characters: news in ten languages (``stories/parallel-news.jsonl`` and
``vietnamese/unc-news.tar.gz``), of documents that the classifier was not trained on (``for_training`` in
``bench/train/language_texts.py`` says which). Texts of 60 characters or more in every language of the press: Django's
translated messages without placeholders, of which the classifier saw none, but for the half of the Swahili and Malay
ones that is left out here; in Lao and Chinese, of which Django has none or few, also names
of countries, languages and currencies as Babel's CLDR has them, joined; in Hausa, of whose names the classifier was
told, the news. Speed is on one core and with one call for each text.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import django

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "train")]

import language_texts as texts_of  # noqa: E402 - lies beside

from nhipcau.newswire import language  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.newswire.records import Language

DATA = ROOT.parent / "shared" / "data"
PRESS = (
    "vi en fr es pt de it nl sv no da fi is ru uk zh-Hans zh-Hant ja ko th lo km my id ms ar fa he hi bn tr pl cs sk "
    "hu ro el bg sr ha sw"
)
LISTED = PRESS.split()
#: Languages for which CLDR's names are the test, for want of messages.
BY_NAMES = ("lo", "my", "zh-Hans", "zh-Hant", "km")
NEWS = ("stories/parallel-news.jsonl", "vietnamese/unc-news.tar.gz")
LEAST, EACH, OPENING, LONG = 40, 1500, 25, 60
SENTENCES_BAR, OPENINGS_BAR, LISTED_BAR, SPEED_BAR, ERROR_BAR = 0.993, 0.95, 0.95, 10_000, 0.03
BINS = 15
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")
_PLACEHOLDER = re.compile(r"%\(|%[a-z]|[{}<>]")


@dataclass(frozen=True)
class Known:
    """A text and its language."""

    text: str
    code: str


@dataclass
class Told:
    """What was said of texts, in their order, and how long that took."""

    found: list[Language]
    seconds: float


def sentences(data: Path) -> list[Known]:
    """News sentences, of every language about as many; those of scripts that say more in a character may be shorter."""
    found = []
    for code, lines in sorted(texts_of.news(data, training=False).items()):
        usable = [line for line in lines if len(line) >= (OPENING if _DENSE.search(line) else LEAST)]
        random.Random(3).shuffle(usable)  # noqa: S311 - the same sample every time
        found += [Known(line, code) for line in usable[:EACH]]
    return found


def messages(news: list[Known]) -> dict[str, list[Known]]:
    """Long texts in every listed language."""
    found: dict[str, list[Known]] = defaultdict(list)
    for path_code, path in texts_of.catalogues(Path(django.__file__).parent):
        code = {"zh_hans": "zh-Hans", "zh_hant": "zh-Hant"}.get(path_code, path_code)
        for source, text in texts_of.messages(path) if code in LISTED else ():
            seen = path.parent.parent.name in texts_of.HALF_OF_DJANGO and texts_of.for_training(source)
            if not seen and len(text) >= LONG and not _PLACEHOLDER.search(text):
                found[code].append(Known(text, code))
    english = {
        source
        for _, path in texts_of.catalogues(Path(django.__file__).parent)
        if path.parent.parent.name == "fr"
        for source, _ in texts_of.messages(path)
        if len(source) >= LONG and not _PLACEHOLDER.search(source)
    }
    found["en"] = [Known(text, "en") for text in sorted(english)]
    for code in BY_NAMES:
        found[code] += [Known(text, code) for text in joined_names(code)]
    found["ha"] = [one for one in news if one.code == "ha" and len(one.text) >= LONG]
    return {code: list(dict.fromkeys(found[code])) for code in LISTED if found[code]}


def joined_names(code: str) -> list[str]:
    """Names in a language, joined to texts of 60 characters or more."""
    names = texts_of.cldr_names(code.replace("-", "_"))
    random.Random(4).shuffle(names)  # noqa: S311 - the same
    found, text = [], ""
    for name in names:
        text = f"{text}, {name}" if text else name
        if len(text) >= LONG:
            found.append(text)
            text = ""
    return found


def base(code: str) -> str:
    """A language without the script that it is written in."""
    return code.partition("-")[0]


def by_ours(texts: Sequence[str]) -> Told:
    """What we say, one call a text."""
    language.load()
    language.identify("北京")
    started = time.process_time()
    found = [language.identify(text) for text in texts]
    return Told(found, time.process_time() - started)


def by_py3langid(texts: Sequence[str]) -> Told:
    """What py3langid says, every language of its model allowed."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    from nhipcau.newswire.records import Language

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.classify("warm")
    started = time.process_time()
    found = [model.classify(text) for text in texts]
    seconds = time.process_time() - started
    codes = {"nb": "no", "zh": "zh"}
    return Told([Language(codes.get(code, code), float(chance)) for code, chance in found], seconds)


def share_right(known: Sequence[Known], told: Told) -> float:
    """The mean over languages of the share of their texts that are told rightly, scripts of Chinese aside."""
    right: dict[str, list[bool]] = defaultdict(list)
    for one, found in zip(known, told.found, strict=True):
        right[one.code].append(base(found.code) == base(one.code))
    return sum(sum(marks) / len(marks) for marks in right.values()) / len(right)


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Expected calibration error: the mean distance, over 15 equal bins, of how sure and how often right."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for sure, right in pairs:
        bins[min(int(sure * BINS), BINS - 1)].append((sure, right))
    return sum(abs(sum(sure - right for sure, right in rows)) for rows in bins.values()) / max(len(pairs), 1)


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    given = parser.parse_args()
    absent = [part for part in NEWS if not (given.data / part).exists()]
    long = sentences(given.data)
    sets = {"sentences": long, "openings": [Known(one.text[:OPENING], one.code) for one in long]}
    listed = messages(long)
    sets["messages"] = [one for known in listed.values() for one in known]
    told = {
        name: {kind: teller([one.text for one in known]) for kind, known in sets.items() if known}
        for name, teller in (("ours", by_ours), ("py3langid", by_py3langid))
    }
    return judge(sets, told, absent, default=given.data.resolve() == DATA.resolve())


def judge(sets: dict[str, list[Known]], told: dict[str, dict[str, Told]], absent: list[str], *, default: bool) -> int:
    """The table and the last line."""
    shares = {name: {kind: share_right(sets[kind], one) for kind, one in kinds.items()} for name, kinds in told.items()}
    rates = {name: {kind: len(one.found) / one.seconds for kind, one in kinds.items()} for name, kinds in told.items()}
    for name, kinds in shares.items():
        for kind, share in kinds.items():
            print(f"{name:<10} {kind:<10} {len(sets[kind]):>6} right {share:.4f} {rates[name][kind]:>8.0f}/s")
    ours = told["ours"]
    pairs = {
        kind: [
            (found.confidence, found.code == one.code or (base(one.code) == one.code == base(found.code)))
            for one, found in zip(sets[kind], one_kind.found, strict=True)
        ]
        for kind, one_kind in ours.items()
    }
    errors = {kind: calibration_error(rows) for kind, rows in pairs.items()}
    errors["all"] = calibration_error([row for rows in pairs.values() for row in rows])
    print("expected calibration error", {kind: round(error, 4) for kind, error in errors.items()})
    by_language = of_each(sets["messages"], ours["messages"])
    for kind in [kind for kind in ("sentences", "openings") if kind in ours]:
        print(kind, {code: round(share, 4) for code, (_, share, _) in of_each(sets[kind], ours[kind]).items()})
    for code, (count, share, wrong) in by_language.items():
        print(f"  {code:<8} {count:>4} {share:.3f} {wrong or ''}")
    bars = {"sentences": SENTENCES_BAR, "openings": OPENINGS_BAR}
    faults = [kind for kind, bar in bars.items() if kind in shares["ours"] and shares["ours"][kind] < bar]
    faults += [f"language {code}" for code in LISTED if code not in by_language or by_language[code][1] < LISTED_BAR]
    faults += [f"speed of {kind}" for kind in bars if kind in rates["ours"] and rates["ours"][kind] < SPEED_BAR]
    faults += [f"calibration of {kind}" for kind, error in errors.items() if error >= ERROR_BAR]
    if default and absent:
        faults.append("absent")
    print(f"bars missed: {', '.join(faults) or 'none'}")
    result = {
        "bench": "language",
        "right": {name: {kind: round(share, 4) for kind, share in kinds.items()} for name, kinds in shares.items()},
        "per_second": {name: {kind: round(rate) for kind, rate in kinds.items()} for name, kinds in rates.items()},
        "calibration_error": {kind: round(error, 4) for kind, error in errors.items()},
        "listed": {code: round(share, 4) for code, (_, share, _) in by_language.items()},
        "absent": absent,
        "missed": faults,
        "holds": not faults,
    }
    print(json.dumps(result))
    return 1 if faults else 0


def of_each(known: Sequence[Known], told: Told) -> dict[str, tuple[int, float, dict[str, int]]]:
    """Of each language how many texts, the share told rightly, and what the others were taken for."""
    wrong: dict[str, Counter[str]] = defaultdict(Counter)
    counts = Counter(one.code for one in known)
    for one, found in zip(known, told.found, strict=True):
        if found.code != one.code and not (one.code == "zh" and base(found.code) == "zh"):
            wrong[one.code][found.code] += 1
    return {code: (count, 1 - wrong[code].total() / count, dict(wrong[code])) for code, count in counts.items()}


if __name__ == "__main__":
    sys.exit(main())
