"""Which documents were labelled: drawn by a seed before any was looked at, and never by what the engine says of them.

    python bench/labels/draw.py [--data DIR]

prints the ids for ``places.json`` and ``relevance.json``. Strata are the part of the data and the language, and for
relevance how often a few plain strings of a country stand in a text, so that passing mentions are among them.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "bench" / "labels")]

import documents  # noqa: E402 - lies beside

DATA = ROOT.parent / "shared" / "data"
SHORTEST, LONGEST = 300, 2600  # characters of a text labelled for places: it is read whole
#: Part and language to how many are labelled for places.
PLACES = {
    ("parallel-news", "en"): 14, ("parallel-news", "de"): 5, ("parallel-news", "ru"): 4, ("parallel-news", "ja"): 4,
    ("parallel-news", "fr"): 4, ("parallel-news", "cs"): 3, ("parallel-news", "zh"): 3, ("ecbplus", "en"): 9,
    ("news-pages", ""): 7, ("unc", "vi"): 7,
}  # fmt: skip
#: Country to the strings that are counted.
STRINGS = {
    "VN": ("vietnam", "viet nam", "việt nam", "ベトナム", "越南", "вьетнам", "hanoi", "hà nội"),
    "DE": ("german", "deutsch", "ドイツ", "德国", "герман", "немец", "německ", "allemag", "niemc", "berlin"),
    "JP": ("japan", "日本", "япон", "japon", "tokyo", "東京", "nhật bản"),
    "CZ": ("czech", "tschech", "česk", "チェコ", "捷克", "чехи", "чешск", "tchèque", "tchéq", "prague", "praha", "séc"),
}
#: What stands so often stands often.
OFTEN = 3
#: Country to how many documents, by the part and how often at least; 0 are texts without a mention.
RELEVANCE = {
    "VN": {("unc", 0): 8, ("unc", 1): 10, ("unc", 3): 10, ("newsroom", 0): 8, ("newsroom", 1): 8, ("other", 1): 14},
    "DE": {("de", 0): 14, ("de", 1): 12, ("de", 3): 10, ("other", 1): 16, ("other", 3): 6},
    "JP": {("ja", 0): 18, ("ja", 1): 8, ("other", 1): 20, ("other", 3): 8},
    "CZ": {("cs", 0): 0, ("cs", 1): 3, ("other", 1): 30},
}
#: A second draw, because the first held fewer than thirty about Germany and Japan, and all there is about Czechia.
MORE = {
    "DE": {("de", 3): 3, ("other", 3): 3},
    "JP": {("ja", 0): 8, ("ja", 1): 3, ("other", 3): 9},
    "CZ": {("cs", 1): 3, ("other", 3): 20},
}
LONGEST_JUDGED = 12_000


def drawn_for_places(texts: list[documents.Article], chance: random.Random) -> list[str]:
    """Ids, one of a story at most."""
    found: list[str] = []
    stories: set[str] = set()
    for part, code in PLACES:
        pool = [
            one.id
            for one in texts
            if one.id.startswith(f"{part}:") and SHORTEST <= len(one.text) <= LONGEST and one.language.startswith(code)
        ]
        chance.shuffle(pool)
        for key in pool:
            story = key.split(":")[1]
            if story not in stories and sum(one.startswith(f"{part}:") for one in found) < _upto(part, code):
                stories.add(story)
                found.append(key)
    return found


def _upto(part: str, code: str) -> int:
    """How many of a part there are when those of ``code`` are drawn."""
    total = 0
    for (other, language), count in PLACES.items():
        total += count if other == part else 0
        if (other, language) == (part, code):
            break
    return total


def drawn_for_relevance(
    texts: list[documents.Article],
    chance: random.Random,
    wanted_of: dict[str, dict[tuple[str, int], int]],
    stories: set[str],
) -> list[str]:
    """Ids, none of ``stories`` and one of a story at most, each in one stratum of one country."""
    found: list[str] = []
    own = {"DE": "de", "JP": "ja", "CZ": "cs"}
    for country, strata in wanted_of.items():
        pools: dict[tuple[str, int], list[str]] = defaultdict(list)
        for one in texts:
            if len(one.text) > LONGEST_JUDGED or "localhost" in one.id:
                continue
            whole = f"{one.title}\n{one.text}".lower()
            count = sum(whole.count(string) for string in STRINGS[country])
            part = one.id.partition(":")[0]
            if country == "VN":
                kind = part if part in ("unc", "newsroom") else "other"
            elif part in ("unc", "newsroom") and country != "CZ":
                continue
            else:
                kind = own[country] if one.language.startswith(own[country]) else "other"
            pools[kind, OFTEN if count >= OFTEN and (kind, OFTEN) in strata else min(count, 1)].append(one.id)
        for stratum, wanted in strata.items():
            chance.shuffle(pools[stratum])
            taken = 0
            for key in pools[stratum]:
                story = ":".join(key.split(":")[1:2]) if key.startswith("parallel-news") else key
                if taken < wanted and story not in stories:
                    stories.add(story)
                    found.append(key)
                    taken += 1
    return found


def main() -> None:
    """Draw and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=DATA)
    texts = sorted(documents.articles(parser.parse_args().data), key=lambda one: one.id)
    chance = random.Random(8)  # noqa: S311 - the same every time
    print(*drawn_for_places(texts, chance), sep="\n")
    print()
    stories: set[str] = set()
    first = drawn_for_relevance(texts, chance, RELEVANCE, stories)
    print(*first, *drawn_for_relevance(texts, chance, MORE, stories), sep="\n")


if __name__ == "__main__":
    main()
