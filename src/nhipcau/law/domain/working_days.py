"""Entering what the yearly decisions say about days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.law.errors import LawError, OutsideCalendarError
from nhipcau.law.models import WorkingDayOverride
from nhipcau.law.working_days import FIRST, LAST
from nhipcau.text import nfc

if TYPE_CHECKING:
    from datetime import date

    from nhipcau.access import Actor

_FIELDS = ("working", "name", "basis", "source")


def override_working_day(
    *, actor: Actor, day: date, working: bool, name: str, basis: str, source: str = ""
) -> WorkingDayOverride:
    """Say of one day that it is off, or that it is worked, whatever the calendar says; again to correct it.

    Every deadline computed from now on counts by it; nothing computed is stored, so none is out of date. A decision
    that says what was said before changes nothing and leaves no entry.

    Raises:
        PermissionDeniedError: the actor may not.
        OutsideCalendarError: no working days are known for that year.
        LawError: what it is, or on what basis, was not said.
    """
    with transaction.atomic():
        require("law.override_working_day", actor)
        if not FIRST <= day <= LAST:
            years = {"first": FIRST.year, "last": LAST.year}
            raise OutsideCalendarError(gettext("Days from %(first)s to %(last)s only can be decided on.") % years)
        if not name.strip() or not basis.strip():
            raise LawError(gettext("Say what the day is and which document decides it."))
        given = {
            "working": working,
            "name": nfc(name.strip()),
            "basis": nfc(basis.strip()),
            "source": nfc(source.strip()),
        }
        decision = WorkingDayOverride.objects.select_for_update().filter(day=day).first()
        before = {field: getattr(decision, field) if decision else None for field in _FIELDS}
        changed = {field: [before[field], given[field]] for field in _FIELDS if before[field] != given[field]}
        decision = decision or WorkingDayOverride(day=day)
        if changed:
            for field, value in given.items():
                setattr(decision, field, value)
            decision.save()
            record(actor=actor, verb="law.override_working_day", target=decision, payload=changed)
    return decision


def withdraw_working_day(*, actor: Actor, decision: WorkingDayOverride) -> None:
    """Take back what was decided about a day: the calendar holds again.

    Raises:
        PermissionDeniedError: the actor may not.
    """
    with transaction.atomic():
        require("law.override_working_day", actor)
        said = {field: [getattr(decision, field), None] for field in _FIELDS}
        record(actor=actor, verb="law.withdraw_working_day", target=decision, payload=said)
        decision.delete()
