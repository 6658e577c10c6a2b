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
from nhipcau.reporting.domain import national as domain
from nhipcau.reporting.forms.national import NationalHeadForm
from nhipcau.reporting.models import NATIONAL_WRITABLE
from nhipcau.reporting.queries.national import nationals, recipients_of
from nhipcau.workspace.domain.errors import ConflictError, IncompleteError, WorkspaceError
from nhipcau.workspace.domain.writing import differences, unsaved
from nhipcau.workspace.forms.letters import RecipientRow, RecipientRows
from nhipcau.workspace.queries.letters import recipients_matching

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.reporting.models import NationalReport
    from nhipcau.workspace.models import UnsavedText


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def national_edit(request: Any, national_id: int) -> HttpResponse:
    """What a national report says besides its sentences: symbol, title, introduction, recipients."""
    shown = get_object_or_404(nationals(), pk=national_id)
    require("reporting.edit_national", request.user, shown)
    if shown.state not in NATIONAL_WRITABLE:
        messages.error(request, _("This national report is not being written now."))
        return redirect("reporting:national", shown.pk)
    kept = unsaved(request.user, object_type=domain.NATIONAL, target=shown)
    if request.method != "POST" and kept is not None:
        return _kept_page(request, shown, kept)
    if request.method != "POST":
        to = RecipientRows([RecipientRow(row.organisation) for row in recipients_of(shown)])
        return _page(request, shown, NationalHeadForm(initial=domain.head_of(shown)), to, version=shown.version)
    form, to = NationalHeadForm(request.POST), RecipientRows.read(request.POST)
    said = request.POST.get("version", "")
    version = int(said) if said.isdecimal() else 0
    if "find" in request.POST or not form.is_valid():
        return _page(request, shown, form, to, version=version)
    return _save(request, shown, form, to, version)


def _kept_page(request: Any, shown: NationalReport, kept: UnsavedText) -> HttpResponse:
    """The head as the reader had typed it and could not save, beside what differs from it; saving it is over that."""
    stored = domain.head_of(shown)
    mine = {name: texts[0] if texts else "" for name, texts in kept.values.items() if name != "recipients"}
    keys = {int(key) for key in kept.values.get("recipients", []) if key.isdecimal()}
    offices = Organisation.objects.filter(pk__in=keys).order_by("sort_key", "pk")
    to = RecipientRows([RecipientRow(office) for office in offices])
    found = differences(shown, version=kept.version, mine={**mine, "recipients": sorted(keys)}, theirs=stored)
    return _page(request, shown, NationalHeadForm(initial=mine), to, version=shown.version, differences=found)


def _save(request: Any, shown: NationalReport, form: NationalHeadForm, to: RecipientRows, version: int) -> HttpResponse:
    head = form.head([row.organisation for row in to.rows])
    try:
        domain.edit_national(actor=request.user, national=shown, head=head, version=version)
    except ConflictError:
        shown = nationals().get(pk=shown.pk)
        found = differences(shown, version=version, mine=head.fields(), theirs=domain.head_of(shown))
        # The next save is over what is shown here, so it carries the version that is.
        return _page(request, shown, form, to, version=shown.version, differences=found, status=409)
    except WorkspaceError as error:
        field = error.field if isinstance(error, IncompleteError) else ""
        form.add_error(field if field in form.fields else None, str(error))
        return _page(request, shown, form, to, version=version)
    messages.success(request, _("Saved."))
    return redirect("reporting:national", shown.pk)


def _page(
    request: Any,
    shown: NationalReport,
    form: NationalHeadForm,
    to: RecipientRows,
    *,
    version: int,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    asked = request.POST.get("find_text", "")
    context = {
        "national": shown,
        "form": form,
        "rows": to.rows,
        "asked": asked,
        "found": recipients_matching(asked, timezone.localdate(), without=to.ids),
        "version": version,
        "sample": shown.sample,
        **more,
    }
    return render(request, "reporting/national_head.html", context, status=status)
