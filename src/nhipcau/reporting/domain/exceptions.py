"""An accepted report opened again: for a reason, until a moment; what was accepted stands meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access import system
from nhipcau.access.rights import require
from nhipcau.reporting.domain.held import expect, held, note
from nhipcau.reporting.domain.reports import begin_again
from nhipcau.reporting.domain.telling import tell_of_report
from nhipcau.reporting.models import LockException, Report, ReportState
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError

if TYPE_CHECKING:
    from datetime import datetime

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person


def give_exception(*, actor: Person, report: Report, reason: str, until: datetime) -> LockException:
    """Let an office write and submit an accepted report again, until an aware moment.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office.
        WrongStateError: it is not accepted, or open again already.
        IncompleteError: no reason is given, or the moment is past.
    """
    with transaction.atomic():
        row = held(report)
        require("reporting.give_exception", actor, row)
        expect(row, ReportState.ACCEPTED)
        now = timezone.now()
        if row.exception_at(now) is not None:
            raise WrongStateError(gettext("This report is unlocked already."))
        if not reason.strip():
            raise IncompleteError(gettext("A report is not unlocked without a reason."), "reason")
        if until <= now:
            raise IncompleteError(gettext("The moment until which it is unlocked is past."), "until")
        # One that ran out and was not seen by the worker yet ends here.
        LockException.objects.filter(report=row, ended_at__isnull=True).update(ended_at=now)
        made: LockException = LockException.objects.create(
            report=row, reason=reason.strip(), until=until, given_at=now, given_by=actor
        )
        begin_again(row)
        row.save()
        note(actor, "reporting.give_exception", row, {"until": until}, reason.strip())
        tell_of_report(actor=actor, verb="reporting.give_exception", report=row, due=until)
    return made


def end_exception(*, actor: Actor, exception: LockException) -> LockException:
    """Lock a report again before the time, or because the time has come; what is being written stays in the draft.

    Raises:
        PermissionDeniedError: the actor does not coordinate in the campaign's office.
        WrongStateError: it has ended already.
    """
    with transaction.atomic():
        row = held(exception.report)
        require("reporting.end_exception", actor, row)
        given: LockException | None = LockException.objects.filter(pk=exception.pk, ended_at__isnull=True).first()
        if given is None:
            raise WrongStateError(gettext("This exception has ended already."))
        given.ended_at = timezone.now()
        given.save(update_fields=["ended_at"])
        begin_again(row)
        row.save()
        note(actor, "reporting.end_exception", row, {"until": given.until})
        tell_of_report(actor=actor, verb="reporting.end_exception", report=row)
    return given


def end_exceptions(at: datetime) -> int:
    """Lock what was unlocked until a moment that has come; how many. For the worker; safe to run twice."""
    with system("worker") as access:
        due = list(LockException.objects.filter(ended_at__isnull=True, until__lte=at).order_by("pk"))
        for exception in due:
            end_exception(actor=access.actor, exception=exception)
    return len(due)
