"""Schemes and master plans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau import search
from nhipcau.programme import words
from nhipcau.programme.forms.schemes import SchemesForm
from nhipcau.programme.listings.directives import keeps_register
from nhipcau.programme.queries.schemes import in_standing, schemes
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import country_name, vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.programme.models import Scheme
    from nhipcau.ui.listing import Shown


def _narrow(rows: Any, asked: Mapping[str, Any]) -> Any:
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("standing"):
        rows = rows.filter(in_standing(asked["standing"]))
    return search.matching(rows, asked.get("q") or "")


def _heading(shown: Shown) -> str:
    said = ngettext("%(number)s scheme and master plan", "%(number)s schemes and master plans", shown.number)
    return said % {"number": vi_number(shown.number)}


def _next_review(scheme: Scheme) -> Any:
    return min((row.due_on for row in scheme.reviews.all() if row.held_on is None), default=None)


def _lead(scheme: Scheme) -> str:
    return str(scheme.lead) if scheme.lead_id else scheme.lead_words


SCHEMES = register(
    Listing(
        name="programme.schemes",
        view="programme:schemes",
        title=gettext_lazy("Schemes and master plans"),
        heading=_heading,
        rows=schemes,
        filters=FormFilter.of(SchemesForm, _narrow),
        order=("-begin", "-end", "-pk"),
        nothing_fits=gettext_lazy("Take one filter away, or write fewer words."),
        sample=lambda rows: any(row.sample for row in rows),
        template="programme/schemes.html",
        context=lambda _shown: {"may_enter": keeps_register()},
        empty=lambda _shown: Empty(
            gettext("No scheme is entered yet"),
            gettext("Whoever runs this system loads those that come with it: nhipcau manage load_programme."),
            "file-text",
        ),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Title"),
                value="title",
                link=lambda row: reverse("programme:scheme", args=[row.pk]),
                order_by=("title_vi",),
                card="title",
            ),
            Column(key="kind", label=gettext_lazy("Kind"), value=lambda row: str(row.get_kind_display()), card="plain"),
            Column(
                key="directive",
                label=gettext_lazy("Directive"),
                value=lambda row: str(row.directive) if row.directive_id else "",
                link=lambda row: reverse("programme:directive", args=[row.directive_id]) if row.directive_id else "",
                card="plain",
            ),
            Column(key="term", label=gettext_lazy("Term"), card="plain"),
            Column(key="begin", label=gettext_lazy("From"), order_by=("begin",), css="when", chosen=False),
            Column(key="end", label=gettext_lazy("Until"), order_by=("end",), css="when", chosen=False),
            Column(key="lead", label=gettext_lazy("Lead agency"), value=_lead, card="plain"),
            Column(
                key="country",
                label=gettext_lazy("Target country"),
                value=lambda row: country_name(row.country),
                card="plain",
            ),
            Column(
                key="budget", label=gettext_lazy("Budget in đồng"), order_by=("budget",), numeric=True, chosen=False
            ),
            Column(key="review", label=gettext_lazy("Next review"), value=_next_review, css="when"),
            Column(
                key="standing",
                label=gettext_lazy("State"),
                value=lambda row: str(words.scheme_standing(row)[0]),
                show=lambda row: state(*words.scheme_standing(row)),
                card="plain",
            ),
            Column(key="note", label=gettext_lazy("Note"), css="why", chosen=False),
            Column(key="source", label=gettext_lazy("Source"), css="why", chosen=False),
        ],
    )
)
