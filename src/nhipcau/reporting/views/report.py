from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.reporting.queries.reports import draft_of, parts_of, reports, submissions_of

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def report(request: Any, report_id: int) -> HttpResponse:
    """A report: how far it is, what was submitted of it."""
    shown = get_object_or_404(reports(), pk=report_id)
    context = {
        "report": shown,
        "draft": draft_of(shown),
        "own": shown.organisation_id in current().organisations(),
        "parts": parts_of(shown),
        "submissions": list(submissions_of(shown)),
        "sample": shown.sample,
    }
    return render(request, "reporting/report.html", context)
