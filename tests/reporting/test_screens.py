"""The screens of campaigns and reports, as their people use them."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau import access
from nhipcau.law import shipped
from nhipcau.law.domain.loading import load_legal_data
from nhipcau.reporting.models import Campaign, Report, ReportDraft, Submission
from nhipcau.workspace.models import Comment, Notice
from tests.support.people import ACTOR, make_office, make_person
from tests.support.reporting import bring, make_campaign, make_form, make_report

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]

KIND = "border_command"


@pytest.fixture
def above(db):
    with access.system("test"):
        return make_office("Bộ Mẫu hỏi")


@pytest.fixture
def coordinator(above):
    with access.system("test"):
        return make_person(office=above, roles=["coordinator"], language="en")


def made(office=None, above=None, state="open", **fields):
    with access.system("test"):
        office = office or make_office()
        campaign = make_campaign(above, offices=[office], **fields)
        return make_report(office, campaign=campaign, state=state)


def heading(page):
    return re.sub(r"<[^>]+>", "", re.search(r"<h1[^>]*>(.*?)</h1>", page, re.DOTALL).group(1)).strip()


def test_a_campaign_is_begun_with_the_days_of_the_year_and_the_day_of_the_law(above, coordinator, signed_in_client):
    with access.system("test"):
        load_legal_data(actor=ACTOR, bases=shipped.bases(), deadlines=shipped.deadlines())
        make_form(above)
        make_office(kind=KIND)
    client = signed_in_client(coordinator)
    page = client.get("/dot-bao-cao/moi/?period=year-2026").text
    found = dict(re.findall(r'name="(begin|end|figures_as_of|due_on)"[^>]*value="([^"]*)"', page))
    found |= {
        name: value for value, name in re.findall(r'value="([^"]*)"[^>]*name="(begin|end|figures_as_of|due_on)"', page)
    }
    assert found == {
        "begin": "2025-12-15",
        "end": "2026-12-14",
        "figures_as_of": "2026-11-15",
        "due_on": "2026-11-30",
    }


def posted(form, **fields):
    given = {
        "organisation": form.form.organisation_id,
        "title": "Báo cáo năm 2026",
        "period_kind": "year",
        "begin": "2025-12-15",
        "end": "2026-12-14",
        "figures_as_of": "2026-11-15",
        "estimate": "none",
        "form_version": form.pk,
        "due_on": "2026-11-30",
        "class": [KIND],
    }
    return given | fields


def test_a_campaign_is_previewed_saved_and_opened(above, coordinator, signed_in_client):
    with access.system("test"):
        form, command, plus = make_form(above), make_office("Chỉ huy Mẫu", kind=KIND), make_office("Sở Mẫu thêm")
        minus = make_office("Chỉ huy Mẫu bớt", kind=KIND)
    client = signed_in_client(coordinator)
    chosen = {"to": [plus.pk, minus.pk], f"reports-{minus.pk}": "0"}
    page = client.post("/dot-bao-cao/moi/", posted(form, preview="1", **chosen)).text
    assert "2 reports would be owed." in page
    answer = client.post("/dot-bao-cao/moi/", posted(form, **chosen))
    with access.system("test"):
        campaign = Campaign.objects.get()
    assert answer["Location"] == f"/dot-bao-cao/{campaign.pk}/"
    page = client.get(f"/dot-bao-cao/{campaign.pk}/mo/").text
    assert "Chỉ huy Mẫu" in page
    client.post(f"/dot-bao-cao/{campaign.pk}/mo/")
    with access.system("test"):
        assert set(Report.objects.values_list("organisation", flat=True)) == {command.pk, plus.pk}
    assert heading(client.get(f"/dot-bao-cao/{campaign.pk}/").text) == "2 reports owed, none overdue"


def test_a_day_that_is_none_is_said_at_its_office_and_nothing_is_lost(above, coordinator, signed_in_client):
    with access.system("test"):
        form, plus = make_form(above), make_office("Sở Mẫu thêm")
    page = (
        signed_in_client(coordinator)
        .post("/dot-bao-cao/moi/", posted(form, to=[plus.pk], **{f"due-office-{plus.pk}": "30/02/2026"}))
        .text
    )
    assert 'value="30/02/2026"' in page
    assert "errorlist" in page


def test_who_edited_a_campaign_first_is_not_written_over(above, coordinator, signed_in_client):
    with access.system("test"):
        form = make_form(above)
        campaign = make_campaign(above, state="draft", coordinator=coordinator, form=form)
    client, url = signed_in_client(coordinator), f"/dot-bao-cao/{campaign.pk}/sua/"
    assert client.post(url, posted(form, title="Một", version="1")).status_code == 302
    page = client.post(url, posted(form, title="Hai", version="1"))
    assert "Somebody else saved this campaign meanwhile" in page.text
    assert 'value="Hai"' in page.text
    with access.system("test"):
        assert Campaign.objects.get().title == "Một"


def test_the_page_of_a_campaign_says_who_is_missing_and_each_number_opens_its_list(
    above, coordinator, signed_in_client
):
    yesterday = timezone.localdate() - timedelta(days=2)
    with access.system("test"):
        late, came = make_office("Sở Mẫu chậm", kind=KIND), make_office("Sở Mẫu đúng", kind=KIND)
        campaign = make_campaign(above, classes={KIND: None}, due_on=yesterday)
        bring(Report.objects.get(organisation=came), "submitted")
    client = signed_in_client(coordinator)
    page = client.get(f"/dot-bao-cao/{campaign.pk}/").text
    assert heading(page) == "2 reports owed, 1 overdue"
    assert "Sở Mẫu chậm" in page
    link = re.search(rf'href="(/dot-bao-cao/{campaign.pk}/bao-cao/\?kind={KIND}&amp;standing=overdue)">1</a>', page)
    listed = client.get(link.group(1).replace("&amp;", "&")).text
    assert "Sở Mẫu chậm" in listed
    assert "Sở Mẫu đúng" not in listed
    assert late.pk != came.pk


def test_offices_chosen_in_the_list_are_reminded_once_a_day(above, coordinator, signed_in_client):
    report = made(above=above)
    with access.system("test"):
        officer = make_person(office=report.organisation, roles=["focal_officer"])
    client, url = signed_in_client(coordinator), f"/dot-bao-cao/{report.campaign_id}/bao-cao/"
    for _ in range(2):
        client.post(url, {"bulk": "remind", "rows": str(report.pk)})
    with access.system("test"):
        told = Notice.objects.filter(kind="reporting.urged").values_list("person", flat=True)
        assert list(told) == [officer.pk]


def test_a_report_is_sent_back_with_a_line_at_its_place(above, coordinator, signed_in_client):
    report = made(above=above, state="submitted")
    client = signed_in_client(coordinator)
    page = client.get(f"/bao-cao/{report.pk}/tra-lai/").text
    assert "Tin, bài" in page
    answer = client.post(f"/bao-cao/{report.pk}/tra-lai/", {"reason": "", "figures.items": "Thiếu nguồn."})
    assert answer.status_code == 302
    with access.system("test"):
        assert Comment.objects.get().place == "figures.items"
        assert Report.objects.get(pk=report.pk).state == "sent_back"


def test_an_approver_approves_and_submits_on_one_screen(above, signed_in_client):
    report = made(above=above, state="in_review")
    with access.system("test"):
        approver = make_person(office=report.organisation, roles=["approver"], language="en")
    client = signed_in_client(approver)
    assert "Approve and submit" in client.get(f"/bao-cao/{report.pk}/").text
    answer = client.post(f"/bao-cao/{report.pk}/duyet/", {"post": "Giám đốc"}, follow=True)
    assert "Issued as 01/BC-BM." in answer.text
    with access.system("test"):
        assert Report.objects.get(pk=report.pk).state == "submitted"


def test_what_cannot_be_submitted_is_not_approved_either(above, signed_in_client):
    report = made(above=above, state="in_review")
    with access.system("test"):
        ReportDraft.objects.filter(report=report).update(symbol="")
        approver = make_person(office=report.organisation, roles=["approver"], language="en")
    answer = signed_in_client(approver).post(f"/bao-cao/{report.pk}/duyet/", {"post": "Giám đốc"})
    assert "It cannot be issued without a symbol." in answer.text
    with access.system("test"):
        assert ReportDraft.objects.get(report=report).office_state == "in_review"


def test_whoever_approves_reads_that_they_will_have_signed_it(above, signed_in_client):
    report = made(above=above, state="in_review")
    with access.system("test"):
        approver = make_person("Lê Thị Ký", office=report.organisation, roles=["approver"], language="en")
    client = signed_in_client(approver)
    page = client.get(f"/bao-cao/{report.pk}/duyet/").text
    assert "<dt>Signer</dt><dd>Lê Thị Ký</dd>" in page
    # Nothing is approved yet: this screen alone does not offer to do both.
    assert "Approve and submit" not in client.get(f"/bao-cao/{report.pk}/nop/").text


def test_a_submitted_report_is_read_with_dates_and_numbers_as_people_write_them_and_taken_along(
    above, coordinator, signed_in_client
):
    report = made(above=above, state="submitted")
    with access.system("test"):
        key = Submission.objects.get(report=report).pk
    page = signed_in_client(coordinator).get(f"/bao-cao/{report.pk}/").text
    for name, cell in (("Ngày", "19 May 2026"), ("Kinh phí", "120.5")):
        assert re.search(rf'<td[^>]* data-label="{name}"[^>]*>{re.escape(cell)}</td>', page), name
    assert [form for form in ("docx", "pdf", "xlsx") if f'href="/ban-nop/{key}/{form}/"' in page] == [
        "docx",
        "pdf",
        "xlsx",
    ]


def test_a_report_that_is_being_written_is_no_file_yet(above, signed_in_client):
    report = made(above=above, state="draft")
    with access.system("test"):
        writer = make_person(office=report.organisation, roles=["drafter"], language="en")
    page = signed_in_client(writer).get(f"/bao-cao/{report.pk}/").text
    assert ("19 May 2026" in page, "/ban-nop/" in page) == (True, False)


def test_what_an_old_unit_had_begun_is_read_by_its_successor_and_not_above(above, coordinator, signed_in_client):
    report = made(above=above, state="draft")
    with access.system("test"):
        heir = make_report(campaign=report.campaign)
        Report.objects.filter(pk=report.pk).update(state="handed_over", handed_over_to=heir)
        reader = make_person(office=heir.organisation, roles=["drafter"], language="en")
    page = signed_in_client(reader).get(f"/bao-cao/{report.pk}/").text
    assert "What was written until it was handed over" in page
    assert "Đã ban hành kế hoạch" in page
    assert "Đã ban hành kế hoạch" not in signed_in_client(coordinator).get(f"/bao-cao/{report.pk}/").text


def test_an_accepted_report_is_unlocked_and_locked_again(above, coordinator, signed_in_client):
    report = made(above=above, state="accepted")
    client = signed_in_client(coordinator)
    until = timezone.localdate() + timedelta(days=2)
    client.post(f"/bao-cao/{report.pk}/mo-khoa/", {"reason": "Sai số liệu.", "until": until.isoformat()})
    page = client.get(f"/bao-cao/{report.pk}/").text
    assert "Unlocked until" in page
    client.post(f"/bao-cao/{report.pk}/khoa/")
    assert "Unlocked until" not in client.get(f"/bao-cao/{report.pk}/").text


def test_what_an_office_writes_is_not_shown_above_before_it_is_submitted(above, coordinator, signed_in_client):
    report = made(above=above, state="approved")
    page = signed_in_client(coordinator).get(f"/bao-cao/{report.pk}/").text
    assert "Nothing was submitted yet" in page
    assert "BC-BM" not in page
    assert "Inside the office" not in page


def test_the_list_of_an_office_says_what_is_due(signed_in_client):
    today = timezone.localdate()
    with access.system("test"):
        office = make_office()
        writer = make_person(office=office, roles=["drafter"], language="en")
        for days in (-3, 2, 40):
            make_report(office, due_on=today + timedelta(days=days))
        make_report(office, state="sent_back")
        make_report()
    page = signed_in_client(writer).get("/bao-cao/").text
    assert heading(page) == "1 report overdue, 1 report due, 1 sent back"
    assert page.count("data-item") == 4


@pytest.mark.parametrize(("zone", "word"), [("Asia/Ho_Chi_Minh", "Overdue"), ("America/Los_Angeles", "Due")])
def test_the_day_ends_where_the_office_is(zone, word, *, above, coordinator, signed_in_client, monkeypatch):
    yesterday = timezone.localdate() - timedelta(days=1)
    report = made(above=above, due_on=yesterday)
    with access.system("test"):
        type(report.organisation).objects.filter(pk=report.organisation_id).update(time_zone=zone)
    # Just past midnight in Ha Noi: it is still yesterday on the other side of the ocean.
    midnight = timezone.make_aware(
        timezone.datetime.combine(yesterday + timedelta(days=1), timezone.datetime.min.time())
    )
    monkeypatch.setattr(timezone, "now", lambda: midnight + timedelta(minutes=5))
    page = signed_in_client(coordinator).get(f"/bao-cao/{report.pk}/").text
    assert f"{word}<svg" in page


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_as_often_for_three_rows_as_for_one(
    number, above, coordinator, signed_in_client, django_assert_num_queries
):
    with access.system("test"):
        offices = [make_office() for _ in range(number)]
        campaign = make_campaign(above, offices=offices)
        for _ in range(number - 1):
            make_campaign(above, coordinator=coordinator)
        writer = make_person(office=offices[0], roles=["drafter"])
        for _ in range(number - 1):
            make_report(offices[0])
    client, other = signed_in_client(coordinator), signed_in_client(writer)
    for one, url, queries in (
        (client, "/dot-bao-cao/", 14),
        (client, f"/dot-bao-cao/{campaign.pk}/bao-cao/", 14),
        (client, f"/dot-bao-cao/{campaign.pk}/", 17),
        (other, "/bao-cao/", 12),
    ):
        one.get(url)
        with django_assert_num_queries(queries):
            assert one.get(url).status_code == 200
