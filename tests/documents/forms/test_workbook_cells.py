"""One cell as its field wants it."""

from datetime import date, datetime, time

import pytest

from nhipcau.documents.forms import Choice
from nhipcau.documents.forms.workbook.cells import Taken, Wanted, take, typed_day
from nhipcau.documents.sheets import Cell

WHOLE, MONEY = Wanted(holds="whole", unit="lớp"), Wanted(holds="money", unit="triệu đồng")
COUNTRIES = Wanted(
    holds="choice",
    choices=(Choice(key="la", label="Lào"), Choice(key="lao", label="Lao"), Choice(key="vn", label="Việt Nam")),
)


def cell(value, **more):
    return Cell(row=1, column=1, value=value, **more)


def outcome(taken: Taken):
    return taken.text, str(taken.wrong or ""), taken.options


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"), (12.0, "12"), ("12", "12"), (" 1.234 ", "1234"), ("1,234", "1234"), ("1 234", "1234"),
        ("12 lớp", "12"), ("12,0", "12"), ("１２", "12"), (0, "0"), ("1'234'567", "1234567"),
    ],
)  # fmt: skip
def test_count_is_taken(value, text):
    assert outcome(take(cell(value), WHOLE)) == (text, "", ())


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (2.5, "This is not a whole number."), ("1,5", "This is not a whole number."),
        (-1, "A number below zero cannot be reported here."), ("-1", "A number below zero cannot be reported here."),
        (True, "This is not a number."), ("khoảng 12", "This is not a whole number."),
        ("12 người", "This is not a whole number."), ("12 tỷ", "This is not a whole number."),
        (10**15, "This number is longer than anybody counts."), (1e300, "This number is longer than anybody counts."),
        (date(2026, 5, 1), "Excel holds a day here: format the cell as a number and enter the number again."),
        ("--1", "This is not a whole number."), ("", ""), ("   ", ""),
    ],
)  # fmt: skip
def test_what_is_no_count_says_why(value, says):
    assert outcome(take(cell(value), WHOLE)) == ("", says, ())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234.5, "1234.5"),
        (0.1, "0.1"),
        ("1.234,5", "1234.5"),
        ("1,234.5", "1234.5"),
        ("0,125", "0.125"),
        ("12,5", "12.5"),
    ],
)
def test_amount_is_taken(value, text):
    assert outcome(take(cell(value), MONEY)) == (text, "", ())


def test_number_that_can_mean_two_is_asked():
    taken = take(cell("1.234"), MONEY)

    assert (taken.text, taken.options) == ("", ("1234", "1.234"))


def test_result_of_a_formula_is_taken_and_rounded_and_said():
    taken = take(cell(0.1 + 0.2, formula=True), MONEY)
    rounded = take(cell(1 / 3, formula=True), MONEY)

    assert (taken.text, [str(each) for each in taken.told]) == ("0.3", ["The result of the formula was taken."])
    assert rounded.text == "0.3333"
    assert outcome(take(cell(1 / 3), MONEY))[1] == "This number has more than 4 decimal places."


def test_percentage_is_taken_where_percent_is_asked_and_else_asked():
    share = Wanted(holds="decimal", unit="%")

    assert take(cell(0.125, code="0.0%"), share).text == "12.5"
    assert take(cell("12,5%"), share).text == "12.5"
    assert take(cell(0.25, code="0%"), MONEY).options == ("25", "0.25")


@pytest.mark.parametrize(
    "text",
    ["22/11/2026", "22-11-2026", "22.11.2026", "2026-11-22", "22/11/26", "2026/11/22", "ngày 22 tháng 11 năm 2026",
     "22 Nov 2026", "22 November 2026", "11/22/2026", " 22 / 11 / 2026 "],
)  # fmt: skip
def test_day_is_read_in_the_ways_in_which_offices_write_it(text):
    assert typed_day(text) == date(2026, 11, 22)


@pytest.mark.parametrize("text", ["31/02/2026", "11/2026", "22/11", "quý IV", "", "13/13/2026", "1/1/1"])
def test_what_is_no_day_is_none(text):
    assert typed_day(text) is None


def test_days_of_excel_are_days():
    wanted = Wanted(holds="date")

    assert take(cell(datetime.combine(date(2026, 11, 22), time(9, 30))), wanted).text == "2026-11-22"
    assert take(cell(46348), wanted).text == "2026-11-22"
    assert take(cell(5), wanted).wrong is not None
    assert take(cell(datetime.combine(date(9999, 1, 1), time())), wanted).wrong is not None


def test_choice_is_known_with_or_without_marks_and_never_guessed():
    assert take(cell("lào"), COUNTRIES).text == "la"
    assert take(cell(" viet nam "), COUNTRIES).text == "vn"
    assert take(cell("Láo"), COUNTRIES).wrong is not None


def test_text_of_a_legacy_font_is_converted_by_font_or_by_its_words():
    text = Wanted(holds="text")

    assert take(cell("Lµo", font=".VnTime"), text).text == "Lào"
    assert take(cell("bé v¨n ho¸", font=".VnTimeH"), text).text == "BỘ VĂN HOÁ"
    assert take(cell("Lµo"), text).text == "Lµo"
    assert take(cell("Lµo"), text, "tcvn3").text == "Lào"
    assert take(cell("Hà Nội", font=".VnTime"), text).text == "Hà Nội"


def test_text_is_kept_apart_from_blanks_around_it_and_not_over_its_length():
    assert take(cell("  a\r\nb \n"), Wanted(holds="text")).text == "a\nb"
    assert take(cell("a" * 11), Wanted(holds="text", most=10)).wrong is not None
    assert take(cell(12.5), Wanted(holds="text")).text == "12.5"


@pytest.mark.parametrize("value", ["x", "X", "✓", "Có", "không có", True, 1])
def test_mark_is_set(value):
    assert take(cell(value), Wanted(holds="mark")).text == "1"


@pytest.mark.parametrize("value", ["chưa", 7, "0"])
def test_what_is_no_mark_says_so(value):
    assert take(cell(value), Wanted(holds="mark")).wrong is not None
