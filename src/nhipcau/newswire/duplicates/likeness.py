"""When one text repeats another, by the shingles of both."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.duplicates.fingerprint import fingerprints

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nhipcau.newswire.tokens import Shingles

# Between outlets. Two extractions of one page contain each other to 0.90 or more in nine cases of ten, to 0.75 in all
# but two of a hundred; texts written separately about one event share next to nothing, and what lies between is copy
# that was partly rewritten.
REPRINT = 0.75
# A text four times shorter is a teaser, not the reprint; one three times as long adds more than it repeats.
SHORTEST, LONGEST = 0.25, 3.0
# Within an outlet: this share of the new text must be old. An update of one sentence in ten is told as news.
UNCHANGED = 0.90
# At one page: this share of the smaller text must be in the other one, or the page tells something else by now (the
# weather of today, the next column).
REVISED = 0.25
# Twenty shingles of five words are a run of 24 words: longer than a quotation, a title or a closing notice.
LEAST_SHARED = 20
# Of a longer text the smallest hashes are kept, an even sample of its shingles: containment is then known to about
# 0.03, and a fortnight of 2,000 articles a day is saved in 30 MB.
MOST_SHINGLES = 256


def repeats(new: Shingles, old: Shingles, *, shared: int, same_outlet: bool) -> float | None:
    """The containment of the smaller in the larger where the new text repeats the old one, else ``None``.

    ``shared`` is how many shingles they have in common, see :func:`shared_with`.
    """
    if shared < LEAST_SHARED:
        return None
    own, others = _comparable(new, old)
    smaller = min(own, others)
    if same_outlet:
        repeated = shared >= UNCHANGED * own
    else:
        repeated = shared >= REPRINT * smaller and SHORTEST * others <= own <= LONGEST * others
    return round(shared / smaller, 4) if repeated else None


def revises(new: Shingles, old: Shingles, *, shared: int) -> bool:
    """Whether of two texts at one page the new one is a later version of the old one."""
    return shared > 0 and shared >= REVISED * min(_comparable(new, old))


def is_later_version(before: str, now: str) -> bool:
    """The same of two texts at one page: other words, and a quarter of the smaller text kept."""
    old, new = fingerprints([before, now])
    if old.text == new.text or not len(new.shingles):
        return False
    one, other = new.shingles[:MOST_SHINGLES], old.shingles[:MOST_SHINGLES]
    return revises(one, other, shared=shared_with(one, [other])[0])


def shared_with(new: Shingles, others: Sequence[Shingles]) -> list[int]:
    """How many shingles a text, which has some, has in common with each of several."""
    together = np.concatenate(others)
    common = new.take(new.searchsorted(together), mode="clip") == together
    ends = itertools.accumulate(map(len, others), initial=0)
    return [int(np.count_nonzero(common[start:end])) for start, end in itertools.pairwise(ends)]


def _comparable(new: Shingles, old: Shingles) -> tuple[int, int]:
    """Of samples of long texts how many lie in the part of the range of hashes that both cover; all common ones do."""
    if len(new) < MOST_SHINGLES and len(old) < MOST_SHINGLES:
        return len(new), len(old)
    limit = min(hashes[-1] for hashes in (new, old) if len(hashes) == MOST_SHINGLES)
    return int(new.searchsorted(limit, side="right")), int(old.searchsorted(limit, side="right"))
