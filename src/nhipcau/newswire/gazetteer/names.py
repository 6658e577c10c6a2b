"""Entries of the gazetteer, and the names they go by. The format of the data files is in ``data/README.md``."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: Where the data files lie.
DATA = files("nhipcau.newswire.gazetteer") / "data"

_COLUMNS = ["entry", "kind", "english", "weight", "language", "names"]
_KINDS = frozenset({"country", "place", "body", "heritage", "person_office"})
_BLOCK = "-"
_ANY_LANGUAGE = "mul"

# What Arabic and Hebrew write together with the word that follows: and, in, to, from, as, the, and chains of these.
_ATTACHED = {
    "ar": ("", "و", "ب", "ل", "ك", "ف", "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "ول", "وب"),
    "he": ("", "ו", "ב", "ל", "מ", "ה", "ש", "כ", "וב", "ול", "ומ", "וה", "שב", "של", "מה", "בה", "לה"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """What names stand for.

    Attributes:
        key: its key in the data files.
        kind: ``country``, ``place``, ``body``, ``heritage``, ``person_office``, or a topic's code.
        name: for people, in English.
        weight: how much one mention says, in [0, 1]; 0 for a phrase that only looks like a name and hides it. A cue of
            a topic weighs 1 or 2.
    """

    key: str
    kind: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Name:
    """One way to write an entry's name.

    Attributes:
        written: as in the data; a capital there asks for a capital in the text. ``*`` ends a word that may go on.
        ambiguous: it counts only beside a name that is not.
        exact: it counts only where the accents of the text are these; otherwise a text without accents will do.
        lenient: accents do not count at all.
        language: it counts only in texts of this language; ``None`` for any.
        behind_comma: it counts only behind one, as the short forms of states do (``Calif.``).
    """

    written: str
    ambiguous: bool = False
    exact: bool = False
    lenient: bool = False
    language: str | None = None
    behind_comma: bool = False


def read(path: str, language: str | None = None) -> Iterator[tuple[Entry, list[Name]]]:
    """Entries and names of a data file, one pair for each line; with a language, its lines and those of any language.

    Raises:
        ValueError: naming the file and line, where the file does not keep to its format.
    """
    lines = (DATA / path).read_text(encoding="utf-8").splitlines()
    if lines[0].split("\t") != _COLUMNS:
        raise ValueError(f"{path}, line 1: the columns are {', '.join(_COLUMNS)}")
    entry: Entry | None = None
    for number, line in enumerate(lines[1:], start=2):
        if not line or line.startswith("#"):
            continue
        try:
            key, kind, english, weight, spoken, names = line.split("\t")
        except ValueError:
            raise ValueError(f"{path}, line {number}: six columns, divided by tabs") from None
        if key:
            if kind not in _KINDS:
                raise ValueError(f"{path}, line {number}: no kind {kind!r}")
            entry = Entry(key, kind, english, 0.0 if weight == _BLOCK else float(weight))
        if entry is None:
            raise ValueError(f"{path}, line {number}: names before the first entry")
        if language in (None, spoken) or spoken == _ANY_LANGUAGE:
            yield entry, list(parse_names(names, spoken))


def parse_names(names: str, language: str) -> Iterator[Name]:
    """The names of one cell, divided by ``|``, each with its marks ``?``, ``=``, ``@`` in front."""
    for part in names.split("|"):
        written = part.strip()
        marks = written[: len(written) - len(written.lstrip("?=@"))]
        yield from spelt(
            Name(
                written.lstrip("?=@"),
                ambiguous="?" in marks,
                exact="=" in marks,
                language=language if "@" in marks else None,
            ),
            language,
        )


def spelt(name: Name, language: str) -> Iterator[Name]:
    """``name`` as texts of its language spell it: with what Arabic and Hebrew attach; Korean words go on."""
    if language == "ko" and not name.written.endswith("*"):
        name = dataclasses.replace(name, written=name.written + "*")
    for attached in _ATTACHED.get(language, ("",)):
        yield dataclasses.replace(name, written=attached + name.written)


def merged(pairs: Iterable[tuple[Entry, list[Name]]]) -> dict[Entry, list[Name]]:
    """The names of each entry together; an entry described twice keeps its first description."""
    first: dict[str, Entry] = {}
    together: dict[Entry, list[Name]] = {}
    for entry, names in pairs:
        together.setdefault(first.setdefault(entry.key, entry), []).extend(names)
    return together
