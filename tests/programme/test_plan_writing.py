import pytest

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.programme.domain import plan_activities as activities
from nhipcau.programme.domain.plan_contents import PlanHead, contents_of, edit_plan, head_of, write_part
from nhipcau.programme.domain.plan_making import Copied, draft_plan
from nhipcau.programme.models import Plan, PlanActivity, PlanPart
from nhipcau.programme.plan_comparing import compare_plans
from nhipcau.programme.plan_repeats import repeats_of
from nhipcau.programme.queries.plan_totals import totals_of
from nhipcau.programme.queries.plans import activities_of, parts_of_plan, recipients_by_duty
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError
from nhipcau.workspace.models import UnsavedText
from tests.support.people import START, make_office, make_person
from tests.support.plans import ACTIVITY, issue_amendment, make_coordinator, make_plan

pytestmark = pytest.mark.postgres_when_long


def as_person(person):
    return access.opened(access_for(person))


@pytest.fixture
def written(planning):
    """A draft of the office's plan with two activities, and a colleague who writes it as well."""
    with access.system("test"):
        plan = make_plan(planning.office, drafter=planning.drafter, activities=(ACTIVITY, ACTIVITY | {"title": "Hai"}))
        colleague = make_person(office=planning.office, roles=["focal_officer"])
    return plan, planning.drafter, colleague


def write(actor, row, version=1, **values):
    with as_person(actor):
        return activities.write_activity(actor=actor, activity=row, values=values, version=version)


def test_two_who_write_different_fields_of_an_activity_are_joined(written):
    plan, drafter, colleague = written
    with access.system("test"):
        row = plan.activities.first()
    write(drafter, row, title="Của tôi")
    joined = write(colleague, row, place="Của bạn")

    assert (joined.title, joined.place, joined.version) == ("Của tôi", "Của bạn", 3)


def test_two_who_write_the_same_field_are_told_and_both_texts_are_kept(written):
    plan, drafter, colleague = written
    with access.system("test"):
        row = plan.activities.first()
    write(drafter, row, title="Của tôi")
    with pytest.raises(ConflictError):
        write(colleague, row, title="Của bạn")

    with access.system("test"):
        assert PlanActivity.objects.get(pk=row.pk).title == "Của tôi"
        assert UnsavedText.objects.get(person=colleague).values["title"] == ["Của bạn"]


def test_two_who_write_a_part_or_the_head_are_told(written):
    plan, drafter, colleague = written
    with access.system("test"):
        part = PlanPart.objects.get(plan=plan, key="budget")
    with as_person(drafter):
        write_part(actor=drafter, part=part, text="Của tôi", version=1)
        head = head_of(plan)
        edit_plan(actor=drafter, plan=plan, head=PlanHead(title="Tên mới", symbol=head["symbol"]), version=plan.version)
    with as_person(colleague):
        with pytest.raises(ConflictError):
            write_part(actor=colleague, part=part, text="Của bạn", version=1)
        with pytest.raises(ConflictError):
            edit_plan(actor=colleague, plan=plan, head=PlanHead(title="Tên khác"), version=plan.version)
        assert UnsavedText.objects.filter(person=colleague).count() == 2


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("budget", "-1"),
        ("budget", "NaN"),
        ("budget", "1.2345"),
        ("budget", "chưa rõ"),
        ("begins_on", "2027-02-30"),
        ("ends_on", "2027-05-09"),
        ("country", "XX"),
        ("languages", ["tlh"]),
        ("category", "rumour"),
        ("group", "focal.nothing"),
        ("task", 987654),
        ("title", "x" * 501),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(written, field, value):
    plan, drafter, _colleague = written
    with access.system("test"):
        row = plan.activities.first()
    with pytest.raises(IncompleteError) as caught:
        write(drafter, row, **{field: value})
    assert caught.value.field == field


def test_activities_are_copied_moved_taken_out_and_put_back(written):
    plan, drafter, _colleague = written
    with as_person(drafter):
        first, second = PlanActivity.objects.filter(plan_id=plan.pk)
        copy = activities.copy_activity(actor=drafter, activity=first)
        activities.move_activity(actor=drafter, activity=second, after=None)
        order = [row.pk for row in PlanActivity.objects.filter(plan_id=plan.pk)]
        activities.remove_activity(actor=drafter, activity=first)
        left = [row.pk for row in activities_of(Plan.objects.get(pk=plan.pk))]
        activities.put_back_activity(actor=drafter, activity=first)
        back = [row.pk for row in activities_of(Plan.objects.get(pk=plan.pk))]

    assert order == [second.pk, first.pk, copy.pk]
    assert (left, back) == ([second.pk, copy.pk], order)
    assert (copy.title, copy.line == first.line) == (first.title, False)


def test_totals_add_up_by_category_and_source(written):
    plan, drafter, _colleague = written
    with as_person(drafter):
        shown = Plan.objects.select_related("template").get(pk=plan.pk)
        last = PlanActivity.objects.filter(plan_id=plan.pk).last()
        values = {"budget": "", "category": "official"}
        activities.write_activity(actor=drafter, activity=last, values=values, version=1)
        totals = totals_of(shown, activities_of(shown))

    assert (totals.number, str(totals.budget), totals.unpriced) == (2, "250.5", 1)
    assert [(each.code, each.number) for each in totals.by_category] == [("official", 1), ("promotion", 1)]
    assert [(each.code, str(each.budget)) for each in totals.by_source] == [("central", "250.5")]


def test_next_years_plan_begins_with_what_is_chosen_of_the_last_one(planning):
    with access.system("test"):
        leap = ACTIVITY | {"title": "Ngày nhuận", "begins_on": "2028-02-29", "ends_on": "2028-02-29"}
        plan = make_plan(
            planning.office,
            state="issued",
            year=2028,
            drafter=planning.drafter,
            approver=planning.approver,
            activities=(leap, ACTIVITY | {"title": "Bỏ lại", "begins_on": "2028-05-10", "ends_on": "2028-05-10"}),
        )
    with as_person(planning.drafter):
        source = Plan.objects.get(pk=plan.pk)
        chosen = [PlanActivity.objects.filter(plan_id=plan.pk).first().pk]
        copied = Copied(plan=source, activities=chosen, parts=["focal"])
        made = draft_plan(actor=planning.drafter, organisation=planning.office, year_from=2029, copied=copied)
        row = PlanActivity.objects.get(plan=made)
        before = repeats_of(made, list(parts_of_plan(made).values()), [row])
        assert (row.title, f"{row.begins_on}", row.untouched) == ("Ngày nhuận", "2029-02-28", True)
        assert (before.activities, set(before.parts)) == ({row.pk}, {"focal"})

        row = activities.write_activity(actor=planning.drafter, activity=row, values={"output": "Mới"}, version=1)
        after = repeats_of(made, [], [row])
        assert (row.untouched, after.activities) == (False, frozenset())


def test_an_amendment_is_compared_with_what_it_replaced(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
        made = issue_amendment(plan, planning.drafter, planning.approver)
        changes = compare_plans(made, contents_of(plan), contents_of(made))

    assert [(each.kind, each.title, each.places) for each in changes] == [
        ("changed", "Tuần phim Việt Nam mở rộng", (1, 1))
    ]
    assert [[(piece.kind, piece.text) for piece in pieces] for _name, pieces in changes[0].fields] == [
        [("same", "Tuần phim Việt Nam"), ("new", " mở rộng")]
    ]


def test_a_provincial_body_sends_its_plan_to_its_province_too(as_system):
    ministry = make_coordinator()
    province = make_office("Tỉnh Thử", kind="peoples_committee")
    department = make_office("Sở Thử", kind="provincial_department", parent=province)

    assert recipients_by_duty(department, START) == [ministry, province]
    assert recipients_by_duty(ministry, START) == []
