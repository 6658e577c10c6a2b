from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.accounts.models import Person
from nhipcau.press.models.article import Article
from nhipcau.press.models.digest import Digest, digests_of_own_office, digests_visible_to
from nhipcau.press.models.story import Story

if TYPE_CHECKING:
    from nhipcau.access import Access


class DigestEntry(Scoped):
    """A story as the office tells it in its digest: where it stands, and what was written of it in Vietnamese.

    The engine never changes one. What is taken out keeps its words and can be put back.
    """

    #: What a person writes in it, in the order of the form.
    WRITTEN = ("headline", "gist", "note", "section")

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="entries", verbose_name=_("press digest"))
    #: None for an item that the engine has put into no story.
    story = models.ForeignKey(
        Story, models.PROTECT, null=True, blank=True, related_name="entries", verbose_name=_("story")
    )
    #: The original that it is written from; what stands beside the words of the office.
    article = models.ForeignKey(Article, models.PROTECT, related_name="entries", verbose_name=_("original"))
    place = models.PositiveIntegerField(_("place"), default=0)
    #: Code of a topic of the field; empty for other topics.
    section = models.CharField(_("section"), max_length=32, blank=True)
    headline = models.CharField(_("headline"), max_length=500, blank=True)
    gist = models.TextField(_("gist"), blank=True)
    note = models.TextField(_("note"), blank=True)
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    #: Who wrote headline or gist last; every version has its own writer.
    writer = models.ForeignKey(
        Person, models.PROTECT, null=True, related_name="+", verbose_name=_("writer"), editable=False
    )
    written_at = models.DateTimeField(_("written"), null=True, editable=False)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("kept by"), editable=False)
    added_at = models.DateTimeField(_("kept"), editable=False)
    removed_at = models.DateTimeField(_("taken out"), null=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("entry of a digest")
        verbose_name_plural = _("entries of digests")
        ordering = ["digest_id", "place", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "story"], condition=Q(story__isnull=False), name="story_entered_once"
            ),
            models.UniqueConstraint(
                fields=["digest", "article"], condition=Q(story__isnull=True), name="article_entered_once"
            ),
        ]

    def __str__(self) -> str:
        return self.headline or self.article.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its digest."""
        return digests_visible_to(access, "digest__")


class Decision(models.TextChoices):
    """What was decided of an item; empty while nothing is."""

    OPEN = "", _("Undecided")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Left out of the digest")


class DropReason(models.TextChoices):
    """Why an item does not go into a digest."""

    TOLD = "told", _("Told in an earlier digest")
    SAME = "same", _("Says the same as an item that is kept")
    MARGINAL = "marginal", _("Mentions the country only in passing")
    OLD = "old", _("Old news")
    SOURCE = "source", _("Source cannot be quoted")
    OTHER = "other", _("Another reason")


class DigestChoice(Scoped):
    """What an office decided of an item for a digest, or to whom it gave it; what it was before can be had back.

    An item is a story, or an article that is in none; all articles of a story, reprints too, go with it.
    """

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="choices", verbose_name=_("press digest"))
    story = models.ForeignKey(
        Story, models.PROTECT, null=True, blank=True, related_name="choices", verbose_name=_("story")
    )
    article = models.ForeignKey(Article, models.CASCADE, related_name="choices", verbose_name=_("article"))
    decision = models.CharField(_("decision"), max_length=16, choices=Decision, blank=True)
    reason = models.CharField(_("reason"), max_length=16, choices=DropReason, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    assignee = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given to")
    )
    by = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("decided by"))
    at = models.DateTimeField(_("decided"))
    #: What stood here before the last change: ``decision``, ``reason``, ``note``, ``assignee``; empty where it was
    #: taken back already.
    before = models.JSONField(_("before"), default=dict, blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("choice for a digest")
        verbose_name_plural = _("choices for digests")
        ordering = ["digest_id", "-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["digest", "story"], condition=Q(story__isnull=False), name="one_choice_a_story"
            ),
            models.UniqueConstraint(
                fields=["digest", "article"], condition=Q(story__isnull=True), name="one_choice_an_article"
            ),
        ]
        indexes = [models.Index(fields=["assignee", "digest"], name="choice_given_to")]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.article_id} {self.decision}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: what was left out, and why, stays inside the office, whoever the digest is sent to."""
        return digests_of_own_office(access, "digest__")


class DigestNotice(Scoped):
    """A correction of an issued digest: written by one person, and published by another who did not write it."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="notices", verbose_name=_("press digest"))
    text = models.TextField(_("what is corrected"))
    drafter = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("written by"))
    drafted_at = models.DateTimeField(_("written"))
    publisher = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", verbose_name=_("published by"))
    published_at = models.DateTimeField(_("published"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta(Scoped.Meta):
        verbose_name = _("correction of a digest")
        verbose_name_plural = _("corrections of digests")
        ordering = ["digest_id", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Its office; whoever the digest was sent to, once it is published."""
        published = digests_visible_to(access, "digest__") & Q(published_at__isnull=False)
        return digests_of_own_office(access, "digest__") | published

    def drafter_ids(self) -> frozenset[str]:
        """``actor_id`` of whoever wrote it; they do not publish it."""
        return frozenset({self.drafter.actor_id})
