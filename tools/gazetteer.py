"""Writes the gazetteer's names of provinces from the table of provinces, where they are written once.

    python tools/gazetteer.py PROVINCES.csv

The table has at least the columns ``name_vi`` and ``name_en``, a row for every state of a province, present or past.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

OUT = (
    Path(__file__).resolve().parents[1] / "src" / "nhipcau" / "newswire" / "gazetteer" / "data" / "vn" / "provinces.tsv"
)
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


def provinces(table: Path) -> str:
    """The data file's text for a table of provinces: one line for each name, in the order of first appearance."""
    with table.open(encoding="utf-8", newline="") as source:
        rows = {row["name_vi"]: row["name_en"] for row in csv.DictReader(source)}
    lines = [
        f"{english.lower().replace(' - ', '-').replace(' ', '-')}\tplace\t{english}\t1\tvi\t"
        f"{AMBIGUOUS.get(vietnamese, vietnamese)}\n"
        for vietnamese, english in rows.items()
    ]
    return HEADER + "".join(lines)


def main() -> int:
    """Write the file; 2 for wrong usage."""
    if len(sys.argv) != 2:  # noqa: PLR2004 - the program and one file
        sys.stderr.write("usage: python tools/gazetteer.py PROVINCES.csv\n")
        return 2
    OUT.write_text(provinces(Path(sys.argv[1])), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
