"""The values of the offices as tables for Excel: one annex for each part of the form, one for old units, activities."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.documents.forms import Answers, TableItem
from nhipcau.reporting.handing_over import UNIT
from nhipcau.reporting.models import Submission, Value
from nhipcau.reporting.plain_words import day_words, text_of
from nhipcau.reporting.queries.national import offices_named

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from nhipcau.documents.forms import Form
    from nhipcau.documents.forms.form import Column
    from nhipcau.network.models import Organisation
    from nhipcau.reporting.national_figures import Total
    from nhipcau.reporting.queries.consolidated import Cell, Standing


def annexes_of(
    form: Form,
    standing: Sequence[Standing],
    offices: Mapping[int, Organisation],
    sections: Mapping[str, Sequence[Total]],
) -> tuple[list[dict[str, Any]], dict[Cell, dict[str, Any]]]:
    """The annexes, and in which column of which of them each number of the report stands."""
    values, units = _read(standing)
    letters = _letters(standing)
    annexes: list[dict[str, Any]] = []
    where: dict[Cell, dict[str, Any]] = {}
    for section in form.sections:
        columns = _columns(sections.get(section.key, ()))
        if not columns:
            continue
        places = {cell: place for place, (cell, _label, _total) in enumerate(columns)}
        for cell, place in places.items():
            if cell[1] != _ESTIMATED:
                estimated = places.get((cell[0], _ESTIMATED, "")) if not cell[1] else None
                where[cell] = {"annex": len(annexes), "column": place, "estimated": estimated}
        annexes.append(
            {
                "title": f"{section.number}. {section.title}",
                "heads": [gettext("Office"), gettext("Number and symbol"), gettext("Received"), gettext("State")],
                "columns": [label for _cell, label, _total in columns],
                "rows": [
                    (
                        [offices[row.organisation_id].name_vi, *letters[row.submission_id], _state(row)],
                        [values[row.submission_id].get(cell) for cell, _label, _total in columns],
                    )
                    for row in standing
                ],
                "totals": [text_of(total) for _cell, _label, total in columns],
            }
        )
    by_unit = _by_unit(form, standing, offices, units)
    return [*annexes, *by_unit], where


#: Stands in the place of an axis for the estimated part of a total.
_ESTIMATED = "·estimated"


def _columns(totals: Sequence[Total]) -> list[tuple[Cell, str, Decimal]]:
    """Cell, heading and sum of each column of an annex."""
    found: list[tuple[Cell, str, Decimal]] = []
    for total in totals:
        if total.summed is None:
            continue
        key, label = total.item.key, total.item.label
        found.append(((key, "", ""), f"{label} ({total.item.unit})" if total.item.unit else label, total.summed.value))
        if total.summed.estimated:
            heading = gettext("%(figure)s: of which estimated") % {"figure": label}
            found.append(((key, _ESTIMATED, ""), heading, total.summed.estimated))
        found += [
            ((key, part.axis.key, part.choice), f"{label}: {part.label}", part.summed.value) for part in total.parts
        ]
    return found


_Values = dict[int, dict["Cell", str]]
_Units = dict[tuple[int, int], dict[str, str]]


def _read(standing: Sequence[Standing]) -> tuple[_Values, _Units]:
    """Every number of the submissions: by submission and cell, and those of old units by submission and unit."""
    values: _Values = defaultdict(dict)
    units: _Units = defaultdict(dict)
    rows = Value.objects.filter(submission_id__in=[row.submission_id for row in standing]).order_by()
    names = ("submission_id", "organisation_id", "figure", "axis", "choice", "value", "estimated")
    for submission, office, figure, axis, choice, value, estimated in rows.values_list(*names).iterator(5000):
        if axis == UNIT:
            units[(submission, office)][figure] = text_of(value)
            continue
        values[submission][(figure, axis, choice)] = text_of(value)
        if estimated:
            values[submission][(figure, _ESTIMATED, "")] = text_of(estimated)
    return values, units


def _by_unit(
    form: Form, standing: Sequence[Standing], offices: Mapping[int, Organisation], units: _Units
) -> list[dict[str, Any]]:
    """The figures of old units, and of their successor for itself: a row for each; no annex where nobody merged."""
    if not units:
        return []
    named = offices_named({unit for _submission, unit in units})
    rows = [
        ([offices[row.organisation_id].name_vi, named[unit].name_vi], [told.get(key) for key in form.figures])
        for row in standing
        for (submission, unit), told in units.items()
        if submission == row.submission_id
    ]
    totals: list[str | None] = []
    for place, _key in enumerate(form.figures):
        given = [Decimal(values[place] or 0) for _texts, values in rows if values[place] is not None]
        totals.append(text_of(sum(given, Decimal(0))) if given else None)
    annex = {
        "title": gettext("By old unit"),
        "heads": [gettext("Office"), gettext("Old unit")],
        "columns": [item.label for item in form.figures.values()],
        "rows": rows,
        "totals": totals,
    }
    return [annex]


def activities_of(
    form: Form, standing: Sequence[Standing], offices: Mapping[int, Organisation]
) -> list[dict[str, Any]]:
    """The tables of the form with the rows of all offices."""
    tables = [item for item in form.items.values() if isinstance(item, TableItem)]
    if not tables:
        return []
    owner = {row.submission_id: offices[row.organisation_id].name_vi for row in standing}
    rows: dict[str, list[list[str]]] = defaultdict(list)
    told = Submission.objects.filter(pk__in=owner).order_by().values_list("pk", "answers__tables")
    answers = {pk: Answers.from_plain({"tables": tables_ or {}}) for pk, tables_ in told}
    for row in standing:
        for item in tables:
            for activity in answers[row.submission_id].table(item.key).rows:
                cells = [cell_words(form, column, activity.cells.get(column.key, "")) for column in item.columns]
                rows[item.key].append([owner[row.submission_id], *cells])
    head = {"label": gettext("Office"), "numeric": False}
    return [
        {"title": item.label, "columns": [head, *columns_of(item)], "rows": rows[item.key]}
        for item in tables
        if rows[item.key]
    ]


def columns_of(item: TableItem) -> list[dict[str, Any]]:
    """The columns of a table as paper has them."""
    return [{"label": column.label, "numeric": column.numeric} for column in item.columns]


def cell_words(form: Form, column: Column, value: str) -> str:
    """A cell of a table as people read it; numbers stay decimal text."""
    if not value:
        return ""
    if column.holds == "choice":
        return next((choice.label for choice in form.axis[column.axis].choices if choice.key == value), value)
    if column.holds == "date":
        from datetime import date

        try:
            return day_words(date.fromisoformat(value))
        except ValueError:
            return value
    return value


def _letters(standing: Sequence[Standing]) -> dict[int, tuple[str, str]]:
    """Submission -> its number and symbol, and the day on which it came in."""
    rows = Submission.objects.filter(pk__in=[row.submission_id for row in standing]).order_by()
    found = {}
    for row in rows.defer("answers"):
        received = day_words(timezone.localdate(row.received_at)) if row.received_at else ""
        found[row.pk] = (row.number_and_symbol, received)
    return found


def _state(row: Standing) -> str:
    return gettext("Accepted") if row.accepted else gettext("Submitted")
