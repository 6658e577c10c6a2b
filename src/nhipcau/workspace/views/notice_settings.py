from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from nhipcau.workspace.domain.notice_choices import choose_notices
from nhipcau.workspace.forms.notices import NoticeSettingsForm, initial
from nhipcau.workspace.models import RefusedAddress
from nhipcau.workspace.queries import notices as queries

if TYPE_CHECKING:
    from django.http import HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
def notice_settings(request: Any) -> HttpResponse:
    """How the reader wants to be told of each kind of thing, and when mail may come."""
    person = request.user
    clock = queries.clocks([person])[person.pk]
    form = NoticeSettingsForm(
        request.POST or None, initial=initial(queries.choices_of(person), clock, queries.chosen_zone(person))
    )
    if request.method == "POST" and form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("time_zone", "daily_at", "quiet_from", "quiet_to")}
        choose_notices(actor=person, person=person, channels=form.choices, **given)
        messages.success(request, gettext("Saved."))
        return redirect("workspace:notice_settings")
    shown: dict[str, Any] = {
        "form": form,
        "mail": settings.MAIL,
        "zone": str(clock.zone),
        "there": timezone.now().astimezone(clock.zone).strftime("%H:%M"),
        "refused": RefusedAddress.objects.filter(person=person, address=person.email).first(),
        "quiet_now": clock.is_quiet(timezone.now()),
    }
    return render(request, "workspace/notice_settings.html", shown)
