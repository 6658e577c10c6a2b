from datetime import date

import pytest

from nhipcau.law.domain.occurrences import calendar_of, occurrences
from nhipcau.law.errors import NotRecurringError, UnknownDeadlineError

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_fixed_date_falls_once_a_year_and_names_the_last_working_day(law, as_system):
    found = occurrences("annual_report_ministry", (date(2024, 1, 1), date(2026, 12, 31)))
    assert [(one.day, one.last_working, one.dated) for one in found] == [
        (date(2024, 11, 30), date(2024, 11, 29), True),
        (date(2025, 11, 30), date(2025, 11, 28), True),
        (date(2026, 11, 30), date(2026, 11, 30), True),
    ]


def test_monthly_duty_falls_on_the_ends_of_months_under_the_rule_of_each(law, as_system):
    found = occurrences("press_info_monthly", (date(2026, 5, 15), date(2026, 8, 31)))
    assert [(one.day, one.deadline.basis.number, one.dated) for one in found] == [
        (date(2026, 5, 31), "09/2017/NĐ-CP", False),
        (date(2026, 6, 30), "09/2017/NĐ-CP", False),
        (date(2026, 7, 31), "244/2026/NĐ-CP", False),
        (date(2026, 8, 31), "244/2026/NĐ-CP", False),
    ]


def test_quarterly_and_yearly_duties_fall_on_the_ends_of_their_periods(law, as_system):
    quarters = occurrences("press_conference_quarterly", YEAR)
    assert [one.day for one in quarters] == [
        date(2026, 3, 31),
        date(2026, 6, 30),
        date(2026, 9, 30),
        date(2026, 12, 31),
    ]
    assert [one.day for one in occurrences("fp_annual_report", YEAR)] == [date(2026, 12, 31)]


def test_rule_does_not_reach_before_its_first_day(law, as_system):
    found = occurrences("press_info_monthly", (date(2017, 1, 1), date(2017, 4, 30)))
    assert [one.day for one in found] == [date(2017, 3, 31), date(2017, 4, 30)]


def test_limit_from_a_day_that_the_decree_names_stands_in_the_calendar(law, as_system):
    assert [one.day for one in occurrences("spokesperson_regulation", YEAR)] == [date(2026, 8, 15)]


def test_what_an_event_sets_going_has_no_occurrences(law, as_system):
    with pytest.raises(NotRecurringError):
        occurrences("fp_visit_decide", YEAR)
    with pytest.raises(UnknownDeadlineError):
        occurrences("no_such", YEAR)


def test_calendar_of_a_year_is_narrowed_by_class_and_reads_the_law_once(law, as_system, django_assert_num_queries):
    with django_assert_num_queries(2):
        everything = calendar_of(YEAR)
    assert len(everything) == 12 + 4 + 1 + 1 + 1 + 1 + 1
    assert [one.day for one in everything] == sorted(one.day for one in everything)
    press = calendar_of(YEAR, actor="external_press")
    assert [(one.deadline.kind, one.day) for one in press] == [("annual_report_external_press", date(2026, 11, 30))]
