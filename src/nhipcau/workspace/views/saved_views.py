from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from nhipcau.access import current
from nhipcau.network.models import Organisation
from nhipcau.ui.listing import listing as listing_named
from nhipcau.workspace.domain import saved_views as domain
from nhipcau.workspace.list_views import VIEW, address_of
from nhipcau.workspace.models import SavedView

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


class _SaveForm(forms.Form):
    listing = forms.CharField(max_length=100)
    name = forms.CharField(max_length=SavedView.NAME_LENGTH)
    query = forms.CharField(max_length=4 * SavedView.QUERY_LENGTH, required=False)
    office = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    opens = forms.BooleanField(required=False)


@require_POST
def view_save(request: HttpRequest) -> HttpResponse:
    """Save the list as it is shown, under a name."""
    form = _SaveForm(request.POST)
    kind = listing_named(request.POST.get("listing", ""))
    if kind is None:
        return redirect("home")
    if not form.is_valid():
        messages.error(request, gettext("A view needs a name of 80 characters at most."))
        return redirect(kind.view)
    asked = form.cleaned_data
    office = None
    if asked["office"]:
        office = get_object_or_404(Organisation.objects.filter(pk__in=current().organisations()), pk=asked["office"])
    try:
        view = domain.save_view(
            actor=request.user,  # type: ignore[arg-type]
            listing=kind.name,
            name=asked["name"],
            query=asked["query"],
            office=office,
            opens=asked["opens"],
        )
    except domain.ViewError as error:
        messages.error(request, str(error))
        return redirect(kind.view)
    messages.success(request, gettext("The view “%(name)s” is saved.") % {"name": view.name})
    return redirect(address_of(reverse(kind.view), view))


@require_safe
def view_open(request: HttpRequest, saved_view_id: int) -> HttpResponse:  # noqa: ARG001 - a view takes a request
    """The list in a saved view: an address to be passed on."""
    view = get_object_or_404(SavedView, pk=saved_view_id)
    kind = listing_named(view.listing)
    if kind is None:
        raise Http404
    return redirect(address_of(reverse(kind.view), view))


@require_POST
def view_opens(request: HttpRequest, saved_view_id: int) -> HttpResponse:
    """Have the list open in this view, or no longer."""
    view = get_object_or_404(SavedView, pk=saved_view_id)
    if request.POST.get("opens") == "1":
        domain.open_in_view(actor=request.user, view=view)  # type: ignore[arg-type]
    else:
        domain.open_without_view(actor=request.user, listing=view.listing)  # type: ignore[arg-type]
    kind = listing_named(view.listing)
    return redirect(address_of(reverse(kind.view), view) if kind else "home")


@require_POST
def view_remove(request: HttpRequest, saved_view_id: int) -> HttpResponse:
    """Give a view up."""
    view = get_object_or_404(SavedView, pk=saved_view_id)
    domain.remove_view(actor=request.user, view=view)  # type: ignore[arg-type]
    messages.success(request, gettext("The view “%(name)s” is removed.") % {"name": view.name})
    kind = listing_named(view.listing)
    return redirect(f"{reverse(kind.view)}?{VIEW}=" if kind else "home")
