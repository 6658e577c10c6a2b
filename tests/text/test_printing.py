from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import format_date, format_datetime, format_number


@pytest.mark.parametrize(
    ("value", "lang", "printed"),
    [
        (1234.5, "vi", "1.234,5"),
        (1234.5, "en", "1,234.5"),
        (2_900_000, "vi", "2.900.000"),
        (999, "vi", "999"),
        (3.0, "vi", "3"),
        (Decimal("3.00"), "vi", "3,00"),
        (-1234567.25, "vi-VN", "-1.234.567,25"),
        (1e21, "vi", "1.000.000.000.000.000.000.000"),
        (0, "en", "0"),
    ],
)
def test_format_number_groups_and_points_as_the_language_does(value, lang, printed):
    assert format_number(value, lang) == printed


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=3))
def test_format_number_keeps_every_digit(value):
    printed = format_number(value, "vi")

    assert Decimal(printed.replace(".", "").replace(",", ".")) == value


def test_format_date_is_day_first_in_vietnamese_and_unmistakable_in_english():
    assert format_date(date(2026, 2, 3), "vi") == "03/02/2026"
    assert format_date(date(2026, 2, 3), "en") == "3 Feb 2026"


def test_format_datetime_has_the_hour_of_24():
    moment = datetime(2026, 11, 22, 14, 5, tzinfo=UTC)

    assert format_datetime(moment, "vi") == "22/11/2026 14:05"
    assert format_datetime(moment, "en") == "22 Nov 2026 14:05"
