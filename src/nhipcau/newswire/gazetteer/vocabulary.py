"""The words of a language, each with the names that it may begin in any list that texts of the language are asked for.

Texts repeat their words and most begin no name, so what a word begins is remembered, of all lists together: a text is
gone through once however many lists there are.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from nhipcau.newswire.gazetteer.spans import folded

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.spans import Words

_REMEMBERED = 1 << 17  # words whose answer is kept: no more than about ten megabytes
_MOST_LISTS = 16
_MOST_LANGUAGES = 32


class Names(Protocol):
    """A list of names."""

    def among(self, words: set[str]) -> set[str]:
        """Those of some folded words that may begin a name, and perhaps a few that do not."""

    def begins(self, word: str) -> object | None:
        """What a folded word may begin, to whoever goes on from there; ``None`` for nothing."""


class Vocabulary:
    """The lists that texts of a language are searched for, and what tokens of texts begin in any of them.

    What a token begins are places of lists in ``_lists``, each with its list's answer.
    """

    def __init__(self) -> None:
        self._lists: list[Names] = []
        self._begun: dict[str, tuple[tuple[int, Any], ...]] = {}
        self._begins_nothing: set[str] = set()

    def starts(self, words: Words, names: Names) -> list[tuple[int, Any]]:
        """The places of the words that may begin a name of a list, in order, each with the list's answer."""
        try:
            place = self._lists.index(names)
        except ValueError:
            place = self._add(names)
        return self._looked_up(words)[place]

    def _looked_up(self, words: Words) -> list[list[tuple[int, Any]]]:
        if words.begun is None or words.begun[0] is not self or len(words.begun[1]) != len(self._lists):
            if len(self._begins_nothing) >= _REMEMBERED:
                self._forget()
            begun = self._begun
            unheard = {token for token in set(words.tokens) - self._begins_nothing if token not in begun}
            if unheard:
                self._learn(unheard)
            found: list[list[tuple[int, Any]]] = [[] for _ in self._lists]
            for index in [index for index, token in enumerate(words.tokens) if token in begun]:
                for place, start in begun[words.tokens[index]]:
                    found[place].append((index, start))
            words.begun = self, found
        return words.begun[1]

    def _learn(self, tokens: set[str]) -> None:
        folds = {token: folded(token) for token in tokens}
        words = set(folds.values())
        begun: dict[str, tuple[tuple[int, Any], ...]] = {}
        for place, names in enumerate(self._lists):
            for word in names.among(words):
                start = names.begins(word)
                if start is not None:
                    begun[word] = (*begun.get(word, ()), (place, start))
        for token, word in folds.items():
            if word in begun:
                self._begun[token] = begun[word]
            else:
                self._begins_nothing.add(token)

    def _add(self, names: Names) -> int:
        if len(self._lists) == _MOST_LISTS:
            self._lists.clear()
        self._forget()
        self._lists.append(names)
        return len(self._lists) - 1

    def _forget(self) -> None:
        self._begun.clear()
        self._begins_nothing.clear()


@lru_cache(maxsize=_MOST_LANGUAGES)
def vocabulary_of(language: str) -> Vocabulary:
    """The vocabulary of a language (the first part of a BCP 47 tag); a page may invent any, so not all are kept."""
    del language
    return Vocabulary()
