"""What the model is told of the blocks of a page: a row of numbers each, see :data:`COLUMNS`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.extract.blocks import HEADINGS, PLACES
from nhipcau.newswire.extract.levels import LEVELS, Levels
from nhipcau.newswire.extract.vocabulary import NAMES, WORDS, kinds_of_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from nhipcau.newswire.extract.blocks import Blocks
    from nhipcau.newswire.extract.declared import Declared

    Array = np.ndarray[Any, np.dtype[Any]]

_TAGS: Final = (
    "p",
    "li",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "div",
    "blockquote",
    "figcaption",
    "section",
    "article",
    "body",
)
_TAG_CODE: Final = {tag: code for code, tag in enumerate(_TAGS)}
_OTHER_TAG: Final = len(_TAGS)
_DENSE: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DENSEST: Final = "\u0e00"
_WORD: Final = re.compile(r"\w+")
_NO_WORD: Final = {code: " " for code in range(128) if not re.match(r"\w", chr(code))}
# A sentence that is closed, whatever quotation marks and brackets stand behind it.
_CLOSING: Final = "\"'”’»)]」』"
_FINAL: Final = frozenset(".!?…。！？؟।")
#: A block of so many characters, few of them in links, is a paragraph; of dense scripts a third is enough.
_PARAGRAPH = 80
_DENSITY = 3
# Longer texts are no headline, and shorter ones are in any.
_SHORT, _LEAST_TITLE = 300, 10
# Characters of a block in which letters of dense scripts are counted, and words looked for.
_OPENING, _LONGEST_OPENING = 60, 90
# Characters from which a block is looked for in what the page declares.
_TELLING = 25
_COMMENT: Final = WORDS.index("comment")
_OF_SIZE = ("length", "words", "word length", "links", "bold", "is title", "again")
_OF_PLACE = (
    "tag", "depth", "size before", "size behind", "from title", "number", "of the best", "best share", "page size",
    "paragraphs", "page links",
)  # fmt: skip
_OF_LEVEL = ("size", "links", "paragraphs", "share", "blocks", "kin")
_BETWEEN = ("pictures before", "menus before", "menus behind", "from heading")
_OF_TEXT = ("ended", "like title", "in declared", "in description")
#: What is told of every block: how long it is, where it stands, what it says.
COLUMNS: Final = (
    *_OF_SIZE,
    *_OF_PLACE,
    *(f"{what} at {level}" for level in range(LEVELS) for what in _OF_LEVEL),
    *(f"{what} {step:+}" for step in (-2, -1, 1, 2) for what in ("length", "links", "tag", "paragraph")),
    *(f"around {size}" for size in (3, 8)),
    *_BETWEEN,
    *(f"named {kind}" for kind in NAMES),
    *(f"named {kind} near" for kind in NAMES),
    *(f"named {kind} above" for kind in NAMES),
    *(f"in {place}" for place in PLACES),
    *_OF_TEXT,
    *(f"words {kind}" for kind in WORDS),
    "heading comment",
)


def rows_of(page: Blocks, head: Declared) -> Array:
    """A row of :data:`COLUMNS` for each block.

    Args:
        page: its blocks.
        head: what the page declares of its article.
    """
    import numpy as np

    levels, texts, last = Levels(page), page.texts, np.array(_headings(page))
    of_size = _of_sizes(page, head.title.casefold())
    lengths, linked = of_size[:, 0].copy(), of_size[:, 3]
    is_dense = [not text.isascii() and _is_dense(text[:_OPENING]) for text in texts]
    weight = lengths * np.where(is_dense, _DENSITY, 1)
    is_paragraph = (weight >= _PARAGRAPH) & (linked < 0.5)  # noqa: PLR2004 - half of it
    tags = np.array([_TAG_CODE.get(page.tags[n], _OTHER_TAG) for n in page.elements], dtype=np.float32)
    of_size[:, 0] = np.log1p(weight)
    parts = [
        of_size,
        _of_places(page, levels, tags, lengths, linked, is_paragraph, of_size[:, 5]),
        _of_levels(page, levels, lengths, linked, is_paragraph),
        _of_neighbours(of_size[:, 0], linked, tags, is_paragraph),
        _between(page, last),
        _of_names(page, levels),
        _of_texts(page, head, last),
    ]
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _of_texts(page: Blocks, head: Declared, last: Array) -> Array:
    import numpy as np

    texts = page.texts
    title_words = frozenset(_WORD.findall(head.title.casefold()))
    flat, summary = _squeezed(head.text), _squeezed(head.description)
    low = [(text if len(text) <= _SHORT else text[:_LONGEST_OPENING]).lower() for text in texts]
    words = list(map(_words, low))
    # What is shorter stands in anything.
    asked = flat or summary
    openings = [_squeezed(text[:80]) if asked and len(text) >= _TELLING else " " for text in texts]
    kinds = np.array(list(map(kinds_of_words, low, words)), dtype=np.uint32)
    found = np.empty((len(texts), len(_OF_TEXT) + len(WORDS) + 1), dtype=np.float32)
    found[:, 0] = [text[-4:].rstrip(_CLOSING)[-1:] in _FINAL for text in texts]
    found[:, 1] = [
        _likeness(title_words, of_text) if len(text) <= _SHORT else 0.0
        for text, of_text in zip(texts, words, strict=True)
    ]
    found[:, 2] = [opening in flat for opening in openings] if flat else -1
    found[:, 3] = [opening[:40] in summary for opening in openings] if summary else -1
    found[:, len(_OF_TEXT) : -1] = _bits(kinds, len(WORDS))
    found[:, -1] = np.where(last >= 0, kinds[last] >> _COMMENT & 1, 0)
    return found


def _words(text: str) -> list[str]:
    # The same, in a third of the time where letters are few.
    return text.translate(_NO_WORD).split() if text.isascii() else _WORD.findall(text)


def _likeness(title_words: frozenset[str], words: list[str]) -> float:
    """The share of all words of the title and of a text that both have."""
    common = len(title_words.intersection(words))
    return common / (len(title_words) + len(set(words)) - common) if common else 0.0


def _headings(page: Blocks) -> list[int]:
    """Of each block the number of the last heading before it, -1 where there is none."""
    last, found = -1, []
    for number, element in enumerate(page.elements):
        found.append(last)
        if page.tags[element] in HEADINGS:
            last = number
    return found


def _of_sizes(page: Blocks, title: str) -> Array:
    import numpy as np

    texts = page.texts
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    found = np.empty((len(texts), len(_OF_SIZE)), dtype=np.float32)
    found[:, 0] = sizes = np.array([len(text) for text in texts], dtype=np.float32)
    words = np.array([text.count(" ") for text in texts], dtype=np.float32) + 1
    found[:, 1] = np.minimum(words, 300)
    found[:, 2] = sizes / words
    found[:, 3] = np.minimum(page.linked / sizes, 1)
    found[:, 4] = np.minimum(page.strong / sizes, 1)
    found[:, 5] = [_LEAST_TITLE < len(text) <= _SHORT and _is_title(text.casefold(), title) for text in texts]
    found[:, 6] = [min(counts[text], 5) for text in texts]
    return found


def _is_title(text: str, title: str) -> bool:
    return bool(title) and (text in title or title in text)


def _is_dense(text: str) -> bool:
    """Whether more than half of the letters are of a script that needs fewer for the same."""
    return max(text) >= _DENSEST and len(_DENSE.findall(text)) > len(text) / 2


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _of_places(  # noqa: PLR0917 - columns computed from one another
    page: Blocks,
    levels: Levels,
    tags: Array,
    lengths: Array,
    linked: Array,
    is_paragraph: Array,
    is_title: Array,
) -> Array:
    import numpy as np

    # Menus count for where in the page a block stands.
    count, elements, menus = len(lengths), levels.elements, np.array(page.cut, dtype=np.float32)
    total = float(lengths.sum() + menus.sum()) or 1.0
    before = (lengths + menus).cumsum() - lengths
    headings = np.flatnonzero(is_title)
    first = int(headings[0]) if len(headings) else -1
    for heading in headings:
        if tags[heading] == _TAG_CODE["h1"]:
            first = int(heading)
            break
    own = np.where(is_paragraph, lengths * (1 - linked), 0)
    size = len(page.parent)
    score = np.bincount(levels.at[1], own, minlength=size) + np.bincount(levels.at[2], own / 2, minlength=size)
    best: int = int(score.argmax())
    at: int = best
    found = np.empty((count, 11), dtype=np.float32)
    found[:, 0] = tags
    found[:, 1] = np.array(page.depth)[elements]
    found[:, 2] = before / total
    found[:, 3] = np.log1p(total - before - lengths)
    if first < 0:
        found[:, 4] = -1
    else:
        far = before - before[first]
        found[:, 4] = np.sign(far) * np.log1p(np.abs(far))
    found[:, 5] = np.arange(count) / count
    within = found[:, 6]
    within[:] = 0
    for step in (3, 2, 1):
        inside = (elements >= at) & (elements <= page.ends[at])
        within[inside & (within == 0)] = step
        at = max(page.parent[at], 0)
    found[:, 7:] = (
        score[best] / total,
        np.log1p(total),
        np.log1p(own.sum()),
        ((lengths * linked).sum() + menus.sum()) / total,
    )
    return found


def _of_levels(page: Blocks, levels: Levels, lengths: Array, linked: Array, is_paragraph: Array) -> Array:
    """Sums over the element a block stands in, and over those above it."""
    import numpy as np

    plain = np.where(is_paragraph, lengths, 0.0)
    sums = levels.sums(np.stack([lengths, lengths * linked, plain, np.ones(len(lengths))], axis=1))
    kin = np.array(page.kin)
    found = np.empty((LEVELS, len(lengths), len(_OF_LEVEL)), dtype=np.float32)
    found[..., :4] = sums
    found[..., 4] = sums[..., 3]
    found[..., 3] = sums[..., 2] / (plain.sum() or 1.0)
    found[..., 1] /= np.maximum(found[..., 0], 1)
    found[..., 5] = np.bincount(kin)[kin][levels.at]
    found[..., [0, 2, 4, 5]] = np.log1p(found[..., [0, 2, 4, 5]])
    return found.transpose(1, 0, 2).reshape(len(lengths), -1)


def _of_neighbours(weight: Array, linked: Array, tags: Array, is_paragraph: Array) -> Array:
    import numpy as np

    count = len(weight)
    around = np.full((count + 4, 4), -1, dtype=np.float32)
    own = around[2:-2]
    own[:, 0], own[:, 1], own[:, 2], own[:, 3] = weight, linked, tags, is_paragraph
    running = np.zeros(count + 1, dtype=np.float32)
    np.where(is_paragraph, weight * (1 - linked), 0.0).cumsum(out=running[1:])
    numbers = np.arange(count)
    windows = [
        running[np.minimum(numbers + size + 1, count)] - running[np.maximum(numbers - size, 0)] for size in (3, 8)
    ]
    sides = [around[2 + step : 2 + step + count] for step in (-2, -1, 1, 2)]
    return np.concatenate([*sides, np.stack(windows, axis=1)], axis=1)


def _between(page: Blocks, last: Array) -> Array:
    """Pictures and menus beside each block, and how far the last heading is."""
    import numpy as np

    menus = np.log1p([*page.cut, 0])
    at = np.arange(len(page.elements))
    far = np.where(last >= 0, np.minimum(at - last, 50), 60)
    return np.stack([np.minimum(page.pictures, 5), menus[:-1], menus[1:], far], axis=1)


def _of_names(page: Blocks, levels: Levels) -> Array:
    """Names of the element itself and of the spans in it, of the two above, how many of all above have each; places."""
    import numpy as np

    names = np.array(page.names)
    own, near, beyond = names[levels.at[:3]]
    # What an element is named counts for all up to the last one inside it.
    of_elements = _bits(names, len(NAMES)).astype(np.float32)
    change = np.concatenate([of_elements, np.zeros((1, len(NAMES)), dtype=np.float32)])
    np.subtract.at(change, np.array(page.ends) + 1, of_elements)
    above = change.cumsum(axis=0)[levels.elements]
    return np.concatenate(
        [
            _bits(own | np.array(page.inline_names), len(NAMES)),
            _bits(near | beyond, len(NAMES)),
            np.minimum(above, 6),
            _bits(np.array(page.places)[levels.elements], len(PLACES)),
        ],
        axis=1,
    )


def _bits(values: Array | Sequence[int], count: int) -> Array:
    import numpy as np

    # The lowest bit first; the machine's numbers have their lowest byte first.
    octets = np.ascontiguousarray(values, dtype="<u4").view(np.uint8).reshape(-1, 4)
    found: Array = np.unpackbits(octets, axis=1, count=count, bitorder="little")
    return found
