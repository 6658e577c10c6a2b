from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.calendars import Calendar
from nhipcau.newswire.sources.dates import parse_date

MOMENTS = st.integers(631_152_000, 2_840_140_800).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))
ZONES = st.integers(-14 * 4, 14 * 4).map(lambda quarters: timezone(timedelta(minutes=15 * quarters)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sun, 22 Nov 2026 14:05:00 +0700", "2026-11-22T07:05:00"),
        ("Sun, 22 Nov 2026 14:05:00 GMT", "2026-11-22T14:05:00"),
        ("Sun, 22 Nov 2026 14:05:00 GMT+7", "2026-11-22T07:05:00"),
        ("Sun, 22 Nov 2026 14:05:00 EST", "2026-11-22T19:05:00"),
        ("Chủ nhật, 22 Nov 2026 14:05:00 +0700", "2026-11-22T07:05:00"),
        ("22 Nov 26 14:05 UT", "2026-11-22T14:05:00"),
        ("22 November 2026", "2026-11-22T00:00:00"),
        ("22-Nov-2026 14:05:09", "2026-11-22T14:05:09"),
        ("2026-11-22T14:05:00+07:00", "2026-11-22T07:05:00"),
        ("2026-11-22T14:05:00.123456Z", "2026-11-22T14:05:00"),
        ("2026-11-22T14:05Z", "2026-11-22T14:05:00"),
        ("2026-11-22 14:05:00 +0700", "2026-11-22T07:05:00"),
        ("2026/11/22 14:05", "2026-11-22T14:05:00"),
        ("20261122T140500Z", "2026-11-22T14:05:00"),
        ("2026-11-22", "2026-11-22T00:00:00"),
        ("2026-11-22T24:00:00Z", "2026-11-23T00:00:00"),
        ("2026-12-31T23:59:60Z", "2026-12-31T23:59:59"),
        ("Sun Nov 22 14:05:00 2026", "2026-11-22T14:05:00"),
        ("Nov 22, 2026 2:05 PM", "2026-11-22T14:05:00"),
        ("November 22nd, 2026 at 12:30 am", "2026-11-22T00:30:00"),
        ("Sun, 22 Nov 2026 14:05:00 +0700 (ICT)", "2026-11-22T07:05:00"),
        ("  Sun, 22 Nov\n 2026   14:05:00 Z ", "2026-11-22T14:05:00"),
    ],
)
def test_date_in_the_forms_feeds_use_is_read(text, expected):
    assert parse_date(text) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        None,
        "yesterday",
        "10:00",
        "2 hours ago",
        "Nov 2026",
        "2026",
        "2026-11",
        "2026-02-30",
        "2026-13-01",
        "32 Nov 2026",
        "Mon, 01 Jan 0001 00:00:00 +0000",
        "1970-01-01T00:00:00Z",
        "0000-00-00",
        "22 Foo 2026",
        "22/11/2026",
        "x" * 10000,
        "2026-11-22T25:00:00Z",
        "2026-11-22T10:60:00Z",
        "2026-11-22T14:05:00+99:00",
        "9999-12-31T23:59:59-01:00",
    ],
)
def test_what_is_no_full_date_is_undated(text):
    assert parse_date(text) is None


@given(MOMENTS, ZONES)
def test_written_date_comes_back_in_utc(moment, zone):
    aware = moment.astimezone(zone)
    assert parse_date(aware.isoformat()) == moment
    assert parse_date(format_datetime(aware)) == moment
    assert parse_date(aware.isoformat()).tzinfo is UTC


@given(st.text(max_size=100))
def test_any_text_is_a_date_or_none(text):
    moment = parse_date(text)
    assert moment is None or moment.tzinfo is UTC


def test_year_of_another_calendar_is_understood_where_the_list_says_so_and_else_no_date():
    written = "Thu, 26 Nov 2569 10:30:00 +0700"
    assert parse_date(written, Calendar.BUDDHIST) == datetime(2026, 11, 26, 3, 30, tzinfo=UTC)
    assert parse_date(written) is None
    assert parse_date("1405-09-05", Calendar.PERSIAN) == datetime(2026, 11, 26, tzinfo=UTC)
    assert parse_date("1405-09-05") is None
    assert parse_date("26 พ.ย. 2569") == datetime(2026, 11, 26, tzinfo=UTC)


def test_date_after_this_century_is_none():
    assert parse_date("2100-01-01T00:00:00Z") is None
