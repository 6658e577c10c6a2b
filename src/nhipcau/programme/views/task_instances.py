from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.access.rights import require
from nhipcau.programme import words
from nhipcau.programme.domain.instances import doubt_word, move_due_day, say_how_it_stands
from nhipcau.programme.forms.tasks import MoveForm, WordForm
from nhipcau.programme.hosting import instance_url
from nhipcau.programme.listings.tasks import MINE
from nhipcau.programme.queries.tasks import instances
from nhipcau.programme.serving import serving
from nhipcau.programme.views.forming import Page, take_form
from nhipcau.ui.listing import show
from nhipcau.workspace.forms.letters import ReasonForm
from nhipcau.workspace.models import Letter
from nhipcau.workspace.views.attached import attached_context
from nhipcau.workspace.views.attachments import attach_to
from nhipcau.workspace.views.comments import comment_on

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nhipcau.programme.models import TaskInstance


@login_required
def task_instance_list(request: HttpRequest) -> HttpResponse:
    """What directives ask of my offices."""
    return show(request, MINE)


@login_required
@require_safe
def task_instance(request: Any, task_instance_id: int) -> HttpResponse:
    """A task as one office has it: what serves it, what the office says, its papers."""
    shown = _shown(task_instance_id)
    word, code = words.instance_state(shown)
    things = serving([shown.task_id], [shown.organisation_id])
    open_now = shown.ended_on is None and not shown.task.ending
    may_give = rules.has_perm("programme.give_task", request.user, shown.task)
    context = {
        "instance": shown,
        "task": shown.task,
        "word": word,
        "code": code,
        "things": things.get((shown.task_id, shown.organisation_id), ()),
        "evidence": Letter.objects.filter(pk=shown.evidence_id).first() if shown.evidence_id else None,
        "successor": instances().filter(pk=shown.successor_id).first() if shown.successor_id else None,
        "predecessors": list(instances().filter(successor=shown)),
        "deadline": words.deadline(shown.task),
        "may_say": open_now and rules.has_perm("programme.say_how_it_stands", request.user, shown),
        "may_doubt": open_now and may_give and shown.word in {"done", "not_needed"},
        "may_move": open_now and may_give,
        "sample": shown.sample,
    }
    return render(request, "programme/task_instance.html", context | attached_context(request.user, shown))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_say(request: Any, task_instance_id: int) -> HttpResponse:
    """Say how an office stands with its task."""
    shown = _shown(task_instance_id)
    require("programme.say_how_it_stands", request.user, shown)
    first = {
        "word": shown.word,
        "done_on": shown.done_on if shown.word == "done" else None,
        "note": shown.word_note,
        "evidence": shown.evidence_id,
        "evidence_number": shown.evidence_number,
    }
    form = WordForm(request.POST or None, initial=first)

    def say(filled: WordForm) -> None:
        say_how_it_stands(actor=request.user, instance=shown, **filled.cleaned_data)

    lead = _("The office that gave the task reads it at once. Files are attached on the page of the task.")
    page = _page(_("How does it stand?"), _("Save"), shown, lead=lead)
    return take_form(request, form, say, page=page, done=_("It is said."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_doubt(request: Any, task_instance_id: int) -> HttpResponse:
    """Ask an office to go on with a task that it said was done."""
    shown = _shown(task_instance_id)
    require("programme.give_task", request.user, shown.task)
    form = ReasonForm(request.POST or None)

    def doubt(filled: ReasonForm) -> None:
        doubt_word(actor=request.user, instance=shown, reason=filled.cleaned_data["reason"])

    lead = f"{_('The office reads this as a comment; the task is in progress again.')} {_said(shown)}"
    page = _page(_("What is missing?"), _("Send back"), shown, lead=lead, icon="arrow-back-up")
    return take_form(request, form, doubt, page=page, done=_("The office is asked to go on."))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def task_move(request: Any, task_instance_id: int) -> HttpResponse:
    """Give one office another day."""
    shown = _shown(task_instance_id)
    require("programme.give_task", request.user, shown.task)
    form = MoveForm(request.POST or None, initial={"due_on": shown.due_on})

    def move(filled: MoveForm) -> None:
        given = filled.cleaned_data
        move_due_day(actor=request.user, instance=shown, due_on=given["due_on"], reason=given["reason"])

    page = _page(_("Another day for this office"), _("Save"), shown, lead=_said(shown))
    return take_form(request, form, move, page=page, done=_("The day is changed."))


@login_required
@require_POST
def task_attach(request: Any, task_instance_id: int) -> HttpResponse:
    """Put a file to the task of an office."""
    return attach_to(request, _shown(task_instance_id))


@login_required
@require_POST
def task_comment(request: Any, task_instance_id: int) -> HttpResponse:
    """Say something of the task of an office."""
    return comment_on(request, _shown(task_instance_id))


def _shown(task_instance_id: int) -> TaskInstance:
    found: TaskInstance = get_object_or_404(instances().select_related("word_by"), pk=task_instance_id)
    return found


def _said(row: TaskInstance) -> str:
    """Whose task it is, and what the office says of it."""
    return f"{row.organisation}: {row.word_note}" if row.word_note else str(row.organisation)


def _page(heading: str, button: str, row: TaskInstance, *, lead: str = "", icon: str = "check") -> Page:
    return Page(
        heading=heading,
        lead=lead,
        button=button,
        icon=icon,
        back=instance_url(row),
        back_label=row.task.title,
        sample=row.sample,
    )
