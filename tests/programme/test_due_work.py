from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.programme.models import Task, TaskInstance
from nhipcau.workspace.domain.reminders import remind
from nhipcau.workspace.due import due_from, late_in_offices
from nhipcau.workspace.models import Notice
from tests.support.people import ACTOR, make_person
from tests.support.programme import make_instance, make_recommendation

pytestmark = pytest.mark.django_db

YESTERDAY = timezone.localdate() - timedelta(days=1)


def names(items):
    """Of tasks and recommendations; an office has plans to write besides."""
    ours = [item for item in items if item.url.startswith(("/nhiem-vu-don-vi/", "/kien-nghi/"))]
    return [(item.title, str(item.doing), item.state) for item in ours]


def test_task_is_due_from_who_writes_for_the_office_until_it_is_done(
    province, ministry, officer, coordinator, as_person
):
    with access.system("test"):
        row = make_instance(province, giver=ministry, due_on=YESTERDAY)
        leader = make_person(office=province, roles=["leader"])
    with as_person(officer) as opened:
        assert names(due_from(opened)) == [("Xây dựng kế hoạch", "Báo tình hình", "late")]
    with as_person(leader) as opened:
        assert names(late_in_offices(opened)) == [("Xây dựng kế hoạch", "Báo tình hình", "late")]
    with as_person(coordinator) as opened:
        assert names(due_from(opened)) == []
    for change in ({"state": "done"}, {"state": "given"}):
        with access.system("test"):
            TaskInstance.objects.filter(pk=row.pk).update(**change)
        with as_person(officer) as opened:
            assert len(names(due_from(opened))) == (change["state"] == "given")
    with access.system("test"):
        Task.objects.update(ending="withdrawn")
    with as_person(officer) as opened:
        assert names(due_from(opened)) == []


def test_recommendation_waits_for_each_in_turn(province, ministry, officer, approver, as_person):
    with access.system("test"):
        leader = make_person(office=ministry, roles=["approver"])
        make_recommendation(province, ministry, title="Bản thảo", drafter=officer)
        make_recommendation(province, ministry, title="Đã gửi", state="sent", due_on=YESTERDAY)
        make_recommendation(province, ministry, title="Đã trả lời", state="answered")
        make_recommendation(province, ministry, title="Đã xong", state="closed")
    with as_person(approver) as opened:
        assert names(due_from(opened)) == [("Bản thảo", "Gửi", "draft")]
    with as_person(leader) as opened:
        assert names(due_from(opened)) == [("Đã gửi", "Trả lời", "late")]
        assert names(late_in_offices(opened)) == [("Đã gửi", "Trả lời", "late")]
    with as_person(officer) as opened:
        assert names(due_from(opened)) == [("Đã trả lời", "Xem trả lời", "answered")]


def test_people_are_reminded_of_late_tasks_and_recommendations(province, ministry, officer):
    with access.system("test"):
        make_instance(province, giver=ministry, due_on=YESTERDAY)
        make_recommendation(ministry, province, state="sent", due_on=YESTERDAY)
        remind(actor=ACTOR, at=timezone.now())
        told = Notice.objects.filter(person=officer, kind="workspace.late").values_list("target_type", flat=True)
        assert set(told) == {"programme.taskinstance", "programme.recommendation"}
