"""Which offices owe an annual plan, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from nhipcau.law.domain.due import fixed_date
from nhipcau.law.queries import deadlines_on
from nhipcau.network.models import Kind, Organisation, valid_on
from nhipcau.programme.models import Plan, PlanKind, PlanState

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

#: The law's deadline: ministries send the year's report and the next year's plan (Circular 02/2019, article 10.5).
DEADLINE = "annual_report_ministry"
#: Without a rule in force, and for provinces, of which no date was found in the accessible text: the same day.
DEFAULT_MONTH, DEFAULT_DAY = 11, 30
#: Classes that write an annual plan: ministries by the circular, provinces and their departments as guided each year.
OWING = (
    Kind.MINISTRY,
    Kind.MINISTERIAL_LEVEL_AGENCY,
    Kind.GOVERNMENT_AGENCY,
    Kind.PEOPLES_COMMITTEE,
    Kind.PROVINCIAL_DEPARTMENT,
)
#: From October on the next year's plan is written; what is missing is asked for until the end of March.
_FROM_MONTH, _TO_MONTH = 10, 3


def planned_year(day: date) -> int | None:
    """The year whose plan is due around a day; None between April and September."""
    if day.month >= _FROM_MONTH:
        return day.year + 1
    return day.year if day.month <= _TO_MONTH else None


def plan_due_on(year: int) -> date:
    """The last day for the annual plan of a year, a day of the year before: by the rule in force that day."""
    default = date(year - 1, DEFAULT_MONTH, DEFAULT_DAY)
    rule = deadlines_on(default).filter(kind=DEADLINE).first()
    return default if rule is None else fixed_date(rule, year - 1)


def owing_offices(day: date) -> QuerySet[Organisation]:
    """The offices that exist on a day and write annual plans."""
    rows: QuerySet[Organisation] = Organisation.objects.filter(valid_on(day), kind__in=OWING)
    return rows


def plans_for(year: int, offices: Collection[int]) -> dict[int, Plan]:
    """What these offices have of an annual plan of a year: the issued one, else the one that is being prepared."""
    rows = Plan.objects.filter(kind=PlanKind.ANNUAL, year_from=year, organisation_id__in=offices)
    gone = (PlanState.DISCARDED, PlanState.RECALLED, PlanState.REPLACED)
    found: dict[int, Plan] = {}
    for row in rows.exclude(state__in=gone).order_by("edition", "pk"):
        if row.organisation_id not in found or found[row.organisation_id].state != PlanState.ISSUED:
            found[row.organisation_id] = row
    return found
