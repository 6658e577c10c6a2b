"""What a reprint changed of the text that it repeats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from nhipcau.newswire.duplicates.fingerprint import fingerprint
from nhipcau.text import fold

if TYPE_CHECKING:
    from nhipcau.newswire.records import Article
    from nhipcau.newswire.tokens import Shingles

# A paragraph with at least half of its runs of words in the other text was kept, perhaps with a word changed.
_KEPT = 0.5


@dataclass(frozen=True, slots=True)
class Differences:
    """How a reprint differs from its first article.

    Attributes:
        headline: the reprint's headline where it is another one, else ``None``.
        cut: paragraphs of the first article that the reprint has not, in order.
        added: paragraphs of the reprint that the first article has not, in order.
    """

    headline: str | None = None
    cut: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def differences(first: Article, reprint: Article) -> Differences:
    """Headline, cuts and additions, paragraph by paragraph; case, accents, punctuation and the order do not count."""
    return Differences(
        headline=reprint.title if fold(reprint.title) != fold(first.title) else None,
        cut=_missing(first.text, reprint.text),
        added=_missing(reprint.text, first.text),
    )


def _missing(text: str, other: str) -> tuple[str, ...]:
    """The paragraphs of a text that are not in another."""
    whole, folded = fingerprint(other).shingles, f" {fold(other)} "
    return tuple(line for line in text.split("\n") if line.strip() and not _is_in(line, whole, folded))


def _is_in(paragraph: str, shingles: Shingles, folded: str) -> bool:
    own = fingerprint(paragraph).shingles
    if not len(own):
        return True  # signs without a word
    if len(own) == 1:
        return f" {fold(paragraph)} " in folded
    return float(np.isin(own, shingles, assume_unique=True).mean()) >= _KEPT
