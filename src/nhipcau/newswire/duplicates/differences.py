"""What a reprint, or a later version of a page, says differently from the text that it repeats."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import TYPE_CHECKING, Protocol

from nhipcau.newswire.records import Differences
from nhipcau.newswire.splitting import sentences_of
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


class Worded(Protocol):
    """Whatever has a headline and a text: an article of the engine, or a stored one."""

    @property
    def title(self) -> str:
        """The headline; may be empty."""

    @property
    def text(self) -> str:
        """The main text."""


# Of two sentences that share half of their words one is the other, reworded.
_REWORDED = 0.5
# Sentences that are looked at for such pairs, and characters of each: every one of one text is compared with every one
# of the other.
_PAIRED, _COMPARED = 60, 1_000
# Texts longer than this together are not looked through for a sentence that was cut elsewhere than their own were.
_SEARCHED = 200_000
# How much of a passage is shown, and how many: a digest names what differs, and the text stays with its publisher.
_LONGEST, _MOST = 240, 3


def differences(first: Worded, reprint: Worded) -> Differences:
    """Headline, rewordings, cuts and additions; case, accents, punctuation and the order of sentences do not count."""
    cut, added = _missing(first.text, reprint.text), _missing(reprint.text, first.text)
    changed = _pairs(cut, added)
    gone = {before for before, _ in changed}
    come = {after for _, after in changed}
    return Differences(
        headline=reprint.title if fold(reprint.title) != fold(first.title) else None,
        changed=tuple(changed),
        cut=tuple(sentence for sentence in cut if sentence not in gone),
        added=tuple(sentence for sentence in added if sentence not in come),
    )


def in_short(found: Differences) -> Differences:
    """The first few of each kind, the beginning of each: as much as a list shows. ``left_out`` counts the others."""
    kinds = (found.changed, found.cut, found.added)
    return Differences(
        headline=None if found.headline is None else _begun(found.headline),
        changed=tuple((_begun(before), _begun(after)) for before, after in found.changed[:_MOST]),
        cut=tuple(map(_begun, found.cut[:_MOST])),
        added=tuple(map(_begun, found.added[:_MOST])),
        left_out=found.left_out + sum(max(len(kind) - _MOST, 0) for kind in kinds),
    )


def _begun(passage: str) -> str:
    if len(passage) <= _LONGEST:
        return passage
    start = passage[: _LONGEST - 1]
    return f"{start.rpartition(' ')[0] or start}…"


def _missing(text: str, other: str) -> list[str]:
    """The sentences of a text that are not in another, each once."""
    known = {fold(sentence) for sentence in sentences_of(other)}
    whole = f" {fold(other)} " if len(text) + len(other) <= _SEARCHED else ""
    found: dict[str, None] = {}
    for sentence in sentences_of(text):
        folded = fold(sentence)
        if folded and folded not in known and f" {folded} " not in whole:
            found[sentence] = None
    return list(found)


def _pairs(cut: Sequence[str], added: Sequence[str]) -> list[tuple[str, str]]:
    """Sentences that were reworded, before and after: those most alike first, each in one pair only."""
    before, after = ([(one, _words(one)) for one in sentences[:_PAIRED]] for sentences in (cut, added))
    likely = []
    for (old, own), (new, others) in itertools.product(before, after):
        alike = (own & others).total() / max((own | others).total(), 1)
        if alike >= _REWORDED:
            likely.append((alike, old, new))
    likely.sort(key=lambda one: -one[0])
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    for _, old, new in likely:
        if old not in chosen and new not in taken:
            chosen[old] = new
            taken.add(new)
    return [(old, chosen[old]) for old in cut if old in chosen]


def _words(sentence: str) -> Counter[str]:
    return Counter(fold(sentence[:_COMPARED]).split())
