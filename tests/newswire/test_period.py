from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.period import VIETNAM, Period, asked_period
from tests.support.engine import make_article


def test_period_of_dates_is_whole_days_in_viet_nam():
    period = asked_period("2026-11-20", "2026-11-21")
    assert period.since == datetime(2026, 11, 19, 17, 0, tzinfo=UTC)
    assert period.until == datetime(2026, 11, 21, 16, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-11-20T08:00", datetime(2026, 11, 20, 1, 0, tzinfo=UTC)),
        ("2026-11-20T08:00:00Z", datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
        ("2026-11-20T08:00+02:00", datetime(2026, 11, 20, 6, 0, tzinfo=UTC)),
        (date(2026, 11, 20), datetime(2026, 11, 19, 17, 0, tzinfo=UTC)),
        (datetime(2026, 11, 20, 8, 0, tzinfo=UTC), datetime(2026, 11, 20, 8, 0, tzinfo=UTC)),
    ],
)
def test_period_reads_times_with_and_without_zone(given, moment):
    assert asked_period(given, None).since == moment


@pytest.mark.parametrize("given", ["", "22/11/2026", "2026-13-01", "yesterday", "2026-11-20T25:00", "0001-01-01"])
def test_period_refuses_what_is_no_date(given):
    with pytest.raises(RunError, match="is no date"):
        asked_period(given, None)


def test_period_refuses_an_end_before_the_beginning():
    with pytest.raises(RunError, match="ends"):
        asked_period("2026-11-21", "2026-11-20")


def test_period_holds_its_first_and_last_moment():
    period = asked_period("2026-11-20", "2026-11-20")
    first = datetime(2026, 11, 20, tzinfo=VIETNAM)
    inside = [first, first + timedelta(hours=23, minutes=59)]
    outside = [first - timedelta(seconds=1), first + timedelta(days=1)]
    assert [period.holds(make_article(published_at=moment)) for moment in inside] == [True, True]
    assert [period.holds(make_article(published_at=moment)) for moment in outside] == [False, False]


def test_period_says_nothing_of_undated_articles_only_where_one_was_asked():
    undated = make_article(published_at=None)
    assert asked_period("2026-11-20", None).holds(undated) is None
    assert Period().holds(undated) is True


def test_article_dated_by_its_day_is_inside_where_part_of_the_day_is():
    day = make_article(published_at=datetime(2026, 11, 20, tzinfo=UTC), published_precision="day")
    assert asked_period("2026-11-20T23:30", None).holds(day) is True
    assert asked_period(None, "2026-11-20T00:10").holds(day) is True
    assert asked_period("2026-11-21", None).holds(day) is False
    assert asked_period(None, "2026-11-19").holds(day) is False


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)), st.dates(date(1990, 1, 2), date(2099, 12, 30)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_every_moment_is_before_in_or_after_a_day(moment, day):
    article = make_article(published_at=moment.replace(tzinfo=UTC))
    yesterday, tomorrow = day - timedelta(days=1), day + timedelta(days=1)
    held = [
        asked_period(None, yesterday).holds(article),
        asked_period(day, day).holds(article),
        asked_period(tomorrow, None).holds(article),
    ]
    assert held.count(True) == 1
