"""What in a text is word for word what was written for the last period, and how much of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

#: Shorter runs of equal words are the language, not a copy.
SHORTEST_RUN = 6
#: From here on a text is shown as stale, in percent of its words.
STALE = 60
_WORDS = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Kept:
    """A text beside the one of the period before.

    Attributes:
        percent: of its words that stand in runs copied word for word, rounded down.
        runs: the text in pieces, each with whether it was copied; joined they are the text.
    """

    percent: int
    runs: tuple[tuple[str, bool], ...]

    @property
    def stale(self) -> bool:
        """Whether so much of it was copied that it is worth a look."""
        return self.percent >= STALE


def kept_of(before: str, now: str) -> Kept:
    """How much of ``now`` was copied from ``before``: runs of at least six equal words, case and spaces apart."""
    words = list(_WORDS.finditer(now))
    if not words:
        return Kept(0, ((now, False),) if now else ())
    old = [word.casefold() for word in _WORDS.findall(before)]
    new = [word.group().casefold() for word in words]
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    # A text that is shorter than a run and wholly the same is a copy, too.
    least = min(SHORTEST_RUN, len(new))
    runs = [(block.b, block.b + block.size) for block in blocks if block.size >= least]
    copied = sum(end - begin for begin, end in runs)
    return Kept(copied * 100 // len(new), tuple(_pieces(now, words, runs)))


def _pieces(text: str, words: list[re.Match[str]], runs: list[tuple[int, int]]) -> list[tuple[str, bool]]:
    pieces, at = [], 0
    for begin, end in runs:
        start, stop = words[begin].start(), words[end - 1].end()
        pieces += [(text[at:start], False), (text[start:stop], True)]
        at = stop
    pieces.append((text[at:], False))
    return [(piece, same) for piece, same in pieces if piece]
