import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.text import format_number, read_number


@pytest.mark.parametrize(
    ("typed", "lang", "read"),
    [
        ("1.234,5", "vi", "1234.5"),
        ("1,234.5", "vi", "1234.5"),
        ("1,234.5", "en", "1234.5"),
        ("1.234", "vi", "1234"),
        ("1.234", "en", "1.234"),
        ("1,234", "vi", "1.234"),
        ("1,234", "en", "1234"),
        ("1.234.567", "en", "1234567"),
        ("12.5", "vi", "12.5"),
        ("12,50", "vi", "12.5"),
        (" 1 234 ", "vi", "1234"),
        ("007", "vi", "7"),
        ("-3", "vi", "-3"),
        ("0", "vi", "0"),
        ("khoảng 5", "vi", "khoảng 5"),
        ("1.23.4", "vi", "1.23.4"),
        ("", "vi", ""),
    ],
)
def test_number_is_read_as_it_was_meant(typed, lang, read):
    assert read_number(typed, lang) == read


@given(st.decimals(min_value=0, max_value=10**12, places=2), st.sampled_from(["vi", "en"]))
def test_number_reads_back_as_it_is_printed(value, lang):
    read = read_number(format_number(value, lang), lang)
    assert type(value)(read) == value
