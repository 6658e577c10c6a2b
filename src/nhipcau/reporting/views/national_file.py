from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nhipcau.reporting.documents import FILES, draw_national, draw_seal, draw_submission
from nhipcau.reporting.domain.national_taking import take_national, take_seal, take_submission
from nhipcau.reporting.models import Submission
from nhipcau.reporting.queries.national import nationals, seals
from nhipcau.workspace.files import DOCX, PDF, XLSX, as_download, is_demonstration

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http.response import HttpResponseBase

CONTENT_TYPES = {"docx": DOCX, "pdf": PDF, "xlsx": XLSX}


@login_required
@require_safe
def national_file(request: Any, taken_national_id: int, report_format: str) -> HttpResponseBase:
    """A national report to take along; that it was taken is on record."""
    shown = get_object_or_404(nationals(), pk=taken_national_id)

    def take() -> None:
        take_national(actor=request.user, national=shown, form=report_format)

    name = f"{gettext('National report')} {shown.number_and_symbol.replace('/', '-') or shown.pk}"
    return _taken(shown, report_format, draw_national, take, name)


@login_required
@require_safe
def submission_file(request: Any, submission_id: int, report_format: str) -> HttpResponseBase:
    """The report of an office as it was submitted, to take along; that it was taken is on record."""
    rows = Submission.objects.select_related("organisation", "receiver")
    shown = get_object_or_404(rows.prefetch_related("report__campaign__form_version"), pk=submission_id)

    def take() -> None:
        take_submission(actor=request.user, submission=shown, form=report_format)

    name = f"{gettext('Report')} {shown.number_and_symbol.replace('/', '-')}"
    return _taken(shown, report_format, draw_submission, take, name)


@login_required
@require_safe
def seal_file(request: Any, taken_seal_id: int, report_format: str) -> HttpResponseBase:
    """Sealed figures to take along; that they were taken is on record."""
    shown = get_object_or_404(seals(), pk=taken_seal_id)

    def take() -> None:
        take_seal(actor=request.user, seal=shown, form=report_format)

    return _taken(shown, report_format, draw_seal, take, f"{gettext('Sealed figures')} {shown.hash[:12]}")


def _taken(
    shown: Any, report_format: str, draw: Callable[[Any, str], IO[bytes]], take: Callable[[], None], name: str
) -> HttpResponseBase:
    if report_format not in FILES:
        raise Http404
    file = draw(shown, report_format)
    try:
        take()
    except BaseException:
        file.close()
        raise
    if shown.sample or is_demonstration():
        name = f"{name} {gettext('sample data')}"
    return as_download(file, name=name, ending=report_format, content_type=CONTENT_TYPES[report_format])
