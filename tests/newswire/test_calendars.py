from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.calendars import Calendar, calendar_of, common_date, named_date, spelled_date


@pytest.mark.parametrize(
    ("persian", "common"),
    [
        ((1370, 1, 1), date(1991, 3, 21)),
        ((1375, 12, 30), date(1997, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1400, 1, 1), date(2021, 3, 21)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1405, 1, 1), date(2026, 3, 21)),
        ((1405, 9, 5), date(2026, 11, 26)),
        ((1369, 10, 11), date(1991, 1, 1)),
    ],
)
def test_persian_days_are_these_days(persian, common):
    assert common_date(*persian, Calendar.PERSIAN) == common


@given(st.dates(date(1991, 3, 21), date(2090, 1, 1)))
def test_every_day_has_one_persian_name(day):
    """Walked from the anchor by the lengths of months, so that no two days share a name."""
    year = day.year - 621 - (day < common_date(day.year - 621, 1, 1, Calendar.PERSIAN))
    first = common_date(year, 1, 1, Calendar.PERSIAN)
    passed = (day - first).days
    month, left = (passed // 31 + 1, passed % 31) if passed < 186 else ((passed - 186) // 30 + 7, (passed - 186) % 30)
    assert common_date(year, month, left + 1, Calendar.PERSIAN) == day
    assert first - timedelta(days=1) < day


@pytest.mark.parametrize("parts", [(1405, 7, 31), (1404, 12, 30), (1405, 13, 1), (1405, 0, 1), (1405, 1, 32)])
def test_day_that_no_persian_month_has_is_none(parts):
    with pytest.raises(ValueError):  # noqa: PT011 - that of a date
        common_date(*parts, Calendar.PERSIAN)


def test_buddhist_years_are_543_ahead_and_common_years_stay():
    assert common_date(2569, 11, 26, Calendar.BUDDHIST) == date(2026, 11, 26)
    assert common_date(2026, 11, 26, Calendar.BUDDHIST) == date(2026, 11, 26)
    assert common_date(2026, 11, 26, Calendar.PERSIAN) == date(2026, 11, 26)
    assert common_date(2569, 11, 26, None) == date(2569, 11, 26)


@pytest.mark.parametrize(
    ("language", "calendar"),
    [
        ("th", Calendar.BUDDHIST),
        ("TH-TH", Calendar.BUDDHIST),
        ("fa_IR", Calendar.PERSIAN),
        ("prs", Calendar.PERSIAN),
        ("en", None),
        ("", None),
        (None, None),
    ],
)
def test_language_says_which_calendar(language, calendar):
    assert calendar_of(language) is calendar


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("วันพฤหัสบดีที่ 26 พฤศจิกายน 2569 เวลา 10:30 น.", date(2026, 11, 26)),
        ("26 พฤศจิกายน พ.ศ. 2569", date(2026, 11, 26)),
        ("เผยแพร่ 26 พ.ย. 69", date(2026, 11, 26)),
        ("26 พ.ย. 2026", date(2026, 11, 26)),
        ("๒๖ พฤศจิกายน ๒๕๖๙", date(2026, 11, 26)),
        ("پنج‌شنبه ۵ آذر ۱۴۰۵ ساعت ۱۰:۳۰", date(2026, 11, 26)),
        ("5 آذر ماه 1405", date(2026, 11, 26)),
        ("۵ قوس ۱۴۰۵", date(2026, 11, 26)),
        ("31 พฤศจิกายน 2569, 1 ธันวาคม 2569", date(2026, 12, 1)),
        ("26 November 2569", None),
        ("no date", None),
        ("۵ آذر ۱۲۰۰", None),
    ],
)
def test_named_months_say_the_day(text, day):
    assert named_date(text) == day


def test_numbers_alone_are_read_day_first_where_the_year_is_buddhist():
    assert spelled_date("26/11/2569 10:30", Calendar.BUDDHIST) == date(2026, 11, 26)
    assert spelled_date("26/11/2569", None) is None
    assert spelled_date("26/11/2026", Calendar.BUDDHIST) is None
    assert spelled_date("32/11/2569", Calendar.BUDDHIST) is None


@given(st.text(), st.sampled_from([None, *Calendar]))
def test_any_text_is_read_or_none(text, calendar):
    day = spelled_date(text, calendar)
    assert day is None or 1990 <= day.year <= 2099
