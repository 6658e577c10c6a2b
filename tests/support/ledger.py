"""A chain without a database, and everything that somebody with a hand in the database could do to it."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from nhipcau.audit import chain
from nhipcau.audit.chain import FIELDS, Row
from nhipcau.audit.heads import Head, Heads
from nhipcau.audit.verifying import Verifier

START = datetime(2026, 11, 25, 1, tzinfo=UTC)
PLACE = {name: number for number, name in enumerate(FIELDS)}


def make_row(number, **fields):
    """An entry that nobody has sealed; its key is ten times its number."""
    payload = fields.pop("payload", f'{{"n":{number}}}')
    kept = {
        "id": number * 10,
        "at": chain.moment(START + timedelta(minutes=number)),
        "actor_id": f"person:{number % 7}",
        "actor_label": f"Nguyễn Văn {number % 7}",
        "deputy_of": "",
        "organisation_id": number % 3 or None,
        "organisation_label": "Bộ Mẫu",
        "verb": "press.store_digest",
        "object_type": "press.digest",
        "object_id": str(number),
        "object_label": "Điểm báo",
        "payload_hash": hashlib.sha256(payload.encode()).hexdigest(),
        "reason": "",
        "request_id": f"{number:016x}",
    }
    return Row(None, "", payload, "", tuple((kept | fields).values()))


def sealed(rows, *, before=chain.GENESIS, first=1):
    """The rows in a chain."""
    done = []
    for place, row in enumerate(rows, start=first):
        before = chain.link(before, place, row.kept)
        done.append(row._replace(sequence=place, chain_hash=before))
    return done


def make_chain(length):
    return sealed([make_row(number) for number in range(1, length + 1)])


def heads_of(rows, *counts):
    """A file of heads as it would be had these numbers of entries been sealed."""
    found = {count: Head(chain.moment(START), count, rows[count - 1].chain_hash) for count in counts}
    return Heads(found, [], [])


def edited(row, name, value):
    kept = list(row.kept)
    kept[PLACE[name]] = value
    return row._replace(kept=tuple(kept))


def verdict(rows, unsealed=(), heads=None):
    verifier = Verifier(heads)
    verifier.sealed(rows)
    verifier.unsealed(unsealed)
    return verifier.done()


def faults(rows, unsealed=(), heads=None):
    """Kind, place and key of each fault."""
    return [(fault.kind, fault.place, fault.entry) for fault in verdict(rows, unsealed, heads).faults]


@dataclass(frozen=True)
class Tampering:
    """What was done: the kind by which it must be named, and at which places."""

    kind: str
    places: tuple[int, ...]


def _other(value, rng):
    """A value that is not this one."""
    if isinstance(value, int):
        return value + rng.randint(1, 9)
    return None if value and rng.random() < 0.1 else f"{value or ''}{rng.randint(1, 9)}"


def tamper(rows, rng, kind):
    """Do one thing of a kind to a chain, as rows read by place, and say what must be named.

    Answers ``(rows, unsealed, tampering)``.
    """
    return TAMPERINGS[kind](list(rows), rng, rng.randrange(len(rows)))


def _edit(rows, rng, at):
    name = rng.choice([name for name in FIELDS if name != "payload_hash"])
    rows[at] = edited(rows[at], name, _other(rows[at].kept[PLACE[name]], rng))
    return rows, [], Tampering("edited", (at + 1,))


def _edit_payload(rows, rng, at):
    rows[at] = rows[at]._replace(payload=_other(rows[at].payload, rng))
    return rows, [], Tampering("payload_removed" if rows[at].payload is None else "payload_edited", (at + 1,))


def _edit_payload_with_its_hash(rows, rng, at):
    payload = f"{rows[at].payload} "
    rows[at] = edited(rows[at]._replace(payload=payload), "payload_hash", chain.payload_hash(payload))
    return rows, [], Tampering("edited", (at + 1,))


def _claim_a_purge(rows, rng, at):
    rows[at] = rows[at]._replace(payload=None, purged_under="made up")
    return rows, [], Tampering("purged", (rows[at].entry_id,))


def _edit_hash(rows, rng, at):
    rows[at] = rows[at]._replace(chain_hash=_made_up_hash(rng))
    return rows, [], Tampering("hash_edited", (at + 1,))


def _remove(rows, rng, at):
    first = min(at, len(rows) - 2)
    last = min(len(rows) - 2, first + rng.choice([0, 0, 0, 1, 5]))
    del rows[first : last + 1]
    return rows, [], Tampering("removed", tuple(range(first + 1, last + 2)))


def _insert(rows, rng, at):
    fake = make_row(1_000_000 + at)._replace(sequence=at + 1, chain_hash=_made_up_hash(rng))
    shifted = [row._replace(sequence=row.sequence + 1) for row in rows[at:]]
    return [*rows[:at], fake, *shifted], [], Tampering("inserted", (at + 1,))


def _reorder(rows, rng, at):
    other = rng.choice([number for number in range(len(rows)) if number != at])
    a, b = rows[at], rows[other]
    if rng.random() < 0.5:
        rows[at], rows[other] = b._replace(sequence=a.sequence), a._replace(sequence=b.sequence)
    else:
        rows[at] = a._replace(kept=b.kept, payload=b.payload)
        rows[other] = b._replace(kept=a.kept, payload=a.payload)
    return rows, [], Tampering("reordered", (at + 1, other + 1))


def _unseal(rows, rng, at):
    row = rows.pop(at)
    return rows, [row._replace(sequence=None, chain_hash="")], Tampering("unsealed", (at + 1,))


def _cut_off(rows, rng, at):
    return rows[:at], [], Tampering("cut_off", tuple(range(at + 1, len(rows) + 1)))


def _make_anew(rows, rng, at):
    rows[at] = edited(rows[at], "reason", "made up")
    before = rows[at - 1].chain_hash if at else chain.GENESIS
    rows[at:] = sealed(rows[at:], before=before, first=at + 1)
    return rows, [], Tampering("rewritten", (at + 1,))


def _made_up_hash(rng):
    return hashlib.sha256(rng.randbytes(8)).hexdigest()


TAMPERINGS = {
    "edited": _edit,
    "payload": _edit_payload,
    "payload with its hash": _edit_payload_with_its_hash,
    "purge claimed": _claim_a_purge,
    "hash edited": _edit_hash,
    "removed": _remove,
    "inserted": _insert,
    "reordered": _reorder,
    "unsealed": _unseal,
    "cut off": _cut_off,
    "made anew": _make_anew,
}


def named(found, tampering):
    """Whether a verdict names what was done: its kind, and every place at which it was."""
    covered = set()
    for fault in found.faults:
        if fault.kind == tampering.kind:
            first = fault.entry if fault.kind == "purged" else fault.place
            covered.update(range(first, fault.values.get("last", first) + 1))
    return set(tampering.places) <= covered
