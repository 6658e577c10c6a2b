from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError
from nhipcau.workspace.domain.letters import register_letter
from nhipcau.workspace.forms.letters import RegisterForm
from nhipcau.workspace.queries.letters import offices_of
from nhipcau.workspace.rules.letters import RECEIVERS

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letter_register(request: Any) -> HttpResponse:
    """Enter a letter that came on paper or by e-mail."""
    offices = list(offices_of(*RECEIVERS))
    form = RegisterForm(request.POST or None, offices=offices, initial={"classification": "internal"})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = register_letter(
                actor=request.user,
                organisation=given["organisation"],
                content=form.content(),
                sender=given["sender"],
                sender_number=given["sender_number"],
                sender_date=given["sender_date"],
                channel=given["channel"],
            )
        except WorkspaceError as error:
            field = error.field if isinstance(error, IncompleteError) else ""
            form.add_error(field if field in form.fields else None, str(error))
        else:
            messages.success(request, _("The letter is in the incoming book."))
            return redirect("workspace:letter", made.pk)
    return render(request, "workspace/letter_register.html", {"form": form})
