from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from nhipcau.access.rights import require
from nhipcau.press import queries
from nhipcau.press.domain import contents as domain
from nhipcau.press.forms import HeadForm
from nhipcau.press.models import WRITABLE
from nhipcau.workspace.views.head import Head, edit_head

if TYPE_CHECKING:
    from django.http import HttpResponse

HEAD = Head(
    form=HeadForm,
    kind=domain.DIGEST,
    stored=domain.head_of,
    recipients=queries.recipients_of,
    save=lambda actor, digest, head, version: domain.edit_digest(
        actor=actor, digest=digest, head=head, version=version
    ),
    again=lambda key: queries.digests().get(pk=key),
    name="digest",
    template="press/digest_head.html",
    after="press:digest_edit",
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def digest_head(request: Any, digest_id: int) -> HttpResponse:
    """What a digest says besides its entries: symbol, title, summary, outlook, recipients."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    require("press.edit_digest", request.user, shown)
    if shown.state not in WRITABLE:
        return render(request, "press/digest_closed.html", {"digest": shown, "sample": shown.sample}, status=409)
    return edit_head(request, shown, HEAD)
