from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nhipcau.access import Scoped
from nhipcau.press.models.article import Article
from nhipcau.press.models.outlet import Source

if TYPE_CHECKING:
    from nhipcau.access import Access


class LaterVersion(Scoped):
    """That an article is what a page says now, and which article is what it said before.

    In a table of its own, because SQLite walks over the text of an article to reach whatever was added after it.
    """

    article = models.OneToOneField(Article, models.CASCADE, related_name="revision", verbose_name=_("later version"))
    before = models.ForeignKey(
        Article, models.CASCADE, related_name="later_versions", verbose_name=_("version before it")
    )

    class Meta(Scoped.Meta):
        verbose_name = _("later version of a page")
        verbose_name_plural = _("later versions of pages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.before_id} → {self.article_id}"

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()


class WatchedPage(Scoped):
    """What a list said of a page that is stored, so that the page is read again when the list says something else."""

    MARK_LENGTH = 16

    article = models.ForeignKey(Article, models.CASCADE, related_name="watched", verbose_name=_("article"))
    url_hash = models.CharField(max_length=32, unique=True, editable=False)
    #: ``Entry.mark`` of the engine.
    mark = models.CharField(max_length=MARK_LENGTH, editable=False)
    #: As the page's server said last, to be sent with the next question.
    etag = models.CharField(max_length=Source.ETAG_LENGTH, blank=True, editable=False)
    last_modified = models.CharField(max_length=Source.LAST_MODIFIED_LENGTH, blank=True, editable=False)
    since = models.DateTimeField(_("watched since"))
    #: How often it was read again.
    times = models.PositiveSmallIntegerField(_("read again"), default=0)

    class Meta(Scoped.Meta):
        verbose_name = _("watched page")
        verbose_name_plural = _("watched pages")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.url_hash

    @classmethod
    def visible_to(cls, access: Access) -> Q:  # noqa: ARG003 - reference rows: everybody who signs in reads them
        """Reference: readable by all who sign in."""
        return Q()
