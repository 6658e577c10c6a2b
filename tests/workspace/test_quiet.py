from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.workspace.quiet import Clock

ZONES = ["Asia/Ho_Chi_Minh", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Santiago", "UTC"]
times = st.times(time(0), time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
moments = st.integers(0, 4 * 366 * 24 * 60).map(lambda at: datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=at))
clocks = st.builds(
    lambda zone, daily, start, end: Clock(zone=ZoneInfo(zone), daily_at=daily, quiet_from=start, quiet_to=end),
    st.sampled_from(ZONES),
    times,
    times,
    times,
)


@given(clocks, moments)
def test_mail_goes_at_the_first_minute_that_is_not_quiet(clock, moment):
    found = clock.at_once(moment)
    assert not clock.is_quiet(found)
    waited = int((found - moment) / timedelta(minutes=1))
    assert all(clock.is_quiet(moment + timedelta(minutes=minute)) for minute in range(0, waited, 7))
    assert not waited or clock.is_quiet(found - timedelta(minutes=1))


@given(clocks, moments)
def test_daily_mail_goes_after_the_moment_and_within_two_days_never_in_quiet_hours(clock, moment):
    found = clock.daily(moment)
    assert moment < found <= moment + timedelta(days=3)
    assert not clock.is_quiet(found)


def clock_of(zone, quiet_from=time(22), quiet_to=time(6), daily_at=time(7)):
    return Clock(zone=ZoneInfo(zone), daily_at=daily_at, quiet_from=quiet_from, quiet_to=quiet_to)


@pytest.mark.parametrize(
    ("zone", "moment", "goes"),
    [
        # The night in which New York goes to summer time is an hour shorter, the one in which it goes back longer.
        ("America/New_York", "2026-03-08T04:00", "2026-03-08T10:00"),
        ("America/New_York", "2026-11-01T04:00", "2026-11-01T11:00"),
        ("Asia/Ho_Chi_Minh", "2026-11-22T16:00", "2026-11-22T23:00"),
        ("Australia/Lord_Howe", "2026-04-04T12:00", "2026-04-04T19:30"),
        ("Asia/Ho_Chi_Minh", "2026-11-22T05:00", "2026-11-22T05:00"),
    ],
)
def test_quiet_hours_end_by_the_clock_on_the_wall(zone, moment, goes):
    at = clock_of(zone).at_once(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    assert at == datetime.fromisoformat(goes).replace(tzinfo=UTC)


def test_end_that_the_clock_jumps_over_is_the_moment_of_the_jump():
    clock = clock_of("America/New_York", quiet_to=time(2, 30))
    assert clock.at_once(datetime(2026, 3, 8, 5, tzinfo=UTC)) == datetime(2026, 3, 8, 7, tzinfo=UTC)


def test_end_that_the_clock_shows_twice_counts_each_time():
    clock = clock_of("America/New_York", quiet_to=time(1, 30))
    assert clock.at_once(datetime(2026, 11, 1, 5, 10, tzinfo=UTC)) == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    # Ten past one for the second time: quiet again until half past for the second time.
    assert clock.at_once(datetime(2026, 11, 1, 6, 10, tzinfo=UTC)) == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


def test_without_quiet_hours_mail_goes_at_once():
    moment = datetime(2026, 11, 22, 18, tzinfo=UTC)
    assert Clock(zone=ZoneInfo("UTC"), daily_at=time(7)).at_once(moment) == moment
    assert clock_of("UTC", quiet_from=time(6), quiet_to=time(6)).at_once(moment) == moment
