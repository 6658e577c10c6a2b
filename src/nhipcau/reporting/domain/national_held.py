"""What every write to a national report begins with, and its way from draft to issue."""

from __future__ import annotations

from django.utils.translation import gettext, gettext_lazy

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.reporting.domain.national_telling import tell_of_national
from nhipcau.reporting.models import NationalReport, NationalSentence, NationalState
from nhipcau.workspace.domain.way import Way

WAY: Way[NationalReport] = Way(
    model=NationalReport,
    states=NationalState,
    out=(NationalState.ISSUED, NationalState.RECALLED),
    room="reporting",
    noun="national",
    tell=lambda actor, verb, row: tell_of_national(actor=actor, verb=verb, national=row),
    gone=gettext_lazy("This national report is not there for you."),
    elsewhere=gettext_lazy("The national report is in the state “%(state)s” now, so this cannot be done."),
    open_comments=gettext_lazy("Answer every comment with which the national report was sent back first."),
    without_reason=gettext_lazy("A national report is not recalled without a reason."),
    taken_in=gettext_lazy("This national report was taken in already."),
)
expect_being_written, note_national = WAY.expect_writable, WAY.note


def held_national(national: NationalReport) -> NationalReport:
    """The national report as it is now, locked until the transaction ends: one lock for it and its sentences.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    return WAY.locked(national.pk)


def held_sentence(sentence: NationalSentence) -> tuple[NationalReport, NationalSentence]:
    """The national report of a sentence, locked, and the sentence as it is now.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    national = WAY.locked(sentence.national_id)
    row: NationalSentence | None = NationalSentence.objects.filter(pk=sentence.pk, national=national).first()
    if row is None:
        raise PermissionDeniedError(gettext("This sentence is not there for you."))
    row.national = national
    return national, row
