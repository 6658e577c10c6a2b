"""Writes the gazetteer's names of provinces from the network's table of provinces, where they are written once.

    python tools/gazetteer.py

A row of the table is one state of a province, present or past. What else the engine must know of a name stands below;
further spellings and other scripts are in the gazetteer's ``places.tsv``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "nhipcau"
TABLE = PACKAGE / "network" / "fixtures" / "provinces.csv"
OUT = PACKAGE / "newswire" / "gazetteer" / "data" / "vn" / "provinces.tsv"
HEADER = "entry\tkind\tenglish\tweight\tlanguage\tnames\n"

# What else these names mean: words of other languages without accents, a sea, a prize, a province of China, a person.
AMBIGUOUS = {
    "Hà Nam": "?Hà Nam|tỉnh Hà Nam",
    "Hòa Bình": "?Hòa Bình|tỉnh Hòa Bình",
    "Hồ Chí Minh": "?Hồ Chí Minh",
    "Huế": "=Huế|?Huế",
    "Long An": "?Long An|tỉnh Long An",
    "Sơn La": "=Sơn La|?Sơn La",
}


def provinces() -> str:
    """The data file's text: one line for each name, in the order of first appearance."""
    with TABLE.open(encoding="utf-8", newline="") as source:
        rows = {row["name_vi"]: row["name_en"] for row in csv.DictReader(source)}
    lines = [
        f"{english.lower().replace(' - ', '-').replace(' ', '-')}\tplace\t{english}\t1\tvi\t"
        f"{AMBIGUOUS.get(vietnamese, vietnamese)}\n"
        for vietnamese, english in rows.items()
    ]
    return HEADER + "".join(lines)


def main() -> int:
    """Write the file."""
    OUT.write_text(provinces(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
