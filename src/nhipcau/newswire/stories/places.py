"""Countries and cities as a text of any language names them, and the adjectives of countries: from CLDR.

Looked up by a first token, so that only what may begin a name is looked at further.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer.cldr import all_names
from nhipcau.newswire.gazetteer.spans import Words
from nhipcau.newswire.stories.reading import CLUSTERED, DENSE, KATAKANA
from nhipcau.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_FIRST = 2
_PIECES = {DENSE: 2, CLUSTERED: 4}
_ASIDE = 80


class Places:
    """The names that texts of one language may show."""

    def __init__(self, language: str) -> None:
        self._stems: dict[str, list[tuple[tuple[str, ...], tuple[bool, ...], bool, str]]] = defaultdict(list)
        self._dense: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for entry, names in all_names(language).items():
            for name in names:
                # In Vietnamese a country named by one syllable (Đức, Anh) is a word and a given name as well.
                if not (name.ambiguous and language == "vi"):
                    self._note(name.written, entry.key)
        self._second = {
            words[1][:_FIRST] for patterns in self._stems.values() for words, *_ in patterns if len(words) > 1
        }
        for known in (self._stems, self._dense):
            for patterns in known.values():
                patterns.sort(key=_longest_first)

    def named_by(self, token: str, kind: int, *, capital: bool) -> tuple[str | None, bool]:
        """The key of the place that a token names by itself, and whether a longer name may begin with it."""
        if kind in (DENSE, CLUSTERED, KATAKANA):
            names = self._dense.get(_head(token), ())
            alone = next((key for name, key in names if name == token), None)
            begins = kind != KATAKANA and any(len(name) > len(token) and name.startswith(token) for name, _ in names)
            return alone, begins
        folded = fold(token)
        alone, begins = None, False
        for words, free, cased, key in self._stems.get(folded[:_FIRST], ()):
            if (capital or not cased) and _is(words[0], free[0], folded):
                if len(words) > 1:
                    begins = True
                elif alone is None:
                    alone = key
        return alone, begins

    def longer(self, text: str, start: int, kind: int, following: str) -> str | None:
        """The key of the place that a name of more than one token, which begins there, stands for.

        ``following`` is the token behind the one that begins there.
        """
        if kind in (DENSE, CLUSTERED):
            head = text[start : start + _FIRST]
            size = _PIECES[kind]
            return next(
                (key for name, key in self._dense.get(head, ()) if len(name) > size and text.startswith(name, start)),
                None,
            )
        if _folded(following)[:_FIRST] not in self._second:
            return None
        found = Words(text[start : start + _ASIDE]).words
        for words, free, _, key in self._stems.get(found[0][:_FIRST] if found else "", ()):
            if 1 < len(words) <= len(found) and all(map(_is, words, free, found)):
                return key
        return None

    def _note(self, written: str, key: str) -> None:
        parts = written.split()
        bare = [Words(part.removesuffix("*")).words for part in parts]
        if not parts or not all(bare):
            return
        first = written[0]
        if len(bare) == 1 and len(bare[0]) > 1 and not first.isupper() and not first.islower():
            # A script without spaces: the name as it stands.
            name = parts[0].removesuffix("*")
            self._dense[_head(name)].append((name, key))
            return
        words, free = [], []
        for part, pieces in zip(parts, bare, strict=True):
            words += pieces
            free += [False] * (len(pieces) - 1) + [part.endswith("*")]
        self._stems[words[0][:_FIRST]].append((tuple(words), tuple(free), first.isupper(), key))


@lru_cache(maxsize=48)
def places_of(language: str) -> Places:
    """The names for texts of a language (a bare code); made once and kept."""
    return Places(language)


@lru_cache(maxsize=1 << 12)
def _folded(token: str) -> str:
    return fold(token)


def _head(name: str) -> str:
    return name[:_FIRST]


def _is(word: str, free: bool, found: str) -> bool:  # noqa: FBT001 - one of a row of patterns
    return found == word or (free and found.startswith(word))


def _longest_first(pattern: Iterable[object]) -> int:
    return -sum(len(one) for one in pattern if isinstance(one, (str, tuple)))
