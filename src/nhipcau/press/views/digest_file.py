from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from nhipcau.documents.sentences import FileRefusedError
from nhipcau.press import queries
from nhipcau.press.documents import FILES, draw
from nhipcau.press.domain.taking import take_digest
from nhipcau.workspace.domain.imports import told
from nhipcau.workspace.files import DOCX, HTML, JSON, PDF, XLSX, as_download, is_demonstration

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

CONTENT_TYPES = {"docx": DOCX, "pdf": PDF, "xlsx": XLSX, "json": JSON, "html": HTML}


@login_required
@require_safe
def digest_file(request: HttpRequest, digest_id: int, file_format: str) -> HttpResponseBase:
    """A digest to take along; that it was taken is on record."""
    digest = get_object_or_404(queries.digests(), pk=digest_id)
    if file_format not in FILES:
        raise Http404
    try:
        file = draw(digest, file_format)
    except FileRefusedError as refused:
        # The office's own template: it was tried when it was given, so this is rare; the other forms are there.
        messages.error(request, told(refused.sentence))
        return redirect("press:digest", digest.pk)
    try:
        take_digest(actor=request.user, digest=digest, form=file_format)  # type: ignore[arg-type]
    except BaseException:
        file.close()
        raise
    name = f"{gettext('Press digest')} {digest.focus} {digest.day:%Y-%m-%d}"
    if digest.sample or is_demonstration():
        name = f"{name} {gettext('sample data')}"
    return as_download(file, name=name, ending=file_format, content_type=CONTENT_TYPES[file_format])
