"""Exact and near duplicates: which article repeats one that was read before, which one is an update of its own story.

Three measures, in this order: the same page and text (``url``), the same text (``text``), and nearly the same text
(``containment``: the share of the smaller text's shingles that the larger one has). Candidates for the last come from
a sketch: the smallest hashes of a text's shingles, which two texts share the more, the more shingles they share.

An article is always compared with first articles and later versions of them, never with duplicates: nothing chains
through a reprint. :attr:`Verdict.first` is the article by which its group goes. Whoever is compared is judged by
whether anything would be lost by folding it away:

* Another outlet's text is a reprint when three quarters of the smaller are in the larger and neither is much longer.
* The same outlet's text is an update, not a duplicate, as soon as a tenth of it is new. That also keeps apart pages of
  one outlet that share a frame of standing sentences.
* Another text at the same page (``addresses.page_key``) that keeps a quarter of the one before it is a revision:
  :class:`Verdict` names what it revises, also where so little is new that it is a duplicate besides.
"""

from nhipcau.newswire.duplicates.differences import differences, in_short
from nhipcau.newswire.duplicates.index import WINDOW_DAYS, DuplicateIndex, Verdict
from nhipcau.newswire.duplicates.likeness import REPRINT, UNCHANGED, is_later_version

__all__ = [
    "REPRINT",
    "UNCHANGED",
    "WINDOW_DAYS",
    "DuplicateIndex",
    "Verdict",
    "differences",
    "in_short",
    "is_later_version",
]
