"""Letters that wait for somebody: to be approved, issued, mended, taken in."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db.models import Prefetch
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Person, Role
from nhipcau.workspace.due import DueItem, deputised_for, register
from nhipcau.workspace.models import Letter, LetterRecipient, LetterState
from nhipcau.workspace.queries.notices import zone_of
from nhipcau.workspace.reminding import Matter, Remindable
from nhipcau.workspace.reminding import register as have_reminded
from nhipcau.workspace.rules.letters import RECEIVERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import QuerySet

    from nhipcau.access import Access


def register_due_letters() -> None:
    """Called once, from the ``ready`` of the workspace."""
    register("workspace.letters", due_letters, of_offices=late_letters)
    have_reminded(Remindable(name="workspace.letters", model=Letter, open_matters=unanswered))


def due_letters(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """What waits for the person of this access among the letters."""
    names = _names(access)
    yield from _to_sign(access, names)
    yield from _to_mend(access)
    yield from _to_receive(access, names, access.organisations(*RECEIVERS))


def late_letters(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """What was not taken in in the offices that the person leads."""
    return _to_receive(access, {}, access.organisations(Role.LEADER, Role.APPROVER))


def unanswered(at: datetime) -> Iterator[Matter]:  # noqa: ARG001 - the signature of a provider
    """Letters that ask an office for an answer by a day and were not taken in by it; the day ends there."""
    rows = _arrived().filter(due_on__isnull=False)
    for row in rows.select_related("organisation").prefetch_related("letter"):
        yield Matter(
            target=row.letter,
            title=str(row.letter),
            url=reverse("workspace:letter", args=[row.letter_id]),
            due=datetime.combine(row.due_on, time(23, 59), zone_of("", row.organisation)),
            organisation=row.organisation,
        )


def _arrived() -> QuerySet[LetterRecipient]:
    """Receipts that wait: the letter is issued, not recalled, and not taken in."""
    issued = Letter.objects.filter(state=LetterState.ISSUED).order_by().values("pk")
    rows: QuerySet[LetterRecipient] = LetterRecipient.objects.filter(letter_id__in=issued, received_at__isnull=True)
    return rows


def _to_sign(access: Access, names: dict[str, str]) -> Iterator[DueItem]:
    """In review: for the approvers who did not write it; approved: to be issued by them."""
    offices = access.organisations(Role.APPROVER)
    waiting = (LetterState.IN_REVIEW, LetterState.APPROVED)
    rows = Letter.objects.filter(state__in=waiting, organisation_id__in=offices).select_related("organisation")
    for letter in rows:
        reviewed = letter.state == LetterState.IN_REVIEW
        if reviewed and letter.drafter_id == access.person_id:
            continue
        yield DueItem(
            title=str(letter),
            url=reverse("workspace:letter", args=[letter.pk]),
            due=None,
            since=letter.changed_at if reviewed else letter.approved_at,
            state=letter.state,
            state_word=letter.get_state_display(),
            doing=_("Approve") if reviewed else _("Issue"),
            organisation=letter.organisation,
            room=_("Letters"),
            deputy_of=_named(names, deputised_for(access, letter.organisation_id, Role.APPROVER)),
            approval=True,
        )


def _to_mend(access: Access) -> Iterator[DueItem]:
    """Sent back to the one who wrote it."""
    rows = Letter.objects.filter(
        state=LetterState.SENT_BACK, drafter_id=access.person_id, organisation_id__in=access.organisations()
    )
    for letter in rows.select_related("organisation"):
        yield DueItem(
            title=str(letter),
            url=reverse("workspace:letter", args=[letter.pk]),
            due=None,
            since=letter.changed_at,
            state=letter.state,
            state_word=letter.get_state_display(),
            doing=_("Mend"),
            organisation=letter.organisation,
            room=_("Letters"),
        )


def _to_receive(access: Access, names: dict[str, str], offices: Iterable[int]) -> Iterator[DueItem]:
    """Issued to an office and not taken in by it."""
    letters = Letter.objects.select_related("organisation")
    rows = _arrived().filter(organisation_id__in=offices)
    for row in rows.select_related("organisation").prefetch_related(Prefetch("letter", queryset=letters)):
        yield DueItem(
            title=str(row.letter),
            url=reverse("workspace:letter", args=[row.letter_id]),
            due=row.due_on,
            since=row.letter.issued_at,
            state="waiting",
            state_word=_("Not taken in"),
            doing=_("Receive"),
            organisation=row.organisation,
            room=_("Letters"),
            deputy_of=_named(names, deputised_for(access, row.organisation_id, *RECEIVERS)),
        )


def _names(access: Access) -> dict[str, str]:
    """Names of those deputised for, by ``actor_id``; asked only where there are any."""
    ids = {principal for principals in access.deputised.values() for principal in principals}
    if not ids:
        return {}
    people = Person.objects.filter(pk__in=[int(each.partition(":")[2]) for each in ids])
    return {person.actor_id: person.name for person in people}


def _named(names: dict[str, str], ids: Iterable[str]) -> str:
    return ", ".join(names.get(each, each) for each in ids)
