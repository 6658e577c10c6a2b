"""The coordinator reminds an office of a report that it owes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from nhipcau.access.rights import require
from nhipcau.reporting.domain.held import expect, held, note
from nhipcau.reporting.domain.telling import tell_of_report
from nhipcau.reporting.models import WITH_THE_OFFICE, Report

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person


def remind_of_report(*, actor: Person, report: Report) -> Report:
    """Remind the officers and approvers of an office of a report that it owes; each of them once a day.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office.
        WrongStateError: it is submitted, or not owed any more.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.remind_of_report", actor, row)
        expect(row, *WITH_THE_OFFICE)
        today = timezone.localdate()
        note(actor, "reporting.remind_of_report", row, {"due_on": row.due_on})
        tell_of_report(actor=actor, verb="reporting.remind_of_report", report=row, effect=today.isoformat())
    return row
