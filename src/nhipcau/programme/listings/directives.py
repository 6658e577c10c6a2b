"""The register of directives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext

from nhipcau import search
from nhipcau.access import current
from nhipcau.accounts.models import Role
from nhipcau.programme import words
from nhipcau.programme.forms.directives import DirectivesForm
from nhipcau.programme.queries.directives import directives, in_standing
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import vi_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from nhipcau.programme.models import Directive
    from nhipcau.ui.listing import Shown


def _narrow(rows: Any, asked: Mapping[str, Any]) -> Any:
    if asked.get("kind"):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("standing"):
        rows = rows.filter(in_standing(asked["standing"]))
    if asked.get("year"):
        rows = rows.filter(issued_on__year=asked["year"])
    return search.matching(rows, asked.get("q") or "")


def _heading(shown: Shown) -> str:
    said = ngettext("%(number)s directive", "%(number)s directives", shown.number)
    return said % {"number": vi_number(shown.number)}


def keeps_register() -> bool:
    """Whether the reader enters directives for an office."""
    return bool(current().organisations(Role.COORDINATOR))


def _later(directive: Directive) -> str:
    return "; ".join(f"{link.get_kind_display()}: {link.later}" for link in directive.later_links.all())


DIRECTIVES = register(
    Listing(
        name="programme.directives",
        view="programme:directives",
        title=gettext_lazy("Directives"),
        heading=_heading,
        lead=lambda _shown: gettext("What steers the work, and what each of them asks of whom."),
        rows=directives,
        filters=FormFilter.of(DirectivesForm, _narrow),
        order=("-issued_on", "-pk"),
        nothing_fits=gettext_lazy("Every word must be in the directive; words in quotation marks must stand together."),
        sample=lambda rows: any(row.sample for row in rows),
        template="programme/directives.html",
        context=lambda _shown: {"may_enter": keeps_register()},
        empty=lambda _shown: Empty(
            gettext("No directive is entered yet"),
            gettext("Whoever runs this system loads those that come with it: nhipcau manage load_programme."),
            "file-text",
        ),
        columns=[
            Column(
                key="title",
                label=gettext_lazy("Title"),
                value="title",
                link=lambda row: reverse("programme:directive", args=[row.pk]),
                order_by=("title_vi",),
                card="title",
            ),
            Column(
                key="number",
                label=gettext_lazy("Number and symbol"),
                value=lambda row: row.number,
                order_by=("number",),
                card="plain",
            ),
            Column(
                key="kind",
                label=gettext_lazy("Kind"),
                value=lambda row: str(row.get_kind_display()),
                order_by=("kind",),
                card="plain",
            ),
            Column(key="issuer", label=gettext_lazy("Issued by"), order_by=("issuer",), card="plain"),
            Column(
                key="issued_on", label=gettext_lazy("Date of issue"), order_by=("issued_on",), css="when", card="plain"
            ),
            Column(
                key="standing",
                label=gettext_lazy("State"),
                value=lambda row: str(words.directive_standing(row)[0]),
                show=lambda row: state(*words.directive_standing(row)),
                card="plain",
            ),
            Column(key="later", label=gettext_lazy("Amended, replaced, carried out by"), value=_later, chosen=False),
            Column(key="signer", label=gettext_lazy("Signer"), value=lambda row: row.signer_name, chosen=False),
            Column(
                key="signer_post",
                label=gettext_lazy("Signer's post"),
                value=lambda row: row.signer_post,
                chosen=False,
            ),
            Column(
                key="valid_from",
                label=gettext_lazy("In force from"),
                order_by=("valid_from",),
                css="when",
                chosen=False,
            ),
            Column(
                key="valid_to", label=gettext_lazy("In force until"), order_by=("valid_to",), css="when", chosen=False
            ),
            Column(
                key="finding",
                label=gettext_lazy("What was read"),
                value=lambda row: str(row.get_finding_display()),
                chosen=False,
            ),
            Column(key="note", label=gettext_lazy("Note"), css="why", chosen=False),
            Column(key="source", label=gettext_lazy("Source"), css="why", chosen=False),
        ],
    )
)
