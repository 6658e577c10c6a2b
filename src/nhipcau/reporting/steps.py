"""Which steps a person may take with a report now. The domain functions check all of it again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.models import (
    EDITABLE,
    WITH_THE_OFFICE,
    WITH_THE_RECEIVER,
    CampaignState,
    OfficeState,
    Report,
    ReportState,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from nhipcau.access import Actor
    from nhipcau.reporting.models import Campaign, ReportDraft


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do: route, rule, word on the button, icon, from which states, and whether it asks first."""

    name: str
    rule: str
    word: Any
    icon: str
    states: Sequence[str]
    asks: bool = False

    @property
    def view(self) -> str:
        """The route."""
        return f"reporting:{self.name}"


#: In the order in which they are offered; the first that may be taken is the page's primary action.
INSIDE = (
    Step("report_submit", "submit_report", _("Submit the report"), "send", (OfficeState.APPROVED,), asks=True),
    Step("report_approve", "approve_report", _("Approve and submit"), "check", (OfficeState.IN_REVIEW,), asks=True),
    Step("report_review", "submit_for_review", _("Submit for approval"), "arrow-right", EDITABLE),
    Step("report_withdraw", "withdraw_report", _("Take back"), "arrow-back-up", (OfficeState.IN_REVIEW,)),
    Step(
        "report_back_inside",
        "send_back_inside",
        _("Send back"),
        "arrow-back-up",
        (OfficeState.IN_REVIEW, OfficeState.APPROVED),
        asks=True,
    ),
)
ABOVE = (
    Step("report_check", "check_report", _("Mark as checked"), "check", (ReportState.SUBMITTED,)),
    Step("report_accept", "accept_report", _("Accept the report"), "check", WITH_THE_RECEIVER),
    Step("report_back", "send_back_report", _("Send back"), "arrow-back-up", WITH_THE_RECEIVER, asks=True),
    Step("report_unlock", "give_exception", _("Unlock"), "lock-open", (ReportState.ACCEPTED,), asks=True),
    Step("report_lock", "end_exception", _("Lock again"), "lock", (ReportState.ACCEPTED,)),
    Step("report_remind", "remind_of_report", _("Remind"), "bell", WITH_THE_OFFICE),
    Step("report_release", "release_report", _("Let off"), "user-off", WITH_THE_OFFICE, asks=True),
)


def steps_inside(actor: Actor, report: Report, draft: ReportDraft | None) -> list[Step]:
    """The steps that this actor may take with the report inside its office."""
    if draft is None or not report.is_writable(timezone.now()):
        return []
    return [
        step
        for step in INSIDE
        if draft.office_state in step.states
        and rules.has_perm(f"reporting.{step.rule}", actor, draft if step.rule == "approve_report" else report)
    ]


def steps_above(actor: Actor, report: Report) -> list[Step]:
    """The steps that this actor may take with the report in the office that asked for it."""
    open_again = report.exception_at(timezone.now()) is not None
    fits: dict[str, Callable[[], bool]] = {
        "check_report": lambda: report.campaign.two_steps,
        "accept_report": lambda: (
            report.state == _to_be_accepted(report.campaign) and actor.actor_id != f"person:{report.checked_by_id}"
        ),
        "give_exception": lambda: not open_again,
        "end_exception": lambda: open_again,
    }
    return [
        step
        for step in ABOVE
        if report.state in step.states
        and fits.get(step.rule, lambda: True)()
        and rules.has_perm(f"reporting.{step.rule}", actor, report)
    ]


def _to_be_accepted(campaign: Campaign) -> str:
    return ReportState.CHECKED if campaign.two_steps else ReportState.SUBMITTED


#: Of a campaign, likewise.
OF_CAMPAIGN = (
    Step("campaign_open", "open_campaign", _("Open the campaign"), "send", (CampaignState.DRAFT,), asks=True),
    Step("campaign_edit", "edit_campaign", _("Edit"), "pencil", (CampaignState.DRAFT,), asks=True),
    Step("campaign_close", "close_campaign", _("Close"), "lock", (CampaignState.OPEN,), asks=True),
    Step("campaign_reopen", "reopen_campaign", _("Open again"), "lock-open", (CampaignState.CLOSED,), asks=True),
    Step("campaign_discard", "discard_campaign", _("Discard"), "trash", (CampaignState.DRAFT,), asks=True),
)


def steps_of_campaign(actor: Actor, campaign: Campaign) -> list[Step]:
    """The steps that this actor may take with a campaign."""
    return [
        step
        for step in OF_CAMPAIGN
        if campaign.state in step.states and rules.has_perm(f"reporting.{step.rule}", actor, campaign)
    ]
