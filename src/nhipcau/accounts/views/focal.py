from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.access import PermissionDeniedError
from nhipcau.accounts.domain.focal import add_focal_training, assign_focal_duty, end_focal_duty
from nhipcau.accounts.forms.people import EndForm, FocalDutyForm, TrainingForm
from nhipcau.accounts.models import FocalDuty, Person
from nhipcau.accounts.views.offering import filled, my_offices, refusals_in

if TYPE_CHECKING:
    from django.http import HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assign(request: Any, person_id: int) -> HttpResponse:
    """Make somebody focal officer of an office of the reader's."""
    person = get_object_or_404(Person, pk=person_id)
    form = filled(request, FocalDutyForm, actor=request.user, offices=my_offices())
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            assign_focal_duty(actor=request.user, person=person, **form.cleaned_data)
            messages.success(request, gettext("%(person)s is focal officer.") % {"person": person})
            return redirect("people:person", person.pk)
    return render(request, "accounts/assign_focal.html", {"form": form, "shown": person, "sample": person.sample})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: Any, duty_id: int) -> HttpResponse:
    """Let the duty of a focal officer end with a day."""
    duty = _my_duty(duty_id)
    form = filled(request, EndForm)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            end_focal_duty(actor=request.user, duty=duty, last_day=form.cleaned_data["last_day"])
            messages.success(request, gettext("Done: the duty ends."))
            return redirect("people:person", duty.person_id)
    return render(request, "accounts/end_focal.html", {"form": form, "duty": duty, "sample": duty.person.sample})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def train(request: Any, duty_id: int) -> HttpResponse:
    """Write down a course that a focal officer took."""
    duty = _my_duty(duty_id)
    form = filled(request, TrainingForm)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            add_focal_training(actor=request.user, duty=duty, **form.cleaned_data)
            messages.success(request, gettext("The course is written down."))
            return redirect("people:person", duty.person_id)
    return render(request, "accounts/train_focal.html", {"form": form, "duty": duty, "sample": duty.person.sample})


def _my_duty(duty_id: int) -> FocalDuty:
    """A duty in an office of the reader's; all know it, and who keeps the office alone changes it."""
    duty = get_object_or_404(FocalDuty.objects.select_related("person", "organisation"), pk=duty_id)
    if not my_offices().filter(pk=duty.organisation_id).exists():
        raise PermissionDeniedError
    return duty
