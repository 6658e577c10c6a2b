"""The screens of the law, as a drafter and as the system owner read them."""

from datetime import date

import pytest
from django.db.models import F
from django.urls import reverse

from nhipcau.law.domain.working_days import override_working_day
from nhipcau.law.models import Deadline, LegalBasis, WorkingDayOverride
from tests.support.people import ACTOR, make_office, make_person

pytestmark = [pytest.mark.django_db, pytest.mark.postgres_when_long]
#: Queries of any page: the session, the person, roles, deputies, notices.
EVERY_PAGE = 5
#: Queries of a list beside its rows: their number, and three for the views that somebody saved of it.
EVERY_LIST = 3
STORM = {
    "day": "2026-09-08",
    "working": "off",
    "name": "Nghỉ phòng, chống bão",
    "basis": "Công điện mẫu 01",
    "source": "",
}


@pytest.fixture
def reader(as_system, signed_in_client):
    return signed_in_client(make_person(office=make_office(), roles=["drafter"]))


@pytest.fixture
def owner(as_system, signed_in_client):
    return signed_in_client(make_person(is_system_owner=True))


def shown(client, name, *args, status=200, **query):
    answer = client.get(reverse(f"law:{name}", args=args), query)
    assert answer.status_code == status
    return answer.content.decode()


def heading(page):
    return " ".join(page.partition('<h1 class="headline">')[2].partition("</h1>")[0].split())


def decide(**changes):
    given = {"day": date(2026, 11, 26), "working": False, "name": "Nghỉ bão", "basis": "Công điện mẫu"}
    return override_working_day(actor=ACTOR, **given | changes)


def test_calendar_of_a_month_answers_with_deadlines_and_working_days(law, reader):
    page = shown(reader, "calendar", year=2026, month=11)

    assert heading(page) == "Tháng 11/2026: 3 thời hạn, 20 ngày làm việc"
    assert "chậm nhất ngày 30/11 hằng năm" in page
    assert "khoản 5 Điều 10, 02/2019/TT-BTTTT" in page
    assert "Ngày Văn hóa Việt Nam" in page


def test_calendar_is_narrowed_to_a_class_of_bodies(law, reader):
    page = shown(reader, "calendar", year=2026, month=11, actor="external_press")
    assert heading(page) == "Tháng 11/2026: 1 thời hạn, 20 ngày làm việc"


def test_calendar_of_a_year_names_the_rule_of_each_half(law, reader):
    page = shown(reader, "calendar", year=2026, month=0)

    assert heading(page) == "Năm 2026: 21 thời hạn, 249 ngày làm việc"
    assert page.count("09/2017/NĐ-CP") == 6 + 2
    assert page.count("244/2026/NĐ-CP") == 6 + 2 + 1


def test_calendar_warns_of_a_deadline_on_a_day_off(law, reader):
    assert "ngày nghỉ; ngày làm việc cuối 30/01/2026" in shown(reader, "calendar", year=2026, month=1)


@pytest.mark.parametrize("query", [{"year": "x"}, {"year": 1990}, {"month": 13}, {"year": "2026", "actor": "nobody"}])
def test_calendar_leaves_out_what_cannot_be_read(law, reader, query):
    assert "notice-error" in shown(reader, "calendar", **query)


def test_calendar_asks_the_same_of_the_database_whatever_stands_in_it(law, reader, django_assert_num_queries):
    decide()
    with django_assert_num_queries(EVERY_PAGE + 2):
        shown(reader, "calendar", year=2026, month=11)
    for day in (27, 28):
        decide(day=date(2026, 11, day))
    with django_assert_num_queries(EVERY_PAGE + 2):
        shown(reader, "calendar", year=2026, month=0)


def test_calculator_shows_the_moment_the_rule_and_every_day_counted(law, reader):
    page = shown(reader, "calculator", kind="fp_visit_decide", day="2026-07-02")

    assert heading(page) == "Hạn: Thứ Hai, 13/07/2026 23:59"
    assert "khoản 3 Điều 5, 262/2026/NĐ-CP" in page
    assert "Không tính 4 ngày nghỉ." in page
    assert page.count("Cuối tuần") == 4


def test_calculator_follows_the_day_on_which_the_file_was_opened(law, reader):
    page = shown(reader, "calculator", kind="fp_visit_apply", day="20/07/2026", on="2026-06-15")
    assert heading(page) == "Hạn: Thứ Hai, 06/07/2026 23:59"
    assert "khoản 1 Điều 4, 88/2012/NĐ-CP" in page


def test_calculator_counts_hours_from_the_moment_in_hanoi(law, reader):
    page = shown(reader, "calculator", kind="first_statement", day="2026-11-28", at="21:30")
    assert heading(page) == "Hạn: Chủ nhật, 29/11/2026 21:30"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"kind": "first_statement", "day": "2026-11-28"}, "sự việc xảy ra lúc mấy giờ"),
        ({"kind": "fp_card", "day": "2026-06-30"}, "chưa có quy định nào về việc này có hiệu lực"),
        ({"kind": "publish_official_broadcast", "day": "2026-11-28"}, "Hạn: trong bản tin kế tiếp"),
        ({"kind": "no_such", "day": "2026-11-28"}, "notice-error"),
        ({"kind": "fp_card", "day": "hôm qua"}, "notice-error"),
    ],
)
def test_calculator_says_in_a_sentence_what_it_cannot_compute(law, reader, query, said):
    assert said in shown(reader, "calculator", **query)


def test_registers_show_the_law_of_the_day_asked_for(law, reader):
    assert heading(shown(reader, "deadlines", on="2026-06-15")) == "18 thời hạn có hiệu lực ngày 15/06/2026"
    assert heading(shown(reader, "deadlines", on="2026-07-02")) == "33 thời hạn có hiệu lực ngày 02/07/2026"
    assert heading(shown(reader, "deadlines", on="2026-07-02", actor="mission")) == (
        "1 thời hạn có hiệu lực ngày 02/07/2026"
    )
    assert heading(shown(reader, "bases", on="2026-06-15")) == "5 căn cứ pháp lý"
    assert heading(shown(reader, "bases")) == "8 căn cứ pháp lý"


@pytest.mark.parametrize(("name", "model"), [("deadlines", Deadline), ("bases", LegalBasis)])
def test_registers_ask_the_same_for_one_row_and_for_three(law, reader, django_assert_num_queries, name, model):
    keys = list(model.objects.values_list("pk", flat=True)[:3])
    for rows in (1, 3):
        model.objects.update(valid_to=F("valid_from"))
        model.objects.filter(pk__in=keys[:rows]).update(valid_to=None)
        with django_assert_num_queries(EVERY_PAGE + EVERY_LIST + 1):
            page = shown(reader, name, on="2027-01-01")
        assert page.count("<tr data-item") == rows


def test_pages_of_a_basis_and_of_a_deadline_lead_to_each_other(law, reader):
    rule = Deadline.objects.filter(kind="fp_visit_decide").latest("valid_from")
    page = shown(reader, "deadline", rule.pk)
    assert "20/12/2012–30/06/2026" in page
    assert "2 quy định về việc này qua các thời kỳ" in page
    assert reverse("law:basis", args=[rule.basis_id]) in page

    page = shown(reader, "basis", LegalBasis.objects.get(slug="decree-72-2015").pk)
    assert "Chưa đối chiếu với Nghị định 148/2026/NĐ-CP." in page
    assert "Văn bản không đặt thời hạn nào" in page
    assert heading(page) == "72/2015/NĐ-CP: có hiệu lực từ 22/10/2015"


def test_system_owner_enters_a_decision_and_takes_it_back(law, owner):
    answer = owner.post(reverse("law:working_days"), STORM)
    assert (answer.status_code, answer["Location"]) == (302, "/ngay-lam-viec/?year=2026")
    decision = WorkingDayOverride.objects.get()
    assert (decision.day, decision.working, decision.name) == (date(2026, 9, 8), False, "Nghỉ phòng, chống bão")
    assert "Nghỉ phòng, chống bão" in shown(owner, "working_days", year=2026)
    assert "Nghỉ phòng, chống bão" in shown(owner, "calendar", year=2026, month=9)

    owner.post(reverse("law:working_days"), {"withdraw": decision.pk})
    assert WorkingDayOverride.objects.count() == 0


@pytest.mark.parametrize(
    ("field", "value"), [("day", "31/02/2026"), ("day", "1990-01-01"), ("name", ""), ("working", "x")]
)
def test_decision_that_cannot_be_read_is_explained_at_its_field(law, owner, field, value):
    answer = owner.post(reverse("law:working_days"), STORM | {field: value})
    assert answer.status_code == 422
    assert f'href="#id_{field}"' in answer.content.decode()
    assert WorkingDayOverride.objects.count() == 0


def test_who_is_not_the_system_owner_reads_decisions_only(law, reader):
    decision = decide()
    page = shown(reader, "working_days", year=2026)
    assert "Nghỉ bão" in page
    assert 'method="post" novalidate' not in page
    assert reader.post(reverse("law:working_days"), STORM).status_code == 403
    assert reader.post(reverse("law:working_days"), {"withdraw": decision.pk}).status_code == 403
    assert WorkingDayOverride.objects.count() == 1


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, ""])
def test_taking_back_what_is_not_there_is_not_found(law, owner, key):
    assert owner.post(reverse("law:working_days"), {"withdraw": key}).status_code == 404


def test_decisions_ask_the_same_for_one_row_and_for_three(law, reader, django_assert_num_queries):
    for number in (1, 3):
        for day in range(number):
            decide(day=date(2026, 11, 10 + day))
        with django_assert_num_queries(EVERY_PAGE + 1):
            assert shown(reader, "working_days", year=2026).count("data-item") == number
