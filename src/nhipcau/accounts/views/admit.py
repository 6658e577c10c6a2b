from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.accounts.domain.joining import admit_person
from nhipcau.accounts.forms.people import AdmitForm
from nhipcau.accounts.views.invite import show_invitation
from nhipcau.accounts.views.offering import filled, my_offices, refusals_in

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def admit(request: Any) -> HttpResponse:
    """Take somebody into an office: account, roles, invitation."""
    form = filled(request, AdmitForm, actor=request.user, offices=my_offices())
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            admitted = admit_person(actor=request.user, **form.cleaned_data)
            if admitted.invitation is not None:
                return show_invitation(request, admitted.invitation, admitted.token)
            said = gettext("%(person)s has been admitted to %(office)s.")
            messages.success(request, said % {"person": admitted.person, "office": form.cleaned_data["organisation"]})
            return redirect("people:person", admitted.person.pk)
    return render(request, "accounts/admit.html", {"form": form})
