"""The words of a language, each with the names that it may begin in any list that texts of the language are asked for.

Texts repeat their words and most begin no name, so what a word begins is remembered, of all lists together: a text is
gone through once however many lists there are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from nhipcau.newswire.gazetteer.spans import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.newswire.gazetteer.spans import Words

_REMEMBERED = 1 << 17  # words whose answer is kept: no more than about twenty megabytes
_LONGEST = 100  # letters of a word that may begin a name; what is longer is not kept, however much of it a page has
_MOST_LISTS = 16
_MOST_LANGUAGES = 32


class Unheard(set[str]):
    """Folded words that were not met before, whole and by their first letters."""

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(words)
        self._by_head: dict[int, dict[str, list[str]]] = {}

    def by_head(self, length: int) -> dict[str, list[str]]:
        """The words by their first so many letters; grouped once, however many lists ask."""
        found = self._by_head.get(length)
        if found is None:
            found = self._by_head[length] = {}
            for word in self:
                found.setdefault(word[:length], []).append(word)
        return found


class Names(Protocol):
    """A list of names."""

    def among(self, words: Unheard) -> set[str]:
        """Those of some folded words that may begin a name, and perhaps a few that do not."""

    def begins(self, word: str) -> object | None:
        """What a folded word may begin, to whoever goes on from there; ``None`` for nothing."""


class Vocabulary:
    """The lists that texts of a language are searched for, and what tokens of texts begin in any of them.

    What a token begins are places of lists in ``_lists``, each with its list's answer; most begin nothing.
    """

    def __init__(self) -> None:
        self._lists: list[Names] = []
        self._begun: dict[str, tuple[tuple[int, Any], ...]] = {}

    def starts(self, words: Words, names: Names) -> list[tuple[int, Any]]:
        """The places of the words that may begin a name of a list, in order, each with the list's answer."""
        try:
            place = self._lists.index(names)
        except ValueError:
            place = self._add(names)
        return self._looked_up(words)[place]

    def _looked_up(self, words: Words) -> list[list[tuple[int, Any]]]:
        if words.begun is None or words.begun[0] is not self or len(words.begun[1]) != len(self._lists):
            found: list[list[tuple[int, Any]]] = [[] for _ in self._lists]
            for index, begun in enumerate(self._begun_by(words.tokens)):
                for place, start in begun:
                    found[place].append((index, start))
            words.begun = self, found
        return words.begun[1]

    def _begun_by(self, tokens: list[str]) -> list[tuple[tuple[int, Any], ...]]:
        """What each of the tokens of a text begins."""
        if len(self._begun) >= _REMEMBERED:
            self._begun.clear()
        # One look for each token: what is remembered is too much for the caches of a processor.
        begun = list(map(self._begun.get, tokens))
        if None in begun:
            unheard = {token for token, known in zip(tokens, begun, strict=True) if known is None}
            self._learn([token for token in unheard if len(token) <= _LONGEST], self._lists)
            begun = [self._begun.get(token, ()) for token in tokens]
        return cast("list[tuple[tuple[int, Any], ...]]", begun)

    def _learn(self, tokens: Iterable[str], lists: Sequence[Names]) -> None:
        """Note what tokens begin in these lists, which are the last ones that there are."""
        folds = {token: folded(token) for token in tokens}
        words = Unheard(folds.values())
        begun: dict[str, tuple[tuple[int, Any], ...]] = {}
        for place, names in enumerate(lists, start=len(self._lists) - len(lists)):
            for word in names.among(words):
                start = names.begins(word)
                if start is not None:
                    begun[word] = (*begun.get(word, ()), (place, start))
        for token, word in folds.items():
            self._begun[token] = self._begun.get(token, ()) + begun.get(word, ())

    def _add(self, names: Names) -> int:
        if len(self._lists) == _MOST_LISTS:
            self._lists.clear()
            self._begun.clear()
        self._lists.append(names)
        self._learn(list(self._begun), [names])
        return len(self._lists) - 1


@lru_cache(maxsize=_MOST_LANGUAGES)
def vocabulary_of(language: str) -> Vocabulary:
    """The vocabulary of a language (the first part of a BCP 47 tag); a page may invent any, so not all are kept."""
    del language
    return Vocabulary()
