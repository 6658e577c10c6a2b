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


class DigestState(models.TextChoices):
    """How far a digest is. The engine rebuilds drafts only."""

    DRAFT = "draft", _("Draft")


class Digest(Scoped):
    """An office's press digest of one day: what the engine found in the articles of its period."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="digests", verbose_name=_("organisation")
    )
    focus = models.CharField(_("country in focus"), max_length=2)
    day = models.DateField(_("day"))
    state = models.CharField(_("state"), max_length=16, choices=DigestState, default=DigestState.DRAFT)
    period_from = models.DateTimeField(_("from"))
    period_to = models.DateTimeField(_("to"))
    built_at = models.DateTimeField(_("built"))
    #: The engine's own counts: documents, articles, rejected by reason, duplicates, relevant.
    counts = models.JSONField(_("counts"), default=dict)
    #: What the engine says about itself: version, models, thresholds, weights.
    method = models.JSONField(_("method"), default=dict)
    #: Of everything the engine said; the same result stored again changes nothing.
    result_hash = models.CharField(max_length=64, editable=False)
    sample = models.BooleanField(_("sample data"), default=False)

    class Meta(Scoped.Meta):
        verbose_name = _("press digest")
        verbose_name_plural = _("press digests")
        ordering = ["-day", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "focus", "day"], name="one_digest_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.focus} {self.day:%d/%m/%Y}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """Owned: the members of its office."""
        return Q(organisation_id__in=access.organisations())


class DigestStory(Scoped):
    """A story in a digest, with the words and figures it had when the digest was built."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="stories")
    story = models.ForeignKey(Story, models.PROTECT, related_name="in_digests")
    rank = models.PositiveIntegerField(_("rank"))
    topic = models.CharField(_("topic"), max_length=32, blank=True)
    title = models.TextField(_("title"))
    title_language = models.CharField(_("language of the title"), max_length=35)
    gist = models.TextField(_("gist"), blank=True)
    gist_article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("article of the gist")
    )
    score = models.FloatField(_("score"), default=0.0)
    #: What the score is made of, each part in [0, 1].
    score_parts = models.JSONField(_("parts of the score"), default=dict)
    first_seen = models.DateTimeField(_("first seen"), null=True, blank=True)
    last_seen = models.DateTimeField(_("last seen"), null=True, blank=True)
    article_count = models.PositiveIntegerField(_("articles"))
    outlet_count = models.PositiveIntegerField(_("outlets"))
    country_count = models.PositiveIntegerField(_("countries"))
    language_count = models.PositiveIntegerField(_("languages"))

    class Meta(Scoped.Meta):
        verbose_name = _("story of a digest")
        verbose_name_plural = _("stories of digests")
        ordering = ["digest_id", "rank"]
        constraints = [models.UniqueConstraint(fields=["digest", "story"], name="story_once_per_digest")]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its digest."""
        return Q(digest__organisation_id__in=access.organisations())


class DigestArticle(Scoped):
    """An article that a digest was built from, as it was judged then, so that every figure opens what it counted."""

    digest = models.ForeignKey(Digest, models.CASCADE, related_name="articles")
    article = models.ForeignKey(Article, models.CASCADE, related_name="in_digests")
    digest_story = models.ForeignKey(DigestStory, models.CASCADE, null=True, blank=True, related_name="articles")
    #: Place in its story in order of time, from 0.
    place = models.PositiveIntegerField(default=0)
    relevant = models.BooleanField(_("relevant"))
    reprint = models.BooleanField(_("reprint"))

    class Meta(Scoped.Meta):
        verbose_name = _("article of a digest")
        verbose_name_plural = _("articles of digests")
        ordering = ["digest_id", "digest_story_id", "place"]
        constraints = [models.UniqueConstraint(fields=["digest", "article"], name="article_once_per_digest")]

    def __str__(self) -> str:
        return f"{self.digest_id}: {self.article_id}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:
        """As its digest."""
        return Q(digest__organisation_id__in=access.organisations())
