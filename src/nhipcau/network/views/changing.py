"""One screen for each change of the network: asked for, shown on the map before it is done, then done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from nhipcau.access import current
from nhipcau.access.rights import require
from nhipcau.network import queries
from nhipcau.network.changing import (
    ChangeForm,
    CloseForm,
    CreateForm,
    GrantRoleForm,
    MergeForm,
    MoveForm,
    RenameForm,
)
from nhipcau.network.comparison import Comparison, compare
from nhipcau.network.domain.errors import OrganisationError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest, HttpResponse


def _screen(form_class: type[ChangeForm]) -> Callable[[HttpRequest], HttpResponse]:
    @login_required
    @require_http_methods(["GET", "HEAD", "POST"])
    def screen(request: HttpRequest) -> HttpResponse:
        require("network.manage_organisations", current().actor)
        if request.method != "POST":
            asked = request.GET.get("organisation", "")
            chosen = int(asked) if asked.isdecimal() and len(asked) < _DIGITS else None
            initial = {"organisation": chosen, "members": [chosen], "day": timezone.localdate()}
            return _page(request, form_class(initial=initial))
        form = form_class(request.POST)
        if not form.is_valid():
            return _page(request, form, status=422)
        sure = request.POST.get("shown") == form.mark()
        try:
            with transaction.atomic():
                shown = _try(form)
                if not sure:
                    transaction.set_rollback(True)
        except OrganisationError as error:
            form.add_error(None, str(error))
            return _page(request, form, status=422)
        if not sure:
            return _page(request, form, preview=shown[1])
        messages.success(request, str(form.done))
        return redirect("network:organisation", shown[0].pk)

    screen.__doc__ = f"{form_class.__doc__} Shown on the map first; for the system owner."
    return screen


#: The database holds no longer key.
_DIGITS = 19


def _try(form: ChangeForm) -> tuple[Any, Comparison]:
    """Do it, and say what differs between the map of the eve and that of the day; the caller may undo it."""
    eve, day = form.eve_and_day()
    done = form.make(current().actor)
    before, after = queries.tree_on(eve), queries.tree_on(day)
    return done, compare(before, after, list(queries.successions()), eve, day)


def _page(
    request: HttpRequest, form: ChangeForm, *, preview: Comparison | None = None, status: int = 200
) -> HttpResponse:
    context = {"form": form, "preview": preview, "shown": form.mark() if preview else ""}
    return render(request, "network/change.html", context, status=status)


rename, move, close = _screen(RenameForm), _screen(MoveForm), _screen(CloseForm)
create, merge, grant_role = _screen(CreateForm), _screen(MergeForm), _screen(GrantRoleForm)
