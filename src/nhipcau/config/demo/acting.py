"""Steps with a report, as somebody of a demonstration."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nhipcau.config.demo.answers import MARK, sample_answers

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Campaign, Report


def take(person: Person, campaign: Campaign, office: str, step: Callable[..., Any], **given: Any) -> None:
    """Take one step with the report of an office."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.models import Report

    with opened(access_for(person)):
        step(actor=person, report=Report.objects.get(campaign=campaign.pk, organisation__slug=office), **given)


def write(person: Person, campaign: Campaign, office: str, number: int) -> None:
    """Answer everything that the report of an office asks, with an annex; another number answers something else."""
    take(person, campaign, office, _write, number=number)


def _write(*, actor: Person, report: Report, number: int) -> None:
    from dataclasses import replace

    from nhipcau.reporting.domain.reports import save_draft
    from nhipcau.reporting.models import ReportDraft
    from nhipcau.reporting.queries.reports import form_of
    from nhipcau.workspace.domain.attachments import attach_file

    form = form_of(report)
    draft = ReportDraft.objects.get(report=report)
    answers = sample_answers(form, number, report.campaign.begin, draft.plain)
    annex = attach_file(actor=actor, target=draft, name="Phụ lục mẫu.txt", chunks=[f"{MARK}: phụ lục.\n".encode()])
    files = dict.fromkeys(answers.nones, (annex.pk,))
    answers = replace(answers, files=files, nones=frozenset())
    given = {"version": draft.version, "symbol": "BC-MAU", "place": "Hà Nội"}
    save_draft(actor=actor, report=report, answers=answers, **given)
