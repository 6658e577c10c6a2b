from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nhipcau.access import current
from nhipcau.access.rights import require
from nhipcau.documents.sentences import FileRefusedError
from nhipcau.documents.studio.kinds import kind as kind_named
from nhipcau.documents.studio.kinds import kinds
from nhipcau.network.models import Organisation
from nhipcau.workspace.domain.imports import told
from nhipcau.workspace.domain.templates import stop_template, upload_template, use_template
from nhipcau.workspace.files import DOCX, as_download
from nhipcau.workspace.forms.templates import TemplateForm
from nhipcau.workspace.models import DocumentTemplate
from nhipcau.workspace.queries.templates import templates as templates_seen
from nhipcau.workspace.rules.templates import KEEPERS

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

    from nhipcau.documents.studio.kinds import TemplateKind


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def templates(request: HttpRequest) -> HttpResponse:
    """The Word templates of the reader's offices, what may stand in them, and a new one to be given."""
    form = TemplateForm(request.POST, request.FILES) if request.method == "POST" else TemplateForm()
    if request.method == "POST" and form.is_valid():
        office = get_object_or_404(Organisation, pk=form.cleaned_data["office"])
        try:
            given = upload_template(
                actor=request.user,  # type: ignore[arg-type]
                organisation=office,
                kind=_kind(form.cleaned_data["kind"]),
                name=form.name,
                content=form.cleaned_data["file"],
            )
        except FileRefusedError as refused:
            form.add_error("file", told(refused.sentence))
        else:
            messages.success(request, gettext("“%(name)s” is kept: try it, then put it into use.") % {"name": given})
            return redirect("workspace:templates")
    return render(request, "workspace/templates.html", {"form": form, **_shown()})


def _shown() -> dict[str, Any]:
    seen = list(templates_seen())
    keeps = Organisation.objects.filter(pk__in=current().organisations(*KEEPERS)).order_by("pk")
    return {
        "kinds": [
            {"kind": kind, "rows": [row for row in seen if row.kind == kind.name], "fields": list(kind.fields)}
            for kind in kinds()
        ],
        "keeps": list(keeps),
        "kept": current().organisations(*KEEPERS),
        "in_use": sum(row.active for row in seen),
    }


@login_required
@require_safe
def template_starter(_request: HttpRequest, template_kind: str) -> HttpResponseBase:
    """A template to begin with: it looks like the standard document."""
    kind = _kind(template_kind)
    name = gettext("template %(title)s") % {"title": kind.title}
    return as_download(kind.starter(), name=name, ending="docx", content_type=DOCX)


@login_required
@require_safe
def template_file(_request: HttpRequest, template_id: int) -> HttpResponseBase:
    """The template as it was given."""
    template = get_object_or_404(DocumentTemplate, pk=template_id)
    return as_download(bytes(template.content), name=template.name[:-5], ending="docx", content_type=DOCX)


@login_required
@require_safe
def template_trial(request: HttpRequest, template_id: int) -> HttpResponseBase:
    """The template filled in with sample data."""
    template = get_object_or_404(DocumentTemplate, pk=template_id)
    require("workspace.keep_templates", current().actor, template.organisation)
    try:
        filled = _kind(template.kind).trial(bytes(template.content))
    except FileRefusedError as refused:
        messages.error(request, told(refused.sentence))
        return render(request, "workspace/templates.html", {"form": TemplateForm(), **_shown()})
    name = f"{template.name[:-5]} {gettext('sample data')}"
    return as_download(filled, name=name, ending="docx", content_type=DOCX)


@login_required
@require_POST
def template_use(request: HttpRequest, template_id: int) -> HttpResponse:
    """Put it into use."""
    template = get_object_or_404(templates_seen(), pk=template_id)
    use_template(actor=request.user, template=template)  # type: ignore[arg-type]
    messages.success(request, gettext("“%(name)s” is in use from now on.") % {"name": template})
    return redirect("workspace:templates")


@login_required
@require_POST
def template_stop(request: HttpRequest, template_id: int) -> HttpResponse:
    """Go back to the standard form."""
    template = get_object_or_404(templates_seen(), pk=template_id)
    stop_template(actor=request.user, template=template)  # type: ignore[arg-type]
    messages.success(request, gettext("“%(name)s” is put aside: the standard form is in use.") % {"name": template})
    return redirect("workspace:templates")


def _kind(name: str) -> TemplateKind:
    kind = kind_named(name)
    if kind is None:
        raise Http404
    return kind
