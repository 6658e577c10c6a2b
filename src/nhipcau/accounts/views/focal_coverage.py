from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.accounts import queries
from nhipcau.accounts.listings import FOCAL_OFFICES
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def coverage(request: Any) -> HttpResponse:
    """How many offices of each class have a focal officer, and how much of their time that is."""
    day, sample = timezone.localdate(), _sample(request)
    rows = queries.focal_coverage(day, sample=sample)
    total = queries.Coverage("", "", *(sum(row[place] for row in rows) for place in range(2, 7)))
    context = {"rows": rows, "total": total, "on": day, "sample": sample}
    return render(request, "accounts/focal_coverage.html", context)


@login_required
def offices(request: Any) -> HttpResponse:
    """Each office with its focal officers."""
    return show(request, FOCAL_OFFICES, day=timezone.localdate(), sample=_sample(request))


def _sample(request: Any) -> bool:
    """The network that the reader belongs to: invented offices and real ones are never counted together."""
    return bool(request.user.sample)
