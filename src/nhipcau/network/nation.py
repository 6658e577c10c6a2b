"""The bodies of the network as the fixtures list them, and sample offices for whatever is invented.

Real bodies carry facts and no figures; every invented figure belongs to a sample office. Where the day on which a body
was founded is not known, it exists from the day on which the records begin. The bodies of a province are its classes
times the provinces, and none of them was read in a list; the code of a province is carried by its People's Committee.
"""

from __future__ import annotations

import csv
import string
from datetime import date, timedelta
from functools import partial
from importlib import resources
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from nhipcau.network.models import Kind, RoleInNetwork, Scheme, SuccessionKind
from nhipcau.network.rows import (
    BodyMemberRow,
    ClassRow,
    CodeRow,
    CountryRow,
    HeldRoleRow,
    NameRow,
    Nation,
    OrganisationRow,
    ParentRow,
    SuccessionRow,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

RECORDS_BEGIN = date(2007, 8, 1)
#: Press and external information went from the departments of information to those of culture (Decree 43/2025).
DUTY_MOVED = date(2025, 3, 1)
#: The propaganda and the mass mobilisation boards became one.
BOARDS_MERGED = date(2025, 2, 3)
#: Border guard commands became boards in the provincial military commands; the day is not confirmed.
COMMANDS_MOVED = date(2025, 7, 1)
#: Sixty-three provinces became thirty-four.
PROVINCES_MERGED = date(2025, 7, 1)
#: The classes of bodies of a province, and how the key of each ends after the key of the province.
SUFFIXES = {
    Kind.PEOPLES_COMMITTEE: "peoples-committee",
    Kind.PROVINCIAL_DEPARTMENT: "department",
    Kind.PROPAGANDA_BOARD: "propaganda-board",
    Kind.FRIENDSHIP_UNION: "friendship-union",
    Kind.BORDER_COMMAND: "border-command",
}
BY_CLASS = "class of body in every province; no list read"


def real_nation() -> Nation:
    """The real bodies with what holds between them."""
    bodies = tuple(real_bodies())
    return Nation(
        bodies=bodies,
        successions=(*map(_succession, _read("successions.csv")), *_provincial_successions({b.slug for b in bodies})),
        held_roles=(*map(_held_role, _read("held_roles.csv")), *_information_departments(bodies)),
        members=tuple(map(_member, _read("body_members.csv"))),
    )


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
        also=(ClassRow(kind=line["also"], valid_from=begin, valid_to=end),) if line["also"] else (),
        source=line["source"],
        confidence=line["confidence"],
    )


def _mission(line: dict[str, str]) -> OrganisationRow:
    """A mission to a country covers that country; which others it covers too was read nowhere."""
    begin = date.fromisoformat(line["valid_from"])
    bilateral = line["kind"] != Kind.PERMANENT_MISSION
    return OrganisationRow(
        slug=line["key"],
        kind=line["kind"],
        names=(NameRow(name_vi=line["name_vi"], name_en=line["name_en"], valid_from=begin),),
        valid_from=begin,
        parents=(ParentRow(parent="mofa", valid_from=begin),),
        jurisdictions=(CountryRow(country=line["country"], valid_from=begin),) if bilateral else (),
        country=line["country"],
        time_zone=line["time_zone"],
        source=line["source"],
        confidence=line["confidence"],
    )


def _provincial(key: str, states: list[dict[str, str]]) -> Iterator[OrganisationRow]:
    """The bodies of one province. Its states differ in rank or name only: it is the same unit."""
    begin, end = date.fromisoformat(states[0]["valid_from"]), _day(states[-1]["valid_to"])
    parents = {Kind.PROVINCIAL_DEPARTMENT: f"{key}-{SUFFIXES[Kind.PEOPLES_COMMITTEE]}", Kind.BORDER_COMMAND: "bgc"}
    for kind, suffix in SUFFIXES.items():
        if kind == Kind.BORDER_COMMAND and states[-1]["land_border"] != "yes":
            continue
        name_on, parent, heads = _NAMED[kind], parents.get(kind), kind == Kind.PEOPLES_COMMITTEE
        yield OrganisationRow(
            slug=f"{key}-{suffix}",
            kind=kind.value,
            names=_names(states, begin, end, name_on),
            valid_from=begin,
            valid_to=end,
            parents=(ParentRow(parent=parent, valid_from=begin, valid_to=end),) if parent else (),
            also=tuple(_cities(states)) if heads else (),
            codes=tuple(_codes(states)) if heads else (),
            province=key,
            source=BY_CLASS,
            confidence="unverified",
        )


def _cities(states: list[dict[str, str]]) -> Iterator[ClassRow]:
    """When the province was a centrally-run city."""
    for state in states:
        if state["rank"] == "city":
            yield ClassRow(kind=Kind.CENTRAL_CITY, confidence="high", **_stated(state))


def _codes(states: list[dict[str, str]]) -> Iterator[CodeRow]:
    """The code of the statistics office, once for as long as it did not change."""
    for code, same in groupby(states, key=itemgetter("code")):
        spells = list(same)
        days = {**_stated(spells[0]), "valid_to": _day(spells[-1]["valid_to"])}
        yield CodeRow(scheme=Scheme.STATISTICS, code=code, confidence="high", **days)


def _stated(state: dict[str, str]) -> dict[str, Any]:
    """The days and the source of one state of a province."""
    days = {"valid_from": date.fromisoformat(state["valid_from"]), "valid_to": _day(state["valid_to"])}
    return {**days, "source": state["source"][:300]}


def _provincial_successions(bodies: set[str]) -> Iterator[SuccessionRow]:
    """What the bodies of a merged province became: the bodies of the same class of the province it is in now.

    A body that alone of its class went into the new province (a border command) was reorganised, not merged.
    """
    merged = [(line["key"], line["successor"], line["source"]) for line in _read("provinces.csv") if line["successor"]]
    for suffix in SUFFIXES.values():
        pairs = [(f"{old}-{suffix}", f"{new}-{suffix}", source) for old, new, source in merged]
        into = [new for old, new, _source in pairs if old in bodies]
        for old, new, source in pairs:
            if old in bodies:
                yield SuccessionRow(
                    predecessor=old,
                    successor=new,
                    kind=SuccessionKind.MERGE if into.count(new) > 1 else SuccessionKind.RENAME,
                    day=PROVINCES_MERGED,
                    source=source[:300] if suffix == SUFFIXES[Kind.PEOPLES_COMMITTEE] else BY_CLASS,
                    confidence="high" if suffix == SUFFIXES[Kind.PEOPLES_COMMITTEE] else "unverified",
                )


def _information_departments(bodies: Iterable[OrganisationRow]) -> Iterator[HeldRoleRow]:
    """Every provincial department holds the role in its province for as long as it exists."""
    for body in bodies:
        if body.kind == Kind.PROVINCIAL_DEPARTMENT:
            yield HeldRoleRow(
                role=RoleInNetwork.PROVINCIAL_INFORMATION_DEPARTMENT,
                organisation=body.slug,
                valid_from=body.valid_from,
                valid_to=body.valid_to,
                source=BY_CLASS,
            )


def _succession(line: dict[str, str]) -> SuccessionRow:
    return SuccessionRow(**{**line, "day": date.fromisoformat(line["day"])})  # type: ignore[arg-type]


def _held_role(line: dict[str, str]) -> HeldRoleRow:
    days = {"valid_from": date.fromisoformat(line["valid_from"]), "valid_to": _day(line["valid_to"])}
    return HeldRoleRow(**{**line, **days})  # type: ignore[arg-type]


def _member(line: dict[str, str]) -> BodyMemberRow:
    days = {"valid_from": date.fromisoformat(line["valid_from"]), "valid_to": _day(line["valid_to"])}
    return BodyMemberRow(**{**line, **days})  # type: ignore[arg-type]


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


_NAMED: dict[Kind, Callable[[dict[str, str], date], tuple[str, str]]] = {
    Kind.PEOPLES_COMMITTEE: _committee,
    Kind.PROVINCIAL_DEPARTMENT: _department,
    Kind.PROPAGANDA_BOARD: _board,
    Kind.FRIENDSHIP_UNION: _union,
    Kind.BORDER_COMMAND: _command,
}
