"""Who is told of the steps of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_noop

from nhipcau.access import system
from nhipcau.accounts.models import Person, Role
from nhipcau.reporting.models import Report, ReportDraft
from nhipcau.ui.templatetags.ui import day
from nhipcau.workspace.domain.notices import notify
from nhipcau.workspace.queries.people import holding

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from nhipcau.access import Actor

_CHECKERS = (Role.REVIEWER, Role.APPROVER)
_OFFICERS = (Role.FOCAL_OFFICER, Role.DRAFTER)

#: Step -> kind of notice, and what is said of it.
_SAID = {
    "reporting.ask_for_report": (
        "reporting.asked",
        gettext_noop("%(above)s asks %(office)s for the report “%(campaign)s”."),
    ),
    "reporting.remind_of_report": (
        "reporting.urged",
        gettext_noop("%(above)s reminds %(office)s of the report “%(campaign)s”, due on %(day)s."),
    ),
    "reporting.submit_for_review": (
        "reporting.review",
        gettext_noop("%(who)s submits the report “%(campaign)s” for approval."),
    ),
    "reporting.send_back_inside": ("reporting.back", gettext_noop("%(who)s sends the report “%(campaign)s” back.")),
    "reporting.approve_report": (
        "reporting.approved",
        gettext_noop("%(who)s approved the report “%(campaign)s”; it can be submitted."),
    ),
    "reporting.submit_report": ("reporting.arrived", gettext_noop("%(office)s submits the report “%(campaign)s”.")),
    "reporting.check_report": (
        "reporting.checked",
        gettext_noop("%(who)s checked the report “%(campaign)s” of %(office)s; somebody else accepts it."),
    ),
    "reporting.send_back_report": (
        "reporting.back",
        gettext_noop("%(above)s sends the report “%(campaign)s” of %(office)s back."),
    ),
    "reporting.accept_report": (
        "reporting.accepted",
        gettext_noop("%(above)s accepted the report “%(campaign)s” of %(office)s."),
    ),
    "reporting.give_exception": (
        "reporting.unlocked",
        gettext_noop("%(above)s has the report “%(campaign)s” of %(office)s written again, until a set time."),
    ),
    "reporting.end_exception": (
        "reporting.unlocked",
        gettext_noop("The report “%(campaign)s” of %(office)s is locked again; what was accepted stands."),
    ),
    "reporting.hand_over_report": (
        "reporting.asked",
        gettext_noop("The report “%(campaign)s” of %(office)s is handed over to its successor."),
    ),
    "reporting.release_report": (
        "reporting.accepted",
        gettext_noop("%(office)s does not owe the report “%(campaign)s” any more."),
    ),
}
_TO_WRITERS = {"reporting.send_back_inside", "reporting.approve_report"}
_ABOVE = {"reporting.submit_report", "reporting.check_report"}


def tell_of_report(
    *,
    actor: Actor,
    verb: str,
    report: Report,
    draft: ReportDraft | None = None,
    due: datetime | None = None,
    effect: str = "",
) -> None:
    """Tell those to whom it falls to go on, in the transaction of the step; of the other steps nobody is told.

    Args:
        actor: who took the step.
        verb: the step.
        report: as it is now.
        draft: what its office is writing, where it was read already.
        due: aware moment until which they have to act, where there is one.
        effect: what tells two such steps apart; the moment of the last change without it.
    """
    if verb not in _SAID:
        return
    kind, sentence = _SAID[verb]
    campaign = report.campaign
    notify(
        actor=actor,
        kind=kind,
        to=_to(verb, report, draft),
        target=report,
        sentence=sentence,
        params={
            "who": actor.actor_label,
            "campaign": campaign,
            "office": report.organisation,
            "above": campaign.organisation,
            "day": day(report.due_on),
        },
        url=reverse("reporting:report", args=[report.pk]),
        due=due,
        effect=f"{verb}:{effect or report.changed_at.isoformat()}",
    )


def _to(verb: str, report: Report, draft: ReportDraft | None) -> Iterable[Person]:
    if verb == "reporting.submit_for_review":
        return holding(_CHECKERS, [report.organisation_id])
    if verb in _TO_WRITERS:
        return _writers(report, draft)
    if verb in _ABOVE:
        return holding([Role.COORDINATOR], [report.campaign.organisation_id])
    if verb == "reporting.hand_over_report" and report.handed_over_to is not None:
        return holding((*_OFFICERS, Role.APPROVER), [report.handed_over_to.organisation_id])
    if verb == "reporting.ask_for_report":
        return holding(_OFFICERS, [report.organisation_id])
    return [*holding((*_OFFICERS, Role.APPROVER), [report.organisation_id]), *_writers(report, draft)]


def _writers(report: Report, draft: ReportDraft | None) -> list[Person]:
    with system("reporting"):
        draft = draft or ReportDraft.objects.filter(report_id=report.pk).first()
        wrote = frozenset() if draft is None else draft.drafter_ids()
    ids = {int(who.partition(":")[2]) for who in wrote}
    return list(Person.objects.filter(pk__in=ids))
