from datetime import date, timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme import serving
from nhipcau.programme.domain.instances import doubt_word, move_due_day, say_how_it_stands
from nhipcau.programme.domain.standing import refresh_tasks, standing
from nhipcau.programme.models import InstanceState, TaskInstance
from nhipcau.programme.serving import Serving
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Comment
from tests.support.programme import make_instance

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]

DAY = date(2026, 3, 1)


def thing(*, done, on=DAY, task_id=1, organisation_id=1):
    return Serving(task_id=task_id, organisation_id=organisation_id, label="Hội nghị", url="/x/", done=done, on=on)


@pytest.fixture
def instance(province, ministry):
    with access.system("test"):
        return make_instance(province, giver=ministry)


@pytest.mark.parametrize(
    ("word", "things", "state", "day"),
    [
        ("", [], "given", None),
        ("", [False], "in_progress", None),
        ("", [True, False], "in_progress", None),
        ("", [True, True], "done", DAY),
        ("in_progress", [True], "in_progress", None),
        ("in_progress", [], "in_progress", None),
        ("not_needed", [True], "not_needed", None),
    ],
)
def test_state_follows_from_the_word_and_from_what_serves_it(word, things, state, day):
    row = TaskInstance(word=word)

    assert standing(row, [thing(done=done) for done in things]) == (state, day)


def test_what_has_ended_stays_as_it_ended():
    row = TaskInstance(state="handed_over", ended_on=DAY, word="done")

    assert standing(row, [thing(done=True)]) == (InstanceState.HANDED_OVER, None)


def test_rooms_say_what_serves_and_the_states_follow(instance, monkeypatch):
    def provider(tasks, offices):
        return [thing(done=True, task_id=instance.task_id, organisation_id=instance.organisation_id)]

    monkeypatch.setattr(serving, "_PROVIDERS", {"test.things": provider})

    refresh_tasks([instance.task_id])

    with access.system("test"):
        row = TaskInstance.objects.select_related("task").get()
        assert (row.state, row.done_on, row.task.state) == ("done", DAY, "done")


def test_two_rooms_cannot_take_one_name(monkeypatch):
    monkeypatch.setattr(serving, "_PROVIDERS", {})
    serving.register("test.things", list)

    with pytest.raises(ValueError, match=r"test\.things"):
        serving.register("test.things", dict)


def test_office_says_that_it_is_done_with_what_shows_it(instance, officer, as_person):
    with as_person(officer):
        row = TaskInstance.objects.get()
        with pytest.raises(IncompleteError, match="minh chứng"):
            say_how_it_stands(actor=officer, instance=row, word="done")
        tomorrow = timezone.localdate() + timedelta(days=1)
        with pytest.raises(IncompleteError, match="chưa đến"):
            say_how_it_stands(actor=officer, instance=row, word="done", note="Xong.", done_on=tomorrow)

        said = say_how_it_stands(actor=officer, instance=row, word="done", evidence_number="12/KH-UBND", done_on=DAY)

    assert (said.state, said.done_on, said.word_by) == ("done", DAY, officer)


def test_word_is_taken_back(instance, officer, as_person):
    with as_person(officer):
        row = TaskInstance.objects.get()
        say_how_it_stands(actor=officer, instance=row, word="not_needed", note="Không thuộc địa bàn.")

        assert say_how_it_stands(actor=officer, instance=row, word="").state == "given"


def test_giver_asks_the_office_to_go_on(instance, officer, coordinator, as_person):
    with as_person(officer):
        say_how_it_stands(actor=officer, instance=TaskInstance.objects.get(), word="done", note="Xong.")
    with as_person(coordinator):
        row = TaskInstance.objects.get()
        with pytest.raises(IncompleteError):
            doubt_word(actor=coordinator, instance=row, reason=" ")
        assert doubt_word(actor=coordinator, instance=row, reason="Chưa thấy kế hoạch.").state == "in_progress"
        with pytest.raises(WrongStateError):
            doubt_word(actor=coordinator, instance=row, reason="Lần nữa.")
    with as_person(officer):
        assert [(one.text, one.must_answer) for one in Comment.objects.all()] == [("Chưa thấy kế hoạch.", True)]


def test_another_day_for_one_office_and_nobody_else_moves_it(instance, officer, coordinator, as_person):
    with as_person(officer), pytest.raises(PermissionDeniedError):
        move_due_day(actor=officer, instance=TaskInstance.objects.get(), due_on=date(2027, 1, 1), reason="Muộn.")
    with as_person(coordinator):
        row = TaskInstance.objects.get()
        moved = move_due_day(actor=coordinator, instance=row, due_on=date(2027, 1, 1), reason="Bão lũ.")

    assert moved.due_on == date(2027, 1, 1)


def test_who_is_not_of_the_office_says_nothing_for_it(instance, coordinator, as_person):
    with as_person(coordinator), pytest.raises(PermissionDeniedError):
        say_how_it_stands(actor=coordinator, instance=TaskInstance.objects.get(), word="in_progress")


def test_handed_over_task_is_spoken_of_no_more(instance, officer, as_person):
    with access.system("test"):
        TaskInstance.objects.update(ended_on=DAY, state="handed_over")
    with as_person(officer), pytest.raises(WrongStateError):
        say_how_it_stands(actor=officer, instance=TaskInstance.objects.get(), word="in_progress")
