"""What every write to a report begins with: the row as it is now, locked, in a state that allows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.domain.record import record
from nhipcau.reporting.models import Campaign, Report, ReportDraft
from nhipcau.workspace.domain.errors import WrongStateError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.access import Actor
    from nhipcau.reporting.models import CampaignState, OfficeState, ReportState


def held_campaign(campaign: Campaign) -> Campaign:
    """The campaign as it is now, locked until the transaction ends.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    row: Campaign | None = Campaign.objects.select_for_update().filter(pk=campaign.pk).first()
    if row is None:
        raise PermissionDeniedError(gettext("This campaign is not there for you."))
    return row


def held(report: Report) -> Report:
    """The report as it is now, with office and campaign, locked until the transaction ends: its draft is, with it.

    Raises:
        PermissionDeniedError: the access now open does not see it.
    """
    locked = Report.objects.select_for_update(of=("self",)).select_related("organisation", "campaign__organisation")
    row: Report | None = locked.filter(pk=report.pk).first()
    if row is None:
        raise PermissionDeniedError(gettext("This report is not there for you."))
    return row


def held_draft(report: Report) -> ReportDraft:
    """What the office is writing, as it is now; the report is locked already.

    Raises:
        PermissionDeniedError: the access now open does not see it: it is the office's own.
    """
    row: ReportDraft | None = ReportDraft.objects.filter(report=report).first()
    if row is None:
        raise PermissionDeniedError(gettext("What this office is writing is not there for you."))
    row.report = report
    if row.organisation_id == report.organisation_id:
        row.organisation = report.organisation
    return row


def expect_campaign(campaign: Campaign, *states: CampaignState) -> None:
    """Refuse where the campaign is in none of these states.

    Raises:
        WrongStateError: it is not.
    """
    if campaign.state not in states:
        sentence = gettext("The campaign is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": campaign.get_state_display()})


def expect(report: Report, *states: ReportState) -> None:
    """Refuse where the report is in none of these states between its office and the one above.

    Raises:
        WrongStateError: it is not.
    """
    if report.state not in states:
        sentence = gettext("The report is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": report.get_state_display()})


def expect_inside(draft: ReportDraft, *states: OfficeState) -> None:
    """Refuse where the report is in none of these states inside its office.

    Raises:
        WrongStateError: it is not.
    """
    if draft.office_state not in states:
        sentence = gettext("Inside the office the report is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": draft.get_office_state_display()})


def note(
    actor: Actor, verb: str, report: Report, payload: Mapping[str, object] | None = None, reason: str = ""
) -> None:
    """The audit entry of a change to a report, its draft or its submissions."""
    record(
        actor=actor, verb=verb, target=report, organisation=report.organisation, payload=payload or {}, reason=reason
    )
