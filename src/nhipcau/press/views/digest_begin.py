from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access import PermissionDeniedError
from nhipcau.press import queries
from nhipcau.press.domain.making import begin_flash, begin_weekly
from nhipcau.press.forms import BeginForm
from nhipcau.press.models import Story
from nhipcau.workspace.domain.errors import WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def weekly_begin(request: Any) -> HttpResponse:
    """Begin the digest of a week from the daily ones."""
    offices = list(queries.offices_as_analyst())
    if not offices:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    form = BeginForm(request.POST or None, offices=offices, initial={"day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            made = begin_weekly(actor=request.user, **form.cleaned_data)
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The weekly digest is begun with what the daily ones told."))
            return redirect("press:digest_edit", made.pk)
    return render(request, "press/weekly_begin.html", {"form": form})


@login_required
@require_POST
def flash_begin(request: Any, story_id: int) -> HttpResponse:
    """Begin a flash about a story, for the office of the reader in which they are a press analyst."""
    story = get_object_or_404(Story.objects, pk=story_id)
    offices = list(queries.offices_as_analyst())
    asked = request.POST.get("organisation", "")
    office = next((each for each in offices if str(each.pk) == asked), offices[0] if offices else None)
    if office is None:
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    try:
        made = begin_flash(actor=request.user, organisation=office, story=story)
    except WorkspaceError as error:
        messages.error(request, str(error))
        return redirect("press:story", story_id)
    messages.success(request, _("The flash is begun."))
    return redirect("press:digest_edit", made.pk)
