"""The list of sources: whether they deliver."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import rules
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau.press import queries
from nhipcau.press.domain.outlets import register_source
from nhipcau.ui.listing import Bulk, Column, Effect, Empty, Listing, cells, register
from nhipcau.ui.templatetags.ui import country_name, vi_number

if TYPE_CHECKING:
    from collections.abc import Callable

    from nhipcau.accounts.models import Person
    from nhipcau.press.models import Source
    from nhipcau.ui.listing import Shown


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
