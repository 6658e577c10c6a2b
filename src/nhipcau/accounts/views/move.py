from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.accounts.domain.leaving import move_person
from nhipcau.accounts.forms.people import MoveForm
from nhipcau.accounts.models import Person
from nhipcau.accounts.views.invite import show_invitation
from nhipcau.accounts.views.offering import filled, my_offices, refusals_in
from nhipcau.accounts.views.person import visible_roles

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: Any, person_id: int) -> HttpResponse:
    """Let somebody go from one office of the reader's to another. Where two keep them, one dismisses, one admits."""
    person = get_object_or_404(Person, pk=person_id)
    offices = my_offices()
    origins = offices.filter(pk__in=[held.organisation_id for held in visible_roles(person)])
    form = filled(request, MoveForm, actor=request.user, origins=origins, offices=offices)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            admitted = move_person(actor=request.user, person=person, **form.cleaned_data)
            if admitted.invitation is not None:
                return show_invitation(request, admitted.invitation, admitted.token)
            messages.success(request, gettext("%(person)s moves to the new office.") % {"person": person})
            return redirect("people:person", person.pk)
    return render(request, "accounts/move.html", {"form": form, "shown": person, "sample": person.sample})
