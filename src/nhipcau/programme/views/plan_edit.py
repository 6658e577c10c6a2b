"""The editor of a plan: its parts and activities, each saved by itself, with what they add up to beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.access.rights import require
from nhipcau.programme import plan_writing as writing
from nhipcau.programme.domain import plan_activities as activities
from nhipcau.programme.domain.plan_contents import PART, write_part
from nhipcau.programme.forms.plans import labels, read_activity
from nhipcau.programme.models import PLAN_WRITABLE, Plan, PlanActivity, PlanPart
from nhipcau.programme.queries import plans as queries
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.writing import drop_unsaved

if TYPE_CHECKING:
    from collections.abc import Callable


@login_required
@require_safe
def plan_edit(request: Any, plan_id: int) -> HttpResponse:
    """What the plan says, part by part, and its activities in order."""
    shown = _plan(plan_id)
    require("programme.edit_plan", request.user, shown)
    if shown.state not in PLAN_WRITABLE:
        return render(request, "programme/plan_closed.html", {"plan": shown, "sample": shown.sample}, status=409)
    return render(request, "programme/plan_edit.html", writing.editor_of(request.user, shown))


@login_required
@require_POST
def plan_part_write(request: Any, plan_part_id: int) -> HttpResponse:
    """Save what was typed in a part."""
    part = get_object_or_404(PlanPart.objects.prefetch_related("plan"), pk=plan_part_id)
    here = f"{_editor(part.plan_id)}#part-{part.pk}"
    wrong = ""
    try:
        part = write_part(actor=request.user, part=part, text=request.POST.get("text", ""), version=_version(request))
    except ConflictError:
        if not _scripted(request):
            return redirect(here)
        return _instead(request, "programme/plan_part.html", writing.one_part(request.user, part), f"#part-{part.pk}")
    except WorkspaceError as error:
        wrong = str(error)
    if _scripted(request):
        context = {"row": part, "wrong": wrong, **writing.summary_of(_plan(part.plan_id))}
        return render(request, "programme/plan_part_saved.html", context)
    _say(request, wrong)
    return redirect(here)


@login_required
@require_POST
def plan_part_forget(request: Any, plan_part_id: int) -> HttpResponse:
    """Forget what I typed in a part and could not save: what the other wrote stands."""
    part = get_object_or_404(PlanPart.objects.prefetch_related("plan"), pk=plan_part_id)
    require("programme.edit_plan", request.user, part)
    drop_unsaved(actor=request.user, object_type=PART, target=part)
    return redirect(f"{_editor(part.plan_id)}#part-{part.pk}")


@login_required
@require_safe
def plan_activity_edit(request: Any, plan_activity_id: int) -> HttpResponse:
    """All fields of an activity: as a page of its own, or opened in its row."""
    row = _activity(plan_activity_id)
    require("programme.edit_plan", request.user, row)
    shown = _plan(row.plan_id)
    if shown.state not in PLAN_WRITABLE:
        return render(request, "programme/plan_closed.html", {"plan": shown, "sample": shown.sample}, status=409)
    full = "row" not in request.GET or "full" in request.GET
    context = writing.one_activity(request.user, shown, row, full=full)
    template = "plan_activity_row" if _scripted(request) else "plan_activity_edit"
    return render(request, f"programme/{template}.html", context)


@login_required
@require_POST
def plan_activity_write(request: Any, plan_activity_id: int) -> HttpResponse:
    """Save what was typed in an activity."""
    row = _activity(plan_activity_id)
    here = f"{_editor(row.plan_id)}#activity-{row.pk}"
    wrong = ""
    try:
        row = activities.write_activity(
            actor=request.user, activity=row, values=read_activity(request.POST), version=_version(request)
        )
    except ConflictError:
        if not _scripted(request):
            return redirect("programme:plan_activity_edit", row.pk)
        context = writing.one_activity(request.user, _plan(row.plan_id), row, full=True)
        return _instead(request, "programme/plan_activity_row.html", context, f"#activity-{row.pk}")
    except WorkspaceError as error:
        wrong = _named(error)
    if _scripted(request):
        context = {"activity": row, "wrong": wrong, **writing.summary_of(_plan(row.plan_id))}
        return render(request, "programme/plan_activity_saved.html", context)
    _say(request, wrong)
    return redirect("programme:plan_activity_edit", row.pk) if wrong else redirect(here)


@login_required
@require_POST
def plan_activity_forget(request: Any, plan_activity_id: int) -> HttpResponse:
    """Forget what I typed in an activity and could not save."""
    row = _activity(plan_activity_id)
    require("programme.edit_plan", request.user, row)
    drop_unsaved(actor=request.user, object_type=activities.ACTIVITY, target=row)
    return redirect(f"{_editor(row.plan_id)}#activity-{row.pk}")


@login_required
@require_POST
def plan_activity_add(request: Any, plan_id: int) -> HttpResponse:
    """A new activity at the end; what the one before it says of part, category and source holds for it, too."""
    shown = _plan(plan_id)
    require("programme.edit_plan", request.user, shown)
    last = (queries.activities_of(shown) or [None])[-1]
    kept = {name: getattr(last, name) for name in ("group", "category", "budget_source")} if last else {}
    return _added(request, shown, lambda: activities.add_activity(actor=request.user, plan=shown, values=kept))


@login_required
@require_POST
def plan_activity_copy(request: Any, plan_activity_id: int) -> HttpResponse:
    """A copy of an activity behind it."""
    row = _activity(plan_activity_id)
    copied = _plan(row.plan_id)
    return _added(request, copied, lambda: activities.copy_activity(actor=request.user, activity=row))


@login_required
@require_POST
def plan_activity_move(request: Any, plan_activity_id: int) -> HttpResponse:
    """Move an activity one place up or down, or behind another one (``after``; 0 is the first place)."""
    row = _activity(plan_activity_id)
    order = list(PlanActivity.objects.filter(plan=row.plan_id, removed_at__isnull=True).order_by("position", "pk"))
    at = next((place for place, each in enumerate(order) if each.pk == row.pk), 0)
    asked = request.POST.get("after", "")
    if request.POST.get("move") == "up":
        after = order[at - 2] if at > 1 else None
    elif request.POST.get("move") == "down":
        after = order[min(at + 1, len(order) - 1)]
    else:
        after = next((each for each in order if str(each.pk) == asked), None)
    stays = after is not None and after.pk == row.pk

    def move() -> None:
        if stays:
            require("programme.edit_plan", request.user, row)
        else:
            activities.move_activity(actor=request.user, activity=row, after=after)

    return _done(request, row, move)


@login_required
@require_POST
def plan_activity_remove(request: Any, plan_activity_id: int) -> HttpResponse:
    """Take an activity out, or put it back."""
    row = _activity(plan_activity_id)
    verb = activities.put_back_activity if request.POST.get("back") else activities.remove_activity
    return _done(request, row, lambda: verb(actor=request.user, activity=row), refresh=True)


def _plan(plan_id: int) -> Plan:
    plan: Plan = get_object_or_404(queries.plans(), pk=plan_id)
    return plan


def _activity(key: int) -> PlanActivity:
    row: PlanActivity = get_object_or_404(PlanActivity.objects.prefetch_related("plan", "copied_from"), pk=key)
    return row


def _editor(plan_id: int) -> str:
    return reverse("programme:plan_edit", args=[plan_id])


def _scripted(request: Any) -> bool:
    return request.headers.get("HX-Request") == "true"


def _version(request: Any) -> int:
    said = request.POST.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - an integer column


def _named(error: WorkspaceError) -> str:
    """What is wrong, with the name of the field where it is one."""
    label = labels().get(error.field, "") if isinstance(error, IncompleteError) else ""
    return f"{label}: {error}" if label else str(error)


def _say(request: Any, wrong: str) -> None:
    if wrong:
        messages.error(request, wrong)
    else:
        messages.success(request, _("Saved."))


def _instead(request: Any, template: str, context: dict[str, Any], place: str) -> HttpResponse:
    """The whole row anew, with both texts, in place of the sentence that it is saved."""
    answer = render(request, template, context)
    answer["HX-Retarget"], answer["HX-Reswap"] = place, "outerHTML"
    return answer


def _added(request: Any, plan: Plan, add: Callable[[], PlanActivity]) -> HttpResponse:
    try:
        made = add()
    except WorkspaceError as error:
        messages.error(request, str(error))
        return _afresh() if _scripted(request) else redirect(_editor(plan.pk))
    if not _scripted(request):
        return redirect(f"{_editor(plan.pk)}#activity-{made.pk}")
    context = writing.one_activity(request.user, plan, _activity(made.pk), full=False)
    return render(request, "programme/plan_activity_added.html", {**context, **writing.summary_of(_plan(plan.pk))})


def _done(request: Any, row: PlanActivity, do: Callable[[], Any], *, refresh: bool = False) -> HttpResponse:
    """Do it; a script that moves the row itself needs no answer, but a refusal shows the page as it is."""
    try:
        do()
    except WorkspaceError as error:
        messages.error(request, str(error))
        refresh = True
    if not _scripted(request):
        return redirect(f"{_editor(row.plan_id)}#activity-{row.pk}")
    return _afresh() if refresh else HttpResponse(status=204)


def _afresh() -> HttpResponse:
    answer = HttpResponse(status=204)
    answer["HX-Refresh"] = "true"
    return answer
