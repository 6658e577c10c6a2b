"""Sample plans of a demonstration: issued, answered, being amended, on their way, being written; many are missing."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.programme.models import Plan

COORDINATING = "sample-ministry-b"
_TEXTS = {
    "focal": "DỮ LIỆU MẪU: Phòng Thông tin mẫu là đầu mối; Văn phòng mẫu phối hợp.",
    "directing": "DỮ LIỆU MẪU: Công văn hướng dẫn mẫu, quý I; Quy chế phối hợp mẫu, quý II.",
    "training": "DỮ LIỆU MẪU: Cán bộ đầu mối của các đơn vị trực thuộc.",
    "projects": "DỮ LIỆU MẪU: Tập trung vào quảng bá hình ảnh và thông tin chính thức.",
    "budget": "DỮ LIỆU MẪU: Lập theo định mức mẫu.",
    "carrying_out": "DỮ LIỆU MẪU: Đơn vị đầu mối theo dõi, đôn đốc, báo cáo mỗi quý.",
}


class SampleActivity(NamedTuple):
    """What is planned: title, part, category, first and last day in the year, million đồng, and the rest."""

    title: str
    group: str
    category: str
    first: tuple[int, int]
    last: tuple[int, int]
    budget: str
    rest: dict[str, Any]


ACTIVITIES = (
    SampleActivity(
        "Lớp tập huấn mẫu về kỹ năng phát ngôn",
        "training.spokesperson",
        "official",
        (3, 16),
        (3, 18),
        "180",
        {"place": "Hà Nội", "country": "VN", "channel": "course", "audience": "officers", "languages": ["vi"]},
    ),
    SampleActivity(
        "Tuần lễ Việt Nam mẫu",
        "projects.image",
        "promotion",
        (5, 11),
        (5, 17),
        "1250.5",
        {
            "place": "Paris",
            "country": "FR",
            "channel": "event_abroad",
            "audience": "foreign_public",
            "languages": ["fr", "en"],
            "responsible": "Phòng Thông tin mẫu",
            "output": "Một triển lãm, ba buổi chiếu phim, mười tin bài trên báo chí sở tại",
        },
    ),
    SampleActivity(
        "Chuyên trang tiếng Anh mẫu về chính sách mới",
        "projects.policy",
        "official",
        (1, 5),
        (12, 20),
        "320",
        {"channel": "portal", "audience": "business", "languages": ["en"], "output": "Hai mươi bài mỗi quý"},
    ),
    SampleActivity(
        "Họp báo mẫu công bố kết quả sáu tháng",
        "projects.results",
        "official",
        (7, 9),
        (7, 9),
        "45",
        {"place": "Hà Nội", "country": "VN", "channel": "press_conference", "audience": "foreign_press"},
    ),
    SampleActivity(
        "Tài liệu mẫu giải thích chính sách biển, đảo",
        "projects.sovereignty",
        "clarification",
        (9, 1),
        (10, 30),
        "96",
        {"channel": "publication", "audience": "partners", "languages": ["en", "zh"]},
    ),
)


class SamplePlan(NamedTuple):
    """Who writes, who approves, for which office, how far it goes, and who answers it how."""

    drafter: str
    approver: str
    office: str
    year: int
    state: str
    verdict: str = ""


def begin_planning(actor: Actor) -> None:
    """The template, and the sample office to which plans are sent."""
    from nhipcau.network.domain.roles import grant_held_role
    from nhipcau.network.models import HeldRole, Organisation, RoleInNetwork
    from nhipcau.programme.domain.plan_templates import load_plan_template

    load_plan_template(actor=actor)
    role = RoleInNetwork.COORDINATING_MINISTRY
    if not HeldRole.objects.filter(role=role, organisation__sample=True).exists():
        office = Organisation.objects.get(slug=COORDINATING)
        grant_held_role(actor=actor, role=role, organisation=office, valid_from=date(2025, 3, 1), source="invented")


def write_plans(people: dict[str, Person]) -> None:
    """Write the plans as their people would, each step under the rights of whoever takes it; once only."""
    from nhipcau.access import system
    from nhipcau.programme.models import Plan

    with system("demo"):
        if Plan.objects.filter(sample=True).exists():
            return
    year = timezone.localdate().year
    for row in (
        SamplePlan("soan-thao", "lanh-dao", "sample-ministry-a", year, "issued", "accepted"),
        SamplePlan("soan-thao", "lanh-dao", "sample-ministry-a", year + 1, "issued", "received"),
        SamplePlan("tinh-mau", "tinh-duyet", "sample-province-01", year + 1, "in_review"),
        SamplePlan("co-quan-dai-dien", "dai-su", "sample-mission-01", year + 1, "draft"),
    ):
        plan = _write(row, people[row.drafter])
        if row.state == "issued":
            _issue(plan, people[row.approver])
            _answer(plan, people["dieu-phoi"], row.verdict)
        if row.verdict == "accepted":
            _amend(plan, people[row.drafter])


def _write(row: SamplePlan, drafter: Person) -> Plan:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.network.models import Organisation
    from nhipcau.programme.domain.plan_activities import add_activity, write_activity
    from nhipcau.programme.domain.plan_contents import PlanHead, edit_plan, write_part
    from nhipcau.programme.domain.plan_making import Copied, draft_plan
    from nhipcau.programme.domain.plan_steps import submit_plan
    from nhipcau.programme.models import OPEN_STATES, PlanActivity, PlanPart, PlanRecipient, TaskInstance
    from nhipcau.programme.queries.plans import last_plan

    with opened(access_for(drafter)):
        office = Organisation.objects.get(slug=row.office)
        before = last_plan(office)
        copied = Copied(plan=before) if before else None
        plan = draft_plan(actor=drafter, organisation=office, year_from=row.year, copied=copied)
        to = [each.organisation for each in PlanRecipient.objects.filter(plan=plan).select_related("organisation")]
        head = PlanHead(title=f"{plan.title} (mẫu)", symbol="KH-MAU", place="Hà Nội", archive_line="VT", recipients=to)
        plan = edit_plan(actor=drafter, plan=plan, head=head, version=plan.version)
        if copied is None:
            for part in PlanPart.objects.filter(plan=plan):
                write_part(actor=drafter, part=part, text=_TEXTS.get(part.key, ""), version=part.version)
            for activity in ACTIVITIES if row.state != "draft" else ACTIVITIES[:2]:
                add_activity(actor=drafter, plan=plan, values=_values(activity, row.year))
        task = TaskInstance.objects.filter(organisation=office, state__in=OPEN_STATES).first()
        first = PlanActivity.objects.filter(plan=plan).order_by("position").first()
        if task is not None and first is not None:
            write_activity(actor=drafter, activity=first, values={"task": task.pk}, version=first.version)
        return plan if row.state == "draft" else submit_plan(actor=drafter, plan=plan)


def _values(activity: SampleActivity, year: int) -> dict[str, Any]:
    days = [date(year, *day).isoformat() for day in (activity.first, activity.last)]
    given = {"title": activity.title, "group": activity.group, "category": activity.category}
    money = {"budget": activity.budget, "budget_source": "central"}
    return {**given, "begins_on": days[0], "ends_on": days[1], **money, **activity.rest}


def _issue(plan: Plan, approver: Person) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.programme.domain.plan_steps import approve_plan, issue_plan

    with opened(access_for(approver)):
        issue_plan(actor=approver, plan=approve_plan(actor=approver, plan=plan), post="Thủ trưởng cơ quan mẫu")


def _amend(plan: Plan, drafter: Person) -> None:
    """An amendment on its way: one activity costs more, and the last one is left out."""
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.programme.domain.plan_activities import remove_activity, write_activity
    from nhipcau.programme.domain.plan_making import amend_plan
    from nhipcau.programme.domain.plan_steps import submit_plan
    from nhipcau.programme.models import Plan, PlanActivity

    with opened(access_for(drafter)):
        reason = "DỮ LIỆU MẪU: điều chỉnh kinh phí được giao."
        made = amend_plan(actor=drafter, plan=Plan.objects.get(pk=plan.pk), reason=reason)
        first, *_between, last = PlanActivity.objects.filter(plan=made).order_by("position")
        write_activity(actor=drafter, activity=first, values={"budget": "210"}, version=first.version)
        remove_activity(actor=drafter, activity=last)
        submit_plan(actor=drafter, plan=made)


def _answer(plan: Plan, coordinator: Person, verdict: str) -> None:
    from nhipcau.access import opened
    from nhipcau.accounts.queries import access_for
    from nhipcau.programme.domain.plan_verdicts import accept_plan, receive_plan
    from nhipcau.programme.models import PlanRecipient

    with opened(access_for(coordinator)):
        receipt = PlanRecipient.objects.get(plan_id=plan.pk, organisation__slug=COORDINATING)
        (accept_plan if verdict == "accepted" else receive_plan)(actor=coordinator, receipt=receipt)
