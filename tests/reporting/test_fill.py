from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nhipcau import access
from nhipcau.documents.forms.flat import flatten
from nhipcau.reporting.domain.writing import DRAFT
from nhipcau.reporting.models import ReportDraft
from nhipcau.workspace.models import Comment, UnsavedText, on
from tests.support.people import make_office, make_person
from tests.support.reporting import make_campaign, make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(as_system):
    office = make_office()
    return office, make_person(office=office, roles=["drafter"])


def url(report, view="report_fill"):
    return reverse(f"reporting:{view}", args=[report.pk])


def stored(report):
    with access.system("test"):
        return flatten(ReportDraft.objects.get(report=report).plain)


def test_page_asks_everything_in_the_order_of_the_form(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    page = signed_in_client(person).get(url(report)).content.decode()
    places = [page.index(text) for text in ('id="one"', 'id="two"', 'name="figures.items"', 'id="files.papers"')]
    assert places == sorted(places)
    assert "còn thiếu" in page


def test_part_that_is_sent_is_saved_with_numbers_as_people_type_them(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    data = {
        "section": "two",
        "version": "0",
        "figures.items": "1.234",
        "figures.spent": "1.500,5",
        "tables.activities.rows": ["a1"],
        "tables.activities.a1.cost": "2,5",
    }
    answer = signed_in_client(person).post(url(report), data)
    assert (answer.status_code, answer.url) == (302, f"{url(report)}#two")
    assert stored(report) == {
        "figures.items": "1234",
        "figures.spent": "1500.5",
        "tables.activities.rows": "a1",
        "tables.activities.a1.cost": "2.5",
    }


def test_rows_are_added_and_taken_out_with_what_they_hold(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    client = signed_in_client(person)
    client.post(url(report), {"section": "two", "version": "0", "add_row": "activities"})
    (row,) = stored(report)["tables.activities.rows"].split()
    data = {
        "section": "two",
        "version": "1",
        "tables.activities.rows": [row],
        f"tables.activities.{row}.name": "Hội thảo",
    }
    client.post(url(report), data)
    assert stored(report)[f"tables.activities.{row}.name"] == "Hội thảo"
    client.post(url(report), data | {"version": "2", "drop_row": f"activities.{row}"})
    assert stored(report) == {}


def test_saving_says_quietly_when_and_what_is_missing(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    data = {"section": "two", "version": "0", "figures.items": "3", "figures.items.language.vi": "1"}
    answer = signed_in_client(person).post(url(report), data, headers={"HX-Request": "true"}).content.decode()
    assert "Đã lưu" in answer
    assert 'id="version-two" value="1" hx-swap-oob="true"' in answer
    assert "“Tin, bài” theo Ngôn ngữ cộng lại là 1, khác tổng số 3." in answer


def test_two_texts_for_one_field_are_both_shown_until_one_is_chosen(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    first = signed_in_client(make_person(office=office, roles=["drafter"]))
    first.post(url(report), {"section": "one", "version": "0", "texts.direction": "Của họ"})
    mine = signed_in_client(person)
    data = {"section": "one", "version": "0", "texts.direction": "Của tôi"}
    answer = mine.post(url(report), data, headers={"HX-Request": "true"}).content.decode()
    assert answer.index("Của họ") < answer.index("Của tôi")
    assert stored(report)["texts.direction"] == "Của họ"
    assert "Của tôi" in mine.get(url(report)).content.decode()
    mine.post(url(report), {"section": "one", "version": "1", "use": "texts.direction"})
    assert stored(report)["texts.direction"] == "Của tôi"
    assert "Của họ" not in mine.get(url(report)).content.decode()


def test_a_choice_that_cannot_be_saved_drops_neither_text(desk, signed_in_client, monkeypatch):
    office, person = desk
    report = make_report(office)
    theirs, ours = ("3", "Của họ"), ("5", "Của tôi")
    for who, (number, comment) in ((make_person(office=office, roles=["drafter"]), theirs), (person, ours)):
        fields = {"figures.items": number, "figures.items.comment": comment}
        signed_in_client(who).post(url(report), {"section": "two", "version": "0", **fields})
    monkeypatch.setattr("nhipcau.reporting.domain.reports.MOST_CHARS", 1)

    signed_in_client(person).post(url(report), {"section": "two", "version": "1", "use": "figures.items"})

    with access.system("test"):
        kept = UnsavedText.objects.get(person=person, object_type=DRAFT)
    assert kept.values == {"figures.items": ["5"], "figures.items.comment": ["Của tôi"]}
    assert stored(report)["figures.items"] == "3"


def test_files_hang_under_their_item(desk, signed_in_client):
    office, person = desk
    report = make_report(office)
    client = signed_in_client(person)
    file = SimpleUploadedFile("van-ban.txt", "Văn bản".encode())
    client.post(url(report, "report_file"), {"item": "papers", "file": file})
    key = stored(report)["files.papers"]
    assert "van-ban.txt" in client.get(url(report)).content.decode()
    client.post(url(report, "report_file"), {"item": "papers", "remove": key})
    assert "files.papers" not in stored(report)


def test_report_that_is_not_being_written_says_so(desk, signed_in_client):
    office, person = desk
    report = make_report(office, state="submitted")
    answer = signed_in_client(person).get(url(report))
    assert answer.status_code == 409
    assert "không ở bước soạn thảo" in answer.content.decode()


def test_line_comment_stands_at_its_field_and_is_answered_there(desk, signed_in_client):
    office, person = desk
    report = make_report(office, state="sent_back")
    client = signed_in_client(person)
    page = client.get(url(report)).content.decode()
    assert page.index('id="figures.items"') < page.index("Thiếu nguồn.") < page.index('id="figures.events"')
    with access.system("test"):
        comment = Comment.objects.get(**on(report), must_answer=True)
    data = {"section": "two", "version": "1", "answer": comment.pk, f"answer.{comment.pk}": "Đã bổ sung nguồn."}
    client.post(url(report), data)
    page = client.get(url(report)).content.decode()
    assert "Đã bổ sung nguồn." in page
    assert "cần trả lời" not in page


def test_stale_text_and_unusual_figures_are_shown_while_one_writes(desk, signed_in_client):
    office, person = desk
    above = make_office()
    earlier = make_campaign(
        above, offices=[office], begin=date(2024, 12, 15), end=date(2025, 12, 14), figures_as_of=date(2025, 11, 15)
    )
    make_report(office, campaign=earlier, state="accepted")
    report = make_report(office, campaign=make_campaign(above, offices=[office]), state="draft")
    page = signed_in_client(person).get(url(report)).content.decode()
    assert "100 % giống nguyên văn kỳ trước" in page
    data = {"section": "two", "version": "1", "figures.items": "500"}
    answer = signed_in_client(person).post(url(report), data, headers={"HX-Request": "true"}).content.decode()
    assert "Cao hơn nhiều so với thường lệ của cơ quan (12)" in answer


def test_number_of_queries_does_not_grow_with_the_rows(desk, signed_in_client, django_assert_num_queries):
    office, person = desk
    client = signed_in_client(person)
    for rows in (["a"], ["a", "b", "c"]):
        report = make_report(office)
        client.post(url(report), {"section": "two", "version": "0", "tables.activities.rows": rows})
        with django_assert_num_queries(20):
            client.get(url(report))


def test_letter_goes_on_with_the_last_symbol_and_can_be_written(desk, signed_in_client):
    office, person = desk
    make_report(office, state="submitted")
    report = make_report(office)
    client = signed_in_client(person)
    assert 'name="symbol" value="BC-BM"' in client.get(url(report)).content.decode()
    client.post(url(report), {"section": "one", "version": "0", "texts.direction": "Một lời"})
    with access.system("test"):
        assert ReportDraft.objects.get(report=report).symbol == "BC-BM"
    client.post(url(report), {"symbol": "BC-MOI", "place": "Huế"})
    with access.system("test"):
        draft = ReportDraft.objects.get(report=report)
    assert (draft.symbol, draft.place, draft.plain.texts["direction"]) == ("BC-MOI", "Huế", "Một lời")
