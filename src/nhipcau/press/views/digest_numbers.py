from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.press import queries
from nhipcau.press.number_charts import Shown
from nhipcau.press.number_links import DigestLinks
from nhipcau.press.numbers import count_digest

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def digest_numbers(request: HttpRequest, digest_id: int) -> HttpResponse:
    """The numbers of a digest, counted as the page is opened, with what they were in the digest before it."""
    digest = get_object_or_404(queries.digests(), pk=digest_id)
    counted = count_digest(digest, as_of=timezone.now())
    shown = Shown(counted, DigestLinks(digest), f"{digest.organisation}, {digest.name}")
    context = {"digest": digest, "shown": shown, "sample": digest.sample}
    return render(request, "press/digest_numbers.html", context)
