import copy
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from nhipcau import access
from nhipcau.audit.models import Entry
from nhipcau.reporting.models import NationalReport, NationalSentence, Report, Seal, Submission, Value
from tests.support.national import make_asked, make_national, make_said, make_seal
from tests.support.people import make_office, make_person, sign_in
from tests.support.reporting import make_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def national(national_made, as_system):
    return copy.deepcopy(national_made)


@pytest.fixture(scope="module")
def national_made(for_the_file):
    with access.system("test"):
        return make_national(make_asked(make_said(items="12"), make_said("Đã mở lớp.", items="20"), None))


@pytest.fixture
def coordinator(as_system, national, client):
    person = make_person(office=national.organisation, roles=["coordinator"])
    sign_in(client, person)
    return person


def page(client, name, *args, status=200, **query):
    answer = client.get(reverse(f"reporting:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, **data):
    return client.post(reverse(f"reporting:{name}", args=args), data, follow=True).content.decode()


def test_page_says_what_is_in_it_and_what_is_not(client, national, coordinator):
    said = page(client, "national", national.pk)
    assert "từ báo cáo của 2 trên 3 cơ quan" in said
    assert "3 câu" in said


def test_section_names_the_office_of_each_sentence_and_opens_its_report(client, national, coordinator):
    said = page(client, "national_section", national.pk, "one")
    with access.system("test"):
        sources = [row.sources.get() for row in NationalSentence.objects.filter(national=national)]
        for source in sources:
            assert reverse("reporting:report", args=[source.submission.report_id]) in said
            assert str(source.organisation) in said


def test_sentence_is_edited_dropped_merged_and_added_without_script(client, national, coordinator):
    with access.system("test"):
        first, second, third = (row.pk for row in NationalSentence.objects.filter(national=national).order_by("place"))
    said = post(client, "sentence_write", first, text="Câu đã sửa.", version="1")
    assert "Câu đã sửa." in said
    assert "<del>" in page(client, "national_section", national.pk, "one", show="edited")
    post(client, "sentences_act", national.pk, "one", act="merge", sentence=[first, third], text="Gộp.")
    post(client, "sentences_act", national.pk, "one", act="drop", sentence=[second])
    said = post(client, "sentences_act", national.pk, "one", act="add", item="direction", text="Nhìn chung tốt.")
    assert ("Gộp." in said, "Nhìn chung tốt." in said, "Đã phân công" in said) == (True, True, False)
    assert "Đã phân công" in page(client, "national_section", national.pk, "one", show="dropped")


def test_typed_words_are_kept_where_somebody_else_was_quicker(client, national, coordinator):
    with access.system("test"):
        row = NationalSentence.objects.filter(national=national).first()
    post(client, "sentence_write", row.pk, text="Của người kia.", version="1")
    said = post(client, "sentence_write", row.pk, text="Của tôi.", version="1")
    assert ("Của người kia." in said, "Của tôi.</textarea>" in said) == (True, True)
    assert "Của tôi." not in post(client, "sentence_forget", row.pk)


def test_figure_opens_the_values_of_the_offices(client, national, coordinator):
    said = page(client, "national_figures", national.pk)
    assert reverse("reporting:national_figure", args=[national.pk, "items"]) in said
    said = page(client, "national_figure", national.pk, "items", axis="language", choice="en")
    assert "16" in said
    with access.system("test"):
        report = Report.objects.filter(campaign=national.campaign_id, state="accepted").first()
    assert reverse("reporting:report", args=[report.pk]) in said
    page(client, "national_figure", national.pk, "nothing", status=404)


def test_what_came_in_since_is_taken_over(client, national, coordinator):
    with access.system("test"):
        report = Report.objects.get(campaign=national.campaign_id, state="open")
        make_report(report.organisation, state="submitted", campaign=national.campaign, answers=make_said("Mới."))
    assert str(report.organisation) in page(client, "national_changes", national.pk)
    post(client, "national_changes", national.pk, report=[report.pk])
    assert "Mới." in page(client, "national_section", national.pk, "one")


@pytest.mark.parametrize("form", ["docx", "pdf", "xlsx"])
def test_files_are_taken_on_record(client, national, coordinator, form):
    answer = client.get(reverse("reporting:national_file", args=[national.pk, form]))
    content = b"".join(answer.streaming_content)
    if form == "docx":
        assert "Đã mở lớp." in "\n".join(p.text for p in Document(io.BytesIO(content)).paragraphs)
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(content), data_only=True)
        assert [row[5].value for row in book.worksheets[0].iter_rows(min_row=2, max_row=2)] == [32]
    else:
        assert content.startswith(b"%PDF")
    with access.system("test"):
        assert Entry.objects.filter(verb="reporting.take_national").count() == 1


def test_submission_is_printed_with_its_letterhead(client, national, coordinator):
    with access.system("test"):
        row = Submission.objects.first()
    answer = client.get(reverse("reporting:submission_file", args=[row.pk, "docx"]))
    document = Document(io.BytesIO(b"".join(answer.streaming_content)))
    assert row.number_and_symbol in document.tables[0].rows[1].cells[0].text
    assert "Tin, bài" in [cell.text for cell in document.tables[1].columns[0].cells]


def test_recipient_reads_what_was_issued_and_takes_it_in(client, as_system):
    office = make_office()
    national = make_national(state="issued", to=[office])
    sign_in(client, make_person(office=office, roles=["focal_officer"]))
    assert "Đã mở" not in page(client, "nationals")
    assert national.number_and_symbol in page(client, "national", national.pk)
    assert "Đã ban hành kế hoạch." in page(client, "national_section", national.pk, "0")
    page(client, "national_figures", national.pk, status=404)
    assert b"".join(client.get(reverse("reporting:national_file", args=[national.pk, "pdf"]))).startswith(b"%PDF")
    post(client, "national_receive", national.pk)
    with access.system("test"):
        assert NationalReport.objects.get(pk=national.pk).recipients.get().arrival_number == 1


def test_draft_is_made_on_the_screen_and_brought_to_issue(client, as_system):
    campaign = make_asked(make_said())
    office = campaign.organisation
    sign_in(client, make_person(office=office, roles=["coordinator"]))
    said = post(client, "national_new", campaign=campaign.pk, title="Tổng hợp năm")
    assert "Tổng hợp năm" in said
    with access.system("test"):
        national = NationalReport.objects.get(title="Tổng hợp năm")
    to = make_office_as_system()
    post(
        client, "national_edit", national.pk, version="1", title="Tổng hợp", symbol="bc-bm", place="Hà Nội", to=[to.pk]
    )
    post(client, "national_submit", national.pk)
    with access.system("test"):
        approver = make_person(office=office, roles=["approver"])
    sign_in(client, approver)
    post(client, "national_approve", national.pk)
    page(client, "national_issue", national.pk)
    said = post(client, "national_issue", national.pk, post="Bộ trưởng")
    assert "01/BC-BM" in said


def make_office_as_system():
    with access.system("test"):
        return make_office()


def test_seal_is_set_verified_and_tampering_is_said(client, national, coordinator):
    campaign = national.campaign_id
    assert page(client, "campaign_seals", campaign)
    page(client, "seal_new", campaign)
    said = post(client, "seal_new", campaign, day=timezone.localdate().isoformat(), reason="Trình Chính phủ")
    assert "notice-success" in said
    with access.system("test"):
        seal = Seal.objects.get()
        Value.objects.filter(figure="items", axis="", value=12).update(value=13)
    said = page(client, "seal", seal.pk)
    assert ("notice-error" in said, "13" in said) == (True, True)
    assert b"".join(client.get(reverse("reporting:seal_file", args=[seal.pk, "xlsx"]))).startswith(b"PK")


def test_list_costs_the_same_for_one_and_three(client, as_system, django_assert_num_queries):
    office = make_office()
    campaign = make_asked(make_said(), office=office)
    person = make_person(office=office, roles=["coordinator"])
    sign_in(client, person)
    for number in (1, 3):
        while NationalReport.objects.filter(organisation=office).count() < number:
            make_national(campaign, coordinator=person)
        page(client, "nationals")
        with django_assert_num_queries(13):
            page(client, "nationals")


def test_stranger_finds_nothing(client, national, as_system):
    sign_in(client, make_person(office=make_office(), roles=["coordinator"]))
    seal = make_seal(national.campaign)
    for name, args in (("national", [national.pk]), ("national_section", [national.pk, "one"]), ("seal", [seal.pk])):
        page(client, name, *args, status=404)
