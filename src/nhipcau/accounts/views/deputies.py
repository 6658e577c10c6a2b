from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from nhipcau.access import PermissionDeniedError
from nhipcau.accounts import queries
from nhipcau.accounts.domain import deputies as domain
from nhipcau.accounts.forms.people import DeputiseForm
from nhipcau.accounts.models import Deputyship, Membership, Person
from nhipcau.accounts.views.offering import REFUSALS, filled, refusals_in
from nhipcau.accounts.views.person import visible_roles

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def deputise(request: Any, person_id: int) -> HttpResponse:
    """Let a colleague act in roles of somebody, from a day to a day: by that person, or by who keeps the office."""
    person = get_object_or_404(Person, pk=person_id)
    roles = [held for held in visible_roles(person) if _may(request.user, person, held)]
    if not roles:
        raise PermissionDeniedError
    form = filled(request, DeputiseForm, memberships=roles, colleagues=_colleagues(request.user, person))
    if request.method == "POST" and form.is_valid():
        said = {name: form.cleaned_data[name] for name in _SAID}
        with refusals_in(form), transaction.atomic():
            for held in form.chosen():
                domain.deputise(
                    actor=request.user,
                    principal=person,
                    organisation=held.organisation,
                    role=held.role,
                    case=form.cleaned_data["case"] if held.role == "spokesperson" else "",
                    **said,
                )
        if form.is_valid():
            sentence = gettext("%(deputy)s stands in for %(person)s from %(from)s to %(to)s.")
            days = {"from": f"{said['valid_from']:%d/%m/%Y}", "to": f"{said['valid_to']:%d/%m/%Y}"}
            messages.success(request, sentence % ({"deputy": said["deputy"], "person": person} | days))
            return redirect("people:me") if person == request.user else redirect("people:person", person.pk)
    context = {"form": form, "shown": person, "own": person == request.user, "sample": person.sample}
    return render(request, "accounts/deputise.html", context)


_SAID = ("deputy", "valid_from", "valid_to", "number", "decided_on", "note")


def _may(actor: Person, person: Person, held: Membership) -> bool:
    asked = Deputyship(principal=person, organisation=held.organisation, role=held.role)
    return held.role != "authorised_spokesperson" and bool(rules.has_perm("accounts.deputise", actor, asked))


def _colleagues(actor: Person, person: Person) -> Any:
    """Nobody names themselves."""
    return queries.colleagues(person).exclude(pk=actor.pk)


@login_required
@require_POST
def take_back(request: Any, deputyship_id: int) -> HttpResponse:
    """End it at once."""
    deputyship = get_object_or_404(queries.seen_deputyships(), pk=deputyship_id)
    try:
        domain.take_back_deputyship(actor=request.user, deputyship=deputyship)
    except REFUSALS as error:
        messages.error(request, str(error))
    else:
        said = gettext("%(deputy)s stands in for %(person)s no longer.")
        messages.success(request, said % {"deputy": deputyship.deputy, "person": deputyship.principal})
    return redirect("people:person", deputyship.principal_id)
