"""Whether a page was made to be heavy: what lexbor must not be given.

A parser that follows HTML's standard is linear on pages that people write and can be made slow or large on purpose.
What was tried on lexbor (``tests/newswire/test_extract_tree.py``): blocks that stand in one another (each new one looks
through all that are open: 20,000 take a second, 100,000 over 40), formatting that is never closed (each paragraph gets
all of it again: 2,000 and 2,000 make four million nodes and 1.6 GB), attributes (each is compared with all before it:
20,000 take a second), templates (100,000 in one another crash the process). At the limits here a page costs about a
second and 300 MB.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from typing import Final

from nhipcau.newswire.extract.attributes import has_many_attributes

#: The largest of 951 real pages has 19,400.
MOST_TAGS: Final = 150_000
# Up to so many tags no nesting takes longer than a second; deeper is counted beyond them only.
_HARMLESS_TAGS: Final = 20_000
_MOST_LOOKS: Final = 400_000_000
# Formatting that a paragraph gets again: up to so many tags no page makes more than half a million nodes. Beyond, what
# may be open at once is bounded by what is written differently (of the same, three at most stay open), times the tags.
# Closing tags prove nothing, for in some places they close nothing. Real pages come to 1.2 million at most.
_HARMLESS_FORMATTED: Final = 1_500
_MOST_FORMATTED: Final = 2_500_000
_SAME_OPEN: Final = 3
_MOST_TEMPLATES: Final = 5_000

_FORMATTING: Final = re.compile(
    rb"<[bBcCeEfFiInNsStTuU](?:[iI][gG]|[oO][dD][eE]|[mM]|[oO][nN][tT]|[oO][bB][rR]|[mM][aA][lL][lL]|[tT][rR][iI][kK][eE]"
    rb"|[tT][rR][oO][nN][gG]|[tT])?(?=[\s/>])[^>]*"
)
_TAG: Final = re.compile(rb"<(/?)([A-Za-z][^\s/>]*)")
# These close by themselves where the next one opens, or hold nothing: they do not nest without others between them.
_FLAT_TAGS = (
    "area base br col embed hr img input link meta param source track wbr p li dt dd td th tr tbody thead tfoot option "
    "html head body script style title textarea"
)
_FLAT: Final = frozenset(_FLAT_TAGS.encode().split())


def is_heavy(source: bytes) -> bool:
    """Whether parsing ``source`` would cost more than about a second or 300 MB."""
    tags = source.count(b"<")
    if tags > MOST_TAGS:
        return True
    if tags > _HARMLESS_FORMATTED and _formatting(source) * tags > _MOST_FORMATTED:
        return True
    if tags > _HARMLESS_TAGS and _is_deep(source, tags):
        return True
    return has_many_attributes(source)


def _formatting(source: bytes) -> int:
    """How many tags of formatting may be open at once."""
    # A quoted ">" cuts the tag short here: half a quotation counts as written differently each time.
    counts = Counter(_FORMATTING.findall(source))
    return sum(n if tag.count(b'"') % 2 or tag.count(b"'") % 2 else min(n, _SAME_OPEN) for tag, n in counts.items())


def _most_open(steps: list[int]) -> int:
    """The most tags open at once: the largest rise of the running sum of 1 for each opening and -1 for each closing."""
    level = list(itertools.accumulate(steps, initial=0))
    rises = (now - lowest for now, lowest in zip(level, itertools.accumulate(level, min), strict=True))
    return max(rises)


def _is_deep(source: bytes, tags: int) -> bool:
    found = [(slash, name.lower()) for slash, name in _TAG.findall(source)]
    if sum(name == b"template" for _, name in found) > _MOST_TEMPLATES:
        return True
    levels: dict[bytes, list[int]] = {}
    for slash, name in found:
        # A closing tag closes only its own kind.
        levels.setdefault(name, []).append(-1 if slash else 1)
    depth = sum(_most_open(steps) for name, steps in levels.items() if name not in _FLAT)
    return depth * tags > _MOST_LOOKS
