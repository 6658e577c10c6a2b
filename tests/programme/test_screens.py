from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from nhipcau import access
from nhipcau.documents.reading import read_table
from nhipcau.programme import agencies
from nhipcau.programme.listings.directives import DIRECTIVES
from nhipcau.programme.listings.recommendations import INCOMING, OUTGOING
from nhipcau.programme.listings.schemes import SCHEMES
from nhipcau.programme.listings.tasks import MINE, OFFICES, TASKS
from nhipcau.programme.models import Clause, Directive, Part, Recommendation, Scheme, Task, TaskInstance
from tests.support.people import make_office
from tests.support.programme import (
    make_clause,
    make_directive,
    make_instance,
    make_recommendation,
    make_scheme,
    make_task,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(coordinator, signed_in_client):
    """The coordinator's."""
    return signed_in_client(coordinator)


@pytest.fixture
def office_desk(officer, signed_in_client):
    """Of a drafter of the province."""
    return signed_in_client(officer)


@pytest.fixture
def both(ministry, province):
    return ministry, province


def path(name, *args):
    return reverse(f"programme:{name}", args=args)


def rows_of(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return [cells for _number, cells in read_table(content, "x.xlsx").rows]


def one_of_each(ministry, province):
    """One row more in every list."""
    with access.system("test"):
        other = make_office()
        directive = make_directive(ministry)
        task = make_task(ministry, clause=make_clause(ministry, directive=directive))
        make_instance(province, task=task)
        make_scheme(ministry, directive=directive)
        make_recommendation(province, other, state="sent")
        make_recommendation(other, province, state="sent")


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("directives", 11),
        ("tasks", 12),
        ("task_instances", 13),
        ("schemes", 11),
        ("recommendations", 12),
        ("recommendations_outgoing", 11),
    ],
)
def test_list_asks_as_much_for_three_rows_as_for_one(name, queries, office_desk, both, django_assert_num_queries):
    ministry, province = both
    for _ in (1, 3):
        one_of_each(ministry, province)
        office_desk.get(path(name))
        with django_assert_num_queries(queries):
            assert office_desk.get(path(name)).status_code == 200
        one_of_each(ministry, province)


def test_offices_of_a_task_ask_as_much_for_three_rows_as_for_one(desk, ministry, django_assert_num_queries):
    with access.system("test"):
        task = make_task(ministry)
        make_instance(make_office(), task=task)
    for _ in (1, 3):
        desk.get(path("task_offices", task.pk))
        with django_assert_num_queries(10):
            assert desk.get(path("task_offices", task.pk)).status_code == 200
        with access.system("test"):
            make_instance(make_office(), task=task)
            make_instance(make_office(), task=task)


def test_directive_from_its_first_page_to_the_task_that_offices_have(desk, office_desk, ministry, province):
    given = {
        "organisation": ministry.pk,
        "kind": "plan",
        "number": "7/KH-M",
        "title_vi": "Kế hoạch mẫu",
        "issuer": "Bộ",
    }
    answer = desk.post(path("directive_new"), given | {"confidence": "high", "finding": "sourced"})
    with access.system("test"):
        directive = Directive.objects.get()
    assert answer.url == path("directive", directive.pk)

    said = {"kind": "task", "number": "Điều 1", "text_vi": "Xây dựng kế hoạch.", "finding": "sourced"}
    desk.post(path("clause_new", directive.pk), said)
    with access.system("test"):
        clause = Clause.objects.get()
    asked = {
        "kind": "task",
        "title_vi": "Xây dựng kế hoạch",
        "due_on": "2099-11-30",
        "lead": ["kind:peoples_committee"],
    }
    desk.post(path("task_new", clause.pk), asked)
    with access.system("test"):
        task = Task.objects.get()
    found = desk.post(path("task_give", task.pk), {"find": "1", "find_text": "tinh mau", "kind": ["ministry"]})
    assert [office.pk for office in found.context["found"]] == [province.pk]
    answer = desk.post(path("task_give", task.pk), {"kind": ["peoples_committee"]})
    assert answer.url == path("task", task.pk)

    page = desk.get(path("directive", directive.pk)).content.decode()
    assert f'id="clause-{clause.pk}"' in page
    with access.system("test"):
        instance = TaskInstance.objects.get()
    assert office_desk.get(path("task_instances")).context["page"].object_list == [instance]
    office_desk.post(path("task_say", instance.pk), {"word": "done", "note": "Đã ban hành."})
    with access.system("test"):
        assert Task.objects.get().state == "done"
    counts = desk.get(path("task", task.pk)).context["counts"]
    assert [(one.kind, one.all, one.done, one.late) for one in counts] == [("peoples_committee", 1, 1, 0)]


def test_agencies_for_which_the_form_has_no_room_stay(desk, ministry, province):
    words = ["kind:ministry", f"office:{ministry.pk}", f"office:{province.pk}", "words:một", "words:hai"]
    with access.system("test"):
        task = make_task(ministry)
        agencies.put(task, Part.LEAD, words)
    form = desk.get(path("task_edit", task.pk)).context["form"]
    data = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    data = {name: value for name, value in data.items() if value not in (None, "")}

    assert desk.post(path("task_edit", task.pk), data | {"title_vi": "Đổi tên"}).status_code == 302

    with access.system("test"):
        assert sorted(agencies.written(row) for row in task.agencies.all()) == sorted(words)
        assert Task.objects.get().title_vi == "Đổi tên"


def test_late_ones_are_found_and_counted(office_desk, ministry, province):
    yesterday = timezone.localdate() - timedelta(days=1)
    with access.system("test"):
        late = make_instance(province, giver=ministry, due_on=yesterday)
        make_instance(province, giver=ministry, due_on=yesterday, state="done")
        make_instance(province, giver=ministry, due_on=date(2099, 1, 1))

    page = office_desk.get(path("task_instances"), {"state": "late"})

    assert page.context["page"].object_list == [late]
    assert "2 nhiệm vụ phải làm, 1 quá hạn" in page.content.decode()


def test_form_that_is_refused_keeps_what_was_typed(desk, ministry):
    with access.system("test"):
        directive = make_directive(ministry)
    given = {"kind": "plan", "title_vi": "Sửa", "issuer": "Bộ", "confidence": "high", "finding": "sourced"}
    wrong = desk.post(path("directive_edit", directive.pk), given | {"version": 9})
    assert (wrong.status_code, wrong.context["form"].data["title_vi"]) == (409, "Sửa")
    ends = {"valid_from": "2026-05-01", "valid_to": "2026-01-01", "version": 1}
    assert desk.post(path("directive_edit", directive.pk), given | ends).context["form"].non_field_errors()

    done = desk.post(path("directive_edit", directive.pk), given | {"version": 1})
    assert done.url == path("directive", directive.pk)


def test_day_that_cannot_be_read_is_said_at_its_row(desk, ministry):
    with access.system("test"):
        task = make_task(ministry)

    page = desk.post(path("task_give", task.pk), {"kind": ["ministry"], "due-ministry": "bao giờ cũng được"})

    rows = {row.kind: row for row in page.context["rows"].kinds}
    assert (page.status_code, bool(rows["ministry"].error)) == (200, True)
    assert desk.post(path("task_give", task.pk), {}).context["error"]


def test_who_writes_for_no_register_is_not_offered_it(office_desk):
    assert "may_enter" in office_desk.get(path("directives")).context
    assert office_desk.get(path("directive_new")).status_code == 403
    assert office_desk.get(path("scheme_new")).status_code == 403


def test_scheme_is_written_with_its_phases_and_reviews(desk, ministry):
    given = {"kind": "scheme", "title_vi": "Đề án mẫu", "confidence": "high", "finding": "sourced"}
    desk.post(path("scheme_new"), given | {"organisation": ministry.pk})
    with access.system("test"):
        scheme = Scheme.objects.get()
    rows = {
        "phase-TOTAL_FORMS": 2,
        "phase-INITIAL_FORMS": 0,
        "phase-0-title": "Giai đoạn 1",
        "phase-0-end": "2027-01-01",
    }
    desk.post(path("scheme_edit", scheme.pk), given | rows | {"version": 1, "budget": "5.000.000.000"})
    desk.post(path("scheme_review_new", scheme.pk), {"kind": "final", "due_on": "2027-02-01"})

    page = desk.get(path("scheme", scheme.pk)).content.decode()

    assert ("Giai đoạn 1" in page, "5.000.000.000" in page, "01/02/2027" in page) == (True, True, True)


def test_recommendation_goes_there_and_back(office_desk, approver, ministry, province, signed_in_client):
    given = {"organisation": province.pk, "addressee": ministry.pk, "title": "Bổ sung kinh phí", "text": "Đề nghị."}
    office_desk.post(path("recommendation_new"), given)
    with access.system("test"):
        asked = Recommendation.objects.get()
        from tests.support.people import make_person

        leader = make_person(office=ministry, roles=["approver"])
    refused = office_desk.post(path("recommendation_send", asked.pk))
    assert refused.status_code == 403
    signed_in_client(approver).post(path("recommendation_send", asked.pk))
    theirs = signed_in_client(leader)
    assert theirs.get(path("recommendations")).context["page"].object_list == [asked]
    theirs.post(path("recommendation_answer", asked.pk), {"answer": "Đồng ý."})
    page = office_desk.get(path("recommendation", asked.pk))
    assert page.context["may"] == {
        "send": False,
        "edit": False,
        "receive": False,
        "answer": False,
        "close": True,
        "withdraw": False,
    }
    office_desk.post(path("recommendation_close", asked.pk))
    with access.system("test"):
        assert Recommendation.objects.get().state == "closed"


def test_lists_leave_as_a_sheet_with_every_column(office_desk, desk, ministry, province):
    one_of_each(ministry, province)
    with access.system("test"):
        task = Task.objects.get()
    for client, listing, address in (
        (office_desk, DIRECTIVES, path("directives")),
        (office_desk, TASKS, path("tasks")),
        (office_desk, MINE, path("task_instances")),
        (desk, OFFICES, path("task_offices", task.pk)),
        (office_desk, SCHEMES, path("schemes")),
        (office_desk, INCOMING, path("recommendations")),
        (office_desk, OUTGOING, path("recommendations_outgoing")),
    ):
        every = ",".join(column.key for column in listing.columns)
        answer = client.get(address, {"export": "xlsx", "columns": every})
        rows = rows_of(answer)
        # A line for the headings and one for the row, whose empty ends are not kept.
        assert ([len(rows[0]), len(rows)], address) == ([len(listing.columns), 2], address)
