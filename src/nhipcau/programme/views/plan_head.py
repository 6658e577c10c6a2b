from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.network.models import Organisation
from nhipcau.programme.domain import plan_contents as domain
from nhipcau.programme.forms.plans import PlanHeadForm
from nhipcau.programme.models import PLAN_WRITABLE
from nhipcau.programme.queries import plans as queries
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.writing import differences, unsaved
from nhipcau.workspace.forms.letters import RecipientRow, RecipientRows
from nhipcau.workspace.queries.letters import recipients_matching

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.programme.models import Plan
    from nhipcau.workspace.models import UnsavedText


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_head(request: Any, plan_id: int) -> HttpResponse:
    """What is on a plan besides its parts and activities: title, symbol, place, recipients."""
    shown = get_object_or_404(queries.plans(), pk=plan_id)
    require("programme.edit_plan", request.user, shown)
    if shown.state not in PLAN_WRITABLE:
        return render(request, "programme/plan_closed.html", {"plan": shown, "sample": shown.sample}, status=409)
    stored = domain.head_of(shown)
    kept = unsaved(request.user, object_type=domain.PLAN, target=shown)
    if request.method != "POST" and kept is not None:
        return _kept_page(request, shown, kept)
    if request.method != "POST":
        to = RecipientRows([RecipientRow(row.organisation) for row in queries.recipients_of_plan(shown)])
        return _page(request, shown, PlanHeadForm(initial=stored), to, version=shown.version)
    form, to = PlanHeadForm(request.POST), RecipientRows.read(request.POST)
    said = request.POST.get("version", "")
    version = int(said) if said.isdecimal() else 0
    if "find" in request.POST or not form.is_valid():
        return _page(request, shown, form, to, version=version)
    return _save(request, shown, form, to, version)


def _kept_page(request: Any, shown: Plan, kept: UnsavedText) -> HttpResponse:
    """The head as the reader had typed it and could not save, beside what differs from it; saving it is over that."""
    stored = domain.head_of(shown)
    mine = {name: texts[0] if texts else "" for name, texts in kept.values.items() if name != "recipients"}
    keys = {int(key) for key in kept.values.get("recipients", []) if key.isdecimal()}
    offices = Organisation.objects.filter(pk__in=keys).order_by("sort_key", "pk")
    to = RecipientRows([RecipientRow(office) for office in offices])
    found = differences(shown, version=kept.version, mine={**mine, "recipients": sorted(keys)}, theirs=stored)
    return _page(request, shown, PlanHeadForm(initial=mine), to, version=shown.version, differences=found)


def _save(request: Any, shown: Plan, form: PlanHeadForm, to: RecipientRows, version: int) -> HttpResponse:
    head = form.head([row.organisation for row in to.rows])
    try:
        domain.edit_plan(actor=request.user, plan=shown, head=head, version=version)
    except ConflictError:
        shown = queries.plans().get(pk=shown.pk)
        found = differences(shown, version=version, mine=head.fields(), theirs=domain.head_of(shown))
        # The next save is over what is shown here, so it carries the version that is.
        return _page(request, shown, form, to, version=shown.version, differences=found, status=409)
    except WorkspaceError as error:
        field = error.field if isinstance(error, IncompleteError) else ""
        form.add_error(field if field in form.fields else None, str(error))
        return _page(request, shown, form, to, version=version)
    messages.success(request, _("Saved."))
    return redirect("programme:plan_edit", shown.pk)


def _page(
    request: Any, shown: Plan, form: PlanHeadForm, to: RecipientRows, *, version: int, status: int = 200, **more: Any
) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    found = more.pop("differences", None)
    if found is not None:
        more["differing"] = [(form.fields[one.field].label, one) for one in found if one.field in form.fields]
    context = {
        "plan": shown,
        "form": form,
        "rows": to.rows,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=to.ids),
        "version": version,
        "sample": shown.sample,
        **more,
    }
    return render(request, "programme/plan_head.html", context, status=status)
