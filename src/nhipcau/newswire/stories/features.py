"""What articles are recognised by.

Their words; the names, numbers and places that they keep in translation; how names sound, which they keep from script
to script.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from nhipcau.newswire.stories.lexicon import BITS, COARSE, LONGER, PLACE, SOUND, Lexicon, term_number
from nhipcau.newswire.stories.numbers import numbers_in
from nhipcau.newswire.stories.places import places_of
from nhipcau.newswire.stories.ranking import sorted_places
from nhipcau.newswire.stories.reading import KATAKANA, LATIN, OTHER, tokens_of
from nhipcau.newswire.tokens import RARE, commonness

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.newswire.records import Article
    from nhipcau.newswire.stories.reading import Hashes, Tokens

Terms = NDArray[np.uint32]

#: Kinds of term: a word of one language; a number or day, a name or place, the same in all; how a name sounds.
WORD, NUMBER, NAME, SOUNDING = range(4)
KINDS = 4

# News is written from the top: what an article is about stands in its title and lead (the first 400 characters, as
# relevance has it), and what comes after about a thousand words is background.
LEAD = 400
READ = 6_000
# A word counts once, in the lead twice, in the title three times.
_IN_LEAD, _IN_TITLE = 2, 3
# Guesses at the share of texts that name a place of the country that all are about, and at how much rarer a number is
# than a word as short. With the sample newsroom, where a film and a train of fruit share Hanoi and the Mekong Delta.
_TOLD_BY, _OF_SEVERAL_DIGITS = 0.1, 0.1

_MOST_TIMES = 65_535
_LENGTHS = np.array([commonness("x" * length) for length in range(8)], np.float32)
_MIX = np.uint64(0xBF58476D1CE4E5B9)
_FOR_NAMES = np.uint64(0x94D049BB133111EB)
_FOR_CAPITALS = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """Terms of an article in ascending order.

    Attributes:
        language: a bare code; words are of it.
        terms: their numbers.
        times: how often each stands there.
        kinds: :data:`WORD`, :data:`NUMBER`, :data:`NAME` or :data:`SOUNDING`.
        leading: it stands in the title or lead.
    """

    language: str
    terms: Terms
    times: NDArray[np.uint16]
    kinds: NDArray[np.uint8]
    leading: NDArray[np.bool_]

    def checked(self) -> Counts:
        """Itself; raises ``ValueError`` for what no article has: a saved state may be anybody's."""
        lengths = {len(self.terms), len(self.times), len(self.kinds), len(self.leading)}
        ascending = np.all(self.terms[1:] > self.terms[:-1]) and np.all(self.terms < 1 << BITS)
        if not (ascending and np.all(self.times) and len(lengths) == 1 and np.all(self.kinds < KINDS)):
            raise ValueError("these are no terms of an article")
        return self


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Articles as terms.

    Attributes:
        counts: of each article.
        guesses: for each term of each, a guess at the share of articles that hold it.
        text, spans: for each term of each, where in ``text`` it first stands, ``(terms, 2)``; 0 and 0 for nowhere.
        told: term to what it says, for those that stand nowhere.
    """

    counts: list[Counts]
    guesses: list[NDArray[np.float32]]
    text: str = ""
    spans: list[NDArray[np.int64]] = field(default_factory=list)
    told: Mapping[int, str] = field(default_factory=dict)

    def spelt(self, article: int, terms: Terms) -> dict[int, str]:
        """Some terms of an article as its text first spells them."""
        places = np.searchsorted(self.counts[article].terms, terms)
        found = {}
        for term, (start, end) in zip(terms.tolist(), self.spans[article][places].tolist(), strict=True):
            found[term] = self.text[start:end] if end else self.told.get(term, "")
        return found


class _Found:
    """Terms as they are found: of which article, which term, how often, what kind, whether leading, how common."""

    def __init__(self) -> None:
        self._columns: list[tuple[NDArray[np.generic], ...]] = []

    def add(
        self,
        owner: NDArray[np.int64],
        terms: Terms,
        kind: int,
        leading: NDArray[np.bool_],
        *,
        spans: NDArray[np.int64] | None = None,
        times: NDArray[np.int64] | None = None,
        guesses: NDArray[np.float32] | float = RARE,
    ) -> None:
        count = len(owner)
        self._columns.append(
            (
                owner,
                terms,
                np.ones(count, np.int64) if times is None else times,
                np.full(count, kind, np.uint8),
                leading,
                np.broadcast_to(np.asarray(guesses, np.float32), (count,)),
                np.zeros((count, 2), np.int64) if spans is None else spans,
            )
        )

    def batch(self, languages: Sequence[str]) -> Batch:
        """Every term of an article once. Where terms of two kinds share a number, the kind that says more speaks."""
        owner, terms, times, kinds, leading, guesses, spans = map(np.concatenate, zip(*self._columns, strict=True))
        key = (owner.astype(np.uint64) << np.uint64(BITS)) | terms.astype(np.uint64)
        order = sorted_places(key, len(languages) << BITS)
        key = key[order]
        met = np.concatenate(([False], key[1:] == key[:-1]))[: len(key)]
        first = np.flatnonzero(~met)
        if not len(first):
            none = np.empty(0, np.float32)
            counts = [_counts(language, *(none,) * 4) for language in languages]
            return Batch(counts, [none] * len(languages), spans=[spans] * len(languages))
        behind = np.append(first[1:], len(key))
        totals = np.concatenate(([0], np.cumsum(times[order])))
        summed = np.minimum(totals[behind] - totals[first], _MOST_TIMES).astype(np.uint16)
        kind, led, guess, span = kinds[order[first]], leading[order[first]], guesses[order[first]], spans[order[first]]
        # Most terms were found once.
        again = np.flatnonzero(met)
        of, again = np.cumsum(~met)[again] - 1, order[again]
        more = kinds[again] > kind[of]
        np.maximum.at(kind, of[more], kinds[again][more])
        led[of[leading[again]]] = True
        key = key[first]
        number = (key & np.uint64((1 << BITS) - 1)).astype(np.uint32)
        behind = np.searchsorted(key >> np.uint64(BITS), np.arange(len(languages) + 1))
        found, guessed, spanned = [], [], []
        for place, language in enumerate(languages):
            part = slice(int(behind[place]), int(behind[place + 1]))
            found.append(_counts(language, number[part], summed[part], kind[part], led[part]))
            guessed.append(guess[part])
            spanned.append(span[part])
        return Batch(found, guessed, spans=spanned)


def _counts(language: str, *columns: NDArray[np.generic]) -> Counts:
    terms, times, kinds, leading = columns
    return Counts(
        language, terms.astype(np.uint32), times.astype(np.uint16), kinds.astype(np.uint8), leading.astype(np.bool_)
    )


class Reader:
    """Makes terms of articles; what it knows of tokens is only kept to be quick."""

    def __init__(self) -> None:
        self._lexicon = Lexicon()

    def read(self, articles: Sequence[Article]) -> Batch:
        """The terms of some articles."""
        languages = [article.language.partition("-")[0] for article in articles]
        titles = [article.title for article in articles]
        texts = [article.text[:READ] for article in articles]
        whole = [f"{title}\n{text}" for title, text in zip(titles, texts, strict=True)]
        tokens = tokens_of(whole)
        begins = np.cumsum([0, *(len(one) + 1 for one in whole)])[:-1]
        in_title = np.array([len(title) for title in titles], np.int64)
        found = _Found()
        within = tokens.starts - begins[tokens.owner]
        title_of = in_title[tokens.owner]
        leading = within < title_of + 1 + LEAD
        weight = np.where(within < title_of, _IN_TITLE, np.where(leading, _IN_LEAD, 1))
        salts = np.array([crc32(language.encode()) for language in languages], np.uint64) << np.uint64(20)
        salted = tokens.hashes ^ salts[tokens.owner]
        word = tokens.kinds != KATAKANA
        lengths = np.minimum(tokens.ends - tokens.starts, len(_LENGTHS) - 1)
        spaced = (tokens.kinds == LATIN) | (tokens.kinds == OTHER)
        found.add(
            tokens.owner[word],
            _numbers(salted[word]),
            WORD,
            leading[word],
            spans=tokens.spans[word],
            times=weight[word],
            guesses=np.where(spaced, _LENGTHS[lengths], np.float32(RARE))[word],
        )
        rows = self._lexicon.rows(tokens, languages, salted ^ (tokens.capital.astype(np.uint64) * _FOR_CAPITALS))
        named = tokens_of([" ".join(reason.matched for reason in article.reasons) for article in articles])
        said = np.isin(_pairs(tokens), _pairs(named))
        # One place is one fact: where relevance or CLDR named it, its words do not count once more.
        rows[said] = 0
        _add_places(found, tokens, rows, leading, languages)
        _add_names(found, tokens, rows, leading, unnamed=~said & (rows[:, PLACE] == 0))
        _add_numbers(found, languages, whole, in_title, begins=begins, digits=tokens.digits)
        _add_reasons(found, articles)
        batch = found.batch(languages)
        told = {term_number(f"={one.name}"): one.name for article in articles for one in article.reasons}
        return replace(batch, text=tokens.text, told=told)


def _numbers(hashes: Hashes) -> Terms:
    """Hashes of tokens as numbers of terms; their bits are mixed first, neighbours come out unrelated."""
    mixed = (hashes ^ (hashes >> np.uint64(30))) * _MIX
    mixed ^= mixed >> np.uint64(27)
    found: Terms = np.maximum((mixed * _FOR_NAMES) >> np.uint64(64 - BITS), 1).astype(np.uint32)
    return found


def _add_places(
    found: _Found, tokens: Tokens, rows: NDArray[np.uint32], leading: NDArray[np.bool_], languages: Sequence[str]
) -> None:
    places = rows[:, PLACE].copy()
    longer = np.flatnonzero(rows[:, LONGER])
    after = np.minimum(longer + 1, len(tokens.starts) - 1)
    columns = (longer, tokens.owner[longer], tokens.starts[longer], tokens.kinds[longer])
    following = (tokens.starts[after], tokens.ends[after])
    for token, owner, start, kind, begin, end in zip(*(one.tolist() for one in (*columns, *following)), strict=True):
        key = places_of(languages[owner]).longer(tokens.text, start, kind, tokens.text[begin:end])
        if key is not None:
            places[token] = term_number(f"={key}")
    placed = np.flatnonzero(places)
    found.add(tokens.owner[placed], places[placed], NAME, leading[placed], spans=tokens.spans[placed])


def _pairs(tokens: Tokens) -> Hashes:
    """A number for each token together with the text that it is of."""
    return tokens.hashes ^ (tokens.owner.astype(np.uint64) * _MIX)


def _add_names(
    found: _Found,
    tokens: Tokens,
    rows: NDArray[np.uint32],
    leading: NDArray[np.bool_],
    *,
    unnamed: NDArray[np.bool_],
) -> None:
    """Words with a capital; where it may be there only because a sentence begins, those that stand inside one, too."""
    at = np.flatnonzero(tokens.capital & unnamed)
    if not len(at):
        return
    pairs = _pairs(tokens)[at]
    _, inverse = np.unique(pairs, return_inverse=True)
    inside = np.bincount(inverse, ~tokens.opens[at] | (tokens.kinds[at] == KATAKANA))[inverse] > 0
    at = at[inside]
    owner, led, spans = tokens.owner[at], leading[at], tokens.spans[at]
    latin = tokens.kinds[at] == LATIN
    found.add(owner[latin], _numbers(tokens.hashes[at][latin] ^ _FOR_NAMES), NAME, led[latin], spans=spans[latin])
    for column in (SOUND, COARSE):
        heard = rows[at, column] > 0
        found.add(owner[heard], rows[at, column][heard], SOUNDING, led[heard], spans=spans[heard])


def _add_numbers(
    found: _Found,
    languages: Sequence[str],
    whole: Sequence[str],
    in_title: NDArray[np.int64],
    *,
    begins: NDArray[np.int64],
    digits: NDArray[np.int64],
) -> None:
    """Numbers and days."""
    bounds = np.append(np.searchsorted(digits, begins), len(digits)).tolist()
    within = (digits - np.repeat(begins, np.diff(bounds))).tolist()
    told = [
        (place, *_term_and_guess(written), start, end)
        for place, (language, text, (first, behind)) in enumerate(zip(languages, whole, pairwise(bounds), strict=True))
        if behind > first
        for written, start, end in numbers_in(text, language, within[first:behind])
    ]
    columns = zip(*told, strict=True) if told else [()] * 5
    kinds = (np.int64, np.uint32, np.float32, np.int64, np.int64)
    owner, terms, guesses, starts, ends = (np.array(one, kind) for one, kind in zip(columns, kinds, strict=True))
    found.add(
        owner,
        terms,
        NUMBER,
        starts < in_title[owner] + 1 + LEAD,
        spans=np.stack((starts, ends), axis=1) + begins[owner][:, None],
        guesses=guesses,
    )


def _add_reasons(found: _Found, articles: Sequence[Article]) -> None:
    """What relevance named."""
    told = [
        (place, term_number(f"={reason.name}"), reason.where != "body", reason.count)
        for place, article in enumerate(articles)
        for reason in article.reasons
    ]
    if told:
        owner, terms, led, times = zip(*told, strict=True)
        found.add(
            np.array(owner, np.int64),
            np.array(terms, np.uint32),
            NAME,
            np.array(led, np.bool_),
            times=np.array(times, np.int64),
            guesses=np.full(len(told), _TOLD_BY, np.float32),
        )


@lru_cache(maxsize=1 << 14)
def _term_and_guess(written: str) -> tuple[int, float]:
    """A number as a term, and how common it is, by its digits; a day of the year is not."""
    guess = RARE
    if written[0] == "#":
        digits = written[1:].partition("e")[0]
        guess = commonness(digits) * (_OF_SEVERAL_DIGITS if len(digits) > 1 else 1)
    return term_number(written), guess
