"""Forms, campaigns and reports for tests, brought as far as a test needs. Call these with the system's access open."""

import itertools
from datetime import date, timedelta
from functools import cache

from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms import (
    Answers,
    Axis,
    Choice,
    Column,
    FigureAnswer,
    FigureItem,
    FileItem,
    Form,
    Row,
    Rule,
    Section,
    TableAnswer,
    TableItem,
    TextItem,
)
from nhipcau.reporting.domain import exceptions, reports
from nhipcau.reporting.domain.campaigns import (
    CampaignContent,
    close_campaign,
    discard_campaign,
    draft_campaign,
    open_campaign,
)
from nhipcau.reporting.domain.expected import ask_for_reports
from nhipcau.reporting.models import Campaign, FormState, FormVersion, Report, ReportDraft, ReportForm
from nhipcau.reporting.queries.owing import Owed
from tests.support.people import make_office, make_person

#: Where a report can be brought: states between the offices first, then those inside the office.
STATES = ("open", "submitted", "checked", "sent_back", "accepted", "handed_over", "released")
INSIDE = ("draft", "in_review", "sent_back_inside", "approved")
_numbers = itertools.count(1)


def make_plain_form(**fields):
    """A small valid form: a text, two figures broken down by two axes, a table from which one is counted, a file."""
    axes = (
        Axis(key="language", label="Ngôn ngữ", choices=(Choice(key="vi", label="Việt"), Choice(key="en", label="Anh"))),
        Axis(key="channel", label="Kênh", choices=(Choice(key="press", label="Báo"), Choice(key="web", label="Cổng"))),
    )
    figures = (
        FigureItem(key="items", label="Tin, bài", unit="bài", axes=("language", "channel")),
        FigureItem(key="events", label="Sự kiện", unit="sự kiện", counted="activities", required=False),
        FigureItem(key="spent", label="Kinh phí", unit="triệu đồng", number="money", required=False),
    )
    table = TableItem(
        key="activities",
        label="Hoạt động",
        columns=(
            Column(key="name", label="Tên", required=True),
            Column(key="held_on", label="Ngày", holds="date"),
            Column(key="cost", label="Kinh phí", holds="money"),
        ),
    )
    given = {
        "key": "mau",
        "version": 1,
        "title": "Biểu mẫu thử",
        "axes": axes,
        "sections": (
            Section(key="one", number="I", title="Chỉ đạo", items=(TextItem(key="direction", label="Chỉ đạo"),)),
            Section(key="two", number="II", title="Kết quả", items=(*figures, table)),
            Section(key="three", number="III", title="Tài liệu", items=(FileItem(key="papers", label="Văn bản"),)),
        ),
        "rules": (
            Rule(left=("events",), relation="<=", right=("items",), message="Sự kiện nhiều hơn tin, bài", strict=False),
        ),
    }
    return Form(**given | fields)


def make_form(office, *, state=FormState.PUBLISHED, form=None):
    """A version of a form of an office, in use unless said otherwise."""
    plain = form or make_plain_form()
    row, _ = ReportForm.objects.get_or_create(
        organisation=office, key=plain.key, defaults={"title": plain.title, "sample": office.sample}
    )
    number = row.versions.count() + 1
    return FormVersion.objects.create(
        form=row,
        number=number,
        state=state,
        definition=plain.to_plain() | {"version": number},
        published_at=None if state == FormState.DRAFT else timezone.now(),
    )


def make_answers(**fields):
    """Valid answers to :func:`make_form`."""
    given = {
        "texts": {"direction": "Đã ban hành kế hoạch và phân công đầu mối."},
        "nones": frozenset({"papers"}),
        "figures": {
            "items": FigureAnswer(
                value="12",
                by={"language": {"vi": "7", "en": "5"}, "channel": {"press": "10", "web": "2"}},
                estimate="2",
            ),
            "events": FigureAnswer(value="1"),
            "spent": FigureAnswer(none=True),
        },
        "tables": {
            "activities": TableAnswer(
                rows=(Row(id="r1", cells={"name": "Triển lãm", "held_on": "2026-05-19", "cost": "120.5"}),)
            )
        },
    }
    return Answers(**given | fields)


def make_content(office, *, classes=None, named=(), left_out=(), form=None, **fields):
    given = {
        "title": f"Báo cáo thử số {next(_numbers)}",
        "period_kind": "year",
        "begin": date(2025, 12, 15),
        "end": date(2026, 12, 14),
        "figures_as_of": date(2026, 11, 15),
        "due_on": timezone.localdate() + timedelta(days=4),
        "form_version": form or make_form(office),
        "classes": classes or {},
        "named": dict.fromkeys(named),
        "left_out": left_out,
    }
    return CampaignContent(**given | fields)


def make_campaign(office=None, *, state="open", offices=(), coordinator=None, **fields):
    """A campaign of an office that asks ``offices`` (one is made where neither they nor classes are named)."""
    office = office or make_office()
    coordinator = coordinator or make_person(office=office, roles=["coordinator"])
    if not offices and not fields.get("classes"):
        offices = [make_office()]
    content = make_content(office, named=offices, **fields)
    with access.opened(access_for(coordinator)):
        campaign = draft_campaign(actor=coordinator, organisation=office, content=content)
        if state in {"open", "closed"}:
            open_campaign(actor=coordinator, campaign=campaign)
        if state == "closed":
            close_campaign(actor=coordinator, campaign=campaign)
        if state == "discarded":
            discard_campaign(actor=coordinator, campaign=campaign)
    return Campaign.objects.get(pk=campaign.pk)


def make_report(office=None, *, state="open", campaign=None, answers=None, drafter=None, approver=None, **fields):
    """A report that an office owes, in a state of :data:`STATES` or :data:`INSIDE`; people are made where needed."""
    office = office or make_office()
    campaign = campaign or make_campaign(offices=[office], two_steps=state == "checked", **fields)
    report = Report.objects.filter(campaign=campaign, organisation=office).first()
    if report is None:
        owed = [Owed(organisation_id=office.pk, kind=office.kind, due_on=campaign.due_on)]
        (report,) = ask_for_reports(actor=access.SystemActor("test"), campaign=campaign, owed=owed)
    bring(report, state, answers=answers, drafter=drafter, approver=approver)
    return Report.objects.get(pk=report.pk)


_APPROVED = ("save", "review", "approve")
#: State -> the steps that lead to it.
_ROADS = {
    "open": (),
    "released": ("release",),
    "handed_over": ("hand_over",),
    "draft": ("save",),
    "in_review": ("save", "review"),
    "sent_back_inside": ("save", "review", "send_back_inside"),
    "approved": _APPROVED,
    "submitted": (*_APPROVED, "submit"),
    "sent_back": (*_APPROVED, "submit", "send_back"),
    "checked": (*_APPROVED, "submit", "check"),
    "accepted": (*_APPROVED, "submit", "check", "accept"),
}


def bring(report, state, *, answers=None, drafter=None, approver=None, coordinator=None, second=None):
    """Take a report that its office has in hand to a state, each step under the rights of whoever takes it."""
    office, above = report.organisation, report.campaign.organisation
    roles = {
        "drafter": (drafter, office),
        "approver": (approver, office),
        "coordinator": (coordinator, above),
        "second": (second, above),
    }

    @cache
    def who(role):
        person, place = roles[role]
        return person or make_person(office=place, roles=["coordinator" if role == "second" else role])

    def save():
        version = ReportDraft.objects.get(report=report).version
        given = {"answers": answers or make_answers(), "version": version, "symbol": "BC-BM", "place": "Hà Nội"}
        _as(who("drafter"), reports.save_draft, report, **given)

    def hand_over():
        heir = make_report(campaign=report.campaign)
        Report.objects.filter(pk=report.pk).update(state="handed_over", handed_over_to=heir)

    two, lines = report.campaign.two_steps, [reports.Line("figures.items", "Thiếu nguồn.")]
    take = {
        "save": save,
        "review": lambda: _as(who("drafter"), reports.submit_for_review, report),
        "send_back_inside": lambda: _as(who("approver"), reports.send_back_inside, report, reason="Bổ sung căn cứ."),
        "approve": lambda: _as(who("approver"), reports.approve_report, report),
        "submit": lambda: _as(who("approver"), reports.submit_report, report, post="Cục trưởng"),
        "check": lambda: _as(who("coordinator"), reports.check_report, report) if two else None,
        "accept": lambda: _as(who("second" if two else "coordinator"), reports.accept_report, report),
        "send_back": lambda: _as(who("coordinator"), reports.send_back_report, report, lines=lines),
        "release": lambda: _as(who("coordinator"), reports.release_report, report, reason="Không phát sinh."),
        "hand_over": hand_over,
    }
    for step in _ROADS[state]:
        take[step]()


def _as(person, step, report, **given):
    """Take a step as somebody; a row read under another access cannot follow its relations."""
    with access.opened(access_for(person)):
        return step(actor=person, report=Report.objects.get(pk=report.pk), **given)


def make_exception(report, *, until=None, coordinator=None):
    """An exception by which an accepted report is open again."""
    coordinator = coordinator or make_person(office=report.campaign.organisation, roles=["coordinator"])
    until = until or timezone.now() + timedelta(days=3)
    made = _as(coordinator, exceptions.give_exception, report, reason="Sai số liệu.", until=until)
    return type(made).objects.get(pk=made.pk)
