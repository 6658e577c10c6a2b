from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.moments import on_clocks_of, read_moment


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("written", "utc", "precision"),
    [
        ("2025-06-05T14:46:12+02:00", at(2025, 6, 5, 12, 46, 12), "minute"),
        ("2025-06-05T14:46:12.345678Z", at(2025, 6, 5, 14, 46, 12), "minute"),
        ("2025-06-05T14:46+0700", at(2025, 6, 5, 7, 46), "minute"),
        ("2025-06-05 14:46:12 +0700", at(2025, 6, 5, 7, 46, 12), "minute"),
        ("2025-06-05 14:46 GMT+7", at(2025, 6, 5, 7, 46), "minute"),
        ("2025-06-05 14:46 ICT", at(2025, 6, 5, 7, 46), "minute"),
        ("20250605T144612Z", at(2025, 6, 5, 14, 46, 12), "minute"),
        ("05.06.2025 14:46 CEST", at(2025, 6, 5, 12, 46), "minute"),
        ("Thu, 05 Jun 2025 12:46:12 GMT", at(2025, 6, 5, 12, 46, 12), "minute"),
        ("1749127572", at(2025, 6, 5, 12, 46, 12), "minute"),
        (1749127572000, at(2025, 6, 5, 12, 46, 12), "minute"),
        ("2025-06-05T23:46:12", at(2025, 6, 5), "day"),
        ("2025-06-05 11:46 PM", at(2025, 6, 5), "day"),
        ("2025-06-05T14:46:12 CST", at(2025, 6, 5), "day"),
        ("2025-06-05", at(2025, 6, 5), "day"),
        ("2025/6/5", at(2025, 6, 5), "day"),
        ("5.6.2025", at(2025, 6, 5), "day"),
        ("2025-06-05T00:00:00+02:00", at(2025, 6, 5), "day"),
        ("2025-06-05T00:00:00Z", at(2025, 6, 5), "day"),
    ],
)
def test_read_moment_reads_what_pages_write(written, utc, precision):
    moment = read_moment(written)

    assert (moment.utc, moment.precision) == (utc, precision)


@pytest.mark.parametrize(
    "written",
    [None, "", "yesterday", "06/05/2025", "2025-13-05", "2025-02-30", "2025-06-05T25:00Z", [], {}, "9" * 40, 1.5],
)
def test_read_moment_reads_nothing_into_what_is_no_time(written):
    assert read_moment(written) is None


@given(st.one_of(st.text(max_size=60), st.integers(), st.from_regex(r"[0-9TZ:+. /-]{1,30}", fullmatch=True)))
def test_read_moment_never_raises(written):
    moment = read_moment(written)

    assert moment is None or moment.utc.tzinfo is UTC


@given(st.datetimes(at(1990, 1, 2).replace(tzinfo=None), at(2099, 1, 1).replace(tzinfo=None)), st.integers(-720, 840))
def test_read_moment_reads_every_iso_time_exactly(wall, minutes):
    zone = timedelta(minutes=minutes)
    wall = wall.replace(microsecond=0)
    written = f"{wall.isoformat()}{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"

    moment = read_moment(written)

    if moment.precision == "minute":
        assert moment.utc == (wall - zone).replace(tzinfo=UTC)
    else:
        assert (wall.hour, wall.minute, wall.second) == (0, 0, 0)


@pytest.mark.parametrize(
    ("country", "utc"),
    [
        ("VN", at(2025, 6, 5, 7, 46)),
        ("DE", at(2025, 6, 5, 12, 46)),  # both of its zones show the same
        ("GB", at(2025, 6, 5, 13, 46)),
        ("US", None),
        ("CN", None),
        (None, None),
        ("XX", None),
    ],
)
def test_a_time_without_a_zone_is_placed_only_where_the_country_has_one_clock(country, utc):
    placed = on_clocks_of(read_moment("2025-06-05T14:46"), country)

    assert (placed.utc if placed else None) == utc


@pytest.mark.parametrize("written", ["2025-06-05T14:46+02:00", "2025-06-05"])
def test_a_time_with_a_zone_and_a_day_are_not_placed_again(written):
    assert on_clocks_of(read_moment(written), "VN") is None
