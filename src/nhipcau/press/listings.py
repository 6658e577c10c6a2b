"""The lists of the press room: their columns, orders and sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.press import phrases, queries
from nhipcau.press.domain.outlets import register_source
from nhipcau.press.filters import CoverageFilter, DigestFilter, followed_in_words, span_in_words
from nhipcau.press.models import Collection, Story
from nhipcau.search import FoundPaginator
from nhipcau.ui.listing import Bulk, Column, Effect, Empty, Listing, Order, cells, register
from nhipcau.ui.templatetags.ui import country_name, day, language_name, moment, vi_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.accounts.models import Person
    from nhipcau.press.models import Article, Digest, Source
    from nhipcau.ui.listing import Shown


# Coverage -------------------------------------------------------------------------------------------------------------


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
    marks = [gettext("Reprint")] if article.duplicate_of_id else []
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


# Sources --------------------------------------------------------------------------------------------------------------


def _sources_heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No sources yet")
    said = ngettext("%(number)s source", "%(number)s sources", shown.number) % {"number": vi_number(shown.number)}
    failing = queries.sources_failing().count()
    if failing:
        trouble = ngettext("%(number)s in trouble", "%(number)s in trouble", failing)
        said = f"{said}, {trouble % {'number': vi_number(failing)}}"
    return said


def _health(source: Source) -> str:
    lines = [cells.state(source.health.label, source.health)]
    if source.last_error:
        lines.append(format_html('<span class="quiet">{}</span>', source.last_error))
    if source.failures > 1:
        said = ngettext("%(n)s failure in a row", "%(n)s failures in a row", source.failures) % {"n": source.failures}
        lines.append(format_html('<span class="quiet">{}</span>', said))
    return format_html_join(mark_safe("<br>"), "{}", ((line,) for line in lines))


def _coverage_of(source: Source) -> str:
    return f"{reverse('press:articles')}?{urlencode({'outlet': source.outlet.host, 'show': 'all'})}"


def _collects(*, active: bool) -> Callable[[Source], Effect]:
    """What pausing, or collecting again, would do with a source."""

    def effect(source: Source) -> Effect:
        if source.active == active:
            return Effect(possible=False, words=gettext("It is so already."))
        return Effect(possible=True, words=gettext("Collected again") if active else gettext("No longer collected"))

    return effect


def _set_active(*, active: bool) -> Callable[[Person, Source], None]:
    def run(actor: Person, source: Source) -> None:
        register_source(actor=actor, outlet=source.outlet, url=source.url, kind=source.kind, active=active)

    return run


def _set_back(*, active: bool) -> Callable[[Person, Source, None], bool]:
    """Undo what made it ``active``, unless somebody has changed it since."""

    def undo(actor: Person, source: Source, _needed: None) -> bool:
        if source.active != active:
            return False
        _set_active(active=not active)(actor, source)
        return True

    return undo


def _bulk(name: str, label: Any, *, active: bool) -> Bulk:
    return Bulk(
        name=name,
        label=label,
        may=lambda person: bool(rules.has_perm("press.collect", person)),
        effect=_collects(active=active),
        run=_set_active(active=active),
        undo=_set_back(active=active),
    )


SOURCES = register(
    Listing(
        name="press.sources",
        view="press:sources",
        title=gettext_lazy("Sources"),
        heading=_sources_heading,
        rows=queries.sources,
        order=("-active", "-failures", "outlet__sort_key", "url"),
        per_page=200,
        anchor="source",
        sample=lambda rows: any(source.outlet.sample for source in rows),
        template="press/sources.html",
        context=lambda _shown: {"collections": queries.collections()[:20]},
        empty=lambda _shown: Empty(
            gettext("Start with the outlets to be followed"),
            gettext(
                "The feeds and news sitemaps that the collector asks stand here, with how they answer. Whoever runs "
                "this system enters them from a list in OPML: nhipcau manage import_sources."
            ),
            "rss",
        ),
        bulk=[
            _bulk("pause", gettext_lazy("Pause"), active=False),
            _bulk("collect", gettext_lazy("Collect again"), active=True),
        ],
        columns=[
            Column(
                key="outlet",
                label=gettext_lazy("Outlet"),
                value="outlet.name",
                link=_coverage_of,
                note=lambda source: f"{source.get_kind_display()}: {source.url}",
                order_by=("outlet__sort_key", "url"),
                card="title",
            ),
            Column(
                key="country",
                label=gettext_lazy("Country"),
                value=lambda source: country_name(source.outlet.country),
                card="plain",
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda source: str(source.health.label),
                show=_health,
                order_by=("active", "failures"),
                css="why",
                card="plain",
            ),
            Column(
                key="asked",
                label=gettext_lazy("Last asked"),
                value="last_collected_at",
                order_by=("last_collected_at",),
                css="when",
            ),
            Column(
                key="due",
                label=gettext_lazy("Due next"),
                value=lambda source: source.next_due if source.active else None,
                order_by=("next_due",),
                css="when",
            ),
            Column(key="latest", label=gettext_lazy("Latest article"), order_by=("latest",), css="when"),
            Column(key="address", label=gettext_lazy("Address"), value="url", chosen=False, card="none"),
        ],
    )
)


# Digests --------------------------------------------------------------------------------------------------------------


def _digests_heading(shown: Shown) -> str:
    if not shown.number:
        return gettext("No press digest yet")
    said = ngettext("%(number)s press digest", "%(number)s press digests", shown.number)
    return said % {"number": vi_number(shown.number)}


def _digests_empty(_shown: Shown) -> Empty:
    office = bool(current().organisations())
    return Empty(
        gettext("The digest comes after the next collection")
        if office
        else gettext("Ask the administrator of your office"),
        gettext(
            "The digests of the offices in which you hold a role stand here, and those that were sent to them. One is "
            "made each day for every office that has a press analyst."
        ),
        "file-text",
        reverse("press:articles"),
        gettext("Read the coverage"),
    )


def _digest_marks(digest: Digest) -> str:
    marks = [digest.number_and_symbol, "DỮ LIỆU MẪU" if digest.sample else ""]
    return " · ".join(mark for mark in marks if mark)


DIGESTS = register(
    Listing(
        name="press.digests",
        view="press:digests",
        title=gettext_lazy("Press digests"),
        heading=_digests_heading,
        rows=queries.digests,
        filters=DigestFilter,
        order=("-day", "-pk"),
        empty=_digests_empty,
        nothing_fits=gettext_lazy("Every word must be in the digest; words in quotation marks must stand together."),
        sample=lambda rows: any(digest.sample for digest in rows),
        classified=("organisation", "classification"),
        template="press/digests.html",
        context=lambda _shown: {"may_begin": bool(current().organisations(Role.PRESS_ANALYST))},
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Digest"),
                value=lambda digest: digest.name,
                link=lambda digest: reverse("press:digest", args=[digest.pk]),
                language=lambda _digest: "vi",
                note=_digest_marks,
                card="title",
            ),
            Column(
                key="kind", label=gettext_lazy("Kind"), value=lambda digest: digest.get_kind_display(), card="plain"
            ),
            Column(key="day", label=gettext_lazy("Day"), value="day", order_by=("day",), css="when", card="plain"),
            Column(
                key="office", label=gettext_lazy("Office"), value=lambda digest: str(digest.organisation), card="plain"
            ),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda digest: digest.get_state_display(),
                show=lambda digest: cells.state(digest.get_state_display(), digest.state),
                order_by=("state",),
                card="plain",
            ),
            Column(
                key="entries",
                label=gettext_lazy("Entries"),
                value="entry_count",
                order_by=("entry_count",),
                css="num",
            ),
            Column(
                key="stories",
                label=gettext_lazy("Stories found"),
                value="story_count",
                order_by=("story_count",),
                css="num",
            ),
            Column(
                key="articles",
                label=gettext_lazy("Articles about the country"),
                value=lambda digest: digest.counts.get("relevant", 0),
                link=lambda digest: reverse("press:digest_articles", args=[digest.pk]),
                css="num",
            ),
            Column(key="built", label=gettext_lazy("Built"), value="built_at", order_by=("built_at",), css="when"),
            Column(
                key="issued",
                label=gettext_lazy("Issued"),
                value="issued_on",
                order_by=("issued_on",),
                css="when",
                chosen=False,
            ),
        ],
    )
)
