from datetime import date

import pytest

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data
from nhipcau.programme.domain.tasks import TaskContent, edit_task, end_task, set_task, take_up_task
from nhipcau.programme.models import Task, TaskInstance
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WrongStateError
from tests.support.people import ACTOR, make_office
from tests.support.programme import make_clause, make_instance, make_task

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]


@pytest.fixture
def clause(ministry):
    with access.system("test"):
        return make_clause(ministry)


def test_clause_sets_a_task_with_who_leads_it(clause, ministry, coordinator, officer, as_person):
    lead = ["role:coordinating_ministry", "kind:ministry", f"office:{ministry.pk}", "words:cơ quan báo chí"]
    with as_person(officer), pytest.raises(PermissionDeniedError):
        set_task(actor=officer, clause=clause, content=TaskContent(title_vi="Xây dựng kế hoạch"))
    with as_person(coordinator):
        task = set_task(actor=coordinator, clause=clause, content=TaskContent(title_vi="Xây dựng kế hoạch", lead=lead))

        assert (task.organisation, task.state, task.sample) == (ministry, "not_given", True)
        assert [row.part for row in task.agencies.all()] == ["lead"] * 4
        content = TaskContent(title_vi="Khác", lead=["role:emperor"])
        with pytest.raises(IncompleteError, match="không có cơ quan như vậy"):
            set_task(actor=coordinator, clause=clause, content=content)
        assert Task.objects.count() == 1


def test_day_follows_from_the_law(clause, coordinator, as_person):
    with access.system("test"):
        load_legal_data(actor=ACTOR, bases=shipped.bases(), deadlines=shipped.deadlines())
    given = {"title_vi": "Báo cáo năm", "deadline_kind": "annual_report_ministry"}
    with as_person(coordinator):
        with pytest.raises(IncompleteError) as refused:
            set_task(actor=coordinator, clause=clause, content=TaskContent(**given))
        assert refused.value.field == "trigger_on"

        content = TaskContent(**given, trigger_on=date(2026, 12, 5))
        assert set_task(actor=coordinator, clause=clause, content=content).due_on == date(2027, 11, 30)
        content = TaskContent(title_vi="x", deadline_kind="none_such", trigger_on=date(2026, 12, 5))
        with pytest.raises(IncompleteError) as refused:
            set_task(actor=coordinator, clause=clause, content=content)
        assert refused.value.field == "deadline_kind"


def test_offices_that_follow_the_day_of_the_task_follow_it_still(ministry, coordinator, as_person):
    with access.system("test"):
        task = make_task(ministry, due_on=date(2026, 6, 1))
        make_instance(make_office("Theo"), task=task, due_on=date(2026, 6, 1))
        make_instance(make_office("Riêng"), task=task, due_on=date(2026, 7, 1))
    with as_person(coordinator):
        content = TaskContent(title_vi="Xây dựng kế hoạch", due_on=date(2026, 9, 1))
        edit_task(actor=coordinator, task=Task.objects.get(), content=content, version=1)
        with pytest.raises(ConflictError):
            edit_task(actor=coordinator, task=Task.objects.get(), content=content, version=1)
    with access.system("test"):
        days = {row.organisation.name_vi: row.due_on for row in TaskInstance.objects.select_related("organisation")}
    assert days == {"Theo": date(2026, 9, 1), "Riêng": date(2026, 7, 1)}


def test_task_ends_and_is_taken_up_again(ministry, coordinator, as_person):
    with access.system("test"):
        make_task(ministry)
    with as_person(coordinator):
        task = Task.objects.get()
        for note, day in ((" ", None), ("Xong.", date(2999, 1, 1))):
            with pytest.raises(IncompleteError):
                end_task(actor=coordinator, task=task, ending="done", note=note, day=day)
        ended = end_task(actor=coordinator, task=task, ending="done", note="Nghị định 148/2026/NĐ-CP.")
        assert ended.state == "done"
        with pytest.raises(WrongStateError):
            end_task(actor=coordinator, task=task, ending="done", note="Lần nữa.")
        assert take_up_task(actor=coordinator, task=task, reason="Còn thông tư.").state == "not_given"
        with pytest.raises(WrongStateError):
            take_up_task(actor=coordinator, task=task, reason="Lần nữa.")
