from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nhipcau.access.rights import require
from nhipcau.press import queries
from nhipcau.press.comparing import compare
from nhipcau.press.domain.contents import contents_of
from nhipcau.workspace.models import Revision

if TYPE_CHECKING:
    from typing import Any

    from django.http import HttpResponse

#: What stands for the digest as it is now, in the address.
NOW = "now"


@login_required
@require_safe
def digest_compare(request: Any, digest_id: int) -> HttpResponse:
    """What changed between two kept versions of a digest, or since one."""
    shown = get_object_or_404(queries.digests(), pk=digest_id)
    require("press.read_versions", request.user, shown)
    kept = list(Revision.objects.on(shown).select_related("person").order_by("-number"))
    numbers = {str(row.number): row for row in kept}
    after = request.GET.get("after", NOW)
    after = after if after in numbers else NOW
    before = request.GET.get("before", "")
    older = [key for key in numbers if after == NOW or int(key) < int(after)]
    before = before if before in numbers else next(iter(older), "")
    now = contents_of(shown)
    found = None
    if before:
        found = compare(numbers[before].fields, now if after == NOW else numbers[after].fields)
    context = {
        "digest": shown,
        "kept": kept,
        "before": before,
        "after": after,
        "found": found,
        "names": {"": _("Head of the digest")},
        "sample": shown.sample,
    }
    return render(request, "press/digest_compare.html", context)
