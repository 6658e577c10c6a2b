"""What the one search field finds of the press: articles, the stories they tell, and the digests they are in."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from nhipcau import search
from nhipcau.press.models import Article, Digest, DigestArticle, Story
from nhipcau.search.registry import Searchable, register
from nhipcau.ui.templatetags.ui import country_name, day, language_name

if TYPE_CHECKING:
    from django.db.models import QuerySet


def register_searches() -> None:
    """Called once, from the ``ready`` of the room."""
    register(
        Searchable(
            name="press.digests",
            title=_("Press digests"),
            find=found_digests,
            label=str,
            url=lambda digest: reverse("press:digest", args=[digest.pk]),
            note=lambda digest: f"{digest.organisation}, {digest.get_state_display()}",
            icon="file-text",
            order=50,
        )
    )
    register(
        Searchable(
            name="press.stories",
            title=_("Stories"),
            find=found_stories,
            label=lambda story: story.called,
            url=lambda story: reverse("press:story", args=[story.pk]),
            note=lambda story: language_name(story.language),
            icon="news",
            order=60,
        )
    )
    register(
        Searchable(
            name="press.articles",
            title=_("Coverage"),
            find=found_articles,
            label=lambda article: article.title or article.excerpt[:100],
            url=lambda article: reverse("press:article", args=[article.pk]),
            note=_told,
            everything=lambda text: f"{reverse('press:articles')}?{urlencode({'q': text})}",
            icon="news",
            order=70,
        )
    )


def _told(article: Article) -> str:
    outlet = article.outlet
    parts = (outlet.name, country_name(outlet.country), day(article.dated_at))
    return " · ".join(part for part in parts if part)


def _matching(text: str, *, exact: bool) -> QuerySet[Article]:
    return search.matching(Article.objects.filter(relevant=True), text, exact=exact)


def found_articles(text: str, *, exact: bool = False) -> QuerySet[Article]:
    """Articles about the country that hold the words, the newest first; the long text is left where it is."""
    rows = _matching(text, exact=exact).select_related("outlet")
    return rows.defer("text", "byline", "reasons", "places", "institutions").order_by("-dated_at", "-pk")


def found_stories(text: str, *, exact: bool = False) -> QuerySet[Story]:
    """Stories of which an article holds the words, the newest first."""
    told = _matching(text, exact=exact).filter(story__isnull=False).order_by().values("story")
    return Story.objects.filter(pk__in=told).order_by("-pk")


def found_digests(text: str, *, exact: bool = False) -> QuerySet[Digest]:
    """Digests that the reader sees and that say so, or have an article that does, the newest first."""
    said = search.matching(Digest.objects.all(), text, exact=exact)
    held = DigestArticle.objects.filter(article__in=_matching(text, exact=exact).order_by().values("pk"), relevant=True)
    found = Q(pk__in=said.order_by().values("pk")) | Q(pk__in=held.order_by().values("digest"))
    return Digest.objects.filter(found).select_related("organisation").order_by("-day", "-pk")
