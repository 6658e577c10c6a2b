"""Sample campaigns of a demonstration, with reports in every state that there is.

They are opened, written, submitted and answered as their people would, each step under the rights of whoever takes it.
Every figure is invented.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from django.utils import timezone

from nhipcau.config.demo.acting import take, write
from nhipcau.config.demo.answers import MARK
from nhipcau.config.demo.merger import begin_as_the_old, merge_provinces
from nhipcau.config.demo.nationals import draft_national_report, issue_national_report

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from nhipcau.accounts.models import Person
    from nhipcau.reporting.models import Campaign

_OFFICE = "sample-ministry-b"
_COORDINATOR, _SECOND, _SIGNER = "dieu-phoi", "dieu-phoi-hai", "thu-truong"
_CLASSES = ("ministry", "peoples_committee", "embassy", "friendship_union", "border_command")
_POST = "Thủ trưởng cơ quan mẫu"
#: Who writes and who approves in the offices that have people, in the order in which they answer.
_PEOPLE = {
    "sample-ministry-a": ("soan-thao", "lanh-dao"),
    "sample-province-01": ("tinh-mau", "tinh-duyet"),
    "sample-mission-01": ("co-quan-dai-dien", "dai-su"),
}


class SampleCampaign(NamedTuple):
    """What is asked, of which period, due in how many days, of whom, and how far each report goes.

    ``period`` is a code of :mod:`nhipcau.reporting.periods`; an empty one is the three months until today. Where
    ``offices`` are named these are asked, else the classes.
    """

    title: str
    period: str
    due_in: int
    states: Mapping[str, str]
    offices: tuple[str, ...] = ()
    two_steps: bool = False


NINE_MONTHS = SampleCampaign(
    "Báo cáo mẫu 9 tháng đầu năm {year}",
    "nine-{year}",
    -3,
    {"sample-ministry-a": "unlocked", "sample-province-01": "submitted", "sample-mission-01": "accepted"},
)
YEAR = SampleCampaign(
    "Báo cáo mẫu năm {year}",
    "year-{year}",
    10,
    {"sample-ministry-a": "in_review", "sample-province-01": "draft", "sample-mission-01": "sent_back"},
)
ONE_TOPIC = SampleCampaign(
    "Báo cáo chuyên đề mẫu về Tuần lễ Việt Nam",
    "",
    2,
    {"sample-ministry-a": "accepted", "sample-province-01": "checked", "sample-mission-01": "accepted"},
    offices=(*_PEOPLE, "sample-friendship-union-01"),
    two_steps=True,
)


def write_reports(people: dict[str, Person]) -> None:
    """Open the sample campaigns and bring their reports as far as they go; once only."""
    from nhipcau.access import system
    from nhipcau.reporting.domain.reports import release_report
    from nhipcau.reporting.models import Campaign

    with system("demo"):
        if Campaign.objects.filter(sample=True).exists():
            return
    coordinator = people[_COORDINATOR]
    nine, year, topic = (_open(coordinator, row) for row in (NINE_MONTHS, YEAR, ONE_TOPIC))
    reason = f"{MARK}: không phát sinh nội dung trong kỳ."
    for campaign in (nine, year):
        take(coordinator, campaign, "sample-border-command-02", release_report, reason=reason)
    _bring_all(topic, ONE_TOPIC, people)
    issue_national_report(topic, coordinator, people[_SIGNER])
    # One report comes in after the national report was drafted: there is a change to take over.
    first, *others = NINE_MONTHS.states
    for office in others:
        _bring(nine, NINE_MONTHS, office, people)
    draft_national_report(nine, coordinator)
    _bring(nine, NINE_MONTHS, first, people)
    begin_as_the_old(year, people["tinh-mau"])
    merge_provinces((nine, year))
    _bring_all(year, YEAR, people)


def _open(coordinator: Person, row: SampleCampaign) -> Campaign:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.domain.campaigns import CampaignContent, draft_campaign, open_campaign
    from nhipcau.reporting.domain.forms import load_outline, publish_form
    from nhipcau.reporting.models import FormState
    from nhipcau.reporting.periods import period

    today = timezone.localdate()
    asked = period(row.period.format(year=today.year))
    with opened(access_for(coordinator)):
        office = Organisation.objects.get(slug=_OFFICE)
        form = load_outline(actor=coordinator, organisation=office)
        if form.state == FormState.DRAFT:
            form = publish_form(actor=coordinator, version=form)
        content = CampaignContent(
            title=row.title.format(year=today.year),
            period_kind=asked.kind if asked else "ad_hoc",
            begin=asked.begin if asked else today - timedelta(days=90),
            end=asked.end if asked else today,
            figures_as_of=min(asked.end, today) if asked else today,
            due_on=today + timedelta(days=row.due_in),
            form_version=form,
            two_steps=row.two_steps,
            guidance_text=f"{MARK}: nội dung để trình diễn, không phải văn bản chính thức.",
            classes={} if row.offices else dict.fromkeys(_CLASSES),
            named=dict.fromkeys(Organisation.objects.filter(slug__in=row.offices)),
        )
        campaign = draft_campaign(actor=coordinator, organisation=office, content=content)
        return open_campaign(actor=coordinator, campaign=campaign)


def _bring_all(campaign: Campaign, row: SampleCampaign, people: dict[str, Person]) -> None:
    for office in row.states:
        _bring(campaign, row, office, people)


def _bring(campaign: Campaign, row: SampleCampaign, office: str, people: dict[str, Person]) -> None:
    """Take the report of an office as far as the sample says."""
    from nhipcau.reporting.domain import exceptions, reports

    state, (drafter, approver) = row.states[office], (people[key] for key in _PEOPLE[office])
    coordinator, second = people[_COORDINATOR], people[_SECOND if row.two_steps else _COORDINATOR]
    lines = [
        reports.Line("figures.items", f"{MARK}: đề nghị nêu nguồn của số liệu này."),
        reports.Line("texts.results", f"{MARK}: đề nghị nêu kết quả trên báo chí sở tại."),
    ]
    reason, until = f"{MARK}: cơ quan đề nghị sửa số liệu.", timezone.now() + timedelta(days=5)
    steps: dict[str, Callable[[], None]] = {
        "draft": lambda: write(drafter, campaign, office, list(_PEOPLE).index(office)),
        "in_review": lambda: take(drafter, campaign, office, reports.submit_for_review),
        "approved": lambda: take(approver, campaign, office, reports.approve_report),
        "submitted": lambda: take(approver, campaign, office, reports.submit_report, post=_POST),
        "sent_back": lambda: take(coordinator, campaign, office, reports.send_back_report, lines=lines),
        "checked": lambda: take(coordinator, campaign, office, reports.check_report),
        "accepted": lambda: take(second, campaign, office, reports.accept_report),
        "unlocked": lambda: take(coordinator, campaign, office, exceptions.give_exception, reason=reason, until=until),
    }
    for step in _ROADS[state]:
        if step != "checked" or row.two_steps:
            steps[step]()


_SUBMITTED = ("draft", "in_review", "approved", "submitted")
#: State -> the steps that lead to it.
_ROADS = {
    "draft": ("draft",),
    "in_review": ("draft", "in_review"),
    "submitted": _SUBMITTED,
    "sent_back": (*_SUBMITTED, "sent_back"),
    "checked": (*_SUBMITTED, "checked"),
    "accepted": (*_SUBMITTED, "checked", "accepted"),
    "unlocked": (*_SUBMITTED, "accepted", "unlocked"),
}
