from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access.rights import require
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.reporting.domain.sealing import seal_figures
from nhipcau.reporting.forms.national import SealForm
from nhipcau.reporting.models import Campaign, Submission
from nhipcau.reporting.national_figures import figures_of_standing
from nhipcau.reporting.queries.national import offices_named, seals
from nhipcau.reporting.sealed import verify
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def campaign_seals(request: Any, campaign_id: int) -> HttpResponse:
    """The seals of the figures of a campaign."""
    campaign = get_object_or_404(Campaign.objects.select_related("organisation"), pk=campaign_id)
    rows = list(seals().filter(campaign=campaign))
    context = {
        "campaign": campaign,
        "seals": rows,
        "may_seal": rules.has_perm("reporting.seal_figures", request.user, campaign),
        "sample": campaign.sample,
    }
    return render(request, "reporting/seals.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@reauthenticated
def seal_new(request: Any, campaign_id: int) -> HttpResponse:
    """Seal the figures of a campaign as they were submitted by the end of a day."""
    campaign = get_object_or_404(Campaign.objects.select_related("organisation"), pk=campaign_id)
    require("reporting.seal_figures", request.user, campaign)
    form = SealForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = seal_figures(
                actor=request.user, campaign=campaign, moment=form.moment, reason=form.cleaned_data["reason"]
            )
        except WorkspaceError as error:
            field = error.field if isinstance(error, IncompleteError) else ""
            form.add_error({"moment": "day", "reason": "reason"}.get(field), str(error))
        else:
            return redirect("reporting:seal", made.pk)
    return render(request, "reporting/seal_new.html", {"campaign": campaign, "form": form, "sample": campaign.sample})


@login_required
@require_safe
def seal(request: Any, seal_id: int) -> HttpResponse:
    """Sealed figures, read again and verified: whether they are what was sealed, and what was touched if not."""
    shown = get_object_or_404(seals(), pk=seal_id)
    found = verify(shown)
    keys = [row.submission_id for row in found.pack.standing] + [row.submission_id for row in found.touched]
    submissions = Submission.objects.filter(pk__in=keys).defer("answers").in_bulk()
    named = offices_named({row.organisation_id for row in submissions.values()})
    form = shown.campaign.form_version.plain
    context = {
        "seal": shown,
        "found": found,
        "sections": figures_of_standing(shown.campaign, found.pack.standing, compare=False),
        "touched": [
            {
                "what": row,
                "submission": submissions.get(row.submission_id),
                "office": named.get(submissions[row.submission_id].organisation_id)
                if row.submission_id in submissions
                else None,
                "cells": [
                    (form.figures[key].label if key in form.figures else key, axis, choice, stored, answered)
                    for key, axis, choice, stored, answered in row.cells
                ],
            }
            for row in found.touched
        ],
        "submissions": [(submissions[row.submission_id], named[row.organisation_id]) for row in found.pack.standing],
        "sample": shown.sample,
    }
    return render(request, "reporting/seal.html", context)
