from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.openid_connect.views import callback, login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.accounts.domain.security import SecurityError, disconnect_identity
from nhipcau.accounts.provider import FAILURES, answered_badly
from nhipcau.accounts.reauthentication import reauthenticated
from nhipcau.accounts.views.sign_in import at_the_door

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse

#: The one provider there can be.
OIDC = "oidc"


def _asking(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Have a service that fails lead back with a sentence, wherever in the library it does."""

    @wraps(view)
    def asked(request: Any, provider_id: str) -> HttpResponse:
        try:
            with transaction.atomic():
                return view(request, provider_id)
        except FAILURES as failure:
            try:
                answered_badly(request, failure)
            except ImmediateHttpResponse as back:
                answer: HttpResponse = back.response
                return answer

    return asked


@at_the_door
@require_POST
@_asking
def go(request: Any, provider_id: str) -> HttpResponse:
    """Lead to the organisation's service, to sign in or, for who is signed in, to connect an identity."""
    answer: HttpResponse = login(request, provider_id)
    return answer


@at_the_door
@require_safe
@_asking
def come_back(request: Any, provider_id: str) -> HttpResponse:
    """The service says who it is."""
    answer: HttpResponse = callback(request, provider_id)
    return answer


@login_required
@require_POST
@reauthenticated
def disconnect(request: Any, socialaccount_id: int) -> HttpResponse:
    """The identity no longer opens the account; refused where nothing else would."""
    identity = get_object_or_404(SocialAccount, pk=socialaccount_id, user_id=request.user.pk)
    try:
        disconnect_identity(actor=request.user, identity=identity)
    except SecurityError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, gettext("The identity is disconnected."))
    return redirect("mfa_index")
