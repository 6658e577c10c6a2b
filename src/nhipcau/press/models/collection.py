from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.press.models.outlet import Source

if TYPE_CHECKING:
    from nhipcau.access import Access


class Collection(Scoped):
    """One run of the collector.

    Its counts grow with every batch stored, so a run that was killed still tells the truth:
    ``articles + known + sum(rejected) = documents``.
    """

    started_at = models.DateTimeField(_("started"), db_index=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    sources = models.PositiveIntegerField(_("sources"), default=0)
    documents = models.PositiveIntegerField(_("documents"), default=0)
    #: Articles that were new; ``known`` had been stored before.
    articles = models.PositiveIntegerField(_("new articles"), default=0)
    known = models.PositiveIntegerField(_("articles already known"), default=0)
    #: ``{reason: number}``
    rejected = models.JSONField(_("rejected"), default=dict, blank=True)
    problem_count = models.PositiveIntegerField(_("problems"), default=0)
    #: ``[[source, sentence], ...]``, the first 200; sentences as :mod:`nhipcau.press.sentences` keeps them.
    problems = models.JSONField(_("problems"), default=list, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("collection")
        verbose_name_plural = _("collections")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.started_at:%Y-%m-%d %H:%M}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()

    @property
    def rejected_count(self) -> int:
        """Documents that became no article, whatever the reason."""
        return sum(self.rejected.values())


class Refusal(Scoped):
    """A document that became no article, and why; it is not fetched again (see ``queries.is_known``)."""

    collection = models.ForeignKey(Collection, models.CASCADE, related_name="refusals", verbose_name=_("collected in"))
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, related_name="refusals", verbose_name=_("source")
    )
    url = models.TextField(_("address"))
    url_hash = models.CharField(max_length=32, editable=False, db_index=True)
    origin = models.TextField(_("read from"), blank=True)
    reason = models.CharField(_("reason"), max_length=32)
    #: As :mod:`nhipcau.press.sentences` keeps it.
    detail = models.JSONField(_("detail"), default=str, blank=True)
    at = models.DateTimeField(_("time"))

    class Meta(Scoped.Meta):
        verbose_name = _("rejected document")
        verbose_name_plural = _("rejected documents")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.url

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
