from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from nhipcau.workspace.models import DefaultView, SavedView

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nhipcau.accounts.models import Person


def views_of(person: Person, listing: str) -> QuerySet[SavedView]:
    """What the menu of a list offers: the person's own and shared ones; ``opens`` marks the one it opens in."""
    opens = DefaultView.objects.filter(person=person, view=OuterRef("pk"))
    rows: QuerySet[SavedView] = (
        SavedView.objects.filter(listing=listing)
        .select_related("office", "person")
        .annotate(opens=Exists(opens))
        .order_by("name", "pk")
    )
    return rows


def view_opening(person: Person, listing: str) -> SavedView | None:
    """The view in which the person's list opens, while they may see it."""
    opening = DefaultView.objects.filter(person=person, listing=listing).values("view")
    found: SavedView | None = SavedView.objects.filter(pk__in=opening).first()
    return found
