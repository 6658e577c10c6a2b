"""A crowd of invented articles: each event mixes the words of a few real texts, each article some words of its event.

The words are real, so that common ones are common and rare ones rare. With eight texts to an event, 0.6 per cent of
pairs of different events are as alike as what the engine looks at once more (0.0825; in ECB+ 0.9 per cent, of which 0.7
because its topics have two look-alike stories each), and half of the pairs of one event more than 0.41 (ECB+ 0.29).
Scripts without spaces are cut into pieces of a few characters instead of words.
"""

from __future__ import annotations

import random
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from stories_sets import article

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from nhipcau.newswire.records import Article

START = datetime(2026, 11, 1, tzinfo=UTC)
#: Texts mixed in an event; the share of an article's words that are its event's; words of an article.
MIXED, OF_EVENT, LENGTH = 8, 0.75, 350
#: Articles of an event: a few have many, most have one to four.
_SIZES = (1, 1, 1, 1, 2, 2, 3, 4, 8, 20)
_DENSE = {"ja", "zh"}
_PIECE = 5


def crowd(texts: Sequence[tuple[str, str]], count: int, days: float, seed: int) -> Iterator[Article]:
    """So many articles in order of time over so many days, out of pairs of language and text."""
    chance = random.Random(seed)  # noqa: S311 - the same crowd every time
    of_language: dict[str, list[list[str]]] = defaultdict(list)
    for language, text in texts:
        of_language[language].append(_pieces(text, language))
    languages = [language for language, _ in texts if len(of_language[language]) >= MIXED]
    coming: list[tuple[float, int, str, list[str]]] = []
    while len(coming) < count:
        language = chance.choice(languages)
        mixed = [piece for pieces in chance.sample(of_language[language], MIXED) for piece in pieces]
        event = chance.sample(mixed, min(len(mixed), LENGTH))
        begun = chance.uniform(0, days)
        for _ in range(chance.choice(_SIZES)):
            coming.append((min(days, begun + chance.expovariate(1)), len(coming), language, event))
    for number, (day, _, language, event) in enumerate(sorted(coming[:count], key=lambda one: one[:2])):
        other = [piece for pieces in chance.sample(of_language[language], 2) for piece in pieces]
        size = min(len(event), LENGTH)
        own = chance.sample(event, int(size * OF_EVENT))
        pieces = own + chance.sample(other, min(len(other), size - len(own)))
        chance.shuffle(pieces)
        text = ("" if language in _DENSE else " ").join(pieces)
        yield article(f"c{seed}-{number}", text, language=language, seen=START + timedelta(days=day))


def _pieces(text: str, language: str) -> list[str]:
    if language not in _DENSE:
        return text.split()
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
