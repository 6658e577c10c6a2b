from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.press.models.collection import Collection
from nhipcau.press.models.outlet import Outlet
from nhipcau.press.models.story import Story

if TYPE_CHECKING:
    from nhipcau.access import Access


class Article(Scoped):
    """One published item and what the engine said about it.

    The byline is shown with its article and nowhere else: no index, filter, facet, sort or export knows it. The text
    may have to go by its outlet's rights; excerpt, hash, length and the folded index stay.
    """

    engine_id = models.CharField(max_length=32, unique=True)
    outlet = models.ForeignKey(Outlet, models.PROTECT, related_name="articles", verbose_name=_("outlet"))
    collection = models.ForeignKey(
        Collection, models.SET_NULL, null=True, blank=True, related_name="new_articles", verbose_name=_("collected in")
    )
    url = models.TextField(_("address as collected"))
    url_hash = models.CharField(max_length=32, editable=False, db_index=True)
    canonical_url = models.TextField(_("address as the page declares it"))
    origin = models.TextField(_("read from"), blank=True)
    title = models.TextField(_("title"))
    language = models.CharField(_("language"), max_length=35, default="und", db_index=True)
    language_confidence = models.FloatField(_("confidence of the language"), default=0.0)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)
    published_from = models.CharField(_("what said when it was published"), max_length=16, blank=True)
    published_precision = models.CharField(_("precision of the time"), max_length=8, blank=True)
    modified_at = models.DateTimeField(_("changed by the outlet"), null=True, blank=True)
    collected_at = models.DateTimeField(_("collected"))
    #: When it was published, or collected where nothing says so; of a later version of a page when that changed. What
    #: lists are sorted and narrowed by.
    dated_at = models.DateTimeField(_("date"))
    relevance = models.FloatField(_("relevance"), default=0.0)
    relevant = models.BooleanField(_("relevant"), default=False)
    reasons = models.JSONField(_("why it is relevant"), default=list, blank=True)
    #: What it names, as the engine told: rows of its ``Place`` and ``Institution``, those named most first.
    places = models.JSONField(_("places it names"), default=list, blank=True)
    institutions = models.JSONField(_("institutions it names"), default=list, blank=True)
    duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="reprints", verbose_name=_("reprint of")
    )
    duplicate_measure = models.CharField(_("how the reprint was recognised"), max_length=16, blank=True)
    duplicate_value = models.FloatField(_("likeness to the first"), null=True, blank=True)
    story = models.ForeignKey(
        Story, models.SET_NULL, null=True, blank=True, related_name="articles", verbose_name=_("story")
    )
    byline = models.TextField(_("byline"), blank=True)
    image = models.TextField(_("address of the picture"), blank=True)
    excerpt = models.TextField(_("excerpt"), blank=True)
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    text_chars = models.PositiveIntegerField(_("length of the text"))
    # Last, because SQLite walks over everything before a column to reach it.
    text = models.TextField(_("text"), blank=True)

    class Meta(Scoped.Meta):
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-dated_at", "-pk"]
        indexes = [
            models.Index(fields=["-dated_at", "-id"], name="article_newest"),
            # Partial, because Django asks for a true boolean by its bare name, and SQLite finds that in no other index.
            # They hold what the coverage is narrowed by, so that a walk through them looks into no row.
            models.Index(
                fields=["-dated_at", "-id", "outlet", "language", "duplicate_of"],
                condition=Q(relevant=True),
                name="article_relevant_newest",
            ),
            models.Index(
                fields=["language", "-dated_at", "-id", "outlet", "duplicate_of"],
                condition=Q(relevant=True),
                name="article_relevant_language",
            ),
            models.Index(
                fields=["-relevance", "-dated_at", "-id", "outlet", "language", "duplicate_of"],
                condition=Q(relevant=True),
                name="article_most_relevant",
            ),
            models.Index(fields=["outlet", "-dated_at"], name="article_of_outlet"),
            models.Index(fields=["-collected_at"], name="article_collected"),
            # Since when an outlet is followed: asked for every outlet that numbers are compared on.
            models.Index(fields=["outlet", "collected_at"], name="article_first_of_outlet"),
        ]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class ArticleAddress(Scoped):
    """Another address that led to a stored article, so that it is not fetched again under that address either."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="addresses")
    url_hash = models.CharField(max_length=32, unique=True, editable=False)

    class Meta(Scoped.Meta):
        verbose_name = _("further address of an article")
        verbose_name_plural = _("further addresses of articles")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url_hash

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class ArticleTopic(Scoped):
    """A topic of the field that an article is about; the most certain one has place 0."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="topics")
    code = models.CharField(_("topic"), max_length=32)
    place = models.PositiveSmallIntegerField()

    class Meta(Scoped.Meta):
        verbose_name = _("topic of an article")
        verbose_name_plural = _("topics of articles")
        ordering = ["article_id", "place"]
        constraints = [models.UniqueConstraint(fields=["article", "code"], name="topic_once_per_article")]
        indexes = [models.Index(fields=["code", "article"], name="topic_of_article")]

    def __str__(self) -> str:
        return self.code

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
