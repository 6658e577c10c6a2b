from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseNotAllowed
from django.shortcuts import render

from nhipcau.ui.listing.plugs import plugs
from nhipcau.ui.listing.shown import Shown

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

    from nhipcau.ui.listing.declared import Listing

READING = ("GET", "HEAD")


def show(request: HttpRequest, listing: Listing, **given: Any) -> HttpResponse:
    """The screen of a list, or what a plug makes of it; ``given`` goes to the list's ``rows``."""
    shown = Shown(listing, request, given)
    for each in plugs():
        answer = each.answer(shown)
        if answer is not None:
            return answer
    if request.method not in READING:
        return HttpResponseNotAllowed(READING)
    context = {"listing": listing, "shown": shown, "page": shown.page, "form": shown.form, "sample": shown.sample}
    if listing.context:
        context |= listing.context(shown)
    return render(request, listing.template, context)
