"""The list of coverage: what the press wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.press import phrases, queries
from nhipcau.press.filters import CoverageFilter, followed_in_words, span_in_words
from nhipcau.press.models import Collection, Story
from nhipcau.search import FoundPaginator
from nhipcau.ui.listing import Column, Empty, Listing, Order, register
from nhipcau.ui.templatetags.ui import country_name, day, language_name, moment, vi_number

if TYPE_CHECKING:
    from nhipcau.press.models import Article
    from nhipcau.ui.listing import Shown


def _coverage_heading(shown: Shown) -> str:
    number = {"number": vi_number(shown.number)}
    if shown.more and shown.narrowed.shows_everything:
        return gettext("More than %(number)s articles collected") % number
    if shown.more:
        return gettext("More than %(number)s articles about Viet Nam") % number
    if shown.narrowed.shows_everything:
        return ngettext("%(number)s article collected", "%(number)s articles collected", shown.number) % number
    return ngettext("%(number)s article about Viet Nam", "%(number)s articles about Viet Nam", shown.number) % number


def _coverage_context(shown: Shown) -> dict[str, Any]:
    return {
        "hidden": shown.narrowed.left_out,
        "everything": shown.narrowed.shows_everything,
        "story": _asked(shown, Story, "story"),
        "collection": _asked(shown, Collection, "collection"),
        "number_of": _number_of(shown.form.cleaned_data),
        "numbers_url": _numbers_url(shown.form.cleaned_data),
    }


def _numbers_url(asked: dict[str, Any]) -> str:
    """The numbers of what the list is narrowed to."""
    given = {name: asked.get(name) for name in ("q", "country", "language", "topic", "outlet", "since", "until")}
    narrowed = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse('press:numbers')}?{narrowed}" if narrowed else reverse("press:numbers")


def _number_of(asked: dict[str, Any]) -> list[str]:
    """What a number elsewhere was limited to, where it led here: a period to the minute, outlets that are compared."""
    said = [span_in_words(asked["span"])] if asked.get("span") else []
    return [*said, followed_in_words(asked["followed"])] if asked.get("followed") else said


def _asked(shown: Shown, model: Any, name: str) -> Any:
    """The row that the list is limited to, to be named above it."""
    key = shown.form.cleaned_data.get(name)
    return model.objects.filter(pk=key).first() if key else None


def _coverage_empty(shown: Shown) -> Empty:
    if shown.narrowed.left_out:
        return Empty(
            gettext("Nothing about Viet Nam yet"),
            gettext("Articles were collected, but none of them is about Viet Nam."),
            "news",
            "?show=all",
            gettext("Show everything"),
        )
    return Empty(
        gettext("Nothing is collected yet"),
        gettext("Articles of the foreign press stand here once the collector has asked its sources."),
        "rss",
        reverse("press:sources"),
        gettext("See the sources"),
    )


def _title_marks(article: Article) -> str:
    """The title is a link in its own language; what is said about it stands beside it, in the reader's."""
    revised = hasattr(article, "revision")
    marks = [gettext("Revised")] if revised else [gettext("Reprint")] if article.duplicate_of_id else []
    if not article.relevant:
        marks.append(gettext("Not about Viet Nam"))
    return " · ".join(marks)


def _topics(article: Article) -> str:
    return ", ".join(phrases.topic_name(topic.code) for topic in article.topics.all())


def _published(article: Article) -> str:
    """The day, the moment, or when it was collected."""
    at = article.published_at
    if at is None:
        said = gettext("undated, collected %(at)s") % {"at": moment(article.dated_at)}
        return format_html('<span class="quiet">{}</span>', said)
    if article.published_precision == "day":
        return format_html('<time datetime="{}">{}</time>', f"{at:%Y-%m-%d}", day(at))
    return format_html('<time datetime="{}">{}</time>', at.isoformat(), moment(at))


COVERAGE = register(
    Listing(
        name="press.articles",
        view="press:articles",
        title=gettext_lazy("Coverage"),
        heading=_coverage_heading,
        rows=queries.coverage,
        filters=CoverageFilter,
        paginator=FoundPaginator,
        unnarrowing=frozenset({"show"}),
        orders={
            "newest": Order(gettext_lazy("Newest first"), ("-dated_at", "-pk")),
            "oldest": Order(gettext_lazy("Oldest first"), ("dated_at", "pk")),
            "relevance": Order(gettext_lazy("Most about Viet Nam first"), ("-relevance", "-dated_at", "-pk")),
            "outlet": Order(gettext_lazy("By outlet"), ("outlet__sort_key", "-dated_at", "-pk")),
        },
        empty=_coverage_empty,
        nothing_fits=gettext_lazy(
            "Take one away, or write fewer words: every word must be in the article; words in quotation marks must "
            "stand together."
        ),
        sample=lambda rows: any(article.outlet.sample for article in rows),
        template="press/articles.html",
        context=_coverage_context,
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Title"),
                value=lambda article: article.title or article.excerpt,
                link=lambda article: reverse("press:article", args=[article.pk]),
                language=lambda article: article.language,
                note=_title_marks,
                card="title",
            ),
            Column(key="outlet", label=gettext_lazy("Outlet"), value="outlet.name", card="plain"),
            Column(
                key="country",
                label=gettext_lazy("Country"),
                value=lambda article: country_name(article.outlet.country),
                card="plain",
            ),
            Column(
                key="language",
                label=gettext_lazy("Language"),
                value=lambda article: language_name(article.language),
                card="plain",
            ),
            Column(key="topics", label=gettext_lazy("Topics"), value=_topics, card="none"),
            Column(
                key="published",
                label=gettext_lazy("Published"),
                value="published_at",
                show=_published,
                order_by=("dated_at",),
                css="when",
                card="plain",
            ),
        ],
    )
)
