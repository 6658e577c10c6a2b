"""What the model is told of each block of a page: a row of numbers, see :data:`COLUMNS`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from nhipcau.newswire.extract.blocks import HEADINGS, PLACES
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
_END: Final = re.compile("[.!?…。！？։؟।]+[\"'”’»)\\]」』]*$")
_ENDS: Final = re.compile('[.!?…。！？؟।](?=\\s|$|["”’」』])|[。！？]')
_COMMAS: Final = re.compile("[,،、，;]")
_DIGITS: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w+")
_DATE: Final = re.compile(r"\b(?:19|20)\d\d\b|\b\d{1,2}[./:-]\d{1,2}\b|\d{1,2}\s*(?:月|월)")
_CAPITALS: Final = re.compile("[A-ZÀ-ÖØ-ÞĀĂĄĆČĐÉĘĚİŁŃŇÓŐŘŚŞŠŤŮŹŻŽƠƯА-ЯЁІЇЄΑ-Ω]")
_QUOTED: Final = re.compile('["“”„«»「『]')
#: A block of so many characters, few of them in links, is a paragraph; of dense scripts a third is enough.
_PARAGRAPH = 80
_DENSITY = 3
_LEVELS = 4
# All of a block in links, and no longer than this: an entry of a menu.
_ALL, _MENU = 0.9, 120

_OF_TEXT = (
    "length", "words", "word length", "links", "bold", "ends", "ended", "commas", "digits", "dated", "quoted", "upper",
    "colon at end", "lines", "dense", "like title", "is title", "in declared", "in description", "again",
    "starts lower",
)  # fmt: skip
_OF_PLACE = (
    "tag", "depth", "size before", "size behind", "from title", "number", "of the best", "best share", "page size",
    "paragraphs", "page links",
)  # fmt: skip
_OF_LEVEL = ("size", "links", "paragraphs", "share", "blocks", "kin")
COLUMNS: Final = (
    *_OF_TEXT,
    *_OF_PLACE,
    *(f"{what} at {level}" for level in range(_LEVELS) for what in _OF_LEVEL),
    *(f"{what} {step:+}" for step in (-2, -1, 1, 2) for what in ("length", "links", "tag", "paragraph")),
    *(f"around {size}" for size in (3, 8)),
    *(f"words {kind}" for kind in WORDS),
    "pictures before",
    "from heading",
    *(f"heading {kind}" for kind in WORDS),
    *(f"named {kind}" for kind in NAMES),
    *(f"named {kind} near" for kind in NAMES),
    *(f"named {kind} above" for kind in NAMES),
    *(f"in {place}" for place in PLACES),
)


def rows_of(page: Blocks, texts: Sequence[str], head: Declared) -> Array:
    """A row of :data:`COLUMNS` for each block.

    Args:
        page: its blocks.
        texts: their texts in their final form.
        head: what the page declares of its article.
    """
    import numpy as np

    of_text = np.array(_of_texts(page, texts, head), dtype=np.float32)
    lengths, linked = of_text[:, 0].copy(), of_text[:, 3]
    elements = np.array(page.elements, dtype=np.intp)
    parent = np.maximum(np.array(page.parent, dtype=np.intp), 0)
    weight = lengths * np.where(of_text[:, 14] > 0.5, _DENSITY, 1)  # noqa: PLR2004 - half of the letters
    is_paragraph = (weight >= _PARAGRAPH) & (linked < 0.5)  # noqa: PLR2004 - half of it
    tags = np.array([_TAG_CODE.get(page.tags[n], _OTHER_TAG) for n in page.elements], dtype=np.float32)
    parts = [
        of_text,
        _of_places(page, elements, parent, tags, lengths, linked, is_paragraph, of_text),
        _of_levels(page, elements, parent, lengths, linked, is_paragraph),
        _of_neighbours(np.log1p(weight), linked, tags, is_paragraph),
        _of_words(page, texts),
        _of_names(page, elements, parent),
        _bits(np.array(page.places)[elements], len(PLACES)),
    ]
    of_text[:, 0] = np.log1p(weight)
    return np.concatenate(parts, axis=1, dtype=np.float32)


def _of_texts(page: Blocks, texts: Sequence[str], head: Declared) -> list[tuple[float, ...]]:
    counts: dict[str, int] = {}
    for text in texts:
        counts[text] = counts.get(text, 0) + 1
    title = head.title.casefold()
    title_words = set(_WORD.findall(title))
    flat, summary = _squeezed(head.text), _squeezed(head.description)
    return [
        _of_text(text, page.linked[n], page.strong[n], counts[text], title, title_words, flat, summary)
        for n, text in enumerate(texts)
    ]


def _of_text(  # noqa: PLR0917 - what is known of one block
    text: str, linked: int, strong: int, again: int, title: str, title_words: set[str], declared: str, summary: str
) -> tuple[float, ...]:
    size = len(text)
    words = text.count(" ") + 1
    if linked >= size * _ALL and size < _MENU:
        # Most blocks of a page are entries of menus: nothing more is asked of them.
        unknown = -1.0 if not declared else 0.0
        return (size, words, size / words, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0,
            1.0 if not text.isascii() and len(_DENSE.findall(text[:60])) > min(size, 60) / 2 else 0.0,
            0.0, 0.0, unknown, -1.0 if not summary else 0.0, min(again, 5), 0.0)  # fmt: skip
    is_ascii = text.isascii()
    short = size <= 300  # noqa: PLR2004 - longer texts are no headline
    last = text[-4:]
    is_end = _END.search(last) is not None
    # Of plain ASCII, counting is many times faster than a pattern.
    if is_ascii:
        ends = text.count(". ") + text.count("? ") + text.count("! ") + is_end
        commas = text.count(",") + text.count(";")
        is_quoted = '"' in text
    else:
        ends = len(_ENDS.findall(text))
        commas = len(_COMMAS.findall(text))
        is_quoted = _QUOTED.search(text) is not None
    digits, is_dated, common, united, is_title = 0, False, 0, 1, False
    if short:
        digits = len(_DIGITS.findall(text))
        is_dated = digits > 0 and _DATE.search(text) is not None
        if title:
            folded = text.casefold()
            own = set(_WORD.findall(folded))
            common = len(own & title_words)
            united = len(own) + len(title_words) - common
            is_title = size > 10 and (folded in title or title in folded)  # noqa: PLR2004
    opening = _squeezed(text[:80]) if declared or summary else ""
    return (
        size,
        min(words, 300),
        size / words,
        min(linked / size, 1.0),
        min(strong / size, 1.0),
        is_end,
        min(ends, 20),
        commas / size * 100,
        digits / size,
        is_dated,
        is_quoted,
        len(_CAPITALS.findall(text[:60])) / min(size, 60),
        last.rstrip()[-1:] in {":", "："},
        text.count("\n") + 1,
        not is_ascii and len(_DENSE.findall(text[:60])) > min(size, 60) / 2,
        common / united if common else 0.0,
        is_title,
        -1.0 if not declared else opening in declared,
        -1.0 if not summary else opening[:40] in summary,
        min(again, 5),
        text[:1].islower(),
    )


def _squeezed(text: str) -> str:
    return "".join(text.split()).casefold()


def _of_places(  # noqa: PLR0917 - columns computed from one another
    page: Blocks,
    elements: Array,
    parent: Array,
    tags: Array,
    lengths: Array,
    linked: Array,
    is_paragraph: Array,
    of_text: Array,
) -> Array:
    import numpy as np

    count, total = len(lengths), float(lengths.sum()) or 1.0
    before = np.cumsum(lengths) - lengths
    headings = np.flatnonzero(of_text[:, 16])
    first = int(headings[0]) if len(headings) else -1
    for heading in headings:
        if tags[heading] == _TAG_CODE["h1"]:
            first = int(heading)
            break
    start = before[first] if first >= 0 else -1.0
    own = np.where(is_paragraph, lengths * (1 - linked), 0)
    score = np.bincount(parent[elements], own, minlength=len(parent)) + np.bincount(
        parent[parent[elements]], own / 2, minlength=len(parent)
    )
    best: int = int(score.argmax())
    at: int = best
    within = np.zeros(count)
    for step in (3, 2, 1):
        inside = (elements >= at) & (elements <= page.ends[at])
        within[inside & (within == 0)] = step
        at = max(page.parent[at], 0)
    paragraphs = own.sum()
    return np.stack(
        [
            tags,
            np.array(page.depth)[elements],
            before / total,
            np.log1p(total - before - lengths),
            np.full(count, -1.0) if first < 0 else np.sign(before - start) * np.log1p(np.abs(before - start)),
            np.arange(count) / count,
            within,
            np.full(count, score[best] / total),
            np.full(count, np.log1p(total)),
            np.full(count, np.log1p(paragraphs)),
            np.full(count, (lengths * linked).sum() / total),
        ],
        axis=1,
    )


def _of_levels(  # noqa: PLR0917 - columns computed from one another
    page: Blocks, elements: Array, parent: Array, lengths: Array, linked: Array, is_paragraph: Array
) -> Array:
    """Sums over the element a block stands in, and over those above it."""
    import numpy as np

    last = np.array(page.ends)
    sums = []
    for what in (lengths, lengths * linked, np.where(is_paragraph, lengths, 0.0), np.ones(len(lengths))):
        running = np.concatenate([[0.0], np.cumsum(np.bincount(elements, what, minlength=len(parent)))])
        sums.append(running[last + 1] - running[: len(parent)])
    size, links, paragraphs, blocks = sums
    every = float(np.where(is_paragraph, lengths, 0.0).sum()) or 1.0
    kin = np.bincount(page.kin)[page.kin]
    columns, at = [], elements
    for _level in range(_LEVELS):
        columns += [
            np.log1p(size[at]),
            links[at] / np.maximum(size[at], 1),
            np.log1p(paragraphs[at]),
            paragraphs[at] / every,
            np.log1p(blocks[at]),
            np.log1p(kin[at]),
        ]
        at = parent[at]
    return np.stack(columns, axis=1)


def _of_neighbours(weight: Array, linked: Array, tags: Array, is_paragraph: Array) -> Array:
    import numpy as np

    count = len(weight)
    columns = []
    numbers = np.arange(count)
    for step in (-2, -1, 1, 2):
        at = numbers + step
        there = (at >= 0) & (at < count)
        at = np.clip(at, 0, count - 1)
        columns += [np.where(there, column[at], -1.0) for column in (weight, linked, tags, is_paragraph.astype(float))]
    own = np.concatenate([[0.0], np.cumsum(np.where(is_paragraph, weight * (1 - linked), 0.0))])
    for size in (3, 8):
        columns.append(own[np.minimum(numbers + size + 1, count)] - own[np.maximum(numbers - size, 0)])
    return np.stack(columns, axis=1)


def _of_words(page: Blocks, texts: Sequence[str]) -> Array:
    """Kinds of words in each block, pictures before it, and how far and of what kind the last heading is."""
    import numpy as np

    is_menu = np.array([page.linked[n] >= len(text) * _ALL and len(text) < _MENU for n, text in enumerate(texts)])
    kinds = np.array([0 if skipped else kinds_of_words(text) for text, skipped in zip(texts, is_menu, strict=True)])
    at = np.arange(len(texts))
    is_heading = np.array([page.tags[n] in HEADINGS for n in page.elements])
    last = np.maximum.accumulate(np.where(is_heading, at, -1))
    # A heading's own heading is the one before it.
    last = np.where(is_heading, np.concatenate([[-1], last[:-1]]), last)
    of_heading = np.where(last >= 0, kinds[last], 0)
    return np.concatenate(
        [
            _bits(kinds, len(WORDS)),
            np.minimum(np.array(page.pictures), 5)[:, None],
            np.where(last >= 0, np.minimum(at - last, 50), 60)[:, None],
            _bits(of_heading, len(WORDS)),
        ],
        axis=1,
    )


def _of_names(page: Blocks, elements: Array, parent: Array) -> Array:
    """Names of the element itself and of the spans in it, of the two above, and how many of all above have each."""
    import numpy as np

    names = np.array(page.names)
    of_elements = _bits(names, len(NAMES)).astype(np.float32)
    own = names[elements] | np.array(page.inline_names)
    near = parent[elements]
    # What an element is named counts for all up to the last one inside it.
    change = np.concatenate([of_elements, np.zeros((1, len(NAMES)), dtype=np.float32)])
    np.subtract.at(change, np.array(page.ends) + 1, of_elements)
    above = np.cumsum(change, axis=0)[elements]
    return np.concatenate(
        [_bits(own, len(NAMES)), _bits(names[near] | names[parent[near]], len(NAMES)), np.minimum(above, 6)], axis=1
    )


def _bits(values: Array, count: int) -> Array:
    import numpy as np

    shifts = np.arange(count)
    found: Array = (values[:, None] >> shifts) & 1
    return found
