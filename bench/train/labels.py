"""What of a page's blocks is the article, by what is known of the page: a label from 0 to 1 and a weight for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import sets

if TYPE_CHECKING:
    from collections.abc import Sequence

_RUN = 4
# Where a short line stands in the text only as a part of a longer one, it may be something else.
_PART_OF_LINE, _PART_WEIGHT = 0.5, 0.2
_PHRASE_WEIGHT, _HINT_WEIGHT = 0.6, 0.4


def labels_of(page: sets.Labelled, texts: Sequence[str], second_hand: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Labels and weights; the weights of a page add up to about 1, so that each page counts alike.

    Args:
        page: what is known of it.
        texts: its blocks.
        second_hand: where only phrases are known, what trafilatura takes for its text in two modes.
    """
    if page.expected is not None:
        return _whole(_by_text(page.expected, texts))
    labels, weights = _whole(_by_phrases(page, texts))
    others = [_whole(_by_text(text, texts)) for text in second_hand]
    # Where no phrase says anything, what another extractor takes is a hint; what its two modes disagree on a weak one.
    hinted = weights == 0
    labels = np.where(hinted, sum(one for one, _ in others) / len(others), labels)
    return labels, np.where(hinted, others[0][1] * _HINT_WEIGHT, weights * _PHRASE_WEIGHT)


def _whole(told: Sequence[tuple[float, float]]) -> tuple[np.ndarray, np.ndarray]:
    labels, weights = np.array(told, dtype=np.float32).reshape(-1, 2).T
    return labels, weights / max(float(weights.sum()), 1e-9)


def _by_text(expected: str, texts: Sequence[str]) -> list[tuple[float, float]]:
    """By the share of a block's runs of four words that stand in the text. Long blocks weigh more."""
    words = sets.words(expected)
    runs = set(zip(*(words[start:] for start in range(_RUN)), strict=False))
    flat = f" {' '.join(words)} "
    lines = {" ".join(sets.words(line)) for line in expected.splitlines()}
    found = []
    for text in texts:
        own = sets.words(text)
        if len(own) >= _RUN:
            mine = list(zip(*(own[start:] for start in range(_RUN)), strict=False))
            found.append((sum(run in runs for run in mine) / len(mine), len(own) ** 0.7))
        elif not own:
            found.append((0.0, 0.0))
        else:
            line = " ".join(own)
            if line in lines or f" {line} " not in flat:
                found.append((float(line in lines), len(own) ** 0.5))
            else:
                found.append((_PART_OF_LINE, len(own) ** 0.5 * _PART_WEIGHT))
    return found


def _by_phrases(page: sets.Labelled, texts: Sequence[str]) -> list[tuple[float, float]]:
    """By the phrases that a block holds; one that holds none says nothing."""
    found = []
    for text in texts:
        wanted, unwanted = (sum(phrase in text for phrase in phrases) for phrases in (page.wanted, page.unwanted))
        total = wanted + unwanted
        found.append((wanted / total if total else 0.0, float(total)))
    return found
