"""What waits on people's desks, and whom the desk reminds of it."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data
from nhipcau.reporting.due import due_reports, late_reports
from nhipcau.reporting.models import Report
from nhipcau.workspace.domain.reminders import remind
from nhipcau.workspace.models import Notice
from tests.support.people import ACTOR, make_office, make_person
from tests.support.reporting import bring, make_campaign, make_exception, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

TODAY = timezone.localdate()


@pytest.fixture
def office(as_system):
    load_legal_data(actor=ACTOR, bases=shipped.bases(), deadlines=shipped.deadlines())
    return make_office()


@pytest.fixture
def officer(office):
    return make_person(office=office, roles=["focal_officer"])


def items(person, provider=due_reports, at=None):
    with access.opened(access_for(person)) as opened:
        return [(item.title, str(item.doing), item.due, item.state) for item in provider(opened, at or timezone.now())]


def told():
    rows = Notice.objects.filter(kind__in=("workspace.due", "workspace.late"), target_type="reporting.report")
    return sorted(rows.values_list("person", "kind"))


def days(number):
    """At noon so many days from today."""
    return timezone.make_aware(datetime.combine(TODAY + timedelta(days=number), time(12)))


def test_what_an_office_owes_is_due_from_its_officers_by_the_end_of_the_day(office, officer):
    report = make_report(office)
    due = timezone.make_aware(datetime.combine(report.due_on, time.max))
    assert items(officer) == [(report.campaign.title, "Báo cáo", due, "due")]


def test_what_is_sent_back_is_to_be_mended_and_what_is_submitted_is_not_due_any_more(office, officer):
    make_report(office, state="submitted")
    assert items(officer) == []
    back = make_report(office, state="sent_back")
    assert [(doing, due, state) for _title, doing, due, state in items(officer)] == [("Sửa", None, "sent_back")]
    assert back.state == "sent_back"


def test_what_is_unlocked_is_due_by_the_end_of_the_exception(office, officer):
    given = make_exception(make_report(office, state="accepted"))
    assert [(doing, due) for _title, doing, due, _state in items(officer)] == [("Đính chính", given.until)]
    assert items(officer, at=given.until + timedelta(minutes=1)) == []


def test_an_approver_approves_what_others_wrote_and_submits_what_is_approved(office):
    approver = make_person(office=office, roles=["approver"])
    make_report(office, state="in_review")
    make_report(office, state="approved")
    assert sorted(doing for _title, doing, _due, _state in items(approver)) == ["Duyệt", "Nộp báo cáo"]


def test_a_coordinator_finds_one_item_for_all_that_came_in_to_a_campaign(as_system):
    above, offices = make_office(), [make_office() for _ in range(3)]
    coordinator = make_person(office=above, roles=["coordinator"])
    campaign = make_campaign(above, offices=offices)
    for report in Report.objects.filter(campaign=campaign)[:2]:
        bring(report, "submitted")
    assert [(title, doing) for title, doing, _due, _state in items(coordinator)] == [
        (campaign.title, "Tiếp nhận 2 báo cáo")
    ]


def test_whoever_leads_an_office_sees_what_it_owes(office):
    leader = make_person(office=office, roles=["leader"])
    make_report(office)
    assert items(leader) == []
    assert len(items(leader, late_reports)) == 1


def test_reminders_climb_from_the_officer_to_the_office_that_asked(office, officer):
    people = {role: make_person(office=office, roles=[role]) for role in ("reviewer", "approver")}
    above = make_office()
    coordinator = make_person(office=above, roles=["coordinator"])
    make_report(office, campaign=make_campaign(above, coordinator=coordinator, offices=[office], due_on=TODAY))
    for number, expected in (
        (-30, set()),
        (0, {officer, people["reviewer"]}),
        # Whoever was passed over while the worker stood still is not told afterwards.
        (30, {officer, people["reviewer"], coordinator}),
    ):
        remind(actor=ACTOR, at=days(number))
        assert {person for person, _kind in told()} == {person.pk for person in expected}
    before = told()
    remind(actor=ACTOR, at=days(30))
    assert told() == before


def test_several_reports_of_an_office_are_one_reminder(office, officer):
    for _ in range(2):
        make_report(office, due_on=TODAY)
    remind(actor=ACTOR, at=days(0))
    (notice,) = Notice.objects.filter(person=officer, kind="workspace.due", target_type="reporting.report")
    assert notice.params["what"].startswith("2 báo cáo: Báo cáo thử số")
    assert notice.url == "/bao-cao/"
