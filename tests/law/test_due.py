"""When something is due: worked examples from the decrees, and what must hold of every limit."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.law.book import LawBook
from nhipcau.law.domain.due import ZONE, add_months, due_at, period_end
from nhipcau.law.errors import MomentNeededError, NoRuleInForceError, OutsideCalendarError, UnknownDeadlineError
from nhipcau.law.models import Deadline, LegalBasis, WorkingDayOverride
from nhipcau.law.working_days import WorkingDays

both_databases = pytest.mark.both_databases
days = st.dates(date(2021, 1, 1), date(2030, 12, 31))


def rule(**changes):
    """A rule that is in no table."""
    plain = {"kind": "x", "unit": "day", "direction": "after", "value": 7, "valid_from": date(2020, 1, 1)}
    return Deadline(**plain | changes, basis=LegalBasis(number="1/2020/NĐ-CP"))


def book(*rules, decisions=()):
    found = {}
    for each in rules:
        found.setdefault(each.kind, []).append(each)
    return LawBook(found, WorkingDays.with_decisions(decisions))


def due(trigger, **changes):
    return due_at("x", trigger, book=book(rule(**changes)))


def end_of(*numbers):
    return datetime.combine(date(*numbers), time.max, ZONE)


@pytest.mark.parametrize(
    ("changes", "trigger", "at"),
    [
        # Thông báo ngày 20/11/2026: bảy ngày, ngày thông báo không tính.
        ({"value": 7}, date(2026, 11, 20), end_of(2026, 11, 27)),
        ({"value": 7, "counts_trigger_day": True}, date(2026, 11, 20), end_of(2026, 11, 26)),
        ({"value": 15, "direction": "before"}, date(2026, 9, 2), end_of(2026, 8, 18)),
        # Hồ sơ đủ ngày 23/01/2025: bảy ngày làm việc qua Tết Ất Tỵ (27-31/01).
        ({"unit": "working_day", "value": 7}, date(2025, 1, 23), end_of(2025, 2, 10)),
        # Qua Tết Bính Ngọ (16-20/02/2026).
        ({"unit": "working_day", "value": 3}, date(2026, 2, 12), end_of(2026, 2, 24)),
        # Nhập cảnh ngày 05/05/2026: mười ngày làm việc trước đó, qua giỗ Tổ, 30/4, 1/5.
        ({"unit": "working_day", "value": 10, "direction": "before"}, date(2026, 5, 5), end_of(2026, 4, 16)),
        # Thứ Bảy 22/08/2026 làm bù cho 31/08.
        ({"unit": "working_day", "value": 1}, date(2026, 8, 21), end_of(2026, 8, 22)),
        ({"unit": "working_day", "value": 6}, date(2026, 8, 21), end_of(2026, 8, 28)),
        ({"unit": "working_day", "value": 7}, date(2026, 8, 21), end_of(2026, 9, 3)),
        ({"unit": "month", "value": 1}, date(2026, 1, 31), end_of(2026, 2, 28)),
        ({"unit": "month", "value": 1}, date(2028, 1, 31), end_of(2028, 2, 29)),
        ({"unit": "month", "value": 3, "direction": "before"}, date(2026, 5, 31), end_of(2026, 2, 28)),
        ({"unit": "year", "value": 1}, date(2028, 2, 29), end_of(2029, 2, 28)),
        ({"unit": "month", "value": 1, "direction": "every"}, date(2026, 2, 3), end_of(2026, 2, 28)),
        ({"unit": "month", "value": 3, "direction": "every"}, date(2026, 2, 3), end_of(2026, 3, 31)),
        ({"unit": "year", "value": 1, "direction": "every"}, date(2026, 2, 3), end_of(2026, 12, 31)),
        ({"unit": "month", "value": 3, "direction": "at_least_every"}, date(2026, 1, 15), end_of(2026, 4, 15)),
        (
            {"unit": "fixed_date", "value": None, "month": 11, "day": 30, "direction": "by"},
            date(2026, 11, 30),
            end_of(2026, 11, 30),
        ),
        (
            {"unit": "fixed_date", "value": None, "month": 11, "day": 30, "direction": "by"},
            date(2026, 12, 1),
            end_of(2027, 11, 30),
        ),
        (
            {"unit": "fixed_date", "value": None, "month": 2, "day": 29, "direction": "by"},
            date(2026, 1, 1),
            end_of(2026, 2, 28),
        ),
    ],
)
def test_due_is_what_the_rule_says(changes, trigger, at):
    assert due(trigger, **changes).at == at


def test_hours_run_through_nights_and_days_off():
    # 21 giờ 30 ngày 30 Tết: hai mươi tư giờ sau là mùng Một.
    eve = datetime(2026, 2, 16, 21, 30, tzinfo=ZONE)
    assert due(eve, unit="hour", value=24).at == datetime(2026, 2, 17, 21, 30, tzinfo=ZONE)
    assert due(eve, unit="hour", value=24, direction="before").at == datetime(2026, 2, 15, 21, 30, tzinfo=ZONE)


def test_moment_of_another_zone_falls_on_the_day_that_it_is_in_viet_nam():
    answer = due(datetime(2026, 11, 19, 18, 0, tzinfo=UTC))
    assert answer.at == end_of(2026, 11, 27)
    assert answer.at.utcoffset() == timedelta(hours=7)


def test_day_off_at_the_end_stays_and_is_told_unless_the_rule_moves_it():
    stays = due(date(2026, 11, 21), value=8)  # Sunday 29 November
    assert stays.at == end_of(2026, 11, 29)
    assert (stays.last.working, stays.last_working, stays.moved_from) == (False, date(2026, 11, 27), None)

    moves = due(date(2026, 11, 21), value=8, moves_off_days_off=True)
    assert moves.at == end_of(2026, 11, 30)
    assert (moves.last.working, moves.moved_from) == (True, date(2026, 11, 29))


def test_days_counted_can_be_checked_one_by_one():
    answer = due(date(2025, 4, 29), unit="working_day", value=2)
    assert [(one.day.day, one.number) for one in answer.counted] == [
        (date(2025, 4, 30), None),
        (date(2025, 5, 1), None),
        (date(2025, 5, 2), None),
        (date(2025, 5, 3), None),
        (date(2025, 5, 4), None),
        (date(2025, 5, 5), 1),
        (date(2025, 5, 6), 2),
    ]
    assert answer.at == end_of(2025, 5, 6)


def test_next_bulletin_is_shown_and_not_computed():
    answer = due(datetime(2026, 11, 20, 8, tzinfo=ZONE), unit="next_bulletin", value=1)
    assert (answer.at, answer.day, answer.deadline.unit) == (None, None, "next_bulletin")


def test_limit_in_hours_needs_a_moment():
    with pytest.raises(MomentNeededError):
        due(date(2026, 11, 20), unit="hour", value=24)


def test_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 11, 20, 8))  # noqa: DTZ001 - what is refused


def test_calendar_that_ends_is_said():
    with pytest.raises(OutsideCalendarError):
        due(date(2099, 12, 30), unit="working_day", value=5)


def test_no_rule_in_force_says_when_one_is():
    laws = book(rule(valid_from=date(2026, 7, 1)))
    with pytest.raises(NoRuleInForceError, match="1/2020/NĐ-CP"):
        due_at("x", date(2026, 6, 30), book=laws)
    with pytest.raises(UnknownDeadlineError):
        due_at("y", date(2026, 7, 1), book=laws)


@given(days, st.integers(1, 200))
def test_calendar_days_before_undo_days_after(day, length):
    after = due(day, value=length).day
    assert due(after, value=length, direction="before").day == day


@given(days, st.integers(1, 40), st.booleans())
def test_working_days_never_end_on_a_day_off_in_either_direction(day, length, counts):
    for direction in ("after", "before"):
        answer = due(day, unit="working_day", value=length, direction=direction, counts_trigger_day=counts)
        assert answer.last.working
        assert answer.last_working == answer.day
        assert [one.number for one in answer.counted if one.number] == list(range(1, length + 1))


@given(days, st.integers(1, 40))
def test_counting_the_day_of_the_event_never_ends_later(day, length):
    for unit in ("day", "working_day"):
        with_it = due(day, unit=unit, value=length, counts_trigger_day=True).day
        assert with_it <= due(day, unit=unit, value=length).day


@given(days, days, st.integers(1, 60), st.sampled_from(["day", "working_day", "month", "year"]))
def test_later_event_is_never_due_earlier(one, other, length, unit):
    first, last = sorted((one, other))
    assert due(first, unit=unit, value=length).at <= due(last, unit=unit, value=length).at


@given(days, st.integers(0, 86_399), st.integers(1, 500))
def test_hours_are_hours_in_a_zone_without_summer_time(day, second, length):
    moment = datetime.combine(day, time.min, UTC) + timedelta(seconds=second)
    at = due(moment, unit="hour", value=length).at
    assert at - moment == timedelta(hours=length)
    assert at.utcoffset() == timedelta(hours=7)
    assert at.tzinfo == ZoneInfo("Asia/Ho_Chi_Minh")


@given(days, st.integers(-48, 48))
def test_months_keep_the_number_of_the_day_or_end_the_month(day, months):
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day == day.day or (moved.day < day.day and (moved + timedelta(days=1)).day == 1)


@given(days, st.sampled_from([1, 2, 3, 4, 6, 12]))
def test_period_ends_on_the_last_day_of_a_month_at_or_after_the_day(day, months):
    end = period_end(day, months)
    assert end >= day
    assert (end + timedelta(days=1)).day == 1
    assert end.month % months == 0
    assert period_end(end, months) == end


@both_databases
def test_case_follows_the_decree_in_force_on_its_day(law, as_system):
    old, new = due_at("fp_visit_decide", date(2026, 6, 15)), due_at("fp_visit_decide", date(2026, 7, 2))

    assert (old.deadline.basis.number, old.deadline.article, old.deadline.value) == ("88/2012/NĐ-CP", "4.2", 10)
    assert old.at == end_of(2026, 6, 29)
    assert (new.deadline.basis.number, new.deadline.article, new.deadline.value) == ("262/2026/NĐ-CP", "5.3", 7)
    assert new.at == end_of(2026, 7, 13)


@both_databases
def test_file_opened_before_the_change_keeps_its_rule(law, as_system):
    entry = date(2026, 7, 20)
    assert due_at("fp_visit_apply", entry).at == end_of(2026, 7, 10)
    assert due_at("fp_visit_apply", entry, on=date(2026, 6, 15)).at == end_of(2026, 7, 6)


@both_databases
def test_entered_decision_counts_at_once(law, as_system):
    assert due_at("fp_visit_decide", date(2026, 7, 2)).at == end_of(2026, 7, 13)

    WorkingDayOverride.objects.create(day=date(2026, 7, 6), working=False, name="Nghỉ bão", basis="Công điện mẫu")

    answer = due_at("fp_visit_decide", date(2026, 7, 2))
    assert answer.at == end_of(2026, 7, 14)
    assert [one.day.name for one in answer.counted if one.day.decided] == ["Nghỉ bão"]


@both_databases
def test_every_rule_that_is_shipped_answers(law, as_system):
    laws = LawBook.read()
    for kind, versions in laws.deadlines.items():
        for version in versions:
            moment = datetime.combine(version.valid_from, time(9), ZONE)
            answer = due_at(kind, moment, book=laws)
            assert answer.deadline == version
            assert (answer.at is None) == (version.unit == "next_bulletin")


@both_databases
def test_due_takes_two_queries_and_none_with_the_book_open(law, as_system):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        due_at("fp_visit_decide", date(2026, 7, 2))
    assert len(queries) == 2
    laws = LawBook.read()
    with CaptureQueriesContext(connection) as queries:
        for number in range(30):
            due_at("fp_visit_decide", date(2026, 7, 2) + timedelta(days=number), book=laws)
    assert len(queries) == 0
