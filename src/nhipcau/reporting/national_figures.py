"""The figures of a national report: totals of every figure and breakdown, beside those of the compared campaign."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from nhipcau.reporting import comparing_periods
from nhipcau.reporting.queries.consolidated import (
    Standing,
    Summed,
    flow_since,
    standing_in,
    sums_by_unit,
    sums_of,
    values_by_office,
    values_of_cell,
)
from nhipcau.reporting.queries.national import inputs_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.documents.forms import Axis, Form, Section
    from nhipcau.documents.forms.form import FigureItem
    from nhipcau.reporting.comparing_periods import Compared, Groups
    from nhipcau.reporting.models import Campaign, NationalReport


@dataclass(frozen=True, slots=True)
class Part:
    """One choice of a breakdown."""

    axis: Axis
    choice: str
    label: str
    summed: Summed


@dataclass(frozen=True, slots=True)
class Total:
    """A figure of all offices.

    Attributes:
        item: what the form asks.
        summed: the total; None where no office gave a number.
        parts: its breakdowns, in the order of the form.
        compared: with the compared campaign; None where there is none.
    """

    item: FigureItem
    summed: Summed | None
    parts: Sequence[Part]
    compared: Compared | None


def figures_of(national: NationalReport) -> list[tuple[Section, list[Total]]]:
    """The figures of a national report, section by section; a section without figures is not there."""
    return figures_of_standing(national.campaign, inputs_of(national))


def figures_of_standing(
    campaign: Campaign, standing: Sequence[Standing], *, compare: bool = True
) -> list[tuple[Section, list[Total]]]:
    """The same of some submissions of a campaign: one query for the sums, and six more where they are compared."""
    form = campaign.form_version.plain
    sums = sums_of([row.submission_id for row in standing])
    compared = _compared_totals(campaign, standing) if compare else None
    found = []
    for section in form.sections:
        totals = [
            Total(
                item=form.figures[item.key],
                summed=sums.get((item.key, "", "")),
                parts=parts_of(form, form.figures[item.key], sums),
                compared=compared.get(item.key) if compared is not None else None,
            )
            for item in section.items
            if item.key in form.figures
        ]
        if totals:
            found.append((section, totals))
    return found


def parts_of(form: Form, item: FigureItem, sums: Mapping[tuple[str, str, str], Summed]) -> list[Part]:
    """The breakdowns of a figure that any office gave, in the order of the form."""
    return [
        Part(form.axis[axis], choice.key, choice.label, sums[(item.key, axis, choice.key)])
        for axis in item.axes
        for choice in form.axis[axis].choices
        if (item.key, axis, choice.key) in sums
    ]


@dataclass(frozen=True, slots=True)
class OfficeValue:
    """What one office gave for a number; ``before`` is of the compared campaign, on the map of this one."""

    standing: Standing
    value: Decimal | None
    estimated: Decimal
    before: Decimal | None


def values_of(
    campaign: Campaign, standing: Sequence[Standing], cell: tuple[str, str, str]
) -> tuple[list[OfficeValue], Compared | None]:
    """One number office by office, and how it compares; an office without it is there with None."""
    values = values_of_cell([row.submission_id for row in standing], cell)
    now = {row.organisation_id: values[row.submission_id][0] for row in standing if row.submission_id in values}
    compared = None
    if campaign.compared_with is not None:
        earlier = _standing_before(campaign)
        had = values_of_cell([row.submission_id for row in earlier], cell)
        before = {row.organisation_id: had[row.submission_id][0] for row in earlier if row.submission_id in had}
        compared = comparing_periods.compare(now, before, flow_since(campaign).groups())
    rows = []
    for row in standing:
        value, estimated = values.get(row.submission_id, (None, Decimal(0)))
        pair = compared.pair_of(row.organisation_id) if compared else None
        rows.append(OfficeValue(row, value, estimated, pair.before if pair and len(pair.offices) == 1 else None))
    return rows, compared


def units_of(standing: Sequence[Standing], figure: str) -> dict[int, Decimal]:
    """Old unit -> its part of a figure, of the reports that speak for several."""
    return {unit: value for (_key, unit), value in sums_by_unit([r.submission_id for r in standing], figure).items()}


def _compared_totals(campaign: Campaign, standing: Sequence[Standing]) -> dict[str, Compared] | None:
    if campaign.compared_with is None:
        return None
    now, before = values_by_office(standing), values_by_office(_standing_before(campaign))
    groups: Groups = flow_since(campaign).groups()
    return {key: comparing_periods.compare(values, before.get(key, {}), groups) for key, values in now.items()}


def _standing_before(campaign: Campaign) -> list[Standing]:
    """What stands in the compared campaign, of all that has come in."""
    from django.utils import timezone

    if campaign.compared_with is None:
        return []
    return standing_in(campaign.compared_with, moment=timezone.now())
