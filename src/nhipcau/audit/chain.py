"""The chain itself: how one entry is joined to the one before it. Standard library only; no database, no Django.

Sealing, the export and the verification all compute a link here, so they cannot disagree. An auditor can check an
export with this file alone: the hash of an entry is the SHA-256 of a JSON list (UTF-8, no spaces) that holds the name
of the format, the hash of the entry before, the place in the chain, and every kept field in the order of
:data:`FIELDS`.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from typing import Any, NamedTuple

#: Changes when what is hashed changes.
FORMAT = "nhipcau-audit-1"
#: What stands for the entry before the first.
GENESIS = "0" * 64
#: What is hashed, in this order. The payload itself is not: a purge leaves its hash.
FIELDS = (
    "id",
    "at",
    "actor_id",
    "actor_label",
    "deputy_of",
    "organisation_id",
    "organisation_label",
    "verb",
    "object_type",
    "object_id",
    "object_label",
    "payload_hash",
    "reason",
    "request_id",
)
_ID, _AT, _VERB, _PAYLOAD_HASH = (FIELDS.index(name) for name in ("id", "at", "verb", "payload_hash"))
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


class Row(NamedTuple):
    """One entry as the chain sees it.

    Attributes:
        sequence: place in the chain, from 1; None where it is not sealed.
        chain_hash: hash up to here, 64 hexadecimal digits; empty where it is not sealed.
        payload: the text that was hashed; None where a rule purged it.
        purged_under: name of that rule, or empty.
        kept: the values of :data:`FIELDS`; the time as :func:`moment` writes it.
    """

    sequence: int | None
    chain_hash: str
    payload: str | None
    purged_under: str
    kept: tuple[Any, ...]

    @property
    def entry_id(self) -> Any:
        """Its key in the database."""
        return self.kept[_ID]

    @property
    def at(self) -> Any:
        """When it was written."""
        return self.kept[_AT]

    @property
    def verb(self) -> Any:
        """What was done."""
        return self.kept[_VERB]

    @property
    def payload_hash(self) -> Any:
        """What the payload must hash to."""
        return self.kept[_PAYLOAD_HASH]


def moment(at: datetime) -> str:
    """The one way a time is written for hashing: UTC, with microseconds (``2026-11-25T11:42:00.000000+00:00``)."""
    return (at if at.tzinfo is UTC else at.astimezone(UTC)).isoformat(timespec="microseconds")


def link(previous: str, sequence: int, kept: tuple[Any, ...]) -> str:
    """The hash of an entry at a place in the chain; empty where its values are none that an entry can have."""
    try:
        said = _encode([FORMAT, previous, sequence, *kept])
    except (TypeError, ValueError):
        return ""
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()


def payload_hash(payload: str) -> str:
    """The hash of a payload as it is kept."""
    return hashlib.sha256(payload.encode("utf-8", "surrogatepass")).hexdigest()
