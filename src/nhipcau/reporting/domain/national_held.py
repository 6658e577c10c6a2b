"""What every write to a national report begins with: the row as it is now, locked, in a state that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.domain.record import record
from nhipcau.reporting.models import NATIONAL_WRITABLE, NationalReport, NationalSentence, NationalState
from nhipcau.workspace.domain.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor


def held_national(national: NationalReport) -> NationalReport:
    """The national report as it is now, locked until the transaction ends: one lock for it and its sentences.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return _locked(national.pk)


def held_sentence(sentence: NationalSentence) -> tuple[NationalReport, NationalSentence]:
    """The national report of a sentence, locked, and the sentence as it is now.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    national = _locked(sentence.national_id)
    row: NationalSentence | None = NationalSentence.objects.filter(pk=sentence.pk, national=national).first()
    if row is None:
        raise PermissionDeniedError(gettext("This sentence is not there for you."))
    row.national = national
    return national, row


def _locked(key: int) -> NationalReport:
    row: NationalReport | None = NationalReport.objects.select_for_update().filter(pk=key).first()
    if row is None:
        raise PermissionDeniedError(gettext("This national report is not there for you."))
    return row


def expect_national(national: NationalReport, *states: NationalState) -> None:
    """Refuse where the national report is in none of these states.

    Raises:
        WrongStateError: it is not.
    """
    if national.state not in states:
        sentence = gettext("The national report is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": national.get_state_display()})


def expect_being_written(national: NationalReport) -> None:
    """Refuse where the national report is not being written.

    Raises:
        WrongStateError: it is not.
    """
    expect_national(national, *NATIONAL_WRITABLE)


def note_national(
    actor: Actor, verb: str, national: NationalReport, payload: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """The audit entry of a change to a national report or to what is in it."""
    record(
        actor=actor,
        verb=verb,
        target=national,
        organisation=national.organisation,
        payload=payload or {},
        reason=reason,
    )
