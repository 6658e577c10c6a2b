from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required

from nhipcau.programme.listings.plans import PLAN_ACTIVITIES, PLANS
from nhipcau.ui.listing import show

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
def plans(request: Any) -> HttpResponse:
    """The plans of my offices, and those that came to them."""
    return show(request, PLANS)


@login_required
def plan_activities(request: Any) -> HttpResponse:
    """The activities of all those plans: what every total is made of."""
    return show(request, PLAN_ACTIVITIES)
