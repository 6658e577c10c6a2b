"""The workbook of a report: handed out, given back, compared, taken over."""

import copy
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.documents.forms.flat import flatten
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.reporting.domain.workbooks import compare, give_workbook, take_workbook
from nhipcau.reporting.domain.writing import write_fields
from nhipcau.reporting.models import GivenWorkbook, ReportDraft
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Attachment, on
from tests.support.people import make_office, make_person
from tests.support.reporting import make_report
from tests.support.workbooks import handed_out, make_given_workbook, typed

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def desk(desk_made, as_system):
    """A report begun, and its drafter."""
    return copy.deepcopy(desk_made)


@pytest.fixture(scope="module")
def desk_made(for_the_file):
    with access.system("test"):
        office = make_office()
        return make_report(office, state="draft"), make_person(office=office, roles=["drafter"])


def stored(report):
    with access.system("test"):
        return flatten(ReportDraft.objects.get(report=report).plain)


def give(report, person, data, name="bao-cao.xlsx"):
    with access.opened(access_for(person)):
        return give_workbook(actor=person, report=report, name=name, content=data)


def comparison(given, person):
    with access.opened(access_for(person)):
        return compare(GivenWorkbook.objects.get(pk=given.pk))


def take(given, person, *, leave=(), picked=None, version=None):
    version = comparison(given, person).version if version is None else version
    with access.opened(access_for(person)):
        return take_workbook(actor=person, given=given, leave=set(leave), picked=picked or {}, version=version)


def write(report, person, **fields):
    with access.opened(access_for(person)):
        version = ReportDraft.objects.get(report=report).version
        named = {name.replace("__", "."): text for name, text in fields.items()}
        write_fields(actor=person, report=report, fields=named, version=version)


@pytest.mark.postgres_when_long
def test_what_was_typed_becomes_part_of_the_draft_and_the_rest_stays(desk):
    report, person = desk
    before = stored(report)
    data = typed(handed_out(report, person), figures__items=15, figures__items__language__vi=10)

    given = give(report, person, data)
    found = comparison(given, person)

    assert stored(report) == before
    assert [(change.key, change.before, change.after) for change in found.changes] == [
        ("figures.items", "12", "15"),
        ("figures.items.language.vi", "7", "10"),
    ]
    assert (found.questions, found.problems, found.unplaced, found.missing) == ([], [], [], [])
    take(given, person, leave={"figures.items.language.vi"})
    assert stored(report) == before | {"figures.items": "15"}
    assert Attachment.objects.filter(**on(given)).get().name == "bao-cao.xlsx"


@pytest.mark.postgres_when_long
def test_what_somebody_else_wrote_meanwhile_stays_and_a_field_of_both_is_asked(desk):
    report, person = desk
    data = typed(handed_out(report, person), figures__items=15, texts__direction="Theo bảng tính")
    write(report, person, texts__direction="Theo trình duyệt", figures__events="9")

    given = give(report, person, data)
    found = comparison(given, person)

    assert [change.key for change in found.changes] == ["figures.items"]
    assert [question.key for question in found.questions] == ["texts.direction"]
    with pytest.raises(IncompleteError):
        take(given, person)
    assert stored(report)["figures.items"] == "12"
    take(given, person, picked={"texts.direction": "mine"})
    now = stored(report)
    assert (now["texts.direction"], now["figures.items"], now["figures.events"]) == ("Theo bảng tính", "15", "9")


def test_what_changes_between_looking_and_taking_is_not_overwritten(desk):
    report, person = desk
    given = give(report, person, typed(handed_out(report, person), figures__items=15))
    seen = comparison(given, person).version
    write(report, person, figures__items="14")

    with pytest.raises(IncompleteError):
        take(given, person, version=seen)

    assert stored(report)["figures.items"] == "14"


def test_number_that_can_mean_two_is_asked_and_what_is_no_number_stays_as_it_was(desk):
    report, person = desk
    data = typed(handed_out(report, person), figures__spent="1.234", figures__items="khoảng 12")

    given = give(report, person, data)
    found = comparison(given, person)

    assert [(one.key, [words for _key, words in one.options][:2]) for one in found.questions] == [
        ("figures.spent", ["1.234", "1,234"])
    ]
    assert [(one.words, one.found) for one in found.problems] == [("Tin, bài", "khoảng 12")]
    take(given, person, picked={"figures.spent": "1"})
    assert (stored(report)["figures.spent"], stored(report)["figures.items"]) == ("1.234", "12")


@pytest.mark.postgres_when_long
def test_rows_are_added_changed_and_taken_out(desk):
    report, person = desk
    data = handed_out(report, person)
    book = openpyxl.load_workbook(io.BytesIO(data))
    (sheet,) = [each for each in book.worksheets if each.title == "Hoạt động"]
    first = next(c.row for line in sheet.iter_rows() for c in line if str(c.value).endswith(":r:activities:r1"))
    sheet.cell(first + 1, 2).value, sheet.cell(first + 1, 4).value = "Hội thảo", 30.5
    for column in range(2, 5):
        sheet.cell(first, column).value = None
    out = io.BytesIO()
    book.save(out)

    given = give(report, person, out.getvalue())
    take(given, person)

    rows = stored(report)["tables.activities.rows"].split()
    assert len(rows) == 1
    assert rows[0] != "r1"
    assert rows[0].isalnum()
    assert stored(report)[f"tables.activities.{rows[0]}.name"] == "Hội thảo"
    assert stored(report)[f"tables.activities.{rows[0]}.cost"] == "30.5"


def test_same_workbook_given_again_changes_what_was_changed_since(desk):
    report, person = desk
    data = typed(handed_out(report, person), figures__items=15)
    take(give(report, person, data), person)
    write(report, person, texts__direction="Viết tiếp trên mạng")

    again = give(report, person, typed(data, figures__items=16))
    found = comparison(again, person)

    assert [(change.key, change.before, change.after) for change in found.changes] == [("figures.items", "15", "16")]
    assert found.questions == []


def test_workbook_is_taken_once_and_only_while_the_report_is_written(desk):
    report, person = desk
    given = give(report, person, typed(handed_out(report, person), figures__items=15))
    take(given, person)
    with pytest.raises(WrongStateError):
        take(given, person, version=1)

    sent = make_report(make_office(), state="in_review")
    writer = make_person(office=sent.organisation, roles=["drafter"])
    with pytest.raises(WrongStateError):
        give(sent, writer, handed_out(sent, writer))
    assert GivenWorkbook.objects.filter(report=sent).count() == 0


def test_workbook_of_another_office_is_refused_and_nothing_is_kept(desk):
    report, person = desk
    other = make_report(make_office(), state="draft")

    with pytest.raises(FileRefusedError, match="another report"):
        give(report, person, handed_out(other))

    assert GivenWorkbook.objects.count() == 0


def test_file_that_bears_a_mark_of_secrecy_is_refused_and_nothing_is_kept(desk, signed_in_client):
    report, person = desk
    data = typed(handed_out(report, person), texts__direction="TỐI MẬT")
    url = reverse("reporting:report_workbook", args=[report.pk])

    answer = signed_in_client(person).post(url, {"file": SimpleUploadedFile("a.xlsx", data)})

    assert answer.status_code == 200
    assert "TỐI MẬT" in answer.content.decode()
    assert GivenWorkbook.objects.count() == 0


def test_people_take_it_along_give_it_back_look_and_take_it_over(desk, signed_in_client):
    report, person = desk
    client = signed_in_client(person)
    data = client.post(reverse("reporting:report_workbook_file", args=[report.pk])).content
    url = reverse("reporting:report_workbook", args=[report.pk])

    answer = client.post(url, {"file": SimpleUploadedFile("đã điền.xlsx", typed(data, figures__items=15))})
    given = GivenWorkbook.objects.get()
    assert (answer.status_code, answer.url) == (302, reverse("reporting:given_workbook", args=[given.pk]))
    page = client.get(answer.url).content.decode()
    assert "1 thay đổi" in page
    done = client.post(answer.url, {"version": "1"})
    assert (done.status_code, done.url) == (302, reverse("reporting:report_fill", args=[report.pk]))
    assert stored(report)["figures.items"] == "15"
    assert "đã được tiếp nhận" in client.get(answer.url).content.decode()


def test_workbook_is_set_aside_and_the_file_is_kept(desk, signed_in_client):
    report, person = desk
    given = make_given_workbook(report=report, person=person)
    before = stored(report)

    signed_in_client(person).post(reverse("reporting:given_workbook_aside", args=[given.pk]))

    given.refresh_from_db()
    assert (given.state, given.settled_by_id) == ("set_aside", person.pk)
    assert stored(report) == before
    assert Attachment.objects.filter(**on(given)).count() == 1


@pytest.mark.parametrize(
    "content", [b"", b"PK\x03\x04rubbish", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, b"a;b\n1;2"]
)
def test_what_is_no_workbook_is_said_with_the_sentence_that_mends_it(desk, signed_in_client, content):
    report, person = desk
    url = reverse("reporting:report_workbook", args=[report.pk])

    answer = signed_in_client(person).post(url, {"file": SimpleUploadedFile("a.xlsx", content)})

    assert (answer.status_code, GivenWorkbook.objects.count()) == (200, 0)
    assert "field-wrong" in answer.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_list_of_what_was_given_back_asks_as_often_for_three_as_for_one(
    number, *, desk, signed_in_client, django_assert_num_queries
):
    report, person = desk
    for _ in range(number):
        make_given_workbook(report=report, person=person)
    client, url = signed_in_client(person), reverse("reporting:report_workbook", args=[report.pk])
    client.get(url)

    with django_assert_num_queries(9):
        page = client.get(url).content.decode()

    assert page.count(reverse("reporting:given_workbook", args=[1])[:-2]) == number
