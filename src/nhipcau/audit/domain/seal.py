from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.audit import chain
from nhipcau.audit.heads import Head, last_head, note_head
from nhipcau.audit.ledger import next_unsealed
from nhipcau.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nhipcau.access import Actor

logger = logging.getLogger(__name__)

#: Entries sealed in one transaction: on SQLite others wait with their writing meanwhile.
BATCH = 500
#: The number by which PostgreSQL knows that somebody is sealing.
_LOCK = 0x6E68_6970_6361_75
_TABLE = Entry._meta.db_table


@dataclass(frozen=True, slots=True)
class Sealed:
    """How many entries this run has sealed, and how far the chain reaches now."""

    entries: int
    count: int
    head: str


def seal_entries(*, actor: Actor, batch: int = BATCH, heads: Path | None = None) -> Sealed:
    """Join every entry that is committed and not in the chain yet to its end, and note the head in the file outside.

    Keys are given out before a transaction is committed, so an entry may appear later than one with a higher key. The
    chain has its own numbers: what is visible is sealed in the order of the keys, what appears later gets a later
    place. One at a time seals; whoever comes second leaves without doing anything. Killed at any instant nothing is
    lost: the head is noted after the commit, and one that was not noted is noted at the next run.

    Args:
        actor: the system.
        batch: entries in one transaction.
        heads: the file of heads; that of the settings where none is given.

    Raises:
        PermissionDeniedError: the actor is not the system.
        OSError: the file of heads cannot be written; the entries are sealed.
    """
    require("audit.seal_entries", actor)
    file = heads or settings.AUDIT_HEADS
    sealed = last = 0
    _note(file)
    while True:
        # Behind the last of this run: PostgreSQL would go over what the batches before have left in the index.
        done = _seal_batch(batch, after=last)
        if done is None:
            break
        sealed, last = sealed + done.entries, done.last
        _note(file)
        if done.entries < batch:
            break
    head = chain_head()
    return Sealed(sealed, head.count, head.hash)


def chain_head() -> Head:
    """How far the chain in the database reaches now."""
    last = Entry.objects.filter(sequence__isnull=False).order_by("-sequence").values_list("sequence", "chain_hash")
    count, reached = last.first() or (0, chain.GENESIS)
    return Head(timezone.now().isoformat(timespec="seconds"), count, reached)


@dataclass(frozen=True, slots=True)
class _Batch:
    """How many entries were sealed, and the key of the last of them."""

    entries: int
    last: int


def _seal_batch(batch: int, *, after: int) -> _Batch | None:
    """Seal so many entries at most, of those behind a key; None where somebody else is sealing."""
    with transaction.atomic():
        if not _alone():
            return None
        head = chain_head()
        links = []
        place, reached = head.count, head.hash
        for row in next_unsealed(batch, after=after):
            place += 1
            reached = chain.link(reached, place, row.kept)
            links.append((row.entry_id, place, reached))
        if links:
            _store(links)
    return _Batch(len(links), links[-1][0] if links else after)


def _alone() -> bool:
    """Whether nobody else seals until this transaction ends. On SQLite every transaction is alone with its writing."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])


def _store(links: Sequence[tuple[int, int, str]]) -> None:
    """Write places and hashes. The model itself refuses to change an entry; the triggers let pass this and no more."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {_TABLE} SET sequence = link.place, chain_hash = link.reached "  # noqa: S608 - our table's name
                "FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) AS link (entry, place, reached) "
                f"WHERE {_TABLE}.id = link.entry",
                [list(column) for column in zip(*links, strict=True)],
            )
        else:
            cursor.executemany(
                f"UPDATE {_TABLE} SET sequence = %s, chain_hash = %s WHERE id = %s",  # noqa: S608 - our table's name
                [(place, reached, entry) for entry, place, reached in links],
            )


def _note(file: Path) -> None:
    head, before = chain_head(), last_head(file)
    if head.count == 0 and before is None:
        return
    if before is not None and before.count > head.count:
        logger.error(
            "The audit record is cut off: %s entries were sealed at %s, and there are %s. Run nhipcau audit verify.",
            before.count,
            before.at,
            head.count,
        )
    note_head(file, head)
