"""A nation of invented offices with the classes, numbers and lineage of the real one, for benches and tests.

Every invented figure, lateness, score or ranking belongs to it. Its bodies are those of the real nation under other
names and in another order, so that nobody can tell which stands for which: sixty-three sample provinces become
thirty-four on 2025-07-01. The first eleven are those that do not merge, as among the thirty offices of a demonstration,
whose keys mean the same here. It is made by a seed and is the same every time.
"""

from __future__ import annotations

import dataclasses
import random
import string
from functools import cache
from typing import TYPE_CHECKING

from nhipcau.network.models import Kind
from nhipcau.network.nation import real_nation
from nhipcau.network.rows import NameRow, Nation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from typing import Any

    from nhipcau.network.rows import OrganisationRow

SEED = 72_2015
SOURCE = "invented"
_LETTERS = string.ascii_uppercase

#: Class -> key, Vietnamese and English name of one of its bodies.
_CENTRAL = {
    Kind.MINISTRY: ("sample-ministry", "Bộ Mẫu", "Sample Ministry"),
    Kind.MINISTERIAL_LEVEL_AGENCY: ("sample-agency", "Cơ quan ngang bộ Mẫu", "Sample Ministerial-level Agency"),
    Kind.GOVERNMENT_AGENCY: ("sample-government-agency", "Cơ quan thuộc Chính phủ Mẫu", "Sample Government Agency"),
    Kind.PARTY_BODY: ("sample-party-body", "Cơ quan Đảng Mẫu", "Sample Party Body"),
    Kind.STEERING_COMMITTEE: ("sample-steering-committee", "Ban Chỉ đạo Mẫu", "Sample Steering Committee"),
    Kind.FRIENDSHIP_UNION: ("sample-union", "Liên hiệp trung ương Mẫu", "Sample Central Union"),
    Kind.BORDER_COMMAND: ("sample-command", "Bộ Tư lệnh Mẫu", "Sample Central Command"),
}
_PROVINCIAL = {
    Kind.PEOPLES_COMMITTEE: ("sample-province", "Tỉnh Mẫu", "Sample Province"),
    Kind.PROVINCIAL_DEPARTMENT: ("sample-department", "Sở Mẫu", "Sample Department"),
    Kind.PROPAGANDA_BOARD: ("sample-propaganda-board", "Ban tuyên giáo Mẫu", "Sample Propaganda Board"),
    Kind.FRIENDSHIP_UNION: ("sample-friendship-union", "Liên hiệp hữu nghị Mẫu", "Sample Friendship Union"),
    Kind.BORDER_COMMAND: ("sample-border-command", "Biên phòng Mẫu", "Sample Border Command"),
}
_MISSION = ("sample-mission", "Cơ quan đại diện Mẫu", "Sample Mission")


@cache
def sample_nation() -> Nation:
    """515 sample bodies with history, 281 alive now, and everything that holds between them."""
    real = real_nation()
    names = _names(real.bodies)
    keys = {slug: name[0] for slug, name in names.items()}
    return Nation(
        bodies=tuple(sorted((_sample(row, names, keys) for row in real.bodies), key=lambda row: row.slug)),
        successions=tuple(
            _invented(fact, predecessor=keys[fact.predecessor], successor=keys[fact.successor], basis="")
            for fact in real.successions
        ),
        held_roles=tuple(_invented(h, organisation=keys[h.organisation], basis="") for h in real.held_roles),
        members=tuple(_invented(m, body=keys[m.body], member=keys[m.member]) for m in real.members),
    )


def _sample(row: OrganisationRow, names: Mapping[str, tuple[str, str, str]], keys: Mapping[str, str]) -> Any:
    """The row under its sample name; a name that changed says so with a word more, and so does a rank."""
    slug, name_vi, name_en = names[row.slug]
    spells = [
        NameRow(
            name_vi=name_vi if number == len(row.names) else f"{name_vi} (tên cũ {number})",
            name_en=name_en if number == len(row.names) else f"{name_en} (former name {number})",
            valid_from=name.valid_from,
            valid_to=name.valid_to,
        )
        for number, name in enumerate(row.names, start=1)
    ]
    return _invented(
        row,
        slug=slug,
        names=tuple(spells),
        parents=tuple(_invented(link, parent=keys[link.parent]) for link in row.parents),
        also=tuple(map(_invented, row.also)),
        codes=(),
        province=f"sample-{row.province and slug.rpartition('-')[2]}" if row.province else "",
        sample=True,
    )


def _invented(fact: Any, **changes: Any) -> Any:
    return dataclasses.replace(fact, source=SOURCE, confidence="high", **changes)


def _names(bodies: Iterable[OrganisationRow]) -> dict[str, tuple[str, str, str]]:
    """Real key -> sample key and names. Bodies of one province share its number."""
    rows = list(bodies)
    order = random.Random(SEED)  # noqa: S311 - invented names need no secrecy
    numbers = _province_numbers(rows, order)
    found = {}
    for row in rows:
        if row.province:
            found[row.slug] = _numbered(_PROVINCIAL[Kind(row.kind)], f"{numbers[row.province]:02}")
    for kind, words in _CENTRAL.items():
        same = [row for row in rows if row.kind == kind and not row.province]
        for row, letter in zip(_shuffled_alive_first(same, order), _LETTERS, strict=False):
            found[row.slug] = _numbered(words, letter)
    missions = [row for row in rows if row.country]
    order.shuffle(missions)
    # A demonstration has seven missions, all embassies: the first seven here are embassies too.
    missions.sort(key=lambda row: row.kind != Kind.EMBASSY)
    for number, row in enumerate(missions, start=1):
        found[row.slug] = _numbered(_MISSION, f"{number:02}")
    return found


def _province_numbers(rows: list[OrganisationRow], order: random.Random) -> dict[str, int]:
    """1 to 11 did not merge, 12 to 63 did, 64 to 86 came of it."""
    committees = [row for row in rows if row.kind == Kind.PEOPLES_COMMITTEE]
    begin = min(row.valid_from for row in committees)
    shuffled = list(committees)
    order.shuffle(shuffled)
    shuffled.sort(key=lambda row: (row.valid_from != begin, row.valid_to is not None))
    return {row.province: number for number, row in enumerate(shuffled, start=1)}


def _shuffled_alive_first(rows: list[OrganisationRow], order: random.Random) -> Iterator[OrganisationRow]:
    shuffled = list(rows)
    order.shuffle(shuffled)
    yield from sorted(shuffled, key=lambda row: row.valid_to is not None)


def _numbered(words: tuple[str, str, str], mark: str) -> tuple[str, str, str]:
    key, name_vi, name_en = words
    return f"{key}-{mark.lower()}", f"{name_vi} {mark}", f"{name_en} {mark}"
