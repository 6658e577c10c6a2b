"""What was submitted in a campaign, added up: which submissions stand, their sums, and the values office by office."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db.models import BigIntegerField, Count, F, Sum
from django.db.models.functions import Cast, Round

from nhipcau.network.models import Duty
from nhipcau.network.queries import flow_between_days
from nhipcau.reporting.handing_over import UNIT
from nhipcau.reporting.models import WITH_THE_RECEIVER, Campaign, Report, ReportState, Submission, Value

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from nhipcau.network.rebase import Flow

#: Stored numbers have four places after the point: as whole numbers of these they add up exactly on every database.
UNITS = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A submission by which a report counts, and whether it is accepted."""

    report_id: int
    organisation_id: int
    submission_id: int
    accepted: bool


@dataclass(frozen=True, slots=True)
class Summed:
    """What a number of several offices adds up to, how much of it is estimated, and how many offices have it."""

    value: Decimal
    estimated: Decimal
    offices: int


#: ``(figure, axis, choice)``; axis and choice are empty for the total.
Cell = tuple[str, str, str]


def standing_in(campaign: Campaign, *, moment: datetime, only_accepted: bool = False) -> list[Standing]:
    """By which submission each report of a campaign counts now, of what had come in by a moment.

    What was accepted stands until something else is; else what lies with the receiver. What was sent back does not
    count, nor what is spoken for by a successor (:func:`without_spoken_for`).
    """
    latest = _latest(campaign, moment)
    keys = ("pk", "organisation_id", "state", "accepted_submission_id")
    received = dict(
        Submission.objects.filter(report__in=_reports_of(campaign), received_at__lte=moment)
        .order_by()
        .values_list("pk", "report_id")
    )
    found = []
    for pk, office, state, accepted in (
        _reports_of(campaign).order_by("organisation__sort_key", "pk").values_list(*keys)
    ):
        if accepted is not None and accepted in received:
            found.append(Standing(report_id=pk, organisation_id=office, submission_id=accepted, accepted=True))
        elif pk in latest and state in (*WITH_THE_RECEIVER, ReportState.HANDED_OVER) and not only_accepted:
            found.append(Standing(report_id=pk, organisation_id=office, submission_id=latest[pk], accepted=False))
    return without_spoken_for(found)


def submitted_by(campaign: Campaign, moment: datetime) -> list[Standing]:
    """The last submission of each report of a campaign that had come in by a moment, accepted or not.

    It rests on nothing but submissions and their numbers, which never change: asked again in years, the answer is the
    same.
    """
    offices = dict(
        Submission.objects.filter(report__in=_reports_of(campaign)).order_by().values_list("pk", "organisation_id")
    )
    found = [
        Standing(report_id=report, organisation_id=offices[pk], submission_id=pk, accepted=False)
        for report, pk in _latest(campaign, moment).items()
    ]
    return without_spoken_for(found)


def without_spoken_for(standing: Iterable[Standing]) -> list[Standing]:
    """Without the units for which another of these submissions gives figures: nothing is counted twice.

    An old unit that had submitted and then merged is in the breakdown by unit of its successor as soon as that submits.
    """
    rows = list(standing)
    owners = {row.submission_id: row.organisation_id for row in rows}
    spoken = Value.objects.filter(submission_id__in=owners, axis=UNIT).order_by()
    pairs = spoken.values_list("submission_id", "organisation_id").distinct()
    covered = {unit for submission, unit in pairs if unit != owners[submission]}
    return [row for row in rows if row.organisation_id not in covered]


def sums_of(submissions: Collection[int]) -> dict[Cell, Summed]:
    """Every number of some submissions added up: one query. The axis of the old units is :func:`sums_by_unit`."""
    rows = (
        Value.objects.filter(submission_id__in=submissions)
        .exclude(axis=UNIT)
        .order_by()
        .values_list("figure", "axis", "choice")
        .annotate(total=_exact("value"), rest=_exact("estimated"), number=Count("pk"))
    )
    return {
        (figure, axis, choice): Summed(decimal(total), decimal(rest), number)
        for figure, axis, choice, total, rest, number in rows
    }


def sums_by_unit(submissions: Collection[int], figure: str = "") -> dict[tuple[str, int], Decimal]:
    """``(figure, old unit)`` -> its part, of the reports that speak for several; all figures where none is named."""
    rows = Value.objects.filter(submission_id__in=submissions, axis=UNIT)
    if figure:
        rows = rows.filter(figure=figure)
    summed = rows.order_by().values_list("figure", "organisation_id").annotate(total=_exact("value"))
    return {(key, unit): decimal(total) for key, unit, total in summed}


def values_of_cell(submissions: Collection[int], cell: Cell) -> dict[int, tuple[Decimal, Decimal]]:
    """Submission -> ``(value, of which estimated)`` of one cell; a submission without the number is not there."""
    figure, axis, choice = cell
    rows = Value.objects.filter(submission_id__in=submissions, figure=figure, axis=axis, choice=choice).order_by()
    return {
        pk: (trimmed(value), trimmed(estimated))
        for pk, value, estimated in rows.values_list("submission_id", "value", "estimated")
    }


def values_by_office(standing: Iterable[Standing]) -> dict[str, dict[int, Decimal]]:
    """Figure -> office -> total: one query."""
    offices = {row.submission_id: row.organisation_id for row in standing}
    found: dict[str, dict[int, Decimal]] = defaultdict(dict)
    rows = Value.objects.filter(submission_id__in=offices, axis="").order_by()
    for submission, figure, value in rows.values_list("submission_id", "figure", "value"):
        found[figure][offices[submission]] = trimmed(value)
    return dict(found)


def flow_since(campaign: Campaign) -> Flow[int]:
    """How the offices of the compared campaign flow into those of a campaign, each on the day by which it was due.

    Raises:
        ValueError: it is compared with none.
    """
    before = campaign.compared_with
    if before is None:
        raise ValueError(f"Campaign {campaign.pk} is compared with none.")
    return flow_between_days(before.due_on, campaign.due_on, duty=Duty.EXTERNAL_INFORMATION)


def decimal(units: object) -> Decimal:
    """A sum in stored units as a number, without places that say nothing."""
    return trimmed(Decimal(int(units or 0)) / UNITS)  # type: ignore[call-overload]


def trimmed(value: Decimal) -> Decimal:
    """The number without zeros behind the point, and without an exponent."""
    whole = value.to_integral_value()
    return whole.quantize(Decimal(1)) if value == whole else value.normalize()


def _exact(name: str) -> Sum:
    return Sum(Cast(Round(F(name) * UNITS), BigIntegerField()))


def _reports_of(campaign: Campaign) -> QuerySet[Report]:
    rows: QuerySet[Report] = Report.objects.filter(campaign=campaign)
    return rows


def _latest(campaign: Campaign, moment: datetime) -> dict[int, int]:
    """Report -> its last submission that had come in by the moment."""
    rows = Submission.objects.filter(report__in=_reports_of(campaign), received_at__lte=moment)
    # In the order of their numbers: the last one stays.
    return dict(rows.order_by("number").values_list("report_id", "pk"))
