from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.programme.domain import plan_contents as domain
from nhipcau.programme.forms.plans import PlanHeadForm
from nhipcau.programme.models import PLAN_WRITABLE
from nhipcau.programme.queries import plans as queries
from nhipcau.workspace.views.head import Head, edit_head

if TYPE_CHECKING:
    from django.http import HttpResponse

HEAD = Head(
    form=PlanHeadForm,
    kind=domain.PLAN,
    stored=domain.head_of,
    recipients=queries.recipients_of_plan,
    save=lambda actor, plan, head, version: domain.edit_plan(actor=actor, plan=plan, head=head, version=version),
    again=lambda key: queries.plans().get(pk=key),
    name="plan",
    template="programme/plan_head.html",
    after="programme:plan_edit",
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_head(request: Any, plan_id: int) -> HttpResponse:
    """What is on a plan besides its parts and activities: title, symbol, place, recipients."""
    shown = get_object_or_404(queries.plans(), pk=plan_id)
    require("programme.edit_plan", request.user, shown)
    if shown.state not in PLAN_WRITABLE:
        return render(request, "programme/plan_closed.html", {"plan": shown, "sample": shown.sample}, status=409)
    return edit_head(request, shown, HEAD)
