from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped

if TYPE_CHECKING:
    from nhipcau.access import Access


class Story(Scoped):
    """Articles about one event, as the engine grouped them and people corrected it; counts are of what is stored.

    ``title`` is the original headline that stands for it; ``name`` a title in Vietnamese that a person gave it, which
    the engine never overwrites.
    """

    engine_id = models.CharField(max_length=32, unique=True)
    title = models.TextField(_("title"))
    language = models.CharField(_("language of the title"), max_length=35, default="und")
    name = models.TextField(_("name in Vietnamese"), blank=True)
    first_seen = models.DateTimeField(_("first seen"), null=True, blank=True)
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True, db_index=True)
    article_count = models.PositiveIntegerField(_("articles"), default=0)
    outlet_count = models.PositiveIntegerField(_("outlets"), default=0)
    country_count = models.PositiveIntegerField(_("countries"), default=0)
    language_count = models.PositiveIntegerField(_("languages"), default=0)
    #: Where its articles went when the engine found two stories to be one; its address leads there.
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged", verbose_name=_("merged into")
    )

    class Meta(Scoped.Meta):
        verbose_name = _("story")
        verbose_name_plural = _("stories")
        ordering = ["-last_seen", "-pk"]

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The name that a person gave it, else its original headline."""
        return self.name or self.title

    @property
    def called_in(self) -> str:
        """The language of :attr:`called`."""
        return "vi" if self.name else self.language

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
