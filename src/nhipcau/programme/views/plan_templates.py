from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.domain.plan_templates import MOST_BYTES, publish_plan_template
from nhipcau.programme.forms.plans import TemplateForm
from nhipcau.programme.models import PlanTemplate
from nhipcau.programme.plan_parts import parts_of
from nhipcau.programme.queries import plans as queries
from nhipcau.programme.queries.plan_arrivals import coordinated_by_me
from nhipcau.workspace.domain.errors import IncompleteError, WorkspaceError

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def plan_templates(request: Any) -> HttpResponse:
    """Every version of what a plan must contain."""
    today = timezone.localdate()
    context = {
        "templates": list(queries.plan_templates()),
        "standing": queries.template_on(today),
        "may_publish": bool(coordinated_by_me(today)),
    }
    return render(request, "programme/plan_templates.html", context)


@login_required
@require_safe
def plan_template(request: Any, plan_template_id: int) -> HttpResponse:
    """One version: its parts, their guidance and groups."""
    shown = get_object_or_404(PlanTemplate.objects.all(), pk=plan_template_id)
    standing = queries.template_on(timezone.localdate())
    context = {"template": shown, "parts": parts_of(shown.parts), "stands": standing == shown}
    return render(request, "programme/plan_template.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def plan_template_publish(request: Any) -> HttpResponse:
    """Publish the next version from its file."""
    office = coordinated_by_me(timezone.localdate()).first()
    if office is None or not rules.has_perm("programme.publish_plan_template", request.user, office):
        raise PermissionDeniedError(_("You may not do this: your roles do not include it."))
    form = TemplateForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(MOST_BYTES + 1)
        try:
            made = publish_plan_template(actor=request.user, organisation=office, content=content)
        except IncompleteError as error:
            form.add_error("file", str(error))
        except WorkspaceError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Version %(number)s is published.") % {"number": made.version})
            return redirect("programme:plan_template", made.pk)
    context = {"form": form, "standing": queries.template_on(timezone.localdate())}
    return render(request, "programme/plan_template_publish.html", context)


@login_required
@require_safe
def plan_template_file(_request: Any, plan_template_id: int) -> HttpResponse:
    """The version as its file: what the next one is written from."""
    shown = get_object_or_404(PlanTemplate.objects.all(), pk=plan_template_id)
    plain = {
        "title": shown.title,
        "basis": shown.basis,
        "valid_from": shown.valid_from.isoformat(),
        "parts": shown.parts,
    }
    answer = JsonResponse(plain, json_dumps_params={"ensure_ascii": False, "indent": 2})
    answer["Content-Disposition"] = f'attachment; filename="mau-ke-hoach-{shown.version}.json"'
    return answer
