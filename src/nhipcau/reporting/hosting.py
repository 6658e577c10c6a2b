"""Reports carry comments, their drafts and submissions files; what is told of their steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau.reporting.models import GivenWorkbook, Report, ReportDraft, Submission
from nhipcau.workspace import notice_kinds
from nhipcau.workspace.models import Host, register_host
from nhipcau.workspace.notice_kinds import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.network.models import Organisation

_KINDS = (
    Kind(
        key="reporting.urged",
        title=_("Reminders from the office that asked"),
        channel="mail",
        always=True,
        icon="bell",
        tone="soon",
        order=49,
    ),
    Kind(key="reporting.asked", title=_("Reports asked for"), channel="mail", icon="file-text", order=50),
    Kind(key="reporting.review", title=_("Reports to review or approve"), channel="mail", icon="file-text", order=51),
    Kind(
        key="reporting.back",
        title=_("Reports sent back"),
        channel="mail",
        always=True,
        icon="arrow-back-up",
        tone="soon",
        order=52,
    ),
    Kind(
        key="reporting.workbook",
        title=_("Workbooks that came by mail"),
        channel="mail",
        icon="file-spreadsheet",
        order=58,
    ),
    Kind(key="reporting.approved", title=_("Reports approved"), icon="check", tone="good", order=53),
    Kind(key="reporting.arrived", title=_("Reports that come in"), channel="daily", icon="file-text", order=54),
    Kind(key="reporting.checked", title=_("Reports checked, to be accepted"), channel="daily", icon="check", order=55),
    Kind(key="reporting.accepted", title=_("Reports accepted"), icon="check", tone="good", order=56),
    Kind(
        key="reporting.unlocked", title=_("Reports unlocked or locked again"), channel="mail", icon="pencil", order=57
    ),
)


def register_reports() -> None:
    """Called once, from the ``ready`` of the room."""
    register_host(
        Host(
            model=Report,
            office=lambda report: report.organisation,
            url=_url,
            # Files hang on the draft and on what was submitted; the report carries comments.
            attach="reporting.attach_to_report",
            comment="reporting.comment_report",
            edit="reporting.edit_report",
            sign="reporting.attach_to_report",
            receivers=_receivers,
        )
    )
    register_host(
        Host(
            model=ReportDraft,
            office=lambda draft: draft.organisation,
            url=lambda draft: _url(draft.report),
            attach="reporting.attach_to_report",
            comment="reporting.edit_report",
            edit="reporting.edit_report",
            sign="reporting.attach_to_report",
        )
    )
    register_host(
        Host(
            model=Submission,
            office=lambda submission: submission.organisation,
            url=lambda submission: _url(submission.report),
            # What was submitted stays as it was; its signed copy alone comes afterwards.
            attach="reporting.attach_to_report",
            comment="reporting.comment_report",
            edit="reporting.attach_to_report",
            sign="reporting.sign_submission",
            receivers=lambda submission: [submission.receiver],
        )
    )
    register_host(
        Host(
            model=GivenWorkbook,
            office=lambda given: given.organisation,
            url=lambda given: reverse("reporting:given_workbook", args=[given.pk]),
            attach="reporting.take_workbook",
            comment="reporting.take_workbook",
            edit="reporting.take_workbook",
            sign="reporting.take_workbook",
        )
    )
    for kind in _KINDS:
        notice_kinds.register(kind)


def _url(report: Report) -> str:
    return reverse("reporting:report", args=[report.pk])


def _receivers(report: Report) -> Iterable[Organisation]:
    yield report.campaign.organisation
    if report.handed_over_to is not None:
        yield report.handed_over_to.organisation
