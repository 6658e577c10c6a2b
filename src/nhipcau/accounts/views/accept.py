from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from nhipcau.accounts.domain.invitations import InvitationError, accept_invitation, invitation_by
from nhipcau.accounts.domain.people import PersonError
from nhipcau.accounts.forms.people import FirstPasswordForm
from nhipcau.accounts.views.offering import filled

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_not_required
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: Any, invitation_token: str) -> HttpResponse:
    """Whoever was invited sets the first password of their account, and signs in with it."""
    invitation = invitation_by(invitation_token)
    if invitation is None:
        return render(request, "accounts/accept.html", {"gone": True}, status=410)
    form = filled(request, FirstPasswordForm)
    if request.method == "POST" and form.is_valid():
        try:
            accept_invitation(token=invitation_token, password=form.cleaned_data["password"])
        except PersonError as error:
            form.add_error("password", str(error))
        except InvitationError:
            return render(request, "accounts/accept.html", {"gone": True}, status=410)
        else:
            said = gettext("The password is set. Sign in with it as %(email)s.")
            messages.success(request, said % {"email": invitation.person.email})
            return redirect("account_login")
    return render(request, "accounts/accept.html", {"form": form, "invitation": invitation})
