from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone

from nhipcau.access.standing import noted
from nhipcau.audit.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import Model

    from nhipcau.access import Actor

#: Identifier of the request being answered, set by middleware, so that one click's entries can be found together.
request_id: ContextVar[str] = ContextVar("nhipcau_request_id", default="")


class NotInTransactionError(Exception):
    """``record`` was called outside the transaction of the change that it speaks of."""


def canonical(payload: Mapping[str, Any] | None) -> str:
    """The one way a payload is written for hashing: JSON, keys sorted, no spaces, UTF-8."""
    return json.dumps(
        payload, cls=DjangoJSONEncoder, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":")
    )


def record(
    *,
    actor: Actor,
    verb: str,
    target: Model,
    organisation: Model | None = None,
    payload: Mapping[str, Any] | None = None,
    reason: str = "",
    deputy_of: str | None = None,
) -> Entry:
    """Write one audit entry in the transaction of the change.

    Args:
        actor: who did it.
        verb: what was done, ``room.verb_noun`` in English (``press.store_digest``); shown as the phrase that the room
            registers for it (:mod:`nhipcau.audit.verbs`).
        target: the object, already saved.
        organisation: the office for which it was done.
        payload: fields changed, ``{field: [before, after]}`` (a list of two is always that), or what else explains
            the change.
        reason: the actor's own words where the rule asks for them.
        deputy_of: ``actor_id`` of the person deputised for, empty for nobody; None takes what ``require`` found out in
            this transaction (:mod:`nhipcau.access.standing`).

    Raises:
        NotInTransactionError: no transaction is open, so the entry and the change could part.
    """
    if not transaction.get_connection().in_atomic_block:
        raise NotInTransactionError(f"{verb}: an audit entry belongs in the transaction of its change.")
    text = canonical(payload)
    entry = Entry(
        at=timezone.now(),
        actor_id=actor.actor_id,
        actor_label=actor.actor_label[:200],
        deputy_of=noted(actor).deputy_of if deputy_of is None else deputy_of,
        organisation_id=organisation.pk if organisation is not None else None,
        organisation_label=str(organisation)[:300] if organisation is not None else "",
        verb=verb,
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        payload=text,
        payload_hash=hashlib.sha256(text.encode()).hexdigest(),
        reason=reason,
        request_id=request_id.get(),
    )
    entry.save(force_insert=True)
    return entry
