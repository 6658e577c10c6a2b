from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.reporting.domain import national as domain
from nhipcau.reporting.forms.national import NationalHeadForm
from nhipcau.reporting.models import NATIONAL_WRITABLE
from nhipcau.reporting.queries.national import nationals, recipients_of
from nhipcau.workspace.views.head import Head, edit_head

if TYPE_CHECKING:
    from django.http import HttpResponse

HEAD = Head(
    form=NationalHeadForm,
    kind=domain.NATIONAL,
    stored=domain.head_of,
    recipients=recipients_of,
    save=lambda actor, national, head, version: domain.edit_national(
        actor=actor, national=national, head=head, version=version
    ),
    again=lambda key: nationals().get(pk=key),
    name="national",
    template="reporting/national_head.html",
    after="reporting:national",
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_edit(request: Any, national_id: int) -> HttpResponse:
    """What a national report says besides its sentences: symbol, title, introduction, recipients."""
    shown = get_object_or_404(nationals(), pk=national_id)
    require("reporting.edit_national", request.user, shown)
    if shown.state not in NATIONAL_WRITABLE:
        messages.error(request, _("This national report is not being written now."))
        return redirect("reporting:national", shown.pk)
    return edit_head(request, shown, HEAD)
