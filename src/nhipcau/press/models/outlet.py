from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.press.sentences import told

if TYPE_CHECKING:
    from nhipcau.access import Access


class Outlet(Scoped):
    """A foreign outlet with a named publisher. Its rights note says how long the text of its articles may be kept."""

    host = models.CharField(_("host"), max_length=253, unique=True)
    name = models.CharField(_("name"), max_length=300)
    sort_key = models.CharField(max_length=900, editable=False, db_index=True)
    country = models.CharField(_("country"), max_length=2, blank=True, db_index=True)
    country_from = models.CharField(_("what said the country"), max_length=16, blank=True)
    reach = models.FloatField(_("reach"), null=True, blank=True)
    rights = models.TextField(_("rights note"), blank=True)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("outlet")
        verbose_name_plural = _("outlets")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(reach__isnull=True) | Q(reach__gte=0, reach__lte=1), name="outlet_reach_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class SourceKind(models.TextChoices):
    """What is polled."""

    FEED = "feed", _("Feed")
    SITEMAP = "sitemap", _("News sitemap")


class SourceHealth(models.TextChoices):
    """How a source does, told from its last polls."""

    PAUSED = "paused", _("Paused")
    WAITING = "waiting", _("Not collected yet")
    WORKING = "working", _("Working")
    FAILING = "failing", _("Failing")


class Source(Scoped):
    """An address of an outlet that is polled, what its last answer was, and when it is due again."""

    # 600 characters of four bytes each still fit into one index entry of PostgreSQL.
    URL_LENGTH = 600
    ETAG_LENGTH = 300
    LAST_MODIFIED_LENGTH = 100

    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="sources", verbose_name=_("outlet"))
    url = models.CharField(_("address"), max_length=URL_LENGTH, unique=True)
    kind = models.CharField(_("kind"), max_length=16, choices=SourceKind, default=SourceKind.FEED)
    active = models.BooleanField(_("collected"), default=True)
    etag = models.CharField(max_length=ETAG_LENGTH, blank=True)
    last_modified = models.CharField(max_length=LAST_MODIFIED_LENGTH, blank=True)
    next_due = models.DateTimeField(_("due next"), db_index=True)
    #: While a collector holds the source; a collector that dies leaves it to the next one at this time.
    claimed_until = models.DateTimeField(null=True, blank=True, editable=False)
    last_collected_at = models.DateTimeField(_("last collected"), null=True, blank=True)
    last_status = models.PositiveSmallIntegerField(_("last answer"), null=True, blank=True)
    failures = models.PositiveSmallIntegerField(_("failures in a row"), default=0)
    #: As :mod:`nhipcau.press.sentences` keeps it; empty where the last poll went well.
    error = models.JSONField(_("last error"), default=str, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["outlet__sort_key", "url"]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()

    @property
    def last_error(self) -> str:
        """What went wrong at the last poll, in the reader's language; empty where nothing did."""
        return told(self.error)

    @property
    def health(self) -> SourceHealth:
        """What its last polls say."""
        if not self.active:
            return SourceHealth.PAUSED
        if self.failures:
            return SourceHealth.FAILING
        return SourceHealth.WORKING if self.last_collected_at else SourceHealth.WAITING
