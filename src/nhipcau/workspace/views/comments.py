from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access.rights import require
from nhipcau.workspace.domain.comments import add_comment, edit_comment, withdraw_comment
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.forms.comments import CommentForm
from nhipcau.workspace.models import Audience, Comment, Letter, host_of

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_POST
def letter_comment(request: Any, letter_id: int) -> HttpResponse:
    """Say something of a letter."""
    return comment_on(request, get_object_or_404(Letter.objects.all(), pk=letter_id))


def comment_on(request: Any, target: Any) -> HttpResponse:
    """Take the comment of a form on an object of any room, and go back to it."""
    back = redirect(host_of(target).url(target) + "#comments")
    key = request.POST.get("reply_to", "")
    answered = get_object_or_404(Comment.objects.all(), pk=int(key)) if key.isascii() and key.isdigit() else None
    everybody = request.POST.get("audience") == Audience.EVERYBODY
    try:
        add_comment(
            actor=request.user,
            target=target,
            text=request.POST.get("text", ""),
            audience=Audience.EVERYBODY if everybody else Audience.OFFICE,
            reply_to=answered,
        )
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The comment is there."))
    return back


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_edit(request: Any, comment_id: int) -> HttpResponse:
    """Change what one has said, within fifteen minutes."""
    held = get_object_or_404(Comment.objects.all(), pk=comment_id)
    require("workspace.edit_comment", request.user, held)
    form = CommentForm(request.POST or None, initial={"text": held.text})
    if request.method == "POST" and form.is_valid():
        try:
            edit_comment(actor=request.user, comment=held, text=form.cleaned_data["text"])
        except WorkspaceError as error:
            form.add_error("text", str(error))
        else:
            return _back(held)
    return render(request, "workspace/comment_edit.html", {"form": form, "comment": held, "back": _url(held)})


@login_required
@require_POST
def comment_withdraw(request: Any, comment_id: int) -> HttpResponse:
    """Withdraw what one has said."""
    held = get_object_or_404(Comment.objects.all(), pk=comment_id)
    try:
        withdraw_comment(actor=request.user, comment=held)
    except WorkspaceError as error:
        messages.error(request, str(error))
    return _back(held)


def _url(comment: Comment) -> str:
    target = comment.target
    return f"{host_of(target).url(target)}#comment-{comment.pk}"


def _back(comment: Comment) -> HttpResponse:
    return redirect(_url(comment))
