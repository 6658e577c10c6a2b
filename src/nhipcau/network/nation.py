"""The bodies of the network as the fixtures list them, and sample offices for whatever is invented.

Real bodies carry facts and no figures; every invented figure belongs to a sample office. Where the day on which a body
was founded is not known, it exists from the day on which the records begin. The bodies of a province are its classes
times the provinces, and none of them was read in a list. The fixtures also hold codes and successors, which are not
loaded: a code is no key, and a successor is a fact about two bodies.
"""

from __future__ import annotations

import csv
import string
from datetime import date, timedelta
from functools import partial
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from nhipcau.network.models import Kind
from nhipcau.network.rows import NameRow, OrganisationRow, ParentRow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

RECORDS_BEGIN = date(2007, 8, 1)
#: Press and external information went from the departments of information to those of culture (Decree 43/2025).
DUTY_MOVED = date(2025, 3, 1)
#: The propaganda and the mass mobilisation boards became one.
BOARDS_MERGED = date(2025, 2, 3)
#: Border guard commands became boards in the provincial military commands; the day is not confirmed.
COMMANDS_MOVED = date(2025, 7, 1)
BY_CLASS = "class of body in every province; no list read"


def real_bodies() -> Iterator[OrganisationRow]:
    """Central bodies, bodies of the provinces, missions abroad: 515 with history."""
    yield from map(_central, _read("central.csv"))
    for key, states in groupby(_read("provinces.csv"), key=itemgetter("key")):
        yield from _provincial(key, list(states))
    yield from map(_mission, _read("missions.csv"))


def sample_offices() -> Iterator[OrganisationRow]:
    """Thirty invented offices, so named that nobody takes them for real."""
    row = partial(_sample, source="invented")
    for letter in string.ascii_uppercase[:8]:
        yield row(f"sample-ministry-{letter.lower()}", Kind.MINISTRY, f"Bộ Mẫu {letter}", f"Sample Ministry {letter}")
    classes = (
        (11, "province", Kind.PEOPLES_COMMITTEE, "Tỉnh Mẫu", "Sample Province"),
        (7, "mission", Kind.EMBASSY, "Cơ quan đại diện Mẫu", "Sample Mission"),
        (2, "friendship-union", Kind.FRIENDSHIP_UNION, "Liên hiệp hữu nghị Mẫu", "Sample Friendship Union"),
        (2, "border-command", Kind.BORDER_COMMAND, "Biên phòng Mẫu", "Sample Border Command"),
    )
    for many, key, kind, name_vi, name_en in classes:
        for number in range(1, many + 1):
            yield row(f"sample-{key}-{number:02}", kind, f"{name_vi} {number:02}", f"{name_en} {number:02}")


def _sample(slug: str, kind: Kind, name_vi: str, name_en: str, *, source: str) -> OrganisationRow:
    name = NameRow(name_vi=name_vi, name_en=name_en, valid_from=RECORDS_BEGIN)
    return OrganisationRow(
        slug=slug,
        kind=kind.value,
        names=(name,),
        valid_from=RECORDS_BEGIN,
        sample=True,
        source=source,
        confidence="high",
    )


def _read(name: str) -> Iterator[dict[str, str]]:
    file = resources.files("nhipcau.network") / "fixtures" / name
    with file.open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _central(line: dict[str, str]) -> OrganisationRow:
    begin, end = date.fromisoformat(line["valid_from"]), _day(line["valid_to"])
    return OrganisationRow(
        slug=line["key"],
        kind=line["kind"],
        names=(NameRow(name_vi=line["name_vi"], name_en=line["name_en"], valid_from=begin, valid_to=end),),
        valid_from=begin,
        valid_to=end,
        source=line["source"],
        confidence=line["confidence"],
    )


def _mission(line: dict[str, str]) -> OrganisationRow:
    begin = date.fromisoformat(line["valid_from"])
    return OrganisationRow(
        slug=line["key"],
        kind=line["kind"],
        names=(NameRow(name_vi=line["name_vi"], name_en=line["name_en"], valid_from=begin),),
        valid_from=begin,
        parents=(ParentRow(parent="mofa", valid_from=begin),),
        country=line["country"],
        source=line["source"],
        confidence=line["confidence"],
    )


def _provincial(key: str, states: list[dict[str, str]]) -> Iterator[OrganisationRow]:
    """The bodies of one province. Its states differ in rank or name only: it is the same unit."""
    begin, end = date.fromisoformat(states[0]["valid_from"]), _day(states[-1]["valid_to"])
    committee = f"{key}-peoples-committee"
    classes = [
        ("peoples-committee", Kind.PEOPLES_COMMITTEE, None, _committee),
        ("department", Kind.PROVINCIAL_DEPARTMENT, committee, _department),
        ("propaganda-board", Kind.PROPAGANDA_BOARD, None, _board),
        ("friendship-union", Kind.FRIENDSHIP_UNION, None, _union),
    ]
    if states[-1]["land_border"] == "yes":
        classes.append(("border-command", Kind.BORDER_COMMAND, "bgc", _command))
    for suffix, kind, parent, name_on in classes:
        yield OrganisationRow(
            slug=f"{key}-{suffix}",
            kind=kind.value,
            names=_names(states, begin, end, name_on),
            valid_from=begin,
            valid_to=end,
            parents=(ParentRow(parent=parent, valid_from=begin, valid_to=end),) if parent else (),
            province=key,
            source=BY_CLASS,
            confidence="unverified",
        )


def _names(
    states: list[dict[str, str]],
    begin: date,
    end: date | None,
    name_on: Callable[[dict[str, str], date], tuple[str, str]],
) -> tuple[NameRow, ...]:
    """The names of one body over the life of its province: asked for on every day on which one could change."""
    moments = {DUTY_MOVED, BOARDS_MERGED, COMMANDS_MOVED} | {date.fromisoformat(s["valid_from"]) for s in states}
    days = sorted(day for day in moments if begin <= day and (end is None or day <= end))
    found: list[tuple[date, tuple[str, str]]] = []
    for day in days:
        state = [s for s in states if date.fromisoformat(s["valid_from"]) <= day][-1]
        name = name_on(state, day)
        if not found or found[-1][1] != name:
            found.append((day, name))
    ends = [day - timedelta(days=1) for day, _ in found[1:]]
    return tuple(
        NameRow(name_vi=name[0], name_en=name[1], valid_from=day, valid_to=last)
        for (day, name), last in zip(found, [*ends, end], strict=True)
    )


def _place(state: dict[str, str]) -> tuple[str, str]:
    """``tỉnh Cao Bằng``, ``Cao Bang Province``; ``thành phố Huế``, ``Hue City``."""
    city = state["rank"] == "city"
    name_vi, name_en = state["name_vi"], state["name_en"]
    return f"{'thành phố' if city else 'tỉnh'} {name_vi}", f"{name_en} {'City' if city else 'Province'}"


def _committee(state: dict[str, str], _day: date) -> tuple[str, str]:
    place_vi, place_en = _place(state)
    return f"Ủy ban nhân dân {place_vi}", f"People's Committee of {place_en}"


def _department(state: dict[str, str], day: date) -> tuple[str, str]:
    place_vi, place_en = _place(state)
    if day < DUTY_MOVED:
        name_vi, name_en = "Sở Thông tin và Truyền thông", "Department of Information and Communications"
    else:
        name_vi, name_en = "Sở Văn hóa, Thể thao và Du lịch", "Department of Culture, Sports and Tourism"
    return f"{name_vi} {place_vi}", f"{name_en} of {place_en}"


def _board(state: dict[str, str], day: date) -> tuple[str, str]:
    committee = "Thành ủy" if state["rank"] == "city" else "Tỉnh ủy"
    name_vi, name_en = "Ban Tuyên giáo", "Propaganda Board"
    if day >= BOARDS_MERGED:
        name_vi, name_en = "Ban Tuyên giáo và Dân vận", "Board for Propaganda and Mass Mobilisation"
    return f"{name_vi} {committee} {state['name_vi']}", f"{name_en} of {_place(state)[1]}"


def _union(state: dict[str, str], _day: date) -> tuple[str, str]:
    place_vi, place_en = _place(state)
    return f"Liên hiệp các tổ chức hữu nghị {place_vi}", f"Union of Friendship Organizations of {place_en}"


def _command(state: dict[str, str], day: date) -> tuple[str, str]:
    place_vi, place_en = _place(state)
    name_vi, name_en = "Bộ Chỉ huy Bộ đội Biên phòng", "Border Guard Command"
    if day >= COMMANDS_MOVED:
        name_vi, name_en = "Ban Chỉ huy Bộ đội Biên phòng", "Border Guard Command Board"
    return f"{name_vi} {place_vi}", f"{name_en} of {place_en}"
