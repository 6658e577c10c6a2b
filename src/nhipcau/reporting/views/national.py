from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.documents.forms import FigureItem, TextItem
from nhipcau.reporting.models import NATIONAL_OUT, NATIONAL_WRITABLE, NationalSentence, NationalState
from nhipcau.reporting.national_figures import figures_of_standing
from nhipcau.reporting.national_method import lists_of, method_of, seal_of
from nhipcau.reporting.national_steps import national_steps_for
from nhipcau.reporting.queries.national import (
    changed_since,
    inputs_of,
    is_made_here,
    nationals,
    not_in,
    receipts_of,
    recipients_of,
)
from nhipcau.workspace.views.attached import attached_context

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.reporting.models import NationalReport


@login_required
@require_safe
def national(request: Any, national_id: int) -> HttpResponse:
    """A national report: its parts, what came in since, how it was made, and what can be done with it."""
    shown = get_object_or_404(nationals(), pk=national_id)
    own = is_made_here(shown)
    context = {
        "national": shown,
        "own": own,
        "steps": national_steps_for(request.user, shown),
        "writable": shown.state in NATIONAL_WRITABLE,
        "recalled": shown.state == NationalState.RECALLED,
        "sent": shown.state in NATIONAL_OUT,
        "recipients": list(recipients_of(shown)),
        "receipts": list(receipts_of(shown)),
        "sample": shown.sample,
        **(_made(request, shown) if own else _printed(shown)),
        **attached_context(request.user, shown),
    }
    return render(request, "reporting/national.html", context)


def _made(request: Any, shown: NationalReport) -> dict[str, Any]:
    """For its own office: live."""
    standing = inputs_of(shown)
    sections = figures_of_standing(shown.campaign, standing)
    counts = NationalSentence.objects.filter(national=shown).order_by().values("section")
    kept = {
        row["section"]: row
        for row in counts.annotate(
            kept=Count("pk", filter=Q(dropped_at__isnull=True)),
            edited=Count("pk", filter=Q(edited_by__isnull=False, dropped_at__isnull=True)),
            dropped=Count("pk", filter=Q(dropped_at__isnull=False)),
        )
    }
    figures = {section.key: len(totals) for section, totals in sections}
    form = shown.campaign.form_version.plain
    writable = shown.state in NATIONAL_WRITABLE
    return {
        "sections": [
            {
                "key": section.key,
                "number": section.number,
                "title": section.title,
                "texts": any(isinstance(item, TextItem) for item in section.items),
                "figures": figures.get(section.key, 0),
                **kept.get(section.key, {"kept": 0, "edited": 0, "dropped": 0}),
            }
            for section in form.sections
            if any(isinstance(item, TextItem | FigureItem) for item in section.items)
        ],
        "offices": len(standing),
        "accepted": sum(row.accepted for row in standing),
        "missing": not_in(shown, taken=[row.report_id for row in standing]),
        "changes": changed_since(shown, at=timezone.now()) if writable else [],
        "method": method_of(shown, standing, sections),
        "lists": lists_of(shown, standing, sections),
        "seal": seal_of(shown, standing),
        "may_edit": writable and rules.has_perm("reporting.edit_national", request.user, shown),
    }


def _printed(shown: NationalReport) -> dict[str, Any]:
    """For its recipients: as it was issued."""
    printed = shown.printed or {"sections": [], "method": [], "lists": []}
    return {
        "sections": [
            {
                "key": str(place),
                "number": section["number"],
                "title": section["title"],
                "texts": bool(section["texts"]),
                "figures": len(section["figures"]),
                "kept": sum(len(said) for text in section["texts"] for said in text["paragraphs"]),
                "edited": 0,
                "dropped": 0,
            }
            for place, section in enumerate(printed["sections"])
        ],
        "method": printed["method"],
        "lists": printed["lists"],
    }
