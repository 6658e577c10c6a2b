"""The topics of the field, and the cues by which texts in many languages show them."""

from __future__ import annotations

import functools
from types import MappingProxyType
from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.matcher import Matcher
from nhipcau.newswire.gazetteer.names import DATA, Entry, Name, spelt
from nhipcau.newswire.gazetteer.patterns import table_of
from nhipcau.newswire.words import gettext_noop

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.patterns import Table

#: The topics: code to English name, in the order in which they are shown.
TOPICS = MappingProxyType(
    {
        "politics": gettext_noop("Politics and diplomacy"),
        "economy": gettext_noop("Economy and trade"),
        "investment": gettext_noop("Investment"),
        "culture": gettext_noop("Culture and heritage"),
        "tourism": gettext_noop("Tourism"),
        "sea": gettext_noop("Sea and islands"),
        "security": gettext_noop("Security and defence"),
        "rights": gettext_noop("Human rights"),
        "society": gettext_noop("Society"),
        "health": gettext_noop("Health"),
        "education": gettext_noop("Education"),
        "science": gettext_noop("Science and technology"),
        "environment": gettext_noop("Environment and climate"),
        "energy": gettext_noop("Energy"),
        "sport": gettext_noop("Sport"),
        "community": gettext_noop("Vietnamese community abroad"),
        "agriculture": gettext_noop("Agriculture"),
        "disasters": gettext_noop("Disasters and accidents"),
        "transport": gettext_noop("Transport"),
    }
)

_CONCEPTS = "concepts.tsv"
_COLUMNS = ["topic", "cues"]
_CONCEPT_COLUMNS = ["topic", "concept", "says"]
_STRONG, _PLAIN = 2.0, 1.0
# Hausa is as often written without its hooks.
_UNHOOKED = str.maketrans("ɓɗƙƴ", "bdky")


@functools.lru_cache(maxsize=32)
def cues(language: str) -> Matcher | None:
    """What finds the cues in texts of a language (the first part of a BCP 47 tag); ``None`` where there is no list.

    An entry of a hit has the topic's code as its ``kind``, and weighs 2 or 1. Its ``key`` is the cue; in the languages
    that share a table of concepts it is the concept, so that a text and its translation are counted alike.
    """
    table = kept(f"topics/{language}", lambda: cue_table(language))
    return None if table is None else Matcher(table)


def cue_table(language: str) -> Table | None:
    """The cues of a language, for set-up to keep; ``None`` where there is no list.

    Raises:
        ValueError: naming the line, where a list does not keep to its format.
    """
    entries = _concepts(language) or _listed(language)
    if not entries:
        return None
    names: dict[Entry, list[Name]] = {}
    for entry, written in entries:
        names.setdefault(entry, []).extend(one for cue in written for one in spelt(Name(cue), language))
    return table_of(names)


def _concepts(language: str) -> list[tuple[Entry, list[str]]]:
    """The concepts with their words in a language; nothing where the table does not have it."""
    lines = (DATA / "topics" / _CONCEPTS).read_text(encoding="utf-8").splitlines()
    *first, languages = lines[0].split("\t", len(_CONCEPT_COLUMNS))
    if first != _CONCEPT_COLUMNS:
        raise ValueError(f"topics/concepts.tsv, line 1: the columns begin with {', '.join(_CONCEPT_COLUMNS)}")
    if language not in languages.split("\t"):
        return []
    column = lines[0].split("\t").index(language)
    found = []
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        topic, concept, says = cells[:3]
        if topic not in TOPICS:
            raise ValueError(f"topics/concepts.tsv, line {number}: no topic {topic!r}")
        written = cells[column].split("|")
        if language == "ha":
            written += [cue.translate(_UNHOOKED) for cue in written]
        found.append((Entry(f"{topic}:{concept}", topic, TOPICS[topic], float(says)), written))
    return found


def _listed(language: str) -> list[tuple[Entry, list[str]]]:
    """The cues of a language that has a list of its own."""
    if language not in _languages_listed():
        return []
    lines = (DATA / "topics" / f"{language}.tsv").read_text(encoding="utf-8").splitlines()
    if lines[0].split("\t") != _COLUMNS:
        raise ValueError(f"topics/{language}.tsv, line 1: the columns are {', '.join(_COLUMNS)}")
    found = []
    for number, line in enumerate(lines[1:], start=2):
        topic, _, cell = line.partition("\t")
        if topic not in TOPICS:
            raise ValueError(f"topics/{language}.tsv, line {number}: no topic {topic!r}")
        for cue in map(str.strip, cell.split("|")):
            written = cue.removeprefix("!")
            weight = _PLAIN if written == cue else _STRONG
            found.append((Entry(f"{topic}:{written}", topic, TOPICS[topic], weight), [written]))
    return found


@functools.cache
def _languages_listed() -> frozenset[str]:
    """The languages that have a list of their own; what a page calls its language is no name of a file."""
    files = {file.name for file in (DATA / "topics").iterdir()} - {_CONCEPTS}
    return frozenset(name.removesuffix(".tsv") for name in files)
