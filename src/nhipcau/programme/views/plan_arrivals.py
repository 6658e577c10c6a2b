from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.utils import timezone
from django.utils.translation import gettext as _

from nhipcau.access.errors import PermissionDeniedError
from nhipcau.programme.filters.plan_arrivals import asked_of
from nhipcau.programme.listings.plan_arrivals import PLAN_ARRIVALS
from nhipcau.programme.queries.plan_arrivals import coordinated_by_me
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
def plan_arrivals(request: Any) -> HttpResponse:
    """For the coordinating ministry: who sent the annual plan of a year, in which order, and who has not."""
    ministry = coordinated_by_me(timezone.localdate()).first()
    if ministry is None:
        raise PermissionDeniedError(_("This list is for the coordinators of the coordinating ministry."))
    year, day = asked_of(request.GET)
    return show(request, PLAN_ARRIVALS, ministry=ministry, year=year, day=day)
