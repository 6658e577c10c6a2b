"""The labelled pages of the data folder, and the measures of body text.

Three sets: ``articles`` (the article extraction benchmark: whole texts), ``newspapers`` (gold of parsers written for
one publisher each: whole texts, 25 languages), ``segments`` (phrases that must and that must not be found).
"""

from __future__ import annotations

import gzip
import html
import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

__all__ = [
    "Labelled",
    "articles",
    "f1",
    "newspapers",
    "precision_and_recall",
    "replace",
    "segment_counts",
    "segment_f1",
    "segments",
]

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: Scripts in which every character counts as a word: Chinese, Japanese and Korean writing, and Thai.
_DENSE = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_DENSE}]|[^\W{_DENSE}]+")
_WORD = re.compile(r"\w+")
_RUN = 4


@dataclass(frozen=True)
class Labelled:
    """A page and what is known of its text.

    ``expected`` is the whole text where it is known; ``wanted`` and ``unwanted`` are phrases. ``group`` is its site or
    publisher: pages of one are never on both sides of a cross-validation.
    """

    name: str
    group: str
    url: str
    raw: bytes
    expected: str | None = None
    wanted: Sequence[str] = ()
    unwanted: Sequence[str] = ()


def articles(data: Path) -> Iterator[Labelled]:
    """Pages of the article extraction benchmark."""
    folder = data / "article-extraction"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(truth):
        url = truth[name]["url"]
        raw = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        yield Labelled(name, _site(url), url, raw, expected=truth[name]["articleBody"])


def segments(data: Path) -> Iterator[Labelled]:
    """Pages with marked phrases."""
    folder = data / "web-pages"
    for url, about in sorted(json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).items()):
        raw = gzip.decompress((folder / "html" / f"{about['file']}.gz").read_bytes())
        yield Labelled(about["file"], _site(url), url, raw, None, about["with"], about["without"])


def newspapers(data: Path) -> Iterator[Labelled]:
    """Pages of newspapers with the gold that was made of them: the one whose paragraphs stand in the page."""
    for folder in sorted(path for path in (data / "news-pages").iterdir() if path.is_dir()):
        addresses = json.loads((folder / "meta.info").read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.html.gz")):
            publisher = file.name.rsplit("_", 3)[0]
            gold = json.loads((folder / f"{publisher}.json").read_text(encoding="utf-8"))
            raw = gzip.decompress(file.read_bytes())
            shown = _squeezed(html.unescape(raw.decode("utf-8", "replace")))
            found = max(((_share_shown(one, shown), version, one) for version, one in gold.items() if one.get("body")),
                default=(0.0, "", {}), key=lambda row: row[:2])  # fmt: skip
            if found[0] >= 0.5:  # noqa: PLR2004 - else the gold is of another page
                url = addresses.get(file.name, {}).get("url", "")
                yield Labelled(f"{folder.name}/{file.name}", publisher, url, raw, expected=_body(found[2]))


def _body(gold: dict[str, Any]) -> str:
    body = gold["body"]
    lines = list(body.get("summary") or [])
    for section in body["sections"]:
        lines += [*section["headline"], *section["paragraphs"]]
    return "\n".join(lines)


def _share_shown(gold: dict[str, Any], shown: str) -> float:
    lines = _body(gold).splitlines()
    return sum(_squeezed(line)[:60] in shown for line in lines) / max(len(lines), 1)


def _squeezed(text: str) -> str:
    return "".join(re.sub(r"<[^<>]{0,500}>", "", text).split())


def _site(url: str) -> str:
    host = re.sub(r"^https?://(?:www\d?\.)?", "", url).partition("/")[0]
    return ".".join(host.split(".")[-2:])


def shingles(text: str, *, by_character: bool = False) -> Counter[tuple[str, ...]]:
    """Runs of four words, counted; of scripts without blanks four characters."""
    words = (_TOKEN if by_character else _WORD).findall(text)
    return Counter(tuple(words[start : start + _RUN]) for start in range(max(1, len(words) - _RUN + 1)) if words)


def precision_and_recall(expected: str, found: str, *, by_character: bool = False) -> tuple[float, float]:
    """Of the runs found how many were expected, and of those expected how many were found."""
    wanted, got = shingles(expected, by_character=by_character), shingles(found, by_character=by_character)
    common = sum((wanted & got).values())
    return common / (got.total() or 1), common / (wanted.total() or 1)


def f1(pairs: Sequence[tuple[float, float]]) -> float:
    """F1 of mean precision and mean recall."""
    precision, recall = (sum(pair[side] for pair in pairs) / len(pairs) for side in (0, 1))
    return 2 * precision * recall / ((precision + recall) or 1)


def segment_counts(page: Labelled, found: str) -> Counter[str]:
    """Phrases of a page found and missed, wanted and not."""
    counts: Counter[str] = Counter()
    counts["found"] = sum(phrase in found for phrase in page.wanted)
    counts["missed"] = len(page.wanted) - counts["found"]
    counts["wrong"] = sum(phrase in found for phrase in page.unwanted)
    return counts


def segment_f1(counts: Counter[str]) -> float:
    """F1 of phrases."""
    return 2 * counts["found"] / (2 * counts["found"] + counts["missed"] + counts["wrong"])


def words(text: str) -> list[str]:
    """The words of a text without regard to case, characters of scripts without blanks each by itself."""
    return _TOKEN.findall(text.casefold())
