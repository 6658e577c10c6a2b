"""Corrections by hand made consistent: bonds of articles that stay together, and which of them are held apart.

A later decision wins over an earlier one it contradicts, and leaves the rest of it standing: articles bound together
that are now said to be of different stories leave their bond; two bonds held apart that are now said to be one story
are one.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from nhipcau.newswire.records import Corrections, HandGroup, HandTitle
from nhipcau.newswire.stories.clusters import story_id
from nhipcau.newswire.stories.termspace import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from nhipcau.newswire.state import Line
    from nhipcau.newswire.stories.clusters import Cluster, Part
    from nhipcau.newswire.stories.termspace import TermSpace


class Bonds:
    """What holds after all decisions; bonds are numbered in the order in which they were made.

    Attributes:
        of: article id to the number of its bond; no article is in two.
        apart: pairs of bonds that are never in one story.
        names: bond to the id that its story goes by; no id is given twice.
    """

    def __init__(self, corrections: Corrections) -> None:
        self.of: dict[str, int] = {}
        self.apart: set[frozenset[int]] = set()
        self.names: dict[int, str] = {}
        self._members: dict[int, set[str]] = {}
        self._made = itertools.count(1)
        for grouping in corrections.groupings:
            self._decide(grouping)
        self._reserved = frozenset(self.names.values())

    def __bool__(self) -> bool:
        """Whether any article is bound."""
        return bool(self.of)

    def among(self, parts: Iterable[Part]) -> dict[int, list[Part]]:
        """The bonds of some articles, each with those of the articles that are in it."""
        found: dict[int, list[Part]] = {}
        for part in parts:
            if (bond := self.of.get(part.id)) is not None:
                found.setdefault(bond, []).append(part)
        return found

    def bar(self, some: Iterable[int], others: Iterable[int]) -> bool:
        """Whether a story with some bonds may not be one with a story with the others."""
        there = list(others)
        return bool(self.apart) and any(frozenset((one, other)) in self.apart for one in some for other in there)

    def name_of(self, cluster: Cluster) -> str | None:
        """The id that a story goes by because of a correction; ``None`` where its founder names it."""
        bond = self.of.get(cluster.founder.id)
        if bond in self.names:
            return self.names[bond]
        if not self._reserved or story_id(cluster.founder.id) not in self._reserved:
            return None
        # Its own id was given to another story by hand.
        return story_id(f"{cluster.founder.id} parted")

    def _decide(self, grouping: Sequence[HandGroup]) -> None:
        seen: set[str] = set()
        groups = []
        for group in grouping:
            ids = dict.fromkeys(article for article in group.article_ids if article not in seen)
            seen.update(ids)
            if ids:
                groups.append((set(ids), group.story_id))
        self._break([ids for ids, _ in groups])
        made = [self._bind(ids, name) for ids, name in groups]
        self.apart |= {frozenset(pair) for pair in itertools.combinations(made, 2)}

    def _break(self, groups: Sequence[set[str]]) -> None:
        """Take out of a bond what is now said to be of different stories; what is taken out stays apart from others."""
        for bond, members in list(self._members.items()):
            if sum(not members.isdisjoint(group) for group in groups) <= 1:
                continue
            for group in groups:
                self._part(bond, members & group)
            if not members:
                self._forget(bond)

    def _part(self, bond: int, ids: set[str]) -> None:
        if not ids:
            return
        number = next(self._made)
        self._members[bond] -= ids
        self._members[number] = ids
        self.of |= dict.fromkeys(ids, number)
        self.apart |= {frozenset((number, *(pair - {bond}))) for pair in self.apart if bond in pair}

    def _bind(self, ids: set[str], name: str | None) -> int:
        """One bond of these articles and of all that were bound to any of them."""
        old = sorted({self.of[article] for article in ids if article in self.of})
        number = next(self._made)
        name = name or next((self.names[bond] for bond in old if bond in self.names), None)
        members = ids.union(*(self._members[bond] for bond in old))
        kept = {frozenset(number if bond in old else bond for bond in pair) for pair in self.apart}
        self.apart = {pair for pair in kept if len(pair) == 2}  # noqa: PLR2004 - a pair that became one bond is none
        for bond in old:
            self._forget(bond)
        self._members[number] = members
        self.of |= dict.fromkeys(members, number)
        if name is not None:
            self.names = {bond: given for bond, given in self.names.items() if given != name} | {number: name}
        return number

    def _forget(self, bond: int) -> None:
        del self._members[bond]
        self.names.pop(bond, None)
        self.apart = {pair for pair in self.apart if bond not in pair}


def entangled(clusters: Iterable[Cluster], bonds: Bonds) -> list[list[Cluster]]:
    """The stories that do not obey: those that share a bond, together, and those that hold what was held apart."""
    homes: dict[int, list[Cluster]] = {}
    for cluster in clusters:
        for bond in bonds.among(cluster.parts):
            homes.setdefault(bond, []).append(cluster)
    nets: list[dict[int, Cluster]] = []
    for owners in homes.values():
        net = {cluster.number: cluster for cluster in owners}
        for other in [one for one in nets if not net.keys().isdisjoint(one)]:
            net |= other
            nets.remove(other)
        nets.append(net)
    found = [[net[number] for number in sorted(net)] for net in nets]
    return [net for net in found if len(net) > 1 or bonds.bar(held := bonds.among(net[0].parts), held)]


def divided(parts: Sequence[Part], bonds: Bonds, space: TermSpace) -> list[list[Part]]:
    """The articles of stories that do not obey, in as few groups as obey; what nobody bound goes where it is most like.

    An article that speaks for its story no more goes with the first group.
    """
    bound = sorted(bonds.among(parts).items(), key=lambda item: min(part.number for part in item[1]))
    held: list[set[int]] = []
    groups: list[list[Part]] = []
    for bond, members in bound:
        place = next((place for place, there in enumerate(held) if not bonds.bar([bond], there)), len(groups))
        if place == len(groups):
            held.append(set())
            groups.append([])
        held[place].add(bond)
        groups[place].extend(members)
    centres = [total([part.voice.vector for part in group if part.voice is not None]) for group in groups]
    for part in parts:
        if part.id not in bonds.of:
            likeness = [0.0] if part.voice is None else space.products(part.voice.vector, centres)
            shares = [value / (centre.length or 1.0) for value, centre in zip(likeness, centres, strict=False)]
            groups[shares.index(max(shares))].append(part)
    return groups


def told_of(corrections: Corrections, known: Iterable[str]) -> Corrections:
    """The corrections that speak of any article still known: the others have nothing left to hold."""
    ids = set(known)
    return Corrections(
        groupings=tuple(
            grouping
            for grouping in corrections.groupings
            if any(not ids.isdisjoint(group.article_ids) for group in grouping)
        ),
        titles=tuple(title for title in corrections.titles if not ids.isdisjoint(title.article_ids)),
    )


def correction_lines(corrections: Corrections) -> Iterator[Line]:
    """Corrections as lines of the saved state."""
    for grouping in corrections.groupings:
        yield ["groups", [[group.story_id, list(group.article_ids)] for group in grouping]]
    for title in corrections.titles:
        yield ["title", title.title, list(title.article_ids)]


def corrections_from_lines(lines: Iterable[Any]) -> Corrections:
    """What :func:`correction_lines` told of; raises ``ValueError`` or ``TypeError`` for anything else."""
    groupings, titles = [], []
    for kind, *rest in lines:
        if kind == "groups":
            (groups,) = rest
            groupings.append(tuple(HandGroup(article_ids=_ids(ids), story_id=_text(name)) for name, ids in groups))
        elif kind == "title":
            title, ids = rest
            titles.append(HandTitle(article_ids=_ids(ids), title=str(title)))
        else:
            raise ValueError(f"a correction of an unknown kind: {kind}")
    return Corrections(groupings=tuple(groupings), titles=tuple(titles))


def _ids(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("ids of articles are a list")
    return tuple(map(str, values))


def _text(value: Any) -> str | None:
    return None if value is None else str(value)
