import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.queries import access_for
from nhipcau.network.domain.roles import end_held_role, grant_held_role
from nhipcau.network.models import HeldRole
from nhipcau.programme.domain import plan_making, plan_steps, plan_verdicts
from nhipcau.programme.models import Plan, PlanActivity, PlanRecipient
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Comment, Notice, on
from tests.support.people import ACTOR, make_office, make_person
from tests.support.plans import as_system, issue_amendment, make_plan

pytestmark = pytest.mark.postgres_when_long


def as_person(person):
    return access.opened(access_for(person))


def test_a_plan_is_not_submitted_while_it_lacks_something(planning):
    with access.system("test"):
        plan = make_plan(planning.office, drafter=planning.drafter, activities=[{"title": "Việc chưa đủ"}])
    with as_person(planning.drafter), pytest.raises(IncompleteError) as caught:
        plan_steps.submit_plan(actor=planning.drafter, plan=plan)
    with access.system("test"):
        assert caught.value.field == f"activity-{PlanActivity.objects.get(plan=plan).pk}"


def test_an_issued_plan_has_a_number_of_its_own_book_and_goes_to_the_coordinating_ministry(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
        assert (plan.number_and_symbol, plan.issue_register) == ("01/KH-BM", "plans")
        assert (plan.issued_on, plan.signer_id) == (timezone.localdate(), planning.approver.pk)
        assert [row.organisation for row in plan.recipients.select_related("organisation")] == [planning.ministry]
        assert Notice.objects.filter(person=planning.coordinator, kind="programme.plans.arrived").count() == 1


def test_it_goes_to_whoever_coordinates_on_the_day_of_issue(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="approved", drafter=planning.drafter, approver=planning.approver)
        heir = make_office("Bộ điều phối mới")
        held = HeldRole.objects.get(organisation=planning.ministry)
        today = timezone.localdate()
        end_held_role(actor=ACTOR, held=held, last_day=today - timezone.timedelta(days=1))
        grant_held_role(actor=ACTOR, organisation=heir, role="coordinating_ministry", valid_from=today)
    with as_person(planning.approver):
        plan_steps.issue_plan(actor=planning.approver, plan=Plan.objects.get(pk=plan.pk), post="Vụ trưởng")
    with access.system("test"):
        rows = PlanRecipient.objects.filter(plan=plan)
        assert {row.organisation_id for row in rows} == {planning.ministry.pk, heir.pk}


def test_nobody_approves_what_they_wrote(planning):
    with access.system("test"):
        both = make_person(office=planning.office, roles=["drafter", "approver"])
        plan = make_plan(planning.office, state="in_review", drafter=both)
    with as_person(both), pytest.raises(PermissionDeniedError):
        plan_steps.approve_plan(actor=both, plan=plan)


def test_what_is_sent_back_is_answered_before_it_comes_again(planning):
    drafter = planning.drafter
    with access.system("test"):
        plan = make_plan(planning.office, state="sent_back", drafter=drafter, approver=planning.approver)
    with as_person(drafter):
        with pytest.raises(IncompleteError) as caught:
            plan_steps.submit_plan(actor=drafter, plan=plan)
        asked = Comment.objects.get(**on(plan))
        add_comment(actor=drafter, target=plan, text="Đã bổ sung.", reply_to=asked)
        assert plan_steps.submit_plan(actor=drafter, plan=plan).state == "in_review"
    assert caught.value.field == "comments"


def test_the_receiver_takes_it_in_and_accepts_it_once(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
    with as_person(planning.coordinator):
        receipt = PlanRecipient.objects.get(plan_id=plan.pk)
        taken = plan_verdicts.accept_plan(actor=planning.coordinator, receipt=receipt)
        assert (taken.verdict, taken.arrival_number, taken.received_by) == ("accepted", 1, planning.coordinator)
        with pytest.raises(WrongStateError):
            plan_verdicts.return_plan(actor=planning.coordinator, receipt=receipt, reason="Thiếu.")
    with access.system("test"):
        assert Notice.objects.filter(person=planning.drafter, kind="programme.plans.answered").count() == 1


def test_what_the_receiver_sends_back_is_amended_and_the_amendment_replaces_it(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
    with as_person(planning.coordinator):
        receipt = PlanRecipient.objects.get(plan_id=plan.pk)
        plan_verdicts.return_plan(actor=planning.coordinator, receipt=receipt, reason="Tăng hoạt động ở địa bàn.")
    with access.system("test"):
        assert as_system(plan).state == "issued"
        made = issue_amendment(as_system(plan), planning.drafter, planning.approver)
        assert (as_system(plan).state, made.state, made.edition) == ("replaced", "issued", 2)
        assert made.number_and_symbol == "02/KH-BM"
        old, new = plan.activities.get(), made.activities.get()
        assert (old.line, old.title) == (new.line, "Tuần phim Việt Nam")
        assert new.title == "Tuần phim Việt Nam mở rộng"


def test_a_plan_is_amended_by_one_amendment_at_a_time(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
    with as_person(planning.drafter):
        plan_making.amend_plan(actor=planning.drafter, plan=plan, reason="Một.")
        with pytest.raises(WrongStateError):
            plan_making.amend_plan(actor=planning.drafter, plan=plan, reason="Hai.")


def test_when_an_amendment_is_recalled_what_it_replaced_stands_again(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="issued", drafter=planning.drafter, approver=planning.approver)
        made = issue_amendment(plan, planning.drafter, planning.approver)
    with as_person(planning.approver):
        plan_steps.recall_plan(actor=planning.approver, plan=made, reason="Sai.")
    with access.system("test"):
        assert (as_system(plan).state, as_system(made).state) == ("issued", "recalled")


def test_an_office_has_one_plan_for_a_year(planning):
    with access.system("test"):
        make_plan(planning.office, drafter=planning.drafter)
    with as_person(planning.drafter), pytest.raises(IncompleteError) as caught:
        plan_making.draft_plan(actor=planning.drafter, organisation=planning.office, year_from=2027)
    assert caught.value.field == "year_from"


def test_the_receiver_sees_nothing_before_it_is_issued(planning):
    with access.system("test"):
        plan = make_plan(planning.office, state="approved", drafter=planning.drafter, approver=planning.approver)
    with as_person(planning.coordinator):
        assert not Plan.objects.filter(pk=plan.pk).exists()
    with as_person(planning.approver):
        plan_steps.issue_plan(actor=planning.approver, plan=Plan.objects.get(pk=plan.pk), post="Vụ trưởng")
    with as_person(planning.coordinator):
        assert Plan.objects.filter(pk=plan.pk).exists()
