"""Reading a chain from its first entry to its last and naming everything that is not as it was sealed.

Standard library only: the same code verifies the database and an export on an auditor's own machine. Memory does not
grow with the record: what is kept are the gaps, what was purged as runs of keys, and the first faults.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from nhipcau.audit import chain
from nhipcau.audit.explaining import Broken, explain
from nhipcau.audit.faults import Fault
from nhipcau.audit.purged import Purges

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from nhipcau.audit.chain import Row
    from nhipcau.audit.heads import Heads

#: Faults named one by one; of further ones only the number is told.
MOST = 1000
#: Entries that do not follow are compared with each other up to so many, to tell edited from moved.
MOST_COMPARED = 40
#: By how many places the numbers behind an entry that was put in or taken out are tried.
SHIFTS = tuple(shift for number in range(1, 9) for shift in (number, -number))
#: Unsealed entries that are tried in the places of missing ones.
MOST_UNSEALED = 500


class Gap(NamedTuple):
    """Places of the chain at which nothing stands: from, to, the hash before them, and what comes behind them.

    ``after`` is the entry behind them; at the end of the chain ``end`` is the hash that was noted as its head.
    """

    first: int
    last: int
    previous: str
    after: Row | None = None
    end: str = ""


@dataclass(slots=True)
class Verdict:
    """What a verification found.

    Attributes:
        count: sealed entries read.
        head: hash of the last.
        unsealed: entries not in the chain yet; ``oldest_unsealed`` is when the first of them was written.
        heads: how many noted heads were compared; None where no file of them was given.
        faults: what is wrong, by place; ``more`` says how many further faults are not named.
    """

    count: int = 0
    head: str = chain.GENESIS
    unsealed: int = 0
    oldest_unsealed: str = ""
    heads: int | None = None
    faults: list[Fault] = field(default_factory=list)
    more: int = 0

    @property
    def good(self) -> bool:
        """Whether everything is as it was sealed."""
        return not self.faults


class Verifier:
    """Takes the sealed entries in the order of their places, then the others, and gives a verdict."""

    def __init__(self, heads: Heads | None = None) -> None:
        self.verdict = Verdict(heads=None if heads is None else len(heads.by_count))
        self._heads = heads
        self._known = {} if heads is None else heads.by_count
        self._expected = 1
        #: Hashes of which one must be what the next entry was joined to.
        self._before: tuple[str, ...] = (chain.GENESIS,)
        #: By how much the places differ from those at which the entries were sealed.
        self._shift = 0
        self._broken: list[Broken] = []
        #: The entry just read, if it does not follow; and by how much its place may be shifted.
        self._last_broken: Broken | None = None
        self._perhaps = 0
        self._gaps: list[Gap] = []
        self._agreed, self._rewritten = 0, False
        self._purges = Purges()
        self._unsealed: list[Row] = []

    @property
    def reached(self) -> int:
        """The last place at which something stood."""
        return self._expected - 1

    def sealed(self, rows: Iterable[Row]) -> None:
        """Read entries that have a place in the chain."""
        for row in rows:
            self._read(row)

    def unsealed(self, rows: Iterable[Row]) -> None:
        """Read entries that have none yet, oldest first."""
        verdict = self.verdict
        for row in rows:
            verdict.unsealed += 1
            verdict.oldest_unsealed = verdict.oldest_unsealed or str(row.at)
            self._check_payload(row)
            if len(self._unsealed) < MOST_UNSEALED:
                self._unsealed.append(row)

    def note(self, fault: Fault) -> None:
        """Something wrong; also for what whoever reads the entries finds."""
        if len(self.verdict.faults) < MOST:
            self.verdict.faults.append(fault)
        else:
            self.verdict.more += 1

    def done(self) -> Verdict:
        """Everything has been read: the verdict."""
        self._close()
        verdict = self.verdict
        found = [*verdict.faults, *self._found_at_the_end()]
        found.sort(key=lambda fault: fault.place or 0)
        verdict.faults, verdict.more = found[:MOST], verdict.more + len(found[MOST:])
        return verdict

    def _found_at_the_end(self) -> Iterator[Fault]:
        yield from explain(self._broken)
        for gap in self._gaps:
            yield from self._named(gap)
        for rule, run in self._purges.unexplained():
            yield Fault("purged", entry=run.first, values={"rule": rule, "last": run.last})
        if self._heads is not None:
            yield from (Fault("heads_differ", place=count) for count in self._heads.twice)
            yield from (Fault("head_unreadable", values={"line": line}) for line in self._heads.unreadable)

    def _read(self, row: Row) -> None:
        verdict, place = self.verdict, row.sequence
        assert place is not None
        verdict.count += 1
        self._check_payload(row)
        if place < self._expected:
            self.note(Fault("out_of_place", place=place, entry=row.entry_id))
            self._fill(place)
            return
        if place > self._expected:
            self._read_behind_gap(row, place)
        elif not self._follows(row, place, self._before):
            self._does_not_follow(row, place)
        self._check_head(row, place - self._shift)
        self._expected = place + 1
        verdict.head = row.chain_hash

    def _follows(self, row: Row, place: int, before: tuple[str, ...]) -> bool:
        for previous in before:
            if chain.link(previous, place - self._shift, row.kept) == row.chain_hash:
                if self._last_broken is not None:
                    self._last_broken.next_joined_to = previous
                self._last_broken, self._before = None, (row.chain_hash,)
                return True
        return False

    def _read_behind_gap(self, row: Row, place: int) -> None:
        gap = Gap(self._expected, place - 1, self._before[0], row)
        head = self._known.get(place - 1 - self._shift)
        self._last_broken = None
        if self._follows(row, place, (head.hash,) if head else ()):
            self._gaps.append(gap)
        elif any(
            chain.link(previous, gap.first - self._shift, row.kept) == row.chain_hash for previous in self._before
        ):
            # It was sealed right behind the entry before it: its number alone was changed.
            self._renumbered(row, place, self._shift + place - gap.first)
        else:
            # Nothing says to what it was joined: the gap is named, and the chain goes on from its hash.
            self._gaps.append(gap)
            self._before = (row.chain_hash,)

    def _does_not_follow(self, row: Row, place: int) -> None:
        before, last, perhaps = self._before, self._last_broken, self._perhaps
        shift, previous = self._shifted(row, place)
        if shift is not None and (last is None or shift == perhaps or previous == last.row.chain_hash):
            # Two in a row agree; one alone may have changed places with its neighbour.
            if last is not None:
                self._broken.remove(last)
            named = last if last is not None else Broken(place, row, (), ())
            self._renumbered(named.row, named.place, shift)
            self._before, self._last_broken, self._perhaps = (row.chain_hash,), None, 0
            return
        self._perhaps = shift or 0
        if last is not None and previous is not None:
            last.next_joined_to = previous
        computed = tuple(chain.link(one, place - self._shift, row.kept) for one in before)
        self._last_broken = Broken(place, row, before, computed)
        if len(self._broken) < MOST_COMPARED:
            self._broken.append(self._last_broken)
        else:
            self._last_broken = None
            self.note(Fault("edited", place=place, entry=row.entry_id))
        # The next entry tells which is true: the hash that stands here, or the one that belongs to these values; where
        # this entry was put in between, the next was joined to the one before it.
        self._before = tuple(dict.fromkeys((row.chain_hash, *computed, *before)))[:8]

    def _shifted(self, row: Row, place: int) -> tuple[int | None, str | None]:
        """By how much the place of this entry is shifted, if it is, and to which hash it was joined there."""
        for shift in SHIFTS:
            for previous in self._before:
                if chain.link(previous, place - self._shift - shift, row.kept) == row.chain_hash:
                    return self._shift + shift, previous
        return None, None

    def _renumbered(self, row: Row, place: int, shift: int) -> None:
        self.note(Fault("renumbered", place=place, entry=row.entry_id, values={"by": shift - self._shift}))
        self._shift, self._before = shift, (row.chain_hash,)

    def _check_payload(self, row: Row) -> None:
        place, entry = row.sequence, row.entry_id
        if row.payload is None:
            if row.purged_under and isinstance(entry, int):
                self._purges.gone(entry, row.purged_under)
            else:
                self.note(Fault("payload_removed", place=place, entry=entry))
        elif chain.payload_hash(row.payload) != row.payload_hash:
            self.note(Fault("payload_edited", place=place, entry=entry))
        elif row.purged_under:
            self.note(Fault("purge_claimed", place=place, entry=entry, values={"rule": row.purged_under}))
        else:
            self._purges.attested(row)

    def _check_head(self, row: Row, place: int) -> None:
        head = self._known.get(place)
        if head is None:
            return
        if head.hash == row.chain_hash:
            self._agreed = place
        elif self._last_broken is not None:
            self._last_broken.next_joined_to = head.hash
        elif not self._rewritten:
            # The chain holds together, and is not the one that was noted: all of it since then was made anew.
            self._rewritten = True
            self.note(Fault("rewritten", place=self._agreed + 1, values={"last": place, "at": head.at}))

    def _fill(self, place: int) -> None:
        """Something stands at a place that seemed empty: lines of an export in another order."""
        for gap in self._gaps:
            if gap.first <= place <= gap.last:
                self._gaps.remove(gap)
                if gap.first < place:
                    self._gaps.append(Gap(gap.first, place - 1, gap.previous))
                if place < gap.last:
                    self._gaps.append(Gap(place + 1, gap.last, "", gap.after))
                return

    def _close(self) -> None:
        last = None if self._heads is None else self._heads.last
        sealed = self._expected - self._shift
        if last is not None and last.count >= sealed:
            self._gaps.append(Gap(sealed, last.count, self._before[0], end=last.hash))

    def _named(self, gap: Gap) -> Iterator[Fault]:
        found = _unsealed_in(gap, self._unsealed)
        yield from (Fault("unsealed", place=at, entry=row.entry_id) for at, row in enumerate(found, start=gap.first))
        if found:
            return
        if gap.end:
            yield Fault("cut_off", place=gap.first, values={"last": gap.last, "at": self._known[gap.last].at})
        else:
            entry = "–" if gap.after is None else gap.after.entry_id
            yield Fault("removed", place=gap.first, entry=entry, values={"last": gap.last})


def _unsealed_in(gap: Gap, unsealed: list[Row]) -> list[Row]:
    """The unsealed entries that stood in a gap, if they did: they join what is before it to what comes behind it."""
    size = gap.last - gap.first + 1
    for start in range(len(unsealed) - size + 1) if gap.previous else ():
        tried, joined = unsealed[start : start + size], gap.previous
        for place, row in enumerate(tried, start=gap.first):
            joined = chain.link(joined, place, row.kept)
        after = gap.after
        behind = after is not None and chain.link(joined, gap.last + 1, after.kept) == after.chain_hash
        if behind or joined == gap.end:
            return tried
    return []
