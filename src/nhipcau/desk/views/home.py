from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from nhipcau.press import phrases, queries
from nhipcau.ui.templatetags.ui import country_name, vi_number

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nhipcau.press.models import Digest, DigestStory

#: Stories on the front page; the rest are in the digest.
FRONT = 7
#: Sources in trouble that the front page names; the rest are on the sources' own screen.
NAMED = 8


class Figure(NamedTuple):
    """A number, what it counts, and the address of the list that it counts."""

    value: int
    label: str
    href: str


@require_safe
def home(request: Any) -> HttpResponse:
    """What is new about our country today: the office's latest digest, and how the collection did."""
    today = timezone.localdate()
    digest = queries.latest_digest(today)
    failing = list(queries.sources_failing().select_related("outlet")[: NAMED + 1])
    shown: dict[str, Any] = {
        "today": today,
        "digest": digest,
        "collection": queries.collections().first(),
        "failing": failing[:NAMED],
        "more_failing": len(failing) > NAMED,
    }
    if digest is not None:
        countries = queries.numbers_by(digest, "article__outlet__country")
        articles = queries.articles_of_digest(digest, relevant=True).count()
        shown |= {
            "answer": answer(digest, articles, len(countries)),
            "stories": front_page(digest),
            "more": max(digest.story_count - FRONT, 0),
            "figures": figures(digest, articles, len(countries)),
            "sample": digest.sample,
        }
    return render(request, "desk/home.html", shown)


def front_page(digest: Digest) -> list[DigestStory]:
    """The first stories, each with ``outlets``: name and country of those that ran it, the earliest first."""
    stories = list(queries.stories_of_digest(digest)[:FRONT])
    for story in stories:
        ran = [entry.article.outlet for entry in story.articles.all()]
        story.outlets = list(dict.fromkeys((outlet.name, outlet.country) for outlet in ran))
    return stories


def answer(digest: Digest, articles: int, countries: int) -> str:
    """The day in one line: 12 stories about Viet Nam, 34 articles from 11 countries."""
    stories = digest.story_count
    return _("%(stories)s, %(articles)s from %(countries)s") % {
        "stories": ngettext("%(n)s story about %(country)s", "%(n)s stories about %(country)s", stories)
        % {"n": vi_number(stories), "country": country_name(digest.focus).replace(" ", "\N{NO-BREAK SPACE}")},
        "articles": phrases.articles(articles),
        "countries": phrases.countries(countries),
    }


def figures(digest: Digest, articles: int, countries: int) -> list[Figure]:
    """What the digest was made from; each number opens the list that it counts."""
    whole = reverse("press:digest", args=[digest.pk])
    listed = reverse("press:digest_articles", args=[digest.pk])
    reprints = queries.articles_of_digest(digest, relevant=True, reprint=True).count()
    return [
        Figure(digest.story_count, _("stories"), whole),
        Figure(articles, _("articles"), listed),
        Figure(len(queries.outlets_of_digest(digest)), _("outlets"), f"{whole}#outlets"),
        Figure(countries, _("countries"), f"{whole}#countries"),
        Figure(len(queries.numbers_by(digest, "article__language")), _("languages"), f"{whole}#languages"),
        Figure(reprints, _("reprints"), f"{listed}?part=reprints"),
    ]
