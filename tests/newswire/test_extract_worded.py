from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.worded import days_in


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("5 June 2025", "en"), ("June 5th, 2025", "en-US"), ("Jun. 5, 2025", None), ("06/05/2025", "en-US"),
        ("05/06/2025", "en-GB"), ("ngày 5 tháng 6 năm 2025", "vi"),
        ("5/6/2025, 14:00", "vi"), ("5 tháng 6, 2025", "vi"),
        ("2025年6月5日", "zh"), ("2025년 6월 5일", "ko"), ("2025. június 5.", "hu"), ("2025 m. birželio 5 d.", "lt"),
        ("5. juni 2025", "da"), ("5 de junio de 2025", "es"), ("5 июня 2025 года", "ru"), ("5 czerwca 2025", "pl"),
        ("05.06.2025", "de"), ("5 जून 2025", "hi"), ("٥ يونيو ٢٠٢٥", "ar"), ("5 Haziran 2025 Perşembe", "tr"),
        ("1er mai et 5 juin 2025", "fr"), ("5η Ιουνίου 2025", "el"), ("5. 6. 2025", "cs"), ("5 juny de 2025", "ca"),
        ("5 ივნისი 2025", "ka"), ("5 JUNE 2025", "vi"), ("2025-06-05", "sv"), ("05.06.25 | 14:07 Uhr", "de"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_page_s_language(text, language):
    assert list(days_in(text, language)) == [(date(2025, 6, 5), False)]


def test_a_number_that_no_month_has_says_which_is_the_day():
    assert list(days_in("04/21/2022", "en")) == list(days_in("21/04/2022", "en")) == [(date(2022, 4, 21), False)]


@pytest.mark.parametrize(
    "text",
    [
        "5.6.25",
        "10.30.25",
        "at 12.10.25.1",
        "",
        "5 June",
        "06/05/2025",
        "31 June 2025",
        "5 June 1789",
        "192.168.1.2025",
        "1/2/2025/3",
        "v. 1.2.2025.4",
    ],
)
def test_nothing_is_read_into_what_is_no_day_or_two(text):
    assert list(days_in(text, "en")) == []


@pytest.mark.parametrize(
    "text",
    ["Updated: 5 June 2025", "Aktualisiert am 5. Juni 2025", "Cập nhật lúc 14:00, 5/6/2025", "更新 2025年6月5日"],
)
def test_a_change_s_day_is_told_apart(text):
    language = {"A": "de", "C": "vi", "更": "ja"}.get(text[0], "en")

    assert list(days_in(text, language)) == [(date(2025, 6, 5), True)]


@given(st.text(max_size=60), st.text(max_size=8))
def test_any_text_in_any_language_is_survived(text, language):
    assert all(day.year >= 1990 for day, _changed in days_in(text, language))
