"""National reports carry files, comments and versions; their steps are told, and what waits for somebody is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.accounts.models import Role
from nhipcau.reporting.models import NATIONAL_OUT, NationalReport, NationalSentence, NationalState
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.due import DueItem, register
from nhipcau.workspace.models import Host, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from nhipcau.access import Access
    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(
        key="reporting.national.review",
        title=_("National reports to review or approve"),
        channel="mail",
        icon="file-text",
        order=60,
    ),
    Kind(
        key="reporting.national.back",
        title=_("National reports sent back"),
        channel="mail",
        icon="arrow-back-up",
        tone="soon",
        order=61,
    ),
    Kind(key="reporting.national.approved", title=_("National reports approved"), icon="check", tone="good", order=62),
    Kind(key="reporting.national.arrived", title=_("National reports that arrive"), icon="file-text", order=63),
    Kind(
        key="reporting.national.recalled",
        title=_("National reports recalled"),
        channel="mail",
        always=True,
        icon="arrow-back-up",
        tone="late",
        order=64,
    ),
)


def register_nationals() -> None:
    """Called once, from the ``ready`` of the room."""
    register_host(
        Host(
            model=NationalReport,
            office=lambda national: national.organisation,
            url=_url,
            attach="reporting.attach_to_national",
            comment="reporting.comment_national",
            edit="reporting.edit_national",
            sign="reporting.sign_national",
            receivers=_receivers,
        )
    )
    register_host(
        Host(
            model=NationalSentence,
            office=lambda sentence: sentence.national.organisation,
            url=lambda sentence: f"{_url(sentence.national)}#sentence-{sentence.pk}",
            # Files and comments hang on the report; a sentence has versions, and what was typed and not saved.
            attach="reporting.edit_sentence",
            comment="reporting.edit_sentence",
            edit="reporting.edit_sentence",
            sign="reporting.edit_sentence",
        )
    )
    for kind in _KINDS:
        notice_kinds.register(kind)
    register("reporting.nationals", due_nationals)


def due_nationals(access: Access, at: datetime) -> Iterator[DueItem]:  # noqa: ARG001 - the signature of a provider
    """National reports that wait for the person of this access: to be approved, issued, mended."""
    me = f"person:{access.person_id}"
    waiting = NationalReport.objects.filter(
        state__in=(NationalState.IN_REVIEW, NationalState.APPROVED),
        organisation_id__in=access.organisations(Role.APPROVER),
    ).select_related("organisation")
    for national in waiting.defer("printed"):
        reviewed = national.state == NationalState.IN_REVIEW
        if not (reviewed and me in national.drafter_ids()):
            yield _item(national, _("Approve") if reviewed else _("Issue"), approval=True)
    back = NationalReport.objects.filter(
        state=NationalState.SENT_BACK, organisation_id__in=access.organisations(Role.COORDINATOR)
    )
    for national in back.select_related("organisation").defer("printed"):
        yield _item(national, _("Mend"))


def _item(national: NationalReport, doing: object, *, approval: bool = False) -> DueItem:
    return DueItem(
        title=str(national),
        url=_url(national),
        due=None,
        since=national.changed_at,
        state=national.state,
        state_word=national.get_state_display(),
        doing=doing,
        organisation=national.organisation,
        room=_("National reports"),
        approval=approval,
    )


def _url(national: NationalReport) -> str:
    return reverse("reporting:national", args=[national.pk])


def _receivers(national: NationalReport) -> Iterable[Organisation]:
    if national.state not in NATIONAL_OUT:
        return []
    return [row.organisation for row in national.recipients.select_related("organisation")]
