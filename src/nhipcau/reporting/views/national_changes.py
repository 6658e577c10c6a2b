from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.reporting.domain.national import take_over_changes
from nhipcau.reporting.models import ReportState, Submission
from nhipcau.reporting.queries.national import changed_since, nationals, offices_named
from nhipcau.workspace.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_changes(request: Any, national_id: int) -> HttpResponse:
    """What came in, was accepted or went since a national report was drafted; taken over one by one or all at once."""
    shown = get_object_or_404(nationals(), pk=national_id)
    require("reporting.edit_national", request.user, shown)
    if request.method == "POST":
        ticked = [int(key) for key in request.POST.getlist("report") if key.isascii() and key.isdigit()]
        reports = None if request.POST.get("all") else ticked
        try:
            number = take_over_changes(actor=request.user, national=shown, reports=reports)
        except WorkspaceError as error:
            messages.error(request, str(error))
        else:
            said = ngettext("%(number)s report is taken over.", "%(number)s reports are taken over.", number)
            messages.success(request, said % {"number": number})
        return redirect("reporting:national", shown.pk)
    changes = changed_since(shown, at=timezone.now())
    named = offices_named({change.organisation_id for change in changes})
    keys = [one.submission_id for change in changes for one in (change.was, change.now) if one]
    submissions = Submission.objects.filter(pk__in=keys).defer("answers").in_bulk()
    context = {
        "national": shown,
        "changes": [
            {
                "report": change.report_id,
                "office": named[change.organisation_id],
                "was": submissions.get(change.was.submission_id) if change.was else None,
                "now": submissions.get(change.now.submission_id) if change.now else None,
                "accepted": ReportState.ACCEPTED if change.now and change.now.accepted else None,
            }
            for change in changes
        ],
        "sample": shown.sample,
    }
    return render(request, "reporting/national_changes.html", context)
