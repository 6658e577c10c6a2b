from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nhipcau.programme.domain.plan_taking import take_plan
from nhipcau.programme.plan_documents import PLAN_FILES, draw_plan
from nhipcau.programme.queries import plans as queries
from nhipcau.workspace.files import DOCX, PDF, as_download, is_demonstration

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

CONTENT_TYPES = {"docx": DOCX, "pdf": PDF}


@login_required
@require_safe
def plan_file(request: Any, taken_plan_id: int, plan_format: str) -> HttpResponseBase:
    """A plan to take along; that it was taken is on record."""
    shown = get_object_or_404(queries.plans(), pk=taken_plan_id)
    if plan_format not in PLAN_FILES:
        raise Http404
    take_plan(actor=request.user, plan=shown, form=plan_format)
    name = f"{shown.title[:120]}, {shown.organisation}"
    if shown.sample or is_demonstration():
        name = f"{name} {gettext('sample data')}"
    return as_download(
        draw_plan(shown, plan_format), name=name, ending=plan_format, content_type=CONTENT_TYPES[plan_format]
    )
