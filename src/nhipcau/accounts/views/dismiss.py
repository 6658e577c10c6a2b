from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.accounts.domain.leaving import dismiss_person, leaving
from nhipcau.accounts.forms.people import DismissForm
from nhipcau.accounts.models import Person
from nhipcau.accounts.views.offering import my_offices_or_404, refusals_in
from nhipcau.accounts.views.person import visible_roles

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def dismiss(request: Any, person_id: int) -> HttpResponse:
    """Let somebody leave an office of the reader's: what ends is shown for the day chosen, then it is done."""
    person = get_object_or_404(Person, pk=person_id)
    here = [held.organisation_id for held in visible_roles(person)]
    offices = my_offices_or_404().filter(pk__in=here)
    office = offices.first()
    if office is None:
        raise Http404
    asked = {"organisation": office.pk, "last_day": timezone.localdate()} | {k: v for k, v in request.GET.items() if v}
    form = DismissForm(request.POST if request.method == "POST" else asked, actor=request.user, offices=offices)
    preview = None
    if form.is_valid():
        office, day = form.cleaned_data["organisation"], form.cleaned_data["last_day"]
        if request.method == "POST":
            with refusals_in(form):
                left = dismiss_person(actor=request.user, person=person, **form.cleaned_data)
                messages.success(request, _said(person, left))
                return redirect("people:people")
        preview = leaving(actor=request.user, person=person, organisation=office, last_day=day)
    context = {"form": form, "shown": person, "preview": preview, "sample": person.sample}
    return render(request, "accounts/dismiss.html", context)


def _said(person: Person, left: Any) -> str:
    day = f"{left.last_day:%d/%m/%Y}"
    return gettext("%(person)s leaves %(office)s; last day: %(day)s.") % {
        "person": person,
        "office": left.organisation,
        "day": day,
    }
