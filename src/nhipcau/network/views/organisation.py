from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.network import queries
from nhipcau.network.models import HOME_ZONE, Organisation
from nhipcau.network.rules import may_manage

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_safe
def organisation(request: HttpRequest, organisation_id: int) -> HttpResponse:
    """What a body is, was and became: names, classes, codes, what it belonged to, its line, its roles, its members."""
    body: Organisation = get_object_or_404(Organisation.objects, pk=organisation_id)
    today = timezone.localdate()
    line = queries.lineage_of(body)
    answering = [] if body.valid_to is None or body.valid_to >= today else line.answering(today)
    below = [node for node in queries.tree_on(today).nodes.values() if node.parent and node.parent.pk == body.pk]
    context: dict[str, Any] = {
        "body": body,
        "today": today,
        "ended": body.valid_to is not None and body.valid_to < today,
        "answering": answering,
        "names": list(body.names.order_by("-valid_from")),
        "parents": list(body.parents.select_related("parent").order_by("-valid_from")),
        "classes": list(body.classes.all()),
        "codes": list(body.codes.all()),
        "jurisdictions": list(body.jurisdictions.all()),
        "origins": list(line.origins()),
        "steps": list(line.steps()),
        "roles": list(body.held_roles.order_by("-valid_from")),
        "members": list(body.members.select_related("member").order_by("-valid_from")),
        "member_of": list(body.member_of.select_related("body").order_by("-valid_from")),
        "below": below,
        "here": datetime.now(tz=ZoneInfo(body.time_zone)) if body.time_zone != HOME_ZONE else None,
        "may_manage": may_manage(current().actor),
        "sample": body.sample,
    }
    return render(request, "network/organisation.html", context)
