from datetime import date

from nhipcau.network.moments import Moments

DAYS = [date(2020, 1, 1), date(2025, 3, 1), date(2025, 7, 1)]


def test_day_between_two_changes_stands_between_them():
    moments = Moments(DAYS, date(2025, 6, 30))
    assert (moments.before, moments.after) == (DAYS[1], DAYS[2])
    assert (moments.stops[moments.place], moments.place, moments.last) == (date(2025, 6, 30), 2, 3)


def test_day_of_a_change_is_a_stop_once():
    moments = Moments(DAYS, DAYS[1])
    assert (moments.before, moments.after, moments.place, moments.stops) == (DAYS[0], DAYS[2], 1, DAYS)


def test_before_the_first_and_after_the_last_there_is_nothing():
    assert (Moments(DAYS, date(2019, 1, 1)).before, Moments(DAYS, date(2019, 1, 1)).place) == (None, 0)
    assert (Moments(DAYS, date(2026, 1, 1)).after, Moments(DAYS, date(2026, 1, 1)).place) == (None, 3)
    assert Moments([], DAYS[0]).stops == [DAYS[0]]
