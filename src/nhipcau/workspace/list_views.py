"""Saved views, as a menu above every list that has an address of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponseRedirect
from django.template.loader import render_to_string

from nhipcau.access import current
from nhipcau.network.models import Organisation
from nhipcau.ui.listing import Plug
from nhipcau.workspace.domain.saved_views import kept_part
from nhipcau.workspace.queries.saved_views import view_opening, views_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.ui.listing import Shown

#: Which view a list is shown in; empty for none, so that a list can be seen without the view that it opens in.
VIEW = "view"


def _offered(shown: Shown) -> bool:
    from nhipcau.ui.listing import listing

    known = listing(shown.listing.name) is shown.listing
    return known and not shown.given and shown.request.user.is_authenticated


def tool(shown: Shown) -> str:
    """The menu: views, and a form to save this one."""
    if not _offered(shown):
        return ""
    person: Any = shown.request.user
    views = list(views_of(person, shown.listing.name))
    now = shown.request.GET.get(VIEW, "")
    context = {
        "views": views,
        "now": next((view for view in views if str(view.pk) == now), None),
        "listing": shown.listing,
        "query": kept_part(shown.request.GET.urlencode()),
        "offices": Organisation.objects.filter(pk__in=current().organisations()).order_by("sort_key"),
        "opens": any(view.opens for view in views),
        "path": shown.request.path,
        "me": person.pk,
    }
    return render_to_string("workspace/list_views.html", context, request=shown.request)


def answer(shown: Shown) -> HttpResponse | None:
    """A list asked for without a question opens in the reader's view, where there is one."""
    if shown.request.GET or shown.request.method != "GET" or not _offered(shown):
        return None
    view = view_opening(shown.request.user, shown.listing.name)  # type: ignore[arg-type]
    return HttpResponseRedirect(address_of(shown.request.path, view)) if view and view.query else None


def address_of(path: str, view: Any) -> str:
    """Where a list stands in this view."""
    return f"{path}?{view.query}&{VIEW}={view.pk}" if view.query else f"{path}?{VIEW}={view.pk}"


PLUG = Plug(name="workspace.views", order=10, tool=tool, answer=answer)
