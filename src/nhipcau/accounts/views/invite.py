from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from nhipcau.accounts.domain import invitations
from nhipcau.accounts.models import Person
from nhipcau.accounts.views.offering import REFUSALS, my_offices
from nhipcau.accounts.views.person import visible_roles

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.accounts.models import Invitation


@login_required
@require_POST
def invite(request: Any, person_id: int) -> HttpResponse:
    """A new link for somebody who has not set a password; the one before is good no longer."""
    offices = {office.pk: office for office in my_offices()}
    person = get_object_or_404(Person, pk=person_id)
    held = next((one for one in visible_roles(person) if one.organisation_id in offices), None)
    try:
        if held is None:
            raise invitations.InvitationError(gettext("This person holds no role in an office of yours."))
        made, token = invitations.invite(actor=request.user, person=person, organisation=held.organisation)
    except REFUSALS as error:
        messages.error(request, str(error))
        return redirect("people:person", person.pk)
    return show_invitation(request, made, token)


def show_invitation(request: Any, invitation: Invitation, token: str) -> HttpResponse:
    """Mail the link; where that cannot be, show it, this once."""
    if invitations.mail_invitation(invitation=invitation, token=token):
        said = gettext("%(person)s has been admitted, and the link was sent to %(email)s.")
        messages.success(request, said % {"person": invitation.person, "email": invitation.person.email})
        return redirect("people:person", invitation.person_id)
    url = request.build_absolute_uri(invitations.path_of(token))
    context = {"invitation": invitation, "url": url, "mail": settings.MAIL, "sample": invitation.person.sample}
    return render(request, "accounts/invited.html", context)
