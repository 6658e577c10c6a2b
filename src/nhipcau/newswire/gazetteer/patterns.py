"""Names made into patterns of folded words: plain data, so that set-up can keep them in a file."""

from __future__ import annotations

import functools
import marshal
import unicodedata
from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer.spans import Words

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from nhipcau.newswire.gazetteer.names import Entry, Name

#: What the text must show, beyond the folded words, for a pattern to be an entry's name: place of the entry in its
#: table, ambiguous, language, capitals, any case, accents, exact, with a comma in it, behind a comma.
Form = tuple[int, bool, str | None, tuple[int, ...], bool, tuple[str, ...] | None, bool, bool, bool]
#: Folded words, which of them may go on, and the forms they stand for, certain ones first.
Pattern = tuple[tuple[str, ...], tuple[bool, ...], tuple[Form, ...]]
#: Entries as their fields; the patterns by their first word, where that is whole; those by what it begins with. The
#: patterns of a word are packed: of thousands of words a process meets a few.
Table = tuple[list[tuple[str, str, str, float]], dict[str, bytes], dict[str, bytes]]

#: Capitals that a word must have in the text.
ANY, FIRST, ALL = 0, 1, 2


def table_of(names: Mapping[Entry, Iterable[Name]]) -> Table:
    """The names of some entries as the table that a matcher works with."""
    entries = [(entry.key, entry.kind, entry.name, entry.weight) for entry in names]
    forms: dict[tuple[tuple[str, ...], tuple[bool, ...]], list[Form]] = {}
    for place, written in enumerate(names.values()):
        for name in written:
            key, form = _compiled(place, name)
            known = forms.setdefault(key, []) if key[0] else [form]
            if form not in known:
                known.append(form)
    whole: dict[str, list[Pattern]] = {}
    stems: dict[str, list[Pattern]] = {}
    for (words, open_ended), found in forms.items():
        certain_first = tuple(sorted(found, key=_is_ambiguous))
        (stems if open_ended[0] else whole).setdefault(words[0], []).append((words, open_ended, certain_first))
    return entries, _packed(whole), _packed(stems)


def _packed(patterns: Mapping[str, list[Pattern]]) -> dict[str, bytes]:
    return {word: marshal.dumps(found) for word, found in patterns.items()}


def unpacked(packed: bytes) -> list[Pattern]:
    """The patterns of a word of a table."""
    found: list[Pattern] = marshal.loads(packed)  # noqa: S302 - made above
    return found


def _is_ambiguous(form: Form) -> bool:
    return form[1]


def _compiled(place: int, name: Name) -> tuple[tuple[tuple[str, ...], tuple[bool, ...]], Form]:
    """The pattern of a name, and the form it asks for."""
    parts: list[tuple[str, int, str]] = []
    goes_on: list[bool] = []
    for piece in name.written.split("*"):
        found = _parts(piece)
        parts += found
        goes_on += [False] * len(found)
        if parts:
            goes_on[-1] = True
    if parts and not name.written.endswith("*"):
        goes_on[-1] = False
    capitals = tuple(part[1] for part in parts)
    form = (
        place,
        name.ambiguous,
        name.language,
        capitals,
        not any(capitals),
        None if name.lenient else tuple(part[2] for part in parts),
        name.exact,
        "," in name.written,
        name.behind_comma,
    )
    return (tuple(part[0] for part in parts), tuple(goes_on)), form


@functools.lru_cache(maxsize=1 << 14)
def _parts(piece: str) -> tuple[tuple[str, int, str], ...]:
    """The words of a piece of a name, folded, each with its capitals and accents."""
    words = Words(unicodedata.normalize("NFC", piece))
    written = map(words.written, range(len(words)))
    return tuple((word, _capitals(as_is), accents(as_is)) for word, as_is in zip(words.words, written, strict=True))


def _capitals(written: str) -> int:
    letters = [character for character in written if character.isalpha()]
    if len(letters) > 1 and all(letter.isupper() for letter in letters):
        return ALL
    return FIRST if letters and letters[0].isupper() else ANY


def accents(written: str) -> str:
    """The accents of a word in order, and its đ: the same wherever in a syllable the tone is put (hòa, hoà)."""
    if written.isascii():
        return ""
    decomposed = unicodedata.normalize("NFD", written.lower())
    return "".join(character for character in decomposed if "\u0300" <= character <= "\u036f" or character == "đ")
