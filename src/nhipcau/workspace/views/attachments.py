from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nhipcau.workspace.domain.attachments import attach_file, hand_out, remove_file
from nhipcau.workspace.domain.errors import WorkspaceError
from nhipcau.workspace.models import Attachment, FileKind, FilePurpose, Letter, host_of

if TYPE_CHECKING:
    from django.http import HttpResponse

#: How each kind is called on its way out; nothing is sent as a kind that a browser runs.
_TYPES = {
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.PPTX: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    FileKind.TXT: "text/plain; charset=utf-8",
    FileKind.PNG: "image/png",
    FileKind.JPG: "image/jpeg",
}
#: A browser shows these itself without running anything in them.
_SHOWN = (FileKind.PNG, FileKind.JPG)


@login_required
@require_POST
def letter_attach(request: Any, letter_id: int) -> HttpResponse:
    """Put a file to a letter."""
    return attach_to(request, get_object_or_404(Letter.objects.all(), pk=letter_id))


def attach_to(request: Any, target: Any) -> HttpResponse:
    """Take the file of a form to an object of any room, and go back to it with what became of that."""
    sent = request.FILES.get("file")
    back = redirect(host_of(target).url(target) + "#files")
    if sent is None:
        messages.error(request, _("Choose a file first."))
        return back
    purpose = FilePurpose.SIGNED_COPY if request.POST.get("purpose") == FilePurpose.SIGNED_COPY else FilePurpose.FILE
    try:
        made = attach_file(actor=request.user, target=target, name=sent.name, chunks=sent.chunks(), purpose=purpose)
    except WorkspaceError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(file)s is attached.") % {"file": made.name})
    return back


@login_required
@require_safe
def attachment(request: Any, attachment_id: int) -> FileResponse:
    """A file, to whoever sees what it hangs on: always as a download, but for pictures that are to be shown."""
    held = get_object_or_404(Attachment.objects.filter(removed_at__isnull=True), pk=attachment_id)
    try:
        path = hand_out(actor=request.user, attachment=held)
    except FileNotFoundError as error:
        raise Http404 from error
    kind = FileKind(held.kind)
    inline = "show" in request.GET and kind in _SHOWN
    answer = FileResponse(path.open("rb"), as_attachment=not inline, filename=held.name, content_type=_TYPES[kind])
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["Cache-Control"] = "private, no-store"
    return answer


@login_required
@require_POST
def attachment_remove(request: Any, attachment_id: int) -> HttpResponse:
    """Take a file away."""
    held = get_object_or_404(Attachment.objects.filter(removed_at__isnull=True), pk=attachment_id)
    target = held.target
    remove_file(actor=request.user, attachment=held)
    messages.success(request, _("%(file)s is taken away.") % {"file": held.name})
    return redirect(host_of(target).url(target) + "#files")
