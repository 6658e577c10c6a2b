"""Whether the tags of a page have so many attributes that a parser would compare them for more than a second.

Each attribute is compared with all before it in its tag. Where a tag begins and ends is known only to who reads the
page from its first letter, as a parser does; but of any ">" it can be said whether it may lie inside a tag: then it is
quoted, in one way or the other, and after either the next one that is not quoted ends the tag. That is asked so often
that no tag with many attributes lies between.
"""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator
# Comparisons: the square of the attributes of a tag, summed over all tags. 400 million take a second. Scripts are full
# of "<", and look like tags of up to 12,000 attributes.
_MOST_COMPARED: Final = 300_000_000
# Bytes of an attribute with what parts it from others: names that are all different are hardly shorter.
_SHORTEST: Final = 4
# How far apart is asked, at the most.
_LONGEST_STEP: Final = 10_000
# How often a piece is read, once for each place where a tag may begin, before all of it is taken for one tag.
_MOST_READ: Final = 20
#: What a piece of a page may be.
_VALUE_ONLY, _NAMES = 1, 2
#: What can part attributes.
_SEPARATORS: Final = b" \t\n\f\r/\"'"

_BLANK: Final = rb"[ \t\n\f\r]*+"
# A piece may end in the middle of a value.
_VALUE: Final = rb"(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^ \t\n\f\r>\"'][^ \t\n\f\r>]*+)?+"
_NAME: Final = rb"(?:=[^ \t\n\f\r/>=]*+|[^ \t\n\f\r/>=]++)"
_ATTRIBUTE_TEXT: Final = rb"%s(?:%s=%s%s)?+" % (_NAME, _BLANK, _BLANK, _VALUE)
_ATTRIBUTES: Final = rb"(?:[ \t\n\f\r/]++|%s)*+" % _ATTRIBUTE_TEXT
_ATTRIBUTE: Final = re.compile(_ATTRIBUTE_TEXT)
_OPENING: Final = re.compile(rb"<(?=[A-Za-z])")
_TAG: Final = re.compile(rb"<[A-Za-z][^ \t\n\f\r/>]*+(%s)" % _ATTRIBUTES)
_BEHIND_QUOTE: Final = re.compile(_ATTRIBUTES)


def has_many_attributes(source: bytes) -> bool:
    """Whether tags may have more attributes than can be compared."""
    size = len(source)
    # Shorter tags than two steps, one behind the other, stay below the limit by their length alone.
    step = min(_LONGEST_STEP, _MOST_COMPARED * _SHORTEST**2 // 2 // (size or 1))
    pieces = [(at, _may_be_inside(source, at, at + step)) for at in range(0, size - step, step)]
    if sum(_separators(source, at, at + step) for at, inside in pieces if inside == _NAMES) ** 2 <= _MOST_COMPARED:
        return False
    stretches = [(_separators(source, *one), *one) for one in _stretches(pieces, step)]
    if sum(parts * parts for parts, *_ in stretches) <= _MOST_COMPARED:
        return False
    return sum(parts * _most(source[start:end]) for parts, start, end in stretches) > _MOST_COMPARED


def _stretches(pieces: list[tuple[int, int]], step: int) -> Iterator[tuple[int, int]]:
    """From where to where one tag may be: from before the first piece that lies in it to behind the last."""
    for inside, run in itertools.groupby(pieces, lambda piece: piece[1] > 0):
        if inside:
            starts = [at for at, _ in run]
            yield max(0, starts[0] - step), starts[-1] + 2 * step


def _may_be_inside(source: bytes, start: int, end: int) -> int:
    """Whether all of a piece may stand inside one tag: as nothing but a value, or as names, too."""
    at = source.find(b">", start, end)
    return _NAMES if at < 0 else max(_quoted(source, at, end, b'"'), _quoted(source, at, end, b"'"))


def _quoted(source: bytes, start: int, end: int, sign: bytes) -> int:
    quote = source.find(sign, start, end)
    if quote < 0:
        return _VALUE_ONLY
    found = _BEHIND_QUOTE.match(source, quote + 1, end)
    return _NAMES if found is not None and found.end() == end else 0


def _separators(source: bytes, start: int, end: int) -> int:
    piece = source[start:end]
    return len(piece) - len(piece.translate(None, _SEPARATORS))


def _most(source: bytes) -> int:
    """The most attributes of a tag that may begin there."""
    most, left = 0, _MOST_READ * len(source)
    for begun in _OPENING.finditer(source):
        tag = _TAG.match(source, begun.start())
        length = 0 if tag is None else tag.end() - tag.start()
        left -= length
        if left < 0:
            return _separators(source, 0, len(source))
        if tag is not None and length > most * _SHORTEST:
            most = max(most, len(_ATTRIBUTE.findall(tag[1])))
    return most
