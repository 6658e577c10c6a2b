from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.network.models import Organisation
from nhipcau.press.models.article import Article
from nhipcau.press.models.story import Story

if TYPE_CHECKING:
    from nhipcau.access import Access


class CorrectionKind(models.TextChoices):
    """What a person did to a story."""

    SPLIT = "split", _("Taken apart")
    MERGE = "merge", _("Joined")
    RENAME = "rename", _("Named")


class StoryCorrection(Scoped):
    """A story that was split, merged or named by hand. The engine obeys it until it is undone.

    Stories are common to all offices, so everybody reads who corrected them, and for which office.
    """

    kind = models.CharField(_("what was done"), max_length=8, choices=CorrectionKind)
    #: The story that it was done to; of two that were joined the one that remains.
    story = models.ForeignKey(Story, models.PROTECT, related_name="corrections", verbose_name=_("story"))
    #: The story that was split off, or the one that went into ``story``.
    other = models.ForeignKey(
        Story, models.PROTECT, null=True, blank=True, related_name="other_corrections", verbose_name=_("other story")
    )
    name_before = models.TextField(_("name before"), blank=True)
    name = models.TextField(_("name given"), blank=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("for the office")
    )
    actor_id = models.CharField(max_length=64, editable=False)
    actor_label = models.CharField(_("by"), max_length=200)
    at = models.DateTimeField(_("when"))
    undone_at = models.DateTimeField(_("undone"), null=True, blank=True)
    undone_by = models.CharField(_("undone by"), max_length=200, blank=True)
    #: When it was made or undone: digests that are older do not hold it yet.
    changed_at = models.DateTimeField(editable=False, db_index=True)

    class Meta(Scoped.Meta):
        verbose_name = _("correction of a story")
        verbose_name_plural = _("corrections of stories")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.story}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class CorrectedArticle(Scoped):
    """An article of a story when it was split or merged, and on which side a hand put it."""

    correction = models.ForeignKey(StoryCorrection, models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    #: It is of the correction's other story: what was split off, or what came in by the merge.
    of_other = models.BooleanField()

    class Meta(Scoped.Meta):
        verbose_name = _("article of a correction")
        verbose_name_plural = _("articles of corrections")
        ordering = ["correction_id", "pk"]
        constraints = [models.UniqueConstraint(fields=["correction", "article"], name="article_once_per_correction")]

    def __str__(self) -> str:
        return str(self.article)

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
