"""Mail from notices: gathered, claimed by one worker, sent or put off. Every step is committed before the next.

A worker killed before the server takes a mail leaves it claimed; after :data:`LEASE` another sends it. Killed in the
instant between the server's yes and our own note of it, the same mail goes again, with the same Message-ID and date:
no protocol lets both sides be sure at once, and a notice that arrives twice is better than one that never does.
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.workspace.models import Channel, Mail, MailState, RefusedAddress
from nhipcau.workspace.queries import mail as queries
from nhipcau.workspace.queries.notices import channels, clocks

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.workspace.models import Notice

#: After this a mail being sent is taken from its worker. One conversation takes minutes at most: each of its dozen
#: steps ends after ``EMAIL_TIMEOUT``.
LEASE = timedelta(minutes=15)
#: Minutes until the next attempt, by the number of attempts made. Servers that put strangers off (greylisting) take
#: the mail after some minutes; one that is down for a weekend gets it on Monday.
BACK_OFF = (1, 5, 15, 30, 60, 120, 240, 480)
#: After this the mail is given up; the notices stand on the desk all the time.
GIVE_UP = timedelta(days=5)
#: Notices that one mail tells of; more go into the next.
MOST = 50


def gather_mail(*, actor: Actor, at: datetime) -> int:
    """Make a mail for everybody whose notices are due for one at an aware moment; how many mails were made.

    Notices read meanwhile are left out. Somebody's quiet hours, asked again here, put all of theirs off to their end.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    people = list(queries.people_to_mail(at))
    times = clocks(people)
    made = 0
    for person in people:
        clock = times[person.pk]
        with transaction.atomic():
            rows = queries.notices_to_mail(at).filter(person=person)
            if not person.is_active or queries.is_given_up(person):
                rows.update(mail_due=None)
            elif clock.is_quiet(at):
                rows.update(mail_due=clock.at_once(at))
            else:
                rows.filter(read_at__isnull=False).update(mail_due=None)
                made += _make(person, rows, at)
    return made


def _make(person: Person, rows: QuerySet[Notice], at: datetime) -> int:
    """One mail about the oldest of these notices; two workers at once do not both take them."""
    # PostgreSQL passes over rows that another worker holds; on SQLite only one writes at a time.
    told = list((_held(rows)).order_by("pk")[:MOST])
    if not told:
        return 0
    host = urlsplit(settings.URL).hostname or "localhost"
    how = {kind: channels([person], kind)[person.pk] for kind in {notice.kind for notice in told}}
    mail = Mail.objects.create(
        person=person,
        message_id=f"<{secrets.token_hex(16)}@{host}>",
        daily=set(how.values()) == {Channel.DAILY},
        created_at=at,
        next_due=at,
    )
    rows.filter(pk__in=[notice.pk for notice in told]).update(mail=mail)
    return 1


def _held(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    if connection.features.has_select_for_update_skip_locked:
        return rows.select_for_update(skip_locked=True)
    return rows


def claim_mail(*, actor: Actor, at: datetime) -> Mail | None:
    """Take the mail that has waited longest, for this worker alone; None where none is due at an aware moment.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    with transaction.atomic():
        due = queries.mail_due(at)
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True, of=("self",))
        mail = due.first()
        if mail is None:
            return None
        mail.state, mail.attempts, mail.next_due = MailState.SENDING, mail.attempts + 1, at + LEASE
        mail.save(update_fields=["state", "attempts", "next_due"])
    return mail


def _mine(mail: Mail) -> QuerySet[Mail]:
    """The row while this worker's claim holds: a worker that was believed dead and is not changes nothing more."""
    rows: QuerySet[Mail] = Mail.objects.filter(pk=mail.pk, state=MailState.SENDING, attempts=mail.attempts)
    return rows


def mark_sent(*, actor: Actor, mail: Mail, address: str) -> None:
    """The server took it; an address that was refused before is good again.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    with transaction.atomic():
        _mine(mail).update(state=MailState.SENT, sent_at=timezone.now(), error="")
        RefusedAddress.objects.filter(person=mail.person_id, address=address).delete()


def mark_dropped(*, actor: Actor, mail: Mail) -> None:
    """Everything that it told of was read, or is no longer the reader's to see.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    _mine(mail).update(state=MailState.DROPPED, error="")


def put_off(*, actor: Actor, mail: Mail, error: str, at: datetime) -> None:
    """It did not go this time: later again, at growing distances, until it is given up after :data:`GIVE_UP`.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    if at - mail.created_at >= GIVE_UP:
        _mine(mail).update(state=MailState.FAILED, error=error)
        return
    minutes = BACK_OFF[min(mail.attempts, len(BACK_OFF)) - 1]
    _mine(mail).update(state=MailState.WAITING, next_due=at + timedelta(minutes=minutes), error=error)


def give_up(*, actor: Actor, mail: Mail, error: str) -> None:
    """The server will never take this mail; the address itself is not in question.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    _mine(mail).update(state=MailState.FAILED, error=error)


def mark_refused(*, actor: Actor, mail: Mail, address: str, error: str, at: datetime) -> None:
    """The server knows no such address, or takes nothing for it: listed for the operator.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    require("workspace.send_mail", actor)
    with transaction.atomic():
        if not _mine(mail).update(state=MailState.REFUSED, error=error):
            return
        again = RefusedAddress.objects.filter(person=mail.person_id, address=address)
        if not again.update(times=F("times") + 1, error=error, last_at=at):
            RefusedAddress.objects.filter(person=mail.person_id).delete()
            RefusedAddress.objects.create(
                person_id=mail.person_id, address=address, error=error, first_at=at, last_at=at
            )


def retry_address(*, actor: Actor, refused: RefusedAddress) -> None:
    """Try a refused address again with the next notice.

    Raises:
        PermissionDeniedError: the actor is neither the system nor the system owner.
    """
    with transaction.atomic():
        require("workspace.retry_address", actor)
        record(actor=actor, verb="workspace.retry_address", target=refused, payload={"address": refused.address})
        refused.delete()
