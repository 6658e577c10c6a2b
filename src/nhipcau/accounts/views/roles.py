from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.accounts.domain.roles import end_membership, grant_membership, withdraw_membership
from nhipcau.accounts.forms.people import EndForm, GrantForm
from nhipcau.accounts.models import Membership, Person
from nhipcau.accounts.views.offering import filled, my_offices, my_offices_or_404, refusals_in

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: Any, person_id: int) -> HttpResponse:
    """Give somebody more roles in an office of the reader's."""
    person = get_object_or_404(Person, pk=person_id)
    form = filled(request, GrantForm, actor=request.user, offices=my_offices())
    if request.method == "POST" and form.is_valid():
        days = {name: form.cleaned_data[name] for name in ("valid_from", "valid_to")}
        with refusals_in(form), transaction.atomic():
            for role in form.cleaned_data["roles"]:
                grant_membership(
                    actor=request.user,
                    person=person,
                    organisation=form.cleaned_data["organisation"],
                    role=role,
                    **days,
                )
        if form.is_valid():
            messages.success(request, gettext("The roles are given."))
            return redirect("people:person", person.pk)
    return render(request, "accounts/grant.html", {"form": form, "shown": person, "sample": person.sample})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, membership_id: int) -> HttpResponse:
    """Let a role end with a day, or take it back before it begins."""
    my_offices_or_404()
    held = get_object_or_404(Membership.objects.prefetch_related("person", "organisation"), pk=membership_id)
    coming = held.valid_from > timezone.localdate()
    form = filled(request, EndForm)
    if request.method == "POST" and (coming or form.is_valid()):
        form.is_valid()
        with refusals_in(form):
            if coming:
                withdraw_membership(actor=request.user, membership=held)
            else:
                end_membership(actor=request.user, membership=held, last_day=form.cleaned_data["last_day"])
            messages.success(request, gettext("Done: the role ends."))
            return redirect("people:person", held.person_id)
        held.refresh_from_db()
    context = {"form": form, "held": held, "coming": coming, "sample": held.person.sample}
    return render(request, "accounts/end_role.html", context)
