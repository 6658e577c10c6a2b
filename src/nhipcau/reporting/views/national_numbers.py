from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.reporting.national_figures import figures_of_standing, units_of, values_of
from nhipcau.reporting.plain_words import change_of, change_words
from nhipcau.reporting.queries.consolidated import sums_of
from nhipcau.reporting.queries.national import inputs_of, is_made_here, nationals, offices_named

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.reporting.models import NationalReport


@login_required
@require_safe
def national_figures(request: Any, national_id: int) -> HttpResponse:
    """Every figure of a national report with its breakdowns; each opens the values of the offices."""
    shown = _own(national_id)
    standing = inputs_of(shown)
    sections = [
        (section, [(total, change_words(total.compared) if total.compared else "") for total in totals])
        for section, totals in figures_of_standing(shown.campaign, standing)
    ]
    context = {
        "national": shown,
        "sections": sections,
        "offices": len(standing),
        "figure_count": sum(len(totals) for _section, totals in sections),
        "compared": shown.campaign.compared_with,
        "sample": shown.sample,
    }
    return render(request, "reporting/national_figures.html", context)


@login_required
@require_safe
def national_figure(request: Any, national_id: int, national_item: str) -> HttpResponse:
    """One number of a national report, office by office; ``axis`` and ``choice`` ask for a part of a breakdown."""
    shown, figure = _own(national_id), national_item
    form = shown.campaign.form_version.plain
    item = form.figures.get(figure)
    axis, choice = request.GET.get("axis", ""), request.GET.get("choice", "")
    if item is None or (axis and axis not in item.axes):
        raise Http404
    standing = inputs_of(shown)
    rows, compared = values_of(shown.campaign, standing, (figure, axis, choice))
    units = units_of(standing, figure) if not axis else {}
    # Offices now, bodies before that a change leaves out, and old units: their names in one query.
    bodies = {row.standing.organisation_id for row in rows} | set(units)
    for missing in compared.without.values() if compared else ():
        bodies |= missing
    bodies |= set(compared.gone) if compared else set()
    named = offices_named(bodies)
    context = {
        "national": shown,
        "item": item,
        "axis": form.axis.get(axis),
        "choice": next((each for each in form.axis[axis].choices if each.key == choice), None) if axis else None,
        "rows": [
            {
                "office": named[row.standing.organisation_id],
                "report": row.standing.report_id,
                "accepted": row.standing.accepted,
                "value": row.value,
                "estimated": row.estimated or None,
                "before": row.before,
                "change": change_of(row.value, row.before) if row.value is not None and row.before is not None else "",
            }
            for row in sorted(rows, key=lambda row: (row.value is None, -(row.value or Decimal(0))))
        ],
        "summed": sums_of([row.submission_id for row in standing]).get((figure, axis, choice)),
        "change": change_words(compared) if compared else "",
        "compared": compared,
        "before_title": shown.campaign.compared_with,
        "without": [
            (named[key], [named[one] for one in sorted(missing) if one in named])
            for key, missing in (compared.without.items() if compared else ())
            if key in named
        ],
        "gone": [(named[key], value) for key, value in (compared.gone.items() if compared else ()) if key in named],
        "units": sorted(((named[key], value) for key, value in units.items()), key=lambda pair: pair[0].sort_key),
        "sample": shown.sample,
    }
    return render(request, "reporting/national_figure.html", context)


def _own(key: int) -> NationalReport:
    """The national report, for its own office: recipients have the values of the offices in its Excel form."""
    shown: NationalReport = get_object_or_404(nationals(), pk=key)
    if not is_made_here(shown):
        raise Http404
    return shown
