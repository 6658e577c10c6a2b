"""Periods: whole minutes in Asia/Ho_Chi_Minh, compared with one as long."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.press import periods
from nhipcau.press.periods import Period

#: 10:42 on 26 November 2026 in Viet Nam.
NOW = datetime(2026, 11, 26, 3, 42, 17, tzinfo=UTC)
MOMENTS = st.integers(600_000_000, 4_000_000_000).map(lambda at: datetime.fromtimestamp(at, UTC))


def told(period):
    return (
        f"{timezone.localtime(period.start):%d/%m/%Y %H:%M:%S}",
        f"{timezone.localtime(period.end):%d/%m/%Y %H:%M:%S}",
    )


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        (periods.today, ("26/11/2026 00:00:00", "26/11/2026 10:42:59")),
        (periods.last_week, ("20/11/2026 00:00:00", "26/11/2026 10:42:59")),
        (periods.this_month, ("01/11/2026 00:00:00", "26/11/2026 10:42:59")),
        (periods.last_month, ("01/10/2026 00:00:00", "31/10/2026 23:59:59")),
    ],
)
def test_presets_end_now_or_with_their_last_day(preset, expected):
    assert told(preset(NOW)) == expected


def test_period_before_is_cut_at_the_same_time_of_day():
    assert told(periods.last_week(NOW).before()) == ("13/11/2026 00:00:00", "19/11/2026 10:42:59")


def test_year_before_begins_on_the_same_date_and_the_29th_of_february_on_the_28th():
    assert told(periods.last_month(NOW).year_before()) == ("01/10/2025 00:00:00", "31/10/2025 23:59:59")
    leap = Period.of_days(date(2028, 2, 29), date(2028, 3, 1), NOW + timedelta(days=900))
    assert told(leap.year_before()) == ("28/02/2027 00:00:00", "01/03/2027 23:59:59")


def test_day_that_has_not_come_is_its_first_minute():
    assert told(Period.of_days(date(2026, 12, 1), date(2026, 12, 1), NOW)) == (
        "01/12/2026 00:00:00",
        "01/12/2026 00:00:59",
    )


@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=400)))
def test_period_reads_its_own_code_and_is_compared_with_one_as_long(start, length):
    period = Period.of(start, start + length)

    assert Period.read(period.code) == period
    assert period.start <= start <= start + length <= period.end
    for other in (period.before(), period.year_before()):
        assert other.end - other.start == period.end - period.start
    assert period.before().end < period.start
    assert period.before().end.time() == period.end.time()
    assert period.days[0] == period.first
    assert period.days[-1] == period.last


@pytest.mark.parametrize(
    "code",
    [
        "",
        "x",
        "20261120T0000",
        "20261120T0000-20261119T0000",
        "20261320T0000-20261320T0000",
        "99991231T0000-99991231T2359",
        "00010101T0000-20261119T0000",
    ],
)
def test_what_is_no_period_is_refused(code):
    with pytest.raises(ValueError, match="No period"):
        Period.read(code)
