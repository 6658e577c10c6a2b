"""Sample campaigns of a demonstration, with reports in every state that their people can bring them to.

They are opened, written, submitted and answered as their people would, each step under the rights of whoever takes it.
Every figure is invented.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.accounts.models import Person
    from nhipcau.documents.forms import Answers, Form
    from nhipcau.reporting.models import Campaign, Report

_OFFICE, _COORDINATOR = "sample-ministry-b", "dieu-phoi"
_CLASSES = ("ministry", "peoples_committee", "embassy", "friendship_union", "border_command")
_TEXT = "DỮ LIỆU MẪU: nội dung để trình diễn, không phải báo cáo chính thức."
_POST = "Thủ trưởng cơ quan mẫu"


class SampleReport(NamedTuple):
    """Who writes and who approves, in which office; how far the report goes."""

    drafter: str
    approver: str
    office: str
    state: str


#: Title, period, in how many days it is due, and what becomes of the reports of those who have people.
_CAMPAIGNS = (
    (
        "Báo cáo mẫu 9 tháng đầu năm {year}",
        "nine-{year}",
        -3,
        (
            SampleReport("soan-thao", "lanh-dao", "sample-ministry-a", "unlocked"),
            SampleReport("tinh-mau", "tinh-duyet", "sample-province-01", "submitted"),
            SampleReport("co-quan-dai-dien", "dai-su", "sample-mission-01", "accepted"),
        ),
    ),
    (
        "Báo cáo mẫu năm {year}",
        "year-{year}",
        10,
        (
            SampleReport("soan-thao", "lanh-dao", "sample-ministry-a", "in_review"),
            SampleReport("tinh-mau", "tinh-duyet", "sample-province-01", "draft"),
            SampleReport("co-quan-dai-dien", "dai-su", "sample-mission-01", "sent_back"),
        ),
    ),
)


def write_reports(people: dict[str, Person]) -> None:
    """Open the sample campaigns and bring their reports as far as they go; once only."""
    from nhipcau.access import system
    from nhipcau.reporting.models import Campaign

    with system("demo"):
        if Campaign.objects.filter(sample=True).exists():
            return
    for title, period, due_in, reports in _CAMPAIGNS:
        campaign = _open(people[_COORDINATOR], title, period, due_in)
        for number, row in enumerate(reports):
            _bring(campaign, row, people, number)
        _let_off(campaign, people[_COORDINATOR])


def _open(coordinator: Person, title: str, code: str, due_in: int) -> Campaign:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.domain.campaigns import CampaignContent, draft_campaign, open_campaign
    from nhipcau.reporting.domain.forms import load_outline, publish_form
    from nhipcau.reporting.models import FormState
    from nhipcau.reporting.periods import period

    today = timezone.localdate()
    asked = period(code.format(year=today.year))
    with opened(access_for(coordinator)):
        office = Organisation.objects.get(slug=_OFFICE)
        form = load_outline(actor=coordinator, organisation=office)
        if form.state == FormState.DRAFT:
            form = publish_form(actor=coordinator, version=form)
        content = CampaignContent(
            title=title.format(year=today.year),
            period_kind=asked.kind if asked else "ad_hoc",
            begin=asked.begin if asked else today - timedelta(days=90),
            end=asked.end if asked else today,
            figures_as_of=min(asked.end, today) if asked else today,
            due_on=today + timedelta(days=due_in),
            form_version=form,
            guidance_text=_TEXT,
            classes=dict.fromkeys(_CLASSES),
        )
        campaign = draft_campaign(actor=coordinator, organisation=office, content=content)
        return open_campaign(actor=coordinator, campaign=campaign)


def _bring(campaign: Campaign, row: SampleReport, people: dict[str, Person], number: int) -> None:
    from nhipcau.reporting.domain import exceptions, reports
    from nhipcau.reporting.queries.reports import form_of

    drafter, approver, coordinator = people[row.drafter], people[row.approver], people[_COORDINATOR]

    def save(*, actor: Person, report: Report) -> None:
        answers = sample_answers(form_of(report), 7 * number + 5)
        reports.save_draft(actor=actor, report=report, answers=answers, version=0, symbol="BC-MAU", place="Hà Nội")

    _step(drafter, campaign, row.office, save)
    if row.state == "draft":
        return
    _step(drafter, campaign, row.office, reports.submit_for_review)
    if row.state == "in_review":
        return
    _step(approver, campaign, row.office, reports.approve_report)
    _step(approver, campaign, row.office, reports.submit_report, post=_POST)
    if row.state == "sent_back":
        lines = [reports.Line("figures.items", "DỮ LIỆU MẪU: đề nghị nêu nguồn của số liệu này.")]
        _step(coordinator, campaign, row.office, reports.send_back_report, lines=lines)
    if row.state in {"accepted", "unlocked"}:
        _step(coordinator, campaign, row.office, reports.accept_report)
    if row.state == "unlocked":
        until = timezone.now() + timedelta(days=5)
        reason = "DỮ LIỆU MẪU: cơ quan đề nghị sửa số liệu."
        _step(coordinator, campaign, row.office, exceptions.give_exception, reason=reason, until=until)


def _let_off(campaign: Campaign, coordinator: Person) -> None:
    from nhipcau.reporting.domain import reports

    reason = "DỮ LIỆU MẪU: không phát sinh nội dung trong kỳ."
    _step(coordinator, campaign, "sample-border-command-02", reports.release_report, reason=reason)


def _step(person: Person, campaign: Campaign, office: str, step: Callable[..., Any], **given: Any) -> None:
    """Take one step with the report of an office, as somebody."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.reporting.models import Report

    with opened(access_for(person)):
        step(actor=person, report=Report.objects.get(campaign=campaign.pk, organisation__slug=office), **given)


def sample_answers(form: Form, number: int) -> Answers:
    """Invented answers that the form allows: a sentence for each text, small numbers, no table and no file."""
    from nhipcau.documents.forms import Answers, FigureAnswer, FileItem, TableAnswer, TableItem, TextItem

    items = form.items.values()
    counted = {item.key for item in form.figures.values() if item.counted}
    figures = {
        key: FigureAnswer(none=True) if key in counted else FigureAnswer(value=str(number)) for key in form.figures
    }
    return Answers(
        texts={item.key: _TEXT for item in items if isinstance(item, TextItem)},
        nones=frozenset(item.key for item in items if isinstance(item, FileItem)),
        figures=figures,
        tables={item.key: TableAnswer(none=True) for item in items if isinstance(item, TableItem)},
    )
