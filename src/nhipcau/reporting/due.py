"""Reports that wait for somebody, on their desk and in their reminders.

Whoever writes for an office is reminded before the day, its reviewer on the day, its approver and leader when it is
late; with five working days of grace the coordinator who asked is told, with ten the leader there.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from nhipcau.accounts.models import Role
from nhipcau.reporting.models import (
    EDITABLE,
    Campaign,
    CampaignState,
    LockException,
    OfficeState,
    Report,
    ReportDraft,
    ReportState,
)
from nhipcau.reporting.timeliness import due_moment, standing
from nhipcau.workspace.due import DueItem, register
from nhipcau.workspace.queries.notices import holders
from nhipcau.workspace.reminding import LADDER, LATE, Matter, Remindable, Step
from nhipcau.workspace.reminding import register as have_reminded
from nhipcau.workspace.rules.letters import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime

    from django.db.models import QuerySet

    from nhipcau.access import Access

ASKING, LEADING = "asking", "leading"
_LADDER = (
    *LADDER,
    Step(key="late-5", days=5, to=(ASKING,), kind=LATE),
    Step(key="late-10", days=10, to=(ASKING, LEADING), kind=LATE),
)


def register_due_reports() -> None:
    """Called once, from the ``ready`` of the room."""
    register("reporting.reports", due_reports, of_offices=late_reports)
    have_reminded(
        Remindable(name="reporting.reports", model=Report, open_matters=open_matters, ladder=_LADDER, people=_above_it)
    )


def due_reports(access: Access, at: datetime) -> Iterator[DueItem]:
    """What waits for the person of this access among reports."""
    yield from _to_write(access.organisations(*WRITERS), at)
    yield from _to_sign(access, at)
    yield from _to_accept(access)


def late_reports(access: Access, at: datetime) -> Iterator[DueItem]:
    """What is owed by the offices that the person leads, whoever has it."""
    return _to_write(access.organisations(Role.LEADER, Role.APPROVER), at)


def open_matters(at: datetime) -> Iterator[Matter]:
    """Reports that offices owe, each until it is submitted, and those that an exception opened until a moment.

    Where an office owes several by the same moment they are one matter, and said together.
    """
    together: dict[tuple[int, datetime], list[Report]] = defaultdict(list)
    for report in _owed():
        together[report.organisation_id, due_moment(report)].append(report)
    given = LockException.objects.filter(ended_at__isnull=True, until__gt=at)
    for exception in given.prefetch_related("report__organisation", "report__campaign"):
        together[exception.report.organisation_id, exception.until].append(exception.report)
    for (_office, due), reports in together.items():
        first = reports[0]
        titles = [str(report.campaign) for report in reports]
        several = ngettext_lazy("%(number)s report: %(titles)s", "%(number)s reports: %(titles)s", len(titles))
        yield Matter(
            target=first,
            title=titles[0]
            if len(titles) == 1
            else str(several % {"number": len(titles), "titles": "; ".join(titles)}),
            url=_url(first) if len(titles) == 1 else reverse("reporting:reports"),
            due=due,
            organisation=first.organisation,
        )


def _owed() -> QuerySet[Report]:
    """Open reports of open campaigns."""
    opened = Campaign.objects.filter(state=CampaignState.OPEN).order_by().values("pk")
    rows: QuerySet[Report] = Report.objects.filter(state=ReportState.OPEN, campaign_id__in=opened).order_by("pk")
    return rows.select_related("organisation").prefetch_related("campaign")


def _above_it(matter: Matter, role: str) -> Iterable[Any] | None:
    """Whom the office above has told; None for the roles of the office itself."""
    if role not in {ASKING, LEADING}:
        return None
    report: Any = matter.target
    office = report.campaign.organisation
    return holders(office, Role.COORDINATOR) if role == ASKING else holders(office, Role.LEADER)


def _to_write(offices: Iterable[int], at: datetime) -> Iterator[DueItem]:
    """Owed, sent back or unlocked, and in the hands of those who write."""
    drafts = (
        ReportDraft.objects.filter(organisation_id__in=offices, office_state__in=EDITABLE).order_by().values("report")
    )
    rows = Report.objects.filter(
        pk__in=drafts, state__in=(ReportState.OPEN, ReportState.SENT_BACK, ReportState.ACCEPTED)
    )
    for report in rows.select_related("organisation").prefetch_related("campaign", "exceptions"):
        exception = report.exception_at(at)
        if not report.is_writable(at):
            continue
        found = standing(report, at)
        back = report.state == ReportState.SENT_BACK
        yield DueItem(
            title=str(report.campaign),
            url=_url(report),
            due=exception.until if exception else None if back else due_moment(report),
            since=report.changed_at,
            state=found.code,
            state_word=found.word,
            doing=_("Mend") if back else _("Correct") if exception else _("Report"),
            organisation=report.organisation,
            room=_("Reports"),
        )


def _to_sign(access: Access, at: datetime) -> Iterator[DueItem]:
    """In review: for the approvers who wrote none of it; approved: to be submitted by them."""
    me = f"person:{access.person_id}"
    waiting = (OfficeState.IN_REVIEW, OfficeState.APPROVED)
    drafts = ReportDraft.objects.filter(
        organisation_id__in=access.organisations(Role.APPROVER), office_state__in=waiting
    )
    for draft in drafts.select_related("organisation").prefetch_related("report__campaign", "report__exceptions"):
        draft.report.organisation = draft.organisation
        reviewed = draft.office_state == OfficeState.IN_REVIEW
        if not draft.report.is_writable(at) or (reviewed and me in draft.drafter_ids()):
            continue
        yield DueItem(
            title=str(draft.report.campaign),
            url=_url(draft.report),
            due=due_moment(draft.report) if draft.report.state == ReportState.OPEN else None,
            since=draft.changed_at,
            state=draft.office_state,
            state_word=draft.get_office_state_display(),
            doing=_("Approve") if reviewed else _("Submit the report"),
            organisation=draft.organisation,
            room=_("Reports"),
            approval=True,
        )


def _to_accept(access: Access) -> Iterator[DueItem]:
    """What came in and lies with the coordinator: one item for each campaign and state, with how many there are."""
    asked = Campaign.objects.filter(organisation_id__in=access.organisations(Role.COORDINATOR))
    campaigns = {campaign.pk: campaign for campaign in asked.select_related("organisation")}
    waiting = Report.objects.filter(campaign_id__in=list(campaigns), state__in=("submitted", "checked")).order_by()
    for row in waiting.values("campaign_id", "state").annotate(number=Count("pk")):
        campaign, state = campaigns[row["campaign_id"]], ReportState(row["state"])
        first = state == ReportState.SUBMITTED and campaign.two_steps
        many = (
            ngettext_lazy("Check %(number)s report", "Check %(number)s reports", row["number"])
            if first
            else ngettext_lazy("Accept %(number)s report", "Accept %(number)s reports", row["number"])
        )
        yield DueItem(
            title=str(campaign),
            url=f"{reverse('reporting:campaign_reports', args=[campaign.pk])}?standing={state.value}",
            due=None,
            since=campaign.changed_at,
            state=state,
            state_word=state.label,
            doing=many % {"number": row["number"]},
            organisation=campaign.organisation,
            room=_("Reports"),
        )


def _url(report: Report) -> str:
    return reverse("reporting:report", args=[report.pk])
