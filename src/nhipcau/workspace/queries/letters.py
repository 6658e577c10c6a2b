from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch, Q
from django.utils import timezone

from nhipcau.access import current
from nhipcau.network.models import Organisation, OrganisationParent, valid_on
from nhipcau.network.queries import organisations_on
from nhipcau.text import fold
from nhipcau.workspace.models import SENT, Direction, Letter, LetterRecipient, LetterState

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.db.models import QuerySet


_PEOPLE = ("drafter", "approver", "organisation")


def letters() -> QuerySet[Letter]:
    """Every letter that may be read, with its recipients."""
    to = LetterRecipient.objects.select_related("organisation", "received_by")
    rows: QuerySet[Letter] = Letter.objects.select_related(*_PEOPLE).prefetch_related(
        Prefetch("recipients", queryset=to)
    )
    return rows


def outgoing_letters() -> QuerySet[Letter]:
    """What the reader's own offices write and issue, the last changed first."""
    offices = current().organisations()
    return letters().filter(organisation_id__in=offices, direction=Direction.OUTGOING).order_by("-changed_at", "-pk")


def incoming_letters() -> QuerySet[LetterRecipient]:
    """What came to the reader's own offices: issued to them, or registered by them; the last arrived first.

    Each row is the office's receipt, with ``letter``.
    """
    arrived = Letter.objects.filter(Q(state__in=SENT) | Q(state=LetterState.REGISTERED)).values("pk")
    rows: QuerySet[LetterRecipient] = LetterRecipient.objects.filter(
        organisation_id__in=current().organisations(), letter_id__in=arrived
    )
    shown = Letter.objects.select_related("organisation", "signer")
    return rows.select_related("organisation").prefetch_related(Prefetch("letter", queryset=shown)).order_by("-pk")


def arrived_letters() -> QuerySet[Letter]:
    """The same as letters, each with the reader's own receipts as ``own_receipts``."""
    offices = current().organisations()
    own = LetterRecipient.objects.filter(organisation_id__in=offices)
    rows: QuerySet[Letter] = (
        Letter.objects.filter(Q(state__in=SENT) | Q(state=LetterState.REGISTERED), pk__in=own.values("letter_id"))
        .select_related("organisation")
        .prefetch_related(Prefetch("recipients", queryset=own, to_attr="own_receipts"))
    )
    return rows


def receipts_of(letter: Letter) -> list[LetterRecipient]:
    """The receipts of a letter that are the reader's own offices'."""
    offices = current().organisations()
    return [row for row in letter.recipients.all() if row.organisation_id in offices]


def recipients_matching(text: str, day: date, *, without: Iterable[int] = (), limit: int = 12) -> list[Organisation]:
    """Organisations that exist on a day whose name holds every word typed, marks and case apart.

    There are some 300, so they are compared here and not in the database.
    """
    words = fold(text).split()
    if not words:
        return []
    left_out = set(without)
    found = [
        office
        for office in organisations_on(day).only("name_vi", "name_en", "sort_key", "kind")
        if office.pk not in left_out and all(word in fold(f"{office.name_vi} {office.name_en}") for word in words)
    ]
    return found[:limit]


def last_symbol(organisation: Organisation) -> tuple[str, str]:
    """Symbol and place of the office's last issued letter, for the next one; empty where there is none."""
    last = Letter.objects.filter(organisation=organisation, issued_at__isnull=False).order_by("-issued_at").first()
    return (last.symbol, last.place) if last else ("", "")


def parent_at_issue(document: Any) -> Organisation | None:
    """What the office of an issued document belonged to on the day of issue, or belongs to today: printed above it."""
    day = document.issued_on or timezone.localdate()
    link = OrganisationParent.objects.filter(valid_on(day), organisation=document.organisation_id)
    found = link.select_related("parent").first()
    return found.parent if found else None


def offices_of(*roles: str) -> QuerySet[Organisation]:
    """The organisations in which the reader holds one of the roles now."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(pk__in=current().organisations(*roles))
    return rows
