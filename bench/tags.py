"""Which places texts name, by hand and in translation, beside CLDR names and geotext; topics and institutions.

    python bench/tags.py [--data DIR]

Labels: 60 texts in ``bench/labels/places.json``, drawn by ``bench/labels/draw.py``, read whole by one person. The rule:

* A place is a country or a territory of its own, a region or district, a city, town or village, as ``XX`` or
  ``XX/Name in English`` with its country. Adjectives and people of a country name it (a German firm, the French).
* A capital that stands for a government is the capital. A public authority names its place (the police of a city);
  a team, firm, newspaper, university, ship or road does not, nor does a part of a city, a sea, a river or a continent.
  Such names are ``allowed``: right or not, they are not counted. ``|`` divides names of which one will do.

F1 is over all places of all texts. geotext 0.4.0 knows English alone and no country of a city, so beside it only the
English texts count, and of a city or region only the name. Translations: of each document of
``stories/parallel-news.jsonl`` that stands beside an English one, the places, topics and institutions found in it
against those found in the English; means of recall and precision over documents of which the English side has any, by
language.

The words by which topics are seen were written concept by concept, in nine languages at once, from general knowledge,
before they were run on these documents. After the first run one word was taken out of them all ("street": too common).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "labels"), str(ROOT / "bench" / "peers")]

import documents  # noqa: E402 - lies beside
import environments  # noqa: E402 - the same
import halves  # noqa: E402 - lies beside
from babel import Locale, UnknownLocaleError  # noqa: E402 - the same

from nhipcau.newswire.institutions import institutions_of  # noqa: E402 - the same
from nhipcau.newswire.places import places_of  # noqa: E402 - the same
from nhipcau.newswire.relevance import topics  # noqa: E402 - the same
from nhipcau.text import fold  # noqa: E402 - the same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from nhipcau.newswire.records import Article

DATA = ROOT.parent / "shared" / "data"
F1_BAR, EACH_BAR, AGREEMENT_BAR, LEAST_TEXTS = 0.85, 1.5, 0.80, 60
_CODE, _UNSPACED = 2, "\u3000"


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--errors", action="store_true", help="show what is wrong in the half for development")
    given = parser.parse_args()
    labels = halves.labels("places")
    texts = {one.id: one for one in documents.articles(given.data, set(labels))}
    found = {
        key: {tag(place.country, place.name, place.kind) for place in places_of(one)} for key, one in texts.items()
    }
    plain = {key: by_names(one) for key, one in texts.items()}
    if given.errors:
        show(labels, found, texts)
    started = time.process_time()
    for one in texts.values():
        places_of(one)
    seconds = time.process_time() - started
    characters = sum(len(one.text) for one in texts.values())
    result = {
        "bench": "tags",
        "texts": len(texts),
        "labelled": round(sum(len(labels[key]["places"]) for key in texts) / max(len(texts), 1), 2),
        "ours": told(labels, found),
        "CLDR names": told(labels, plain),
        "in English, names alone": beside_geotext(labels, found, texts),
        "places_a_document": round(sum(map(len, found.values())) / max(len(found), 1), 2),
        "ms_per_3000_characters": round(seconds * 1000 * 3000 / max(characters, 1), 3),
        "translations": in_translation(
            given.data, lambda one: {tag(p.country, p.name, p.kind) for p in places_of(one)}
        ),
        "translations by CLDR names": in_translation(given.data, by_names),
        "topics in translation": in_translation(given.data, lambda one: set(topics(one))),
        "institutions in translation": in_translation(given.data, lambda one: {i.code for i in institutions_of(one)}),
        "absent": sorted(set(labels) - set(texts)),
    }
    return judge(result, default=given.data.resolve() == DATA.resolve())


def beside_geotext(
    labels: dict[str, dict[str, list[str]]], found: dict[str, set[str]], texts: dict[str, Article]
) -> dict[str, dict[str, float]]:
    """Measures of both over the English texts, without a city's country; ours alone where geotext cannot be had."""
    english = [key for key, one in texts.items() if one.language == "en"]
    bare = {
        key: {kind: [_without_country(one) for one in labels[key][kind]] for kind in ("places", "allowed")}
        for key in english
    }
    rows = {"ours": told(bare, {key: {_without_country(one) for one in found[key]} for key in english})["all"]}
    python = environments.environment("geotext", ["geotext==0.4.0"])
    if python is not None and english:
        asked = "".join(json.dumps(f"{texts[key].title}\n{texts[key].text}") + "\n" for key in english)
        peer = str(ROOT / "bench" / "peers" / "tags_geotext.py")
        answered = subprocess.run([str(python), peer], input=asked, capture_output=True, text=True, check=True).stdout
        said = {key: set(json.loads(line)) for key, line in zip(english, answered.splitlines(), strict=True)}
        rows["geotext"] = told(bare, said)["all"]
    return rows


def _without_country(label: str) -> str:
    return "|".join(one[_CODE:] if "/" in one else one for one in label.split("|"))


def tag(country: str, name: str, kind: str) -> str:
    """A place as labels have it."""
    return country if kind == "country" else f"{country}/{name}"


def by_names(article: Article) -> set[str]:
    """The peer: countries whose name in CLDR stands in the text, in its language or in English."""
    found = set()
    locales = ["en"]
    with contextlib.suppress(UnknownLocaleError, ValueError):
        locales.append(Locale.parse(article.language, sep="-").language)
    whole = f"{article.title}\n{article.text}"
    for locale in locales:
        for code, name in Locale(locale).territories.items():
            edge = "" if name[0] >= _UNSPACED else r"\b"  # scripts without spaces
            if len(code) == _CODE and code.isalpha() and re.search(edge + re.escape(name) + edge, whole):
                found.add(code)
    return found


def same(one: str, other: str) -> bool:
    """Whether two tags are one place."""
    return fold(one) == fold(other)


def told(labels: dict[str, dict[str, list[str]]], found: dict[str, set[str]]) -> dict[str, dict[str, float]]:
    """Precision, recall and F1 of each half and of both."""
    rows = {}
    for half in (*halves.HALVES, "all"):
        right = said = wanted = 0
        for key, tags in found.items():
            if half in ("all", halves.half_of(key)):
                hits, misses, wrong = compared(labels[key], tags)
                right, said, wanted = right + hits, said + hits + len(wrong), wanted + hits + len(misses)
        rows[half] = {
            "precision": round(right / max(said, 1), 4),
            "recall": round(right / max(wanted, 1), 4),
            "f1": round(2 * right / max(said + wanted, 1), 4),
        }
    return rows


def compared(label: dict[str, list[str]], tags: Iterable[str]) -> tuple[int, list[str], list[str]]:
    """How many places of a text are found, which are not, and which are found that are none."""
    found = set(tags)
    misses = []
    for wanted in label["places"]:
        hits = {one for one in found if any(same(one, name) for name in names_of(wanted))}
        if not hits:
            misses.append(wanted)
        found -= hits
    allowed = [name for one in label["allowed"] for name in names_of(one)]
    wrong = [one for one in found if not any(same(one, name) for name in allowed)]
    return len(label["places"]) - len(misses), misses, sorted(wrong)


def names_of(label: str) -> list[str]:
    """The tags of which one will do: ``XX/A|XX/B`` or ``XX/A|XX``."""
    return label.split("|")


def show(labels: dict[str, dict[str, list[str]]], found: dict[str, set[str]], texts: dict[str, Article]) -> None:
    """The errors of the half that may be looked at."""
    for key in texts:
        if halves.half_of(key) == halves.HALVES[0]:
            _, misses, wrong = compared(labels[key], found[key])
            if misses or wrong:
                print(f"{key}: missed {misses}, wrong {wrong}")


def in_translation(data: Path, tags_of: Callable[[Article], set[str]]) -> dict[str, dict[str, float]]:
    """By language, the mean recall and precision of a document's tags against the English document's."""
    stories: dict[str, dict[str, set[str]]] = defaultdict(dict)
    path = data / documents.PARTS["parallel-news"]
    for one in _parallel(data) if path.exists() else ():
        stories[one.id.split(":")[1]][one.language] = tags_of(one)
    rows: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for sides in stories.values():
        english = sides.pop("en", set())
        for language, tags in sides.items():
            if english:
                shared = len(english & tags)
                rows[language].append((shared / len(english), shared / len(tags) if tags else 0.0))
    return {
        language: {
            "documents": len(pairs),
            "recall": round(sum(one for one, _ in pairs) / len(pairs), 4),
            "precision": round(sum(other for _, other in pairs) / len(pairs), 4),
        }
        for language, pairs in sorted(rows.items())
    }


def _parallel(data: Path) -> Iterable[Article]:
    wanted = {
        f"parallel-news:{row['story']}:{row['lang']}"
        for row in map(json.loads, (data / documents.PARTS["parallel-news"]).open(encoding="utf-8"))
    }
    return documents.articles(data, wanted)


def judge(result: dict[str, object], *, default: bool) -> int:
    """The table and the last line."""
    for name in ("ours", "CLDR names"):
        for half, row in result[name].items():  # type: ignore[attr-defined]
            print(f"{name:<12} {half:<12}", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    for name, row in result["in English, names alone"].items():  # type: ignore[attr-defined]
        print(f"{name:<12} in English  ", "  ".join(f"{key} {value:.3f}" for key, value in row.items()))
    for name in ("translations", "translations by CLDR names", "topics in translation", "institutions in translation"):
        for language, row in result[name].items():  # type: ignore[attr-defined]
            print(f"{name:<28} {language}", "  ".join(f"{key} {value}" for key, value in row.items()))
    faults = []
    if result["texts"]:
        faults += ["f1"] if result["ours"]["all"]["f1"] < F1_BAR else []  # type: ignore[index]
        faults += ["places a document"] if result["places_a_document"] < EACH_BAR else []  # type: ignore[operator]
    for name in ("translations", "topics in translation", "institutions in translation"):
        for language, row in result[name].items():  # type: ignore[attr-defined]
            faults += [f"{kind} of {name} {language}" for kind in ("recall", "precision") if row[kind] < AGREEMENT_BAR]
    if default:
        faults += ["absent"] if result["absent"] or result["texts"] < LEAST_TEXTS else []  # type: ignore[operator]
    print(f"bars missed: {', '.join(faults) or 'none'}")
    print(json.dumps(result | {"missed": faults, "holds": not faults}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
