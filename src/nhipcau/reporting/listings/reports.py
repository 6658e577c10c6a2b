"""The reports of a campaign, and those of the reader's offices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.network.models import Kind
from nhipcau.reporting.domain.urging import remind_of_report
from nhipcau.reporting.models import WITH_THE_OFFICE
from nhipcau.reporting.queries.campaigns import reports_of_campaign
from nhipcau.reporting.queries.reports import reports_of_my_offices
from nhipcau.reporting.timeliness import OVERDUE, STANDINGS, came_late, counted, days_late, standing
from nhipcau.text import fold
from nhipcau.ui.listing import Bulk, Column, Effect, Empty, FormFilter, Listing, cells, register
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Report
    from nhipcau.ui.listing import Shown

ON_TIME, LATE = "on_time", "late"


class ReportsForm(forms.Form):
    """What narrows reports."""

    q = forms.CharField(label=gettext_lazy("Words of the office's name"), required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("Class"), choices=[("", gettext_lazy("All classes")), *Kind.choices], required=False
    )
    standing = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("All states")), *STANDINGS.items()], required=False
    )
    time = forms.ChoiceField(
        label=gettext_lazy("Came in"),
        choices=[
            ("", gettext_lazy("At any time")),
            (ON_TIME, gettext_lazy("On time")),
            (LATE, gettext_lazy("Came late")),
        ],
        required=False,
    )


def narrow_reports(rows: Any, asked: Mapping[str, Any]) -> Any:
    """A day ends where the office is, so what hangs on it is compared here: a campaign has some 300 rows."""
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    words, code, time = fold(asked.get("q") or "").split(), asked.get("standing"), asked.get("time")
    if not (words or code or time):
        return rows
    now = timezone.now()
    fitting = [
        report.pk
        for report in rows.prefetch_related(None)
        if all(word in fold(f"{report.organisation.name_vi} {report.organisation.name_en}") for word in words)
        and (not code or standing(report, now).code == code)
        and (not time or (report.first_received_at is not None and came_late(report) == (time == LATE)))
    ]
    return rows.filter(pk__in=fitting)


def _state(report: Report) -> Any:
    found = standing(report, timezone.now())
    return cells.state(found.word, found.code)


def _note(report: Report) -> str:
    now = timezone.now()
    if report.exception_at(now) is not None:
        return gettext("unlocked")
    late = days_late(report, now)
    if late and (standing(report, now).code == OVERDUE or came_late(report)):
        return ngettext("%(n)s day late", "%(n)s days late", late) % {"n": vi_number(late)}
    return ""


def _url(report: Report) -> str:
    return reverse("reporting:report", args=[report.pk])


def _sample(rows: Any) -> bool:
    return any(report.sample for report in rows)


def _common() -> list[Column]:
    return [
        Column(
            key="state",
            label=gettext_lazy("State"),
            value=lambda report: str(standing(report, timezone.now()).word),
            show=_state,
            order_by=("state", "due_on"),
            card="plain",
        ),
        Column(
            key="lateness",
            label=gettext_lazy("Lateness"),
            value=_note,
            card="plain",
        ),
        Column(key="due", label=gettext_lazy("Due on"), value="due_on", order_by=("due_on",), css="when"),
        Column(
            key="received",
            label=gettext_lazy("Came in"),
            value="received_at",
            order_by=("received_at",),
            css="when",
        ),
        Column(
            key="first",
            label=gettext_lazy("Came in first"),
            value="first_received_at",
            order_by=("first_received_at",),
            css="when",
            chosen=False,
        ),
        Column(
            key="accepted",
            label=gettext_lazy("Accepted"),
            value="accepted_at",
            order_by=("accepted_at",),
            css="when",
            chosen=False,
        ),
    ]


def _of_campaign_heading(shown: Shown) -> str:
    return campaign_in_short(list(shown.rows.prefetch_related(None)))


def campaign_in_short(reports: list[Report]) -> str:
    """``281 reports owed, 12 overdue``: what nobody waits for is not counted."""
    numbers = counted(reports, timezone.now())
    owed = len(reports) - numbers["handed_over"] - numbers["released"]
    said = ngettext("%(number)s report owed", "%(number)s reports owed", owed) % {"number": vi_number(owed)}
    late = numbers[OVERDUE]
    if not late:
        return gettext("%(reports)s, none overdue") % {"reports": said}
    return gettext("%(reports)s, %(late)s overdue") % {"reports": said, "late": vi_number(late)}


def _remindable(report: Report) -> Effect:
    if report.state not in WITH_THE_OFFICE:
        return Effect(possible=False, words=standing(report, timezone.now()).word)
    return Effect(possible=True, words=gettext("Its officers and approvers are told, once a day"))


def _remind(actor: Person, report: Report) -> None:
    remind_of_report(actor=actor, report=report)


OF_CAMPAIGN = register(
    Listing(
        name="reporting.of_campaign",
        view="reporting:campaign_reports",
        title=gettext_lazy("Reports of a campaign"),
        heading=_of_campaign_heading,
        rows=reports_of_campaign,
        filters=FormFilter.of(ReportsForm, narrow_reports),
        order=("organisation__sort_key", "pk"),
        per_page=100,
        template="reporting/campaign_reports.html",
        context=lambda shown: {"campaign": shown.given["campaign"]},
        sample=_sample,
        empty=lambda _shown: Empty(
            gettext("No report is owed yet"),
            gettext("Once the campaign is open, the report of every office that owes one stands here."),
            "file-text",
        ),
        bulk=[
            Bulk(
                name="remind",
                label=gettext_lazy("Remind"),
                may=lambda _person: bool(current().organisations(Role.COORDINATOR)),
                effect=_remindable,
                run=_remind,
            )
        ],
        columns=[
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda report: str(report.organisation),
                link=_url,
                order_by=("organisation__sort_key",),
                card="title",
            ),
            Column(
                key="kind",
                label=gettext_lazy("Class"),
                value=lambda report: str(Kind(report.kind).label),
                order_by=("kind", "organisation__sort_key"),
                card="plain",
            ),
            *_common(),
        ],
    )
)


def _mine_heading(_shown: Shown) -> str:
    numbers = counted(reports_of_my_offices().prefetch_related(None), timezone.now())
    due, late, back = numbers["due"], numbers[OVERDUE], numbers["sent_back"]
    said = []
    if late:
        said.append(ngettext("%(n)s report overdue", "%(n)s reports overdue", late) % {"n": vi_number(late)})
    if due:
        said.append(ngettext("%(n)s report due", "%(n)s reports due", due) % {"n": vi_number(due)})
    if back:
        said.append(ngettext("%(n)s sent back", "%(n)s sent back", back) % {"n": vi_number(back)})
    return ", ".join(said) or gettext("No report is due now")


def _act(report: Report) -> tuple[str, str] | None:
    if not report.is_writable(current().at) or not rules.has_perm("reporting.edit_report", current().actor, report):
        return None
    return gettext("Open the report"), _url(report)


REPORTS = register(
    Listing(
        name="reporting.reports",
        view="reporting:reports",
        title=gettext_lazy("Reports of my offices"),
        heading=_mine_heading,
        rows=reports_of_my_offices,
        filters=FormFilter.of(ReportsForm, narrow_reports),
        order=("-due_on", "-pk"),
        template="reporting/reports.html",
        sample=_sample,
        empty=lambda _shown: Empty(
            gettext("No report is asked of your offices"),
            gettext("When a campaign asks your office for a report, it stands here until it is accepted and after."),
            "file-text",
        ),
        act=_act,
        columns=[
            Column(
                key="campaign",
                label=gettext_lazy("Report"),
                value=lambda report: report.campaign.title,
                link=_url,
                language=lambda _row: "vi",
                card="title",
            ),
            Column(
                key="office",
                label=gettext_lazy("Office"),
                value=lambda report: str(report.organisation),
                order_by=("organisation__sort_key",),
                card="plain",
            ),
            *_common(),
        ],
    )
)
