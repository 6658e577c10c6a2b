from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.programme.domain.giving import give_task
from nhipcau.programme.domain.tasks import edit_task, end_task, set_task, take_up_task
from nhipcau.programme.forms.tasks import EndForm, GiftRows, TaskForm
from nhipcau.programme.hosting import directive_url, task_url
from nhipcau.programme.models import Clause, Task
from nhipcau.programme.queries.tasks import offices_by_class
from nhipcau.programme.views.forming import Page, take_form
from nhipcau.ui.templatetags.ui import vi_number
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.forms.letters import ReasonForm
from nhipcau.workspace.queries.letters import recipients_matching

if TYPE_CHECKING:
    from django.http import HttpResponse

_FOLDED = (
    "title_en", "lead_words", "coordinating", "coordinating_office", "coordinating_words", "deadline_kind",
    "trigger_on", "note",
)  # fmt: skip


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: Any, clause_id: int) -> HttpResponse:
    """Enter a task that a clause sets."""
    rows = Clause.objects.select_related("directive", "directive__organisation")
    clause = get_object_or_404(rows, pk=clause_id)
    directive = clause.directive
    require("programme.set_task", request.user, directive.organisation)
    first = {"title_vi": clause.text_vi[:500], "title_en": clause.text_en[:500]}
    if clause.kind == "target":
        first["kind"] = "target"
    form = TaskForm(request.POST or None, sample=directive.sample, initial=first)

    def enter(filled: TaskForm) -> str:
        return task_url(set_task(actor=request.user, clause=clause, content=filled.content()))

    page = Page(
        heading=_("What does this clause ask?"),
        lead=clause.text,
        button=_("Enter a task"),
        back=f"{directive_url(directive)}#clause-{clause.pk}",
        back_label=str(directive),
        sample=directive.sample,
        folded=_FOLDED,
    )
    return take_form(request, form, enter, page=page, done=_("The task is entered; it can be given to offices."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: Any, task_id: int) -> HttpResponse:
    """Change what a task asks."""
    shown = _shown(task_id)
    require("programme.edit_task", request.user, shown)
    form = TaskForm(request.POST or None, sample=shown.sample, task=shown)

    def save(filled: TaskForm) -> None:
        version = filled.cleaned_data["version"] or 0
        edit_task(actor=request.user, task=shown, content=filled.content(), version=version)

    page = _page(_("Change the task"), _("Save"), shown, folded=_FOLDED)
    return take_form(request, form, save, page=page, done=_("The task is saved."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_end(request: Any, task_id: int) -> HttpResponse:
    """Say that a task is done as a whole, or withdraw it."""
    shown = _shown(task_id)
    require("programme.end_task", request.user, shown)
    form = EndForm(request.POST or None)

    def end(filled: EndForm) -> None:
        given = filled.cleaned_data
        end_task(actor=request.user, task=shown, ending=given["ending"], note=given["note"], day=given["day"])

    lead = _("No office owes anything of it from then on; what each has done stays.")
    page = _page(_("How did this task end?"), _("End it"), shown, lead=lead)
    return take_form(request, form, end, page=page, done=_("The task has ended."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_take_up(request: Any, task_id: int) -> HttpResponse:
    """Take a task up again."""
    shown = _shown(task_id)
    require("programme.end_task", request.user, shown)
    form = ReasonForm(request.POST or None)

    def take_up(filled: ReasonForm) -> None:
        take_up_task(actor=request.user, task=shown, reason=filled.cleaned_data["reason"])

    page = _page(_("Why is this task taken up again?"), _("Take it up"), shown)
    return take_form(request, form, take_up, page=page, done=_("The task is open again."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_give(request: Any, task_id: int) -> HttpResponse:
    """Give a task to classes of offices and to offices by name."""
    shown = _shown(task_id)
    require("programme.give_task", request.user, shown)
    numbers = offices_by_class(timezone.localdate(), sample=shown.sample)
    rows = GiftRows.read(request.POST, numbers) if request.method == "POST" else GiftRows.of(shown, numbers)
    error = ""
    if request.method == "POST" and "find" not in request.POST and rows.is_valid():
        try:
            done = give_task(actor=request.user, task=shown, gift=rows.gift())
        except WorkspaceError as refused:
            error = str(refused)
        else:
            return _given(request, shown, done.given)
    asked = request.POST.get("find_text", "")
    context = {
        "task": shown,
        "rows": rows,
        "error": error,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=rows.ids),
        "sample": shown.sample,
    }
    return render(request, "programme/task_give.html", context)


def _given(request: Any, task: Task, number: int) -> HttpResponse:
    said = ngettext("%(number)s office was given the task.", "%(number)s offices were given the task.", number)
    messages.success(request, said % {"number": vi_number(number)})
    return redirect(task_url(task))


def _shown(task_id: int) -> Task:
    rows = Task.objects.select_related("organisation", "clause", "clause__directive")
    found: Task = get_object_or_404(rows, pk=task_id)
    return found


def _page(heading: str, button: str, task: Task, *, lead: str = "", folded: tuple[str, ...] = ()) -> Page:
    return Page(
        heading=heading,
        lead=lead,
        button=button,
        back=task_url(task),
        back_label=task.title,
        sample=task.sample,
        folded=folded,
    )
