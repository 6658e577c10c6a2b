from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.network.models import Organisation

if TYPE_CHECKING:
    from nhipcau.access import Access


class SavedView(Scoped):
    """A list as somebody wants to find it again: its filters, columns and order under a name.

    It holds the question of an address and no rows: whoever opens it sees what their own rights show.
    """

    NAME_LENGTH = 80
    QUERY_LENGTH = 2_000

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_views", verbose_name=_("person"))
    listing = models.CharField(_("list"), max_length=100)
    name = models.CharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(_("filters, columns and order"), max_length=QUERY_LENGTH, blank=True)
    #: Whose members find it in their menu as well; NULL for the owner alone.
    office = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("shared with")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)

    class Meta(Scoped.Meta):
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["person", "listing", "name"], name="view_named_once")]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Addressed: its owner, and the members of the office that it is shared with."""
        return Q(person=access.person_id) | Q(office_id__in=access.organisations())


class DefaultView(Scoped):
    """The view in which a person's list opens."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", verbose_name=_("person"))
    listing = models.CharField(_("list"), max_length=100)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="+", verbose_name=_("saved view"))

    class Meta(Scoped.Meta):
        verbose_name = _("view in which a list opens")
        verbose_name_plural = _("views in which lists open")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["person", "listing"], name="list_opens_in_one_view")]

    def __str__(self) -> str:
        return self.listing

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned by the person whose list it is."""
        return Q(person=access.person_id)
