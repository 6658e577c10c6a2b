"""The reports that a campaign expects: made at its opening, and kept right while the map of the offices changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils import timezone

from nhipcau.access import SystemActor, system
from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.network.models import Organisation
from nhipcau.reporting.domain.held import expect_campaign, held_campaign, note
from nhipcau.reporting.domain.telling import tell_of_report
from nhipcau.reporting.handing_over import taken_over
from nhipcau.reporting.models import (
    EDITABLE,
    WITH_THE_OFFICE,
    Campaign,
    CampaignState,
    Report,
    ReportDraft,
    ReportPart,
    ReportState,
    Submission,
)
from nhipcau.reporting.queries.owing import Owed, addressees_of, heirs_on, owing
from nhipcau.workspace.domain.revisions import add_revision

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from nhipcau.access import Actor

#: From these a report is not handed over or released any more.
_OVER = (ReportState.HANDED_OVER, ReportState.RELEASED)


class Renewed(NamedTuple):
    """What changed among the reports of a campaign."""

    created: list[Report]
    handed_over: list[Report]
    released: list[Report]


def ask_for_reports(*, actor: Actor, campaign: Campaign, owed: Iterable[Owed]) -> list[Report]:
    """Expect the reports that are owed, each with its empty draft and its parts; the officers of the offices are told.

    A part of opening and renewing a campaign: the caller has checked the rule, in its transaction.
    """
    made = _store(campaign, owed)
    for report in made:
        note(actor, "reporting.ask_for_report", report, {"due_on": report.due_on})
        tell_of_report(actor=actor, verb="reporting.ask_for_report", report=report)
    return made


def _store(campaign: Campaign, owed: Iterable[Owed]) -> list[Report]:
    rows = list(owed)
    offices = Organisation.objects.in_bulk([row.organisation_id for row in rows])
    made: list[Report] = Report.objects.bulk_create(
        Report(
            campaign=campaign,
            organisation=offices[row.organisation_id],
            kind=row.kind,
            due_on=row.due_on,
            sample=offices[row.organisation_id].sample,
        )
        for row in rows
    )
    ReportDraft.objects.bulk_create(
        ReportDraft(report=report, organisation=report.organisation, sample=report.sample) for report in made
    )
    ReportPart.objects.bulk_create(
        ReportPart(report=report, organisation_id=unit)
        for report, row in zip(made, rows, strict=True)
        for unit in row.parts
    )
    return made


def renew_expected(*, actor: Actor, campaign: Campaign, on: date) -> Renewed:
    """Bring the reports of an open campaign up to date with the map: offices that were created, merged or closed.

    Whoever exists on the due day owes. The report of a unit that ended before that day is handed over to whoever owes
    in its place, with the figures it had; it is released where nobody follows. A unit that ends after its due day and
    has not submitted hands over what it owes as well. Run daily by the worker; a second run changes nothing.

    Args:
        actor: the worker, or a coordinator of the campaign's office.
        campaign: an open campaign.
        on: the day, in Asia/Ho_Chi_Minh.

    Raises:
        PermissionDeniedError: the actor may not.
        WrongStateError: the campaign is not open.
    """
    with transaction.atomic():
        require("reporting.renew_expected", actor, campaign)
        # The drafts of old units and of their successors are their own: the system moves what is in them.
        with system("reporting"):
            held = held_campaign(campaign)
            expect_campaign(held, CampaignState.OPEN)
            renewed = _Renewal(actor, held, on).run()
            if any(renewed):
                payload = {name: [row.pk for row in rows] for name, rows in renewed._asdict().items() if rows}
                verb = "reporting.renew_expected"
                record(actor=actor, verb=verb, target=held, organisation=held.organisation, payload=payload)
    return renewed


class _Renewal:
    """One run over the reports of a campaign, under the system's access."""

    def __init__(self, actor: Actor, campaign: Campaign, on: date) -> None:
        self.actor, self.campaign, self.on = actor, campaign, on
        self.owing = owing(addressees_of(campaign))
        rows = Report.objects.select_for_update(of=("self",)).filter(campaign=campaign).order_by("pk")
        self.reports: dict[int, Report] = {row.organisation_id: row for row in rows.prefetch_related("organisation")}
        self.renewed = Renewed([], [], [])

    def run(self) -> Renewed:
        """Create what is missing, then hand over and release; what was moved is told."""
        self._create(row for pk, row in self.owing.reports.items() if pk not in self.reports)
        self._add_parts()
        heirs = dict(self.owing.heirs)
        late = self._ended_after_the_due_day()
        self._create(row for row in self._owed_late(late) if row.organisation_id not in self.reports)
        heirs |= {unit: after[0] for unit, after in late.items() if after}
        ended = self.owing.ended | {unit for unit, after in late.items() if not after}
        for unit, report in list(self.reports.items()):
            if report.state in _OVER:
                continue
            if unit in heirs:
                self._hand_over(report, self.reports[heirs[unit]])
            elif unit in ended:
                self._release(report)
        return self.renewed

    def _create(self, owed: Iterable[Owed]) -> None:
        made = ask_for_reports(actor=self.actor, campaign=self.campaign, owed=owed)
        self.reports |= {report.organisation_id: report for report in made}
        self.renewed.created.extend(made)

    def _add_parts(self) -> None:
        known = set(
            ReportPart.objects.filter(report__campaign=self.campaign).values_list("report_id", "organisation_id")
        )
        for pk, row in self.owing.reports.items():
            for unit in row.parts:
                if (self.reports[pk].pk, unit) not in known:
                    ReportPart.objects.create(report=self.reports[pk], organisation_id=unit)

    def _ended_after_the_due_day(self) -> dict[int, list[int]]:
        """Units that ended between their due day and now with the report still in their hands -> who follows them."""
        units = {
            pk: report.organisation.valid_to
            for pk, report in self.reports.items()
            if report.state in WITH_THE_OFFICE
            and report.organisation.valid_to is not None
            and report.due_on <= report.organisation.valid_to < self.on
        }
        return heirs_on(units, self.on) if units else {}

    def _owed_late(self, late: dict[int, list[int]]) -> Iterable[Owed]:
        found: dict[int, Owed] = {}
        for unit, after in late.items():
            if after:
                was = self.reports[unit]
                found.setdefault(after[0], Owed(organisation_id=after[0], kind=was.kind, due_on=was.due_on))
        return found.values()

    def _hand_over(self, report: Report, heir: Report) -> None:
        before, report.state, report.handed_over_to = report.state, ReportState.HANDED_OVER, heir
        report.save()
        # What had passed to the unit itself goes on with it.
        Report.objects.filter(handed_over_to=report).update(handed_over_to=heir)
        ReportPart.objects.get_or_create(report=heir, organisation_id=report.organisation_id)
        self._take_over_figures(report, heir)
        payload = {"state": [before, report.state.value], "handed_over_to": [None, str(heir.organisation)]}
        note(self.actor, "reporting.hand_over_report", report, payload)
        tell_of_report(actor=self.actor, verb="reporting.hand_over_report", report=report)
        self.renewed.handed_over.append(report)

    def _take_over_figures(self, report: Report, heir: Report) -> None:
        """Put the figures of the old unit into the draft of the successor, while that is being written."""
        draft = ReportDraft.objects.get(report=heir)
        if heir.state not in WITH_THE_OFFICE or draft.office_state not in EDITABLE:
            return
        submitted = Submission.objects.filter(report=report).order_by("-number").first()
        begun = submitted.plain if submitted is not None else ReportDraft.objects.get(report=report).plain
        answers = taken_over(draft.plain, begun, report.organisation_id)
        if answers == draft.plain:
            return
        draft.answers, draft.version = answers.to_plain(), draft.version + 1
        draft.save()
        fields = {"answers": draft.answers, "symbol": draft.symbol, "place": draft.place}
        # By nobody in particular: whoever has the map renewed wrote nothing of it.
        add_revision(draft, number=draft.version, actor=SystemActor("reporting"), fields=fields)

    def _release(self, report: Report) -> None:
        before, report.state = report.state, ReportState.RELEASED
        report.save()
        note(self.actor, "reporting.release_report", report, {"state": [before, report.state.value]})
        tell_of_report(actor=self.actor, verb="reporting.release_report", report=report)
        self.renewed.released.append(report)


def renew_open_campaigns() -> int:
    """Renew what every open campaign expects; how many campaigns changed. For the worker."""
    changed = 0
    with system("worker") as access:
        today = timezone.localdate()
        for campaign in Campaign.objects.filter(state=CampaignState.OPEN).order_by("pk"):
            changed += any(renew_expected(actor=access.actor, campaign=campaign, on=today))
    return changed
