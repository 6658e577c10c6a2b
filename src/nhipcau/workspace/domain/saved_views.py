"""Views of lists are saved, shared, made the one in which a list opens, and given up."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django.db import transaction
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.ui.listing import listing as listing_named
from nhipcau.workspace.models import DefaultView, SavedView

if TYPE_CHECKING:
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation

#: Parts of an address that are of the moment and not of the view.
PASSING = frozenset({"page", "view", "export", "csrfmiddlewaretoken"})


class ViewError(Exception):
    """A view is not saved as asked; the sentence says why."""


def save_view(
    *, actor: Person, listing: str, name: str, query: str, office: Organisation | None = None, opens: bool = False
) -> SavedView:
    """Save a view under a name; one of the same name and list is written over.

    Args:
        actor: whose view it is.
        listing: name of the list.
        name: as the menu shows it.
        query: the question of the list's address.
        office: whose members find it too.
        opens: whether the actor's list opens in it from now on.

    Raises:
        PermissionDeniedError: the actor is nobody who signed in, or no member of the office.
        ViewError: no such list, no name, or a question that is too long.
    """
    name = " ".join(name.split())
    kept = kept_part(query)
    if listing_named(listing) is None or not name:
        raise ViewError(gettext("A view needs a list and a name."))
    if len(kept) > SavedView.QUERY_LENGTH or len(name) > SavedView.NAME_LENGTH:
        raise ViewError(gettext("This is too long to be saved."))
    with transaction.atomic():
        require("workspace.save_view", actor)
        if office is not None:
            require("workspace.share_view", actor, office)
        view: SavedView | None = SavedView.objects.filter(person=actor, listing=listing, name=name).first()
        view = view or SavedView(person=actor, listing=listing, name=name)
        view.query, view.office = kept, office
        view.save()
        if office is not None:
            payload = {"list": listing, "name": name, "query": kept}
            record(actor=actor, verb="workspace.share_view", target=view, organisation=office, payload=payload)
        if opens:
            open_in_view(actor=actor, view=view)
    return view


def open_in_view(*, actor: Person, view: SavedView) -> None:
    """Have the actor's list open in this view, their own or one shared with them. A matter of taste: no audit entry.

    Raises:
        PermissionDeniedError: the actor is nobody who signed in.
    """
    require("workspace.save_view", actor)
    DefaultView.objects.update_or_create(person=actor, listing=view.listing, defaults={"view": view})


def open_without_view(*, actor: Person, listing: str) -> None:
    """Have the actor's list open as it was declared.

    Raises:
        PermissionDeniedError: the actor is nobody who signed in.
    """
    require("workspace.save_view", actor)
    DefaultView.objects.filter(person=actor, listing=listing).delete()


def remove_view(*, actor: Person, view: SavedView) -> None:
    """Give a view up, for everybody with whom it is shared.

    Raises:
        PermissionDeniedError: it is not the actor's.
    """
    with transaction.atomic():
        require("workspace.change_view", actor, view)
        if view.office_id is not None:
            payload = {"list": view.listing, "name": view.name, "query": view.query}
            record(actor=actor, verb="workspace.remove_view", target=view, organisation=view.office, payload=payload)
        view.delete()


def kept_part(query: str) -> str:
    """The question of an address without what is of the moment; empty filters go."""
    return urlencode([(name, value) for name, value in parse_qsl(query) if name not in PASSING])
