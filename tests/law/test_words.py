from datetime import date, datetime

import pytest
from django.utils import translation

from nhipcau.law.domain.due import ZONE, due_at
from nhipcau.law.words import how, limit, provision
from tests.law.test_due import book, rule


@pytest.fixture(autouse=True)
def in_vietnamese():
    with translation.override("vi"):
        yield


@pytest.mark.parametrize(
    ("article", "said"),
    [
        ("5.2(a)", "điểm a khoản 2 Điều 5"),
        ("5.3", "khoản 3 Điều 5"),
        ("20", "Điều 20"),
        ("7.3-7.4", "các khoản 3 đến 4 Điều 7"),
        ("transitional", "điều khoản chuyển tiếp"),
        ("Phụ lục II", "Phụ lục II"),
    ],
)
def test_provision_is_cited_as_offices_cite(article, said):
    assert provision(article) == said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "working_day"}, "trong 7 ngày làm việc"),
        ({"unit": "hour", "value": 24}, "trong 24 giờ"),
        ({"value": 10, "direction": "before"}, "trước ít nhất 10 ngày"),
        ({"unit": "month", "value": 1, "direction": "every"}, "1 tháng một lần"),
        ({"unit": "month", "value": 3, "direction": "at_least_every"}, "ít nhất 3 tháng một lần"),
        ({"unit": "year", "value": 1, "direction": "every"}, "1 năm một lần"),
        (
            {"unit": "fixed_date", "value": None, "month": 11, "day": 30, "direction": "by"},
            "chậm nhất ngày 30/11 hằng năm",
        ),
        ({"unit": "next_bulletin", "value": 1}, "trong bản tin kế tiếp"),
    ],
)
def test_limit_reads_as_a_sentence_would_say_it(changes, said):
    assert limit(rule(**changes)) == said


@pytest.mark.parametrize(
    ("changes", "trigger", "said"),
    [
        (
            {"unit": "working_day", "value": 2},
            date(2025, 4, 29),
            ["Đếm từ ngày liền sau 29/04/2025; không tính ngày phát sinh.", "Không tính 5 ngày nghỉ."],
        ),
        (
            {"value": 8},
            date(2026, 11, 21),
            [
                "Đếm từ ngày liền sau 21/11/2026; không tính ngày phát sinh.",
                "Ngày 29/11/2026 là ngày nghỉ (cuối tuần). Ngày làm việc cuối cùng trước đó là 27/11/2026.",
            ],
        ),
        (
            {"value": 8, "moves_off_days_off": True},
            date(2026, 11, 21),
            [
                "Đếm từ ngày liền sau 21/11/2026; không tính ngày phát sinh.",
                "Ngày 29/11/2026 là ngày nghỉ nên thời hạn chuyển sang ngày làm việc kế tiếp.",
            ],
        ),
        (
            {"value": 2, "counts_trigger_day": True},
            date(2026, 11, 16),
            ["Ngày 16/11/2026 được tính là ngày thứ nhất, theo quy định."],
        ),
        (
            {"unit": "hour", "value": 24},
            datetime(2026, 11, 28, 9, 30, tzinfo=ZONE),
            ["Tính từ 28/11/2026 09:30; giờ tính liên tục, kể cả ban đêm và ngày nghỉ."],
        ),
        (
            {"unit": "month", "value": 1},
            date(2026, 1, 30),
            [
                "Đếm từ ngày liền sau 30/01/2026; không tính ngày phát sinh.",
                "Lấy ngày tương ứng của tháng cuối; tháng thiếu thì lấy ngày cuối tháng.",
                "Ngày 28/02/2026 là ngày nghỉ (cuối tuần). Ngày làm việc cuối cùng trước đó là 27/02/2026.",
            ],
        ),
        (
            {"unit": "next_bulletin", "value": 1},
            date(2026, 1, 30),
            ["Chỉ cơ quan báo chí biết giờ phát bản tin kế tiếp, nên hệ thống không tính thời điểm."],
        ),
    ],
)
def test_counting_is_told_sentence_by_sentence(changes, trigger, said):
    assert how(due_at("x", trigger, book=book(rule(**changes)))) == said
