"""Plans for tests, brought as far as a test needs them. Call these with the system's access open."""

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.network.domain.roles import grant_held_role
from nhipcau.network.models import HeldRole
from nhipcau.programme.domain import plan_activities, plan_contents, plan_making, plan_steps
from nhipcau.programme.domain.plan_templates import load_plan_template
from nhipcau.programme.models import Plan, PlanPart
from tests.support.people import ACTOR, START, make_office, make_person

STATES = ("draft", "in_review", "sent_back", "approved", "issued", "recalled", "replaced", "discarded")
ACTIVITY = {
    "title": "Tuần phim Việt Nam",
    "group": "projects.image",
    "category": "promotion",
    "begins_on": "2027-05-10",
    "ends_on": "2027-05-16",
    "budget": "250.5",
    "budget_source": "central",
    "languages": ["fr", "en"],
    "country": "FR",
    "channel": "event_abroad",
    "audience": "foreign_public",
}


def make_coordinator(name="Bộ điều phối mẫu"):
    """The sample office that coordinates the network; there is one."""
    held = HeldRole.objects.filter(role="coordinating_ministry", organisation__sample=True).first()
    if held is not None:
        return held.organisation
    office = make_office(name)
    grant_held_role(actor=ACTOR, organisation=office, role="coordinating_ministry", valid_from=START)
    return office


def make_plan(
    office,
    *,
    state="draft",
    to=None,
    drafter=None,
    approver=None,
    year=2027,
    activities=(ACTIVITY,),
    title="",
    **fields,
):
    """A plan of ``office`` in a state; drafter and approver are made where none is given.

    It goes to ``to``; else to whom the office sends plans.
    """
    load_plan_template(actor=ACTOR)
    make_coordinator()
    drafter = drafter or make_person(office=office, roles=["drafter"])
    with access.opened(access_for(drafter)):
        plan = plan_making.draft_plan(actor=drafter, organisation=office, year_from=year, **fields)
        named = plan_contents.head_of(plan)
        recipients = (
            to if to is not None else [row.organisation for row in plan.recipients.select_related("organisation")]
        )
        head = plan_contents.PlanHead(
            title=title or named["title"], symbol="KH-BM", place="Hà Nội", recipients=recipients
        )
        plan = plan_contents.edit_plan(actor=drafter, plan=plan, head=head, version=plan.version)
        for part in PlanPart.objects.filter(plan=plan, key__in=("focal", "directing")):
            plan_contents.write_part(actor=drafter, part=part, text=f"Không có ({part.key}).", version=part.version)
        for values in activities:
            plan_activities.add_activity(actor=drafter, plan=plan, values=values)
        if state == "discarded":
            return as_system(plan_steps.discard_plan(actor=drafter, plan=plan))
        if state != "draft":
            plan = plan_steps.submit_plan(actor=drafter, plan=plan)
    if state in {"draft", "in_review"}:
        return as_system(plan)
    approver = approver or make_person(office=office, roles=["approver"])
    return _further(plan, state, drafter, approver)


def _further(plan, state, drafter, approver):
    with access.opened(access_for(approver)):
        if state == "sent_back":
            return as_system(plan_steps.send_back_plan(actor=approver, plan=plan, reason="Bổ sung dự toán."))
        plan = plan_steps.approve_plan(actor=approver, plan=plan)
        if state == "approved":
            return as_system(plan)
        plan = plan_steps.issue_plan(actor=approver, plan=plan, post="Vụ trưởng")
        if state == "recalled":
            return as_system(plan_steps.recall_plan(actor=approver, plan=plan, reason="Gửi nhầm."))
    if state == "replaced":
        issue_amendment(plan, drafter, approver)
    return as_system(plan)


def issue_amendment(plan, drafter, approver, *, title="Tuần phim Việt Nam mở rộng"):
    """An amendment of an issued plan, issued; its one activity is called something else."""
    with access.opened(access_for(drafter)):
        made = plan_making.amend_plan(actor=drafter, plan=plan, reason="Tăng kinh phí.")
        row = made.activities.get()
        plan_activities.write_activity(actor=drafter, activity=row, values={"title": title}, version=row.version)
        made = plan_steps.submit_plan(actor=drafter, plan=made)
    with access.opened(access_for(approver)):
        made = plan_steps.approve_plan(actor=approver, plan=made)
        return as_system(plan_steps.issue_plan(actor=approver, plan=made, post="Vụ trưởng"))


def as_system(plan):
    """The row as whoever called reads it: a row read under another access cannot follow its relations."""
    return Plan.objects.get(pk=plan.pk)
