from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.network import queries
from nhipcau.network.forms import DayForm
from nhipcau.network.models import RoleInNetwork
from nhipcau.network.rules import may_manage

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.http import HttpRequest, HttpResponse

    from nhipcau.network.models import HeldRole


@login_required
@require_safe
def held_roles(request: HttpRequest) -> HttpResponse:
    """Who holds which role of the network on a day, by which text, and who held it before and after."""
    form = DayForm(request.GET)
    form.is_valid()
    day = form.cleaned_data.get("on") or timezone.localdate()
    roles = list(_roles(queries.held_roles(), day))
    context: dict[str, Any] = {
        "form": form,
        "may_manage": may_manage(current().actor),
        "day": day,
        "roles": roles,
        "coordinator": next((one["now"][0] for one in roles if one["now"] and one["role"] == _COORDINATOR), None),
        "sample": any(held.organisation.sample for one in roles for held in (*one["now"], *one["others"])),
    }
    return render(request, "network/held_roles.html", context)


_COORDINATOR = RoleInNetwork.COORDINATING_MINISTRY


def _roles(rows: Any, day: date) -> Iterator[dict[str, Any]]:
    for role, spells in groupby(rows, key=lambda held: held.role):
        found: list[HeldRole] = list(spells)
        now = [held for held in found if held.valid_from <= day and (held.valid_to is None or day <= held.valid_to)]
        alone = RoleInNetwork(role).exclusive
        yield {
            "role": role,
            "name": RoleInNetwork(role).label,
            "alone": alone,
            "now": now,
            "others": [held for held in found if held not in now] if alone else [],
        }
