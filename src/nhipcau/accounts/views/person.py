from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from nhipcau.access import current
from nhipcau.accounts import queries
from nhipcau.accounts.models import Invitation, Membership, Person, open_at

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_safe
def me(request: Any) -> HttpResponse:
    """The reader's own roles, who stands in for them, and for whom they stand in."""
    return _page(request, request.user)


@login_required
@require_safe
def person(request: Any, person_id: int) -> HttpResponse:
    """Who somebody is at work: name, address, and the roles and deputies that the reader may see."""
    return _page(request, get_object_or_404(Person, pk=person_id))


def _page(request: Any, shown: Person) -> HttpResponse:
    today = timezone.localdate()
    roles = list(shown.memberships.order_by("-valid_from", "role").prefetch_related("organisation", "person"))
    given = list(queries.deputyships_of(shown))
    duties = list(shown.focal_duties.select_related("organisation").prefetch_related("trainings"))
    offices = set(queries.offices_administered(current()).values_list("pk", flat=True))
    administers = not request.user.is_system_owner and bool(offices)
    own = shown == request.user
    keeps = own or any(held.organisation_id in offices for held in roles)
    open_invitation = Invitation.objects.filter(open_at(), person=shown).first()
    for held in roles:
        held.may_end = held.state != "over" and rules.has_perm("accounts.end_membership", request.user, held)
    for one in given:
        one.may_take_back = one.state != "over" and rules.has_perm("accounts.take_back_deputyship", request.user, one)
    for duty in duties:
        duty.mine = duty.organisation_id in offices and administers
        duty.now = duty.valid_from <= today and (duty.valid_to is None or duty.valid_to >= today)
    held_today = [held for held in roles if held.state == "in_force"]
    context = {
        "shown": shown,
        "own": own,
        "roles": roles,
        "today": held_today,
        "stood_in": [one for one in given if one.principal_id == shown.pk],
        "standing_in": [one for one in given if one.deputy_id == shown.pk],
        "duties": duties,
        "keeps": keeps,
        "may_keep": bool(offices) and not own,
        "may_name_focal": administers,
        "may_deputise": bool(held_today)
        and (own or (any(held.organisation_id in offices for held in held_today) and administers)),
        "may_dismiss": administers and any(held.organisation_id in offices and held.state != "over" for held in roles),
        "may_move": administers and len(offices) > 1 and not own,
        # Sample people of a demonstration are signed in with one click.
        "needs_invitation": keeps
        and shown.is_active
        and not shown.has_usable_password()
        and not (settings.DEMO and shown.sample),
        "invitation": open_invitation,
        "parts": [*roles[1:], *given, *duties] if roles else [],
        "sample": shown.sample,
    }
    return render(request, "accounts/person.html", context)


def visible_roles(shown: Person) -> list[Membership]:
    """The roles of somebody that the reader may see and that are not over."""
    roles = shown.memberships.prefetch_related("organisation")
    return [held for held in roles if held.state != "over"]
