"""What ``bench/duplicates.py`` asks: articles in order, each with what it repeats, if anything.

* ``ours+trafilatura`` and so on: one page through two extractors, as two outlets'.
* ``reprints``: articles as another outlet prints them: a headline of its own, paragraphs cut, one of another article
  added, words changed; drawn by a seed. The same for Chinese and Japanese news, and for Thai texts composed of Django's
  messages.
* ``ecbplus``: articles about one event. None repeats another, but for those of which half of the sentences of the
  shorter stand word by word in the other: they are agency copy, and left out of the count.
"""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import sets
from language_texts import catalogues, messages

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Shorter texts are nobody's article: the engine refuses them.
LEAST = 100
THAI_TEXTS, THAI_MESSAGES = 200, 25
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")
_OWN_HEADLINES = ("Report", "In brief", "World news", "Morning edition", "What we know")


@dataclass(frozen=True)
class Case:
    """An article: its set, its outlet, its text, and the names of what it may repeat.

    ``repeats`` is the name of what it must be found to repeat; ``perhaps`` are names that are not judged.
    """

    kind: str
    name: str
    host: str
    text: str
    repeats: str | None = None
    perhaps: frozenset[str] = frozenset()


def extractions(read: dict[str, dict[str, str]]) -> Iterator[Case]:
    """For each two extractors, by page, what both found; each two are a set."""
    names = sorted(read)
    for first in range(len(names)):
        for second in range(first + 1, len(names)):
            pair = f"{names[first]}+{names[second]}"
            for page, text in read[names[first]].items():
                other = read[names[second]].get(page, "")
                if min(len(text), len(other)) >= LEAST:
                    yield Case(pair, f"{page}/one", "one.example", text)
                    yield Case(pair, f"{page}/two", "two.example", other, repeats=f"{page}/one")


def whole_texts(data: Path) -> list[str]:
    """Real articles, as paragraphs, from the sets whose whole texts are known."""
    found: list[str] = []
    if (data / "article-extraction").is_dir():
        found += [page.expected or "" for page in sets.articles(data)]
    if (data / "news-pages").is_dir():
        found += [page.expected or "" for page in sets.newspapers(data)]
    return [text for text in found if len(text) >= 4 * LEAST]


def in_language(data: Path, code: str) -> list[str]:
    """News of one language."""
    file = data / "stories" / "parallel-news.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    documents = [document for document in map(json.loads, lines) if document["lang"] == code]
    return [document["text"] for document in documents if len(document["text"]) >= LEAST]


def thai() -> list[str]:
    """Texts composed of Django's Thai messages."""
    import django

    folder = Path(django.__file__).parent
    known = sorted({form for code, path in catalogues(folder) if code == "th" for _, form in messages(path)})
    known = [message for message in known if "%" not in message and len(message) >= 20]
    chosen = random.Random(11)  # noqa: S311 - the same texts every time
    return ["\n".join(chosen.sample(known, THAI_MESSAGES)) for _ in range(THAI_TEXTS)]


def reprints(kind: str, texts: Iterable[str]) -> Iterator[Case]:
    """Each text, and then each as another outlet prints it."""
    originals = list(dict.fromkeys(texts))
    chosen = random.Random(7)  # noqa: S311 - the same reprints every time
    for number, text in enumerate(originals):
        yield Case(kind, f"{kind}/{number}", f"first.{kind}.example", text)
    for number, text in enumerate(originals):
        changed = reprinted(text, originals[(number + 1) % len(originals)], chosen)
        yield Case(kind, f"{kind}/{number}/again", f"again.{kind}.example", changed, repeats=f"{kind}/{number}")


def reprinted(text: str, other: str, chosen: random.Random) -> str:
    """A text with up to four in ten of its paragraphs cut, a headline of its own and a paragraph of another text."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 4:
        lines = [line for line in re.split(r"(?<=[.!?。！？])\s*", text) if line.strip()]
    cut = chosen.uniform(0, 0.4) * len(text)
    kept = list(lines)
    while len(kept) > 1:
        # From the end, as editors cut, or anywhere.
        place = len(kept) - 1 if chosen.random() < 0.6 else chosen.randrange(1, len(kept))
        cut -= len(kept[place])
        if cut < 0:
            break
        del kept[place]
    added = [line for line in other.split("\n") if line.strip()][-1]
    length = sum(map(len, kept))
    added = added[: int(length * 0.15)]
    return "\n".join([chosen.choice(_OWN_HEADLINES), *kept, added])


def about_one_event(data: Path) -> Iterator[Case]:
    """The articles of ECB+ in the order of the file."""
    file = data / "stories" / "ecbplus.jsonl"
    before: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.exists() else []:
        document = json.loads(line)
        own = frozenset(_bare(sentence) for sentence in _SENTENCE.split(document["text"])) - {""}
        same = before.setdefault(document["story"], [])
        copies = frozenset(name for name, other in same if 2 * len(own & other) >= min(len(own), len(other)))
        name = f"ecbplus/{document['id']}"
        same.append((name, own))
        yield Case("ecbplus", name, f"{len(same)}.ecbplus.example", document["text"], perhaps=copies)


def _bare(sentence: str) -> str:
    return " ".join(re.findall(r"\w+", sentence.lower()))
