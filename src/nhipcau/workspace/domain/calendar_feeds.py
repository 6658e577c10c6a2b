"""Secret addresses for calendar programs: made, revoked, known again by the hash of what they hold."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access import system
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.models import CalendarFeed

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person

#: Bytes of the secret; nobody guesses it.
_BYTES = 32


def make_feed(*, actor: Person) -> str:
    """Make an address of the person's own; the one before it ends. The token, which is shown once and not kept.

    Raises:
        PermissionDeniedError: the actor is no person.
    """
    token = secrets.token_urlsafe(_BYTES)
    with transaction.atomic():
        require("workspace.make_feed", actor, actor.pk)
        _end(actor)
        made = CalendarFeed.objects.create(person=actor, token_hash=_hash(token), made_at=timezone.now())
        record(actor=actor, verb="workspace.make_feed", target=made)
    return token


def revoke_feed(*, actor: Person) -> int:
    """End the person's address; how many were open.

    Raises:
        PermissionDeniedError: the actor is no person.
    """
    with transaction.atomic():
        require("workspace.revoke_feed", actor, actor.pk)
        return _end(actor)


def feed_of(token: str) -> CalendarFeed | None:
    """The open address that a token belongs to, with its person; None for every other token.

    Asked for nobody in particular: the token is all that the calendar program has. The system looks.
    """
    with system("calendar"):
        found: CalendarFeed | None = (
            CalendarFeed.objects.filter(token_hash=_hash(token), revoked_at__isnull=True)
            .select_related("person")
            .first()
        )
    return found if found is not None and found.person.is_active else None


def _end(actor: Person) -> int:
    ended = list(CalendarFeed.objects.filter(person=actor, revoked_at__isnull=True))
    for feed in ended:
        feed.revoked_at = timezone.now()
        feed.save(update_fields=["revoked_at"])
        record(actor=actor, verb="workspace.revoke_feed", target=feed)
    return len(ended)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
