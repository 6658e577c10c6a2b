from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.access import current
from nhipcau.law import queries
from nhipcau.law.domain.working_days import override_working_day, withdraw_working_day
from nhipcau.law.errors import LawError
from nhipcau.law.forms import WorkingDayForm, YearForm
from nhipcau.law.models import WorkingDayOverride
from nhipcau.ui.templatetags.ui import day as written

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def working_days(request: HttpRequest) -> HttpResponse:
    """What was decided about the days of a year; the system owner enters and takes back decisions here."""
    if request.method == "POST":
        return _withdraw(request) if "withdraw" in request.POST else _decide(request)
    return _page(request, WorkingDayForm())


def _decide(request: HttpRequest) -> HttpResponse:
    form = WorkingDayForm(request.POST)
    if form.is_valid():
        try:
            decision = override_working_day(actor=current().actor, **form.cleaned_data)
        except LawError as error:
            form.add_error(None, str(error))
        else:
            said = gettext("%(day)s is entered. Every deadline is counted by it from now on.")
            messages.success(request, said % {"day": written(decision.day)})
            return _back(decision.day.year)
    return _page(request, form, status=422)


def _withdraw(request: HttpRequest) -> HttpResponse:
    asked = request.POST["withdraw"]
    decision = get_object_or_404(WorkingDayOverride, pk=int(asked) if asked.isdecimal() and len(asked) < 19 else 0)  # noqa: PLR2004 - what the database can hold
    withdraw_working_day(actor=current().actor, decision=decision)
    messages.success(request, gettext("%(day)s is as in the calendar again.") % {"day": written(decision.day)})
    return _back(decision.day.year)


def _back(year: int) -> HttpResponse:
    return redirect(f"{reverse('law:working_days')}?year={year}")


def _page(request: HttpRequest, form: WorkingDayForm, status: int = 200) -> HttpResponse:
    years = YearForm(request.GET)
    year = years.chosen()
    context: dict[str, Any] = {
        "form": form,
        "years": YearForm({"year": year}),
        "year": year,
        "decisions": queries.decisions_in(year),
        "may": rules.has_perm("law.override_working_day", current().actor),
    }
    return render(request, "law/working_days.html", context, status=status)
