"""Mail as the worker and the operator see it; called with the system's access open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.accounts.models import Person
from nhipcau.workspace.models import Mail, MailState, Notice, RefusedAddress

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

#: After so many refusals an address is not tried any more until the operator says so.
PATIENCE = 3


def notices_to_mail(at: datetime) -> QuerySet[Notice]:
    """Notices whose time for mail has come and that no mail tells of yet."""
    rows: QuerySet[Notice] = Notice.objects.filter(mail_due__lte=at, mail__isnull=True)
    return rows


def people_to_mail(at: datetime) -> QuerySet[Person]:
    """The people to whom such notices are."""
    rows: QuerySet[Person] = Person.objects.filter(pk__in=notices_to_mail(at).order_by().values("person"))
    return rows


def mail_due(at: datetime) -> QuerySet[Mail]:
    """Mail to be sent, the longest waiting first: new, put off until now, or held by somebody who is believed dead."""
    unfinished = (MailState.WAITING, MailState.SENDING)
    rows: QuerySet[Mail] = Mail.objects.filter(state__in=unfinished, next_due__lte=at).order_by("next_due", "pk")
    return rows


def mail_waiting() -> QuerySet[Mail]:
    """All mail that has not arrived and is not given up."""
    rows: QuerySet[Mail] = Mail.objects.filter(state__in=(MailState.WAITING, MailState.SENDING))
    return rows


def refused_addresses() -> QuerySet[RefusedAddress]:
    """The addresses at which mail was refused, the latest first."""
    rows: QuerySet[RefusedAddress] = RefusedAddress.objects.select_related("person")
    return rows


def is_given_up(person: Person) -> bool:
    """Whether mail to this person's present address is not tried any more."""
    rows = RefusedAddress.objects.filter(person=person, address=person.email, times__gte=PATIENCE)
    return bool(rows.exists())
