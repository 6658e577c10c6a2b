"""When one text repeats another, by the shingles of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from nhipcau.newswire.tokens import Shingles

# Between outlets. Two extractions of one page contain each other to 0.90 or more in nine cases of ten, to 0.75 in all
# but two of a hundred; texts written separately about one event share next to nothing, and what lies between is copy
# that was partly rewritten.
REPRINT = 0.75
# A text four times shorter is a teaser, not the reprint; one three times as long adds more than it repeats.
SHORTEST, LONGEST = 0.25, 3.0
# Within an outlet: this share of the new text must be old. An update of one sentence in ten is told as news.
UNCHANGED = 0.90
# Twenty shingles of five words are a run of 24 words: longer than a quotation, a title or a closing notice.
LEAST_SHARED = 20
# Of a longer text the smallest hashes are kept, an even sample of its shingles: containment is then known to about
# 0.03, and a fortnight of 2,000 articles a day is saved in 30 MB.
MOST_SHINGLES = 256


def repeats(new: Shingles, old: Shingles, *, same_outlet: bool) -> float | None:
    """The containment of the smaller in the larger where the new text repeats the old one, else ``None``."""
    new, old = _comparable(new, old)
    shared = _shared(new, old)
    if shared < LEAST_SHARED:
        return None
    if same_outlet:
        repeated = shared >= UNCHANGED * len(new)
    else:
        repeated = shared >= REPRINT * min(len(new), len(old)) and SHORTEST * len(old) <= len(new) <= LONGEST * len(old)
    return round(shared / min(len(new), len(old)), 4) if repeated else None


def _comparable(new: Shingles, old: Shingles) -> tuple[Shingles, Shingles]:
    """Of samples of long texts the part of the range of hashes that both cover."""
    if len(new) < MOST_SHINGLES and len(old) < MOST_SHINGLES:
        return new, old
    limit = min(hashes[-1] for hashes in (new, old) if len(hashes) == MOST_SHINGLES)
    return new[: np.searchsorted(new, limit, side="right")], old[: np.searchsorted(old, limit, side="right")]


def _shared(new: Shingles, old: Shingles) -> int:
    """How many hashes two sorted sets have in common."""
    together = np.concatenate((new, old))
    together.sort()
    return int(np.count_nonzero(together[1:] == together[:-1]))
