from datetime import date, timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.audit.models import Entry
from nhipcau.network.models import Succession
from nhipcau.programme.domain.giving import Gift, Renewed, give_task, renew_instances
from nhipcau.programme.domain.instances import say_how_it_stands
from nhipcau.programme.domain.tasks import end_task
from nhipcau.programme.models import InstanceState, Task, TaskInstance
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Notice
from tests.support.people import ACTOR, make_office, make_person
from tests.support.programme import make_task

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

PROVINCES = "peoples_committee"
YESTERDAY = timezone.localdate() - timedelta(days=1)


def states(task):
    """Name of the office -> state, as the system sees them."""
    with access.system("test"):
        rows = TaskInstance.objects.filter(task=task).select_related("organisation")
        return {row.organisation.name_vi: row.state for row in rows}


@pytest.fixture
def task(ministry):
    with access.system("test"):
        return make_task(ministry, due_on=date(2099, 11, 30))


@pytest.fixture
def offices(province):
    """Three provinces, of which one is real, and an embassy."""
    with access.system("test"):
        return [
            province,
            make_office("Tỉnh Mẫu Hai", kind=PROVINCES),
            make_office("Tỉnh Thật", kind=PROVINCES, sample=False),
            make_office("Sứ quán Mẫu", kind="embassy"),
        ]


def give(coordinator, task, as_person, **gift):
    with as_person(coordinator):
        return give_task(actor=coordinator, task=Task.objects.get(pk=task.pk), gift=Gift(**gift))


def end_office(office, *, heir=None):
    """The office ends yesterday; where there is an heir, it takes over today."""
    with access.system("test"):
        type(office).objects.filter(pk=office.pk).update(valid_to=YESTERDAY)
        if heir is not None:
            Succession.objects.create(
                predecessor=office, successor=heir, kind="merge", day=timezone.localdate(), confidence="high"
            )


def test_every_office_of_the_class_gets_an_instance_and_is_told(task, offices, coordinator, officer, as_person):
    done = give(coordinator, task, as_person, kinds={PROVINCES: None})

    assert done == Renewed(given=2)
    assert states(task) == {"Tỉnh Mẫu": "given", "Tỉnh Mẫu Hai": "given"}
    with access.system("test"):
        row = TaskInstance.objects.get(organisation=offices[0])
        assert (row.kind, row.due_on, row.given_on) == (PROVINCES, date(2099, 11, 30), timezone.localdate())
        assert Task.objects.get(pk=task.pk).state == "given"
        assert [notice.person for notice in Notice.objects.filter(kind="programme.tasks.given")] == [officer]
        assert Entry.objects.filter(verb="programme.give_task").count() == 1


def test_offices_by_name_are_added_and_left_out(task, offices, coordinator, as_person):
    embassy = offices[3]
    day = date(2099, 6, 1)

    give(
        coordinator, task, as_person, kinds={PROVINCES: day}, plus={embassy.pk: None}, minus=frozenset({offices[1].pk})
    )

    assert states(task) == {"Tỉnh Mẫu": "given", "Sứ quán Mẫu": "given"}
    with access.system("test"):
        rows = {row.organisation_id: row for row in TaskInstance.objects.all()}
        assert (rows[offices[0].pk].due_on, rows[embassy.pk].due_on) == (day, date(2099, 11, 30))
        assert rows[embassy.pk].kind == ""


def test_given_again_it_is_theirs_to_whom_it_is_given_now(task, offices, coordinator, officer, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    with as_person(officer):
        row = TaskInstance.objects.get()
        say_how_it_stands(actor=officer, instance=row, word="done", note="Kế hoạch số 12.")

    again = give(coordinator, task, as_person, kinds={"embassy": None})

    assert again == Renewed(given=1, not_needed=1)
    assert states(task) == {"Tỉnh Mẫu": "done", "Tỉnh Mẫu Hai": "not_needed", "Sứ quán Mẫu": "given"}
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    assert states(task) == {"Tỉnh Mẫu": "done", "Tỉnh Mẫu Hai": "given", "Sứ quán Mẫu": "not_needed"}


def test_only_a_coordinator_of_the_giver_gives_and_to_offices_of_the_same_nation(
    task, offices, coordinator, officer, as_person
):
    with as_person(officer), pytest.raises(PermissionDeniedError):
        give_task(actor=officer, task=task, gift=Gift(kinds={PROVINCES: None}))
    with pytest.raises(IncompleteError, match="Tỉnh Thật"):
        give(coordinator, task, as_person, plus={offices[2].pk: None})
    with pytest.raises(IncompleteError, match="nhóm cơ quan"):
        give(coordinator, task, as_person)
    assert states(task) == {}


def test_office_that_merges_hands_its_task_over_and_its_history_stays_readable(
    task, offices, coordinator, officer, as_person
):
    give(coordinator, task, as_person, kinds={PROVINCES: None}, minus=frozenset({offices[1].pk}))
    old, heir = offices[0], offices[1]
    end_office(old, heir=heir)

    with access.system("test"):
        assert renew_instances(actor=ACTOR) == Renewed(given=1, handed_over=1)
        assert renew_instances(actor=ACTOR) == Renewed()
    assert states(task) == {"Tỉnh Mẫu": "handed_over", "Tỉnh Mẫu Hai": "given"}
    with access.system("test"):
        row = TaskInstance.objects.get(organisation=old)
        assert (row.successor.organisation, row.ended_on) == (heir, YESTERDAY)
        reader = make_person(office=heir, roles=["viewer"])
    with as_person(reader):
        assert TaskInstance.objects.filter(pk=row.pk).exists()


def test_who_takes_over_from_a_successor_reads_what_came_before_it(task, offices, coordinator, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    with access.system("test"):
        last = make_office("Tỉnh Sau Cùng", kind=PROVINCES)
    end_office(offices[0], heir=offices[1])
    with access.system("test"):
        renew_instances(actor=ACTOR)
    end_office(offices[1], heir=last)
    with access.system("test"):
        renew_instances(actor=ACTOR)
        reader = make_person(office=last, roles=["viewer"])
    with as_person(reader):
        assert {row.organisation.name_vi for row in TaskInstance.objects.select_related("organisation")} == {
            "Tỉnh Mẫu",
            "Tỉnh Mẫu Hai",
            "Tỉnh Sau Cùng",
        }


def test_successor_that_had_it_already_has_it_once(task, offices, coordinator, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    end_office(offices[0], heir=offices[1])

    with access.system("test"):
        assert renew_instances(actor=ACTOR) == Renewed(handed_over=1)
        heir = TaskInstance.objects.get(organisation=offices[1])
        assert [row.organisation for row in heir.predecessors.all()] == [offices[0]]


def test_what_was_done_before_the_merger_stays_done(task, offices, coordinator, officer, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    with as_person(officer):
        row = TaskInstance.objects.get()
        say_how_it_stands(actor=officer, instance=row, word="done", note="Đã ban hành.")
    end_office(offices[0], heir=offices[1])

    with access.system("test"):
        assert renew_instances(actor=ACTOR) == Renewed()
    assert states(task) == {"Tỉnh Mẫu": "done", "Tỉnh Mẫu Hai": "given"}


def test_office_that_ends_with_nobody_after_it_needs_it_no_more_and_a_new_one_gets_it(
    task, offices, coordinator, as_person
):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    end_office(offices[0])
    with access.system("test"):
        make_office("Tỉnh Mẫu Mới", kind=PROVINCES, valid_from=timezone.localdate())
        assert renew_instances(actor=ACTOR) == Renewed(given=1, not_needed=1)

    assert states(task) == {"Tỉnh Mẫu": "not_needed", "Tỉnh Mẫu Hai": "given", "Tỉnh Mẫu Mới": "given"}


def test_task_that_has_ended_is_not_given_and_not_renewed(task, offices, coordinator, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    with as_person(coordinator):
        end_task(actor=coordinator, task=Task.objects.get(), ending="withdrawn", note="Thay bằng nhiệm vụ khác.")
    end_office(offices[0], heir=offices[1])

    with pytest.raises(WrongStateError):
        give(coordinator, task, as_person, kinds={PROVINCES: None})
    with access.system("test"):
        assert renew_instances(actor=ACTOR) == Renewed()
        assert Task.objects.get().state == "withdrawn"


def test_task_is_done_when_all_who_still_have_it_are(task, offices, coordinator, officer, as_person):
    give(coordinator, task, as_person, kinds={PROVINCES: None})
    with access.system("test"):
        other = make_person(office=offices[1], roles=["drafter"])
    for person, word in ((officer, "done"), (other, "not_needed")):
        with as_person(person):
            say_how_it_stands(actor=person, instance=TaskInstance.objects.get(), word=word, note="Như kế hoạch.")

    with access.system("test"):
        assert Task.objects.get().state == "done"
        assert {row.state for row in TaskInstance.objects.all()} == {InstanceState.DONE, InstanceState.NOT_NEEDED}
