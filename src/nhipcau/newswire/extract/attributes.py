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
#: What a piece of a page may be: nothing but a value in quotation marks of either kind, a bit each; names, too.
_QUOTED: Final = ((b'"', 1), (b"'", 2))
_NAMES: Final = 4
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
    # Shorter tags than two steps, one behind the other, stay below the limit by their length alone.
    step = min(_LONGEST_STEP, _MOST_COMPARED * _SHORTEST**2 // 2 // (len(source) or 1))
    pieces = [_kind(source, at, at + step) for at in range(0, len(source) - step, step)]
    stretches = list(_stretches(pieces))
    if sum((len(held) * step // _SHORTEST) ** 2 for held, _, _ in stretches) <= _MOST_COMPARED:
        return False
    counted = [
        (sum(_separators(source, n * step, (n + 1) * step) for n in held), [n * step for n in opened], end * step)
        for held, opened, end in stretches
    ]
    if sum(parts * parts for parts, _, _ in counted) <= _MOST_COMPARED:
        return False
    return sum(parts * _most(source, starts, step, end) for parts, starts, end in counted) > _MOST_COMPARED


def _kind(source: bytes, start: int, end: int) -> int:
    """In which ways all of a piece may stand inside one tag."""
    at = source.find(b">", start, end)
    if at < 0:
        return _NAMES
    kind = 0
    for sign, value in _QUOTED:
        if source.find(sign, start, end) < 0:
            kind |= value
        elif (quote := source.find(sign, at, end)) >= 0:
            found = _BEHIND_QUOTE.match(source, quote + 1, end)
            if found is not None and found.end() == end:
                return _NAMES
        else:
            return _NAMES
    return kind


def _stretches(pieces: list[int]) -> Iterator[tuple[list[int], list[int], int]]:
    """Of neighbouring pieces that may be one tag: those that may hold names, those in which it may begin, and its end.

    It begins before the first piece that lies in it and ends behind the last.
    """
    kinds = [*pieces, 0, 0]
    for inside, run in itertools.groupby(range(len(pieces)), lambda number: pieces[number] > 0):
        if inside:
            numbers = list(run)
            around = range(max(0, numbers[0] - 1), numbers[-1] + 2)
            held = [n for n in around if kinds[n] in {0, _NAMES}]
            # Where no quotation mark stands, none begins that the next piece could be in.
            opened = [n for n in around if kinds[n] in {0, _NAMES} or kinds[n + 1] & ~kinds[n]]
            yield held, opened, numbers[-1] + 2


def _separators(source: bytes, start: int, end: int) -> int:
    piece = source[start:end]
    return len(piece) - len(piece.translate(None, _SEPARATORS))


def _most(source: bytes, starts: list[int], step: int, end: int) -> int:
    """The most attributes of a tag that may begin in the pieces from there on."""
    most, left = 0, _MOST_READ * (end - starts[0])
    for start in starts:
        for begun in _OPENING.finditer(source, start, start + step):
            tag = _TAG.match(source, begun.start(), end)
            length = 0 if tag is None else tag.end() - tag.start()
            left -= length
            if left < 0:
                return _separators(source, starts[0], end)
            if tag is not None and length > 2 * most:
                most = max(most, len(_ATTRIBUTE.findall(tag[1])))
    return most
