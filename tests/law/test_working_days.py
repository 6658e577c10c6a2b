"""What is worked and what is not, by real Vietnamese calendars, and what must hold of any calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.utils import translation
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from nhipcau.law.errors import OutsideCalendarError
from nhipcau.law.working_days import WorkingDays

PLAIN = WorkingDays()
days = st.dates(date(2019, 1, 1), date(2030, 12, 31))
lengths = st.integers(1, 60)


@dataclass
class Decided:
    day: date
    working: bool
    name: str = "theo thông báo"


def off(first, last, calendar=PLAIN):
    """The days off within a period that are no weekend."""
    return [about.day for about in calendar.between(first, last) if not about.working and not about.weekend]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        pytest.param(
            date(2025, 1, 20), date(2025, 2, 7), [date(2025, 1, d) for d in (27, 28, 29, 30, 31)], id="Tết 2025"
        ),
        pytest.param(date(2026, 2, 9), date(2026, 2, 27), [date(2026, 2, d) for d in range(16, 21)], id="Tết 2026"),
        pytest.param(
            date(2025, 4, 1),
            date(2025, 5, 9),
            [date(2025, 4, 7), date(2025, 4, 30), date(2025, 5, 1), date(2025, 5, 2)],
            id="giỗ Tổ, 30/4, 1/5 năm 2025",
        ),
        pytest.param(
            date(2026, 4, 20),
            date(2026, 5, 8),
            [date(2026, 4, 27), date(2026, 4, 30), date(2026, 5, 1)],
            id="30/4 2026",
        ),
        pytest.param(date(2025, 8, 25), date(2025, 9, 5), [date(2025, 9, 1), date(2025, 9, 2)], id="2/9 2025"),
        pytest.param(
            date(2026, 8, 24), date(2026, 9, 4), [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2)], id="2/9 2026"
        ),
    ],
)
def test_days_off_are_those_of_the_calendar(first, last, expected):
    assert off(first, last) == expected


def test_weekend_day_that_makes_up_for_a_bridge_day_is_worked():
    assert PLAIN.is_working(date(2025, 4, 26))
    assert PLAIN.is_working(date(2026, 8, 22))
    assert not PLAIN.is_working(date(2026, 8, 23))


def test_make_up_day_of_another_year_is_known_in_its_own():
    # 31/12/2018 was off, and Saturday 05/01/2019 made up for it.
    assert [PLAIN.is_working(day) for day in (date(2018, 12, 31), date(2019, 1, 5))] == [False, True]


def test_holiday_is_named_in_the_readers_language():
    with translation.override("vi"):
        assert PLAIN.on(date(2026, 9, 2)).name == "Quốc khánh"
    with translation.override("en"):
        assert PLAIN.on(date(2026, 9, 2)).name == "National Day"


@given(days, lengths)
def test_working_days_never_land_on_a_day_off(day, length):
    assert PLAIN.is_working(PLAIN.shift(day, length))
    assert PLAIN.is_working(PLAIN.shift(day, -length))


@given(days, days, lengths)
def test_working_days_keep_the_order_of_days(one, other, length):
    first, last = sorted((one, other))
    assert PLAIN.shift(first, length) <= PLAIN.shift(last, length)
    assert PLAIN.shift(first, -length) <= PLAIN.shift(last, -length)


@given(days, lengths)
def test_more_working_days_end_later(day, length):
    assert PLAIN.shift(day, length) < PLAIN.shift(day, length + 1)
    assert PLAIN.shift(day, -length) > PLAIN.shift(day, -length - 1)


@given(days, lengths)
def test_before_undoes_after_from_a_working_day(day, length):
    assume(PLAIN.is_working(day))
    assert PLAIN.shift(PLAIN.shift(day, length), -length) == day
    assert PLAIN.shift(PLAIN.shift(day, -length), length) == day


@given(days, lengths)
def test_shift_counts_exactly_the_working_days_between(day, length):
    last = PLAIN.shift(day, length)
    assert sum(about.working for about in PLAIN.between(day + timedelta(days=1), last)) == length


@settings(max_examples=60)
@given(days, st.integers(1, 30), st.data())
def test_decision_flips_a_day_and_moves_what_counts_over_it(day, length, data):
    last = PLAIN.shift(day, length)
    flipped = data.draw(st.dates(day + timedelta(days=1), last))
    was = PLAIN.is_working(flipped)
    decided = WorkingDays.with_decisions([Decided(flipped, working=not was)])

    assert decided.is_working(flipped) is not was
    assert decided.on(flipped).decided
    assert decided.on(flipped).name == "theo thông báo"
    if was:
        assert decided.shift(day, length) == PLAIN.shift(last, 1)
    else:
        assert decided.shift(day, length + 1) == last


@given(days)
def test_next_and_last_working_day_are_the_nearest(day):
    after, before = PLAIN.next_working(day), PLAIN.last_working(day)
    assert before <= day <= after
    assert PLAIN.is_working(before)
    assert PLAIN.is_working(after)
    assert (before == day) == (after == day) == PLAIN.is_working(day)


@pytest.mark.parametrize("day", [date(1994, 12, 31), date(2100, 1, 1)])
def test_days_outside_the_calendar_are_refused(day):
    with pytest.raises(OutsideCalendarError):
        PLAIN.on(day)


def test_a_calendar_without_working_days_ends_instead_of_running_on():
    decided = WorkingDays.with_decisions(
        [Decided(date(2099, 12, 31) - timedelta(days=n), working=False) for n in range(60)]
    )
    with pytest.raises(OutsideCalendarError):
        decided.shift(date(2099, 12, 1), 1)
